package genius_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parley/deal"
	"parley/genius"
)

// folder holds published negotiation scenarios; they are not part of the
// project, so the tests that read them skip where they are absent.
const folder = "../../shared/data/genius"

func scenario(t testing.TB, name, domain, profiles string, set genius.Settings) *genius.Imported {
	t.Helper()
	read := func(file string) genius.File {
		data, err := os.ReadFile(filepath.Join(folder, name, file+".xml"))
		if errors.Is(err, fs.ErrNotExist) {
			t.Skipf("no published scenarios at %s", folder)
		}
		if err != nil {
			t.Fatal(err)
		}
		return genius.File{Name: file + ".xml", Data: data}
	}
	var files []genius.File
	for _, p := range strings.Fields(profiles) {
		files = append(files, read(p))
	}
	set.AsOf = "2026-11"
	made, err := genius.Read(read(domain), files, set)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// answered is what `parley deals` finds for a scenario.
func answered(t testing.TB, made *genius.Imported) *deal.Answer {
	t.Helper()
	return found(t, made)
}

// found is answered for tests that draw their scenarios, too.
func found(t interface {
	Fatal(...any)
	Fatalf(string, ...any)
}, made *genius.Imported) *deal.Answer {
	q, err := deal.NewQuestion(made.Dossier.Input(), deal.Settings{Seed: 1, Stakes: deal.Split, Baseline: deal.Free, Brief: true})
	if err != nil {
		t.Fatal(err)
	}
	a, err := deal.Search(context.Background(), q, deal.Run{Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	if !a.FrontierComplete {
		t.Fatalf("the frontier is not complete: %v", a.Warnings)
	}
	return a
}

// shares are the points of a side divided by its scale, to six decimals, in the
// order of the profiles.
func shares(a *deal.Answer, made *genius.Imported, p deal.Point) string {
	var out []string
	for _, s := range made.Dossier.Dialogue.Sides {
		scale, _ := new(big.Rat).SetString(a.Question.Scale[string(s.ID)])
		v := new(big.Rat).SetInt64(p.Points[string(s.ID)])
		out = append(out, strings.TrimPrefix(v.Quo(v, scale).FloatString(6), "0"))
	}
	return strings.Join(out, " ")
}

// TestAdditiveScenarios: figures computed independently, in exact arithmetic.
func TestAdditiveScenarios(t *testing.T) {
	cases := []struct {
		name, domain, files string
		issues              int
		packages            string
		frontier            int
		nash, maxMin, opp   string
	}{
		{"EnglandZimbabwe", "EnglandZimbabwe_domain", "England Zimbabwe", 5, "576", 25, ".910916 .733218", ".822286 .786570", "0.2721"},
		{"ItexvsCypress", "ItexvsCypress_domain", "ItexvsCypress_Cypress ItexvsCypress_Itex", 4, "180", 18, ".670478 .721478", ".670478 .721478", "0.4315"},
		{"Travel", "travel_domain", "travel_chox travel_fanny", 7, "188160", 12, ".882412 .802015", ".882412 .802015", "0.2303"},
		{"Energy", "energy_domain", "energy_consumer energy_distributor", 8, "390625", 204, ".625000 .754286", ".682500 .684000", "0.4454"},
		{"AMPOvsCity", "ampo_vs_city_template", "ampo_vs_city_ampo_space ampo_vs_city_city_space", 10, "1944000", 192, ".706000 .783000", ".734000 .738470", ""},
		{"group2-politics", "Politics", "Politics_util1 Politics_util2 Politics_util3", 8, "23040", 124, ".669541 .755254 .786167", ".693960 .702584 .735083", ""},
		{"group9-killer_robot", "KillerRobot", "KillerRobot_util1 KillerRobot_util2 KillerRobot_util3", 6, "240000", 200, ".943115 .827681 .877377", ".928968 .848115 .850519", ""},
		{"AgentHp2", "energy_grid_domain", "consumer producer provider", 8, "5764801", 589, ".511300 .493750 .838000", ".586750 .568750 .580000", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			made := scenario(t, c.name, c.domain, c.files, genius.Settings{})
			a := answered(t, made)
			if a.Space.Issues != c.issues || a.Space.Packages != c.packages {
				t.Errorf("got %d issues and %s packages, want %d and %s", a.Space.Issues, a.Space.Packages, c.issues, c.packages)
			}
			if len(a.Frontier) != c.frontier {
				t.Errorf("frontier: got %d points, want %d", len(a.Frontier), c.frontier)
			}
			for _, s := range []struct {
				name, want string
				at         []int
			}{{"Nash", c.nash, a.Solutions.Nash}, {"max-min", c.maxMin, a.Solutions.KalaiSmorodinsky}} {
				if len(s.at) != 1 {
					t.Errorf("%s: got %d points, want one", s.name, len(s.at))
				} else if got := shares(a, made, a.Frontier[s.at[0]]); got != s.want {
					t.Errorf("%s: got %s, want %s", s.name, got, s.want)
				}
			}
			if c.opp != "" && (a.Opposition == nil || a.Opposition.String() != c.opp) {
				t.Errorf("opposition: got %v, want %s", a.Opposition, c.opp)
			}
		})
	}
}

// TestNobodyCanAgree: of three packages none reaches both reservation values,
// which count only where they are asked for.
func TestNobodyCanAgree(t *testing.T) {
	made := scenario(t, "NiceOrDieC", "NiceOrDie-C-domain", "NiceOrDie-C-prof1 NiceOrDie-C-prof2", genius.Settings{})
	if a := answered(t, made); len(a.Solutions.Nash) != 2 || len(a.Frontier) != 3 {
		t.Errorf("from nothing: got %d points and Nash %v, want 3 points and the two ends", len(a.Frontier), a.Solutions.Nash)
	}
	made = scenario(t, "NiceOrDieC", "NiceOrDie-C-domain", "NiceOrDie-C-prof1 NiceOrDie-C-prof2", genius.Settings{Reservation: true})
	a := answered(t, made)
	if len(a.Solutions.Nash)+len(a.Solutions.KalaiSmorodinsky)+len(a.Solutions.Leximin)+len(a.Solutions.Utilitarian) != 0 {
		t.Errorf("got solutions %+v, want none", a.Solutions)
	}
	if !slices.Contains(a.Warnings, "no package at or above the baseline") {
		t.Errorf("got warnings %v, and none says that nobody can agree", a.Warnings)
	}
}

// TestNonlinearScenarios: count and sums of the frontier, with the cap and
// without, and the package with the largest product, figures computed
// independently. The frontier files that come with the scenarios are wrong.
func TestNonlinearScenarios(t *testing.T) {
	cases := []struct {
		name     string
		count    int
		sum1     int64
		sum2     int64
		capped   int
		nash     [2]int64
		packages int // the exponent of ten
	}{
		{"10issuesDiscounted", 9, 5023, 4364, 8, [2]int64{734, 435}, 10},
		{"30issues", 31, 65188, 59840, 14, [2]int64{2076, 2105}, 30},
		{"50issues", 46, 106905, 121979, 23, [2]int64{2402, 2722}, 40},
		{"S-1NIKFRT-1", 4, 3455, 2558, 4, [2]int64{951, 639}, 10},
		{"S-1NAGUNL-128", 143, 229243, 349325, 122, [2]int64{1694, 2467}, 30},
		{"S-1NAGUNL-255", 202, 776493, 982984, 169, [2]int64{4272, 4550}, 50},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			made := scenario(t, c.name, c.name+"-domain", "profile-1 profile-2", genius.Settings{})
			a := answered(t, made)
			var got [2]int64
			for _, p := range a.Frontier {
				got[0] += p.Points["profile-1"]
				got[1] += p.Points["profile-2"]
			}
			if len(a.Frontier) != c.count || got != [2]int64{c.sum1, c.sum2} {
				t.Errorf("got %d points with sums %v, want %d with %d, %d", len(a.Frontier), got, c.count, c.sum1, c.sum2)
			}
			if want := "1" + strings.Repeat("0", c.packages); a.Space.Packages != want {
				t.Errorf("got %s packages, want %s", a.Space.Packages, want)
			}
			if len(a.Solutions.Nash) != 1 {
				t.Fatalf("got %d Nash points, want one", len(a.Solutions.Nash))
			}
			nash := a.Frontier[a.Solutions.Nash[0]].Points
			if got := [2]int64{nash["profile-1"], nash["profile-2"]}; got != c.nash {
				t.Errorf("Nash: got %v, want %v", got, c.nash)
			}
			made = scenario(t, c.name, c.name+"-domain", "profile-1 profile-2", genius.Settings{Cap: true})
			if a := answered(t, made); len(a.Frontier) != c.capped {
				t.Errorf("with the cap: got %d points, want %d", len(a.Frontier), c.capped)
			}
		})
	}
}

