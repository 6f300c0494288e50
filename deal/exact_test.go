package deal_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
	"testing"

	"parley/deal"
	"parley/dialogue"
	"parley/i18n"
	"parley/interest"
)

// pointTable is a table of exact points: rows[issue][option] are the values of
// the sides A, B, ... in order.
func pointTable(rows [][][]string, disagreement ...string) deal.Input {
	in := deal.Input{Written: &deal.Written{}}
	value := func(s string) interest.Fraction {
		f, err := interest.ParseFraction(s)
		if err != nil {
			panic(err)
		}
		return f
	}
	for s := range rows[0][0] {
		id := dialogue.SideID(rune('A' + s))
		in.Sides = append(in.Sides, dialogue.Side{ID: id, Name: i18n.Text{"en": string(id)}})
	}
	points := func(row []string) []deal.SidePoints {
		var out []deal.SidePoints
		for s, v := range row {
			out = append(out, deal.SidePoints{Side: in.Sides[s].ID, Value: value(v)})
		}
		return out
	}
	for i, options := range rows {
		issue := deal.WrittenIssue{Topic: interest.TopicID(rune('p' + i)), Title: i18n.Text{"en": "issue"}}
		for k, row := range options {
			issue.Options = append(issue.Options, deal.WrittenOption{ID: string(rune('a' + k)), Points: points(row)})
		}
		in.Written.Issues = append(in.Written.Issues, issue)
	}
	in.Written.Disagreement = points(disagreement)
	return in
}

func exactly(t *testing.T, in deal.Input) *deal.Answer {
	t.Helper()
	return search(t, in, deal.DefaultSettings())
}

// TestOptionsStandAsInTheFile: in whatever order of their values, of the choices
// and in what is said of an interval.
func TestOptionsStandAsInTheFile(t *testing.T) {
	for _, fees := range [][][]string{
		{{"0", "0"}, {"1", "9"}, {"2", "7"}, {"3", "5"}, {"4", "1"}}, {{"0", "0"}, {"4", "1"}, {"3", "5"}, {"2", "7"}, {"1", "9"}},
	} {
		in := pointTable([][][]string{fees, {{"0", "0"}, {"1", "1"}}}, "0", "0")
		in.Written.Rules = []deal.Rule{{Option: deal.OptionRef{Topic: "q", Option: "b"}, Requires: []deal.OptionRef{{Topic: "p", Option: "b..d"}}}}
		a := exactly(t, in)
		var options, shares string
		for _, o := range a.Issues[0].Options {
			options += o.Option
		}
		for _, c := range a.Choices[:5] {
			shares += c.Option
		}
		if options != "abcde" || shares != "abcde" {
			t.Errorf("got options %s and shares %s", options, shares)
		}
		if said := fmt.Sprint(a.Rules[0].Because["en"]); !strings.Contains(said, "b or c or d") {
			t.Errorf("got %s", said)
		}
	}
}

// Two issues, each worth 2 to one side and 1 to the other: the frontier is
// 4/0, 3/... worked by hand in the comment of each row.
func TestExactPoints(t *testing.T) {
	a := exactly(t, pointTable([][][]string{
		{{"2", "0"}, {"0", "1"}}, // p: A takes 2, or B takes 1
		{{"1", "0"}, {"0", "2"}}, // q: A takes 1, or B takes 2
	}, "0", "0"))
	var got [][2]int64
	for _, p := range a.Frontier {
		got = append(got, [2]int64{p.Points["A"], p.Points["B"]})
	}
	// aa 3/0, ab 2/2, ba 1/1 (worse than ab for both), bb 0/3
	slices.SortFunc(got, func(x, y [2]int64) int { return int(y[0] - x[0]) })
	if want := [][2]int64{{3, 0}, {2, 2}, {0, 3}}; !slices.Equal(got, want) {
		t.Fatalf("frontier %v, want %v", got, want)
	}
	for name, set := range map[string][]int{"nash": a.Solutions.Nash, "leximin": a.Solutions.Leximin, "utilitarian": a.Solutions.Utilitarian} {
		if len(set) != 1 || a.Frontier[set[0]].Points["A"] != 2 || a.Frontier[set[0]].Points["B"] != 2 {
			t.Errorf("%s: %v, want the point 2/2 alone", name, set)
		}
	}
	// The ideal is 3/3: 2/2 is two thirds for each, so the distance is sqrt(2)/3
	// and the potential 2/3 + 2/3 - 1.
	if a.Opposition.String() != "0.4714" || a.Integrative.String() != "0.3333" {
		t.Errorf("opposition %s, integrative potential %s; want 0.4714 and 0.3333", a.Opposition, a.Integrative)
	}
	if a.Question.Samples != 0 || len(a.Swaps) != 0 || a.Choices[0].NashShare.Known() {
		t.Error("exact points leave nothing to sample and have no rankings to be certain under")
	}
	if a.Question.Baseline != "disagreement" || a.Question.Scale["A"] != "1" {
		t.Errorf("baseline %s, scale %v", a.Question.Baseline, a.Question.Scale)
	}
}

