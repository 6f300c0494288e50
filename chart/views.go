package chart

import (
	"html/template"
	"strconv"
)

// Views shows what some people expected others to say, and what those said, on a
// scale from none to all: one line for each matter.
type Views struct {
	Caption
	Most int // the whole scale: "of ten" is 10
	Rows []View
	Keys [3]string // what the ring, the diamond and the line mean
}

// View is one matter, in hundredths of the scale's steps. Low and High are where
// the ring might stand as well.
type View struct {
	Label          string
	Expected, Said int
	Low, High      int
	Words          string
}

// HTML is the picture as a part of a page.
func (v Views) HTML() template.HTML {
	p := &pen{ids: v.ID}
	p.y += 4
	p.lines("title", v.Title, large, `font-weight="600"`)
	for _, r := range v.Rows {
		p.y += 10
		p.lines("label", r.Label, usual, "")
		v.row(p, r)
		p.lines("words", r.Words, small, `fill-opacity="0.8"`)
	}
	v.legend(p)
	p.notes(v.Caption)
	return p.inline(v.Caption)
}

// at is where a value stands; what lies beyond the scale stands at its end.
func (v Views) at(n int) tenth {
	return place(int64(min(max(n, 0), v.Most*100)), 0, int64(v.Most)*100, units(margin+14), units(width-margin-14))
}

func (v Views) row(p *pen, r View) {
	y := p.y + 16
	p.add(`<path class="chart-scale" d="M%v %dH%v" fill="none" stroke="currentColor" stroke-opacity="0.35"/>`, v.at(0), y, v.at(v.Most*100))
	for step := range v.Most + 1 {
		p.add(`<path class="chart-grid" d="M%v %dv6" fill="none" stroke="currentColor" stroke-opacity="0.35"/>`, v.at(step*100), y-3)
	}
	for _, end := range []int{0, v.Most} {
		p.text("tick", v.at(end*100), units(y+19), strconv.Itoa(end), `font-size="13" text-anchor="middle"`)
	}
	p.whisker(v.at(r.Low), v.at(r.High), y)
	p.shape(Ring, v.at(r.Expected), units(y))
	p.shape(Diamond, v.at(r.Said), units(y))
	p.y = y + 20
}

func (v Views) legend(p *pen) {
	p.y += 6
	for i, words := range v.Keys {
		for k, l := range wrap(words, lineFill/small-6) {
			p.y += lineHeight
			switch {
			case k > 0:
			case i == 0:
				p.shape(Ring, units(margin+12), units(p.y-5))
			case i == 1:
				p.shape(Diamond, units(margin+12), units(p.y-5))
			default:
				p.whisker(units(margin), units(margin+24), p.y-5)
			}
			p.text("legend", units(margin+34), units(p.y), l, `font-size="13"`)
		}
	}
}
