package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"parley/account"
	"parley/dialogue"
	"parley/forum"
	"parley/i18n"
	"parley/store"
	"parley/writing"
)

// linesPage lists problems, actions, or what has a tag.
type linesPage struct {
	Layout
	Heading string
	Lead    string
	Order   string // how the order is made, in one sentence
	New     string // where something is added; empty for those who may not
	NewName string
	Talk    string // what concerns the whole dialogue
	Drafts  string // empty for those who may not write
	Log     string // what moderators decided
	Filter  filterForm
	Lists   []lineList
	More    string // the address of the next page
	Tags    []tagLink
	Empty   string
}

// lineList is one list of the page.
type lineList struct {
	Heading string // empty: the page's own says it
	Lines   []lineView
}

// filterForm picks and orders.
type filterForm struct {
	Action   string
	Orders   []choice
	Statuses []choice
	Sectors  []choice
	Tag      string // kept while the rest changes
	Any      bool   // something is picked
}

// lineView is a problem or an action in a list.
type lineView struct {
	Address  string
	Title    string
	Lang     string // of the title; empty: that of the page
	Status   string
	StatusID string
	Became   string // what became of it, in words
	Author   authorView
	At       momentView
	Facts    []string // "3 actions", "12 comments"
	Tags     []tagLink
	Notice   string
}

func (s *Server) problems(w http.ResponseWriter, r *http.Request) error {
	return s.lines(w, r, "problem", (*store.Store).Problems)
}

func (s *Server) actions(w http.ResponseWriter, r *http.Request) error {
	return s.lines(w, r, "action", (*store.Store).Actions)
}

// lister is one of the store's lists.
type lister func(s *store.Store, ctx context.Context, actor account.PersonID, id dialogue.ID, f forum.Filter) ([]forum.Line, error)

func (s *Server) lines(w http.ResponseWriter, r *http.Request, kind string, list lister) error {
	h := hallOf(r)
	f := filterOf(r)
	lines, err := list(s.Store, r.Context(), h.person(), h.d.ID, f)
	if err != nil {
		return err
	}
	page := kind + "s"
	p := linesPage{
		Layout: s.forumLayout(r, h, page, h.words.T("forum."+page)), Heading: h.words.T("forum." + page), Lead: h.words.T("forum." + page + ".lead"),
		Order: h.words.T("forum.order." + string(f.Order) + ".why"), Filter: h.filterForm(page, f), Empty: h.words.T("forum." + page + ".none"),
	}
	if p.Filter.Any {
		p.Empty = h.words.T("forum.none-picked")
	}
	if h.may(dialogue.Write) {
		p.New, p.NewName = h.to(kind, "new"), h.words.T("forum."+kind+".new")
		p.Drafts = h.to("drafts")
	}
	p.Talk, p.Log = h.to("comments"), h.to("moderation")
	if f.Tag != "" {
		p.OwnFeed = h.ownFeed("tags", f.Tag)
	}
	p.Lists = []lineList{{Lines: h.lines(lines)}}
	if len(lines) == forum.MostLines {
		p.More = withPairs(h.to(page), "order", string(f.Order), "status", string(f.Status), "sector", string(f.Sector), "tag", f.Tag,
			"after", itemNumber(lines[len(lines)-1].ID))
	}
	if f.After == 0 {
		if p.Tags, err = s.tagLinks(r, h); err != nil {
			return err
		}
	}
	return s.show(w, r, http.StatusOK, "lines", p)
}

// mostTags is how many tags a list offers.
const mostTags = 20

func (s *Server) tagLinks(r *http.Request, h *hall) ([]tagLink, error) {
	tags, err := s.Store.Tags(r.Context(), h.person(), h.d.ID)
	if err != nil {
		return nil, err
	}
	var out []tagLink
	for _, t := range tags[:min(len(tags), mostTags)] {
		out = append(out, tagLink{t, h.to("tags", t)})
	}
	return out, nil
}

// filterOf reads what a list is to show; what is not on a scale picks nothing.
func filterOf(r *http.Request) forum.Filter {
	q := r.URL.Query()
	after, _ := strconv.ParseInt(q.Get("after"), 10, 64)
	return forum.Filter{
		Order: among(forum.Orders, q.Get("order"), forum.ByBridging), Status: among(forum.Statuses, q.Get("status"), ""),
		Sector: among(dialogue.Sectors, q.Get("sector"), ""), Tag: q.Get("tag"), After: writing.ID(max(after, 0)),
	}
}

// among is the value if it is one of those known, else the usual one.
func among[T ~string](known []T, value string, usual T) T {
	if slices.Contains(known, T(value)) {
		return T(value)
	}
	return usual
}

