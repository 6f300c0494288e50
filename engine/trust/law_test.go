package trust_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"parley/engine/trust"
)

const tolerance = 1e-9

// network draws up to 12 members.
func network(t *rapid.T) trust.Network {
	n := trust.Network{Trusted: rapid.SliceOfN(rapid.Bool(), 1, 12).Draw(t, "trusted")}
	member := rapid.IntRange(0, len(n.Trusted)-1)
	n.Vouches = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) trust.Vouch {
		return trust.Vouch{By: member.Draw(t, "by"), Of: member.Draw(t, "of")}
	}), 0, 40).Draw(t, "vouches")
	return n
}

func scores(t rapid.TB, n trust.Network) []float64 {
	s, err := trust.Scores(n)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func total(list []float64) (sum float64) {
	for _, v := range list {
		sum += v
	}
	return sum
}

// The scores are the fixed point of their formula, computed here as it stands.
func TestScoresSolveTheirEquation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := network(t)
		got := scores(t, n)
		set := map[trust.Vouch]bool{}
		count := make([]int, len(got))
		for _, v := range n.Vouches {
			if v.By != v.Of && !set[v] {
				set[v] = true
				count[v.By]++
			}
		}
		for m := range got {
			want := 0.0
			if n.Trusted[m] {
				want = .8
			}
			for v := range set {
				if v.Of == m {
					want += .8 * got[v.By] / float64(count[v.By]+5)
				}
			}
			if want = min(want, 1); math.Abs(got[m]-want) > tolerance {
				t.Fatalf("member %d has %v, its vouchers make %v", m, got[m], want)
			}
		}
	})
}

func TestOneMoreVouchNeverLowersTheTrustOfWhomItIsFor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := network(t)
		before := scores(t, n)
		member := rapid.IntRange(0, len(before)-1)
		v := trust.Vouch{By: member.Draw(t, "new by"), Of: member.Draw(t, "new of")}
		n.Vouches = append(n.Vouches, v)
		if after := scores(t, n); after[v.Of] < before[v.Of]-tolerance {
			t.Fatalf("%v before, %v after", before[v.Of], after[v.Of])
		}
	})
}

// Nobody, whatever they vouch, moves the trust of all others together by more
// than Decay/(1-Decay) of their own.
func TestTheInfluenceOfOneVoucherIsBounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := network(t)
		with := scores(t, n)
		who := rapid.IntRange(0, len(with)-1).Draw(t, "who")
		n.Vouches = slices.DeleteFunc(slices.Clone(n.Vouches), func(v trust.Vouch) bool { return v.By == who })
		without := scores(t, n)
		if moved := total(with) - total(without); moved > with[who]*trust.Decay/(1-trust.Decay)+tolerance || moved < -tolerance {
			t.Fatalf("one voucher of trust %v moved %v", with[who], moved)
		}
	})
}

// Accounts for which nobody with trust vouches neither have nor give any, and
// together count for no more than the budget.
func TestStrangersTogetherCountForNoMoreThanTheBudget(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := network(t)
		honest := len(n.Trusted)
		before := scores(t, n)
		k := rapid.IntRange(0, 200).Draw(t, "strangers")
		n.Trusted = append(n.Trusted, make([]bool, k)...)
		for i := range k { // a ring, and each praises somebody honest
			n.Vouches = append(n.Vouches, trust.Vouch{By: honest + i, Of: honest + (i+1)%k}, trust.Vouch{By: honest + i, Of: i % honest})
		}
		after := scores(t, n)
		if !slices.Equal(after[:honest], before) {
			t.Fatalf("strangers moved the trust of others from %v to %v", before, after[:honest])
		}
		rights := trust.Rights(after)
		budget := trust.Budget(after)
		if got := total(rights[honest:]); got > budget+tolerance || k == 0 && got != 0 {
			t.Fatalf("%d strangers count for %v, the budget is %v", k, got, budget)
		}
		if k > 0 && rights[honest] <= 0 {
			t.Fatal("a stranger does not count at all")
		}
	})
}

// The right is the largest: within the budget, and a little more for everybody is
// not, unless all have 1.
func TestRightsSpendTheBudget(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SliceOfN(rapid.Float64Range(0, 1), 1, 40).Draw(t, "scores")
		rights := trust.Rights(s)
		w, budget := slices.Min(rights), trust.Budget(s)
		gift := func(w float64) (sum float64) {
			for _, v := range s {
				sum += max(0, w-v)
			}
			return sum
		}
		if gift(w) > budget+tolerance || w < 1 && gift(w+1e-6) < budget {
			t.Fatalf("w %v gives %v, the budget is %v", w, gift(w), budget)
		}
		for m, r := range rights {
			if r != max(s[m], w) || r <= 0 || r > 1 {
				t.Fatalf("member %d: trust %v, right %v, w %v", m, s[m], r, w)
			}
		}
	})
}

func TestTheOrderOfMembersAndVouchesDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := network(t)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 1))
		place := r.Perm(len(n.Trusted)) // member m is place[m] in the other one
		other := trust.Network{Trusted: make([]bool, len(n.Trusted))}
		for m, trusted := range n.Trusted {
			other.Trusted[place[m]] = trusted
		}
		for _, v := range n.Vouches {
			other.Vouches = append(other.Vouches, trust.Vouch{By: place[v.By], Of: place[v.Of]})
		}
		r.Shuffle(len(other.Vouches), func(i, j int) { other.Vouches[i], other.Vouches[j] = other.Vouches[j], other.Vouches[i] })
		a, b := scores(t, n), scores(t, other)
		ra, rb := trust.Rights(a), trust.Rights(b)
		for m, at := range place {
			if a[m] != b[at] || ra[m] != rb[at] {
				t.Fatalf("member %d: %v and %v, %v and %v", m, a[m], b[at], ra[m], rb[at])
			}
		}
	})
}

func TestMembersWhoAreNotThere(t *testing.T) {
	for _, v := range []trust.Vouch{{0, 2}, {2, 0}, {-1, 0}, {0, -1}} {
		if _, err := trust.Scores(trust.Network{Trusted: []bool{true, false}, Vouches: []trust.Vouch{v}}); err == nil {
			t.Errorf("%v was taken", v)
		}
	}
	if s, err := trust.Scores(trust.Network{}); err != nil || len(s) != 0 || len(trust.Rights(s)) != 0 {
		t.Errorf("nobody: %v, %v", s, err)
	}
	for _, bad := range []float64{-.1, 1.1, math.NaN()} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("a score of %v was taken", bad)
				}
			}()
			trust.Rights([]float64{bad})
		}()
	}
}
