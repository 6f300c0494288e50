package web

import (
	"context"
	"net/http"
	"strconv"

	"parley/fault"
	"parley/writing"
)

// translatePage is the original beside the form for its translation.
type translatePage struct {
	Layout
	Heading  string
	Original textView
	Source   tongueView // the original
	Typed    string     // as it was typed
	Into     string
	Language string    // of the original, in the reader's words
	Stale    bool      // the original changed since the translation that stands here
	Title    []stretch // what changed in the original since then
	Changed  []stretch
	From     string
	Others   []NavItem // the other languages into which it may be put
	Wrong    wrongs
	Form     composeForm
}

// OriginalLabel says in which language the original is.
func (p translatePage) OriginalLabel() string { return p.T("forum.original", "Language", p.Language) }

func (s *Server) translatePage(r *http.Request, h *hall) (translatePage, writing.Contribution, error) {
	var p translatePage
	n, err := itemAsked(r)
	if err != nil {
		return p, writing.Contribution{}, err
	}
	item, _, err := s.Store.Item(r.Context(), h.person(), h.d.ID, n)
	if err != nil {
		return p, item, err
	}
	to := among(h.d.Languages, r.FormValue("to"), h.otherTongue(item))
	if to == item.Lang || to == "" {
		to = h.otherTongue(item)
	}
	if to == "" {
		return p, item, fault.New(fault.Missing, "web.problem.404", "no other language")
	}
	p = translatePage{
		Heading: h.words.T("forum.translate.title", "Number", "#"+itemNumber(n), "Language", h.tongue(to)), Language: h.tongue(item.Lang), Original: h.text(item), Typed: item.Body,
		Source: tongueView{Lang: item.Lang, Title: item.Title, HTML: h.linked(item.HTML)}, Into: h.words.T("forum.translate.into", "Language", h.tongue(to)),
	}
	f := h.form("translate", "translate:"+itemNumber(n)+":"+to, h.toItem(n, "translate"))
	f.Langs, f.Lang, f.Back, f.HasTitle = nil, to, h.toItem(n), item.Title != ""
	if item.Kind == writing.Statement {
		f.MaxTitle = writing.MaxStatement
	}
	of := item.Revision
	if t := item.In(to); t != nil {
		f.Title, f.Body = t.Title, t.Body
		if p.Stale = t.Stale && t.Of < item.Revision; p.Stale {
			if err := s.changedSince(r, h, item, t.Of, &p); err != nil {
				return p, item, err
			}
		}
	}
	f.Hidden = []field{{"to", to}, {"of", strconv.Itoa(of)}}
	for _, l := range h.d.Languages {
		if l != item.Lang && l != to {
			p.Others = append(p.Others, NavItem{Name: h.tongue(l), Address: withQuery(h.toItem(n, "translate"), "to", l)})
		}
	}
	p.Form = f
	return p, item, nil
}

// changedSince shows what became of the original after the revision that was
// translated.
func (s *Server) changedSince(r *http.Request, h *hall, item writing.Contribution, of int, p *translatePage) error {
	revisions, err := s.Store.Revisions(r.Context(), h.person(), h.d.ID, item.ID)
	if err != nil {
		return err
	}
	for _, rev := range revisions {
		if rev.Number == of {
			p.From = dayOf(h.words, h.visit, rev.At)
			p.Title, p.Changed = compareWords(rev.Title, item.Title), compareWords(rev.Body, item.Body)
		}
	}
	return nil
}

func (s *Server) translateItem(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	p, _, err := s.translatePage(r, h)
	if err != nil {
		return err
	}
	if err := s.offerDraft(r, h, &p.Form); err != nil {
		return err
	}
	return s.showTranslate(w, r, http.StatusOK, p)
}

func (s *Server) showTranslate(w http.ResponseWriter, r *http.Request, code int, p translatePage) error {
	h := hallOf(r)
	p.Layout = s.forumLayout(r, h, "", p.Heading)
	p.NoIndex, p.Wrong = true, p.Form.Wrong
	return s.show(w, r, code, "translate", p)
}

// saveTranslation keeps a translation of the revision that stood beside the form,
// even where the original has changed meanwhile: it is then marked as stale.
func (s *Server) saveTranslation(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	p, item, err := s.translatePage(r, h)
	if err != nil {
		return err
	}
	get := typed(r)
	if of := get("of"); of != "" {
		p.Form.Hidden[1].Value = of
	}
	if again := h.sent(r, &p.Form); again {
		return s.showTranslate(w, r, http.StatusOK, p)
	}
	ctx := context.WithoutCancel(r.Context())
	err = s.Store.Translate(ctx, h.person(), h.d.ID, item.ID, p.Form.Lang, get("title"), get("body"), intOf(get("of")), s.Now())
	if err != nil {
		bad, code, err := s.mistaken(h.lang, err, fieldBy(mistakenFields...))
		if err != nil {
			return err
		}
		p.Form.Wrong = inForm(bad, p.Form)
		return s.showTranslate(w, r, code, p)
	}
	if err := s.dropDraft(ctx, h, p.Form.Place); err != nil {
		s.Log.Error("drop draft", "id", requestID(r), "error", err)
	}
	return s.backToItem(w, r, h, item.ID, "translated")
}

// rateTranslation says whether a translation is true to the original.
func (s *Server) rateTranslation(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	n, err := itemAsked(r)
	if err != nil {
		return err
	}
	good := min(max(intOf(r.PostFormValue("good")), -1), 1)
	err = s.Store.RateTranslation(context.WithoutCancel(r.Context()), h.person(), h.d.ID, n, r.PostFormValue("lang"), good, s.Now())
	if err != nil {
		return err
	}
	return s.backToItem(w, r, h, n, "")
}
