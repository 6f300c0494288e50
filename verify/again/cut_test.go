package again_test

import (
	"encoding/json"
	"math/big"
	"slices"
	"strings"
	"testing"

	"parley/deal"
	"parley/verify/again"
)

// kept is a bundle of a few samples, with what its answer says.
func kept(t *testing.T, file string) (data []byte, answer map[string]any) {
	t.Helper()
	data = bundle(t, file, func(s *deal.Settings) { s.Samples = 5 })
	return data, parse(data).(map[string]any)["answer"].(map[string]any)
}

// holds re-checks a bundle and returns what it leaves open.
func holds(t *testing.T, data []byte) (report again.Report, open []string) {
	t.Helper()
	report, err := again.Bundle(data)
	for _, w := range append(wrong(report, err), facts(data)...) {
		t.Error(w)
	}
	for _, l := range report.Lines {
		for _, o := range l.Open {
			open = append(open, l.Statement+" "+o.Part+" "+o.Why)
		}
	}
	return report, open
}

// A frontier whose search was ended is re-checked as it is listed, with the gap; where none is claimed that is said.
func TestCutFrontiersAreVerified(t *testing.T) {
	for limit, open := range map[string][]string{"1": {"frontier curve gap-not-claimed"}, "100": nil} {
		data, answer := kept(t, "testdata/chained.yaml limit="+limit)
		report, left := holds(t, data)
		_, gap := answer["frontier_gap"]
		if !report.Cut || !slices.Equal(left, open) || gap != (open == nil) {
			t.Errorf("limit %s: cut %v, gap %v, left open %v", limit, report.Cut, answer["frontier_gap"], left)
		}
		if bundleFacts := parse(data).(map[string]any)["facts"]; bundleFacts != nil {
			t.Errorf("limit %s: facts of a frontier that is not known", limit)
		}
	}
}

// A complete frontier that is too much work to be worked out anew is taken over as it is listed, and that is said; what
// is listed is re-checked, and so is all that rests on it.
func TestFrontiersOfTooMuchWorkAreTakenOver(t *testing.T) {
	for _, file := range []string{"../../examples/three-towns.yaml", "testdata/points.yaml"} {
		data, _ := kept(t, file)
		report, err := again.BundleWithin(data, 1)
		for _, w := range wrong(report, err) {
			t.Error(w)
		}
		for _, l := range report.Lines {
			if left := slices.Contains(l.Open, again.Open{Part: "curve", Why: "complete-too-large"}); left != (l.Statement == "frontier_complete") {
				t.Errorf("%s %s: left open: %v", file, l.Statement, l.Open)
			}
		}
		for name, change := range map[string]func(first map[string]any){
			"points": func(first map[string]any) {
				for side := range first["points"].(map[string]any) {
					first["points"].(map[string]any)[side] = 1
				}
			},
			"choices": func(first map[string]any) {
				for topic := range first["choices"].(map[string]any) {
					first["choices"].(map[string]any)[topic] = "another"
				}
			},
			"count": func(first map[string]any) { first["count"] = "-3" },
		} {
			root := parse(data).(map[string]any)
			change(root["answer"].(map[string]any)["frontier"].([]any)[0].(map[string]any))
			if report, err := again.BundleWithin(seal(root), 1); len(wrong(report, err)) == 0 {
				t.Errorf("%s: a first point with other %s is believed", file, name)
			}
		}
		root := parse(data).(map[string]any)
		answer := root["answer"].(map[string]any)
		answer["frontier"] = answer["frontier"].([]any)[1:]
		if report, err := again.BundleWithin(seal(root), 1); len(wrong(report, err)) == 0 {
			t.Errorf("%s: a list without its first point is believed, with picks and counts as before", file)
		}
	}
}

// A cover of four sides is near to every package, and no nearer than it says.
func TestCoversAreVerified(t *testing.T) {
	data, answer := kept(t, "testdata/chained-four.yaml limit=1")
	report, left := holds(t, data)
	cover, _ := answer["cover"].(map[string]any)
	if !report.Cut || len(left) > 0 || cover == nil {
		t.Fatalf("cut %v, cover %v, left open %v", report.Cut, cover, left)
	}
	root := parse(data).(map[string]any)
	gap := root["answer"].(map[string]any)["cover"].(map[string]any)["gap"].(map[string]any)
	for side := range gap {
		gap[side] = 0
	}
	if w := wrong(again.Bundle(seal(root))); !slices.ContainsFunc(w, func(l string) bool { return strings.HasPrefix(l, "cover: ") }) {
		t.Errorf("a cover without any gap is believed: %v", w)
	}
}

