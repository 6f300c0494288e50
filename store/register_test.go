package store_test

import (
	"fmt"
	"reflect"
	"sync"
	"testing"

	"parley/account"
	"parley/deal"
	"parley/dialogue"
	"parley/fault"
	"parley/i18n"
	"parley/interest"
	"parley/store"
	"parley/store/storetest"
)

// editors is a dialogue whose registers can be written: "sue" for S, "nan" for N.
func editors(t *testing.T, s *store.Store) *society {
	t.Helper()
	x := found(t, s, dialogue.Freely)
	load(t, s, plain("towns"))
	x.seat("sue", dialogue.Delegate, "S", "S")
	x.seat("nan", dialogue.Delegate, "N", "N")
	return x
}

func (x *society) write(person account.PersonID, side dialogue.SideID, i interest.Interest) interest.ID {
	x.t.Helper()
	id, _, err := x.WriteInterest(x.ctx, person, x.id, side, i, store.AnyRevision, now)
	x.must(err)
	return id
}

// whole sees that the digest is that of the dossier, so that what is frozen is
// what stands there.
func (x *society) whole() {
	x.t.Helper()
	d, err := x.Dossier(x.ctx, x.id)
	x.must(err)
	load(x.t, x.Store, d)
	_, err = x.AskDeals(x.ctx, x.id, deal.DefaultSettings(), now)
	if err != nil && !fault.Is(err, fault.Invalid) {
		x.t.Errorf("the digest is of another dossier: %v", err)
	}
}

func TestRegisterIsWrittenByItsEditor(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := editors(t, s)
		r, revision, err := x.OwnRegister(x.ctx, "sue", x.id, "S")
		x.must(err)
		if len(r.Interests) != 2 || !r.Declared() {
			t.Fatalf("got %+v", r)
		}
		bridge := interest.Interest{
			Title: both("A bridge", "Мост"), Note: i18n.Text{"ru": "деревянный"}, Tier: interest.Important, Horizon: interest.Long,
			Counterparts: []interest.Counterpart{
				{Side: "N", Role: interest.RoleRange{Low: interest.Key, High: interest.Key}, Note: both("they have wood", "у них есть лес")},
				{Side: "E", Effect: interest.Helps},
			},
		}
		id, next, err := x.WriteInterest(x.ctx, "sue", x.id, "S", bridge, revision, later)
		x.must(err)
		if id != "S-3" || next <= revision {
			t.Errorf("got %s, revision %d after %d", id, next, revision)
		}
		x.whole()
		r, got, err := x.OwnRegister(x.ctx, "sue", x.id, "S")
		x.must(err)
		bridge.ID = id
		bridge.Counterparts[0], bridge.Counterparts[1] = bridge.Counterparts[1], bridge.Counterparts[0]
		if got != next || r.Date != "2026-11-22" || !reflect.DeepEqual(r.Interests[2], bridge) {
			t.Errorf("got revision %d, %s", got, asJSON(t, r))
		}
		_, _, err = x.WriteInterest(x.ctx, "sue", x.id, "S", bridge, revision, later)
		if !fault.Is(err, fault.Stale) {
			t.Errorf("got %v", err)
		}
		first := r.Interests[0]
		first.Title, first.Counterparts = both("Clean water", "Чистая вода"), nil
		_, next, err = x.WriteInterest(x.ctx, "sue", x.id, "S", first, next, later)
		x.must(err)
		x.whole()
		r, _, err = x.OwnRegister(x.ctx, "sue", x.id, "S")
		x.must(err)
		if !reflect.DeepEqual(r.Interests[0], first) {
			t.Errorf("got %s", asJSON(t, r.Interests[0]))
		}
		if _, err = x.RemoveInterest(x.ctx, "sue", x.id, "S", id, next-1, later); !fault.Is(err, fault.Stale) {
			t.Errorf("got %v", err)
		}
		_, err = x.RemoveInterest(x.ctx, "sue", x.id, "S", id, next, later)
		x.must(err)
		x.whole()
		_, err = x.RemoveInterest(x.ctx, "sue", x.id, "S", "S-2", store.AnyRevision, later)
		x.refused(err, "edit.needed")
		_, err = x.RemoveInterest(x.ctx, "sue", x.id, "S", id, store.AnyRevision, later)
		x.refused(err, "edit.no-interest")
		_, _, err = x.WriteInterest(x.ctx, "sue", x.id, "S", interest.Interest{Title: i18n.Text{"fr": "x"}}, store.AnyRevision, later)
		x.refused(err, "edit.language")
	})
}

