package dialogue_test

import (
	"testing"

	"parley/dialogue"
)

// What could make a promise hard to keep is for the mediator and for that side.
func TestWhoSeesPromises(t *testing.T) {
	for _, p := range everybody {
		side, all := dialogue.SeesPromises(p.who)
		wantAll := p.name == "mediator"
		wantSide := dialogue.SideID("")
		switch p.name {
		case "participant", "delegate", "registrar", "moderator", "interpreter", "staff", "convener":
			wantSide = "A" // each stands on side A here, whatever else they do
		}
		if side != wantSide || all != wantAll {
			t.Errorf("%s sees those of %q, of all: %t; want %q, %t", p.name, side, all, wantSide, wantAll)
		}
	}
	both := member(2, false)
	both.Sides = []dialogue.SideID{"A", "B"}
	if side, all := dialogue.SeesPromises(both); side != "" || all {
		t.Errorf("who stands on two sides sees those of %q, of all: %t; want none", side, all)
	}
	none := member(2, false)
	none.Sides = nil
	if side, all := dialogue.SeesPromises(none); side != "" || all {
		t.Errorf("who stands on no side sees those of %q, of all: %t; want none", side, all)
	}
}
