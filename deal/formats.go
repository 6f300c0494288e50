package deal

import (
	"context"
	"slices"

	"parley/engine/coalition"
	"parley/engine/pareto"
)

// Formats says what every group of sides can do without the others: with the
// options that need nobody outside it, all else as it is. Everything in it is
// measured from the status quo, under the central weights.
type Formats struct {
	Complete bool       `json:"complete"`           // every group of two sides or more; false: so many sides that only pairs, triples and all but one are looked at
	Groups   []Format   `json:"groups"`             // smaller groups first; the whole table is the last
	Packages []Standing `json:"packages"`           // whether what was proposed stands
	Payments *Payments  `json:"payments,omitempty"` // tables of points alone: what holds if payments between the sides were possible
}

// Format is what one group can do. Its package is the one that Nash's rule picks
// among those that leave every member at least what nobody in the group need pay
// for.
type Format struct {
	Sides        []string            `json:"sides"`
	Only         []Choice            `json:"only"`           // options of matters that no group can take up without all of these sides
	Also         []Choice            `json:"also"`           // other options that need exactly these sides: of matters that other groups can take up in their own way
	Swaps        []int               `json:"swaps"`          // indices into Answer.Swaps: those that need exactly these sides
	Choices      map[string]string   `json:"choices"`        // the package of the group: what is not as it is, by topic
	Exact        bool                `json:"exact"`          // false: the search was ended, and this is the best package it met
	Points       Points              `json:"points"`         // what the package gives each side, members or not
	Free         Points              `json:"free"`           // the part of it that nobody need pay for
	Beyond       Points              `json:"beyond_smaller"` // by member: what it gets here beyond the best it gets in a smaller group
	Outside      []Outside           `json:"outside"`        // how those fare who are not in the group
	BetterAway   []string            `json:"better_away"`    // members that would have more if the others went on without them
	BetterInside []string            `json:"better_inside"`  // outside, and would have more if the group took them in
	Because      map[string][]string `json:"because"`
}

// Outside is how a side fares that is not in a group.
type Outside struct {
	Side   string   `json:"side"`
	Hurt   bool     `json:"hurt"`   // the moves of the group leave it with less than its free steps alone would
	Worse  []Choice `json:"worse"`  // what costs it something, alone or with other options, whatever else serves it
	Better []Choice `json:"better"` // what serves it, alone or with other options
}

// Standing says whether a proposed package stands against what groups could do
// instead, and against those who might go back on their part of it.
type Standing struct {
	Deal      int                 `json:"deal"` // index into Answer.Deals; -1: Nash's point of the frontier, where no deal is listed
	InCore    bool                `json:"in_core"`
	Blocks    []Block             `json:"blocks"`    // groups that could all have at least as much without the others, and somebody more
	Undecided [][]string          `json:"undecided"` // groups for which the search was ended before that was known
	GoingBack []GoingBack         `json:"going_back"`
	Because   map[string][]string `json:"because"` // about the groups; says nothing of going back
}

// Block is a group with a package it would rather have.
type Block struct {
	Sides   []string          `json:"sides"`
	Choices map[string]string `json:"choices"`
	More    Points            `json:"more"` // by member: what it would have beyond the proposal
}

// GoingBack is what a side would find if it went back on all its moves of a
// package, and what the others could do then (the graph model for conflict
// resolution). A step that several take together ends when one of them goes back;
// nobody can return.
type GoingBack struct {
	Side   string   `json:"side"`
	Held   string   `json:"held"`    // "no-gain", "credible" (an answer that serves those who give it), "costly" (one that does not) or "nothing"
	Answer []string `json:"answer"`  // who goes back as well, so that the first has no more than before
	AtOnce Amount   `json:"at_once"` // what it would gain until the others answer
}

