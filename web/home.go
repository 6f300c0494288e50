package web

import (
	"cmp"
	"html/template"
	"net/http"
	"slices"

	"parley/dialogue"
	"parley/i18n"
	"parley/interest"
)

// homePage is the dialogue at a glance: who wrote what, then six numbered parts.
type homePage struct {
	Layout
	Columns []homeColumn
	Parts   []homePart
	About   aboutFacts
	Guests  []guestRow

	Opinions *opinionsBlock // nil: there are no statements
}

// homeColumn is a side with every register about it.
type homeColumn struct {
	Side
	Count   string          // "register: 32 interests (11 vital)"
	Written template.HTML   // "written by: ..."
	Own     template.HTML   // "own register: this one", or an invitation
	Others  []template.HTML // further registers about this side
	Write   string          // where the reader may write the side's own register; empty for all but its editors
}

// homePart is one of the six parts of the dialogue.
type homePart struct {
	Number  int
	Title   string
	Count   string
	Detail  template.HTML
	Address string
}

func (s *Server) home(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	if err := h.May(dialogue.Read); err != nil {
		if h.Entrance.Standing.MustAgree() {
			return err
		}
		return s.join(w, r) // the card, and how to come in
	}
	m, err := s.enter(r)
	if err != nil {
		return err
	}
	p := homePage{Layout: s.roomLayout(r, m, "home", ""), About: h.facts(), Guests: s.guestList(m.lang, m.Dialogue.ID)}
	for _, side := range m.sides {
		c := m.homeColumn(side)
		if dialogue.MayForSide(h.Entrance.Standing, dialogue.EditRegister, h.d.Dialogue, side.ID) == nil {
			c.Write = h.to("register", string(side.ID))
		}
		p.Columns = append(p.Columns, c)
	}
	p.Parts = m.homeParts()
	if p.Opinions, err = s.opinionsBlock(r, h); err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "home", p)
}

func (m *room) homeColumn(side Side) homeColumn {
	c := homeColumn{Side: side}
	if side.Register == nil {
		c.Count = m.words.T("web.register.none")
		return c
	}
	vital := m.words.N("web.register.vital", side.Vital)
	c.Count = m.words.N("web.register.count", side.Interests, "Vital", vital)
	if !side.Ranked {
		c.Count = m.words.N("web.register.unranked", side.Interests)
	}
	key := "web.register.written"
	if !side.Declared {
		key = "web.register.written-about"
	}
	c.Written = m.words.HTML(key, "Author", side.Authors, "Side", side.Name.HTML())
	for i := range m.Registers {
		if r := &m.Registers[i]; r.Subject == side.ID && r != side.Register {
			n := m.words.N("web.register.interests", len(r.Interests))
			c.Others = append(c.Others, m.words.HTML("web.register.other", "Author", m.author(r.Author), "Interests", n))
		}
	}
	return c
}

func (m *room) homeParts() []homePart {
	w := m.words
	shared, opposed, single := m.related(interest.Shared), m.related(interest.Opposed), m.related(interest.OneSided)
	vital := slices.DeleteFunc(slices.Clone(opposed), func(t *interest.Topic) bool { return m.vitalHolders(t) < 2 })
	parts := []homePart{
		{
			Title: m.byNumber("web.home.shared"), Count: w.N("web.matters", len(shared)), Address: m.to("comparison") + "#shared",
			Detail: m.titles(shared, 4),
		},
		{Title: w.T("web.home.disputed"), Count: w.N("web.matters", len(opposed)), Address: m.to("comparison") + "#disputed"},
		{
			Title: w.T("web.home.single"), Count: w.N("web.matters", len(single)), Address: m.to("comparison") + "#single",
			Detail: m.silence(single),
		},
		{Title: w.T("web.nav.deals"), Detail: template.HTML(w.T("web.home.deals")), Address: m.to("deals")},
		{Title: m.perceptionTitle(), Count: w.N("web.matters", len(m.misjudged())), Address: m.to("disagreements")},
		{Title: w.T("web.home.absent"), Address: m.to("comparison") + "#absent", Detail: m.absentees(namedAbsent)},
	}
	if len(vital) > 0 {
		parts[1].Detail = w.HTML(m.numbered("web.home.vital"), "Count", w.Number(len(vital)), "Titles", m.titles(vital, 4))
	}
	if both := m.related(interest.Complementary); len(both) > 0 {
		extra := w.HTML("web.home.complementary", "Matters", w.N("web.matters", len(both)), "Titles", m.titles(both, 3))
		parts[0].Detail = sentences(parts[0].Detail, extra)
	}
	unwritten := !slices.ContainsFunc(m.sides, func(s Side) bool { return s.Register != nil })
	for i := range parts {
		if unwritten && parts[i].Count != "" {
			parts[i].Count, parts[i].Detail = "", template.HTML(template.HTMLEscapeString(w.T("web.home.unwritten")))
		}
		parts[i].Number = i + 1
	}
	return parts
}

