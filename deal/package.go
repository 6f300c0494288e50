package deal

import (
	"cmp"
	"context"
	"slices"

	"parley/engine/pareto"
)

// mostDeals is how many packages an answer lists.
const mostDeals = 20

// mostCandidates bounds the packages that are looked at for them.
const mostCandidates = 1_000

// proposal is a package of mutual steps in canonical numbers.
type proposal struct {
	choice  []int
	values  []int64
	nash    int64
	support support
}

// candidateBudget bounds the test whether one package is efficient under the
// central weights, in partial packages looked at.
const candidateBudget = 200_000

// proposals picks, from candidates in the order of their preference, the
// packages that are efficient, in which every side that takes part concedes
// something and ends above the baseline, and that leave nobody below it.
func proposals(r *reading, core []int, candidates [][]int) []proposal {
	checker := pareto.NewChecker(r.space)
	var out []proposal
	for n, choice := range candidates {
		if len(out) == mostDeals || n == mostCandidates {
			break
		}
		values := r.value(choice)
		if agrees(choice, core) && r.mutual(choice, values) && checker.Efficient(r.space.Value(choice), candidateBudget) == pareto.Efficient {
			out = append(out, proposal{choice: choice, values: values})
		}
	}
	return out
}

// agrees reports whether the package contains the core.
func agrees(choice, core []int) bool {
	for i, k := range core {
		if k >= 0 && choice[i] != k {
			return false
		}
	}
	return true
}

// mutual reports whether at least two sides concede on some issue, all who do
// end strictly above the baseline, and nobody ends below it.
func (r *reading) mutual(choice []int, values []int64) bool {
	parts := 0
	for s := range r.t.sides {
		concedes := false
		for i, k := range choice {
			at := 0
			if r.baseline != nil {
				at = r.baseline[i]
			}
			concedes = concedes || r.table.Issues[i][k][s] < r.table.Issues[i][at][s]
		}
		if values[s] < r.base[s] || concedes && values[s] == r.base[s] {
			return false
		}
		if concedes {
			parts++
		}
	}
	return parts >= 2
}

// corePackage is the core with all else as in the baseline; it may break a rule.
func (r *reading) corePackage(core []int) []int {
	out := make([]int, len(core))
	for i, k := range core {
		switch {
		case k >= 0:
			out[i] = k
		case r.baseline != nil:
			out[i] = r.baseline[i]
		}
	}
	return out
}

// choosePackages finds the packages of an answer and how they fare. Candidates
// are the Nash packages of the samples, most frequent first, then the solutions
// under the central weights.
func choosePackages(ctx context.Context, q *Question, run Run, r *reading, c *conclusions, nash *nashPackages, central [][]int) ([]proposal, support, error) {
	var candidates [][]int
	seen := map[string]bool{}
	add := func(choice []int) {
		if key := string(appendChoice(nil, choice)); !seen[key] {
			seen[key] = true
			candidates = append(candidates, choice)
		}
	}
	if nash != nil {
		for _, key := range nash.ranked() {
			add(choiceOf(key))
		}
	}
	for _, choice := range central {
		add(choice)
	}
	chosen := proposals(r, c.core, candidates)
	if nash == nil || len(chosen) == 0 {
		return chosen, support{}, nil
	}
	packages := [][]int{r.corePackage(c.core)}
	for i := range chosen {
		packages = append(packages, chosen[i].choice)
		chosen[i].nash = nash.byChoice[string(appendChoice(nil, chosen[i].choice))]
	}
	all, err := sampleSupport(ctx, q, run, r, packages)
	if err != nil {
		return nil, support{}, err
	}
	for i := range chosen {
		chosen[i].support = all[i+1]
	}
	slices.SortStableFunc(chosen, func(a, b proposal) int {
		return cmp.Or(cmp.Compare(b.nash, a.nash), cmp.Compare(b.support.all, a.support.all), slices.Compare(a.choice, b.choice))
	})
	return chosen, all[0], nil
}

// coreCount is in how many samples the Nash package contains the core.
func (n *nashPackages) coreCount(core []int) int64 {
	var sum int64
	for key, v := range n.byChoice {
		if agrees(choiceOf(key), core) {
			sum += v
		}
	}
	return sum
}
