package bargain_test

import (
	"fmt"
	"math/big"
	"os"
	"slices"
	"strings"
	"testing"

	"parley/engine/bargain"
)

// TestStatementTextCases runs the cases of testdata/statements.txt.
func TestStatementTextCases(t *testing.T) {
	text, err := os.ReadFile("testdata/statements.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, cases, _ := strings.Cut(string(text), "\ncase ")
	seen := 0
	for body := range strings.SplitSeq(cases, "\ncase ") {
		lines := strings.Split(strings.TrimSpace(body), "\n")
		var letters, want string
		var levels []int
		var statements []bargain.Statement
		var delta []int64
		for _, line := range lines[1:] {
			word, rest, _ := strings.Cut(line, " ")
			fields := strings.Fields(rest)
			switch word {
			case "interests":
				for i := 0; i < len(fields); i += 2 {
					level := bargain.Unplaced
					if fields[i+1] != "?" {
						level = int(fields[i+1][0] - '1')
					}
					letters, levels = letters+fields[i], append(levels, level)
				}
			case "statement":
				statements = append(statements, statementOf(letters, fields))
			case "changes":
				delta = make([]int64, len(levels))
				for i := 0; i < len(fields); i += 2 {
					delta[strings.Index(letters, fields[i])] = decimal(fields[i+1]).Num().Int64()
				}
			case "never":
				want = line
			case "as":
				want += " " + line
			}
		}
		seen++
		if got := describe(letters, bargain.NewPolytope(levels, statements), delta); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", lines[0], got, want)
		}
	}
	if seen < 19 {
		t.Errorf("%d cases", seen)
	}
}

func statementOf(letters string, fields []string) bargain.Statement {
	s := make(bargain.Statement, len(letters))
	sign, factor := int64(1), big.NewRat(1, 1)
	for _, f := range fields {
		at := strings.Index(letters, f)
		switch {
		case f == ">=":
			sign = -1
		case f == "+":
		case at >= 0:
			s[at], factor = factor.Mul(factor, big.NewRat(sign, 1)), big.NewRat(1, 1)
		default:
			factor = decimal(f)
		}
	}
	return s
}

func describe(letters string, p *bargain.Polytope, delta []int64) string {
	yes := map[bool]string{true: "yes", false: "no"}
	out := fmt.Sprintf("never worse %s better %s", yes[p.Never(delta)], yes[p.Gains(delta)])
	asGood := " as good " + yes[p.Outweighed(delta) == nil]
	proof, ok := p.Prove(delta)
	if !ok {
		out += " worst"
		for k, w := range p.Worst(delta) {
			out += fmt.Sprintf(" %c %v", letters[k], w)
		}
		return out + asGood
	}
	var parts []string
	for _, c := range proof.Covers {
		parts = append(parts, fmt.Sprintf("%s %c covers %c", c.Amount.RatString(), letters[c.Gain], letters[c.Loss]))
	}
	for _, u := range proof.Uses {
		parts = append(parts, fmt.Sprintf("%s of statement %d", u.Times.RatString(), u.Statement+1))
	}
	return out + " proof " + strings.Join(parts, " and ") + asGood
}

func TestContradictionIsSmallest(t *testing.T) {
	for _, c := range []struct {
		letters    string
		levels     []int
		statements []string
		want       []int
		byTiers    bool
	}{
		{"ab", []int{0, 0}, []string{"a >= b", "b >= a"}, nil, false},
		{"ab", []int{0, 0}, []string{"a >= 2 b", "b >= a"}, []int{0, 1}, false},
		{"abc", []int{0, 0, 0}, []string{"a >= c", "a >= 2 b", "b >= c", "2 b >= 3 a", "c >= b"}, []int{1, 3}, false},
		{"ab", []int{0, 1}, []string{"b >= a"}, []int{0}, true},
		{"abc", []int{0, 1, 1}, []string{"c >= b", "2 b >= 3 a"}, []int{1}, true},
		{"abc", []int{0, 1, 1}, []string{"b + c >= a"}, nil, false},
		{"abc", []int{0, 1, bargain.Unplaced}, []string{"c >= a", "b >= c"}, []int{0, 1}, true},
		{"a", []int{0}, []string{">= a"}, []int{0}, false},
	} {
		var statements []bargain.Statement
		for _, s := range c.statements {
			statements = append(statements, statementOf(c.letters, strings.Fields(s)))
		}
		got, byTiers := bargain.Contradiction(c.levels, statements)
		if !slices.Equal(got, c.want) || byTiers != c.byTiers {
			t.Errorf("%v %v: got %v %v, want %v %v", c.levels, c.statements, got, byTiers, c.want, c.byTiers)
		}
	}
}
