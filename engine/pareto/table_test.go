package pareto_test

import (
	"slices"
	"strings"
	"testing"

	"parley/engine/pareto"
)

func TestCheck(t *testing.T) {
	const big = int64(1) << 60
	cases := []struct {
		name  string
		table pareto.Table
		want  string // part of the error, empty for none
	}{
		{"no issues", pareto.Table{Sides: 2}, ""},
		{"no sides", pareto.Table{}, "at least one side"},
		{"too many sides", pareto.Table{Sides: 65}, "at most 64 sides"},
		{"no options", pareto.Table{Sides: 1, Issues: [][][]int64{{{1}}, {}}}, "issue 1 has no option"},
		{"a value missing", pareto.Table{Sides: 2, Issues: [][][]int64{{{1, 2}, {3}}}}, "option 1 of issue 0"},
		{"as large as allowed", pareto.Table{Sides: 1, Issues: [][][]int64{{{big}, {-big}}, {{-big}}}}, ""},
		{"one point beyond", pareto.Table{Sides: 2, Issues: [][][]int64{{{0, big}}, {{0, big}}, {{0, 1}, {0, 0}}}}, "side 1"},
		{"below", pareto.Table{Sides: 1, Issues: [][][]int64{{{-big}}, {{-big - 1}}}}, "side 0"},
		{"the least integer", pareto.Table{Sides: 1, Issues: [][][]int64{{{-1 << 63}}}}, "side 0"},
	}
	for _, c := range cases {
		err := c.table.Check()
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s: got %v, want no error", c.name, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
		if _, ferr := pareto.Frontier(t.Context(), c.table, 0); (ferr == nil) != (err == nil) {
			t.Errorf("%s: Frontier says %v, Check %v", c.name, ferr, err)
		}
	}
}

func TestPackagesAndValue(t *testing.T) {
	table := pareto.Table{Sides: 2}
	if got := table.Packages().String(); got != "1" {
		t.Errorf("without issues: got %s packages, want 1", got)
	}
	for range 100 {
		table.Issues = append(table.Issues, [][]int64{{0, 0}, {1, -2}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}})
	}
	if got, want := table.Packages().String(), "1"+strings.Repeat("0", 100); got != want {
		t.Errorf("got %s packages, want %s", got, want)
	}
	choice := make([]int, 100)
	choice[3], choice[99] = 1, 1
	if got, want := table.Value(choice), []int64{2, -4}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
