package again

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// tableOf is a table of some options' points, with rules.
func tableOf(t testing.TB, issues [][]row, rules []rule, joint []row) table {
	t.Helper()
	p := &proof{}
	if err := json.Unmarshal([]byte(`{"issues":[{}`+strings.Repeat(",{}", len(issues)-1)+`]}`), &p.question); err != nil {
		t.Fatal(err)
	}
	p.Sides, p.Rules = len(issues[0][0]), rules
	r := &reading{proof: p, links: make([][]int, len(rules))}
	r.link()
	return table{reading: r, issues: issues, joint: joint}
}

// some is a small table drawn at random, of few different numbers, so that much is tied; every other one has rules.
func some(t testing.TB, r *rand.Rand) table {
	sides, options := 2+r.IntN(3), 2+r.IntN(2)
	issues := make([][]row, 3+r.IntN(3))
	draw := func() (v row) {
		for range sides {
			v = append(v, r.Int64N(9)-4)
		}
		return v
	}
	for i := range issues {
		for range options {
			issues[i] = append(issues[i], draw())
		}
	}
	if r.IntN(2) == 0 {
		return tableOf(t, issues, nil, nil)
	}
	a, b, c := r.IntN(len(issues)), r.IntN(len(issues)), r.IntN(len(issues))
	is := func(issue int) []literal { return []literal{{issue, []int{r.IntN(options)}}} }
	return tableOf(t, issues, []rule{{Kind: "together", When: append(is(a), is(b)...)}, {Kind: "requires", When: is(b), Of: is(c), AtLeast: 1}}, []row{draw(), nil})
}

// everyPackage calls do with every package that keeps the rules, in order of options.
func (t table) everyPackage(do func(choice []int, v row)) {
	choice := make([]int, len(t.issues))
	for {
		if t.broken(choice) == nil {
			do(slices.Clone(choice), t.value(choice))
		}
		i := len(choice) - 1
		for ; i >= 0 && choice[i] == len(t.issues[i])-1; i-- {
			choice[i] = 0
		}
		if i < 0 {
			return
		}
		choice[i]++
	}
}

// fairestOneByOne looks at one package after the other.
func (t table) fairestOneByOne(base row) (best []int) {
	above, product := 0, int64(0)
	t.everyPackage(func(choice []int, v row) {
		n, gains := 0, int64(1)
		for s := range v {
			if v[s] > base[s] {
				n, gains = n+1, gains*(v[s]-base[s])
			}
		}
		if v.covers(base) && (best == nil || n > above || n == above && gains > product) {
			best, above, product = choice, n, gains
		}
	})
	return best
}

func TestNashByHand(t *testing.T) {
	// 3 × 4 and 4 × 3 are more than 6 × 1, and the first stands before the second.
	x := tableOf(t, [][]row{{{5, 0}, {2, 3}}, {{1, 1}, {2, 0}}}, nil, nil)
	if got := x.nash(row{0, 0}, []int{0, 0}); !slices.Equal(got, []int{1, 0}) {
		t.Errorf("%v", got)
	}
	// Who gains nothing in any package does not keep the others from theirs.
	x = tableOf(t, [][]row{{{0, 0}, {0, 2}}, {{0, 1}, {-1, 9}}}, nil, nil)
	if got := x.nash(row{0, 0}, []int{0, 0}); !slices.Equal(got, []int{1, 0}) {
		t.Errorf("%v", got)
	}
	if got := x.nash(row{1, 0}, []int{0, 0}); got != nil {
		t.Errorf("%v leaves no side below", got)
	}
	// Each of two changes costs somebody more than there is: only together they are fairer.
	x = tableOf(t, [][]row{{{0, 0}, {10, -5}}, {{1, 1}, {-4, 11}}}, nil, nil)
	if got := x.nash(row{0, 0}, []int{0, 0}); !slices.Equal(got, []int{1, 1}) {
		t.Errorf("%v", got)
	}
}

