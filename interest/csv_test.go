package interest

import (
	"bytes"
	"encoding/csv"
	"errors"
	"slices"
	"strings"
	"testing"
)

func comparisonForCSV() Comparison {
	return Comparison{
		Sides:     []string{"A", "B"},
		Registers: []RegisterCount{{Subject: "A", Author: "A", Declared: true, Counts: map[string]int{"vital": 2}}},
		Topics: []TopicRow{{
			ID: "bridge", Relation: "opposed", Interests: []string{"A-1", "B-1"}, Tiers: map[string]string{"B": "vital", "A": "important"},
			WeightierFor: "B", Affects: []string{"=cmd|' /C calc'!A0"},
		}},
		Perception:     []Belief{{Topic: "bridge", Interest: "B-1", BelievedIn: "A-1", BelievedBy: "A", About: "B", Believed: [2]string{"low", "low"}, OwnTier: "vital", Basis: "between-sides"}},
		BetweenAuthors: []Belief{{Topic: "bridge", Interest: "A-1", BelievedIn: "B-1", BelievedBy: "C", About: "A"}},
		Contradictions: []Contradiction{{"bridge", "A-1", "B", "parallel", "opposed"}},
		Unmatched:      []string{"A-9"},
		Unregistered:   []Unregistered{{"ferry", "ask", "Somebody"}},
		Asks:           []Ask{{"B", "A-7", "fees"}},
		Part:           []CounterpartRow{{"A-1", "B", [2]string{"none", "key"}, "helps", "opposed"}, {Interest: "A-2", Side: "B"}},
		Warnings:       []string{"-1 is odd, said \"somebody\",\nlater"},
	}
}

func readCSV(t *testing.T, b []byte) [][]string {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestComparisonAsCSV(t *testing.T) {
	var b bytes.Buffer
	head := CSVHead{Title: "Bridge", AsOf: "2030-05", Authorship: []string{"A: written by A."}, Notes: []string{"Invented."}}
	if err := comparisonForCSV().WriteCSV(&b, head); err != nil {
		t.Fatal(err)
	}
	rows := readCSV(t, b.Bytes())
	for _, want := range [][]string{
		{"section", "topic", "interest", "side", "key", "value"},
		{"about", "", "", "", "as_of", "2030-05"},
		{"about", "", "", "", "authorship", "A: written by A."},
		{"register", "", "", "A", "vital", "2"},
		{"topic", "bridge", "", "B", "tier", "vital"},
		{"topic", "bridge", "B-1", "", "interest", ""},
		{"topic", "bridge", "", "", "affects", "'=cmd|' /C calc'!A0"},
		{"perception", "bridge", "B-1", "B", "believed_low", "low"},
		{"between_authors", "bridge", "A-1", "A", "believed_by", "C"},
		{"contradiction", "bridge", "A-1", "B", "opposed", "parallel"},
		{"unmatched", "", "A-9", "", "", ""},
		{"unregistered", "ferry", "", "", "ask", "Somebody"},
		{"ask", "fees", "A-7", "B", "", ""},
		{"part", "", "A-1", "B", "role", "none to key"},
		{"warning", "", "", "", "", "'-1 is odd, said \"somebody\",\nlater"},
	} {
		if !slices.ContainsFunc(rows, func(r []string) bool { return slices.Equal(r, want) }) {
			t.Errorf("no row %q", want)
		}
	}
	if i := slices.IndexFunc(rows, func(r []string) bool { return r[0] != "about" && r[0] != "section" }); i != 5 {
		t.Errorf("the head ends at row %d, want 5", i)
	}
	if text := b.String(); strings.Count(text, "\r\n") != strings.Count(text, "\n") {
		t.Error("a line does not end with CRLF")
	}
}

func TestNoCellStartsAFormula(t *testing.T) {
	for cell, want := range map[string]string{
		"=1+1": "'=1+1", "+1 word": "'+1 word", "-x": "'-x", "@sum": "'@sum", " =a": "' =a", "\t=a": "'\t=a", "\tword": "'\tword", "\rword": "'\rword", "\nword": "'\nword", " word": " word", "\x00=a": "'=a", "＝a": "'＝a",
		"-12": "-12", "+3": "+3", "-3/4": "-3/4", "0.25": "0.25", "": "", "plain = words": "plain = words", "-1/2/3": "'-1/2/3", "a\x00b": "ab",
	} {
		if got := harmless(cell); got != want {
			t.Errorf("%q: got %q, want %q", cell, got, want)
		}
	}
}

func FuzzSheet(f *testing.F) {
	f.Add("=1")
	f.Add("a\r\nb\"")
	f.Fuzz(func(t *testing.T, cell string) {
		var b bytes.Buffer
		s := NewSheet(&b, "one", "two")
		s.Row("one", cell, "two", "x")
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		rows := readCSV(t, b.Bytes())
		if len(rows) != 2 || len(rows[1]) != 2 || rows[1][1] != "x" {
			t.Fatalf("%q became %q", cell, rows)
		}
		if got := rows[1][0]; got != "" && strings.ContainsAny(got[:1], "=@") {
			t.Fatalf("%q starts a formula", got)
		}
	})
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestErrorsOfWritingAreReported(t *testing.T) {
	if err := comparisonForCSV().WriteCSV(brokenWriter{}, CSVHead{}); err == nil {
		t.Error("got no error")
	}
}
