package main

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"parley/deal"
	"parley/i18n"
)

// tradeOff is the frontier as a table: how much of all it wants each side gains,
// by this description.
func (r *briefing) tradeOff() {
	r.s.heading("E. " + r.t("deals.frontier"))
	if len(r.a.Frontier) == 0 {
		r.s.say(0, r.t("deals.frontier.none"))
		return
	}
	r.s.say(0, r.n("deals.frontier.note", len(r.a.Frontier)))
	if !r.a.FrontierComplete {
		r.s.say(0, r.t("deals.frontier.partial"))
	}
	r.s.gap()
	g := grid{indent: 2}
	for i, side := range r.sides {
		g.head = append(g.head, r.text(side.Name))
		g.right = append(g.right, i)
	}
	g.head = append(g.head, r.t("col.fair"))
	for _, i := range r.shown() {
		var row []string
		for _, side := range r.sides {
			row = append(row, r.percent(string(side.ID), r.a.Frontier[i].Points[string(side.ID)]))
		}
		g.rows = append(g.rows, append(row, r.fair(i)))
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

// percent is a gain from the baseline as a part of all that the side wants, in hundredths.
func (r *briefing) percent(side string, points int64) string {
	scale, ok := new(big.Rat).SetString(r.a.Question.Scale[side])
	if !ok || scale.Sign() <= 0 {
		return r.w.Number(int(points))
	}
	gain := new(big.Rat).SetInt64(100 * (points - r.a.Baseline.Points[side]))
	v, _ := gain.Quo(gain, scale).Float64()
	return strings.Replace(fmt.Sprintf("%.0f", v), "-", "−", 1)
}

func twoDigits(d deal.Decimal) string {
	return strings.Replace(fmt.Sprintf("%.2f", float64(d.TenThousandths)/10_000), "-", "−", 1)
}

// fair names the fair picks that choose a point.
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
	return i18n.List(names)
}
