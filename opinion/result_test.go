package opinion_test

import (
	"testing"

	"parley/dialogue"
	"parley/opinion"
	"parley/writing"
)

func reason(n int, side dialogue.SideID, c opinion.Choice, helped int) opinion.Shared {
	s := opinion.Shared{Side: side, Choice: c, Helped: helped}
	s.ID = writing.ID(n)
	return s
}

func TestResultWorseThanExpectedStandsFirst(t *testing.T) {
	told := &opinion.Told{
		Groups: []opinion.Figures{figures("E", 9, 10), figures("S", 2, 10)},
		Gaps:   []opinion.Gap{{Of: "N", About: "S", Middle: 4}},
	}
	answer := opinion.Answer{Choice: opinion.Agree, Guesses: []opinion.Guess{{About: "E", Of10: 9}, {About: "S", Of10: 6}}}
	others := []dialogue.SideID{"E", "S", "W"}
	reasons := []opinion.Shared{
		reason(1, "S", opinion.Agree, 1), reason(2, "S", opinion.Agree, 3), reason(3, "S", opinion.Agree, 3),
		reason(4, "S", opinion.Disagree, 0), reason(5, "S", opinion.Pass, 9), reason(6, "E", opinion.Disagree, 1),
	}
	r := opinion.NewResult(opinion.Statement{}, answer, "N", others, told, reasons, true)
	if len(r.About) != 3 || r.About[0].Side != "S" || !r.About[0].Worse || r.About[1].Worse || r.About[0].Middle != 4 || r.About[1].Middle != -1 {
		t.Fatalf("got %+v", r.About)
	}
	if x := r.About[0].Reasons; len(x) != 2 || x[0].ID != 2 || x[1].ID != 4 {
		t.Errorf("got %+v", x)
	}
	if w := r.About[2]; w.Side != "W" || w.Figures != nil || w.Reasons != nil {
		t.Errorf("of whom nothing was said, something is shown: %+v", w)
	}
	quiet := opinion.NewResult(opinion.Statement{}, answer, "N", others, told, nil, false)
	if quiet.About[1].Guess != nil || quiet.About[1].Worse || quiet.About[1].Figures == nil {
		t.Errorf("without a history it is compared: %+v", quiet.About)
	}
	answer.Choice = opinion.Disagree
	if opposed := opinion.NewResult(opinion.Statement{}, answer, "N", others, told, nil, true); opposed.About[0].Worse {
		t.Error("fewer agree than who disagrees expected: that is nearer, not further")
	}
}

func TestOneOfTenIsNoSurprise(t *testing.T) {
	told := &opinion.Told{Groups: []opinion.Figures{figures("S", 11, 20)}}
	for of10, want := range map[int]bool{5: false, 6: false, 7: true} {
		a := opinion.Answer{Choice: opinion.Agree, Guesses: []opinion.Guess{{About: "S", Of10: of10}}}
		r := opinion.NewResult(opinion.Statement{}, a, "N", []dialogue.SideID{"S"}, told, nil, true)
		if r.About[0].Worse != want {
			t.Errorf("expected %d, it is 5.5: got worse %v", of10, r.About[0].Worse)
		}
	}
}
