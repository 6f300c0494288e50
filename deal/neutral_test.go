package deal_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"parley/deal"
	"parley/dialogue"
	"parley/dossier/dossiertest"
	"parley/fault"
	"parley/interest"
)

// failer is what *testing.T and *rapid.T have in common here.
type failer interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// anonymousAnswer is the answer with canonical numbers for names, as bytes.
func anonymousAnswer(t failer, q *deal.Question, workers int) []byte {
	t.Helper()
	a, err := deal.Search(context.Background(), q.Anonymous(), deal.Run{Workers: workers})
	if err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func question(t failer, in deal.Input, set deal.Settings) *deal.Question {
	t.Helper()
	q, err := deal.NewQuestion(in, set)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// violation renames and reorders an input, searches with the given numbers of
// workers, and says what differs: questions and answers must be equal to the byte.
func violation(in deal.Input, set deal.Settings, seed uint64, workers ...int) string {
	q, err := deal.NewQuestion(in, set)
	if err != nil {
		return err.Error()
	}
	return violationOf(q, in, set, seed, workers...)
}

// violationOf is violation for an input whose question is at hand.
func violationOf(q *deal.Question, in deal.Input, set deal.Settings, seed uint64, workers ...int) string {
	other, err := deal.NewQuestion(newShuffler(seed).apply(in), set)
	if err != nil {
		return "renamed and reordered, the question is refused: " + err.Error()
	}
	if a, b := q.Canonical(), other.Canonical(); !bytes.Equal(a, b) {
		return "renamed and reordered, the question differs" + apart(a, b)
	}
	var first []byte
	for i, n := range workers {
		asked := q
		if i%2 == 1 {
			asked = other
		}
		a, err := deal.Search(context.Background(), asked.Anonymous(), deal.Run{Workers: n})
		if err != nil {
			return err.Error()
		}
		out, err := json.Marshal(a)
		if err != nil {
			return err.Error()
		}
		if first == nil {
			first = out
		} else if !bytes.Equal(first, out) {
			return fmt.Sprintf("with %d workers, under other names or in another order, the answer differs", n) + apart(first, out)
		}
	}
	return ""
}

// apart shows where two texts part.
func apart(a, b []byte) string {
	at := 0
	for at < min(len(a), len(b)) && a[at] == b[at] {
		at++
	}
	around := func(x []byte) []byte { return x[max(0, at-300):min(len(x), at+300)] }
	return fmt.Sprintf(" at %d:\n%s\n%s", at, around(a), around(b))
}

func checkNeutral(t failer, in deal.Input, set deal.Settings, seed uint64) {
	t.Helper()
	if v := violation(in, set, seed, 1, 2); v != "" {
		t.Fatal(v)
	}
}

// usualCases is how many dossiers TestNeutrality draws; PARLEY_CASES sets
// another number, see make neutral.
const usualCases = 6_000

// Every case draws a dossier of two to six sides, with rules, statements about
// weights and tables of points: the canonical question and the anonymous answer
// are the same to the byte under any names, in any order and for any number of
// workers. Every 8th case is searched three times, with 1, 2 and 16 workers, the
// others twice; every 256th answer is a whole one, with roadmaps and formats.
func TestNeutrality(t *testing.T) {
	cases := usualCases
	if n, err := strconv.Atoi(os.Getenv("PARLEY_CASES")); err == nil {
		cases = n
	} else if testing.Short() {
		cases = 300
	}
	draw := rapid.Custom(dossiertest.Generate)
	var next, asked, ruled, bad atomic.Int64
	if n, err := strconv.Atoi(os.Getenv("PARLEY_FROM")); err == nil {
		next.Store(int64(n)) // go on where another run ended
	}
	first := int(next.Load())
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for bad.Load() < 10 {
				n := int(next.Add(1)) - 1
				if n >= cases {
					return
				}
				if n > 0 && n%50_000 == 0 {
					t.Logf("%d cases drawn, %d violations", n, bad.Load())
				}
				in := draw.Example(n).Input()
				set := deal.DefaultSettings()
				set.Samples, set.Brief = 2, n%256 != 0
				set.Stakes = []deal.Stakes{deal.Split, deal.Full}[n%2]
				set.Baseline = []deal.Baseline{deal.Free, deal.StatusQuo}[n/2%2]
				q, err := deal.NewQuestion(in, set)
				if fault.Is(err, fault.Invalid) {
					continue // nothing to decide
				}
				if err != nil {
					bad.Add(1)
					t.Errorf("case %d: %v", n, err)
					continue
				}
				asked.Add(1)
				if in.Written != nil && len(in.Written.Rules) > 0 {
					ruled.Add(1)
				}
				if v := violationOf(q, in, set, uint64(n), searched(n)...); v != "" {
					bad.Add(1)
					t.Errorf("case %d: %s", n, v)
				}
			}
		})
	}
	all.Wait()
	cases -= first
	t.Logf("%d cases, %d of them questions, %d of these with rules: %d violations", cases, asked.Load(), ruled.Load(), bad.Load())
	if int(asked.Load()) < cases/4 || int(ruled.Load()) < cases/20 {
		t.Errorf("of %d drawn dossiers only %d have anything to decide and %d have rules", cases, asked.Load(), ruled.Load())
	}
}

