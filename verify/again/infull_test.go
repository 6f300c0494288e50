package again_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parley/deal"
	"parley/verify/again"
)

// Values that had to be rounded are re-checked like others, and in full they give the same frontier and fair picks.
func TestRoundedValuesAreVerified(t *testing.T) {
	data, answer := kept(t, "testdata/fine.yaml")
	if _, left := holds(t, data); answer["exact"] != false || len(left) > 0 {
		t.Errorf("exact %v, left open %v", answer["exact"], left)
	}
	root := parse(data).(map[string]any)
	root["answer"].(map[string]any)["exact"] = true
	if w := wrong(again.Bundle(seal(root))); !slices.ContainsFunc(w, func(l string) bool { return strings.HasPrefix(l, "exact: ") }) {
		t.Errorf("values that were rounded are believed to be exact: %v", w)
	}
}

// A number of the table that is off by one is not the rounded one.
func TestPointsOfAnotherRoundingAreRefused(t *testing.T) {
	data, _ := kept(t, "testdata/fine.yaml")
	root := parse(data).(map[string]any)
	options := root["table"].(map[string]any)["issues"].([]any)[0].([]any)
	points := options[len(options)-1].(map[string]any)["points"].([]any)
	was, err := points[0].(json.Number).Int64()
	if err != nil {
		t.Fatal(err)
	}
	for _, by := range []int64{-1, 1} {
		points[0] = was + by
		if w := wrong(again.Bundle(seal(root))); !slices.ContainsFunc(w, func(l string) bool { return strings.HasPrefix(l, "table.") }) {
			t.Errorf("%d in place of %d is believed: %v", was+by, was, w)
		}
	}
}

// pointsTable is a dossier of a table of points: by issue, option and side.
func pointsTable(t *testing.T, issues [][][]string, more string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("dossier: 1\ndialogue: {id: fine, title: Fine, languages: [en], as_of: 2026-01, kind: invented}\nsides: [")
	for s := range issues[0][0] {
		fmt.Fprintf(&b, "{id: %c, name: Side %c}, ", 'A'+s, 'A'+s)
	}
	b.WriteString("]\ntable:\n  issues:\n")
	for i, options := range issues {
		fmt.Fprintf(&b, "    - {id: i%d, title: Issue %d, options: [", i, i)
		for k, points := range options {
			fmt.Fprintf(&b, "{id: o%d, points: {", k)
			for s, v := range points {
				fmt.Fprintf(&b, "%c: %s, ", 'A'+s, v)
			}
			b.WriteString("}}, ")
		}
		b.WriteString("]}\n")
	}
	file := filepath.Join(t.TempDir(), "fine.yaml")
	if err := os.WriteFile(file, []byte(b.String()+more), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// Where rounding made two packages the same that are not, that is said: 1/3 and a little more.
func TestRoundingThatChangesTheFrontierIsNamed(t *testing.T) {
	little := "1000000000000000000000000000003/3000000000000000000000000000000"
	for name, c := range map[string]struct {
		issues [][][]string
		open   []string
	}{
		"another package is equal": {[][][]string{{{"1/3", "1"}, {little, "1"}, {"0", "2"}}}, []string{"exact rounding rounded-apart"}},
		"another is beaten":        {[][][]string{{{"1/3", "2"}, {little, "1"}, {"0", "3"}}}, []string{"exact rounding rounded-apart"}},
		"what is beaten is that":   {[][][]string{{{"1/3", "1"}, {little, "1"}, {"1", "1"}, {"0", "2"}}}, nil},
	} {
		data, answer := kept(t, pointsTable(t, c.issues, "  disagreement: {A: 0, B: 0}\n"))
		if _, left := holds(t, data); answer["exact"] != false || !slices.Equal(left, c.open) {
			t.Errorf("%s: exact %v, left open %v, want %v", name, answer["exact"], left, c.open)
		}
	}
}

// Of a rounded frontier that was cut nothing is said in full, nor of one package.
func TestRoundingIsNamedWhereItIsNotFollowed(t *testing.T) {
	chained, err := os.ReadFile("testdata/chained.yaml")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "fine.yaml")
	tooFine := bytes.Replace(chained, []byte("points: {A: 0, B: 0}"), []byte("points: {A: 1/1000000007, B: 2/998244353}"), 1)
	tooFine = bytes.Replace(tooFine, []byte("points: {A: 0, B: 0}"), []byte("points: {A: 1/1000000009, B: 2/999999937}"), 1)
	if err := os.WriteFile(file, tooFine, 0o600); err != nil {
		t.Fatal(err)
	}
	data, answer := kept(t, file+" limit=100")
	if _, left := holds(t, data); answer["exact"] != false || !slices.Contains(left, "exact rounding rounded-too-large") {
		t.Errorf("exact %v, left open %v", answer["exact"], left)
	}
	data, _ = explained(t, question(t, "testdata/fine.yaml", func(*deal.Settings) {}), map[string]string{"m0": "o1", "m1": "o1"})
	report, err := again.Bundle(data)
	for _, w := range wrong(report, err) {
		t.Error(w)
	}
	last := report.Lines[len(report.Lines)-1]
	if !slices.Contains(last.Open, again.Open{Part: "rounding", Why: "rounded-alone"}) {
		t.Errorf("left open: %v", last.Open)
	}
}

// Tables of the kind that scenarios of the field are, with caps, rules and stated baselines, are verified as the search
// answers them.
func TestRandomRoundedTablesAreVerified(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	rounded := 0
	for n := range 30 {
		sides := 2 + n%3
		whole := make([]int64, sides)
		for s := range whole {
			whole[s] = 1e16 + r.Int64N(1e16)
		}
		var issues [][][]string
		for range 3 + r.IntN(2) {
			weight := make([]int64, sides)
			for s := range weight {
				weight[s] = 1e15 + r.Int64N(9e15)
			}
			var options [][]string
			for range 2 + r.IntN(3) {
				var points []string
				for s := range weight {
					points = append(points, fmt.Sprintf("%d/%d", weight[s]*r.Int64N(9), whole[s]*(1+r.Int64N(2))))
				}
				options = append(options, points)
			}
			issues = append(issues, options)
		}
		more := [...]string{
			"", "  disagreement: {A: 1/3, B: 1/7, C: 1/1000000007, D: 0}\n", "  cap: {A: 1/3, B: 2/1000000007}\n",
			"  rules: [{option: i0/o1, requires: [i1/o1]}, {together: [i0/o0, i2/o1], points: {A: 1/1000000007}}]\n",
		}[r.IntN(4)]
		if sides < 4 {
			more = strings.Replace(more, ", D: 0", "", 1)
		}
		if sides < 3 {
			more = strings.Replace(more, ", C: 1/1000000007", "", 1)
		}
		data, answer := kept(t, pointsTable(t, issues, more))
		if _, left := holds(t, data); len(left) > 0 {
			t.Errorf("table %d: left open %v", n, left)
		}
		if answer["exact"] == false {
			rounded++
		}
		if t.Failed() {
			t.Fatalf("table %d: %v\n%s", n, issues, more)
		}
	}
	if rounded < 15 {
		t.Errorf("only %d tables were rounded", rounded)
	}
}
