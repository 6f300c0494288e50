package web

import (
	"html/template"
	"net/http"

	"parley/dialogue"
	"parley/forum"
	"parley/i18n"
	"parley/interest"
)

// topicPage is one matter: what each side's register says about it, who linked
// the entries, and who is not at the table.
type topicPage struct {
	Layout
	Heading   Phrase
	Relation  string
	Meaning   string
	Weightier template.HTML
	Columns   []topicColumn
	Aside     []Side // sides whose registers say nothing about it
	Camps     []template.HTML
	Terms     []string // what the link's author added: half ways, how many suffice
	Beliefs   []beliefRow
	Against   []againstRow
	Act       *actView
	Affects   []Phrase
	DrawnBy   template.HTML
	Object    string
	Deals     string
	Tied      *tiedView
	Support   *supportView // what is said about its options; nil: nothing, and the reader may not begin
}

// topicColumn is a side with its interests in the topic.
type topicColumn struct {
	Side
	Tier    string
	Entries []entry
}

// actView is a named act and who would do it.
type actView struct {
	Title  Phrase
	Actors []Side
	By     template.HTML
}

func (s *Server) topic(w http.ResponseWriter, r *http.Request) error {
	m, err := s.enter(r)
	if err != nil {
		return err
	}
	t := m.topics[interest.TopicID(r.PathValue("topic"))]
	if t == nil {
		return missing("topic", r.PathValue("topic"))
	}
	p := topicPage{
		Heading: m.phrase(t.Title), Relation: m.relation(t.Relation), Meaning: m.meaning(t.Relation),
		Weightier: m.weightier(t), Camps: m.camps(t), Terms: m.terms(t), Act: m.act(t.Act), DrawnBy: m.drawnBy(t),
		Object: m.to("about") + "#object", Deals: m.to("deals"),
	}
	p.Layout = s.roomLayout(r, m, "", p.Heading.Words)
	p.Columns, p.Aside = m.topicColumns(t)
	for _, a := range t.Affects {
		p.Affects = append(p.Affects, m.phrase(a))
	}
	i18n.Sort(m.lang, p.Affects, func(p Phrase) string { return p.Words })
	p.Beliefs = m.beliefs(func(b interest.Belief) bool { return b.Topic == string(t.ID) })
	p.Against = m.against(func(c interest.Contradiction) bool { return c.Topic == string(t.ID) })
	if p.Support, err = s.topicOptions(r, m, t.ID); err != nil {
		return err
	}
	if p.Tied, err = s.tied(r, forum.LinkTopic, string(t.ID)); err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "topic", p)
}

func (m *room) topicColumns(t *interest.Topic) (columns []topicColumn, aside []Side) {
	held := map[dialogue.SideID][]*interest.Interest{}
	for _, h := range m.index.Holders(t) {
		held[h.Side] = h.Interests
	}
	for _, s := range m.sides {
		if len(held[s.ID]) == 0 {
			aside = append(aside, s)
			continue
		}
		tier, _ := interest.Held{Side: s.ID, Interests: held[s.ID]}.Rank()
		c := topicColumn{Side: s, Tier: m.tier(tier)}
		for _, i := range held[s.ID] {
			e := m.entry(i, s)
			e.Meets = elsewhere(e.Meets, m.toTopic(t.ID))
			c.Entries = append(c.Entries, e)
		}
		columns = append(columns, c)
	}
	return columns, aside
}

// elsewhere drops the topic that the reader is looking at.
func elsewhere(meets []meeting, here string) []meeting {
	var out []meeting
	for _, meet := range meets {
		if meet.Address != here {
			out = append(out, meet)
		}
	}
	return out
}

// camps says who stands with whom.
func (m *room) camps(t *interest.Topic) []template.HTML {
	var out []template.HTML
	for _, camp := range t.Camps {
		var names template.HTML
		for _, s := range m.sides {
			for _, id := range camp {
				if _, reg := m.index.Interest(id); reg != nil && reg.Subject == s.ID {
					if names != "" {
						names += ", "
					}
					names += s.Name.HTML()
					break
				}
			}
		}
		out = append(out, names)
	}
	return out
}

func (m *room) terms(t *interest.Topic) []string {
	var out []string
	if t.Divisible {
		out = append(out, m.words.T("web.topic.divisible"))
	}
	if t.Minimum > 0 {
		out = append(out, m.words.N("web.topic.minimum", t.Minimum))
	}
	for _, share := range t.Share {
		i, reg := m.index.Interest(share.Interest)
		out = append(out, m.words.T("web.topic.share", "Side", m.side(reg.Subject).Name, "Interest", m.phrase(i.Title), "Part", share.Part))
	}
	return out
}

func (m *room) act(a *interest.Act) *actView {
	if a == nil {
		return nil
	}
	v := &actView{Title: m.phrase(a.Title), By: m.author(a.By)}
	for _, s := range m.sides {
		for _, id := range a.Actors {
			if id == s.ID {
				v.Actors = append(v.Actors, s)
			}
		}
	}
	return v
}
