package forum

import (
	"math"
	"slices"
)

// Voice is what the marks of one person on one thing weigh.
type Voice struct {
	Group   string  // for whom they are counted: a side, or "" for several and none
	Weight  float64 // the voting right, see dialogue.Weigh, in (0, 1]; what Outside gives those of no side
	For     bool    // found it helpful
	Against bool    // found it unclear, or in need of a source
}

// Outside is the weight of who is of several sides or of none: they are heard,
// and fill no side's place.
const Outside = .25

// tail is what all marks together can move the order by where they do not come
// from two sides.
const tail = .001

// Bridging is how well something bridges: the chance that two people drawn from
// two different sides both find it helpful, summed over all pairs of sides,
//
//	a(s) = h(s) / (1 + h(s) + u(s))
//	B    = sum over s < t of a(s) a(t)  +  tail * (H - U) / (1 + H + U)
//
// with h the weight of those of the side who found it helpful, u of those who
// found it unclear or without a source, H and U the same over everybody. The 1 is
// one voice that finds nothing helpful, so that few marks say little (the rule of
// succession). Sides alone count, by voting right and not by head: however many of
// one side praise something, its share of B stays below that of one voice of
// weight .04 from each of two sides, and who is new and recommended by nobody has
// less than that. The figure is in units of 10^-12, the same on every machine and
// in whatever order the voices come; equal figures are for the caller to order.
func Bridging(voices []Voice) int64 {
	forSide, against := map[string]int64{}, map[string]int64{}
	var allFor, allAgainst int64
	for _, v := range voices {
		w := int64(math.Round(min(max(v.Weight, 0), 1) * 1e6)) // whole numbers: their sum knows no order
		if v.For {
			forSide[v.Group] += w
			allFor += w
		}
		if v.Against {
			against[v.Group] += w
			allAgainst += w
		}
	}
	delete(forSide, "")
	var shares []float64
	for side, h := range forSide {
		shares = append(shares, float64(h)/float64(1e6+h+against[side]))
	}
	slices.Sort(shares)
	var pairs, before float64
	for _, a := range shares {
		pairs += before * a
		before += a
	}
	rest := float64(allFor-allAgainst) / float64(1e6+allFor+allAgainst)
	return int64(math.Round((pairs + tail*rest) * 1e12))
}