func TestNashIsTheFairestOfAll(t *testing.T) {
	none, rules := 0, 0
	for n := range uint64(3_000) {
		r := rand.New(rand.NewPCG(1, n))
		x, start := some(t, r), []int(nil)
		x.everyPackage(func(choice []int, _ row) {
			if start == nil || r.IntN(3) == 0 {
				start = choice
			}
		})
		base := x.value(start)
		for s := range base {
			base[s] -= r.Int64N(12) - 3
		}
		want := x.fairestOneByOne(base)
		if got := x.nash(base, start); !slices.Equal(got, want) {
			t.Fatalf("%d: %v, want %v: %v above %v", n, got, want, x.issues, base)
		}
		if rules += len(x.Rules); want == nil {
			none++
		}
	}
	if none == 0 || none > 1_500 || rules == 0 {
		t.Errorf("%d tables without a package, %d rules", none, rules)
	}
}

// Whether a package is efficient is found out whatever the search begins with, and whoever was better before.
func TestEfficientIsWhatNoneBeats(t *testing.T) {
	beaten, all := 0, 0
	known := map[string]*rivals{}
	for n := range uint64(400) {
		r := rand.New(rand.NewPCG(2, n))
		x := some(t, r)
		var packages [][]int
		x.everyPackage(func(choice []int, _ row) { packages = append(packages, choice) })
		shape := fmt.Sprint(len(x.issues), len(x.issues[0]), len(x.Rules)) // packages of one table are none of another's
		for range 20 {
			c, start := packages[r.IntN(len(packages))], packages[r.IntN(len(packages))]
			base := x.value(packages[r.IntN(len(packages))])
			want := !slices.ContainsFunc(packages, func(o []int) bool { return x.beats(o, x.value(c)) })
			at := fmt.Sprint(shape, c)
			if known[at] == nil || len(x.Rules) > 0 { // other rules may forbid what was better
				known[at] = &rivals{}
			}
			if got := x.efficient(c, start, base, known[at]); got != want {
				t.Fatalf("%d: %v is efficient: %v, want %v in %v", n, c, got, want, x.issues)
			}
			if all++; !want {
				beaten++
			}
		}
	}
	if beaten < all/10 || beaten > all*9/10 {
		t.Errorf("%d of %d are beaten", beaten, all)
	}
}

// What is merged issue by issue is what nothing beats, with the first package of each vector and how many there are.
func TestMergeFindsWhatNothingBeats(t *testing.T) {
	for n := range uint64(1_000) {
		x := some(t, rand.New(rand.NewPCG(3, n)))
		var all []point
		count := map[string]int64{}
		x.everyPackage(func(choice []int, v row) {
			if count[fmt.Sprint(v)]++; count[fmt.Sprint(v)] == 1 {
				all = append(all, point{v: v, choice: choice})
			}
		})
		want := slices.DeleteFunc(slices.Clone(all), func(p point) bool {
			return slices.ContainsFunc(all, func(o point) bool { return o.v.covers(p.v) && !slices.Equal(o.v, p.v) })
		})
		slices.SortFunc(want, func(a, b point) int { return slices.Compare(b.v, a.v) })
		got := x.merge(nil, nil, 0)
		if len(got) != len(want) {
			t.Fatalf("%d: %d points, want %d: %v", n, len(got), len(want), x.issues)
		}
		for k, p := range got {
			counted := p.n.Int64() == count[fmt.Sprint(p.v)] || len(x.Rules) > 0 // then what is beaten on the way is not counted
			if !slices.Equal(p.v, want[k].v) || !slices.Equal(p.choice, want[k].choice) || !counted {
				t.Fatalf("%d: %v by %v, %v times, want %v by %v, %d times: %v", n, p.v, p.choice, p.n, want[k].v, want[k].choice, count[fmt.Sprint(p.v)], x.issues)
			}
		}
	}
}

// No package has a larger sum of gains than the weights of a slope allow for, so that none is left out.
func TestSlopesLeaveNothingOut(t *testing.T) {
	for n := range uint64(1_000) {
		x := some(t, rand.New(rand.NewPCG(4, n)))
		x.everyPackage(func(start []int, v row) {
			base := slices.Clone(v)
			for s := range base {
				base[s]--
			}
			w, best := x.slope(start, base)
			if x.broken(best) != nil || fairer(x.value(best), v, base) < 0 {
				t.Fatalf("%d: from %v to %v", n, start, best)
			}
			least := x.value(best).above(base).mean(w) * (1 - 1e-9)
			x.everyPackage(func(choice []int, v row) {
				if g := v.above(base); g != nil && fairer(v, x.value(best), base) >= 0 && v.weigh(w)-base.weigh(w) < least {
					t.Fatalf("%d: %v is left out: %v", n, choice, x.issues)
				}
			})
		})
	}
}