// searched is with how many workers a case is searched.
func searched(n int) []int {
	switch {
	case n%8 == 0:
		return []int{1, 2, 16}
	case n%2 == 0:
		return []int{1, 16}
	}
	return []int{1, 2}
}

func TestExamplesAreNeutral(t *testing.T) {
	for _, name := range []string{"us-russia-2009.yaml", "three-towns.yaml", "testdata/four-sides.yaml", "testdata/panama.yaml"} {
		d := readExample(t, name)
		set := deal.DefaultSettings()
		set.Samples, set.Brief = 200, true
		for seed := range uint64(3) {
			checkNeutral(t, d.Input(), set, seed)
		}
	}
}

func TestWorkersChangeNothing(t *testing.T) {
	for _, name := range []string{"us-russia-2009.yaml", "three-towns.yaml"} {
		set := deal.DefaultSettings()
		set.Samples, set.Brief = 500, true
		q := question(t, readExample(t, name).Input(), set)
		if !bytes.Equal(anonymousAnswer(t, q, 1), anonymousAnswer(t, q, 16)) {
			t.Errorf("%s: 1 and 16 workers give different answers", name)
		}
	}
}

// described writes an answer's labelled results as sorted lines, with every name
// passed through a translation.
func described(a *deal.Answer, topic, side func(string) string) []string {
	var out []string
	names := func(list []string) string {
		var n []string
		for _, s := range list {
			n = append(n, side(s))
		}
		slices.Sort(n)
		return strings.Join(n, "+")
	}
	share := map[deal.Choice]deal.Share{}
	for _, c := range a.Choices {
		share[deal.Choice{Topic: c.Topic, Option: c.Option}] = c.NashShare
	}
	for _, i := range a.Issues {
		for _, o := range i.Options {
			s := share[deal.Choice{Topic: i.Topic, Option: o.Option}]
			out = append(out, fmt.Sprint("option ", topic(i.Topic), " ", names(o.Movers), " ", names(o.Actors), " ", o.Baseline, s.Num, s.Den))
		}
	}
	for _, s := range a.Swaps {
		var moves []string
		for _, m := range s.Moves {
			moves = append(moves, topic(m.Topic)+" "+side(m.Side))
		}
		slices.Sort(moves)
		out = append(out, "swap "+strings.Join(moves, ", "))
	}
	for _, u := range a.Undecided {
		out = append(out, "undecided "+topic(u))
	}
	for _, p := range a.Frontier {
		var points []string
		for s, v := range p.Points {
			points = append(points, fmt.Sprint(side(s), v))
		}
		slices.Sort(points)
		out = append(out, fmt.Sprint("point ", points, p.Count.N))
	}
	for _, d := range a.Deals {
		out = append(out, fmt.Sprint("package ", d.Nash, d.Efficient, d.CoreShare, d.Acceptable["all"]))
	}
	slices.Sort(out)
	return out
}

// Names and order only rename and reorder the labelled answer.
func TestLabelsFollowTheNames(t *testing.T) {
	for _, name := range []string{"us-russia-2009.yaml", "three-towns.yaml"} {
		in := readExample(t, name).Input()
		set := deal.DefaultSettings()
		set.Samples, set.Brief = 300, true
		s := newShuffler(11)
		other := search(t, s.apply(in), set)
		want := described(search(t, in, set),
			func(id string) string { return string(s.topic[interest.TopicID(id)]) },
			func(id string) string { return string(s.side[dialogue.SideID(id)]) })
		same := func(id string) string { return id }
		if got := described(other, same, same); !slices.Equal(got, want) {
			t.Errorf("%s: got\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// Who does something in a written option's act is part of the question: groups
// of sides depend on it, and options that differ in nothing else are different.
func TestActorsOfWrittenActsAreAsked(t *testing.T) {
	asked := func(actors ...dialogue.SideID) []byte {
		in := deal.Input{Written: &deal.Written{}}
		same := func(v int64) (out []deal.SidePoints) {
			for _, s := range in.Sides {
				out = append(out, deal.SidePoints{Side: s.ID, Value: interest.FractionOf(v, 1)})
			}
			return out
		}
		for _, id := range []dialogue.SideID{"A", "B", "C"} {
			in.Sides = append(in.Sides, dialogue.Side{ID: id})
		}
		in.Written.Issues = []deal.WrittenIssue{{Topic: "dam", Options: []deal.WrittenOption{
			{ID: "none", Points: same(0)},
			{ID: "built", Points: same(1), Act: &interest.Act{Actors: actors}},
			{ID: "bought", Points: same(1), Act: &interest.Act{Actors: []dialogue.SideID{"C"}}},
		}}}
		return question(t, in, deal.DefaultSettings()).Canonical()
	}
	if bytes.Equal(asked("C"), asked("A")) || bytes.Equal(asked("A"), asked("A", "B")) {
		t.Error("other actors, the same question")
	}
	if !bytes.Equal(asked("A"), asked("B")) || !bytes.Equal(asked("A", "B"), asked("B", "A")) {
		t.Error("actors by other names, another question")
	}
}
