package web

import (
	"html/template"
	"net/http"
	"slices"

	"parley/dialogue"
	"parley/interest"
)

// disagreementsPage sets what is said about a side beside what the register
// that counts for it says. Beliefs between sides, contradictions inside one
// source and differences between outside authors are kept apart.
type disagreementsPage struct {
	Layout
	Heading  string
	Lead     string
	Alone    bool // one section, whose heading is the page's own
	Sections []beliefSection
	Against  []againstRow
	Object   string
}

// beliefSection is one basis.
type beliefSection struct {
	Basis   string
	Heading string
	Lead    string
	Count   string
	Groups  []beliefGroup
}

// beliefGroup is one topic.
type beliefGroup struct {
	topicLink
	Rows []beliefRow
}

// beliefRow is one belief beside the entry that it stands against.
type beliefRow struct {
	About     Side
	Own       holderLink // the entry in the register that counts
	OwnLabel  string
	OwnNote   template.HTML
	In        holderLink // where something else is said
	SaidLabel string
	InNote    template.HTML
	Ranks     template.HTML // "... ranks it"
	Said      template.HTML // "... is said to rank it"
	Believed  string

	topic *interest.Topic
	basis string
}

// againstRow is an entry whose direction speaks against the relation of its
// topic.
type againstRow struct {
	topicLink
	Entry    holderLink
	Sentence template.HTML
}

func (s *Server) disagreements(w http.ResponseWriter, r *http.Request) error {
	m, err := s.enter(r)
	if err != nil {
		return err
	}
	l := s.roomLayout(r, m, "disagreements", m.perceptionTitle())
	return s.show(w, r, http.StatusOK, "disagreements", m.disagreements(l, m.to("about")+"#object"))
}

// disagreements fills the page, for the site and for a sheet that stands alone;
// object is where the reader can object.
func (m *room) disagreements(l Layout, object string) disagreementsPage {
	p := disagreementsPage{Layout: l, Heading: m.perceptionTitle(), Object: object}
	rows := m.beliefs(func(interest.Belief) bool { return true })
	for _, basis := range []string{interest.BetweenSides, interest.WithinOneSource, interest.BetweenAuthors} {
		if sec := m.beliefSection(basis, rows); len(sec.Groups) > 0 {
			p.Sections = append(p.Sections, sec)
		}
	}
	if len(p.Sections) == 0 {
		p.Lead = m.words.T("web.perception.none")
	}
	p.Alone = len(p.Sections) == 1
	p.Against = m.against(func(interest.Contradiction) bool { return true })
	return p
}

func (m *room) beliefSection(basis string, rows []beliefRow) beliefSection {
	key := map[string]string{
		interest.BetweenSides: "between", interest.WithinOneSource: "within", interest.BetweenAuthors: "authors",
	}[basis]
	sec := beliefSection{Basis: key, Heading: m.words.T("web.perception.title." + key), Lead: m.words.T("web.perception.lead." + key)}
	for _, row := range rows {
		if row.basis != basis {
			continue
		}
		link := m.topicLink(row.topic)
		if n := len(sec.Groups); n > 0 && sec.Groups[n-1].topicLink == link {
			sec.Groups[n-1].Rows = append(sec.Groups[n-1].Rows, row)
		} else {
			sec.Groups = append(sec.Groups, beliefGroup{link, []beliefRow{row}})
		}
	}
	sec.Count = m.words.N("web.matters", len(sec.Groups))
	return sec
}

// beliefs lists the beliefs that are wanted, in the order of the topics.
func (m *room) beliefs(wanted func(interest.Belief) bool) []beliefRow {
	var out []beliefRow
	for _, b := range slices.Concat(m.compare.Perception, m.compare.BetweenAuthors) {
		if !wanted(b) {
			continue
		}
		out = append(out, m.belief(b))
	}
	return out
}

func (m *room) belief(b interest.Belief) beliefRow {
	w := m.words
	_, own := m.index.Interest(interest.ID(b.Interest))
	_, in := m.index.Interest(interest.ID(b.BelievedIn))
	row := beliefRow{
		About: m.side(dialogue.SideID(b.About)), Own: m.holderLink(b.Interest), In: m.holderLink(b.BelievedIn),
		OwnNote: w.HTML("web.register.by", "Author", m.author(own.Author)), InNote: w.HTML("web.register.by", "Author", m.author(in.Author)),
		OwnLabel: w.T("web.belief.register"), SaidLabel: w.T("web.belief." + b.Basis),
		topic: m.topics[interest.TopicID(b.Topic)], basis: b.Basis,
	}
	if b.Basis == interest.BetweenSides {
		row.OwnLabel = w.T("web.belief.own")
	}
	key := "web.belief.ranks"
	if in.Subject == own.Subject {
		key = "web.belief.places" // another description of the same side
	}
	row.Ranks = w.HTML("web.belief.ranked", "Side", row.About.Name.HTML())
	row.Said, row.Believed = w.HTML(key, "Side", row.About.Name.HTML()), m.levels(b.Believed[0], b.Believed[1])
	return row
}

// against lists the entries whose direction speaks against their topic.
func (m *room) against(wanted func(interest.Contradiction) bool) []againstRow {
	var out []againstRow
	for _, c := range m.compare.Contradictions {
		if !wanted(c) {
			continue
		}
		t := m.topics[interest.TopicID(c.Topic)]
		out = append(out, againstRow{
			m.topicLink(t), m.holderLink(c.Interest), m.words.HTML("web.against.row", "Side", m.side(dialogue.SideID(c.Side)).Name.HTML(),
				"Direction", m.words.T("web.direction."+c.Alignment), "Relation", m.relation(t.Relation)),
		})
	}
	return out
}

// misjudged lists the topics in which what is said about a side stands against
// what the register that counts for it says.
func (m *room) misjudged() []*interest.Topic {
	var out []*interest.Topic
	for _, row := range m.beliefs(func(interest.Belief) bool { return true }) {
		if !slices.Contains(out, row.topic) {
			out = append(out, row.topic)
		}
	}
	return out
}

// perceptionTitle says whether sides misjudge each other or one source
// contradicts itself: the two are never mixed up.
func (m *room) perceptionTitle() string {
	between, within := false, false
	for _, b := range m.compare.Perception {
		between = between || b.Basis == interest.BetweenSides
		within = within || b.Basis == interest.WithinOneSource
	}
	switch {
	case within && !between && len(m.compare.BetweenAuthors) == 0:
		return m.words.T("web.perception.title.within")
	case between && !within && len(m.compare.BetweenAuthors) == 0:
		return m.words.T("web.perception.title.between")
	case !between && !within && len(m.compare.BetweenAuthors) > 0:
		return m.words.T("web.perception.title.authors")
	}
	return m.words.T("web.perception.title.mixed")
}
