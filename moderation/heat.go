package moderation

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// MostHints is how many hints one text is given.
const MostHints = 5

// Heat finds what in a draft could be said more calmly, in English and Russian:
// shouting, chains of marks, insults, and words about a whole group. It is a
// list of rules and no judge: its hints block nothing, are kept nowhere, and who
// writes may send the words as they are. What is quoted, behind ">" at the
// beginning of a line, is somebody else's.
func Heat(text string) []Hint {
	text = own(plain(text))
	var out []Hint
	for _, rule := range []func(string) []Hint{shouting, chains, insults, groupsOf} {
		for _, h := range rule(text) {
			again := slices.ContainsFunc(out, func(o Hint) bool { return o.Key == h.Key && strings.EqualFold(o.Words, h.Words) })
			if !again && len(out) < MostHints {
				out = append(out, h)
			}
		}
	}
	return out
}

// own is a text without the lines that quote.
func own(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(strings.TrimSpace(line), ">") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}

// shouting is three words and twelve letters in capitals, one after another with
// nothing but spaces between them. Names that are written so, such as NATO, seldom
// stand in that way.
func shouting(text string) []Hint {
	var out []Hint
	for _, run := range loud().FindAllString(text, -1) {
		run = strings.TrimRightFunc(run, notWord)
		letters := 0
		for _, r := range run {
			if unicode.IsLetter(r) {
				letters++
			}
		}
		if strings.Count(run, " ") >= 2 && letters >= 12 {
			out = append(out, Hint{"capitals", run})
		}
	}
	return out
}

var loud = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\p{Lu}{2,}(?: +\p{Lu}+)*(?: |[^\pL\pN]|$)`) })

func notWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

var marks = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[!?](?: ?[!?]){2,}`) })

// chains are three or more exclamation and question marks.
func chains(text string) []Hint {
	if found := marks().FindString(text); found != "" {
		return []Hint{{"marks", found}}
	}
	return nil
}

// stems begin words that insult whoever they are said of. Names for peoples
// stand here in pairs: for those of every side, or for those of none.
var stems = strings.Fields(`
	idiot moron imbecil stupid dumb liar scum vermin traitor coward hypocrit barbarian savage brainwash subhuman
	bastard pathetic degenerat lunatic thug clown sheeple parasit
	идиот дебил кретин придур тупиц тупы тупой тупая лжец лжив врун вранье подонк подонок мразь мрази сволоч скотин ублюд
	предател лицемер варвар дикар зомбирован недочеловек нелюд быдл ничтожеств холуй холуи шавк тварь твари трусы трусов клоун паразит выродк выродок
	ruskie russkie orc yankee pindos
	пиндос пендос америкос ватник колорад укроп хохл хохол москал кацап орки`)

// not are words that begin like an insult and are none.
var not = []string{"orchestra", "orchard", "orchestral", "savages", "clownfish", "parasitology", "варваринский", "укропом", "тупых", "колорадо", "colorado", "dumbarton", "dumbbell", "паразитология"}

func insults(text string) []Hint {
	var out []Hint
	for _, w := range strings.FieldsFunc(text, notWord) {
		folded := strings.ReplaceAll(strings.ToLower(w), "ё", "е")
		if slices.Contains(not, folded) || strings.HasPrefix(folded, "orch") {
			continue
		}
		if slices.ContainsFunc(stems, func(stem string) bool { return strings.HasPrefix(folded, stem) }) {
			out = append(out, Hint{"insult", w})
		}
	}
	return out
}

// peoples end as names of peoples and of those who live in a place do.
const (
	peoplesEN = `(?:[A-Z]\pL+(?:ans|ese|ish|ers|is)|Russians|Americans|Ukrainians|Westerners|Easterners)`
	peoplesRU = `(?:русск(?:ие|их)|россияне|украинцы|немцы|европейцы|\pL{3,}(?:анцы|инцы|енцы|онцы|айцы|ейцы|атцы))`
	always    = `(?:always|never|only|are all|all (?:hate|want|lie|think))`
	alwaysRU  = `(?:всегда|никогда|только и|лишь|все (?:врут|лгут|хотят|думают|одинаков\pL+))`
)

var sweeping = sync.OnceValue(func() []*regexp.Regexp {
	var out []*regexp.Regexp
	for _, expression := range []string{
		`(?i)you people`, `(?i)people like you`, `(?i)your kind`, `(?i)you(?: are|'re|’re) all`, `(?i)they(?: are|'re|’re) all`, `(?i)all of (?:you|them) are`,
		`(?:[Tt]hese|[Tt]hose) ` + peoplesEN, `(?:[Aa]ll|[Ee]very) ` + peoplesEN + ` ` + `(?:are|want|hate|lie|think)`, peoplesEN + ` ` + always, `(?i)typical (?:russian|american|western|eastern|ukrainian)s?`,
		`(?i)вы все`, `(?i)все вы`, `(?i)все они`, `(?i)они все`, `(?i)такие,? как (?:вы|они)`, `(?i)вам подобны\pL+`, `(?i)ваш[аеи]? (?:брат|порода|сорт)`,
		`(?i)эти(?:х|м|ми)? ` + peoplesRU, `(?i)` + peoplesRU + ` ` + alwaysRU, `(?i)все ` + peoplesRU + ` (?:-|врут|лгут|хотят|думают|одинаков\pL+)`, `(?i)типичн(?:ый|ая|ые) (?:русск|американ|западн|украин|европе)\pL+`,
	} {
		out = append(out, looks(expression))
	}
	return out
})

// groupsOf finds words about all people of a group at once.
func groupsOf(text string) []Hint {
	var out []Hint
	for _, re := range sweeping() {
		for _, at := range re.FindAllStringSubmatchIndex(text, -1) {
			h := hit{words: text[at[2]:at[3]], after: text[at[3]:]}
			if h.ends() && !harmless(h) {
				out = append(out, Hint{"group", h.words})
				break
			}
		}
	}
	return out
}

// harmless reports whether the words go on as when somebody speaks of things or
// thanks everybody: "they are all dated 2009", «вы все правы».
func harmless(h hit) bool {
	next, _, _ := strings.Cut(strings.TrimLeft(h.after, " ,"), " ")
	next = strings.ToLower(strings.TrimRight(next, ".,!"))
	return slices.Contains([]string{"right", "welcome", "invited", "dated", "listed", "here", "правы", "приглашены", "молодцы", "вместе", "перечислены", "знаете", "вошли", "помните"}, next)
}
