package linear

import (
	"bufio"
	"fmt"
	"math/big"
	"os"
	"slices"
	"strings"
	"testing"
)

// textCase is a program and its solution as testdata/programs.txt writes them.
type textCase struct {
	line  int
	names []string
	rows  [][]string
	want  []string
}

func TestProgramsSolvedByHand(t *testing.T) {
	cases := readCases(t)
	if len(cases) < 9 {
		t.Fatalf("%d cases", len(cases))
	}
	for _, c := range cases {
		p := c.program(t)
		r := Maximise(p)
		if got := c.describe(r); !slices.Equal(got, c.want) {
			t.Errorf("line %d: got\n%s\nwant\n%s", c.line, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
		if err := p.Prove(r); err != nil {
			t.Errorf("line %d: %v", c.line, err)
		}
	}
}

func readCases(t *testing.T) (out []textCase) {
	t.Helper()
	f, err := os.Open("testdata/programs.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	answer := false
	s := bufio.NewScanner(f)
	for line := 1; s.Scan(); line++ {
		words := strings.Fields(s.Text())
		switch {
		case len(words) == 0 || words[0] == "#":
		case words[0] == "maximise":
			out = append(out, textCase{line: line, rows: [][]string{words[1:]}})
			answer = false
		case words[0] == "----":
			answer = true
		case answer:
			last := &out[len(out)-1]
			last.want = append(last.want, strings.Join(words, " "))
		default:
			last := &out[len(out)-1]
			last.rows = append(last.rows, words)
		}
	}
	return out
}

// program turns words into numbers; variables are numbered as they first appear.
func (c *textCase) program(t *testing.T) Program {
	t.Helper()
	number := map[string]int{}
	var sums []map[int]*big.Rat
	var p Program
	for _, words := range c.rows {
		sum := map[int]*big.Rat{}
		sums = append(sums, sum)
		factor := big.NewRat(1, 1)
		for k := 0; k < len(words); k++ {
			w := words[k]
			if sense := slices.Index([]string{"<=", ">=", "="}, w); sense >= 0 {
				p.Rows = append(p.Rows, Row{Sense: Sense(sense), Bound: rat(t, words[k+1])})
				break
			}
			switch v, ok := new(big.Rat).SetString(w); {
			case ok:
				factor = v
			case w != "+":
				if _, known := number[w]; !known {
					number[w] = len(c.names)
					c.names = append(c.names, w)
				}
				sum[number[w]], factor = factor, big.NewRat(1, 1)
			}
		}
	}
	for i, sum := range sums {
		coefficients := make([]*big.Rat, len(c.names)) // nil is 0
		for j, v := range sum {
			coefficients[j] = v
		}
		if i == 0 {
			p.Objective = coefficients
		} else {
			p.Rows[i-1].Coefficients = coefficients
		}
	}
	return p
}

func (c *textCase) describe(r Result) []string {
	named := func(word string, values []*big.Rat) string {
		for j, v := range values {
			word += fmt.Sprintf(" %s=%s", c.names[j], v.RatString())
		}
		return word
	}
	prices := "prices"
	for _, v := range r.Dual {
		prices += " " + v.RatString()
	}
	switch r.Status {
	case Infeasible:
		return []string{"infeasible", prices}
	case Unbounded:
		return []string{"unbounded", named("point", r.Point), named("ray", r.Ray)}
	}
	return []string{"optimal " + r.Value.RatString(), named("point", r.Point), prices}
}

func rat(t *testing.T, s string) *big.Rat {
	t.Helper()
	v, ok := new(big.Rat).SetString(s)
	if !ok {
		t.Fatalf("%q is no number", s)
	}
	return v
}
