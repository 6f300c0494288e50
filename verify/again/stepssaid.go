package again

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"
)

// integer is a whole number of a bundle.
func integer(v any) int64 {
	n, ok := v.(json.Number)
	out, err := strconv.ParseInt(string(n), 10, 64)
	must(ok && err == nil, fmt.Sprintf("%v is no whole number", v))
	return out
}

// number is a number of a bundle, which is a text where it is beyond 2^53.
func number(v any) any {
	if text, ok := v.(string); ok {
		return json.Number(text)
	}
	return v
}

// field is an entry of an object of a bundle.
func field(v any, name string) any {
	o, _ := v.(obj)
	return o[name]
}

// states reads the steps that a bundle claims as the states that they lead to; every move is made once. A step is a list
// of moves, or an object that has one.
func (c *course) states(claimed any, plain bool) []uint64 {
	steps, _ := claimed.(list)
	out := []uint64{0}
	for _, step := range steps {
		moves, at := step, out[len(out)-1]
		if !plain {
			moves = field(step, "moves")
		}
		listed, _ := moves.(list)
		for _, m := range listed {
			x := slices.IndexFunc(c.moves, func(i int) bool {
				l := c.labels.Issues[i]
				return field(m, "topic") == l.ID && field(m, "option") == l.Options[c.to[i]].ID
			})
			must(x >= 0 && at>>x&1 == 0, "a step makes a move of its package, once")
			at |= 1 << x
		}
		must(at != out[len(out)-1], "a step makes a move")
		out = append(out, at)
	}
	must(out[len(out)-1] == c.end(), "the steps make every move")
	return out
}

func (c *course) valid(states []uint64) bool {
	for k := range states[1:] {
		if !c.may(states[k], states[k+1]) {
			return false
		}
	}
	return true
}

func stepSizes(states []uint64) (out []int) {
	for k := 1; k < len(states); k++ {
		out = append(out, bits.OnesCount64(states[k]&^states[k-1]))
	}
	return out
}

// exactly re-checks that no order has smaller steps, where the bundle says so.
func (c *course) exactly(states []uint64, said, out obj) {
	var own sizes
	most := 1
	for _, n := range stepSizes(states) {
		own.add(n)
		most = max(most, n)
	}
	bound := int64(orderLooks)
	if c.sure {
		bound = sureLooks
	}
	out["exact"] = c.looks(most) <= bound || said["exact"] == true
	if out["exact"] == false {
		c.leave("roadmaps", "steps-not-claimed", c.which)
		return
	}
	found, known := c.smaller(own)
	must(!found, c.which+": there is an order with smaller steps")
	if !known {
		c.leave("roadmaps", "steps-too-many", c.which)
	}
}

// made lists the moves of a step as the file has them.
func (c *course) made(from, to uint64) (out []move) {
	for d := to &^ from; d != 0; d &= d - 1 {
		i := c.moves[bits.TrailingZeros64(d)]
		out = append(out, move{i, c.to[i]})
	}
	return c.inFile(out)
}

func (c *course) stepsSaid(states []uint64) list {
	out, start := list{}, c.place(0).values
	for k, s := range states[1:] {
		before, after := c.place(states[k]).values, c.place(s).values
		moves, soonest := list{}, 2
		for _, m := range c.made(states[k], s) {
			sides := c.ids(c.option(m).Movers)
			slices.Sort(sides)
			moves = append(moves, with(c.name(m), obj{"sides": sides}))
			soonest = min(soonest, c.waits(m))
		}
		gain, below := slices.Clone(after), make(row, c.Sides)
		for p := range gain {
			gain[p] -= before[p]
			below[p] = max(0, start[p]-after[p])
		}
		out = append(out, obj{
			"moves": moves, "simultaneous": len(moves) > 1, "horizon": []string{"immediate", "", "long"}[soonest],
			"certain": !c.exact() && c.never(c.between(c.choice(states[k]), c.choice(s))),
			"gain":    c.points(gain), "points": c.points(after), "below_start": c.points(below),
		})
	}
	return out
}

// narrow is what single moves would ask of the sides.
type narrow struct {
	said   obj
	side   int // -1 where nobody is ever below the start
	after  int
	short  int64
	bridge row
}

