package deal

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"parley/engine/pareto"
	"parley/interest"
)

// Judgement is one statement of the registers, a rank, a part or how interests
// compare, and the smallest change of it that changes conclusions.
type Judgement struct {
	Kind      string              `json:"kind"` // "tier", "role" or "weights"
	Interest  string              `json:"interest,omitempty"`
	Side      string              `json:"side,omitempty"`      // of a role: whose part; of weights: who says so
	Statement string              `json:"statement,omitempty"` // of weights: "2 RU-11 >= RU-23 + RU-24"
	From      string              `json:"from"`                // of weights: "stated"
	To        string              `json:"to"`                  // of weights: "dropped"
	Steps     int                 `json:"steps"`               // how many steps of its scale
	Ends      []Consequence       `json:"ends"`                // what would no longer hold
	Begins    []Consequence       `json:"begins"`              // what would hold besides
	Because   map[string][]string `json:"because"`
}

// Consequence is a conclusion that a changed judgement ends or begins.
type Consequence struct {
	Kind   string `json:"kind"` // "swap", "quick-win" or "packages"
	Topic  string `json:"topic,omitempty"`
	Option string `json:"option,omitempty"`
	Moves  []Move `json:"moves,omitempty"`
	Deals  []int  `json:"deals,omitempty"` // of packages: their places in Answer.Deals, from 1
}

// mostTrials bounds the search for what would newly hold: changed judgements
// times the square of the moves there are.
const mostTrials = 2_000_000

// supposed is a judgement changed, in canonical numbers.
type supposed struct {
	flip
	said  int // the statement about weights that is dropped, of the side of the flip; -1 for a rank or a part
	table *table
}

// whose is the side whose register says otherwise.
func (x *supposed) whose() int {
	if x.said >= 0 {
		return x.side
	}
	return x.table.entries[x.entry].side
}

// weighs reports whether it changes weights, and not a part.
func (x *supposed) weighs() bool { return x.said >= 0 || x.side < 0 }

// holding is what holds under a supposed judgement.
type holding struct {
	swaps     [][]move
	quickWins []move
	packages  []bool
}

// addJudgements tries every rank and every part that plays a role on the table
// at every other value, does without each statement about weights, and keeps what
// changes a conclusion.
func (s *search) addJudgements(ctx context.Context, out *Strength) error {
	all, err := s.supposable(ctx)
	if err != nil {
		return err
	}
	moves := 0
	for _, is := range s.q.table.issues {
		for _, o := range is.options {
			if len(o.movers) > 0 {
				moves++
			}
		}
	}
	out.Complete = len(all)*moves*moves <= mostTrials
	now := holding{s.results[0].swaps, s.results[0].quickWins, make([]bool, len(s.proposals))}
	for i := range now.packages {
		now.packages[i] = true
	}
	results := make([]holding, len(all))
	failed := make([]error, len(all))
	err = inParallel(ctx, s.quietly(), len(all), func() (func(int), func()) {
		return func(k int) { results[k], failed[k] = s.under(ctx, &all[k], now, out.Complete) }, func() {}
	})
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for k, f := range all {
		if failed[k] != nil {
			return failed[k]
		}
		j := s.judgement(&f)
		target := strings.Join([]string{j.Kind, j.Interest, j.Side, j.Statement, ""}, " ")
		fresh := func(c Consequence) bool { // not told already of a smaller change of the same judgement
			key := target + c.key()
			told := seen[key]
			seen[key] = true
			return !told
		}
		s.compare(&j, now, results[k], fresh)
		if len(j.Ends)+len(j.Begins) > 0 {
			out.Judgements = append(out.Judgements, j)
		}
	}
	slices.SortStableFunc(out.Judgements, func(a, b Judgement) int { return cmp.Or(a.Steps-b.Steps, a.weight()-b.weight()) })
	for k := range out.Judgements {
		out.Judgements[k].Because = s.becauseJudgement(&out.Judgements[k])
	}
	return nil
}

