package pareto_test

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"parley/engine/pareto"
)

// TestExploreTextCases runs the cases of testdata/explore.txt.
func TestExploreTextCases(t *testing.T) {
	text, err := os.ReadFile("testdata/explore.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, cases, _ := strings.Cut(string(text), "\ncase ")
	for body := range strings.SplitSeq(cases, "\ncase ") {
		name, body, _ := strings.Cut(body, "\n")
		question, answer, _ := strings.Cut(body, "\nfrontier\n")
		found, err := pareto.Explore(t.Context(), spaceOf(lines(question)), pareto.Limits{Workers: 1}, nil)
		var got, want []string
		switch {
		case errors.Is(err, pareto.ErrInfeasible):
			got = []string{"[nothing]"}
		case err != nil:
			t.Errorf("%s: %v", name, err)
		}
		for _, point := range found.Points {
			row := slices.Clone(point.Values)
			for _, o := range point.Choice {
				row = append(row, int64(o))
			}
			got = append(got, fmt.Sprint(row))
		}
		for _, line := range lines(answer) {
			want = append(want, fmt.Sprint(line))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}

// TestConflictTextCases runs the cases of testdata/conflict.txt.
func TestConflictTextCases(t *testing.T) {
	text, err := os.ReadFile("testdata/conflict.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, cases, _ := strings.Cut(string(text), "\ncase ")
	for body := range strings.SplitSeq(cases, "\ncase ") {
		name, body, _ := strings.Cut(body, "\n")
		question, answer, _ := strings.Cut(body, "\nconflict\n")
		var floor []int64
		table := slices.DeleteFunc(lines(question), func(line []string) bool {
			if line[0] == "floor" {
				floor = numbers(line[1:])
			}
			return line[0] == "floor"
		})
		s := spaceOf(table)
		set, exact, err := pareto.Conflict(t.Context(), s, floor, pareto.Limits{Workers: 1})
		got, want := []string{}, []string{}
		for _, k := range set {
			if k < len(s.Rules) {
				got = append(got, fmt.Sprint("rule ", k))
			} else {
				got = append(got, fmt.Sprint("floor ", k-len(s.Rules)))
			}
		}
		for _, line := range lines(answer) {
			if line[0] != "nothing" {
				want = append(want, strings.Join(line, " "))
			}
		}
		if err != nil || !exact || !slices.Equal(got, want) {
			t.Errorf("%s: got %v, %v, %v, want %v", name, got, exact, err, want)
		}
	}
}

func spaceOf(question [][]string) pareto.Space {
	var s pareto.Space
	for _, line := range question {
		switch line[0] {
		case "issue":
			s.Issues = append(s.Issues, nil)
		case "term":
			bar := slices.Index(line, "|")
			s.Terms = append(s.Terms, pareto.Term{Values: numbers(line[1:bar]), All: literalsOf(line[bar+1:])})
		case "rule":
			arrow := slices.Index(line, "->")
			s.Rules = append(s.Rules, pareto.Rule{When: literalsOf(line[1:arrow]),
				AtLeast: int(numbers(line[arrow+1 : arrow+2])[0]), Of: literalsOf(line[arrow+3:])})
		case "sum":
			arrow := slices.Index(line, "->")
			sum := &pareto.Sum{Amounts: make([][]int64, len(s.Issues)), Least: numbers(line[arrow+1 : arrow+2])[0]}
			for _, field := range line[arrow+3:] {
				issue, amounts, _ := strings.Cut(field, ":")
				sum.Amounts[numbers([]string{issue})[0]] = numbers(strings.Split(amounts, ","))
			}
			s.Rules = append(s.Rules, pareto.Rule{When: literalsOf(line[1:arrow]), Sum: sum})
		default:
			last := len(s.Issues) - 1
			s.Issues[last] = append(s.Issues[last], numbers(line))
			s.Sides = len(line)
		}
	}
	return s
}

// literalsOf reads "issue:option,option".
func literalsOf(fields []string) []pareto.Literal {
	var all []pareto.Literal
	for _, field := range fields {
		issue, options, _ := strings.Cut(field, ":")
		i, err := strconv.Atoi(issue)
		if err != nil {
			panic(err)
		}
		l := pareto.Literal{Issue: i}
		for _, n := range numbers(strings.Split(options, ",")) {
			l.Options = append(l.Options, int(n))
		}
		all = append(all, l)
	}
	return all
}
