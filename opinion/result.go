package opinion

import (
	"cmp"
	"slices"

	"parley/dialogue"
)

// NewResult is what may be shown to a person who answered so, of the sides of
// which they said what they expect or that they would rather not. side is their
// own, empty where they have not exactly one; reasons are all that may be shown.
// What the reader expected is compared only where they keep their history.
func NewResult(s Statement, a Answer, side dialogue.SideID, others []dialogue.SideID, told *Told, reasons []Shared, compare bool) *Result {
	r := &Result{Statement: s}
	for _, about := range others {
		x := ResultAbout{Side: about, Middle: -1}
		if a.Settled(about) {
			x.Figures = told.Figures(Group(about))
		}
		if g := told.Gap(side, about); g != nil && x.Figures != nil {
			x.Middle = g.Middle
		}
		for i := range a.Guesses {
			if a.Guesses[i].About == about && compare {
				x.Guess = &a.Guesses[i]
			}
		}
		x.Worse = worse(a.Choice, x.Guess, x.Figures)
		if x.Figures != nil {
			x.Reasons = choose(about, reasons)
		}
		r.About = append(r.About, x)
	}
	slices.SortStableFunc(r.About, func(a, b ResultAbout) int {
		return cmp.Or(-compareBool(a.Worse, b.Worse), cmp.Compare(a.Side, b.Side))
	})
	return r
}

// worse reports whether the other side stands further from the reader's own
// answer than the reader expected, by more than the half of ten that a whole
// number can miss: fewer agree, or more where the reader disagrees.
func worse(own Choice, g *Guess, f *Figures) bool {
	if g == nil || f == nil {
		return false
	}
	fewer := 2 * (g.Of10*f.N - 10*f.Agree)
	if own == Disagree {
		fewer = -fewer
	}
	return fewer > f.N
}

// choose picks the reasons of a side for and against that helped most readers of
// other sides; the older one of two.
func choose(of dialogue.SideID, reasons []Shared) []Shared {
	var out []Shared
	for _, choice := range []Choice{Agree, Disagree} {
		best := -1
		for i, x := range reasons {
			if x.Side == of && x.Choice == choice && (best < 0 || cmp.Or(cmp.Compare(x.Helped, reasons[best].Helped), cmp.Compare(reasons[best].ID, x.ID)) > 0) {
				best = i
			}
		}
		if best >= 0 {
			out = append(out, reasons[best])
		}
	}
	return out
}

// MostReasons is how many reasons of one side for one answer are shown at most.
const MostReasons = 5

// Leading are the reasons that are shown: of every side and for every answer those
// that helped most readers of other sides, the older ones first, MostReasons of
// them; sides in the order of their ids, and what each answers as Choices list it.
func Leading(reasons []Shared) []Shared {
	slices.SortStableFunc(reasons, func(a, b Shared) int {
		return cmp.Or(
			cmp.Compare(a.Side, b.Side), cmp.Compare(slices.Index(Choices, a.Choice), slices.Index(Choices, b.Choice)),
			-cmp.Compare(a.Helped, b.Helped), cmp.Compare(a.ID, b.ID),
		)
	})
	var out []Shared
	row := 0
	for i, x := range reasons {
		if row++; i == 0 || x.Side != reasons[i-1].Side || x.Choice != reasons[i-1].Choice {
			row = 1
		}
		if row <= MostReasons {
			out = append(out, x)
		}
	}
	return out
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