// weight puts judgements on which swaps or first steps hang before those on
// which packages alone do.
func (j *Judgement) weight() int {
	for _, c := range slices.Concat(j.Ends, j.Begins) {
		if c.Kind != "packages" {
			return 0
		}
	}
	return 1
}

// key tells consequences apart.
func (c Consequence) key() string {
	parts := []string{c.Kind, c.Topic, c.Option, fmt.Sprint(c.Deals)}
	for _, m := range c.Moves {
		parts = append(parts, m.Topic+"/"+m.Option)
	}
	return strings.Join(parts, " ")
}

// supposable lists the changes of single judgements, smallest first. A rank that
// contradicts what its side says about its weights cannot be supposed. The rank of
// an interest that nothing touches counts too: the others weigh less by it.
func (s *search) supposable(ctx context.Context) ([]supposed, error) {
	t := s.q.table
	parts := map[[2]int]bool{}
	t.eachEffect(func(e effect) {
		for _, p := range slices.Concat(e.gain, e.loss) {
			parts[[2]int{e.entry, p}] = true
		}
	})
	var out []supposed
	for n, e := range t.entries {
		for _, to := range tiersDown {
			if to == e.tier {
				continue
			}
			steps := 1
			if e.tier != interest.Unplaced {
				steps = max(int(e.tier)-int(to), int(to)-int(e.tier))
			}
			out = append(out, supposed{flip{entry: n, side: -1, tier: to, steps: steps}, -1, t.with(n, func(e *entry) { e.tier = to })})
		}
		for p := range t.sides {
			if parts[[2]int{n, p}] {
				out = append(out, s.otherRoles(n, p)...)
			}
		}
	}
	for k, w := range t.weighings {
		out = append(out, supposed{flip{entry: -1, side: w.side, steps: 1}, k, t.without(k)})
	}
	out, err := s.allowed(ctx, out)
	slices.SortStableFunc(out, func(a, b supposed) int { return cmp.Compare(a.steps, b.steps) })
	return out, err
}

// allowed finds the weights that the registers allow with each judgement, and leaves
// out those that allow none. To find out how weights are drawn takes its time.
func (s *search) allowed(ctx context.Context, all []supposed) (out []supposed, err error) {
	refused := make([]bool, len(all))
	err = inParallel(ctx, s.quietly(), len(all), func() (func(int), func()) {
		return func(k int) {
			if x := &all[k]; x.weighs() && s.q.table.says(x.whose()) {
				refused[k] = x.table.allowOtherwise(x.whose()) != nil
			}
		}, func() {}
	})
	for k, x := range all {
		if !refused[k] {
			out = append(out, x)
		}
	}
	return out, err
}

// quietly is how the search is run, without telling how far it is.
func (s *search) quietly() Run { return Run{Workers: s.run.Workers} }

func (s *search) otherRoles(n, p int) []supposed {
	var out []supposed
	scale := s.q.roleScale()
	stated := s.q.table.entries[n].roles[p]
	for k, v := range scale {
		if steps := stepsOutside(scale, stated, v); steps > 0 {
			out = append(out, supposed{
				flip{entry: n, side: p, role: interest.None + interest.Role(k), steps: steps}, -1,
				s.q.table.with(n, func(e *entry) {
					e.roles = slices.Clone(e.roles)
					e.roles[p] = interval{v, v}
				}),
			})
		}
	}
	return out
}

// with is the table with one entry changed. The weights that its side allows are
// those of the table as it was, see allowOtherwise.
func (t *table) with(n int, change func(*entry)) *table {
	out := *t
	out.entries = slices.Clone(t.entries)
	change(&out.entries[n])
	return &out
}

