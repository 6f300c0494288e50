package main

import (
	"slices"
	"strings"
	"testing"

	"parley/dialogue"
	"parley/i18n"
	"parley/interest"
)

func TestSidesStandInTheReadersAlphabet(t *testing.T) {
	d := towns(0)
	d.Dialogue.Sides = []dialogue.Side{
		{ID: "US", Name: i18n.Text{"en": "United States", "ru": "США"}},
		{ID: "EU", Name: i18n.Text{"en": "European Union", "ru": "ЕС"}},
		{ID: "RU", Name: i18n.Text{"en": "Russia", "ru": "Россия"}},
		{ID: "JP", Name: i18n.Text{"en": "Japan", "ru": "Япония"}},
	}
	for lang, want := range map[string][]dialogue.SideID{"en": {"EU", "JP", "RU", "US"}, "ru": {"EU", "RU", "US", "JP"}} {
		var got []dialogue.SideID
		for _, s := range newBook(d, lang).sides {
			got = append(got, s.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", lang, got, want)
		}
	}
	if got := newBook(d, "ru").sideList([]string{"JP", "US", "nobody"}); got != "nobody, США, Япония" {
		t.Errorf("got %s", got)
	}
	if d.Dialogue.Sides[0].ID != "US" {
		t.Error("the dossier's own order was changed")
	}
}

func TestAuthorshipInOneSentence(t *testing.T) {
	institute := interest.Author{Name: i18n.Text{"en": "An institute", "ru": "Институт"}}
	for _, c := range []struct {
		name    string
		sides   int
		author  func(i int) interest.Author
		en, ru  string
		without int // sides with no register of their own
	}{
		{"none", 0, nil, "No register has been written yet.", "Ни один реестр ещё не составлен.", 0},
		{"one", 1, func(int) interest.Author { return institute }, "The register was written by: An institute.", "Составители реестра: Институт.", 1},
		{"both", 2, func(int) interest.Author { return institute }, "Both registers were written by: An institute.", "Составители обоих реестров: Институт.", 2},
		{"all", 3, func(int) interest.Author { return institute }, "All registers were written by: An institute.", "Составители всех реестров: Институт.", 3},
		{"each its own", 2, func(i int) interest.Author { return interest.Author{Side: dialogue.SideID([]string{"T1", "T2"}[i])} },
			"Who wrote the registers: about Town of the long name 1: itself; about Town of the long name 2: itself.",
			"Составители реестров: Город с длинным названием 1 — сама сторона; Город с длинным названием 2 — сама сторона.", 0},
	} {
		d := towns(c.sides)
		for i := range d.Registers {
			d.Registers[i].Author = c.author(i)
		}
		if got := newBook(d, "en").authorship(); got != c.en {
			t.Errorf("%s: got %q, want %q", c.name, got, c.en)
		}
		if got := newBook(d, "ru").authorship(); got != c.ru {
			t.Errorf("%s: got %q, want %q", c.name, got, c.ru)
		}
		s := &sheet{}
		newBook(d, "en").head(s, "x")
		if got := strings.Count(s.String(), "own register not yet written"); got != c.without {
			t.Errorf("%s: %d sides without a register of their own, want %d", c.name, got, c.without)
		}
	}
}

func TestTheHeadComesBeforeAnyResult(t *testing.T) {
	d := towns(2)
	d.Dialogue.Kind, d.Dialogue.AsOf = dialogue.Historical, "2009-06"
	d.Dialogue.Source = i18n.Text{"en": "A report.", "ru": "Доклад."}
	d.Topics[0].Author, d.Topics[0].Date = interest.Author{Name: i18n.Text{"en": "A compiler"}}, "2009-07"
	s := &sheet{}
	newBook(d, "en").head(s, "results")
	want := []string{"Towns on one river: results", "===", "HISTORICAL EXAMPLE. Situation of June 2009", "Who wrote the registers", "A report.",
		"Links between the registers were drawn by: A compiler, July 2009."}
	text := s.String()
	for _, w := range want {
		i := strings.Index(text, w)
		if i < 0 {
			t.Fatalf("%q does not follow in\n%s", w, s)
		}
		text = text[i:]
	}
}

func TestTablesCarryDateAndAuthorship(t *testing.T) {
	d := towns(2)
	d.Registers = d.Registers[:1]
	b := newBook(d, "en")
	b.supposed = []interest.Assumption{{Interest: "T1-01", Tier: interest.Vital}}
	h := b.csvHead()
	if h.AsOf != "2026-05" || h.Title != "Towns on one river" || h.Lang != "en" {
		t.Errorf("got %+v", h)
	}
	if len(h.Authorship) != 2 || !strings.Contains(h.Authorship[1], "Town of the long name 2: own register not yet written") {
		t.Errorf("got %q", h.Authorship)
	}
	if len(h.Notes) != 1 || !strings.Contains(h.Notes[0], "ranks as vital") {
		t.Errorf("got %q", h.Notes)
	}
}

func TestNamesThatAreMissing(t *testing.T) {
	d := towns(1)
	d.Named = []interest.Named{{ID: "drill", Title: i18n.Text{"en": "A drill"}}}
	b := newBook(d, "ru")
	for got, want := range map[string]string{
		b.topic("drill"): "A drill", b.topic("no-such"): "no-such", b.entry("no-such"): "no-such", b.side("Somebody"): "Somebody",
		b.word("role", ""): "не указано", b.span("level", [2]string{"low", "top"}): "низко – выше всего", b.tier(""): "ранг не указан",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
