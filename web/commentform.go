package web

import (
	"context"
	"net/http"
	"strings"
	"unicode/utf8"

	"parley/fault"
	"parley/forum"
	"parley/writing"
)

// commentForm is the form for a comment under something, in answer to a comment
// or, where to is 0, to the thing itself.
func (h *hall) commentForm(under, to, quote writing.ID) composeForm {
	place := "comment:" + itemNumber(under)
	if to != 0 {
		place += ":" + itemNumber(to)
	}
	f := h.form("comment", place, h.to("comment", "new"))
	f.Hidden = []field{{"under", itemNumber(under)}, {"to", itemNumber(to)}, {"quote", itemNumber(quote)}}
	return f
}

// commentAsked is what the address or the form says about a comment.
func commentAsked(r *http.Request) (under, to, quote writing.ID) {
	number := func(name string) writing.ID { return writing.ID(max(intOf(r.FormValue(name)), 0)) }
	return number("under"), number("to"), number("quote")
}

func (s *Server) commentPage(r *http.Request, h *hall) (composePage, error) {
	under, to, quote := commentAsked(r)
	p := composePage{Heading: h.words.T("forum.comment.new"), Form: h.commentForm(under, to, quote)}
	p.Form.Back = h.to("comments")
	about := to
	if about == 0 {
		about = under
	}
	if about != 0 {
		item, root, err := s.Store.Item(r.Context(), h.person(), h.d.ID, about)
		if err != nil {
			return p, err
		}
		if under == 0 && root != 0 && to != 0 {
			return p, fault.New(fault.Missing, "web.problem.404", "comment %d does not stand under the dialogue", to)
		}
		t := h.text(item)
		t.Marks, t.React, t.Deeds, t.Withdraw = nil, "", nil, ""
		p.About, p.Form.Back = &t, h.toItem(about)
		p.Heading = h.words.T("forum.comment.answer", "Number", "#"+t.ID)
	}
	if quote == 0 {
		return p, nil
	}
	item, _, err := s.Store.Item(r.Context(), h.person(), h.d.ID, quote)
	if err != nil {
		return p, err
	}
	p.Form.Quote = &quoteBox{Number: itemNumber(quote), Address: h.toItem(quote), By: h.author(item.Author), Lang: item.Lang, Whole: item.Body}
	if item.Body == "" {
		p.Form.Quote.Whole = item.Title
	}
	p.Form.Quote.Words = strings.TrimSpace(r.FormValue("words"))
	if p.Form.Quote.Words == "" && utf8.RuneCountInString(p.Form.Quote.Whole) <= shortQuote {
		p.Form.Quote.Words = p.Form.Quote.Whole
	}
	return p, nil
}

// shortQuote is up to how many runes all of somebody's words are quoted unless
// the writer picks some of them.
const shortQuote = 280

func (s *Server) newComment(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	p, err := s.commentPage(r, h)
	if err != nil {
		return err
	}
	if err := s.offerDraft(r, h, &p.Form); err != nil {
		return err
	}
	return s.compose(w, r, http.StatusOK, p)
}

func (s *Server) comment(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	p, err := s.commentPage(r, h)
	if err != nil {
		return err
	}
	get := typed(r)
	under, to, quote := commentAsked(r)
	k := forum.NewComment{Under: under, To: to, Lang: get("lang"), Body: get("body"), Quote: quote, Words: get("words")}
	if k.Words == "" {
		k.Quote = 0
	}
	return s.sendIn(w, r, p, func(ctx context.Context) (string, error) {
		n, err := s.Store.Comment(ctx, h.person(), h.d.ID, k, s.Now())
		if err != nil {
			return "", err
		}
		return s.sentTo(ctx, h, n), nil
	})
}