// For is what is said of groups as somebody may see it: what a side would have by
// going back on its part is for the mediators and for that side.
func (f *Formats) For(side string, mediator bool) *Formats {
	if f == nil || mediator {
		return f
	}
	out := *f
	out.Packages = slices.Clone(f.Packages)
	for i := range out.Packages {
		p := &out.Packages[i]
		p.GoingBack = slices.DeleteFunc(slices.Clone(p.GoingBack), func(b GoingBack) bool { return b.Side != side })
	}
	return &out
}

// Payments is the game in which the points of all sides are one unit and can be
// handed over: not so between states or towns, unless somebody says so.
type Payments struct {
	Worth     []GroupWorth        `json:"worth"`
	Shapley   map[string]string   `json:"shapley"`    // fractions
	LeastCore string              `json:"least_core"` // a fraction: what some group could gain under the best division; the core has a division where it is not above zero
	Division  map[string]string   `json:"division"`   // such a division
	Balance   []GroupWeight       `json:"balance"`    // proves that no division does better: see engine/coalition
	Because   map[string][]string `json:"because"`
}

// GroupWorth is the most points that a group can have together, a fraction in the
// points of the file.
type GroupWorth struct {
	Sides  []string `json:"sides"`
	Points string   `json:"points"`
}

// GroupWeight is how much a group counts, a fraction.
type GroupWeight struct {
	Sides  []string `json:"sides"`
	Weight string   `json:"weight"`
}

// Bounds of the work on formats.
const (
	mostSidesForAll  = 7       // with more, only pairs, triples, all but one, and all are looked at
	formatBudget     = 400_000 // partial packages looked at for the package of one group
	blockBudget      = 200_000 // ... and for whether it would rather have its own
	mostFormatPoints = 20_000  // of a group's frontier where options interact
	shownStandings   = 5       // packages that are looked at
)

// formats is the work on one answer.
type formats struct {
	s      *search
	n      int
	groups []coalition.Group
	at     map[coalition.Group]*group
}

// addFormats fills Answer.Formats. Where values stand in place of the status quo
// nothing is said of what a part of the table could do, and there are none.
func (s *search) addFormats(ctx context.Context, a *Answer) error {
	r := s.readings[0]
	if r.baseline == nil || len(s.q.table.sides) < 2 {
		return nil
	}
	f := &formats{s: s, n: len(s.q.table.sides), at: map[coalition.Group]*group{}}
	f.groups = coalition.Groups(f.n, 1, f.n)
	if f.n > mostSidesForAll {
		f.groups = slices.Concat(coalition.Groups(f.n, 1, 3), coalition.Groups(f.n, f.n-1, f.n))
	}
	if err := f.solve(ctx); err != nil {
		return err
	}
	out := &Formats{Complete: f.n <= mostSidesForAll, Groups: []Format{}, Packages: []Standing{}}
	for _, g := range f.groups {
		if g.Size() > 1 {
			out.Groups = append(out.Groups, f.format(g))
		}
	}
	var err error
	if out.Packages, err = f.standings(ctx); err != nil {
		return err
	}
	if s.q.table.exact && out.Complete {
		if out.Payments, err = f.payments(ctx); err != nil {
			return err
		}
	}
	a.Formats = out
	return nil
}

// format puts the names back on what a group can do.
func (f *formats) format(g coalition.Group) Format {
	x := f.at[g]
	out := Format{
		Sides: f.names(g), Swaps: f.swaps(g), Choices: f.changed(x.choice), Exact: x.exact,
		Points: f.s.points64(x.gains), Free: f.s.points64(x.free),
		Beyond: Points{}, Outside: []Outside{}, BetterAway: []string{}, BetterInside: []string{},
	}
	out.Only, out.Also = f.only(g)
	for p := range f.n {
		name := f.s.q.labels.sides[p].id
		if g.Has(p) {
			out.Beyond[name] = x.gains[p] - f.bestSmaller(g, p)
			if rest := f.at[g.Without(p)]; rest != nil && rest.gains[p] > x.gains[p] {
				out.BetterAway = append(out.BetterAway, name)
			}
			continue
		}
		out.Outside = append(out.Outside, f.outside(x, p))
		if with := f.at[g.With(p)]; with != nil && with.gains[p] > x.gains[p] {
			out.BetterInside = append(out.BetterInside, name)
		}
	}
	out.Because = f.because(g, out)
	return out
}

