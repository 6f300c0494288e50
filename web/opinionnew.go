package web

import (
	"context"
	"net/http"
	"strings"

	"parley/opinion"
	"parley/writing"
)

// statementForm is where somebody proposes a statement: the form that all kinds
// of contributions share, with what makes a good statement above it.
func (s *Server) statementForm(r *http.Request, h *hall) (composePage, *opinion.Place, error) {
	under := r.FormValue("under")
	place := placeFrom(under)
	p := composePage{Heading: h.words.T("opinion.new.title"), Lead: h.words.T("opinion.new.lead"), Form: h.form("statement", "statement", h.to("statement", "new"))}
	f := &p.Form
	f.HasTitle, f.HasTags, f.MaxTitle, f.Back = true, true, writing.MaxStatement, withUnder(h.to("statements"), under)
	if place == nil {
		return p, &opinion.Place{}, nil
	}
	f.Place, f.Hidden = "statement:"+under, []field{{"under", under}}
	to, err := s.place(r, h, *place)
	if err == nil && to == nil {
		err = missing("place", under)
	}
	if err != nil {
		return p, nil, err
	}
	p.Heading = h.words.T("opinion.new.under", "Title", to.Title.Words)
	return p, place, nil
}

func (s *Server) newStatement(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	p, _, err := s.statementForm(r, h)
	if err != nil {
		return err
	}
	if err := s.offerDraft(r, h, &p.Form); err != nil {
		return err
	}
	return s.compose(w, r, http.StatusOK, p)
}

func (s *Server) proposeStatement(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	p, place, err := s.statementForm(r, h)
	if err != nil {
		return err
	}
	get := typed(r)
	n := opinion.NewStatement{
		Lang: h.written(get("lang")), Title: strings.Join(strings.Fields(get("title")), " "), Body: get("body"), Tags: tagsIn(get("tags")), Under: *place,
	}
	return s.sendIn(w, r, p, func(ctx context.Context) (string, error) {
		id, err := s.Store.ProposeStatement(ctx, h.person(), h.d.ID, n, s.Now())
		return withQuery(h.toStatement(id), "said", "proposed"), err
	})
}
