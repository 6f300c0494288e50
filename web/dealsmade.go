package web

import (
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strings"

	"parley/deal"
	"parley/i18n"
)

// making is how an answer came about and how anybody gets it again.
type making struct {
	File        string // the name of the dialogue's file
	Command     command
	Proof       []command // the commands that re-check the answer
	Fingerprint string
	Engine      string
	Facts       []fact
	Roles       []fact
	Changes     []string // what depends on how interests are counted
}

// command is what anybody can type to get the same.
type command string

// HTML keeps each word of the command whole where a line ends, so that no option
// is torn from its hyphens.
func (c command) HTML() template.HTML {
	var words []string
	for _, w := range strings.Fields(string(c)) {
		words = append(words, "<span>"+template.HTMLEscapeString(w)+"</span>")
	}
	return template.HTML(strings.Join(words, " "))
}

// fact is a name and what stands under it.
type fact struct{ Name, Words string }

func (v *dealsView) howMade() making {
	q := v.a.Question
	x := making{File: string(v.m.Dialogue.ID) + ".yaml", Fingerprint: q.SHA256, Engine: q.Engine}
	x.Command = command(fmt.Sprintf("parley deals %s --seed %d --samples %d --stakes %s", x.File, q.Seed, q.Samples, q.Stakes))
	if q.Baseline != string(deal.Disagreement) {
		x.Command += command(" --baseline " + q.Baseline)
	}
	x.Proof = []command{x.Command + " --proof bundle.json", "parley verify bundle.json"}
	x.Facts = []fact{
		{v.T("deals.made.size"), v.N("deals.made.issues", v.a.Space.Issues, "Packages", v.words.BigNumber(v.a.Space.Packages))},
		{v.T("deals.made.samples"), v.words.Number(q.Samples)},
		{v.T("deals.made.dots"), v.words.Number(len(v.a.Frontier))},
		{v.T("deals.made.seed"), fmt.Sprint(q.Seed)},
		{v.T("deals.made.stakes"), v.T("deals.stakes." + q.Stakes)},
		{v.T("deals.made.baseline"), v.baseWords()},
	}
	if v.Exact {
		// A table of points knows no rankings, no parts and no way of counting.
		x.Facts = slices.Delete(x.Facts, 4, 5)
		x.Facts = slices.Delete(x.Facts, 1, 2)
		return x
	}
	known := []string{"none", "minor", "medium", "important", "key", "unknown"}
	words := slices.Sorted(maps.Keys(q.Roles))
	slices.SortStableFunc(words, func(a, b string) int { return slices.Index(known, a) - slices.Index(known, b) })
	for _, w := range words {
		x.Roles = append(x.Roles, fact{v.role(w), q.Roles[w]})
	}
	for _, c := range v.a.ChangesWithStakes {
		x.Changes = append(x.Changes, v.stakesChange(c))
	}
	return x
}

// stakesChange says what holds under one way of counting alone.
func (v *dealsView) stakesChange(c deal.StakesChange) string {
	what := ""
	if len(c.Moves) > 0 {
		var moves []string
		for _, m := range c.Moves {
			moves = append(moves, v.T("deals.change.move", "Side", v.side(m.Side).Name.Words, "Matter", v.topic(m.Topic).Title.Words))
		}
		what = strings.Join(moves, "; ")
	} else {
		what = v.topic(c.Topic).Title.Words
		if o, ok := v.options[deal.Choice{Topic: c.Topic, Option: c.Option}]; ok && len(o.Movers) > 0 {
			what = v.T("deals.change.move", "Side", i18n.List(v.sideNames(o.Movers)), "Matter", what)
		}
	}
	return v.T("deals.change."+c.Kind+"."+c.Stakes, "What", what)
}

func (v *dealsView) sideNames(ids []string) []string {
	var out []string
	for _, s := range v.seated(ids) {
		out = append(out, s.Name.Words)
	}
	return out
}
