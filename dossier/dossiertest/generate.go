// Package dossiertest makes up whole dossiers for property tests: any number of
// sides, every relation, every sort of gap that a real file may have. What it
// makes is always valid and in the order in which package dossier reads it.
package dossiertest

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"parley/dialogue"
	"parley/dossier"
	"parley/i18n"
	"parley/interest"
)

// Generate draws a dossier of two to six sides.
func Generate(t *rapid.T) *dossier.Dossier {
	g := &generator{t: t, d: &dossier.Dossier{}, holder: map[interest.ID]dialogue.SideID{}}
	g.dialogue()
	g.registers()
	for n := g.upTo("topics", 6); n > 0; n-- {
		g.topic()
	}
	g.shares()
	for n := g.upTo("named", 2); n > 0; n-- {
		g.matter()
	}
	g.table()
	return g.d
}

type generator struct {
	t       *rapid.T
	d       *dossier.Dossier
	sides   []dialogue.SideID
	holder  map[interest.ID]dialogue.SideID // of interests in registers that count
	counted []interest.ID
	other   []interest.ID // in registers that do not count
	serial  int
}

func (g *generator) yes(label string) bool { return rapid.Bool().Draw(g.t, label) }

func (g *generator) upTo(label string, most int) int {
	return rapid.IntRange(0, most).Draw(g.t, label)
}

func (g *generator) between(label string, least, most int) int {
	return rapid.IntRange(least, most).Draw(g.t, label)
}

func pick[T any](g *generator, label string, from []T) T {
	return rapid.SampledFrom(from).Draw(g.t, label)
}

// some draws a part of a list in the order of the list, at least least of it.
func some[T any](g *generator, label string, from []T, least int) []T {
	n := g.between(label, least, len(from))
	order := rapid.Permutation(indices(len(from))).Draw(g.t, label+" order")[:n]
	slices.Sort(order)
	out := make([]T, n)
	for i, k := range order {
		out[i] = from[k]
	}
	return out
}

