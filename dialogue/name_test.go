package dialogue_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"parley/dialogue"
	"parley/fault"
	"parley/i18n"
)

var towns = []dialogue.Side{{ID: "N", Name: i18n.Text{"en": "North", "ru": "Север"}}, {ID: "S", Name: i18n.Text{"en": "South", "ru": "Юг"}}}

func TestNamesThatCanBeUsed(t *testing.T) {
	for name, want := range map[string]string{
		"Ann": "Ann", "  Ann \t of  the hill ": "Ann of the hill", "Анна-Мария": "Анна-Мария", "Ёжик": "Ёжик", "O’Neill": "O’Neill", "Q 4": "Q 4",
		"Ивай": "Ивай", "Ива\u0438\u0306": "Ивай", "José": "José", "Νίκος": "Νίκος", "გიორგი": "გიორგი", "أحمد": "أحمد", "Ann Петрова": "Ann Петрова",
		"Штат": "Штат", "Модест": "Модест", "Adam": "Adam", "Botan": "Botan", "Северин": "Северин", "Northerly": "Northerly", "Modesty": "Modesty", "Hostova": "Hostova",
		"王小明": "王小明", "שָׁלוֹם": "שָׁלוֹם", "J.R. Smith": "J.R. Smith", strings.Repeat("я", 40): strings.Repeat("я", 40),
	} {
		if got, err := dialogue.CheckPseudonym(name, towns); err != nil || got != want {
			t.Errorf("%q: got %q, %v", name, got, err)
		}
	}
}

func TestNamesThatAreRefused(t *testing.T) {
	for key, names := range map[string][]string{
		"member.name-length": {"", " ", "A", "\u3000", strings.Repeat("я", 41)},
		"member.name-characters": {
			"Ann\u202eneb", "Ann\u200bB", "An\u2060n", "Ann\x00", "\ufeffAnn", "Ann\u00adB", "Ann\u2066x\u2069", // direction, invisible
			"Ann ✓", "✔ Ann", "Ann ☑️", "Ann 🏛", "★★", "Ann™", "Ann®", "[Ann]", "Ann (official)", "@ann", "#7", "Ann/Bob", "<b>Ann</b>", "Ann & Bob", "a=b", // badges, markup
			"a\u0301\u0301\u0301\u0301b", "\u0301ab", "12", "--", "7 7", "Ann\u2028x\ue000", "\xff\xfe", "Ann\u3164b\u2800", // stacks of marks, no letter, no text
		},
		"member.name-scripts": {"Аnn", "Annа", "Pаul", "Ivan Pеtrov", "Νick", "Mоtя", "Xρ"}, // one Cyrillic or Greek letter among Latin ones
		"member.name-reserved": {
			"Moderator", "moderator", "MODERATOR", "M O D E R A T O R", "Moder-ator", "Moderat0r", "M0derator 2", "Mo\u0301derator", "The Moderator",
			"Convener", "convenor", "Admin", "administrator", "Mediator", "Organiser", "organizers", "Staff", "Ann Staff", "owner", "Root", "Parley", "parIey",
			"Модератор", "модераторы", "М о д е р а т о р", "Посредник", "Медиатор", "Организатор", "Организаторы", "Администрация", "Админ", "Ведущий",
			"Регистратор", "Персонал", "Сотрудник", "Официальный", "Проверено", "Официальный представитель",
			"con ν ener", "Official", "Verified Ann", "officia1", "Observer",
			"Participant", "Participant 9", "participant  9", "PARTICIPANT 12", "Partícipant 9", "Участник 9", "участник 9", "Участница 3", "Участник", "Участник 9а",
			"North", "north", "N0rth", "NORTH", "Север", "север", "Юг", "So uth", "South", "North Council", "The north-Council", "Council of N0RTH", "Совет Север", "Юг 2",
			"mod", "МОДЕР",
		},
	} {
		for _, name := range names {
			_, err := dialogue.CheckPseudonym(name, towns)
			if f, ok := fault.As(err); !ok || f.Key != key || f.Kind != fault.Invalid {
				t.Errorf("%q: got %v, want %s", name, err, key)
			}
		}
	}
}

