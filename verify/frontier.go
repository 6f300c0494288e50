package verify

import (
	"cmp"
	"math/big"
	"slices"

	"parley/verify/strict"
)

// point is a vector of points with the first package that reaches it and how many do.
type point struct {
	v      row
	choice []int
	open   string // what rules still at work know of the choice
	n      *big.Int
}

// decide takes an option of issue i: it adds what rules give whose last issue this is, and notes what others depend on.
func (t *table) decide(x point, i, option int) (y point, keeps bool) {
	y, keeps = point{x.v.plus(t.Issues[i][option].Points, 1), slices.Clone(x.choice), "", x.n}, true
	y.choice[i] = option
	for k, issues := range t.links {
		if u, last := t.Rules[k], append([]int{0}, issues...)[len(issues)]; last == i {
			keeps = keeps && !t.breaks(u, y.choice)
			y.v = y.v.plus(u.Points, has(y.choice, u.When...))
		} else if last > i {
			for _, j := range issues {
				y.open += string(rune(y.choice[j]))
			}
		}
	}
	return y, keeps
}

// frontier is every unbeaten vector: issue by issue, because what is beaten stays beaten whatever is added, among
// choices that rules cannot tell apart any more.
func (t *table) frontier() []point {
	kept, work := []point{{make(row, len(t.Baseline)), make([]int, len(t.Issues)), "", big.NewInt(1)}}, 0
	for i, options := range t.Issues {
		var next []point
		for _, x := range kept {
			for k := range options {
				if y, keeps := t.decide(x, i, k); keeps {
					next = append(next, y)
				}
			}
		}
		kept = sift(next, &work)
	}
	for _, x := range kept { // a cap never turns two packages round: what is unbeaten under it was so before
		for s, most := range t.Cap {
			x.v[s] = min(x.v[s], most)
		}
	}
	return sift(kept, &work)
}

// sift keeps what nothing else beats, of equal points the first package with the number of all.
func sift(all []point, work *int) (kept []point) {
	slices.SortFunc(all, func(a, b point) int {
		return cmp.Or(slices.Compare(b.v, a.v), cmp.Compare(a.open, b.open), slices.Compare(a.choice, b.choice))
	})
	for _, x := range all {
		if n := len(kept) - 1; n >= 0 && kept[n].open == x.open && slices.Equal(kept[n].v, x.v) {
			kept[n].n = new(big.Int).Add(kept[n].n, x.n)
		} else if !slices.ContainsFunc(kept, func(y point) bool { *work++; return y.open == x.open && y.v.covers(x.v) }) {
			kept = append(kept, x)
		}
		if *work > 100_000_000 {
			panic(strict.TooMuch("the frontier is too long to be worked out anew"))
		}
	}
	return kept
}

// facts are the frontier and the fair picks among its points not below the baseline: those with most gains and then the largest
// product (Nash), the largest gain ratios from the least on (leximin, also Kalai-Smorodinsky), or the largest sum of ratios (utilitarian).
func (t *table) facts() map[string]any {
	points, packages, counts, most := []row{}, [][]int{}, []string{}, slices.Clone(t.Baseline)
	for _, x := range t.frontier() {
		points, packages = append(points, x.v), append(packages, x.choice)
		if len(t.Rules)+len(t.Cap) == 0 {
			counts = append(counts, x.n.String())
		}
		for s, v := range x.v {
			most[s] = max(most[s], v)
		}
	}
	keys := make([][3][]*big.Rat, len(points))
	for n, v := range points {
		above, product, sum, ratios := new(big.Rat), big.NewRat(1, 1), new(big.Rat), []*big.Rat{}
		for s, b := range t.Baseline {
			if v[s] > b {
				above.Add(above, big.NewRat(1, 1))
				product.Mul(product, big.NewRat(v[s]-b, 1))
			}
			if most[s] > b {
				ratios = append(ratios, big.NewRat(v[s]-b, most[s]-b))
				sum.Add(sum, ratios[len(ratios)-1])
			}
		}
		slices.SortFunc(ratios, (*big.Rat).Cmp)
		keys[n] = [3][]*big.Rat{{above, product}, ratios, {sum}}
	}
	out := map[string]any{"points": points, "packages": packages, "counts": counts}
	for rule, name := range []string{"nash", "leximin", "utilitarian"} {
		picked := []int{}
		for n, v := range points {
			c := slices.CompareFunc(keys[n][rule], keys[append(picked, n)[0]][rule], (*big.Rat).Cmp)
			if v.covers(t.Baseline) && c > 0 {
				picked = []int{n}
			} else if v.covers(t.Baseline) && c == 0 {
				picked = append(picked, n)
			}
		}
		out[name] = picked
	}
	return out
}

// serves re-checks whom a package serves. What it changes for a side is added up in the order that is worst for it: tier
// by tier from the top, losses first; losses without a tier before all, gains without one after all. By Abel's summation
// the side never loses, whatever its weights, exactly when no sum is negative; it gains when one is positive.
func (t *table) serves(x serves) bool {
	change, gains, sums := t.change(x.Package), []int{}, make(row, len(t.Baseline))
	low, high := slices.Clone(sums), slices.Clone(sums)
	for place := range 8 {
		for n, v := range change {
			at := [2][4]int{{7, 6, 4, 2}, {0, 5, 3, 1}}[min(1, max(0, -v))][t.Tier[n]]
			if s := t.Side[n]; at == place {
				sums[s] += v
				low[s], high[s] = min(low[s], sums[s]), max(high[s], sums[s])
			}
		}
	}
	for s := range sums {
		if high[s] > 0 {
			gains = append(gains, s)
		}
	}
	return slices.Min(low) >= 0 && slices.Equal(gains, x.Gains) && !slices.ContainsFunc(t.Rules, func(u thing) bool { return t.breaks(u, x.Package) })
}
