package api

import (
	"net/http"
	"slices"
	"testing"

	"parley/api/apitest"
	"parley/dialogue"
)

// Who chose no name is a number with a word of the reader's language.
func TestANumberStandsWithTheReadersWord(t *testing.T) {
	w := newWorld(t, open("towns"))
	if err := w.ChangePseudonym(t.Context(), w.People[dialogue.Participant], "towns", "", apitest.Now); err != nil {
		t.Fatal(err)
	}
	mine, err := w.Mine(t.Context(), w.People[dialogue.Participant], "towns")
	if err != nil {
		t.Fatal(err)
	}
	for lang, word := range map[string]string{"en": "Participant ", "ru": "Участник "} {
		name := word + string(mine.Pseudonym)
		own := w.ok(w.ask(dialogue.Participant, http.MethodGet, "/dialogues/towns/membership", nil, "Accept-Language", lang))
		if own.json["pseudonym"] != name {
			t.Errorf("%s: %v", lang, own.json["pseudonym"])
		}
		all := items(w.ok(w.ask(dialogue.Convener, http.MethodGet, "/dialogues/towns/members", nil, "Accept-Language", lang)))
		if !slices.ContainsFunc(all, func(m map[string]any) bool { return m["pseudonym"] == name }) {
			t.Errorf("%s: nobody is called %q", lang, name)
		}
	}
}
