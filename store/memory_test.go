package store_test

import (
	"testing"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/store"
	"parley/store/storetest"
)

// What is kept of a standing goes with the deed that changes it, before anybody
// hears of the deed.
func TestNothingIsRememberedBeyondItsTime(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByRequest)
		bob := x.seat("bob", dialogue.Participant, "", "N")
		knows := func() {
			t.Helper()
			x.standing("bob")
			if !s.Remembers(x.id, "bob") {
				t.Error("nothing is remembered, so this test sees nothing")
			}
		}
		knows()
		before := s.Generation()
		x.must(s.Grant(x.ctx, "ann", x.id, bob.ID, dialogue.Grant{Role: dialogue.Delegate, Side: "N"}, now))
		if s.Generation() == before {
			t.Error("a deed did not move the generation")
		}
		if st := x.standing("bob"); len(st.Grants) != 1 {
			t.Errorf("after a grant the standing is %+v", st)
		}
		knows()
		_, err := s.Declare(x.ctx, "ann", x.id, both("Be kinder.", "Будьте добрее."), "en", now)
		x.must(err)
		if st := x.standing("bob"); !st.MustAgree() {
			t.Errorf("after a new declaration the standing is %+v", st)
		}
		knows()
		x.must(s.RemoveTraces(x.ctx, "ann", x.id, bob.ID, now))
		if st := x.standing("bob"); st.Member != "" {
			t.Errorf("after the removal the standing is %+v", st)
		}
		before = s.Generation()
		x.refused(s.InBooth(x.ctx, "bob", x.id, dialogue.BeMember), "dialogue.denied")
		x.must(s.InBooth(x.ctx, "ann", x.id, dialogue.BeMember))
		if s.Generation() != before {
			t.Error("a light deed moved the generation")
		}
	})
}

// A light deed that comes after a heavy one in the same transaction sees what
// that did, though nobody has heard of it yet. PostgreSQL remembers nothing inside
// a deed.
func TestALightDeedSeesItsOwnTransaction(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	x := found(t, s, dialogue.ByRequest)
	bob := x.seat("bob", dialogue.Participant, "", "N")
	x.must(s.InBooth(x.ctx, "bob", x.id, dialogue.BeMember))
	begun, goOn := make(chan bool), make(chan bool)
	first, removed, voted := make(chan error, 1), make(chan error, 1), make(chan error, 1)
	go func() {
		first <- s.Write(x.ctx, func(store.Deed) error {
			begun <- true
			<-goOn
			return fault.New(fault.Invalid, "test", "a deed that fails makes nothing dirty")
		})
	}()
	<-begun
	go func() { removed <- s.RemoveTraces(x.ctx, "ann", x.id, bob.ID, now) }()
	time.Sleep(30 * time.Millisecond)
	go func() { voted <- s.InBooth(x.ctx, "bob", x.id, dialogue.BeMember) }()
	time.Sleep(30 * time.Millisecond)
	if !s.Remembers(x.id, "bob") {
		t.Error("nothing is remembered, so this test sees nothing")
	}
	close(goOn)
	<-first
	x.must(<-removed)
	x.refused(<-voted, "dialogue.denied")
}

// Another process over the same file is heard of with the next deed at once,
// and by who only reads within a second or two.
func TestWhatAnotherProcessWroteIsSeen(t *testing.T) {
	c := storetest.SQLite(t)
	s, other := storetest.Open(t, c), storetest.Open(t, c)
	x := found(t, s, dialogue.ByRequest)
	bob := x.seat("bob", dialogue.Participant, "", "N")
	clara := x.seat("clara", dialogue.Participant, "", "N")
	for _, who := range []account.PersonID{"bob", "clara"} {
		x.must(s.InBooth(x.ctx, who, x.id, dialogue.BeMember))
	}
	x.must(other.RemoveTraces(x.ctx, "ann", x.id, bob.ID, now))
	x.refused(s.InBooth(x.ctx, "bob", x.id, dialogue.BeMember), "dialogue.denied")

	x.must(s.InBooth(x.ctx, "clara", x.id, dialogue.BeMember))
	x.must(other.RemoveTraces(x.ctx, "ann", x.id, clara.ID, now))
	for end := time.Now().Add(3 * time.Second); x.standing("clara").Member != ""; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("who only reads never hears of it")
		}
	}
}
