package bargain

import (
	"cmp"
	"errors"
	"math/big"
	"slices"
)

// AdjustedWinner divides items between two sides that gave each item points, by
// the procedure of Brams and Taylor (1996): each item goes to the side that
// values it more, equal ones to the side that has less; then items move from
// the side ahead to the other, those first that cost the giver least per point
// received, the last one in part, until both have the same. The result is
// efficient, free of envy and equal; at most one item is split.
//
// It returns which part of each item side a gets and what each side has in its
// own points. Points are not negative and both sides give the same number in
// all; anything else is an error.
func AdjustedWinner(a, b []int64) (shareOfA []*big.Rat, valueA, valueB *big.Rat, err error) {
	if err := checkBids(a, b); err != nil {
		return nil, nil, nil, err
	}
	w := winner{bids: [2][]int64{a, b}, owner: make([]int, len(a))}
	w.award()
	split, part := w.equalise()
	shareOfA = make([]*big.Rat, len(a))
	valueA, valueB = new(big.Rat), new(big.Rat)
	for k, owner := range w.owner {
		share := big.NewRat(int64(1-owner), 1)
		if k == split {
			share = part
		}
		shareOfA[k] = share
		valueA.Add(valueA, new(big.Rat).Mul(share, big.NewRat(a[k], 1)))
		rest := new(big.Rat).Sub(big.NewRat(1, 1), share)
		valueB.Add(valueB, rest.Mul(rest, big.NewRat(b[k], 1)))
	}
	return shareOfA, valueA, valueB, nil
}

func checkBids(a, b []int64) error {
	if len(a) != len(b) {
		return errors.New("both sides must give points to the same items")
	}
	var sums [2]int64
	for s, bids := range [2][]int64{a, b} {
		for _, v := range bids {
			if v < 0 || v > 1<<31 || sums[s] > 1<<31 {
				return errors.New("points must lie between 0 and 2^31")
			}
			sums[s] += v
		}
	}
	if sums[0] != sums[1] {
		return errors.New("both sides must give the same number of points in all")
	}
	return nil
}

type winner struct {
	bids  [2][]int64
	owner []int    // per item: 0 or 1
	has   [2]int64 // points of each side
}

// award gives each item to the higher bidder, then the equal ones to whoever
// has less.
func (w *winner) award() {
	give := func(k, side int) {
		w.owner[k] = side
		w.has[side] += w.bids[side][k]
	}
	for k := range w.owner {
		switch cmp.Compare(w.bids[0][k], w.bids[1][k]) {
		case 1:
			give(k, 0)
		case -1:
			give(k, 1)
		}
	}
	for k := range w.owner {
		if w.bids[0][k] == w.bids[1][k] {
			if w.has[0] <= w.has[1] {
				give(k, 0)
			} else {
				give(k, 1)
			}
		}
	}
}

// equalise moves items from the leader to the trailer until a part of one makes
// them equal; it returns that item and the part side 0 gets of it, or -1.
func (w *winner) equalise() (split int, part *big.Rat) {
	leader := 0
	if w.has[1] > w.has[0] {
		leader = 1
	}
	lead, trail := w.bids[leader], w.bids[1-leader]
	var items []int
	for k, owner := range w.owner {
		if owner == leader && lead[k] > 0 { // moving what neither wants changes nothing
			items = append(items, k)
		}
	}
	slices.SortStableFunc(items, func(i, j int) int { // by lead/trail rising, x/0 last
		return cmp.Compare(lead[i]*trail[j], lead[j]*trail[i])
	})
	for _, k := range items {
		gap := w.has[leader] - w.has[1-leader]
		if gap == 0 {
			break
		}
		if whole := lead[k] + trail[k]; whole > gap {
			part = big.NewRat(gap, whole) // has - x lead = other + x trail
			if leader == 0 {
				part.Sub(big.NewRat(1, 1), part)
			}
			return k, part
		}
		w.owner[k] = 1 - leader
		w.has[leader] -= lead[k]
		w.has[1-leader] += trail[k]
	}
	return -1, nil
}
