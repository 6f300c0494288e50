package web

import (
	"cmp"
	"fmt"
	"html/template"
	"math/big"
	"slices"
	"strings"

	"parley/chart"
	"parley/deal"
)

// How much of a long frontier is shown; the files hold all of it.
const (
	shownRows = 40  // rows of the table, each of which can be focused
	shownDots = 400 // dots of a picture
)

// picture is the trade-off between the sides: one drawing for every pair, and
// one table.
type picture struct {
	Drawings []template.HTML
	Sides    []Side
	Rows     []pictureRow
	Notes    []string // what the axes are, and what is not in the picture
	Points   int      // on the frontier
	Complete bool     // false: the list is not the whole frontier
	Thinned  bool     // the table leaves points out
	Pairs    bool     // more than two sides: every drawing is a projection
}

// pictureRow is a point of the frontier, or the baseline.
type pictureRow struct {
	ID       string
	N        string
	Gains    []string // by side, in hundredths of all that its register names
	Packages string
	Marks    string
	Stands   string // for how many points it stands
	Base     bool
}

// scene is a frontier measured from today's situation.
type scene struct {
	v       *dealsView
	points  []scenePoint
	base    []int64
	scale   []*big.Rat // by column: the points of a full gain, or of one point of the table
	keep    []int      // the points that some rule picks
	typical []int      // the points that stand for others
}

type scenePoint struct {
	deal.Point
	index int     // in the answer
	gains []int64 // by column
	rules []string
}

// drawPicture is nil where there is no frontier.
func (v *dealsView) drawPicture() *picture {
	if len(v.a.Frontier) == 0 || len(v.m.sides) < 2 {
		return nil
	}
	s := v.scene()
	p := &picture{Sides: v.m.sides, Points: len(s.points), Complete: v.a.FrontierComplete, Pairs: !v.Two}
	rows := chart.Thin(len(s.points), shownRows, slices.Concat(s.keep, s.typical))
	p.Notes = v.pictureNote(p)
	p.Thinned = len(rows) < len(s.points)
	p.Rows = append(p.Rows, pictureRow{ID: "base", N: "×", Gains: s.words(s.base), Marks: v.baseWords(), Base: true})
	for _, i := range rows {
		one := s.points[i]
		r := pictureRow{ID: fmt.Sprintf("p%d", i+1), N: fmt.Sprint(i + 1), Gains: s.words(one.gains), Marks: v.ruleWords(one.rules), Stands: s.stood(one)}
		if one.Count.N != nil {
			r.Packages = v.words.BigNumber(one.Count.N.String())
		}
		p.Rows = append(p.Rows, r)
	}
	for _, c := range s.curves(rows) {
		p.Drawings = append(p.Drawings, c.HTML())
	}
	return p
}

// file is the picture as one SVG document.
func (v *dealsView) file() []byte {
	if v.Picture == nil {
		return nil
	}
	c := v.caption("curve", v.T("deals.picture.title"), v.pictureDesc())
	return chart.File(c, v.scene().curves(nil))
}

func (v *dealsView) scene() *scene {
	s := &scene{v: v}
	today := map[string]int64{}
	for _, i := range v.a.Issues {
		if v.Exact {
			break // a table of points is shown as it stands
		}
		for side, p := range i.Options[0].Points {
			today[side] += p
		}
	}
	gains := func(points map[string]int64) []int64 {
		var out []int64
		for _, side := range v.m.sides {
			out = append(out, points[string(side.ID)]-today[string(side.ID)])
		}
		return out
	}
	s.base = gains(v.a.Baseline.Points)
	rules := map[int][]string{}
	for _, set := range []struct {
		rule    string
		indices []int
	}{
		{"nash", v.a.Solutions.Nash}, {"kalai-smorodinsky", v.a.Solutions.KalaiSmorodinsky},
		{"leximin", v.a.Solutions.Leximin}, {"utilitarian", v.a.Solutions.Utilitarian},
	} {
		for _, i := range set.indices {
			rules[i] = append(rules[i], set.rule)
		}
	}
	for i, p := range v.a.Frontier {
		s.points = append(s.points, scenePoint{p, i, gains(p.Points), rules[i]})
	}
	slices.SortStableFunc(s.points, func(a, b scenePoint) int { return slices.Compare(b.gains, a.gains) })
	for i, p := range s.points {
		if len(p.rules) > 0 {
			s.keep = append(s.keep, i)
		}
		if s.stood(p) != "" {
			s.typical = append(s.typical, i)
		}
	}
	for _, side := range v.m.sides {
		s.scale = append(s.scale, scaleOf(v.a, string(side.ID)))
	}
	return s
}

