package chart

import (
	"strings"
	"testing"
)

func answersOf() Answers {
	return Answers{
		Caption: Caption{ID: "told", Lang: "en", Title: "Who agrees", Desc: "Mill: 6 of 12.", Notes: []string{"As told on 3 May 2030."}},
		Rows: []Answered{
			{Label: "Mill", Agree: 6, Disagree: 3, Passed: 3, Low: 300, High: 700, Words: "6 of 12 agree"},
			{Label: "Ford", Agree: 10, Low: 800, High: 1000, Words: "10 of 10 agree"},
			{Label: "Nobody asked"},
		},
		Keys: [4]string{"agree", "disagree", "pass", "range"},
	}
}

func viewsOf() Views {
	return Views{
		Caption: Caption{ID: "pair", Lang: "en", Title: "What Mill expected of Ford", Desc: "Expected 3, said 7."},
		Most:    10,
		Rows:    []View{{Label: "A bridge", Expected: 300, Said: 700, Low: 200, High: 400, Words: "far off"}, {Label: "Beyond", Expected: -50, Said: 1200, Low: -300, High: 1500}},
		Keys:    [3]string{"expected", "said", "range"},
	}
}

func TestAnswersAreDrawnInProportion(t *testing.T) {
	all := parse(t, string(answersOf().HTML()))
	bars, tracks := classed(all, "bar"), classed(all, "track")
	if len(tracks) != 6 || len(bars) != 3 { // three rows, then the legend's samples
		t.Fatalf("%d tracks, %d bars", len(tracks), len(bars))
	}
	full := number(t, tracks[0].attr["width"])
	if half := number(t, bars[0].attr["width"]); half*2 != full {
		t.Errorf("6 of 12 is %v of %v", half, full)
	}
	if whole := number(t, bars[1].attr["width"]); whole != full {
		t.Errorf("10 of 10 is %v of %v", whole, full)
	}
	if hatches := classed(all, "hatch"); len(hatches) != 2 {
		t.Errorf("%d parts are hatched, want Mill's and the legend's", len(hatches))
	}
	if ranges := classed(all, "range"); len(ranges) != 3 {
		t.Errorf("%d ranges: a group that nobody asked has none", len(ranges))
	}
}

func TestViewsKeepToTheirScale(t *testing.T) {
	v := viewsOf()
	if low, high := v.at(-1), v.at(5000); low != v.at(0) || high != v.at(1000) {
		t.Errorf("what lies beyond the scale stands at %v and %v", low, high)
	}
	if !(v.at(300) < v.at(700)) {
		t.Error("more is not further right")
	}
	all := parse(t, string(v.HTML()))
	if n := len(classed(all, "range")); n != 3 {
		t.Errorf("%d ranges, want two rows and the legend", n)
	}
	if got := texts(all, "legend"); len(got) != 3 {
		t.Errorf("the legend says %q", got)
	}
}

// A strip stands in a row that says the same in words: who listens hears it once.
func TestStripsAreSilent(t *testing.T) {
	svg := string(Strip(Answered{Agree: 1, Disagree: 1, Low: 100, High: 900}))
	if !strings.Contains(svg, `aria-hidden="true"`) || strings.Contains(svg, "<text") {
		t.Errorf("got %s", svg)
	}
	parse(t, svg)
}
