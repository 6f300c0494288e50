package main

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"parley/deal"
)

// tradeOff is the frontier as a table: what each side gains by this description.
func (r *briefing) tradeOff() {
	r.s.heading(r.t("deals.frontier"))
	if len(r.a.Frontier) == 0 {
		r.s.say(0, r.t("deals.frontier.none"))
		return
	}
	r.s.say(0, r.n("deals.frontier.note", len(r.a.Frontier)))
	shown := r.shown()
	if len(shown) < len(r.a.Frontier) {
		r.s.say(0, r.t("deals.frontier.some"))
	}
	switch {
	case r.exact():
		r.s.say(0, r.t("deals.frontier.exact"))
	case r.scaled():
		r.s.say(0, r.t("deals.frontier.hundredths"))
	default:
		r.s.say(0, r.t("deals.frontier.points"))
	}
	r.bounds()
	r.s.gap()
	g := grid{indent: 2}
	for i, side := range r.sides {
		g.head = append(g.head, r.text(side.Name))
		g.right = append(g.right, i)
	}
	g.head = append(g.head, r.t("col.remark"))
	g.rows = append(g.rows, append(r.gains(r.a.Baseline.Points), r.t("deals.frontier.baseline", "Baseline", r.baseline())))
	for _, i := range shown {
		g.rows = append(g.rows, append(r.gains(r.a.Frontier[i].Points), r.fair(i)))
	}
	r.s.table(g)
	r.s.gap()
	if r.a.Opposition != nil {
		r.s.say(0, r.t("deals.opposition", "Value", twoDigits(*r.a.Opposition)))
	}
	if r.a.Integrative != nil {
		r.s.say(0, r.t("deals.integrative", "Value", twoDigits(*r.a.Integrative)))
	}
}

// baseline is what gains are counted from. In a table of points nothing is free
// that costs somebody points, so that it is what there is now.
func (r *briefing) baseline() string {
	word := r.a.Question.Baseline
	if r.exact() && word == string(deal.Free) {
		word = string(deal.StatusQuo)
	}
	return r.t("baseline." + word)
}

// shown picks the points that a table of bounded length shows: the ends, the
// fair picks, and some between, evenly.
func (r *briefing) shown() []int {
	last := len(r.a.Frontier) - 1
	keep := map[int]bool{0: true, last: true}
	s := r.a.Solutions
	for _, set := range [][]int{s.Nash, s.KalaiSmorodinsky, s.Leximin, s.Utilitarian} {
		for _, i := range set {
			if len(keep) < shownPoints {
				keep[i] = true
			}
		}
	}
	for _, p := range r.a.Representatives {
		if len(keep) < shownPoints {
			keep[p.Point] = true
		}
	}
	for k := 1; k < shownPoints && len(keep) < min(shownPoints, last+1); k++ {
		keep[last*k/shownPoints] = true
	}
	out := make([]int, 0, len(keep))
	for i := range keep {
		out = append(out, i)
	}
	slices.Sort(out)
	return out
}

// bounds says what the points listed may lack.
func (r *briefing) bounds() {
	switch {
	case r.a.Cover != nil:
		r.because(0, r.a.Cover.Because)
	case len(r.a.FrontierGap) > 0:
		r.s.say(0, r.t("deals.frontier.ended"))
		r.gaps()
	case !r.a.FrontierComplete:
		r.s.say(0, r.t("deals.frontier.partial"))
	}
}

// gains are the points of each side from no change, in hundredths of all that
// its register names; the points of a table as it states them.
func (r *briefing) gains(points map[string]int64) []string {
	var out []string
	for _, side := range r.sides {
		id := string(side.ID)
		if !r.scaled() {
			out = append(out, r.w.BigNumber(fmt.Sprint(points[id])))
			continue
		}
		scale, _ := new(big.Rat).SetString(r.a.Question.Scale[id])
		if r.exact() {
			out = append(out, decimal(new(big.Rat).Quo(big.NewRat(points[id], 1), scale)))
			continue
		}
		share := new(big.Rat).Quo(big.NewRat(100*points[id], 1), scale).FloatString(0)
		if share == "-0" {
			share = "0"
		}
		out = append(out, r.w.BigNumber(share))
	}
	return out
}

// decimal writes a number with at most two decimals.
func decimal(x *big.Rat) string {
	words := x.FloatString(2)
	words = strings.TrimRight(strings.TrimRight(words, "0"), ".")
	if words == "-0" {
		return "0"
	}
	return strings.Replace(words, "-", "−", 1)
}

// scaled reports whether every side has a scale: ranks give one, stated values
// do not.
func (r *briefing) scaled() bool {
	for _, side := range r.sides {
		if scale, ok := new(big.Rat).SetString(r.a.Question.Scale[string(side.ID)]); !ok || scale.Sign() <= 0 {
			return false
		}
	}
	return true
}

func twoDigits(d deal.Decimal) string {
	return strings.Replace(fmt.Sprintf("%.2f", float64(d.TenThousandths)/10_000), "-", "−", 1)
}

// fair names the fair picks that choose a point, and says for how many of the
// points it stands.
func (r *briefing) fair(point int) string {
	var names []string
	for _, s := range []struct {
		key string
		set []int
	}{
		{"nash", r.a.Solutions.Nash}, {"kalai-smorodinsky", r.a.Solutions.KalaiSmorodinsky},
		{"leximin", r.a.Solutions.Leximin}, {"utilitarian", r.a.Solutions.Utilitarian},
	} {
		if slices.Contains(s.set, point) {
			names = append(names, r.t("fair."+s.key))
		}
	}
	for _, p := range r.a.Representatives {
		if p.Point == point && p.For > 1 {
			names = append(names, r.n("deals.stands-for", p.For))
		}
	}
	return strings.Join(names, "; ")
}
