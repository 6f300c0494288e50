package again

import (
	"fmt"
	"math/big"
	"strings"
)

// claimed is what stands in the answer of the bundle at a place, nil where nothing does.
func (p *proof) claimed(path ...any) any {
	at := any(p.claim)
	for _, step := range path {
		switch step := step.(type) {
		case string:
			of, _ := at.(obj)
			at = of[step]
		case int:
			of, _ := at.(list)
			if step >= len(of) {
				return nil
			}
			at = of[step]
		}
	}
	return at
}

// shown is the proof that no side loses: the sums down its own ranking or, of a side that says more about its weights, the
// claimed covers and uses of what it says, if these leave no loss.
func (r *reading) shown(sum row, claim any) list {
	out := list{}
	part := func(v int64) string { return big.NewRat(v, r.unit*r.grid).RatString() }
	claims, _ := claim.(list)
	for s, l := range r.labels.Sides {
		lines, down, said := list{}, int64(0), r.believes(s, r.tier) != nil
		order := r.ranked(s, sum, r.tier)
		if said {
			order = r.of[s]
		}
		for _, n := range order {
			if sum[n] == 0 {
				continue
			}
			line := obj{"interest": r.labels.Interests[n].ID, "tier": tierWords[r.tier[n]], "change": part(sum[n]), "sum": ""}
			if down += sum[n]; !said {
				line["sum"] = part(down)
			}
			lines = append(lines, line)
		}
		if len(lines) == 0 {
			continue
		}
		shown := obj{"side": l.ID, "steps": lines}
		if said {
			must(len(out) < len(claims), "a proof for every side")
			r.covered(s, sum, claims[len(out)], shown)
		}
		out = append(out, shown)
	}
	return out
}

// covered takes the claimed covers and uses over into what is shown. A cover takes from a gain and gives to a loss that
// weighs no more; a use takes what the side says is not below 0. What is left of each change may not be below 0.
func (r *reading) covered(side int, sum row, claim any, shown obj) {
	left, place := map[string]*big.Rat{}, map[string]int{}
	for _, n := range r.of[side] {
		id := r.labels.Interests[n].ID
		left[id], place[id] = big.NewRat(sum[n], r.unit*r.grid), n
	}
	claims, _ := claim.(obj)
	amount := func(v any) *big.Rat {
		words, _ := v.(string)
		x := rat(words)
		must(x.Sign() > 0 && x.RatString() == words, "an amount above 0")
		return x
	}
	if covers, ok := claims["covers"].(list); ok {
		shown["covers"] = covers
		for k := range covers {
			c, _ := covers[k].(obj)
			gain, _ := c["gain"].(string)
			loss, _ := c["loss"].(string)
			must(len(c) == 3 && left[gain] != nil && left[loss] != nil && r.tier[place[loss]] > 0 && r.tier[place[gain]] > r.tier[place[loss]],
				"a loss is covered by what ranks higher")
			left[gain].Sub(left[gain], amount(c["amount"]))
			left[loss].Add(left[loss], amount(c["amount"]))
		}
	}
	if uses, ok := claims["statements"].(list); ok {
		shown["statements"] = uses
		for k := range uses {
			u, _ := uses[k].(obj)
			said := false
			for _, w := range r.Weights {
				if w.Side != side || said || len(u) != 2 || u["statement"] != r.weighingSays(w) {
					continue
				}
				said = true
				for _, x := range w.Terms {
					id := r.labels.Interests[x.Interest].ID
					left[id].Sub(left[id], mul(amount(u["times"]), rat(x.Times)))
				}
			}
			must(said, "the side says what is used")
		}
	}
	for id, v := range left {
		must(v.Sign() >= 0, fmt.Sprintf("the loss on %s is not covered", id))
	}
}

// weighingSays writes a statement with the ids of its interests.
func (p *proof) weighingSays(w weighing) string {
	var sides [2][]string
	for _, x := range w.Terms {
		times, id, at := rat(x.Times), p.labels.Interests[x.Interest].ID, 0
		if times.Sign() < 0 {
			times, at = times.Neg(times), 1
		}
		if times.Cmp(big.NewRat(1, 1)) != 0 {
			id = times.RatString() + " " + id
		}
		sides[at] = append(sides[at], id)
	}
	return strings.Join(sides[0], " + ") + " >= " + strings.Join(sides[1], " + ")
}
