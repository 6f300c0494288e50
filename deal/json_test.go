package deal_test

import (
	"encoding/json"
	"math/big"
	"reflect"
	"strings"
	"testing"

	"parley/deal"
	"parley/fault"
)

func TestSharesInJSON(t *testing.T) {
	for _, c := range []struct {
		share deal.Share
		want  string
	}{
		{deal.Share{}, "null"},
		{deal.Share{Num: 0, Den: 7}, "0"},
		{deal.Share{Num: 7, Den: 7}, "1"},
		{deal.Share{Num: 1, Den: 4}, "0.25"},
		{deal.Share{Num: 1, Den: 3}, "0.333333"},
		{deal.Share{Num: 2, Den: 3}, "0.666667"},
		{deal.Share{Num: 9873, Den: 10_000}, "0.9873"},
		{deal.Share{Num: 1, Den: 2_000_000}, "0.000001"},
	} {
		got, err := json.Marshal(c.share)
		if err != nil || string(got) != c.want {
			t.Errorf("%+v: got %s, %v; want %s", c.share, got, err, c.want)
		}
		var back deal.Share
		if err := json.Unmarshal(got, &back); err != nil || back.Known() != c.share.Known() {
			t.Errorf("%s read back as %+v, %v", got, back, err)
		}
		if again, _ := json.Marshal(back); string(again) != c.want {
			t.Errorf("%s read and written again: %s", got, again)
		}
	}
	for _, bad := range []string{`"x"`, `0.1234567`, `{}`} {
		var s deal.Share
		if err := json.Unmarshal([]byte(bad), &s); err == nil {
			t.Errorf("%s was read as the share %+v", bad, s)
		}
	}
}

func TestShareComparesExactly(t *testing.T) {
	s := deal.Share{Num: 9, Den: 10}
	if !s.AtLeast(9, 10) || !s.AtLeast(899, 1000) || s.AtLeast(901, 1000) {
		t.Error("9/10 is compared wrongly")
	}
	if (deal.Share{}).AtLeast(0, 1) || (deal.Share{}).Float() != 0 {
		t.Error("a share of nothing is not at least anything")
	}
	if s.Float() != 0.9 {
		t.Errorf("got %v", s.Float())
	}
}

func TestStrengthInWords(t *testing.T) {
	for num, want := range map[int64]string{0: "none", 1: "few", 399: "few", 400: "half", 599: "half", 600: "most", 899: "most", 900: "nearly-every", 999: "nearly-every", 1000: "every"} {
		if got := (deal.Share{Num: num, Den: 1000}).Strength(); got != want {
			t.Errorf("%d of 1000: got %q, want %q", num, got, want)
		}
	}
	if got := (deal.Share{}).Strength(); got != "" {
		t.Errorf("a share of nothing is %q", got)
	}
}

func TestCountsInJSON(t *testing.T) {
	power := func(n uint) *big.Int { return new(big.Int).Lsh(big.NewInt(1), n) }
	below := new(big.Int).Sub(power(53), big.NewInt(1))
	for _, c := range []struct {
		n    *big.Int
		want string
	}{
		{nil, "null"}, {big.NewInt(12), "12"}, {below, "9007199254740991"}, {power(53), `"9007199254740992"`}, {power(100), `"1267650600228229401496703205376"`},
	} {
		got, err := json.Marshal(deal.Count{N: c.n})
		if err != nil || string(got) != c.want {
			t.Errorf("%v: got %s, %v; want %s", c.n, got, err, c.want)
		}
		var back deal.Count
		if err := json.Unmarshal(got, &back); err != nil || (c.n == nil) != (back.N == nil) || c.n != nil && back.N.Cmp(c.n) != 0 {
			t.Errorf("%s read back as %v, %v", got, back.N, err)
		}
	}
	for _, bad := range []string{`"x"`, `1.5`, `{}`} {
		var n deal.Count
		if err := json.Unmarshal([]byte(bad), &n); err == nil {
			t.Errorf("%s was read as the count %v", bad, n.N)
		}
	}
}

