package deal

import (
	"bytes"
	"encoding/csv"
	"math/big"
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
