package browsertest

import (
	"bytes"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"parley/dialogue"
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

// ofDialogue reports whether the page belongs to one of the dialogues.
func (s *site) ofDialogue(p page) bool {
	parts := strings.Split(strings.Trim(p.path, "/"), "/")
	return len(parts) > 1 && slices.Contains(s.dialogues, dialogue.ID(parts[1]))
}

// TestPaper prints the pages of both examples: every sheet carries the line of
// authorship, and that of the historical one names its date and its authors.
func TestPaper(t *testing.T) {
	s, b := startSite(t), newTab(t)
	b.show(look{width: 1280})
	for _, p := range s.pages {
		if !p.plain() || !s.ofDialogue(p) {
			continue
		}
		b.visit(s.address + p.path)
		line := eval[string](b, `document.querySelector(".foot .provenance").innerText.replace(/\s+/g, " ").trim()`)
		if strings.HasPrefix(p.path, "/en/us-russia-2009") && !strings.Contains(line, "June 2009") {
			t.Errorf("%s: the line says no date: %q", p.path, line)
		}
		// The pages at the door and the log of moderation show nothing that anybody wrote about a side.
		door := slices.Contains([]string{"join", "declaration", "contact", "moderation"}, path.Base(p.path))
		if strings.HasPrefix(p.path, "/en/us-russia-2009") && !door && !strings.Contains(line, "uthors from Russia") {
			t.Errorf("%s: the line of authorship is %q", p.path, line)
		}
		sheets := b.sheets()
		for i, sheet := range sheets {
			if !strings.Contains(sheet, line) {
				t.Errorf("%s: sheet %d of %d does not say %q", p.path, i+1, len(sheets), line)
			}
		}
	}
}

// TestGlance prints the comparison: the tables of ranks stand on the first sheet.
func TestGlance(t *testing.T) {
	s, b := startSite(t), newTab(t)
	b.show(look{width: 1280})
	for _, lang := range i18n.Languages {
		b.visit(s.address + "/" + lang + "/us-russia-2009/comparison")
		first := b.sheets()[0]
		titles := eval[[]string](b, `[...document.querySelectorAll(".grid td a")].map(a => a.innerText)`)
		if len(titles) < 10 {
			t.Fatalf("%s: only %d matters stand in the tables of ranks", lang, len(titles))
		}
		for _, title := range titles {
			// A title may be broken over lines that stand beside those of another cell.
			for word := range strings.FieldsSeq(title) {
				if !strings.Contains(first, word) {
					t.Errorf("%s: %q is not on the first sheet", lang, title)
					break
				}
			}
		}
	}
}
