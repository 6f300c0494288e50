package web

import (
	"html/template"
	"net/http"
	"net/url"
	"slices"

	"parley/interest"
)

// registersPage is every register beside the others: ranks as bands, horizons as
// sub-heads, and interests that meet in a topic level with each other.
type registersPage struct {
	Layout
	Columns []Side
	Wide    bool // more columns than a screen holds
	Filter  registerFilter
	Bands   []band
	Others  []otherRegister
	Weights []weighty
	Object  string // the address where a reader learns how to contest an entry
	Points  bool   // there are no registers, but a table of points
}

// band is one rank.
type band struct {
	Name   string
	Groups []bandGroup
}

// bandGroup is one horizon inside a rank.
type bandGroup struct {
	Horizon string
	Rows    []bandRow
}

// bandRow puts one cell under each side: interests that meet, or, at the end of
// a group, those that meet nothing of the same rank and horizon.
type bandRow struct {
	Topics []topicLink // in which the row's interests meet
	Cells  []bandCell
}

type bandCell struct {
	Side    Side
	Entries []entry
}

// otherRegister describes a side that another register speaks for.
type otherRegister struct {
	Side    Side
	Heading template.HTML
	Entries []entry
}

// registerFilter is what the reader wants to see; each field is empty for all.
type registerFilter struct {
	Tier, Relation, Horizon string
	Tiers                   []choice
	Relations               []choice
	Horizons                []choice
	Active                  bool
	Clear                   string
}

// choice is one value of a drop-down list.
type choice struct {
	Value, Name string
	Chosen      bool
}

func (s *Server) registers(w http.ResponseWriter, r *http.Request) error {
	m, err := s.enter(r)
	if err != nil {
		return err
	}
	f := m.registerFilter(r.URL.Query())
	p := registersPage{
		Layout: s.roomLayout(r, m, "registers", m.words.T("web.registers.title")), Columns: m.sides, Wide: m.wide(), Filter: f,
		Bands: m.bands(f), Weights: m.weighties(), Object: m.to("about") + "#object", Points: m.pointsAlone(),
	}
	for i := range m.Registers {
		reg := &m.Registers[i]
		if m.index.Counts(reg) {
			continue
		}
		side := m.side(reg.Subject)
		o := otherRegister{Side: side, Heading: m.words.HTML("web.registers.other", "Side", side.Name.HTML(), "Author", m.author(reg.Author))}
		for k := range reg.Interests {
			if f.lets(m, &reg.Interests[k]) {
				o.Entries = append(o.Entries, m.entry(&reg.Interests[k], side))
			}
		}
		p.Others = append(p.Others, o)
	}
	return s.show(w, r, http.StatusOK, "registers", p)
}

func (m *room) registerFilter(q url.Values) registerFilter {
	pick := func(name, all string, values []string, key string) (string, []choice) {
		chosen := q.Get(name)
		if !slices.Contains(values, chosen) {
			chosen = ""
		}
		list := []choice{{"", m.words.T(all), chosen == ""}}
		for _, v := range values {
			list = append(list, choice{v, m.words.T(key + v), chosen == v})
		}
		return chosen, list
	}
	var f registerFilter
	f.Tier, f.Tiers = pick("tier", "web.filter.tiers", []string{"vital", "important", "secondary", "unplaced"}, "web.tier.")
	f.Relation, f.Relations = pick("relation", "web.filter.relations",
		[]string{"opposed", "shared", "complementary", "one-sided", "none"}, "web.relation.")
	f.Horizon, f.Horizons = pick("horizon", "web.filter.horizons", []string{"immediate", "long", "without"}, "web.horizon.")
	f.Active = f.Tier != "" || f.Relation != "" || f.Horizon != ""
	f.Clear = m.to("registers")
	return f
}

// lets reports whether the reader wants to see an interest.
func (f registerFilter) lets(m *room, i *interest.Interest) bool {
	tier, horizon := i.Tier.String(), i.Horizon.String()
	if tier == "" {
		tier = "unplaced"
	}
	if horizon == "" {
		horizon = "without"
	}
	if (f.Tier != "" && f.Tier != tier) || (f.Horizon != "" && f.Horizon != horizon) {
		return false
	}
	if f.Relation == "none" {
		return len(m.touched[i.ID]) == 0
	}
	return f.Relation == "" || slices.ContainsFunc(m.touched[i.ID], func(t *interest.Topic) bool { return t.Relation.String() == f.Relation })
}
