package web

import (
	"net/http"
	"slices"
	"strings"

	"parley/dialogue"
	"parley/fault"
	"parley/i18n"
)

// registerGuests lets visitors of a demonstration look around as invented people.
func (s *Server) registerGuests() {
	if s.Demo {
		s.post(dialogue.Enter, "/{lang}/demo", s.beGuest)
	}
}

// guestRow is one invented person as whom anybody may look around.
type guestRow struct {
	Key  string
	Name string // "a mediator", "a member from Upper Town"
}

// guestList offers the invented people of a demonstration in the order of the
// alphabet, those of one dialogue where id names one.
func (s *Server) guestList(lang string, id dialogue.ID) []guestRow {
	var out []guestRow
	if !s.Demo {
		return nil
	}
	for _, g := range s.Guests {
		if id == "" || g.Dialogue == id {
			out = append(out, guestRow{g.Key, phrase(g.Name, lang).Words})
		}
	}
	i18n.Sort(lang, out, func(g guestRow) string { return g.Name })
	return out
}

// dialogueOf is the dialogue that the address of a page names; empty for others.
func dialogueOf(path string) dialogue.ID {
	parts := strings.Split(strings.TrimPrefix(path, "/"), "/")
	if len(parts) < 2 || slices.Contains(dialogue.Reserved, dialogue.ID(parts[1])) {
		return ""
	}
	id, _, _ := strings.Cut(parts[1], "?")
	return dialogue.ID(id)
}

// beGuest signs in as one of them, and as nobody else.
func (s *Server) beGuest(w http.ResponseWriter, r *http.Request) error {
	for _, g := range s.Guests {
		if g.Key != r.PostFormValue("guest") {
			continue
		}
		o, err := s.Store.OpenSession(deed(r), g.Person, device(r), s.Now())
		if err != nil {
			return err
		}
		if r.PostFormValue("next") == "" {
			r.PostForm.Set("next", strings.TrimSuffix("/"+s.language(r)+"/"+string(g.Dialogue), "/"))
		}
		return s.opened(w, r, o)
	}
	return errMissing
}

// guestsMay are the pages below the account that change nothing of it for the
// next visitor who plays the same person.
var guestsMay = []string{
	"/{lang}/account/profile", "/{lang}/account/prove", "/{lang}/account/prove/passkey", "/{lang}/account/token", "/{lang}/account/token/{id}/end",
	"/{lang}/account/export", "/{lang}/account/notices", "/{lang}/account/notices/settings",
}

// mayPlay keeps whoever plays an invented person from taking that person away
// from others: from its ways in, its sessions, its address and its end.
func (s *Server) mayPlay(r *http.Request, pattern string) error {
	if !strings.HasPrefix(pattern, "/{lang}/account/") || slices.Contains(guestsMay, pattern) || s.guestName(r, s.language(r)) == "" {
		return nil
	}
	return fault.New(fault.Denied, "door.guest.shared", "an invented person is shared by all visitors")
}

// guestName is the invented person whom the visitor plays, or nothing.
func (s *Server) guestName(r *http.Request, lang string) string {
	v := visitOf(r)
	if !s.Demo || !v.SignedIn() {
		return ""
	}
	for _, g := range s.Guests {
		if g.Person == v.Person {
			return phrase(g.Name, lang).Words
		}
	}
	return ""
}
