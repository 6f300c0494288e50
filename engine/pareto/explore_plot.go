package pareto

import "math"

// plot is a node of a hunt: what is taken, what is still open, and a bound of what
// the open wishes add to the weighted sum. At most one wish of a clique is taken;
// a price for each clique, charged to every wish in it, gives the bound: the prices
// of all cliques and whatever wishes are worth beyond what they are charged. That
// holds for any prices, and for the best of them is the optimum of the linear
// relaxation (Held, Wolfe and Crowder 1974).
type plot struct {
	values  []int64  // the base and what is taken
	allowed []uint64 // per issue
	open    set
	members []int32 // of the cliques, one after another, those open
	first   []int32 // per clique; one more at the end
	price   []int64
	rest    []int64 // per open wish: its worth less what it is charged
	turn    []int64 // per clique: where its price was last moved
	kept    []int64 // the prices of the lowest bound met
}

func newPlot(s *wishes) *plot {
	return &plot{values: make([]int64, s.wide), allowed: make([]uint64, len(s.issues)),
		open: newSet(len(s.list)), rest: make([]int64, len(s.list))}
}

// inherit takes over cliques and prices, as far as they are about what is open.
func (p *plot) inherit(from *plot, worth []int64) {
	for k := p.open.next(0); k >= 0; k = p.open.next(k + 1) {
		p.rest[k] = worth[k]
	}
	members, first, price := p.members[:0], append(p.first[:0], 0), p.price[:0]
	begin := int32(0)
	for k, charge := range from.price {
		end := from.first[k+1]
		for _, v := range from.members[begin:end] {
			if p.open.has(int(v)) {
				members = append(members, v)
			}
		}
		begin = end // read before it is written over, where from is p
		if from := first[len(first)-1]; len(members) < int(from)+2 {
			members = members[:from]
			continue
		}
		first, price = append(first, int32(len(members))), append(price, charge)
	}
	p.members, p.first, p.price = members, first, price
	for k, charge := range p.price {
		p.charge(k, charge)
	}
}

func (p *plot) clique(k int) []int32 { return p.members[p.first[k]:p.first[k+1]] }

func (p *plot) charge(k int, more int64) {
	for _, v := range p.clique(k) {
		p.rest[v] -= more
	}
}

func (p *plot) bound() (sum int64) {
	for _, v := range p.price {
		sum += v
	}
	for k := p.open.next(0); k >= 0; k = p.open.next(k + 1) {
		sum += max(0, p.rest[k])
	}
	return sum
}

// even moves every price once to where the bound is least while the others stay.
func (p *plot) even() {
	for k := range p.price {
		first, second := int64(math.MinInt64), int64(math.MinInt64)
		for _, v := range p.clique(k) {
			first, second = max(first, p.rest[v]), max(second, min(first, p.rest[v]))
		}
		more := max(0, second)
		if first < 0 {
			more = max(first, -p.price[k])
		}
		if more != 0 {
			p.price[k] += more
			p.charge(k, more)
		}
	}
}

// Steps of improve: how often in a row the bound may fail to fall before they get
// shorter, and how short they may get; and what bounds a price.
const (
	patience   = 12
	wholeStep  = 64
	mostCharge = 1 << 38
)

// improve lowers the bound by steps of a subgradient method until it is below what
// is wanted, and returns it.
func (p *plot) improve(wanted int64, steps int) int64 {
	p.even()
	least := p.bound()
	if least < wanted || len(p.price) == 0 {
		return least
	}
	p.kept = append(p.kept[:0], p.price...)
	p.turn = append(p.turn[:0], p.price...)
	clear(p.turn)
	aim := wanted - wanted/1000
	for now, length, failed := least, int64(wholeStep), 0; steps > 0 && length > 0; steps-- {
		if !p.step((now - aim) * length) {
			break
		}
		now = p.bound()
		if failed++; now < least {
			if least-now > least/5000 {
				failed = 0
			}
			least = now
			copy(p.kept, p.price)
		}
		if least < wanted {
			break
		}
		if failed > patience {
			failed, length = 0, length*3/4
		}
	}
	for k, price := range p.kept {
		p.charge(k, price-p.price[k])
		p.price[k] = price
	}
	p.even()
	return p.bound()
}

// step raises the price of cliques of which more than one wish is worth its
// charges and lowers it where none is. It reports false where there is nothing to
// move. Length is in parts of a wholeStep.
func (p *plot) step(length int64) bool {
	norm := int64(0)
	for k := range p.price {
		excess := int64(-1)
		for _, v := range p.clique(k) {
			if p.rest[v] > 0 {
				excess++
			}
		}
		if excess < 0 && p.price[k] == 0 {
			excess = 0
		}
		p.turn[k] = 16*excess + p.turn[k]*5/8
		norm += p.turn[k] * p.turn[k]
	}
	if norm == 0 {
		return false
	}
	length = max(1, length/4)
	for k, turn := range p.turn {
		to := min(mostCharge, max(0, p.price[k]+length*turn/norm))
		if more := to - p.price[k]; more != 0 {
			p.price[k] = to
			p.charge(k, more)
		}
	}
	return true
}
