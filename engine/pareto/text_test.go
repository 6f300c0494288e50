package pareto_test

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"parley/engine/pareto"
)

// TestTextCases runs the cases of testdata/frontier.txt.
func TestTextCases(t *testing.T) {
	text, err := os.ReadFile("testdata/frontier.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, cases, _ := strings.Cut(string(text), "\ncase ")
	for body := range strings.SplitSeq(cases, "\ncase ") {
		name, body, _ := strings.Cut(body, "\n")
		question, answer, _ := strings.Cut(body, "\nfrontier\n")
		var table pareto.Table
		for _, line := range lines(question) {
			if line[0] == "issue" {
				table.Issues = append(table.Issues, nil)
				continue
			}
			last := len(table.Issues) - 1
			table.Issues[last] = append(table.Issues[last], numbers(line))
			table.Sides = len(line)
		}
		points, err := pareto.Frontier(t.Context(), table, 0)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		var got, want []string
		for _, point := range points {
			row := slices.Concat(point.Values, numbers(strings.Fields(point.Count.String())))
			for _, o := range point.Choice {
				row = append(row, int64(o))
			}
			got = append(got, fmt.Sprint(row))
		}
		for _, line := range lines(answer) {
			want = append(want, fmt.Sprint(numbers(line)))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}

// lines are the fields of each line that says something.
func lines(text string) [][]string {
	var all [][]string
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		if fields := strings.Fields(line); len(fields) > 0 {
			all = append(all, fields)
		}
	}
	return all
}

func numbers(fields []string) []int64 {
	var all []int64
	for _, field := range fields {
		n, err := strconv.ParseInt(field, 10, 64)
		if err != nil {
			panic(err)
		}
		all = append(all, n)
	}
	return all
}
