package web

import (
	"html/template"
	"net/http"
	"net/url"
	"slices"

	"parley/dialogue"
)

// Frame is what every page of a dialogue shows at its head and foot, and every
// print-out carries: what kind of dialogue it is, as of when, and who wrote it.
type Frame struct {
	Title      Phrase
	Home       string // the address of the dialogue's first page
	Kind       string // "Historical example"; empty for a dialogue that people take part in
	Stage      string // "Paused"; empty while it is open
	AsOf       string // "Situation of June 2009"
	Authorship template.HTML
	Absent     template.HTML // whose own register is missing; empty where none is
	Meaning    string        // the address where that is explained
	Nav        []NavItem
	Sides      []Side
	Swap       string // the address of this page with the columns the other way round
	Swapped    bool
	Search     string // where the dialogue is searched; empty: the reader may not
	AtHome     bool   // the title is then the page's own heading

	lang string
	id   dialogue.ID
}

// To is the address of a page of this dialogue; it keeps the order of columns.
func (f Frame) To(page string) string {
	var out string
	if page == "home" {
		out = addressIn(f.lang, f.id)
	} else {
		out = addressIn(f.lang, f.id, page)
	}
	if f.Swapped {
		out += "?swap=1"
	}
	return out
}

// NavItem is one page of the dialogue.
type NavItem struct {
	Name, Address string
	Current       bool
}

// navigation is the pages of a dialogue in the order in which they are read,
// each with the deed that it is.
var navigation = []struct {
	Page string
	Verb dialogue.Verb
}{
	{"home", dialogue.See}, {"problems", dialogue.Read}, {"actions", dialogue.Read}, {"statements", dialogue.Read},
	{"registers", dialogue.Read}, {"comparison", dialogue.Read}, {"disagreements", dialogue.Read},
	{"deals", dialogue.Read}, {"suppose", dialogue.Compute}, {"about", dialogue.See},
}

// talked are the pages that hold what people say. An example of the past has none,
// so that they are shown there only to those who could write.
var talked = []string{"problems", "actions", "statements"}

func (h *hall) shows(page string) bool {
	return h.d.Kind != dialogue.Historical || !slices.Contains(talked, page) || h.may(dialogue.Write)
}

// searchOf is where the dialogue is searched; empty for those who may not read it.
func (h *hall) searchOf() string {
	if !h.may(dialogue.Read) {
		return ""
	}
	return h.to("search")
}

// navOf lists the pages that the visitor may open, then their own way in: to
// join, to their membership, to the members, to the desk.
func navOf(h *hall, page string, to func(string) string) []NavItem {
	var out []NavItem
	for _, n := range navigation {
		if h.may(n.Verb) && h.shows(n.Page) {
			out = append(out, NavItem{Name: h.words.T("web.nav." + n.Page), Address: to(n.Page), Current: n.Page == page})
		}
	}
	own := func(name string) {
		out = append(out, NavItem{Name: h.words.T("room.nav." + name), Address: to(name), Current: name == page})
	}
	switch {
	case h.may(dialogue.BeMember):
		own("me")
	case h.d.Stage != dialogue.Closed:
		own("join")
	}
	if h.may(dialogue.SeeDesk) {
		own("desk")
	} else if h.may(dialogue.SeeMembers) {
		own("members")
	}
	return out
}

// roomLayout is the frame of a page of a dialogue. The page is one of
// navigation, or empty; the title comes before the dialogue's own.
func (s *Server) roomLayout(r *http.Request, m *room, page, title string) Layout {
	full := m.phrase(m.Dialogue.Title).Words
	if title != "" {
		full = title + " · " + full
	}
	l := s.layout(r, m.lang, full)
	f := &Frame{
		Title: m.phrase(m.Dialogue.Title), Home: m.to(), AsOf: m.asOf(), Authorship: m.authorship(), Absent: m.absent(),
		Meaning: m.to("about") + "#authors", Sides: m.sides, Swapped: m.swapped, Swap: swapAddress(r.URL, m.swapped),
		AtHome: page == "home", lang: m.lang, id: m.Dialogue.ID,
	}
	if k := m.Dialogue.Kind; k != "" && k != dialogue.Live {
		f.Kind = m.words.T("web.kind." + string(k))
	}
	f.Stage = hallOf(r).stageTag()
	f.Nav, f.Search = navOf(hallOf(r), page, f.To), hallOf(r).searchOf()
	l.Room, l.Feed = f, hallOf(r).feedAddress()
	return l
}

// stageTag says at the head of every page that the dialogue is being prepared,
// stands still or is over. An example of the past never was more than that.
func (h *hall) stageTag() string {
	if h.d.Stage == "" || h.d.Stage == dialogue.Open || h.d.Kind == dialogue.Historical {
		return ""
	}
	return h.words.T("room.tag." + string(h.d.Stage))
}

// swapAddress is the same page with the columns the other way round.
func swapAddress(u *url.URL, swapped bool) string {
	q := u.Query()
	if swapped {
		q.Del("swap")
	} else {
		q.Set("swap", "1")
	}
	out := url.URL{Path: u.Path, RawQuery: q.Encode()}
	return out.String()
}

// authorship says in one sentence who wrote the registers that count.
func (m *room) authorship() template.HTML {
	var written []Side
	own, same := true, true
	for _, s := range m.sides {
		if s.Register == nil {
			continue
		}
		written = append(written, s)
		own = own && s.Declared
		same = same && s.Register.Author.Same(written[0].Register.Author)
	}
	switch {
	case len(written) == 0 && m.exact():
		return m.words.HTML("web.authorship.points")
	case len(written) == 0:
		return m.words.HTML("web.authorship.nobody")
	case own && len(written) > 1:
		return m.words.HTML("web.authorship.own")
	case same && len(written) > 1:
		key := "web.authorship.all"
		if len(written) == 2 {
			key = "web.authorship.both"
		}
		return m.words.HTML(key, "Author", written[0].Authors)
	}
	var list template.HTML
	for i, s := range written {
		if i > 0 {
			list += "; "
		}
		list += m.words.HTML("web.authorship.one", "Side", s.Name.HTML(), "Author", s.Authors)
	}
	return m.words.HTML("web.authorship.several", "List", list)
}

// absent names the sides that have not written about themselves. A table of
// points without registers asks nobody to.
func (m *room) absent() template.HTML {
	if m.exact() && !slices.ContainsFunc(m.sides, func(s Side) bool { return s.Register != nil }) {
		return ""
	}
	var names template.HTML
	n := 0
	for _, s := range m.sides {
		if s.Declared {
			continue
		}
		if n++; n > 1 {
			names += ", "
		}
		names += s.Name.HTML()
	}
	if n == 0 {
		return ""
	}
	key := "web.absent.many"
	if n == 1 {
		key = "web.absent.one"
	}
	return m.words.HTML(key, "Sides", names)
}
