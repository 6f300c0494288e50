package deal

import (
	"cmp"
	"context"
	"fmt"
	"math/big"
	"slices"

	"parley/engine/bargain"
	"parley/engine/pareto"
	"parley/i18n"
)

// Representative is a point of the frontier that stands for those near it.
type Representative struct {
	Point int    `json:"point"` // index into Answer.Frontier
	Rule  string `json:"rule"`  // "leximin", "kalai-smorodinsky", "nash", "utilitarian" or "cluster"
	For   int    `json:"for"`   // how many of the points listed are as near to it as to any other representative, itself included
}

// Cover says how well the points listed stand for a frontier that is too long to
// compute: no package of those meant gives any side more than Epsilon of what it
// could gain beyond the nearest of them. It is proved.
type Cover struct {
	Epsilon string              `json:"epsilon"` // a fraction
	Of      string              `json:"of"`      // "at-or-above-baseline": of the packages that leave no side below the baseline; or "all"
	Gap     Points              `json:"gap"`     // the same in points of each side
	Because map[string][]string `json:"because"` // the same as a sentence, by language
}

// mostRepresentatives is how many points stand for a frontier.
const mostRepresentatives = 7

// Bounds of a cover: points listed, and partial packages looked at.
const (
	mostCoverPoints = 1_000
	coverBudget     = 20_000_000
)

// coverAim is where the search for a cover stops: at a hundredth of what each
// side can gain.
var coverAim = pareto.Fraction{Num: 1, Den: 100}

// partialPoints bounds the partial packages kept while a frontier is merged: with
// four and more sides, where sifting them costs most, as many as can be listed.
func (s *search) partialPoints() int {
	if len(s.q.table.sides) > 3 {
		return mostListedPoints
	}
	return mostPartialPoints
}

// manySidesLimit bounds the partial packages looked at for the exact frontier of
// four and more sides whose options interact, before a cover is sought.
const manySidesLimit = 20_000

func (s *search) partialPackages() int64 {
	if len(s.q.table.sides) > 3 {
		return manySidesLimit
	}
	return DefaultLimit
}

// coverFrontier finds points that stand for a frontier which is not known: near
// the packages that leave no side below the baseline or, where there are none,
// near all packages.
func (s *search) coverFrontier(ctx context.Context) error {
	r := s.readings[0]
	limits := pareto.Limits{Nodes: coverBudget, Points: mostCoverPoints}
	of := "at-or-above-baseline"
	found, err := pareto.Cover(ctx, r.space, r.base, coverAim, limits)
	if err == nil && len(found.Points) == 0 {
		of = "all"
		found, err = pareto.Cover(ctx, r.space, nil, coverAim, limits)
	}
	if err != nil || len(found.Points) == 0 {
		return err
	}
	s.points, s.gap, s.near = found.Points, nil, found.Epsilon
	floor := r.base
	if of == "all" {
		s.gap, floor = found.Gap, nil
	}
	s.near = r.ofWhatCounts(s.near, found.Gap, floor)
	s.cover = &Cover{Epsilon: fmt.Sprintf("%d/%d", s.near.Num, s.near.Den), Of: of, Gap: s.points64(found.Gap)}
	return nil
}

// ofWhatCounts is the part that a gap is of what sides can gain where some of
// them count no more than a cap: less than without it, so the part is larger.
func (r *reading) ofWhatCounts(near pareto.Fraction, gap, floor []int64) pareto.Fraction {
	capped := pareto.Fraction{Num: 0, Den: 1}
	larger := func(a, b pareto.Fraction) bool { return big.NewRat(a.Num, a.Den).Cmp(big.NewRat(b.Num, b.Den)) > 0 }
	for p, most := range r.cap {
		low, high := int64(0), int64(0)
		for _, options := range r.table.Issues {
			of := func(a, b []int64) int { return cmp.Compare(a[p], b[p]) }
			low, high = low+slices.MinFunc(options, of)[p], high+slices.MaxFunc(options, of)[p]
		}
		for _, t := range r.space.Terms {
			low, high = low+min(0, t.Values[p]), high+max(0, t.Values[p])
		}
		if floor != nil {
			low = max(low, floor[p])
		}
		if this := (pareto.Fraction{Num: gap[p], Den: max(1, min(high, most)-low)}); larger(this, capped) {
			capped = this
		}
	}
	switch {
	case capped.Num >= capped.Den:
		return pareto.Fraction{Num: 1, Den: 1}
	case larger(near, capped):
		return near
	}
	return capped
}

// becauseCover says how near the points listed are, in whole hundredths rounded
// up. The Nash package may have come to those that the cover has.
func (s *search) becauseCover() {
	part := new(big.Int).Mul(big.NewInt(s.near.Num), big.NewInt(100))
	part.Add(part, big.NewInt(s.near.Den-1)).Quo(part, big.NewInt(s.near.Den))
	s.cover.Because = inEveryLanguage(func(w *i18n.Words) []string {
		return []string{w.T("cover."+s.cover.Of, "Points", len(s.points), "Percent", part.Int64())}
	})
}

// representatives are a few points that stand for those listed.
func (s *search) representatives() []Representative {
	out := []Representative{}
	values := s.values()
	if len(values) == 0 {
		return out
	}
	base, most := s.readings[0].base, append([]int64(nil), s.readings[0].base...)
	for _, v := range values {
		for p := range most {
			most[p] = max(most[p], v[p])
		}
	}
	picks := []bargain.Pick{
		{Rule: "leximin", Points: s.solutions.Leximin},
		{Rule: "kalai-smorodinsky", Points: s.solutions.KalaiSmorodinsky},
		{Rule: "nash", Points: s.solutions.Nash},
	}
	for _, r := range bargain.Representatives(values, base, most, picks, mostRepresentatives) {
		out = append(out, Representative{Point: r.Point, Rule: r.Rule, For: r.For})
	}
	return out
}
