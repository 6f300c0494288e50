// Package chart draws pictures as SVG from plain numbers and words. A picture
// travels alone, so each one carries its title, a description for those who do
// not see it, the date and who wrote what it shows. Shapes tell things apart,
// never colours alone; all ink is currentColor, so that a page decides between
// light and dark; there is no style attribute, so that a strict content
// security policy holds. Coordinates are computed in integers: the same data
// give the same bytes on every machine.
package chart

import (
	"fmt"
	"html"
	"html/template"
	"math/big"
	"strings"
	"unicode/utf8"
)

// Caption is what every picture carries inside itself.
type Caption struct {
	ID    string   // begins every id in the picture; unique on its page
	Lang  string   // language of the words
	Title string   // one line, drawn at the top
	Desc  string   // what the picture shows, for those who do not see it
	Notes []string // date and authorship, drawn at the foot
}

// Sizes in units of the view box; every picture is as wide as the next.
const (
	width      = 400
	margin     = 12
	lineHeight = 18
	small      = 13 // sizes of the type
	usual      = 14
	large      = 16
	lineFill   = 680 // characters that fit a line, times the size of the type
)

// pen collects the body of a picture and how far down it has come.
type pen struct {
	strings.Builder
	ids   string // begins every id; empty where none are wanted
	y     int
	plain bool // without anchors
}

func (p *pen) add(format string, args ...any) { fmt.Fprintf(p, format, args...) }

// text draws one line; attributes come after the class.
func (p *pen) text(class string, x, y tenth, words, attributes string) {
	p.add(`<text class="chart-%s" x="%v" y="%v" %s>%s</text>`, class, x, y, attributes, escape(words))
}

// lines draws words broken into lines, downwards from where the pen stands.
func (p *pen) lines(class, words string, size int, attributes string) {
	for _, l := range wrap(words, lineFill/size) {
		p.y += lineHeight
		p.text(class, units(margin), units(p.y), l, fmt.Sprintf(`font-size="%d" %s`, size, attributes))
	}
}

// inline closes the picture as a part of a page.
func (p *pen) inline(c Caption) template.HTML {
	return template.HTML(p.frame(c, `class="chart"`, ""))
}

// file closes the picture as a document of its own: dark ink on white paper.
func (p *pen) file(c Caption) []byte {
	paper := fmt.Sprintf(`<rect width="%d" height="%d" fill="#ffffff"/>`, width, p.y+margin)
	return []byte(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
		p.frame(c, fmt.Sprintf(`width="%d" height="%d" color="#1a1a1a"`, 2*width, 2*(p.y+margin)), paper) + "\n")
}

func (p *pen) frame(c Caption, attributes, paper string) string {
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" lang="%s" aria-labelledby="%s-title %s-desc" `+
		`font-family="system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif" font-size="%d" fill="currentColor" %s>`+
		`<title id="%s-title">%s</title><desc id="%s-desc">%s</desc>%s%s</svg>`,
		width, p.y+margin, escape(c.Lang), c.ID, c.ID, usual, attributes, c.ID, escape(c.Title), c.ID, escape(c.Desc), paper, p.String())
}

// notes draws the foot.
func (p *pen) notes(c Caption) {
	p.y += 6
	for _, n := range c.Notes {
		p.lines("note", n, small, `fill-opacity="0.8"`)
	}
}

// tenth is a coordinate in tenths of a unit, printed with one decimal.
type tenth int64

func units(n int) tenth { return tenth(n) * 10 }

func (t tenth) String() string {
	sign, v := "", t
	if v < 0 {
		sign, v = "-", -v
	}
	if v%10 == 0 {
		return fmt.Sprintf("%s%d", sign, v/10)
	}
	return fmt.Sprintf("%s%d.%d", sign, v/10, v%10)
}

// place maps v from the range low to high onto from to to, rounded to a tenth.
func place(v, low, high int64, from, to tenth) tenth {
	if high == low {
		return (from + to) / 2
	}
	n := new(big.Int).Sub(big.NewInt(v), big.NewInt(low))
	n.Mul(n, big.NewInt(int64(to-from)))
	d := new(big.Int).Sub(big.NewInt(high), big.NewInt(low))
	n.Lsh(n, 1).Add(n, d).Div(n, d.Lsh(d, 1)) // floor(x + 1/2)
	return from + tenth(n.Int64())
}

// wrap breaks words into lines of at most limit characters; a longer word has
// a line for itself.
func wrap(words string, limit int) []string {
	var out []string
	line := ""
	for _, w := range strings.Fields(words) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(w) > limit {
			out = append(out, line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += w
	}
	if line != "" {
		out = append(out, line)
	}
	return out
}

// escape makes words safe inside XML; characters that XML cannot hold go.
func escape(s string) string {
	s = strings.Map(func(r rune) rune {
		if (r < ' ' && r != '\t' && r != '\n') || r == 0xFFFE || r == 0xFFFF || r == utf8.RuneError {
			return -1
		}
		return r
	}, s)
	return html.EscapeString(s)
}
