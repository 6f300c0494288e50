package deal

import (
	"context"
	"errors"
	"slices"

	"parley/engine/bargain"
	"parley/engine/pareto"
	"parley/fault"
)

// WhyNot says why a package is not proposed: every reason that was found true,
// the shortest first. Without a reason nothing speaks against the package; other
// packages may still be more balanced.
type WhyNot struct {
	Package  Package             `json:"package"`
	Baseline Package             `json:"baseline_package"`
	Open     []string            `json:"open"`    // topics that were left open and filled in by the most balanced choice
	Reasons  []Reason            `json:"reasons"` // none: nothing speaks against it
	Fares    *Fares              `json:"fares,omitempty"`
	Balanced *Package            `json:"balanced,omitempty"` // the package that fair rules pick under the central weights
	Changes  []Choice            `json:"changes"`            // what it does otherwise than Package
	Because  map[string][]string `json:"because"`
}

// Fares is how a package fares over the sampled weightings.
type Fares struct {
	Acceptable map[string]Share `json:"acceptable"` // by side, and "all"
	Efficient  Share            `json:"efficient"`
}

// Kinds of reasons, in the order in which they are told.
const (
	BreaksRules = "breaks-rules" // rules and, where topics are open, choices that cannot hold together
	AlwaysWorse = "always-worse" // a side is worse off than at the baseline under every ranking and part
	Improvable  = "improvable"   // another package is at least as good for everyone: under every ranking, or under the central weights
	Worse       = "worse"        // a side is below the baseline under the central weights
)

// Reason is one true reason against a package.
type Reason struct {
	Kind    string              `json:"kind"`
	Rules   []int               `json:"rules,omitempty"`   // numbers, see RuleInfo
	Choices []Choice            `json:"choices,omitempty"` // of the package: those that cannot stand together, none of which can be left out
	Side    string              `json:"side,omitempty"`
	Share   *Share              `json:"share,omitempty"`   // of the weightings in which it holds; nil where nothing was sampled
	Always  bool                `json:"always,omitempty"`  // it holds under every ranking and part
	Better  *Package            `json:"better,omitempty"`  // a package that is at least as good for everyone, with the fewest changes
	Changes []Choice            `json:"changes,omitempty"` // what Better does otherwise
	Because map[string][]string `json:"because"`
}

// ExplainPackage says why a package is not proposed, or that nothing speaks
// against it. Choices name an option for every topic; a topic left out stays as
// in the baseline, an empty option leaves the topic open. A topic or an option that does
// not exist is fault.Invalid.
func ExplainPackage(ctx context.Context, q *Question, run Run, choices map[string]string) (*WhyNot, error) {
	s := newSearch(q, run)
	choice, open, err := s.composed(choices)
	if err != nil {
		return nil, err
	}
	x := &explaining{search: s, r: s.readings[0], choice: choice, out: &WhyNot{Open: []string{}, Reasons: []Reason{}, Changes: []Choice{}}}
	x.out.Baseline = Package{Choices: map[string]string{}, Points: s.points64(x.r.base)}
	if x.r.baseline != nil {
		x.out.Baseline.Choices = s.choices(x.r.baseline)
	}
	for _, step := range []func(context.Context) error{
		func(ctx context.Context) error { return x.fillOpen(ctx, open) }, x.brokenRules, x.fares, x.worse, x.improvable, x.balanced,
	} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	x.out.Package = x.pack(x.choice)
	slices.SortStableFunc(x.out.Reasons, func(a, b Reason) int { return a.rank() - b.rank() })
	x.say()
	return x.out, nil
}

// explaining is the work on one package, in canonical numbers.
type explaining struct {
	*search
	r      *reading
	choice []int
	broken bool // it is not feasible, so that gains are beside the point
	out    *WhyNot
}

func (r *Reason) rank() int {
	order := []string{BreaksRules, AlwaysWorse, Improvable, Worse}
	n := slices.Index(order, r.Kind)
	if r.Kind == Improvable && !r.Always {
		n = len(order) // a reason under every ranking goes before one under the central weights
	}
	return n
}

// composed turns names into canonical numbers.
func (s *search) composed(choices map[string]string) (choice []int, open []int, err error) {
	choice = s.start()
	known := 0
	for i := range s.q.labels.issues {
		l := &s.q.labels.issues[i]
		id, given := choices[l.id]
		switch {
		case !given:
			continue
		case id == "":
			open = append(open, i)
		default:
			k := slices.IndexFunc(l.options, func(o optionLabel) bool { return o.id == id })
			if k < 0 {
				return nil, nil, fault.New(fault.Invalid, "whynot.no-option", "%s has no option %q", l.id, id)
			}
			choice[i] = k
		}
		known++
	}
	if known < len(choices) {
		return nil, nil, fault.New(fault.Invalid, "whynot.no-topic", "one of the topics named is not on the table")
	}
	return choice, open, nil
}

