package linear

import (
	"math/big"
	"strings"
	"testing"
)

func rats(values ...int64) []*big.Rat {
	var out []*big.Rat
	for _, v := range values {
		out = append(out, big.NewRat(v, 1))
	}
	return out
}

// The example of the glass works, with results that are not right.
func TestProveRefuses(t *testing.T) {
	works := Program{Objective: rats(3, 5), Rows: []Row{
		{rats(1, 0), AtMost, big.NewRat(4, 1)}, {rats(0, 2), AtMost, big.NewRat(12, 1)}, {rats(3, 2), AtMost, big.NewRat(18, 1)},
	}}
	prices := []*big.Rat{big.NewRat(0, 1), big.NewRat(3, 2), big.NewRat(1, 1)}
	never := Program{Objective: rats(1), Rows: []Row{{rats(1), AtLeast, big.NewRat(3, 1)}, {rats(1), AtMost, big.NewRat(2, 1)}}}
	for _, c := range []struct {
		p    Program
		r    Result
		want string // "" where the result is right
	}{
		{works, Result{Value: big.NewRat(36, 1), Point: rats(2, 6), Dual: prices}, ""},
		{works, Result{Value: big.NewRat(36, 1), Point: rats(12, 0), Dual: prices}, "does not satisfy a row"},
		{works, Result{Value: big.NewRat(36, 1), Point: rats(-1, 6), Dual: prices}, "below 0"},
		{works, Result{Value: big.NewRat(36, 1), Point: rats(2), Dual: prices}, "number of variables"},
		{works, Result{Value: big.NewRat(36, 1), Point: rats(4, 3), Dual: prices}, "does not have the value"},
		{works, Result{Value: big.NewRat(27, 1), Point: rats(4, 3), Dual: prices}, "prove another value"},
		{works, Result{Value: big.NewRat(27, 1), Point: rats(4, 3), Dual: rats(3, 0, 0)}, "do not cover"},
		{works, Result{Value: big.NewRat(27, 1), Point: rats(4, 3), Dual: rats(-1, 3, 2)}, "wrong sign"},
		{works, Result{Value: big.NewRat(27, 1), Point: rats(4, 3), Dual: rats(3)}, "one price for each row"},
		{works, Result{Status: Infeasible, Dual: prices}, "not below 0"},
		{works, Result{Status: Unbounded, Point: rats(0, 0), Ray: rats(1, 0)}, "leaves a row"},
		{works, Result{Status: Unbounded, Point: rats(0, 0), Ray: rats(0, 0)}, "does not gain"},
		{works, Result{Status: Unbounded, Point: rats(0, 0), Ray: rats(-1, 0)}, "falls along"},
		{works, Result{Status: Unbounded, Point: rats(0, 0), Ray: rats(1)}, "number of variables"},
		{works, Result{Status: 7}, "no status"},
		{never, Result{Status: Infeasible, Dual: rats(-1, 1)}, ""},
		{never, Result{Status: Infeasible, Dual: rats(-2, 1)}, "do not contradict"},
	} {
		err := c.p.Prove(c.r)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%+v: got %v, want %q", c.r, err, c.want)
		}
	}
}

func TestWrongSizesAreABug(t *testing.T) {
	for name, f := range map[string]func(){
		"row":       func() { Maximise(Program{Objective: rats(1, 2), Rows: []Row{{Coefficients: rats(1)}}}) },
		"objective": func() { Prepare(2, nil).Maximise(rats(1)) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		}()
	}
}
