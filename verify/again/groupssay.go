package again

import (
	"slices"
	"strings"
)

// format is what one group can do, with the names put back.
func (w *groupwork) format(g *group) obj {
	only, also := w.theirs(g)
	swaps, beyond, points, free := []int{}, obj{}, w.points(g.gains), w.points(g.free)
	for n, set := range w.swaps {
		var need band
		for _, m := range set {
			need |= w.needs(m)
		}
		if need == g.band {
			swaps = append(swaps, n)
		}
	}
	outside, away, inside := list{}, []int{}, []int{}
	worse := map[int][]move{}
	for s, l := range w.labels.Sides {
		rest, larger := w.at[g.band&^bandOf(s)], w.at[g.band|bandOf(s)]
		if g.has(s) {
			beyond[l.ID] = amount(g.gains[s] - w.mostSmaller(g, s))
			if rest != nil && rest.gains[s] > g.gains[s] {
				away = append(away, s)
			}
			continue
		}
		var better []move
		worse[s], better = w.touched(g, s)
		outside = append(outside, obj{
			"side": l.ID, "hurt": len(worse[s]) > 0 && g.gains[s] < g.free[s], "worse": w.named(worse[s]), "better": w.named(better),
		})
		if larger != nil && larger.gains[s] > g.gains[s] {
			inside = append(inside, s)
		}
	}
	return obj{
		"sides": w.ids(g.members()), "only": w.named(only), "also": w.named(also), "swaps": swaps, "choices": w.differs(g.choice),
		"exact": g.exact, "points": points, "free": free, "beyond_smaller": beyond, "outside": outside,
		"better_away": w.ids(away), "better_inside": w.ids(inside),
		"because": w.because(func(lang string) []string { return w.groupSays(lang, g, only, also, worse, away, inside) }),
	}
}

// theirs lists the options that need exactly these sides: of matters that nobody can take up without all of them, and the
// others.
func (w *groupwork) theirs(g *group) (only, also []move) {
	for _, m := range w.issuesInFile() {
		alone := true
		for k := range w.Issues[m.issue].Options[1:] {
			alone = alone && g.within(w.needs(move{m.issue, k + 1}))
		}
		for k := range w.Issues[m.issue].Options[1:] {
			if o := (move{m.issue, k + 1}); w.needs(o) != g.band {
				continue
			} else if alone {
				only = append(only, o)
			} else {
				also = append(also, o)
			}
		}
	}
	return only, also
}

// mostSmaller is the most that a side gets in a smaller group that was looked at.
func (w *groupwork) mostSmaller(g *group, side int) (most int64) {
	for _, o := range w.groups {
		if o.band != g.band && o.has(side) && o.within(g.band) {
			most = max(most, o.gains[side])
		}
	}
	return most
}

// touched lists what the package of a group costs a side outside, and what serves it, alone or together with other options.
func (w *groupwork) touched(g *group, side int) (worse, better []move) {
	for _, m := range w.issuesInFile() {
		m.option = g.choice[m.issue]
		options := w.table.issues[m.issue]
		costs, serves := w.joined(g, m.issue, side)
		if costs || options[m.option][side] < options[0][side] {
			worse = append(worse, m)
		}
		if serves || options[m.option][side] > options[0][side] {
			better = append(better, m)
		}
	}
	return worse, better
}

// joined reports whether a group helps, by what it does on an issue, to bring about or to end what options do together, and
// whether that costs a side something or serves it.
func (w *groupwork) joined(g *group, issue, side int) (costs, serves bool) {
	today := make([]int, len(g.choice))
	for k, u := range w.Rules {
		if u.Kind != "together" || all(u.When, today) == all(u.When, g.choice) {
			continue
		}
		for _, l := range u.When {
			if l.Issue != issue || all([]literal{l}, today) == all([]literal{l}, g.choice) {
				continue
			}
			v := w.table.joint[k][side]
			if all(u.When, today) {
				v = -v
			}
			costs, serves = costs || v < 0, serves || v > 0
		}
	}
	return costs, serves
}

func (p *proof) named(set []move) list {
	out := list{}
	for _, m := range set {
		out = append(out, p.name(m))
	}
	return out
}