// under finds what holds on a changed table. What holds now is tested alone
// where looking for more would take too long.
func (s *search) under(ctx context.Context, x *supposed, now holding, more bool) (holding, error) {
	var out holding
	r, err := s.readings[0].changed(x.table, x.whose(), s.q.Baseline)
	if err != nil {
		return out, err
	}
	c := s.certain[0].changed(r, x.entry)
	tiers := c.tiers()
	for _, set := range now.swaps {
		if c.holds(set, c.sum(set), tiers) && c.broken(set) < 0 {
			out.swaps = append(out.swaps, set)
		}
	}
	if more {
		found, _, err := swapsWith(ctx, c, out.swaps, func(m move) bool { return c.touches(m, s.concerned(x)) })
		if err != nil {
			return out, err
		}
		out.swaps = append(out.swaps, found...)
	}
	out.quickWins = c.quickWins()
	checker := pareto.NewChecker(r.space)
	for _, p := range s.proposals {
		values := r.space.Value(p.choice)
		out.packages = append(out.packages, r.space.Feasible(p.choice) && r.mutual(p.choice, values) && checker.Efficient(values, candidateBudget) != pareto.Dominated)
	}
	return out, nil
}

// concerned tells the entries that a changed judgement may do something to: what
// has no part in them holds as before. Where a side states more about its weights
// than ranks, all of its weights hang together.
func (s *search) concerned(x *supposed) func(entry int) bool {
	if side := x.whose(); s.q.table.says(side) && x.weighs() {
		return func(n int) bool { return x.table.entries[n].side == side }
	}
	return func(n int) bool { return n == x.entry }
}

// touches reports whether a move does anything to some of the entries, under any
// part that somebody may play in them.
func (c *certainty) touches(m move, entries func(int) bool) bool {
	options := c.r.t.issues[m.issue].options
	for _, e := range slices.Concat(options[m.option].effects, options[0].effects) {
		if entries(e.entry) {
			return true
		}
	}
	return c.joins(m, func(d change) bool { return entries(d.entry) })
}

func (s *search) judgement(x *supposed) Judgement {
	if x.said >= 0 {
		return Judgement{Kind: "weights", Side: s.q.labels.sides[x.side].id, Statement: s.q.table.weighings[x.said].text(s.q.labels),
			From: "stated", To: "dropped", Steps: x.steps, Ends: []Consequence{}, Begins: []Consequence{}}
	}
	e := &s.q.labels.entries[x.entry]
	j := Judgement{Kind: "tier", Interest: e.id, From: tierWord(e.tier), To: x.tier.String(), Steps: x.steps, Ends: []Consequence{}, Begins: []Consequence{}}
	if x.side >= 0 {
		j.Kind, j.Side, j.From, j.To = "role", s.q.labels.sides[x.side].id, e.roles[x.side], x.role.String()
	}
	return j
}

// compare adds the consequences that were not told before.
func (s *search) compare(j *Judgement, now, then holding, fresh func(Consequence) bool) {
	same := func(a, b []move) bool { return slices.Equal(a, b) }
	list := func(from, besides holding) []Consequence {
		out := []Consequence{}
		for _, set := range from.swaps {
			if !slices.ContainsFunc(besides.swaps, func(o []move) bool { return same(set, o) }) {
				out = append(out, Consequence{Kind: "swap", Moves: s.moves(set)})
			}
		}
		for _, m := range from.quickWins {
			if !slices.Contains(besides.quickWins, m) {
				ch := s.choice(m)
				out = append(out, Consequence{Kind: "quick-win", Topic: ch.Topic, Option: ch.Option})
			}
		}
		return slices.DeleteFunc(out, func(c Consequence) bool { return !fresh(c) })
	}
	j.Ends, j.Begins = list(now, then), list(then, now)
	var fall []int
	for i, holds := range then.packages {
		if c := (Consequence{Kind: "packages", Deals: []int{i + 1}}); !holds && fresh(c) {
			fall = append(fall, i+1)
		}
	}
	if fall != nil {
		j.Ends = append(j.Ends, Consequence{Kind: "packages", Deals: fall})
	}
}
