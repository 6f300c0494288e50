package bargain_test

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parley/engine/bargain"
	"parley/engine/pareto"
)

// geniusFolder holds published negotiation scenarios; they are not part of the
// project, so the tests that read them skip where they are absent.
const geniusFolder = "../../../shared/data/genius"

type geniusSpace struct {
	Issues []struct {
		Index int `xml:"index,attr"`
		Lower int `xml:"lowerbound,attr"`
		Upper int `xml:"upperbound,attr"`
		Items []struct {
			Value      string `xml:"value,attr"`
			Evaluation string `xml:"evaluation,attr"`
		} `xml:"item"`
		Linear *struct {
			Offset string `xml:"offset,attr"`
			Slope  string `xml:"slope,attr"`
		} `xml:"evaluator"`
	} `xml:"objective>issue"`
	Weights []struct {
		Index int    `xml:"index,attr"`
		Value string `xml:"value,attr"`
	} `xml:"objective>weight"`
}

// geniusScenario is a scenario on integer points: a side's points divided by
// its scale are its values.
type geniusScenario struct {
	table pareto.Table
	scale []*big.Rat
}

func readGenius(t testing.TB, folder string, files ...string) geniusScenario {
	t.Helper()
	s := geniusScenario{table: pareto.Table{Sides: len(files)}}
	var labels [][]string
	for p, file := range files {
		data, err := os.ReadFile(filepath.Join(folder, file+".xml"))
		if errors.Is(err, fs.ErrNotExist) {
			t.Skipf("no published scenario at %s", folder)
		}
		if err != nil {
			t.Fatal(err)
		}
		var space geniusSpace
		if err := xml.Unmarshal(data, &space); err != nil {
			t.Fatal(err)
		}
		values, names := space.values()
		if p == 0 {
			labels = names
			for _, options := range names {
				s.table.Issues = append(s.table.Issues, make([][]int64, len(options)))
				for o := range options {
					s.table.Issues[len(s.table.Issues)-1][o] = make([]int64, len(files))
				}
			}
		}
		points, scale := integers(values)
		s.scale = append(s.scale, scale)
		for i := range labels {
			for o, label := range labels[i] {
				s.table.Issues[i][o][p] = points[i][slices.Index(names[i], label)]
			}
		}
	}
	return s
}

func decimal(s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic(fmt.Sprintf("not a number: %q", s))
	}
	return r
}

// values lists what the options of each issue are worth, and their names: the
// weight times the evaluation divided by the largest of the issue, or for a
// range of integers a line clamped to 0..1.
func (g geniusSpace) values() (values [][]*big.Rat, names [][]string) {
	one, zero := big.NewRat(1, 1), new(big.Rat)
	sum := new(big.Rat)
	weights := map[int]*big.Rat{}
	for _, w := range g.Weights {
		weights[w.Index] = decimal(w.Value)
		sum.Add(sum, weights[w.Index])
	}
	for _, issue := range g.Issues {
		var worth []*big.Rat
		var labels []string
		most := zero
		for _, item := range issue.Items {
			e := decimal(item.Evaluation)
			if at := slices.Index(labels, item.Value); at >= 0 { // a value listed twice: the later counts
				worth[at] = e
			} else {
				worth, labels = append(worth, e), append(labels, item.Value)
			}
			if e.Cmp(most) > 0 {
				most = e
			}
		}
		for v := issue.Lower; issue.Linear != nil && v <= issue.Upper && len(issue.Items) == 0; v++ {
			line := new(big.Rat).Mul(decimal(issue.Linear.Slope), big.NewRat(int64(v-issue.Lower), 1))
			line.Add(line, decimal(issue.Linear.Offset))
			if line.Cmp(zero) < 0 {
				line = zero
			} else if line.Cmp(one) > 0 {
				line = one
			}
			worth, labels, most = append(worth, line), append(labels, fmt.Sprint(v)), one
		}
		factor := new(big.Rat).Quo(weights[issue.Index], new(big.Rat).Mul(most, sum))
		for o := range worth {
			worth[o] = new(big.Rat).Mul(worth[o], factor)
		}
		values, names = append(values, worth), append(names, labels)
	}
	return values, names
}

