package main

import (
	"fmt"
	"slices"
	"strings"

	"parley/deal"
	"parley/i18n"
	"parley/interest"
)

// How much of an answer a briefing shows; JSON and CSV hold all of it.
const (
	shownDeals  = 5
	shownFlips  = 3
	shownPoints = 12
)

// briefing writes an answer for people.
type briefing struct {
	*book
	s       *sheet
	a       *deal.Answer
	c       interest.Comparison
	options map[deal.Choice]deal.OptionInfo
}

// dealsText is the answer as a briefing. file is what the reader writes to get
// the same answer again.
func dealsText(b *book, a *deal.Answer, file string) string {
	r := &briefing{
		book: b, s: &sheet{}, a: a, c: b.d.Compare(b.w.Lang),
		options: map[deal.Choice]deal.OptionInfo{},
	}
	for _, i := range a.Issues {
		for _, o := range i.Options {
			r.options[deal.Choice{Topic: i.Topic, Option: o.Option}] = o
		}
	}
	b.head(r.s, b.t("deals.title"))
	r.s.gap()
	r.s.say(0, b.t("deals.if"))
	r.warnings()
	r.conflict()
	r.rules()
	r.firstSteps()
	r.swaps()
	r.packages()
	r.rests()
	r.undecided()
	r.tradeOff()
	r.stakes()
	r.making(file)
	return r.s.String()
}

func (r *briefing) warnings() {
	texts := r.a.WarningText[r.w.Lang]
	if len(texts) == 0 {
		texts = r.a.Warnings
	}
	if len(texts) == 0 {
		return
	}
	r.s.gap()
	for _, w := range texts {
		r.s.item(0, "! ", w)
	}
}

func (r *briefing) firstSteps() {
	r.s.heading(r.t("deals.first-steps"))
	if r.exact() && len(r.a.QuickWins)+len(r.d.Named) == 0 {
		r.s.say(0, r.t("deals.first-steps.exact"))
		return
	}
	r.s.say(0, r.t("deals.first-steps.note"))
	for _, q := range r.a.QuickWins {
		r.s.gap()
		r.s.item(0, "* ", r.topic(q.Topic)+": "+r.text(q.Act))
		if len(q.Actors) > 0 {
			r.s.say(2, r.t("deals.actors", "Sides", r.sideList(q.Actors)))
		}
		r.because(2, q.Because)
	}
	if len(r.a.QuickWins) == 0 {
		r.s.gap()
		r.s.say(0, r.t("deals.first-steps.none"))
	}
	var named []string
	for _, n := range r.d.Named {
		if n.As == interest.AsQuickWin {
			named = append(named, r.t("deals.named", "Matter", r.text(n.Title), "Author", r.author(n.By)))
		}
	}
	r.list(r.t("deals.named.head"), named)
	var same []string
	for _, c := range r.a.SameDirection {
		if t := r.topic(c.Topic); !slices.Contains(same, t) {
			same = append(same, t)
		}
	}
	r.list(r.n("deals.same-direction", len(same)), same)
	r.s.gap()
	for _, side := range r.sides {
		n := 0
		for _, a := range r.c.Asks {
			if a.Of == string(side.ID) {
				n++
			}
		}
		if n > 0 {
			r.s.say(0, r.n("deals.asked", n, "Side", r.text(side.Name)))
		}
	}
}

// list writes items under a line of their own; nothing where there is none.
func (r *briefing) list(head string, items []string) {
	if len(items) == 0 {
		return
	}
	r.s.gap()
	r.s.say(0, head)
	for _, i := range items {
		r.s.item(2, "- ", i)
	}
}

func (r *briefing) because(indent int, because map[string][]string) {
	for _, sentence := range because[r.w.Lang] {
		r.s.say(indent, sentence)
	}
}

func (r *briefing) swaps() {
	r.s.heading(r.t("deals.swaps"))
	if r.exact() && len(r.a.Swaps) == 0 {
		r.s.say(0, r.t("deals.swaps.exact"))
		return
	}
	r.s.say(0, r.t("deals.swaps.note"))
	if len(r.a.Swaps) == 0 {
		r.s.gap()
		r.s.say(0, r.t("deals.swaps.none"))
	}
	for i, x := range r.a.Swaps {
		r.s.gap()
		mark := fmt.Sprintf("%d. ", i+1)
		for _, sentence := range x.Because[r.w.Lang] {
			r.s.item(0, mark, sentence)
			mark = strings.Repeat(" ", len(mark))
		}
		if len(x.OneInterest) > 0 {
			r.s.say(3, r.t("deals.counted-once", "Interests", r.entryList(x.OneInterest)))
		}
		r.absentees(3, x.NotAtTheTable)
		r.flips(x.FlipsIf)
	}
	if len(r.a.Swaps) > 0 {
		r.s.gap()
		r.s.say(0, r.t("deals.directions"))
	}
}

func (r *briefing) entryList(ids []string) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = r.entry(id)
	}
	return strings.Join(out, "; ")
}

