package main

import (
	"strings"
	"testing"

	"parley/dialogue"
	"parley/dossier"
	"parley/i18n"
	"parley/interest"
)

// neighbours is towns(2), of which the first also wrote about the second.
func neighbours() *dossier.Dossier {
	d := towns(2)
	d.Registers = append(d.Registers, interest.Register{Subject: "T2", Author: interest.Author{Side: "T1"}, Interests: []interest.Interest{
		{ID: "T2-T1-01", Title: i18n.Text{"en": "The bridge, or so they think", "ru": "Мост, как им кажется"}, Tier: interest.Vital},
	}})
	d.Topics[0].Interests = append(d.Topics[0].Interests, "T2-T1-01")
	return d
}

// laid is a comparison for neighbours with one of everything.
func laid() interest.Comparison {
	belief := interest.Belief{Topic: "bridge", Interest: "T1-01", BelievedIn: "T2-01", BelievedBy: "T2", About: "T1",
		Believed: [2]string{"low", "medium"}, OwnTier: "vital"}
	between, within, outside := belief, belief, belief
	between.Basis, within.Basis, outside.Basis = interest.BetweenSides, interest.WithinOneSource, interest.BetweenAuthors
	counts := map[string]int{"vital": 1, "important": 2, "secondary": 3, "unplaced": 4}
	return interest.Comparison{
		Sides: []string{"T1", "T2"},
		Registers: []interest.RegisterCount{
			{Subject: "T1", Author: "T1", Declared: true, Counts: counts, Used: true},
			{Subject: "T2", Author: "T2", Declared: true, Counts: counts, Used: true},
			{Subject: "T2", Author: "T1", Counts: counts},
		},
		Topics: []interest.TopicRow{
			{ID: "bridge", Relation: "opposed", Interests: []string{"T1-01", "T2-01", "T2-T1-01"}, Holders: []string{"T1", "T2"},
				Tiers: map[string]string{"T1": "vital", "T2": "secondary"}, WeightierFor: "T1", Affects: []string{"Ferrymen"}},
			{ID: "well", Relation: "shared", Interests: []string{"T1-01", "T2-01"}, Holders: []string{"T1", "T2"},
				Tiers: map[string]string{"T1": "unplaced", "T2": "vital"}, WeightierFor: "unknown"},
			{ID: "power", Relation: "complementary", Interests: []string{"T1-01", "T2-01"}, Holders: []string{"T1", "T2"},
				Tiers: map[string]string{"T1": "vital", "T2": "vital"}, WeightierFor: "equal"},
			{ID: "hall", Relation: "one-sided", Interests: []string{"T1-01"}, Holders: []string{"T1"},
				Tiers: map[string]string{"T1": "vital"}, WeightierFor: "unknown"},
		},
		Perception:     []interest.Belief{between, within},
		BetweenAuthors: []interest.Belief{outside},
		Contradictions: []interest.Contradiction{{Topic: "bridge", Interest: "T1-01", Side: "T2", Alignment: "parallel", Relation: "opposed"}},
		Unmatched:      []string{"T1-01"},
		Unregistered:   []interest.Unregistered{{ID: "drill", As: "quick-win", By: "Somebody"}},
		Asks:           []interest.Ask{{Of: "T2", Interest: "T1-01", Topic: "hall"}},
		Part: []interest.CounterpartRow{
			{Interest: "T1-01", Side: "T2", Role: [2]string{"none", "key"}, Effect: "hinders", Alignment: "opposed"},
			{Interest: "T2-01", Side: "T1"},
		},
	}
}

