package web

import (
	"cmp"
	"net/http"

	"parley/dialogue"
	"parley/i18n"
)

// listPage is the way in: every dialogue, and what kind of dialogue it is,
// before anything that was concluded in it.
type listPage struct {
	Layout
	Bilingual bool // the address named no language: both are offered
	Dialogues []listRow
	Guests    []guestRow
}

type listRow struct {
	Title   Phrase
	Address string
	Kind    string
	State   string // "being prepared; members read"
	AsOf    string
	Source  Phrase
	Note    string // what this kind of dialogue does not claim
	Sides   []Side
}

// list answers "/" itself, in the language that the browser asks for, and the
// list in one language.
func (s *Server) list(w http.ResponseWriter, r *http.Request) error {
	lang := s.language(r)
	if named := r.PathValue("lang"); named != "" && named != lang {
		return errMissing
	}
	rows, err := s.Store.Dialogues(r.Context())
	if err != nil {
		return err
	}
	p := listPage{Bilingual: r.PathValue("lang") == ""}
	p.Layout = s.layout(r, lang, i18n.For(lang).T("web.list.title"))
	if p.Bilingual {
		w.Header().Add("Vary", "Accept-Language")
	}
	p.Guests = s.guestList(lang, "")
	mine, err := s.takesPartIn(r)
	if err != nil {
		return err
	}
	for _, d := range rows {
		if !d.Unlisted || mine[d.ID] {
			p.Dialogues = append(p.Dialogues, p.row(d.Dialogue))
		}
	}
	return s.show(w, r, http.StatusOK, "list", p)
}

// takesPartIn are the dialogues in which the visitor takes part, or asked to: the
// only ones whose existence they may know of where these are not listed.
func (s *Server) takesPartIn(r *http.Request) (map[dialogue.ID]bool, error) {
	person := visitOf(r).person()
	if person == "" {
		return nil, nil
	}
	mine, err := s.Store.Memberships(r.Context(), person)
	if err != nil {
		return nil, err
	}
	out := map[dialogue.ID]bool{}
	for _, m := range mine {
		out[m.Dialogue.ID] = true
	}
	return out, nil
}

func (p listPage) row(d dialogue.Dialogue) listRow {
	row := listRow{Title: phrase(d.Title, p.Lang), Address: "/" + p.Lang + "/" + string(d.ID), Source: phrase(d.Source, p.Lang)}
	if d.Kind != "" && d.Kind != dialogue.Live {
		row.Kind, row.Note = p.T("web.kind."+string(d.Kind)), p.T("web.kind."+string(d.Kind)+".note")
	}
	row.AsOf = asOf(p.words, d.AsOf)
	if d.Kind != dialogue.Historical {
		reads := "members"
		if d.Rule == "" || d.Rule == dialogue.Public {
			reads = "public"
		}
		row.State = p.T("room.list."+string(cmp.Or(d.Stage, dialogue.Open))) + "; " + p.T("room.list."+reads) + "."
	}
	for _, s := range d.Sides {
		row.Sides = append(row.Sides, Side{ID: s.ID, Name: phrase(s.Name, p.Lang)})
	}
	i18n.Sort(p.Lang, row.Sides, func(s Side) string { return s.Name.Words })
	for i := range row.Sides {
		row.Sides[i].Mark = markOf(i, p.Lang)
	}
	return row
}
