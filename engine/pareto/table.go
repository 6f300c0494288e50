// Package pareto finds the packages nobody beats: those for which no other
// package is at least as good for every side and better for one.
//
// A table is additive: a package takes one option of every issue, and a side's
// value of the package is the sum of its points. Frontiers are exact and come
// from merging one issue after another, so a table of 10^100 packages is a
// matter of milliseconds; the product is never enumerated. All deciding is done
// in integers.
//
// In a space options interact: terms add to a table, rules say what is feasible.
// Explore goes through its issues in an order that keeps apart what has little
// to do with each other, remembers of a partial package only which conjunctions
// still hold, and leaves out what no continuation can carry beyond the points it
// has. What that takes depends on how the issues hang together; with limits it
// says how far off a better package can be at most.
//
// The package does not choose among the points it finds (engine/bargain does).
package pareto

import (
	"fmt"
	"math/big"
)

// Table is an additive table: Issues[i][o][p] is what option o of issue i gives
// side p, in integer points. Points may be negative.
type Table struct {
	Sides  int
	Issues [][][]int64
}

// MaxSum bounds what the points of one side may add up to, by absolute value,
// over the largest option of every issue.
const MaxSum = int64(1) << 61

// MaxSides bounds the number of sides.
const MaxSides = 64

// Check reports why the table cannot be used: no side or too many, an issue
// without options, an option that does not name every side, or points beyond MaxSum.
// Frontier calls it; users of Checker and Walker call it once themselves.
func (t Table) Check() error {
	if t.Sides < 1 {
		return fmt.Errorf("a table needs at least one side, it has %d", t.Sides)
	}
	if t.Sides > MaxSides {
		return fmt.Errorf("a table has at most %d sides, this one has %d", MaxSides, t.Sides)
	}
	for i, options := range t.Issues {
		if len(options) == 0 {
			return fmt.Errorf("issue %d has no option", i)
		}
		for o, values := range options {
			if len(values) != t.Sides {
				return fmt.Errorf("option %d of issue %d has %d values for %d sides", o, i, len(values), t.Sides)
			}
		}
	}
	for p := range t.Sides {
		left := MaxSum
		for i, options := range t.Issues {
			largest := int64(0)
			for _, values := range options {
				v := values[p]
				if v > left || v < -left {
					return fmt.Errorf("the points of side %d add up beyond 2^61 at issue %d: use a smaller scale", p, i)
				}
				largest = max(largest, v, -v)
			}
			left -= largest
		}
	}
	return nil
}

// size is the sum over the issues of the largest value of side p, by absolute
// value.
func (t Table) size(p int) int64 {
	var sum int64
	for _, options := range t.Issues {
		largest := int64(0)
		for _, values := range options {
			largest = max(largest, values[p], -values[p])
		}
		sum += largest
	}
	return sum
}

// Packages is the number of packages, the product of the numbers of options.
func (t Table) Packages() *big.Int {
	n := big.NewInt(1)
	for _, options := range t.Issues {
		n.Mul(n, big.NewInt(int64(len(options))))
	}
	return n
}

// Value is what the package that takes option choice[i] of every issue i gives
// each side.
func (t Table) Value(choice []int) []int64 {
	sum := make([]int64, t.Sides)
	for i, o := range choice {
		for p, v := range t.Issues[i][o] {
			sum[p] += v
		}
	}
	return sum
}
