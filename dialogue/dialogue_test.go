package dialogue_test

import (
	"slices"
	"testing"

	"parley/dialogue"
)

func TestSideByID(t *testing.T) {
	d := dialogue.Dialogue{Sides: []dialogue.Side{{ID: "A"}, {ID: "B"}, {ID: "C"}}}
	if s, ok := d.Side("C"); !ok || s.ID != "C" {
		t.Errorf("got %+v, %t", s, ok)
	}
	if s, ok := d.Side("D"); ok {
		t.Errorf("a side that is not there was found: %+v", s)
	}
}

// The words that files may use are these; what is stored depends on them.
func TestWordsOfTheRoom(t *testing.T) {
	if want := []dialogue.Rule{"public", "members", "non-attribution", "off-the-record"}; !slices.Equal(dialogue.Rules, want) {
		t.Errorf("rules %v", dialogue.Rules)
	}
	if want := []dialogue.Stage{"preparing", "open", "paused", "closed"}; !slices.Equal(dialogue.Stages, want) {
		t.Errorf("stages %v", dialogue.Stages)
	}
	if want := []dialogue.Kind{"live", "historical", "invented"}; !slices.Equal(dialogue.Kinds, want) {
		t.Errorf("kinds %v", dialogue.Kinds)
	}
}
