package dialogue

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"parley/fault"
)

// CheckPseudonym reports whether somebody may go by the name, and returns it as
// it is kept: in composed form, with single spaces. Refused as fault.Invalid are
// names that are too short or too long, that hold anything but letters, digits,
// spaces and a little punctuation (so no badge, no invisible mark and no change
// of direction), that mix alphabets inside one word, or that speak for a role, for
// the site, for a side or as one of the numbered participants. It is not compared
// with names that registrars checked: the answer would tell who takes part.
func CheckPseudonym(name string, sides []Side) (string, error) {
	if !utf8.ValidString(name) {
		return "", fault.New(fault.Invalid, "member.name-characters", "the name is no text")
	}
	name = strings.Join(strings.Fields(norm.NFC.String(name)), " ")
	if n := utf8.RuneCountInString(name); n < 2 || n > MaxPseudonym {
		return "", fault.New(fault.Invalid, "member.name-length", "a name has 2 to %d letters, that has %d", MaxPseudonym, n).With("Max", MaxPseudonym)
	}
	if !plain(name) {
		return "", fault.New(fault.Invalid, "member.name-characters", "a name has letters, digits, spaces, hyphens, full stops and apostrophes")
	}
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		if mixed(word) {
			return "", fault.New(fault.Invalid, "member.name-scripts", "a word of the name mixes alphabets")
		}
	}
	if reserved(name, sides) {
		return "", fault.New(fault.Invalid, "member.name-reserved", "that name is kept for those who run the dialogue")
	}
	return name, nil
}

// plain reports whether the name holds at least one letter, and nothing that
// could draw a mark or hide.
func plain(name string) bool {
	letters, marks := 0, 0
	for _, r := range name {
		switch {
		case unicode.IsMark(r):
			if marks++; marks > 2 || letters == 0 {
				return false
			}
			continue
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r), strings.ContainsRune(" -.'’", r):
		default:
			return false
		}
		marks = 0
	}
	return letters > 0
}

// mixed reports whether a word holds letters of an alphabet that can be taken
// for another, and letters of another one.
func mixed(word string) bool {
	var scripts []string
	for _, r := range word {
		script := "other"
		switch {
		case unicode.IsMark(r):
			continue
		case unicode.Is(unicode.Latin, r):
			script = "Latin"
		case unicode.Is(unicode.Cyrillic, r):
			script = "Cyrillic"
		case unicode.Is(unicode.Greek, r):
			script = "Greek"
		}
		if !slices.Contains(scripts, script) {
			scripts = append(scripts, script)
		}
	}
	return len(scripts) > 1
}

// lookAlikes takes letters and digits that a reader may take for a Latin letter
// to that letter, in lower case; an idea of Unicode Technical Standard 39, with
// the letters that matter between Latin, Cyrillic and Greek. A Greek letter whose
// capital and small form resemble different letters goes by the capital, since
// words in small Greek letters resemble no Latin word.
var lookAlikes = pairs(
	"0o", "1l", "il", "|l", "5s",
	"аa", "вb", "гr", "еe", "єe", "3з", "6б", "иu", "іl", "їl", "јj", "кk", "мm", "нh", "оo", "пn", "рp", "сc",
	"тt", "уy", "ўy", "хx", "ѕs", "ьb", "ъb", "ыb", "шw", "щw", "ԁd", "ԛq", "ԝw", "һh", "ґr", "ҳx", "қk", "ңh", "ұy", "үy", "ө0", "ә3", "4ч",
	"αa", "βb", "γy", "εe", "ζz", "ηh", "ιl", "κk", "μm", "νn", "οo", "πn", "ρp", "σo", "ςc", "τt", "υy", "χx", "ωw",
	"ıl", "ȷj", "ɑa", "ɡg", "øo", "łl", "đd", "ħh", "ŧt", "æa", "œo", "ßb", "ƽs", "ǀl", "ӏl",
)

func pairs(list ...string) map[rune]rune {
	m := make(map[rune]rune, len(list))
	for _, p := range list {
		from, n := utf8.DecodeRuneInString(p)
		m[from], _ = utf8.DecodeRuneInString(p[n:])
	}
	return m
}

