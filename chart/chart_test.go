package chart

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func sample() Curve {
	c := Curve{
		Caption: Caption{
			ID: "curve", Lang: "en", Title: "What two towns can have together",
			Desc:  "Each dot is a package that cannot be bettered for one town without costing the other.",
			Notes: []string{"Situation of May 2030.", "Registers written by the towns themselves."},
		},
		X:    Axis{Name: "Mill: gain by this description", Low: -100_000, High: 1_000_000, Ticks: []Tick{{0, "as now", true}, {500_000, "half", false}, {1_000_000, "all", false}}},
		Y:    Axis{Name: "Ford: gain by this description", Low: -100_000, High: 1_000_000, Ticks: []Tick{{0, "as now", true}, {500_000, "half", false}, {1_000_000, "all", false}}},
		Base: &Mark{X: 100_000, Y: 200_000, Shape: Cross, Label: "What nobody need pay for", ID: "base"},
	}
	for i := range int64(50) {
		c.Points = append(c.Points, Point{X: 1_000_000 - i*20_000, Y: i * i * 400, ID: fmt.Sprintf("p%d", i), Name: fmt.Sprintf("Point %d", i), Faint: i%3 == 0})
	}
	for s := range Shapes {
		p := c.Points[5+8*s]
		c.Marks = append(c.Marks, Mark{X: p.X, Y: p.Y, Shape: Shape(s), Label: Shape(s).String(), ID: fmt.Sprintf("m%d", s)})
	}
	return c
}

func bars() Bars {
	return Bars{
		Caption: Caption{ID: "bars", Lang: "ru", Title: "При скольких расстановках пакет выгоден всем", Desc: "Полосы.", Notes: []string{"Положение на июнь 2009 года."}},
		Rows:    []Bar{{"Пакет 1", 9, 10, "9 из 10"}, {"Пакет 2", 0, 10, "ни при одной"}, {"Пакет 3", 0, 0, "не считалось"}},
	}
}

// pictures are every form in which something is drawn.
func pictures() map[string]string {
	three := []Curve{sample(), sample(), sample()}
	return map[string]string{
		"curve in a page": string(sample().HTML()),
		"curve alone":     string(File(sample().Caption, []Curve{sample()})),
		"sheet alone":     string(File(Caption{ID: "sheet", Title: "Three pairs"}, three)),
		"bars in a page":  string(bars().HTML()),
		"bars alone":      string(bars().File()),
		"answers":         string(answersOf().HTML()),
		"views":           string(viewsOf().HTML()),
		"stairs":          string(stairs().HTML()),
		"stairs alone":    string(stairs().File()),
	}
}

// element is one start tag of a picture.
type element struct {
	name string
	attr map[string]string
	text string
}

func parse(t *testing.T, svg string) []element {
	t.Helper()
	var out []element
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("not well formed: %v\n%s", err, svg)
		}
		switch token := token.(type) {
		case xml.StartElement:
			e := element{name: token.Name.Local, attr: map[string]string{}}
			for _, a := range token.Attr {
				e.attr[a.Name.Local] = a.Value
			}
			out = append(out, e)
		case xml.CharData:
			if len(out) > 0 {
				out[len(out)-1].text += string(token)
			}
		}
	}
}

func TestEveryPictureIsNamedAndDescribed(t *testing.T) {
	for name, svg := range pictures() {
		all := parse(t, svg)
		root := all[0]
		if root.name != "svg" || root.attr["role"] != "img" {
			t.Errorf("%s: root is %s with role %q", name, root.name, root.attr["role"])
		}
		ids := map[string]string{}
		for _, e := range all {
			if id := e.attr["id"]; id != "" {
				if _, twice := ids[id]; twice {
					t.Errorf("%s: id %s stands twice", name, id)
				}
				ids[id] = e.name
			}
		}
		var kinds []string
		for _, id := range strings.Fields(root.attr["aria-labelledby"]) {
			kinds = append(kinds, ids[id])
		}
		if !slices.Equal(kinds, []string{"title", "desc"}) {
			t.Errorf("%s: aria-labelledby %q names %v", name, root.attr["aria-labelledby"], kinds)
		}
	}
}

