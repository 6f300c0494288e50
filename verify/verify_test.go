package verify

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// All that decides about facts can be read in one sitting.
func TestUnder300Lines(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		lines += bytes.Count(data, []byte("\n"))
	}
	if lines < 100 || lines >= 300 {
		t.Errorf("%d lines", lines)
	}
}

// option makes an option of what it gives each side and changes in each interest.
func option(points, change row) thing { return thing{Points: points, Change: change} }

// Two sides, two issues. By hand: (0,0), (3,-1), (-1,2) and, where both move, (2,1); the second is beaten by
// nothing, (2,1) beats the status quo, and (-1,2) stands at the other end.
func small() *table {
	return &table{
		Side: []int{0, 0, 1}, Tier: []int{3, 1, 2}, Baseline: row{0, 0},
		Issues: [][]thing{
			{option(row{0, 0}, row{0, 0, 0}), option(row{3, -1}, row{2, 0, -1})},
			{option(row{0, 0}, row{0, 0, 0}), option(row{-1, 2}, row{-1, 0, 3})},
		},
	}
}

func TestFactsByHand(t *testing.T) {
	facts, _ := json.Marshal(small().facts())
	const want = `{"counts":["1","1","1"],"leximin":[1],"nash":[1],"packages":[[1,0],[1,1],[0,1]],"points":[[3,-1],[2,1],[-1,2]],"utilitarian":[1]}`
	if string(facts) != want {
		t.Errorf("got %s, want %s", facts, want)
	}
}

