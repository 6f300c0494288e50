package again

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// What is worked out anew of a frontier that is not claimed to be complete: comparisons in one search, points listed at
// most, and how many that tie are listed of each fair pick where the frontier itself is too long.
const cutBudget, mostListed, mostTies = 100_000_000, 20_000, 100

// Why a frontier may not be complete: it was too large to be merged, the search for it was ended, or it is too long.
const tooLarge, notComplete, tooLong = "frontier too large", "frontier not complete", "frontier too long to list"

// warned reports whether the bundle warns of something.
func (p *proof) warned(code string) bool {
	all, _ := p.claim["warnings"].(list)
	return slices.Contains(all, any(code))
}

// readListed takes over what is listed of a frontier that is not complete: packages that keep every rule, none better than
// another, and the fair picks that are known of it. That they are as near to all others as is said stands apart.
func (r *reading) readListed() {
	if r.long() {
		return
	}
	r.takeListed()
	r.fair = obj{"nash": r.cutNash(), "leximin": []int{}, "kalai_smorodinsky": []int{}, "utilitarian": []int{}}
}

// readFrontier works out a frontier that is claimed to be complete. Where that is too much work, it takes over what is
// listed, with how many packages reach each point; that nothing is missing stands apart.
func (r *reading) readFrontier() {
	if !within(func() { r.front = r.countCapped(r.table.merge(nil, nil, 0)) }) {
		r.takeListed()
		must(len(r.front) > 0, "no package is too much work to be re-checked")
		r.leave("frontier_complete", "complete-too-large", "curve")
		r.bound = cutBudget
	}
	r.fair = r.solutions()
}

// takeListed takes over the points listed: packages that keep every rule, none better than another.
func (r *reading) takeListed() {
	claimed, _ := r.claim["frontier"].(list)
	must(len(claimed) <= mostListed, "as many points as can be listed")
	for _, c := range claimed {
		x := point{choice: r.chosen(field(c, "choices"))}
		if n := field(c, "count"); n != nil && !r.cut {
			x.n = counted(n)
		}
		must(r.broken(x.choice) == nil, "a package that is listed keeps every rule")
		x.v = r.capped(r.table.value(x.choice))
		if n := len(r.front); n > 0 {
			must(slices.Compare(r.front[n-1].v, x.v) > 0, "points are listed from the first side's largest on")
		}
		must(!slices.ContainsFunc(r.front, func(y point) bool { return y.v.covers(x.v) }), "no package that is listed is better than another")
		r.front = append(r.front, x)
	}
}

// counted is a number of packages as JSON has it.
func counted(claimed any) *big.Int {
	n, ok := new(big.Int).SetString(strings.Trim(fmt.Sprint(claimed), `"`), 10)
	must(ok && n.Sign() > 0, "a number of packages is positive")
	return n
}

// long reports whether the frontier is known in full but too long to list: then its fair picks are listed.
func (r *reading) long() bool {
	if !r.warned(tooLong) || r.warned(tooLarge) || r.warned(notComplete) {
		return false
	}
	r.bound = budget
	r.front = r.countCapped(r.table.merge(nil, nil, 0))
	must(len(r.front) > mostListed, "a frontier that could be listed")
	all, place, kept := r.solutions(), map[int]int{}, []point{}
	r.opposition, r.integrative = nil, nil
	short := obj{}
	for _, rule := range []string{"nash", "kalai_smorodinsky", "leximin", "utilitarian"} {
		set := []int{}
		for _, n := range all[rule].([]int)[:min(mostTies, len(all[rule].([]int)))] {
			if _, listed := place[n]; !listed {
				place[n] = len(kept)
				kept = append(kept, r.front[n])
			}
			set = append(set, place[n])
		}
		short[rule] = set
	}
	r.front, r.fair, r.whole = kept, short, true
	return true
}

// first is a package that keeps every rule, to begin a search with.
func (r *reading) first() []int {
	if len(r.front) > 0 {
		return r.front[0].choice
	}
	must(r.broken(r.after(nil)) == nil, "a package to begin with")
	return r.after(nil)
}

// cutNash is the place of the fairest package among those listed, worked out without the frontier.
func (r *reading) cutNash() []int {
	claimed, _ := field(r.claim["solutions"], "nash").(list)
	var best []int
	known := within(func() { best = r.fairestOfAll() })
	switch {
	case len(claimed) == 0 && (best != nil || !known):
		must(r.warned("nash search stopped at its bound"), "some package leaves every side its baseline")
		r.leave("solutions", "nash-not-claimed", "picks")
		return []int{}
	case len(claimed) == 0:
		return []int{}
	}
	at := integer(claimed[0])
	must(len(claimed) == 1 && at >= 0 && int(at) < len(r.front) && r.front[at].v.covers(r.base), "the fairest package is one of those listed")
	if !known {
		r.leave("solutions", "nash-too-large", "picks")
	} else {
		must(best != nil && slices.Equal(r.capped(r.table.value(best)), r.front[at].v), "the fairest package is another")
	}
	return []int{int(at)}
}

