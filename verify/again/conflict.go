package again

import (
	"encoding/json"
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// nowhere is below anything that a package gives.
const nowhere = -1 << 62

// clashing are the demands that are claimed to exclude one another: rules, and sides that are to have the baseline.
type clashing struct {
	*reading
	rules, sides []int
	large        bool // some test was too much work
}

// infeasible reports whether no package keeps every rule.
func (r *reading) infeasible() bool { return len(r.front) == 0 && !r.cut }

// conflict re-checks why no package keeps every rule, or why none leaves every side its baseline: that what is named
// cannot be had together, that without any one of it there is a package, and the most that each side can have.
func (r *reading) conflict() any {
	infeasible := r.infeasible()
	if !infeasible && !slices.Contains(r.warnings(), "no package at or above the baseline") {
		return nil
	}
	claimed, said := r.claim["conflict"].(obj)
	if !said && r.cut { // the search was ended before it knew
		r.leave("conflict", "conflict-not-claimed", "conflict")
		return nil
	}
	x := &clashing{reading: r}
	numbers, _ := claimed["rules"].(list)
	for _, n := range numbers {
		k := slices.IndexFunc(r.labels.Rules, func(l ruleLabel) bool { return n == json.Number(strconv.Itoa(l.Number)) })
		must(k >= 0 && r.Rules[k].Kind != "together" && !slices.Contains(x.rules, k), "a conflict names rules that demand something, each once")
		x.rules = append(x.rules, k)
	}
	ids, _ := claimed["sides"].(list)
	for s, l := range r.labels.Sides {
		if slices.Contains(ids, any(l.ID)) {
			x.sides = append(x.sides, s)
		}
	}
	must(len(ids) == len(x.sides) && len(numbers)+len(ids) > 0 && (len(ids) == 0 || !infeasible), "a conflict names sides, each once")
	minimal := claimed["minimal"] != false
	x.test(minimal)
	most := x.most(claimed["most"])
	if x.large {
		r.leave("conflict", "conflict-too-large", "conflict")
	}
	says := obj{}
	for s, v := range most {
		says[r.labels.Sides[s].ID] = amount(v)
	}
	numbersSaid, sidesSaid := []int{}, r.ids(x.sides)
	for _, k := range x.rules {
		numbersSaid = append(numbersSaid, r.labels.Rules[k].Number)
	}
	slices.Sort(numbersSaid)
	slices.Sort(sidesSaid)
	return obj{
		"rules": numbersSaid, "sides": sidesSaid, "most": says, "minimal": minimal,
		"because": r.because(func(lang string) []string { return x.says(lang, most, minimal) }),
	}
}

// test makes sure that the demands exclude one another and, where that is claimed, that no fewer of them do.
func (x *clashing) test(minimal bool) {
	floors := map[int]int64{}
	for _, s := range x.sides {
		floors[s] = x.base[s]
	}
	must(!x.has(x.rules, floors), "what is said to be in conflict can be had together")
	if !minimal {
		must(len(x.rules)+len(x.sides) > 1, "one demand alone is no fewer")
		x.leave("conflict", "conflict-not-minimal", "conflict")
		return
	}
	for n := range x.rules {
		must(x.has(slices.Delete(slices.Clone(x.rules), n, n+1), floors) || x.large, "fewer rules are in conflict")
	}
	for _, s := range x.sides {
		delete(floors, s)
		must(x.has(x.rules, floors) || x.large, "fewer sides are in conflict")
		floors[s] = x.base[s]
	}
}

// has reports whether some package keeps rules and gives sides no less than something. Where it cannot tell it notes that.
func (x *clashing) has(rules []int, floors map[int]int64) bool {
	keep, g, floor := map[int]bool{}, x.everybody(nil), slices.Repeat(row{nowhere}, x.Sides)
	for _, k := range rules {
		keep[k] = true
	}
	g.band = 0
	for s, v := range floors {
		g.band |= bandOf(s)
		floor[s] = v
		if x.cap != nil && v > x.cap[s] {
			return false
		}
	}
	choice, known := x.keeping(keep).nashOf(g, floor)
	x.large = x.large || !known
	return choice != nil
}

// most re-checks the most that each side can have while the rest of the conflict is met: it can have that, and no more.
func (x *clashing) most(claimed any) map[int]int64 {
	said, _ := claimed.(obj)
	most, floors := map[int]int64{}, map[int]int64{}
	for _, s := range x.sides {
		floors[s] = x.base[s]
	}
	for _, s := range x.sides {
		words, given := said[x.labels.Sides[s].ID]
		if !given {
			x.leave("conflict", "conflict-not-claimed", "conflict")
			continue
		}
		v := integer(number(words))
		floors[s] = v
		must(x.has(x.rules, floors) || x.large || x.cap != nil && v == x.cap[s], "a side can have what is said")
		floors[s] = v + 1
		must(!x.has(x.rules, floors), "a side can have no more than is said")
		floors[s], most[s] = x.base[s], v
	}
	return most
}

func (x *clashing) says(lang string, most map[int]int64, minimal bool) []string {
	key := "rule.conflict.rules"
	switch {
	case len(x.sides) > 0 && len(x.rules) > 0:
		key = "rule.conflict.both"
	case len(x.sides) == 1:
		key = "rule.conflict.side"
	case len(x.sides) > 0:
		key = "rule.conflict.sides"
	case len(x.rules) == 1:
		key = "rule.conflict.rule"
	}
	if !minimal {
		key += ".some"
	}
	names := x.byName(lang, func(s int) bool { return slices.Contains(x.sides, s) })
	out := []string{x.say(lang, key, "Sides", strings.Join(names, x.say(lang, "deal.and")))}
	for _, k := range x.ruleOrder() {
		if slices.Contains(x.rules, k) {
			out = append(append(out, x.ruleWords(lang, x.Rules[k])), x.givesSays(lang, x.Rules[k])...)
		}
	}
	for _, s := range x.labels.ByName[lang] {
		v, known := most[s]
		if !known {
			continue
		}
		key := "rule.conflict.most"
		if len(x.sides) == 1 {
			key += ".alone"
		}
		out = append(out, x.say(lang, key, "Side", x.sideName(lang, s), "Most", x.onScale(lang, s, v), "Base", x.onScale(lang, s, x.base[s])))
	}
	return out
}

// onScale is a number of points as a decimal part of the side's scale.
func (r *reading) onScale(lang string, side int, points int64) string {
	words, exact := shortly(lang, new(big.Rat).SetFrac(big.NewInt(points), r.scales[side]))
	if !exact {
		return "≈ " + words
	}
	return words
}
