package pareto

import (
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// geniusFolder holds published negotiation scenarios; they are not part of the
// project, so the tests that read them skip where they are absent.
const geniusFolder = "../../../shared/data/genius"

// geniusProfile is one side of a scenario: boxes, each with the points it gives
// to packages inside it, or outside it where its ranges are excluded.
type geniusProfile struct {
	Issues []struct {
		Lower int `xml:"lowerbound,attr"`
		Upper int `xml:"upperbound,attr"`
	} `xml:"objective>issue"`
	Boxes []geniusBox `xml:"objective>utility>ufun>hyperRectangle"`
}

type geniusBox struct {
	Utility  int64         `xml:"utility,attr"`
	Includes []geniusRange `xml:"INCLUDES"`
	Excludes []geniusRange `xml:"EXCLUDES"`
}

type geniusRange struct {
	Index int `xml:"index,attr"`
	Min   int `xml:"min,attr"`
	Max   int `xml:"max,attr"`
}

func readGenius(t testing.TB, name string) Space {
	t.Helper()
	s := Space{Table: Table{Sides: 2}}
	for p := range 2 {
		data, err := os.ReadFile(filepath.Join(geniusFolder, name, fmt.Sprintf("profile-%d.xml", p+1)))
		if errors.Is(err, fs.ErrNotExist) {
			t.Skipf("no published scenario at %s", geniusFolder)
		}
		if err != nil {
			t.Fatal(err)
		}
		var g geniusProfile
		if err := xml.Unmarshal(data, &g); err != nil {
			t.Fatal(err)
		}
		if p == 0 {
			for _, issue := range g.Issues {
				s.Issues = append(s.Issues, make([][]int64, issue.Upper-issue.Lower+1))
				for o := range s.Issues[len(s.Issues)-1] {
					s.Issues[len(s.Issues)-1][o] = make([]int64, 2)
				}
			}
		}
		for _, b := range g.Boxes {
			values, less := make([]int64, 2), make([]int64, 2)
			values[p], less[p] = b.Utility, -b.Utility
			inside, possible := literals(s, b.Includes)
			if possible {
				s.Terms = append(s.Terms, Term{All: inside, Values: values})
			}
			if both, overlap := literals(s, slices.Concat(b.Includes, b.Excludes)); len(b.Excludes) > 0 && overlap {
				s.Terms = append(s.Terms, Term{All: both, Values: less})
			}
		}
	}
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	return s
}

// literals intersects what ranges say about one issue. It is false where nothing
// is left.
func literals(s Space, ranges []geniusRange) ([]Literal, bool) {
	allowed := map[int][]bool{}
	for _, r := range ranges {
		if allowed[r.Index-1] == nil {
			allowed[r.Index-1] = slices.Repeat([]bool{true}, len(s.Issues[r.Index-1]))
		}
		for o := range allowed[r.Index-1] {
			allowed[r.Index-1][o] = allowed[r.Index-1][o] && r.Min <= o && o <= r.Max
		}
	}
	var all []Literal
	for issue, options := range allowed {
		l := Literal{Issue: issue}
		for o, ok := range options {
			if ok {
				l.Options = append(l.Options, o)
			}
		}
		if l.Options == nil {
			return nil, false
		}
		all = append(all, l)
	}
	slices.SortFunc(all, func(a, b Literal) int { return cmp.Compare(a.Issue, b.Issue) })
	return all, true
}

var geniusCases = []struct {
	name       string
	issues     int
	count      int
	sum1, sum2 int64
	capped     int
	most       [2]int64 // maxutility in the files
	nash       [2]int64
}{
	{"10issuesDiscounted", 10, 9, 5023, 4364, 8, [2]int64{758, 574}, [2]int64{734, 435}},
	{"30issues", 30, 31, 65188, 59840, 14, [2]int64{2353, 2141}, [2]int64{2076, 2105}},
	{"50issues", 40, 46, 106905, 121979, 23, [2]int64{2445, 3012}, [2]int64{2402, 2722}},
	{"S-1NIKFRT-1", 10, 4, 3455, 2558, 4, [2]int64{1036, 704}, [2]int64{951, 639}},
	{"S-1NAGUNL-128", 30, 143, 229243, 349325, 122, [2]int64{2010, 3022}, [2]int64{1694, 2467}},
	{"S-1NAGUNL-255", 50, 202, 776493, 982984, 169, [2]int64{4570, 5305}, [2]int64{4272, 4550}},
}

func TestGenius(t *testing.T) {
	for _, c := range geniusCases {
		t.Run(c.name, func(t *testing.T) {
			s := readGenius(t, c.name)
			found, err := Explore(context.Background(), s, Limits{Workers: 2}, nil)
			if err != nil {
				t.Fatal(err)
			}
			var sum1, sum2 int64
			for _, p := range found.Points {
				sum1, sum2 = sum1+p.Values[0], sum2+p.Values[1]
			}
			if !found.Complete || len(found.Points) != c.count || sum1 != c.sum1 || sum2 != c.sum2 {
				t.Errorf("got %v %d; %d; %d, want %d; %d; %d", found.Complete, len(found.Points), sum1, sum2, c.count, c.sum1, c.sum2)
			}
			nash := found.Points[0].Values
			var capped [][]int64
			for _, p := range found.Points {
				if p.Values[0]*p.Values[1] > nash[0]*nash[1] {
					nash = p.Values
				}
				capped = append(capped, []int64{min(p.Values[0], c.most[0]), min(p.Values[1], c.most[1])})
				if !slices.Equal(s.Value(p.Choice), p.Values) {
					t.Errorf("package %v is not worth %v", p.Choice, p.Values)
				}
			}
			if !slices.Equal(nash, c.nash[:]) {
				t.Errorf("Nash: got %v, want %v", nash, c.nash)
			}
			distinct := map[[2]int64]bool{}
			for _, k := range Skyline(capped) {
				distinct[[2]int64(capped[k])] = true
			}
			if len(distinct) != c.capped {
				t.Errorf("capped: got %d, want %d", len(distinct), c.capped)
			}
		})
	}
}

func BenchmarkGenius(b *testing.B) {
	for _, c := range geniusCases {
		b.Run(c.name, func(b *testing.B) {
			s := readGenius(b, c.name)
			for b.Loop() {
				if _, err := Explore(context.Background(), s, Limits{Workers: 2}, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