func indices(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// next makes an id that no other thing has.
func (g *generator) next(prefix string) string {
	g.serial++
	return fmt.Sprintf("%s%d", prefix, g.serial)
}

// Words that are hard to write down in YAML, beside ordinary ones.
var phrases = []string{
	"Water", "No further enlargement", "Стабильность и влияние", "Ёлка — «да»", "what one gains, the other loses",
	"a: b", "a:b", "# no comment", "x # y", "yes", "null", "~", "true", "2009", "2009-06", "1/2", "-", "- x", "x - y", "[x]", "{y: z}", "a, b",
	"it's", `she said "no"`, `back\slash`, "'", `"`, "&a", "*a", "!a", "%a", "@a", "`a`", "? a", "| a", "> a", "<<", "---", "...",
	"one\ntwo", "one\n\ntwo", "one\n\n\n\ntwo", "one\n  two", "one \ntwo", "# one\n- two", "one: two\nthree", "日本語", "🕊 peace", "e\u0301",
	"a\u2028b", "a\u200bb", "a\u00a0b", "a\ufeffb", "a  b", "a\\nb", "key:", ":", "unknown", "A", "RU", "=", "0x10", "1e3", ".5", "a/b+c",
}

func (g *generator) words(label string) string {
	if g.upTo(label+" free", 9) > 0 {
		return pick(g, label, phrases)
	}
	free := rapid.StringN(1, 30, -1).Draw(g.t, label)
	free = strings.Map(func(c rune) rune {
		if c == '\ufffd' || c == '\t' || c < ' ' && c != '\n' || 0x7f <= c && c <= 0x9f || 0x202a <= c && c <= 0x202e {
			return -1
		}
		return c
	}, free)
	if free = strings.TrimSpace(free); free == "" {
		return "Words"
	}
	return free
}

func (g *generator) text(label string) i18n.Text {
	out := i18n.Text{}
	for _, l := range some(g, label+" languages", g.d.Dialogue.Languages, 1) {
		out[l] = g.words(label)
	}
	return out
}

func (g *generator) maybe(label string) i18n.Text {
	if !g.yes(label + "?") {
		return nil
	}
	return g.text(label)
}

func (g *generator) date(label string) string {
	return pick(g, label, []string{"2009", "2009-06", "2009-06-15", "1648-10-24", "2024-02-29"})
}

func (g *generator) dialogue() {
	d := &g.d.Dialogue
	d.Languages = pick(g, "languages", [][]string{{"en"}, {"en", "ru"}, {"ru", "en"}, {"uk", "en", "zh-hans"}})
	d.ID = pick(g, "dialogue", []dialogue.ID{"river", "us-russia-2009", "1"})
	d.Title = g.text("title")
	d.AsOf = g.date("as of")
	d.Kind = pick(g, "kind", dialogue.Kinds)
	d.Rule = pick(g, "rule", dialogue.Rules)
	d.Stage = pick(g, "stage", dialogue.Stages)
	d.Purpose, d.Source, d.Host = g.maybe("purpose"), g.maybe("source"), g.maybe("host")
	n := g.between("sides", 2, 6)
	ids := rapid.Permutation([]dialogue.SideID{"A", "B", "RU", "US", "x.y-z_1", "7", "no", "keep"}).Draw(g.t, "side ids")[:n]
	for _, id := range ids {
		g.sides = append(g.sides, id)
		d.Sides = append(d.Sides, dialogue.Side{ID: id, Name: g.text("side")})
	}
}

func (g *generator) author(label string, sides []dialogue.SideID) interest.Author {
	a := interest.Author{}
	if len(sides) > 0 && g.yes(label+" is a side") {
		a.Side = pick(g, label, sides)
	}
	if a.Side == "" || g.yes(label+" has a name") {
		a.Name = g.text(label + " name")
	}
	return a
}

// registers draws for each side none, its own, one by somebody else, or its own
// with others beside it.
func (g *generator) registers() {
	for i, s := range g.sides {
		sort := g.upTo("register", 4)
		if i < 2 {
			sort = max(sort, 1)
		}
		others := slices.DeleteFunc(slices.Clone(g.sides), func(o dialogue.SideID) bool { return o == s })
		switch sort {
		case 1, 2:
			g.register(s, interest.Author{Side: s, Name: g.maybe("author")}, true)
		case 3:
			g.register(s, g.author("author", others), true)
		case 4:
			by := interest.Author{Side: pick(g, "other author", others)}
			g.register(s, by, false)
			g.register(s, interest.Author{Side: s}, true)
			g.register(s, interest.Author{Name: i18n.Text{g.d.Dialogue.Languages[0]: "An institute"}}, false)
		}
	}
}

func (g *generator) register(subject dialogue.SideID, by interest.Author, counts bool) {
	r := interest.Register{Subject: subject, Author: by, Date: g.date("date"), Source: g.maybe("source")}
	for n := g.between("interests", 1, 4); n > 0; n-- {
		i := interest.Interest{
			ID:      interest.ID(g.next(string(subject) + "-")),
			Title:   g.text("interest"),
			Note:    g.maybe("note"),
			Tier:    pick(g, "tier", []interest.Tier{interest.Unplaced, interest.Secondary, interest.Important, interest.Vital}),
			Horizon: pick(g, "horizon", []interest.Horizon{interest.HorizonUnstated, interest.Long, interest.Immediate}),
		}
		for _, s := range some(g, "counterparts", g.sides, 0) {
			if s != subject {
				i.Counterparts = append(i.Counterparts, g.counterpart(s))
			}
		}
		slices.SortFunc(i.Counterparts, func(a, b interest.Counterpart) int { return strings.Compare(string(a.Side), string(b.Side)) })
		r.Interests = append(r.Interests, i)
		if counts {
			g.holder[i.ID] = subject
			g.counted = append(g.counted, i.ID)
		} else {
			g.other = append(g.other, i.ID)
		}
	}
	r.Weights = g.weights(r.Interests)
	g.d.Registers = append(g.d.Registers, r)
}

// weights states something about weights beyond the tiers, as far as nothing of
// it contradicts the rest.
func (g *generator) weights(of []interest.Interest) (out []interest.Weighing) {
	if len(of) < 2 {
		return nil
	}
	for n := g.upTo("weights", 3); n > 0; n-- {
		order := rapid.Permutation(indices(len(of))).Draw(g.t, "weighed")
		w := interest.Weighing{More: of[order[0]].ID, Than: of[order[1]].ID}
		switch g.upTo("weighing", 2) {
		case 0:
			w.Times = interest.FractionOf(int64(g.between("times", 1, 6)), 2)
		case 1:
			w.Gain = []interest.Part{{Interest: w.More, Of: interest.FractionOf(1, 2)}}
			for _, k := range order[1:] {
				w.Outweighs = append(w.Outweighs, interest.Part{Interest: of[k].ID, Of: interest.FractionOf(1, int64(g.between("part", 1, 3)))})
			}
			w.More, w.Than = "", ""
		}
		if set, _ := interest.ClashingWeights(append(slices.Clone(out), w), of); set == nil {
			out = append(out, w)
		}
	}
	return out
}

func (g *generator) counterpart(s dialogue.SideID) interest.Counterpart {
	c := interest.Counterpart{
		Side:      s,
		Effect:    interest.Effect(g.upTo("effect", 3)),
		Tone:      interest.Tone(g.upTo("tone", 3)),
		Alignment: interest.Alignment(g.upTo("alignment", 3)),
		Note:      g.maybe("note"),
	}
	if low := g.upTo("role", 5); low > 0 {
		c.Role = interest.RoleRange{Low: interest.Role(low), High: interest.Role(g.between("role to", low, 5))}
	}
	if low := g.upTo("priority", 4); low > 0 {
		c.Priority = interest.LevelRange{Low: interest.Level(low), High: interest.Level(g.between("priority to", low, 4))}
	}
	return c
}

func (g *generator) act(label string) *interest.Act {
	if g.upTo(label, 2) > 0 {
		return nil
	}
	a := &interest.Act{Title: g.text(label)}
	if actors := some(g, label+" actors", g.sides, 0); len(actors) > 0 {
		a.Actors = actors
	}
	if g.yes(label + " by") {
		a.By = g.author(label+" author", g.sides)
	}
	return a
}

func (g *generator) matter() {
	n := interest.Named{
		ID:     g.next("m"),
		Title:  g.text("matter"),
		As:     interest.NamedAs(g.between("as", 1, 4)),
		By:     g.author("by", g.sides),
		Detail: g.maybe("detail"),
		Act:    g.act("act"),
	}
	if n.As == interest.AsAsk && g.yes("of") {
		n.Of = pick(g, "of whom", g.sides)
	}
	g.d.Named = append(g.d.Named, n)
}
