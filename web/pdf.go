package web

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"parley/dialogue"
	"parley/dossier"
	"parley/i18n"
)

// The page is A4 in millimetres.
const (
	pageWide, pageHigh = 210.0, 297.0
	pageMargin         = 20.0
	headHigh, footHigh = 26.0, 24.0
	textWide           = pageWide - 2*pageMargin
	millimetre         = 72 / 25.4 // in points
)

// WritePDF writes a report for paper: all that WriteReport writes, with the date
// and the authorship at the head and the foot of every page, numbered pages and
// bookmarks. Pictures are drawn, not photographed. The same report gives the
// same bytes.
func WritePDF(w io.Writer, r Report) error {
	var page bytes.Buffer
	if err := WriteReport(&page, r); err != nil {
		return err
	}
	root, err := html.Parse(&page)
	if err != nil {
		return fmt.Errorf("web: pdf: %w", err)
	}
	p, err := newPaper(r)
	if err != nil {
		return err
	}
	p.pdf.AddPage()
	for n := range root.Descendants() {
		if n.DataAtom == atom.Body {
			p.blocks(n)
		}
	}
	if err := p.pdf.Output(w); err != nil {
		return fmt.Errorf("web: pdf: %w", err)
	}
	return nil
}

// paper is a document that is being written, with the place that has been reached.
type paper struct {
	pdf    *fpdf.Fpdf
	words  *i18n.Words
	known  *sfnt.Font // which signs the fonts have
	cells  sfnt.Buffer
	y      float64
	indent float64
	head   string // what the document is about
	asOf   string
	author string  // who wrote the registers
	gap    float64 // room that what comes next wants above it
	tight  bool    // what comes next stands beside something and wants none
}

// Fonts of the document, as styles of one family; "M" is for what computers read.
const (
	plainStyle, boldStyle, leanStyle = "", "B", "I"
	family, monoFamily               = "go", "gomono"
)

func newPaper(r Report) (*paper, error) {
	m := newRoom(r.Dossier, r.Lang, false)
	pdf := fpdf.NewCustom(&fpdf.InitType{OrientationStr: "P", UnitStr: "mm", Size: fpdf.SizeType{Wd: pageWide, Ht: pageHigh}})
	// Each gets its own copy: the writer changes what it is given.
	pdf.AddUTF8FontFromBytes(family, plainStyle, bytes.Clone(goregular.TTF))
	pdf.AddUTF8FontFromBytes(family, boldStyle, bytes.Clone(gobold.TTF))
	pdf.AddUTF8FontFromBytes(family, leanStyle, bytes.Clone(goitalic.TTF))
	pdf.AddUTF8FontFromBytes(monoFamily, plainStyle, bytes.Clone(gomono.TTF))
	known, err := sfnt.Parse(goregular.TTF)
	if err != nil {
		return nil, fmt.Errorf("web: pdf: %w", err)
	}
	p := &paper{pdf: pdf, words: m.words, known: known, asOf: m.asOf(), author: strings.TrimSpace(bare(m.authorship()) + " " + bare(m.absent()))}
	p.head = r.Dossier.Dialogue.Title.In(m.lang)
	if k := r.Dossier.Dialogue.Kind; k != "" && k != dialogue.Live {
		p.head += " · " + m.words.T("web.kind."+string(k))
	}
	when := situation(r.Dossier)
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(when)
	pdf.SetModificationDate(when)
	pdf.SetProducer("parley", true)
	pdf.SetTitle(p.head, true)
	pdf.SetSubject(p.asOf+" "+p.author, true)
	pdf.SetLang(m.lang)
	pdf.SetMargins(pageMargin, headHigh, pageMargin)
	pdf.SetAutoPageBreak(false, footHigh)
	pdf.AliasNbPages("")
	pdf.SetHeaderFunc(p.header)
	pdf.SetFooterFunc(p.footer)
	return p, nil
}

// situation is the date of the dossier as a moment, so that a document made
// twice is made of the same bytes.
func situation(d *dossier.Dossier) time.Time {
	if t, err := time.Parse(time.DateOnly, d.Dialogue.AsOf+"-01-01"[min(6, len(d.Dialogue.AsOf)-4):]); err == nil {
		return t
	}
	return time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
}

const smallest = 7.5 // points, of head and foot

func (p *paper) header() {
	p.rule(headHigh - 5)
	p.pdf.SetTextColor(60, 60, 60)
	p.line(p.head, boldStyle, 10)
	p.line(strings.TrimSpace(p.asOf+" "+p.author), plainStyle, 14)
	p.pdf.SetTextColor(0, 0, 0)
	p.y = headHigh
}

func (p *paper) footer() {
	p.rule(pageHigh - footHigh + 6)
	p.pdf.SetTextColor(60, 60, 60)
	p.line(strings.TrimSpace(p.asOf+" "+p.author), plainStyle, pageHigh-footHigh+9)
	number := p.words.T("pdf.page", "Page", p.pdf.PageNo(), "Of", "{nb}")
	p.pdf.SetFont(family, plainStyle, smallest)
	p.pdf.Text(pageWide-pageMargin-p.pdf.GetStringWidth(strings.ReplaceAll(number, "{nb}", "00")), pageHigh-7, number)
	p.pdf.SetTextColor(0, 0, 0)
}

func (p *paper) rule(y float64) {
	p.pdf.SetDrawColor(150, 150, 150)
	p.pdf.SetLineWidth(0.2)
	p.pdf.Line(pageMargin, y, pageWide-pageMargin, y)
}

// line writes small words of head or foot, on two lines at most.
func (p *paper) line(text, style string, y float64) {
	rows := p.layout([]run{{text: text, style: style, family: family}}, textWide, smallest)
	for k, row := range rows[:min(len(rows), 2)] {
		p.drawRow(row, pageMargin, y+float64(k)*3.4+2.6, smallest)
	}
}

// bottom is how far down a page text may go.
const bottom = pageHigh - footHigh + 3

// need begins a new page where less than this is left.
func (p *paper) need(height float64) {
	if p.y+height > bottom && p.y > headHigh {
		p.pdf.AddPage()
	}
}

// legible replaces signs that the fonts do not have.
func (p *paper) legible(text string) string {
	return strings.Map(func(c rune) rune {
		switch c {
		case '\u00a0', '\u202f', '\u2009', '\t', '\n', '\r':
			return ' '
		case '\u00ad', '\u200b':
			return -1
		case '−':
			return '-'
		}
		if at, err := p.known.GlyphIndex(&p.cells, c); err != nil || at == 0 {
			return '·'
		}
		return c
	}, text)
}
