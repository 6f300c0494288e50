package web

import (
	"math"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// picture draws a chart across the page, or on a page of its own where it does
// not fit any more.
func (p *paper) picture(n *html.Node) {
	wide, high := p.pictureSize(n)
	if wide == 0 {
		return
	}
	p.skip(blockSkip)
	p.y += p.gap
	p.gap = 0
	p.need(high)
	p.drawSVG(n, pageMargin+p.indent, p.y, high)
	p.y += high
	p.skip(2 * blockSkip)
}

// mostPictureWide is how wide a picture is: its words stand as large as those of a
// note, and two low pictures share a page.
const mostPictureWide = 108

// pictureSize is how large a chart is drawn, 0 where it has no size of its own.
func (p *paper) pictureSize(n *html.Node) (wide, high float64) {
	_, _, w, h, ok := viewBox(n)
	if !ok {
		return 0, 0
	}
	wide = min(textWide-p.indent, mostPictureWide)
	high = wide * h / w
	if most := bottom - headHigh - 4; high > most {
		wide, high = wide*most/high, most
	}
	return wide, high
}

// pictureNext is how much room a picture takes that stands below a heading, with a
// short paragraph or two between them at most: they go to the next page with it.
func (p *paper) pictureNext(heading *html.Node) float64 {
	const paragraph = 14 // room for a short one
	next, between := heading.NextSibling, 0.0
	for next != nil && (next.Type != html.ElementNode || next.DataAtom == atom.P && between < 2*paragraph) {
		if next.Type == html.ElementNode {
			between += paragraph
		}
		next = next.NextSibling
	}
	if next == nil || next.DataAtom != atom.Figure && !hasClass(next, "beside") {
		return 0
	}
	for n := range next.Descendants() {
		if n.Data == "svg" && hasClass(n, "chart") {
			_, high := p.pictureSize(n)
			return between + high + 2*blockSkip
		}
	}
	return 0
}

func viewBox(n *html.Node) (x, y, w, h float64, ok bool) {
	text, _ := attribute(n, "viewbox")
	if text == "" {
		text, _ = attribute(n, "viewBox")
	}
	v := figuresIn(text)
	if len(v) != 4 || v[2] <= 0 || v[3] <= 0 {
		return 0, 0, 0, 0, false
	}
	return v[0], v[1], v[2], v[3], true
}

// drawing turns the units of a picture into millimetres on the page.
type drawing struct {
	p         *paper
	left, top float64
	x0, y0    float64
	scale     float64
	small     bool    // a mark in a line: a filled shape with a white letter
	size      float64 // of letters where none is said
}

func (p *paper) drawSVG(n *html.Node, left, top, high float64) {
	x, y, _, h, ok := viewBox(n)
	if !ok {
		return
	}
	d := &drawing{p: p, left: left, top: top, x0: x, y0: y, scale: high / h, small: hasClass(n, "mark"), size: 14}
	d.children(n)
	p.pdf.SetAlpha(1, "Normal")
	p.pdf.SetDrawColor(0, 0, 0)
	p.pdf.SetTextColor(0, 0, 0)
	p.pdf.SetDashPattern([]float64{}, 0)
}

func (d *drawing) at(x, y float64) (float64, float64) {
	return d.left + (x-d.x0)*d.scale, d.top + (y-d.y0)*d.scale
}

func (d *drawing) children(n *html.Node) {
	for c := range n.ChildNodes() {
		if c.Type != html.ElementNode {
			continue
		}
		if v, _ := attribute(c, "visibility"); v == "hidden" {
			continue
		}
		switch c.Data {
		case "g", "a":
			d.children(c)
		case "text":
			d.text(c)
		case "rect":
			x, y := d.at(figure(c, "x"), figure(c, "y"))
			if how := d.style(c); how != "" {
				d.p.pdf.Rect(x, y, figure(c, "width")*d.scale, figure(c, "height")*d.scale, how)
			}
		case "circle":
			x, y := d.at(figure(c, "cx"), figure(c, "cy"))
			if how := d.style(c); how != "" {
				d.p.pdf.Circle(x, y, figure(c, "r")*d.scale, how)
			}
		case "line":
			x1, y1 := d.at(figure(c, "x1"), figure(c, "y1"))
			x2, y2 := d.at(figure(c, "x2"), figure(c, "y2"))
			d.style(c)
			d.p.pdf.Line(x1, y1, x2, y2)
		case "path":
			d.moved(c).path(c)
		}
	}
}

// moved is the drawing for a shape that stands elsewhere and may be smaller:
// translate(x y), then scale(n).
func (d *drawing) moved(n *html.Node) *drawing {
	text, ok := attribute(n, "transform")
	v := figuresIn(strings.NewReplacer("(", " ", ")", " ").Replace(text))
	if !ok || len(v) < 2 {
		return d
	}
	to := *d
	to.left, to.top = d.at(v[0], v[1])
	to.x0, to.y0 = 0, 0
	if len(v) > 2 {
		to.scale *= v[2]
	}
	return &to
}

func figure(n *html.Node, key string) float64 {
	text, _ := attribute(n, key)
	v, _ := strconv.ParseFloat(strings.TrimSuffix(text, "px"), 64)
	return v
}

// style sets the pen for a shape and says whether it is filled, drawn or both.
// Shapes of the site are black or grey; no colour carries meaning.
func (d *drawing) style(n *html.Node) string {
	fill, _ := attribute(n, "fill")
	stroke, stroked := attribute(n, "stroke")
	opacity := 1.0
	for _, key := range []string{"fill-opacity", "stroke-opacity"} {
		if text, ok := attribute(n, key); ok {
			if v, err := strconv.ParseFloat(text, 64); err == nil {
				opacity = v
			}
		}
	}
	d.p.pdf.SetAlpha(opacity, "Normal")
	wide := 1.0
	if v := figure(n, "stroke-width"); v > 0 {
		wide = v
	}
	d.p.pdf.SetLineWidth(wide * d.scale)
	if dashes, ok := attribute(n, "stroke-dasharray"); ok {
		var list []float64
		for _, v := range figuresIn(dashes) {
			list = append(list, v*d.scale)
		}
		d.p.pdf.SetDashPattern(list, 0)
	} else {
		d.p.pdf.SetDashPattern([]float64{}, 0)
	}
	d.p.pdf.SetDrawColor(20, 20, 20)
	d.p.pdf.SetFillColor(20, 20, 20)
	switch {
	case strings.HasPrefix(fill, "url("):
		d.p.pdf.SetFillColor(150, 150, 150)
	case fill == "Canvas":
		d.p.pdf.SetFillColor(255, 255, 255)
	}
	switch {
	case strings.HasPrefix(stroke, "url("):
		d.p.pdf.SetDrawColor(150, 150, 150)
	case stroke == "Canvas":
		d.p.pdf.SetDrawColor(255, 255, 255)
	}
	how := ""
	if fill != "none" {
		how = "F"
	}
	if stroked && stroke != "none" && !d.small {
		how += "D"
	}
	return how
}

func (d *drawing) text(n *html.Node) {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	text := d.p.legible(b.String())
	size := d.size
	if v := figure(n, "font-size"); v > 0 {
		size = v
	}
	style := plainStyle
	if weight, _ := attribute(n, "font-weight"); weight == "600" || weight == "700" || weight == "bold" || d.small {
		style = boldStyle
	}
	d.p.pdf.SetAlpha(1, "Normal")
	d.p.pdf.SetTextColor(0, 0, 0)
	if d.small {
		d.p.pdf.SetTextColor(255, 255, 255)
	}
	d.p.pdf.SetFont(family, style, size*0.93*d.scale*millimetre)
	x, y := d.at(figure(n, "x"), figure(n, "y"))
	switch anchor, _ := attribute(n, "text-anchor"); anchor {
	case "middle":
		x -= d.p.pdf.GetStringWidth(text) / 2
	case "end":
		x -= d.p.pdf.GetStringWidth(text)
	}
	d.p.pdf.Text(x, y, text)
	d.p.pdf.SetTextColor(0, 0, 0)
}

func figuresIn(text string) []float64 {
	var out []float64
	for _, word := range pathWords(text) {
		if v, err := strconv.ParseFloat(word, 64); err == nil {
			out = append(out, v)
		}
	}
	return out
}

// pathWords parts a path into its commands and numbers.
func pathWords(text string) []string {
	var out []string
	word := ""
	end := func() {
		if word != "" {
			out = append(out, word)
		}
		word = ""
	}
	for _, c := range text {
		switch {
		case c == ' ' || c == ',' || c == '\n' || c == '\t':
			end()
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
			end()
			out = append(out, string(c))
		case c == '-' || c == '+' || c == '.' && strings.Contains(word, "."):
			end()
			word = string(c)
		default:
			word += string(c)
		}
	}
	end()
	return out
}

// path draws lines and arcs: the commands that our pictures use.
func (d *drawing) path(n *html.Node) {
	how := d.style(n)
	if how == "" {
		return
	}
	text, _ := attribute(n, "d")
	words := pathWords(text)
	var x, y, startX, startY float64
	command := ""
	next := func() float64 {
		if len(words) == 0 {
			return 0
		}
		v, _ := strconv.ParseFloat(words[0], 64)
		words = words[1:]
		return v
	}
	pdf := d.p.pdf
	to := func(draw bool) {
		px, py := d.at(x, y)
		if draw {
			pdf.LineTo(px, py)
		} else {
			pdf.MoveTo(px, py)
			startX, startY = x, y
		}
	}
	for len(words) > 0 {
		if w := words[0]; len(w) == 1 && (w[0] >= 'a' && w[0] <= 'z' || w[0] >= 'A' && w[0] <= 'Z') {
			command, words = w, words[1:]
		}
		switch command {
		case "M", "m", "L", "l":
			dx, dy := next(), next()
			if command == "m" || command == "l" {
				dx, dy = dx+x, dy+y
			}
			x, y = dx, dy
			to(command == "L" || command == "l")
			command = map[string]string{"M": "L", "m": "l", "L": "L", "l": "l"}[command]
		case "H":
			x = next()
			to(true)
		case "h":
			x += next()
			to(true)
		case "V":
			y = next()
			to(true)
		case "v":
			y += next()
			to(true)
		case "a":
			r, _, _, large, sweep := next(), next(), next(), next(), next()
			ex, ey := x+next(), y+next()
			d.arc(x, y, ex, ey, r, large != 0, sweep != 0)
			x, y = ex, ey
		case "Z", "z":
			pdf.ClosePath()
			x, y = startX, startY
		default:
			words = nil
		}
	}
	pdf.DrawPath(how)
}

// arc draws a part of a circle in short lines.
func (d *drawing) arc(x1, y1, x2, y2, r float64, large, sweep bool) {
	dx, dy := (x2-x1)/2, (y2-y1)/2
	half := math.Hypot(dx, dy)
	if half == 0 || r == 0 {
		return
	}
	r = max(r, half)
	off := math.Sqrt(max(r*r-half*half, 0)) / half
	if large == sweep {
		off = -off
	}
	cx, cy := x1+dx-off*dy, y1+dy+off*dx
	from, to := math.Atan2(y1-cy, x1-cx), math.Atan2(y2-cy, x2-cx)
	if sweep && to <= from {
		to += 2 * math.Pi
	} else if !sweep && to >= from {
		to -= 2 * math.Pi
	}
	const steps = 24
	for k := 1; k <= steps; k++ {
		a := from + (to-from)*float64(k)/steps
		px, py := d.at(cx+r*math.Cos(a), cy+r*math.Sin(a))
		d.p.pdf.LineTo(px, py)
	}
}
