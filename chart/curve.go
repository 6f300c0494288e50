package chart

import (
	"fmt"
	"html/template"
	"slices"
	"unicode/utf8"
)

// Curve shows what two sides can have together: each dot is a point that cannot
// be bettered for one side without costing somebody, and the way from one end
// to the other is what they would have to settle between them.
type Curve struct {
	Caption
	X, Y   Axis
	Points []Point
	Marks  []Mark // drawn over the points, and named below the picture
	Base   *Mark  // what everybody could have anyway; the better quarter is shaded
}

// Axis is one side's gain.
type Axis struct {
	Name      string
	Low, High int64 // the ends of the axis
	Ticks     []Tick
}

// Tick names a value on an axis. A strong one is drawn as a line in full.
type Tick struct {
	At     int64
	Label  string
	Strong bool
}

// Point is a dot. Name is shown when it is pointed at; an ID makes it something
// that a row of the table beside the picture can point to.
type Point struct {
	X, Y  int64
	ID    string
	Name  string
	Faint bool
}

// Mark is a point with a shape and words of its own.
type Mark struct {
	X, Y  int64
	Shape Shape
	ID    string
	Label string
}

// Shape tells marks apart without colour.
type Shape int

const (
	Diamond Shape = iota
	Square
	Triangle
	Wedge // a triangle that stands on its tip
	Ring
	Cross
)

// Shapes is how many shapes there are for marks before they begin again; the
// cross is kept for the baseline.
const Shapes = int(Cross)

// The plot inside the picture.
const (
	plotLeft   = 106
	plotRight  = width - 20
	plotHeight = 260
)

// HTML is the picture as a part of a page.
func (c Curve) HTML() template.HTML {
	p := &pen{ids: c.ID}
	c.draw(p)
	p.notes(c.Caption)
	return p.inline(c.Caption)
}

// File stacks pictures in one SVG document under a caption of its own. A single
// picture is drawn with its own title alone.
func File(c Caption, curves []Curve) []byte {
	p := &pen{ids: c.ID, plain: true}
	if len(curves) > 1 {
		p.y += 8
		p.lines("title", c.Title, large+1, `font-weight="600"`)
		p.y += 10
	}
	for _, one := range curves {
		one.draw(p)
		p.y += 10
	}
	p.notes(c)
	return p.file(c)
}

// draw puts title, axes, points, marks and legend below what is there.
func (c Curve) draw(p *pen) {
	p.y += 4
	p.lines("title", c.Title, large, `font-weight="600"`)
	p.y += 6
	p.lines("axis", "↑ "+c.Y.Name, usual, `font-weight="600"`)
	top := p.y + 20 // the name of a tick at the very top ends below the name of the axis
	bottom := top + plotHeight
	at := func(x, y int64) (tenth, tenth) {
		return place(x, c.X.Low, c.X.High, units(plotLeft), units(plotRight)),
			place(y, c.Y.Low, c.Y.High, units(bottom), units(top))
	}
	c.grid(p, top, bottom, at)
	for _, one := range c.Points {
		x, y := at(one.X, one.Y)
		p.dot(one, x, y)
	}
	if c.Base != nil {
		p.mark(*c.Base, at)
	}
	for _, m := range c.Marks {
		p.mark(m, at)
	}
	p.y = bottom + 22
	for _, l := range wrap(c.X.Name+" →", lineFill/usual-6) {
		p.y += lineHeight
		p.text("axis", units(plotRight), units(p.y), l, `font-weight="600" text-anchor="end"`)
	}
	p.y += 8
	c.legend(p)
}

func (c Curve) grid(p *pen, top, bottom int, at func(x, y int64) (tenth, tenth)) {
	if c.Base != nil {
		x, y := at(c.Base.X, c.Base.Y)
		p.add(`<rect class="chart-better" x="%v" y="%d" width="%v" height="%v" fill-opacity="0.06"/>`,
			x, top, units(plotRight)-x, y-units(top))
	}
	p.add(`<path class="chart-frame" d="M%d %dV%dH%d" fill="none" stroke="currentColor" stroke-opacity="0.6"/>`, plotLeft, top, bottom, plotRight)
	for _, t := range c.X.Ticks {
		x, _ := at(t.At, c.Y.Low)
		p.add(`<path class="chart-grid" d="M%v %dV%d" fill="none" %s/>`, x, top, bottom, t.stroke())
	}
	for _, t := range c.legible(at) {
		x, _ := at(t.At, c.Y.Low)
		p.text("tick", x, units(bottom+18), t.Label, `font-size="13" text-anchor="middle"`)
	}
	for _, t := range c.Y.Ticks {
		_, y := at(c.X.Low, t.At)
		p.add(`<path class="chart-grid" d="M%d %vH%d" fill="none" %s/>`, plotLeft, y, plotRight, t.stroke())
		p.text("tick", units(plotLeft-7), y+40, t.Label, `font-size="13" text-anchor="end"`)
	}
}

