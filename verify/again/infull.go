package again

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"

	"parley/verify/strict"
)

// mostInFull bounds the comparisons of packages by values of any size.
const mostInFull = 20_000_000

// inFull is the table in values as they are stated, whatever room they take.
type inFull struct {
	*reading
	*figures
	work int
}

// fullPoint is a point of it.
type fullPoint struct {
	v      []*big.Rat
	choice []int
	open   string
	n      *big.Int
}

// unrounded says that no value was rounded. Where one was it makes sure that this changed neither the frontier nor the fair
// picks on it: in values as they are stated the same packages are unbeaten, as many are equal to them, and the same are fairest.
func (r *reading) unrounded() any {
	x, same := &inFull{reading: r, figures: r.figures()}, false
	switch {
	case !r.rounded:
	case r.cut || !within(func() { same = x.same() }):
		r.leave("exact", "rounded-too-large", "rounding")
	case !same:
		r.leave("exact", "rounded-apart", "rounding")
	}
	return !r.rounded
}

func (x *inFull) same() bool {
	all := x.frontier()
	same := slices.EqualFunc(all, x.front, func(a fullPoint, b point) bool {
		return slices.Equal(a.choice, b.choice) && (x.cap != nil || a.n.Cmp(b.n) == 0)
	})
	if !same || len(all) == 0 {
		return same
	}
	base := x.stated
	if x.at != nil {
		base = x.capped(x.value(x.at))
	}
	var gains [][]*big.Rat
	for _, p := range all {
		gain := make([]*big.Rat, x.Sides)
		for s := range gain {
			gain[s] = new(big.Rat).Sub(p.v[s], base[s])
		}
		gains = append(gains, gain)
	}
	return fmt.Sprint(fairest(gains).sets) == fmt.Sprint(x.fair)
}

// value is what a package gives each side.
func (x *inFull) value(choice []int) []*big.Rat {
	v, last := x.nothing(), len(x.Issues)
	for i, k := range choice {
		v = sumOf(v, x.values[i][k])
	}
	for k, u := range x.Rules {
		if u.Kind == "together" && all(u.When, choice) {
			v = sumOf(v, x.values[last][k])
		}
	}
	return v
}

func (x *inFull) nothing() (v []*big.Rat) {
	for range x.Sides {
		v = append(v, new(big.Rat))
	}
	return v
}

func sumOf(a, b []*big.Rat) (sum []*big.Rat) {
	for s := range a {
		sum = append(sum, new(big.Rat).Add(a[s], b[s]))
	}
	return sum
}

// capped counts no more for a side than its cap.
func (x *inFull) capped(v []*big.Rat) []*big.Rat {
	for s, most := range x.most {
		if most != nil && v[s].Cmp(most) > 0 {
			v[s] = most
		}
	}
	return v
}

// frontier is every unbeaten vector: issue by issue, among choices that the rules cannot tell apart any more.
func (x *inFull) frontier() []fullPoint {
	kept := []fullPoint{{x.nothing(), nil, "", big.NewInt(1)}}
	for i := range x.Issues {
		var next []fullPoint
		for _, p := range kept {
			for k, gives := range x.values[i] {
				choice := append(slices.Clone(p.choice), k)
				if v, keeps := x.decided(sumOf(p.v, gives), choice); keeps {
					next = append(next, fullPoint{v, choice, x.table.open(choice), p.n})
				}
			}
		}
		kept = x.unbeaten(next)
	}
	if x.cap == nil {
		return kept
	}
	for n := range kept {
		kept[n].v = x.capped(kept[n].v)
	}
	return x.unbeaten(kept)
}

// decided adds what rules give whose last issue was just decided, and reports whether the others are kept.
func (x *inFull) decided(v []*big.Rat, choice []int) ([]*big.Rat, bool) {
	if !x.table.settle(make(row, x.Sides), choice) {
		return nil, false
	}
	for k, issues := range x.links {
		if u := x.Rules[k]; len(issues) > 0 && issues[len(issues)-1] == len(choice)-1 && u.Kind == "together" && all(u.When, choice) {
			v = sumOf(v, x.values[len(x.Issues)][k])
		}
	}
	return v, true
}

// unbeaten leaves out what another sum equals or exceeds; of equal ones the first package stays, with the number of all.
func (x *inFull) unbeaten(all []fullPoint) (kept []fullPoint) {
	byValue := func(a, b []*big.Rat) int { return slices.CompareFunc(a, b, (*big.Rat).Cmp) }
	slices.SortFunc(all, func(a, b fullPoint) int {
		return cmp.Or(byValue(b.v, a.v), cmp.Compare(a.open, b.open), slices.Compare(a.choice, b.choice))
	})
	beats := func(y, p fullPoint) bool {
		for s := range p.v {
			if y.v[s].Cmp(p.v[s]) < 0 {
				return false
			}
		}
		return y.open == p.open
	}
	for _, p := range all {
		if last := len(kept) - 1; last >= 0 && kept[last].open == p.open && byValue(kept[last].v, p.v) == 0 {
			kept[last].n = new(big.Int).Add(kept[last].n, p.n)
		} else if !slices.ContainsFunc(kept, func(y fullPoint) bool { x.work++; return beats(y, p) }) {
			kept = append(kept, p)
		}
		if x.work > mostInFull {
			panic(strict.TooMuch("not re-checked in full"))
		}
	}
	return kept
}
