package coalition_test

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"parley/engine/coalition"
)

// TestConflicts runs the cases of testdata/graph.txt.
func TestConflicts(t *testing.T) {
	text, err := os.ReadFile("testdata/graph.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, cases, _ := strings.Cut(string(text), "\ncase ")
	ran := 0
	for body := range strings.SplitSeq(cases, "\ncase ") {
		name, body, _ := strings.Cut(body, "\n")
		question, answer, _ := strings.Cut(body, "\nequilibria\n")
		g := conflict(lines(question))
		nash, general, symmetric, sequential := g.Equilibria()
		got := map[string][]int{"nash": nash, "general": general, "symmetric": symmetric, "sequential": sequential}
		for _, line := range lines(answer) {
			var want []int
			for _, f := range line[1:] {
				want = append(want, number(f)-1)
			}
			if !slices.Equal(got[line[0]], want) {
				t.Errorf("%s: %s: got %v, want %v (counted from 0)", name, line[0], got[line[0]], want)
			}
			ran++
		}
	}
	if ran < 20 {
		t.Errorf("%d lines were checked, want all", ran)
	}
}

// conflict reads the lines that describe a graph.
func conflict(all [][]string) coalition.Graph {
	var g coalition.Graph
	for _, line := range all {
		switch line[0] {
		case "moves":
			moves := make([][]int, 20)
			for _, f := range line[2:] {
				from, to, _ := strings.Cut(f, ">")
				moves[number(from)-1] = append(moves[number(from)-1], number(to)-1)
			}
			g.Moves = append(g.Moves, moves)
		case "worth":
			var worth []int64
			for _, f := range line[2:] {
				worth = append(worth, int64(number(f)))
			}
			g.Worth = append(g.Worth, worth)
		default:
			panic(fmt.Sprintf("line %v is neither moves nor worth", line))
		}
	}
	for p := range g.Moves {
		g.Moves[p] = g.Moves[p][:len(g.Worth[p])]
	}
	return g
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

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(err)
	}
	return n
}
