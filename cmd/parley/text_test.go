package main

import (
	"fmt"
	"math/big"
	"regexp"
	"strings"
	"testing"

	"parley/deal"
	"parley/dialogue"
	"parley/dossier"
	"parley/i18n"
	"parley/interest"
)

// towns is a small dossier with n sides, each of which wrote its own register,
// and one topic that they dispute.
func towns(n int) *dossier.Dossier {
	d := &dossier.Dossier{Dialogue: dialogue.Dialogue{
		ID: "towns", Title: i18n.Text{"en": "Towns on one river", "ru": "Города на одной реке"},
		AsOf: "2026-05", Kind: dialogue.Invented, Languages: []string{"en", "ru"},
	}}
	topic := interest.Topic{ID: "bridge", Title: i18n.Text{"en": "A new bridge", "ru": "Новый мост"}, Relation: interest.Opposed,
		Affects: []i18n.Text{{"en": "Ferrymen", "ru": "Паромщики"}}}
	for i := range n {
		side := dialogue.SideID(fmt.Sprintf("T%d", i+1))
		id := interest.ID(fmt.Sprintf("%s-01", side))
		d.Dialogue.Sides = append(d.Dialogue.Sides, dialogue.Side{ID: side, Name: i18n.Text{
			"en": fmt.Sprintf("Town of the long name %d", i+1), "ru": fmt.Sprintf("Город с длинным названием %d", i+1)}})
		d.Registers = append(d.Registers, interest.Register{Subject: side, Author: interest.Author{Side: side}, Interests: []interest.Interest{
			{ID: id, Title: i18n.Text{"en": "The bridge where it serves us", "ru": "Мост там, где он нужен нам"}, Tier: interest.Tier(1 + i%3)},
		}})
		topic.Interests = append(topic.Interests, id)
	}
	d.Topics = []interest.Topic{topic}
	return d
}

// found is an answer for towns with one of everything.
func found(d *dossier.Dossier) *deal.Answer {
	both := func(en, ru string) map[string][]string { return map[string][]string{"en": {en}, "ru": {ru}} }
	points, shares := map[string]int64{}, map[string]deal.Share{"all": {Num: 95, Den: 100}}
	scale := map[string]string{}
	var moves []deal.Move
	for i, s := range d.Dialogue.Sides {
		points[string(s.ID)] = int64(300_000 * (i + 1))
		shares[string(s.ID)] = deal.Share{Num: 95, Den: 100}
		scale[string(s.ID)] = "1000000"
		moves = append(moves, deal.Move{Topic: "bridge", Option: "half", Side: string(s.ID)})
	}
	baseline := map[string]int64{}
	ferrymen := []map[string]string{{"en": "Ferrymen", "ru": "Паромщики"}}
	half := map[string]string{"bridge": "half"}
	return &deal.Answer{
		Question: deal.QuestionInfo{SHA256: strings.Repeat("ab", 32), Engine: deal.EngineVersion, Seed: 1, Samples: 100,
			Stakes: "split", Baseline: "free", Scale: scale, Roles: map[string]string{"key": "1", "none": "0", "unknown": "[1/4, 1]"}},
		Space:    deal.Space{Issues: 1, Packages: "12345678901234567890"},
		Baseline: deal.Package{Choices: map[string]string{"bridge": "keep"}, Points: baseline},
		Frontier: []deal.Point{
			{Choices: half, Points: points, Count: deal.Count{N: big.NewInt(1)}},
			{Choices: half, Points: baseline, Count: deal.Count{N: big.NewInt(2)}},
		},
		FrontierComplete: true,
		Solutions:        deal.Solutions{Nash: []int{0}, KalaiSmorodinsky: []int{0}, Leximin: []int{0}, Utilitarian: []int{0}},
		Opposition:       &deal.Decimal{TenThousandths: 7071}, Integrative: &deal.Decimal{TenThousandths: 2500},
		QuickWins: []deal.QuickWin{{Topic: "bridge", Option: "together", Act: map[string]string{"en": "Count the traffic", "ru": "Посчитать движение"},
			Actors: []string{"T1", "T2"}, Because: both("It costs nobody.", "Это никому ничего не стоит.")}},
		SameDirection: []deal.Choice{{Topic: "bridge", Option: "together"}},
		Swaps: []deal.Swap{{Moves: moves, NotAtTheTable: ferrymen, OneInterest: []string{"T1-01"}, Because: both("A reason.", "Причина."),
			FlipsIf: []deal.Flip{
				{Kind: "tier", Interest: "T1-01", From: "vital", To: "secondary", Steps: 2},
				{Kind: "role", Interest: "T1-01", Side: "T2", From: "key", To: "minor", Steps: 3},
				{Kind: "tier", Interest: "T2-01", From: "", To: "important", Steps: 1},
				{Kind: "tier", Interest: "T2-01", From: "vital", To: "important", Steps: 1},
			}}},
		Deals: []deal.Deal{{Core: half, Choices: half, Points: points, Acceptable: map[string]deal.Share{"all": {Num: 7, Den: 10}}, CoreAcceptable: shares, Because: both("Another reason.", "Другая причина."),
			NotAtTheTable: ferrymen}},
		Undecided:    []string{"bridge"},
		UndecidedWhy: map[string]string{"bridge": "vital-to-both"},
		Issues: []deal.IssueInfo{{Topic: "bridge", Relation: "opposed", Options: []deal.OptionInfo{
			{Option: "keep", Title: map[string]string{"en": "As it is", "ru": "Как сейчас"}, Baseline: true},
			{Option: "half", Title: map[string]string{"en": "Half way", "ru": "На полпути"}, Movers: []string{"T1"}, Points: points},
		}}},
		ChangesWithStakes: []deal.StakesChange{{Kind: "swap", Stakes: "full", Moves: moves}, {Kind: "undecided", Stakes: "full", Topic: "bridge"}},
		WarningText:       map[string][]string{"en": {"A warning."}, "ru": {"Предупреждение."}},
	}
}

