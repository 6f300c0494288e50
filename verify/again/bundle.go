// Package again derives all of an answer of parley anew from its question, with
// code that shares nothing with the search: the table that package verify reads,
// and every statement and sentence, by the rules in doc/proof.md. What it does
// not know how to derive counts as not verified.
package again

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"parley/verify/strict"
)

//go:embed words.json
var catalogue []byte

type (
	obj  = map[string]any
	list = []any
	text = map[string]string
)

// question and labels are the bundle's, as doc/proof.md describes them.
type question struct {
	Engine, Stakes, Baseline string
	Seed                     uint64
	Samples, Sides           int
	Limit                    int64
	Cap                      []string
	Rules                    []rule
	RestingRules             int      `json:"resting_rules"`
	RoleScale                []string `json:"role_scale"`
	Interests                []struct {
		Side, Tier, Horizon int
		Roles               [][2]string
	}
	Issues []struct {
		Relation           string
		Written, Contested bool
		Fullest            int
		Options            []optionData
	}
	Weights      []weighing
	Disagreement []string
	LooseActs    int  `json:"loose_acts"`
	Forced       bool `json:"forced_order"`
}

type effectData struct {
	Interest            int
	Stake, Base, Factor string
	Gain, Loss          []int
}

// rule speaks about packages in which all of When hold. Of these it demands at
// least AtLeast of the literals Of, or that an interest does not fall below the
// status quo, or it gives them something ("together").
type rule struct {
	Kind           string
	Side, Interest *int
	When, Of       []literal
	AtLeast        int `json:"at_least"`
	Effects        []effectData
	Points         []string
}

type literal struct {
	Issue   int
	Options []int
}

type optionData struct {
	Movers, Actors []int
	Free, Act      bool
	Effects        []effectData
	Points         []string
}

type labels struct {
	Sides []struct {
		ID   string `json:"id"`
		Name text   `json:"name"`
	} `json:"sides"`
	Interests []struct {
		ID    string   `json:"id"`
		Title text     `json:"title"`
		Parts []string `json:"parts"`
	} `json:"interests"`
	Issues []struct {
		ID      string `json:"id"`
		Title   text   `json:"title"`
		Place   int    `json:"place"`
		Affects []text `json:"affects"`
		Options []struct {
			ID     string   `json:"id"`
			Title  text     `json:"title"`
			Place  int      `json:"place"`
			Act    text     `json:"act"`
			Actors []string `json:"actors"`
		} `json:"options"`
	} `json:"issues"`
	Rules    []ruleLabel      `json:"rules"`
	ByName   map[string][]int `json:"by_name"`
	Unstated [2]string        `json:"unstated"`
}

type ruleLabel struct {
	Number int  `json:"number"`
	Note   text `json:"note"`
}

// Line says of one kind of statement how many facts of it were compared, and
// the first that does not hold ("" where all do).
type Line struct {
	Statement string
	Facts     int
	Wrong     string
	Open      []Open // what of it was not re-checked
}

// Open is a part of a statement that was not re-checked, and why, as a code.
type Open struct{ Part, Why string }

// Report is what was re-checked. The answer is verified when nothing is wrong on
// any line, and when the fingerprint is that of the question the reader knows.
type Report struct {
	SHA256 string // of the question
	WhyNot bool   // it is about one package that was asked about; there are no facts for package verify
	Cut    bool   // the frontier is not claimed to be complete; there are no facts about it
	Lines  []Line
}

// Bundle re-checks a bundle. An error means that it cannot be read at all.
func Bundle(data []byte) (Report, error) {
	return check(data, func(*proof) *derived { return &derived{} })
}

// derived is what follows from a question and its names, and from the claims of one bundle about them.
type derived struct {
	reading *reading
	claim   obj
	anew    []any // by statement
	open    map[string][]Open
	early   map[string][]Open // what was left open before any statement was made
}

// derive makes all statements anew. Of what is known already only those are that rest on a claim, where another is made.
func (p *proof) derive(known *derived) ([]any, map[string][]Open) {
	first := known.reading == nil
	if first {
		p.checkLabels()
		p.open = map[string][]Open{}
		known.reading, known.claim, known.early = p.conclude(), maps.Clone(p.claim), p.open
	}
	r := known.reading
	r.proof.claim, r.proof.open = p.claim, maps.Clone(known.early)
	var anew []any
	for n, s := range statements {
		rests := slices.Contains(byWitness, s.name) || len(p.Weights) > 0 && slices.Contains([]string{"quick_wins", "swaps"}, s.name)
		switch {
		case !first && (!rests || reflect.DeepEqual(p.claim[s.name], known.claim[s.name])):
			anew = append(anew, known.anew[n])
			r.proof.open[s.name] = known.open[s.name]
		case rests:
			anew = append(anew, witnessed(func() any { return plain(s.derive(r)) }))
		default:
			anew = append(anew, plain(s.derive(r)))
		}
	}
	if first {
		p.checkUse(anew)
		known.anew, known.open = anew, r.proof.open
	}
	return anew, r.proof.open
}

// witnessed is a statement that is derived from what the bundle claims, or the error that the claim cannot stand.
func witnessed(derive func() any) (v any) {
	defer func() {
		if why := recover(); why != nil {
			v = errors.New(strict.Why(why))
		}
	}()
	return derive()
}

// leave notes a part of a statement that is not re-checked.
func (p *proof) leave(statement, why, part string) {
	p.open[statement] = append(p.open[statement], Open{part, why})
}

