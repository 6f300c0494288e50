package browsertest

import (
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// eventually waits until an expression is true in the page.
func (b *tab) eventually(what, expression string) {
	b.Helper()
	for begun := time.Now(); time.Since(begun) < 15*time.Second; time.Sleep(100 * time.Millisecond) {
		if eval[bool](b, expression) {
			return
		}
	}
	b.Errorf("%s: never %s", what, expression)
}

func (b *tab) types(keys string) {
	b.Helper()
	b.do(chromedp.KeyEvent(keys))
}

// TestWhatScriptsAddToTheForum: a draft outlives its page and is found on another
// device; what this browser alone has is offered and never put over other words;
// shortcuts open their list and can be turned off; a quote takes what is selected.
func TestWhatScriptsAddToTheForum(t *testing.T) {
	h := newTowns(t)
	who := h.settle("scripted", "KE")
	under := h.problemTitled(aProblem)
	at := h.at + "/en" + h.path("problem/new")
	write := func(words string) string {
		return fmt.Sprintf(`(() => { const b = document.querySelector("form.compose #body"); b.focus(); b.value = %q; b.dispatchEvent(new Event("input", {bubbles: true})); return true })()`, words)
	}
	const typed = `document.querySelector("form.compose #body").value`
	b, other := newTab(t), newTab(t)
	h.enter(b, who)
	h.enter(other, who)
	b.visit(at)
	eval[bool](b, write("Half a thought"))
	b.eventually("the draft is kept", `document.querySelector(".draft-state").textContent !== ""`)
	b.visit(at)
	if got := eval[string](b, typed); got != "Half a thought" {
		t.Errorf("after the page was loaded anew the form says %q", got)
	}
	other.visit(at)
	if got := eval[string](other, typed); got != "Half a thought" {
		t.Errorf("another device says %q", got)
	}

	// The server cannot be reached: what was typed is offered, and put over nothing.
	eval[bool](b, `(window.fetch = () => Promise.reject(1), navigator.sendBeacon = () => false, true)`)
	eval[bool](b, write("Said in a tunnel"))
	b.eventually("it is said where the draft is", `document.querySelector(".draft-state").textContent.includes("this browser")`)
	b.visit(at)
	if got := eval[string](b, typed); got != "Half a thought" {
		t.Errorf("the words of the browser were put over those of the server: %q", got)
	}
	eval[bool](b, `(document.querySelector(".draft-state button").click(), true)`)
	b.eventually("they are put in", typed+` === "Said in a tunnel"`)

	b.visit(h.at + "/en" + h.path(fmt.Sprint("problem/", under)))
	b.types("?")
	b.eventually("? opens the list", `document.querySelector("#keys").open`)
	eval[bool](b, `(document.querySelector("#keys-on").click(), document.querySelector("#keys").close(), true)`)
	b.types("j")
	if eval[bool](b, `document.activeElement.matches("[data-step]")`) {
		t.Error("a shortcut works that was turned off")
	}
	eval[bool](b, `(document.querySelector("#keys-on").click(), true)`)
	b.types("j")
	if !eval[bool](b, `document.activeElement.matches("[data-step]")`) {
		t.Error("j leads nowhere")
	}
	b.types(kb.Escape)
	if !eval[bool](b, `(() => {
		const list = document.querySelector("#keys");
		document.activeElement.blur();
		list.showModal();
		list.close();
		document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "j", bubbles: true}));
		return document.activeElement.matches("[data-step]");
	})()`) {
		t.Error("j leads nowhere in the frame in which the list is closed")
	}
	words := eval[string](b, `(() => {
		const c = [...document.querySelectorAll("article.comment")].find(c => c.querySelector("a[data-deed=quote]") && c.querySelector(".written p"));
		const p = c.querySelector(".written p").firstChild, r = document.createRange();
		r.setStart(p, 0); r.setEnd(p, Math.min(12, p.length));
		getSelection().removeAllRanges(); getSelection().addRange(r);
		const a = c.querySelector("a[data-deed=quote]");
		a.addEventListener("click", e => e.preventDefault());
		a.click();
		return new URL(a.href).searchParams.get("words") === getSelection().toString().trim() ? "" : a.href;
	})()`)
	if words != "" {
		t.Errorf("the quote leads to %s", words)
	}
}
