package chart

import "html/template"

// Bars compares a few shares of one whole, each a bar on a track of full length.
type Bars struct {
	Caption
	Rows []Bar
}

// Bar is a share, Num of Den, with its words. Den 0 means that it is not known:
// the track stays empty and the words say so.
type Bar struct {
	Label    string
	Num, Den int64
	Words    string // the share in words, drawn beside the bar
}

const (
	trackRight  = 290
	trackHeight = 12
)

// HTML is the picture as a part of a page.
func (b Bars) HTML() template.HTML {
	p := &pen{ids: b.ID}
	b.draw(p)
	p.notes(b.Caption)
	return p.inline(b.Caption)
}

// File is the picture as a document of its own.
func (b Bars) File() []byte {
	p := &pen{ids: b.ID, plain: true}
	b.draw(p)
	p.notes(b.Caption)
	return p.file(b.Caption)
}

func (b Bars) draw(p *pen) {
	p.y += 4
	p.lines("title", b.Title, large, `font-weight="600"`)
	for _, r := range b.Rows {
		p.y += 6
		p.lines("label", r.Label, usual, "")
		p.y += 7
		full := units(trackRight - margin)
		p.add(`<rect class="chart-track" x="%d" y="%d" width="%v" height="%d" fill="none" stroke="currentColor" stroke-opacity="0.5"/>`,
			margin, p.y, full, trackHeight)
		if r.Den > 0 && r.Num > 0 {
			p.add(`<rect class="chart-bar" x="%d" y="%d" width="%v" height="%d" fill-opacity="0.75"/>`,
				margin, p.y, place(r.Num, 0, r.Den, 0, full), trackHeight)
		}
		for i, l := range wrap(r.Words, 14) {
			if i > 0 {
				p.y += lineHeight
			}
			p.text("share", units(trackRight+10), units(p.y+11), l, "")
		}
		p.y += trackHeight
	}
}
