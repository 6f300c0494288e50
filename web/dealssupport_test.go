package web

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"parley/dialogue"
	"parley/opinion"
	"parley/writing"
)

// without is the page of deals as it would stand without what members say.
func without(t *testing.T, doc *goquery.Document) string {
	t.Helper()
	doc.Find(".support, .said-here, .roads").Remove()
	html, err := doc.Find("article.deals").Html()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(html), " ")
}

// What members here say stands beside what might be done, and changes neither a
// rank nor a share of it: the page without it, and the files, keep every byte.
func TestRanksAndSharesAreTheSameWithAndWithoutSupport(t *testing.T) {
	x := newHouse(t, Config{})
	d := threeBanks()
	a, err := answerFor(d, 200)
	if err != nil {
		t.Fatal(err)
	}
	j := askedJob(t, x.Store, x.dialogue, fewRankings(200))
	x.must(x.Store.AnswerDeals(context.Background(), j, a, time.Now()))
	if len(a.QuickWins) == 0 {
		t.Fatal("there is no first step: the test sees nothing")
	}
	o := x.as(dialogue.Observer)
	before := without(t, o.open("/en/river/deals"))
	files := map[string]string{}
	for _, f := range []string{"deals.json", "deals.csv", "deals.svg"} {
		files[f] = o.send("/en/river/"+f, nil).Body.String()
	}
	option := a.QuickWins[0].Topic + "/" + a.QuickWins[0].Option
	x.propose("The banks should be surveyed together.", opinion.Place{Option: option})
	for _, side := range chorusSides {
		for i := 1; i <= opinion.FirstTotal; i++ {
			x.answers(voterName(side, i), nil, opinion.Agree)
		}
	}
	doc := o.open("/en/river/deals")
	support := doc.Find("#steps .support")
	if support.Length() != 1 || support.Find(".groups li").Length() != 3 {
		t.Fatalf("beside the first step stands %q", words(support))
	}
	for _, want := range []string{"10 participants here who answered, 10 agreed", "not a survey of a country", "no part in any rank or share"} {
		if !strings.Contains(words(support), want) {
			t.Errorf("it lacks %q: %s", want, words(support))
		}
	}
	if after := without(t, doc); after != before {
		t.Error("the page has changed beside what members say")
	}
	for f, was := range files {
		if got := o.send("/en/river/"+f, nil).Body.String(); got != was || was == "" {
			t.Errorf("%s has changed", f)
		}
	}
	voter := x.by("W12").open("/en/river/deals").Find("#steps .support")
	if voter.Find(".groups").Length() != 0 || !strings.Contains(words(voter), "after your own answer") || voter.Find(".silent a[href*='/statement/']").Length() != 1 {
		t.Errorf("who has still to answer reads %q", words(voter))
	}
	propose := x.by("W12").open("/en/river/deals").Find("#steps a[href*='statement/new']")
	if got, _ := url.QueryUnescape(propose.AttrOr("href", "")); !strings.Contains(got, "under="+option) {
		t.Errorf("a statement is proposed at %q", got)
	}
	if o.open("/en/river/deals").Find("a[href*='statement/new']").Length() != 0 {
		t.Error("an observer is offered to propose")
	}
}

func TestSupportStandsBesideSwapsAndPackages(t *testing.T) {
	v := benchView(2, "en")
	if len(v.Swaps) == 0 || len(v.Packages) == 0 {
		t.Fatal("the bench has no swap or no package")
	}
	h := &hall{visit: &visit{}, lang: "en", words: v.words}
	h.d.Dialogue, h.sides = v.m.Dialogue, v.m.sides
	move := v.a.Swaps[0].Moves[0]
	said := opinion.Support{Told: true, Statement: writing.Contribution{ID: 7, Lang: "en", Title: "This could work."}}
	for _, s := range v.m.sides {
		said.Figures = append(said.Figures, opinion.Figures{Group: opinion.Group(s.ID), N: 12, Agree: 7, Disagree: 5, Matters: -1, Low: 0.4, High: 0.8})
	}
	v.support(h, map[string][]opinion.Support{move.Topic + "/" + move.Option: {said}})
	if got := v.Swaps[0].Support; got == nil || len(got.Lines) != 1 || len(got.Lines[0].Rows) != len(v.m.sides) || len(got.Propose) != 0 {
		t.Errorf("beside the swap stands %+v", got)
	}
	for i, p := range v.Packages {
		uses := v.a.Deals[i].Choices[move.Topic] == move.Option
		told := p.Like > 0 && v.a.Deals[p.Like-1].Choices[move.Topic] == move.Option
		if (p.Support != nil) != (uses && !told) {
			t.Errorf("package %d uses the option: %v, told already: %v; beside it stands %+v", p.N, uses, told, p.Support)
		}
	}
}
