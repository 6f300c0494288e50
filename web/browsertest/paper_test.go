package browsertest

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"parley/dossier"
	"parley/examples"
	"parley/i18n"
)

// sheets prints the page on A4 as its style wants and returns the text of each
// sheet, with single spaces. It skips the test where a PDF cannot be read.
func (b *tab) sheets() []string {
	b.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		b.Skip("no pdftotext: not installed")
	}
	pdf := run(b, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFPreferCSSPageSize()))
	read := exec.Command("pdftotext", "-layout", "-", "-")
	read.Stdin = bytes.NewReader(pdf)
	text, err := read.Output()
	if err != nil {
		b.Fatal(err)
	}
	var out []string
	for sheet := range strings.SplitSeq(strings.TrimRight(string(text), "\f\n"), "\f") {
		out = append(out, strings.Join(strings.Fields(sheet), " "))
	}
	return out
}

// TestPaper prints the pages of both examples: every sheet says as of when and
// by whom, and the comparison at a glance stands on the first one.
func TestPaper(t *testing.T) {
	s, b := startSite(t), newTab(t)
	b.show(look{width: 1280})
	for _, e := range examples.All() {
		d, err := dossier.Read(e.Name, e.Data)
		if err != nil {
			t.Fatal(err)
		}
		for _, lang := range i18n.Languages {
			words := []string{i18n.For(lang).Date(d.Dialogue.AsOf)}
			for _, r := range d.Registers {
				if r.Author.Name != nil {
					words = append(words, r.Author.Name.In(lang))
				}
			}
			for _, name := range []string{"", "/registers", "/comparison", "/disagreements", "/deals", "/suppose", "/about"} {
				path := "/" + lang + "/" + string(d.Dialogue.ID) + name
				b.visit(s.address + path)
				sheets := b.sheets()
				for i, sheet := range sheets {
					for _, w := range words {
						if !strings.Contains(strings.ToLower(sheet), strings.ToLower(w)) {
							t.Errorf("%s: sheet %d of %d does not say %q", path, i+1, len(sheets), w)
						}
					}
				}
			}
		}
	}
}
