package again

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
)

// statements are all kinds of statement that an answer makes, each with the
// derivation that it is compared with.
var statements = []struct {
	name   string
	derive func(r *reading) any
}{
	{"question", (*reading).about},
	{"table", (*reading).wholeTable},
	{"serve", (*reading).serve},
	{"frontier", (*reading).frontier},
	{"exact", (*reading).unrounded},
	{"space", func(r *reading) any {
		n := big.NewInt(1)
		for _, o := range r.table.issues {
			n.Mul(n, big.NewInt(int64(len(o))))
		}
		return obj{"issues": len(r.table.issues), "packages": n.String()}
	}},
	{"baseline_package", func(r *reading) any { return obj{"choices": r.choices(r.at), "points": r.points(r.base)} }},
	{"frontier_complete", func(r *reading) any { return !r.cut }},
	{"frontier_gap", (*reading).gap},
	{"cover", (*reading).cover},
	{"conflict", (*reading).conflict},
	{"representatives", (*reading).representatives},
	{"solutions", func(r *reading) any { return r.fair }},
	{"opposition", func(r *reading) any {
		if r.opposition == nil {
			return nil
		}
		n := new(big.Int).Mul(r.opposition.Num(), big.NewInt(400_000_000))
		root := n.Sqrt(n.Div(n, r.opposition.Denom())).Int64()
		return decimal(big.NewRat((root+1)/2, 10_000))
	}},
	{"integrative_potential", func(r *reading) any {
		if r.integrative == nil {
			return nil
		}
		return decimal(r.integrative)
	}},
	{"quick_wins", func(r *reading) any {
		out := list{}
		for _, m := range r.inFile(r.wins) {
			l := r.labels.Issues[m.issue].Options[m.option]
			out = append(out, with(r.name(m), obj{"act": l.Act, "actors": l.Actors, "proof": r.shown(r.least([]move{m}), r.claimed("quick_wins", len(out), "proof")), "because": r.because(r.freeSays(m))}))
		}
		return out
	}},
	{"same_direction", func(r *reading) any {
		out := list{}
		for _, m := range r.inFile(r.same) {
			out = append(out, r.name(m))
		}
		return out
	}},
	{"swaps", func(r *reading) any {
		out := list{}
		for _, set := range r.swaps {
			out = append(out, obj{
				"moves": r.moved(set), "proof": r.shown(r.least(set), r.claimed("swaps", len(out), "proof")), "flips_if": r.flips(set),
				"not_at_the_table": r.absent(set), "because": r.because(r.swapSays(set)), "counted_once": r.once(set),
			})
		}
		return out
	}},
	{"deals", (*reading).deals},
	{"strength", (*reading).strength},
	{"roadmaps", (*reading).roadmaps},
	{"formats", (*reading).formats},
	{"undecided", func(r *reading) any { u, _ := r.undecided(); return u }},
	{"undecided_why", func(r *reading) any { _, why := r.undecided(); return why }},
	{"choices", (*reading).choiceShares},
	{"issues", (*reading).issues},
	{"rules", (*reading).ruleSays},
	{"changes_with_stakes", (*reading).changes},
	{"warnings", func(r *reading) any { return r.warnings() }},
	{"warning_text", func(r *reading) any {
		return r.because(func(lang string) []string {
			out := []string{}
			for _, code := range r.warnings() {
				out = append(out, r.say(lang, "deal.warning."+strings.ReplaceAll(code, " ", "-")))
			}
			return out
		})
	}},
}

// byWitness are the statements that hold choices among equals: these are taken from what the bundle claims, and what is
// said of them is derived.
var byWitness = []string{"frontier_gap", "cover", "conflict", "strength", "roadmaps", "formats"}

// decimal is a fraction rounded half up to four digits.
func decimal(v *big.Rat) json.Number {
	twice := new(big.Rat).Add(mul(v, big.NewRat(10_000, 1)), big.NewRat(1, 2))
	n := new(big.Int).Div(twice.Num(), twice.Denom())
	sign := map[int]string{-1: "-"}[n.Sign()]
	n.Abs(n)
	return json.Number(fmt.Sprintf("%s%d.%04d", sign, n.Int64()/10_000, n.Int64()%10_000))
}