func TestPicturesTravelWithDateAndAuthors(t *testing.T) {
	c := sample()
	for name, svg := range map[string]string{"page": string(c.HTML()), "file": string(File(c.Caption, []Curve{c}))} {
		for _, note := range c.Notes {
			if !strings.Contains(svg, ">"+note+"</text>") {
				t.Errorf("%s does not show %q", name, note)
			}
		}
	}
}

func TestPicturesObeyAStrictPolicy(t *testing.T) {
	for name, svg := range pictures() {
		for _, e := range parse(t, svg) {
			if e.name == "style" || e.name == "script" || e.name == "foreignObject" || e.name == "image" {
				t.Errorf("%s has an element %s", name, e.name)
			}
			for a := range e.attr {
				if a == "style" || a == "href" || strings.HasPrefix(a, "on") {
					t.Errorf("%s: %s has the attribute %s", name, e.name, a)
				}
			}
		}
	}
}

func TestInkIsTheColourOfThePage(t *testing.T) {
	for _, svg := range []string{string(sample().HTML()), string(bars().HTML())} {
		for _, e := range parse(t, svg) {
			for _, a := range []string{"fill", "stroke"} {
				if v := e.attr[a]; v != "" && v != "none" && v != "currentColor" {
					t.Errorf("%s has %s %q", e.name, a, v)
				}
			}
		}
	}
}

func TestFileHasPaperAndNoAnchors(t *testing.T) {
	all := parse(t, string(File(sample().Caption, []Curve{sample()})))
	paper := 0
	for _, e := range all {
		if e.attr["fill"] == "#ffffff" {
			paper++
		}
		if e.attr["class"] == "chart-ring" {
			t.Error("a ring in a file can never show")
		}
	}
	if paper != 1 {
		t.Errorf("got %d sheets of paper, want 1", paper)
	}
}

func TestPointsAreReachable(t *testing.T) {
	c := sample()
	svg := string(c.HTML())
	for _, p := range c.Points {
		if !strings.Contains(svg, `id="curve-`+p.ID+`"`) {
			t.Errorf("nothing to point to for %s", p.ID)
		}
	}
}

func TestSheetStacksEveryPicture(t *testing.T) {
	one, three := File(sample().Caption, []Curve{sample()}), File(Caption{ID: "s", Title: "Three"}, []Curve{sample(), sample(), sample()})
	if got, want := bytes.Count(three, []byte("chart-frame")), 3*bytes.Count(one, []byte("chart-frame")); got != want {
		t.Errorf("got %d frames, want %d", got, want)
	}
}

func TestPlace(t *testing.T) {
	for _, c := range []struct {
		v, low, high int64
		from, to     tenth
		want         string
	}{
		{0, 0, 10, 0, 1000, "0"},
		{10, 0, 10, 0, 1000, "100"},
		{1, 0, 3, 0, 1000, "33.3"},
		{2, 0, 3, 0, 1000, "66.7"},
		{1, 0, 2, 0, 1, "0.1"},
		{1, 0, 3, 1000, 0, "66.7"},
		{-5, -10, 10, -1000, 1000, "-50"},
		{7, 3, 3, 0, 1000, "50"},
		{9_000_000_000_000_000_000, -9_000_000_000_000_000_000, 9_000_000_000_000_000_000, 0, 4000, "400"},
	} {
		if got := place(c.v, c.low, c.high, c.from, c.to).String(); got != c.want {
			t.Errorf("place %d of %d..%d: got %s, want %s", c.v, c.low, c.high, got, c.want)
		}
	}
}

func TestPlaceKeepsOrderAndBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.Int64().Draw(t, "low")
		high := rapid.Int64Min(low).Draw(t, "high")
		a := rapid.Int64Range(low, high).Draw(t, "a")
		b := rapid.Int64Range(a, high).Draw(t, "b")
		x, y := place(a, low, high, 0, 4000), place(b, low, high, 0, 4000)
		if x > y || x < 0 || y > 4000 {
			t.Fatalf("%d and %d of %d..%d stand at %v and %v", a, b, low, high, x, y)
		}
	})
}

