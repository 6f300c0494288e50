package web

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"parley/dialogue"
	"parley/i18n"
	"parley/opinion"
	"parley/writing"
)

func TestKnowingSaysItPlainlyAndWithItsLimits(t *testing.T) {
	x := readChorus(t)
	b := x.as(dialogue.Observer)
	doc := b.open("/en/river/knowing")
	if n := doc.Find(".pair-said").Length(); n != 6 {
		t.Fatalf("%d ordered pairs of three sides", n)
	}
	pair := doc.Find("section[aria-labelledby=pair-w-n]")
	if got := words(pair.Find(".lead")); got != "A bridge would help both banks. Participants from Weston here expected 1 of 10 participants from Norton to agree; 6 of every 10 who answered do." {
		t.Errorf("the first sentence is %q", got)
	}
	if pair.Find("svg.chart title").Length() == 0 || !strings.Contains(pair.Find("svg.chart desc").Text(), "expected 1 of 10") {
		t.Error("the picture is not named and described")
	}
	if rows := pair.Find("table tbody tr").Length(); rows != 1 {
		t.Errorf("the table has %d rows", rows)
	}
	if got := words(pair.Find("table")); !strings.Contains(got, "fewer expected than agree") || !strings.Contains(got, "more than chance") {
		t.Errorf("the table says %q", got)
	}
	if right := words(doc.Find("section[aria-labelledby=pair-w-e]")); !strings.Contains(right, "On 1 of 1, it is right") || strings.Contains(right, "further away") {
		t.Errorf("a picture that is right reads %q", right)
	}
	for _, want := range []string{"not a survey", "Nobody's own expectation", "few people were asked"} {
		if limits := words(doc.Find("#limits").Parent()); !strings.Contains(limits, want) {
			t.Errorf("the limits lack %q", want)
		}
	}
	ru := words(b.open("/ru/river/knowing").Find("section[aria-labelledby=pair-w-n] .lead"))
	if ru != "A bridge would help both banks. Берег: здешние участники ожидали, что согласных будет 1 из 10. Нортон: согласных 6 из каждых 10 ответивших." {
		t.Errorf("in Russian: %q", ru)
	}
}

func TestNothingIsKnownBelowTheFloors(t *testing.T) {
	x := newHouse(t, Config{})
	n := x.propose("A bridge would help both banks.", opinion.Place{})
	for i := 1; i < opinion.FirstTotal; i++ { // one fewer than it takes, on every side
		for _, side := range chorusSides {
			x.answers(voterName(side, i), nil, opinion.Agree)
		}
	}
	o := x.as(dialogue.Observer)
	doc := o.open("/en/river/knowing")
	if doc.Find(".pair-said, svg.chart").Length() != 0 || doc.Find(".silent").Length() != 1 {
		t.Errorf("below the floor: %s", words(doc.Find("main")))
	}
	if got := words(o.open(x.page(n)).Find("#said")); strings.Contains(got, "agreed") || !strings.Contains(got, "Not yet told") {
		t.Errorf("below the floor the statement says %q", got)
	}
	for _, side := range chorusSides {
		x.answers(voterName(side, opinion.FirstTotal), nil, opinion.Agree)
	}
	if o.open(x.page(n)).Find("#said table").Length() != 1 {
		t.Error("at the floor nothing is told: the test sees nothing")
	}
}

func TestWhatIsToldHasPictureTableAndWords(t *testing.T) {
	x := readChorus(t)
	for _, lang := range i18n.Languages {
		doc := x.as(dialogue.Observer).open("/" + lang + "/river/statement/" + itemNumber(x.told))
		said := doc.Find("#said")
		if n := said.Find("table tbody tr").Length(); n != 3 {
			t.Errorf("%s: %d groups", lang, n)
		}
		if n := said.Find("svg.chart .chart-label").Length(); n != 3 {
			t.Errorf("%s: %d groups are drawn", lang, n)
		}
		if got := words(said.Find("tbody tr").First().Find("td.number").First()); got != "12" {
			t.Errorf("%s: the first group has %q", lang, got)
		}
		if said.Find(".ground").Length() != 0 {
			t.Errorf("%s: what one side rejects is called common ground", lang)
		}
		if !strings.Contains(words(said), i18n.For(lang).T("opinion.told.survey")) {
			t.Errorf("%s: it may be read as a survey", lang)
		}
	}
}

func TestRangesNeverPromiseMoreThanTheyHold(t *testing.T) {
	h := bankHall("en")
	for _, c := range []struct {
		low, high float64
		want      string
	}{
		{0.31, 0.69, "range 3–7 of 10"}, {0.3, 0.7, "range 3–7 of 10"}, {0, 1, "range 0–10 of 10"}, {0.799, 0.801, "range 7–9 of 10"}, {0.5, 0.5, "range 5 of 10"},
	} {
		if got := h.ofTen(c.low, c.high); got != c.want {
			t.Errorf("%v to %v: %q, want %q", c.low, c.high, got, c.want)
		}
	}
	for v, want := range map[float64]string{0: "0", 0.4: "½", 4.5: "4½", 4.24: "4", 9.8: "10"} {
		if got := halves(v); got != want {
			t.Errorf("%v is written %q, want %q", v, got, want)
		}
	}
}

