package web

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/jba/templatecheck"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"parley/i18n"
)

func report(t *testing.T, r Report) (*goquery.Document, string) {
	t.Helper()
	var b bytes.Buffer
	if err := WriteReport(&b, r); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	doc, err := goquery.NewDocumentFromReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	return doc, text
}

func TestReportStandsAlone(t *testing.T) {
	l := answeredShelf(t)
	for _, d := range l.dossiers {
		for _, lang := range i18n.Languages {
			doc, text := report(t, Report{lang, d, l.asked[d.Dialogue.ID].Answer})
			doc.Find("[href]").Each(func(_ int, a *goquery.Selection) {
				href := a.AttrOr("href", "")
				if !strings.HasPrefix(href, "#") || doc.Find(href).Length() != 1 {
					t.Errorf("%s %s: %q leads out of the file or nowhere", d.Dialogue.ID, lang, href)
				}
			})
			if n := doc.Find("[src], script, link, form, iframe, button").Length(); n > 0 {
				t.Errorf("%s %s: %d elements need a server", d.Dialogue.ID, lang, n)
			}
			if strings.Contains(text, "url(http") || strings.Contains(text, "@import") {
				t.Errorf("%s %s: the style fetches something", d.Dialogue.ID, lang)
			}
			if doc.Find("h1").Length() != 1 || doc.Find("html").AttrOr("lang", "") != lang {
				t.Errorf("%s %s: %d titles, language %q", d.Dialogue.ID, lang, doc.Find("h1").Length(), doc.Find("html").AttrOr("lang", ""))
			}
			seen := map[string]bool{}
			doc.Find("[id]").Each(func(_ int, e *goquery.Selection) {
				if id := e.AttrOr("id", ""); seen[id] {
					t.Errorf("%s %s: the id %s stands twice", d.Dialogue.ID, lang, id)
				} else {
					seen[id] = true
				}
			})
			if i := strings.Index(text, "[web."); i >= 0 {
				t.Errorf("%s %s: a sentence is missing: %s", d.Dialogue.ID, lang, text[i:i+40])
			}
		}
	}
}

func TestReportCarriesDateAndAuthors(t *testing.T) {
	d := answeredShelf(t).dossiers[0]
	doc, _ := report(t, Report{"en", d, nil})
	for _, place := range []string{"header", "footer"} {
		for _, want := range []string{"June 2009", "authors from Russia", "Russia and the United States, 2009"} {
			if got := words(doc.Find(place)); !strings.Contains(got, want) {
				t.Errorf("the %s says %q, want %q in it", place, got, want)
			}
		}
	}
}

func TestReportHoldsWhatWasAsked(t *testing.T) {
	l := answeredShelf(t)
	d := l.dossiers[0]
	without, _ := report(t, Report{"en", d, nil})
	with, _ := report(t, Report{"en", d, l.asked[d.Dialogue.ID].Answer})
	if without.Find(".deals").Length() != 0 || with.Find("#swaps .swap").Length() != 2 {
		t.Error("the report does not follow what was asked")
	}
	if words(with.Find("h1")) == words(without.Find("h1")) {
		t.Error("both reports have one title")
	}
	if n := with.Find("table.grid").Length(); n != 2 {
		t.Errorf("%d tables of ranks, want 2", n)
	}
	three := l.dossiers[1]
	doc, _ := report(t, Report{"en", three, nil})
	if n := doc.Find("table.grid").Length(); n < 3 {
		t.Errorf("%d tables of ranks for three pairs", n)
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestReportTellsThatItWasNotWritten(t *testing.T) {
	if err := WriteReport(fullDisk{}, Report{"en", answeredShelf(t).dossiers[0], nil}); err == nil {
		t.Error("got no error")
	}
}

func TestReportTemplateIsTyped(t *testing.T) {
	tmpl, err := reportTemplate()
	if err != nil {
		t.Fatal(err)
	}
	if err := templatecheck.CheckHTML(tmpl.Lookup("report.html"), reportPage{}); err != nil {
		t.Error(err)
	}
}

func TestWhatBelongsToTheSiteIsCutOff(t *testing.T) {
	root := &html.Node{Type: html.ElementNode, Data: "div"}
	nodes, err := html.ParseFragment(strings.NewReader(
		`<h1>Title</h1><p><a href="/en/x">a <b>page</b></a> and <a href="#here">a place</a><a href="`+onSite+`">do it</a></p>`+
			`<nav><a href="/">home</a></nav><form><button>send</button></form><h5>small</h5>`), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range nodes {
		root.AppendChild(n)
	}
	detach(root)
	var b bytes.Buffer
	if err := html.Render(&b, root); err != nil {
		t.Fatal(err)
	}
	if want := `<div><h2>Title</h2><p>a <b>page</b> and <a href="#here">a place</a></p><h6>small</h6></div>`; b.String() != want {
		t.Errorf("got %s, want %s", b.String(), want)
	}
}

// Conclusions come first; what they rest on, the order of steps and the comparison
// stand in the annex, of which the opening speaks.
func TestReportBeginsWithItsConclusions(t *testing.T) {
	l := answeredShelf(t)
	for _, d := range l.dossiers {
		for lang, annex := range map[string]string{"en": "Annex", "ru": "Приложение"} {
			doc, _ := report(t, Report{lang, d, l.asked[d.Dialogue.ID].Answer})
			at := map[string]int{}
			doc.Find("main h2").Each(func(n int, h *goquery.Selection) { at[words(h)] = n + 1 })
			w := i18n.For(lang)
			before, after := at[w.T("deals.title")], at[annex]
			if before != 1 || after <= before {
				t.Errorf("%s %s: what might be done is heading %d, the annex %d", d.Dialogue.ID, lang, before, after)
			}
			for _, key := range []string{"strength.title", "roadmap.title", "formats.title", "web.comparison.title"} {
				if at[w.T(key)] <= after {
					t.Errorf("%s %s: %q is heading %d, the annex %d", d.Dialogue.ID, lang, w.T(key), at[w.T(key)], after)
				}
				if !strings.Contains(words(doc.Find("main > .lead")), w.T(key)) {
					t.Errorf("%s %s: the opening does not speak of %q", d.Dialogue.ID, lang, w.T(key))
				}
			}
		}
	}
	alone, _ := report(t, Report{"en", l.dossiers[0], nil})
	if alone.Find("main > .lead").Length() != 0 || strings.Contains(words(alone.Find("h2")), "Annex") {
		t.Error("a comparison alone has an annex")
	}
}
