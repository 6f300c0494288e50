package writing

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/dialogue"
	"parley/markup"
)

// top is the level of the highest heading inside a contribution.
const top = 4

// reference opens the link that Render makes of "#12". Nobody can write it: the
// allow-list of markup lets no such class through.
const reference = `<a class="ref" href="/go/`

// MaxReferences is how many references of one text become links: each takes ten
// times the space of what was typed.
const MaxReferences = 100

// Render turns Markdown into HTML that may stand in a page, with "#12" as a link
// to contributions up to last, MaxReferences of them. The links lead to a
// placeholder, see Place.
func Render(body string, last ID) string {
	if body == "" {
		return ""
	}
	return refer(string(markup.HTML(body, top)), last)
}

// Place puts the address of contributions, such as "/en/towns/item/", into HTML
// that Render made.
func Place(html, base string) string {
	return strings.ReplaceAll(html, reference, `<a class="ref" href="`+base)
}

// number is a reference in text that was escaped: "&#39;" is none.
var number = regexp.MustCompile(`(^|[^\pL\pN_&#/])#([1-9][0-9]{0,8})($|[^\pL\pN_])`)

// refer makes links of the references in the text of HTML that was sanitised, in
// which < and > stand for nothing but tags. Inside links and code it makes none.
func refer(html string, last ID) string {
	if !strings.Contains(html, "#") {
		return html
	}
	var b strings.Builder
	inside, left := 0, MaxReferences
	for html != "" {
		at := strings.IndexByte(html, '<')
		if at < 0 {
			at = len(html)
		}
		if words := html[:at]; inside == 0 {
			b.WriteString(link(words, last, &left))
		} else {
			b.WriteString(words)
		}
		end := strings.IndexByte(html[at:], '>')
		if end < 0 {
			b.WriteString(html[at:])
			break
		}
		tag := html[at : at+end+1]
		b.WriteString(tag)
		inside = max(0, inside+nests(tag))
		html = html[at+end+1:]
	}
	return b.String()
}

// nests is 1 for a tag inside which there are no references, -1 for its end.
func nests(tag string) int {
	for _, name := range []string{"a", "code", "pre"} {
		if tag == "<"+name+">" || strings.HasPrefix(tag, "<"+name+" ") {
			return 1
		}
		if tag == "</"+name+">" {
			return -1
		}
	}
	return 0
}

// link makes links of references until none is left.
func link(words string, last ID, left *int) string {
	var b strings.Builder
	for {
		m := number.FindStringSubmatchIndex(words)
		if m == nil {
			b.WriteString(words)
			return b.String()
		}
		from, to := m[4]-1, m[5]
		b.WriteString(words[:from])
		digits := words[m[4]:m[5]]
		if n, _ := strconv.ParseInt(digits, 10, 64); ID(n) <= last && *left > 0 {
			*left--
			b.WriteString(reference + digits + `">#` + digits + `</a>`)
		} else {
			b.WriteString(words[from:to])
		}
		words = words[to:]
	}
}

// MaxMentions is how many people one text can call.
const MaxMentions = 20

// Mentions lists whom a text calls by "@" and their name, however it is shown to
// readers of the languages, by their place in names. Where one name begins
// another the longer one counts.
func Mentions(text string, names []dialogue.Pseudonym, langs []string) []int {
	var found []int
	low := strings.ToLower(text)
	if len(low) != len(text) {
		low = text // a letter whose small form is longer: compare as it was written
	}
	for from := 0; len(found) < MaxMentions; {
		at := strings.IndexByte(low[from:], '@')
		if at < 0 {
			break
		}
		at += from
		from = at + 1
		if before, _ := utf8.DecodeLastRuneInString(low[:at]); at > 0 && (unicode.IsLetter(before) || unicode.IsDigit(before)) {
			continue // an address of mail
		}
		if i := called(low[at+1:], names, langs); i >= 0 && !slices.Contains(found, i) {
			found = append(found, i)
		}
	}
	return found
}

// called is whose name a text begins with, -1 for nobody's.
func called(text string, names []dialogue.Pseudonym, langs []string) int {
	best, length := -1, 0
	for i, p := range names {
		for _, lang := range langs {
			name := strings.ToLower(p.In(lang))
			if len(name) <= length || !strings.HasPrefix(text, name) {
				continue
			}
			if after, _ := utf8.DecodeRuneInString(text[len(name):]); len(text) > len(name) && (unicode.IsLetter(after) || unicode.IsDigit(after)) {
				continue
			}
			best, length = i, len(name)
		}
	}
	return best
}
