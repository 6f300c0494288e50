package again

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// mostTrials bounds the search for what would newly hold: changed judgements times the square of the moves there are.
const mostTrials = 2_000_000

// strength is what the packages rest on: how each stands against all others, and the judgements that change a conclusion.
func (r *reading) strength() any {
	if r.exact() || r.infeasible() || r.claim["strength"] == nil {
		must(r.claim["strength"] == nil, "points rest on no judgement")
		return nil
	}
	packages := list{}
	for n := range r.proposals {
		packages = append(packages, r.standsHow(n))
	}
	trials := r.trials()
	all := len(trials)*len(r.moves)*len(r.moves) <= mostTrials
	out := obj{"packages": packages, "judgements_complete": all}
	if r.judged == nil { // they rest on the question alone, whatever a bundle claims
		var led []trial
		led, r.walked = r.withoutWalks(trials)
		r.judged = r.judgements(led, all)
	}
	if len(r.walked) > 0 {
		r.leave("strength", "judgements-walked", "judgements")
	}
	return with(out, obj{"judgements": r.amongWalked()})
}

// withoutWalks are the trials about what no trial needs a walk for, and the others by what they are about: where it begins is
// not in the bundle.
func (r *reading) withoutWalks(trials []trial) (led []trial, walked map[string]bool) {
	targets := map[string]bool{}
	walked = map[string]bool{}
	for _, x := range trials {
		if r.walks(x) {
			is, _ := r.supposition(x)
			targets[x.target()], walked[about(plain(is))] = true, true
		}
	}
	return slices.DeleteFunc(slices.Clone(trials), func(x trial) bool { return targets[x.target()] }), walked
}

// about is the judgement that a claim supposes otherwise.
func about(claim any) string {
	return fmt.Sprint(field(claim, "kind"), field(claim, "interest"), field(claim, "side"), field(claim, "statement"))
}

// amongWalked are the judgements that change a conclusion, with those that are claimed of what a walk is needed for.
func (r *reading) amongWalked() list {
	claimed, _ := r.claimed("strength", "judgements").(list)
	if len(r.walked) == 0 {
		return r.judged
	}
	out, rest := list{}, r.judged
	for _, c := range claimed {
		if r.walked[about(c)] {
			out = append(out, c)
		} else if len(rest) > 0 {
			out, rest = append(out, rest[0]), rest[1:]
		}
	}
	return append(out, rest...)
}

// standsHow is what is said of one package: the samples show some rankings under which nothing is better for everyone, or
// none; that it is so under none is shown by another package, which the bundle names; that it is so under all, or not, by
// looking for one that is ever as good.
func (r *reading) standsHow(n int) obj {
	of, label, better := r.proposals[n], "not-seen", []int(nil)
	claim, _ := r.claimed("strength", "packages", n).(obj)
	undecided := claim["undecided"] == true && of.fare[r.Sides+1] == int64(r.Samples)
	switch seen := of.fare[r.Sides+1]; {
	case undecided:
		label = "possibly"
	case seen == int64(r.Samples):
		label = r.standsAlone(n, claim["efficient"])
	case seen > 0:
		label = "possibly"
	case claim["efficient"] == "never":
		label, better = "never", r.better(of.choice, claim["better"])
	}
	says := obj{"efficient": label, "because": r.because(func(lang string) []string {
		out, changed := []string{r.say(lang, "strength.efficient."+label)}, []string{}
		if undecided {
			out = append(out, r.say(lang, "strength.efficient.undecided"))
		}
		for _, m := range r.issuesInFile() {
			if better != nil && better[m.issue] != of.choice[m.issue] {
				m.option = better[m.issue]
				changed = append(changed, r.say(lang, "strength.choice", "Topic", r.topic(lang, m), "Option", r.optionSays(lang, m)))
			}
		}
		if better != nil {
			out = append(out, r.say(lang, "strength.better", "Changes", strings.Join(changed, "; ")))
		}
		return out
	})}
	if undecided {
		says["undecided"] = true
	}
	if better != nil {
		says["better"] = r.choices(better)
	}
	return says
}

// standsAlone is whether a package that every sample finds efficient is so necessarily, or possibly at least. What takes too
// much work is taken over as it is claimed; that it is so possibly holds in any case.
func (r *reading) standsAlone(n int, claim any) string {
	if r.alone == nil {
		r.alone = map[int]string{}
	}
	if r.alone[n] == "" {
		r.alone[n] = "possibly"
		none := false
		if !within(func() { none = r.necessary(r.proposals[n].choice) }) {
			r.alone[n] = "unknown"
		} else if none {
			r.alone[n] = "necessarily"
		}
	}
	if r.alone[n] != "unknown" {
		return r.alone[n]
	}
	if claim == "necessarily" {
		r.leave("strength", "necessarily", fmt.Sprintf("standing %d", n+1))
		return "necessarily"
	}
	return "possibly"
}