func (h *hall) filterForm(page string, f forum.Filter) filterForm {
	return filterForm{
		Action: h.to(page), Tag: f.Tag, Any: f.Status != "" || f.Sector != "" || f.Tag != "",
		Orders:   choicesOf(h.words, "forum.order.", forum.Orders, f.Order, ""),
		Statuses: choicesOf(h.words, "forum.status.", forum.Statuses, f.Status, h.words.T("forum.any")),
		Sectors:  choicesOf(h.words, "room.sector.", dialogue.Sectors, f.Sector, h.words.T("forum.any")),
	}
}

// choicesOf are the values of a scale in words; blank, where it is given, stands
// first and means none of them.
func choicesOf[T ~string](w *i18n.Words, prefix string, values []T, chosen T, blank string) []choice {
	var out []choice
	if blank != "" {
		out = append(out, choice{Name: blank, Chosen: chosen == ""})
	}
	for _, v := range values {
		if v != "" {
			out = append(out, choice{Value: string(v), Name: w.T(prefix + string(v)), Chosen: v == chosen})
		}
	}
	return out
}

func (h *hall) lines(list []forum.Line) []lineView {
	out := make([]lineView, len(list))
	for i, l := range list {
		out[i] = h.line(l)
	}
	return out
}

func (h *hall) line(l forum.Line) lineView {
	v := lineView{
		Address: h.to(string(l.Kind), itemNumber(l.ID)), Title: l.Title, Author: h.author(l.Author), At: h.when(l.MadeAt),
		StatusID: string(l.Status), Status: h.words.T("forum.status." + string(l.Status)), Became: h.words.T("forum.became." + string(l.Status)),
	}
	v.Lang = l.Lang
	if t := l.In(h.lang); t != nil && !t.Hid && t.Title != "" {
		v.Title, v.Lang = t.Title, t.Lang
	}
	if v.Lang == h.lang {
		v.Lang = ""
	}
	var t textView
	if h.fate(l.Contribution, &t); t.Absent != "" {
		v.Title, v.Lang, v.Notice = "#"+itemNumber(l.ID), "", t.Absent
	} else {
		v.Notice = t.Notice
	}
	if l.Sector != "" {
		v.Facts = append(v.Facts, h.words.T("room.sector."+string(l.Sector)))
	}
	if l.Horizon != "" {
		v.Facts = append(v.Facts, h.words.T("forum.horizon."+string(l.Horizon)))
	}
	if l.Kind == writing.Problem {
		v.Facts = append(v.Facts, h.words.N("forum.count.actions", l.Answers))
	} else {
		v.Facts = append(v.Facts, h.words.N("forum.count.problems", l.Answers))
	}
	v.Facts = append(v.Facts, h.words.N("forum.count.comments", l.Comments))
	if l.Statements > 0 {
		v.Facts = append(v.Facts, h.words.N("forum.count.statements", l.Statements))
	}
	for _, t := range l.Tags {
		v.Tags = append(v.Tags, tagLink{t, h.to("tags", t)})
	}
	return v
}

// tagged lists the problems and the actions that have a tag.
func (s *Server) tagged(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	word := r.PathValue("tag")
	f := forum.Filter{Tag: word}
	problems, err := s.Store.Problems(r.Context(), h.person(), h.d.ID, f)
	if err != nil {
		return err
	}
	actions, err := s.Store.Actions(r.Context(), h.person(), h.d.ID, f)
	if err != nil {
		return err
	}
	title := h.words.T("forum.tagged", "Tag", word)
	p := linesPage{Layout: s.forumLayout(r, h, "", title), Heading: title, Empty: h.words.T("forum.tagged.none"), Lead: h.words.T("forum.tagged.lead")}
	p.OwnFeed = h.ownFeed("tags", word)
	for _, l := range []lineList{{h.words.T("forum.problems"), h.lines(problems)}, {h.words.T("forum.actions"), h.lines(actions)}} {
		if len(l.Lines) > 0 {
			p.Lists = append(p.Lists, l)
		}
	}
	if p.Tags, err = s.tagLinks(r, h); err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "lines", p)
}

// forumLayout is the frame of a page of the forum: what stands in a public
// dialogue may be found by search engines.
func (s *Server) forumLayout(r *http.Request, h *hall, page, title string) Layout {
	l := s.hallLayout(r, h, page, title)
	l.NoIndex = s.Demo || h.d.Rule != dialogue.Public || h.d.Unlisted || h.d.Kind == dialogue.Invented
	return l
}
