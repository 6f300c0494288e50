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

// Judgement is one statement of the registers, a rank or a part, and the
// smallest change of it that changes conclusions.
type Judgement struct {
	Kind     string              `json:"kind"` // "tier" or "role"
	Interest string              `json:"interest"`
	Side     string              `json:"side,omitempty"` // of a role: whose part
	From     string              `json:"from"`
	To       string              `json:"to"`
	Steps    int                 `json:"steps"`  // how many steps of its scale
	Ends     []Consequence       `json:"ends"`   // what would no longer hold
	Begins   []Consequence       `json:"begins"` // what would hold besides
	Because  map[string][]string `json:"because"`
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
	table *table
}

// holding is what holds under a supposed judgement.
type holding struct {
	swaps     [][]move
	quickWins []move
	packages  []bool
}

// addJudgements tries every rank and every part that plays a role on the table
// at every other value, and keeps those that change a conclusion.
func (s *search) addJudgements(ctx context.Context, out *Strength) error {
	all := s.supposable()
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
	quiet := Run{Workers: s.run.Workers}
	err := inParallel(ctx, quiet, len(all), func() (func(int), func()) {
		return func(k int) { results[k], failed[k] = s.under(ctx, all[k].table, all[k].entry, now, out.Complete) }, func() {}
	})
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for k, f := range all {
		if failed[k] != nil {
			return failed[k]
		}
		j := s.judgement(f.flip)
		target := j.Kind + " " + j.Interest + " " + j.Side + " "
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
// contradicts what its side says about its weights cannot be supposed.
func (s *search) supposable() []supposed {
	t := s.q.table
	used, parts := make([]bool, len(t.entries)), map[[2]int]bool{}
	t.eachEffect(func(e effect) {
		used[e.entry] = true
		for _, p := range slices.Concat(e.gain, e.loss) {
			parts[[2]int{e.entry, p}] = true
		}
	})
	var out []supposed
	for n, e := range t.entries {
		if !used[n] {
			continue
		}
		for _, to := range tiersDown {
			if to == e.tier {
				continue
			}
			steps := 1
			if e.tier != interest.Unplaced {
				steps = max(int(e.tier)-int(to), int(to)-int(e.tier))
			}
			if changed := t.with(n, func(e *entry) { e.tier = to }); !t.says(e.side) || changed.allowOtherwise(e.side) == nil {
				out = append(out, supposed{flip{entry: n, side: -1, tier: to, steps: steps}, changed})
			}
		}
		for p := range t.sides {
			if parts[[2]int{n, p}] {
				out = append(out, s.otherRoles(n, p)...)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b supposed) int { return cmp.Compare(a.steps, b.steps) })
	return out
}

func (s *search) otherRoles(n, p int) []supposed {
	var out []supposed
	scale := s.q.roleScale()
	stated := s.q.table.entries[n].roles[p]
	for k, v := range scale {
		if steps := stepsOutside(scale, stated, v); steps > 0 {
			out = append(out, supposed{
				flip{entry: n, side: p, role: interest.None + interest.Role(k), steps: steps},
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
func (s *search) under(ctx context.Context, t *table, entry int, now holding, more bool) (holding, error) {
	var out holding
	r, err := s.readings[0].changed(t, entry, s.q.Baseline)
	if err != nil {
		return out, err
	}
	c := s.certain[0].changed(r, entry)
	tiers := c.tiers()
	for _, set := range now.swaps {
		if c.holds(set, c.sum(set), tiers) && c.broken(set) < 0 {
			out.swaps = append(out.swaps, set)
		}
	}
	if more {
		// What the entry has no part in holds as before: a new swap moves on it.
		found, _, err := swapsWith(ctx, c, out.swaps, func(m move) bool { return c.touches(m, entry) })
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

// touches reports whether a move does anything to the entry, under any part that
// somebody may play in it.
func (c *certainty) touches(m move, entry int) bool {
	options := c.r.t.issues[m.issue].options
	for _, e := range slices.Concat(options[m.option].effects, options[0].effects) {
		if e.entry == entry {
			return true
		}
	}
	for j, t := range c.r.space.Terms {
		about := slices.ContainsFunc(t.All, func(l pareto.Literal) bool { return l.Issue == m.issue })
		if about && slices.ContainsFunc(c.joint[j], func(x change) bool { return x.entry == entry }) {
			return true
		}
	}
	return false
}

func (s *search) judgement(f flip) Judgement {
	e := &s.q.labels.entries[f.entry]
	j := Judgement{Kind: "tier", Interest: e.id, From: tierWord(e.tier), To: f.tier.String(), Steps: f.steps, Ends: []Consequence{}, Begins: []Consequence{}}
	if f.side >= 0 {
		j.Kind, j.Side, j.From, j.To = "role", s.q.labels.sides[f.side].id, e.roles[f.side], f.role.String()
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