// better is a claimed package by which nobody can lose in place of another, and somebody gains.
func (r *reading) better(than []int, claim any) []int {
	names, _ := claim.(obj)
	choice := make([]int, len(r.Issues))
	for i, l := range r.labels.Issues {
		choice[i] = -1
		for k, o := range l.Options {
			if o.ID == names[l.ID] {
				choice[i] = k
			}
		}
		must(choice[i] >= 0, "an option of every issue")
	}
	sum, more := r.between(than, choice), int64(0)
	for n, v := range sum {
		more += v * int64(max(1, r.tier[n]))
	}
	must(r.broken(choice) == nil && r.never(sum) && more > 0, "another package serves everyone at least as well")
	return choice
}

// trial is one judgement supposed otherwise: the rank of an interest (side -1), a part in it, or (interest -1) what a side
// says about its weights, which is dropped.
type trial struct {
	interest, side, to, steps int
}

// whose is the side whose register says otherwise.
func (r *reading) whose(x trial) int {
	if x.interest < 0 {
		return x.side
	}
	return r.side[x.interest]
}

// weighs reports whether a trial changes weights, and not a part.
func (x trial) weighs() bool { return x.interest < 0 || x.side < 0 }

// trials are the changes of single judgements, smallest first: of every rank, of the parts that play a role on the table, of
// what is said about weights.
func (r *reading) trials() (out []trial) {
	parts := map[[2]int]bool{}
	read := func(effects []effect) {
		for _, e := range effects {
			for _, s := range slices.Concat(e.gain, e.loss) {
				parts[[2]int{e.interest, s}] = true
			}
		}
	}
	for _, is := range r.effects {
		for _, o := range is {
			read(o)
		}
	}
	for _, effects := range r.joint {
		read(effects)
	}
	for n, own := range r.tier {
		for t := 3; t > 0; t-- {
			tier := slices.Clone(r.tier)
			tier[n] = t
			steps := max(own-t, t-own)
			if own == 0 {
				steps = 1
			}
			if b := r.believes(r.side[n], tier); t != own && (b == nil || !b.impossible) {
				out = append(out, trial{n, -1, t, steps})
			}
		}
		for s := range r.Sides {
			for k, v := range r.scale {
				steps := 0
				for _, w := range r.scale {
					if v <= w && w < r.parts[n][s][0] || r.parts[n][s][1] < w && w <= v {
						steps++
					}
				}
				if parts[[2]int{n, s}] && steps > 0 {
					out = append(out, trial{n, s, k, steps})
				}
			}
		}
	}
	for k, w := range r.Weights {
		out = append(out, trial{-1, w.Side, k, 1})
	}
	slices.SortStableFunc(out, func(a, b trial) int { return a.steps - b.steps })
	return out
}

// supposed is the proof with one judgement otherwise, but for the central weights.
func (r *reading) supposed(x trial) *proof {
	p := *r.proof
	switch {
	case x.interest < 0:
		p.Weights, p.beliefs = slices.Delete(slices.Clone(p.Weights), x.to, x.to+1), map[string]*beliefs{}
	case x.side < 0:
		p.tier = slices.Clone(p.tier)
		p.tier[x.interest] = x.to
	default:
		p.parts = slices.Clone(p.parts)
		p.parts[x.interest] = slices.Clone(p.parts[x.interest])
		v := p.scale[x.to]
		p.parts[x.interest][x.side] = [2]int64{v, v}
	}
	return &p
}

// under is the table with one judgement supposed otherwise.
func (r *reading) under(x trial) *reading {
	p, side := r.supposed(x), r.whose(x)
	if p.means[side] != nil && x.weighs() {
		p.means = slices.Clone(p.means)
		p.means[side] = nil
		if b := p.believes(side, p.tier); b != nil {
			p.means[side] = drawn(b).mean(b)
		}
	}
	return p.read(r.full)
}

// walks reports whether the weights supposed would have to be walked to.
func (r *reading) walks(x trial) bool {
	side := r.whose(x)
	if !x.weighs() || x.interest < 0 && r.ways[side].pool == nil {
		return false // fewer statements keep more, and parts are none of the weights
	}
	p := r.supposed(x)
	b := p.believes(side, p.tier)
	return b != nil && drawn(b).rare()
}

