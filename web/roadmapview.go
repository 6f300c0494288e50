package web

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"parley/chart"
	"parley/deal"
)

// roadView is a roadmap as readers of one language see it.
type roadView struct {
	*dealsView
	Name     string
	State    string
	Inexact  bool
	None     bool // there are no steps to show
	Free     []matter
	Steps    []roadStep
	Picture  template.HTML
	Rows     []roadRow // the table under the picture
	Narrow   *narrowView
	Promises []promiseView
}

type roadStep struct {
	N       int
	When    string
	Certain bool
	Turns   []roadTurn
	After   []roadAfter
}

// roadTurn is what one side does, or what nobody pays for.
type roadTurn struct {
	Side  *Side
	Words template.HTML
}

// roadAfter is where a side stands after a step.
type roadAfter struct {
	Side  Side
	Kind  string // "better", "same", "worse" or "below"
	Words string
}

type roadRow struct {
	Step  string
	Cells []string
}

// narrowView is what single moves would ask of the sides.
type narrowView struct {
	Words  string
	Bridge []roadTurn
	Or     string
	Proved string
	Steps  [][]roadTurn
}

// promiseView is what could make it hard for one side to keep its promise.
type promiseView struct {
	Side     Side
	Patience string
	Rows     []promiseRow
}

type promiseRow struct {
	Step, Keeps, Held string
	Weak              bool
}

func (v *dealsView) road(r deal.Roadmap) *roadView {
	x := &roadView{
		dealsView: v, Name: v.roadName(r.Of, r.Number), State: v.T("roadmap.state." + v.roadState(r.State)),
		Inexact: len(r.Steps) > 0 && !r.Exact, None: len(r.Steps) == 0,
	}
	for _, c := range r.Free {
		x.Free = append(x.Free, v.topic(c.Topic))
	}
	for n, s := range r.Steps {
		step := roadStep{N: n + 1, Certain: s.Certain && r.State != "certain"}
		if s.Simultaneous {
			step.When = v.T("roadmap.together")
		}
		if s.Horizon != "" {
			step.When = strings.TrimPrefix(step.When+" · "+v.T("roadmap.horizon."+s.Horizon), " · ")
		}
		for _, m := range s.Moves {
			step.Turns = append(step.Turns, v.roadTurns(m)...)
		}
		v.seat(step.Turns)
		step.After = v.after(s)
		x.Steps = append(x.Steps, step)
	}
	if len(r.Steps) > 0 {
		x.Picture, x.Rows = v.stairs(r), v.roadRows(r)
	}
	x.Narrow = v.narrow(r)
	for _, side := range v.m.sides {
		for _, p := range r.Promises {
			if p.Side == string(side.ID) {
				x.Promises = append(x.Promises, v.promise(side, p))
			}
		}
	}
	return x
}

func (v *dealsView) roadState(state string) string {
	if state == "central" && v.Exact {
		return "stated"
	}
	return state
}

// roadTurns are the lines of one option: one for each side that moves.
func (v *dealsView) roadTurns(m deal.RoadmapMove) []roadTurn {
	x := v.topic(m.Topic)
	if len(m.Sides) == 0 {
		return []roadTurn{{Words: v.H("roadmap.turn.free", "Matter", x.HTML())}}
	}
	var out []roadTurn
	for _, side := range v.seated(m.Sides) {
		out = append(out, roadTurn{&side, v.moveWords(deal.Move{Topic: m.Topic, Option: m.Option, Side: string(side.ID)}, x)})
	}
	return out
}

// seat puts what is done at the same moment in the order of the columns: nobody
// comes first by chance.
func (v *dealsView) seat(turns []roadTurn) {
	at := func(t roadTurn) int {
		if t.Side == nil {
			return len(v.m.sides)
		}
		return slices.IndexFunc(v.m.sides, t.Side.is)
	}
	slices.SortStableFunc(turns, func(a, b roadTurn) int { return at(a) - at(b) })
}

// after says where each side stands.
func (v *dealsView) after(s deal.RoadmapStep) []roadAfter {
	var out []roadAfter
	for _, side := range v.m.sides {
		id := string(side.ID)
		kind := "same"
		switch {
		case s.Below[id] > 0:
			kind = "below"
		case s.Gain[id] > 0:
			kind = "better"
		case s.Gain[id] < 0:
			kind = "worse"
		}
		out = append(out, roadAfter{side, kind, v.T("roadmap.after."+kind, "Much", v.distance(id, s.Below[id]))})
	}
	return out
}