// unwelcome are words that people never read here, after pages.md 8.
var unwelcome = map[string]*regexp.Regexp{
	"en": regexp.MustCompile(`(?i)\byields?\b|quick[ -]win|\bdeals?\b|concession|red line|attributed|perception gap|acceptable`),
	"ru": regexp.MustCompile(`(?i)уступ|сделк|приписан|красн[а-я]+ лини|разрыв восприятия|общая почва`),
}

var command = regexp.MustCompile(`parley[ -]deals.*`)

// checkSheet finds what is wrong with a text for people: lines that are too
// wide, words that hurt, keys that the catalogue lacks, empty places.
func checkSheet(t *testing.T, lang, text string) {
	t.Helper()
	for i, l := range strings.Split(text, "\n") {
		if columns(l) > lineWidth {
			t.Errorf("line %d has %d columns: %s", i+1, columns(l), l)
		}
		if strings.HasSuffix(l, " ") {
			t.Errorf("line %d ends in a space: %q", i+1, l)
		}
	}
	if w := unwelcome[lang].FindString(command.ReplaceAllString(text, "")); w != "" {
		t.Errorf("%s: %q stands in\n%s", lang, w, text)
	}
	for _, bad := range []string{"[cli.", "<no value>", "%!", "map["} {
		if strings.Contains(text, bad) {
			t.Errorf("%s: %s stands in\n%s", lang, bad, text)
		}
	}
}

func TestTextsForAnyNumberOfSides(t *testing.T) {
	for _, lang := range i18n.Languages {
		for n := 2; n <= 7; n++ {
			d := towns(n)
			b := newBook(d, lang)
			checkSheet(t, lang, compareText(b, d.Compare(lang)))
			checkSheet(t, lang, dealsText(b, found(d), "towns.yaml"))
		}
	}
}

func TestTheBriefingSaysWhatMattersFirst(t *testing.T) {
	d := towns(2)
	for lang, want := range map[string][]string{
		"en": {
			"Towns on one river: what might be done", "INVENTED EXAMPLE", "May 2026", "about Town of the long name 1: itself",
			"IF these descriptions", "! A warning.", "A. First steps", "Count the traffic", "Who acts: Town", "B. Small swaps",
			"1. A reason.", "Counted once", "Not at the table: Ferrymen.", "as third rank instead of vital",
			"\"minor part\" instead of \"key part\"", "and 1 further change", "C. Larger packages", "Core of the package. Alone it serves both sides as described here under nearly every ranking",
			"A new bridge: Half way", "moves toward the other", "receives", "Package 1 serves both sides as described here under most rankings", "D. Undecided", "A new bridge: vital to sides", "E. What the sides can have together", "60",
			"0.71 (0 = none)", "F. How this was made", "is not a chance", "12,345,678,901,234,567,890 packages", "parley deals towns.yaml --seed 1",
		},
		"ru": {
			"Города на одной реке: что можно было бы сделать", "ВЫМЫШЛЕННЫЙ ПРИМЕР", "май 2026 года", "ЕСЛИ верны эти описания", "! Предупреждение.",
			"А. Первые шаги", "Посчитать движение", "Б. Малые размены", "1. Причина.", "Паромщики",
			"«третий ранг», а не «жизненно важно»", "и ещё 1 изменение", "выгодна обеим сторонам", "идёт навстречу", "Что остаётся открытым",
			"не вероятность",
		},
	} {
		text := strings.Join(strings.Fields(dealsText(newBook(d, lang), found(d), "towns.yaml")), " ")
		at := 0
		for _, w := range want {
			i := strings.Index(text[at:], strings.Join(strings.Fields(w), " "))
			if i < 0 {
				t.Fatalf("%s: %q does not follow in\n%s", lang, w, text[at:])
			}
			at += i
		}
	}
}

func TestNothingSampledIsSaid(t *testing.T) {
	d := towns(2)
	a := found(d)
	a.Question.Samples, a.Deals = 0, nil
	if text := dealsText(newBook(d, "en"), a, "x.yaml"); !strings.Contains(text, "No rankings were drawn") {
		t.Errorf("got\n%s", text)
	}
}

func TestStrengthInWords(t *testing.T) {
	r := &briefing{book: newBook(towns(3), "en")}
	for num, want := range map[int64]string{
		100: "all sides as described here under every ranking", 99: "nearly every ranking", 90: "nearly every ranking", 89: "most rankings",
		60: "most rankings", 50: "about half", 39: "fewer than half",
	} {
		if got := r.strength("strength.package", deal.Share{Num: num, Den: 100}); !strings.Contains(got, want) {
			t.Errorf("%d of 100: got %q, want %q", num, got, want)
		}
	}
	if got := r.strength("strength.package", deal.Share{}); got != "" {
		t.Errorf("nothing sampled: got %q", got)
	}
}

func TestShellWord(t *testing.T) {
	for in, want := range map[string]string{
		"a/b-c.yaml": "a/b-c.yaml", "-": "-", "two words.yaml": "'two words.yaml'", "it's": `'it'\''s'`, "досье.yaml": "'досье.yaml'",
	} {
		if got := shellWord(in); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}