// differs says by topic what a package does not leave as it is.
func (p *proof) differs(choice []int) obj {
	out := obj{}
	for i, k := range choice {
		if l := p.labels.Issues[i]; k > 0 {
			out[l.ID] = l.Options[k].ID
		}
	}
	return out
}

func (p *proof) which(b band) string { return strings.Join(p.ids(b.members()), ", ") }

// byName lists the names of sides as the language's alphabet has them.
func (p *proof) byName(lang string, has func(side int) bool) (out []string) {
	for _, s := range p.labels.ByName[lang] {
		if has(s) {
			out = append(out, p.sideName(lang, s))
		}
	}
	return out
}

// topics quotes the titles of some options' topics, each once.
func (p *proof) topics(lang string, set []move) (out []string) {
	var seen []int
	for _, m := range set {
		if !slices.Contains(seen, m.issue) {
			seen = append(seen, m.issue)
			out = append(out, p.say(lang, "deal.quoted", "Words", p.topic(lang, m)))
		}
	}
	return out
}

func (w *groupwork) groupSays(lang string, g *group, only, also []move, worse map[int][]move, away, inside []int) []string {
	out := []string{}
	listed := func(key, place string, words []string) {
		if len(words) > 0 {
			out = append(out, w.say(lang, "formats."+key, place, strings.Join(words, ", ")))
		}
	}
	unpaid := slices.DeleteFunc(slices.Clone(also), func(m move) bool { return len(w.option(m).Movers) > 0 })
	listed("only", "Topics", w.topics(lang, only))
	listed("also", "Topics", w.topics(lang, unpaid))
	for _, s := range w.labels.ByName[lang] {
		var on []move
		for _, m := range w.issuesInFile() {
			if m.option = g.choice[m.issue]; m.option > 0 && slices.Contains(w.option(m).Movers, s) {
				on = append(on, m)
			}
		}
		if len(on) > 0 {
			out = append(out, w.say(lang, "formats.moves", "Side", w.sideName(lang, s), "Topics", strings.Join(w.topics(lang, on), ", ")))
		}
	}
	sides := func(key string, has func(int) bool) { listed(key, "Sides", w.byName(lang, has)) }
	sides("gain", func(s int) bool { return g.has(s) && g.gains[s] > 0 })
	sides("same", func(s int) bool { return g.has(s) && g.gains[s] <= 0 })
	sides("beyond", func(s int) bool { return g.size() > 2 && g.has(s) && g.gains[s] > w.mostSmaller(g, s) })
	for _, s := range w.labels.ByName[lang] {
		if key := map[bool]string{true: "hurt", false: "worse"}[g.gains[s] < g.free[s]]; len(worse[s]) > 0 {
			out = append(out, w.say(lang, "formats."+key, "Side", w.sideName(lang, s), "Topics", strings.Join(w.topics(lang, worse[s]), ", ")))
		}
	}
	sides("served", func(s int) bool { return !g.has(s) && len(worse[s]) == 0 && g.gains[s] > 0 })
	sides("better-away", func(s int) bool { return slices.Contains(away, s) })
	sides("better-inside", func(s int) bool { return slices.Contains(inside, s) })
	if !g.exact {
		out = append(out, w.say(lang, "formats.inexact"))
	}
	return out
}

// standSays says whether a package holds against what groups could do instead.
func (w *groupwork) standSays(lang string, blocks []block, undecided int) []string {
	if len(blocks)+undecided == 0 && w.Sides <= mostSidesForAll {
		return []string{w.say(lang, "formats.core.in")}
	}
	out := []string{}
	for _, b := range blocks {
		more := w.byName(lang, func(s int) bool { return b.has(s) && b.more[s] > 0 })
		out = append(out, w.say(lang, "formats.core.block", "Sides", strings.Join(w.byName(lang, b.has), ", "), "More", strings.Join(more, ", ")))
	}
	if undecided > 0 {
		out = append(out, w.many(lang, "formats.core.undecided", undecided))
	}
	if len(blocks) == 0 && w.Sides > mostSidesForAll {
		out = append(out, w.say(lang, "formats.core.partly"))
	}
	return out
}