// distance is how far apart two positions of a side are, in words.
func (v *dealsView) distance(side string, points int64) string {
	return deal.Distance(v.words, points, v.a.Question.Scale[side], v.Exact)
}

// stairs draws where each side stands after every step.
func (v *dealsView) stairs(r deal.Roadmap) template.HTML {
	s := chart.Stairs{
		Caption: v.caption("stairs", v.T("roadmap.picture.title"), v.T("roadmap.picture.desc")),
		Start:   v.T("roadmap.picture.start"), Axis: v.T("roadmap.picture.axis"),
	}
	for _, side := range v.m.sides {
		id := string(side.ID)
		t := chart.Track{Name: side.Name.Words, Letter: side.Mark.Letter, Shape: side.Mark.Shape, Base: side.Mark.Base, Values: []int64{0}, Words: []string{""}}
		for _, step := range r.Steps {
			t.Values = append(t.Values, step.Points[id]-r.Start[id])
			t.Words = append(t.Words, v.gained(r, step, id))
		}
		s.Tracks = append(s.Tracks, t)
	}
	return s.HTML()
}

// gained is what a side has beyond its start after a step, with a sign.
func (v *dealsView) gained(r deal.Roadmap, step deal.RoadmapStep, side string) string {
	gains := make([]int64, len(v.m.sides))
	at := 0
	for i, s := range v.m.sides {
		gains[i] = step.Points[string(s.ID)] - r.Start[string(s.ID)]
		if string(s.ID) == side {
			at = i
		}
	}
	words := v.scene().words(gains)[at]
	if gains[at] > 0 {
		words = "+" + words
	}
	return words
}

func (v *dealsView) roadRows(r deal.Roadmap) []roadRow {
	row := roadRow{Step: v.T("roadmap.table.start")}
	for range v.m.sides {
		row.Cells = append(row.Cells, "0")
	}
	out := []roadRow{row}
	for n, step := range r.Steps {
		row := roadRow{Step: fmt.Sprint(n + 1)}
		for _, s := range v.m.sides {
			row.Cells = append(row.Cells, v.gained(r, step, string(s.ID)))
		}
		out = append(out, row)
	}
	return out
}

// narrow says what single moves would ask of the sides; nil where every step is
// one.
func (v *dealsView) narrow(r deal.Roadmap) *narrowView {
	one := r.OneByOne
	if one == nil {
		return nil
	}
	x := &narrowView{Words: v.T("roadmap.narrow.nobody")}
	if one.Side != "" {
		x.Words = v.T("roadmap.narrow", "Side", v.side(one.Side).Name.Words, "Step", one.After, "Much", v.distance(one.Side, int64(one.Short)))
		if !one.Exact {
			x.Proved = v.T("roadmap.narrow.proved", "Much", v.distance(one.Side, int64(one.AtLeast)))
		}
		for _, side := range v.m.sides {
			if most := one.Bridge[string(side.ID)]; most > 0 {
				x.Bridge = append(x.Bridge, roadTurn{&side, v.H("roadmap.bridge.side", "Much", v.distance(string(side.ID), most))})
			}
		}
		if r.Simultaneous() > 0 {
			x.Or = v.T("roadmap.bridge.together")
		}
	}
	for _, moves := range one.Steps {
		var turns []roadTurn
		for _, c := range moves {
			turns = append(turns, v.roadTurns(deal.RoadmapMove{Topic: c.Topic, Option: c.Option, Sides: v.options[c].Movers})...)
		}
		x.Steps = append(x.Steps, turns)
	}
	return x
}

func (v *dealsView) promise(side Side, p deal.Promise) promiseView {
	x := promiseView{Side: side, Patience: v.T(p.Words(), "Hundredths", p.Hundredths())}
	for n, keeps := range p.Temptation {
		row := promiseRow{Step: fmt.Sprint(n + 1), Keeps: v.T("roadmap.keeps.nothing"), Held: v.T("roadmap.held"), Weak: !p.Held[n]}
		if keeps > 0 {
			row.Keeps = v.distance(p.Side, keeps)
		}
		if row.Weak {
			row.Held = v.T("roadmap.not-held")
		}
		x.Rows = append(x.Rows, row)
	}
	return x
}
