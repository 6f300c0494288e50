package browsertest

import (
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// wordsScript is what a reader reads.
const wordsScript = `document.querySelector("main").innerText.replace(/\s+/g, " ")`

// TestNoScript shows that a reader without script misses nothing: each page says
// the same words.
func TestNoScript(t *testing.T) {
	s, with, without := startSite(t), newTab(t), newTab(t)
	without.script(false)
	for _, p := range s.pages {
		if !p.plain() {
			continue
		}
		with.visit(s.address + p.path)
		for _, complaint := range without.visit(s.address + p.path) {
			t.Errorf("%s without script: %s", p.path, complaint)
		}
		if want, got := eval[string](with, wordsScript), eval[string](without, wordsScript); got != want {
			t.Errorf("%s without script says\n%s\nwant\n%s", p.path, got, want)
		}
	}
}

// press clicks what leads to another page and waits for that page.
func (b *tab) press(selector string) *url.URL {
	b.Helper()
	if _, err := chromedp.RunResponse(b.ctx, chromedp.Click(chromedp.CSS(selector))); err != nil {
		b.Fatalf("%s: %v", selector, err)
	}
	at, err := url.Parse(eval[string](b, "location.href"))
	if err != nil {
		b.Fatal(err)
	}
	return at
}

// TestWithoutScriptDeeds does without script what readers do: swap the columns,
// filter the registers, suppose a rank.
func TestWithoutScriptDeeds(t *testing.T) {
	s, b := startSite(t), newTab(t)
	b.script(false)
	b.show(look{width: 320})
	for _, lang := range []string{"en", "ru"} {
		home := s.address + "/" + lang + "/us-russia-2009"
		heads := func() string {
			return eval[string](b, `[...document.querySelectorAll("main .heads h2")].map(h => h.innerText.trim()).join("|")`)
		}
		b.visit(home + "/registers")
		before := strings.Split(heads(), "|")
		b.press(`.tools a[href*="swap"]`)
		if after := strings.Split(heads(), "|"); len(after) != 2 || after[0] != before[1] || after[1] != before[0] {
			t.Errorf("%s: swapped columns are %q, before %q", lang, after, before)
		}

		const entries = `document.querySelectorAll("main .entry").length`
		b.visit(home + "/registers")
		all := eval[int](b, entries)
		eval[string](b, `document.querySelector("form.filter select[name=tier]").value = "vital"`)
		at := b.press("form.filter button")
		if vital := eval[int](b, entries); at.Query().Get("tier") != "vital" || vital == 0 || vital >= all {
			t.Errorf("%s: %d of %d entries at %v", lang, vital, all, at)
		}

		b.visit(home + "/suppose")
		eval[string](b, `document.querySelector("#interest-1").value = "US-16", document.querySelector("#to-1").value = "vital"`)
		b.press("form button[type=submit]")
		if fallen := eval[int](b, `document.querySelectorAll("main .result .gone + .swaps > li").length`); fallen != 2 {
			t.Errorf("%s: %d swaps fall, want both, when the rank of US-16 is vital", lang, fallen)
		}
	}
}
