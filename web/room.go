package web

import (
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"parley/dialogue"
	"parley/dossier"
	"parley/fault"
	"parley/i18n"
	"parley/interest"
)

// room is one dialogue as one reader sees it: the dossier, its comparison, and
// the sides in the order of that reader's alphabet.
type room struct {
	*dossier.Dossier
	lang    string
	words   *i18n.Words
	sides   []Side // as columns stand: alphabetical, or reversed
	swapped bool
	takes   bool // the reader may take files home
	compare interest.Comparison
	index   *interest.Index
	topics  map[interest.TopicID]*interest.Topic
	touched map[interest.ID][]*interest.Topic // the topics of an interest
}

// Side is a side as pages name it.
type Side struct {
	ID        dialogue.SideID
	Name      Phrase
	Mark      Mark
	Register  *interest.Register // the one that counts; nil where nobody wrote any
	Authors   template.HTML      // who wrote that register
	Declared  bool               // the side wrote it itself
	Interests int
	Vital     int
	Ranked    bool // an interest of that register has a rank
}

// enter opens the dialogue that the address names. Where its rule lets nobody be
// quoted by name it opens without the names of authors: pages are printed and
// photographed as files are taken home.
func (s *Server) enter(r *http.Request) (*room, error) {
	lang := r.PathValue("lang")
	if !i18n.Speaks(lang) {
		return nil, errMissing
	}
	d, err := s.Store.Dossier(r.Context(), dialogue.ID(r.PathValue("dialogue")))
	if err != nil {
		return nil, err
	}
	if !d.Dialogue.Rule.NamesPeople() {
		d = dossier.Unnamed(d)
	}
	m := newRoom(d, lang, r.URL.Query().Get("swap") == "1")
	m.takes = visitOf(r).May(dialogue.Take) == nil
	return m, nil
}

// newRoom prepares a dossier for readers of lang.
func newRoom(d *dossier.Dossier, lang string, swapped bool) *room {
	book := d.Input().Book()
	m := &room{
		Dossier: d, lang: lang, words: i18n.For(lang), swapped: swapped,
		compare: interest.Compare(lang, book), index: interest.NewIndex(book),
		topics: map[interest.TopicID]*interest.Topic{}, touched: map[interest.ID][]*interest.Topic{},
	}
	for i := range d.Topics {
		t := &d.Topics[i]
		m.topics[t.ID] = t
		for _, id := range t.Interests {
			m.touched[id] = append(m.touched[id], t)
		}
	}
	m.seat()
	return m
}

// seat puts the sides in order and gives each its mark.
func (m *room) seat() {
	for _, s := range m.Dialogue.Sides {
		side := Side{ID: s.ID, Name: m.phrase(s.Name), Register: m.index.Used(s.ID)}
		if reg := side.Register; reg != nil {
			side.Declared, side.Interests = reg.Declared(), len(reg.Interests)
			for _, i := range reg.Interests {
				if i.Tier == interest.Vital {
					side.Vital++
				}
				side.Ranked = side.Ranked || i.Tier != interest.Unplaced
			}
		}
		m.sides = append(m.sides, side)
	}
	i18n.Sort(m.lang, m.sides, func(s Side) string { return s.Name.Words })
	for i := range m.sides {
		m.sides[i].Mark = markOf(i, m.lang)
		if reg := m.sides[i].Register; reg != nil {
			m.sides[i].Authors = m.author(reg.Author)
		}
	}
	if m.swapped {
		slices.Reverse(m.sides)
	}
}

// wide reports whether there are more sides than columns on a usual screen.
func (m *room) wide() bool { return len(m.sides) > 3 }

// asOf says of which time the situation is; empty where the file does not say.
func (m *room) asOf() string { return asOf(m.words, m.Dialogue.AsOf) }

func asOf(w *i18n.Words, iso string) string {
	switch {
	case iso == "":
		return ""
	case !strings.Contains(iso, "-"):
		return w.T("web.as-of.year", "Date", iso)
	}
	return w.T("web.as-of", "Date", w.Date(iso))
}

func (m *room) phrase(t i18n.Text) Phrase { return phrase(t, m.lang) }

// side finds a side; a dossier names no other.
func (m *room) side(id dialogue.SideID) Side {
	for _, s := range m.sides {
		if s.ID == id {
			return s
		}
	}
	return Side{ID: id, Name: Phrase{Words: string(id)}}
}

// author names who wrote something: the people if they are named, else the side.
func (m *room) author(a interest.Author) template.HTML {
	if len(a.Name) > 0 {
		return m.phrase(a.Name).HTML()
	}
	if a.Side != "" {
		return m.side(a.Side).Name.HTML()
	}
	key := "web.unstated"
	if !m.Dialogue.Rule.NamesPeople() {
		key = "written.unnamed"
	}
	return template.HTML(template.HTMLEscapeString(m.words.T(key)))
}

// to is the address of a page of this dialogue; it keeps the order of columns.
func (m *room) to(parts ...string) string {
	address := url.URL{Path: "/" + m.lang + "/" + string(m.Dialogue.ID)}
	out := address.EscapedPath()
	for _, p := range parts {
		out += "/" + url.PathEscape(p)
	}
	if m.swapped {
		out += "?swap=1"
	}
	return out
}

func (m *room) toTopic(id interest.TopicID) string { return m.to("topic", string(id)) }
func (m *room) toInterest(id interest.ID) string   { return m.to("interest", string(id)) }

// missing is the fault for an id that the dialogue does not have.
func missing(what, id string) error {
	return fault.New(fault.Missing, "web.problem.404", "no %s %q", what, id)
}
