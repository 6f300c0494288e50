// Package deal looks for agreements between sides whose interests are described
// by registers. From the topics it derives a table of issues and options; on it
// the package finds, from the certain to the likely: first steps that cost nobody
// anything, swaps that serve all who move under every ranking the registers
// allow, and packages that fair rules pick under most rankings. It says of every
// result why, and leaves undecided what the registers cannot decide.
//
// A search is a pure function of its question. Whatever decides is an integer;
// sums have one order; work is bounded by counts and never by time.
package deal

import (
	"context"
	"math/big"

	"parley/engine/bargain"
	"parley/engine/pareto"
)

// Search answers a question. It stops early only when ctx ends.
func Search(ctx context.Context, q *Question, run Run) (*Answer, error) {
	s := newSearch(q, run)
	if err := s.findFrontier(ctx, s.partialPoints()); err != nil {
		return nil, err
	}
	if err := s.conclude(ctx); err != nil {
		return nil, err
	}
	a := s.answer()
	if q.brief || s.infeasible() || q.table.cap != nil { // a cap is about whole packages: steps and groups have none
		return a, nil
	}
	for _, add := range []func(context.Context, *Answer) error{s.addStrength, s.addRoadmaps, s.addFormats} {
		if err := add(ctx, a); err != nil {
			return nil, err
		}
	}
	return a, nil
}

func newSearch(q *Question, run Run) *search {
	s := &search{q: q, run: run, readings: q.readings, warned: map[string]bool{}}
	for _, r := range q.readings {
		s.certain = append(s.certain, newCertainty(r, q.roleScale()))
	}
	if q.RestingRules > 0 {
		s.warn("rule without effect")
	}
	if q.readings[0].rounded {
		s.warn("values rounded")
	}
	for _, r := range q.readings {
		if !r.space.Feasible(r.statusQuo()) {
			s.warn("status quo breaks a rule")
		}
	}
	if q.LooseActs > 0 {
		s.warn("act without an option")
	}
	if q.Forced {
		s.warn("canonical order cut short")
	}
	return s
}

// search holds the work on one question: the reading that was asked for first,
// the other one after it.
type search struct {
	q         *Question
	run       Run
	readings  []*reading
	certain   []*certainty
	points    []pareto.Point
	complete  bool
	gap       []int64         // by side, where the search for the frontier was ended
	cover     *Cover          // nil where the frontier is known
	near      pareto.Fraction // of the cover: its epsilon
	conflict  *conflict       // nil where there is none
	ideal     []int64         // by side: the most it can have
	solutions Solutions
	results   []*conclusions
	nash      []*nashPackages // nil where nothing was sampled
	proposals []proposal
	core      support
	warnings  []string
	warned    map[string]bool
}

// warn keeps a warning once; its sentence stands in the catalogue.
func (s *search) warn(code string) {
	if !s.warned[code] {
		s.warned[code] = true
		s.warnings = append(s.warnings, code)
	}
}

// conclude finds what holds for certain under both readings of the stakes, then
// what the samples show.
func (s *search) conclude(ctx context.Context) error {
	for _, c := range s.certain {
		r, err := concludeExactly(ctx, c)
		if err != nil {
			return err
		}
		if !r.swapsComplete {
			s.warn("swap search stopped at its bound")
		}
		s.results = append(s.results, r)
	}
	if s.q.Samples > 0 && !s.infeasible() {
		var err error
		if s.nash, err = sampleNash(ctx, s.q, s.run, s.readings); err != nil {
			return err
		}
	}
	for i, r := range s.results {
		var shares [][]Share
		if s.nash != nil {
			shares = s.nash[i].shares(s.q.orbits)
			if s.nash[i].inexact > 0 {
				s.warn("some nash searches stopped at their bound")
			}
		}
		r.concludeFrom(s.q.table, shares)
	}
	return s.findProposals(ctx)
}

func (s *search) findProposals(ctx context.Context) error {
	var nash *nashPackages
	if s.nash != nil {
		nash = s.nash[0]
	}
	var central [][]int
	for _, set := range [][]int{s.solutions.Nash, s.solutions.KalaiSmorodinsky, s.solutions.Leximin, s.solutions.Utilitarian} {
		for _, i := range set {
			central = append(central, s.points[i].Choice)
		}
	}
	var err error
	s.proposals, s.core, err = choosePackages(ctx, s.q, s.run, s.readings[0], s.results[0], nash, central)
	for _, p := range s.proposals {
		if p.support.undecided > 0 {
			s.warn("some efficiency tests stopped at their bound")
		}
	}
	return err
}

// opposition is the distance from the ideal point, to four decimals. Where no package
// leaves everybody the baseline there is no ideal of theirs to be far from.
func (s *search) opposition() *Decimal {
	r := s.readings[0]
	if !s.complete || len(s.solutions.Nash) == 0 {
		return nil
	}
	squared, ok := bargain.Opposition(s.values(), r.base, s.ideal)
	if !ok {
		return nil
	}
	// The root of n/d to four decimals is the integer root of n·10^8/d, rounded.
	n := new(big.Int).Mul(squared.Num(), big.NewInt(4*100_000_000))
	root := n.Quo(n, squared.Denom()).Sqrt(n).Int64()
	return &Decimal{(root + 1) / 2}
}

func (s *search) integrative() *Decimal {
	r := s.readings[0]
	if !s.complete || len(s.solutions.Nash) == 0 {
		return nil
	}
	v, ok := bargain.Integrative(s.values(), r.base, s.ideal)
	if !ok {
		return nil
	}
	return &Decimal{roundHalfUp(new(big.Rat).Mul(v, big.NewRat(10_000, 1)))}
}

func roundHalfUp(v *big.Rat) int64 {
	twice := new(big.Int).Mul(v.Num(), big.NewInt(2))
	twice.Add(twice, v.Denom())
	return twice.Div(twice, new(big.Int).Mul(v.Denom(), big.NewInt(2))).Int64()
}

func (s *search) values() [][]int64 {
	out := make([][]int64, len(s.points))
	for i, p := range s.points {
		out[i] = p.Values
	}
	return out
}