// A side of which others wrote so far begins, and stops again.
func TestRegisterBeginsAndEnds(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := editors(t, s)
		before, err := x.Dossier(x.ctx, x.id)
		x.must(err)
		_, _, err = x.OwnRegister(x.ctx, "nan", x.id, "N")
		x.refused(err, "store.no-register")
		id, revision, err := x.WriteInterest(x.ctx, "nan", x.id, "N", interest.Interest{Title: both("Quiet", "Тишина")}, 0, now)
		x.must(err)
		if id != "N-3" || revision == 0 {
			t.Errorf("got %s, %d", id, revision)
		}
		x.whole()
		d, err := x.Dossier(x.ctx, x.id)
		x.must(err)
		if len(d.Registers) != 4 || d.Own("N") == nil || !d.Own("N").Declared() {
			t.Errorf("got %s", asJSON(t, d.Registers))
		}
		_, _, err = x.WriteInterest(x.ctx, "nan", x.id, "N", interest.Interest{Title: both("More", "Ещё")}, 0, now)
		if !fault.Is(err, fault.Stale) {
			t.Errorf("got %v", err)
		}
		_, err = x.RemoveInterest(x.ctx, "nan", x.id, "N", id, revision, now)
		x.must(err)
		x.whole()
		after, err := x.Dossier(x.ctx, x.id)
		x.must(err)
		if asJSON(t, after) != asJSON(t, before) {
			t.Error("something is left of a register that was taken back")
		}
		_, again, err := x.WriteInterest(x.ctx, "nan", x.id, "N", interest.Interest{Title: both("Quiet", "Тишина")}, 0, now)
		x.must(err)
		if again <= revision {
			t.Errorf("revision %d stands for two different registers", again)
		}
	})
}

func TestWhoMayWriteARegister(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := editors(t, s)
		x.seat("reg", dialogue.Registrar, "S", "S")
		x.seat("mem", dialogue.Participant, "", "S")
		x.person("out")
		before := state(t, s)
		quiet := interest.Interest{Title: both("Quiet", "Тишина")}
		for who, want := range map[account.PersonID]fault.Kind{
			"": fault.Unknown, "out": fault.Denied, "nan": fault.Denied, "mem": fault.Denied, "reg": fault.Denied, "ann": fault.Denied, "owner": fault.Denied,
		} {
			if _, _, err := x.WriteInterest(x.ctx, who, x.id, "S", quiet, store.AnyRevision, now); !fault.Is(err, want) {
				t.Errorf("%q writes: %v", who, err)
			}
			if _, err := x.RemoveInterest(x.ctx, who, x.id, "S", "S-1", store.AnyRevision, now); !fault.Is(err, want) {
				t.Errorf("%q removes: %v", who, err)
			}
			if _, _, err := x.OwnRegister(x.ctx, who, x.id, "S"); !fault.Is(err, want) {
				t.Errorf("%q reads: %v", who, err)
			}
		}
		if _, _, err := x.WriteInterest(x.ctx, "sue", x.id, "X", quiet, store.AnyRevision, now); !fault.Is(err, fault.Denied) {
			t.Errorf("for no side: %v", err)
		}
		if state(t, s) != before {
			t.Error("what was refused has left something behind")
		}
		x.must(x.SetStage(x.ctx, "ann", x.id, dialogue.Paused, now))
		_, _, err := x.WriteInterest(x.ctx, "sue", x.id, "S", quiet, store.AnyRevision, now)
		x.refused(err, "dialogue.stage.paused")
	})
}

// Those who write for different sides at once do not get into each other's way,
// and nothing of what they write is lost.
func TestManyWriteAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := editors(t, s)
		var wg sync.WaitGroup
		var mu sync.Mutex
		written := map[interest.ID]bool{}
		for n, who := range []string{"sue", "nan", "sue", "nan"} {
			side := map[string]dialogue.SideID{"sue": "S", "nan": "N"}[who]
			wg.Go(func() {
				for k := range 3 {
					i := interest.Interest{Title: both(fmt.Sprint("n", n, k), "н")}
					id, _, err := x.WriteInterest(x.ctx, account.PersonID(who), x.id, side, i, store.AnyRevision, now)
					if fault.Is(err, fault.Conflict) {
						continue // too much at once, and they are told so
					}
					if err != nil {
						t.Error(err)
					}
					mu.Lock()
					if written[id] {
						t.Errorf("%s was given twice", id)
					}
					written[id] = true
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		x.whole()
		d, err := x.Dossier(x.ctx, x.id)
		x.must(err)
		if got, want := len(d.Own("S").Interests)+len(d.Own("N").Interests), len(written)+2; got != want || len(written) == 0 {
			t.Errorf("got %d interests, want %d", got, want)
		}
	})
}

func TestAnEditMakesQuestionsStale(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := editors(t, s)
		ask(t, s, x.id, deal.DefaultSettings(), now)
		must(t, s.AnswerDeals(x.ctx, claim(t, s, now), &deal.Answer{}, now))
		id := x.write("sue", "S", interest.Interest{Title: both("A bridge", "Мост")})
		if a := asked(t, s, x.id); a.State != store.NotAsked {
			t.Errorf("got %s", a.State)
		}
		ask(t, s, x.id, deal.DefaultSettings(), later)
		if a := asked(t, s, x.id); a.State != store.Waiting {
			t.Errorf("got %s", a.State)
		}
		_, err := x.RemoveInterest(x.ctx, "sue", x.id, "S", id, store.AnyRevision, now)
		x.must(err)
		d := plain("towns")
		d.Registers[0].Date = "2026-11-22"
		load(t, s, d)
	})
}
