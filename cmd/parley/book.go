package main

import (
	"slices"
	"strings"

	"parley/dialogue"
	"parley/dossier"
	"parley/i18n"
	"parley/interest"
)

// book looks up what the ids of a dossier are called, for one reader.
type book struct {
	d       *dossier.Dossier
	w       *i18n.Words
	sides   []dialogue.Side // in the alphabetical order of the reader's language
	entries map[string]entry
	topics  map[string]i18n.Text
	matters map[string]interest.Named
	beliefs map[*interest.Register]bool // registers that only hold beliefs about their side

	supposed []interest.Assumption // what the reader assumed against the file
	flags    []string              // what else the reader gave, as the command line takes it
}

// entry is an interest and the register that it stands in.
type entry struct {
	interest.Interest
	register *interest.Register
}

func newBook(d *dossier.Dossier, lang string) *book {
	b := &book{
		d: d, w: i18n.For(lang), sides: append([]dialogue.Side(nil), d.Dialogue.Sides...),
		entries: map[string]entry{}, topics: map[string]i18n.Text{}, matters: map[string]interest.Named{},
		beliefs: map[*interest.Register]bool{},
	}
	i18n.Sort(lang, b.sides, func(s dialogue.Side) string { return s.Name.In(lang) })
	for i := range d.Registers {
		r := &d.Registers[i]
		for _, in := range r.Interests {
			b.entries[string(in.ID)] = entry{in, r}
		}
	}
	for _, t := range d.Topics {
		b.topics[string(t.ID)] = t.Title
	}
	for _, n := range d.Named {
		b.matters[n.ID] = n
	}
	if d.Table != nil {
		for _, i := range d.Table.Issues {
			if len(i.Title) > 0 {
				b.topics[string(i.Topic)] = i.Title
			}
		}
	}
	return b
}

// t is the sentence of the catalogue, under "cli.".
func (b *book) t(key string, pairs ...any) string { return b.w.T("cli."+key, pairs...) }

// n is the sentence of the catalogue in the plural form of n.
func (b *book) n(key string, n int, pairs ...any) string { return b.w.N("cli."+key, n, pairs...) }

// text is a text in the reader's language.
func (b *book) text(t i18n.Text) string { return t.In(b.w.Lang) }

// side is the name of a side, or the word itself where it is no side: an
// author may be anybody.
func (b *book) side(id string) string {
	if s, ok := b.d.Dialogue.Side(dialogue.SideID(id)); ok && len(s.Name) > 0 {
		return b.text(s.Name)
	}
	return id
}

// sideList names sides in the alphabetical order of the reader's language.
func (b *book) sideList(ids []string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = b.side(id)
	}
	i18n.Sort(b.w.Lang, names, func(n string) string { return n })
	return i18n.List(names)
}

func (b *book) topic(id string) string {
	if t := b.text(b.topics[id]); t != "" {
		return t
	}
	if n, ok := b.matters[id]; ok {
		return b.text(n.Title)
	}
	return id
}

// entry is the title of an interest with its id.
func (b *book) entry(id string) string {
	if e, ok := b.entries[id]; ok {
		return b.text(e.Title) + " (" + id + ")"
	}
	return id
}

// author is a register's author by name, or the side where none is given.
func (b *book) author(a interest.Author) string {
	if n := b.text(a.Name); n != "" {
		return n
	}
	return b.side(string(a.Side))
}

// word is a word of a scale, or "not stated".
func (b *book) word(scale, word string) string {
	if word == "" {
		return b.t("unstated")
	}
	return b.t(scale + "." + word)
}

// span is a word of a scale, or the two ends of a range.
func (b *book) span(scale string, ends [2]string) string {
	if ends[0] == ends[1] {
		return b.word(scale, ends[0])
	}
	return b.t("span", "Low", b.word(scale, ends[0]), "High", b.word(scale, ends[1]))
}

