package store_test

import (
	"fmt"
	"reflect"
	"testing"

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