// Names that a reader could take for one another share a skeleton.
func TestLookAlikes(t *testing.T) {
	for _, alike := range [][]string{
		{"Ann", "ann", "ANN", "A n n", "Änn", "A.n.n", "Ａｎｎ"},
		{"Paul", "Раul", "PAUL", "Pau1", "Paui", "РаuІ"},
		{"Cop", "Сор", "С0р", "cop"},                   // all Cyrillic
		{"HAT", "НАТ", "ΗΑΤ", "Нат"},                   // Cyrillic, Greek capitals
		{"Boss", "Воss", "B0SS", "Во55"},               //
		{"Anna", "Aппа", "Апп а"},                      //
		{"Barney", "Bamey", "bAMEy"},                   // rn and m
		{"Walter", "VValter", "vvalter"},               //
		{"Андрей", "Андреи", "АНДРЕЙ"},                 // accents do not count
		{"Ёлка", "Елка", "елка"},                       //
		{"Participant 7", "Участник 7", "участник  7"}, // the numbers are shared
		{"ﬁsh", "fish"},
	} {
		for _, name := range alike[1:] {
			if a, b := dialogue.Skeleton(alike[0]), dialogue.Skeleton(name); a != b {
				t.Errorf("%q has %q, %q has %q", alike[0], a, name, b)
			}
		}
	}
	for _, pair := range [][2]string{{"Ann", "Anna"}, {"Participant 7", "Participant 17"}, {"Иван", "Илья"}, {"Nora", "Mora"}} {
		if dialogue.Skeleton(pair[0]) == dialogue.Skeleton(pair[1]) {
			t.Errorf("%q and %q are one", pair[0], pair[1])
		}
	}
}

// Every look-alike of a reserved name that can be made letter by letter is
// refused too, whatever the reason.
func TestGeneratedLookAlikesAreRefused(t *testing.T) {
	swaps := map[rune][]string{
		'a': {"а", "A", "á", "α"}, 'c': {"с", "C", "ç"}, 'e': {"е", "E", "ë", "ε", "ė"}, 'i': {"і", "I", "1", "l", "ı", "í"}, 'o': {"о", "0", "ο", "O", "ö"},
		'r': {"г", "R"}, 's': {"ѕ", "5", "S"}, 'm': {"м", "M", "rn"}, 'n': {"п", "ñ", "N"}, 't': {"т", "T", "τ"}, 'd': {"D", "ԁ"}, 'v': {"V", "ν"},
		'f': {"F"}, 'l': {"1", "I", "і"}, 'p': {"р", "ρ"},
	}
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for _, r := range rapid.SampledFrom([]string{"moderator", "mediator", "convener", "administrator", "official", "participant 4"}).Draw(t, "word") {
			options := append([]string{string(r)}, swaps[r]...)
			b.WriteString(rapid.SampledFrom(options).Draw(t, "letter"))
			b.WriteString(rapid.SampledFrom([]string{"", "", "", "", " ", "-", "."}).Draw(t, "gap"))
		}
		if name, err := dialogue.CheckPseudonym(b.String(), towns); err == nil {
			t.Fatalf("%q is accepted as %q", b.String(), name)
		}
	})
}

// Whatever is accepted is accepted again, unchanged, and has a skeleton.
func TestCheckingTwiceChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name, err := dialogue.CheckPseudonym(rapid.String().Draw(t, "name"), towns)
		if err != nil {
			return
		}
		if again, err := dialogue.CheckPseudonym(name, towns); err != nil || again != name || dialogue.Skeleton(name) == "" {
			t.Fatalf("%q, then %q, %v", name, again, err)
		}
	})
}

func TestNumberedNames(t *testing.T) {
	for lang, want := range map[string]string{"en": "Participant 7", "ru": "Участник 7", "fr": "Participant 7"} {
		if got := dialogue.Pseudonym("7").In(lang); got != want || dialogue.Skeleton(got) != "#7" || !dialogue.SameNumber(got, "7") || dialogue.SameNumber(got, "8") {
			t.Errorf("%s: got %q", lang, got)
		}
	}
}
