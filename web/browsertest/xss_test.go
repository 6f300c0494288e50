package browsertest

import (
	"context"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"

	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"parley/markup"
)

// payloads are the texts of the corpus, each of which would call trap() if it
// came through.
func payloads(t testing.TB) []string {
	t.Helper()
	corpus, err := os.ReadFile("../../markup/testdata/xss.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(string(corpus)) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "# ") {
			continue
		}
		s, err := strconv.Unquote(`"` + line + `"`)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		out = append(out, s)
	}
	if len(out) < 150 {
		t.Fatalf("only %d payloads", len(out))
	}
	return out
}

// trap makes every page of the tab count the calls of trap(), and of the dialogs
// that payloads open, whatever the policy of the page forbids: what is tested is
// what the page holds, not what saves it.
func (b *tab) trap() {
	b.Helper()
	const script = `window.sprung = 0; window.trap = window.alert = window.confirm = window.prompt = () => { window.sprung++ }`
	run(b, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		if _, err := chromedp.Call(ctx, cdppage.Enable, cdppage.EnableParams{}); err != nil {
			return chromedp.Void{}, err
		}
		if _, err := chromedp.Call(ctx, cdppage.SetBypassCSP, cdppage.SetBypassCSPParams{Enabled: true}); err != nil {
			return chromedp.Void{}, err
		}
		_, err := chromedp.Call(ctx, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: script})
		return chromedp.Void{}, err
	})
}

// sprung counts the traps that the page has sprung, after everything on it that
// can be pointed at, entered or pressed was.
func (b *tab) sprung() int {
	b.Helper()
	return eval[int](b, `(async () => {
		for (const e of document.querySelectorAll("main *"))
			for (const kind of ["mouseover", "mouseenter", "pointerover", "focus", "focusin", "animationstart", "toggle", "input"])
				e.dispatchEvent(new Event(kind, {bubbles: true}));
		for (const a of document.querySelectorAll("main a[href]"))
			if (/^\s*(javascript|data|vbscript):/i.test(a.href) || /^(javascript|vbscript)/i.test(a.protocol)) window.sprung++;
		await new Promise(r => setTimeout(r, 50));
		return window.sprung;
	})()`)
}

// perPage is how many payloads a page shows.
const perPage = 8

// TestMarkupInTheBrowser shows every payload of the corpus as Markdown and as
// plain text, with no policy to help: nothing acts. The same payloads raw do.
func TestMarkupInTheBrowser(t *testing.T) {
	b, all := newTab(t), payloads(t)
	b.trap()
	ways := map[string]func(string) string{
		"markdown": func(s string) string { return string(markup.HTML(s, 2)) },
		"text":     html.EscapeString,
		"raw":      func(s string) string { return s },
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		show, known := ways[r.URL.Path[1:]]
		from, err := strconv.Atoi(r.URL.Query().Get("from"))
		if !known || err != nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, "<!doctype html><title>x</title><main>")
		for _, p := range all[from:min(from+perPage, len(all))] {
			fmt.Fprintf(w, "<section>%s</section>", show(p))
		}
		fmt.Fprint(w, "</main>")
	}))
	t.Cleanup(server.Close)
	active := 0
	for from := 0; from < len(all); from += perPage {
		for _, way := range []string{"markdown", "text"} {
			b.visit(fmt.Sprintf("%s/%s?from=%d", server.URL, way, from))
			if sprung := b.sprung(); sprung > 0 {
				t.Errorf("%q as %s sprang %d traps", all[from:min(from+perPage, len(all))], way, sprung)
			}
		}
		b.visit(fmt.Sprintf("%s/raw?from=%d", server.URL, from))
		if b.sprung() > 0 {
			active++
		}
	}
	if active < 10 {
		t.Errorf("only %d pages of raw payloads sprang the trap: it does not work", active)
	}
}
