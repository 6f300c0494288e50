package deal

import (
	"math/big"
	"strings"

	"parley/i18n"
)

// becauseRoadmap tells a roadmap: what holds for all of it, each step with those
// who move, and what single moves would ask. What could make a promise hard to
// keep is not in it, since it is not for everybody.
func (s *search) becauseRoadmap(r *Roadmap) map[string][]string {
	return inEveryLanguage(func(w *i18n.Words) []string {
		out := []string{w.T("roadmap.state." + s.stateWord(r.State))}
		if len(r.Free) > 0 {
			var topics []string
			for _, c := range r.Free {
				topics = append(topics, w.T("deal.quoted", "Words", s.topicTitle(w, c.Topic)))
			}
			out = append(out, w.T("roadmap.free", "Topics", i18n.List(topics)))
		}
		for n, step := range r.Steps {
			var moves []string
			for _, m := range step.Moves {
				moves = append(moves, s.roadMove(w, m)...)
			}
			key := "roadmap.step"
			if step.Simultaneous {
				key = "roadmap.step.together"
			}
			out = append(out, w.T(key, "N", n+1, "Moves", strings.Join(moves, " ")))
		}
		return append(out, s.becauseOneByOne(w, r)...)
	})
}

// stateWord is the state as the catalogue names it: of a table of points the
// middle is what is stated.
func (s *search) stateWord(state string) string {
	if state == roadCentral && s.q.table.exact {
		return "stated"
	}
	return state
}

func (s *search) topicTitle(w *i18n.Words, id string) string {
	for _, l := range s.q.labels.issues {
		if l.id == id {
			return l.title.In(w.Lang)
		}
	}
	return id
}

// roadMove says of an option who moves by it, or that nobody pays for it.
func (s *search) roadMove(w *i18n.Words, m RoadmapMove) []string {
	if len(m.Sides) == 0 {
		return []string{w.T("roadmap.move.free", "Topic", s.topicTitle(w, m.Topic))}
	}
	choice := s.chosen(map[string]string{m.Topic: m.Option})
	for i, k := range choice {
		if k > 0 {
			return s.moveSentences(w, []move{{i, k}})
		}
	}
	return nil
}

func (s *search) becauseOneByOne(w *i18n.Words, r *Roadmap) []string {
	one := r.OneByOne
	if one == nil {
		return nil
	}
	if one.Side == "" {
		return []string{w.T("roadmap.narrow.nobody")}
	}
	out := []string{w.T("roadmap.narrow", "Side", s.sideTitle(w, one.Side), "Step", one.After, "Much", s.much(w, one.Side, int64(one.Short)))}
	for _, p := range s.sidesByName(w) {
		id := s.q.labels.sides[p].id
		if v := one.Bridge[id]; v > 0 {
			out = append(out, w.T("roadmap.bridge", "Side", s.sideTitle(w, id), "Much", s.much(w, id, v)))
		}
	}
	if r.Simultaneous() > 0 {
		out = append(out, w.T("roadmap.bridge.together"))
	}
	return out
}

func (s *search) sideTitle(w *i18n.Words, id string) string {
	for p, l := range s.q.labels.sides {
		if l.id == id {
			return s.sideName(w, p)
		}
	}
	return id
}

// much is a distance in words: hundredths of all that the side's register names,
// or points of a table that states points.
func (s *search) much(w *i18n.Words, side string, points int64) string {
	for p, l := range s.q.labels.sides {
		if l.id == side {
			return Distance(w, points, s.readings[0].scale[p].String(), s.q.table.exact)
		}
	}
	return ""
}

// Distance says how far apart two positions of a side are: in hundredths of all that
// its register names, rounded up, or exactly in points where the table states
// points. Scale is the side's entry of QuestionInfo.Scale.
func Distance(w *i18n.Words, points int64, scale string, stated bool) string {
	unit, ok := new(big.Rat).SetString(scale)
	if !ok || unit.Sign() <= 0 {
		unit = big.NewRat(1, 1)
	}
	v := new(big.Rat).Quo(new(big.Rat).SetInt64(points), unit)
	key := "roadmap.points"
	if !stated {
		key = "roadmap.hundredths"
		v.Mul(v, big.NewRat(100, 1))
	}
	if stated && !v.IsInt() {
		return w.T("roadmap.points.part", "Number", exactly(w, v))
	}
	n := new(big.Int).Add(v.Num(), v.Denom())
	n.Sub(n, big.NewInt(1)).Div(n, v.Denom())
	if !n.IsInt64() || n.Int64() > 1<<31 {
		return w.T("roadmap.points.many", "Number", w.BigNumber(n.String()))
	}
	return w.N(key, int(n.Int64()))
}

// mostPlaces is how many decimals a number is written with; one that needs more is
// written as a fraction.
const mostPlaces = 6

// shortly writes a number with no more decimals than it needs; exact is whether
// mostPlaces are enough for all of it.
func shortly(w *i18n.Words, v *big.Rat) (words string, exact bool) {
	if places, ends := v.FloatPrec(); ends && places <= mostPlaces {
		return w.Decimal(v.FloatString(places)), true
	}
	return w.Decimal(strings.TrimRight(strings.TrimRight(v.FloatString(mostPlaces), "0"), ".")), false
}

// exactly writes a number as a file might: 0.25, or 1/3.
func exactly(w *i18n.Words, v *big.Rat) string {
	if words, exact := shortly(w, v); exact {
		return words
	}
	return v.RatString()
}
