package writing

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"parley/fault"
)

// Words are what somebody sends in, before anybody looked at them.
type Words struct {
	Kind              Kind
	Lang, Title, Body string
	Tags              []string
}

// Check cleans the words and decides whether they may be kept: in composed form,
// valid UTF-8, titles in one line without invisible marks. langs are those of the
// dialogue. Everything that is refused is fault.Invalid and can be mended.
func Check(w Words, langs []string) (Words, error) {
	if !slices.Contains(langs, w.Lang) {
		return w, fault.New(fault.Invalid, "writing.lang", "%q is no language of the dialogue", w.Lang)
	}
	w.Title, w.Body = Line(w.Title), Text(w.Body)
	if err := checkLength(w); err != nil {
		return w, err
	}
	var err error
	w.Tags, err = CheckTags(w.Tags)
	return w, err
}

// CheckTranslation is Check of a translation of something in another language:
// it has a title and a text where the original has.
func CheckTranslation(w Words, from, body string, langs []string) (Words, error) {
	if w.Lang == from {
		return w, fault.New(fault.Invalid, "writing.translation-same", "that is written in %q", from)
	}
	w, err := Check(w, langs)
	if err == nil && body != "" && w.Body == "" {
		err = fault.New(fault.Invalid, "writing.body-missing", "there are no words")
	}
	return w, err
}

func checkLength(w Words) error {
	title, body, needsBody := MaxTitle, MaxBody, false
	switch w.Kind {
	case Statement:
		title = MaxStatement
	case Comment:
		title, needsBody = 0, true
	case Reason:
		title, body, needsBody = 0, MaxReason, true
	}
	switch {
	case title > 0 && w.Title == "":
		return fault.New(fault.Invalid, "writing.title-missing", "there is no title")
	case utf8.RuneCountInString(w.Title) > title:
		return fault.New(fault.Invalid, "writing.title-long", "the title has more than %d letters", title).With("Max", title)
	case needsBody && w.Body == "":
		return fault.New(fault.Invalid, "writing.body-missing", "there are no words")
	case utf8.RuneCountInString(w.Body) > body:
		return fault.New(fault.Invalid, "writing.body-long", "the text has more than %d letters", body).With("Max", body)
	}
	return nil
}

// Line makes one line of a text: single spaces, nothing invisible, nothing that
// turns the direction of the page.
func Line(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case hidden(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	return strings.Join(strings.Fields(norm.NFC.String(text)), " ") // after: what was hidden may have kept letters apart
}

// Text makes a text of many lines fit to be kept: line feeds alone end lines, no
// control characters but tabs, nothing that turns the direction of the page.
func Text(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n").Replace(text)
	text = strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && hidden(r) {
			return -1
		}
		return r
	}, text)
	lines := strings.Split(norm.NFC.String(text), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \t")
	}
	// Two spaces at the end of a line break it in Markdown; nobody sees them typed.
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// hidden are control characters and those that reorder what a reader sees. Joiners
// stay: some scripts need them.
func hidden(r rune) bool {
	return unicode.IsControl(r) || r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069' || r == '\u200B' || r == '\uFEFF'
}