func TestDecimalsInJSON(t *testing.T) {
	for n, want := range map[int64]string{0: "0.0000", 4454: "0.4454", -4055: "-0.4055", 10273: "1.0273"} {
		got, err := json.Marshal(deal.Decimal{TenThousandths: n})
		if err != nil || string(got) != want {
			t.Errorf("%d: got %s, %v; want %s", n, got, err, want)
		}
		var back deal.Decimal
		if err := json.Unmarshal(got, &back); err != nil || back.TenThousandths != n {
			t.Errorf("%s read back as %d, %v", got, back.TenThousandths, err)
		}
	}
	for _, bad := range []string{`"x"`, `0.12345`, `{}`} {
		var d deal.Decimal
		if err := json.Unmarshal([]byte(bad), &d); err == nil {
			t.Errorf("%s was read as the decimal %s", bad, d)
		}
	}
}

// What is stored and read back shows the same page.
func TestAnswerSurvivesStorage(t *testing.T) {
	set := deal.DefaultSettings()
	set.Samples = 50
	for _, name := range []string{"us-russia-2009.yaml", "three-towns.yaml", "testdata/panama.yaml"} {
		a := search(t, readExample(t, name).Input(), set)
		first, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		var back deal.Answer
		if err := json.Unmarshal(first, &back); err != nil {
			t.Fatal(err)
		}
		again, err := json.Marshal(&back)
		if err != nil {
			t.Fatal(err)
		}
		if string(first) != string(again) {
			t.Errorf("%s: the answer changes when it is read back", name)
		}
		if !reflect.DeepEqual(a.Solutions, back.Solutions) {
			t.Errorf("%s: solutions %v, read back %v", name, a.Solutions, back.Solutions)
		}
	}
}

// No list of an answer is null, so that readers need not tell null from empty.
func TestListsAreNeverNull(t *testing.T) {
	set := deal.DefaultSettings()
	set.Samples = 0
	for _, name := range []string{"us-russia-2009.yaml", "testdata/panama.yaml"} {
		text, err := json.Marshal(search(t, readExample(t, name).Input(), set))
		if err != nil {
			t.Fatal(err)
		}
		var fields map[string]any
		if err := json.Unmarshal(text, &fields); err != nil {
			t.Fatal(err)
		}
		for key, v := range fields {
			if v == nil && key != "opposition" && key != "integrative_potential" {
				t.Errorf("%s: %s is null", name, key)
			}
		}
		for _, list := range []string{"nash", "kalai_smorodinsky", "leximin", "utilitarian"} {
			if _, ok := fields["solutions"].(map[string]any)[list].([]any); !ok {
				t.Errorf("%s: solutions.%s is no list", name, list)
			}
		}
	}
}

func TestSettingsThatCannotBeUsed(t *testing.T) {
	in := readExample(t, "us-russia-2009.yaml").Input()
	for _, c := range []struct {
		change func(*deal.Settings)
		says   string
	}{
		{func(s *deal.Settings) { s.Samples = -1 }, "-1 is not between 0 and 1000000"},
		{func(s *deal.Settings) { s.Samples = deal.MaxSamples + 1 }, "1000001 is not between"},
		{func(s *deal.Settings) { s.Stakes = "half" }, `"half" is neither "split" nor "full"`},
		{func(s *deal.Settings) { s.Baseline = "zero" }, `"zero" is neither "free" nor "status-quo"`},
	} {
		set := deal.DefaultSettings()
		c.change(&set)
		_, err := deal.NewQuestion(in, set)
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("got %v, want a fault that says %s", err, c.says)
		}
	}
	if _, err := deal.NewQuestion(deal.Input{Sides: in.Sides}, deal.DefaultSettings()); !fault.Is(err, fault.Invalid) {
		t.Errorf("an empty table: got %v", err)
	}
}

// Every setting is part of the question: it changes the fingerprint.
func TestSettingsChangeTheFingerprint(t *testing.T) {
	in := readExample(t, "us-russia-2009.yaml").Input()
	seen := map[string]bool{}
	for _, change := range []func(*deal.Settings){
		func(*deal.Settings) {},
		func(s *deal.Settings) { s.Seed = 2 },
		func(s *deal.Settings) { s.Samples = 5 },
		func(s *deal.Settings) { s.Stakes = deal.Full },
		func(s *deal.Settings) { s.Baseline = deal.StatusQuo },
	} {
		set := deal.DefaultSettings()
		change(&set)
		seen[question(t, in, set).SHA256()] = true
	}
	if len(seen) != 5 {
		t.Errorf("five different questions have %d fingerprints", len(seen))
	}
}
