package dossier

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml/token"

	"parley/i18n"
)

// writer writes lines. A list entry begins with a dash on the first line that
// is written inside it.
type writer struct {
	b         bytes.Buffer
	languages []string
	sides     map[string]bool // ids: a plain string that is one of them would name that side
	indent    int
	dash      bool
}

func (w *writer) line(format string, args ...any) {
	indent := w.indent
	if w.dash {
		indent -= 2
	}
	w.b.WriteString(strings.Repeat(" ", indent))
	if w.dash {
		w.b.WriteString("- ")
		w.dash = false
	}
	fmt.Fprintf(&w.b, format, args...)
	w.b.WriteByte('\n')
}

// under writes a key and what stands below it.
func (w *writer) under(key string, body func()) {
	w.line("%s:", key)
	w.indent += 2
	body()
	w.indent -= 2
}

// section writes a list under a key, or nothing where it is empty.
func section[T any](w *writer, key string, things []T, each func(T)) {
	if len(things) == 0 {
		return
	}
	w.under(key, func() { entriesOf(w, things, each) })
}

func entriesOf[T any](w *writer, things []T, each func(T)) {
	for _, t := range things {
		w.indent += 2
		w.dash = true
		each(t)
		w.indent -= 2
	}
}

// word writes a key with a single word, unless it is empty.
func (w *writer) word(key, value string) {
	if value != "" {
		w.line("%s: %s", key, value)
	}
}

// text writes a text; words in the first language alone stand beside the key.
func (w *writer) text(key string, t i18n.Text) {
	if len(t) == 0 {
		return
	}
	if only, ok := w.plain(t); ok {
		w.scalar(key, only)
		return
	}
	w.under(key, func() { w.translations(t) })
}

func (w *writer) translations(t i18n.Text) {
	for _, l := range w.order(t) {
		w.scalar(l, t[l])
	}
}

// plain is the text as a plain string where it is in the first language alone.
func (w *writer) plain(t i18n.Text) (string, bool) {
	if len(t) != 1 || len(w.languages) == 0 {
		return "", false
	}
	s, ok := t[w.languages[0]]
	return s, ok
}

// order lists the languages of a text as the dialogue orders them.
func (w *writer) order(t i18n.Text) []string {
	var out []string
	for _, l := range w.languages {
		if _, ok := t[l]; ok {
			out = append(out, l)
		}
	}
	for _, l := range t.Languages() {
		if !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	return out
}

// scalar writes words beside a key, or as a block where they have lines.
func (w *writer) scalar(key, s string) {
	if !asBlock(s) {
		w.line("%s: %s", key, quoted(s))
		return
	}
	w.line("%s: |-", key)
	for l := range strings.SplitSeq(s, "\n") {
		if l == "" {
			w.b.WriteByte('\n')
			continue
		}
		w.b.WriteString(strings.Repeat(" ", w.indent+2) + l + "\n")
	}
}

// asBlock reports whether words of several lines come back from a block exactly
// as they are. Long runs of empty lines go into quotes, because the reader limits
// them.
func asBlock(s string) bool {
	if !strings.Contains(s, "\n") {
		return false
	}
	for l := range strings.SplitSeq(s, "\n") {
		if strings.TrimSpace(l) != l || !isPrintable(l) {
			return false
		}
	}
	return !strings.Contains(s, "\n\n\n")
}

func isPrintable(s string) bool {
	for _, c := range s {
		if !unicode.IsPrint(c) {
			return false
		}
	}
	return true
}

// Words that need no quotes: they begin with a letter, and hold nothing that
// YAML could take for structure where they stand.
var plainForm = regexp.MustCompile(`^\pL[\pL\pM\pN _.,/()+;=!?'"«»„“”‘’–—…°№§%&*@^~$€-]*$`)

// quoted writes words on one line, plain where that cannot be misread.
func quoted(s string) string {
	if plainForm.MatchString(s) && !strings.HasSuffix(s, " ") && !strings.Contains(s, " - ") && !strings.HasSuffix(s, " -") && !token.IsNeedQuoted(s) {
		return s
	}
	if isPrintable(s) && !strings.Contains(s, "'") && strings.ContainsAny(s, `"\`) {
		return "'" + s + "'"
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range s {
		switch {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteRune(c)
		case c == '\n':
			b.WriteString(`\n`)
		case unicode.IsPrint(c):
			b.WriteRune(c)
		case c <= 0xffff:
			fmt.Fprintf(&b, `\u%04X`, c)
		default:
			fmt.Fprintf(&b, `\U%08X`, c)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// flow writes words as a list in brackets.
func flow[T ~string](things []T) string {
	out := make([]string, len(things))
	for i, t := range things {
		out[i] = quoted(string(t))
	}
	return "[" + strings.Join(out, ", ") + "]"
}

// row writes pairs as a mapping in braces; values are written already.
type row []string

func (r *row) add(key, value string) {
	if value != "" {
		*r = append(*r, quoted(key)+": "+value)
	}
}

func (r row) String() string { return "{" + strings.Join(r, ", ") + "}" }

// span writes an interval of a scale.
func span(words []string, low, high uint8) string {
	if low == high {
		return words[low]
	}
	return "[" + words[low] + ", " + words[high] + "]"
}
