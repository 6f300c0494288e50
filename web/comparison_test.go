package web

import (
	"slices"
	"strings"
	"testing"
)

func TestComparisonPutsMattersByBothRanks(t *testing.T) {
	s := fullServer(t)
	doc := page(t, s, "/en/us-russia-2009/comparison")
	cell := func(id string, row, column int) []string {
		return texts(doc.Find("#" + id + " tbody tr").Eq(row).Find("td").Eq(column).Find("li"))
	}
	for _, c := range []struct {
		row, column int
		want        []string
	}{
		{0, 0, []string{"Missile defence and space", "Nuclear arms", "Weight in world institutions"}},
		{0, 1, []string{"Countries of the former USSR", "NATO enlargement", "European security order"}},
		{0, 2, nil},
		{1, 0, []string{"Iran"}},
		{1, 1, []string{"Security Council", "Energy market"}},
		{2, 0, nil},
	} {
		if got := cell("disputed", c.row, c.column); !slices.Equal(got, c.want) {
			t.Errorf("row %d, column %d: %q, want %q", c.row, c.column, got, c.want)
		}
	}
	if got := words(doc.Find("#disputed .pair")); got != "Russia × United States" {
		t.Errorf("pair %q", got)
	}
	if doc.Find(".pairs").Length() != 0 {
		t.Error("two sides need no choice of a pair")
	}
	if got := words(doc.Find("h1 + .note")); !strings.HasPrefix(got, "Links between the registers were drawn by: parley, from the published appendix") {
		t.Errorf("links: %q", got)
	}
	swapped := page(t, s, "/en/us-russia-2009/comparison?swap=1")
	if got := texts(swapped.Find("#disputed tbody tr").First().Find("td").Eq(1).Find("li")); !slices.Equal(got, []string{"Iran"}) {
		t.Errorf("swapped: %q", got)
	}
	if got := words(doc.Find("#absent dt").First()); got != "Afghanistan" {
		t.Errorf("not at the table: %q", got)
	}
}

func TestComparisonOfAnyPair(t *testing.T) {
	s := fullServer(t)
	doc := page(t, s, "/en/three-towns/comparison")
	if got := texts(doc.Find(".pairs a")); !slices.Equal(got, []string{"Brennit × Kelvara", "Brennit × Ostemar", "Kelvara × Ostemar"}) {
		t.Errorf("pairs %q", got)
	}
	for _, query := range []string{"?row=BR&column=OS", "?row=OS&column=BR"} {
		doc := page(t, s, "/en/three-towns/comparison"+query)
		if got := words(doc.Find("#disputed .pair")); got != "Brennit × Ostemar" {
			t.Errorf("%s: %q", query, got)
		}
		if got := words(doc.Find(".pairs a[aria-current]")); got != "Brennit × Ostemar" {
			t.Errorf("%s: chosen %q", query, got)
		}
		if got := words(doc.Find(".glance > .note")); !strings.Contains(got, "these two stand together: Water let out before the spring flood") {
			t.Errorf("%s: camp mates: %q", query, got)
		}
		if strings.Contains(words(doc.Find("#disputed")), "spring flood") {
			t.Errorf("%s: camp mates dispute with each other", query)
		}
	}
	if got := words(page(t, s, "/en/three-towns/comparison?row=BR&column=BR").Find("#disputed .pair")); got != "Brennit × Kelvara" {
		t.Errorf("nonsense gives %q", got)
	}
	four := page(t, s, "/en/four-sides/comparison")
	if four.Find(".pairs a").Length() != 6 || four.Find("#all-opposed thead th").Length() != 7 || four.Find(".sideways[tabindex]").Length() == 0 {
		t.Error("four sides do not fit")
	}
	if got := texts(page(t, s, "/en/three-towns/comparison").Find("#shared thead th")); len(got) != 4 {
		t.Errorf("a matter without a rank has no column: %q", got)
	}
}

func TestTheSourceAndTheSidesAreKeptApart(t *testing.T) {
	s := fullServer(t)
	doc := page(t, s, "/en/us-russia-2009/disagreements")
	if got := words(doc.Find("h1")); got != "Where the source disagrees with itself" {
		t.Errorf("2009: %q", got)
	}
	if got := doc.Find(".dispute").Length(); got != 8 {
		t.Errorf("2009: %d matters", got)
	}
	if got := doc.Find(".belief").Length(); got != 10 {
		t.Errorf("2009: %d contradictions", got)
	}
	if strings.Contains(doc.Find("main").Text(), "In its own words") {
		t.Error("one source is shown as two voices")
	}
	towns := page(t, s, "/en/three-towns/disagreements")
	if got := words(towns.Find("h1")); got != "What we believe and what they say" {
		t.Errorf("towns: %q", got)
	}
	if got := words(towns.Find(".belief .own .label").First()); got != "In its own words" {
		t.Errorf("towns: %q", got)
	}
	if got := words(page(t, testServer(t, river()), "/en/river/disagreements").Find("h1")); got != "Where authors disagree about a side" {
		t.Errorf("two outside authors: %q", got)
	}
	d := river()
	d.Registers[0].Interests[0].Counterparts = nil
	if got := words(page(t, testServer(t, d), "/en/river/disagreements").Find("main .invitation")); !strings.HasPrefix(got, "Nothing that is said") {
		t.Errorf("where nothing disagrees: %q", got)
	}
}
