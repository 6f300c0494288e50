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
// doc/csv.md lists the sections with their keys.
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
	s.rules(a)
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
	s.strength(a.Strength)
	for _, r := range a.Roadmaps {
		s.roadmap(r)
	}
	s.formats(a.Formats)
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
	for _, text := range q.Assumed {
		s.Row("section", "question", "key", "assumed", "value", text)
	}
}

// rules are those of the table, and which of them, or whose baselines, cannot be
// had together.
func (s sheet) rules(a *Answer) {
	for _, r := range a.Rules {
		at := []string{"section", "rule", "number", strconv.Itoa(r.Number)}
		s.with(at, "side", r.Side, "key", "kind", "value", r.Kind)
		if note := wordsCell(r.Note, s.lang); note != "" {
			s.with(at, "key", "note", "value", note)
		}
		s.because(at, r.Because)
	}
	c := a.Conflict
	if c == nil {
		return
	}
	at := []string{"section", "conflict"}
	s.with(at, "key", "minimal", "value", strconv.FormatBool(c.Minimal))
	for _, n := range c.Rules {
		s.with(at, "number", strconv.Itoa(n), "key", "rule")
	}
	s.sides(at, "baseline", c.Sides)
	s.amounts(at, "most", c.Most)
	s.because(at, c.Because)
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

// strength is what the packages rest on.
func (s sheet) strength(x *Strength) {
	if x == nil {
		return
	}
	for i, p := range x.Packages {
		at := []string{"section", "strength", "number", strconv.Itoa(i + 1)}
		s.with(at, "key", "efficient", "value", p.Efficient)
		s.chosen(at, "better", p.Better)
		s.because(at, p.Because)
	}
	for i, j := range x.Judgements {
		at := []string{"section", "judgement", "number", strconv.Itoa(i + 1), "interest", j.Interest, "side", j.Side}
		value := j.From + " to " + j.To
		if j.Statement != "" {
			value = j.Statement
		}
		s.with(at, "key", j.Kind, "value", value)
		for _, list := range []struct {
			key string
			all []Consequence
		}{{"ends", j.Ends}, {"begins", j.Begins}} {
			for _, c := range list.all {
				s.consequence(at, list.key+" "+c.Kind, c)
			}
		}
		s.because(at, j.Because)
	}
	s.Row("section", "strength", "key", "judgements_complete", "value", strconv.FormatBool(x.Complete))
}

func (s sheet) consequence(at []string, key string, c Consequence) {
	if c.Topic != "" {
		s.with(at, "topic", c.Topic, "option", c.Option, "key", key)
	}
	if len(c.Moves) > 0 {
		s.with(at, "key", key, "value", movesCell(c.Moves))
	}
	for _, n := range c.Deals {
		s.with(at, "key", key, "value", strconv.Itoa(n))
	}
}

// roadmap is the order of the steps of a swap or a package; its rows name the
// step in their key.
func (s sheet) roadmap(r Roadmap) {
	section := "package_steps"
	if r.Of == "swap" {
		section = "swap_steps"
	}
	at := []string{"section", section, "number", strconv.Itoa(r.Number)}
	s.with(at, "key", "state", "value", r.State)
	s.with(at, "key", "exact", "value", strconv.FormatBool(r.Exact))
	s.amounts(at, "bound", r.Bound)
	s.choices(at, "free", r.Free)
	s.amounts(at, "start", r.Start)
	for n, step := range r.Steps {
		s.step(at, fmt.Sprintf("step %d ", n+1), step)
	}
	if one := r.OneByOne; one != nil {
		for n, step := range one.Steps {
			s.choices(at, fmt.Sprintf("one_by_one %d", n+1), step)
		}
		if one.Side != "" {
			s.with(at, "side", one.Side, "key", "one_by_one after", "value", strconv.Itoa(one.After))
			s.with(at, "side", one.Side, "key", "one_by_one short", "value", strconv.FormatInt(int64(one.Short), 10))
			s.with(at, "side", one.Side, "key", "one_by_one at_least", "value", strconv.FormatInt(int64(one.AtLeast), 10))
		}
		s.amounts(at, "one_by_one bridge", one.Bridge)
	}
	for _, p := range r.Promises {
		s.promise(at, p)
	}
	s.because(at, r.Because)
}

func (s sheet) step(at []string, key string, step RoadmapStep) {
	for _, m := range step.Moves {
		if len(m.Sides) == 0 {
			s.with(at, "topic", m.Topic, "option", m.Option, "key", key+"move")
		}
		for _, side := range m.Sides {
			s.with(at, "topic", m.Topic, "option", m.Option, "side", side, "key", key+"move")
		}
	}
	s.with(at, "key", key+"simultaneous", "value", strconv.FormatBool(step.Simultaneous))
	s.with(at, "key", key+"certain", "value", strconv.FormatBool(step.Certain))
	s.with(at, "key", key+"horizon", "value", step.Horizon)
	s.amounts(at, key+"gain", step.Gain)
	s.amounts(at, key+"points", step.Points)
	s.amounts(at, key+"below_start", step.Below)
}

func (s sheet) promise(at []string, p Promise) {
	for n := range p.Held {
		key := fmt.Sprintf("step %d ", n+1)
		for _, x := range []struct {
			key string
			all Amounts
		}{{"received", p.Received}, {"paid", p.Paid}, {"temptation", p.Temptation}} {
			s.with(at, "side", p.Side, "key", key+x.key, "value", strconv.FormatInt(x.all[n], 10))
		}
		s.with(at, "side", p.Side, "key", key+"held", "value", strconv.FormatBool(p.Held[n]))
	}
	s.with(at, "side", p.Side, "key", "patience", "value", p.Patience.String())
	s.with(at, "side", p.Side, "key", "patience lasting", "value", strconv.FormatBool(p.Lasting))
}

// formats are what groups of sides can do without the others.
func (s sheet) formats(f *Formats) {
	if f == nil {
		return
	}
	s.Row("section", "group", "key", "complete", "value", strconv.FormatBool(f.Complete))
	for i, g := range f.Groups {
		s.group([]string{"section", "group", "number", strconv.Itoa(i + 1)}, g)
	}
	for _, p := range f.Packages {
		at := []string{"section", "standing"}
		if p.Deal >= 0 {
			at = append(at, "number", strconv.Itoa(p.Deal+1))
		}
		s.standing(at, p)
	}
	if p := f.Payments; p != nil {
		at := []string{"section", "payments"}
		for _, g := range p.Worth {
			s.with(at, "key", "worth "+sidesCell(g.Sides), "value", g.Points)
		}
		s.words(at, "shapley", p.Shapley)
		s.with(at, "key", "least_core", "value", p.LeastCore)
		s.words(at, "division", p.Division)
		s.because(at, p.Because)
	}
}

func (s sheet) group(at []string, g Format) {
	s.sides(at, "member", g.Sides)
	s.choices(at, "only", g.Only)
	s.choices(at, "also", g.Also)
	for _, n := range g.Swaps {
		s.with(at, "key", "swap", "value", strconv.Itoa(n+1))
	}
	s.chosen(at, "choice", g.Choices)
	s.with(at, "key", "exact", "value", strconv.FormatBool(g.Exact))
	s.points(at, g.Points)
	s.amounts(at, "free", g.Free)
	s.amounts(at, "beyond_smaller", g.Beyond)
	for _, o := range g.Outside {
		s.with(at, "side", o.Side, "key", "hurt", "value", strconv.FormatBool(o.Hurt))
		for _, c := range o.Worse {
			s.with(at, "topic", c.Topic, "option", c.Option, "side", o.Side, "key", "worse")
		}
		for _, c := range o.Better {
			s.with(at, "topic", c.Topic, "option", c.Option, "side", o.Side, "key", "better")
		}
	}
	s.sides(at, "better_away", g.BetterAway)
	s.sides(at, "better_inside", g.BetterInside)
	s.because(at, g.Because)
}

func (s sheet) standing(at []string, p Standing) {
	s.with(at, "key", "in_core", "value", strconv.FormatBool(p.InCore))
	for n, b := range p.Blocks {
		key := fmt.Sprintf("block %d ", n+1)
		s.sides(at, key+"member", b.Sides)
		s.chosen(at, key+"choice", b.Choices)
		s.amounts(at, key+"more", b.More)
	}
	for _, group := range p.Undecided {
		s.with(at, "key", "undecided", "value", sidesCell(group))
	}
	for _, b := range p.GoingBack {
		s.with(at, "side", b.Side, "key", "going_back", "value", b.Held)
		s.with(at, "side", b.Side, "key", "going_back at_once", "value", strconv.FormatInt(int64(b.AtOnce), 10))
		if len(b.Answer) > 0 {
			s.with(at, "side", b.Side, "key", "going_back answer", "value", sidesCell(b.Answer))
		}
	}
	s.because(at, p.Because)
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
	found := []string{"section", "search"}
	s.with(found, "key", "exact", "value", strconv.FormatBool(a.Exact))
	s.with(found, "key", "frontier_complete", "value", strconv.FormatBool(a.FrontierComplete))
	s.amounts(found, "gap", a.FrontierGap)
	if c := a.Cover; c != nil {
		s.with(found, "key", "cover", "value", c.Epsilon)
		s.with(found, "key", "cover of", "value", c.Of)
		s.amounts(found, "cover gap", c.Gap)
		s.because(found, c.Because)
	}
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
		for _, r := range a.Representatives {
			if r.Point == i {
				s.with(at, "key", "representative "+r.Rule, "value", strconv.Itoa(r.For))
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

func (s sheet) points(at []string, points Points) { s.amounts(at, "points", points) }

func (s sheet) amounts(at []string, key string, points Points) {
	for _, side := range keysInOrder(points) {
		s.with(at, "side", side, "key", key, "value", strconv.FormatInt(points[side], 10))
	}
}

func (s sheet) words(at []string, key string, by map[string]string) {
	for _, side := range keysInOrder(by) {
		s.with(at, "side", side, "key", key, "value", by[side])
	}
}

func (s sheet) sides(at []string, key string, sides []string) {
	for _, side := range slices.Sorted(slices.Values(sides)) {
		s.with(at, "side", side, "key", key)
	}
}

func (s sheet) choices(at []string, key string, all []Choice) {
	for _, c := range all {
		s.with(at, "topic", c.Topic, "option", c.Option, "key", key)
	}
}

func (s sheet) chosen(at []string, key string, options map[string]string) {
	for _, topic := range keysInOrder(options) {
		s.with(at, "topic", topic, "option", options[topic], "key", key)
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

func sidesCell(sides []string) string {
	return strings.Join(slices.Sorted(slices.Values(sides)), "+")
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
