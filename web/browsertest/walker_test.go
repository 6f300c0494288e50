package browsertest

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// walker goes through pages as somebody with a keyboard and no mouse does. Every
// page on the way is looked at.
type walker struct {
	*tab
	at    string // the address of the site
	lang  string
	look  look
	plain bool // without script
	found *findings
	pages *[]page // what was seen, for the checker of HTML
}

// newWalker opens a tab, without script unless it is asked for.
func newWalker(t testing.TB, at, lang string, l look, script bool) *walker {
	t.Helper()
	w := &walker{tab: newTab(t), at: at, lang: lang, look: l, plain: !script, found: &findings{}, pages: &[]page{}}
	w.forget()
	w.script(script)
	w.show(l)
	return w
}

// forget makes the browser forget who used it before.
func (b *tab) forget() {
	b.Helper()
	run(b, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Call(ctx, network.ClearBrowserCookies, cdp.Empty{})
		return chromedp.Void{}, err
	})
}

// open types an address of this site, without its language.
func (w *walker) open(path string) {
	w.Helper()
	w.followed(w.visit(w.at + "/" + w.lang + path))
}

// followed looks at the page to which a step has led.
func (w *walker) followed(complaints []string) {
	w.Helper()
	p := page{path: w.path(), body: []byte("<!DOCTYPE html>\n" + eval[string](w.tab, "document.documentElement.outerHTML"))}
	*w.pages = append(*w.pages, p)
	w.found.add(p, w.look, complaints)
	w.found.add(p, w.look, w.reflow())
	w.script(true) // for the checker; the page has none to catch up with
	w.found.add(p, w.look, w.barriers())
	w.script(!w.plain)
	if lang := eval[string](w.tab, "document.documentElement.lang"); lang != w.lang {
		w.found.add(p, w.look, []string{fmt.Sprintf("the page is in %q", lang)})
	}
}

// path is the address in the browser, without the site and the language.
func (w *walker) path() string {
	w.Helper()
	u, err := url.Parse(eval[string](w.tab, "location.href"))
	if err != nil {
		w.Fatal(err)
	}
	if len(u.Path) > 3 {
		return u.Path[3:]
	}
	return u.Path
}

// reach presses Tab until the focus is on what the selector says.
func (w *walker) reach(selector string) {
	w.Helper()
	is := fmt.Sprintf("document.activeElement.matches(%q)", selector)
	for range 400 {
		if eval[bool](w.tab, is) {
			return
		}
		w.do(chromedp.KeyEvent(kb.Tab))
	}
	w.Fatalf("%s: Tab never reaches %s; the page says\n%s", w.path(), selector, w.words())
}

// fill types into a field in place of what stands there.
func (w *walker) fill(selector, text string) {
	w.Helper()
	w.reach(selector)
	eval[*string](w.tab, "document.activeElement.select && document.activeElement.select(), null")
	w.do(chromedp.KeyEvent(kb.Backspace), chromedp.KeyEvent(text))
}

// tick turns a box on or off with the space bar.
func (w *walker) tick(selector string) {
	w.Helper()
	w.reach(selector)
	w.do(chromedp.KeyEvent(" "))
}

// pick chooses a value with the arrows: in a list, or of several radio buttons.
func (w *walker) pick(group, value string) {
	w.Helper()
	w.reach(group)
	is := fmt.Sprintf("document.activeElement.value === %q", value)
	w.do(chromedp.KeyEvent(kb.Home))
	for range 30 {
		if eval[bool](w.tab, is) {
			if eval[bool](w.tab, `document.activeElement.type === "radio" && !document.activeElement.checked`) {
				w.do(chromedp.KeyEvent(" "))
			}
			return
		}
		w.do(chromedp.KeyEvent(kb.ArrowDown))
	}
	w.Fatalf("%s: arrows never choose %q in %s", w.path(), value, group)
}

// press presses Enter on a button or a link and waits for the page behind it.
func (w *walker) press(selector string) {
	w.Helper()
	w.reach(selector)
	if _, err := chromedp.RunResponse(w.ctx, chromedp.KeyEvent(kb.Enter)); err != nil {
		w.Fatalf("%s: Enter on %s: %v", w.path(), selector, err)
	}
	w.followed(w.complaints())
}

// refused presses what the site will not do, which the browser says too.
func (w *walker) refused(selector string, status int) {
	w.Helper()
	w.reach(selector)
	if _, err := chromedp.RunResponse(w.ctx, chromedp.KeyEvent(kb.Enter)); err != nil {
		w.Fatalf("%s: Enter on %s: %v", w.path(), selector, err)
	}
	said := fmt.Sprintf("the server responded with a status of %d ", status)
	told := w.complaints()
	if !slices.ContainsFunc(told, func(c string) bool { return strings.Contains(c, said) }) {
		w.Errorf("%s: the answer is no %d: %q", w.path(), status, told)
	}
	w.followed(slices.DeleteFunc(told, func(c string) bool { return strings.Contains(c, said) }))
}

// words are what the page says.
func (w *walker) words() string {
	w.Helper()
	return eval[string](w.tab, wordsScript)
}

// must ends the test where the page does not have what the selector says.
func (w *walker) must(selector string) {
	w.Helper()
	if !eval[bool](w.tab, fmt.Sprintf("document.querySelector(%q) !== null", selector)) {
		w.Fatalf("%s has no %s; it says\n%s", w.path(), selector, w.words())
	}
}

// text is the text of the first element that the selector names.
func (w *walker) text(selector string) string {
	w.Helper()
	w.must(selector)
	return eval[string](w.tab, fmt.Sprintf("document.querySelector(%q).innerText.trim()", selector))
}

// arrived ends the test where the browser is elsewhere.
func (w *walker) arrived(path string) {
	w.Helper()
	if got := w.path(); got != path {
		w.Fatalf("the browser is at %s, want %s; the page says\n%s", got, path, w.words())
	}
}

// report tells what was wrong with the pages on the way.
func (w *walker) report(t *testing.T) {
	t.Helper()
	w.found.report(t)
	for _, e := range checkHTML(t, *w.pages) {
		t.Error(e)
	}
}
