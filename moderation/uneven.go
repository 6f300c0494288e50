package moderation

import (
	"math"
	"slices"
)

// Imbalance says that what is reported is hidden more often for authors of one
// side than for those of another, and by how much. It does not name them: the
// same difference can come from what was written and from how it was judged, and
// which it is only people can find out.
type Imbalance struct {
	Least, Most int     // of a hundred cases, hidden
	P           float64 // how often chance alone would show as great a difference, all pairs of sides compared
}

// MostChance is below which probability a difference is told.
const MostChance = 0.01

// Uneven compares how often reported things were hidden, by the side of their
// authors, each side with each other, by Fisher's exact test with Bonferroni's
// correction; nil where chance explains it, or where there is too little to say.
// Cases of sides with fewer than five are left out. Whoever looks every week is
// misled more often than once in a hundred.
func Uneven(records []Record) *Imbalance {
	hidden, cases := map[string]int{}, map[string]int{}
	var groups []string
	for _, r := range records {
		if !r.Reported || r.DecidedAt.IsZero() {
			continue
		}
		if cases[r.Group] == 0 {
			groups = append(groups, r.Group)
		}
		cases[r.Group]++
		if r.Hidden {
			hidden[r.Group]++
		}
	}
	groups = slices.DeleteFunc(groups, func(g string) bool { return cases[g] < Fewest })
	slices.Sort(groups)
	pairs := float64(len(groups)*(len(groups)-1)) / 2
	var out *Imbalance
	for i, a := range groups {
		for _, b := range groups[:i] {
			p := min(1, pairs*fisher(hidden[a], cases[a], hidden[b], cases[b]))
			if p < MostChance && (out == nil || p < out.P) {
				x, y := percent(hidden[a], cases[a]), percent(hidden[b], cases[b])
				out = &Imbalance{min(x, y), max(x, y), p}
			}
		}
	}
	return out
}

func percent(n, of int) int { return (200*n + of) / (2 * of) }

// fisher is the two-sided exact test of R. A. Fisher (The Logic of Inductive
// Inference, 1935) on hits of n and hits of m: the probability, with all sums
// given, of every table that is no more likely than this one.
func fisher(hitsN, n, hitsM, m int) float64 {
	hits := hitsN + hitsM
	all := choose(n+m, hits)
	chance := func(k int) float64 { return choose(n, k) + choose(m, hits-k) - all }
	seen := chance(hitsN)
	p := 0.0
	for k := max(0, hits-m); k <= min(n, hits); k++ {
		if c := chance(k); c <= seen+1e-7 {
			p += math.Exp(c)
		}
	}
	return min(1, p)
}

// choose is the logarithm of the binomial coefficient.
func choose(n, k int) float64 {
	a, _ := math.Lgamma(float64(n) + 1)
	b, _ := math.Lgamma(float64(k) + 1)
	c, _ := math.Lgamma(float64(n-k) + 1)
	return a - b - c
}
