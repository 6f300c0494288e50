package markup

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/kljensen/snowball/english"
	"github.com/kljensen/snowball/russian"
	"golang.org/x/text/unicode/norm"
)

// Word is a word of a text: where it stands, in bytes, and folded.
type Word struct {
	From, To int
	Folded   string
}

// Words takes a text apart into words and numbers. A word is folded so that what
// readers take for one is one: in small letters, ё as е, without accents, without
// the apostrophe inside. Letters of Cyrillic that only look accented, й and ї,
// stay what they are.
func Words(text string) []Word {
	var out []Word
	var b strings.Builder
	from, to, digits := 0, 0, false
	end := func() {
		if b.Len() > 0 {
			out = append(out, Word{from, to, b.String()})
			b.Reset()
		}
	}
	for at, r := range text {
		size := len(string(r))
		switch {
		case r == '\u00AD' || r == '\u200C' || r == '\u200D' || (r == '\'' || r == '’' || r == 'ʼ') && b.Len() > 0 && !digits:
			continue // stands inside a word and is not of it
		case unicode.IsDigit(r) || unicode.IsNumber(r):
			if !digits {
				end()
			}
		case unicode.IsLetter(r):
			if digits {
				end()
			}
		case unicode.IsMark(r) && b.Len() > 0:
		default:
			end()
			continue
		}
		if b.Len() == 0 {
			from, digits = at, unicode.IsNumber(r)
		}
		b.WriteString(foldRune(r))
		to = at + size
	}
	end()
	return out
}

// foldRune is a rune as words are compared.
func foldRune(r rune) string {
	r = unicode.ToLower(r)
	switch {
	case r == 'ё':
		return "е"
	case r < 0x80 || unicode.Is(unicode.Cyrillic, r):
		return string(r)
	case r >= 0x300 && r < 0x370: // an accent that stands alone, as stress does in Russian
		return ""
	case unicode.In(r, unicode.Latin, unicode.Greek) || unicode.IsNumber(r):
		return strings.Map(func(r rune) rune {
			if unicode.IsMark(r) {
				return -1
			}
			return unicode.ToLower(r)
		}, norm.NFKD.String(string(r)))
	}
	return string(r)
}

// Fold is a text in folded words, a space between them.
func Fold(text string) string {
	var b strings.Builder
	for i, w := range Words(text) {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.Folded)
	}
	return b.String()
}

// unfleeting is a Russian stem without the vowel that other forms of the word drop
// before its last consonant, and without what stands there instead of it: рынок
// and рынка are рынк, палец and пальца палц, копеек and копейка копек.
func unfleeting(stem string) string {
	r := []rune(stem)
	n := len(r)
	if n < 4 || !strings.ContainsRune("кц", r[n-1]) || !strings.ContainsRune("оеьй", r[n-2]) {
		return stem
	}
	return string(append(r[:n-2:n-2], r[n-1]))
}

// Stem is what a folded word has in common with its other forms in the language:
// вода, воды, водой. A Russian word within an English text is stemmed as Russian,
// and the other way round: people quote one another. In languages for which there
// are no rules it is the word. It holds small Latin and Cyrillic letters and digits alone, others as their numbers,
// so that every database takes it for one word.
func Stem(folded, lang string) string {
	if lang == "en" || lang == "ru" {
		if strings.IndexFunc(folded, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }) < 0 {
			folded = english.Stem(folded, true)
		} else {
			folded = unfleeting(strings.ReplaceAll(russian.Stem(folded, true), "ё", "е"))
		}
	}
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 'а' && r <= 'я' || r >= 'ѐ' && r <= 'џ' || r == 'ґ'
	}
	if strings.IndexFunc(folded, func(r rune) bool { return !plain(r) }) < 0 {
		return folded
	}
	var b strings.Builder
	for _, r := range folded {
		if plain(r) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "u%x", r)
		}
	}
	return b.String()
}

// Stems are the stems of a text's words, in its order.
func Stems(text, lang string) []string {
	words := Words(text)
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = Stem(w.Folded, lang)
	}
	return out
}
