package deal_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"slices"
	"strings"
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

// checkNeutral renames and reorders an input and compares questions and answers
// to the byte.
func checkNeutral(t failer, in deal.Input, set deal.Settings, seed uint64) {
	t.Helper()
	q := question(t, in, set)
	other := question(t, newShuffler(seed).apply(in), set)
	if !bytes.Equal(q.Canonical(), other.Canonical()) {
		t.Fatalf("renamed and reordered, the question differs:\n%s\n%s", q.Canonical(), other.Canonical())
	}
	if a, b := anonymousAnswer(t, q, 1), anonymousAnswer(t, other, 2); !bytes.Equal(a, b) {
		t.Fatalf("renamed and reordered, the answer differs:\n%s\n%s", a, b)
	}
}

// TestNeutrality draws dossiers of two to five sides: the canonical question and
// the anonymous answer are the same to the byte under any names and any order.
func TestNeutrality(t *testing.T) {
	checks := "12000"
	if testing.Short() {
		checks = "300"
	}
	before := flag.Lookup("rapid.checks").Value.String()
	if err := flag.Set("rapid.checks", checks); err != nil {
		t.Fatal(err)
	}
	defer flag.Set("rapid.checks", before)
	set := deal.DefaultSettings()
	set.Samples = 8
	asked, sides := 0, map[int]int{}
	rapid.Check(t, func(t *rapid.T) {
		in := dossiertest.Generate(t).Input()
		set := set
		set.Stakes = rapid.SampledFrom([]deal.Stakes{deal.Split, deal.Full}).Draw(t, "stakes")
		set.Baseline = rapid.SampledFrom([]deal.Baseline{deal.Free, deal.StatusQuo}).Draw(t, "baseline")
		if _, err := deal.NewQuestion(in, set); err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatal(err)
			}
			return // nothing to decide
		}
		asked++
		sides[len(in.Sides)]++
		checkNeutral(t, in, set, rapid.Uint64().Draw(t, "order"))
	})
	t.Logf("%d questions with %v sides", asked, sides)
	if asked < 40 {
		t.Errorf("only %d of the drawn dossiers have anything to decide", asked)
	}
}

func TestExamplesAreNeutral(t *testing.T) {
	for _, name := range []string{"us-russia-2009.yaml", "three-towns.yaml", "testdata/four-sides.yaml", "testdata/panama.yaml"} {
		d := readExample(t, name)
		set := deal.DefaultSettings()
		set.Samples = 200
		for seed := range uint64(3) {
			checkNeutral(t, d.Input(), set, seed)
		}
	}
}

func TestWorkersChangeNothing(t *testing.T) {
	for _, name := range []string{"us-russia-2009.yaml", "three-towns.yaml"} {
		set := deal.DefaultSettings()
		set.Samples = 500
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
		set.Samples = 300
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
