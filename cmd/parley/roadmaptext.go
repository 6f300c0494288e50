package main

import (
	"fmt"
	"slices"
	"strings"

	"parley/deal"
)

// roadmapText is the order of the steps of every swap and package, for people.
// At one's own desk all of it is printed, also what could make promises hard to
// keep.
func roadmapText(b *book, a *deal.Answer) string {
	r := &briefing{book: b, s: &sheet{}, a: a, options: map[deal.Choice]deal.OptionInfo{}}
	for _, i := range a.Issues {
		for _, o := range i.Options {
			r.options[deal.Choice{Topic: i.Topic, Option: o.Option}] = o
		}
	}
	r.s.gap()
	r.s.heading(r.w.T("roadmap.title"))
	r.s.say(0, r.w.T("roadmap.lead"))
	if len(a.Roadmaps) == 0 {
		r.s.gap()
		r.s.say(0, r.w.T("roadmap.nothing"))
	}
	for _, x := range a.Roadmaps {
		r.road(x)
	}
	return r.s.String()
}

func (r *briefing) road(x deal.Roadmap) {
	r.s.gap()
	name := r.w.T("deals.package", "N", x.Number)
	if x.Of == "swap" {
		name = r.w.T("deals.swap", "N", x.Number)
	}
	r.s.heading(name)
	for n, sentence := range x.Because[r.w.Lang] {
		if n == 1 {
			r.s.gap()
		}
		r.s.say(0, sentence)
	}
	if len(x.Steps) > 0 && !x.Exact {
		r.s.say(0, r.w.T("roadmap.inexact"))
	}
	if len(x.Steps) == 0 {
		return
	}
	r.s.gap()
	r.s.say(0, r.roadUnit("roadmap.table"))
	r.s.table(r.positions(x))
	for _, side := range r.sides {
		i := slices.IndexFunc(x.Promises, func(p deal.Promise) bool { return p.Side == string(side.ID) })
		if i >= 0 {
			r.promise(x.Promises[i])
		}
	}
}

// roadUnit is a sentence about figures, in the words for points where the table
// states points.
func (r *briefing) roadUnit(key string) string {
	if r.exact() {
		key += ".exact"
	}
	return r.w.T(key)
}

// positions is what each side has beyond its start after every step.
func (r *briefing) positions(x deal.Roadmap) grid {
	g := grid{indent: 2, head: []string{r.w.T("roadmap.table.step")}}
	for i, side := range r.sides {
		g.head = append(g.head, r.text(side.Name))
		g.right = append(g.right, i+1)
	}
	var points []deal.Points
	for _, step := range x.Steps {
		gains := deal.Points{}
		for id, v := range step.Points {
			gains[id] = v - x.Start[id]
		}
		points = append(points, gains)
	}
	for n, row := range r.gains(points) {
		g.rows = append(g.rows, append([]string{fmt.Sprint(n + 1)}, row...))
	}
	return g
}

// promise says what could make it hard for a side to keep its promise.
func (r *briefing) promise(p deal.Promise) {
	r.s.gap()
	r.s.say(0, r.w.T("roadmap.promises")+": "+r.side(p.Side))
	weak := []string{}
	for n, held := range p.Held {
		if !held {
			weak = append(weak, fmt.Sprint(n+1))
		}
	}
	r.s.say(2, r.w.T(p.Words(), "Hundredths", p.Hundredths()))
	if len(weak) > 0 {
		r.s.say(2, r.w.N("roadmap.weak", len(weak), "Steps", strings.Join(weak, ", ")))
	}
	g := grid{indent: 2, head: []string{r.w.T("roadmap.table.step"), r.w.T("roadmap.keeps")}}
	for n, v := range p.Temptation {
		words := r.w.T("roadmap.keeps.nothing")
		if v > 0 {
			words = deal.Distance(r.w, v, r.a.Question.Scale[p.Side], r.exact())
		}
		g.rows = append(g.rows, []string{fmt.Sprint(n + 1), words})
	}
	r.s.table(g)
}
