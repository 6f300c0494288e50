package chart

import "html/template"

// Answers shows how groups of people answered: for each a bar of full length, of
// which those who agree are filled, those who disagree hatched, and those who
// pass left open; and below it how far the share of those who agree may be off.
type Answers struct {
	Caption
	Rows []Answered
	Keys [4]string // what filled, hatched, open and the line below mean
}

// Answered is one group. Low and High are the ends of the interval of the share
// that agrees, in thousandths.
type Answered struct {
	Label                   string
	Agree, Disagree, Passed int
	Low, High               int
	Words                   string // drawn beside the bar
}

const hatchStep = 5

// HTML is the picture as a part of a page.
func (a Answers) HTML() template.HTML {
	p := &pen{ids: a.ID}
	p.y += 4
	p.lines("title", a.Title, large, `font-weight="600"`)
	for _, r := range a.Rows {
		p.y += 8
		p.lines("label", r.Label, usual, "")
		p.y += 7
		p.answered(r, margin, p.y, trackRight-margin, trackHeight)
		for i, l := range wrap(r.Words, 14) {
			if i > 0 {
				p.y += lineHeight
			}
			p.text("share", units(trackRight+10), units(p.y+11), l, "")
		}
		p.y += trackHeight + 8
	}
	a.legend(p)
	p.notes(a.Caption)
	return p.inline(a.Caption)
}

// legend shows each kind of filling with its words.
func (a Answers) legend(p *pen) {
	p.y += 4
	samples := []Answered{{Agree: 1}, {Disagree: 1}, {Passed: 1}}
	for i, words := range a.Keys {
		if words == "" {
			continue
		}
		for k, l := range wrap(words, lineFill/small-6) {
			p.y += lineHeight
			switch {
			case k > 0:
			case i < len(samples):
				p.answers(samples[i], margin, p.y-10, 24, trackHeight)
			default:
				p.whisker(units(margin), units(margin+24), p.y-4)
			}
			p.text("legend", units(margin+34), units(p.y), l, `font-size="13"`)
		}
	}
}

// Strip is the bar of one group alone, for a row of a table that says the same in
// words: those who do not see it miss nothing.
func Strip(r Answered) template.HTML {
	const long, high = 200, 22
	p := &pen{plain: true}
	p.add(`<svg class="chart-strip" viewBox="0 0 %d %d" aria-hidden="true" focusable="false" fill="currentColor">`, long+2, high)
	p.answered(r, 1, 2, long, trackHeight)
	p.add(`</svg>`)
	return template.HTML(p.String())
}

// answered draws the bar and its interval.
func (p *pen) answered(r Answered, x, y, long, high int) {
	p.answers(r, x, y, long, high)
	if r.Agree+r.Disagree+r.Passed > 0 {
		from, to := units(x), units(x+long)
		p.whisker(place(int64(r.Low), 0, 1000, from, to), place(int64(r.High), 0, 1000, from, to), y+high+4)
	}
}

// answers draws the bar: what is filled, hatched and open.
func (p *pen) answers(r Answered, x, y, long, high int) {
	all := int64(r.Agree + r.Disagree + r.Passed)
	p.add(`<rect class="chart-track" x="%d" y="%d" width="%d" height="%d" fill="none" stroke="currentColor" stroke-opacity="0.7"/>`, x, y, long, high)
	if all == 0 {
		return
	}
	from, to := units(x), units(x+long)
	agreed, said := place(int64(r.Agree), 0, all, from, to), place(int64(r.Agree+r.Disagree), 0, all, from, to)
	if r.Agree > 0 {
		p.add(`<rect class="chart-bar" x="%v" y="%d" width="%v" height="%d" fill-opacity="0.8"/>`, from, y, agreed-from, high)
	}
	if r.Disagree == 0 {
		return
	}
	p.add(`<path class="chart-hatch" d="M%v %dv%d`, said, y, high)
	for at := agreed; at < said; at += units(hatchStep) {
		p.add(`M%v %dv%d`, at, y, high)
	}
	p.add(`" fill="none" stroke="currentColor" stroke-opacity="0.8"/>`)
}

// whisker is a range, with a stop at each end.
func (p *pen) whisker(from, to tenth, y int) {
	p.add(`<path class="chart-range" d="M%v %dv6M%v %dv6M%v %dH%v" fill="none" stroke="currentColor" stroke-width="1.5"/>`, from, y-3, to, y-3, from, y, to)
}
