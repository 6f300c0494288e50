package bargain_test

import (
	"context"
	"fmt"
	"math/big"
	"math/bits"
	"math/rand/v2"
	"reflect"
	"slices"
	"syscall"
	"testing"
	"time"

	"parley/engine/bargain"
)

// bySurvey counts the same as a survey, one package and weighting at a time.
func bySurvey(s *bargain.Survey) *bargain.Shares {
	none := *s
	none.Samples = 0
	out, _ := none.Run(context.Background(), 1)
	n, sides := len(s.Changes[0]), len(s.Changes)
	for sample := range s.Samples {
		out.Samples++
		weights, values := make([][]int64, sides), make([][]int64, sides)
		for side := range sides {
			weights[side] = make([]int64, len(s.Changes[side][0]))
			s.Weights[side].NewSampler(s.Total).Draw(bargain.NewStream(s.Seed, side, sample), weights[side])
			for _, row := range s.Changes[side] {
				sum := int64(0)
				for k, c := range row {
					sum += c * weights[side][k]
				}
				values[side] = append(values[side], sum)
			}
		}
		nash, best := -1, new(big.Int)
		for p := range n {
			product, all, regret := big.NewInt(1), true, int64(0)
			for side := range sides {
				gain := values[side][p]
				if s.Base != nil {
					gain -= s.Base[side]
				}
				if gain >= 0 {
					out.Acceptable[p][side]++
				}
				all = all && gain >= 0
				product.Mul(product, big.NewInt(gain))
				regret = max(regret, (slices.Max(values[side])-values[side][p])*1000/(s.Total*s.Unit[side]))
			}
			out.Regret[p][min(regret, 1000)]++
			if all {
				out.All[p]++
				if nash < 0 || product.Cmp(best) > 0 {
					nash, best = p, product
				}
			}
		}
		if nash < 0 {
			out.None++
		} else {
			out.Nash[nash]++
			for side := range sides {
				for k, w := range weights[side] {
					out.Central[nash][side][k] += w
				}
			}
		}
		for at, p := range s.Listed {
			efficient := true
			for q := range n {
				better, worse := false, false
				for side := range sides {
					better = better || values[side][q] > values[side][p]
					worse = worse || values[side][q] < values[side][p]
				}
				efficient = efficient && (worse || !better)
			}
			if efficient {
				out.Efficient[at]++
			}
			for side := range sides {
				rank := 0
				for q := range n {
					if values[side][q] > values[side][p] {
						rank++
					}
				}
				out.Ranks[at][side][rank]++
			}
		}
	}
	return out
}

// randomSurvey has changes of up to most either way.
func randomSurvey(seed uint64, sides, packages, interests int, most int64) *bargain.Survey {
	r := rand.New(rand.NewPCG(seed, 9))
	s := &bargain.Survey{Total: 1_000_000, Seed: seed, Samples: 40}
	for range sides {
		levels := make([]int, interests)
		for k := range levels {
			levels[k] = r.IntN(4) - 1
		}
		s.Weights = append(s.Weights, bargain.NewPolytope(levels, nil))
		s.Unit = append(s.Unit, max(1, most/2))
		var rows [][]int64
		for range packages {
			row := make([]int64, interests)
			for k := range row {
				row[k] = r.Int64N(2*most+1) - most
			}
			rows = append(rows, row)
		}
		s.Changes = append(s.Changes, rows)
	}
	return s
}

func TestSurveyAgainstCountingOneByOne(t *testing.T) {
	for seed := range uint64(12) {
		most := []int64{1, 4, 2_000, 5_000_000}[seed%4] // the last ones do not fit two to a number
		s := randomSurvey(seed, 1+int(seed%4), 3+int(seed), 1+int(seed), most)
		s.Listed = []int{2, 0}
		if seed%3 == 0 {
			for range s.Changes {
				s.Base = append(s.Base, -most*100_000)
			}
		}
		got, err := s.Run(context.Background(), 2)
		if err != nil {
			t.Fatal(err)
		}
		if want := bySurvey(s); !reflect.DeepEqual(got, want) {
			got.Regret, want.Regret = nil, nil // too long to show
			t.Errorf("seed %d: got %+v\nwant %+v, or other regrets", seed, got, want)
		}
	}
}

// Packages with more different changes than the kernel multiplies at a time: they
// are evaluated in parts.
func TestSurveyOfManyChanges(t *testing.T) {
	s := randomSurvey(5, 2, 700, 100, 2_000_000)
	s.Samples, s.Listed = 5, []int{0, 350, 699}
	got, err := s.Run(context.Background(), 2)
	if err != nil {
		t.Fatal(err)
	}
	if want := bySurvey(s); !reflect.DeepEqual(got, want) {
		t.Error("other counts than one by one")
	}
}

// Regrets of interests in full that are small, a power of two, just beyond it, and
// too large for the product that stands for a division, with losses at and around
// every whole thousandth.
func TestRegretInThousandths(t *testing.T) {
	for _, full := range []uint64{1, 7, 999, 1_000, 1_001, 4_096, 1_000_003, 8_000_000, 1<<32 - 1, 1 << 32, 1<<32 + 1, 1 << 50} {
		for k := range uint64(1_001) {
			at, _ := bits.Mul64(full, k<<54/1_000*1_024) // near k thousandths
			for _, loss := range []uint64{at - 1, at, at + 1, at + 2} {
				if loss > full {
					continue
				}
				want := new(big.Int).Mul(new(big.Int).SetUint64(loss), big.NewInt(1_000))
				want.Quo(want, new(big.Int).SetUint64(full))
				if got := bargain.Thousandths(loss, full); got != want.Uint64() {
					t.Fatalf("%d of %d: got %d thousandths, want %v", loss, full, got, want)
				}
			}
		}
	}
}