// check re-checks a bundle with what is known of its question.
func check(data []byte, known func(*proof) *derived) (report Report, err error) {
	defer func() {
		if r := recover(); r != nil { // a number in the bundle that points nowhere, or a bound that is reached
			report, err = Report{}, strict.Failed("the bundle cannot be checked", r)
		}
	}()
	var b struct {
		Format, SHA256          string
		Question, Labels, Alike json.RawMessage
		Answer                  obj
		Table, Serve            any
		Starts                  [][]int64
		Facts                   json.RawMessage // for package verify
		Asked                   obj
		WhyNot                  any `json:"why_not"`
	}
	if err := strict.Check(data); err != nil {
		return report, err
	}
	p := &proof{}
	for _, part := range []struct {
		from *json.RawMessage
		to   any
	}{{(*json.RawMessage)(&data), &b}, {&b.Question, &p.question}, {&b.Labels, &p.labels}, {&b.Alike, &p.alike}, {(*json.RawMessage)(&catalogue), &p.words}} {
		d := json.NewDecoder(bytes.NewReader(*part.from))
		d.DisallowUnknownFields()
		d.UseNumber()
		if err := d.Decode(part.to); err != nil {
			return report, err
		}
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, b.Question); err != nil {
		return report, err
	}
	if sum := fmt.Sprintf("%x", sha256.Sum256(compact.Bytes())); b.Format != "parley-proof-2" || b.SHA256 != sum {
		return report, fmt.Errorf("format %q with fingerprint %s: the question has %s", b.Format, b.SHA256, sum)
	}
	if _, wrong := compare("labels", plain(b.Labels), plain(p.labels)); wrong != "" {
		return report, errors.New(wrong)
	}
	if _, wrong := compare("alike", plain(b.Alike), plain(p.alike)); wrong != "" {
		return report, errors.New(wrong)
	}
	report.SHA256, p.sha256, p.claim, p.starts = b.SHA256, b.SHA256, b.Answer, b.Starts
	if b.Answer == nil && b.Asked != nil {
		must(b.Serve == nil && b.Facts == nil, "no facts stand beside an answer about one package")
		report.WhyNot, p.claim = true, obj{"table": b.Table, "why_not": b.WhyNot}
		anew, open := p.deriveWhyNot(known(p), b.Asked)
		report.Lines = p.lines(whyStatements, anew, open)
		return report, nil
	}
	must(b.Asked == nil && b.WhyNot == nil, "an answer is about all packages or about one")
	_, table := p.claim["table"]
	_, serve := p.claim["serve"]
	must(!table && !serve, "these stand beside an answer")
	p.cut = p.claim["frontier_complete"] == false
	must(p.cut && string(b.Facts) == "null" || !p.cut && bytes.HasPrefix(b.Facts, []byte("{")), "facts stand beside a complete frontier alone")
	if report.Cut = p.cut; p.cut {
		p.bound = cutBudget
	}
	p.claim["table"], p.claim["serve"] = b.Table, b.Serve
	anew, open := p.derive(known(p))
	var names []string
	for _, s := range statements {
		names = append(names, s.name)
	}
	report.Lines = p.lines(names, anew, open)
	return report, nil
}

// lines compares what was derived with what is claimed.
func (p *proof) lines(names []string, anew []any, open map[string][]Open) (out []Line) {
	for n, want := range anew {
		if _, said := p.claim[names[n]]; !said && want == nil {
			continue // nothing is said, and nothing is to be
		}
		line := Line{Statement: names[n], Open: open[names[n]]}
		if line.Facts, line.Wrong = compare(line.Statement, p.claim[line.Statement], want); line.Wrong != "" {
			line.Open = nil
		}
		out = append(out, line)
		delete(p.claim, line.Statement)
	}
	for _, name := range slices.Sorted(maps.Keys(p.claim)) {
		out = append(out, Line{Statement: name, Wrong: name + ": no rule to check this by"})
	}
	return out
}

// plain is a value as JSON has it.
func plain(v any) (out any) {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	_ = d.Decode(&out)
	return out
}

// compare counts the facts that two values share, or says where they part.
func compare(at string, got, want any) (facts int, wrong string) {
	switch w := want.(type) {
	case error:
		return 0, at + ": " + w.Error()
	case obj:
		g, ok := got.(obj)
		if !ok || len(g) != len(w) {
			return 0, fmt.Sprintf("%s: fields %v, not %v", at, slices.Sorted(maps.Keys(g)), slices.Sorted(maps.Keys(w)))
		}
		for _, k := range slices.Sorted(maps.Keys(w)) {
			if _, ok := g[k]; !ok {
				return 0, at + ": no " + k
			}
			n, wrong := compare(at+"."+k, g[k], w[k])
			if facts += n; wrong != "" {
				return 0, wrong
			}
		}
		return facts, ""
	case list:
		g, ok := got.(list)
		if !ok || len(g) != len(w) {
			return 0, fmt.Sprintf("%s: %d entries, not %d", at, len(g), len(w))
		}
		for i := range w {
			n, wrong := compare(fmt.Sprintf("%s[%d]", at, i), g[i], w[i])
			if facts += n; wrong != "" {
				return 0, wrong
			}
		}
		return facts, ""
	}
	if got != want {
		return 0, fmt.Sprintf("%s: %v, not %v", at, got, want)
	}
	return 1, ""
}