func TestCommonGroundIsSaidWithItsBound(t *testing.T) {
	h := bankHall("en")
	told := &opinion.Told{Ground: 0.68, Groups: []opinion.Figures{{Group: "W", N: 12, Agree: 11, Disagree: 1, Matters: -1, Low: 0.7, High: 0.99}}}
	if got := h.tellings(told); got.Ground != "Common ground: on every side at least 6 of 10 agree." || len(got.Rows) != 1 || len(got.Missing) != 2 {
		t.Errorf("got %+v", got)
	}
	told.Ground = opinion.IsGround
	if got := h.tellings(told).Ground; got != "" {
		t.Errorf("at the bound itself: %q", got)
	}
	if h.tellings(nil) != nil || h.tellings(&opinion.Told{}) != nil {
		t.Error("nothing is told as something")
	}
}

func TestTranslationsSayWhoMadeThemAndWhetherTheyWereChecked(t *testing.T) {
	h := bankHall("en")
	c := writing.Contribution{ID: 4, Lang: "ru", Title: "Мост поможет.", HTML: "<p>Обзор</p>"}
	if got := h.saying(c); got.Words.Lang != "ru" || got.Original != nil || !strings.Contains(got.Source, "not yet translated") {
		t.Errorf("untranslated: %+v", got)
	}
	c.Translations = []writing.Translation{{Lang: "en", Title: "A bridge would help.", HTML: "<p>Survey</p>", By: writing.Author{Pseudonym: "Heron"}, Good: 2}}
	got := h.saying(c)
	if got.Words.Words != "A bridge would help." || got.Original == nil || got.Original.Words != c.Title || got.Beside.Lang != "ru" {
		t.Errorf("translated: %+v", got)
	}
	for want, change := range map[string]func(t *writing.Translation){
		"checked by 2 readers": func(*writing.Translation) {}, "not yet checked": func(t *writing.Translation) { t.Good = 0 },
		"readers doubt": func(t *writing.Translation) { t.Bad = 1 }, "the original has changed": func(t *writing.Translation) { t.Stale = true },
	} {
		one := c
		one.Translations = []writing.Translation{c.Translations[0]}
		change(&one.Translations[0])
		if got := h.saying(one).Source; !strings.Contains(got, want) || !strings.Contains(got, "translated by Heron") {
			t.Errorf("want %q, got %q", want, got)
		}
	}
	c.Translations[0].Hid = true
	if got := h.saying(c); got.Original != nil {
		t.Error("a hidden translation is shown")
	}
}

// TestOpinionKeysExist looks up the keys of these pages, which TestKeysExist does
// not know.
func TestOpinionKeysExist(t *testing.T) {
	key := regexp.MustCompile(`"(opinion\.[a-z0-9.-]+)"`)
	n := 0
	for _, pattern := range []string{"*.go", "page/*.html", "page/part/*.html"} {
		files, _ := filepath.Glob(pattern)
		for _, f := range files {
			if strings.HasSuffix(f, "_test.go") {
				continue
			}
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range key.FindAllSubmatch(text, -1) {
				n++
				for _, lang := range i18n.Languages {
					if !known(i18n.For(lang), string(m[1])) {
						t.Errorf("%s: %s lacks %s", f, lang, m[1])
					}
				}
			}
		}
	}
	if n < 150 {
		t.Errorf("only %d keys were found: the test looks in the wrong place", n)
	}
	for prefix, values := range map[string]string{
		"opinion.group.": "several none newcomer", "opinion.choice.": "agree disagree pass", "opinion.choose.": "agree disagree pass",
		"opinion.own.": "agree disagree pass", "opinion.reason.by.": "agree disagree pass", "opinion.order.": strings.Join(statementOrders, " "),
		"opinion.cannot.": "tick neutral observer waiting visitor preparing paused closed",
		"opinion.said.":   "changed waits answered withdrawn reason no-reason proposed closed reopened list-on list-off",
	} {
		for value := range strings.FieldsSeq(values) {
			for _, lang := range i18n.Languages {
				if !i18n.For(lang).Has(prefix + value) {
					t.Errorf("%s lacks %s%s", lang, prefix, value)
				}
			}
		}
	}
}

// TestExpectationsAreNoGame keeps out the words of pages.md that hurt or make a
// game of it.
func TestExpectationsAreNoGame(t *testing.T) {
	avoid := map[string]*regexp.Regexp{
		"en": regexp.MustCompile(`(?i)\bguess|stereotyp|streak|leaderboard|accuracy|%|ratif|\bRussians\b`),
		"ru": regexp.MustCompile(`(?i)угада|стереотип|общая почва|рекорд|%|русск(ие|их|им)|голос`),
	}
	for _, lang := range i18n.Languages {
		w := i18n.For(lang)
		for _, key := range w.Keys() {
			if s := w.T(key); strings.HasPrefix(key, "opinion.") && avoid[lang].MatchString(s) {
				t.Errorf("%s %s: %q", lang, key, s)
			}
		}
	}
}

// The bound of common ground is never above the range that stands beside it.
func TestCommonGroundSaysNoMoreThanTheRanges(t *testing.T) {
	h := bankHall("en")
	told := func(low float64) *opinion.Told {
		out := &opinion.Told{Ground: 0.83}
		for _, s := range chorusSides {
			out.Groups = append(out.Groups, opinion.Figures{Group: opinion.Group(s), N: 12, Agree: 11, Disagree: 1, Low: 0.82, High: 0.98})
		}
		out.Groups[1].Low = low
		return out
	}
	for low, want := range map[float64]string{0.82: "at least 8 of 10", 0.61: "at least 6 of 10", 0.49: ""} {
		if got := h.groundWords(told(low)); !strings.Contains(got, want) || (got == "") != (want == "") {
			t.Errorf("with a range from %v: %q, want %q", low, got, want)
		}
	}
}
