// Package verify re-checks the facts that an answer of parley rests on, with code that shares nothing with the search: that
// a frontier is complete, that fair picks are right, and that nobody can lose by a swap. It reads the table in a bundle alone.
// That the table is the question's, and all else that an answer says, is derived in verify/again (see doc/proof.md).
package verify

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"slices"

	"parley/verify/strict"
)

type (
	row []int64 // points by side, or changes by interest

	// thing is an option, or a rule with what it gives.
	thing struct {
		Points   row       // under the central weights
		Change   row       // from the status quo, with every part at its less favourable end
		Kind     string    // of a rule: together, requires, excludes, refuses or not-below
		Interest int       // that may not fall below the status quo
		When     []literal // a rule speaks about packages that have all of these
		Of       []literal // and demands some of these
		AtLeast  int64     `json:"at_least"`
	}
	literal struct {
		Issue   int
		Options []int
	}
	table struct {
		Side     []int // by interest
		Tier     []int // by interest: 3 vital, 2 important, 1 secondary, 0 none
		Issues   [][]thing
		Rules    []thing
		Baseline row
		Cap      row     // by side: what a package counts at most; empty where all of it counts
		links    [][]int // by rule: the issues that it depends on
	}
	// serves says of a package whom it serves: under every ranking nobody loses by it, and these gain.
	serves struct {
		Package []int `json:"package"`
		Gains   []int `json:"gains"`
	}
)

// Line says of one kind of fact how many there are, and whether they hold.
type Line struct {
	Kind  string
	Facts int
	Holds bool
}

// Facts re-checks the facts of a bundle. An error means that they cannot be read, or that a bound was reached.
func Facts(data []byte) (lines []Line, err error) {
	defer func() {
		if r := recover(); r != nil { // a number that points nowhere, or a bound
			err = strict.Failed("the facts cannot be checked", r)
		}
	}()
	var b struct {
		Format, SHA256                          string
		Question, Labels, Alike, Starts, Answer json.RawMessage
		Table                                   table
		Facts                                   map[string][]any
		Serve                                   []serves
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	d.UseNumber()
	if err := cmp.Or(strict.Check(data), d.Decode(&b)); err != nil {
		return nil, err
	}
	b.Table.link()
	facts := map[string]any{}
	if b.Facts != nil { // none of a frontier that is not complete
		facts = b.Table.facts()
	}
	for _, kind := range slices.Sorted(maps.Keys(facts)) {
		got, _ := json.Marshal(b.Facts[kind])
		want, _ := json.Marshal(facts[kind])
		lines = append(lines, Line{kind, len(b.Facts[kind]), bytes.Equal(got, want) && len(b.Facts) == len(facts)})
	}
	return append(lines, Line{"serve", len(b.Serve), !slices.ContainsFunc(b.Serve, func(x serves) bool { return !b.Table.serves(x) })}), nil
}

// has is 1 where a package has an option of each of the literals, else 0.
func has(choice []int, of ...literal) int64 {
	if slices.ContainsFunc(of, func(l literal) bool { return !slices.Contains(l.Options, choice[l.Issue]) }) {
		return 0
	}
	return 1
}

func (a row) covers(b row) bool {
	return slices.EqualFunc(a, b, func(x, y int64) bool { return x >= y })
}

func (a row) plus(b row, times int64) row {
	sum := slices.Clone(a)
	for s := range sum {
		sum[s] += b[s] * times
	}
	return sum
}

// change is the worst change of every interest from the status quo to a package.
func (t *table) change(choice []int) row {
	sum := make(row, len(t.Tier))
	for i, k := range choice {
		sum = sum.plus(t.Issues[i][k].Change, 1)
	}
	for _, u := range t.Rules {
		sum = sum.plus(u.Change, has(choice, u.When...)-has(make([]int, len(choice)), u.When...))
	}
	return sum
}

// breaks reports whether a package breaks a rule.
func (t *table) breaks(u thing, choice []int) bool {
	held := int64(0)
	for _, l := range u.Of {
		held += has(choice, l)
	}
	switch {
	case u.Kind == "together" || has(choice, u.When...) == 0:
		return false
	case u.Kind == "not-below":
		return t.change(choice)[u.Interest] < 0
	case !slices.Contains([]string{"requires", "excludes", "refuses"}, u.Kind):
		panic("a rule of a kind that is not known here: " + u.Kind)
	}
	return u.Kind == "refuses" || held < u.AtLeast
}

// link lists the issues that each rule depends on.
func (t *table) link() {
	for _, u := range t.Rules {
		on, literals := map[int]bool{}, slices.Concat(u.When, u.Of)
		for i, options := range t.Issues {
			on[i] = u.Kind == "not-below" && slices.ContainsFunc(options, func(o thing) bool { return o.Change[u.Interest] != 0 })
		}
		for _, v := range t.Rules {
			if u.Kind == "not-below" && v.Change[u.Interest] != 0 {
				literals = append(literals, v.When...)
			}
		}
		for _, l := range literals {
			on[l.Issue] = true
		}
		maps.DeleteFunc(on, func(_ int, is bool) bool { return !is })
		t.links = append(t.links, slices.Sorted(maps.Keys(on)))
	}
}
