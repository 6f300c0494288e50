package deal_test

import (
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"parley/deal"
	"parley/dossier"
	"parley/i18n"
)

// ordered reads a dossier and searches.
func ordered(t *testing.T, text string, set deal.Settings) (*deal.Question, *deal.Answer) {
	t.Helper()
	d, err := dossier.Read("case", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	q, err := deal.NewQuestion(d.Input(), set)
	if err != nil {
		t.Fatal(err)
	}
	a, err := deal.Search(context.Background(), q, deal.Run{})
	if err != nil {
		t.Fatal(err)
	}
	return q, a
}

// woodAndWater is a table on which A and B each rank high what the other ranks low.
const woodAndWater = `dossier: 1
dialogue: {id: case, title: Case, languages: [en], as_of: 2009, kind: invented}
sides: [{id: A, name: Ash}, {id: B, name: Birch}]
registers:
  - subject: A
    author: {side: A}
    date: 2009
    interests:
      - {id: A1, title: Wood, tier: vital, counterparts: {B: {role: key}}}
      - {id: A2, title: Water, tier: secondary, counterparts: {B: {role: key}}}
  - subject: B
    author: {side: B}
    date: 2009
    interests:
      - {id: B1, title: Wood for us, tier: secondary, counterparts: {A: {role: key}}}
      - {id: B2, title: Water for us, tier: vital, counterparts: {A: {role: key}}}
topics:
  - {id: wood, title: Wood, relation: opposed, interests: [A1, B1]}
  - {id: water, title: Water, relation: opposed, interests: [A2, B2]}
`

func TestASwapIsOneSimultaneousStep(t *testing.T) {
	_, a := ordered(t, woodAndWater, deal.Settings{Seed: 1, Samples: 200, Stakes: deal.Split, Baseline: deal.Free})
	if len(a.Swaps) != 1 {
		t.Fatalf("got %d swaps, want 1", len(a.Swaps))
	}
	r := a.Roadmaps[0]
	if r.Of != "swap" || r.Number != 1 || r.State != "certain" || !r.Exact || len(r.Steps) != 1 {
		t.Fatalf("got %+v", r)
	}
	s := r.Steps[0]
	if !s.Simultaneous || !s.Certain || len(s.Moves) != 2 || s.Gain["A"] <= 0 || s.Gain["B"] <= 0 {
		t.Errorf("got the step %+v", s)
	}
	if r.OneByOne == nil || r.OneByOne.Short <= 0 || r.OneByOne.After != 1 || !r.OneByOne.Exact {
		t.Errorf("one by one, somebody waits: got %+v", r.OneByOne)
	}
	if len(r.Because["en"]) < 3 || len(r.Because["en"]) != len(r.Because["ru"]) {
		t.Errorf("got the sentences %q", r.Because)
	}
	for _, sentence := range slices.Concat(r.Because["en"], r.Because["ru"]) {
		if strings.Contains(sentence, "roadmap.") || strings.Contains(sentence, "no value") {
			t.Errorf("a sentence lacks words: %q", sentence)
		}
	}
}

// Points that a table states are told as it has them, never rounded.
func TestDistancesAreExactWherePointsAreStated(t *testing.T) {
	for _, c := range []struct {
		points int64
		scale  string
		stated bool
		en, ru string
	}{
		{1, "4", true, "0.25 points", "0,25 балла"},
		{5, "4", true, "1.25 points", "1,25 балла"},
		{4, "4", true, "1 point", "1 балл"},
		{7, "3", true, "7/3 points", "7/3 балла"},
		{1, "1000000", true, "0.000001 points", "0,000001 балла"},
		{1, "10000000", true, "1/10000000 points", "1/10000000 балла"},
		{123_456_789, "100", true, "1,234,567.89 points", "1\u00a0234\u00a0567,89 балла"},
		{1, "400", false, "1 hundredth of all that its register names", "1 сотую всего, что названо в её реестре"},
	} {
		for lang, want := range map[string]string{"en": c.en, "ru": c.ru} {
			if got := deal.Distance(i18n.For(lang), c.points, c.scale, c.stated); got != want {
				t.Errorf("%d of %s: got %q, want %q", c.points, c.scale, got, want)
			}
		}
	}
}

// Nothing of a roadmap is taken on trust: points are added up anew from the
// options of the answer.
func TestEveryStepAddsUp(t *testing.T) {
	for _, stakes := range []deal.Stakes{deal.Split, deal.Full} {
		a := exampleAnswer(t, stakes)
		points := map[deal.Choice]map[string]int64{}
		quo := map[string]string{}
		for _, i := range a.Issues {
			quo[i.Topic] = i.Options[0].Option
			for _, o := range i.Options {
				points[deal.Choice{Topic: i.Topic, Option: o.Option}] = o.Points
			}
		}
		deals := 0
		for _, r := range a.Roadmaps {
			want := map[string]string{}
			if r.Of == "deal" {
				deals++
				for topic, option := range a.Deals[r.Number-1].Choices {
					if option != quo[topic] {
						want[topic] = option
					}
				}
			} else {
				for _, m := range a.Swaps[r.Number-1].Moves {
					want[m.Topic] = m.Option
				}
			}
			now := map[string]int64{}
			take := func(topic, option string) {
				if want[topic] != option {
					t.Errorf("%s %d takes %s on %s, which is not in it or was taken", r.Of, r.Number, option, topic)
				}
				delete(want, topic)
				for side, v := range points[deal.Choice{Topic: topic, Option: option}] {
					now[side] += v - points[deal.Choice{Topic: topic, Option: quo[topic]}][side]
				}
			}
			for _, c := range r.Free {
				take(c.Topic, c.Option)
			}
			before := map[string]int64{}
			for side, v := range r.Start {
				before[side] = v
				if v != now[side] {
					t.Errorf("%s %d starts with %d for %s, want %d", r.Of, r.Number, v, side, now[side])
				}
			}
			for n, s := range r.Steps {
				for _, m := range s.Moves {
					take(m.Topic, m.Option)
				}
				for side, v := range s.Points {
					if v != now[side] || s.Gain[side] != v-before[side] || v < before[side] || s.Below[side] != 0 {
						t.Errorf("%s %d step %d: %s has %d (gain %d), added up %d, before %d", r.Of, r.Number, n+1, side, v, s.Gain[side], now[side], before[side])
					}
					before[side] = v
				}
			}
			if len(want) > 0 {
				t.Errorf("%s %d leaves out %v", r.Of, r.Number, want)
			}
		}
		if deals == 0 {
			t.Error("no package has a roadmap")
		}
	}
}

func exampleAnswer(t *testing.T, stakes deal.Stakes) *deal.Answer {
	t.Helper()
	q := question(t, readExample(t, "us-russia-2009.yaml").Input(), deal.Settings{Seed: 1, Samples: 300, Stakes: stakes, Baseline: deal.Free})
	a, err := deal.Search(context.Background(), q, deal.Run{Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Under the bounds that the narrowest order asks, every step is a single move.
func TestBoundsOpenTheWayOfSingleMoves(t *testing.T) {
	q, a := ordered(t, woodAndWater, deal.Settings{Seed: 1, Samples: 200, Stakes: deal.Split, Baseline: deal.Free})
	var bounds []deal.Exposure
	for _, text := range []string{"A=50", "B=50"} {
		b, err := deal.ParseExposure(text)
		if err != nil {
			t.Fatal(err)
		}
		bounds = append(bounds, b)
	}
	r, err := q.Roadmap(context.Background(), a, "swap", 1, bounds)
	if err != nil {
		t.Fatal(err)
	}
	if r.State != "bounded" || r.Simultaneous() != 0 || len(r.Steps) != 2 || r.Bound["A"] <= 0 {
		t.Errorf("got %+v", r)
	}
	exposed := int64(0)
	for _, s := range r.Steps {
		for side, v := range s.Below {
			exposed = max(exposed, v)
			if v > r.Bound[side] {
				t.Errorf("%s is below by %d, its bound is %d", side, v, r.Bound[side])
			}
		}
	}
	if exposed == 0 {
		t.Error("nobody is exposed, though moves are made one by one")
	}
	if none, err := q.Roadmap(context.Background(), a, "swap", 9, bounds); err != nil || none != nil {
		t.Errorf("a swap that is not there: got %v, %v", none, err)
	}
	if _, err := q.Roadmaps(context.Background(), a, []deal.Exposure{{Side: "C", Most: bounds[0].Most}}); err == nil {
		t.Error("a side that is not there: no error")
	}
}

func TestWithoutBoundsTheRoadmapsAreThoseOfTheAnswer(t *testing.T) {
	q, a := ordered(t, woodAndWater, deal.Settings{Seed: 1, Samples: 200, Stakes: deal.Split, Baseline: deal.Free})
	again, err := q.Roadmaps(context.Background(), a, nil)
	if err != nil || !reflect.DeepEqual(again, a.Roadmaps) {
		t.Errorf("got %v (%v), want %v", again, err, a.Roadmaps)
	}
}

func TestExposuresThatCannotBeRead(t *testing.T) {
	for _, text := range []string{"", "RU", "=5", "RU=", "RU=-1", "RU=x", "RU=1e9", "RU=1/2", "RU=12345678901234"} {
		if got, err := deal.ParseExposure(text); err == nil {
			t.Errorf("%q: got %v", text, got)
		}
	}
	for text, want := range map[string]string{"RU=5": "5", "RU=2.5": "5/2", "RU=3%": "3", " RU=0": "0"} {
		if got, err := deal.ParseExposure(text); err != nil || got.Most.RatString() != want || got.Side != "RU" {
			t.Errorf("%q: got %v (%v), want %s", text, got, err, want)
		}
	}
}

// What could make a promise hard to keep is told to that side and a mediator.
func TestPromisesAreWithheld(t *testing.T) {
	_, a := ordered(t, woodAndWater, deal.Settings{Seed: 1, Samples: 200, Stakes: deal.Split, Baseline: deal.Free})
	all, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		side     string
		mediator bool
		want     []string
	}{{"", false, nil}, {"A", false, []string{"A"}}, {"B", false, []string{"B"}}, {"C", false, nil}, {"", true, []string{"A", "B"}}} {
		for _, r := range a.For(c.side, c.mediator).Roadmaps {
			var got []string
			for _, p := range r.Promises {
				got = append(got, p.Side)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("side %q, mediator %t: sees %v, want %v", c.side, c.mediator, got, c.want)
			}
		}
	}
	out, err := json.Marshal(a.For("", false))
	if err != nil || strings.Contains(string(out), "temptation") || strings.Contains(string(out), "patience") {
		t.Errorf("the answer for everybody tells temptation or patience (%v)", err)
	}
	if after, err := json.Marshal(a); err != nil || string(after) != string(all) {
		t.Errorf("the answer itself has changed (%v)", err)
	}
}

func TestABriefAnswerHasNoRoadmaps(t *testing.T) {
	_, a := ordered(t, woodAndWater, deal.Settings{Seed: 1, Samples: 200, Stakes: deal.Split, Baseline: deal.Free, Brief: true})
	if len(a.Swaps) == 0 || len(a.Roadmaps) != 0 {
		t.Errorf("got %d roadmaps for %d swaps, want none", len(a.Roadmaps), len(a.Swaps))
	}
}
