package opinion

import (
	"cmp"
	"math"
	"slices"

	"parley/dialogue"
	"parley/engine/beta"
)

// Know lays together what is told of all statements: for every side what it
// expects of every other, where anything of that may be told.
func Know(sides []dialogue.SideID, list []Statement) Knowing {
	k := Knowing{}
	for _, s := range list {
		if s.Told != nil && len(s.Told.Gaps) > 0 {
			k.Statements++
		}
	}
	sides = slices.Sorted(slices.Values(sides))
	for _, of := range sides {
		for _, about := range sides {
			if of == about {
				continue
			}
			if p := pair(of, about, list); len(p.Gaps) > 0 {
				k.Pairs = append(k.Pairs, p)
			}
		}
	}
	return k
}

func pair(of, about dialogue.SideID, list []Statement) Pair {
	p := Pair{Of: of, About: about}
	var wide []float64
	for _, s := range list {
		g := s.Told.Gap(of, about)
		if g == nil {
			continue
		}
		p.Gaps = append(p.Gaps, StatementGap{Statement: s.Contribution, Gap: *g})
		wide = append(wide, math.Abs(g.Diff))
		switch {
		case g.Right():
			p.Right++
		case further(*g, s.Told.Figures(Group(of))):
			p.Worse++
		}
	}
	slices.SortFunc(p.Gaps, func(a, b StatementGap) int {
		return cmp.Or(-cmp.Compare(math.Abs(a.Diff), math.Abs(b.Diff)), cmp.Compare(a.Statement.ID, b.Statement.ID))
	})
	p.Mean, p.Low, p.High = meanOf(wide)
	return p
}

// further reports whether the other side was expected further away from what the
// expecting side says itself than it is.
func further(g Gap, own *Figures) bool {
	if own == nil {
		return false
	}
	at := 10 * float64(own.Agree) / float64(own.N)
	return math.Abs(g.Expected-at) > math.Abs(g.Said-at)
}

// meanOf is the mean with its 90 % interval by Student's t over statements, which
// are taken as a sample of what might be asked; one alone says nothing of others.
// Distances are never negative, so chance alone makes the mean greater than 0.
func meanOf(wide []float64) (mean, low, high float64) {
	if len(wide) == 0 {
		return 0, 0, 10
	}
	n := float64(len(wide))
	slices.Sort(wide) // one order of sums
	for _, w := range wide {
		mean += w / n
	}
	if len(wide) == 1 {
		return mean, 0, 10
	}
	squares := 0.0
	for _, w := range wide {
		squares += (w - mean) * (w - mean)
	}
	half := beta.Student((1+Level)/2, n-1) * math.Sqrt(squares/(n-1)/n)
	return mean, max(0, mean-half), min(10, mean+half)
}