// outside says what the package of a group does to a side that is not in it.
func (f *formats) outside(x *group, p int) Outside {
	out := Outside{Side: f.s.q.labels.sides[p].id, Worse: []Choice{}, Better: []Choice{}}
	for _, i := range f.s.inFileOrder() {
		options, k := f.s.readings[0].space.Issues[i], x.choice[i]
		costs, serves := f.joined(x, i, p)
		if costs || options[k][p] < options[0][p] {
			out.Worse = append(out.Worse, f.s.choice(move{i, k}))
		}
		if serves || options[k][p] > options[0][p] {
			out.Better = append(out.Better, f.s.choice(move{i, k}))
		}
	}
	out.Hurt = len(out.Worse) > 0 && x.gains[p] < x.free[p]
	return out
}

// joined reports whether what a group does on an issue costs a side something, or
// serves it, by what options do together: it helps to bring that about, or ends it.
func (f *formats) joined(x *group, i, p int) (costs, serves bool) {
	today := make([]int, len(x.choice))
	for _, t := range f.s.readings[0].space.Terms {
		was, is, v := pareto.AllHold(t.All, today), pareto.AllHold(t.All, x.choice), t.Values[p]
		about := slices.ContainsFunc(t.All, func(l pareto.Literal) bool {
			return l.Issue == i && l.Holds(today) != l.Holds(x.choice)
		})
		if was == is || !about {
			continue
		}
		if was {
			v = -v
		}
		costs, serves = costs || v < 0, serves || v > 0
	}
	return costs, serves
}

// bestSmaller is the most a side gets in any smaller group that it belongs to and
// that was looked at.
func (f *formats) bestSmaller(g coalition.Group, p int) int64 {
	var best int64
	for _, t := range f.groups {
		if t != g && t.Has(p) && t.Within(g) {
			best = max(best, f.at[t].gains[p])
		}
	}
	return best
}

// only lists the options that need exactly the members of a group: of matters that
// nobody can take up without all of them, and the others.
func (f *formats) only(g coalition.Group) (only, also []Choice) {
	t := f.s.q.table
	only, also = []Choice{}, []Choice{}
	for _, i := range f.s.inFileOrder() {
		alone := true
		for k := range t.issues[i].options[1:] {
			alone = alone && g.Within(t.needs(i, k+1))
		}
		for k := range t.issues[i].options {
			switch {
			case k == 0 || t.needs(i, k) != g:
			case alone:
				only = append(only, f.s.choice(move{i, k}))
			default:
				also = append(also, f.s.choice(move{i, k}))
			}
		}
	}
	return only, also
}

// swaps lists the swaps that need exactly the members of a group.
func (f *formats) swaps(g coalition.Group) []int {
	out := []int{}
	for n, set := range f.s.results[0].swaps {
		var need coalition.Group
		for _, m := range set {
			need |= f.s.q.table.needs(m.issue, m.option)
		}
		if need == g {
			out = append(out, n)
		}
	}
	return out
}

// changed lists by topic what a package does not leave as it is.
func (f *formats) changed(choice []int) map[string]string {
	out := map[string]string{}
	for i, k := range choice {
		if k > 0 {
			ch := f.s.choice(move{i, k})
			out[ch.Topic] = ch.Option
		}
	}
	return out
}

func (f *formats) names(g coalition.Group) []string {
	out := []string{}
	for _, p := range g.Members() {
		out = append(out, f.s.q.labels.sides[p].id)
	}
	return out
}
