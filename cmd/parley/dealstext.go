package main

import (
	"fmt"
	"maps"
	"math/big"
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
	r.firstSteps()
	r.swaps()
	r.packages()
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
	r.s.heading("A. " + r.t("deals.first-steps"))
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
	r.s.heading("B. " + r.t("deals.swaps"))
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

func (r *briefing) packages() {
	r.s.heading("C. " + r.t("deals.packages"))
	r.s.say(0, r.t("deals.packages.note"))
	if r.a.Question.Samples == 0 {
		r.s.say(0, r.t("deals.packages.unsampled"))
	}
	if len(r.a.Deals) == 0 {
		r.s.gap()
		r.s.say(0, r.t("deals.packages.none"))
		return
	}
	shown := r.a.Deals[:min(shownDeals, len(r.a.Deals))]
	for from, to := 0, 0; from < len(shown); from = to {
		for to = from + 1; to < len(shown) && maps.Equal(shown[from].Core, shown[to].Core); to++ {
		}
		r.core(shown[from:to], from)
	}
	if rest := len(r.a.Deals) - len(shown); rest > 0 {
		r.s.gap()
		r.s.say(0, r.n("deals.packages.more", rest))
	}
}

// core writes the packages that share a core: the core with the turn of each
// side, then what each package adds, side by side.
func (r *briefing) core(variants []deal.Deal, before int) {
	r.s.gap()
	if len(variants[0].Core) > 0 {
		r.s.say(0, r.n("deals.core", len(variants))+" "+r.strength("strength.core", variants[0].CoreAcceptable["all"]))
		r.s.table(r.coreTable(variants[0].Core))
		r.s.gap()
	}
	r.additions(variants, before)
	for i, d := range variants {
		if s := r.strength("strength.package", d.Acceptable["all"]); s != "" {
			r.s.item(2, r.t("deals.package", "N", before+i+1)+" ", s)
		}
	}
	r.absentees(2, r.absentFrom(variants))
}

func (r *briefing) coreTable(core map[string]string) grid {
	g := grid{indent: 2, head: []string{r.t("col.topic")}}
	if len(r.sides) <= fewSides {
		for _, side := range r.sides {
			g.head = append(g.head, r.text(side.Name))
		}
	} else {
		g.head = append(g.head, r.t("col.movers"))
	}
	for _, issue := range r.a.Issues {
		if o, ok := r.options[deal.Choice{Topic: issue.Topic, Option: core[issue.Topic]}]; ok && !o.Baseline {
			g.rows = append(g.rows, r.turns(issue, o))
		}
	}
	return g
}

// turns is a row of the core: the matter and what it means for each side.
func (r *briefing) turns(issue deal.IssueInfo, o deal.OptionInfo) []string {
	row := []string{r.matter(issue, o)}
	if len(r.sides) > fewSides {
		return append(row, r.sideList(o.Movers))
	}
	for _, side := range r.sides {
		row = append(row, r.turn(o, string(side.ID)))
	}
	return row
}

// matter is the topic of an issue, and the option where somebody gave it a
// title of its own.
func (r *briefing) matter(issue deal.IssueInfo, o deal.OptionInfo) string {
	if title := r.text(o.Title); title != "" {
		return r.topic(issue.Topic) + ": " + title
	}
	return r.topic(issue.Topic)
}

// additions is what each package adds to the core: the matters, and who moves
// on them.
func (r *briefing) additions(variants []deal.Deal, before int) {
	g := grid{indent: 2, head: []string{r.t("col.topic")}}
	for i := range variants {
		g.head = append(g.head, r.t("deals.package", "N", before+i+1))
	}
	for _, issue := range r.a.Issues {
		if _, in := variants[0].Core[issue.Topic]; in {
			continue
		}
		row, any := []string{r.topic(issue.Topic)}, false
		for _, d := range variants {
			cell := "–"
			if o, ok := r.options[deal.Choice{Topic: issue.Topic, Option: d.Choices[issue.Topic]}]; ok && !o.Baseline {
				cell, any = r.option(o), true
			}
			row = append(row, cell)
		}
		if any {
			g.rows = append(g.rows, row)
		}
	}
	if len(g.rows) > 0 {
		if len(variants[0].Core) > 0 {
			r.s.say(0, r.t("deals.added"))
		}
		r.s.table(g)
		r.s.gap()
	}
}

// option says in words what an option is: its title, or who moves, or who takes
// part.
func (r *briefing) option(o deal.OptionInfo) string {
	switch {
	case r.text(o.Title) != "":
		return r.text(o.Title)
	case len(o.Movers) > 0:
		return r.t("option.moves", "Sides", r.sideList(o.Movers))
	case len(o.Actors) > 0:
		return r.t("option.together", "Sides", r.sideList(o.Actors))
	}
	return r.t("option.keep")
}

func (r *briefing) absentFrom(variants []deal.Deal) []map[string]string {
	var out []map[string]string
	for _, d := range variants {
		for _, n := range d.NotAtTheTable {
			if !slices.ContainsFunc(out, func(o map[string]string) bool { return maps.Equal(o, n) }) {
				out = append(out, n)
			}
		}
	}
	return out
}

// turn says what an option means for a side, in words.
func (r *briefing) turn(o deal.OptionInfo, side string) string {
	switch {
	case slices.Contains(o.Movers, side) && len(r.sides) > 2:
		return r.t("turn.moves.many")
	case slices.Contains(o.Movers, side):
		return r.t("turn.moves")
	case o.Points[side] > 0:
		return r.t("turn.receives")
	case o.Points[side] < 0:
		return r.t("turn.bears")
	}
	return "–"
}

// strength says in words under how many rankings a package serves everyone.
func (r *briefing) strength(key string, s deal.Share) string {
	who := "all"
	if len(r.sides) == 2 {
		who = "both"
	}
	word := "few"
	switch {
	case !s.Known():
		return ""
	case s.Num == s.Den:
		word = "every"
	case s.AtLeast(9, 10):
		word = "nearly-every"
	case s.AtLeast(6, 10):
		word = "most"
	case s.AtLeast(4, 10):
		word = "half"
	}
	return r.t(key, "Who", r.t("strength."+who), "Rankings", r.t("strength."+word))
}

func (r *briefing) undecided() {
	r.s.heading("D. " + r.t("deals.undecided"))
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

// tradeOff is the frontier as a table: how much of all it wants each side gains,
// by this description.
func (r *briefing) tradeOff() {
	r.s.heading("E. " + r.t("deals.frontier"))
	if len(r.a.Frontier) == 0 {
		r.s.say(0, r.t("deals.frontier.none"))
		return
	}
	r.s.say(0, r.n("deals.frontier.note", len(r.a.Frontier)))
	if !r.a.FrontierComplete {
		r.s.say(0, r.t("deals.frontier.partial"))
	}
	r.s.gap()
	g := grid{indent: 2}
	for i, side := range r.sides {
		g.head = append(g.head, r.text(side.Name))
		g.right = append(g.right, i)
	}
	g.head = append(g.head, r.t("col.fair"))
	for _, i := range r.shown() {
		var row []string
		for _, side := range r.sides {
			row = append(row, r.percent(string(side.ID), r.a.Frontier[i].Points[string(side.ID)]))
		}
		g.rows = append(g.rows, append(row, r.fair(i)))
	}
	r.s.table(g)
	r.s.gap()
	if r.a.Opposition != nil {
		r.s.say(0, r.t("deals.opposition", "Value", twoDigits(*r.a.Opposition)))
	}
	if r.a.Integrative != nil {
		r.s.say(0, r.t("deals.integrative", "Value", twoDigits(*r.a.Integrative)))
	}
}

// shown picks the points that a table of bounded length shows: the ends, the
// fair picks, and some between, evenly.
func (r *briefing) shown() []int {
	last := len(r.a.Frontier) - 1
	keep := map[int]bool{0: true, last: true}
	s := r.a.Solutions
	for _, set := range [][]int{s.Nash, s.KalaiSmorodinsky, s.Leximin, s.Utilitarian} {
		for _, i := range set {
			if len(keep) < shownPoints {
				keep[i] = true
			}
		}
	}
	for k := 1; k < shownPoints && len(keep) < min(shownPoints, last+1); k++ {
		keep[last*k/shownPoints] = true
	}
	out := make([]int, 0, len(keep))
	for i := range keep {
		out = append(out, i)
	}
	slices.Sort(out)
	return out
}

// percent is a gain from the baseline as a part of all that the side wants, in hundredths.
func (r *briefing) percent(side string, points int64) string {
	scale, ok := new(big.Rat).SetString(r.a.Question.Scale[side])
	if !ok || scale.Sign() <= 0 {
		return r.w.Number(int(points))
	}
	gain := new(big.Rat).SetInt64(100 * (points - r.a.Baseline.Points[side]))
	v, _ := gain.Quo(gain, scale).Float64()
	return strings.Replace(fmt.Sprintf("%.0f", v), "-", "−", 1)
}

func twoDigits(d deal.Decimal) string {
	return strings.Replace(fmt.Sprintf("%.2f", float64(d.TenThousandths)/10_000), "-", "−", 1)
}

// fair names the fair picks that choose a point.
func (r *briefing) fair(point int) string {
	var names []string
	for _, s := range []struct {
		key string
		set []int
	}{
		{"nash", r.a.Solutions.Nash}, {"kalai-smorodinsky", r.a.Solutions.KalaiSmorodinsky},
		{"leximin", r.a.Solutions.Leximin}, {"utilitarian", r.a.Solutions.Utilitarian},
	} {
		if slices.Contains(s.set, point) {
			names = append(names, r.t("fair."+s.key))
		}
	}
	return i18n.List(names)
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
	r.s.heading("F. " + r.t("deals.making"))
	r.s.say(0, r.t("making.share"))
	r.s.gap()
	g := grid{head: []string{r.t("col.what"), r.t("col.value")}, rows: [][]string{
		{r.t("making.fingerprint"), q.SHA256},
		{r.t("making.engine"), q.Engine},
		{r.t("making.space"), r.n("making.issues", r.a.Space.Issues, "Packages", r.w.BigNumber(r.a.Space.Packages))},
		{r.t("making.samples"), r.w.Number(q.Samples)},
		{r.t("making.seed"), fmt.Sprint(q.Seed)},
		{r.t("making.stakes"), r.t("stakes." + q.Stakes)},
		{r.t("making.baseline"), r.t("baseline." + q.Baseline)},
		{r.t("making.roles"), r.roleNumbers()},
	}}
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
	for _, w := range interest.RoleWords[1:] {
		if n, ok := r.a.Question.Roles[w]; ok {
			parts = append(parts, r.t("role."+w)+" "+n)
		}
	}
	return i18n.List(parts)
}