// Under caps, too: a gap holds of what counts, and a package is the fairest by what counts.
func TestCutFrontiersUnderCapsAreVerified(t *testing.T) {
	for file, want := range map[string]struct {
		nash int
		open []string
	}{
		"testdata/chained.yaml testdata/cap-above.yaml limit=100":   {1, nil},
		"testdata/chained.yaml testdata/cap-below.yaml limit=100":   {0, []string{"solutions picks nash-not-claimed"}},
		"testdata/chained-four.yaml testdata/cap-four.yaml limit=1": {0, []string{"solutions picks nash-not-claimed"}},
	} {
		data, answer := kept(t, file)
		_, left := holds(t, data)
		if nash := answer["solutions"].(map[string]any)["nash"].([]any); answer["frontier_complete"] != false || len(nash) != want.nash || !slices.Equal(left, want.open) {
			t.Errorf("%s: complete %v, fairest %v, left open %v", file, answer["frontier_complete"], nash, left)
		}
		for name, change := range map[string]func(answer map[string]any) bool{
			"a narrower gap": func(a map[string]any) bool {
				gap, is := a["frontier_gap"].(map[string]any)
				for side := range gap {
					gap[side] = 0
				}
				return is
			},
			"a narrower cover": func(a map[string]any) bool {
				cover, is := a["cover"].(map[string]any)
				if gap, _ := cover["gap"].(map[string]any); is {
					for side := range gap {
						gap[side] = 0
					}
				}
				return is
			},
			"a smaller part": func(a map[string]any) bool {
				cover, is := a["cover"].(map[string]any)
				if is {
					cover["epsilon"] = "1/10000"
				}
				return is
			},
			"a point without the cap": func(a map[string]any) bool {
				first := a["frontier"].([]any)[0].(map[string]any)["points"].(map[string]any)
				for side, v := range first {
					n, _ := v.(json.Number).Int64()
					first[side] = n + 1
				}
				return true
			},
			"another fairest": func(a map[string]any) bool {
				nash := a["solutions"].(map[string]any)["nash"].([]any)
				for k := range nash {
					n, _ := nash[k].(json.Number).Int64()
					nash[k] = (int(n) + 1) % len(a["frontier"].([]any))
				}
				return len(nash) > 0
			},
		} {
			root := parse(data).(map[string]any)
			if change(root["answer"].(map[string]any)) && len(wrong(again.Bundle(seal(root)))) == 0 {
				t.Errorf("%s: %s is believed", file, name)
			}
		}
	}
}

// What stands in the way of every package is re-checked: rules, sides, and the most that each can have.
func TestConflictsAreVerified(t *testing.T) {
	for file, want := range map[string][2]int{"testdata/conflict.yaml": {1, 2}, "testdata/conflict.yaml testdata/infeasible.yaml": {4, 0}} {
		data, answer := kept(t, file)
		_, left := holds(t, data)
		c, _ := answer["conflict"].(map[string]any)
		if c == nil || len(left) > 0 {
			t.Fatalf("%s: no conflict, or left open: %v", file, left)
		}
		rules, sides := c["rules"].([]any), c["sides"].([]any)
		if len(rules) != want[0] || len(sides) != want[1] {
			t.Errorf("%s: rules %v, sides %v", file, rules, sides)
		}
	}
}

// Under a cap nothing is said of steps and groups, and nothing is wanted.
func TestCapsAreVerified(t *testing.T) {
	data, answer := kept(t, "testdata/points.yaml testdata/cap.yaml")
	if _, left := holds(t, data); len(left) > 0 || answer["formats"] != nil {
		t.Errorf("left open: %v", left)
	}
}

// Roadmaps under bounds that somebody sets are re-checked like others, and have the same bounds throughout.
func TestBoundedRoadmapsAreVerified(t *testing.T) {
	q := question(t, tables[1], func(s *deal.Settings) { s.Samples = 5 })
	a, err := deal.Search(t.Context(), q, deal.Run{Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	if a.Roadmaps, err = q.Roadmaps(t.Context(), a, []deal.Exposure{{Side: "BR", Most: big.NewRat(3, 1)}}); err != nil {
		t.Fatal(err)
	}
	data := marshal(deal.NewProof(q, a))
	root := parse(seal(parse(data).(map[string]any))).(map[string]any) // of which any writing has the same fingerprint
	maps, _ := root["answer"].(map[string]any)["roadmaps"].([]any)
	if holds(t, data); len(maps) < 2 {
		t.Fatal("fewer than two roadmaps")
	}
	for k, m := range maps {
		bound := m.(map[string]any)["bound"].(map[string]any)
		was := bound["BR"]
		bound["BR"] = 480_001
		if w := wrong(again.Bundle(marshal(root))); len(w) == 0 {
			t.Errorf("another bound of roadmap %d is believed", k+1)
		}
		bound["BR"] = was
	}
}
