package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

const four = "/en/china-eu-russia-us-2009/"

func TestFormatsAreLinkedWhereThereAreThreeSides(t *testing.T) {
	s := answeredServer(t)
	for address, want := range map[string]int{four + "deals": 1, towns + "deals": 1, states + "deals": 0} {
		if got := page(t, s, address).Find(".further a[href$='/deals/formats']").Length(); got != want {
			t.Errorf("%s: %d links to the groups, want %d", address, got, want)
		}
	}
}

func TestFormatsOfFourSides(t *testing.T) {
	doc := page(t, answeredServer(t), four+"deals/formats")
	if got := doc.Find(".format").Length(); got != 11 {
		t.Errorf("%d groups of four sides, want 11", got)
	}
	condition := doc.Find("h1").Next()
	for _, want := range []string{"If these descriptions were right", "compilers of parley", "authors from Russia"} {
		if !strings.Contains(words(condition), want) {
			t.Errorf("the title is followed by %q, which does not say %q", words(condition), want)
		}
	}
	pair := doc.Find("#group-RU-US")
	var only []string
	pair.Find(".only li").Each(func(_ int, li *goquery.Selection) { only = append(only, words(li)) })
	if !slices.Contains(only, "No nuclear war") || slices.Contains(only, "Terrorism") {
		t.Errorf("only Russia and the United States: %q", only)
	}
	if got := pair.Find(".own-swaps a").Length(); got != 2 {
		t.Errorf("%d swaps of that pair, want 2", got)
	}
	hurt := pair.Find(".outside .hurt")
	if hurt.Length() != 1 || !strings.Contains(words(hurt), "China") || !strings.Contains(words(hurt), "Missile defence and space") {
		t.Errorf("worse off outside: %q", words(hurt))
	}
	if got := words(doc.Find("#group-EU-RU .only li")); got != "Russia and the EU" {
		t.Errorf("only the EU and Russia: %q", got)
	}
	if doc.Find("#group-EU-RU .group-moves").Length() != 0 {
		t.Error("the EU and Russia have nothing to exchange, and yet one of them moves")
	}
}

// Packages of which the same is said stand under one heading, unless there is
// something to say about a promise.
func TestStandingsAlikeAreToldOnce(t *testing.T) {
	v := &formatsView{}
	for _, x := range []standing{
		{Title: "1", Says: []string{"stands"}}, {Title: "2", Says: []string{"stands"}}, {Title: "3", Says: []string{"falls"}},
		{Title: "4", Says: []string{"falls"}, Back: []fare{{}}}, {Title: "5", Says: []string{"falls"}}, {Title: "6", Says: []string{"falls"}},
	} {
		v.addStanding(x)
	}
	var got []string
	for _, x := range v.Packages {
		got = append(got, x.Title)
	}
	if want := []string{"1, 2", "3", "4", "5, 6"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestNetworkIsSaidInATable: whoever does not see the drawing reads the same.
func TestNetworkIsSaidInATable(t *testing.T) {
	doc := page(t, answeredServer(t), four+"deals/formats")
	if got := doc.Find("#network svg .chart-link").Length(); got != 6 {
		t.Errorf("%d lines between four sides, want 6", got)
	}
	rows := doc.Find(".pairs tbody tr")
	if rows.Length() != 6 {
		t.Fatalf("%d rows, want 6", rows.Length())
	}
	rows.Each(func(_ int, tr *goquery.Selection) {
		link := tr.Find("th a").AttrOr("href", "")
		if doc.Find(link).Length() != 1 {
			t.Errorf("%s leads nowhere", link)
		}
		crossed := strings.Contains(words(tr.Find("td").Last()), "China")
		if crossed != (link == "#group-RU-US") {
			t.Errorf("%s: %q", link, words(tr))
		}
	})
	if got := doc.Find("#network svg .chart-link .chart-shape").Length(); got != 1 {
		t.Errorf("%d crossed lines, want one", got)
	}
}

// TestGoingBackIsNotShownToStrangers: what could make a promise hard to keep is for
// the mediators and the side itself, on the page and in the file.
func TestGoingBackIsNotShownToStrangers(t *testing.T) {
	s := answeredServer(t)
	doc := page(t, s, four+"deals/formats")
	if doc.Find("#stands .stand").Length() == 0 {
		t.Error("no package is looked at")
	}
	if doc.Find(".private").Length() != 0 {
		t.Errorf("a stranger reads %q", words(doc.Find(".private")))
	}
	rec, _ := fetch(t, s, four+"deals.json")
	if rec.Code != http.StatusOK || strings.Contains(rec.Body.String(), `"held"`) {
		t.Errorf("%d; the file tells what could make promises hard to keep", rec.Code)
	}
	a := answeredShelf(t).asked["china-eu-russia-us-2009"].Answer
	if len(a.For("RU", false).Formats.Packages[0].GoingBack) != 1 || len(a.For("", true).Formats.Packages[0].GoingBack) != 2 {
		t.Error("the side itself and the mediators are told too little or too much")
	}
}

func TestFormatsInRussian(t *testing.T) {
	doc := page(t, answeredServer(t), "/ru/china-eu-russia-us-2009/deals/formats")
	if got := words(doc.Find("h1")); got != "Что могла бы сделать каждая группа" {
		t.Errorf("title %q", got)
	}
	if got := words(doc.Find(".pairs tbody th").First()); got != "Евросоюз, Китай" {
		t.Errorf("the first pair is %q, want it by the alphabet", got)
	}
}

// TestFormatsBeforeAnyAnswer: the page says where to ask.
func TestFormatsBeforeAnyAnswer(t *testing.T) {
	s := newServer(t, Config{Store: fullStore(t), Demo: true})
	doc := page(t, s, towns+"deals/formats")
	if doc.Find(".invitation a[href$='/deals']").Length() != 1 || doc.Find(".format").Length() != 0 {
		t.Errorf("got %q", words(doc.Find("main")))
	}
}
