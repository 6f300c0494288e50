package again_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"parley/deal"
	"parley/dialogue"
	"parley/i18n"
	"parley/interest"
	"parley/verify/again"
)

// few are sides with a few interests each, which are opposed two by two; some say more of their weights than ranks.
func few(r *rand.Rand) (in deal.Input) {
	sides, topics := 2+r.IntN(2), 3
	title := func(id string) i18n.Text { return i18n.Text{"en": id, "ru": id} }
	for s := range sides {
		id := dialogue.SideID(rune('A' + s))
		in.Sides = append(in.Sides, dialogue.Side{ID: id, Name: title("Side " + string(id))})
		reg := interest.Register{Subject: id, Author: interest.Author{Side: id}}
		for k := range topics {
			name := fmt.Sprintf("%s%d", id, k)
			i := interest.Interest{ID: interest.ID(name), Title: title("Interest " + name), Tier: interest.Tier(r.IntN(4))}
			for o := range sides {
				if o != s {
					low := []interest.Role{interest.Key, interest.Medium}[min(1, r.IntN(8)/7)]
					i.Counterparts = append(i.Counterparts, interest.Counterpart{
						Side: dialogue.SideID(rune('A' + o)), Role: interest.RoleRange{Low: low, High: interest.Key}, Alignment: interest.OpposedTo,
					})
				}
			}
			reg.Interests = append(reg.Interests, i)
		}
		if pair := r.Perm(topics); r.IntN(2) == 0 && reg.Interests[pair[0]].Tier >= reg.Interests[pair[1]].Tier {
			times := interest.FractionOf(1+r.Int64N(2), 1)
			reg.Weights = append(reg.Weights, interest.Weighing{More: reg.Interests[pair[0]].ID, Than: reg.Interests[pair[1]].ID, Times: times})
		}
		in.Registers = append(in.Registers, reg)
	}
	for k := range topics {
		name := string(rune('p' + k))
		t := interest.Topic{ID: interest.TopicID(name), Title: title("Topic " + name), Relation: interest.Opposed}
		for _, h := range r.Perm(sides)[:2] {
			t.Interests = append(t.Interests, in.Registers[h].Interests[k].ID)
		}
		in.Topics = append(in.Topics, t)
	}
	return in
}

// fewBundle is a bundle about such sides, with the answer in it.
func fewBundle(t *testing.T, r *rand.Rand) ([]byte, *deal.Answer) {
	t.Helper()
	set := deal.DefaultSettings()
	set.Samples = 20
	q, err := deal.NewQuestion(few(r), set)
	if err != nil {
		t.Fatal(err)
	}
	a, err := deal.Search(t.Context(), q, deal.Run{Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	return marshal(deal.NewProof(q, a)), a
}

// Of every package of small tables it is found whether another is ever as good for everyone, as tries of all have it.
func TestNecessarilyEfficientAgainstBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 2))
	met := map[bool]int{}
	narrowed := 0
	for n := range 60 {
		data, _ := fewBundle(t, r)
		m := &again.Memory{}
		if w := wrong(m.Bundle(data)); len(w) > 0 {
			t.Fatalf("table %d: %v", n, w)
		}
		says := parse(data).(map[string]any)["question"].(map[string]any)["weights"] != nil
		found, byRanks, byWeights := m.Necessary(false)
		for k, is := range found {
			met[is]++
			switch {
			case byRanks[k] && !is, is && !byWeights[k], !says && is != byRanks[k]:
				t.Errorf("table %d, package %d: %t, by ranks %t, by weights %t", n, k, is, byRanks[k], byWeights[k])
			case is != byRanks[k]:
				narrowed++
			}
		}
	}
	if met[true] < 20 || met[false] < 20 || narrowed < 3 {
		t.Errorf("met %v, %d by what sides say alone", met, narrowed)
	}
}

// The label of a package is re-checked: none is taken that says more than holds, nor one that says less, unless it is said
// that no more was found out.
func TestNecessarilyEfficientIsVerified(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 3))
	met := map[string]int{}
	for n := range 120 {
		data, answer := fewBundle(t, r)
		_, left := holds(t, data)
		if slices.ContainsFunc(left, func(l string) bool { return strings.HasSuffix(l, "necessarily") }) {
			t.Errorf("table %d: left open %v", n, left)
		}
		if answer.Strength == nil {
			continue
		}
		m := &again.Memory{}
		if w := wrong(m.Bundle(data)); len(w) > 0 {
			t.Fatalf("table %d: %v", n, w)
		}
		found, _, tried := m.Necessary(true)
		for k, p := range answer.Strength.Packages {
			met[p.Efficient]++
			switch is := p.Efficient == deal.Necessarily; {
			case found[k] != is:
				t.Errorf("table %d, package %d is %s, and found to be necessarily efficient: %t", n, k+1, p.Efficient, found[k])
			case is && !tried[k]:
				t.Errorf("table %d, package %d is %s, and some whole weights show that it need not be", n, k+1, p.Efficient)
			case is:
				refuses(t, relabelled(data, k, deal.Possibly), true)
				refuses(t, relabelled(data, k, deal.Possibly, "undecided"), false)
			default:
				refuses(t, relabelled(data, k, deal.Necessarily), true)
			}
		}
	}
	if met[deal.Necessarily] < 5 || met[deal.Possibly] < 30 {
		t.Errorf("met %v", met)
	}
}

// relabelled is a bundle in which a package stands otherwise against all others, with the sentences for it.
func relabelled(data []byte, k int, label string, more ...string) []byte {
	root := parse(data).(map[string]any)
	says := root["answer"].(map[string]any)["strength"].(map[string]any)["packages"].([]any)[k].(map[string]any)
	delete(says, "better")
	says["efficient"] = label
	because := map[string]any{}
	for _, lang := range i18n.Languages {
		sentences := []any{i18n.For(lang).T("strength.efficient." + label)}
		for _, key := range more {
			sentences, says[key] = append(sentences, i18n.For(lang).T("strength.efficient."+key)), true
		}
		because[lang] = sentences
	}
	says["because"] = because
	return seal(root)
}

func refuses(t *testing.T, data []byte, want bool) {
	t.Helper()
	if got := len(wrong(again.Bundle(data))) > 0; got != want {
		t.Errorf("refused: %t, want %t", got, want)
	}
}
