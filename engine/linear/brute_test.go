package linear

import (
	"math/big"
	"math/rand/v2"
	"reflect"
	"testing"
)

// Every corner of a bounded region is where n of its boundaries meet, so that
// trying all of them finds the largest value.
func TestMaximiseAgainstEveryCorner(t *testing.T) {
	seen := map[Status]int{}
	for seed := range uint64(1500) {
		r := rand.New(rand.NewPCG(seed, 1))
		p := randomProgram(r, 1+r.IntN(3), r.IntN(5))
		box := Row{Sense: AtMost, Bound: big.NewRat(9, 2)}
		for range p.Objective {
			box.Coefficients = append(box.Coefficients, big.NewRat(1, 1))
		}
		p.Rows = append(p.Rows, box)
		got := Maximise(p)
		seen[got.Status]++
		want := bestCorner(p)
		switch {
		case want == nil && got.Status != Infeasible:
			t.Fatalf("seed %d: got %v, want infeasible", seed, got.Status)
		case want != nil && (got.Status != Optimal || got.Value.Cmp(want) != 0):
			t.Fatalf("seed %d: got %v %v, want %v", seed, got.Status, got.Value, want)
		}
		if err := p.Prove(got); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
	}
	if seen[Optimal] < 300 || seen[Infeasible] < 100 {
		t.Errorf("the programs are too much alike: %v", seen)
	}
}

// A proof that has been checked needs no second solver.
func TestLargeProgramsAreProved(t *testing.T) {
	seen := map[Status]int{}
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 2))
		p := randomProgram(r, 2+r.IntN(12), r.IntN(25))
		got := Maximise(p)
		seen[got.Status]++
		if err := p.Prove(got); err != nil {
			t.Fatalf("seed %d: %v: %v", seed, got.Status, err)
		}
	}
	if len(seen) != 3 {
		t.Errorf("the programs are too much alike: %v", seen)
	}
}

// A region that has answered many objectives answers the next as if it were new.
func TestRegionForgets(t *testing.T) {
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 3))
		p := randomProgram(r, 5, 6)
		g := Prepare(5, p.Rows)
		for range 5 {
			p.Objective = numbers(r, 5)
			if got, want := g.Maximise(p.Objective), Maximise(p); !reflect.DeepEqual(got, want) {
				t.Fatalf("seed %d: got %v, want %v", seed, got, want)
			}
		}
	}
}

// randomProgram has many zeros and equal numbers, so that corners coincide.
func randomProgram(r *rand.Rand, n, rows int) Program {
	p := Program{Objective: numbers(r, n)}
	for range rows {
		p.Rows = append(p.Rows, Row{numbers(r, n), Sense(r.IntN(3)), big.NewRat(int64(r.IntN(7)-2), 1+int64(r.IntN(2)))})
	}
	return p
}

func numbers(r *rand.Rand, n int) []*big.Rat {
	out := make([]*big.Rat, n)
	for j := range out {
		if r.IntN(3) > 0 { // else nil, which is 0
			out[j] = big.NewRat(int64(r.IntN(7)-3), 1+int64(r.IntN(3)))
		}
	}
	return out
}

// bestCorner tries all sets of n boundaries; nil where no corner is feasible.
func bestCorner(p Program) (best *big.Rat) {
	n := len(p.Objective)
	var planes []Row
	planes = append(planes, p.Rows...)
	for j := range n {
		unit := make([]*big.Rat, n)
		unit[j] = big.NewRat(1, 1)
		planes = append(planes, Row{Coefficients: unit})
	}
	var try func(from int, chosen []Row)
	try = func(from int, chosen []Row) {
		if len(chosen) == n {
			if x := meet(chosen); x != nil && p.admits(x) == nil {
				if v := dot(p.Objective, x); best == nil || v.Cmp(best) > 0 {
					best = v
				}
			}
			return
		}
		for k := from; k < len(planes); k++ {
			try(k+1, append(chosen[:len(chosen):len(chosen)], planes[k]))
		}
	}
	try(0, nil)
	return best
}

// meet solves n equations by elimination; nil where they have no single solution.
func meet(rows []Row) []*big.Rat {
	n := len(rows)
	m := make([][]*big.Rat, n)
	for i, r := range rows {
		for _, c := range append(append([]*big.Rat{}, r.Coefficients...), r.Bound) {
			m[i] = append(m[i], new(big.Rat).Set(orZero(c)))
		}
	}
	for c := range n {
		at := c
		for at < n && m[at][c].Sign() == 0 {
			at++
		}
		if at == n {
			return nil
		}
		m[c], m[at] = m[at], m[c]
		for i := range n {
			if i == c {
				continue
			}
			factor := new(big.Rat).Quo(m[i][c], m[c][c])
			for j := range m[i] {
				m[i][j].Sub(m[i][j], new(big.Rat).Mul(factor, m[c][j]))
			}
		}
	}
	x := make([]*big.Rat, n)
	for i := range x {
		x[i] = new(big.Rat).Quo(m[i][n], m[i][i])
	}
	return x
}
