package trust_test

import (
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"parley/engine/trust"
)

// textCase is one case of testdata/trust.txt.
type textCase struct {
	name    string
	net     trust.Network
	members map[string]int
	want    map[string]map[string]float64 // "scores" and "rights", by name
}

func (c *textCase) member(name string) int {
	m, ok := c.members[name]
	if !ok {
		m = len(c.members)
		c.members[name] = m
		c.net.Trusted = append(c.net.Trusted, false)
	}
	return m
}

// line reads one line of a case; part is the heading it stands under.
func (c *textCase) line(t *testing.T, part string, words []string) string {
	switch {
	case words[0] == "trusted" || words[0] == "strangers":
		for _, name := range words[1:] {
			c.net.Trusted[c.member(name)] = words[0] == "trusted"
		}
	case words[0] == "scores" || words[0] == "rights":
		c.want[words[0]] = map[string]float64{}
		return words[0]
	case len(words) > 2 && words[1] == ">":
		for _, name := range words[2:] {
			c.net.Vouches = append(c.net.Vouches, trust.Vouch{By: c.member(words[0]), Of: c.member(name)})
		}
	case part != "" && len(words) == 2:
		v, err := strconv.ParseFloat(words[1], 64)
		if err != nil {
			t.Fatal(err)
		}
		c.want[part][words[0]] = v
	default:
		t.Fatalf("%s: cannot read %q", c.name, words)
	}
	return part
}

// TestTextCases runs the cases of testdata/trust.txt.
func TestTextCases(t *testing.T) {
	text, err := os.ReadFile("testdata/trust.txt")
	if err != nil {
		t.Fatal(err)
	}
	var cases []*textCase
	part := ""
	for row := range strings.Lines(string(text)) {
		row, _, _ = strings.Cut(row, "#")
		if name, ok := strings.CutPrefix(row, "case "); ok {
			cases = append(cases, &textCase{name: strings.TrimSpace(name), members: map[string]int{}, want: map[string]map[string]float64{}})
			part = ""
		} else if words := strings.Fields(row); len(words) > 0 {
			part = cases[len(cases)-1].line(t, part, words)
		}
	}
	if len(cases) < 9 {
		t.Fatalf("only %d cases", len(cases))
	}
	for _, c := range cases {
		t.Run(c.name, c.check)
	}
}

func (c *textCase) check(t *testing.T) {
	scores, err := trust.Scores(c.net)
	if err != nil {
		t.Fatal(err)
	}
	for part, got := range map[string][]float64{"scores": scores, "rights": trust.Rights(scores)} {
		if want := c.want[part]; want != nil && len(want) != len(got) {
			t.Errorf("%s of %d members are given, of %d", part, len(want), len(got))
		}
		for name, want := range c.want[part] {
			if v := got[c.members[name]]; math.Abs(v-want) > 6e-7 {
				t.Errorf("%s of %s: got %.6f, want %.6f", part, name, v, want)
			}
		}
	}
}
