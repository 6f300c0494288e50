package again_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"parley/deal"
	"parley/dossier"
	"parley/i18n"
	"parley/interest"
	"parley/verify"
	"parley/verify/again"
)

// tables are the dossiers that bundles are made of here: the shipped examples
// and small ones for what these lack, among them one of whose packages none leaves
// every side its baseline, and one whose search is ended early.
var tables = []string{
	"../../examples/us-russia-2009.yaml", "../../examples/three-towns.yaml", "../../examples/testdata/panama.yaml", "../../examples/testdata/four-sides.yaml", "testdata/points.yaml",
	"../../examples/three-towns.yaml testdata/rules-for-towns.yaml", "testdata/capped.yaml", "testdata/capped.yaml testdata/rules-for-points.yaml", "testdata/payments.yaml", "testdata/eight-sides.yaml", "testdata/conflict.yaml", "testdata/chained.yaml limit=100", "testdata/fine.yaml", "testdata/chained.yaml testdata/cap-above.yaml limit=100",
	"../../examples/three-towns.yaml testdata/said-rarely.weights", "../../examples/three-towns.yaml testdata/said-exactly.weights",
	"../../examples/testdata/four-sides.yaml testdata/said-plainly.weights",
}

func question(t testing.TB, file string, change func(*deal.Settings)) *deal.Question {
	t.Helper()
	var data []byte
	var said []string
	for _, part := range strings.Fields(file) { // a dossier, or one and what is put after it, or what sides say besides
		if _, is := strings.CutPrefix(part, "limit="); is {
			continue
		}
		more, err := os.ReadFile(part)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(part, ".weights") {
			said = strings.Split(strings.TrimSpace(string(more)), "\n")
			continue
		}
		if before, _, own := bytes.Cut(data, []byte("\ntable:")); own && bytes.Contains(more, []byte("\ntable:")) {
			data = append(before, '\n') // another table stands in its place
		}
		data = append(data, more...)
	}
	d, err := dossier.Read(file, data)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range said {
		say(t, d, strings.Fields(line))
	}
	set := deal.DefaultSettings()
	set.Samples = 30
	if _, limit, is := strings.Cut(file, " limit="); is { // of the search for the frontier
		n, err := strconv.ParseInt(limit, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		set.Limit = n
	}
	change(&set)
	q, err := deal.NewQuestion(d.Input(), set)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func bundle(t testing.TB, file string, change func(*deal.Settings)) []byte {
	t.Helper()
	q := question(t, file, change)
	a, err := deal.Search(context.Background(), q, deal.Run{Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(deal.NewProof(q, a))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// made are the bundles of answers as usual that several tests look at.
var made = struct {
	sync.Mutex
	of map[string][]byte
}{of: map[string][]byte{}}

// asUsual is the bundle of an answer with the usual settings, which is made once.
func asUsual(t testing.TB, file string) []byte {
	t.Helper()
	made.Lock()
	defer made.Unlock()
	if made.of[file] == nil {
		made.of[file] = bundle(t, file, func(*deal.Settings) {})
	}
	return made.of[file]
}

// say puts a statement into the register that a side wrote about itself: the side, what matters more, than what, how much.
func say(t testing.TB, d *dossier.Dossier, words []string) {
	t.Helper()
	times, err := interest.ParseFraction(words[3])
	if err != nil {
		t.Fatal(err)
	}
	for k := range d.Registers {
		r := &d.Registers[k]
		if string(r.Subject) == words[0] && string(r.Author.Side) == words[0] {
			r.Weights = append(r.Weights, interest.Weighing{More: interest.ID(words[1]), Than: interest.ID(words[2]), Times: times})
			return
		}
	}
	t.Fatalf("no register of %s", words[0])
}

// facts lists the facts that do not hold; a frontier that is not complete has none but those of whom packages serve.
func facts(data []byte) (out []string) {
	lines, err := verify.Facts(data)
	if err != nil {
		return []string{err.Error()}
	}
	for _, l := range lines {
		if !l.Holds {
			out = append(out, l.Kind)
		}
	}
	return out
}

// wrong lists what does not hold.
func wrong(r again.Report, err error) (out []string) {
	if err != nil {
		return []string{err.Error()}
	}
	for _, l := range r.Lines {
		if l.Wrong != "" {
			out = append(out, l.Wrong)
		}
	}
	return out
}

func TestAnswersAreVerified(t *testing.T) {
	for _, file := range tables {
		for name, change := range map[string]func(*deal.Settings){
			"as usual":   func(*deal.Settings) {},
			"full":       func(s *deal.Settings) { s.Stakes = deal.Full },
			"status quo": func(s *deal.Settings) { s.Baseline = deal.StatusQuo },
			"no samples": func(s *deal.Settings) { s.Samples = 0 },
			"seed 7":     func(s *deal.Settings) { s.Seed = 7 },
		} {
			if strings.HasSuffix(file, ".weights") && name != "as usual" && name != "full" {
				continue // walks take their time, and neither the baseline nor the seed has a part in them
			}
			t.Run(filepath.Base(file)+"/"+name, func(t *testing.T) {
				data := asUsual(t, file)
				if name != "as usual" {
					data = bundle(t, file, change)
				}
				for _, w := range facts(data) {
					t.Errorf("facts: %s", w)
				}
				r, err := again.Bundle(data)
				for _, w := range wrong(r, err) {
					t.Error(w)
				}
				if len(r.Lines) < 20 {
					t.Errorf("only %d kinds of statement were looked at", len(r.Lines))
				}
			})
		}
	}
}

// The sentences of the verifier are those of the catalogue.
func TestSentencesAreThoseOfTheCatalogue(t *testing.T) {
	data, err := os.ReadFile("words.json")
	if err != nil {
		t.Fatal(err)
	}
	var words map[string]map[string]string
	if err := json.Unmarshal(data, &words); err != nil {
		t.Fatal(err)
	}
	for _, lang := range i18n.Languages {
		w := i18n.For(lang)
		if len(words[lang]) < 20 {
			t.Errorf("%s: only %d sentences", lang, len(words[lang]))
		}
		for key, sentence := range words[lang] {
			if of, form, plural := strings.Cut(key, "#"); plural {
				n := map[string]int{"one": 21, "few": 22, "many": 25, "other": 25}[form]
				if lang == "en" && form == "one" {
					n = 1
				}
				if got, want := w.N(of, n), strings.ReplaceAll(sentence, "{{.N}}", strconv.Itoa(n)); got != want {
					t.Errorf("%s: %s is %q here and %q in the catalogue", lang, key, want, got)
				}
				continue
			}
			var pairs []any
			for _, place := range strings.Split(sentence, "{{.")[1:] {
				name, _, _ := strings.Cut(place, "}}")
				pairs = append(pairs, name, "{{."+name+"}}")
			}
			if got := w.T(key, pairs...); got != sentence {
				t.Errorf("%s: %s is %q here and %q in the catalogue", lang, key, sentence, got)
			}
		}
	}
}
