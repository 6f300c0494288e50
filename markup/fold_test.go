package markup_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"parley/markup"
)

// Words that readers take for forms of one have one stem, and others have not.
func TestStemsJoinFormsOfAWord(t *testing.T) {
	for lang, groups := range map[string][]string{
		"ru": {"вода воды воде воду водой вод", "мост мосты моста мостами", "ещё еще", "заёмный заемные", "переговоры переговоров переговорам", "йод йоды",
			"рынок рынка рынке рынками рынков", "паводок паводка паводки", "порядок порядка", "конец конца концов", "палец пальца", "копейка копеек", "чашка чашек", "урок урока", "bridge bridges"},
		"en": {"bridge bridges bridge's bridged", "water waters", "negotiation negotiations", "don't dont", "ёлка ёлки ёлку"},
		"kk": {"көпір", "көпірлер", "су"},
	} {
		seen := map[string]string{}
		for _, group := range groups {
			stem := ""
			for _, word := range strings.Fields(group) {
				got := strings.Join(markup.Stems(word, lang), " ")
				if stem == "" {
					stem = got
				}
				if got != stem {
					t.Errorf("%s: %q has the stem %q, others of %q have %q", lang, word, got, group, stem)
				}
			}
			if other, ok := seen[stem]; ok {
				t.Errorf("%s: %q and %q have one stem %q", lang, group, other, stem)
			}
			seen[stem] = group
		}
	}
}

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"Всё ЕЩЁ, ёлка!":        "все еще елка",
		"й Й ї Ї ў":             "й й ї ї ў",
		"за́мок":                "замок",
		"naïve Café Łódź ñ":     "naive cafe łodz n",
		"b52 START-1 2009г.":    "b 52 start 1 2009 г",
		"rock’n’roll don't":     "rocknroll dont",
		"co\u00adope\u00adrate": "cooperate",
		"<b>a</b>&amp;":         "b a b amp",
		"ﬁne ½":                 "fine 1⁄2",
		"Ἀθῆναι":                "αθηναι",
		"":                      "",
		"«—…» ***":              "",
	} {
		if got := markup.Fold(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// Words lie in the text, one after another, and stems hold nothing that a database
// could read otherwise than as one word.
func TestWordsLieInTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Filter(utf8.ValidString).Draw(t, "text")
		lang := rapid.SampledFrom([]string{"en", "ru", "de"}).Draw(t, "lang")
		last := 0
		for _, w := range markup.Words(text) {
			if w.From < last || w.To <= w.From || w.To > len(text) || w.Folded == "" {
				t.Fatalf("%+v after %d in %q", w, last, text)
			}
			last = w.To
			stem := markup.Stem(w.Folded, lang)
			if strings.Trim(stem, "abcdefghijklmnopqrstuvwxyz0123456789абвгдежзийклмнопрстуфхцчшщъыьэюяѐёђѓєѕіїјљњћќѝўџґ") != "" || stem == "" {
				t.Fatalf("%q has the stem %q", w.Folded, stem)
			}
		}
	})
}
