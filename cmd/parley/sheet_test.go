package main

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestSheet(t *testing.T) {
	s := &sheet{}
	s.title("Two towns")
	s.say(0, "One sentence.")
	s.heading("Matters")
	s.item(2, "- ", strings.Repeat("word ", 30))
	want := `Two towns
=========
One sentence.

Matters
-------
  - word word word word word word word word word word word word word word word word word word word
    word word word word word word word word word word word
`
	if got := s.String(); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestTable(t *testing.T) {
	s := &sheet{}
	s.table(grid{indent: 2, head: []string{"Matter", "Rank", "N"}, right: []int{2}, rows: [][]string{
		{"bridge", "vital", "7"},
		{"мост через реку", "важно", "12"},
		{"one\ntwo", "", "3"},
	}})
	want := `  Matter           Rank    N
  ---------------  -----  --
  bridge           vital   7
  мост через реку  важно  12
  one                      3
  two
`
	if got := s.String(); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestACommandCanBeCopied(t *testing.T) {
	s := &sheet{}
	s.command(2, []string{"parley deals", strings.Repeat("a", 60), "--seed 1", "--assume X=vital", "--assume Y=vital"})
	want := "  parley deals " + strings.Repeat("a", 60) + " --seed 1 \\\n      --assume X=vital --assume Y=vital\n"
	if got := s.String(); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestAnEmptyTableIsNothing(t *testing.T) {
	s := &sheet{}
	s.table(grid{head: []string{"Matter"}})
	if got := s.String(); got != "" {
		t.Errorf("got %q", got)
	}
}

func TestTheWidestColumnGivesWay(t *testing.T) {
	s := &sheet{}
	s.table(grid{head: []string{"A", "B"}, rows: [][]string{{strings.Repeat("long ", 40), "short cell"}}})
	for _, l := range strings.Split(s.String(), "\n") {
		if columns(l) > lineWidth {
			t.Errorf("line of %d columns: %s", columns(l), l)
		}
	}
	if !strings.Contains(s.String(), "short cell") {
		t.Errorf("the short column was broken:\n%s", s)
	}
}

// No table of up to eight columns is wider than a line, whatever stands in it.
func TestTablesFit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(t, "columns")
		cell := rapid.StringOf(rapid.SampledFrom([]rune("abв г-\n日")))
		row := rapid.SliceOfN(cell, n, n)
		g := grid{indent: rapid.IntRange(0, 4).Draw(t, "indent"), head: row.Draw(t, "head"), rows: rapid.SliceOfN(row, 1, 4).Draw(t, "rows"),
			right: []int{0}, spaced: rapid.Bool().Draw(t, "spaced")}
		s := &sheet{}
		s.table(g)
		for _, l := range strings.Split(s.String(), "\n") {
			if columns(l) > lineWidth {
				t.Fatalf("line of %d columns: %q", columns(l), l)
			}
		}
	})
}
