package trust_test

import (
	"fmt"

	"parley/engine/trust"
)

// A side with three members whom the convener admitted, one newcomer for whom two
// of them vouch, and forty accounts that somebody made last night and that vouch
// for one another.
func Example() {
	const known, newcomer, made = 3, 3, 40
	network := trust.Network{Trusted: make([]bool, known+1+made)}
	for m := range known {
		network.Trusted[m] = true
	}
	network.Vouches = append(network.Vouches, trust.Vouch{By: 0, Of: newcomer}, trust.Vouch{By: 1, Of: newcomer})
	for m := newcomer + 1; m < newcomer+made; m++ {
		network.Vouches = append(network.Vouches, trust.Vouch{By: m, Of: m + 1}, trust.Vouch{By: m + 1, Of: m})
	}
	scores, err := trust.Scores(network)
	if err != nil {
		fmt.Println(err)
		return
	}
	rights := trust.Rights(scores)
	all := 0.0
	for _, r := range rights[newcomer+1:] {
		all += r
	}
	fmt.Printf("known %.2f, newcomer %.2f, one made account %.3f\n", rights[0], rights[newcomer], rights[newcomer+1])
	fmt.Printf("all forty together %.2f, the budget %.2f\n", all, trust.Budget(scores))
	// Output:
	// known 0.80, newcomer 0.21, one made account 0.032
	// all forty together 1.26, the budget 1.26
}
