package web

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// run is a stretch of a line in one hand, or a small picture in it.
type run struct {
	text   string
	style  string
	family string
	mark   *html.Node // a picture as high as the line
}

// inked is a run where it stands in a line.
type inked struct {
	run
	x float64
}

// inkLine is a line of pieces.
type inkLine []inked

const lineFactor = 1.38

// markSkip is the room between words and the mark of the next side.
const markSkip = 2.5

func lineHigh(size float64) float64 { return size * lineFactor / millimetre }

// runs collects the words below a node, in their hands.
func (p *paper) runs(n *html.Node, style, fam string) []run {
	var out []run
	var before *html.Node
	for c := range n.ChildNodes() {
		if before != nil && before.Type == html.ElementNode && c.Type == html.ElementNode {
			out = append(out, run{text: " ", style: style, family: fam}) // a screen keeps them apart by style
		}
		out = append(out, p.runsOf(c, style, fam)...)
		before = c
	}
	return out
}

func (p *paper) runsOf(c *html.Node, style, fam string) []run {
	switch {
	case c.Type == html.TextNode:
		return []run{{text: p.legible(c.Data), style: style, family: fam}}
	case c.Type != html.ElementNode || onScreenOnly(c):
		return nil
	case c.Data == "svg":
		return []run{{mark: c}}
	case c.DataAtom == atom.Br:
		return []run{{text: "\n"}}
	case c.DataAtom == atom.Strong || c.DataAtom == atom.B || c.DataAtom == atom.Th || c.DataAtom == atom.Dt || hasClass(c, "term", "kind"):
		style = boldStyle
	case c.DataAtom == atom.Em || c.DataAtom == atom.I || c.DataAtom == atom.Cite:
		style = leanStyle
	case c.DataAtom == atom.Code || c.DataAtom == atom.Samp || c.DataAtom == atom.Kbd:
		style, fam = plainStyle, monoFamily
	}
	out := p.runs(c, style, fam)
	if hasClass(c, "hold") { // a label that has a frame on a screen
		out = append(append([]run{{text: "(", style: style, family: fam}}, out...), run{text: ")", style: style, family: fam})
	}
	if hasClass(c, "side", "axis") && leadsOn(c) { // a screen puts it in a column of its own
		out = append(out, run{text: ":", style: style, family: fam}, run{text: " ", style: style, family: fam})
	}
	if isBlock(c) { // a block inside a cell
		out = append(append([]run{{text: "\n"}}, out...), run{text: "\n"})
	}
	return out
}

// leadsOn reports whether words follow an element in its line: what is said of a
// side that it names.
func leadsOn(c *html.Node) bool {
	for next := c.NextSibling; next != nil; next = next.NextSibling {
		if next.Type == html.ElementNode && (onScreenOnly(next) || hasClass(next, "side", "axis") || next.Data == "svg") {
			return false
		}
		words := next.Data
		if next.Type == html.ElementNode {
			words = ""
			for d := range next.Descendants() {
				if d.Type == html.TextNode {
					words += d.Data
				}
			}
		}
		if words = strings.TrimSpace(words); words != "" {
			first, _ := utf8.DecodeRuneInString(words)
			return unicode.IsLetter(first) || first == '«' || first == '“'
		}
	}
	return false
}

func hasClass(n *html.Node, names ...string) bool {
	classes, _ := attribute(n, "class")
	for _, have := range strings.Fields(classes) {
		for _, want := range names {
			if have == want {
				return true
			}
		}
	}
	return false
}

// onScreenOnly is what stands on a screen alone, or for readers of the screen.
func onScreenOnly(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Form, atom.Nav, atom.Button, atom.Template, atom.Title, atom.Head:
		return true
	}
	return hasClass(n, "unprinted", "unseen", "patterns", "skip", "tools", "cell-label")
}

func (p *paper) font(r run, size float64) {
	if r.family == monoFamily {
		p.pdf.SetFont(monoFamily, plainStyle, size*0.94)
		return
	}
	p.pdf.SetFont(family, r.style, size)
}

// layout breaks runs into lines of a width. Words longer than a line are cut.
func (p *paper) layout(runs []run, width, size float64) []inkLine {
	var rows []inkLine
	var now inkLine
	x := 0.0
	pending := false // a space stands before the next word
	end := func() {
		if len(now) > 0 {
			rows = append(rows, now)
		}
		now, x, pending = nil, 0, false
	}
	add := func(r run, w float64) {
		if n := len(now) - 1; n >= 0 && r.mark == nil && now[n].mark == nil && now[n].style == r.style && now[n].family == r.family {
			now[n].text += r.text
		} else {
			now = append(now, inked{r, x})
		}
		x += w
	}
	for _, r := range runs {
		if r.text == "\n" && r.mark == nil {
			end()
			continue
		}
		if r.mark != nil {
			w := size * 1.25 / millimetre
			if pending && x > 0 {
				x += markSkip
			}
			if x+w > width {
				end()
			}
			add(r, w)
			pending = true
			continue
		}
		p.font(r, size)
		space := p.pdf.GetStringWidth(" ")
		for k, word := range strings.Split(r.text, " ") {
			pending = pending || k > 0
			for word != "" {
				part, rest := p.fitting(word, width)
				w := p.pdf.GetStringWidth(part)
				gap := 0.0
				if pending && x > 0 {
					gap = space
				}
				if x > 0 && x+gap+w > width {
					end()
					gap = 0
				}
				one := r
				if one.text = part; gap > 0 {
					one.text = " " + part
				}
				add(one, gap+w)
				word, pending = rest, false
			}
		}
	}
	end()
	return rows
}

// fitting is as much of a word as fits a line, and the rest.
func (p *paper) fitting(word string, width float64) (part, rest string) {
	if p.pdf.GetStringWidth(word) <= width {
		return word, ""
	}
	cut := len(word)
	for cut > 0 && p.pdf.GetStringWidth(word[:cut]) > width {
		_, n := utf8.DecodeLastRuneInString(word[:cut])
		cut -= n
	}
	if cut == 0 {
		_, cut = utf8.DecodeRuneInString(word)
	}
	return word[:cut], word[cut:]
}

// drawRow writes a line whose letters stand on y.
func (p *paper) drawRow(r inkLine, x, y, size float64) {
	for _, one := range r {
		if one.mark != nil {
			high := size * 1.1 / millimetre
			p.drawSVG(one.mark, x+one.x, y-high*0.85, high)
			continue
		}
		p.font(one.run, size)
		p.pdf.Text(x+one.x, y, one.text)
	}
}

// paragraph writes runs from the indent to the right margin.
func (p *paper) paragraph(runs []run, size float64) {
	x := pageMargin + p.indent
	for k, r := range p.layout(runs, textWide-p.indent, size) {
		if k == 0 {
			p.y += p.gap
		}
		p.gap, p.tight = 0, false
		p.need(lineHigh(size))
		p.drawRow(r, x, p.y+size*1.05/millimetre, size)
		p.y += lineHigh(size)
	}
}
