package browsertest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// browsers that speak the protocol, under the names that systems give them.
var browsers = []string{"chromium", "chromium-browser", "google-chrome"}

// errNone says that there is nothing to test with here; tests then skip.
var errNone = errors.New("not installed")

// browser starts one browser for all tests. Its profile is new and empty.
var browser = sync.OnceValues(func() (context.Context, error) {
	path := ""
	for _, b := range browsers {
		if found, err := exec.LookPath(b); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		return nil, fmt.Errorf("no chromium: %w", errNone)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // chromium's own refuses root
	}
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	atEnd(stop)
	ctx, stop = chromedp.NewContext(ctx)
	atEnd(stop)
	return ctx, chromedp.Do(ctx)
})

// tab is one tab of the browser, with everything that the browser complains of.
type tab struct {
	testing.TB
	ctx     context.Context
	console func() (chromedp.ConsoleMessage, error, bool)
	read    int
}

// newTab opens a tab, or skips the test where there is no browser.
func newTab(t testing.TB) *tab {
	t.Helper()
	ctx, err := browser()
	if errors.Is(err, errNone) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := chromedp.NewContext(ctx)
	t.Cleanup(stop)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	next, end := iter.Pull2(chromedp.Console(ctx))
	t.Cleanup(end)
	return &tab{TB: t, ctx: ctx, console: next}
}

// do runs actions and ends the test where one fails.
func (b *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	ctx, stop := context.WithTimeout(b.ctx, 30*time.Second)
	defer stop()
	if err := chromedp.Do(ctx, actions...); err != nil {
		b.Fatal(err)
	}
}

// run runs an action that gives a value.
func run[T any](b *tab, action chromedp.Action[T]) T {
	b.Helper()
	ctx, stop := context.WithTimeout(b.ctx, 60*time.Second)
	defer stop()
	v, err := chromedp.Run(ctx, action)
	if err != nil {
		b.Fatal(err)
	}
	return v
}

// eval is the value of a script. The rules of the page do not hold for it.
func eval[T any](b *tab, script string) T {
	b.Helper()
	return run(b, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
}

// visit opens an address and returns what the browser complains of: messages on
// the console, exceptions, requests that failed, breaches of the content
// security policy.
func (b *tab) visit(address string) []string {
	b.Helper()
	b.do(chromedp.Navigate(address))
	return b.complaints()
}

// complaints are those since the last call. A message of our own marks where
// they end.
func (b *tab) complaints() []string {
	b.Helper()
	b.read++
	mark := fmt.Sprintf("end of page %d", b.read)
	eval[*string](b, fmt.Sprintf("console.debug(%q), null", mark))
	var out []string
	for {
		m, err, more := b.console()
		if err != nil || !more {
			b.Fatal("the console ended:", err)
		}
		if m.Text == mark {
			return out
		}
		out = append(out, strings.TrimSpace("console: "+m.String()+" "+m.URL))
	}
}

// look is how a page is shown.
type look struct {
	width int64
	dark  bool
}

func (l look) String() string {
	if l.dark {
		return fmt.Sprintf("%d px, dark", l.width)
	}
	return fmt.Sprintf("%d px, light", l.width)
}

// looks are those in which every page must stand.
var looks = []look{{320, false}, {320, true}, {768, false}, {768, true}, {1280, false}, {1280, true}}

// show shows the page in a look, without motion.
func (b *tab) show(l look) {
	b.Helper()
	scheme := "light"
	if l.dark {
		scheme = "dark"
	}
	b.do(chromedp.EmulateViewport(l.width, 900))
	run(b, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
		return chromedp.Void{}, err
	})
}

// script allows the page to run scripts, or forbids it from the next page on.
func (b *tab) script(allowed bool) {
	b.Helper()
	run(b, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !allowed})
		return chromedp.Void{}, err
	})
}

// reflow says where a page is wider than its window.
func (b *tab) reflow() []string {
	b.Helper()
	var wide struct {
		Page, Window int
		Culprits     []string
	}
	b.decode(reflowScript, &wide)
	if wide.Page <= wide.Window {
		return nil
	}
	return []string{fmt.Sprintf("scrolls sideways: %d px in a window of %d px: %s", wide.Page, wide.Window, strings.Join(wide.Culprits, ", "))}
}

// decode fills v with the JSON of a script's value.
func (b *tab) decode(script string, v any) {
	b.Helper()
	if err := json.Unmarshal([]byte(eval[string](b, "Promise.resolve("+script+").then(JSON.stringify)")), v); err != nil {
		b.Fatal(err)
	}
}

// reflowScript names the first boxes that stand out, but for those that scroll
// on their own.
const reflowScript = `(() => {
	const page = document.scrollingElement.scrollWidth, culprits = [];
	const inScroller = e => { for (let p = e.parentElement; p && p !== document.body; p = p.parentElement)
		if (getComputedStyle(p).overflowX !== "visible") return true; return false };
	for (const e of document.querySelectorAll("body *"))
		if (culprits.length < 5 && e.getBoundingClientRect().right > innerWidth + 1 && !inScroller(e))
			culprits.push(e.tagName.toLowerCase() + (e.className ? "." + e.className : ""));
	return {page, window: innerWidth, culprits};
})()`

// axe is the accessibility checker's source, or errNone.
var axe = sync.OnceValues(func() (string, error) {
	source, err := os.ReadFile(filepath.Join("node_modules", "axe-core", "axe.min.js"))
	if errors.Is(err, os.ErrNotExist) {
		return "", fmt.Errorf("no axe-core: run make needs: %w", errNone)
	}
	return string(source), err
})

// needAxe skips the test where the checker is missing.
func needAxe(t testing.TB) {
	t.Helper()
	if _, err := axe(); errors.Is(err, errNone) {
		t.Skip(err)
	} else if err != nil {
		t.Fatal(err)
	}
}

// barriers are the violations of WCAG 2.2 AA and of best practice on the page as
// it is shown.
func (b *tab) barriers() []string {
	b.Helper()
	return b.judged(axeScript)
}

// contrast is what of the barriers depends on colours: in the dark a page of the
// same width has the same boxes and the same words.
func (b *tab) contrast() []string {
	b.Helper()
	return b.judged(contrastScript)
}

func (b *tab) judged(script string) []string {
	b.Helper()
	source, err := axe()
	if err != nil {
		b.Fatal(err)
	}
	if !eval[bool](b, `typeof axe === "object"`) {
		eval[*string](b, source+";null")
	}
	var found []struct {
		ID, Help string
		Nodes    []struct {
			HTML    string
			Target  []string
			Summary string
		}
	}
	b.decode(script, &found)
	var out []string
	for _, v := range found {
		n := v.Nodes[0]
		out = append(out, fmt.Sprintf("axe %s: %s; first %v %s %s", v.ID, v.Help, n.Target, n.HTML, strings.Join(strings.Fields(n.Summary), " ")))
	}
	return out
}

const (
	axeScript = `axe.run(document, {
	runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]},
	rules: {"target-size": {enabled: true}},
	resultTypes: ["violations"],
})` + axeResult
	contrastScript = `axe.run(document, {
	runOnly: {type: "rule", values: ["color-contrast", "link-in-text-block"]},
	resultTypes: ["violations"],
})` + axeResult
	axeResult = `.then(r => r.violations.map(v => ({id: v.id, help: v.help, nodes: v.nodes.map(n => ({
	html: n.html.slice(0, 300), target: n.target.map(String), summary: n.failureSummary,
}))})))`
)