func TestTheComparisonInItsOrder(t *testing.T) {
	d := neighbours()
	for lang, want := range map[string][]string{
		"en": {
			"Who wrote what", "its own", "beliefs only", "A rank holds inside its own register",
			"What the sides share: 1 matter", "well", "not placed (T1-01)", "cannot be said",
			"What they dispute: 1 matter", "· A new bridge", "Top left: hard for both", "vital (T1-01) third rank (T2-01) Town of the long name 1",
			"Where one side can help another: 1 matter", "equal", "What concerns one side: 1 matter",
			"Asked of another side: 1 matter", "Not stated does not mean none", "Asked of Town of the long name 2:", "- The bridge where it serves us (T1-01)",
			"What we believe and what they say: 1 place", "low to medium (T2-01)", "Where the source disagrees with itself: 1 place",
			"not a belief of a side", "Where outside authors differ: 1 place", "nobody speaks for it here",
			"Entries that speak against the link", "disputed", "parallel", "In no topic yet: 1 interest", "Named by an author, in no register: 1 matter",
			"a first step", "Somebody", "Not at this table: 1 name", "Ferrymen", "every interest", "Other side: Town of the long name 2.",
			"no part to key part, works against", "opposed", "not stated",
		},
		"ru": {
			"Кто что составил", "собственный", "Точки соприкосновения: 1 тема", "сказать нельзя",
			"О чём стороны спорят: 1 тема", "· Новый мост", "Где одна сторона может помочь другой", "одинаково", "Что касается одной стороны",
			"О чём просят другую сторону", "Как видят и как есть по словам самой стороны: 1 расхождение", "низко – средне (T2-01)",
			"Где источник расходится сам с собой: 1 место", "Где расходятся сторонние авторы", "спорная", "совпадает", "Пока вне тем: 1 интерес",
			"первый шаг", "Ferrymen", "без роли – ключевая роль,", "противодействует", "не указано",
		},
	} {
		sheet := compareText(newBook(d, lang), laid())
		checkSheet(t, lang, sheet)
		text := strings.Join(strings.Fields(sheet), " ")
		for _, w := range want {
			i := strings.Index(text, w)
			if i < 0 {
				t.Fatalf("%s: %q does not follow in\n%s", lang, w, sheet)
			}
			text = text[i:]
		}
	}
}

// A part of the comparison in which there is nothing has no heading.
func TestNothingIsNotAnnounced(t *testing.T) {
	text := compareText(newBook(towns(0), "en"), interest.Comparison{})
	for _, heading := range []string{"Who wrote what", "share", "dispute", "Asked", "believe", "disagrees", "Entries", "In no topic", "Not at this table"} {
		if strings.Contains(text, heading) {
			t.Errorf("%q stands in\n%s", heading, text)
		}
	}
}

func TestEveryPairOfSidesHasItsPicture(t *testing.T) {
	d := towns(3)
	text := compareText(newBook(d, "en"), d.Compare("en"))
	if got := strings.Count(text, "· A new bridge"); got != 3 {
		t.Errorf("the matter stands in %d pictures, want 3:\n%s", got, text)
	}
}

func TestTheTopMayBeShared(t *testing.T) {
	b := newBook(towns(3), "en")
	row := interest.TopicRow{Holders: []string{"T1", "T2", "T3"}, WeightierFor: "equal"}
	if got := b.weightier(row); got != "several alike" {
		t.Errorf("got %q", got)
	}
	row.Holders = row.Holders[:2]
	if got := b.weightier(row); got != "equal" {
		t.Errorf("got %q", got)
	}
}

func TestManySidesShareAColumn(t *testing.T) {
	d := towns(fewSides + 1)
	text := compareText(newBook(d, "en"), d.Compare("en"))
	if !strings.Contains(text, "Ranks") || !strings.Contains(text, "Town of the long name 5: important (T5-01)") {
		t.Errorf("got\n%s", text)
	}
}

func TestStrangersCannotSteerTheTerminal(t *testing.T) {
	d := towns(2)
	evil := i18n.Text{"en": "A \x1b]0;title\a\x1b[2Jbridge\nover \u202etwo"}
	d.Dialogue.Title, d.Topics[0].Title, d.Dialogue.Sides[0].Name = evil, evil, evil
	d.Registers[0].Interests[0].Title = evil
	d.Topics[0].Affects = []i18n.Text{evil}
	d.Registers[0].Author = interest.Author{Name: evil}
	d.Dialogue.Source = evil
	d.Named = []interest.Named{{ID: "x", Title: evil, As: interest.AsQuickWin, By: interest.Author{Side: dialogue.SideID("T1")}}}
	for _, text := range []string{compareText(newBook(d, "en"), d.Compare("en")), dealsText(newBook(d, "en"), found(d), "x\x1b[2J.yaml")} {
		if i := strings.IndexFunc(text, func(r rune) bool { return r != '\n' && r < ' ' || r == 0x7f || r == 0x202e }); i >= 0 {
			t.Errorf("a control character stands in %q", text[max(0, i-40):i+20])
		}
	}
}
