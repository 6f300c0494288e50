package web

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// cell is a cell of a table as it will stand.
type cell struct {
	runs   []run
	column int
	span   int
	right  bool // figures stand at the right
	shaded bool
	rows   []inkLine
}

const (
	cellSide = 1.2 // room left and right of the words
	cellTop  = 0.9
)

// table writes a table. It never runs over the margin: where the longest words
// do not fit, the letters become smaller, and then words are cut. The head
// stands again on each page.
func (p *paper) table(n *html.Node) {
	var head, body [][]cell
	columns := 0
	for c := range n.Descendants() {
		switch c.DataAtom {
		case atom.Caption:
			if !onScreenOnly(c) {
				p.prose(c)
			}
		case atom.Tr:
			if onScreenOnly(c) {
				continue
			}
			line := p.cellsOf(c)
			if len(line) > 0 {
				last := line[len(line)-1]
				columns = max(columns, last.column+last.span)
			}
			if c.Parent.DataAtom == atom.Thead {
				head = append(head, line)
			} else {
				body = append(body, line)
			}
		}
	}
	if columns == 0 {
		return
	}
	width := textWide - p.indent
	size, widths := p.columns(append(append([][]cell{}, head...), body...), columns, width)
	for _, line := range append(append([][]cell{}, head...), body...) {
		for k := range line {
			line[k].rows = p.layout(line[k].runs, line[k].wide(widths)-2*cellSide, size)
		}
	}
	p.skip(blockSkip)
	p.y += p.gap
	p.gap = 0
	p.need(p.high(head, size) + 10)
	p.lines(head, widths, size)
	for _, line := range body {
		p.bodyLine(line, head, widths, size)
	}
	p.skip(2 * blockSkip)
}

func (p *paper) cellsOf(tr *html.Node) []cell {
	var out []cell
	at := 0
	for c := range tr.ChildNodes() {
		if c.DataAtom != atom.Td && c.DataAtom != atom.Th {
			continue
		}
		one := cell{column: at, span: 1, right: hasClass(c, "number"), shaded: tr.Parent.DataAtom == atom.Thead}
		if text, ok := attribute(c, "colspan"); ok {
			if v, err := strconv.Atoi(text); err == nil && v > 0 && v < 100 {
				one.span = v
			}
		}
		style := plainStyle
		if c.DataAtom == atom.Th {
			style = boldStyle
		}
		one.runs = p.runs(c, style, family)
		at += one.span
		out = append(out, one)
	}
	return out
}

func (c cell) wide(widths []float64) float64 {
	sum := 0.0
	for _, w := range widths[c.column : c.column+c.span] {
		sum += w
	}
	return sum
}

// columns finds the size of the letters and the widths of the columns: each has
// room for its longest word, and the rest goes to those with more to say.
func (p *paper) columns(lines [][]cell, n int, width float64) (size float64, widths []float64) {
	for _, size = range []float64{noteSize, 7.5, 6.5, 5.5} {
		least, most := make([]float64, n), make([]float64, n)
		for _, line := range lines {
			for _, c := range line {
				if c.span > 1 {
					continue
				}
				longest, whole := p.measure(c.runs, size)
				least[c.column] = max(least[c.column], longest+2*cellSide+0.2)
				most[c.column] = max(most[c.column], whole+2*cellSide+0.2)
			}
		}
		sumLeast, sumMost := 0.0, 0.0
		for k := range n {
			least[k] = max(least[k], 3)
			most[k] = max(most[k], least[k])
			sumLeast += least[k]
			sumMost += most[k]
		}
		switch {
		case sumMost <= width:
			return size, most
		case sumLeast <= width:
			for k := range n {
				least[k] += (width - sumLeast) * (most[k] - least[k]) / (sumMost - sumLeast)
			}
			return size, least
		}
		widths = least
		for k := range n {
			widths[k] *= width / sumLeast
		}
	}
	return size, widths
}

// measure is the width of the longest word and of all words on one line.
func (p *paper) measure(runs []run, size float64) (longest, whole float64) {
	line := 0.0
	for _, r := range p.layout(runs, 1e6, size) {
		line = max(line, p.end(r, size))
	}
	for _, r := range runs {
		if r.mark != nil {
			longest = max(longest, size*1.25/millimetre)
			continue
		}
		p.font(r, size)
		for _, word := range strings.Fields(r.text) {
			longest = max(longest, p.pdf.GetStringWidth(word))
		}
	}
	return longest, line
}

// high is how high lines stand that are not parted.
func (p *paper) high(lines [][]cell, size float64) float64 {
	sum := 0.0
	for _, line := range lines {
		sum += float64(deepest(line))*lineHigh(size) + 2*cellTop
	}
	return sum
}

func deepest(line []cell) int {
	most := 1
	for _, c := range line {
		most = max(most, len(c.rows))
	}
	return most
}

func (p *paper) lines(list [][]cell, widths []float64, size float64) {
	for _, line := range list {
		p.slice(line, 0, deepest(line), widths, size)
	}
}

// bodyLine writes a line of the body, on a new page where it does not fit, and
// in parts where no page is long enough.
func (p *paper) bodyLine(line []cell, head [][]cell, widths []float64, size float64) {
	all := deepest(line)
	for from := 0; from < all; {
		room := int((bottom - p.y - 2*cellTop) / lineHigh(size))
		fresh := p.y <= headHigh+p.high(head, size)+0.1
		if room < all-from && !fresh || room < 1 {
			p.pdf.AddPage()
			p.lines(head, widths, size)
			continue
		}
		to := min(all, from+max(room, 1))
		p.slice(line, from, to, widths, size)
		from = to
	}
}

// slice writes some rows of every cell of a line.
func (p *paper) slice(line []cell, from, to int, widths []float64, size float64) {
	high := float64(to-from)*lineHigh(size) + 2*cellTop
	left := pageMargin + p.indent
	total := 0.0
	for _, w := range widths {
		total += w
	}
	for _, c := range line {
		x := left
		for _, w := range widths[:c.column] {
			x += w
		}
		wide := c.wide(widths)
		if c.shaded {
			p.pdf.SetFillColor(238, 238, 238)
			p.pdf.Rect(x, p.y, wide, high, "F")
		}
		for k := from; k < min(to, len(c.rows)); k++ {
			shift := 0.0
			if c.right {
				shift = max(wide-2*cellSide-p.end(c.rows[k], size), 0)
			}
			p.drawRow(c.rows[k], x+cellSide+shift, p.y+cellTop+float64(k-from)*lineHigh(size)+size*1.05/millimetre, size)
		}
	}
	p.y += high
	p.pdf.SetDrawColor(190, 190, 190)
	p.pdf.SetLineWidth(0.15)
	p.pdf.Line(left, p.y, left+total, p.y)
}

// end is where a inkLine of words ends.
func (p *paper) end(r inkLine, size float64) float64 {
	if len(r) == 0 {
		return 0
	}
	last := r[len(r)-1]
	if last.mark != nil {
		return last.x + size*1.25/millimetre
	}
	p.font(last.run, size)
	return last.x + p.pdf.GetStringWidth(last.text)
}