// BenchmarkAgentHp2 reads three XML files and finds the frontier of 5.8 million
// packages.
func BenchmarkAgentHp2(b *testing.B) {
	for b.Loop() {
		made := scenario(b, "AgentHp2", "energy_grid_domain", "consumer producer provider", genius.Settings{})
		if a := answered(b, made); len(a.Frontier) != 589 {
			b.Fatalf("got %d points, want 589", len(a.Frontier))
		}
	}
}

func ExampleRead() {
	domain := genius.File{Name: "fence_domain.xml", Data: []byte(`<utility_space><objective index="0" name="A fence">
		<issue index="1" name="Feet" type="integer" lowerbound="3" upperbound="5"/></objective></utility_space>`)}
	profile := func(name, line string) genius.File {
		return genius.File{Name: name, Data: []byte(`<utility_space><objective index="0" name="A fence">
			<issue index="1" name="Feet" type="integer" lowerbound="3" upperbound="5"><evaluator ftype="linear" ` + line + `/></issue>
			<weight index="1" value="1"/></objective></utility_space>`)}
	}
	made, err := genius.Read(domain, []genius.File{profile("north.xml", `offset="0" slope="0.5"`), profile("south.xml", `offset="1" slope="-0.75"`)}, genius.Settings{AsOf: "2026-11"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, o := range made.Dossier.Table.Issues[0].Options {
		fmt.Println(o.ID, o.Points[0].Value, o.Points[1].Value)
	}
	// Output:
	// 3 0 1
	// 4 1/2 1/4
	// 5 1 0
}
