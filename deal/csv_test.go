package deal

import (
	"bytes"
	"encoding/csv"
	"math/big"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"parley/interest"
)

// answerForCSV has something in every part of an answer.
func answerForCSV() *Answer {
	proof := []SideProof{{Side: "A", Steps: []ProofStep{{"A-1", "vital", "-1/4", "-1/4"}, {"A-2", "secondary", "1/2", "1/4"}}}}
	because := map[string][]string{"en": {"A: gains more than it gives."}, "ru": {"А: получает больше, чем отдаёт."}}
	absent := []map[string]string{{"en": "The village", "ru": "Деревня"}}
	return &Answer{
		Question: QuestionInfo{SHA256: "abc", Engine: "e", Seed: 7, Samples: 100, Stakes: "split", Baseline: "free",
			Scale: map[string]string{"A": "1000000"}, Roles: map[string]string{"key": "1"}},
		Space:      Space{Issues: 2, Packages: "9"},
		Baseline:   Package{Points: map[string]int64{"B": 0, "A": 5}},
		Frontier:   []Point{{Choices: map[string]string{"ferry": "keep", "bridge": "A-yields"}, Points: map[string]int64{"A": -5, "B": 9}, Count: Count{big.NewInt(3)}}, {}},
		Solutions:  Solutions{Nash: []int{0}, Leximin: []int{0}},
		Opposition: &Decimal{1234},
		QuickWins:  []QuickWin{{Topic: "ferry", Option: "together", Act: map[string]string{"en": "Sail"}, Actors: []string{"A"}, Proof: proof, Because: because}},
		Swaps:      []Swap{{Moves: []Move{{"bridge", "A-yields", "A"}}, Proof: proof, FlipsIf: []Flip{{"tier", "A-1", "", "vital", "secondary", 2}}, NotAtTheTable: absent, Because: because, OneInterest: []string{"A-1"}}},
		Deals:      []Deal{{Core: map[string]string{"bridge": "A-yields"}, Choices: map[string]string{"bridge": "A-yields", "ferry": "keep"}, Points: map[string]int64{"A": 1}, Acceptable: map[string]Share{"all": {9, 10}}, CoreShare: Share{95, 100}, Because: because, NotAtTheTable: absent}},
		Undecided:  []string{"dam"}, UndecidedWhy: map[string]string{"dam": "vital-to-both"},
		SameDirection:     []Choice{{"school", "together"}},
		Choices:           []ChoiceShare{{"bridge", "A-yields", Share{1, 4}}},
		Issues:            []IssueInfo{{Topic: "bridge", Options: []OptionInfo{{Option: "A-yields", Title: map[string]string{"ru": "Шаг"}, Movers: []string{"A"}, Points: map[string]int64{"A": -3}, Baseline: true}}}},
		ChangesWithStakes: []StakesChange{{Kind: "swap", Stakes: "full", Moves: []Move{{"bridge", "A-yields", "A"}, {"ferry", "B-yields", "B"}}}},
		Warnings:          []string{"bare"},
		WarningText:       map[string][]string{"en": {"@ first"}},
	}
}

