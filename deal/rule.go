package deal

import (
	"math/big"
	"slices"

	"parley/engine/pareto"
	"parley/interest"
)

// Kinds of rules.
const (
	kindRequires = "requires"
	kindExcludes = "excludes"
	kindRefuses  = "refuses"
	kindNotBelow = "not-below"
	kindTogether = "together"
)

// tableRule is a rule of the table with everything by its number. Of packages in
// which all of when hold it demands what pareto.Rule does, or it gives effects
// or points to them.
type tableRule struct {
	kind    string
	side    int // whose line it is, -1 where it is nobody's
	entry   int // the interest that must not fall, -1 where there is none
	when    []pareto.Literal
	of      []pareto.Literal
	atLeast int
	effects []effect   // of options together
	points  []*big.Rat // in a table of points, by side
}

// joins reports whether the rule gives something to options that come together.
func (u *tableRule) joins() bool { return u.kind == kindTogether }

// addRules turns the rules of the file into numbers.
func (b *builder) addRules() {
	if b.in.Written == nil {
		return
	}
	ids := map[interest.TopicID][]string{}
	at := map[interest.TopicID]int{}
	for i, is := range b.t.issues {
		at[is.topic] = i
		for _, o := range is.options {
			ids[is.topic] = append(ids[is.topic], o.id)
		}
	}
	r := ruleReader{b, ids, at}
	for k := range b.in.Written.Rules {
		if b.in.Written.Rules[k].Aside {
			continue
		}
		if u, ok := r.rule(&b.in.Written.Rules[k]); ok {
			b.t.rules = append(b.t.rules, u)
			b.t.ruleNumbers = append(b.t.ruleNumbers, k+1)
		} else {
			b.t.restingRules++
		}
	}
}

type ruleReader struct {
	b   *builder
	ids map[interest.TopicID][]string
	at  map[interest.TopicID]int
}

// rule is a rule by numbers, if all it names is on the table and can hold.
func (r ruleReader) rule(w *Rule) (u tableRule, ok bool) {
	u = tableRule{side: -1, entry: -1, atLeast: 1}
	switch {
	case len(w.Requires) > 0:
		u.kind = kindRequires
		if u.when, ok = r.all([]OptionRef{w.Option}); !ok {
			return u, false
		}
		if u.of, ok = r.each(w.Requires); !ok {
			return u, false
		}
		if u.atLeast = len(u.of); w.AtLeast > 0 {
			u.atLeast = min(w.AtLeast, len(u.of))
		}
	case len(w.Excludes) > 0:
		u.kind = kindExcludes
		if u.when, ok = r.all([]OptionRef{w.Option}); !ok {
			return u, false
		}
		others, ok := r.each(w.Excludes)
		if !ok {
			return u, false
		}
		u.of, u.atLeast = r.none(others)
	case w.Refuses != OptionRef{}:
		u.kind, u.side = kindRefuses, r.b.sideIndex(w.Side)
		u.when, ok = r.all(append([]OptionRef{w.Refuses}, w.When...))
		return u, ok
	case w.NotBelow != "":
		u.kind, u.side = kindNotBelow, r.b.sideIndex(w.Side)
		if u.entry, ok = r.b.entryOf[w.NotBelow]; !ok {
			return u, false
		}
		u.when, ok = r.all(w.When)
		return u, ok
	default:
		u.kind = kindTogether
		if u.when, ok = r.all(w.Together); !ok {
			return u, false
		}
		r.gives(w, &u)
	}
	return u, true
}

// literal is one reference by numbers.
func (r ruleReader) literal(ref OptionRef) (pareto.Literal, bool) {
	at, _, ok := ref.Among(r.ids[ref.Topic])
	if !ok {
		return pareto.Literal{}, false
	}
	return pareto.Literal{Issue: r.at[ref.Topic], Options: at}, true
}

// each lists the literals of several references, each once, in order.
func (r ruleReader) each(refs []OptionRef) ([]pareto.Literal, bool) {
	var out []pareto.Literal
	for _, ref := range refs {
		l, ok := r.literal(ref)
		if !ok {
			return nil, false
		}
		out = append(out, l)
	}
	return sortLiterals(out), true
}

