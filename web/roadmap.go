package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"parley/deal"
	"parley/dialogue"
	"parley/fault"
)

// roadmapPage is the order in which the steps of a package or a swap could be
// taken. With bounds it is computed for the asking and nothing is stored.
type roadmapPage struct {
	Layout
	Heading string
	Deals   string
	Others  []roadLink // the roadmaps there are
	Missing bool       // there is no answer yet, or it has no roadmap
	Older   bool       // or it is one of an earlier version
	None    bool       // or nothing in it has steps
	Road    *roadView
	Bounds  []boundField // how far each side would go below its start; empty where nothing may be computed
	Bad     string       // why the bounds cannot be used
	Asked   bool         // bounds were given
	Action  string
	Clear   string
	Of      string
	Field   string // names the roadmap in the address
	Number  int
	Swapped bool
}

type roadLink struct {
	Words, Address string
	Current        bool
}

// boundField asks one side for its bound.
type boundField struct {
	Side Side
	Most string
}

const boundPrefix = "most-"

// roadNames are how an address names a roadmap; "swap" is taken, it turns the
// columns.
var roadNames = map[string]string{"deal": "package", "swap": "swap-card"}

func (s *Server) roadmap(w http.ResponseWriter, r *http.Request) error {
	m, asked, err := s.asked(r)
	if err != nil {
		return err
	}
	p := roadmapPage{Heading: m.words.T("roadmap.title"), Deals: m.to("deals"), Action: m.to("deals", "roadmap"), Swapped: m.swapped}
	p.Layout = s.roomLayout(r, m, "deals", p.Heading)
	if asked.Answer == nil || len(asked.Answer.Roadmaps) == 0 {
		p.Missing, p.Older, p.None = true, asked.Older(), asked.Answer != nil
		return s.show(w, r, http.StatusOK, "roadmap", p)
	}
	v := newDealsView(m, asked.Answer, true)
	chosen := p.choose(v, r.URL.Query())
	if chosen == nil {
		return missing("roadmap of", string(m.Dialogue.ID))
	}
	code := http.StatusOK
	if hallOf(r).may(dialogue.Compute) {
		bounds, err := p.bounds(m, r.URL.Query())
		switch f, ok := fault.As(err); {
		case err != nil && !ok:
			return err
		case err != nil:
			code, p.Bad = http.StatusBadRequest, m.words.T(f.Key, pairs(f.Args)...)
		case len(bounds) > 0:
			if chosen, err = m.bounded(r, asked.Answer, chosen, bounds); err != nil {
				return err
			}
			p.Asked = true
		}
	}
	p.Road = v.road(*chosen)
	return s.show(w, r, code, "roadmap", p)
}

// choose finds the roadmap that the address names, the first one where it names
// none, and lists all; nil where there is no such roadmap.
func (p *roadmapPage) choose(v *dealsView, q url.Values) *deal.Roadmap {
	named := q.Has(roadNames["deal"]) || q.Has(roadNames["swap"])
	var chosen *deal.Roadmap
	for i := range v.a.Roadmaps {
		x := &v.a.Roadmaps[i]
		if chosen == nil && (!named || q.Get(roadNames[x.Of]) == strconv.Itoa(x.Number)) {
			chosen, p.Of, p.Number = x, x.Of, x.Number
		}
	}
	p.Field = roadNames[p.Of]
	for _, x := range v.a.Roadmaps {
		p.Others = append(p.Others, roadLink{v.roadName(x.Of, x.Number), v.Road(x.Of, x.Number), x.Of == p.Of && x.Number == p.Number})
	}
	p.Clear = v.Road(p.Of, p.Number)
	return chosen
}

// bounds reads how far each side would go below its start.
func (p *roadmapPage) bounds(m *room, q url.Values) ([]deal.Exposure, error) {
	var out []deal.Exposure
	var bad error
	for _, side := range m.sides {
		most := strings.TrimSpace(q.Get(boundPrefix + string(side.ID)))
		p.Bounds = append(p.Bounds, boundField{side, most})
		if most == "" {
			continue
		}
		one, err := deal.ParseExposure(string(side.ID) + "=" + strings.Replace(most, ",", ".", 1))
		if err != nil {
			bad = err
			continue
		}
		out = append(out, one)
	}
	return out, bad
}

// bounded is the roadmap under bounds, with what the reader may see of it.
func (m *room) bounded(r *http.Request, a *deal.Answer, of *deal.Roadmap, bounds []deal.Exposure) (*deal.Roadmap, error) {
	q, err := deal.NewQuestion(m.Input(), deal.DefaultSettings())
	if err != nil {
		return nil, err
	}
	found, err := q.Roadmap(r.Context(), a, of.Of, of.Number, bounds)
	if err != nil {
		return nil, err
	}
	if found == nil {
		return of, nil
	}
	side, all := dialogue.SeesPromises(hallOf(r).Entrance.Standing)
	seen := found.For(string(side), all)
	return &seen, nil
}

// Road is the address of a roadmap; empty where there is none, or outside the
// site.
func (v *dealsView) Road(of string, number int) string {
	if v.Suppose == "" || !slices.ContainsFunc(v.a.Roadmaps, func(r deal.Roadmap) bool { return r.Of == of && r.Number == number }) {
		return ""
	}
	address, query, _ := strings.Cut(v.m.to("deals", "roadmap"), "?")
	q, _ := url.ParseQuery(query)
	q.Set(roadNames[of], strconv.Itoa(number))
	return address + "?" + q.Encode()
}

// besideNarrow is a part of the page with the page.
type besideNarrow struct {
	Page   roadmapPage
	Narrow *narrowView
}

// Beside is what single moves would ask with the page.
func (p roadmapPage) Beside(n *narrowView) besideNarrow { return besideNarrow{p, n} }

func (v *dealsView) roadName(of string, number int) string {
	if of == "swap" {
		return v.T("deals.swap", "N", number)
	}
	return v.T("deals.package", "N", number)
}
