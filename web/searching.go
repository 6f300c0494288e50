package web

import (
	"html/template"
	"net/http"
	"strings"

	"parley/forum"
	"parley/writing"
)

// searchPage finds everything in a dialogue by words of any of its languages.
type searchPage struct {
	Layout
	Words  string
	Action string
	Kinds  []choice
	Orders []choice
	Asked  bool
	Count  string
	Hits   []hitView
	More   string
	None   string
}

// hitView is one thing that was found.
type hitView struct {
	Kind    string
	Title   string
	Address string
	Lang    string
	Tongue  string
	Snippet template.HTML
	Notice  string // that nobody else finds it
	Author  *authorView
	At      momentView
	Under   string // the address of what a comment stands under
	Root    string
}

// plainOf is a snippet without its marks.
func plainOf(snippet template.HTML) string { return writing.Plain(string(snippet)) }

// waiting is why nobody but its author finds something; empty where others do.
func (h *hall) waiting(c writing.Contribution) string {
	if c.Kind == "" {
		return ""
	}
	var t textView
	h.fate(c, &t)
	return t.Notice
}

// searchOrders are the orders of what is found.
var searchOrders = []string{"best", "new"}

func (s *Server) search(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	q := r.URL.Query()
	asked := forum.Query{
		Words: strings.TrimSpace(q.Get("q")), Kind: among(writing.Kinds, q.Get("kind"), ""), Order: among(searchOrders, q.Get("order"), "best"), After: q.Get("after"),
	}
	title := h.words.T("search.title")
	if asked.Words != "" {
		title = asked.Words + " · " + title
	}
	p := searchPage{
		Layout: s.forumLayout(r, h, "search", title), Words: asked.Words, Action: h.to("search"), Asked: asked.Words != "",
		Kinds: choicesOf(h.words, "search.kinds.", writing.Kinds, asked.Kind, h.words.T("search.kind.any")), Orders: choicesOf(h.words, "search.order.", searchOrders, asked.Order, ""),
	}
	p.NoIndex = true
	if err := s.authored(r, p.Room); err != nil { // words of the registers are found, too
		return err
	}
	if !p.Asked {
		return s.show(w, r, http.StatusOK, "search", p)
	}
	found, err := s.Store.Search(r.Context(), h.person(), h.d.ID, asked, h.lang)
	if err != nil {
		return err
	}
	p.Count = h.words.N("search.found", found.Total)
	if found.Total >= forum.MostCounted {
		p.Count = h.words.N("search.found.more", forum.MostCounted)
	}
	for _, hit := range found.Hits {
		p.Hits = append(p.Hits, h.hit(hit))
	}
	if found.More != "" {
		p.More = withPairs(h.to("search"), "q", asked.Words, "kind", string(asked.Kind), "order", asked.Order, "after", found.More)
	}
	return s.show(w, r, http.StatusOK, "search", p)
}

// authored puts the line of authorship on a page that shows words of registers and
// is otherwise one of the forum.
func (s *Server) authored(r *http.Request, f *Frame) error {
	m, err := s.enter(r)
	if err == nil {
		f.Authorship, f.Absent, f.Meaning = m.authorship(), m.absent(), m.to("about")+"#authors"
	}
	return err
}

// hit shows one thing that was found. The snippet comes escaped from the store,
// with the words that were looked for in mark.
func (h *hall) hit(f forum.Hit) hitView {
	v := hitView{Lang: f.Lang, Tongue: h.tongue(f.Lang), Snippet: template.HTML(f.Snippet), Title: f.Title}
	if f.Kind == "" {
		v.Kind = h.words.T("forum.link." + string(f.Link.Kind))
		v.Address = h.to(string(f.Link.Kind), f.Link.To)
		if f.Link.Kind == forum.LinkOption {
			v.Address = h.to("deals")
		}
	} else {
		author := h.author(f.Author)
		v.Kind, v.Address, v.Author, v.At = h.words.T("search.kind."+string(f.Kind)), h.toItem(f.ID), &author, h.when(f.MadeAt)
		if t := f.In(f.Lang); t != nil && t.Title != "" && !t.Hid {
			v.Title = t.Title
		}
	}
	if v.Title == "" {
		v.Title = v.Kind + " #" + itemNumber(f.ID)
	}
	if f.Link.Kind != "" && plainOf(v.Snippet) == f.Title {
		v.Snippet = ""
	}
	v.Notice = h.waiting(f.Contribution)
	if f.Under != 0 {
		v.Under, v.Root = h.toItem(f.Under), "#"+itemNumber(f.Under)
	}
	return v
}