func TestAnswerAsCSV(t *testing.T) {
	var b bytes.Buffer
	head := interest.CSVHead{Lang: "en", Title: "Bridge", AsOf: "2030-05", Authorship: []string{"A: written by A."}}
	if err := answerForCSV().WriteCSV(&b, head); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(b.Bytes())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range [][]string{ // section, number, topic, option, interest, side, key, value
		{"about", "", "", "", "", "", "as_of", "2030-05"},
		{"about", "", "", "", "", "", "authorship", "A: written by A."},
		{"question", "", "", "", "", "", "sha256", "abc"},
		{"question", "", "", "", "", "A", "scale", "1000000"},
		{"question", "", "", "", "", "", "opposition", "0.1234"},
		{"question", "", "", "", "", "", "integrative_potential", ""},
		{"warning", "", "", "", "", "", "bare", "'@ first"},
		{"first_step", "1", "ferry", "together", "", "", "act", "Sail"},
		{"first_step", "1", "ferry", "together", "A-2", "A", "sum", "1/4"},
		{"same_direction", "", "school", "together", "", "", "", ""},
		{"swap", "1", "bridge", "A-yields", "", "A", "move", ""},
		{"swap", "1", "", "", "A-1", "A", "change", "-1/4"},
		{"swap", "1", "", "", "A-1", "", "falls_if_tier", "vital to secondary"},
		{"swap", "1", "", "", "", "", "not_at_the_table", "The village"},
		{"swap", "1", "", "", "A-1", "", "counted_once", ""},
		{"package", "1", "bridge", "A-yields", "", "", "core", ""},
		{"package", "1", "ferry", "keep", "", "", "open", ""},
		{"package", "1", "", "", "", "all", "acceptable", "0.9"},
		{"package", "1", "", "", "", "", "nash", ""},
		{"undecided", "", "dam", "", "", "", "why", "vital-to-both"},
		{"option", "", "bridge", "A-yields", "", "", "title", "Шаг"},
		{"option", "", "bridge", "A-yields", "", "", "nash", "0.25"},
		{"baseline", "", "", "", "", "A", "points", "5"},
		{"frontier", "1", "", "", "", "A", "points", "-5"},
		{"frontier", "1", "", "", "", "", "count", "3"},
		{"frontier", "1", "", "", "", "", "solution", "leximin"},
		{"frontier", "1", "", "", "", "", "choices", "bridge/A-yields; ferry/keep"},
		{"changes_with_stakes", "", "", "", "", "", "swap under full", "bridge/A-yields; ferry/B-yields"},
	} {
		if !slices.ContainsFunc(rows, func(r []string) bool { return slices.Equal(r, want) }) {
			t.Errorf("no row %q", want)
		}
	}
	if text := b.String(); strings.Count(text, "\r\n") != strings.Count(text, "\n") {
		t.Error("a line does not end with CRLF")
	}
}

// furtherForCSV is what an answer about rules, steps and groups has besides.
func furtherForCSV() *Answer {
	because := map[string][]string{"en": {"=1+1"}, "ru": {"@сумма"}}
	a := answerForCSV()
	a.Question.Assumed = []string{"rule 2=aside"}
	a.Exact, a.FrontierComplete = true, false
	a.FrontierGap = Points{"B": 7, "A": 0}
	a.Cover = &Cover{Epsilon: "1/100", Of: "all", Gap: Points{"A": 12}, Because: because}
	a.Representatives = []Representative{{Point: 1, Rule: "cluster", For: 4}}
	a.Rules = []RuleInfo{{Number: 2, Kind: "refuses", Side: "A", Because: because, Note: map[string]string{"en": "+ a note"}}}
	a.Conflict = &Conflict{Rules: []int{2}, Sides: []string{"B"}, Most: Points{"B": -3}, Minimal: true, Because: because}
	a.Strength = &Strength{
		Packages:   []PackageStrength{{Efficient: Never, Better: map[string]string{"ferry": "keep"}, Because: because}},
		Judgements: []Judgement{{Kind: "tier", Interest: "A-1", From: "vital", To: "secondary", Steps: 2, Because: because, Ends: []Consequence{{Kind: "swap", Moves: []Move{{"bridge", "A-yields", "A"}}}, {Kind: "packages", Deals: []int{1}}}, Begins: []Consequence{{Kind: "quick-win", Topic: "ferry", Option: "together"}}}},
	}
	a.Roadmaps = []Roadmap{{
		Of: "swap", Number: 1, State: "bounded", Exact: true, Bound: Points{"A": 5}, Free: []Choice{{"ferry", "together"}}, Start: Points{"A": 1, "B": 0},
		Steps: []RoadmapStep{
			{Moves: []RoadmapMove{{"bridge", "A-yields", []string{"A"}}}, Horizon: "long", Gain: Points{"A": -4}, Points: Points{"A": -3}, Below: Points{"A": 3}},
			{Moves: []RoadmapMove{{"dam", "open", nil}}, Simultaneous: true, Certain: true, Gain: Points{"A": 9}},
		},
		OneByOne: &OneByOne{Steps: [][]Choice{{{"dam", "open"}}}, Side: "A", After: 1, Short: 1 << 60, AtLeast: 2, Bridge: Points{"A": 3}},
		Promises: []Promise{{Side: "A", Received: Amounts{0, 1 << 60}, Paid: Amounts{4, 0}, Temptation: Amounts{4, 0}, Held: []bool{true, false}, Patience: Decimal{5000}, Lasting: true}},
		Because:  because,
	}, {Of: "deal", Number: 1, State: "none"}}
	a.Formats = &Formats{
		Complete: true,
		Groups: []Format{{Sides: []string{"B", "A"}, Only: []Choice{{"dam", "open"}}, Also: []Choice{{"ferry", "keep"}}, Swaps: []int{0}, Choices: map[string]string{"dam": "open"}, Exact: true,
			Points: Points{"C": -2}, Free: Points{"A": 1}, Beyond: Points{"A": 6}, BetterAway: []string{"A"}, BetterInside: []string{"C"}, Because: because,
			Outside: []Outside{{Side: "C", Hurt: true, Worse: []Choice{{"dam", "open"}}, Better: []Choice{{"ferry", "keep"}}}}}},
		Packages: []Standing{{Deal: 0, InCore: false, Because: because, Undecided: [][]string{{"C", "A"}},
			Blocks:    []Block{{Sides: []string{"A", "C"}, Choices: map[string]string{"dam": "open"}, More: Points{"A": 2}}},
			GoingBack: []GoingBack{{Side: "A", Held: "costly", Answer: []string{"C", "B"}, AtOnce: 8}}}, {Deal: -1, InCore: true}},
		Payments: &Payments{Worth: []GroupWorth{{[]string{"B", "A"}, "7/2"}}, Shapley: map[string]string{"A": "5/2"}, LeastCore: "-1/2", Division: map[string]string{"A": "3"}, Because: because},
	}
	return a
}