// start is the package that people change: the baseline, or the status quo where
// values stand in its place.
func (s *search) start() []int {
	if b := s.readings[0].baseline; b != nil {
		return slices.Clone(b)
	}
	return s.readings[0].statusQuo()
}

func (s *search) pack(choice []int) Package {
	return Package{Choices: s.choices(choice), Points: s.points64(s.readings[0].value(choice))}
}

// fillOpen gives open topics the options of the most balanced package that has
// the chosen ones. Where the chosen ones exclude every package it names the
// fewest choices and rules that cannot hold together.
func (x *explaining) fillOpen(ctx context.Context, open []int) error {
	if len(open) == 0 {
		return nil
	}
	space := x.r.space
	space.Rules = slices.Clone(space.Rules)
	var fixed []move
	for i, k := range x.choice {
		if !slices.Contains(open, i) {
			fixed = append(fixed, move{i, k})
			space.Rules = append(space.Rules, pareto.Rule{Of: []pareto.Literal{{Issue: i, Options: []int{k}}}, AtLeast: 1})
		}
	}
	for _, i := range open {
		x.out.Open = append(x.out.Open, x.q.labels.issues[i].id)
	}
	slices.Sort(x.out.Open)
	if found, _ := bargain.NewSolver().Nash(space, x.r.base, centralBudget); found != nil { // at or above the base it is under a cap, too
		copy(x.choice, found)
		return nil
	}
	weights := make([]int64, space.Sides)
	for p := range weights {
		weights[p] = 1
	}
	found, _, _, err := pareto.Maximise(ctx, space, weights, nil, whyLimits)
	if err == nil {
		if found != nil {
			copy(x.choice, found)
		}
		return nil
	}
	if !errors.Is(err, pareto.ErrInfeasible) {
		return err
	}
	x.broken = true
	return x.conflict(ctx, space, fixed)
}

// whyLimits bounds every single search for a reason, in partial packages.
var whyLimits = pareto.Limits{Nodes: 1_000_000, Workers: 1}

// conflict names rules and choices that cannot hold together, none of which can be
// left out.
func (x *explaining) conflict(ctx context.Context, space pareto.Space, fixed []move) error {
	set, _, err := pareto.Conflict(ctx, space, nil, whyLimits)
	if err != nil || set == nil {
		return err
	}
	reason := Reason{Kind: BreaksRules, Always: true}
	first := len(x.r.space.Rules)
	var kept []move
	for _, k := range set {
		if k < first {
			reason.Rules = append(reason.Rules, x.ruleNumber(k))
		} else {
			kept = append(kept, fixed[k-first])
		}
	}
	x.add(reason, kept)
	return nil
}

// add adds a reason with the choices of the package that it is about.
func (x *explaining) add(reason Reason, about []move) {
	slices.SortStableFunc(about, x.byFile)
	for _, m := range about {
		reason.Choices = append(reason.Choices, x.search.choice(m))
	}
	x.out.Reasons = append(x.out.Reasons, reason)
}

// brokenRules names each rule that the package breaks, with choices of which none
// can be left out: together they break it whatever else is chosen.
func (x *explaining) brokenRules(ctx context.Context) error {
	if x.broken {
		return nil
	}
	for k, rule := range x.r.space.Rules {
		if rule.Keeps(x.choice) {
			continue
		}
		x.broken = true
		issues := rule.Issues()
		set, _, err := pareto.Conflict(ctx, alone(x.r.space, rule, x.choice), nil, whyLimits)
		if err != nil {
			return err
		}
		var breaking []move
		for _, n := range set {
			if n > 0 { // the rule itself comes first
				breaking = append(breaking, move{issues[n-1], x.choice[issues[n-1]]})
			}
		}
		x.add(Reason{Kind: BreaksRules, Rules: []int{x.ruleNumber(k)}, Always: true}, breaking)
	}
	slices.SortStableFunc(x.out.Reasons, func(a, b Reason) int { return len(a.Choices) - len(b.Choices) })
	return nil
}

// alone is the space with one rule alone, and with one more rule for each of its
// issues that demands the option chosen.
func alone(space pareto.Space, rule pareto.Rule, choice []int) pareto.Space {
	out := pareto.Space{Table: pareto.Table{Sides: 1}, Rules: []pareto.Rule{rule}}
	for _, options := range space.Issues {
		rows := make([][]int64, len(options))
		for k := range rows {
			rows[k] = []int64{0}
		}
		out.Issues = append(out.Issues, rows)
	}
	for _, i := range rule.Issues() {
		out.Rules = append(out.Rules, pareto.Rule{Of: []pareto.Literal{{Issue: i, Options: []int{choice[i]}}}, AtLeast: 1})
	}
	return out
}

