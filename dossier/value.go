package dossier

import (
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

func (r *reader) id(n *node, name label) string { return r.idOf(n, name, idForm, instead("id")) }

func (r *reader) idOf(n *node, name label, form *regexp.Regexp, advice i18n.Sentence) string {
	w, ok := r.word(n, name)
	if !ok {
		return ""
	}
	if len(w) > maxID || !form.MatchString(w) {
		what := amiss("not-id", "Name", name, "Word", quote(w))
		if c, found := stranger(w, form); found {
			what = amiss("not-id-letter", "Name", name, "Word", quote(w), "Char", codepoint(c))
		}
		r.mistake(n.place, what, advice)
		return ""
	}
	return w
}

// stranger is the first character that does not belong, for letters of
// another alphabet that look like Latin ones.
func stranger(w string, form *regexp.Regexp) (c rune, found bool) {
	for _, c := range w {
		if c > '~' && !form.MatchString("a"+string(c)) {
			return c, true
		}
	}
	return 0, false
}

// scale reads a word of a scale as its index; "unknown" is "not stated".
func (r *reader) scale(n *node, name label, words []string) uint8 {
	w, ok := r.word(n, name)
	if !ok || w == "unknown" {
		return 0
	}
	return uint8(r.oneOf(n, name, w, words[1:]) + 1)
}

// oneOf reads a word that must be one of several, as its index, or -1.
func (r *reader) oneOf(n *node, name label, w string, words []string) int {
	for i, x := range words {
		if x == w {
			return i
		}
	}
	r.misspelt(n.place, amiss("not-one-of", "Name", name, "Word", quote(w), "Words", i18n.List(words)), instead("these-words"), w, words)
	return -1
}

// span reads a word of a scale or an interval of two, low end first.
func (r *reader) span(n *node, name label, words []string) (low, high uint8) {
	if n == nil || n.kind != list {
		v := r.scale(n, name, words)
		return v, v
	}
	if len(n.items) != 2 {
		r.mistake(n.place, amiss("interval", "Name", name, "Got", len(n.items)).Of(len(n.items)), instead("interval"))
		return 0, 0
	}
	ends := [2]uint8{}
	for i, e := range n.items {
		w, ok := r.word(e, called("end", "Name", name))
		if ok {
			ends[i] = uint8(r.oneOf(e, called("end", "Name", name), w, words[1:]) + 1)
		}
	}
	if ends[0] == 0 || ends[1] == 0 {
		return 0, 0
	}
	if ends[0] > ends[1] {
		r.mistake(n.place, amiss("upside-down", "Name", name), instead("ends", "Low", words[ends[1]], "High", words[ends[0]]))
	}
	return ends[0], ends[1]
}

// text reads words in the dialogue's languages; a plain string is in the first.
func (r *reader) text(n *node, name label) i18n.Text {
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
			r.mistake(n.place, amiss("empty", "Name", name), instead("words"))
		}
		return out
	}
	r.mistake(n.place, amiss("no-text", "Name", name), instead("text"))
	return nil
}

// words reads what stands in one language.
func (r *reader) words(n *node, name label) string {
	w, ok := r.word(n, name)
	if !ok {
		return ""
	}
	switch count := utf8.RuneCountInString(w); {
	case w == "":
		r.mistake(n.place, amiss("empty", "Name", name), instead("words-or-none"))
	case count > MaxText:
		r.mistake(n.place, amiss("long", "Name", name, "Got", count, "Most", MaxText).Of(count), instead("less"))
	}
	for _, c := range w {
		if isControl(c) || c == utf8.RuneError {
			r.mistake(n.place, amiss("character", "Name", name, "Char", codepoint(c)), instead("without-it"))
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

func (r *reader) knowsLanguage(key *node, name label) bool {
	known := r.d.Dialogue.Languages
	if r.refs.anyLanguage || slices.Contains(known, key.word) {
		return true
	}
	r.misspelt(key.place, amiss("language", "Name", name, "Lang", quote(key.word), "Known", i18n.List(known)), instead("language"), key.word, known)
	return false
}

// tag reads a language tag.
func (r *reader) tag(n *node) string {
	w, ok := r.word(n, called("language"))
	if !ok {
		return ""
	}
	if _, err := language.Parse(w); err != nil || !tagForm.MatchString(w) {
		r.mistake(n.place, amiss("tag", "Word", quote(w)), instead("tag"))
		return ""
	}
	return w
}

func (r *reader) date(n *node, name label) string {
	w, ok := r.word(n, name)
	if !ok {
		return ""
	}
	if !dateForm.MatchString(w) {
		r.mistake(n.place, amiss("not-date", "Name", name, "Word", quote(w)), instead("date"))
		return ""
	}
	if !FitsDate(w) {
		r.mistake(n.place, amiss("no-such-date", "Name", name, "Word", w), instead("date"))
		return ""
	}
	return w
}

func (r *reader) integer(n *node, name label, least, most int) int {
	w, ok := r.word(n, name)
	if !ok {
		return 0
	}
	v, err := strconv.Atoi(w)
	if !integerForm.MatchString(w) || err != nil || v < least || v > most {
		r.mistake(n.place, amiss("value", "Name", name, "Word", quote(w)), rangeAdvice(least, most))
		return 0
	}
	return v
}

func rangeAdvice(least, most int) i18n.Sentence {
	if least == most {
		return instead("word", "Word", least)
	}
	return instead("range", "Least", least, "Most", most)
}

func (r *reader) boolean(n *node, name label) bool {
	w, ok := r.word(n, name)
	if ok && w != "true" && w != "false" {
		r.mistake(n.place, amiss("value", "Name", name, "Word", quote(w)), instead("boolean"))
	}
	return w == "true"
}

// fraction reads an exact number between two whole ones.
func (r *reader) fraction(n *node, name label, least, most int64) interest.Fraction {
	w, ok := r.word(n, name)
	if !ok {
		return interest.Fraction{}
	}
	f, err := interest.ParseFraction(w)
	advice := instead("fraction", "Least", least, "Most", most)
	switch {
	case err != nil:
		r.mistake(n.place, amiss("no-number", "Name", name, "Word", quote(w)), advice)
	case f.Cmp(interest.FractionOf(least, 1)) < 0 || f.Cmp(interest.FractionOf(most, 1)) > 0:
		r.mistake(n.place, amiss("outside", "Name", name, "Word", quote(w), "Least", least, "Most", most), advice)
	case f.Rat().Denom().Cmp(big.NewInt(maxDenominator)) > 0:
		r.mistake(n.place, amiss("fine", "Name", name, "Word", quote(w)), instead("rounder"))
	default:
		return f
	}
	return interest.Fraction{}
}

// exact reads a number of points: as fine as it can be written.
func (r *reader) exact(n *node, name label) interest.Fraction {
	w, ok := r.word(n, name)
	if !ok {
		return interest.Fraction{}
	}
	f, err := interest.ParseFraction(w)
	advice := instead("points", "Least", -maxPoints, "Most", maxPoints)
	switch {
	case err != nil:
		r.mistake(n.place, amiss("no-number", "Name", name, "Word", quote(w)), advice)
	case f.Cmp(interest.FractionOf(-maxPoints, 1)) < 0 || f.Cmp(interest.FractionOf(maxPoints, 1)) > 0:
		r.mistake(n.place, amiss("outside", "Name", name, "Word", quote(w), "Least", -maxPoints, "Most", maxPoints), advice)
	default:
		return f
	}
	return interest.Fraction{}
}