// words are gains in hundredths of the scale; those of a table of points are in
// its own points.
func (s *scene) words(gains []int64) []string {
	var out []string
	for i, g := range gains {
		r := new(big.Rat).Quo(new(big.Rat).SetInt64(g), s.scale[i])
		if s.v.Exact {
			out = append(out, s.v.words.Decimal(shortest(r)))
			continue
		}
		out = append(out, s.v.hundredths(r))
	}
	return out
}

// hundredths are those of a part of a scale, in whole numbers.
func (v *dealsView) hundredths(part *big.Rat) string {
	rounded := new(big.Rat).Mul(part, big.NewRat(100, 1)).FloatString(0)
	if rounded == "-0" {
		rounded = "0"
	}
	return v.words.BigNumber(rounded)
}

// shortest writes a number with at most two decimals.
func shortest(r *big.Rat) string {
	if r.IsInt() {
		return r.Num().String()
	}
	return strings.TrimRight(strings.TrimRight(r.FloatString(2), "0"), ".")
}

// baseWords is what gains are counted from.
func (v *dealsView) baseWords() string {
	return v.T("deals.base." + string(deal.Baseline(v.a.Question.Baseline).Told(v.Exact)))
}

func (v *dealsView) ruleWords(rules []string) string {
	var out []string
	for _, r := range rules {
		out = append(out, v.T("deals.rule."+r))
	}
	return strings.Join(out, "; ")
}

// curves draws every pair of sides. The points in rows can be pointed to.
func (s *scene) curves(rows []int) []chart.Curve {
	var out []chart.Curve
	for i := range s.v.m.sides {
		for j := i + 1; j < len(s.v.m.sides); j++ {
			out = append(out, s.curve(i, j, rows))
		}
	}
	return out
}

func (s *scene) curve(i, j int, rows []int) chart.Curve {
	v := s.v
	x, y := v.m.sides[i].Name.Words, v.m.sides[j].Name.Words
	title, desc, id := v.T("deals.picture.title"), v.pictureDesc(), "curve"
	if !v.Two {
		title = v.T("deals.picture.pair", "One", x, "Other", y)
		desc += " " + v.T("deals.picture.projection")
		id = fmt.Sprintf("curve-%d-%d", i+1, j+1)
	}
	c := chart.Curve{
		Caption: v.caption(id, title, desc), X: s.axis(i), Y: s.axis(j),
		Base: &chart.Mark{X: s.base[i], Y: s.base[j], Shape: chart.Cross, ID: "base", Label: v.baseWords()},
	}
	faint := s.dominated(i, j)
	for _, k := range chart.Thin(len(s.points), shownDots, slices.Concat(s.keep, rows)) {
		p := s.points[k]
		dot := chart.Point{X: p.gains[i], Y: p.gains[j], Faint: faint[k]}
		if slices.Contains(rows, k) {
			w := s.words(p.gains)
			dot.ID, dot.Name = fmt.Sprintf("p%d", k+1), fmt.Sprintf("%d. %s: %s; %s: %s", k+1, x, w[i], y, w[j])
		}
		c.Points = append(c.Points, dot)
	}
	for n, k := range s.keep {
		if n == chart.Shapes {
			break
		}
		p := s.points[k]
		c.Marks = append(c.Marks, chart.Mark{
			X: p.gains[i], Y: p.gains[j], Shape: chart.Shape(n), ID: fmt.Sprintf("m%d", k+1), Label: v.ruleWords(p.rules),
		})
	}
	return c
}