// consequence is a swap, a first step or packages, as an answer has it and as people read it.
type consequence struct {
	key, kind string
	is        obj
	says      func(lang string) string
}

func (r *reading) swapFalls(set []move) consequence {
	is := obj{"kind": "swap", "moves": r.moved(set)}
	return consequence{fmt.Sprint("swap ", set), "swap", is, func(lang string) string {
		var out []string
		for _, m := range set {
			for _, s := range r.option(m).Movers {
				topic := r.say(lang, "deal.quoted", "Words", r.topic(lang, m))
				out = append(out, r.say(lang, "strength.move", "Side", r.sideName(lang, s), "Topic", topic))
			}
		}
		return strings.Join(out, "; ")
	}}
}

func (r *reading) stepFalls(m move) consequence {
	return consequence{fmt.Sprint("quick-win ", m), "quick-win", with(r.name(m), obj{"kind": "quick-win"}), func(lang string) string {
		return r.say(lang, "deal.quoted", "Words", r.topic(lang, m))
	}}
}

func (r *reading) packagesFall(numbers []int) consequence {
	return consequence{"", "packages", obj{"kind": "packages", "deals": numbers}, func(string) string {
		var out []string
		for _, n := range numbers {
			out = append(out, strconv.Itoa(n))
		}
		return strings.Join(out, ", ")
	}}
}

// judgements tries every one, and keeps those that change a conclusion which no smaller change of the same judgement does.
func (r *reading) judgements(trials []trial, all bool) list {
	type judgement struct {
		weight int
		steps  int
		says   obj
	}
	var found []judgement
	told := map[string]bool{}
	for _, x := range trials {
		other := r.under(x)
		ends, begins := r.consequences(other, x, all)
		fresh := func(of []consequence) []consequence {
			return slices.DeleteFunc(of, func(c consequence) bool {
				key := x.target() + c.key
				was := told[key]
				told[key] = true
				return was
			})
		}
		var fall []int
		for _, n := range r.fallen(other) {
			if key := fmt.Sprint(x.target(), "packages", n); !told[key] {
				told[key], fall = true, append(fall, n)
			}
		}
		ends, begins = fresh(ends), fresh(begins)
		j := judgement{1, x.steps, nil}
		if len(ends)+len(begins) > 0 {
			j.weight = 0
		}
		if fall != nil {
			ends = append(ends, r.packagesFall(fall))
		}
		if len(ends)+len(begins) > 0 {
			j.says = r.judgementSays(x, ends, begins)
			found = append(found, j)
		}
	}
	slices.SortStableFunc(found, func(a, b judgement) int { return cmp.Or(a.steps-b.steps, a.weight-b.weight) })
	out := list{}
	for _, j := range found {
		out = append(out, j.says)
	}
	return out
}

// consequences are the swaps and first steps that end and begin under another table.
func (r *reading) consequences(other *reading, x trial, all bool) (ends, begins []consequence) {
	var held [][]move
	for _, set := range r.swaps {
		if other.serves(set) && other.broken(other.after(set)) == nil {
			held = append(held, set)
		} else {
			ends = append(ends, r.swapFalls(set))
		}
	}
	if all {
		other.moves = r.moves
		about := []int{x.interest}
		if side := r.whose(x); r.means[side] != nil && x.weighs() {
			about = r.of[side] // all of its weights hang together
		}
		for _, set := range other.findSwaps(held, func(m move) bool { return other.touches(m, about) }) {
			begins = append(begins, r.swapFalls(set))
		}
	}
	now := r.inFile(r.wins)
	for _, m := range now {
		if !other.firstStep(m) {
			ends = append(ends, r.stepFalls(m))
		}
	}
	for i, is := range r.Issues {
		for k, o := range is.Options {
			if m := (move{i, k}); o.Act && !slices.Contains(now, m) && other.firstStep(m) {
				begins = append(begins, r.stepFalls(m))
			}
		}
	}
	return ends, begins
}

// serves reports whether at least two sides move, nobody can lose and all who move gain.
func (r *reading) serves(set []move) bool {
	movers, sum := map[int]bool{}, r.least(set)
	for _, m := range set {
		for _, s := range r.option(m).Movers {
			movers[s] = true
		}
	}
	for s := range r.Sides {
		if may, gains := r.loses(s, sum, r.tier); may != nil || movers[s] && !gains {
			return false
		}
	}
	return len(movers) >= 2
}

