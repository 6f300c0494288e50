package store_test

import (
	"context"
	"fmt"
	"math"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley/account"
	"parley/fault"
	"parley/store"
	"parley/store/storetest"
)

// Promise 15: however many networks guess at one account for a day, a hundred
// guesses reach the hash; a device that was here before gets in all the same.
func TestStrangersDoNotLockTheOwnerOut(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		o, codes := owner(t, s)
		device, err := s.KnownDevice(ctx, o.Person)
		must(t, err)
		for i := range 105 {
			_, err := s.SignIn(ctx, "olga", "guess "+fmt.Sprint(i), "", "", now.Add(time.Duration(i)*13*time.Minute))
			wantFault(t, err, fault.Invalid, "account.wrong")
		}
		evening := now.Add(23*time.Hour + 59*time.Minute)
		if got := number(t, s, "select sum(count) from guess"); got != int64(account.GuessStrangers) {
			t.Errorf("%d guesses reached the hash, want %d", got, account.GuessStrangers)
		}
		_, err = s.SignIn(ctx, "olga", goodPassword, "", "", evening)
		wantFault(t, err, fault.Invalid, "account.wrong")
		for _, forged := range []string{device + "x", "x" + device, ".", "x.", device[:26]} {
			_, err = s.SignIn(ctx, "olga", goodPassword, forged, "", evening)
			wantFault(t, err, fault.Invalid, "account.wrong")
		}
		if _, err := s.SignIn(ctx, "olga", goodPassword, device, "", evening); err != nil {
			t.Errorf("the owner on a device of theirs: %v", err)
		}
		if _, err := s.SignInRecovery(ctx, "olga", codes[0], "", evening); err != nil {
			t.Errorf("the owner with a recovery code: %v", err)
		}
		if _, err := s.SignIn(ctx, "olga", goodPassword, "", "", evening.Add(25*time.Hour)); err != nil {
			t.Errorf("the day after: %v", err)
		}
	})
}

// A device that is known guesses at its own account, and not for ever.
func TestKnownDeviceIsBoundToItsPersonAndPassword(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		o, _ := owner(t, s)
		other, err := s.KnownDevice(ctx, holder(t, s, "somebody", false))
		must(t, err)
		device, err := s.KnownDevice(ctx, o.Person)
		must(t, err)
		for range account.GuessDevice {
			_, err := s.SignIn(ctx, "olga", "wrong", device, "", now)
			wantFault(t, err, fault.Invalid, "account.wrong")
		}
		_, err = s.SignIn(ctx, "olga", goodPassword, device, "", now)
		wantFault(t, err, fault.Invalid, "account.wrong") // it has used its guesses up

		if _, err := s.SignIn(ctx, "olga", goodPassword, "", "", now); err != nil {
			t.Errorf("another device: %v", err)
		}
		if got := number(t, s, "select count(1) from guess where count > 0"); got != 1 {
			t.Errorf("%d rows of guesses, want that of the device", got)
		}
		must(t, s.SetPassword(ctx, o.Person, o.Session.ID, "four brown owls at noon", now.Add(time.Second)))
		for _, old := range []string{other, device} { // counted as strangers
			_, err = s.SignIn(ctx, "olga", "wrong", old, "", now)
			wantFault(t, err, fault.Invalid, "account.wrong")
		}
		if got := number(t, s, "select max(count) from guess where count < 20"); got != 2 {
			t.Errorf("%d guesses of strangers, want 2", got)
		}
	})
}

func TestManyGuessesAtOnceDoNotPassTheBudget(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		o, _ := owner(t, s)
		device, err := s.KnownDevice(ctx, o.Person)
		must(t, err)
		var wg sync.WaitGroup
		for range 3 * account.GuessDevice {
			wg.Go(func() {
				_, err := s.SignIn(ctx, "olga", "wrong", device, "", now)
				wantFault(t, err, fault.Invalid, "account.wrong")
			})
		}
		wg.Wait()
		if got := number(t, s, "select sum(count) from guess"); got != int64(account.GuessDevice) {
			t.Errorf("%d guesses reached the hash, want %d", got, account.GuessDevice)
		}
	})
}

// Guesses at nobody are counted in few rows, and all rows go in time.
func TestGuessesLeaveLittleBehind(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		for i := range 30 {
			_, err := s.SignIn(ctx, fmt.Sprint("nobody", i), "x", "", "", now)
			wantFault(t, err, fault.Invalid, "account.wrong")
		}
		if got := number(t, s, "select count(1) from guess where length(name) > 10"); got != 0 {
			t.Errorf("%d rows name one typed name each", got)
		}
		_, err := s.SignIn(ctx, "nobody", "x", "", "", now.Add(26*time.Hour))
		wantFault(t, err, fault.Invalid, "account.wrong")
		if got := number(t, s, "select count(1) from guess"); got != 1 {
			t.Errorf("%d rows are left", got)
		}
	})
}

// Promise 13: a wrong name takes the time of a wrong password. Welch's t over
// pairs that take turns.
func TestTimeOfAWrongNameIsThatOfAWrongPassword(t *testing.T) {
	storetest.Timed(t)
	ctx := context.Background()
	s := storetest.Open(t, storetest.SQLite(t))
	owner(t, s)
	var times [2][]float64
	for i := range 80 {
		for which, name := range []string{"olga", fmt.Sprint("nobody", i)} {
			start := time.Now()
			_, err := s.SignIn(ctx, name, "wrong", "", "", now)
			times[which] = append(times[which], time.Since(start).Seconds())
			wantFault(t, err, fault.Invalid, "account.wrong")
		}
	}
	mean, variance := [2]float64{}, [2]float64{}
	for which, all := range times {
		for _, x := range all {
			mean[which] += x / float64(len(all))
		}
		for _, x := range all {
			variance[which] += (x - mean[which]) * (x - mean[which]) / float64(len(all)-1)
		}
	}
	score := (mean[0] - mean[1]) / math.Sqrt((variance[0]+variance[1])/float64(len(times[0])))
	t.Logf("a wrong password %.1f ms, a wrong name %.1f ms, t = %.2f", mean[0]*1000, mean[1]*1000, score)
	if math.Abs(score) > 4.5 {
		t.Errorf("the time tells a wrong name from a wrong password: t = %.2f", score)
	}
}

func TestChallengeIsSpentOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		var wg sync.WaitGroup
		var firsts atomic.Int64
		for range 8 {
			wg.Go(func() {
				first, err := s.Spend(ctx, "challenge", now.Add(time.Minute), now)
				must(t, err)
				if first {
					firsts.Add(1)
				}
			})
		}
		wg.Wait()
		if firsts.Load() != 1 {
			t.Errorf("spent %d times", firsts.Load())
		}
		if first, err := s.Spend(ctx, "another", now.Add(time.Hour), now.Add(time.Hour/2)); !first || err != nil {
			t.Errorf("got %t, %v", first, err)
		}
		if got := number(t, s, "select count(1) from spent"); got != 1 {
			t.Errorf("%d challenges are kept, want the one that may still come", got)
		}
	})
}
