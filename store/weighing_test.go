package store_test

import (
	"fmt"
	"reflect"
	"testing"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/interest"
	"parley/store"
	"parley/store/storetest"
)

// What a register says about weights is kept as it was written, and what it says
// about an interest goes with it.
func TestWeightsAreKept(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := editors(t, s)
		bridge := x.write("sue", "S", interest.Interest{Title: both("A bridge", "Мост")})
		ferry := x.write("sue", "S", interest.Interest{Title: both("A ferry", "Паром")})
		d, err := x.Dossier(x.ctx, x.id)
		x.must(err)
		own := d.Own("S")
		first := own.Interests[0].ID
		own.Weights = []interest.Weighing{
			{More: bridge, Than: ferry},
			{More: first, Than: bridge, Times: interest.FractionOf(3, 2)},
			{Gain: []interest.Part{{Interest: first, Of: interest.FractionOf(1, 2)}}, Outweighs: []interest.Part{
				{Interest: ferry, Of: interest.FractionOf(1, 1)}, {Interest: bridge, Of: interest.FractionOf(1, 4)},
			}},
		}
		load(t, s, d)
		x.whole()
		r, _, err := x.OwnRegister(x.ctx, "sue", x.id, "S")
		x.must(err)
		if !reflect.DeepEqual(r.Weights, own.Weights) {
			t.Errorf("got %v, want %v", r.Weights, own.Weights)
		}
		if changed, err := x.LoadDossier(x.ctx, d, later); err != nil || changed {
			t.Errorf("the same again: %v, %v", changed, err)
		}
		_, err = x.RemoveInterest(x.ctx, "sue", x.id, "S", ferry, store.AnyRevision, now)
		x.must(err)
		x.whole()
		r, _, err = x.OwnRegister(x.ctx, "sue", x.id, "S")
		x.must(err)
		if got, want := fmt.Sprint(r.Weights), fmt.Sprintf("[{%s %s 3/2 [] []}]", first, bridge); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}

// The editors of a side say what matters more and take it back; a contradiction
// is refused with what contradicts, and nothing is lost between two of them.
func TestWeightsAreWrittenByTheirEditors(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := editors(t, s)
		x.seat("mem", dialogue.Participant, "", "S")
		bridge := x.write("sue", "S", interest.Interest{Title: both("A bridge", "Мост"), Tier: interest.Important})
		ferry := x.write("sue", "S", interest.Interest{Title: both("A ferry", "Паром"), Tier: interest.Important})
		_, revision, err := x.OwnRegister(x.ctx, "sue", x.id, "S")
		x.must(err)
		first := interest.Weighing{More: bridge, Than: ferry, Times: interest.FractionOf(3, 2)}
		next, err := x.WriteWeighing(x.ctx, "sue", x.id, "S", first, revision, later)
		x.must(err)
		x.whole()
		r, got, err := x.OwnRegister(x.ctx, "sue", x.id, "S")
		x.must(err)
		if !reflect.DeepEqual(r.Weights, []interest.Weighing{first}) || got != next || next <= revision || r.Date != later.UTC().Format("2006-01-02") {
			t.Errorf("got %v of %s, revision %d after %d", r.Weights, r.Date, got, revision)
		}
		before := state(t, s)
		_, err = x.WriteWeighing(x.ctx, "sue", x.id, "S", interest.Weighing{More: ferry, Than: bridge}, next, later)
		x.refused(err, "edit.weighing.clash")
		if f, ok := fault.As(err); !ok || len(f.Args["Set"].([]interest.Weighing)) != 2 {
			t.Errorf("got %v", err)
		}
		_, err = x.WriteWeighing(x.ctx, "sue", x.id, "S", first, revision, later)
		if !fault.Is(err, fault.Stale) {
			t.Errorf("got %v", err)
		}
		_, err = x.RemoveWeighing(x.ctx, "sue", x.id, "S", 1, store.AnyRevision, later)
		x.refused(err, "edit.no-weighing")
		for who, want := range map[account.PersonID]fault.Kind{"": fault.Unknown, "nan": fault.Denied, "mem": fault.Denied, "owner": fault.Denied} {
			if _, err := x.WriteWeighing(x.ctx, who, x.id, "S", interest.Weighing{More: "S-1", Than: "S-2"}, store.AnyRevision, later); !fault.Is(err, want) {
				t.Errorf("%q writes: %v", who, err)
			}
			if _, err := x.RemoveWeighing(x.ctx, who, x.id, "S", 0, store.AnyRevision, later); !fault.Is(err, want) {
				t.Errorf("%q removes: %v", who, err)
			}
		}
		if state(t, s) != before {
			t.Error("something was written that was refused")
		}
		lowered := r.Interests[2]
		lowered.Tier = interest.Secondary
		_, _, err = x.WriteInterest(x.ctx, "sue", x.id, "S", lowered, store.AnyRevision, later)
		x.refused(err, "edit.weighing.clash.ranks")
		next, err = x.RemoveWeighing(x.ctx, "sue", x.id, "S", 0, next, later)
		x.must(err)
		x.whole()
		if r, got, err = x.OwnRegister(x.ctx, "sue", x.id, "S"); err != nil || len(r.Weights) != 0 || got != next {
			t.Errorf("got %v, %d, %v", r.Weights, got, err)
		}
	})
}