// legible leaves out the labels below the plot that would run into others; the
// strong ones have the first choice.
func (c Curve) legible(at func(x, y int64) (tenth, tenth)) []Tick {
	var out []Tick
	type span struct{ from, to tenth }
	var taken []span
	for _, strong := range []bool{true, false} {
		for _, t := range c.X.Ticks {
			x, _ := at(t.At, c.Y.Low)
			half := units(4*utf8.RuneCountInString(t.Label) + 4)
			if t.Strong != strong || x+half > units(width) ||
				slices.ContainsFunc(taken, func(s span) bool { return x-half < s.to && s.from < x+half }) {
				continue
			}
			taken = append(taken, span{x - half, x + half})
			out = append(out, t)
		}
	}
	return out
}

func (t Tick) stroke() string {
	if t.Strong {
		return `stroke="currentColor" stroke-opacity="0.6"`
	}
	return `stroke="currentColor" stroke-opacity="0.25" stroke-dasharray="2 4"`
}

// dot draws a point; its ring shows when a row of the table points to it.
func (p *pen) dot(one Point, x, y tenth) {
	opacity := "0.7"
	if one.Faint {
		opacity = "0.25"
	}
	p.open("point", one.ID, one.Name)
	if one.ID != "" && !p.plain {
		p.add(`<circle class="chart-ring" cx="%v" cy="%v" r="10" fill="none" stroke="currentColor" stroke-width="2" visibility="hidden"/>`, x, y)
	}
	p.add(`<circle class="chart-dot" cx="%v" cy="%v" r="2.6" fill-opacity="%s"/></g>`, x, y, opacity)
}

func (p *pen) open(class, id, name string) {
	if id == "" || p.plain {
		p.add(`<g class="chart-%s">`, class)
	} else {
		p.add(`<g class="chart-%s" id="%s-%s">`, class, p.ids, id)
	}
	if name != "" {
		p.add(`<title>%s</title>`, escape(name))
	}
}

func (p *pen) mark(m Mark, at func(x, y int64) (tenth, tenth)) {
	x, y := at(m.X, m.Y)
	p.open("mark", m.ID, m.Label)
	if m.ID != "" && !p.plain {
		p.add(`<circle class="chart-ring" cx="%v" cy="%v" r="14" fill="none" stroke="currentColor" stroke-width="2" visibility="hidden"/>`, x, y)
	}
	p.shape(m.Shape, x, y)
	p.add(`</g>`)
}

// shape draws with a rim in the colour of the paper, so that marks stand out
// from the dots below them.
func (p *pen) shape(s Shape, x, y tenth) {
	const fill = `class="chart-shape" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round"`
	path := func(d string, a ...any) { p.add(`<path `+fill+` d="`+d+`"/>`, a...) }
	switch s {
	case Diamond:
		path("M%v %vl7 7l-7 7l-7 -7z", x, y-70)
	case Square:
		path("M%v %vh11v11h-11z", x-55, y-55)
	case Triangle:
		path("M%v %vl7 12h-14z", x, y-75)
	case Wedge:
		path("M%v %vl-7 -12h14z", x, y+75)
	case Ring:
		p.add(`<circle class="chart-shape" cx="%v" cy="%v" r="6" fill="none" stroke="currentColor" stroke-width="3"/>`, x, y)
	case Cross:
		p.add(`<path class="chart-shape" d="M%v %vl14 14m0 -14l-14 14" fill="none" stroke="currentColor" stroke-width="3"/>`, x-70, y-70)
	}
}

// legend says what each shape means, below the plot.
func (c Curve) legend(p *pen) {
	all := c.Marks
	if c.Base != nil {
		all = append([]Mark{*c.Base}, all...)
	}
	for _, m := range all {
		p.y += 4
		for i, l := range wrap(m.Label, lineFill/usual-4) {
			p.y += lineHeight
			if i == 0 {
				p.shape(m.Shape, units(margin+8), units(p.y-5))
			}
			p.text("legend", units(margin+24), units(p.y), l, "")
		}
	}
}

// Thin returns the indices of at most limit of n things, the first and the last
// among them, evenly spread, together with every index of keep.
func Thin(n, limit int, keep []int) []int {
	chosen := make([]bool, n)
	for _, k := range keep {
		if k >= 0 && k < n {
			chosen[k] = true
		}
	}
	kept := 0
	for _, c := range chosen {
		if c {
			kept++
		}
	}
	room := limit - kept
	switch {
	case n <= limit:
		room = n
		for i := range chosen {
			chosen[i] = true
		}
	case room == 1:
		chosen[0] = true
	case room > 1:
		for i := range room {
			chosen[i*(n-1)/(room-1)] = true
		}
	}
	var out []int
	for i, c := range chosen {
		if c {
			out = append(out, i)
		}
	}
	return out
}

// String is the shape's name in the catalogue.
func (s Shape) String() string {
	names := [...]string{"diamond", "square", "triangle", "wedge", "ring", "cross"}
	if s < 0 || int(s) >= len(names) {
		return fmt.Sprint(int(s))
	}
	return names[s]
}
