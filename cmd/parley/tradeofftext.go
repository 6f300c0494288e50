package main

import (
	"math/big"
	"slices"
	"strings"

	"parley/deal"
	"parley/i18n"
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
	points, remarks := []deal.Points{r.a.Baseline.Points}, []string{r.t("deals.frontier.baseline", "Baseline", r.baseline())}
	for _, i := range shown {
		points, remarks = append(points, r.a.Frontier[i].Points), append(remarks, r.fair(i))
	}
	for n, row := range r.gains(points) {
		g.rows = append(g.rows, append(row, remarks[n]))
	}
	r.s.table(g)
	r.s.gap()
	if r.a.Opposition != nil {
		r.s.say(0, r.t("deals.opposition", "Value", r.twoDigits(*r.a.Opposition)))
	}
	if r.a.Integrative != nil {
		r.s.say(0, r.t("deals.integrative", "Value", r.twoDigits(*r.a.Integrative)))
	}
}

// baseline is what gains are counted from.
func (r *briefing) baseline() string {
	return r.t("baseline." + string(deal.Baseline(r.a.Question.Baseline).Told(r.exact())))
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

// gains are the points of each side from no change, a row for each of several
// packages: in hundredths of all that its register names, or the points of a table as
// it states them.
func (r *briefing) gains(all []deal.Points) [][]string {
	out := make([][]string, len(all))
	for _, side := range r.sides {
		id := string(side.ID)
		column := make([]*big.Rat, len(all))
		scale := big.NewRat(1, 1)
		if r.scaled() {
			scale, _ = new(big.Rat).SetString(r.a.Question.Scale[id])
		}
		for n, points := range all {
			column[n] = new(big.Rat).Quo(new(big.Rat).SetInt64(points[id]), scale)
			if r.scaled() && !r.exact() {
				column[n].Mul(column[n], big.NewRat(100, 1))
			}
		}
		places := 0
		if r.exact() {
			places = tellingPlaces(column)
		}
		for n, v := range column {
			out[n] = append(out[n], decimal(r.w, v, places))
		}
	}
	return out
}

// tellingPlaces is how many decimals tell numbers apart: two at least, for what is
// not whole, and four at most.
func tellingPlaces(numbers []*big.Rat) int {
	for places := 2; places < 4; places++ {
		seen, apart := map[string]*big.Rat{}, true
		for _, x := range numbers {
			words := x.FloatString(places)
			if other := seen[words]; other != nil && other.Cmp(x) != 0 {
				apart = false
			}
			seen[words] = x
		}
		if apart {
			return places
		}
	}
	return 4
}

// decimal writes a number with at most so many decimals, as the language does.
func decimal(w *i18n.Words, x *big.Rat, places int) string {
	words := x.FloatString(places)
	if places > 0 {
		words = strings.TrimRight(strings.TrimRight(words, "0"), ".")
	}
	if words == "-0" {
		return "0"
	}
	return w.Decimal(words)
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

func (r *briefing) twoDigits(d deal.Decimal) string {
	return r.w.Decimal(big.NewRat(d.TenThousandths, 10_000).FloatString(2))
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
