package account_test

import (
	"context"
	"testing"
	"time"

	"parley/account"
)

func TestWhoIsSignedIn(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	for _, c := range []struct {
		name         string
		visitor      account.Visitor
		signed, pure bool
	}{
		{"nobody", account.Visitor{}, false, false},
		{"halfway", account.Visitor{Person: "p", Halfway: true, ProvedAt: now}, false, false},
		{"lately", account.Visitor{Person: "p", ProvedAt: now.Add(-14 * time.Minute)}, true, true},
		{"long ago", account.Visitor{Person: "p", ProvedAt: now.Add(-15 * time.Minute)}, true, false},
		{"a token", account.Visitor{Person: "p", Scopes: []account.Scope{account.ScopeRead}}, true, false},
	} {
		if got := c.visitor.SignedIn(); got != c.signed {
			t.Errorf("%s: signed in is %t", c.name, got)
		}
		if got := c.visitor.Fresh(now); got != c.pure {
			t.Errorf("%s: fresh is %t", c.name, got)
		}
	}
}

func TestDigest(t *testing.T) {
	const want = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae" // sha256sum of "foo"
	if got := account.Digest("foo"); got != want {
		t.Errorf("got %s", got)
	}
}

func TestClientIsNotedInTheContext(t *testing.T) {
	ctx := context.Background()
	if got := account.Client(ctx); got != "" {
		t.Errorf("got %q", got)
	}
	if got := account.Client(account.WithClient(ctx, "network")); got != "network" {
		t.Errorf("got %q", got)
	}
}
