package again_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"parley/deal"
	"parley/i18n"
	"parley/verify/again"
)

// whyNot is a bundle with the answer about a package that is drawn: some matters are changed, some left open.
func whyNot(t testing.TB, q *deal.Question, r *rand.Rand) ([]byte, *deal.WhyNot) {
	t.Helper()
	asked := map[string]string{}
	for _, m := range q.Menu(i18n.For("en")) {
		switch r.IntN(4) {
		case 0:
			asked[m.Topic] = m.Options[r.IntN(len(m.Options))].Option
		case 1:
			if r.IntN(3) == 0 {
				asked[m.Topic] = ""
			}
		}
	}
	return explained(t, q, asked)
}

func explained(t testing.TB, q *deal.Question, asked map[string]string) ([]byte, *deal.WhyNot) {
	t.Helper()
	why, err := deal.ExplainPackage(context.Background(), q, deal.Run{Workers: 1}, asked)
	if err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(deal.NewWhyNotProof(q, asked, why))
	if err != nil {
		t.Fatal(err)
	}
	return out, why
}

// Answers to "why not this package?" are derived anew, of packages of every kind.
func TestReasonsAreVerified(t *testing.T) {
	met := map[string]int{}
	for k, file := range tables {
		var asked [4]*deal.Question
		var known [4]again.Memory
		for n := range 12 {
			if n < len(asked) {
				asked[n] = question(t, file, func(s *deal.Settings) {
					s.Samples = []int{0, 6}[n%2]
					s.Baseline = []deal.Baseline{deal.Free, deal.StatusQuo}[n/2%2]
				})
			}
			data, why := whyNot(t, asked[n%4], rand.New(rand.NewPCG(uint64(k), uint64(n))))
			report, err := known[n%4].Bundle(data)
			if !report.WhyNot && err == nil {
				t.Errorf("%s %d: taken for an answer about all packages", file, n)
			}
			for _, w := range wrong(report, err) {
				t.Errorf("%s %d: %s", file, n, w)
			}
			for _, l := range report.Lines {
				for _, o := range l.Open {
					met["open: "+o.Why]++
				}
			}
			for _, reason := range why.Reasons {
				met[fmt.Sprint(reason.Kind, reason.Always)]++
			}
			if len(why.Reasons) == 0 {
				met["none"]++
			}
		}
	}
	t.Log(met)
	for _, kind := range []string{"breaks-rulestrue", "always-worsetrue", "worsefalse", "improvabletrue", "improvablefalse", "none"} {
		if met[kind] == 0 {
			t.Errorf("no answer has a reason of the kind %s", kind)
		}
	}
}

// Of packages that break rules both name the same choices, of which none can be left out.
func TestBrokenRulesAreVerified(t *testing.T) {
	sizes := map[int]int{}
	for k, file := range []string{"../../examples/three-towns.yaml testdata/rules-for-towns.yaml", "testdata/capped.yaml testdata/rules-for-points.yaml", "testdata/payments.yaml"} {
		var known again.Memory
		q := question(t, file, func(s *deal.Settings) { s.Samples = 0 })
		for n := range 40 {
			r, asked := rand.New(rand.NewPCG(uint64(k), uint64(n))), map[string]string{}
			for _, m := range q.Menu(i18n.For("en")) {
				asked[m.Topic] = m.Options[r.IntN(len(m.Options))].Option
			}
			data, why := explained(t, q, asked)
			report, err := known.Bundle(data)
			for _, w := range wrong(report, err) {
				t.Errorf("%s %d: %s", file, n, w)
			}
			for _, reason := range why.Reasons {
				if reason.Kind == deal.BreaksRules {
					sizes[len(reason.Choices)]++
				}
			}
		}
	}
	if sizes[1] < 3 || sizes[2] < 10 || sizes[3] < 3 {
		t.Errorf("rules broken, by how many choices break them: %v", sizes)
	}
}

// Every change to what such an answer says is refused.
func TestFalseReasonsAreRefused(t *testing.T) {
	for k, file := range tables {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			same, others, refused := 0, 0, 0
			q := question(t, file, func(s *deal.Settings) { s.Samples = 3 })
			known, data := &again.Memory{}, []byte(nil)
			for n := 0; refused < (mutants(t)+len(tables)-1)/len(tables); n++ {
				if n%8 == 0 {
					data, _ = whyNot(t, q, rand.New(rand.NewPCG(uint64(k), uint64(n/8))))
					data = seal(parse(data).(map[string]any))
				}
				root := parse(data).(map[string]any)
				draw := rand.New(rand.NewPCG(uint64(n), uint64(k)))
				part := []string{"why_not", "why_not", "why_not", "asked", "table"}[draw.IntN(5)]
				what := change(draw, root[part], func(v any) { root[part] = v }, part)
				changed := seal(root)
				if slices.Equal(changed, data) {
					same++
					continue
				}
				verdict := wrong(known.Bundle(changed))
				if n%50 == 0 && len(verdict) > 0 && len(wrong(again.Bundle(changed))) == 0 { // now and then from the beginning
					t.Errorf("mutant %d: believed when it is derived from the beginning: %s", n, what)
				}
				switch {
				case len(verdict) > 0:
					refused++
				case part == "asked":
					others++ // the same package, asked for in other words
				default:
					t.Errorf("mutant %d is believed: %s", n, what)
					refused++
				}
			}
			t.Logf("%d refused; %d changed nothing; %d ask for the same package", refused, same, others)
		})
	}
}

// Choices that exclude every package, and open matters in which somebody stays below the baseline.
func TestOpenMattersAreVerified(t *testing.T) {
	q := question(t, "testdata/payments.yaml", func(s *deal.Settings) { s.Samples = 0 })
	for _, c := range []struct {
		asked   map[string]string
		clash   int // choices that cannot stand together
		reasons int
	}{
		{map[string]string{"m0": "o1", "m1": "o1", "m2": ""}, 2, 1},
		{map[string]string{"m0": "o1", "m1": "", "m2": ""}, 0, 0},
		{map[string]string{"m4": "o1", "m3": ""}, 0, 2},
	} {
		data, why := explained(t, q, c.asked)
		for _, w := range wrong(again.Bundle(data)) {
			t.Errorf("%v: %s", c.asked, w)
		}
		clash := 0
		for _, r := range why.Reasons {
			if r.Kind == deal.BreaksRules {
				clash = len(r.Choices)
			}
		}
		if clash != c.clash || len(why.Reasons) != c.reasons {
			t.Errorf("%v: %d choices cannot stand together, %d reasons", c.asked, clash, len(why.Reasons))
		}
	}
}

// What was asked about stands in the bundle: another question has another answer.
func TestWhatWasAskedIsChecked(t *testing.T) {
	q := question(t, "testdata/payments.yaml", func(s *deal.Settings) { s.Samples = 0 })
	data, _ := explained(t, q, map[string]string{"m0": "o1"})
	root := parse(seal(parse(data).(map[string]any))).(map[string]any) // of which any writing has the same fingerprint
	root["asked"] = map[string]any{"m2": "o1"}
	if w := wrong(again.Bundle(marshal(root))); len(w) == 0 {
		t.Error("the answer about one package is taken for one about another")
	}
	root["answer"] = map[string]any{}
	if w := wrong(again.Bundle(marshal(root))); len(w) == 0 {
		t.Error("a bundle with two answers is taken")
	}
}
