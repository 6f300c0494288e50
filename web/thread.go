package web

import (
	"context"
	"html/template"
	"net/http"
	"strconv"

	"parley/account"
	"parley/dialogue"
	"parley/forum"
	"parley/writing"
)

// threadView is a page of comments under something.
type threadView struct {
	Heading  string
	Why      string // how the order is made
	Orders   []NavItem
	Comments []commentView
	Kept     bool // the comments stand ready outside of the template
	None     string
	Pages    string // "page 2 of 5"
	Previous string
	Next     string
	Form     *composeForm // nil: the reader may not write here
	Closed   bool         // nothing is added beneath what cannot be read
	Whole    string       // the page for writing with all its fields
	Live     *liveView
}

// Any reports whether there is a comment.
func (v threadView) Any() bool { return v.Kept || len(v.Comments) > 0 }

// Slot is where comments that stand ready are put.
func (v threadView) Slot() template.HTML { return template.HTML(slot) }

// commentView is one comment in a thread.
type commentView struct {
	textView
	Depth  int
	To     string // the number that it answers; empty: the thing itself
	ToLink string
	Quote  *quoteView
	Reply  string // empty: the reader may not
	Cite   string
	Said   *saidView // what was just done to it; nil: nothing
}

// quoteView is somebody's words with the way to where they stood.
type quoteView struct {
	Address string
	Number  string
	Words   string
	Note    string // that they changed or are gone
}

// loadThread reads the page of comments that the address asks for.
func (s *Server) loadThread(r *http.Request, h *hall, actor account.PersonID, under writing.ID) (*forum.Thread, error) {
	order, page := threadPlace(r)
	return s.Store.Thread(r.Context(), actor, h.d.ID, under, order, page, 0)
}

// threadPlace is the order and the page of an address. In a thread the usual
// order is that of time: an answer stands below what it answers.
func threadPlace(r *http.Request) (forum.Order, int) {
	q := r.URL.Query()
	return among(forum.Orders, q.Get("order"), forum.ByTime), max(intOf(q.Get("page")), 1)
}

// orderPairs are the pairs of an address for a page of a thread in that order; the
// usual order and the first page have none.
func orderPairs(order forum.Order, page int) []string {
	o, n := string(order), strconv.Itoa(page)
	if order == forum.ByTime {
		o = ""
	}
	if page <= 1 {
		n = ""
	}
	return []string{"order", o, "page", n}
}

// inOrder has what is done with a text lead back to the place in the thread, and
// to the order, in which the reader found it.
func (v *textView) inOrder(order forum.Order, page int) {
	back := func(address *string) {
		if *address != "" {
			*address = withPairs(*address, orderPairs(order, page)...)
		}
	}
	back(&v.React)
	back(&v.Withdraw)
	back(&v.Restore)
	back(&v.Shown.Rate)
	for i := range v.Others {
		back(&v.Others[i].Rate)
	}
}

// draftInto puts what the reader began to write below a thread into its form.
func (s *Server) draftInto(r *http.Request, h *hall, f *composeForm, m *subject) {
	if m.sheet != nil {
		if d := m.sheet.mine.Draft; d != nil {
			h.fillDraft(f, d)
		}
	} else if err := s.offerDraft(r, h, f); err != nil {
		s.Log.Error("offer draft", "id", requestID(r), "error", err) // the page is read all the same
	}
}

