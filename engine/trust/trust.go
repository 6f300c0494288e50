// Package trust says how far the members of a group are known to one another, and
// how much each may count in what is counted, so that many accounts of one person
// count hardly more than a few. It knows neither names nor sides, only numbers
// from 0, and it judges nobody: trust here is that somebody is a person and is
// who they say, not that they are right.
//
// Both parts follow Solidago (Hoang et al., arXiv:2211.01179 and 2202.08656):
// Scores is its trust propagation, Rights its voting rights. Changing the order
// of members, vouches or groups changes nothing but the order of the answer.
package trust

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// The constants of Solidago's lipschitrust.
const (
	PreTrust = 0.8 // the trust of those who are trusted from the start
	Decay    = 0.8 // what is left of trust that is passed on
	Sink     = 5.0 // how many vouches each voucher gives to nobody, so that one vouch passes on a sixth at most
)

// rounds is how often trust is passed on: what is still under way afterwards is
// below Decay^rounds, 1e-15.
const rounds = 155

// Vouch says that member By vouches for member Of.
type Vouch struct{ By, Of int }

// Network is who is trusted from the start, by member, and who vouches for whom.
// Vouches for oneself and those that are there twice do not count.
type Network struct {
	Trusted []bool
	Vouches []Vouch
}

// Scores is the trust of each member, in [0, 1]. It is the fixed point of
//
//	t(m) = min(1, p(m) + Decay * sum over the vouchers v of m of t(v) / (n(v) + Sink))
//
// with p(m) = PreTrust for who is trusted from the start and 0 for others, and
// n(v) the number of members for whom v vouches. A member passes on less than
// Decay of their own trust, however many they vouch for; so accounts for which
// nobody with trust vouches have none, however many they are. It is an error to
// name a member who is not there.
func Scores(n Network) ([]float64, error) {
	from, count, err := n.vouchers()
	if err != nil {
		return nil, err
	}
	start := make([]float64, len(n.Trusted))
	for m, trusted := range n.Trusted {
		if trusted {
			start[m] = PreTrust
		}
	}
	now, next := slices.Clone(start), make([]float64, len(start))
	var parts []float64
	for range rounds {
		for m := range next {
			parts = parts[:0]
			for _, v := range from[m] {
				parts = append(parts, now[v]/(float64(count[v])+Sink))
			}
			next[m] = min(1, start[m]+Decay*sum(parts))
		}
		now, next = next, now
	}
	return now, nil
}

// vouchers lists for each member who vouches for them, and counts for each for
// how many they vouch.
func (n Network) vouchers() (from [][]int, count []int, err error) {
	from, count = make([][]int, len(n.Trusted)), make([]int, len(n.Trusted))
	vouches := slices.Clone(n.Vouches)
	slices.SortFunc(vouches, func(a, b Vouch) int { return cmp.Or(a.By-b.By, a.Of-b.Of) })
	for _, v := range slices.Compact(vouches) {
		if min(v.By, v.Of) < 0 || max(v.By, v.Of) >= len(n.Trusted) {
			return nil, nil, fmt.Errorf("trust: %d vouches for %d, and there are %d members", v.By, v.Of, len(n.Trusted))
		}
		if v.By != v.Of {
			from[v.Of] = append(from[v.Of], v.By)
			count[v.By]++
		}
	}
	return from, count, nil
}

// sum adds numbers from the smallest to the largest, so that their order does not
// matter. It sorts its argument.
func sum(parts []float64) float64 {
	slices.Sort(parts)
	total := 0.0
	for _, p := range parts {
		total += p
	}
	return total
}

// The constants of the budget: per side a half of Solidago's two, since a side is
// about half of those who are there, and its tenth of the trust.
const (
	BudgetBase  = 1.0
	BudgetShare = 0.1
)

// Budget is how much voting right the members of a group may be given beyond
// their trust: BudgetBase and BudgetShare of the trust that is there.
func Budget(scores []float64) float64 {
	return BudgetBase + BudgetShare*sum(slices.Clone(scores))
}

// Rights is the voting right of each member of one group whose trust is given,
// in (0, 1]: the larger of their trust and w, where w is the largest number up to
// 1 for which all that is given beyond trust, the sum of w - trust where that is
// above 0, stays within Budget. So newcomers count from the first day, fully
// where they are few, and together never for more than the budget where they are
// many. It panics where a score is outside [0, 1].
func Rights(scores []float64) []float64 {
	sorted := slices.Sorted(slices.Values(scores))
	w, given, budget := 1.0, 0.0, Budget(scores)
	for k, t := range sorted {
		if math.IsNaN(t) || t < 0 || t > 1 {
			panic(fmt.Sprintf("trust: a score of %v", t))
		}
		// Were w this member's trust, those below would get k*t - given.
		if float64(k)*t-given > budget {
			w = (budget + given) / float64(k)
			break
		}
		given += t
		if k == len(sorted)-1 {
			w = min(1, (budget+given)/float64(len(sorted)))
		}
	}
	rights := make([]float64, len(scores))
	for m, t := range scores {
		rights[m] = max(t, w)
	}
	return rights
}
