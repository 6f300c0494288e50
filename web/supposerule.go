package web

import (
	"math/big"
	"slices"
	"strings"

	"parley/deal"
	"parley/interest"
)

// supposition is all that is supposed at once: judgements that are otherwise,
// and rules of the table that do not hold.
type supposition struct {
	changes []interest.Assumption
	without []int
}

// supposeRule is a rule that can be dropped.
type supposeRule struct {
	N    int
	Says string
}

// supposeDrop is one list of rules to choose from, with the one chosen.
type supposeDrop struct{ N, Chosen int }

// supposeTurn is what becomes possible, or no longer is, as a sentence.
type supposeTurn struct {
	Kind  string // "gone", "new" or empty
	Words string
}

// supposeRules lists the rules as an answer words them, also before there is one.
func (m *room) supposeRules(a *deal.Answer) []supposeRule {
	var rules []deal.RuleInfo
	switch {
	case a != nil:
		rules = a.Rules
	case m.Table != nil:
		rules = deal.Rules(m.Input())
	}
	var out []supposeRule
	for _, r := range rules {
		out = append(out, supposeRule{r.Number, strings.Join(inLanguage(r.Because, m.lang), " ")})
	}
	return out
}

// drops are the lists of the form: those in use, and at least one where the table
// has rules.
func drops(without []int, rules int) []supposeDrop {
	var out []supposeDrop
	for k := range min(max(1, len(without)), supposeChanges, rules) {
		d := supposeDrop{N: k + 1}
		if k < len(without) {
			d.Chosen = without[k]
		}
		out = append(out, d)
	}
	return out
}

// ruleDropped says which rule is supposed not to hold.
func ruleDropped(v *dealsView, n int) supposeSentence {
	k := slices.IndexFunc(v.Rules, func(r tableRule) bool { return r.N == n })
	if k < 0 {
		return supposeSentence{Words: v.T("suppose.sentence.rule", "N", n)}
	}
	return supposeSentence{v.T("suppose.sentence.rule", "N", n), v.T("suppose.now.rule", "Rule", strings.Join(v.Rules[k].Says, " "))}
}

// turns says what differs between two answers in what can be had at all: whether
// something stands, how many points of the curve fall and appear, and the most
// that each side can have. Where judgements changed, points mean something else
// and are not compared.
func turns(before, after *dealsView, alike bool) []supposeTurn {
	var out []supposeTurn
	say := func(kind, words string) { out = append(out, supposeTurn{kind, words}) }
	switch {
	case before.Conflict != nil && after.Conflict == nil:
		say("new", after.T("suppose.conflict.ends"))
	case before.Conflict == nil && after.Conflict != nil:
		say("gone", after.T("suppose.conflict.begins"))
	}
	if !alike || !before.a.FrontierComplete || !after.a.FrontierComplete {
		return out
	}
	if n := missingFrom(before, after); n > 0 {
		say("gone", after.N("suppose.curve.fall", n))
	}
	if n := missingFrom(after, before); n > 0 {
		say("new", after.N("suppose.curve.appear", n))
	}
	for _, s := range after.m.sides {
		most, other := after.most(string(s.ID)), before.most(string(s.ID))
		if most == nil || other == nil || after.measured(most) == before.measured(other) {
			continue
		}
		key := "suppose.most.hundredths"
		if after.Exact {
			key = "suppose.most.points"
		}
		say("", after.T(key, "Side", s.Name.Words, "Now", after.measured(most), "Before", before.measured(other)))
	}
	return out
}

// measured writes a part of a scale as the table under the picture does.
func (v *dealsView) measured(x *big.Rat) string {
	if !v.Exact {
		return v.hundredths(x)
	}
	return v.words.Decimal(shortest(x))
}

// most is the largest gain of a side on the curve, as a part of its scale; nil
// where there is none.
func (v *dealsView) most(side string) *big.Rat {
	var out *big.Rat
	for _, p := range v.a.Frontier {
		x := v.onScale(side, p.Points[side])
		if out == nil || x.Cmp(out) > 0 {
			out = x
		}
	}
	return out
}

func (v *dealsView) onScale(side string, points int64) *big.Rat {
	return new(big.Rat).Quo(new(big.Rat).SetInt64(points), scaleOf(v.a, side))
}

// missingFrom counts the points of one curve that are not on the other.
func missingFrom(one, other *dealsView) int {
	key := func(v *dealsView, p deal.Point) string {
		var out string
		for _, s := range v.m.sides {
			out += v.onScale(string(s.ID), p.Points[string(s.ID)]).RatString() + " "
		}
		return out
	}
	known := map[string]bool{}
	for _, p := range other.a.Frontier {
		known[key(other, p)] = true
	}
	n := 0
	for _, p := range one.a.Frontier {
		if !known[key(one, p)] {
			n++
		}
	}
	return n
}
