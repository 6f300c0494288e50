package main

import (
	"slices"
	"strings"
)

// sheet collects text for people: headings, wrapped sentences and tables, none
// of whose lines is wider than lineWidth.
type sheet struct{ b strings.Builder }

func (s *sheet) String() string { return s.b.String() }

func (s *sheet) line(text string) {
	s.b.WriteString(strings.TrimRight(text, " "))
	s.b.WriteByte('\n')
}

// gap leaves one empty line, never two, and none at the top.
func (s *sheet) gap() {
	if text := s.b.String(); text != "" && !strings.HasSuffix(text, "\n\n") {
		s.b.WriteByte('\n')
	}
}

// title is the name of the whole sheet, underlined.
func (s *sheet) title(text string) { s.underlined(text, "=") }

// heading opens a part of the sheet.
func (s *sheet) heading(text string) {
	s.gap()
	s.underlined(text, "-")
}

func (s *sheet) underlined(text, with string) {
	widest := 0
	for _, l := range wrap(printable(text), lineWidth) {
		widest = max(widest, columns(l))
		s.line(l)
	}
	s.line(strings.Repeat(with, widest))
}

// say writes sentences, wrapped, each line indented.
func (s *sheet) say(indent int, text string) { s.item(indent, "", text) }

// item writes sentences after a mark, with the lines below hanging under the
// first word.
func (s *sheet) item(indent int, mark, text string) {
	first := strings.Repeat(" ", indent) + mark
	rest := strings.Repeat(" ", columns(first))
	for i, l := range wrap(printable(text), lineWidth-columns(first)) {
		if i == 0 {
			s.line(first + l)
		} else {
			s.line(rest + l)
		}
	}
}

// command writes a command to copy: where it takes several lines they are
// joined as a shell has it. No word is broken.
func (s *sheet) command(indent int, words []string) {
	line := strings.Repeat(" ", indent) + printable(words[0])
	for _, w := range words[1:] {
		if columns(line)+1+columns(w)+2 > lineWidth {
			s.line(line + " \\")
			line = strings.Repeat(" ", indent+4) + w
			continue
		}
		line += " " + w
	}
	s.line(line)
}

// grid is a table of words.
type grid struct {
	indent int
	head   []string
	rows   [][]string
	right  []int // columns of numbers, which stand to the right
	spaced bool  // an empty line between rows
}

const gutter = 2

// table writes a grid with its columns aligned; where the words are too many for the
// line, the widest columns are wrapped.
func (s *sheet) table(g grid) {
	if len(g.rows) == 0 {
		return
	}
	widths := g.widths(lineWidth - g.indent)
	s.row(g, widths, g.head)
	rule := make([]string, len(widths))
	for i, w := range widths {
		rule[i] = strings.Repeat("-", w)
	}
	s.row(g, widths, rule)
	for i, row := range g.rows {
		if g.spaced && i > 0 {
			s.gap()
		}
		s.row(g, widths, row)
	}
}

// cellLines breaks a cell into its lines; a line break in the cell stays.
func cellLines(cell string, width int) []string {
	var lines []string
	for _, part := range strings.Split(cell, "\n") {
		lines = append(lines, wrap(printable(part), width)...)
	}
	return lines
}

// row writes one row, on as many lines as its longest cell needs.
func (s *sheet) row(g grid, widths []int, cells []string) {
	wrapped := make([][]string, len(cells))
	height := 1
	for i, c := range cells {
		wrapped[i] = cellLines(c, widths[i])
		height = max(height, len(wrapped[i]))
	}
	for h := range height {
		line := strings.Repeat(" ", g.indent)
		for i := range cells {
			cell := ""
			if h < len(wrapped[i]) {
				cell = wrapped[i][h]
			}
			if slices.Contains(g.right, i) {
				cell = strings.Repeat(" ", widths[i]-columns(cell)) + cell
			}
			line += pad(cell, widths[i]) + strings.Repeat(" ", gutter)
		}
		s.line(line)
	}
}

// widths gives each column what it needs, and takes from the widest ones, first
// down to their longest word and then below, until the row fits the limit.
func (g grid) widths(limit int) []int {
	need := make([]int, len(g.head))
	word := make([]int, len(g.head))
	for _, row := range append([][]string{g.head}, g.rows...) {
		for i, c := range row {
			word[i] = max(word[i], longestWord(c), 1)
			for _, part := range strings.Split(c, "\n") {
				need[i] = max(need[i], columns(part), 1)
			}
		}
	}
	free := limit - gutter*(len(need)-1)
	for sum(need) > free {
		widest := -1
		for i := range need {
			if need[i] > word[i] && (widest < 0 || need[i] > need[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			widest = slices.Index(need, slices.Max(need))
		}
		if need[widest] <= 2 {
			break
		}
		need[widest]--
	}
	return need
}

func sum(ns []int) int {
	t := 0
	for _, n := range ns {
		t += n
	}
	return t
}
