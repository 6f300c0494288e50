package chart

import (
	"html/template"
	"unicode/utf8"
)

// Network shows groups of two among a few sides: a node for each side, with its
// letter in its shape and its pattern around it, and a line for each pair. What a
// pair has to do with one another is told by the kind of line, and by a cross on it
// where somebody else pays for that.
type Network struct {
	Caption
	Nodes []Node
	Links []Link
	Keys  []Key // what the lines mean, in the order of the legend
}

// Node is a side.
type Node struct {
	Name    string
	Letter  string
	Shape   string // a path in a box of 24 by 24
	Base    int    // where the letter stands in that box
	Pattern string // the id of a pattern of the page; empty: no pattern
}

// Link is a pair of nodes.
type Link struct {
	From, To int
	Line     Line
	Crossed  bool
	Name     string // shown when it is pointed at
}

// Key is an entry of the legend: a kind of line, or the cross.
type Key struct {
	Line    Line
	Crossed bool
	Words   string
}

// Line tells links apart without colour.
type Line int

const (
	Double Line = iota
	Solid
	Dashed
	Dotted
)

// around are the places of up to twelve nodes on a circle, in thousandths of its
// radius: sines and cosines, written down so that no machine rounds them anew.
var around = [13][][2]int64{
	{},
	{{0, -1000}},
	{{-1000, 0}, {1000, 0}},
	{{0, -1000}, {866, 500}, {-866, 500}},
	{{-707, -707}, {707, -707}, {707, 707}, {-707, 707}},
	{{0, -1000}, {951, -309}, {588, 809}, {-588, 809}, {-951, -309}},
	{{0, -1000}, {866, -500}, {866, 500}, {0, 1000}, {-866, 500}, {-866, -500}},
	{{0, -1000}, {782, -623}, {975, 223}, {434, 901}, {-434, 901}, {-975, 223}, {-782, -623}},
	{{0, -1000}, {707, -707}, {1000, 0}, {707, 707}, {0, 1000}, {-707, 707}, {-1000, 0}, {-707, -707}},
	{{0, -1000}, {643, -766}, {985, -174}, {866, 500}, {342, 940}, {-342, 940}, {-866, 500}, {-985, -174}, {-643, -766}},
	{{0, -1000}, {588, -809}, {951, -309}, {951, 309}, {588, 809}, {0, 1000}, {-588, 809}, {-951, 309}, {-951, -309}, {-588, -809}},
	{{0, -1000}, {541, -841}, {910, -415}, {990, 142}, {756, 655}, {282, 959}, {-282, 959}, {-756, 655}, {-990, 142}, {-910, -415}, {-541, -841}},
	{{0, -1000}, {500, -866}, {866, -500}, {1000, 0}, {866, 500}, {500, 866}, {0, 1000}, {-500, 866}, {-866, 500}, {-1000, 0}, {-866, -500}, {-500, -866}},
}

const (
	networkRadius = 104
	nodeRadius    = 21
	nameFill      = 18 // characters of a name in one line
)

// HTML is the picture as a part of a page.
func (n Network) HTML() template.HTML {
	p := &pen{ids: n.ID}
	n.draw(p)
	p.notes(n.Caption)
	return p.inline(n.Caption)
}

func (n Network) draw(p *pen) {
	p.y += 4
	p.lines("title", n.Title, large, `font-weight="600"`)
	places := around[len(n.Nodes)]
	highest, lowest := 0, 0
	for _, place := range places {
		highest, lowest = min(highest, int(place[1])), max(lowest, int(place[1]))
	}
	middle := p.y - highest*networkRadius/1000 + nodeRadius + lineHeight + 18
	at := func(k int) (tenth, tenth) {
		place := places[k]
		return units(width/2) + tenth(place[0]*networkRadius/100), units(middle) + tenth(place[1]*networkRadius/100)
	}
	for _, l := range n.Links {
		x1, y1 := at(l.From)
		x2, y2 := at(l.To)
		p.add(`<g class="chart-link"><title>%s</title>`, escape(l.Name))
		p.line(l.Line, x1, y1, x2, y2)
		if l.Crossed {
			// Off the middle, so that crosses of lines that cross stay apart.
			p.shape(Cross, x1+(x2-x1)*2/5, y1+(y2-y1)*2/5)
		}
		p.add(`</g>`)
	}
	for k, node := range n.Nodes {
		x, y := at(k)
		n.node(p, node, x, y, y <= units(middle))
	}
	p.y = middle + lowest*networkRadius/1000 + nodeRadius + lineHeight + 10
	n.legend(p)
}

// node draws a side on paper of its own, so that lines end at its rim, with its name
// above it in the upper half of the circle and below it in the lower.
func (n Network) node(p *pen, node Node, x, y tenth, upper bool) {
	p.add(`<g class="chart-node"><circle class="chart-paper" cx="%v" cy="%v" r="%d" fill="Canvas"/>`, x, y, nodeRadius)
	if node.Pattern != "" {
		p.add(`<circle cx="%v" cy="%v" r="%d" fill="none" stroke="url(#%s)" stroke-width="6"/>`, x, y, nodeRadius-3, escape(node.Pattern))
	}
	p.add(`<circle cx="%v" cy="%v" r="%d" fill="none" stroke="currentColor"/>`, x, y, nodeRadius)
	p.add(`<path d="%s" transform="translate(%v %v)" fill="none" stroke="currentColor" stroke-width="1.5"/>`, escape(node.Shape), x-120, y-120)
	p.text("letter", x, y-120+units(node.Base), node.Letter, `font-size="12" font-weight="600" text-anchor="middle"`)
	p.add(`</g>`)
	words := wrap(node.Name, nameFill)
	from := y + units(nodeRadius+lineHeight-2)
	if upper {
		from = y - units(nodeRadius+8+lineHeight*(len(words)-1))
	}
	for k, l := range words {
		p.text("label", inside(x, l), from+units(k*lineHeight), l, `font-size="14" text-anchor="middle"`)
	}
}

// inside moves the middle of a line so far in that it ends within the picture.
func inside(x tenth, words string) tenth {
	half := tenth(utf8.RuneCountInString(words)) * 40
	return min(max(x, units(4)+half), units(width-4)-half)
}

// line draws a link from middle to middle.
func (p *pen) line(kind Line, x1, y1, x2, y2 tenth) {
	draw := func(wide string) {
		p.add(`<path class="chart-line" d="M%v %vL%v %v" fill="none" stroke="currentColor" %s/>`, x1, y1, x2, y2, wide)
	}
	switch kind {
	case Double:
		draw(`stroke-width="7"`)
		p.add(`<path class="chart-gap" d="M%v %vL%v %v" fill="none" stroke="Canvas" stroke-width="3"/>`, x1, y1, x2, y2)
	case Solid:
		draw(`stroke-width="2"`)
	case Dashed:
		draw(`stroke-width="2" stroke-dasharray="8 6"`)
	case Dotted:
		draw(`stroke-width="1.5" stroke-dasharray="1 6" stroke-linecap="round"`)
	}
}

func (n Network) legend(p *pen) {
	for _, k := range n.Keys {
		p.y += 4
		for i, l := range wrap(k.Words, lineFill/small-8) {
			p.y += lineHeight
			if i == 0 {
				if k.Crossed {
					p.shape(Cross, units(margin+20), units(p.y-5))
				} else {
					p.line(k.Line, units(margin), units(p.y-5), units(margin+40), units(p.y-5))
				}
			}
			p.text("legend", units(margin+50), units(p.y), l, `font-size="13"`)
		}
	}
}
