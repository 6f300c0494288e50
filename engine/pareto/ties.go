package pareto

import "slices"

// ties follow the terms and rules that reach beyond a knot while packages are
// put together and taken apart: each is decided as soon as it can be. What a
// package gives is kept from above, a term that may still hold counted with all
// that it gives and nothing of what it takes.
type ties struct {
	sides  int
	terms  []int // by term followed here: its number in the space
	gives  []int64
	all    []conjunction
	pacts  []pact
	events []event // of the combinations of the knots
	at     []int   // by combination, and the end
	most   []int64 // by pact and knot: the largest amount of its sum

	missing []int32   // by conjunction: literals not decided yet
	failed  []int32   // by conjunction: literals that do not hold
	held    []int32   // by pact: literals of its list that hold
	open    []int32   // by pact: those not decided yet
	reach   []int64   // by pact: the most that its sum can come to
	gain    []float64 // by term: its weighted sum
	share   []float64 // by term: what each of its literals is credited with
}

// conjunction is what a term, a rule or a part of a sum speaks about.
type conjunction struct {
	kind  kind
	owner int32 // the term, else the pact
	size  int32
	value int64 // of a part
}

// pact is a rule that reaches beyond a knot.
type pact struct {
	when    int32 // its conjunction
	listed  int32
	atLeast int32
	sums    bool
	rest    int64 // the most that its sum can come to before anything is decided
	least   int64
}

// event is what a combination decides about one literal, or about a sum.
type event struct {
	kind   kind
	holds  bool
	of     int32 // the conjunction; of a list or a sum the pact
	pact   int32 // to be looked at afterwards, -1 for none
	amount int64 // of a sum: by how much less than the most it adds
}

type kind uint8

const (
	aTerm kind = iota // a literal of a term
	aWhen             // a literal of those under which a rule speaks
	aPart             // a literal of a conjunction that a sum counts
	aList             // a literal of those of which a rule demands some
	aSum              // an issue that a sum counts
)

// read finds what reaches beyond the knots.
func (t *ties) read(s Space, k *knots) {
	t.sides = s.Sides
	t.terms, t.all, t.pacts = t.terms[:0], t.all[:0], t.pacts[:0]
	for h, term := range s.Terms {
		if !k.insider[h] {
			t.join(aTerm, len(t.terms), term.All, 0)
			t.terms = append(t.terms, h)
		}
	}
	for n, r := range s.Rules {
		if !k.insider[len(s.Terms)+n] {
			t.bind(s, k, r)
		}
	}
	t.events, t.at = t.events[:0], append(t.at[:0], 0)
	for knot := range k.len() {
		for c := k.first[knot]; c < k.first[knot+1]; c++ {
			for j, o := range k.part(knot, c) {
				k.choice[k.members(knot)[j]] = int(o)
			}
			t.describe(s, k, knot)
			t.at = append(t.at, len(t.events))
		}
	}
	t.missing, t.failed = grow(t.missing, len(t.all)), grow(t.failed, len(t.all))
	t.held, t.open, t.reach = grow(t.held, len(t.pacts)), grow(t.open, len(t.pacts)), grow(t.reach, len(t.pacts))
	t.gain, t.share = grow(t.gain, len(t.terms)), grow(t.share, len(t.terms))
}

func (t *ties) join(what kind, owner int, all []Literal, value int64) {
	t.all = append(t.all, conjunction{what, int32(owner), int32(len(all)), value})
}

func (t *ties) bind(s Space, k *knots, r Rule) {
	number := len(t.pacts)
	b := pact{when: int32(len(t.all)), listed: int32(len(r.Of)), atLeast: int32(min(r.AtLeast, len(r.Of)+1))}
	t.join(aWhen, number, r.When, 0)
	if r.Sum == nil {
		t.pacts = append(t.pacts, b)
		return
	}
	b.sums, b.least, b.listed = true, r.Sum.Least, 0
	for knot := range k.len() {
		for len(t.most) <= number*k.len()+knot {
			t.most = append(t.most, 0)
		}
		most := int64(-1 << 63)
		for c := k.first[knot]; c < k.first[knot+1]; c++ {
			most = max(most, amountOf(r.Sum, k, knot, c))
		}
		if k.first[knot] == k.first[knot+1] {
			most = 0
		}
		t.most[number*k.len()+knot] = most
		b.rest += most
	}
	for _, part := range r.Sum.Terms {
		t.join(aPart, number, part.All, part.Value)
		if len(part.All) == 0 {
			b.rest += part.Value
		} else {
			b.rest += max(0, part.Value)
		}
	}
	t.pacts = append(t.pacts, b)
}

