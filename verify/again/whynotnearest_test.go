package again

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// ranked is a question of two or three sides with ranked interests, drawn at random; every third one has rules, and in every
// third one the first side says how two of its interests compare.
func ranked(t *testing.T, r *rand.Rand, n int) *reading {
	t.Helper()
	sides := 2 + r.IntN(2)
	var interests, issues []string
	for k := range 3 * sides {
		roles := `["0","1"]` + strings.Repeat(`,["0","1"]`, sides-1)
		interests = append(interests, fmt.Sprintf(`{"side":%d,"tier":%d,"roles":[%s]}`, k%sides, r.IntN(4), roles))
	}
	effects := func() string {
		var out []string
		for range 3 {
			out = append(out, fmt.Sprintf(`{"interest":%d,"stake":"1","base":"%d","factor":"%d","gain":[%d]}`, r.IntN(3*sides), r.IntN(7)-2, r.IntN(2), r.IntN(sides)))
		}
		return "[" + strings.Join(out, ",") + "]"
	}
	for range 5 {
		issues = append(issues, fmt.Sprintf(`{"options":[{},{"movers":[0],"effects":%s},{"movers":[1],"effects":%s}]}`, effects(), effects()))
	}
	rules, weights := "", ""
	switch n % 3 {
	case 1:
		rules = fmt.Sprintf(`{"kind":"together","when":[{"issue":0,"options":[1]},{"issue":1,"options":[1,2]}],"effects":%s},{"kind":"refuses","when":[{"issue":3,"options":[%d]}]}`,
			effects(), 1+r.IntN(2))
	case 2:
		weights = fmt.Sprintf(`{"side":0,"terms":[{"interest":0,"times":"1"},{"interest":%d,"times":"-%d"}]}`, sides, 1+r.IntN(3))
	}
	p := &proof{}
	question := fmt.Sprintf(`{"engine":"parley-deals-2","stakes":"split","baseline":"free","role_scale":["0","1/2","1"],"sides":%d,"interests":[%s],"issues":[%s],"rules":[%s],"weights":[%s]}`,
		sides, strings.Join(interests, ","), strings.Join(issues, ","), rules, weights)
	if err := json.Unmarshal([]byte(question), &p.question); err != nil {
		t.Fatal(err)
	}
	p.prepare()
	for s := range sides {
		if b := p.believes(s, p.tier); b != nil && b.impossible {
			return nil
		}
	}
	p.findWays()
	return p.read(0)
}

// refused reports whether a search finds a package with fewer changes.
func refused(x *whyNot, sense better, changes int) (found bool) {
	defer func() { found = recover() != nil }()
	x.nearest(sense, changes)
	return
}

// The better package with the fewest changes is the one that trying all packages finds, in either sense.
func TestNearestIsAsInAllPackages(t *testing.T) {
	met := map[string]int{}
	for n := range 240 {
		r := rand.New(rand.NewPCG(5, uint64(n)))
		base := ranked(t, r, n)
		if base == nil {
			continue
		}
		x := &whyNot{reading: base, choice: base.after(nil)}
		for i := range x.choice {
			x.choice[i] = r.IntN(3)
		}
		for name, sense := range map[string]better{"now": x.betterNow(x.table.value(x.choice)), "ever": x.betterEver()} {
			fewest := len(x.choice) + 1
			x.table.everyPackage(func(choice []int, _ row) {
				changes := 0
				for i, k := range choice {
					changes += min(1, max(k-x.choice[i], x.choice[i]-k))
				}
				if changes < fewest && changes > 0 && sense.is(choice) {
					fewest = changes
				}
			})
			met[fmt.Sprint(name, min(fewest, 3))]++
			if refused(x, sense, fewest) {
				t.Fatalf("%d: %s, fewer than %d changes make %v better", n, name, fewest, x.choice)
			}
			if fewest <= len(x.choice) && !refused(x, sense, fewest+1) {
				t.Fatalf("%d: %s, %d changes make %v better", n, name, fewest, x.choice)
			}
		}
	}
	if len(met) < 6 {
		t.Errorf("how many changes were met: %v", met)
	}
}

// Weights by which a search is narrowed are admissible: a change that never loses has no sum below 0 under any of them.
func TestBarsAreAdmissible(t *testing.T) {
	p := ranker([3]int{1, 2, 2})
	if got := p.witnesses(0); len(got) > 0 {
		t.Errorf("weights before any were found: %v", got)
	}
	p.loses(0, row{0, -1, 3}, p.tier)
	p.loses(0, row{0, -1, 1}, p.tier)
	for _, w := range p.witnesses(0) {
		if w[0] < w[1] || w[0] < w[2] || w[1] < 2*w[2] || w[2] < 0 || w[1] == 0 {
			t.Errorf("weights %v", w)
		}
	}
	if len(p.witnesses(0)) == 0 {
		t.Error("a loss shows no weights")
	}
	p = ranker()
	p.tier = []int{3, 2, 0}
	if got := fmt.Sprint(p.witnesses(0)); got != "[[1 0 0] [1 1 0] [0 0 1]]" {
		t.Errorf("by ranks alone: %s", got)
	}
}
