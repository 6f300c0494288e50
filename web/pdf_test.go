package web

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"parley/dossier"
	"parley/examples"
)

func paperReport(t testing.TB, lang, name string) Report {
	t.Helper()
	data, err := examples.Files.ReadFile(name + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	d, err := dossier.Read(name, data)
	if err != nil {
		t.Fatal(err)
	}
	return Report{Lang: lang, Dossier: d}
}

func inPDF(t testing.TB, r Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WritePDF(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPaperIsTheSameEveryTime(t *testing.T) {
	for _, lang := range []string{"en", "ru"} {
		for _, name := range []string{"us-russia-2009", "three-towns"} {
			r := paperReport(t, lang, name)
			first := inPDF(t, r)
			if !bytes.HasPrefix(first, []byte("%PDF-1.")) {
				t.Fatalf("%s %s begins with %q", name, lang, first[:8])
			}
			if !bytes.Equal(first, inPDF(t, r)) {
				t.Errorf("%s %s: two reports of the same differ", name, lang)
			}
			if bytes.Contains(first, []byte("/URI")) {
				t.Errorf("%s %s: the report leads outside", name, lang)
			}
		}
	}
}

// TestEveryPageSaysWhenAndByWhom reads the pages back as text.
func TestEveryPageSaysWhenAndByWhom(t *testing.T) {
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("there is no pdftotext here")
	}
	for lang, want := range map[string][]string{
		"en": {"Situation of June 2009", "authors from Russia", "page "},
		"ru": {"июнь 2009", "российские авторы", "стр. "},
	} {
		file := filepath.Join(t.TempDir(), "report.pdf")
		if err := os.WriteFile(file, inPDF(t, paperReport(t, lang, "us-russia-2009")), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(tool, "-layout", file, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		pages := strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
		if len(pages) < 3 {
			t.Fatalf("%s: only %d pages", lang, len(pages))
		}
		for k, page := range pages {
			for _, w := range want {
				if n := strings.Count(page, w); n < 1 || w == want[0] && n < 2 {
					t.Errorf("%s, page %d says %q %d times", lang, k+1, w, n)
				}
			}
		}
		if strings.Contains(string(out), "{nb}") {
			t.Errorf("%s: the number of pages is not filled in", lang)
		}
	}
}

// TestTablesStayOnThePage: whatever stands in the cells, the columns add up to no
// more than the page has, and every line of words fits its cell.
func TestTablesStayOnThePage(t *testing.T) {
	long := strings.Repeat("Donaudampfschiff", 12)
	for name, text := range map[string]string{
		"few words":    `<tr><th>A</th><td>one</td></tr>`,
		"long words":   "<tr><th>" + long + "</th><td>" + long + "</td><td>x</td></tr>",
		"many columns": "<tr>" + strings.Repeat("<td>interesting words in columns</td>", 14) + "</tr>",
		"spans":        `<tr><th colspan="2">both</th></tr><tr><td>left and more of it</td><td>right</td></tr>`,
	} {
		p, err := newPaper(paperReport(t, "en", "three-towns"))
		if err != nil {
			t.Fatal(err)
		}
		p.pdf.AddPage()
		root, err := html.Parse(strings.NewReader("<table>" + text + "</table>"))
		if err != nil {
			t.Fatal(err)
		}
		var lines [][]cell
		columns := 0
		for n := range root.Descendants() {
			if n.Data == "tr" {
				line := p.cellsOf(n)
				columns = max(columns, line[len(line)-1].column+line[len(line)-1].span)
				lines = append(lines, line)
			}
		}
		size, widths := p.columns(lines, columns, textWide)
		total := 0.0
		for _, w := range widths {
			total += w
		}
		if total > textWide+0.01 {
			t.Errorf("%s: the columns take %.1f mm of %.1f", name, total, textWide)
		}
		for _, line := range lines {
			for _, c := range line {
				for _, row := range p.layout(c.runs, c.wide(widths)-2*cellSide, size) {
					if end := p.end(row, size); end > c.wide(widths)-2*cellSide+0.3 && len([]rune(row[0].text)) > 1 {
						t.Errorf("%s: %q takes %.1f mm of %.1f", name, row[0].text, end, c.wide(widths)-2*cellSide)
					}
				}
			}
		}
	}
}

// TestNothingIsLostOnPaper: every word of the page stands in the runs that are
// written, but for what is for the screen alone.
func TestNothingIsLostOnPaper(t *testing.T) {
	p, err := newPaper(paperReport(t, "ru", "three-towns"))
	if err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(strings.NewReader(`<body><p>Вода <b>летом</b> и <i>зимой</i>: <code>a&lt;b</code></p><p class="unprinted">кнопка</p></body>`))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, r := range p.runs(root, plainStyle, family) {
		b.WriteString(r.text)
	}
	if got := strings.Join(strings.Fields(b.String()), " "); got != "Вода летом и зимой: a<b" {
		t.Errorf("got %q", got)
	}
}

// On paper a side and what is said of it stand in one line: a colon parts them.
func TestSidesLeadOn(t *testing.T) {
	p, err := newPaper(paperReport(t, "en", "three-towns"))
	if err != nil {
		t.Fatal(err)
	}
	side := func(name string) string {
		return `<span class="side"><span class="side-name">` + name + `</span></span>`
	}
	for in, want := range map[string]string{
		`<p>` + side("East") + ` <span>is better off</span></p>`:                    "East: is better off",
		`<p>` + side("East") + ` ` + side("West") + ` </p>`:                         "East West",
		`<p>` + side("East") + `</p>`:                                               "East",
		`<p>` + side("East") + ` (2)</p>`:                                           "East (2)",
		`<p>` + side("East") + ` <b class="unseen">hidden</b></p>`:                  "East",
		`<p><span class="axis">` + side("East") + `</span>vital</p>`:                "East: vital",
		`<p>` + side("East") + ` <span class="move">moves on «<b>Water</b>»</span>`: "East: moves on «Water»",
	} {
		root, err := html.Parse(strings.NewReader(in))
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, r := range p.runs(root, plainStyle, family) {
			b.WriteString(r.text)
		}
		if got := strings.Join(strings.Fields(b.String()), " "); got != want {
			t.Errorf("%s: got %q, want %q", in, got, want)
		}
	}
}

// What is the paper's colour on a screen is white on paper, and a pattern is grey.
func TestPaperShowsThroughShapes(t *testing.T) {
	p, err := newPaper(paperReport(t, "en", "three-towns"))
	if err != nil {
		t.Fatal(err)
	}
	p.pdf.AddPage()
	d := &drawing{p: p, scale: 1}
	for _, c := range []struct {
		fill, stroke string
		filled, line int
	}{
		{"Canvas", "none", 255, 20}, {"none", "Canvas", 20, 255}, {"url(#pattern-1)", "currentColor", 150, 20},
		{"none", "url(#pattern-1)", 20, 150}, {"currentColor", "none", 20, 20},
	} {
		d.style(&html.Node{Type: html.ElementNode, Data: "circle", Attr: []html.Attribute{{Key: "fill", Val: c.fill}, {Key: "stroke", Val: c.stroke}}})
		filled, _, _ := p.pdf.GetFillColor()
		line, _, _ := p.pdf.GetDrawColor()
		if filled != c.filled || line != c.line {
			t.Errorf("%s and %s: got %d and %d, want %d and %d", c.fill, c.stroke, filled, line, c.filled, c.line)
		}
	}
}

func TestSignsThatTheFontLacks(t *testing.T) {
	p, err := newPaper(paperReport(t, "en", "three-towns"))
	if err != nil {
		t.Fatal(err)
	}
	if got := p.legible("5\u00a0км → «юг» −3 ≥ 漢\u00ad"); got != "5 км → «юг» -3 ≥ ·" {
		t.Errorf("got %q", got)
	}
}

func TestPathsAreParted(t *testing.T) {
	got := strings.Join(pathWords("M169.1 60V320l7-12.5.5h-14z"), " ")
	if want := "M 169.1 60 V 320 l 7 -12.5 .5 h -14 z"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A shape that is moved and made smaller stands where it does on the page.
func TestShapesMove(t *testing.T) {
	d := &drawing{left: 10, top: 20, x0: 2, y0: 4, scale: 0.5}
	for transform, want := range map[string][2]float64{
		"": {10 + 4, 20 + 3}, "translate(12 14)": {10 + 10, 20 + 10}, "translate(12 14) scale(0.5)": {10 + 7.5, 20 + 7.5}, "rotate(3)": {10 + 4, 20 + 3},
	} {
		n := &html.Node{Type: html.ElementNode, Data: "path"}
		if transform != "" {
			n.Attr = []html.Attribute{{Key: "transform", Val: transform}}
		}
		if x, y := d.moved(n).at(10, 10); [2]float64{x, y} != want {
			t.Errorf("%q: got %v %v, want %v", transform, x, y, want)
		}
	}
}

// TestLongTablesGoOnWithTheirHead: on every page that a table reaches, and a cell longer than a page is parted.
func TestLongTablesGoOnWithTheirHead(t *testing.T) {
	p, err := newPaper(paperReport(t, "en", "three-towns"))
	if err != nil {
		t.Fatal(err)
	}
	p.pdf.SetCompression(false)
	p.pdf.AddPage()
	root, err := html.Parse(strings.NewReader("<table><thead><tr><th>Head</th></tr></thead><tbody>" + strings.Repeat("<tr><td>a line</td></tr>", 150) +
		"<tr><td>" + strings.Repeat("a very long cell ", 2000) + "</td></tr></tbody></table>"))
	if err != nil {
		t.Fatal(err)
	}
	p.blocks(root)
	if p.y > bottom {
		t.Errorf("words run to %.1f mm, below %.1f", p.y, bottom)
	}
	if got := p.pdf.PageNo(); got < 5 || got > 12 {
		t.Errorf("got %d pages", got)
	}
	var b bytes.Buffer
	if err := p.pdf.Output(&b); err != nil {
		t.Fatal(err)
	}
	if n := len(regexp.MustCompile(`0\.933 g`).FindAll(b.Bytes(), -1)); n < 5 {
		t.Errorf("the head stands on %d pages", n)
	}
}

func BenchmarkPaper(b *testing.B) {
	r := paperReport(b, "ru", "us-russia-2009")
	for b.Loop() {
		inPDF(b, r)
	}
}
