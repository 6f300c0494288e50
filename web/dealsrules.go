package web

import (
	"math/big"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"parley/deal"
)

// tableRule is a rule of the table as it was applied.
type tableRule struct {
	N       int
	Says    []string
	Note    Phrase
	Suppose string // address of the page that drops it; empty in a report
}

// conflictView says why there is nothing to propose.
type conflictView struct {
	Verdict string
	Parts   []string // the rules, or what each side can have at most
}

// onwards is a link to a further page.
type onwards struct{ Words, Address string }

func (v *dealsView) addRules() {
	for _, r := range v.a.Rules {
		v.Rules = append(v.Rules, tableRule{r.Number, inLanguage(r.Because, v.m.lang), v.m.phrase(r.Note), v.without(r.Number)})
	}
	if c := v.a.Conflict; c != nil {
		if said := inLanguage(c.Because, v.m.lang); len(said) > 0 {
			v.Conflict = &conflictView{said[0], said[1:]}
		}
		v.Barren = len(v.a.Frontier) == 0
	}
	if v.a.Cover != nil {
		v.Bounds = inLanguage(v.a.Cover.Because, v.m.lang)
	} else {
		v.Bounds = v.gaps()
	}
}

// gaps says how far beyond the points listed a package can be for each side,
// rounded up: it is a bound that is proved.
func (v *dealsView) gaps() []string {
	return v.m.gaps("deals.gap", v.a.FrontierGap, v.a.Question.Scale)
}

// gaps words, for each side, a gap in the points of its scale.
func (m *room) gaps(key string, of map[string]int64, scale map[string]string) []string {
	var out []string
	for _, s := range m.sides {
		gap, known := of[string(s.ID)]
		if !known {
			continue
		}
		part := new(big.Rat).Quo(new(big.Rat).SetInt64(gap), unitOf(scale, string(s.ID)))
		switch {
		case gap == 0:
			out = append(out, m.words.T(key+".none", "Side", s.Name.Words))
		case m.exact():
			out = append(out, m.words.T(key+".points", "Side", s.Name.Words, "N", m.words.Decimal(shortest(roundedUp(part, 100)))))
		default:
			part.Mul(part, big.NewRat(100, 1))
			out = append(out, m.words.T(key+".hundredths", "Side", s.Name.Words, "N", m.words.Decimal(shortest(roundedUp(part, 1)))))
		}
	}
	return out
}

// roundedUp is the next whole number of parts, of which a unit has so many.
func roundedUp(x *big.Rat, parts int64) *big.Rat {
	n := new(big.Rat).Mul(x, big.NewRat(parts, 1))
	up := new(big.Int).Add(n.Num(), new(big.Int).Sub(n.Denom(), big.NewInt(1)))
	return new(big.Rat).SetFrac(up.Div(up, n.Denom()), big.NewInt(parts))
}

// scaleOf is how many points a full gain of a side makes, or one point of its
// table.
func scaleOf(a *deal.Answer, side string) *big.Rat { return unitOf(a.Question.Scale, side) }

func unitOf(scales map[string]string, side string) *big.Rat {
	scale, ok := new(big.Rat).SetString(scales[side])
	if !ok || scale.Sign() <= 0 {
		return big.NewRat(1, 1)
	}
	return scale
}

// without is the address that supposes a rule not to hold.
func (v *dealsView) without(n int) string {
	if v.Suppose == "" {
		return ""
	}
	return supposeAddress(v.m, nil, []int{n})
}

// WhyNot is the address that asks why not a swap or a package of the page; empty
// in a report.
func (v *dealsView) WhyNot(of string, n int) string {
	if v.Suppose == "" {
		return ""
	}
	address, query, _ := strings.Cut(v.m.to("deals", "why-not"), "?")
	q, _ := url.ParseQuery(query)
	q.Set(map[string]string{"swap": "swap-card", "deal": "package"}[of], strconv.Itoa(n))
	return address + "?" + q.Encode()
}

// Rests is the address of what a package rests on; empty in a report and where
// nothing is said about it.
func (v *dealsView) Rests(n int) string {
	if v.Suppose == "" || v.a.Strength == nil || n > len(v.a.Strength.Packages) {
		return ""
	}
	return v.m.to("deals", "strength") + "#package-" + strconv.Itoa(n)
}

// Onwards are the further pages about the answer.
func (v *dealsView) Onwards() []onwards {
	if v.Suppose == "" {
		return nil
	}
	var out []onwards
	if v.a.Strength != nil {
		out = append(out, onwards{v.T("strength.title"), v.m.to("deals", "strength")})
	}
	if len(v.a.Roadmaps) > 0 {
		out = append(out, onwards{v.T("roadmap.title"), v.m.to("deals", "roadmap")})
	}
	if v.a.Formats != nil && !v.Two {
		out = append(out, onwards{v.T("formats.title"), v.m.to("deals", "formats")})
	}
	return append(out, onwards{v.T("deals.onwards.whynot"), v.m.to("deals", "why-not")}, onwards{v.T("suppose.title"), v.Suppose})
}

// stood says for how many of the points listed a representative stands; nothing
// about other points.
func (s *scene) stood(p scenePoint) string {
	v := s.v
	k := slices.IndexFunc(v.a.Representatives, func(r deal.Representative) bool { return r.Point == p.index })
	if k < 0 {
		return ""
	}
	if n := v.a.Representatives[k].For; n > 1 {
		return v.N("deals.stands-for", n)
	}
	return v.T("deals.stands-for.itself")
}

// pictureNote says what the axes are, and what is not in the picture.
func (v *dealsView) pictureNote(p *picture) []string {
	out := []string{v.T("deals.picture.note")}
	if v.Exact {
		out[0] = v.T("deals.picture.note.exact")
	}
	if p.Pairs {
		out = append(out, v.T("deals.picture.projection"))
	}
	switch {
	case len(v.Bounds) > 0 && v.a.Cover == nil:
		out = append(out, v.T("deals.gap")) // the bounds follow it
	case !p.Complete && len(v.Bounds) == 0:
		out = append(out, v.T("deals.picture.partial"))
	}
	return out
}

// pictureDesc is what the dots are: where the search was ended they are the best
// that were found.
func (v *dealsView) pictureDesc() string {
	if len(v.Bounds) > 0 {
		return v.T("deals.picture.desc.found")
	}
	return v.T("deals.picture.desc")
}