// threadView shows a page of comments; to is the page on which they stand.
func (s *Server) threadView(r *http.Request, h *hall, m *subject, to string) threadView {
	t := m.thread
	v := threadView{Heading: h.words.N("forum.count.comments", t.Total), Why: h.words.T("forum.thread." + string(t.Order) + ".why"), None: h.words.T("forum.thread.none")}
	for _, o := range forum.Orders {
		address := to
		if o != forum.ByTime {
			address = withPairs(to, "order", string(o))
		}
		v.Orders = append(v.Orders, NavItem{h.words.T("forum.thread." + string(o)), address + "#comments", o == t.Order})
	}
	turn := func(page int) string { return withPairs(to, orderPairs(t.Order, page)...) + "#comments" }
	if t.Pages > 1 {
		v.Pages = h.words.T("forum.thread.page", "Page", h.words.Number(t.Page), "Pages", h.words.Number(t.Pages))
	}
	if t.Page > 1 {
		v.Previous = turn(t.Page - 1)
	}
	if t.Page < t.Pages {
		v.Next = turn(t.Page + 1)
	}
	if v.Kept = m.sheet != nil && len(t.Comments) > 0; !v.Kept {
		for _, c := range t.Comments {
			one := h.comment(c, t.Order)
			one.Said = h.saidOf(r, c.ID)
			v.Comments = append(v.Comments, one)
		}
	}
	if h.may(dialogue.Write) {
		f := h.commentForm(t.Under, 0, 0)
		s.draftInto(r, h, &f, m)
		v.Form, v.Whole = &f, withPairs(h.to("comment", "new"), "under", itemNumber(t.Under))
		if t.Under == 0 {
			v.Whole = h.to("comment", "new")
		}
	}
	v.Live = s.live(r, h, t.Under)
	return v
}

// comment shows a comment of a thread in that order.
func (h *hall) comment(c forum.Comment, order forum.Order) commentView {
	v := commentView{textView: h.text(c.Contribution)}
	v.Address = "#c-" + v.ID
	v.inOrder(order, 0)
	if order == forum.ByTime {
		v.Depth = min(max(c.Depth, 0), forum.MaxDepth)
	}
	if c.To != 0 {
		v.To, v.ToLink = itemNumber(c.To), h.toItem(c.To)
	}
	if c.Quote != nil && v.Absent == "" {
		v.Quote = h.quote(c.Quote)
	}
	if c.State == writing.Shown && h.may(dialogue.Write) {
		v.Reply = withPairs(h.to("comment", "new"), "under", itemNumber(c.Under), "to", v.ID)
		v.Cite = withPairs(h.to("comment", "new"), "under", itemNumber(c.Under), "to", v.ID, "quote", v.ID)
	}
	return v
}

func (h *hall) quote(q *forum.Quote) *quoteView {
	v := &quoteView{Address: h.toItem(q.Of), Number: itemNumber(q.Of), Words: q.Words}
	switch {
	case q.Gone:
		v.Note = h.words.T("forum.quote.gone")
	case q.Changed:
		v.Note = h.words.T("forum.quote.changed")
	}
	return v
}

// commentsPage is the thread under the dialogue itself.
type commentsPage struct {
	Layout
	Thread threadView
}

func (s *Server) comments(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	m, err := s.subject(r, h, writing.Comment, 0)
	if err != nil {
		return err
	}
	return s.showThread(w, r, "comments", m, func() any {
		p := commentsPage{Layout: s.forumLayout(r, h, "comments", h.words.T("forum.comments"))}
		p.Thread = s.threadView(r, h, m, h.to("comments"))
		return p
	})
}

// whereItStands leads to a contribution, wherever that is.
func (s *Server) whereItStands(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	n, err := itemAsked(r)
	if err != nil {
		return err
	}
	to, err := s.placeOf(r.Context(), h, n, forum.ByTime, 0)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// placeOf is the address at which a contribution stands where its thread is read
// in that order. The page is that of the thread below something that is no comment
// itself.
func (s *Server) placeOf(ctx context.Context, h *hall, n writing.ID, order forum.Order, page int) (string, error) {
	item, root, err := s.Store.Item(ctx, h.person(), h.d.ID, n)
	if err != nil {
		return "", err
	}
	if item.Kind != writing.Comment && item.Kind != writing.Reason {
		return withPairs(h.to(string(item.Kind), itemNumber(n)), orderPairs(order, page)...), nil
	}
	to := h.to("comments")
	if root != 0 {
		above, _, err := s.Store.Item(ctx, h.person(), h.d.ID, root)
		if err != nil {
			return "", err
		}
		to = h.to(string(above.Kind), itemNumber(root))
	}
	if item.Kind == writing.Comment {
		t, err := s.Store.Thread(ctx, h.person(), h.d.ID, root, order, 0, n)
		if err != nil {
			return "", err
		}
		to = withPairs(to, orderPairs(order, t.Page)...)
	}
	return to + "#c-" + itemNumber(n), nil
}