func TestFractionsBecomeIntegersSideBySide(t *testing.T) {
	a := exactly(t, pointTable([][][]string{{{"1/3", "0.25"}, {"1/2", "0"}}}, "0", "1/8"))
	if a.Question.Scale["A"] != "6" || a.Question.Scale["B"] != "8" {
		t.Errorf("scale %v, want 6 and 8", a.Question.Scale)
	}
	if a.Baseline.Points["B"] != 1 || a.Frontier[0].Points["A"]+a.Frontier[1].Points["A"] != 5 {
		t.Errorf("baseline %v, frontier %v", a.Baseline.Points, a.Frontier)
	}
}

// Where nobody can be made to agree, no solution is shown and the answer says so.
func TestNoPackageAboveTheDisagreement(t *testing.T) {
	a := exactly(t, pointTable([][][]string{{{"1", "0"}, {"0", "1"}}}, "0.5", "0.5"))
	if len(a.Frontier) != 2 || len(a.Solutions.Nash)+len(a.Solutions.Leximin)+len(a.Solutions.Utilitarian) != 0 || len(a.Deals) != 0 {
		t.Errorf("frontier %v, solutions %+v", a.Frontier, a.Solutions)
	}
	if !slices.Equal(a.Warnings, []string{"no package at or above the baseline"}) {
		t.Errorf("warnings %q", a.Warnings)
	}
}

// Values whose common denominator has 120 bits are rounded, and the answer says
// so; nothing that has room is.
func TestNumbersTooFineAreRounded(t *testing.T) {
	fine := pointTable([][][]string{{{"1/1000000007", "0"}, {"1/1000000009", "0"}, {"1/998244353", "1"}, {"1/1000000021", "1"}}}, "0", "0")
	a := exactly(t, fine)
	if a.Exact || !slices.Equal(a.Warnings, []string{"values rounded"}) || len(a.WarningText["ru"]) != 1 {
		t.Errorf("exact %t, warnings %q", a.Exact, a.Warnings)
	}
	// 1/998244353 is the most for A and comes with 1 for B.
	if len(a.Frontier) != 1 || a.Frontier[0].Choices["p"] != "c" {
		t.Errorf("frontier %v", a.Frontier)
	}
	if a := exactly(t, pointTable([][][]string{{{"1/1000000007", "0"}, {"1/30", "1"}}}, "0", "0")); !a.Exact || len(a.Warnings) > 0 {
		t.Errorf("what has room: exact %t, warnings %q", a.Exact, a.Warnings)
	}
	if _, err := deal.NewQuestion(pointTable([][][]string{{{"9223372036854775807", "0"}, {"0", "1"}}}), deal.DefaultSettings()); err == nil {
		t.Error("a value of 63 bits was taken")
	}
}

// What counts at most for a side makes points equal that were not. Of 3/0, 2/2
// and 0/3 the cap 2 for A leaves 2/2 and 0/3: 3/0 is no better for A than 2/2.
func TestCap(t *testing.T) {
	in := pointTable([][][]string{{{"2", "0"}, {"0", "1"}}, {{"1", "0"}, {"0", "2"}}}, "0", "0")
	in.Written.Cap = []deal.SidePoints{{Side: "A", Value: interest.FractionOf(2, 1)}}
	a := exactly(t, in)
	var got []string
	for _, p := range a.Frontier {
		got = append(got, fmt.Sprint(p.Points["A"], " ", p.Points["B"], " ", p.Count.N == nil))
	}
	slices.Sort(got)
	if want := []string{"0 3 true", "2 2 true"}; !slices.Equal(got, want) {
		t.Errorf("frontier %q, want %q", got, want)
	}
	// The ideal is 2/3 now: 2/2 gives A all of it and B two thirds.
	if a.Integrative.String() != "0.6667" || len(a.Solutions.Nash) != 1 {
		t.Errorf("integrative potential %s, nash %v", a.Integrative, a.Solutions.Nash)
	}
	in.Written.Cap[0].Value = interest.FractionOf(4, 1)
	if a := exactly(t, in); len(a.Frontier) != 3 {
		t.Errorf("a cap that nothing reaches: %v", a.Frontier)
	}
}