// share is n of den, to six digits; null where nothing was sampled.
func share(n, den int64) any {
	if den == 0 {
		return nil
	}
	v := (2*n*1_000_000 + den) / (2 * den)
	return json.Number(strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%d.%06d", v/1_000_000, v%1_000_000), "0"), "."))
}

func with(a, b obj) obj { maps.Copy(a, b); return a }

func (r *reading) about() any {
	roles, scales, base := obj{"unknown": "[" + r.labels.Unstated[0] + ", " + r.labels.Unstated[1] + "]"}, obj{}, r.Baseline
	for k, w := range r.RoleScale {
		roles[partWords[k]] = w
	}
	for s, u := range r.scales {
		scales[r.labels.Sides[s].ID] = u.String()
	}
	if r.at == nil {
		base = "disagreement"
	}
	return obj{
		"sha256": r.sha256, "engine": r.Engine, "seed": r.Seed, "samples": r.Samples, "stakes": r.Stakes,
		"baseline": base, "scale": scales, "roles": roles,
	}
}

func (p *proof) name(m move) obj {
	l := p.labels.Issues[m.issue]
	return obj{"topic": l.ID, "option": l.Options[m.option].ID}
}

// inFile sorts moves as the file has their issues.
func (p *proof) inFile(set []move) []move {
	return slices.SortedStableFunc(slices.Values(set), func(a, b move) int {
		return p.labels.Issues[a.issue].Place - p.labels.Issues[b.issue].Place
	})
}

func (p *proof) moved(set []move) list {
	out := list{}
	for _, m := range set {
		for _, s := range p.option(m).Movers {
			out = append(out, with(p.name(m), obj{"side": p.labels.Sides[s].ID}))
		}
	}
	return out
}

// absent are those whom the moves affect without a seat at the table.
func (p *proof) absent(set []move) []text {
	out := []text{}
	for _, m := range p.inFile(set) {
		for _, who := range p.labels.Issues[m.issue].Affects {
			if !slices.ContainsFunc(out, func(o text) bool { return in(o, "en") == in(who, "en") }) {
				out = append(out, who)
			}
		}
	}
	return out
}

// once are the interests at stake in several topics, of which the moves touch one.
func (r *reading) once(set []move) []string {
	out := []string{}
	for _, m := range set {
		for _, e := range r.option(m).Effects {
			if r.full == 0 && rat(e.Stake).Cmp(big.NewRat(1, 1)) < 0 {
				out = append(out, r.labels.Interests[e.Interest].ID)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// sampled finds the Nash package of every sample, and from it what prevails and what is undecided.
func (r *reading) count() {
	r.size, r.core, r.why = map[move]int64{}, make([]int, len(r.Issues)), make([]string, len(r.Issues))
	r.share = map[move]int64{}
	raw := map[move]int64{}
	for _, choice := range r.nash {
		for i, k := range choice {
			raw[move{i, k}]++
		}
	}
	class := map[move][][2]int{}
	for _, c := range r.alike {
		for _, m := range c {
			class[move{m[0], m[1]}] = c
		}
	}
	for i, is := range r.Issues {
		r.core[i] = -1
		prevails := r.draws == 0
		for k := range is.Options {
			m := move{i, k}
			c := class[m]
			if c == nil {
				c = [][2]int{{i, k}}
			}
			for _, o := range c {
				r.share[m] += raw[move{o[0], o[1]}]
			}
			r.size[m] = int64(len(c) * r.draws)
			prevails = prevails || 10*r.share[m] >= 6*r.size[m]
			if r.draws > 0 && 10*r.share[m] >= 9*r.size[m] {
				r.core[i] = k
			}
		}
		if is.Contested {
			r.why[i], r.core[i] = "vital-to-both", -1
		} else if !prevails {
			r.why[i] = "no-option-prevails"
		}
	}
}

func (r *reading) undecided() (list, obj) {
	out, why := list{}, obj{}
	for _, m := range r.issuesInFile() {
		if w := r.why[m.issue]; w != "" {
			id := r.labels.Issues[m.issue].ID
			out, why[id] = append(out, id), w
		}
	}
	return out, why
}

func (p *proof) issuesInFile() (all []move) {
	for i := range p.Issues {
		all = append(all, move{i, 0})
	}
	return p.inFile(all)
}

// optionsInFile are the options of an issue as the file has them.
func (p *proof) optionsInFile(issue int) []int {
	of := p.labels.Issues[issue].Options
	out := make([]int, len(of))
	for k, o := range of {
		out[o.Place] = k
	}
	return out
}

func (r *reading) choiceShares() any {
	out := list{}
	for _, m := range r.issuesInFile() {
		for _, m.option = range r.optionsInFile(m.issue) {
			out = append(out, with(r.name(m), obj{"nash_share": share(r.share[m], r.size[m])}))
		}
	}
	return out
}

func (r *reading) issues() any {
	out := list{}
	for _, m := range r.issuesInFile() {
		is, options := r.Issues[m.issue], list{}
		for _, k := range r.optionsInFile(m.issue) {
			o := is.Options[k]
			l := r.labels.Issues[m.issue].Options[k]
			options = append(options, obj{
				"option": l.ID, "title": l.Title, "movers": r.ids(o.Movers), "actors": r.ids(o.Actors), "free": o.Free,
				"baseline": r.at != nil && r.at[m.issue] == k, "points": r.points(r.table.issues[m.issue][k]),
			})
		}
		out = append(out, obj{"topic": r.labels.Issues[m.issue].ID, "relation": is.Relation, "written": is.Written, "options": options})
	}
	return out
}

func (p *proof) option(m move) optionData { return p.Issues[m.issue].Options[m.option] }

func (p *proof) ids(sides []int) []string {
	out := []string{}
	for _, s := range sides {
		out = append(out, p.labels.Sides[s].ID)
	}
	return out
}

// changes are the conclusions that hold under one reading of the stakes alone.
func (r *reading) changes() any {
	out := list{}
	for i, a := range r.readings {
		b := r.readings[1-i]
		stakes := []string{"split", "full"}[a.full]
		for _, m := range a.wins {
			if !slices.Contains(b.wins, m) {
				out = append(out, with(r.name(m), obj{"kind": "quick-win", "stakes": stakes}))
			}
		}
		for _, set := range a.swaps {
			if !slices.ContainsFunc(b.swaps, func(o []move) bool { return slices.Equal(o, set) }) {
				out = append(out, obj{"kind": "swap", "stakes": stakes, "moves": r.moved(set)})
			}
		}
		for _, m := range r.issuesInFile() {
			if k := a.core[m.issue]; k >= 0 && b.core[m.issue] != k {
				out = append(out, with(r.name(move{m.issue, k}), obj{"kind": "core", "stakes": stakes}))
			}
			if a.why[m.issue] != "" && b.why[m.issue] == "" {
				out = append(out, obj{"kind": "undecided", "stakes": stakes, "topic": r.labels.Issues[m.issue].ID})
			}
		}
	}
	return out
}

func (r *reading) warnings() []string {
	out := []string{}
	none := len(r.fair["nash"].([]int)) == 0
	stopped := r.cut && none && r.warned("nash search stopped at its bound")
	for _, w := range []struct {
		says bool
		code string
	}{
		{r.RestingRules > 0, "rule without effect"}, {r.rounded, "values rounded"}, {r.unkept(), "status quo breaks a rule"}, {r.LooseActs > 0, "act without an option"}, {r.Forced, "canonical order cut short"},
		{r.cut && !r.whole && len(r.Rules) == 0, tooLarge}, {r.cut && !r.whole && len(r.Rules) > 0, notComplete},
		{r.infeasible(), "no package keeps every rule"},
		{none && !r.infeasible() && !stopped, "no package at or above the baseline"}, {stopped, "nash search stopped at its bound"},
		{r.whole || r.cut && r.warned(tooLong), tooLong},
	} {
		if w.says {
			out = append(out, w.code)
		}
	}
	return out
}
