package web

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"parley/deal"
	"parley/dialogue"
)

func TestRoadmapShowsEveryStep(t *testing.T) {
	s := answeredServer(t)
	answers, err := exampleAnswers()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range answers["us-russia-2009"].Answer.Roadmaps {
		query := map[string]string{"deal": "package", "swap": "swap-card"}[r.Of]
		for _, lang := range []string{"en", "ru"} {
			doc := page(t, s, "/"+lang+"/us-russia-2009/deals/roadmap?"+query+"="+string(rune('0'+r.Number)))
			steps := doc.Find("ol.way > li")
			if steps.Length() != len(r.Steps) {
				t.Fatalf("%s %d: %d steps, want %d", r.Of, r.Number, steps.Length(), len(r.Steps))
			}
			steps.Each(func(n int, li *goquery.Selection) {
				moves := 0
				for _, m := range r.Steps[n].Moves {
					moves += len(m.Sides)
				}
				if got := li.Find(".turns li").Length(); got != moves {
					t.Errorf("%s %d step %d: %d lines of what is done, want %d", r.Of, r.Number, n+1, got, moves)
				}
				if got := li.Find(".stands li .side").Length(); got != 2 {
					t.Errorf("%s %d step %d: where %d sides stand, want 2", r.Of, r.Number, n+1, got)
				}
			})
			if got := doc.Find("figure svg path.chart-stairs").Length(); got != 2 {
				t.Errorf("%s %d: %d tracks, want one a side", r.Of, r.Number, got)
			}
			if got := doc.Find("table.points tbody tr").Length(); got != len(r.Steps)+1 {
				t.Errorf("%s %d: %d rows under the picture, want the start and %d steps", r.Of, r.Number, got, len(r.Steps))
			}
			if doc.Find("#promises").Length() > 0 {
				t.Errorf("%s %d: a visitor sees what could make the promise hard to keep", r.Of, r.Number)
			}
			text := strings.ToLower(words(doc.Find("main")))
			for _, bad := range []string{"temptation", "defect", "concession", "yield", "deal ", "сделк", "уступ", "искушени"} {
				if strings.Contains(text, bad) {
					t.Errorf("%s %d in %s says %q", r.Of, r.Number, lang, bad)
				}
			}
		}
	}
}

func TestCardsLeadToTheirRoadmap(t *testing.T) {
	s := answeredServer(t)
	doc := page(t, s, states+"deals")
	for _, c := range []struct{ card, heading string }{{"article.swap", "Swap 1"}, {"article.bundle", "Package 1"}} {
		link := doc.Find(c.card).First().Find(`a[href*="deals/roadmap"]`)
		if link.Length() != 1 {
			t.Fatalf("%s has %d links to its order, want 1", c.card, link.Length())
		}
		got := page(t, s, link.AttrOr("href", ""))
		if h := words(got.Find("h2").First()); h != c.heading {
			t.Errorf("%s leads to %q, want %q", c.card, h, c.heading)
		}
		if current := got.Find(`.orders a[aria-current="page"]`); words(current) != c.heading {
			t.Errorf("the page is called %q among the others, want %q", words(current), c.heading)
		}
	}
}

func TestLimitsOnTheRoadmap(t *testing.T) {
	s := answeredServer(t)
	address := states + "deals/roadmap?swap-card=1"
	plain, limited := page(t, s, address), page(t, s, address+"&most-RU=5&most-US=2,5")
	if n := plain.Find("ol.way > li").Length(); n != 1 {
		t.Errorf("the swap has %d steps, want one at the same moment", n)
	}
	if n := limited.Find("ol.way > li").Length(); n != 2 {
		t.Errorf("with limits the swap has %d steps, want two", n)
	}
	if below := limited.Find(".stands .below"); below.Length() == 0 {
		t.Error("nobody is said to be below where it starts")
	}
	if got := limited.Find("#most-US").AttrOr("value", ""); got != "2,5" {
		t.Errorf("the form forgets what was given: %q", got)
	}
	rec, doc := fetch(t, s, address+"&most-RU=-1")
	if rec.Code != http.StatusBadRequest || !strings.Contains(words(doc.Find(`[role="alert"]`)), "RU=-1") {
		t.Errorf("a limit that is none: %d, %q", rec.Code, words(doc.Find(`[role="alert"]`)))
	}
	if doc.Find("ol.way > li").Length() != 1 {
		t.Error("with a wrong limit the order without limits is not shown")
	}
	if rec, _ := fetch(t, s, states+"deals/roadmap?package=99"); rec.Code != http.StatusNotFound {
		t.Errorf("a package that is not there: %d, want 404", rec.Code)
	}
}

// Nobody but a mediator and members of the side reads what could make its
// promise hard to keep, on the page or in the file.
func TestPromisesAreForThatSideAndMediators(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	d := river()
	a, err := answerFor(d, 50)
	if err != nil {
		t.Fatal(err)
	}
	r := deal.Roadmap{Of: "swap", Number: 1, State: "central", Exact: true, Start: map[string]int64{}}
	for _, side := range d.Dialogue.Sides {
		r.Promises = append(r.Promises, deal.Promise{
			Side: string(side.ID), Received: []int64{3}, Paid: []int64{2}, Temptation: []int64{2}, Held: []bool{false}, Lasting: true,
		})
	}
	a.Roadmaps = []deal.Roadmap{r}
	j := askedJob(t, x.Store, x.dialogue, deal.DefaultSettings())
	x.must(x.Store.AnswerDeals(context.Background(), j, a, time.Now()))
	own, all := 0, 0
	for _, role := range dialogue.Roles {
		b := x.as(role)
		e, err := x.Store.Entrance(context.Background(), x.dialogue, x.people[role], "", time.Now())
		x.must(err)
		side, everything := dialogue.SeesPromises(e.Standing)
		want := 0
		switch {
		case everything:
			want = len(d.Dialogue.Sides)
			all++
		case side != "":
			want = 1
			own++
		}
		rec := b.send("/en/"+string(x.dialogue)+"/deals/roadmap", nil)
		doc, err := goquery.NewDocumentFromReader(rec.Body)
		x.must(err)
		if got := doc.Find("#promises .promise").Length(); got != want {
			t.Errorf("%s reads %d on the page, want %d", role, got, want)
		}
		file := b.send("/en/"+string(x.dialogue)+"/deals.json", nil)
		if file.Code != http.StatusOK {
			continue
		}
		var got deal.Answer
		x.must(json.Unmarshal(file.Body.Bytes(), &got))
		if n := len(got.Roadmaps[0].Promises); n != want {
			t.Errorf("%s reads %d in the file, want %d", role, n, want)
		}
	}
	if own == 0 || all == 0 {
		t.Errorf("%d people see those of their side, %d those of all: the test shows little", own, all)
	}
}