// numbered picks the sentence for two sides or for more.
func (m *room) numbered(key string) string {
	if len(m.sides) == 2 {
		return key + ".two"
	}
	return key + ".many"
}

func (m *room) byNumber(key string) string { return m.words.T(m.numbered(key)) }

// related lists the topics of a relation, those that weigh most first.
func (m *room) related(relation interest.Relation) []*interest.Topic {
	var out []*interest.Topic
	for i := range m.Topics {
		if m.Topics[i].Relation == relation {
			out = append(out, &m.Topics[i])
		}
	}
	slices.SortStableFunc(out, func(a, b *interest.Topic) int { return cmp.Compare(m.weight(b), m.weight(a)) })
	return out
}

// weight orders topics on a page: the highest ranks of its holders together.
func (m *room) weight(t *interest.Topic) int {
	sum := 0
	for _, h := range m.index.Holders(t) {
		tier, _ := h.Rank()
		sum += int(tier)
	}
	return sum
}

// vitalHolders counts the sides to which a topic is vital.
func (m *room) vitalHolders(t *interest.Topic) int {
	n := 0
	for _, h := range m.index.Holders(t) {
		if tier, _ := h.Rank(); tier == interest.Vital {
			n++
		}
	}
	return n
}

// titles names the first of the topics, and shows that there are more.
func (m *room) titles(topics []*interest.Topic, most int) template.HTML {
	var out template.HTML
	for i, t := range topics {
		if i == most {
			return out + " …"
		}
		if i > 0 {
			out += " · "
		}
		out += m.phrase(t.Title).HTML()
	}
	return out
}

// silence says in how many one-sided topics nobody stated which way the others
// pull.
func (m *room) silence(topics []*interest.Topic) template.HTML {
	if len(topics) == 0 {
		return ""
	}
	n := 0
	for _, t := range topics {
		stated := slices.ContainsFunc(t.Interests, func(id interest.ID) bool {
			i, _ := m.index.Interest(id)
			return i != nil && slices.ContainsFunc(i.Counterparts, func(c interest.Counterpart) bool { return c.Alignment != interest.AlignmentUnknown })
		})
		if !stated {
			n++
		}
	}
	silent := m.byNumber("web.home.silent")
	if n == 0 {
		return template.HTML(template.HTMLEscapeString(silent))
	}
	return template.HTML(template.HTMLEscapeString(silent + " " + m.words.N(m.numbered("web.home.direction"), n)))
}

// sentences joins two details.
func sentences(a, b template.HTML) template.HTML {
	if a == "" {
		return b
	}
	return a + "; " + b
}

// namedAbsent is how many of those who are not at the table the home page names:
// by the alphabet, so that a short list would leave out whoever stands last in it.
const namedAbsent = 30

// absentees names those who are not at the table, in alphabetical order.
func (m *room) absentees(most int) template.HTML {
	var names []Phrase
	for _, a := range m.affected() {
		names = append(names, a.Name)
	}
	var out template.HTML
	for i, n := range names {
		if i == most {
			return out + ", " + template.HTML(m.words.T("web.home.others"))
		}
		if i > 0 {
			out += ", "
		}
		out += n.HTML()
	}
	if out == "" {
		return template.HTML(m.words.T("web.home.nobody-absent"))
	}
	return out
}

// affectedRow is somebody who is not at the table, with the topics that touch
// them.
type affectedRow struct {
	Name   Phrase
	Topics []topicLink
}

// affected lists those who are not at the table in alphabetical order.
func (m *room) affected() []affectedRow {
	var out []affectedRow
	at := map[string]int{}
	for i := range m.Topics {
		t := &m.Topics[i]
		for _, a := range t.Affects {
			name := m.phrase(a)
			k, known := at[name.Words]
			if !known {
				k = len(out)
				at[name.Words] = k
				out = append(out, affectedRow{Name: name})
			}
			out[k].Topics = append(out[k].Topics, m.topicLink(t))
		}
	}
	i18n.Sort(m.lang, out, func(a affectedRow) string { return a.Name.Words })
	return out
}

// topicLink is a topic as other pages mention it.
type topicLink struct {
	Title   Phrase
	Address string
}

func (m *room) topicLink(t *interest.Topic) topicLink {
	return topicLink{m.phrase(t.Title), m.toTopic(t.ID)}
}