func TestThin(t *testing.T) {
	for _, c := range []struct {
		n, limit int
		keep     []int
		want     []int
	}{
		{0, 5, nil, nil},
		{3, 5, nil, []int{0, 1, 2}},
		{9, 3, nil, []int{0, 4, 8}},
		{9, 4, []int{3}, []int{0, 3, 4, 8}},
		{9, 2, []int{3, 5}, []int{3, 5}},
		{9, 2, []int{3, 99, -1}, []int{0, 3}},
	} {
		if got := Thin(c.n, c.limit, c.keep); !slices.Equal(got, c.want) {
			t.Errorf("Thin(%d, %d, %v): got %v, want %v", c.n, c.limit, c.keep, got, c.want)
		}
	}
}

func TestThinNeverExceedsItsLimit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 2000).Draw(t, "n")
		limit := rapid.IntRange(4, 80).Draw(t, "limit")
		keep := rapid.SliceOfN(rapid.IntRange(0, 2000), 0, 4).Draw(t, "keep")
		got := Thin(n, limit, keep)
		if len(got) > limit {
			t.Fatalf("got %d, limit %d", len(got), limit)
		}
		for _, k := range keep {
			if k < n && !slices.Contains(got, k) {
				t.Fatalf("%d is not kept", k)
			}
		}
	})
}

func TestLabelsNeverRunIntoEachOther(t *testing.T) {
	c := sample()
	c.X.Ticks = []Tick{{-100_000, "far below", false}, {0, "no change", true}, {50_000, "a little", false}, {500_000, "half", false}, {990_000, "everything there is", false}}
	at := func(x, y int64) (tenth, tenth) {
		return place(x, c.X.Low, c.X.High, units(plotLeft), units(plotRight)), 0
	}
	var got []string
	for _, tick := range c.legible(at) {
		got = append(got, tick.Label)
	}
	if want := []string{"no change", "half"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWrap(t *testing.T) {
	got := wrap("шаг навстречу по теме расширения НАТО", 14)
	want := []string{"шаг навстречу", "по теме", "расширения", "НАТО"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := wrap("unbreakable word", 3); !slices.Equal(got, []string{"unbreakable", "word"}) {
		t.Errorf("got %q", got)
	}
}

func TestHostileWordsStayWords(t *testing.T) {
	c := sample()
	c.Title = `</title><script>alert(1)</script>`
	c.Notes = []string{"a\x00b\x0b\"&<c>\xff"}
	for _, svg := range []string{string(c.HTML()), string(File(c.Caption, []Curve{c}))} {
		for _, e := range parse(t, svg) {
			if e.name == "script" {
				t.Error("a title became an element")
			}
		}
	}
}

func FuzzEscape(f *testing.F) {
	f.Add("plain")
	f.Add("<&>\"'\x00\xff\ufffe")
	f.Fuzz(func(t *testing.T, s string) {
		parse(t, "<a>"+escape(s)+"</a>")
	})
}

// The same data give the same bytes on every machine and in every year.
func TestBytesNeverChange(t *testing.T) {
	want := map[string]string{
		"answers":         "98c687b799f46316",
		"views":           "ce1412dd7a53aee9",
		"stairs":          "a7cb87589d82afc8",
		"stairs alone":    "f39f83a0e104d0d1",
		"bars alone":      "6546ff17bc009301",
		"bars in a page":  "a51977f5dfcc5b58",
		"sheet alone":     "6a39160be3531f84",
		"curve alone":     "ca8a820e90308c22",
		"curve in a page": "58768725665e3b2f",
	}
	for name, svg := range pictures() {
		sum := sha256.Sum256([]byte(svg))
		if got := hex.EncodeToString(sum[:8]); got != want[name] {
			t.Errorf("%s: got %s, want %s (look at the picture before taking this over)", name, got, want[name])
		}
	}
}
