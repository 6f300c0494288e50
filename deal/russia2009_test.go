package deal_test

import (
	"context"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"parley/deal"
	"parley/dossier"
)

func readExample(t testing.TB, name string) *dossier.Dossier {
	t.Helper()
	data, err := os.ReadFile("../examples/" + name)
	if err != nil {
		t.Fatal(err)
	}
	d, err := dossier.Read(name, data)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func search(t testing.TB, in deal.Input, set deal.Settings) *deal.Answer {
	t.Helper()
	a, err := deal.Search(context.Background(), question(t, in, set), deal.Run{Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// swapNames writes the swaps of an answer as sorted "topic/option" lists.
func swapNames(a *deal.Answer) []string {
	out := []string{}
	for _, s := range a.Swaps {
		var moves []string
		for _, m := range s.Moves {
			moves = append(moves, m.Topic+"/"+m.Option)
		}
		slices.Sort(moves)
		out = append(out, strings.Join(moves, " + "))
	}
	slices.Sort(out)
	return out
}

func shareOf(t testing.TB, a *deal.Answer, topic, option string) deal.Share {
	t.Helper()
	for _, c := range a.Choices {
		if c.Topic == topic && c.Option == option {
			return c.NashShare
		}
	}
	t.Fatalf("no option %s/%s", topic, option)
	return deal.Share{}
}

// russia2009 answers the 2009 example under one reading of the stakes.
func russia2009(t *testing.T, stakes deal.Stakes) *deal.Answer {
	set := deal.DefaultSettings()
	set.Stakes = stakes
	return search(t, readExample(t, "us-russia-2009.yaml").Input(), set)
}

func TestRussia2009Swaps(t *testing.T) {
	split := []string{"former-ussr/US-yields + iran/RU-yields", "iran/RU-yields + nato/US-yields"}
	full := append([]string{"european-security/US-yields + iran/RU-yields"}, split...)
	if got := swapNames(russia2009(t, deal.Split)); !slices.Equal(got, split) {
		t.Errorf("split stakes: got %q, want %q", got, split)
	}
	a := russia2009(t, deal.Full)
	if got := swapNames(a); !slices.Equal(got, full) {
		t.Errorf("full stakes: got %q, want %q", got, full)
	}
	for _, s := range a.Swaps {
		if len(s.FlipsIf) == 0 || len(s.Proof) != 2 || len(s.NotAtTheTable) == 0 {
			t.Errorf("%v: conditions, proof or the absent are missing: %+v", s.Moves, s)
		}
		for i, f := range s.FlipsIf {
			if i > 0 && f.Steps < s.FlipsIf[i-1].Steps {
				t.Errorf("%v: a smaller change stands behind a larger one: %+v", s.Moves, s.FlipsIf)
			}
		}
	}
}

func TestRussia2009FirstStepsAndAsks(t *testing.T) {
	a := russia2009(t, deal.Split)
	var first []string
	for _, w := range a.QuickWins {
		first = append(first, w.Topic)
	}
	if want := []string{"north-korea", "afghanistan"}; !slices.Equal(first, want) {
		t.Errorf("first steps: got %v, want %v", first, want)
	}
	free := map[string]string{}
	for _, c := range append(a.SameDirection, deal.Choice{Topic: first[0], Option: "together"}, deal.Choice{Topic: first[1], Option: "together"}) {
		free[c.Topic] = c.Option
	}
	if len(free) != 15 || free["arms-control"] != "US-helps" || free["food-and-water"] != "RU-helps" {
		t.Errorf("free moves: got %v, want the 13 shared topics, RU-22 and US-22", free)
	}
	asks := map[string]string{}
	for _, k := range readExample(t, "us-russia-2009.yaml").Compare("en").Asks {
		asks[k.Interest] = k.Of
	}
	want := map[string]string{"RU-01": "US", "RU-04": "US", "RU-19": "US", "RU-20": "US", "RU-32": "US", "US-15": "RU", "US-25": "RU", "US-27": "RU"}
	if fmt.Sprint(asks) != fmt.Sprint(want) {
		t.Errorf("asks: got %v, want %v", asks, want)
	}
	for topic, option := range a.Baseline.Choices {
		if option != "keep" && free[topic] != option {
			t.Errorf("the baseline takes %s/%s, which is not free", topic, option)
		}
	}
	if len(free) != countOther(a.Baseline.Choices, "keep") {
		t.Errorf("the baseline leaves out something free")
	}
}

func countOther(choices map[string]string, option string) int {
	n := 0
	for _, o := range choices {
		if o != option {
			n++
		}
	}
	return n
}

func TestRussia2009Shares(t *testing.T) {
	vital := []string{"missile-defence-space", "nuclear-arms", "world-institutions"}
	undecided := map[deal.Stakes][]string{
		deal.Split: vital,
		deal.Full:  {"missile-defence-space", "nuclear-arms", "south-caucasus", "security-council", "world-institutions"},
	}
	for stakes, want := range undecided {
		a := russia2009(t, stakes)
		if !slices.Equal(a.Undecided, want) {
			t.Errorf("%s: undecided %v, want %v", stakes, a.Undecided, want)
		}
		for topic, option := range map[string]string{"iran": "RU-yields", "nato": "US-yields", "former-ussr": "US-yields"} {
			if s := shareOf(t, a, topic, option); !s.AtLeast(90, 100) {
				t.Errorf("%s: %s/%s has a Nash share of %.3f, want at least .90", stakes, topic, option, s.Float())
			}
		}
		for _, topic := range vital {
			for _, option := range []string{"RU-yields", "US-yields"} {
				if s := shareOf(t, a, topic, option); s.AtLeast(70, 100) {
					t.Errorf("%s: %s/%s has a Nash share of %.3f, want below .70", stakes, topic, option, s.Float())
				}
			}
			for _, d := range a.Deals {
				if d.Core[topic] != "" {
					t.Errorf("%s: the core presumes an answer on %s", stakes, topic)
				}
			}
		}
	}
	a := russia2009(t, deal.Full)
	for topic, want := range map[string]float64{"south-caucasus": .55, "security-council": .58} {
		if got := shareOf(t, a, topic, "RU-yields").Float(); got < want-.02 || got > want+.02 {
			t.Errorf("%s: largest share %.3f, want about %.2f", topic, got, want)
		}
	}
}

func TestRussia2009ChangesWithStakes(t *testing.T) {
	a := russia2009(t, deal.Split)
	var swaps, undecided []string
	for _, c := range a.ChangesWithStakes {
		switch c.Kind {
		case "swap":
			swaps = append(swaps, fmt.Sprint(c.Stakes, c.Moves))
		case "undecided":
			undecided = append(undecided, c.Stakes+" "+c.Topic)
		}
	}
	if want := []string{"full[{iran RU-yields RU} {european-security US-yields US}]"}; !slices.Equal(swaps, want) {
		t.Errorf("swaps: got %v, want %v", swaps, want)
	}
	if want := []string{"full south-caucasus", "full security-council"}; !slices.Equal(undecided, want) {
		t.Errorf("undecided: got %v, want %v", undecided, want)
	}
}

func TestRussia2009Contradictions(t *testing.T) {
	c := readExample(t, "us-russia-2009.yaml").Compare("en")
	topics := map[string]int{}
	for _, p := range c.Perception {
		topics[p.Topic]++
		if p.Basis != "within-one-source" {
			t.Errorf("%+v: the United States has written nothing, so no gap is between sides", p)
		}
	}
	want := map[string]int{
		"no-nuclear-war": 2, "world-institutions": 2, "no-great-war": 1, "middle-east": 1, "european-security": 1,
		"missile-defence-site": 1, "south-caucasus": 1, "energy": 1,
	}
	if fmt.Sprint(topics) != fmt.Sprint(want) || len(c.Perception) != 10 {
		t.Errorf("got %v, want %v", topics, want)
	}
}

func TestEveryResultSaysWhyInBothLanguages(t *testing.T) {
	for _, name := range []string{"us-russia-2009.yaml", "three-towns.yaml"} {
		set := deal.DefaultSettings()
		set.Samples = 300
		in := readExample(t, name).Input()
		a := search(t, in, set)
		// With more than two sides nobody is "the other", in the singular.
		wrong := regexp.MustCompile(`the others' interest|the other sides' interest|интересам других сторон`)
		if len(in.Sides) > 2 {
			wrong = regexp.MustCompile(`the other's|the other side's|интересу другой стороны`)
		}
		check := func(what string, because map[string][]string) {
			if len(because["en"]) == 0 || len(because["en"]) != len(because["ru"]) {
				t.Errorf("%s %s: %d sentences in English, %d in Russian", name, what, len(because["en"]), len(because["ru"]))
			}
			for _, s := range append(because["en"], because["ru"]...) {
				if strings.ContainsAny(s, "[]<") || strings.Contains(s, "yields") || strings.Contains(s, "(no value)") || wrong.MatchString(s) {
					t.Errorf("%s %s: %q", name, what, s)
				}
			}
		}
		for _, w := range a.QuickWins {
			check(w.Topic, w.Because)
		}
		for _, s := range a.Swaps {
			check(fmt.Sprint(s.Moves), s.Because)
		}
		for _, d := range a.Deals {
			check("package", d.Because)
		}
		if got := deal.Rules(in); !reflect.DeepEqual(got, a.Rules) {
			t.Errorf("%s: without a search the rules are %v, with one %v", name, got, a.Rules)
		}
		for _, r := range a.Rules {
			check(fmt.Sprint("rule ", r.Number), r.Because)
		}
		if len(a.Swaps) == 0 || len(a.Deals) == 0 || len(a.QuickWins) == 0 {
			t.Errorf("%s: %d swaps, %d packages, %d first steps", name, len(a.Swaps), len(a.Deals), len(a.QuickWins))
		}
	}
}
