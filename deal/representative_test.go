package deal

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"parley/dialogue"
	"parley/engine/pareto"
	"parley/i18n"
	"parley/interest"
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

// Of what counts, a gap is a larger part: of 10 for A it is 3, of the 4 that A counts at most 3, too; of 8 from a baseline of
// 4 on 3 of 4. B counts all.
func TestGapsUnderCaps(t *testing.T) {
	r := &reading{table: pareto.Table{Sides: 2, Issues: [][][]int64{{{0, 0}, {6, 20}}, {{0, 0}, {4, 0}}}}}
	for _, c := range []struct {
		near       pareto.Fraction
		cap, floor []int64
		want       string
	}{
		{pareto.Fraction{Num: 3, Den: 10}, nil, nil, "{3 10}"},
		{pareto.Fraction{Num: 3, Den: 10}, []int64{4, pareto.MaxSum}, nil, "{3 4}"},
		{pareto.Fraction{Num: 3, Den: 10}, []int64{8, pareto.MaxSum}, []int64{4, 0}, "{3 4}"},
		{pareto.Fraction{Num: 3, Den: 10}, []int64{pareto.MaxSum, pareto.MaxSum}, nil, "{3 10}"},
		{pareto.Fraction{Num: 3, Den: 10}, []int64{pareto.MaxSum, 4}, nil, "{2 4}"},
		{pareto.Fraction{Num: 9, Den: 10}, []int64{4, 20}, nil, "{9 10}"}, // rules may keep A from the rest
		{pareto.Fraction{Num: 3, Den: 10}, []int64{3, 20}, nil, "{1 1}"},
		{pareto.Fraction{Num: 3, Den: 10}, []int64{2, 20}, []int64{5, 0}, "{1 1}"},
	} {
		r.cap = c.cap
		if got := fmt.Sprint(r.ofWhatCounts(c.near, []int64{3, 2}, c.floor)); got != c.want {
			t.Errorf("%v under %v from %v: %s, want %s", c.near, c.cap, c.floor, got, c.want)
		}
	}
}

// Where the frontier is not known the fairest package is sought without caps: 10/1 then, and not 4/2, which is fairer where
// A counts 4. It is told only where no cap cuts it.
func TestTheFairestUnderCaps(t *testing.T) {
	points := func(a, b int64) []SidePoints {
		return []SidePoints{{Side: "A", Value: interest.FractionOf(a, 1)}, {Side: "B", Value: interest.FractionOf(b, 1)}}
	}
	for most, want := range map[int64]string{4: "[] [nash search stopped at its bound]", 10: "[0] []"} {
		in := Input{Written: &Written{Cap: points(most, 9), Disagreement: points(0, 0)}}
		for _, id := range []dialogue.SideID{"A", "B"} {
			in.Sides = append(in.Sides, dialogue.Side{ID: id, Name: i18n.Text{"en": string(id), "ru": string(id)}})
		}
		in.Written.Issues = []WrittenIssue{{Topic: "p", Title: i18n.Text{"en": "p", "ru": "p"}, Options: []WrittenOption{
			{ID: "a", Points: points(0, 0)}, {ID: "b", Points: points(10, 1)}, {ID: "c", Points: points(4, 2)},
		}}}
		s := picked(t, in)
		s.points, s.solutions.Nash = nil, []int{}
		s.withoutFrontier()
		if got := fmt.Sprint(s.solutions.Nash, s.warnings); got != want {
			t.Errorf("cap %d: %s, want %s", most, got, want)
		}
	}
}
