package chart

import (
	"slices"
	"strings"
	"testing"
)

func stairs() Stairs {
	return Stairs{
		Caption: Caption{ID: "stairs", Lang: "en", Title: "Where each side stands", Desc: "One track a side.", Notes: []string{"Situation of May 2030."}},
		Start:   "where the side starts", Axis: "The numbers are steps.",
		Tracks: []Track{
			{"Mill", "A", "M2 2h20v20h-20z", 17, []int64{0, 10, 10, 30}, []string{"", "+1", "+1", "+3"}},
			{"Ford", "B", "M12 0l12 12l-12 12l-12-12z", 17, []int64{0, -5, 20, 20}, []string{"", "−1", "+2", "+2"}},
		},
	}
}

func TestStairsRiseWithTheirValues(t *testing.T) {
	all := parse(t, string(stairs().HTML()))
	tracks := classed(all, "stairs")
	if len(tracks) != 2 {
		t.Fatalf("%d tracks, want 2", len(tracks))
	}
	// M x y, then H x and V y for each step; y grows downwards.
	heights := func(d string) []float64 {
		d = strings.NewReplacer("M", " ", "H", " ", "V", " ").Replace(d)
		var out []float64
		for i, f := range strings.Fields(d) {
			if i%2 == 1 {
				out = append(out, number(t, f))
			}
		}
		return out
	}
	up := heights(tracks[0].attr["d"])
	if len(up) != 4 || !(up[0] > up[1] && up[1] == up[2] && up[2] > up[3]) {
		t.Errorf("the first track goes %v, want up, level, up", up)
	}
	down := heights(tracks[1].attr["d"])
	if len(down) != 4 || !(down[1] > down[0] && down[2] < down[0] && down[3] == down[2]) {
		t.Errorf("the second track goes %v, want down, up, level", down)
	}
	if got := texts(all, "value"); !slices.Equal(got, []string{"+1", "+1", "+3", "−1", "+2", "+2"}) {
		t.Errorf("labels %q", got)
	}
	// The mark of a side stands before its name, and its shape at every step.
	if got := texts(all, "letter"); !slices.Equal(got, []string{"A", "B"}) {
		t.Errorf("letters %q", got)
	}
	if sides, steps := classed(all, "side"), classed(all, "step"); len(sides) != 2 || len(steps) != 8 || steps[0].attr["d"] != sides[0].attr["d"] || steps[7].attr["d"] != sides[1].attr["d"] {
		t.Errorf("%d marks, %d steps", len(sides), len(steps))
	}
	if got := texts(all, "tick"); !slices.Equal(got, []string{"0", "1", "2", "3", "0", "1", "2", "3"}) {
		t.Errorf("steps %q", got)
	}
}

// Labels that would run into one another are left out; the table has them.
func TestCrowdedStairsDropLabels(t *testing.T) {
	track := Track{Name: "Mill", Letter: "A", Shape: "M2 2h20v20h-20z"}
	for k := range 40 {
		track.Values, track.Words = append(track.Values, int64(k)), append(track.Words, "+1000")
	}
	got := texts(parse(t, string(Stairs{Caption: Caption{ID: "s"}, Tracks: []Track{track}}.HTML())), "value")
	if len(got) == 0 || len(got) > 10 {
		t.Errorf("%d labels on a crowded track", len(got))
	}
}

func TestStairsWithoutValuesAreDrawn(t *testing.T) {
	if got := string(Stairs{Caption: Caption{ID: "s"}, Tracks: []Track{{Name: "Mill"}}}.File()); !strings.Contains(got, "Mill") {
		t.Error("the side is not named")
	}
}