// Numbers beyond 2^53 are strings in JSON and come back the same.
func TestLargePointsAreStringsInJSON(t *testing.T) {
	p := deal.Points{"A": 1 << 53, "B": 1<<53 + 1, "C": -(1<<60 + 1)}
	b, err := json.Marshal(p)
	if err != nil || string(b) != `{"A":9007199254740992,"B":"9007199254740993","C":"-1152921504606846977"}` {
		t.Errorf("%s, %v", b, err)
	}
	var back deal.Points
	if err := json.Unmarshal(b, &back); err != nil || !maps.Equal(back, p) {
		t.Errorf("read %v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"A": 1.5}`), &back); err == nil {
		t.Error("half a point was read")
	}
}

func TestLargeAmountsAreStringsInJSON(t *testing.T) {
	in := deal.Promise{Side: "A", Received: deal.Amounts{0, 1<<53 + 1}, Paid: deal.Amounts{-(1<<60 + 1), 5}, Temptation: deal.Amounts{}, Held: []bool{true}}
	b, err := json.Marshal(in)
	if err != nil || !strings.Contains(string(b), `"received":[0,"9007199254740993"],"paid":["-1152921504606846977",5],"temptation":[]`) {
		t.Errorf("%s, %v", b, err)
	}
	var back deal.Promise
	if err := json.Unmarshal(b, &back); err != nil || !slices.Equal(back.Received, in.Received) || !slices.Equal(back.Paid, in.Paid) {
		t.Errorf("read %+v, %v", back, err)
	}
	one := deal.OneByOne{Short: 1 << 60, AtLeast: 7}
	b, err = json.Marshal(one)
	if err != nil || !strings.Contains(string(b), `"short":"1152921504606846976","at_least":7`) {
		t.Errorf("%s, %v", b, err)
	}
	var read deal.OneByOne
	if err := json.Unmarshal(b, &read); err != nil || read.Short != one.Short || read.AtLeast != one.AtLeast {
		t.Errorf("read %+v, %v", read, err)
	}
	if b, err = json.Marshal(deal.GoingBack{AtOnce: -(1 << 60)}); err != nil || !strings.Contains(string(b), `"at_once":"-1152921504606846976"`) {
		t.Errorf("%s, %v", b, err)
	}
	if err := json.Unmarshal([]byte(`{"short": 1.5}`), &read); err == nil {
		t.Error("half a point was read")
	}
}

// Raiffa's Panama Canal table as points: 10 issues, two options each.
func TestPanamaByPoints(t *testing.T) {
	a := exactly(t, readExample(t, "testdata/panama.yaml").Input())
	if a.Space.Issues != 10 || a.Space.Packages != "1024" || len(a.Frontier) != 20 {
		t.Errorf("space %+v, %d points on the frontier", a.Space, len(a.Frontier))
	}
	if len(a.Solutions.Nash) != 1 {
		t.Fatalf("solutions %+v", a.Solutions)
	}
	sum := new(big.Int)
	for _, p := range a.Frontier {
		sum.Add(sum, p.Count.N)
	}
	if sum.Cmp(big.NewInt(20)) < 0 {
		t.Errorf("the frontier has fewer packages than points: %s", sum)
	}
	best := a.Frontier[a.Solutions.Nash[0]].Points
	var values []int64
	for _, v := range best {
		values = append(values, v)
	}
	slices.Sort(values)
	if want := []int64{64, 68}; !slices.Equal(values, want) {
		t.Errorf("the Nash point is %v, want %v", values, want)
	}
}

// A table whose frontier is too long to list still shows its solutions, and says
// what is missing.
func TestLongFrontiersKeepTheirSolutions(t *testing.T) {
	rows := make([][][]string, 15)
	for i := range rows {
		one := func(a, b int) string { return big.NewInt(int64(a)<<i + int64(b)).String() }
		rows[i] = [][]string{{one(1, 0), "0"}, {"0", one(1, 0)}}
	}
	a := exactly(t, pointTable(rows, "0", "0"))
	if a.FrontierComplete || !slices.Equal(a.Warnings, []string{"frontier too long to list"}) || len(a.Frontier) == 0 || len(a.Frontier) > 400 {
		t.Errorf("complete %t, warnings %q, %d points listed", a.FrontierComplete, a.Warnings, len(a.Frontier))
	}
	for _, set := range [][]int{a.Solutions.Nash, a.Solutions.KalaiSmorodinsky, a.Solutions.Leximin, a.Solutions.Utilitarian} {
		for _, i := range set {
			if i < 0 || i >= len(a.Frontier) {
				t.Errorf("a solution points outside the list: %+v", a.Solutions)
			}
		}
	}
	if len(a.Solutions.Nash) == 0 {
		t.Error("no Nash point")
	}
}

func TestSearchStopsWhenAsked(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := deal.Search(ctx, question(t, readExample(t, "us-russia-2009.yaml").Input(), deal.DefaultSettings()), deal.Run{Workers: 2})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestProgressCountsUpToTheEnd(t *testing.T) {
	set := deal.DefaultSettings()
	set.Samples = 500
	last, calls := 0, 0
	run := deal.Run{Workers: 2, Progress: func(done, total int) {
		calls++
		if done > total {
			t.Errorf("%d of %d done", done, total)
		}
		last = done
	}}
	if _, err := deal.Search(context.Background(), question(t, readExample(t, "us-russia-2009.yaml").Input(), set), run); err != nil {
		t.Fatal(err)
	}
	if calls == 0 || last != 500 {
		t.Errorf("%d calls, the last at %d of 500", calls, last)
	}
}
