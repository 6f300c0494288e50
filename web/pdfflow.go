package web

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Sizes of text in points.
const (
	textSize  = 9.5
	noteSize  = 8.5
	mostLeft  = 40.0 // how far lists in lists go in
	listLeft  = 4.5
	blockSkip = 1.8
)

var blockAtoms = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Body: true, atom.Caption: true, atom.Dd: true, atom.Details: true, atom.Div: true,
	atom.Dl: true, atom.Dt: true, atom.Figcaption: true, atom.Figure: true, atom.Footer: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true,
	atom.H6: true, atom.Header: true, atom.Hr: true, atom.Li: true, atom.Main: true, atom.Ol: true, atom.P: true, atom.Pre: true, atom.Section: true, atom.Summary: true,
	atom.Table: true, atom.Ul: true,
}

func isBlock(n *html.Node) bool {
	return n.Type == html.ElementNode && (blockAtoms[n.DataAtom] || n.Data == "svg" && hasClass(n, "chart"))
}

// blocks writes what is below a node; words between blocks make paragraphs.
func (p *paper) blocks(n *html.Node) {
	var loose []run
	flush := func() {
		if len(loose) > 0 {
			p.skip(0.6)
			p.paragraph(loose, textSize)
			loose = nil
		}
	}
	for c := range n.ChildNodes() {
		switch {
		case c.Type == html.ElementNode && onScreenOnly(c):
		case isBlock(c) || containsBlock(c):
			flush()
			p.block(c)
		default:
			loose = append(loose, p.runsOf(c, plainStyle, family)...)
		}
	}
	flush()
}

func containsBlock(n *html.Node) bool {
	for c := range n.ChildNodes() {
		if isBlock(c) && !onScreenOnly(c) || containsBlock(c) {
			return true
		}
	}
	return false
}

// skip asks for some room before what comes next, not more than was asked before.
func (p *paper) skip(gap float64) {
	if !p.tight {
		p.gap = max(p.gap, gap)
	}
}

// headings are the size, the room before and the level among the bookmarks.
var headings = map[atom.Atom]struct {
	size, before float64
	level        int
}{
	atom.H1: {17, 4, 0}, atom.H2: {13.5, 6, 0}, atom.H3: {11, 4, 1}, atom.H4: {10, 3, 2}, atom.H5: {9.5, 2, 2}, atom.H6: {9.5, 2, 2},
}

func (p *paper) block(n *html.Node) {
	if h, ok := headings[n.DataAtom]; ok {
		p.heading(n, h.size, h.before, h.level)
		return
	}
	switch n.DataAtom {
	case atom.P, atom.Summary, atom.Caption, atom.Figcaption:
		p.prose(n)
	case atom.Dt:
		p.skip(blockSkip)
		p.paragraph(p.runs(n, boldStyle, family), textSize)
	case atom.Dd:
		p.inward(listLeft, func() { p.skip(0.4); p.blocks(n) })
	case atom.Li:
		p.item(n)
	case atom.Pre:
		p.skip(blockSkip)
		p.pre(n)
	case atom.Hr:
	case atom.Table:
		p.table(n)
	default:
		if n.Data == "svg" {
			p.picture(n)
			return
		}
		p.skip(blockSkip)
		p.blocks(n)
		p.skip(blockSkip)
	}
}

// prose writes a paragraph; notes are smaller, and what opens a part is bold.
func (p *paper) prose(n *html.Node) {
	size, style := textSize, plainStyle
	switch {
	case n.DataAtom == atom.Summary || n.DataAtom == atom.Caption:
		style = boldStyle
		p.need(14)
		if n.DataAtom == atom.Caption {
			p.need(30) // its head and first lines stand on the same page
		}
	case hasClass(n, "note", "provenance", "colophon", "by", "missing"):
		size = noteSize
	}
	p.skip(blockSkip)
	p.paragraph(p.runs(n, style, family), size)
	p.skip(blockSkip)
}

// heading keeps some of what follows on its page, and has a bookmark.
func (p *paper) heading(n *html.Node, size, before float64, level int) {
	runs := p.runs(n, boldStyle, family)
	if p.y > headHigh {
		p.skip(before)
	}
	keep := max(22, p.pictureNext(n))
	if hasClass(n, "annex") {
		keep = bottom - headHigh - p.gap - lineHigh(size) // a page of its own
	}
	p.need(p.gap + lineHigh(size) + keep)
	if p.y <= headHigh {
		p.gap = 0
	}
	var text strings.Builder
	for _, r := range runs {
		text.WriteString(r.text)
	}
	p.pdf.Bookmark(strings.Join(strings.Fields(text.String()), " "), level, p.y+p.gap)
	p.paragraph(runs, size)
	p.skip(blockSkip)
}

func (p *paper) inward(by float64, do func()) {
	before := p.indent
	p.indent = min(p.indent+by, mostLeft)
	do()
	p.indent = before
}

// item writes an entry of a list with a dash before it.
func (p *paper) item(n *html.Node) {
	p.skip(0.8)
	p.need(p.gap + lineHigh(textSize))
	page, y := p.pdf.PageNo(), p.y
	p.inward(listLeft, func() {
		x := pageMargin + p.indent - listLeft + 0.6
		if hasClass(n, "card") {
			p.skip(blockSkip)
		} else {
			p.y += p.gap
			p.gap = 0
			p.pdf.SetFont(family, plainStyle, textSize)
			p.pdf.Text(x, p.y+textSize*1.05/millimetre, "–")
			page, y, p.tight = p.pdf.PageNo(), p.y, true
		}
		p.blocks(n)
		p.tight = false
	})
	if p.pdf.PageNo() == page && p.y == y && !hasClass(n, "card") {
		p.y += lineHigh(textSize) // an entry without words
	}
}

// pre writes lines as they stand.
func (p *paper) pre(n *html.Node) {
	var text strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			text.WriteString(c.Data)
		}
	}
	for line := range strings.Lines(strings.Trim(text.String(), "\n")) {
		p.paragraph([]run{{text: p.legible(strings.TrimRight(line, "\n")), family: monoFamily}}, noteSize)
	}
	p.skip(blockSkip)
}
