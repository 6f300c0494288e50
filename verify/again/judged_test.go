package again_test

import (
	"maps"
	"slices"
	"testing"

	"parley/verify/again"
)

// Of a table where the weights of some side are walked to, only judgements that need another walk are taken as they are: ranks
// and statements of a side that says so much. Any other is refused where it is changed or left out.
func TestJudgementsBesideWalksAreVerified(t *testing.T) {
	data := seal(parse(asUsual(t, "../../examples/three-towns.yaml testdata/said-exactly.weights")).(map[string]any))
	m, root := &again.Memory{}, parse(data).(map[string]any)
	if w := wrong(m.Bundle(data)); len(w) > 0 {
		t.Fatal(w)
	}
	strength := root["answer"].(map[string]any)["strength"].(map[string]any)
	all := strength["judgements"].([]any)
	refused, taken := map[string]int{}, map[string]int{}
	for k := 0; k < len(all); k += 3 {
		j := all[k].(map[string]any)
		kind, _ := j["kind"].(string)
		strength["judgements"] = slices.Delete(slices.Clone(all), k, k+1)
		left := wrong(m.Bundle(marshal(root)))
		changed := maps.Clone(j)
		changed["steps"] = 7
		strength["judgements"] = slices.Concat(all[:k], []any{changed}, all[k+1:])
		other := wrong(m.Bundle(marshal(root)))
		if len(left) > 0 != (len(other) > 0) {
			t.Errorf("judgement %d (%v): left out %v, changed %v", k, j, left, other)
		}
		if len(left) > 0 {
			refused[kind]++
		} else {
			taken[kind]++
		}
	}
	if refused["role"] == 0 || refused["tier"] == 0 || taken["tier"] == 0 || taken["role"] > 0 {
		t.Errorf("refused %v, taken %v", refused, taken)
	}
}