// all is the conjunction of references: one literal an issue. It is not ok where
// it can never hold.
func (r ruleReader) all(refs []OptionRef) ([]pareto.Literal, bool) {
	each, ok := r.each(refs)
	if !ok {
		return nil, false
	}
	var out []pareto.Literal
	for _, l := range each {
		last := len(out) - 1
		if last < 0 || out[last].Issue != l.Issue {
			out = append(out, l)
			continue
		}
		outside := func(k int) bool { return !slices.Contains(l.Options, k) }
		out[last].Options = slices.DeleteFunc(slices.Clone(out[last].Options), outside)
		if len(out[last].Options) == 0 {
			return nil, false
		}
	}
	return out, true
}

// none demands that none of the literals holds: of every issue another option.
// Where an issue has no other option nothing can satisfy it.
func (r ruleReader) none(others []pareto.Literal) (of []pareto.Literal, atLeast int) {
	for i := range r.b.t.issues {
		var named []int
		for _, l := range others {
			if l.Issue == i {
				named = append(named, l.Options...)
			}
		}
		if named == nil {
			continue
		}
		var rest []int
		for k := range r.b.t.issues[i].options {
			if !slices.Contains(named, k) {
				rest = append(rest, k)
			}
		}
		if rest == nil {
			return nil, 1
		}
		of = append(of, pareto.Literal{Issue: i, Options: rest})
	}
	return of, len(of)
}

// gives adds what options do together. An interest is at stake in it as far as
// it is in the issues that are joined, and whole where none of them touches it.
func (r ruleReader) gives(w *Rule, u *tableRule) {
	for _, we := range w.Effects {
		n, counts := r.b.entryOf[we.Interest]
		if !counts {
			continue
		}
		u.effects = append(u.effects, effect{
			entry: n, stake: r.joined(n, u.when), base: we.Value.Rat(), factor: new(big.Rat),
		})
	}
	if !r.b.t.exact {
		return
	}
	for _, s := range r.b.t.sides {
		value := new(big.Rat)
		for _, p := range w.Points {
			if p.Side == s {
				value = p.Value.Rat()
			}
		}
		u.points = append(u.points, value)
	}
}

func (r ruleReader) joined(entry int, all []pareto.Literal) *big.Rat {
	sum := new(big.Rat)
	for _, l := range all {
		var here *big.Rat
		for _, o := range r.b.t.issues[l.Issue].options {
			for _, e := range o.effects {
				if e.entry == entry {
					here = e.stake
				}
			}
		}
		if here != nil {
			sum.Add(sum, here)
		}
	}
	whole := big.NewRat(1, 1)
	if sum.Sign() == 0 || sum.Cmp(whole) > 0 {
		return whole
	}
	return sum
}

func sortLiterals(all []pareto.Literal) []pareto.Literal {
	slices.SortFunc(all, compareLiterals)
	return slices.CompactFunc(all, func(a, b pareto.Literal) bool { return compareLiterals(a, b) == 0 })
}

func compareLiterals(a, b pareto.Literal) int {
	if a.Issue != b.Issue {
		return a.Issue - b.Issue
	}
	return slices.Compare(a.Options, b.Options)
}

// renumber is the rule with issues, options, sides and interests renumbered.
func (u *tableRule) renumber(by *order, issue []int, option [][]int, side, entryAt []int) tableRule {
	literals := func(old []pareto.Literal) []pareto.Literal {
		var out []pareto.Literal
		for _, l := range old {
			out = append(out, pareto.Literal{Issue: issue[l.Issue], Options: renumbered(l.Options, option[l.Issue])})
		}
		return sortLiterals(out)
	}
	n := *u
	n.when, n.of, n.effects, n.points = literals(u.when), literals(u.of), nil, nil
	if u.side >= 0 {
		n.side = side[u.side]
	}
	if u.entry >= 0 {
		n.entry = entryAt[u.entry]
	}
	for _, e := range u.effects {
		e.entry = entryAt[e.entry]
		n.effects = append(n.effects, e)
	}
	slices.SortStableFunc(n.effects, func(a, b effect) int { return a.entry - b.entry })
	if u.points != nil {
		for _, s := range by.sides {
			n.points = append(n.points, u.points[s])
		}
	}
	return n
}
