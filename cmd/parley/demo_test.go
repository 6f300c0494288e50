package main

import (
	"context"
	"io"
	"slices"
	"testing"

	"parley/dialogue"
	"parley/i18n"
	"parley/store/storetest"
)

// The historical example comes first, and visitors may be a member of each side
// of the invented one, one of its registrars and register editors, its mediator,
// an observer and its convener, and nobody else.
func TestTheDemoIsFilled(t *testing.T) {
	st := storetest.Open(t, storetest.SQLite(t))
	s := &session{ctx: context.Background(), out: io.Discard, errOut: io.Discard, w: i18n.For("en"), lang: "en"}
	guests, err := fill(s, st)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := st.Dialogues(s.ctx)
	if err != nil {
		t.Fatal(err)
	}
	var ids []dialogue.ID
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	if want := []dialogue.ID{"us-russia-2009", "three-towns", "china-eu-russia-us-2009"}; !slices.Equal(ids, want) {
		t.Errorf("got %v, want %v", ids, want)
	}
	var keys []string
	for _, g := range guests {
		if !g.Offered {
			continue
		}
		keys = append(keys, g.Key)
		if g.Dialogue != "three-towns" || g.Person == "" || g.Name["en"] == "" || g.Name["ru"] == "" {
			t.Errorf("got %+v", g)
		}
	}
	slices.Sort(keys)
	if want := []string{"convener", "editor-BR", "mediator", "member-BR", "member-KE", "member-OS", "moderator", "observer", "registrar-KE"}; !slices.Equal(keys, want) {
		t.Errorf("got %v, want %v", keys, want)
	}
}
