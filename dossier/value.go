package dossier

import (
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/language"

	"parley/i18n"
	"parley/interest"
)

// Limits of single values.
const (
	MaxText        = 10_000 // characters
	maxID          = 64     // characters
	maxDenominator = 1_000_000
	maxEffect      = 100
	maxPoints      = 1_000_000_000_000
)

var (
	idForm         = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)
	optionForm     = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._+-]*$`)
	dialogueIDForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)
	dateForm       = regexp.MustCompile(`^\d{4}(-\d{2}(-\d{2})?)?$`)
	tagForm        = regexp.MustCompile(`^[a-z]{2,3}(-[a-z0-9]{2,8})*$`)
	integerForm    = regexp.MustCompile(`^\d{1,9}$`)
)

const (
	idAdvice       = "write 1 to 64 of the letters A-Z and a-z, digits and - _ . instead, a letter or digit first"
	optionAdvice   = "write 1 to 64 of the letters A-Z and a-z, digits and - _ . + instead, a letter or digit first"
	dialogueAdvice = "write 1 to 64 lower-case letters a-z, digits and hyphens instead, no hyphen first"
)

// FitsID and FitsDialogue report whether a word can be the id of a part of a
// dialogue, and of a dialogue.
func FitsID(w string) bool       { return len(w) <= maxID && idForm.MatchString(w) }
func FitsDialogue(w string) bool { return len(w) <= maxID && dialogueIDForm.MatchString(w) }

// FitsDate reports whether a word is a date as a dossier has them.
func FitsDate(w string) bool {
	if !dateForm.MatchString(w) || strings.HasPrefix(w, "0000") {
		return false
	}
	_, err := time.Parse(time.DateOnly, w+"-01-01"[len(w)-4:])
	return err == nil
}

func (r *reader) id(n *node, name string) string { return r.idOf(n, name, idForm, idAdvice) }

func (r *reader) idOf(n *node, name string, form *regexp.Regexp, advice string) string {
	w, ok := r.word(n, name)
	if !ok {
		return ""
	}
	if len(w) > maxID || !form.MatchString(w) {
		r.mistake(n.place, fmt.Sprintf("%s %s cannot be an id%s", name, quote(w), stranger(w, form)), advice)
		return ""
	}
	return w
}

// stranger names the first character that does not belong, for letters of
// another alphabet that look like Latin ones.
func stranger(w string, form *regexp.Regexp) string {
	for _, c := range w {
		if c > '~' && !form.MatchString("a"+string(c)) {
			return fmt.Sprintf(": it holds U+%04X", c)
		}
	}
	return ""
}

// scale reads a word of a scale as its index; "unknown" is "not stated".
func (r *reader) scale(n *node, name string, words []string) uint8 {
	w, ok := r.word(n, name)
	if !ok || w == "unknown" {
		return 0
	}
	return uint8(r.oneOf(n, name, w, words[1:]) + 1)
}

// oneOf reads a word that must be one of several, as its index, or -1.
func (r *reader) oneOf(n *node, name, w string, words []string) int {
	for i, x := range words {
		if x == w {
			return i
		}
	}
	r.misspelt(n.place, fmt.Sprintf("%s is %s and not one of %s", name, quote(w), strings.Join(words, ", ")), "write one of these words instead", w, words)
	return -1
}

// span reads a word of a scale or an interval of two, low end first.
func (r *reader) span(n *node, name string, words []string) (low, high uint8) {
	if n == nil || n.kind != list {
		v := r.scale(n, name, words)
		return v, v
	}
	if len(n.items) != 2 {
		r.mistake(n.place, fmt.Sprintf("%s is a list of %s", name, entries(len(n.items))), "write one word, or the two ends of an interval as in [low, high], instead")
		return 0, 0
	}
	ends := [2]uint8{}
	for i, e := range n.items {
		w, ok := r.word(e, "an end of "+name)
		if ok {
			ends[i] = uint8(r.oneOf(e, "an end of "+name, w, words[1:]) + 1)
		}
	}
	if ends[0] == 0 || ends[1] == 0 {
		return 0, 0
	}
	if ends[0] > ends[1] {
		r.mistake(n.place, fmt.Sprintf("%s is an interval upside down", name), fmt.Sprintf("write [%s, %s] instead", words[ends[1]], words[ends[0]]))
	}
	return ends[0], ends[1]
}

// text reads words in the dialogue's languages; a plain string is in the first.
func (r *reader) text(n *node, name string) i18n.Text {
	if n == nil {
		return nil
	}
	switch n.kind {
	case scalar:
		return i18n.Text{r.language(): r.words(n, name)}
	case mapping:
		out := i18n.Text{}
		for _, p := range r.named(n, name) {
			if r.knowsLanguage(p.key, name) {
				out[p.key.word] = r.words(p.value, name)
			}
		}
		if len(n.pairs) == 0 {
			r.mistake(n.place, name+" is empty", "write the words instead")
		}
		return out
	}
	r.mistake(n.place, fmt.Sprintf("%s is a list and not a text", name), "write the words, or {en: words, ru: words}, instead")
	return nil
}

// words reads what stands in one language.
func (r *reader) words(n *node, name string) string {
	w, ok := r.word(n, name)
	if !ok {
		return ""
	}
	switch count := utf8.RuneCountInString(w); {
	case w == "":
		r.mistake(n.place, name+" is empty", "write the words, or leave the language out")
	case count > MaxText:
		r.mistake(n.place, fmt.Sprintf("%s has %d characters, and may have at most %d", name, count, MaxText), "write less instead")
	}
	for _, c := range w {
		if isControl(c) || c == utf8.RuneError {
			r.mistake(n.place, fmt.Sprintf("%s holds the character U+%04X", name, c), "write the text without it instead")
			break
		}
	}
	return w
}

func (r *reader) language() string {
	if l := r.d.Dialogue.Languages; len(l) > 0 {
		return l[0]
	}
	return "en"
}

func (r *reader) knowsLanguage(key *node, name string) bool {
	known := r.d.Dialogue.Languages
	if r.refs.anyLanguage || slices.Contains(known, key.word) {
		return true
	}
	r.misspelt(key.place, fmt.Sprintf("%s is in %s, and the languages of the dialogue are %s", name, quote(key.word), strings.Join(known, ", ")),
		"write one of these instead, or add the language to them", key.word, known)
	return false
}

// tag reads a language tag.
func (r *reader) tag(n *node) string {
	w, ok := r.word(n, "a language")
	if !ok {
		return ""
	}
	if _, err := language.Parse(w); err != nil || !tagForm.MatchString(w) {
		r.mistake(n.place, fmt.Sprintf("%s is not a language tag", quote(w)), "write one such as en, ru, uk or zh-hans, in small letters, instead")
		return ""
	}
	return w
}

func (r *reader) date(n *node, name string) string {
	w, ok := r.word(n, name)
	if !ok {
		return ""
	}
	const advice = "write a date such as 2009, 2009-06 or 2009-06-15 instead"
	if !dateForm.MatchString(w) {
		r.mistake(n.place, fmt.Sprintf("%s %s is not a date", name, quote(w)), advice)
		return ""
	}
	if !FitsDate(w) {
		r.mistake(n.place, fmt.Sprintf("%s %s does not exist in the calendar", name, w), advice)
		return ""
	}
	return w
}

func (r *reader) integer(n *node, name string, least, most int) int {
	w, ok := r.word(n, name)
	if !ok {
		return 0
	}
	v, err := strconv.Atoi(w)
	if !integerForm.MatchString(w) || err != nil || v < least || v > most {
		r.mistake(n.place, fmt.Sprintf("%s is %s", name, quote(w)), rangeAdvice(least, most))
		return 0
	}
	return v
}

func rangeAdvice(least, most int) string {
	if least == most {
		return fmt.Sprintf("write %d instead", least)
	}
	return fmt.Sprintf("write a whole number from %d to %d instead", least, most)
}

func (r *reader) boolean(n *node, name string) bool {
	w, ok := r.word(n, name)
	if ok && w != "true" && w != "false" {
		r.mistake(n.place, fmt.Sprintf("%s is %s", name, quote(w)), "write true or false instead")
	}
	return w == "true"
}

// fraction reads an exact number between two whole ones.
func (r *reader) fraction(n *node, name string, least, most int64) interest.Fraction {
	w, ok := r.word(n, name)
	if !ok {
		return interest.Fraction{}
	}
	f, err := interest.ParseFraction(w)
	instead := fmt.Sprintf("write a number from %d to %d, such as 1, 0.75 or 3/4, instead", least, most)
	switch {
	case err != nil:
		r.mistake(n.place, fmt.Sprintf("%s is %s, which is no number", name, quote(w)), instead)
	case f.Cmp(interest.FractionOf(least, 1)) < 0 || f.Cmp(interest.FractionOf(most, 1)) > 0:
		r.mistake(n.place, fmt.Sprintf("%s is %s, and goes from %d to %d", name, quote(w), least, most), instead)
	case f.Rat().Denom().Cmp(big.NewInt(maxDenominator)) > 0:
		r.mistake(n.place, fmt.Sprintf("%s is %s, which is finer than a millionth", name, quote(w)), "write a rounder number instead")
	default:
		return f
	}
	return interest.Fraction{}
}

// exact reads a number of points: as fine as it can be written.
func (r *reader) exact(n *node, name string) interest.Fraction {
	w, ok := r.word(n, name)
	if !ok {
		return interest.Fraction{}
	}
	f, err := interest.ParseFraction(w)
	instead := fmt.Sprintf("write a number from %d to %d, such as 1, 0.75 or 3/7, instead", -maxPoints, maxPoints)
	switch {
	case err != nil:
		r.mistake(n.place, fmt.Sprintf("%s is %s, which is no number", name, quote(w)), instead)
	case f.Cmp(interest.FractionOf(-maxPoints, 1)) < 0 || f.Cmp(interest.FractionOf(maxPoints, 1)) > 0:
		r.mistake(n.place, fmt.Sprintf("%s is %s, and goes from %d to %d", name, quote(w), -maxPoints, maxPoints), instead)
	default:
		return f
	}
	return interest.Fraction{}
}