// touches reports whether a move does anything to some of these interests, by itself or together with others.
func (r *reading) touches(m move, interests []int) bool {
	return r.joins(m, interests) || slices.ContainsFunc(slices.Concat(r.effects[m.issue][m.option], r.effects[m.issue][0]),
		func(e effect) bool { return slices.Contains(interests, e.interest) })
}

// fallen are the numbers of the packages that are no longer mutual or efficient under another table.
func (r *reading) fallen(other *reading) (out []int) {
	for n, x := range r.proposals {
		if other.broken(x.choice) != nil || !other.mutual(x.choice) || !other.table.efficient(x.choice, x.choice, other.base, &rivals{}) {
			out = append(out, n+1)
		}
	}
	return out
}

// target is what a trial supposes otherwise, whatever it is to be.
func (x trial) target() string {
	if x.interest < 0 {
		return fmt.Sprint(x.interest, x.side, x.to, " ")
	}
	return fmt.Sprint(x.interest, x.side, " ")
}

func (r *reading) judgementSays(x trial, ends, begins []consequence) obj {
	out, supposed := r.supposition(x)
	for name, all := range map[string][]consequence{"ends": ends, "begins": begins} {
		is := list{}
		for _, c := range all {
			is = append(is, c.is)
		}
		out[name] = is
	}
	return with(out, obj{"because": r.because(func(lang string) []string {
		says := []string{supposed(lang)}
		for _, c := range ends {
			says = append(says, r.say(lang, "strength.ends."+c.kind, "What", c.says(lang)))
		}
		for _, c := range begins {
			says = append(says, r.say(lang, "strength.begins."+c.kind, "What", c.says(lang)))
		}
		return says
	})})
}

// supposition is what a trial supposes, as an answer has it and as people read it.
func (r *reading) supposition(x trial) (obj, func(lang string) string) {
	whose := r.whose(x)
	if x.interest < 0 {
		says := r.weighingSays(r.Weights[x.to])
		is := obj{"kind": "weights", "side": r.labels.Sides[whose].ID, "statement": says, "from": "stated", "to": "dropped", "steps": x.steps}
		return is, func(lang string) string { return r.notSaid(lang, r.Weights[x.to]) }
	}
	l := r.labels.Interests[x.interest]
	if x.side < 0 {
		from, to := tierWords[r.tier[x.interest]], tierWords[x.to]
		return obj{"kind": "tier", "interest": l.ID, "from": from, "to": to, "steps": x.steps}, func(lang string) string {
			return r.say(lang, "strength.if.tier", "Side", r.sideName(lang, whose), "Title", in(l.Title, lang),
				"From", r.say(lang, "deal.tier."+from), "To", r.say(lang, "deal.tier."+to))
		}
	}
	from, to := l.Parts[x.side], partWords[x.to]
	is := obj{"kind": "role", "interest": l.ID, "side": r.labels.Sides[x.side].ID, "from": from, "to": to, "steps": x.steps}
	return is, func(lang string) string {
		return r.say(lang, "strength.if.role", "Side", r.sideName(lang, whose), "Title", in(l.Title, lang), "Other", r.sideName(lang, x.side),
			"From", r.partSays(lang, from), "To", r.partSays(lang, to))
	}
}

// notSaid supposes that a side said nothing of how interests of its own compare.
func (r *reading) notSaid(lang string, w weighing) string {
	var sums [2][]string
	for _, x := range w.Terms {
		times, at := rat(x.Times), 0
		if times.Sign() < 0 {
			times, at = times.Neg(times), 1
		}
		words := r.say(lang, "deal.quoted", "Words", in(r.labels.Interests[x.Interest].Title, lang))
		if times.Cmp(big.NewRat(1, 1)) != 0 {
			words = r.say(lang, "strength.times", "Times", times.RatString(), "What", words)
		}
		sums[at] = append(sums[at], words)
	}
	key := "strength.if.weights"
	if len(sums[0]) > 1 {
		key = "strength.if.weights.together"
	}
	return r.say(lang, key, "Side", r.sideName(lang, w.Side), "More", strings.Join(sums[0], " + "), "Than", strings.Join(sums[1], " + "))
}

// partSays is a part, or a range of parts, as people read it.
func (r *reading) partSays(lang, word string) string {
	if low, high, ok := strings.Cut(word, "-"); ok {
		return r.say(lang, "deals.role.range", "Low", r.say(lang, "deals.role."+low), "High", r.say(lang, "deals.role."+high))
	}
	return r.say(lang, "deals.role."+word)
}