// narrowest re-checks the order of single moves, or of moves as few as the rules allow, that is claimed to leave the most
// exposed side least exposed.
func (c *course) narrowest(claimed obj) *narrow {
	states, most := c.states(claimed["steps"], true), 1
	for _, n := range stepSizes(states) {
		most = max(most, n)
	}
	out := &narrow{side: -1, bridge: make(row, c.Sides)}
	steps, start := list{}, c.place(0).values
	for k, s := range states[1:] {
		must(c.place(s).keeps, "every step keeps the rules")
		moves := list{}
		for _, m := range c.made(states[k], s) {
			moves = append(moves, c.name(m))
		}
		steps = append(steps, moves)
		for p, v := range c.place(s).values {
			short := start[p] - v
			out.bridge[p] = max(out.bridge[p], short)
			if short > 0 && (out.side < 0 || c.deeper(short, p, out.short, out.side)) {
				out.side, out.after, out.short = p, k+1, short
			}
		}
	}
	any := func(row) bool { return true }
	if reached, known := c.reaches(most-1, any); !known {
		c.leave("roadmaps", "single-too-many", c.which)
	} else {
		must(!reached, c.which+": the rules allow single steps that are smaller")
	}
	least, exact := out.short, c.looks(most) <= singleLooks || claimed["exact"] == true
	if !exact {
		least = integer(claimed["at_least"])
		must(least <= out.short, "what is proved is no more than what is found")
	}
	if reached, known := c.reaches(most, func(v row) bool { return c.above(v, least, max(0, out.side)) }); !known {
		c.leave("roadmaps", "single-too-many", c.which)
	} else {
		must(out.side < 0 || !reached, c.which+": there is an order of single steps that asks less")
	}
	id := ""
	if out.side >= 0 {
		id = c.labels.Sides[out.side].ID
	}
	out.said = obj{"steps": steps, "side": id, "after": out.after, "short": amount(out.short), "at_least": amount(least), "exact": exact, "bridge": c.points(out.bridge)}
	return out
}

// units make exposures of several sides comparable: all count on one scale, or, for points that were stated, by how far
// they range.
func (c *course) units() row {
	out := make(row, c.Sides)
	for p := range out {
		for _, options := range c.table.issues {
			compare := func(a, b row) int { return cmp.Compare(a[p], b[p]) }
			out[p] += slices.MaxFunc(options, compare)[p] - slices.MinFunc(options, compare)[p]
		}
		for k, u := range c.Rules {
			if v := c.table.joint[k]; u.Kind == "together" {
				out[p] += max(v[p], -v[p])
			}
		}
		if out[p] = max(1, out[p]); !c.exact() {
			out[p] = 1
		}
	}
	return out
}

// deeper compares how far two sides are below their start.
func (c *course) deeper(a int64, side int, b int64, other int) bool {
	unit := c.units()
	ahi, alo := bits.Mul64(uint64(max(0, a)), uint64(unit[other]))
	bhi, blo := bits.Mul64(uint64(max(0, b)), uint64(unit[side]))
	return cmp.Or(cmp.Compare(ahi, bhi), cmp.Compare(alo, blo)) > 0
}

// above reports whether no side is as far below its start as one that is short of so much.
func (c *course) above(v row, short int64, side int) bool {
	for p, now := range v {
		if !c.deeper(short, side, c.place(0).values[p]-now, p) {
			return false
		}
	}
	return true
}

func (c *course) says(lang string, out obj, states []uint64, narrow *narrow) []string {
	state := out["state"].(string)
	if state == "central" && c.exact() {
		state = "stated"
	}
	said := []string{c.say(lang, "roadmap.state."+state)}
	if len(c.free) > 0 {
		var topics []string
		for _, m := range c.free {
			topics = append(topics, c.say(lang, "deal.quoted", "Words", c.topic(lang, m)))
		}
		said = append(said, c.say(lang, "roadmap.free", "Topics", strings.Join(topics, ", ")))
	}
	for k := 1; k < len(states); k++ {
		moves, key := []string{}, "roadmap.step"
		for _, m := range c.made(states[k-1], states[k]) {
			if len(c.option(m).Movers) == 0 {
				moves = append(moves, c.say(lang, "roadmap.move.free", "Topic", c.topic(lang, m)))
			} else {
				moves = append(moves, c.moveSays(lang, []move{m})...)
			}
		}
		if len(moves) > 1 {
			key += ".together"
		}
		said = append(said, c.say(lang, key, "N", strconv.Itoa(k), "Moves", strings.Join(moves, " ")))
	}
	if narrow == nil {
		return said
	}
	return append(said, c.narrowSays(lang, narrow, states)...)
}

func (c *course) narrowSays(lang string, n *narrow, states []uint64) []string {
	if n.side < 0 {
		return []string{c.say(lang, "roadmap.narrow.nobody")}
	}
	out := []string{c.say(lang, "roadmap.narrow", "Side", c.sideName(lang, n.side), "Step", strconv.Itoa(n.after), "Much", c.distance(lang, n.side, n.short))}
	for _, p := range c.labels.ByName[lang] {
		if v := n.bridge[p]; v > 0 {
			out = append(out, c.say(lang, "roadmap.bridge", "Side", c.sideName(lang, p), "Much", c.distance(lang, p, v)))
		}
	}
	if states != nil { // some are made at the same moment
		out = append(out, c.say(lang, "roadmap.bridge.together"))
	}
	return out
}