func (r *briefing) absentees(indent int, names []map[string]string) {
	if len(names) == 0 {
		return
	}
	words := make([]string, len(names))
	for i, n := range names {
		words[i] = r.text(i18n.Text(n))
	}
	i18n.Sort(r.w.Lang, words, func(s string) string { return s })
	r.s.say(indent, r.t("deals.absent", "Names", i18n.List(words)))
}

func (r *briefing) flips(flips []deal.Flip) {
	for i, f := range flips {
		if i == shownFlips {
			r.s.say(5, r.n("deals.flips.more", len(flips)-i))
			break
		}
		if i == 0 {
			r.s.say(3, r.t("deals.flips"))
		}
		switch f.Kind {
		case "tier":
			r.s.item(5, "- ", r.t("deals.flip.tier", "Side", r.side(r.subject(f.Interest)), "Interest", r.entry(f.Interest),
				"From", r.tier(f.From), "To", r.tier(f.To)))
		default:
			r.s.item(5, "- ", r.t("deals.flip.role", "Side", r.side(f.Side), "Interest", r.entry(f.Interest),
				"From", r.roleWords(f.From), "To", r.roleWords(f.To)))
		}
	}
}

// roleWords is a role as a flip names it: a word, or a range of two.
func (r *briefing) roleWords(words string) string {
	if r.w.Has("cli.role." + words) {
		return r.t("role." + words)
	}
	if words == "" || words == "unknown" {
		return r.t("unstated")
	}
	return words
}

func (r *briefing) undecided() {
	r.s.heading(r.t("deals.undecided"))
	if len(r.a.Undecided) == 0 {
		r.s.say(0, r.t("deals.undecided.none"))
		return
	}
	r.s.say(0, r.t("deals.undecided.note"))
	for _, t := range r.a.Undecided {
		why := r.topic(t)
		if key := "undecided." + r.a.UndecidedWhy[t]; r.w.Has("cli." + key) {
			why += ": " + r.t(key)
		}
		r.s.item(2, "- ", why)
	}
}

func (r *briefing) stakes() {
	if len(r.a.ChangesWithStakes) == 0 {
		return
	}
	r.s.heading(r.t("deals.stakes"))
	r.s.say(0, r.t("deals.stakes.note"))
	for _, c := range r.a.ChangesWithStakes {
		what := r.topic(c.Topic)
		if len(c.Moves) > 0 {
			var moves []string
			for _, m := range c.Moves {
				moves = append(moves, r.t("deals.move.short", "Side", r.side(m.Side), "Topic", r.topic(m.Topic)))
			}
			what = strings.Join(moves, "; ")
		}
		if o, ok := r.options[deal.Choice{Topic: c.Topic, Option: c.Option}]; ok {
			what += ": " + r.option(o)
		}
		r.s.item(2, "- ", r.t("stakes-change."+c.Kind, "What", what, "Stakes", r.t("stakes."+c.Stakes)))
	}
}

// making says how the answer came about and how to get it again.
func (r *briefing) making(file string) {
	q := r.a.Question
	r.s.heading(r.t("deals.making"))
	if !r.exact() {
		r.s.say(0, r.t("making.share"))
		r.s.gap()
	}
	g := grid{head: []string{r.t("col.what"), r.t("col.value")}, rows: [][]string{
		{r.t("making.fingerprint"), q.SHA256},
		{r.t("making.engine"), q.Engine},
		{r.t("making.space"), r.n("making.issues", r.a.Space.Issues, "Packages", r.w.BigNumber(r.a.Space.Packages))},
	}}
	if !r.exact() { // nothing is drawn, and no interest is weighed
		g.rows = append(g.rows, [][]string{
			{r.t("making.samples"), r.w.Number(q.Samples)},
			{r.t("making.seed"), fmt.Sprint(q.Seed)},
			{r.t("making.stakes"), r.t("stakes." + q.Stakes)},
		}...)
	}
	g.rows = append(g.rows, []string{r.t("making.baseline"), r.baseline()})
	if !r.exact() {
		g.rows = append(g.rows, []string{r.t("making.roles"), r.roleNumbers()})
	}
	r.s.table(g)
	r.s.gap()
	r.s.say(0, r.t("making.again"))
	words := []string{"parley deals " + shellWord(file), fmt.Sprintf("--seed %d", q.Seed), fmt.Sprintf("--samples %d", q.Samples), "--stakes " + q.Stakes}
	if q.Baseline != string(deal.Disagreement) {
		words = append(words, "--baseline "+q.Baseline)
	}
	for _, a := range r.supposed {
		words = append(words, "--assume "+a.String())
	}
	words = append(words, r.flags...)
	r.s.command(2, words)
}

// shellWord is a file name as a shell takes it.
func shellWord(name string) string {
	if name != "" && !strings.ContainsFunc(name, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./+:@,", r))
	}) {
		return name
	}
	return "'" + strings.ReplaceAll(name, "'", `'\''`) + "'"
}

func (r *briefing) roleNumbers() string {
	var parts []string
	for _, w := range append(slices.Clone(interest.RoleWords[1:]), "unknown") {
		if n, ok := r.a.Question.Roles[w]; ok {
			parts = append(parts, r.t("role."+w)+" "+n)
		}
	}
	return i18n.List(parts)
}
