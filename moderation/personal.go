package moderation

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Finding is a place in a text that looks as if it told what is a person's own.
type Finding struct {
	Kind  string // "email", "phone", "address", "document", "card", "plate"
	Words string // as they stand there, their spaces made plain
}

// Contains finds what looks like an address, a telephone number, the number of a
// document or of a card, or a licence plate, in English and Russian forms. It
// cannot know whose they are; so what it finds is read by a moderator and never
// refused. Years, dates, budgets, and numbers of laws and resolutions are none.
func Contains(text string) []Finding {
	text = plain(text)
	digits := strings.ContainsFunc(text, unicode.IsDigit)
	var out []Finding
	for _, f := range forms() {
		if f.digits && !digits {
			continue
		}
		for _, at := range f.re.FindAllStringSubmatchIndex(text, -1) {
			h := hit{words: text[at[2]:at[3]], after: text[at[3]:]}
			if !h.ends() || f.unless != nil && f.unless(h) {
				continue
			}
			out = append(out, Finding{f.kind, h.words})
			break
		}
	}
	return out
}

// form is one way in which personal data are written. Group 1 of the expression
// is what was found; a letter or a digit never stands beside it.
type form struct {
	kind   string
	re     *regexp.Regexp
	digits bool // nothing to find where there is no digit
	unless func(h hit) bool
}

// hit is one place that an expression found.
type hit struct{ words, after string }

// ends reports whether what was found ends where a word does.
func (h hit) ends() bool {
	next, _ := utf8.DecodeRuneInString(h.after)
	last, _ := utf8.DecodeLastRuneInString(h.words)
	return next == utf8.RuneError || !unicode.IsLetter(next) && !unicode.IsDigit(next) || !unicode.IsLetter(last) && !unicode.IsDigit(last)
}

// plain makes all spaces, dashes and digits alike, so that a number is found
// however it was typed.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.IsSpace(r):
			return ' '
		case r == '\u200b' || r == '\u2060' || r == '\ufeff' || r == '\u00ad':
			return -1
		case r >= '\u2010' && r <= '\u2015' || r == '\u2212':
			return '-'
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		}
		return r
	}, text)
}

// forms are compiled when the first text is read: a start has no time for them.
var forms = sync.OnceValue(func() []form {
	var out []form
	for _, list := range [][]form{letters(), telephones(), documents(), plates(), places()} {
		out = append(out, list...)
	}
	return out
})

// looks compiles an expression that begins where a word does.
func looks(expression string) *regexp.Regexp {
	return regexp.MustCompile(`(?:^|[^\pL\pN])(` + expression + `)`)
}

func letters() []form {
	return []form{
		{kind: "email", re: looks(`[\pL\pN][\pL\pN._%+-]* ?@ ?[\pL\pN][\pL\pN-]*(?:\.[\pL\pN-]+)*\.\pL{2,}`)},
		{kind: "email", re: looks(`(?i)[\pL\pN][\pL\pN._%+-]* ?[(\[{] ?(?:at|собака|эт) ?[)\]}] ?[\pL\pN][\pL\pN-]*(?: ?(?:\.|[(\[{] ?(?:dot|точка) ?[)\]}]| dot | точка ) ?[\pL\pN-]+)+`)},
		{kind: "email", re: looks(`(?i)[\pL\pN._-]+ (?:(?:at|собака) [\pL\pN-]+ (?:dot|точка)|собака [\pL\pN.-]+ ?\.) ?\pL{2,}`)},
	}
}

func telephones() []form {
	const gap = `[ .()/-]{0,3}`
	return []form{
		{kind: "phone", digits: true, re: regexp.MustCompile(`(?:^|[^\pL\pN+])(\+` + gap + `\d(?:` + gap + `\d){7,14})`)},
		{kind: "phone", digits: true, re: looks(`00 ?[1-9](?:` + gap + `\d){8,13}`), unless: thousands},
		{kind: "phone", digits: true, re: looks(`[78]` + gap + `[3-9]\d{2}` + gap + `\d{3}` + gap + `\d{2}` + gap + `\d{2}`), unless: thousands},
		{kind: "phone", digits: true, re: looks(`9\d{9}`)},
		{kind: "phone", digits: true, re: looks(`\(?\d{3}\)?[ .-]\d{3}[.-]\d{4}`)},
		{kind: "phone", digits: true, re: regexp.MustCompile(`(?:^|[^\pL\pN])(\(\d{3,5}\) ?\d{1,3}[ -]?\d{2}[ -]?\d{2,4})`)},
		{kind: "phone", digits: true, re: looks(`\d{3} \d{3} \d{4}`)},
		{kind: "phone", digits: true, re: looks(`0\d{2,4}[ /-]\d{3,4}[ -]?\d{3,5}`)},
		{kind: "phone", digits: true, re: looks(`\d{3}-\d{2}-\d{2}`)},
		{kind: "phone", digits: true, re: looks(`(?i)(?:tel|phone|mobile|cell|call (?:him|her|me|them)|ring (?:him|her|me|them)|whatsapp|viber|telegram|тел|телефон\pL*|мобильн\pL*|сотов\pL*|звоните|позвоните|звони|номер (?:телефона|его|её|ее))(?: (?:number|no|is|номер|on|at|в|по|ей|ему))*[.:,]* ?№?\+?\d(?:[ .()-]{0,2}\d){4,14}`), unless: yearInside},
	}
}

// thousands reports whether a number is written in groups of three, as sums are.
func thousands(h hit) bool { return groups.MatchString(h.words) }

var groups = regexp.MustCompile(`^\d{1,3}(?:[ .]\d{3})+$`)

var (
	year     = regexp.MustCompile(`^(?:19|20)\d\d$`)
	numbers  = regexp.MustCompile(`\d+`)
	counted  = regexp.MustCompile(`(?i)^[ ,]*(?:январ|феврал|март|апрел|ма[йя]\b|июн|июл|август|сентябр|октябр|ноябр|декабр|тыс|млн|миллион|млрд|человек|люд|год|лет|дн|раз|процент|%|january|february|march|april|may\b|june|july|august|september|october|november|december|thousand|million|billion|people|years|days|percent)`)
	notYears = func(h hit) bool { return year.MatchString(last(h.words)) || counted.MatchString(h.after) }
)

// yearInside reports whether the only number is a year.
func yearInside(h hit) bool {
	all := numbers.FindAllString(h.words, -1)
	return len(all) == 1 && year.MatchString(all[0])
}

// last is the last number of what was found.
func last(words string) string {
	all := numbers.FindAllString(words, -1)
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1]
}
