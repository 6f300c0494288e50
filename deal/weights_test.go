package deal_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"parley/deal"
	"parley/dossier"
	"parley/fault"
	"parley/interest"
)

// twoTowns is a table on which each of two sides could move for the other: A
// gives up A-2 for A-1, which are of one tier, and B gives up B-1 for B-2.
func twoTowns(t *testing.T, weights ...interest.Weighing) deal.Input {
	t.Helper()
	d, err := dossier.Read("towns", []byte(`dossier: 1
dialogue: {id: towns, title: T, languages: [en], as_of: 2025}
sides: [{id: A, name: A}, {id: B, name: B}]
registers:
  - {subject: A, author: A, date: 2025, interests: [{id: A-1, title: T, tier: vital}, {id: A-2, title: T, tier: vital}]}
  - {subject: B, author: B, date: 2025, interests: [{id: B-1, title: T, tier: important}, {id: B-2, title: T, tier: vital}]}
table:
  issues:
    - {id: water, title: W, options: [{id: keep}, {id: more, effects: {A-1: 1, B-1: -1}}]}
    - {id: road, title: R, options: [{id: keep}, {id: less, effects: {A-2: -1, B-2: 1}}]}
`))
	if err != nil {
		t.Fatal(err)
	}
	d.Registers[0].Weights = weights
	return deal.Input{Sides: d.Dialogue.Sides, Registers: d.Registers, Topics: d.Topics, Named: d.Named, Written: d.Table}
}

func answerTo(t *testing.T, in deal.Input) *deal.Answer { return asked(t, in, true) }

func wholeAnswerTo(t *testing.T, in deal.Input) *deal.Answer { return asked(t, in, false) }

