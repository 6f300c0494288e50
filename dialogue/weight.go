package dialogue

import (
	"parley/engine/trust"
)

// Voter is a member who may recommend and be recommended: admitted, neither
// observer nor neutral.
type Voter struct {
	ID     MemberID
	Vetted bool       // the convener, or registrars of two sides, said yes to this very person
	Side   SideID     // for which they are counted; empty: several or none
	By     []MemberID // who recommends them
}

// Weigh is the voting right, in (0, 1], of each voter who is counted for a side.
// Who was vetted is trusted from the start, whoever came in freely or by a link
// for many once they are recommended; see engine/trust. The budget for those who
// are little known is each side's own, so that no side's newcomers weigh on
// another.
func Weigh(voters []Voter) (map[MemberID]float64, error) {
	at := make(map[MemberID]int, len(voters))
	for i, v := range voters {
		at[v.ID] = i
	}
	n := trust.Network{Trusted: make([]bool, len(voters))}
	sides := map[SideID][]int{}
	for i, v := range voters {
		n.Trusted[i] = v.Vetted
		for _, by := range v.By {
			if j, ok := at[by]; ok {
				n.Vouches = append(n.Vouches, trust.Vouch{By: j, Of: i})
			}
		}
		if v.Side != "" {
			sides[v.Side] = append(sides[v.Side], i)
		}
	}
	scores, err := trust.Scores(n)
	if err != nil {
		return nil, err
	}
	weights := map[MemberID]float64{}
	for _, side := range sides {
		of := make([]float64, len(side))
		for k, i := range side {
			of[k] = scores[i]
		}
		for k, right := range trust.Rights(of) {
			weights[voters[side[k]].ID] = right
		}
	}
	return weights, nil
}
