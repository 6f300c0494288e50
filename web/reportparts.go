package web

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"parley/deal"
)

// furtherParts are the pages beside "What might be done" as parts of a report:
// what the packages rest on, the order of the steps, and what each group of sides
// could do. They show what the answer holds: who may see what of it is decided
// before.
func (m *room) furtherParts(l Layout, a *deal.Answer) ([]template.HTML, error) {
	var out []template.HTML
	add := func(name, prefix string, page any, names ...string) error {
		piece, err := standAlone(name, page, prefix, append(names, "unprinted", "if", "remarks")...)
		if err == nil {
			out = append(out, piece)
		}
		return err
	}
	v := newDealsView(m, a, true)
	if a.Strength != nil && len(a.Deals) > 0 {
		p := strengthPage{Layout: l, Heading: v.T("strength.title"), View: v}
		p.add(a)
		if err := add("strength", "strength-", p); err != nil {
			return nil, err
		}
	}
	opening := []string(nil) // the first of the roadmaps has the heading of all
	for _, r := range a.Roadmaps {
		if r.Of == "deal" && r.Number > shownPackages {
			continue
		}
		p := roadmapPage{Layout: l, Heading: v.T("roadmap.title"), Road: v.road(r)}
		if err := add("roadmap", fmt.Sprintf("road-%s-%d-", r.Of, r.Number), p, opening...); err != nil {
			return nil, err
		}
		opening = []string{"h1", "lead"}
	}
	if a.Formats != nil {
		p := formatsPage{Layout: l, Asked: true, Formats: newFormatsView(m, a)}
		if err := add("formats", "formats-", p); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// reportContents says what a report begins with and what stands in its annex.
func (m *room) reportContents(v *dealsView) string {
	var annex []string
	for _, part := range []struct {
		there bool
		key   string
	}{
		{v.a.Strength != nil && len(v.a.Deals) > 0, "strength.title"}, {len(v.a.Roadmaps) > 0, "roadmap.title"}, {v.a.Formats != nil, "formats.title"},
		{true, "web.comparison.title"},
	} {
		if part.there {
			annex = append(annex, m.words.T(part.key))
		}
	}
	annex = append(annex, m.perceptionTitle())
	return m.words.T("report.contents", "Annex", strings.Join(annex, "; "))
}

// leaveOut removes the elements below n that have one of the names, as elements
// or as classes.
func leaveOut(n *html.Node, names []string) {
	for _, c := range slices.Collect(n.ChildNodes()) {
		class, _ := attribute(c, "class")
		if c.Type == html.ElementNode && (slices.Contains(names, c.Data) || slices.ContainsFunc(strings.Fields(class), func(x string) bool { return slices.Contains(names, x) })) {
			n.RemoveChild(c)
			continue
		}
		leaveOut(c, names)
	}
}

// rename puts a prefix before every id below n and wherever one of them is meant,
// so that several pages can stand in one file.
func rename(n *html.Node, prefix string) {
	ids := map[string]bool{}
	for c := range n.Descendants() {
		if id, ok := attribute(c, "id"); ok {
			ids[id] = true
		}
	}
	for c := range n.Descendants() {
		for i := range c.Attr {
			at := &c.Attr[i]
			switch at.Key {
			case "id":
				at.Val = prefix + at.Val
			case "for", "headers", "aria-labelledby", "aria-describedby", "aria-controls":
				words := strings.Fields(at.Val)
				for k, w := range words {
					if ids[w] {
						words[k] = prefix + w
					}
				}
				at.Val = strings.Join(words, " ")
			default:
				at.Val = renamed(at.Val, ids, prefix)
			}
		}
	}
}

// renamed is the value of an attribute that may be a reference: "#id", or
// "url(#id)" in a drawing.
func renamed(value string, ids map[string]bool, prefix string) string {
	if id, ok := strings.CutPrefix(value, "#"); ok && ids[id] {
		return "#" + prefix + id
	}
	if id, ok := strings.CutPrefix(value, "url(#"); ok && ids[strings.TrimSuffix(id, ")")] {
		return "url(#" + prefix + id
	}
	return value
}
