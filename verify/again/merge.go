package again

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"sync"

	"parley/verify/strict"
)

// merge finds every unbeaten vector of the table that reaches the floor (nil: none) and whose weighted sum
// can reach least, with its first package and how many reach it: issue by issue, because what is beaten so far
// stays beaten whatever is added, among choices that the rules cannot tell apart any more. Floats only leave out what lies outside by more than all rounding.
func (t table) merge(floor row, w []float64, least float64) []point {
	m := mergers.Get().(*merger)
	defer mergers.Put(m)
	m.table, m.floor, m.w, m.least, m.left = t, floor, w, least, cmp.Or(t.bound, budget)
	m.look()
	kept, next := &m.layers[0], &m.layers[1]
	kept.sides, next.sides = t.Sides, t.Sides
	kept.clear(0, nil)
	kept.add(make(row, t.Sides), nil, big.NewInt(1))
	for i := range t.issues {
		next.clear(i+1, t.atWork[i])
		m.longer(kept, next)
		kept.clear(i+1, nil)
		m.unbeaten(next, kept)
	}
	return kept.points()
}

// merger is one search for unbeaten vectors.
type merger struct {
	table
	floor  row
	w      []float64
	least  float64
	most   row       // by issue and side: what it and those after it can add at most
	top    []float64 // by issue: the same of the weighted sum
	left   int       // comparisons until it is too much
	layers [2]layer
	order  []int // what is compared
	best   []int // what nothing beats so far; what beat something last stands first
}

// mergers are kept for the next search, because there are millions of short ones.
var mergers = sync.Pool{New: func() any { return &merger{} }}

// more is what an issue and those after it can add.
func (m *merger) more(issue int) row { return m.most[issue*m.Sides : (issue+1)*m.Sides] }

// look finds what every issue and those after it can add.
func (m *merger) look() {
	last, slack := len(m.issues), 1e-9*max(1, m.least, -m.least)
	m.most, m.top = slices.Grow(m.most[:0], (last+1)*m.Sides)[:(last+1)*m.Sides], slices.Grow(m.top[:0], last+1)[:last+1]
	clear(m.more(last))
	m.top[last] = 0
	for i := last - 1; i >= 0; i-- {
		most, best := m.more(i), m.issues[i][0].weigh(m.w)
		copy(most, m.issues[i][0])
		for _, o := range m.issues[i][1:] {
			for s, v := range o {
				most[s] = max(most[s], v)
			}
			best = max(best, o.weigh(m.w))
		}
		for _, k := range m.settled[i] { // what is given at the end of a rule's issues can be added before it
			if m.Rules[k].Kind == "together" {
				for s, v := range m.joint[k] {
					most[s] += max(0, v)
				}
				best += max(0, m.joint[k].weigh(m.w))
			}
		}
		most.add(m.more(i + 1))
		m.top[i] = m.top[i+1] + best
		slack += 1e-9 * max(best, -best)
	}
	m.least -= slack
}

// layer holds beginnings of packages that decide as many issues, end to end: a search makes millions of them.
type layer struct {
	sides, made int
	v           row        // by beginning and side
	choice      []int      // by beginning and issue decided
	n           []*big.Int // by beginning: how many packages it stands for
	known       []int      // the issues that rules still at work know of
}

// clear makes room for beginnings that decide so many issues.
func (l *layer) clear(made int, known []int) {
	l.made, l.known, l.v, l.choice, l.n = made, known, l.v[:0], l.choice[:0], l.n[:0]
}

func (l *layer) value(x int) row    { return l.v[x*l.sides : (x+1)*l.sides] }
func (l *layer) chosen(x int) []int { return l.choice[x*l.made : (x+1)*l.made] }
func (l *layer) same(x, y int) bool { return l.compareKnown(x, y) == 0 }
func (l *layer) compare(x, y int) int {
	return cmp.Or(slices.Compare(l.value(y), l.value(x)), l.compareKnown(x, y), slices.Compare(l.chosen(x), l.chosen(y)))
}

// compareKnown compares what rules still at work know of two beginnings.
func (l *layer) compareKnown(x, y int) int {
	a, b := l.chosen(x), l.chosen(y)
	for _, i := range l.known {
		if a[i] != b[i] {
			return a[i] - b[i]
		}
	}
	return 0
}

func (l *layer) add(v row, choice []int, n *big.Int) {
	l.v, l.choice, l.n = append(l.v, v...), append(l.choice, choice...), append(l.n, n)
}

func (l *layer) points() (out []point) {
	for x, n := range l.n {
		out = append(out, point{slices.Clone(l.value(x)), slices.Clone(l.chosen(x)), n})
	}
	return out
}

// longer decides one more issue in every way that may come to something.
func (m *merger) longer(kept, next *layer) {
	i := kept.made
	v, choice, more := make(row, m.Sides), make([]int, i+1), m.more(i+1)
	for x, n := range kept.n {
		copy(choice, kept.chosen(x))
		from := kept.value(x)
		for k, o := range m.issues[i] {
			choice[i] = k
			for s := range v {
				v[s] = from[s] + o[s]
			}
			if m.settle(v, choice) && !m.below(v, more) && v.weigh(m.w)+m.top[i+1] >= m.least && (m.near == nil || !m.near(v, more)) {
				next.add(v, choice, n)
			}
		}
	}
}

// below reports whether some side cannot reach the floor any more.
func (m *merger) below(v, more row) bool {
	for s, least := range m.floor {
		if v[s]+more[s] < least {
			return true
		}
	}
	return false
}

// unbeaten keeps what no other beginning beats that the rules cannot tell apart any more, and counts equal ones together.
func (m *merger) unbeaten(next, kept *layer) {
	m.order, m.best = m.order[:0], m.best[:0]
	for x := range next.n {
		m.order = append(m.order, x)
	}
	slices.SortFunc(m.order, next.compare)
	last := -1
	for _, x := range m.order {
		if last >= 0 && slices.Equal(next.value(last), next.value(x)) && next.same(last, x) {
			at := len(kept.n) - 1
			kept.n[at] = new(big.Int).Add(kept.n[at], next.n[x])
			continue
		}
		at := slices.IndexFunc(m.best, func(y int) bool { return next.value(y).covers(next.value(x)) && next.same(x, y) })
		if at < 0 {
			m.left -= len(m.best)
			m.best, last = append(m.best, x), x
			kept.add(next.value(x), next.chosen(x), next.n[x])
		} else {
			m.left -= at + 1
			y := m.best[at]
			copy(m.best[1:at+1], m.best[:at])
			m.best[0] = y
		}
		if m.left < 0 {
			panic(strict.TooMuch(fmt.Sprintf("not re-checked within %d steps", cmp.Or(m.bound, budget))))
		}
	}
}
