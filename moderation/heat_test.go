package moderation

import (
	"fmt"
	"slices"
	"testing"
)

func TestHeat(t *testing.T) {
	for words, want := range map[string]Hint{
		"WHY DO YOU NEVER ANSWER ME": {"capitals", "WHY DO YOU NEVER ANSWER ME"},
		"Когда же ЭТО НАКОНЕЦ ЗАКОНЧИТСЯ у вас": {"capitals", "ЭТО НАКОНЕЦ ЗАКОНЧИТСЯ"},
		"Really?!!":                    {"marks", "?!!"},
		"Доколе ! ! !":                 {"marks", "! ! !"},
		"Only an idiot would sign it.": {"insult", "idiot"},
		"Это написал лжец и лицемер":                      {"insult", "лицемер"},
		"Опять этот пиндос":                               {"insult", "пиндос"},
		"Опять этот москаль":                              {"insult", "москаль"},
		"You people do not keep your word":                {"group", "You people"},
		"They’re all the same":                            {"group", "They’re all"},
		"Those Americans, again":                          {"group", "Those Americans"},
		"Those Russians, again":                           {"group", "Those Russians"},
		"Russians always say so":                          {"group", "Russians always"},
		"Вы все так говорите":                             {"group", "Вы все"},
		"Опять эти американцы":                            {"group", "эти американцы"},
		"Опять эти русские":                               {"group", "эти русские"},
		"Американцы никогда не держат слово":              {"group", "Американцы никогда"},
		"> calm words\n\nAnd you are all blind, as I see": {"group", "you are all"},
	} {
		if got := Heat(words); !slices.Contains(got, want) {
			t.Errorf("%q: got %v, want %v", words, got, want)
		}
	}
}

func TestCalmWordsGetNoHint(t *testing.T) {
	for _, words := range []string{
		"NATO and the OSCE met in 2009.", "НАТО, ОБСЕ и СНВ-1", "Is that so? Yes!", "The “peace plan” of March is not one.", "Так называемый «план» не готов.",
		"Эти границы признаны.", "Все они вошли в договор.", "They are all listed in annex 1.", "I do not agree with you at all.", "Мы все хотим мира.",
		"> ВЫ ВСЕ ЛЖЕЦЫ И ПРЕДАТЕЛИ!!!\n\nЯ с этим не согласна.", "Тупик в переговорах", "The Orchestra of Colorado plays.", "Украинцы голосовали в 2004 году.", "Все американцы имеют право голоса.", "",
	} {
		if got := Heat(words); len(got) > 0 {
			t.Errorf("%q: got %v, want none", words, got)
		}
	}
}

// Names for peoples are weighed alike whichever side they are said of: the same
// sentence with the names exchanged is hinted at in the same way.
func TestHeatTakesNoSide(t *testing.T) {
	for _, names := range [][2]string{{"Russians", "Americans"}, {"русские", "американцы"}, {"Ukrainians", "Russians"}, {"украинцы", "немцы"}, {"ватник", "пиндос"}, {"москали", "хохлы"}} {
		for _, sentence := range []string{"Those %s, again", "эти %s опять здесь", "%s always lie", "все %s врут", "%s всегда так", "typical %s", "this %s"} {
			a, b := Heat(fmt.Sprintf(sentence, names[0])), Heat(fmt.Sprintf(sentence, names[1]))
			if len(a) != len(b) {
				t.Errorf("%q with %v: got %v and %v", sentence, names, a, b)
			}
		}
	}
}

func TestHintsAreFew(t *testing.T) {
	text := "idiot moron imbecile liar scum vermin traitor coward WHAT IS THAT SUPPOSED TO MEAN!!!"
	if got := Heat(text); len(got) != MostHints {
		t.Errorf("got %d hints, want %d", len(got), MostHints)
	}
}
