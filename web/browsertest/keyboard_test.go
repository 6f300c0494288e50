package browsertest

import (
	"fmt"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// stop is where the focus is after one press of Tab.
type stop struct {
	Name    string // of the element; empty: the focus has left the page
	Problem string
}

// keyboard walks through the page with Tab, from its first element until the
// focus leaves it, and says where the focus cannot be seen or does not move on.
func (b *tab) keyboard() []string {
	b.Helper()
	eval[*string](b, "document.activeElement.blur(), scrollTo(0, 0), null")
	most := eval[int](b, countScript)
	var out []string
	last := ""
	for range most + 2 {
		b.do(chromedp.KeyEvent(kb.Tab))
		var at stop
		b.decode(focusScript, &at)
		if at.Name == "" {
			return out
		}
		last = at.Name
		if at.Problem != "" {
			out = append(out, fmt.Sprintf("focus on %s: %s", at.Name, at.Problem))
		}
	}
	return append(out, fmt.Sprintf("focus is trapped: %d presses of Tab did not leave the page, the last at %s", most+2, last))
}

// countScript counts what can have the focus, boxes that scroll included.
const countScript = `[...document.querySelectorAll("*")].filter(e =>
	e.tabIndex >= 0 || e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight).length`

// focusScript tells whether the element with the focus is on the screen, not
// covered, and looks different from how it looks without.
const focusScript = `(() => {
	const e = document.activeElement;
	if (!e || e === document.body || e === document.documentElement) return {name: ""};
	const name = e.tagName.toLowerCase() + (e.id ? "#" + e.id : "") + " " + JSON.stringify((e.textContent || e.value || "").trim().slice(0, 40));
	const boxes = [...e.getClientRects()].filter(r => r.width > 0 && r.height > 0);
	if (!boxes.length) return {name, problem: "it has no size"};
	const seen = boxes.some(r => {
		for (const [x, y] of [[r.left + r.width / 2, r.top + r.height / 2], [r.left + 2, r.top + 2], [r.right - 2, r.bottom - 2]]) {
			if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) continue;
			const top = document.elementFromPoint(x, y);
			if (top && (e.contains(top) || top.contains(e) || [...(e.labels || [])].some(l => l.contains(top)))) return true;
		}
		return false;
	});
	if (!seen) return {name, problem: "it is covered or off the screen"};
	const ring = getComputedStyle(e);
	if (ring.outlineStyle !== "none" && parseFloat(ring.outlineWidth) >= 2) return {name};
	const drawn = [e, e.parentElement, ...(e.labels || []), ...e.querySelectorAll("*")].slice(0, 20);
	const draw = () => drawn.map(x => { const s = getComputedStyle(x);
		return [s.outlineStyle, s.outlineWidth, s.boxShadow, s.backgroundColor, s.borderColor, s.textDecorationLine, s.stroke, s.strokeWidth] }).join();
	const focused = draw();
	e.blur();
	const without = draw();
	e.focus({preventScroll: true});
	return {name, problem: focused === without ? "nothing shows that it has the focus" : ""};
})()`
