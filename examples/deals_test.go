package examples

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"parley/deal"
	"parley/dossier"
)

// answer searches without sampling: what is certain, and the points that the
// table states.
func answer(t *testing.T, d *dossier.Dossier, stakes deal.Stakes) *deal.Answer {
	t.Helper()
	q, err := deal.NewQuestion(d.Input(), deal.Settings{Seed: 1, Stakes: stakes, Baseline: deal.Free})
	if err != nil {
		t.Fatal(err)
	}
	a, err := deal.Search(context.Background(), q, deal.Run{Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestSwapsOfTheExamples: the lists were found by trying every set of moves,
// apart from package deal.
func TestSwapsOfTheExamples(t *testing.T) {
	towns := []string{
		"bridge-tolls/BR-yields flood-release/KE-yields",
		"dredged-silt/OS-yields sewage-plant/BR-yields",
		"fish-passage/KE-yields market-stalls/BR-yields night-barges/OS-yields",
	}
	for _, c := range []struct {
		name   string
		stakes deal.Stakes
		want   []string
	}{
		{"us-russia-2009.yaml", deal.Split, []string{"former-ussr/US-yields iran/RU-yields", "iran/RU-yields nato/US-yields"}},
		{"us-russia-2009.yaml", deal.Full, []string{
			"european-security/US-yields iran/RU-yields", "former-ussr/US-yields iran/RU-yields", "iran/RU-yields nato/US-yields",
		}},
		{"three-towns.yaml", deal.Split, towns},
		{"three-towns.yaml", deal.Full, towns},
	} {
		t.Run(fmt.Sprint(c.name, " ", c.stakes), func(t *testing.T) {
			if got := swaps(answer(t, example(t, c.name), c.stakes)); !slices.Equal(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

// swaps lists them as words, sorted.
func swaps(a *deal.Answer) []string {
	var out []string
	for _, s := range a.Swaps {
		var moves []string
		for _, m := range s.Moves {
			moves = append(moves, m.Topic+"/"+m.Option)
		}
		slices.Sort(moves)
		out = append(out, strings.Join(moves, " "))
	}
	slices.Sort(out)
	return out
}

func TestOneSwapTakesAllFourSides(t *testing.T) {
	a := answer(t, fixture(t, "four-sides.yaml"), deal.Split)
	want := []string{"ring-A/A-yields ring-B/B-yields ring-C/C-yields ring-D/D-yields"}
	if got := swaps(a); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestPanamaFrontier: the numbers come from listing all 1,024 divisions. At the
// Nash point the United States keeps issues 1, 2, 4 and 6.
func TestPanamaFrontier(t *testing.T) {
	a := answer(t, fixture(t, "panama.yaml"), deal.Split)
	if a.Space.Packages != "1024" || len(a.Frontier) != 20 {
		t.Errorf("got %d points of %s packages, want 20 of 1024", len(a.Frontier), a.Space.Packages)
	}
	for _, i := range a.Solutions.Nash {
		if p := a.Frontier[i].Points; p["US"] != 64 || p["PA"] != 68 {
			t.Errorf("Nash: got %v, want 64 and 68", p)
		}
	}
	if len(a.Solutions.Nash) != 1 {
		t.Errorf("got %d Nash points, want one", len(a.Solutions.Nash))
	}
}

func TestFirstStepsOfTheExamples(t *testing.T) {
	for name, want := range map[string]string{
		"us-russia-2009.yaml": "afghanistan/together north-korea/together",
		"three-towns.yaml":    "flood-warning/together youth-orchestra/together",
	} {
		var got []string
		for _, w := range answer(t, example(t, name), deal.Split).QuickWins {
			got = append(got, w.Topic+"/"+w.Option)
		}
		slices.Sort(got)
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %v, want %s", name, got, want)
		}
	}
}

func TestVitalToBothIsUndecidedInThreeTowns(t *testing.T) {
	a := answer(t, example(t, "three-towns.yaml"), deal.Split)
	if a.UndecidedWhy["summer-water"] != "vital-to-both" {
		t.Errorf("got %v %v", a.Undecided, a.UndecidedWhy)
	}
}
