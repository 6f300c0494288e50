package account_test

import (
	"testing"
	"time"

	"parley/account"
)

func TestGuessesOfADay(t *testing.T) {
	now := time.Unix(1_800_000_000, 0).UTC().Truncate(time.Hour).Add(20 * time.Minute)
	h := account.Hour(now)
	for _, c := range []struct {
		name string
		made []account.Guesses
		wait time.Duration
		ok   bool
	}{
		{"none", nil, 0, true},
		{"few", []account.Guesses{{h, 9}}, 0, true},
		{"all in this hour", []account.Guesses{{h, 10}}, 24*time.Hour + 40*time.Minute, false},
		{"all a day ago", []account.Guesses{{h - 24, 10}}, 40 * time.Minute, false},
		{"all before that", []account.Guesses{{h - 25, 10}}, 0, true},
		{"one leaves soon", []account.Guesses{{h - 24, 1}, {h - 3, 9}}, 40 * time.Minute, false},
		{"more than one must leave", []account.Guesses{{h - 24, 1}, {h - 23, 5}, {h, 9}}, 1*time.Hour + 40*time.Minute, false},
		{"old ones do not count", []account.Guesses{{h - 30, 50}, {h - 2, 9}}, 0, true},
	} {
		if wait, ok := account.Budget(10).Allows(c.made, now); wait != c.wait || ok != c.ok {
			t.Errorf("%s: got %s, %t, want %s, %t", c.name, wait, ok, c.wait, c.ok)
		}
	}
}

// Whoever guesses whenever they may makes no more guesses in any 24 hours than
// the budget.
func TestNoDayHoldsMoreThanTheBudget(t *testing.T) {
	const budget = account.Budget(7)
	start := time.Unix(1_800_000_000, 0)
	var made []account.Guesses
	var at []time.Time
	for m := range 5 * 24 * 60 {
		now := start.Add(time.Duration(m) * time.Minute)
		if _, ok := budget.Allows(made, now); !ok {
			continue
		}
		at = append(at, now)
		if n := len(made); n > 0 && made[n-1].Hour == account.Hour(now) {
			made[n-1].Count++
		} else {
			made = append(made, account.Guesses{Hour: account.Hour(now), Count: 1})
		}
	}
	for i := range at {
		if j := i + int(budget); j < len(at) && at[j].Sub(at[i]) < 24*time.Hour {
			t.Fatalf("guesses %d to %d were made within %s", i, j, at[j].Sub(at[i]))
		}
	}
	if len(at) < 4*int(budget) {
		t.Errorf("only %d guesses in five days", len(at))
	}
}

func TestLastWayInStays(t *testing.T) {
	for _, c := range []struct {
		ways account.Ways
		key  string
	}{
		{account.Ways{Password: true}, "account.last-way"},
		{account.Ways{Passkeys: 1}, "account.last-way"},
		{account.Ways{Identities: 1}, "account.last-way"},
		{account.Ways{}, "account.last-way"},
		{account.Ways{Password: true, Passkeys: 1}, ""},
		{account.Ways{Passkeys: 2}, ""},
		{account.Ways{Passkeys: 1, Identities: 1}, ""},
	} {
		faulty(t, "ways", c.ways.Spare(), c.key)
	}
}

func TestCounterOfAPasskeyGoesUp(t *testing.T) {
	for _, c := range []struct {
		kept, used uint32
		key        string
	}{
		{0, 0, ""}, {0, 1, ""}, {1, 2, ""}, {1, 1000, ""},
		{1, 1, "account.cloned"}, {5, 4, "account.cloned"}, {5, 0, "account.cloned"},
	} {
		got, err := account.NextCounter(c.kept, c.used)
		faulty(t, "counter", err, c.key)
		if want := max(c.kept, c.used); got != want {
			t.Errorf("%d after %d: keeps %d", c.used, c.kept, got)
		}
	}
}
