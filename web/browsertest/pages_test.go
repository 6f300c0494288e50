package browsertest

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// findings are problems, each with the places where it was seen.
type findings struct {
	sync.Mutex
	order []string
	at    map[string][]string
}

// add takes down problems of a page in a look.
func (f *findings) add(p page, l look, problems []string) {
	f.Lock()
	defer f.Unlock()
	for _, problem := range problems {
		if f.at == nil {
			f.at = map[string][]string{}
		}
		if f.at[problem] == nil {
			f.order = append(f.order, problem)
		}
		f.at[problem] = append(f.at[problem], fmt.Sprintf("%s (%v)", p.path, l))
	}
}

// report is an error for each problem, with the first places of it.
func (f *findings) report(t *testing.T) {
	t.Helper()
	for _, problem := range f.order {
		at := f.at[problem]
		t.Errorf("%s\n\ton %d pages: %s", problem, len(at), strings.Join(at[:min(3, len(at))], ", "))
	}
}

// tabs is how many pages are looked at at once.
const tabs = 2

// TestPages looks at every page. A page that is the only one of its template is
// checked in every look, in the dark for what colours do; of those that share one, each is checked for its width
// in every look and for barriers in one, the looks taking turns.
func TestPages(t *testing.T) {
	needAxe(t)
	s := startSite(t)
	pages := s.pages
	if testing.Short() {
		pages = nil
		for _, p := range s.pages {
			if p.plain() {
				pages = append(pages, p)
			}
		}
	}
	pages = sample(fewQuestions(pages))
	t.Logf("%d of %d pages", len(pages), len(s.pages))
	s.inspect(t, pages)
}

// inspect checks pages in a few tabs at once and reports what is found.
func (s *site) inspect(t *testing.T, pages []page) {
	t.Helper()
	var next atomic.Int64
	var found findings
	t.Run("pages", func(t *testing.T) {
		for range tabs {
			t.Run("tab", func(t *testing.T) {
				t.Parallel()
				b := newTab(t)
				for n := next.Add(1) - 1; int(n) < len(pages); n = next.Add(1) - 1 {
					b.inspect(&found, s, pages[n], int(n))
				}
			})
		}
	})
	found.report(t)
}

// mostQuestions is how many addresses with a question are looked at of each kind.
const mostQuestions = 6

// fewQuestions leaves out most of the pages that differ by their question alone.
func fewQuestions(pages []page) []page {
	var out []page
	asked := map[string]int{}
	for _, p := range pages {
		if path, _, question := strings.Cut(p.path, "?"); question {
			if asked[path]++; asked[path] > mostQuestions {
				continue
			}
		}
		out = append(out, p)
	}
	return out
}

// ofTemplate is how many pages of one template, dialogue and language are looked
// at, beside those that hold something of their own.
const ofTemplate = 3

// sample leaves out most of the pages that differ from others by their words
// alone. Of those that share a template, a dialogue and a language it keeps the
// first ones, the longest, and whatever holds an element in a place where no page
// before it has one. A page that is the only one of its template stays, and the
// checker of HTML reads them all.
func sample(pages []page) []page {
	kinds, longest, seen := map[string]int{}, map[string]int{}, map[string]bool{}
	keep := make([]bool, len(pages))
	for n, p := range pages {
		kind := p.kind()
		for _, place := range p.places() {
			if place = kind + " " + place; !seen[place] {
				seen[place], keep[n] = true, true
			}
		}
		kinds[kind]++
		keep[n] = keep[n] || kinds[kind] < ofTemplate || !p.oneOfMany()
		if at, any := longest[kind]; !any || len(p.body) > len(pages[at].body) {
			longest[kind] = n
		}
	}
	for _, n := range longest {
		keep[n] = true
	}
	var out []page
	for n, p := range pages {
		if keep[n] {
			out = append(out, p)
		}
	}
	return out
}

// oneOfMany reports whether other pages are made from the same template: those of
// interests and topics, of contributions, and those that differ by their question.
func (p page) oneOfMany() bool {
	path, _, question := strings.Cut(p.path, "?")
	part := append(strings.Split(strings.Trim(path, "/"), "/"), "", "", "")[2]
	return question || p.many() || !p.plain() && (part == "interest" || part == "topic")
}

// places are the elements of a page, each with its classes and those of the
// element it stands in.
func (p page) places() []string {
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(p.body))
	if err != nil {
		return []string{err.Error()}
	}
	var out []string
	named := func(e *goquery.Selection) string { return goquery.NodeName(e) + "." + e.AttrOr("class", "") }
	doc.Find("body *").Each(func(_ int, e *goquery.Selection) {
		out = append(out, named(e.Parent())+" > "+named(e))
	})
	slices.Sort(out)
	return slices.Compact(out)
}

// inspect checks one page.
func (b *tab) inspect(found *findings, s *site, p page, turn int) {
	b.show(looks[0])
	found.add(p, looks[0], b.visit(s.address+p.path))
	for i, l := range looks {
		every := p.plain() && !testing.Short()
		if l.dark && !every && i != turn%len(looks) {
			continue // the width is the same as in light
		}
		b.show(l)
		found.add(p, l, b.reflow())
		switch {
		case i == turn%len(looks), every && !l.dark:
			found.add(p, l, b.barriers())
		case every:
			found.add(p, l, b.contrast())
		}
	}
	found.add(p, looks[0], b.complaints())
}

// TestEnlarged shows the plain pages with text of twice the size: nothing may
// need sideways scrolling.
func TestEnlarged(t *testing.T) {
	s, b := startSite(t), newTab(t)
	var found findings
	defer found.report(t)
	for _, p := range s.pages {
		if !p.plain() {
			continue
		}
		l := look{width: 1280}
		b.show(l)
		b.visit(s.address + p.path)
		eval[string](b, `document.documentElement.style.fontSize = "200%"`)
		found.add(p, l, b.reflow())
	}
}

// TestKeyboard walks through every plain page with Tab, on a desk and on a phone.
func TestKeyboard(t *testing.T) {
	s := startSite(t)
	var found findings
	t.Cleanup(func() { found.report(t) })
	for _, l := range []look{{width: 1280}, {width: 320}} {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			b := newTab(t)
			for _, p := range s.pages {
				if !p.plain() || testing.Short() && l.width != 320 {
					continue
				}
				b.show(l)
				b.visit(s.address + p.path)
				found.add(p, l, b.keyboard())
			}
		})
	}
}
