package forum

import (
	"slices"
	"strings"
	"unicode/utf8"

	"parley/fault"
	"parley/markup"
)

// MaxQuery is the length of a search in runes.
const MaxQuery = 200

// mostTerms bounds how many words and phrases are searched for.
const mostTerms = 12

// Term is one word or phrase of a search: the stems that must stand one after
// another, in each language in which they differ.
type Term [][]string

// Terms reads a search. Words in quotation marks of any kind stand together, and
// so do the parts of a word with a hyphen; all terms must be found. What is stemmed
// in one language is another word in the next, so each term is stemmed in all.
func Terms(words string, langs []string) ([]Term, error) {
	if utf8.RuneCountInString(words) > MaxQuery {
		return nil, noQuery()
	}
	var terms []Term
	length := 0
	for i, part := range strings.Split(quoted.Replace(words), `"`) {
		phrases := strings.Fields(part)
		if i%2 == 1 {
			phrases = []string{part}
		}
		for _, p := range phrases {
			if t := term(p, langs); len(t) > 0 && len(terms) < mostTerms {
				terms = append(terms, t)
				length += letters(t)
			}
		}
	}
	if length < 2 {
		return nil, noQuery()
	}
	return terms, nil
}

// letters is how long a term is.
func letters(t Term) (n int) {
	for _, stem := range t[0] {
		n += utf8.RuneCountInString(stem)
	}
	return n
}

// quoted makes one kind of quotation mark of all.
var quoted = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`)

func noQuery() error {
	return fault.New(fault.Invalid, "writing.query", "search for 2 to %d letters", MaxQuery).With("Max", MaxQuery)
}

func term(phrase string, langs []string) (t Term) {
	words := markup.Words(phrase)
	if len(words) == 0 {
		return nil
	}
	for _, lang := range langs {
		stems := make([]string, len(words))
		for i, w := range words {
			stems[i] = markup.Stem(w.Folded, lang)
		}
		if !slices.ContainsFunc(t, func(s []string) bool { return slices.Equal(s, stems) }) {
			t = append(t, stems)
		}
	}
	return t
}

// Boundary stands between the stems of a title and those of a text, so that no
// phrase reaches over.
const Boundary = "z0z" // no word mixes letters and digits, see markup.Words

// Score is how well the stems of something that was found, title, Boundary, text,
// answer the search: what stands in the title counts thrice, and what is said often
// counts for more, but never for two. Greater is better; 0 is nothing.
func Score(stems []string, terms []Term) int {
	body := slices.Index(stems, Boundary) + 1
	score := 0
	for _, t := range terms {
		title, text := 0, 0
		for _, phrase := range t {
			title = max(title, count(stems[:max(0, body-1)], phrase))
			text = max(text, count(stems[body:], phrase))
		}
		if title == 0 && text == 0 {
			return 0
		}
		if title > 0 {
			score += 3000
		}
		score += 2000 * text / (text + 1)
	}
	return score
}

func count(stems, phrase []string) (n int) {
	for i := 0; i+len(phrase) <= len(stems); i++ {
		if slices.Equal(stems[i:i+len(phrase)], phrase) {
			n++
		}
	}
	return n
}
