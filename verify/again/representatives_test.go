package again

import (
	"slices"
	"testing"
)

// listed is a frontier with its fair picks, above a baseline of nothing.
func listed(leximin, nash []int, points ...row) *reading {
	r := &reading{proof: &proof{}, base: make(row, len(points[0]))}
	r.Sides = len(points[0])
	for _, v := range points {
		r.front = append(r.front, point{v: v})
	}
	r.fair = obj{"leximin": leximin, "kalai_smorodinsky": leximin, "nash": nash}
	return r
}

type standIn struct {
	point   int
	rule    string
	counted int
}

func standIns(r *reading) (out []standIn) {
	for _, c := range r.representatives().(list) {
		out = append(out, standIn{c.(obj)["point"].(int), c.(obj)["rule"].(string), c.(obj)["for"].(int)})
	}
	return out
}

func TestRepresentativesByHand(t *testing.T) {
	for name, c := range map[string]struct {
		of   *reading
		want []standIn
	}{
		"the ends are as far and alike, so they come together": {
			listed([]int{1, 2}, []int{1, 2}, row{10, 0}, row{8, 5}, row{5, 8}, row{0, 10}),
			[]standIn{{1, "leximin", 1}, {2, "leximin", 1}, {0, "cluster", 1}, {3, "cluster", 1}},
		},
		"a fair pick of another rule comes second": {
			listed([]int{1}, []int{0}, row{10, 4}, row{6, 6}, row{5, 7}),
			[]standIn{{1, "leximin", 1}, {0, "nash", 1}, {2, "cluster", 1}},
		},
		"what leaves a side below the baseline is passed over": {
			listed([]int{1}, []int{1}, row{10, -1}, row{6, 6}, row{-1, 10}),
			[]standIn{{1, "leximin", 1}},
		},
		"where all do, they are measured from the least": {
			listed(nil, nil, row{4, -3}, row{0, -1}),
			[]standIn{{0, "cluster", 1}, {1, "cluster", 1}},
		},
	} {
		if got := standIns(c.of); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// Eight points that only names tell apart do not fit together: none of them is chosen before others.
func TestAlikePointsComeTogetherOrNotAtAll(t *testing.T) {
	var points []row
	for s := range 8 {
		v := make(row, 8)
		v[s] = 9
		points = append(points, v)
	}
	all := []int{0, 1, 2, 3, 4, 5, 6, 7}
	if got := standIns(listed(all, all, points...)); !slices.Equal(got, []standIn{{0, "cluster", 8}}) {
		t.Errorf("%v", got)
	}
	if got := standIns(listed(all[:7], nil, points[:7]...)); len(got) != 7 {
		t.Errorf("seven fit: %v", got)
	}
}

// Of 101 points on a line those at 0, 25, 38, 50, 62, 75 and 100 are chosen. That in the middle stands for 44 to 56; 44 and
// 56 are as near to the next, and count for both.
func TestRepresentativesOfALongLine(t *testing.T) {
	var points []row
	for n := range int64(101) {
		points = append(points, row{100 - n, n})
	}
	got := standIns(listed([]int{50}, []int{50}, points...))
	sum := 0
	for _, s := range got {
		sum += s.counted
	}
	if len(got) > mostRepresentatives || len(got) < 5 || got[0] != (standIn{50, "leximin", 13}) || sum != 103 {
		t.Errorf("%v", got)
	}
}
