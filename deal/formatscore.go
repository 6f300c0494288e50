package deal

import (
	"context"
	"errors"
	"math/big"

	"parley/engine/bargain"
	"parley/engine/coalition"
	"parley/engine/pareto"
)

// proposed are the packages whose standing is looked at: the first deals, or
// Nash's point where there is none.
func (f *formats) proposed() (packages [][]int, deals []int) {
	for k, p := range f.s.proposals[:min(len(f.s.proposals), shownStandings)] {
		packages, deals = append(packages, p.choice), append(deals, k)
	}
	if len(packages) == 0 && len(f.s.solutions.Nash) > 0 {
		packages, deals = append(packages, f.s.points[f.s.solutions.Nash[0]].Choice), append(deals, -1)
	}
	return packages, deals
}

func (f *formats) standings(ctx context.Context) ([]Standing, error) {
	out := []Standing{}
	solver := bargain.NewSolver()
	packages, deals := f.proposed()
	for n, choice := range packages {
		st := Standing{Deal: deals[n], Blocks: []Block{}, Undecided: [][]string{}, GoingBack: f.goingBack(choice)}
		values := f.s.readings[0].space.Value(choice)
		for _, g := range f.groups[:len(f.groups)-1] { // the last is the whole table, where a deal is efficient
			block, known := f.blocks(solver, f.at[g], values)
			switch {
			case ctx.Err() != nil:
				return nil, ctx.Err()
			case block != nil:
				st.Blocks = append(st.Blocks, *block)
			case !known:
				st.Undecided = append(st.Undecided, f.names(g))
			}
		}
		st.InCore = len(st.Blocks)+len(st.Undecided) == 0 && f.n <= mostSidesForAll
		st.Because = f.becauseStanding(st)
		out = append(out, st)
	}
	return out, nil
}

// blocks looks for a package of a group that gives all its members at least what
// they have and one of them more.
func (f *formats) blocks(solver *bargain.Solver, x *group, values []int64) (b *Block, known bool) {
	members := x.sides.Members()
	floor := make([]int64, len(members))
	for at, p := range members {
		floor[at] = values[p]
	}
	if !x.reaches(floor) {
		return nil, true
	}
	choice, known := solver.Nash(x.space, floor, blockBudget)
	if choice == nil {
		return nil, known
	}
	got := x.space.Value(choice)
	b = &Block{Sides: f.names(x.sides), More: Points{}}
	more := false
	for at, p := range members {
		b.More[f.s.q.labels.sides[p].id] = got[at] - floor[at]
		more = more || got[at] > floor[at]
	}
	if !more {
		return nil, known
	}
	whole := make([]int, len(choice))
	for i, k := range choice {
		whole[i] = x.keep[i][k]
	}
	b.Choices = f.changed(whole)
	return b, true
}

// reaches reports whether every floor alone is in reach; most groups fail here.
func (x *group) reaches(floor []int64) bool {
	for p := range floor {
		var most int64
		for _, options := range x.space.Issues {
			best := options[0][p]
			for _, values := range options {
				best = max(best, values[p])
			}
			most += best
		}
		for _, t := range x.space.Terms {
			most += max(0, t.Values[p])
		}
		if most < floor[p] {
			return false
		}
	}
	return true
}

// payments is the game of a table of points. It is nil where the worth of a group
// stays open.
func (f *formats) payments(ctx context.Context) (*Payments, error) {
	game := coalition.NewGame(f.n)
	out := &Payments{Worth: []GroupWorth{}, Shapley: map[string]string{}, Division: map[string]string{}, Balance: []GroupWeight{}}
	units, one, ok := commonUnit(f.s.readings[0].scale)
	if !ok || f.s.readings[0].cap != nil {
		return nil, nil
	}
	for _, g := range f.groups {
		var mine []int64
		for _, p := range g.Members() {
			mine = append(mine, units[p])
		}
		worth, known, err := f.at[g].worth(ctx, mine, one)
		if err != nil || !known {
			return nil, err
		}
		game.Worth[g] = worth
		out.Worth = append(out.Worth, GroupWorth{f.names(g), worth.RatString()})
	}
	for p, v := range coalition.Shapley(game) {
		out.Shapley[f.s.q.labels.sides[p].id] = v.RatString()
	}
	e, division := coalition.LeastCore(game)
	out.LeastCore = e.RatString()
	for _, w := range coalition.Balance(game) {
		out.Balance = append(out.Balance, GroupWeight{f.names(w.Group), w.Weight.RatString()})
	}
	for p, v := range division {
		out.Division[f.s.q.labels.sides[p].id] = v.RatString()
	}
	out.Because = f.becausePayments(e)
	return out, nil
}

// worth is the most points of the file that a group can have together, from the
// status quo. Sides count on scales of their own, so a point of the file is
// worth its side's weight in units of a common one.
func (x *group) worth(ctx context.Context, weights []int64, unit int64) (worth *big.Rat, known bool, err error) {
	together := func(values []int64) int64 {
		var sum int64
		for p, v := range values {
			sum += weights[p] * v
		}
		return sum
	}
	most := int64(0)
	if x.space.Interacts() {
		choice, best, known, err := pareto.Maximise(ctx, x.space, weights, nil, pareto.Limits{Nodes: formatBudget, Workers: 1})
		if errors.Is(err, pareto.ErrInfeasible) { // the others as they are break a rule, whatever the group does
			return nil, false, nil
		}
		if err != nil || !known || choice == nil {
			return nil, false, err
		}
		most = best
	} else {
		for _, options := range x.space.Issues {
			best := together(options[0])
			for _, values := range options[1:] {
				best = max(best, together(values))
			}
			most += best
		}
	}
	most -= together(x.space.Value(make([]int, len(x.space.Issues))))
	return big.NewRat(most, unit), true, nil
}

// mostUnit bounds the common unit of payments, so that weighted sums stay within
// what the engines hold.
const mostUnit = 1 << 20

// commonUnit is how many units each side's points are worth where all sides
// count in units of one point divided by unit; not ok where that is too fine.
func commonUnit(scale []*big.Int) (weights []int64, unit int64, ok bool) {
	all := big.NewInt(1)
	for _, s := range scale {
		lcm(all, s)
	}
	if !all.IsInt64() || all.Int64() > mostUnit {
		return nil, 0, false
	}
	for _, s := range scale {
		weights = append(weights, new(big.Int).Quo(all, s).Int64())
	}
	return weights, all.Int64(), true
}
