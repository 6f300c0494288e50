package chart

import (
	"fmt"
	"html/template"
	"unicode/utf8"
)

// Stairs shows where each side stands after every step of a way, one track below
// the other: the sides' heights are not to be compared, so each track has its own.
type Stairs struct {
	Caption
	Tracks []Track
	Start  string // names the level from which all is counted
	Axis   string // names the numbers under the tracks
}

// Track is one side's way, under the mark by which the side is known. Values are
// the start and what follows each step, with as many Words, drawn at the values
// where there is room.
type Track struct {
	Name   string
	Letter string
	Shape  string // a path in a box of 24 by 24
	Base   int    // where the letter stands in that box
	Values []int64
	Words  []string
}

// The tracks inside the picture.
const (
	stairsLeft   = 28
	stairsRight  = width - 24
	stairsHeight = 70
	labelWidth   = 8 // of a character of a label
)

// HTML is the picture as a part of a page.
func (s Stairs) HTML() template.HTML {
	p := &pen{ids: s.ID}
	s.draw(p)
	p.notes(s.Caption)
	return p.inline(s.Caption)
}

// File is the picture as a document of its own.
func (s Stairs) File() []byte {
	p := &pen{ids: s.ID, plain: true}
	s.draw(p)
	p.notes(s.Caption)
	return p.file(s.Caption)
}

func (s Stairs) draw(p *pen) {
	p.y += 4
	p.lines("title", s.Title, large, `font-weight="600"`)
	for _, t := range s.Tracks {
		p.y += 10
		t.mark(p)
		p.text("label", units(margin+28), units(p.y+lineHeight), t.Name, `font-weight="600"`)
		p.y += lineHeight + 28
		t.draw(p)
		p.y += stairsHeight
	}
	p.y += 8
	p.lines("note", s.Axis, small, "")
	p.y += 4
	p.add(`<path class="chart-grid" d="M%d %dh26" fill="none" stroke="currentColor" stroke-dasharray="2 4"/>`, margin, p.y+lineHeight-5)
	p.y += lineHeight
	p.text("legend", units(margin+34), units(p.y), s.Start, fmt.Sprintf(`font-size="%d"`, small))
}

// mark draws the mark of the side before its name.
func (t Track) mark(p *pen) {
	if t.Shape == "" {
		return
	}
	x, y := units(margin), units(p.y+1)
	p.add(`<path class="chart-side" d="%s" transform="translate(%v %v) scale(0.9)" fill="none" stroke="currentColor" stroke-width="1.5"/>`, escape(t.Shape), x, y)
	p.text("letter", x+108, y+tenth(9*t.Base), t.Letter, `font-size="12" font-weight="600" text-anchor="middle"`)
}

// draw puts a track with its top where the pen stands.
func (t Track) draw(p *pen) {
	if len(t.Values) == 0 {
		return
	}
	low, high := t.Values[0], t.Values[0]
	for _, v := range t.Values {
		low, high = min(low, v), max(high, v)
	}
	top, bottom := units(p.y), units(p.y+stairsHeight-24)
	last := int64(max(1, len(t.Values)-1))
	at := func(k int) tenth { return place(int64(k), 0, last, units(stairsLeft), units(stairsRight)) }
	height := func(v int64) tenth { return place(v, low, high, bottom, top) }
	p.add(`<path class="chart-grid" d="M%d %vH%d" fill="none" stroke="currentColor" stroke-dasharray="2 4"/>`,
		stairsLeft, height(t.Values[0]), stairsRight)
	p.add(`<path class="chart-stairs" d="M%v %v`, at(0), height(t.Values[0]))
	for k, v := range t.Values[1:] {
		p.add(`H%vV%v`, at(k+1), height(v))
	}
	p.add(`" fill="none" stroke="currentColor" stroke-width="2"/>`)
	free := units(0) // where the last label ended
	for k, v := range t.Values {
		x, y := at(k), height(v)
		if t.Shape != "" {
			p.add(`<path class="chart-step" d="%s" transform="translate(%v %v) scale(0.5)"/>`, escape(t.Shape), x-60, y-60)
		}
		words := ""
		if k < len(t.Words) {
			words = t.Words[k]
		}
		half := units(labelWidth * utf8.RuneCountInString(words) / 2)
		if words != "" && x-half >= free && x+half <= units(width) {
			p.text("value", x, y-110, words, fmt.Sprintf(`font-size="%d" text-anchor="middle"`, small))
			free = x + half
		}
		p.text("tick", x, bottom+220, fmt.Sprint(k), fmt.Sprintf(`font-size="%d" text-anchor="middle"`, small))
	}
}