// Whatever way a loss is turned into thousandths, the counts are the same.
func TestSurveyInLargeUnits(t *testing.T) {
	for seed, unit := range []int64{1, 67, 5_000, 1 << 30} {
		s := randomSurvey(uint64(seed), 3, 12, 7, 4)
		s.Unit = []int64{unit, 2, unit}
		got, err := s.Run(context.Background(), 1)
		if err != nil {
			t.Fatal(err)
		}
		if want := bySurvey(s); !reflect.DeepEqual(got.Regret, want.Regret) {
			t.Errorf("units of %d: other regrets than one by one", unit)
		}
	}
}

// Equal packages share a rank and do not dominate one another; one far below all
// others brings these onto one shelf.
func TestRanksOfEqualPackages(t *testing.T) {
	s := randomSurvey(2, 2, 60, 5, 2)
	for side := range s.Changes {
		for p := range 30 {
			s.Changes[side][2*p] = s.Changes[side][2*p+1]
		}
		s.Changes[side][59] = []int64{-9_000, -9_000, -9_000, -9_000, -9_000}
	}
	for p := range 60 {
		s.Listed = append(s.Listed, p)
	}
	got, err := s.Run(context.Background(), 2)
	if err != nil {
		t.Fatal(err)
	}
	if want := bySurvey(s); !reflect.DeepEqual(got.Ranks, want.Ranks) || !slices.Equal(got.Efficient, want.Efficient) {
		t.Error("other ranks than one by one")
	}
	for at := range 29 {
		if got.Efficient[2*at] != got.Efficient[2*at+1] {
			t.Errorf("packages %d and %d are equal, and efficient %d and %d times", 2*at, 2*at+1, got.Efficient[2*at], got.Efficient[2*at+1])
		}
	}
}

func TestSurveyIsTheSameWithAnyNumberOfWorkers(t *testing.T) {
	s := randomSurvey(3, 3, 20, 9, 4)
	s.Samples, s.Listed = 3_000, []int{0, 7}
	var want *bargain.Shares
	for _, workers := range []int{1, 2, 16} {
		got, err := s.Run(context.Background(), workers)
		if err != nil {
			t.Fatal(err)
		}
		if want == nil {
			want = got
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%d workers count otherwise", workers)
		}
	}
}

func TestSurveyEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := randomSurvey(1, 2, 3, 3, 4).Run(ctx, 2); err != context.Canceled {
		t.Errorf("got %v", err)
	}
	if got, err := (&bargain.Survey{Samples: 5}).Run(context.Background(), 1); err != nil || got.Samples != 0 {
		t.Errorf("without packages: got %+v, %v", got, err)
	}
}

// Two interests of one side, the first vital: half of the first against the whole
// of the second. The first weighs more than 2/3 in a third of the weightings.
func ExampleSurvey() {
	s := bargain.Survey{
		Weights: []*bargain.Polytope{bargain.NewPolytope([]int{0, 1}, nil)},
		Total:   1_000_000,
		Changes: [][][]int64{{{1, 0}, {0, 2}, {0, 0}}}, // in halves of an interest
		Unit:    []int64{2},
		Listed:  []int{0},
		Seed:    1,
		Samples: 30_000,
	}
	shares, _ := s.Run(context.Background(), 2)
	for p := range 3 {
		fmt.Printf("package %d is the Nash package in %.2f, regret at most %d thousandths in nine of ten\n",
			p, float64(shares.Nash[p])/30_000, shares.RegretQuantile(p, 9, 10))
	}
	// Output:
	// package 0 is the Nash package in 0.67, regret at most 176 thousandths in nine of ten
	// package 1 is the Nash package in 0.33, regret at most 426 thousandths in nine of ten
	// package 2 is the Nash package in 0.00, regret at most 483 thousandths in nine of ten
}

// cpu is the processor time of the process so far.
func cpu(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Skip(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// BenchmarkSMAA holds 1,000 packages against 100,000 weightings of three sides
// with 40 interests each; "naive" multiplies one weight and change after another
// for one side, without drawing or counting.
func BenchmarkSMAA(b *testing.B) {
	s := randomSurvey(1, 3, 1_000, 40, 16)
	s.Samples = 100_000
	for name, listed := range map[string]int{"shares": 0, "shares-and-20-ranks": 20} {
		b.Run(name, func(b *testing.B) {
			s.Listed = nil
			for p := range listed {
				s.Listed = append(s.Listed, p*50)
			}
			from := cpu(b)
			for b.Loop() {
				if _, err := s.Run(context.Background(), 2); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric((cpu(b)-from).Seconds()/float64(b.N), "cpu-s/op")
		})
	}
	b.Run("naive", func(b *testing.B) {
		w, sum := make([]int64, 40), int64(0)
		s.Weights[0].NewSampler(s.Total).Draw(bargain.NewStream(1, 0, 0), w)
		from := cpu(b)
		for b.Loop() {
			for range s.Samples {
				for _, row := range s.Changes[0] {
					for k, c := range row {
						sum += c * w[k]
					}
				}
			}
		}
		b.ReportMetric((cpu(b)-from).Seconds()/float64(b.N), "cpu-s/op")
		if sum == 1 {
			b.Log(sum)
		}
	})
}