// integers brings the values of a side to their least common denominator.
// Weights of sixteen digits do not always have one that fits; such a side is
// rounded to 2^-60. Where ties decide (Energy, AMPOvsCity, AgentHp2) all fit.
func integers(values [][]*big.Rat) (points [][]int64, scale *big.Rat) {
	common := big.NewInt(1)
	for _, options := range values {
		for _, v := range options {
			common.Mul(common, new(big.Int).Div(v.Denom(), new(big.Int).GCD(nil, nil, common, v.Denom())))
		}
	}
	if common.BitLen() > 60 {
		common.Lsh(big.NewInt(1), 60)
	}
	scale = new(big.Rat).SetInt(common)
	for _, options := range values {
		var row []int64
		for _, v := range options {
			exact := new(big.Rat).Mul(v, scale)
			row = append(row, new(big.Int).Div(exact.Num(), exact.Denom()).Int64())
		}
		points = append(points, row)
	}
	return points, scale
}

// TestScenarioOfOurOwn is small enough to follow by hand. The miller has
// .06, .21, .36, .51, .60 (clamped) for the weir and .4, .3, 0 for the sluice;
// the meadow .25, .125, 0, 0, 0 and 0, .6, .75. A weir of five feet is beaten by
// one of six; without the sluice the meadow has less than with it.
func TestScenarioOfOurOwn(t *testing.T) {
	s := readGenius(t, "testdata/mill", "miller", "meadow")
	frontier, err := pareto.Frontier(context.Background(), s.table, 0)
	if err != nil {
		t.Fatal(err)
	}
	var points [][]int64
	var got []string
	for _, point := range frontier {
		points = append(points, point.Values)
		got = append(got, fmt.Sprint(s.show(point.Values), point.Choice))
	}
	want := []string{
		"1.000000 .000000[4 0]", ".900000 .600000[4 1]", ".600000 .750000[4 2]",
		".360000 .850000[0 1]", ".210000 .875000[1 2]", ".060000 1.000000[0 2]",
	}
	if !slices.Equal(got, want) {
		t.Errorf("frontier: got %v, want %v", got, want)
	}
	if nash := bargain.Nash(points, []int64{0, 0}); len(nash) != 1 || got[nash[0]] != want[1] {
		t.Errorf("Nash: got %v, want the second point", nash)
	}
}

// TestNobodyCanAgree: in this scenario no package reaches both reservations.
func TestNobodyCanAgree(t *testing.T) {
	s := readGenius(t, filepath.Join(geniusFolder, "NiceOrDieC"), "NiceOrDie-C-prof1", "NiceOrDie-C-prof2")
	var base []int64
	for _, scale := range s.scale {
		half := new(big.Rat).Quo(scale, big.NewRat(2, 1))
		base = append(base, new(big.Int).Div(half.Num(), half.Denom()).Int64())
	}
	frontier, err := pareto.Frontier(context.Background(), s.table, 0)
	if err != nil {
		t.Fatal(err)
	}
	var points [][]int64
	for _, point := range frontier {
		points = append(points, point.Values)
	}
	if got := bargain.Nash(points, base); got != nil {
		t.Errorf("Nash: got %v, want none", got)
	}
	if choice, exact := bargain.NewSolver().Nash(pareto.Space{Table: s.table}, base, 0); choice != nil || !exact {
		t.Errorf("Solver.Nash: got %v, %v, want none, exactly", choice, exact)
	}
}

func (s geniusScenario) show(values []int64) string {
	var parts []string
	for p, v := range values {
		share := new(big.Rat).SetInt64(v)
		parts = append(parts, strings.TrimPrefix(share.Quo(share, s.scale[p]).FloatString(6), "0"))
	}
	return strings.Join(parts, " ")
}

