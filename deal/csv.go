package deal

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"parley/interest"
)

// sheet is the table of an answer: section says what a row is about, number
// counts first steps, swaps, packages and points of the frontier from 1.
type sheet struct {
	*interest.Sheet
	lang string
}

// WriteCSV writes the answer as one long table with the ids of the dossier. It
// carries the date, the authors and all that is needed to ask again.
func (a *Answer) WriteCSV(w io.Writer, head interest.CSVHead) error {
	s := sheet{interest.NewSheet(w, "section", "number", "topic", "option", "interest", "side", "key", "value"), head.Lang}
	s.About(head)
	s.question(a)
	for i, text := range a.warningsIn(head.Lang) {
		s.Row("section", "warning", "key", a.Warnings[i], "value", text)
	}
	for i, q := range a.QuickWins {
		s.quickWin(i+1, q)
	}
	for _, c := range a.SameDirection {
		s.Row("section", "same_direction", "topic", c.Topic, "option", c.Option)
	}
	for i, w := range a.Swaps {
		s.swap(i+1, w)
	}
	for i, d := range a.Deals {
		s.deal(i+1, d)
	}
	for _, topic := range a.Undecided {
		s.Row("section", "undecided", "topic", topic, "key", "why", "value", a.UndecidedWhy[topic])
	}
	s.issues(a)
	s.frontier(a)
	for _, c := range a.ChangesWithStakes {
		s.Row("section", "changes_with_stakes", "topic", c.Topic, "option", c.Option, "key", c.Kind+" under "+c.Stakes, "value", movesCell(c.Moves))
	}
	return s.Close()
}

// warningsIn are the warnings as sentences, or bare where there are none.
func (a *Answer) warningsIn(lang string) []string {
	if text := a.WarningText[lang]; len(text) == len(a.Warnings) {
		return text
	}
	return a.Warnings
}

func (s sheet) question(a *Answer) {
	q := a.Question
	for _, kv := range [][2]string{
		{"sha256", q.SHA256}, {"engine", q.Engine}, {"seed", strconv.FormatUint(q.Seed, 10)}, {"samples", strconv.Itoa(q.Samples)},
		{"stakes", q.Stakes}, {"baseline", q.Baseline}, {"issues", strconv.Itoa(a.Space.Issues)}, {"packages", a.Space.Packages},
		{"opposition", decimalCell(a.Opposition)}, {"integrative_potential", decimalCell(a.Integrative)},
	} {
		s.Row("section", "question", "key", kv[0], "value", kv[1])
	}
	for _, side := range keysInOrder(q.Scale) {
		s.Row("section", "question", "side", side, "key", "scale", "value", q.Scale[side])
	}
	for _, word := range keysInOrder(q.Roles) {
		s.Row("section", "question", "key", "role "+word, "value", q.Roles[word])
	}
}

func (s sheet) quickWin(n int, q QuickWin) {
	at := []string{"section", "first_step", "number", strconv.Itoa(n), "topic", q.Topic, "option", q.Option}
	s.with(at, "key", "act", "value", wordsCell(q.Act, s.lang))
	for _, side := range q.Actors {
		s.with(at, "side", side, "key", "actor")
	}
	s.because(at, q.Because)
	s.proof(at, q.Proof)
}

func (s sheet) swap(n int, w Swap) {
	at := []string{"section", "swap", "number", strconv.Itoa(n)}
	for _, m := range w.Moves {
		s.with(at, "topic", m.Topic, "option", m.Option, "side", m.Side, "key", "move")
	}
	s.because(at, w.Because)
	s.absent(at, w.NotAtTheTable)
	for _, id := range w.OneInterest {
		s.with(at, "interest", id, "key", "counted_once")
	}
	s.proof(at, w.Proof)
	for _, f := range w.FlipsIf {
		s.with(at, "interest", f.Interest, "side", f.Side, "key", "falls_if_"+f.Kind, "value", f.From+" to "+f.To)
	}
}