func asked(t *testing.T, in deal.Input, brief bool) *deal.Answer {
	t.Helper()
	set := deal.DefaultSettings()
	set.Samples, set.Brief = 200, brief
	q, err := deal.NewQuestion(in, set)
	if err != nil {
		t.Fatal(err)
	}
	a, err := deal.Search(context.Background(), q, deal.Run{Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Inside a tier nobody knows which loss a gain pays for, until the side says so.
func TestAStatementMakesASwapCertain(t *testing.T) {
	if got := answerTo(t, twoTowns(t)).Swaps; len(got) != 0 {
		t.Fatalf("without a statement: %+v", got)
	}
	half := interest.FractionOf(1, 2)
	for name, c := range map[string]struct {
		said interest.Weighing
		want string // the statement that the proof uses; "" where there is no swap
	}{
		"order":       {interest.Weighing{More: "A-1", Than: "A-2"}, "A-1 >= A-2"},
		"ratio":       {interest.Weighing{More: "A-1", Than: "A-2", Times: interest.FractionOf(3, 2)}, "2 A-1 >= 3 A-2"},
		"trade-off":   {interest.Weighing{Gain: []interest.Part{{Interest: "A-1", Of: half}}, Outweighs: []interest.Part{{Interest: "A-2", Of: half}}}, "A-1 >= A-2"},
		"other order": {interest.Weighing{More: "A-2", Than: "A-1"}, ""},
		"too little":  {interest.Weighing{More: "A-1", Than: "A-2", Times: half}, ""},
	} {
		swaps := answerTo(t, twoTowns(t, c.said)).Swaps
		if c.want == "" {
			if len(swaps) != 0 {
				t.Errorf("%s: %+v", name, swaps)
			}
			continue
		}
		if len(swaps) != 1 || len(swaps[0].Moves) != 2 {
			t.Fatalf("%s: %+v", name, swaps)
		}
		for _, p := range swaps[0].Proof {
			if p.Side == "A" && (len(p.Statements) != 1 || p.Statements[0].Statement != c.want) {
				t.Errorf("%s: the proof is %+v", name, p)
			}
			if p.Side == "B" && (len(p.Statements) != 0 || p.Steps[0].Sum != "1") {
				t.Errorf("%s: the proof of the other side is %+v", name, p)
			}
		}
	}
}

// A statement that a conclusion hangs on is named, in words and as an inequality; one
// that changes nothing is not.
func TestAStatementIsAJudgement(t *testing.T) {
	part := func(id interest.ID, of interest.Fraction) interest.Part { return interest.Part{Interest: id, Of: of} }
	whole := interest.FractionOf(1, 1)
	for _, c := range []struct {
		said   interest.Weighing
		as     string
		en, ru string
	}{
		{
			interest.Weighing{More: "A-1", Than: "A-2", Times: interest.FractionOf(3, 2)}, "2 A-1 >= 3 A-2",
			"A: suppose it were not said that 2 × “T” matters at least as much as 3 × “T”.",
			"A: допустим, не сказано, что 2 × «T» значит не меньше, чем 3 × «T».",
		},
		{
			interest.Weighing{Gain: []interest.Part{part("A-1", whole), part("A-3", whole)}, Outweighs: []interest.Part{part("A-2", interest.FractionOf(3, 1))}}, "A-3 + A-1 >= 3 A-2",
			"A: suppose it were not said that “T” + “T” together matter at least as much as 3 × “T”.",
			"A: допустим, не сказано, что «T» + «T» вместе значат не меньше, чем 3 × «T».",
		},
		{interest.Weighing{More: "A-2", Than: "A-1"}, "", "", ""},
	} {
		in := twoTowns(t, c.said)
		in.Registers[0].Interests = append(in.Registers[0].Interests, interest.Interest{ID: "A-3", Tier: interest.Secondary, Title: in.Registers[0].Interests[0].Title})
		var got []deal.Judgement
		if a := wholeAnswerTo(t, in); a.Strength != nil {
			got = slices.DeleteFunc(a.Strength.Judgements, func(j deal.Judgement) bool { return j.Kind != "weights" })
		}
		if c.as == "" {
			if len(got) != 0 {
				t.Errorf("%+v", got)
			}
			continue
		}
		if len(got) != 1 || got[0].Statement != c.as || got[0].Side != "A" || got[0].From != "stated" || got[0].To != "dropped" || len(got[0].Ends) == 0 {
			t.Fatalf("%s: %+v", c.as, got)
		}
		for lang, want := range map[string]string{"en": c.en, "ru": c.ru} {
			if because := got[0].Because[lang]; because[0] != want {
				t.Errorf("got %q, want %q", because[0], want)
			}
		}
	}
}

// A statement is part of the question, whichever way it is written, and registers
// that were assumed to contradict themselves cannot be asked about.
func TestStatementsArePartOfTheQuestion(t *testing.T) {
	hash := func(w ...interest.Weighing) string {
		q, err := deal.NewQuestion(twoTowns(t, w...), deal.DefaultSettings())
		if err != nil {
			t.Fatal(err)
		}
		return q.SHA256()
	}
	whole := interest.FractionOf(1, 1)
	order := hash(interest.Weighing{More: "A-1", Than: "A-2"})
	if order == hash() {
		t.Error("a statement changes nothing")
	}
	trade := hash(interest.Weighing{Gain: []interest.Part{{Interest: "A-1", Of: whole}}, Outweighs: []interest.Part{{Interest: "A-2", Of: whole}}})
	mirrored := hash(interest.Weighing{More: "A-2", Than: "A-1"})
	if order != trade || order == mirrored {
		t.Errorf("%s, as a trade-off %s, the other way round %s", order, trade, mirrored)
	}
	clash := twoTowns(t, interest.Weighing{More: "A-2", Than: "A-1"}, interest.Weighing{More: "A-1", Than: "A-2", Times: interest.FractionOf(2, 1)})
	_, err := deal.NewQuestion(clash, deal.DefaultSettings())
	var f *fault.Fault
	if !errors.As(err, &f) || !fault.Is(err, fault.Invalid) {
		t.Errorf("got %v", err)
	}
}
