package forum_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"parley/forum"
	"parley/writing"
)

// In the order of paths every answer stands below what it answers, and between the
// two stands nothing but other answers to it or to its answers.
func TestPathsStandInTheOrderOfAThread(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type comment struct {
			path  string
			depth int
			to    int
		}
		list := []comment{}
		for i := range rapid.IntRange(1, 40).Draw(t, "comments") {
			to, above := rapid.IntRange(-1, i-1).Draw(t, "to"), ""
			if to >= 0 {
				above = list[to].path
			}
			path, depth := forum.PathOf(above, writing.ID(i+1))
			if depth > forum.MaxDepth || len(path) > 9*(forum.MaxDepth+1) {
				t.Fatalf("%q stands at depth %d", path, depth)
			}
			if to >= 0 && depth != min(list[to].depth+1, forum.MaxDepth) {
				t.Fatalf("an answer at depth %d to one at %d", depth, list[to].depth)
			}
			list = append(list, comment{path, depth, to})
		}
		sorted := slices.Clone(list)
		slices.SortFunc(sorted, func(a, b comment) int { return strings.Compare(a.path, b.path) })
		at := map[string]int{}
		for i, c := range sorted {
			if _, twice := at[c.path]; twice {
				t.Fatalf("%q stands twice", c.path)
			}
			at[c.path] = i
		}
		for _, c := range list {
			if c.to < 0 {
				continue
			}
			above := list[c.to]
			if at[c.path] < at[above.path] {
				t.Fatalf("%q stands above %q, which it answers", c.path, above.path)
			}
			for _, between := range sorted[at[above.path]+1 : at[c.path]] {
				if between.depth < min(above.depth+1, forum.MaxDepth) {
					t.Fatalf("%q stands between %q and its answer %q", between.path, above.path, c.path)
				}
			}
		}
	})
}

func TestPagesOf(t *testing.T) {
	for total, want := range map[int]int{0: 1, 1: 1, 100: 1, 101: 2, 10_000: 100} {
		if got := forum.PagesOf(total); got != want {
			t.Errorf("%d comments: got %d pages, want %d", total, got, want)
		}
	}
}