// head writes what comes before any result: the name, what kind of dialogue it
// is, as of when, and who wrote what.
func (b *book) head(s *sheet, subtitle string) {
	s.title(b.text(b.d.Dialogue.Title) + ": " + subtitle)
	s.say(0, b.t("kind."+string(b.d.Dialogue.Kind), "AsOf", b.w.Date(b.d.Dialogue.AsOf)))
	for _, line := range b.authors() {
		s.say(0, line)
	}
	if source := b.text(b.d.Dialogue.Source); source != "" {
		s.say(0, source)
	}
	if links := b.links(); links != "" {
		s.say(0, links)
	}
	for _, line := range b.suppositions() {
		s.item(0, "! ", line)
	}
}

// links says who drew the links between the registers, and when.
func (b *book) links() string {
	var who []string
	for _, t := range b.d.Topics {
		name := b.author(t.Author)
		if name == "" {
			continue
		}
		if t.Date != "" {
			name += ", " + b.w.Date(t.Date)
		}
		if !slices.Contains(who, name) {
			who = append(who, name)
		}
	}
	if len(who) == 0 {
		return ""
	}
	return b.t("links", "Who", strings.Join(who, "; "))
}

// suppositions says what the reader assumed against the file.
func (b *book) suppositions() []string {
	var out []string
	for _, a := range b.supposed {
		if a.Side == "" {
			out = append(out, b.t("supposed.rank", "Interest", b.entry(string(a.Interest)), "Word", b.tier(a.Tier.String())))
			continue
		}
		out = append(out, b.t("supposed.part", "Interest", b.entry(string(a.Interest)), "Side", b.side(string(a.Side)),
			"Word", b.word("role", a.Role.String())))
	}
	return out
}

// tier is a rank as people read it.
func (b *book) tier(word string) string {
	if word == "" {
		word = "unplaced"
	}
	return b.t("tier." + word)
}

// authorship says in one sentence who wrote the registers.
func (b *book) authorship() string {
	var parts []string
	regs := b.d.Registers
	for i, r := range regs {
		if i > 0 && !r.Author.Same(regs[0].Author) {
			for _, r := range regs {
				author := b.author(r.Author)
				if r.Declared() && b.text(r.Author.Name) == "" {
					author = b.t("authorship.itself")
				}
				parts = append(parts, b.t("authorship.part", "Subject", b.side(string(r.Subject)), "Author", author))
			}
			return b.t("authorship.many", "Parts", strings.Join(parts, "; "))
		}
	}
	if len(regs) == 0 {
		return b.t("authorship.none")
	}
	key := map[int]string{1: "authorship.one", 2: "authorship.both"}[len(regs)]
	if key == "" {
		key = "authorship.all"
	}
	return b.t(key, "Author", b.author(regs[0].Author))
}

// registerOf finds the register about a side, and whether the side wrote it.
func (b *book) registerOf(side dialogue.SideID) (r *interest.Register, own bool) {
	for i := range b.d.Registers {
		if x := &b.d.Registers[i]; x.Subject == side {
			if x.Declared() {
				return x, true
			}
			r = x
		}
	}
	return r, false
}

// csvHead is what a table says about itself before its rows.
func (b *book) csvHead() interest.CSVHead {
	h := interest.CSVHead{Lang: b.w.Lang, Title: b.text(b.d.Dialogue.Title), AsOf: b.d.Dialogue.AsOf}
	h.Authorship = b.authors()
	h.Notes = b.suppositions()
	return h
}

// authors says who wrote the registers, and who has written none. A table of
// points needs none.
func (b *book) authors() []string {
	if len(b.d.Registers) == 0 && b.exact() {
		return []string{b.t("authorship.points")}
	}
	out := []string{b.authorship()}
	for _, side := range b.sides {
		if _, own := b.registerOf(side.ID); !own {
			out = append(out, b.t("no-own-register", "Side", b.text(side.Name)))
		}
	}
	return out
}

// exact reports whether the table states points: then there are no rankings, and
// no register names a whole.
func (b *book) exact() bool { return b.d.Table.InPoints() }
