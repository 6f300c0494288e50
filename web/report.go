package web

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"parley/deal"
	"parley/dialogue"
	"parley/dossier"
)

// Report is what a report is about.
type Report struct {
	Lang    string
	Dossier *dossier.Dossier
	Answer  *deal.Answer // nil: the comparison alone
}

// WriteReport writes a page that stands alone: one file with its style inside,
// which needs no server and no network, and prints well. It shows what the pages
// of the site show. With an answer it begins with what might be done; what that
// rests on, in which order and by whom, the comparison, and where beliefs and
// registers differ stand in its annex.
// The file carries date and authorship.
func WriteReport(w io.Writer, r Report) error {
	t, err := reportTemplate()
	if err != nil {
		return fmt.Errorf("web: %w", err)
	}
	m := newRoom(r.Dossier, r.Lang, false)
	p := reportPage{
		Layout: Layout{Lang: m.lang, words: m.words}, Dialogue: m.phrase(m.Dialogue.Title),
		Authorship: m.authorship(), Absent: m.absent(), Style: template.CSS(Style()),
	}
	p.Title = p.T("report.title")
	if r.Answer != nil {
		p.Title = p.T("report.deals.title")
		p.Deals = newDealsView(m, r.Answer, false)
		if p.Further, err = m.furtherParts(p.Layout, r.Answer); err != nil {
			return err
		}
		p.Contents = m.reportContents(p.Deals)
	}
	if k := m.Dialogue.Kind; k != "" && k != dialogue.Live {
		p.Kind = p.T("web.kind." + string(k))
	}
	p.AsOf = m.asOf()
	for _, part := range []struct {
		name string
		page any
	}{{"comparison", m.reportComparison(p.Layout)}, {"disagreements", m.disagreements(p.Layout, onSite)}} {
		piece, err := standAlone(part.name, part.page, "")
		if err != nil {
			return err
		}
		p.Parts = append(p.Parts, piece)
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, "report.html", p); err != nil {
		return fmt.Errorf("web: report: %w", err)
	}
	_, err = w.Write(b.Bytes())
	return err
}

type reportPage struct {
	Layout
	Dialogue   Phrase
	Kind, AsOf string
	Authorship template.HTML
	Absent     template.HTML
	Style      template.CSS
	Contents   string // what stands in which order; empty where there is one part alone
	Parts      []template.HTML
	Deals      *dealsView
	Further    []template.HTML // what stands beside what might be done
}

var reportTemplate = sync.OnceValues(func() (*template.Template, error) {
	return template.ParseFS(pageFiles, "page/report/report.html", "page/part/*.html")
})

// onSite marks links whose words make sense on the site alone.
const onSite = "#on-site"

func (m *room) reportComparison(l Layout) comparisonPage {
	p := comparisonPage{
		Layout: l, Heading: m.words.T("web.comparison.title"), Columns: m.sides, Wide: m.wide(), Groups: m.topicGroups(),
		Single: m.single(), Unmatched: m.unmatched(), Unregistered: m.unregistered(), Asks: m.asks(), Absent: m.affected(),
		LinkedBy: m.linkedBy(), Object: onSite,
	}
	for i, row := range m.sides {
		for _, column := range m.sides[i+1:] {
			for _, g := range m.grids(row, column) {
				g.Anchor = fmt.Sprintf("%s-%d", g.Anchor, len(p.Grids)+1)
				p.Grids = append(p.Grids, g)
			}
		}
	}
	return p
}

// standAlone renders the main part of a page for a file: its headings go one
// level down, links to other pages become plain words, and what works only on
// the site is left out, as are elements or classes with the names. The prefix
// stands before all of its ids.
func standAlone(name string, page any, prefix string, names ...string) (template.HTML, error) {
	t, err := pageNamed(name)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, "main", page); err != nil {
		return "", fmt.Errorf("web: page %s: %w", name, err)
	}
	nodes, err := html.ParseFragment(&b, &html.Node{Type: html.ElementNode, Data: "main", DataAtom: atom.Main})
	if err != nil {
		return "", fmt.Errorf("web: page %s: %w", name, err)
	}
	root := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	for _, n := range nodes {
		root.AppendChild(n)
	}
	leaveOut(root, names)
	detach(root)
	if prefix != "" {
		rename(root, prefix)
	}
	var out bytes.Buffer
	for n := range root.ChildNodes() {
		if err := html.Render(&out, n); err != nil {
			return "", fmt.Errorf("web: page %s: %w", name, err)
		}
	}
	return template.HTML(out.String()), nil
}

// detach cuts what is below n off from the site.
func detach(n *html.Node) {
	for _, c := range slices.Collect(n.ChildNodes()) {
		detach(c)
		if c.Type != html.ElementNode {
			continue
		}
		href, linked := attribute(c, "href")
		switch {
		case href == onSite, c.DataAtom == atom.Form, c.DataAtom == atom.Nav:
			n.RemoveChild(c)
		case c.DataAtom == atom.A && linked && !strings.HasPrefix(href, "#"):
			for c.FirstChild != nil {
				inner := c.FirstChild
				c.RemoveChild(inner)
				n.InsertBefore(inner, c)
			}
			n.RemoveChild(c)
		case len(c.Data) == 2 && c.Data[0] == 'h' && '1' <= c.Data[1] && c.Data[1] <= '5':
			c.Data = "h" + string(c.Data[1]+1)
			c.DataAtom = atom.Lookup([]byte(c.Data))
		}
	}
}

func attribute(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}
