package deal

import (
	"context"
	"slices"
	"strings"
	"testing"

	"parley/engine/pareto"
)

func picked(t *testing.T, in Input) *search {
	t.Helper()
	set := DefaultSettings()
	set.Samples = 0
	q, err := NewQuestion(in, set)
	if err != nil {
		t.Fatal(err)
	}
	s := newSearch(q, Run{})
	if err := s.findFrontier(context.Background(), s.partialPoints()); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestRepresentatives: a frontier is stood for by at most seven of its points,
// the picks of the fair rules first, each once.
func TestRepresentatives(t *testing.T) {
	for sides := 2; sides <= 4; sides++ {
		s := picked(t, crowd(sides, 8, 10, 1))
		if !s.complete || s.cover != nil {
			t.Fatalf("%d sides: the frontier is not complete", sides)
		}
		got := s.representatives()
		if len(got) == 0 || len(got) > mostRepresentatives || got[0].Rule != "leximin" {
			t.Fatalf("%d sides: got %v, want leximin and up to six others", sides, got)
		}
		var seen []int
		for _, r := range got {
			if slices.Contains(seen, r.Point) || r.Point >= len(s.points) || r.For < 1 {
				t.Errorf("%d sides: %v is listed twice, is no point or stands for none", sides, r)
			}
			seen = append(seen, r.Point)
		}
		for _, k := range s.solutions.Nash {
			if !slices.Contains(seen, k) {
				t.Errorf("%d sides: the Nash point %d is not among %v", sides, k, got)
			}
		}
	}
}

// TestSevenSidesAreCovered: where the frontier cannot be computed the points
// listed stand for it: a package drawn at random that leaves no side below the
// baseline lies no further from one of them than is stated.
func TestSevenSidesAreCovered(t *testing.T) {
	s := picked(t, crowd(7, 14, 40, 1))
	r := s.readings[0]
	if s.complete || s.cover == nil || !s.warned["frontier too large"] {
		t.Fatalf("complete: %v, cover: %v", s.complete, s.cover)
	}
	if len(s.points) == 0 || len(s.points) > mostCoverPoints+1 || len(s.solutions.Nash) != 1 {
		t.Fatalf("%d points, Nash %v", len(s.points), s.solutions.Nash)
	}
	gap := make([]int64, len(r.base))
	for p, l := range s.q.labels.sides {
		gap[p] = s.cover.Gap[l.id]
	}
	tried := 0
	for _, start := range s.points {
		for i, options := range r.table.Issues {
			choice := slices.Clone(start.Choice)
			choice[i] = (choice[i] + 1) % len(options)
			values := r.space.Value(choice)
			if !notAbove(r.base, values) {
				continue
			}
			tried++
			if !slices.ContainsFunc(s.points, func(p pareto.Point) bool { return closeTo(values, p.Values, gap) }) {
				t.Fatalf("%v is nowhere near a point", values)
			}
		}
	}
	if tried == 0 {
		t.Error("no package was tried")
	}
	for lang, said := range s.cover.Because {
		if len(said) != 1 || !strings.Contains(said[0], "%") {
			t.Errorf("%s: %q", lang, said)
		}
	}
}

func closeTo(values, point, gap []int64) bool {
	for p, v := range values {
		if v-point[p] > gap[p] {
			return false
		}
	}
	return true
}