func TestGeniusScenarios(t *testing.T) {
	cases := []struct {
		name, files       string
		packages          int64
		frontier          int
		nash, maxMin, opp string
	}{
		{"EnglandZimbabwe", "England Zimbabwe", 576, 25, ".910916 .733218", ".822286 .786570", ".2721"},
		{"ItexvsCypress", "ItexvsCypress_Cypress ItexvsCypress_Itex", 180, 18, ".670478 .721478", ".670478 .721478", ".4315"},
		{"Travel", "travel_chox travel_fanny", 188_160, 12, ".882412 .802015", ".882412 .802015", ".2303"},
		{"Energy", "energy_consumer energy_distributor", 390_625, 204, ".625000 .754286", ".682500 .684000", ".4454"},
		{"AMPOvsCity", "ampo_vs_city_ampo_space ampo_vs_city_city_space", 1_944_000, 192, ".706000 .783000", ".734000 .738470", ""},
		{"group2-politics", "Politics_util1 Politics_util2 Politics_util3", 23_040, 124, ".669541 .755254 .786167", ".693960 .702584 .735083", ""},
		{"group9-killer_robot", "KillerRobot_util1 KillerRobot_util2 KillerRobot_util3", 240_000, 200, ".943115 .827681 .877377", ".928968 .848115 .850519", ""},
		{"AgentHp2", "consumer producer provider", 5_764_801, 589, ".511300 .493750 .838000", ".586750 .568750 .580000", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := readGenius(t, filepath.Join(geniusFolder, c.name), strings.Fields(c.files)...)
			if got := s.table.Packages(); got.Cmp(big.NewInt(c.packages)) != 0 {
				t.Errorf("packages: got %v, want %d", got, c.packages)
			}
			frontier, err := pareto.Frontier(context.Background(), s.table, 0)
			if err != nil {
				t.Fatal(err)
			}
			if len(frontier) != c.frontier {
				t.Errorf("frontier: got %d points, want %d", len(frontier), c.frontier)
			}
			base, ideal := make([]int64, s.table.Sides), make([]int64, s.table.Sides)
			var points [][]int64
			for _, point := range frontier {
				points = append(points, point.Values)
				for p, v := range point.Values {
					ideal[p] = max(ideal[p], v)
				}
			}
			nash := bargain.Nash(points, base)
			if got := s.show(points[nash[0]]); len(nash) != 1 || got != c.nash {
				t.Errorf("Nash: got %s of %d, want %s", got, len(nash), c.nash)
			}
			if choice, exact := bargain.NewSolver().Nash(pareto.Space{Table: s.table}, base, 0); !exact || !slices.Equal(choice, frontier[nash[0]].Choice) {
				t.Errorf("Solver.Nash: got %v, want %v", choice, frontier[nash[0]].Choice)
			}
			maxMin := bargain.KalaiSmorodinsky(points, base, ideal)
			if got := s.show(points[maxMin[0]]); len(maxMin) != 1 || got != c.maxMin {
				t.Errorf("max-min: got %s of %d, want %s", got, len(maxMin), c.maxMin)
			}
			if squared, ok := bargain.Opposition(points, base, ideal); c.opp != "" {
				if got := new(big.Float).Sqrt(new(big.Float).SetRat(squared)).Text('f', 4); !ok || strings.TrimPrefix(got, "0") != c.opp {
					t.Errorf("opposition: got %s, want %s", got, c.opp)
				}
			}
		})
	}
}

// BenchmarkAgentHp2 finds the frontier of three sides over 5,764,801 packages.
func BenchmarkAgentHp2(b *testing.B) {
	folder := filepath.Join(geniusFolder, "AgentHp2")
	if _, err := os.Stat(folder); err != nil {
		b.Skipf("the scenario is not here: %v", err)
	}
	s := readGenius(b, folder, "consumer", "producer", "provider")
	b.ReportAllocs()
	for b.Loop() {
		points, err := pareto.Frontier(context.Background(), s.table, 0)
		if err != nil || len(points) != 589 {
			b.Fatalf("%d points, %v", len(points), err)
		}
	}
}
