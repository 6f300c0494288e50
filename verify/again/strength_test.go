package again

import (
	"encoding/json"
	"slices"
	"testing"
)

// exchange is a table on which each of two sides moves on one of two issues. By the second move the first side receives
// what is vital to it, and one half of what is secondary: the part of the other side in it is medium. By the first move the
// other side receives. Made together the moves cost the first side that half again.
func exchange(t *testing.T, rules string) *reading {
	t.Helper()
	p := &proof{}
	for text, into := range map[string]any{
		`{"stakes":"full","baseline":"free","sides":2,"role_scale":["0","1/4","1/2","3/4","1"],
		"interests":[{"side":0,"tier":1,"roles":[["0","0"],["1/2","1/2"]]},{"side":0,"tier":3,"roles":[["0","0"],["0","1"]]},{"side":1,"tier":2,"roles":[["0","1"],["0","0"]]}],
		"issues":[{"options":[{},{"movers":[0],"effects":[{"interest":2,"stake":"1","base":"1","factor":"0"}]}]},
		{"options":[{},{"movers":[1],"effects":[{"interest":0,"stake":"1","base":"0","factor":"1","gain":[1]},{"interest":1,"stake":"1","base":"1","factor":"0"}]}]}],
		"rules":[` + rules + `]}`: &p.question,
		`{"sides":[{"id":"A"},{"id":"B"}],"interests":[{"id":"A-1"},{"id":"A-2"},{"id":"B-1"}],
		"issues":[{"id":"m0","options":[{"id":"keep"},{"id":"A-yields"}]},{"id":"m1","options":[{"id":"keep"},{"id":"B-yields"}]}]}`: &p.labels,
	} {
		if err := json.Unmarshal([]byte(text), into); err != nil {
			t.Fatal(err)
		}
	}
	p.prepare()
	p.findWays()
	r := p.read(1)
	p.readings[0] = r
	r.certain()
	return r
}

const (
	together = `{"kind":"together","when":[{"issue":0,"options":[1]},{"issue":1,"options":[1]}],"effects":[{"interest":0,"stake":"1","base":"-1/2","factor":"0"}]}`
	line     = `,{"kind":"not-below","side":0,"interest":0}`
)

func TestTrialsByHand(t *testing.T) {
	trials := exchange(t, together).trials()
	seen := map[trial]bool{}
	for _, x := range trials {
		seen[x] = true
	}
	// The part of B in A-1 is the third word of five, so the ends are two steps away; the rank of A-1 is the lowest of three.
	for _, want := range []trial{{0, 1, 1, 1}, {0, 1, 3, 1}, {0, 1, 0, 2}, {0, 1, 4, 2}, {0, -1, 2, 1}, {0, -1, 3, 2}} {
		if !seen[want] {
			t.Errorf("%+v is not tried", want)
		}
	}
	if !slices.IsSortedFunc(trials, func(a, b trial) int { return a.steps - b.steps }) {
		t.Errorf("larger changes are tried before smaller ones: %v", trials)
	}
}

// A part that is supposed smaller takes the interest below the status quo. Where that is a line, the swap and the package
// end; by gains and losses alone they stand.
func TestSupposedPartsThatBreakALine(t *testing.T) {
	smaller := trial{0, 1, 1, 1}
	swap := []move{{0, 1}, {1, 1}}
	for rules, ends := range map[string]bool{together: false, together + line: true} {
		r := exchange(t, rules)
		if len(r.swaps) != 1 || !slices.Equal(r.swaps[0], swap) {
			t.Fatalf("swaps %v", r.swaps)
		}
		other := r.under(smaller)
		if got, now := r.least(swap)[0], other.least(swap)[0]; got != 0 || now >= 0 || !other.serves(swap) {
			t.Fatalf("the swap changes A-1 by %d, supposed %d", got, now)
		}
		gone, begins := r.consequences(other, smaller, true)
		if (len(gone) == 1) != ends || len(begins) > 0 {
			t.Errorf("line %v: ends %v, begins %v", ends, gone, begins)
		}
		r.proposals = []proposal{{choice: []int{1, 1}}}
		if broken := other.broken([]int{1, 1}) != nil; broken != ends || broken && !slices.Equal(r.fallen(other), []int{1}) {
			t.Errorf("line %v: the package breaks it %v, fallen %v", ends, broken, r.fallen(other))
		}
	}
}

// The same part in two options is taken at its worse end where it comes in, and at its better end where it goes: each
// option by itself. Only where the option stays does nothing change.
func TestBetweenTakesEachOptionByItself(t *testing.T) {
	r := exchange(t, "")
	p := *r.proof
	p.parts = [][][2]int64{{{0, 0}, {0, 4}}, p.parts[1], p.parts[2]}
	with := func(slope int64) []effect {
		return []effect{{interest: 0, slope: [2]int64{slope, slope}, gain: []int{1}}}
	}
	p.effects = [][][]effect{{nil, with(2), with(3)}, {nil, nil}}
	r.proof = &p
	for _, c := range []struct {
		from, to int
		want     int64
	}{{0, 1, 0}, {1, 0, -8}, {1, 2, -8}, {2, 1, -12}, {1, 1, 0}} {
		if got := r.between([]int{c.from, 0}, []int{c.to, 0})[0]; got != c.want {
			t.Errorf("from option %d to %d: %d, want %d", c.from, c.to, got, c.want)
		}
	}
}
