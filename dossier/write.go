package dossier

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml/token"

	"parley/dialogue"
	"parley/i18n"
	"parley/interest"
)

// Write writes a dossier in its canonical form: YAML in UTF-8, keys in the order
// of doc/dossier.md, texts on lines of their own. Read reads it back as it was.
func Write(d *Dossier) []byte {
	w := &writer{languages: d.Dialogue.Languages}
	w.b.WriteString("# A dialogue as a dossier of parley. doc/dossier.md explains every key.\n")
	w.line("dossier: %d", Version)
	w.dialogue(d.Dialogue)
	section(w, "sides", d.Dialogue.Sides, w.side)
	section(w, "registers", d.Registers, w.register)
	section(w, "topics", d.Topics, w.topic)
	section(w, "named", d.Named, w.matter)
	if d.Table != nil {
		w.table(d)
	}
	return w.b.Bytes()
}

// writer writes lines. A list entry begins with a dash on the first line that
// is written inside it.
type writer struct {
	b         bytes.Buffer
	languages []string
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
// as they are.
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

func (w *writer) dialogue(d dialogue.Dialogue) {
	w.under("dialogue", func() {
		w.word("id", quoted(string(d.ID)))
		w.text("title", d.Title)
		w.line("languages: %s", flow(d.Languages))
		w.word("as_of", d.AsOf)
		w.word("kind", string(d.Kind))
		w.word("rule", string(d.Rule))
		w.word("stage", string(d.Stage))
		w.text("purpose", d.Purpose)
		w.text("source", d.Source)
		w.text("host", d.Host)
	})
}

func (w *writer) side(s dialogue.Side) {
	w.word("id", quoted(string(s.ID)))
	w.text("name", s.Name)
}

func (w *writer) author(key string, a interest.Author) {
	switch name, plain := w.plain(a.Name); {
	case a.Side == "" && len(a.Name) == 0:
	case a.Side != "" && len(a.Name) == 0:
		w.line("%s: {side: %s}", key, quoted(string(a.Side)))
	case a.Side == "" && plain:
		w.scalar(key, name)
	default:
		w.under(key, func() {
			if a.Side != "" {
				w.word("side", quoted(string(a.Side)))
			}
			w.text("name", a.Name)
		})
	}
}

func (w *writer) register(r interest.Register) {
	w.word("subject", quoted(string(r.Subject)))
	w.author("author", r.Author)
	w.word("date", r.Date)
	w.text("source", r.Source)
	section(w, "interests", r.Interests, w.interest)
}

func (w *writer) interest(i interest.Interest) {
	w.word("id", quoted(string(i.ID)))
	w.text("title", i.Title)
	w.text("note", i.Note)
	w.word("tier", i.Tier.String())
	w.word("horizon", i.Horizon.String())
	if len(i.Counterparts) == 0 {
		return
	}
	w.under("counterparts", func() {
		for _, c := range i.Counterparts {
			w.counterpart(c)
		}
	})
}

func (w *writer) counterpart(c interest.Counterpart) {
	var r row
	r.add("role", span(interest.RoleWords, uint8(c.Role.Low), uint8(c.Role.High)))
	r.add("effect", c.Effect.String())
	r.add("priority", span(interest.LevelWords, uint8(c.Priority.Low), uint8(c.Priority.High)))
	r.add("tone", c.Tone.String())
	r.add("alignment", c.Alignment.String())
	if len(c.Note) == 0 {
		w.line("%s: %s", quoted(string(c.Side)), r)
		return
	}
	w.under(quoted(string(c.Side)), func() {
		for _, pair := range r {
			w.line("%s", pair)
		}
		w.text("note", c.Note)
	})
}

func (w *writer) topic(t interest.Topic) {
	w.word("id", quoted(string(t.ID)))
	w.text("title", t.Title)
	w.line("interests: %s", flow(t.Interests))
	w.word("relation", t.Relation.String())
	w.author("author", t.Author)
	w.word("date", t.Date)
	section(w, "affects", t.Affects, func(a i18n.Text) {
		if s, ok := w.plain(a); ok {
			w.line("%s", quoted(s))
			return
		}
		w.translations(a)
	})
	section(w, "camps", t.Camps, func(c []interest.ID) { w.line("%s", flow(c)) })
	if t.Divisible {
		w.line("divisible: true")
	}
	if t.Minimum > 0 {
		w.line("minimum: %d", t.Minimum)
	}
	if len(t.Share) > 0 {
		var r row
		for _, s := range t.Share {
			r.add(string(s.Interest), s.Part.String())
		}
		w.line("share: %s", r)
	}
	w.act(t.Act)
}

func (w *writer) act(a *interest.Act) {
	if a == nil {
		return
	}
	w.under("act", func() {
		w.text("title", a.Title)
		if len(a.Actors) > 0 {
			w.line("actors: %s", flow(a.Actors))
		}
		w.author("by", a.By)
	})
}

func (w *writer) matter(n interest.Named) {
	w.word("id", quoted(string(n.ID)))
	w.text("title", n.Title)
	w.word("as", n.As.String())
	w.author("by", n.By)
	if n.Of != "" {
		w.word("of", quoted(string(n.Of)))
	}
	w.text("detail", n.Detail)
	w.act(n.Act)
}
