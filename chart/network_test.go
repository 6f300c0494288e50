package chart

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func pairs(sides int) Network {
	n := Network{Caption: Caption{ID: "net", Lang: "en", Title: "Pairs", Desc: "Who could do what", Notes: []string{"June 2009."}}}
	for k := range sides {
		n.Nodes = append(n.Nodes, Node{Name: fmt.Sprint("Side ", k), Letter: string(rune('A' + k)), Shape: "M2 2h20v20h-20z", Base: 17, Pattern: fmt.Sprint("pattern-", k)})
		for other := range k {
			n.Links = append(n.Links, Link{From: other, To: k, Line: Line((k + other) % 4), Crossed: k == 2 && other == 0, Name: fmt.Sprint(other, " and ", k)})
		}
	}
	for l := Double; l <= Dotted; l++ {
		n.Keys = append(n.Keys, Key{Line: l, Words: fmt.Sprint("line ", int(l))})
	}
	n.Keys = append(n.Keys, Key{Crossed: true, Words: "somebody outside pays"})
	return n
}

func TestNetworkDrawsEverySideAndEveryPair(t *testing.T) {
	for sides := 2; sides <= 12; sides++ {
		n := pairs(sides)
		all := parse(t, string(n.HTML()))
		if got, want := len(classed(all, "node")), sides; got != want {
			t.Errorf("%d nodes, want %d", got, want)
		}
		if got, want := len(classed(all, "link")), sides*(sides-1)/2; got != want {
			t.Errorf("%d links of %d sides, want %d", got, sides, want)
		}
		letters := texts(all, "letter")
		for k, node := range n.Nodes {
			if letters[k] != node.Letter || !slices.Contains(texts(all, "label"), node.Name) {
				t.Errorf("%s: letter %q, labels %q", node.Name, letters[k], texts(all, "label"))
			}
		}
	}
}

// TestLinesDifferWithoutColour: each kind of line is drawn in its own way, and the
// legend shows all of them with their words.
func TestLinesDifferWithoutColour(t *testing.T) {
	seen := map[string]Line{}
	for l := Double; l <= Dotted; l++ {
		p := &pen{}
		p.line(l, 0, 0, 100, 0)
		if other, twice := seen[p.String()]; twice {
			t.Errorf("%d looks like %d", l, other)
		}
		seen[p.String()] = l
	}
	n := pairs(3)
	all := parse(t, string(n.HTML()))
	var want []string
	for _, k := range n.Keys {
		want = append(want, k.Words)
	}
	if got := texts(all, "legend"); !slices.Equal(got, want) {
		t.Errorf("legend %q, want %q", got, want)
	}
	if got := len(classed(all, "shape")); got != 2 {
		t.Errorf("%d crosses, want the one on a line and the one in the legend", got)
	}
}

func TestNetworkStaysInsideThePicture(t *testing.T) {
	n := pairs(12)
	n.Nodes[3].Name = "Соединённые Штаты"
	n.Nodes[9].Name = strings.Repeat("длинное имя ", 4)
	for _, label := range classed(parse(t, string(n.HTML())), "label") {
		half := float64(len([]rune(label.text))) * 4
		if x := number(t, label.attr["x"]); x-half < 0 || x+half > width {
			t.Errorf("%q at %v leaves the picture", label.text, x)
		}
	}
}