// dominated tells which points another one betters in the eyes of these two
// sides alone.
func (s *scene) dominated(i, j int) []bool {
	order := make([]int, len(s.points))
	for k := range order {
		order[k] = k
	}
	slices.SortFunc(order, func(a, b int) int {
		p, q := s.points[a].gains, s.points[b].gains
		return cmp.Or(cmp.Compare(q[i], p[i]), cmp.Compare(q[j], p[j]))
	})
	out := make([]bool, len(s.points))
	best := -1
	for _, k := range order {
		p := s.points[k].gains
		if best >= 0 && p[j] <= s.points[best].gains[j] {
			out[k] = p[i] != s.points[best].gains[i] || p[j] != s.points[best].gains[j]
			continue
		}
		best = k
	}
	return out
}

// axis spans all points, the baseline and today, with a little room; its ticks
// are parts of all that the side's register names, in words.
func (s *scene) axis(i int) chart.Axis {
	side := s.v.m.sides[i]
	low, high := min(0, s.base[i]), max(0, s.base[i])
	for _, p := range s.points {
		low, high = min(low, p.gains[i]), max(high, p.gains[i])
	}
	room := max(1, (high-low)/20)
	name, zero := "deals.picture.axis", s.v.T("deals.tick.now")
	if s.v.Exact {
		name, zero = "deals.picture.axis.exact", "0"
	}
	a := chart.Axis{Name: s.v.T(name, "Side", side.Name.Words), Low: low - room, High: high + room}
	a.Ticks = append(a.Ticks, chart.Tick{At: 0, Label: zero, Strong: true})
	unit, label := s.part(i, high-low)
	for k := int64(-20); k <= 20; k++ {
		at := new(big.Rat).Mul(unit, big.NewRat(k, 1))
		v := new(big.Int).Quo(at.Num(), at.Denom())
		if k != 0 && v.IsInt64() && v.Int64() >= a.Low && v.Int64() <= a.High {
			a.Ticks = append(a.Ticks, chart.Tick{At: v.Int64(), Label: label(k)})
		}
	}
	return a
}

// part chooses the distance between ticks for a range of points, so that there
// are neither one nor a dozen, and how they are called: parts of all that the
// register names, or round numbers of points.
func (s *scene) part(i int, span int64) (unit *big.Rat, label func(k int64) string) {
	reach := new(big.Rat).Quo(new(big.Rat).SetInt64(span), s.scale[i])
	if s.v.Exact {
		step := big.NewRat(1, 1)
		for n := 0; new(big.Rat).Quo(reach, step).Cmp(big.NewRat(6, 1)) > 0; n++ {
			step.Mul(step, [...]*big.Rat{big.NewRat(2, 1), big.NewRat(5, 2), big.NewRat(2, 1)}[n%3])
		}
		return new(big.Rat).Mul(s.scale[i], step), func(k int64) string {
			return s.v.words.BigNumber(new(big.Rat).Mul(step, big.NewRat(k, 1)).FloatString(0))
		}
	}
	parts := int64(4)
	switch {
	case reach.Cmp(big.NewRat(1, 10)) < 0:
		parts = 50
	case reach.Cmp(big.NewRat(3, 10)) < 0:
		parts = 10
	}
	return new(big.Rat).Quo(s.scale[i], big.NewRat(parts, 1)), func(k int64) string { return s.v.tick(k, parts) }
}

// tick names a number of parts of all that a register names.
func (v *dealsView) tick(k, parts int64) string {
	sign := ""
	if k < 0 {
		sign, k = "−", -k
	}
	switch {
	case parts == 10:
		return sign + v.N("deals.tick.tenths", int(k))
	case parts > 4 || k > 4:
		return sign + v.N("deals.tick.hundredths", int(100/parts*k))
	}
	return sign + v.T([]string{"", "deals.tick.quarter", "deals.tick.half", "deals.tick.three", "deals.tick.all"}[k])
}

// caption carries the date and the authors into the picture.
func (v *dealsView) caption(id, title, desc string) chart.Caption {
	m := v.m
	notes := []string{m.phrase(m.Dialogue.Title).Words + "."}
	if asOf := m.asOf(); asOf != "" {
		notes[0] += " " + asOf
	}
	notes = append(notes, bare(v.Authorship))
	if v.Absent != "" {
		notes = append(notes, bare(v.Absent))
	}
	return chart.Caption{ID: id, Lang: m.lang, Title: title, Desc: desc, Notes: notes}
}

// First begins the ids of the drawing to which the table points.
func (p *picture) First() string {
	if p.Pairs {
		return "curve-1-2"
	}
	return "curve"
}
