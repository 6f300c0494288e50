package chart

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// classed lists the elements of a picture that have the class.
func classed(all []element, class string) []element {
	var out []element
	for _, e := range all {
		if e.attr["class"] == "chart-"+class {
			out = append(out, e)
		}
	}
	return out
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func texts(all []element, class string) []string {
	var out []string
	for _, e := range classed(all, class) {
		out = append(out, e.text)
	}
	return out
}

func TestMoreIsRightAndUp(t *testing.T) {
	c := Curve{Caption: Caption{ID: "c"}, X: Axis{Low: 0, High: 10}, Y: Axis{Low: 0, High: 10}, Points: []Point{{X: 0, Y: 0}, {X: 10, Y: 10}, {X: 5, Y: 5}}}
	dots := classed(parse(t, string(c.HTML())), "dot")
	at := func(i int) (x, y float64) { return number(t, dots[i].attr["cx"]), number(t, dots[i].attr["cy"]) }
	x0, y0 := at(0)
	x1, y1 := at(1)
	x2, y2 := at(2)
	if x0 != plotLeft || x1 != plotRight || y0-y1 != plotHeight {
		t.Errorf("corners at %v,%v and %v,%v", x0, y0, x1, y1)
	}
	if x2 != (x0+x1)/2 || y2 != (y0+y1)/2 {
		t.Errorf("the middle is at %v,%v", x2, y2)
	}
}

func TestBetterCornerBeginsAtTheBaseline(t *testing.T) {
	c := sample()
	all := parse(t, string(c.HTML()))
	corner := classed(all, "better")
	if len(corner) != 1 {
		t.Fatalf("%d corners", len(corner))
	}
	x, width := number(t, corner[0].attr["x"]), number(t, corner[0].attr["width"])
	if x+width != plotRight {
		t.Errorf("the corner ends at %v, want %v", x+width, plotRight)
	}
	c.Base = nil
	if n := len(classed(parse(t, string(c.HTML())), "better")); n != 0 {
		t.Errorf("%d corners without a baseline", n)
	}
}

func TestLegendNamesEveryMark(t *testing.T) {
	c := sample()
	all := parse(t, string(c.HTML()))
	want := []string{c.Base.Label}
	for _, m := range c.Marks {
		want = append(want, m.Label)
	}
	if got := texts(all, "legend"); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := len(classed(all, "shape")); got != 2*len(want) {
		t.Errorf("%d shapes: every mark is drawn in the plot and in the legend", got)
	}
}

func TestShapesDifferWithoutColour(t *testing.T) {
	seen := map[string]Shape{}
	for s := Diamond; s <= Cross; s++ {
		p := &pen{}
		p.shape(s, 1000, 1000)
		if other, twice := seen[p.String()]; twice {
			t.Errorf("%v looks like %v", s, other)
		}
		seen[p.String()] = s
	}
	if got := Shape(99).String(); got != "99" {
		t.Errorf("got %q", got)
	}
}

func TestFaintPointsStayVisible(t *testing.T) {
	c := sample()
	opacity := map[string]int{}
	for _, d := range classed(parse(t, string(c.HTML())), "dot") {
		opacity[d.attr["fill-opacity"]]++
	}
	if len(opacity) != 2 || opacity["0.25"] != 17 {
		t.Errorf("got %v", opacity)
	}
}

func TestAxesAreNamedInWords(t *testing.T) {
	c := sample()
	got := texts(parse(t, string(c.HTML())), "axis")
	if want := []string{"↑ " + c.Y.Name, c.X.Name + " →"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := texts(parse(t, string(c.HTML())), "tick"); !slices.Equal(got, []string{"as now", "half", "all", "as now", "half", "all"}) {
		t.Errorf("got %q", got)
	}
}

func TestLinesStayInsideThePicture(t *testing.T) {
	c := sample()
	c.Title = strings.Repeat("длинное слово ", 12)
	c.Notes = []string{strings.Repeat("кто это написал ", 12)}
	all := parse(t, string(c.HTML()))
	for class, size := range map[string]int{"title": large, "note": small} {
		lines := texts(all, class)
		if len(lines) < 2 {
			t.Errorf("%s: %d lines", class, len(lines))
		}
		for _, l := range lines {
			if len([]rune(l))*size > lineFill {
				t.Errorf("%s: %q is too long", class, l)
			}
		}
	}
	height := number(t, strings.Fields(all[0].attr["viewBox"])[3])
	for _, e := range all {
		if y := e.attr["y"]; y != "" && number(t, y) > height {
			t.Errorf("%s %q stands at %s of %v", e.name, e.text, y, height)
		}
	}
}

func TestBarsAreAsLongAsTheirShare(t *testing.T) {
	all := parse(t, string(bars().HTML()))
	tracks, filled := classed(all, "track"), classed(all, "bar")
	if len(tracks) != 3 || len(filled) != 1 {
		t.Fatalf("%d tracks, %d bars", len(tracks), len(filled))
	}
	if got, want := number(t, filled[0].attr["width"])/number(t, tracks[0].attr["width"]), 0.9; got < want-0.001 || got > want+0.001 {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := texts(all, "share"); !slices.Equal(got, []string{"9 из 10", "ни при одной", "не считалось"}) {
		t.Errorf("got %q", got)
	}
}

func TestEmptyPicturesAreStillPictures(t *testing.T) {
	for _, svg := range []string{
		string(Curve{Caption: Caption{ID: "x"}}.HTML()), string(Bars{Caption: Caption{ID: "x"}}.HTML()), string(File(Caption{ID: "x"}, nil)),
	} {
		if root := parse(t, svg)[0]; root.attr["role"] != "img" {
			t.Errorf("got %v", root)
		}
	}
}

func ExampleThin() {
	fmt.Println(Thin(100, 5, []int{42}))
	// Output: [0 33 42 66 99]
}