func (s sheet) deal(n int, d Deal) {
	at := []string{"section", "package", "number", strconv.Itoa(n)}
	for _, topic := range keysInOrder(d.Choices) {
		key := "open"
		if d.Core[topic] == d.Choices[topic] {
			key = "core"
		}
		s.with(at, "topic", topic, "option", d.Choices[topic], "key", key)
	}
	s.points(at, d.Points)
	s.because(at, d.Because)
	s.absent(at, d.NotAtTheTable)
	s.shares(at, "acceptable", d.Acceptable)
	s.shares(at, "core_acceptable", d.CoreAcceptable)
	for _, kv := range []struct {
		key   string
		share Share
	}{{"efficient", d.Efficient}, {"nash", d.Nash}, {"core_share", d.CoreShare}, {"core_efficient", d.CoreEfficient}} {
		s.with(at, "key", kv.key, "value", shareCell(kv.share))
	}
}

func (s sheet) issues(a *Answer) {
	shares := map[Choice]Share{}
	for _, c := range a.Choices {
		shares[Choice{c.Topic, c.Option}] = c.NashShare
	}
	for _, i := range a.Issues {
		for _, o := range i.Options {
			at := []string{"section", "option", "topic", i.Topic, "option", o.Option}
			s.with(at, "key", "title", "value", wordsCell(o.Title, s.lang))
			for _, side := range o.Movers {
				s.with(at, "side", side, "key", "moves")
			}
			if o.Baseline {
				s.with(at, "key", "baseline")
			}
			s.points(at, o.Points)
			s.with(at, "key", "nash", "value", shareCell(shares[Choice{i.Topic, o.Option}]))
		}
	}
}

func (s sheet) frontier(a *Answer) {
	s.points([]string{"section", "baseline"}, a.Baseline.Points)
	for i, p := range a.Frontier {
		at := []string{"section", "frontier", "number", strconv.Itoa(i + 1)}
		s.points(at, p.Points)
		if p.Count.N != nil {
			s.with(at, "key", "count", "value", p.Count.N.String())
		}
		for _, sol := range []struct {
			key  string
			list []int
		}{
			{"nash", a.Solutions.Nash}, {"kalai_smorodinsky", a.Solutions.KalaiSmorodinsky},
			{"leximin", a.Solutions.Leximin}, {"utilitarian", a.Solutions.Utilitarian},
		} {
			if slices.Contains(sol.list, i) {
				s.with(at, "key", "solution", "value", sol.key)
			}
		}
		s.with(at, "key", "choices", "value", choicesCell(p.Choices))
	}
}

func (s sheet) with(at []string, more ...string) { s.Row(append(slices.Clip(at), more...)...) }

func (s sheet) because(at []string, because map[string][]string) {
	for _, sentence := range because[s.lang] {
		s.with(at, "key", "because", "value", sentence)
	}
}

func (s sheet) absent(at []string, names []map[string]string) {
	for _, n := range names {
		s.with(at, "key", "not_at_the_table", "value", wordsCell(n, s.lang))
	}
}

func (s sheet) points(at []string, points map[string]int64) {
	for _, side := range keysInOrder(points) {
		s.with(at, "side", side, "key", "points", "value", strconv.FormatInt(points[side], 10))
	}
}

func (s sheet) shares(at []string, key string, shares map[string]Share) {
	for _, side := range keysInOrder(shares) {
		s.with(at, "side", side, "key", key, "value", shareCell(shares[side]))
	}
}

func (s sheet) proof(at []string, proof []SideProof) {
	for _, p := range proof {
		for _, step := range p.Steps {
			s.with(at, "side", p.Side, "interest", step.Interest, "key", "change", "value", step.Change)
			s.with(at, "side", p.Side, "interest", step.Interest, "key", "sum", "value", step.Sum)
		}
	}
}

func shareCell(s Share) string {
	if !s.Known() {
		return ""
	}
	b, _ := s.MarshalJSON() // it has no error to give
	return string(b)
}

func decimalCell(d *Decimal) string {
	if d == nil {
		return ""
	}
	return d.String()
}

func movesCell(list []Move) string {
	var out []string
	for _, m := range list {
		out = append(out, m.Topic+"/"+m.Option)
	}
	return strings.Join(out, "; ")
}

func choicesCell(of map[string]string) string {
	var out []string
	for _, topic := range keysInOrder(of) {
		out = append(out, fmt.Sprintf("%s/%s", topic, of[topic]))
	}
	return strings.Join(out, "; ")
}

// wordsCell picks the language, then English, then whatever there is.
func wordsCell(text map[string]string, lang string) string {
	for _, l := range append([]string{lang, "en"}, keysInOrder(text)...) {
		if text[l] != "" {
			return text[l]
		}
	}
	return ""
}

func keysInOrder[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
