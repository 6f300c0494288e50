package roadmap_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"parley/engine/pareto"
	"parley/engine/roadmap"
)

// sketch is a question as the text cases write it: every issue has two options,
// the move not made and made.
type sketch struct {
	names []string
	q     roadmap.Question
}

func (s *sketch) add(t *testing.T, line string) {
	t.Helper()
	word, rest, _ := strings.Cut(line, " ")
	fields := strings.Fields(rest)
	switch word {
	case "move":
		v := numbers(t, fields[1:])
		s.names = append(s.names, fields[0])
		s.q.Space.Sides = len(v)
		s.q.Space.Issues = append(s.q.Space.Issues, [][]int64{make([]int64, len(v)), v})
		s.q.From, s.q.To, s.q.Late = append(s.q.From, 0), append(s.q.To, 1), append(s.q.Late, 0)
	case "late":
		for _, f := range fields {
			s.q.Late[s.issue(t, f)] = 1
		}
	case "needs":
		s.q.Space.Rules = append(s.q.Space.Rules, pareto.Rule{When: s.made(t, fields[:1]), Of: s.made(t, fields[1:]), AtLeast: 1})
	case "never":
		s.q.Space.Rules = append(s.q.Space.Rules, pareto.Rule{When: s.made(t, fields), AtLeast: 1})
	case "bonus":
		at := slices.Index(fields, ":")
		s.q.Space.Terms = append(s.q.Space.Terms, pareto.Term{All: s.made(t, fields[at+1:]), Values: numbers(t, fields[:at])})
	default:
		t.Fatalf("what is %q?", line)
	}
}

func numbers(t *testing.T, fields []string) []int64 {
	t.Helper()
	var out []int64
	for _, f := range fields {
		v, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

func (s *sketch) issue(t *testing.T, name string) int {
	t.Helper()
	i := slices.Index(s.names, name)
	if i < 0 {
		t.Fatalf("there is no move %q", name)
	}
	return i
}

func (s *sketch) made(t *testing.T, names []string) []pareto.Literal {
	t.Helper()
	var out []pareto.Literal
	for _, n := range names {
		out = append(out, pareto.Literal{Issue: s.issue(t, n), Options: []int{1}})
	}
	slices.SortFunc(out, func(a, b pareto.Literal) int { return a.Issue - b.Issue })
	return out
}

func (s *sketch) words(p roadmap.Path) string {
	var steps []string
	for _, step := range p.Steps {
		var moves []string
		for _, i := range step.Moves {
			moves = append(moves, s.names[i])
		}
		steps = append(steps, strings.Join(moves, "+"))
	}
	return strings.Join(steps, " ")
}

// answer is what the engine says to one line of a case that asks.
func (s *sketch) answer(t *testing.T, ask string) string {
	t.Helper()
	var p roadmap.Path
	var err error
	say := s.words
	switch word, rest, _ := strings.Cut(ask, " "); word {
	case "monotone":
		p, err = roadmap.Monotone(context.Background(), s.q, roadmap.Limits{})
	case "within":
		p, err = roadmap.Within(context.Background(), s.q, numbers(t, strings.Fields(rest)), roadmap.Limits{})
	case "narrow":
		var n roadmap.Narrow
		n, err = roadmap.Bottleneck(context.Background(), s.q, roadmap.Limits{})
		p = n.Path
		say = func(p roadmap.Path) string {
			if n.Step < 0 {
				return s.words(p) + " | nobody"
			}
			return s.words(p) + fmt.Sprintf(" | side %d short %d", n.Side+1, n.Short)
		}
	}
	switch {
	case errors.Is(err, roadmap.ErrNoPath):
		return "none"
	case err != nil:
		t.Fatal(err)
	case !p.Exact:
		return say(p) + " (not exact)"
	}
	return say(p)
}

func TestCasesByHand(t *testing.T) {
	text, err := os.ReadFile("testdata/hand.txt")
	if err != nil {
		t.Fatal(err)
	}
	cases := strings.Split(string(text), "\ncase ")[1:]
	if len(cases) < 10 {
		t.Fatalf("only %d cases were read", len(cases))
	}
	for _, c := range cases {
		lines := strings.Split(c, "\n")
		t.Run(lines[0], func(t *testing.T) {
			var s sketch
			asked := 0
			for _, line := range lines[1:] {
				ask, want, isQuestion := strings.Cut(line, ":")
				word, _, _ := strings.Cut(ask, " ")
				switch {
				case strings.TrimSpace(line) == "" || line[0] == '#':
				case isQuestion && slices.Contains([]string{"monotone", "within", "narrow"}, word):
					asked++
					if got := s.answer(t, ask); got != strings.TrimSpace(want) {
						t.Errorf("%s: got %s, want %s", ask, got, strings.TrimSpace(want))
					}
				default:
					s.add(t, line)
				}
			}
			if asked == 0 {
				t.Error("nothing is asked")
			}
		})
	}
}