// fares samples the package.
func (x *explaining) fares(ctx context.Context) error {
	if x.broken || x.q.Samples == 0 {
		return nil
	}
	all, err := sampleSupport(ctx, x.q, x.run, x.r, [][]int{x.choice})
	if err != nil {
		return err
	}
	of := func(n int64) Share { return Share{n, int64(x.q.Samples)} }
	f := &Fares{Acceptable: map[string]Share{"all": of(all[0].all)}}
	for p, l := range x.q.labels.sides {
		f.Acceptable[l.id] = of(all[0].acceptable[p])
	}
	if all[0].undecided == 0 {
		f.Efficient = of(all[0].efficient)
	}
	x.out.Fares = f
	return nil
}

// worse names the sides that the package leaves below the baseline.
func (x *explaining) worse(context.Context) error {
	if x.broken {
		return nil
	}
	values := x.r.value(x.choice)
	for p, v := range values {
		id := x.q.labels.sides[p].id
		reason := Reason{Kind: Worse, Side: id}
		if x.out.Fares != nil {
			a := x.out.Fares.Acceptable[id]
			reason.Share = &Share{a.Den - a.Num, a.Den}
		}
		if x.alwaysWorse(p) {
			reason.Kind, reason.Always = AlwaysWorse, true
		} else if v >= x.r.base[p] {
			continue
		}
		x.out.Reasons = append(x.out.Reasons, reason)
	}
	return nil
}

// alwaysWorse reports whether a side loses against the baseline under every
// ranking and part.
func (x *explaining) alwaysWorse(p int) bool {
	if x.r.baseline == nil || x.q.table.exact {
		return x.q.table.exact && x.r.value(x.choice)[p] < x.r.base[p]
	}
	c := x.certain[0]
	loss := newDifference(c, x.choice).sum(x.r.baseline)
	st := c.stand(p, loss, c.tiers())
	return st.never && st.gains
}

// improvable looks for a package that is at least as good for everyone and
// better for somebody: under every ranking first, then under the central
// weights; of several the one that changes the least.
func (x *explaining) improvable(ctx context.Context) error {
	if x.broken {
		return nil
	}
	reason := Reason{Kind: Improvable}
	if x.out.Fares != nil && x.out.Fares.Efficient.Known() {
		e := x.out.Fares.Efficient
		reason.Share = &Share{e.Den - e.Num, e.Den}
	}
	var better []int
	if !x.q.table.exact {
		var err error
		if better, err = newDifference(x.certain[0], x.choice).alwaysBetter(ctx); err != nil {
			return err
		}
		reason.Always = better != nil
	}
	if better == nil {
		var err error
		if better, err = x.betterNow(ctx); err != nil {
			return err
		}
		reason.Always = x.q.table.exact
	}
	if better == nil {
		return nil
	}
	p := x.pack(better)
	reason.Better, reason.Changes = &p, x.changes(x.choice, better)
	x.out.Reasons = append(x.out.Reasons, reason)
	return nil
}

// changes lists what one package does otherwise than another, in the order of
// the file.
func (x *explaining) changes(from, to []int) []Choice {
	out := []Choice{}
	for _, i := range x.inFileOrder() {
		if from[i] != to[i] {
			out = append(out, x.search.choice(move{i, to[i]}))
		}
	}
	return out
}

// betterNow finds, under the central weights, the package with the fewest
// changes that gives nobody less and somebody more. Each side in turn is the one
// that is to have more.
func (x *explaining) betterNow(ctx context.Context) ([]int, error) {
	values := x.r.value(x.choice)
	space := nearest(x.r.space, x.choice)
	weights := make([]int64, space.Sides)
	weights[space.Sides-1] = 1
	var best []int
	fewest := int64(len(x.choice)) + 1
	for p := range values {
		if x.r.cap != nil && values[p] >= x.r.cap[p] {
			continue // more would not count
		}
		floor := append(slices.Clone(values), 1-fewest)
		floor[p]++
		choice, changed, exact, err := pareto.Maximise(ctx, space, weights, floor, whyLimits)
		switch {
		case errors.Is(err, pareto.ErrInfeasible):
		case err != nil:
			return nil, err
		case choice != nil:
			best, fewest = choice, -changed
			if !exact {
				fewest = -space.Value(choice)[space.Sides-1]
			}
		}
	}
	return best, nil
}

// balanced finds what fair rules pick instead, under the central weights.
func (x *explaining) balanced(ctx context.Context) error {
	choice, _ := bargain.NewSolver().Nash(x.r.space, x.r.base, centralBudget)
	if x.r.cap != nil { // the product is that of capped points
		if err := x.findFrontier(ctx, x.partialPoints()); err != nil {
			return err
		}
		choice = nil
		if nash := x.solutions.Nash; len(nash) > 0 {
			choice = x.points[nash[0]].Choice
		}
	}
	if choice == nil {
		return nil
	}
	p := x.pack(choice)
	x.out.Balanced, x.out.Changes = &p, x.changes(x.choice, choice)
	return nil
}
