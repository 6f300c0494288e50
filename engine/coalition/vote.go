package coalition

import "math/big"

// Power is the Shapley-Shubik index of a vote by weight: the share of all orders
// of the voters in which a voter is the one who brings the weights up to the
// quota. (L. S. Shapley and M. Shubik, A method for evaluating the distribution
// of power in a committee system, American Political Science Review 48, 1954.)
//
// Groups are counted by size and weight, never listed: n voters and a quota q
// take about n²q steps. Weights are not negative and the quota is at least 1 and
// at most their sum.
func Power(weights []int, quota int) []*big.Rat {
	n := len(weights)
	out := make([]*big.Rat, n)
	known := map[int]*big.Rat{} // voters of one weight have one power
	for p, w := range weights {
		if known[w] == nil {
			known[w] = power(weights, quota, p)
		}
		out[p] = new(big.Rat).Set(known[w])
	}
	return out
}

// power counts the groups of the others, by size, that fall short of the quota
// and reach it with voter p.
func power(weights []int, quota, p int) *big.Rat {
	n := len(weights)
	counts := make([][]big.Int, n) // by size and weight below the quota
	for size := range counts {
		counts[size] = make([]big.Int, quota)
	}
	counts[0][0].SetInt64(1)
	for other, w := range weights {
		if other == p {
			continue
		}
		for size := n - 1; size > 0; size-- {
			for sum := quota - 1; sum >= w; sum-- {
				counts[size][sum].Add(&counts[size][sum], &counts[size-1][sum-w])
			}
		}
	}
	orders := new(big.Int)
	for size := range counts {
		decisive := new(big.Int)
		for sum := max(0, quota-weights[p]); sum < quota; sum++ {
			decisive.Add(decisive, &counts[size][sum])
		}
		decisive.Mul(decisive, factorial(size))
		orders.Add(orders, decisive.Mul(decisive, factorial(n-size-1)))
	}
	return new(big.Rat).SetFrac(orders, factorial(n))
}
