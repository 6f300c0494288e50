package browsertest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// good is a page in which nothing is wrong.
const good = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Good</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"></head>
<body><main><h1>Good</h1><p><a href="/good">A page</a></p></main></body></html>`

// broken are changes to the good page, each with the words of the check that
// must find it.
var broken = []struct{ name, old, new, finds string }{
	{"no language", `<html lang="en">`, `<html>`, "axe html-has-lang"},
	{"pale text", `<p>`, `<p style="color:#ccc">Pale words `, "axe color-contrast"},
	{"small target", `<p>`, `<p><a href="/a" style="display:inline-block;width:9px;height:9px">a</a><a href="/b" style="display:inline-block;width:9px;height:9px">b</a>`, "axe target-size"},
	{"a message", `</body>`, `<script>console.log("a word")</script></body>`, "console: log: a word"},
	{"an exception", `</body>`, `<script>throw new Error("a fault")</script></body>`, "a fault"},
	{"a missing file", `</body>`, `<img alt="" src="/missing"></body>`, "404"},
	{"a foreign style", `</body>`, `<style>p { color: red }</style></body>`, "Content Security Policy"},
	{"a wide box", `<p>`, `<p style="width:2000px">`, "scrolls sideways"},
	{"no ring", `<a `, `<a style="outline:none" `, "nothing shows"},
	{"focus off the screen", `<a `, `<a style="position:absolute;left:-999px" `, "off the screen"},
	{"a trap", `</body>`, `<button id="a">a</button><button id="b">b</button><script>
		a.onkeydown = b.onkeydown = e => { if (e.key === "Tab") { e.preventDefault(); (e.target === a ? b : a).focus() } }</script></body>`, "trapped"},
}

// TestControls shows that each check can fail, and passes what is good.
func TestControls(t *testing.T) {
	needAxe(t)
	b := newTab(t)
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		policy := "default-src 'self'; img-src 'self' data:; script-src 'unsafe-inline'; style-src-attr 'unsafe-inline'"
		w.Header().Set("Content-Security-Policy", policy)
		if r.URL.Path == "/good" {
			fmt.Fprint(w, good)
			return
		}
		for _, c := range broken {
			if r.URL.Path == "/"+strings.ReplaceAll(c.name, " ", "-") {
				fmt.Fprint(w, strings.Replace(good, c.old, c.new, 1))
				return
			}
		}
		http.NotFound(w, r)
	}))
	defer site.Close()
	check := func(path string) string {
		b.show(look{width: 320})
		out := b.visit(site.URL + path)
		out = append(out, b.reflow()...)
		out = append(out, b.barriers()...)
		return strings.Join(append(out, b.keyboard()...), "\n")
	}
	if got := check("/good"); got != "" {
		t.Errorf("the good page: %s", got)
	}
	for _, c := range broken {
		if got := check("/" + strings.ReplaceAll(c.name, " ", "-")); !strings.Contains(got, c.finds) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.finds)
		}
	}
	// What is looked for in the dark alone.
	b.visit(site.URL + "/good")
	if got := b.contrast(); got != nil {
		t.Errorf("the colours of the good page: %s", got)
	}
	b.visit(site.URL + "/pale-text")
	if got := strings.Join(b.contrast(), "\n"); !strings.Contains(got, "axe color-contrast") {
		t.Errorf("pale text: got %q", got)
	}
}