func csvRows(t *testing.T, a *Answer, lang string) [][]string {
	t.Helper()
	var b bytes.Buffer
	if err := a.WriteCSV(&b, interest.CSVHead{Lang: lang, Title: "=HYPERLINK(1)", Notes: []string{"two, \"three\"\nlines"}}); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(b.Bytes())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestRulesStepsAndGroupsAsCSV(t *testing.T) {
	rows := csvRows(t, furtherForCSV(), "en")
	for _, want := range [][]string{ // section, number, topic, option, interest, side, key, value
		{"about", "", "", "", "", "", "title", "'=HYPERLINK(1)"},
		{"about", "", "", "", "", "", "note", "two, \"three\"\nlines"},
		{"question", "", "", "", "", "", "assumed", "rule 2=aside"},
		{"rule", "2", "", "", "", "A", "kind", "refuses"},
		{"rule", "2", "", "", "", "", "note", "'+ a note"},
		{"rule", "2", "", "", "", "", "because", "'=1+1"},
		{"conflict", "2", "", "", "", "", "rule", ""},
		{"conflict", "", "", "", "", "B", "baseline", ""},
		{"conflict", "", "", "", "", "B", "most", "-3"},
		{"strength", "1", "", "", "", "", "efficient", "never"},
		{"strength", "1", "ferry", "keep", "", "", "better", ""},
		{"strength", "", "", "", "", "", "judgements_complete", "false"},
		{"judgement", "1", "", "", "A-1", "", "tier", "vital to secondary"},
		{"judgement", "1", "", "", "A-1", "", "ends swap", "bridge/A-yields"},
		{"judgement", "1", "", "", "A-1", "", "ends packages", "1"},
		{"judgement", "1", "ferry", "together", "A-1", "", "begins quick-win", ""},
		{"swap_steps", "1", "", "", "", "", "state", "bounded"},
		{"swap_steps", "1", "", "", "", "A", "bound", "5"},
		{"swap_steps", "1", "ferry", "together", "", "", "free", ""},
		{"swap_steps", "1", "bridge", "A-yields", "", "A", "step 1 move", ""},
		{"swap_steps", "1", "dam", "open", "", "", "step 2 move", ""},
		{"swap_steps", "1", "", "", "", "", "step 2 simultaneous", "true"},
		{"swap_steps", "1", "", "", "", "", "step 1 horizon", "long"},
		{"swap_steps", "1", "", "", "", "A", "step 1 gain", "-4"},
		{"swap_steps", "1", "", "", "", "A", "step 1 below_start", "3"},
		{"swap_steps", "1", "dam", "open", "", "", "one_by_one 1", ""},
		{"swap_steps", "1", "", "", "", "A", "one_by_one short", "1152921504606846976"},
		{"swap_steps", "1", "", "", "", "A", "step 2 received", "1152921504606846976"},
		{"swap_steps", "1", "", "", "", "A", "step 2 held", "false"},
		{"swap_steps", "1", "", "", "", "A", "patience", "0.5000"},
		{"package_steps", "1", "", "", "", "", "state", "none"},
		{"group", "", "", "", "", "", "complete", "true"},
		{"group", "1", "", "", "", "A", "member", ""},
		{"group", "1", "dam", "open", "", "", "only", ""},
		{"group", "1", "", "", "", "", "swap", "1"},
		{"group", "1", "", "", "", "C", "hurt", "true"},
		{"group", "1", "dam", "open", "", "C", "worse", ""},
		{"group", "1", "", "", "", "A", "beyond_smaller", "6"},
		{"standing", "1", "", "", "", "", "in_core", "false"},
		{"standing", "1", "", "", "", "C", "block 1 member", ""},
		{"standing", "1", "", "", "", "", "undecided", "A+C"},
		{"standing", "1", "", "", "", "A", "going_back", "costly"},
		{"standing", "1", "", "", "", "A", "going_back answer", "B+C"},
		{"standing", "1", "", "", "", "A", "going_back at_once", "8"},
		{"standing", "", "", "", "", "", "in_core", "true"},
		{"payments", "", "", "", "", "", "worth A+B", "7/2"},
		{"payments", "", "", "", "", "A", "shapley", "5/2"},
		{"payments", "", "", "", "", "", "least_core", "-1/2"},
		{"search", "", "", "", "", "", "frontier_complete", "false"},
		{"search", "", "", "", "", "B", "gap", "7"},
		{"search", "", "", "", "", "", "cover", "1/100"},
		{"frontier", "2", "", "", "", "", "representative cluster", "4"},
	} {
		if !slices.ContainsFunc(rows, func(r []string) bool { return slices.Equal(r, want) }) {
			t.Errorf("no row %q", want)
		}
	}
	for _, r := range csvRows(t, furtherForCSV(), "ru") {
		if slices.Contains(r, "'=1+1") {
			t.Errorf("English stands in a Russian table: %q", r)
		}
	}
}

// What a side alone and the mediators may see is in nobody else's table.
func TestCSVIsForItsReader(t *testing.T) {
	for _, r := range csvRows(t, furtherForCSV().For("B", false), "en") {
		for _, secret := range []string{"temptation", "patience", "received", "going_back"} {
			if strings.Contains(r[6], secret) {
				t.Errorf("somebody of B reads about A: %q", r)
			}
		}
	}
}

// TestEveryRowIsDescribed: doc/csv.md names every section, and every key that is
// a word of ours.
func TestEveryRowIsDescribed(t *testing.T) {
	data, err := os.ReadFile("../doc/csv.md")
	if err != nil {
		t.Fatal(err)
	}
	described := map[string]string{} // section to its lines
	last := ""
	for line := range strings.Lines(string(data)) {
		cells := strings.Split(line, "|")
		if len(cells) < 4 {
			continue
		}
		if names := regexp.MustCompile("`([a-z_]+)`").FindAllStringSubmatch(cells[1], -1); names != nil {
			last = ""
			for _, n := range names {
				last += " " + n[1]
			}
		}
		for name := range strings.FieldsSeq(last) {
			described[name] += line
		}
	}
	digits := regexp.MustCompile(` \d+`)
	for _, r := range csvRows(t, furtherForCSV(), "en")[1:] {
		section, key := r[0], r[6]
		if described[section] == "" {
			t.Fatalf("doc/csv.md does not name the section %s", section)
		}
		if section == "warning" || section == "changes_with_stakes" || key == "" {
			continue
		}
		key = digits.ReplaceAllString(key, " N")
		for _, open := range []string{"role ", "worth ", "representative ", "ends ", "begins "} { // a word of the answer follows
			if strings.HasPrefix(key, open) {
				key = strings.TrimSpace(open)
			}
		}
		if !strings.Contains(described[section], "`"+key+"`") {
			t.Errorf("doc/csv.md does not name the key %s of the section %s", key, section)
		}
	}
}

func TestCSVSpeaksItsLanguage(t *testing.T) {
	var b bytes.Buffer
	if err := answerForCSV().WriteCSV(&b, interest.CSVHead{Lang: "ru"}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"А: получает больше, чем отдаёт.", "Деревня", "bare"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is missing", want)
		}
	}
	if strings.Contains(b.String(), "The village") {
		t.Error("English stands in a Russian table")
	}
}

func TestSameAnswerGivesTheSameCSV(t *testing.T) {
	var one, two bytes.Buffer
	for _, b := range []*bytes.Buffer{&one, &two} {
		if err := answerForCSV().WriteCSV(b, interest.CSVHead{Lang: "en"}); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error("two tables of one answer differ")
	}
}
