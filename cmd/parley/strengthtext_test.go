package main

import (
	"math/big"
	"strings"
	"testing"

	"parley/deal"
	"parley/i18n"
)

func TestBriefingSaysWhatItRestsOn(t *testing.T) {
	d := neighbours()
	a := found(d)
	both := func(s string) map[string][]string {
		return map[string][]string{"en": {s, "And so."}, "ru": {s, "И так."}}
	}
	a.Strength = &deal.Strength{Packages: []deal.PackageStrength{{Efficient: deal.Possibly, Because: both("It stands.")}}, Complete: true}
	for range 10 {
		a.Strength.Judgements = append(a.Strength.Judgements, deal.Judgement{Steps: 1, Because: both("Near judgement.")})
	}
	a.Strength.Judgements = append(a.Strength.Judgements, deal.Judgement{Steps: 2, Because: both("Far judgement.")})
	for _, lang := range i18n.Languages {
		text := dealsText(newBook(d, lang), a, "towns.yaml")
		if !strings.Contains(text, "1. It stands.") || strings.Count(text, "Near judgement.") != shownJudgements || strings.Contains(text, "Far judgement.") {
			t.Errorf("%s: got\n%s", lang, text)
		}
		checkSheet(t, lang, text)
	}
	text := dealsText(newBook(d, "en"), a, "towns.yaml")
	if !strings.Contains(text, "And 3 more judgements") || strings.Contains(text, "so large") {
		t.Errorf("got\n%s", text)
	}
	a.Strength.Packages = []deal.PackageStrength{{Because: both("It stands.")}, {Because: both("It stands.")}, {Because: both("It falls.")}}
	text = dealsText(newBook(d, "en"), a, "towns.yaml")
	if !strings.Contains(text, "Each of packages 1 to 2. It stands.") || strings.Count(text, "It stands.") != 1 || !strings.Contains(text, "Package 3. It falls.") {
		t.Errorf("got\n%s", text)
	}
	a.Strength.Judgements, a.Strength.Complete = nil, false
	text = dealsText(newBook(d, "en"), a, "towns.yaml")
	if !strings.Contains(text, "No single judgement") || !strings.Contains(text, "so large") {
		t.Errorf("got\n%s", text)
	}
}

func TestBriefingSaysWhatTheCurveLacks(t *testing.T) {
	d := neighbours()
	a := found(d)
	a.FrontierComplete = false
	text := func() string { return strings.Join(strings.Fields(dealsText(newBook(d, "en"), a, "towns.yaml")), " ") }
	if !strings.Contains(text(), "only the fair picks stand here") {
		t.Error("nothing says that points are missing")
	}
	a.FrontierGap = deal.Points{}
	for _, s := range d.Dialogue.Sides {
		a.FrontierGap[string(s.ID)] = 7
	}
	if got := text(); !strings.Contains(got, "can lack at most is proved") || strings.Contains(got, "only the fair picks") {
		t.Errorf("got %s", got)
	}
	a.Cover = &deal.Cover{Because: map[string][]string{"en": {"Near enough."}}}
	if got := text(); !strings.Contains(got, "Near enough.") || strings.Contains(got, "can lack at most") {
		t.Errorf("got %s", got)
	}
	a.Representatives = []deal.Representative{{Point: 1, Rule: "cluster", For: 2}}
	if got := text(); !strings.Contains(got, "stands for 2 points") {
		t.Errorf("got %s", got)
	}
}

// Numbers of a column are written so that they can be told apart, with the decimal
// sign of the language.
func TestDecimals(t *testing.T) {
	for _, c := range []struct {
		of     []*big.Rat
		en, ru string
	}{
		{[]*big.Rat{big.NewRat(3, 1), big.NewRat(-1, 2), big.NewRat(1, 3), big.NewRat(-1, 1000)}, "3 −0.5 0.33 0", "3 −0,5 0,33 0"},
		{[]*big.Rat{big.NewRat(9876, 10_000), big.NewRat(9878, 10_000), big.NewRat(1, 2)}, "0.9876 0.9878 0.5", "0,9876 0,9878 0,5"},
		{[]*big.Rat{big.NewRat(987, 1000), big.NewRat(989, 1000)}, "0.987 0.989", "0,987 0,989"},
		{[]*big.Rat{big.NewRat(1, 30_000), big.NewRat(1, 40_000)}, "0 0", "0 0"},
		{[]*big.Rat{big.NewRat(12_345_609, 100), big.NewRat(109, 100)}, "123,456.09 1.09", "123\u00a0456,09 1,09"},
	} {
		for lang, want := range map[string]string{"en": c.en, "ru": c.ru} {
			var got []string
			for _, x := range c.of {
				got = append(got, decimal(i18n.For(lang), x, tellingPlaces(c.of)))
			}
			if strings.Join(got, " ") != want {
				t.Errorf("%v: got %q, want %q", c.of, got, want)
			}
		}
	}
}