func amountOf(sum *Sum, k *knots, knot, combination int) int64 {
	var amount int64
	for j, o := range k.part(knot, combination) {
		if amounts := sum.Amounts[k.members(knot)[j]]; amounts != nil {
			amount += amounts[o]
		}
	}
	return amount
}

// describe appends what the combination in k.choice decides. All combinations
// of a knot decide the same in the same order.
func (t *ties) describe(s Space, k *knots, knot int) {
	for n, h := range t.terms {
		t.literals(k, knot, s.Terms[h].All, event{kind: aTerm, of: int32(n), pact: -1})
	}
	of, number := len(t.terms), 0
	for n, r := range s.Rules {
		if k.insider[len(s.Terms)+n] {
			continue
		}
		e := event{pact: int32(number)}
		e.kind, e.of = aWhen, int32(of)
		t.literals(k, knot, r.When, e)
		of++
		if r.Sum == nil {
			e.kind, e.of = aList, int32(number)
			t.literals(k, knot, r.Of, e)
		} else {
			t.amounts(k, knot, r.Sum, number)
			for _, part := range r.Sum.Terms {
				e.kind, e.of = aPart, int32(of)
				t.literals(k, knot, part.All, e)
				of++
			}
		}
		number++
	}
}

func (t *ties) literals(k *knots, knot int, all []Literal, e event) {
	for _, l := range all {
		if k.number[l.Issue] == knot {
			e.holds = l.Holds(k.choice)
			t.events = append(t.events, e)
		}
	}
}

func (t *ties) amounts(k *knots, knot int, sum *Sum, number int) {
	amount, counts := int64(0), false
	for _, i := range k.members(knot) {
		if sum.Amounts[i] != nil {
			amount += sum.Amounts[i][k.choice[i]]
			counts = true
		}
	}
	if counts {
		less := amount - t.most[number*k.len()+knot]
		t.events = append(t.events, event{kind: aSum, of: int32(number), pact: int32(number), amount: less})
	}
}

// revalue takes over what the terms give.
func (t *ties) revalue(s Space) {
	t.gives = t.gives[:0]
	for _, h := range t.terms {
		t.gives = append(t.gives, s.Terms[h].Values...)
	}
}

func (t *ties) any() bool { return len(t.all) > 0 }

func (t *ties) of(combination int) []event { return t.events[t.at[combination]:t.at[combination+1]] }

// term is what term h gives each side.
func (t *ties) term(h int32) []int64 { return t.gives[int(h)*t.sides : (int(h)+1)*t.sides] }

// replaces reports whether one combination of a knot does for every rule what
// another does, and the same for every conjunction with a value.
func (t *ties) replaces(one, other int) bool {
	a, b := t.of(one), t.of(other)
	for n, e := range a {
		o := b[n]
		switch e.kind {
		case aWhen:
			if e.holds && !o.holds {
				return false
			}
		case aList:
			if o.holds && !e.holds {
				return false
			}
		case aSum:
			if e.amount < o.amount {
				return false
			}
		default:
			if e.holds != o.holds {
				return false
			}
		}
	}
	return true
}

// begin forgets every decision, writes to values what the terms may give at
// most, and reports whether a rule is broken before anything is decided.
func (t *ties) begin(values []int64) (broken bool) {
	clear(values)
	clear(t.failed)
	clear(t.held)
	for c, conj := range t.all {
		t.missing[c] = conj.size
		if conj.kind == aTerm {
			for p, v := range t.term(conj.owner) {
				if conj.size > 0 {
					v = max(0, v)
				}
				values[p] += v
			}
		}
	}
	for n, b := range t.pacts {
		t.open[n], t.reach[n] = b.listed, b.rest
	}
	return slices.ContainsFunc(t.pacts, func(b pact) bool { return !t.keeps(b) })
}