// Skeleton is equal for two pseudonyms that a reader could take for each other:
// case, accents, spaces, punctuation and the alphabet do not count. The numbered
// participants of all languages share their numbers.
func Skeleton(name string) string {
	if n, ok := numbered(name); ok {
		return "#" + n
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(name) {
		r = unicode.ToLower(unicode.ToUpper(r))
		if to, ok := lookAlikes[r]; ok {
			r = to
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(r)
		}
	}
	return strings.NewReplacer("rn", "m", "vv", "w").Replace(b.String())
}

// Pseudonym is a name that somebody chose, or the number of somebody who chose
// none: digits alone, which cannot be chosen.
type Pseudonym string

// participants is how those are called who chose no name, by language.
var participants = map[string]string{"en": "Participant", "ru": "Участник"}

// In is the name as a reader of the language is shown it: a number stands with
// that language's word, so that it does not tell which language its bearer reads.
func (p Pseudonym) In(lang string) string {
	if _, ok := digits(string(p)); !ok {
		return string(p)
	}
	word, ok := participants[lang]
	if !ok {
		word = participants["en"]
	}
	return word + " " + string(p)
}

func digits(word string) (string, bool) {
	return word, word != "" && strings.Trim(word, "0123456789") == ""
}

// numbered is the number of a name that Pseudonym.In showed, in any language and
// case, or the number alone.
func numbered(name string) (string, bool) {
	words := strings.Fields(name)
	if len(words) == 1 {
		return digits(words[0])
	}
	if len(words) != 2 || strings.Trim(words[1], "0123456789") != "" {
		return "", false
	}
	for _, word := range participants {
		if strings.EqualFold(words[0], word) {
			return words[1], true
		}
	}
	return "", false
}

// SameNumber reports whether somebody who chose no name is named as before: a page
// shows them their number with a word.
func SameNumber(name string, p Pseudonym) bool {
	n, ok := numbered(name)
	return ok && n == string(p)
}

// Words that speak for a role or for the site. The long ones are refused inside
// any name, however it is spaced; the short ones as words of their own.
var (
	longReserved = []string{
		"moderator", "mediator", "convener", "convenor", "administ", "organis", "organiz", "interpreter", "registrar", "delegate",
		"observer", "participant", "operator", "official", "verified", "facilitator", "ombuds", "parley",
		"модератор", "медиатор", "посредник", "администр", "организатор", "созывающ", "переводчик", "регистратор", "делегат",
		"наблюдател", "участник", "участниц", "оператор", "официальн", "проверен", "ведущий", "ведущая", "фасилитатор", "омбудс", "представител",
		"сотрудник", "владелец", "владелиц",
	}
	shortReserved = []string{
		"admin", "admins", "host", "owner", "staff", "system", "server", "support", "root", "mod", "mods", "editor", "secretariat", "team", "bot",
		"админ", "админы", "хозяин", "система", "сервер", "поддержка", "модер", "редактор", "секретариат", "персонал", "команда", "бот",
	}
)

// smallGreek takes Greek letters that stand alone, and so need no capital, to what
// the small form resembles.
var smallGreek = strings.NewReplacer("ν", "v", "η", "n", "υ", "u")

// spelling is the skeletons of the words of a text, a space around each.
func spelling(text string) string {
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) })
	for i, w := range words {
		words[i] = Skeleton(w)
	}
	return " " + strings.Join(words, " ") + " "
}

func reserved(name string, sides []Side) bool {
	whole, spelt := Skeleton(name), spelling(name)
	for _, s := range sides {
		for _, title := range s.Name {
			if Skeleton(title) == whole || strings.Contains(spelt, spelling(title)) {
				return true
			}
		}
	}
	// A name such as "Participant 9" has its number for a skeleton.
	if strings.HasPrefix(whole, "#") {
		return true
	}
	small := Skeleton(smallGreek.Replace(name))
	for _, r := range longReserved {
		if of := Skeleton(r); strings.Contains(whole, of) || strings.Contains(small, of) {
			return true
		}
	}
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	return slices.ContainsFunc(words, func(word string) bool {
		return slices.ContainsFunc(shortReserved, func(r string) bool { return Skeleton(r) == Skeleton(word) })
	})
}