// fairestOfAll is the Nash package, nil where none leaves every side its baseline. Under caps it is one of those that nothing
// beats without them.
func (r *reading) fairestOfAll() (best []int) {
	if r.cap == nil {
		return r.table.nash(r.base, r.first())
	}
	var most row
	for _, x := range r.table.merge(r.base, nil, 0) {
		if v := r.capped(x.v); v.covers(r.base) && (best == nil || fairer(v, most, r.base) > 0) {
			best, most = x.choice, v
		}
	}
	return best
}

// gap re-checks how much more than the nearest point listed some package can give each side.
func (r *reading) gap() any {
	claimed, said := r.claim["frontier_gap"].(obj)
	cover, covered := r.claim["cover"].(obj)
	must(!said || r.cut && !r.whole, "what a complete frontier lacks")
	if covered {
		must(said == (cover["of"] == "all"), "a gap of all packages is that of a cover of all")
	} else if r.cut && !r.whole && !said {
		r.leave("frontier", "gap-not-claimed", "curve")
	}
	if !said {
		return nil
	}
	most := r.allowance(claimed)
	r.nothingBeyond("frontier_gap", most, nil)
	return r.points(most)
}

func (r *reading) allowance(claimed obj) row {
	most := make(row, r.Sides)
	for s, l := range r.labels.Sides {
		most[s] = integer(number(claimed[l.ID]))
		must(most[s] >= 0, "a gap is not negative")
	}
	return most
}

// nothingBeyond makes sure that no package that reaches a floor gives any side more than so much beyond the nearest point.
func (r *reading) nothingBeyond(statement string, most, floor row) {
	t := r.table
	t.near = func(v, more row) bool {
		return slices.ContainsFunc(r.front, func(x point) bool {
			for s := range v {
				reach := v[s] + more[s]
				if r.cap != nil {
					reach = min(reach, r.cap[s])
				}
				if reach > x.v[s]+most[s] {
					return false
				}
			}
			return true
		})
	}
	var beyond []point
	if !within(func() { beyond = t.merge(floor, nil, 0) }) {
		r.leave(statement, "gap-too-large", "curve")
	}
	must(len(beyond) == 0, "some package gives more than is said beyond the points listed")
}

// cover re-checks how near the points listed are to every package, or to every one that leaves all sides the baseline.
func (r *reading) cover() any {
	claimed, said := r.claim["cover"].(obj)
	must(!said || r.cut && !r.whole && len(r.front) > 0, "what a complete frontier lacks")
	if !said {
		return nil
	}
	of, floor := claimed["of"], slices.Clone(r.base)
	if must(of == "all" || of == "at-or-above-baseline", "of which packages"); of == "all" {
		floor = nil
	}
	gap, _ := claimed["gap"].(obj)
	most := r.allowance(gap)
	r.nothingBeyond("cover", most, floor)
	num, den := r.part(most, floor)
	if words, _ := claimed["epsilon"].(string); len(r.Rules) > 0 { // rules may keep a side from the most that its options give
		a, b, _ := strings.Cut(words, "/")
		a64, b64 := integer(number(a)), integer(number(b))
		must(b64 > 0 && big.NewRat(a64, b64).Cmp(big.NewRat(num, den)) >= 0, "a gap is no larger part than is said")
		num, den = a64, b64
	}
	percent := new(big.Int).Mul(big.NewInt(num), big.NewInt(100))
	percent.Add(percent, big.NewInt(den-1)).Quo(percent, big.NewInt(den))
	return obj{
		"epsilon": fmt.Sprintf("%d/%d", num, den), "of": of, "gap": r.points(most),
		"because": r.because(func(lang string) []string {
			return []string{r.say(lang, "cover."+of.(string), "Points", grouped(lang, strconv.Itoa(len(r.front))), "Percent", percent.String())}
		}),
	}
}

// part is the largest part that a gap is of what a side could gain at most.
func (r *reading) part(gap, floor row) (num, den int64) {
	den = 1
	for s := range gap {
		low, high := int64(0), int64(0)
		for _, options := range r.table.issues {
			least, most := options[0][s], options[0][s]
			for _, o := range options {
				least, most = min(least, o[s]), max(most, o[s])
			}
			low, high = low+least, high+most
		}
		for k, u := range r.Rules {
			if u.Kind == "together" {
				low, high = low+min(0, r.table.joint[k][s]), high+max(0, r.table.joint[k][s])
			}
		}
		if r.cap != nil {
			high = min(high, r.cap[s])
		}
		if floor != nil {
			low = max(low, floor[s])
		}
		span := max(1, high-low)
		if big.NewRat(gap[s], span).Cmp(big.NewRat(num, den)) > 0 {
			num, den = gap[s], span
		}
	}
	if num >= den {
		return 1, 1
	}
	return num, den
}