// keeps reports whether a rule is not broken yet, whatever is still open.
func (t *ties) keeps(b pact) bool {
	if t.missing[b.when] > 0 || t.failed[b.when] > 0 {
		return true
	}
	n := t.all[b.when].owner
	if b.sums {
		return t.reach[n] >= b.least
	}
	return t.held[n]+t.open[n] >= b.atLeast
}

// decide takes the decisions of a combination, lowers values to what is then
// still in reach, and returns the weighted loss and whether no rule is broken.
// Undo takes them back whether or not one is.
func (t *ties) decide(events []event, values []int64) (lost float64, keeps bool) {
	for _, e := range events {
		switch e.kind {
		case aList:
			t.open[e.of]--
			if e.holds {
				t.held[e.of]++
			}
		case aSum:
			t.reach[e.of] += e.amount
		default:
			lost += t.meet(e, values)
		}
	}
	for _, e := range events {
		if e.pact >= 0 && !t.keeps(t.pacts[e.pact]) {
			return lost, false
		}
	}
	return lost, true
}

// meet decides one literal of a conjunction.
func (t *ties) meet(e event, values []int64) (lost float64) {
	c := &t.all[e.of]
	t.missing[e.of]--
	switch {
	case e.holds && t.failed[e.of] > 0: // credited in vain
		if c.kind == aTerm {
			return t.share[c.owner]
		}
	case e.holds && t.missing[e.of] == 0:
		switch c.kind {
		case aPart:
			t.reach[c.owner] += min(0, c.value)
		case aTerm:
			for p, v := range t.term(c.owner) {
				values[p] += min(0, v)
			}
			return max(0, -t.gain[c.owner])
		}
	case e.holds:
	default:
		if t.failed[e.of]++; t.failed[e.of] > 1 {
			return 0
		}
		switch c.kind {
		case aPart:
			t.reach[c.owner] -= max(0, c.value)
		case aTerm:
			for p, v := range t.term(c.owner) {
				values[p] -= max(0, v)
			}
			return float64(t.share[c.owner] * float64(c.size-t.missing[e.of]-1))
		}
	}
	return 0
}

func (t *ties) undo(events []event) {
	for n := len(events) - 1; n >= 0; n-- {
		e := events[n]
		switch e.kind {
		case aList:
			t.open[e.of]++
			if e.holds {
				t.held[e.of]--
			}
		case aSum:
			t.reach[e.of] -= e.amount
		default:
			t.part(e)
		}
	}
}

// part takes back what meet did.
func (t *ties) part(e event) {
	c := &t.all[e.of]
	if e.holds {
		if c.kind == aPart && t.failed[e.of] == 0 && t.missing[e.of] == 0 {
			t.reach[c.owner] -= min(0, c.value)
		}
	} else {
		if t.failed[e.of]--; t.failed[e.of] == 0 && c.kind == aPart {
			t.reach[c.owner] += max(0, c.value)
		}
	}
	t.missing[e.of]++
}

// weigh computes what each term weighs. A term that weighs more than nothing is
// divided over its literals: a package in which all hold gets it whole, one in
// which some hold gets more than it should, which is lost when one fails. It
// returns the weight of the terms that always hold.
func (t *ties) weigh(weights []float64) (always float64) {
	for h := range t.terms {
		sum := 0.0
		for p, v := range t.term(int32(h)) {
			sum += float64(weights[p] * float64(v))
		}
		t.gain[h], t.share[h] = sum, 0
		switch size := t.all[h].size; {
		case size == 0:
			always += sum
		case sum > 0:
			t.share[h] = sum / float64(size)
		}
	}
	return always
}

// credit is the part of the terms that a combination is credited with.
func (t *ties) credit(combination int) float64 {
	sum := 0.0
	for _, e := range t.of(combination) {
		if e.kind == aTerm && e.holds {
			sum += t.share[e.of]
		}
	}
	return sum
}