func TestRulesByHand(t *testing.T) {
	both := []literal{{0, []int{1}}, {1, []int{1}}}
	for _, c := range []struct {
		name string
		rule thing
		want [][]int
	}{
		{"what is given together counts", thing{Kind: "together", When: both, Points: row{2, 0}}, [][]int{{1, 1}, {0, 1}}},
		{"the first option needs the second", thing{Kind: "requires", When: both[:1], Of: both[1:], AtLeast: 1}, [][]int{{1, 1}, {0, 1}}},
		{"nothing is allowed", thing{Kind: "requires", AtLeast: 1}, nil},
		{"both are refused", thing{Kind: "refuses", When: both}, [][]int{{1, 0}, {0, 0}, {0, 1}}},
		{"side 1 does not fall", thing{Kind: "not-below", Interest: 2}, [][]int{{1, 1}, {0, 1}}},
		{"side 0 does not fall in what it ranks first", thing{Kind: "not-below", Interest: 0}, [][]int{{1, 0}, {1, 1}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := small()
			c.rule.Points = append(c.rule.Points, make(row, 2-len(c.rule.Points))...)
			c.rule.Change = make(row, 3)
			x.Rules = []thing{c.rule}
			x.link()
			if got := x.facts()["packages"].([][]int); !slices.EqualFunc(got, c.want, slices.Equal) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

// With no more than 2 counted for side 0, (3,-1) counts (2,-1), which (2,1) beats.
func TestCapsByHand(t *testing.T) {
	x := small()
	x.Cap = row{2, 1 << 61}
	facts, _ := json.Marshal(x.facts())
	const want = `{"counts":[],"leximin":[0],"nash":[0],"packages":[[1,1],[0,1]],"points":[[2,1],[-1,2]],"utilitarian":[0]}`
	if string(facts) != want {
		t.Errorf("got %s, want %s", facts, want)
	}
	x.Cap = row{-1, 1} // all of (2,1), (-1,2) and more count the same: the first package stands for them
	if got := x.facts()["packages"].([][]int); !slices.EqualFunc(got, [][]int{{0, 1}}, slices.Equal) {
		t.Errorf("got %v", got)
	}
}

func TestBundlesAreReadStrictly(t *testing.T) {
	const bundle = `{"table":{"side":[],"tier":[],"baseline":[0],"issues":[[{"points":[1],"change":[]}]],"rules":[]},"facts":{},"serve":[]}`
	for _, more := range []string{"{}", "x"} {
		if _, err := Facts([]byte(bundle + more)); err == nil {
			t.Errorf("%q after the bundle is passed over", more)
		}
	}
	for old, changed := range map[string]string{`"side":`: `"side":[7],"side":`, `"serve"`: `"Serve"`} {
		if _, err := Facts([]byte(strings.Replace(bundle, old, changed, 1))); err == nil {
			t.Errorf("%s for %s is passed over", changed, old)
		}
	}
}

func TestWhomPackagesServe(t *testing.T) {
	x := small()
	for _, c := range []struct {
		name  string
		of    serves
		holds bool
	}{
		{"both gain", serves{[]int{1, 1}, []int{0, 1}}, true},
		{"one is forgotten", serves{[]int{1, 1}, []int{0}}, false},
		{"one loses", serves{[]int{1, 0}, []int{0}}, false},
		{"nothing changes", serves{[]int{0, 0}, []int{}}, true},
	} {
		if got := x.serves(c.of); got != c.holds {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	x.Tier[0], x.Issues[1][1].Change = 1, row{-1, 2, 3} // equal ranks: the loss may weigh more than the gain
	if !x.serves(serves{[]int{1, 1}, []int{0, 1}}) {
		t.Error("2 - 1 in one interest is no loss")
	}
	x.Issues[0][1].Change = row{0, 3, 0}
	if x.serves(serves{[]int{1, 1}, []int{0, 1}}) {
		t.Error("a loss of the same rank is not made up for")
	}
	x.Tier[1] = 3 // but a gain of a higher rank makes up for it
	if !x.serves(serves{[]int{1, 1}, []int{0, 1}}) {
		t.Error("a gain of a higher rank makes up for a loss")
	}
}

func TestUnknownRulesAreRefused(t *testing.T) {
	for _, table := range []string{
		`{"side":[],"tier":[],"baseline":[0],"issues":[[{"points":[1],"change":[]}]],"rules":[{"kind":"new","points":[0],"change":[]}]}`,
		`{"side":[],"tier":[],"baseline":[0],"issues":[],"rules":[],"news":1}`,
	} {
		if lines, err := Facts([]byte(`{"table":` + table + `,"facts":{},"serve":[]}`)); err == nil {
			t.Errorf("%v are found about %s", lines, table)
		}
	}
}

// A frontier that is not complete has no facts; whom packages serve is re-checked all the same.
func TestServeWithoutFacts(t *testing.T) {
	const table = `{"side":[0,1],"tier":[3,3],"baseline":[0,0],"issues":[[{"points":[0,0],"change":[0,0]},{"points":[1,1],"change":[1,1]}]],"rules":[]}`
	for gains, want := range map[string]bool{"0,1": true, "0": false} {
		lines, err := Facts([]byte(`{"table":` + table + `,"facts":null,"serve":[{"package":[1],"gains":[` + gains + `]}]}`))
		if err != nil || len(lines) != 1 || lines[0].Holds != want {
			t.Errorf("gains %s: %v, %v", gains, lines, err)
		}
	}
}

func TestEveryKindOfFactIsWanted(t *testing.T) {
	const table = `{"side":[],"tier":[],"baseline":[0],"issues":[[{"points":[1],"change":[]}]],"rules":[]}`
	const facts = `"counts":["1"],"leximin":[0],"nash":[0],"packages":[[0]],"points":[[1]],"utilitarian":[0]`
	for given, want := range map[string]int{
		facts: 7, strings.Replace(facts, `"nash":[0],`, "", 1): 1, facts + `,"news":[]`: 1, "": 1, strings.Replace(facts, `[[1]]`, `[[2]]`, 1): 6,
	} {
		lines, err := Facts([]byte(`{"table":` + table + `,"facts":{` + given + `},"serve":[]}`))
		if err != nil {
			t.Fatal(err)
		}
		holds := 0
		for _, l := range lines {
			if l.Holds {
				holds++
			}
		}
		if len(lines) != 7 || holds != want {
			t.Errorf("%d of %d lines hold, want %d of 7: %s", holds, len(lines), want, given)
		}
	}
}
