package again

import (
	"math"
	"slices"
)

// How often a mixture of packages is made fairer, and how often its best share is halved.
const mixtures, halvings = 12, 12

// gains are what sides have above a baseline, each more than nothing.
type gains []float64

// above is nil where a side gains nothing.
func (r row) above(base row) gains {
	out := make(gains, len(r))
	for s, v := range r {
		if v <= base[s] {
			return nil
		}
		out[s] = float64(v - base[s])
	}
	return out
}

// inverse are weights under which every gain counts as one.
func (g gains) inverse() []float64 {
	w := make([]float64, len(g))
	for s, v := range g {
		w[s] = 1 / v
	}
	return w
}

// mean is the least weighted sum of gains whose product is as large.
func (g gains) mean(w []float64) float64 {
	logs := 0.0
	for s, v := range g {
		logs += math.Log(v) + math.Log(w[s])
	}
	return float64(len(g)) * math.Exp(logs/float64(len(g)))
}

// slope finds weights under which no package has a sum of gains much larger than some fair mixture of packages has, and
// the fairest package on the way. Any weights bound a search; these bound it closely. The mixture begins with a package that
// gains every side something, and goes again and again towards the package with the largest sum of gains, each in units of
// those of the mixture (Frank and Wolfe 1956).
func (t table) slope(start []int, base row) (w []float64, best []int) {
	best, value := start, t.value(start)
	from := value.above(base)
	at, least := slices.Clone(from), math.Inf(1)
	for range mixtures {
		by := at.inverse()
		top, choice := t.furthest(by)
		to, sum := make(gains, len(at)), 0.0
		for s := range to {
			to[s] = float64(top[s] - base[s])
			sum += by[s] * to[s]
		}
		if over := sum / from.mean(by); over < least {
			least, w = over, by
		}
		if v := t.value(choice); fairer(v, value, base) > 0 && t.broken(choice) == nil {
			best, value = choice, v
		}
		part := 0.0
		if sum > float64(len(at))*(1+1e-6) { // else hardly any mixture is fairer
			part = at.towards(to)
		}
		if part == 0 {
			break
		}
		for s := range at {
			at[s] += part * (to[s] - at[s])
		}
	}
	return w, best
}

// furthest is the package with the largest weighted sum, whatever rules demand, and its points with all that rules may add
// to that sum.
func (t table) furthest(w []float64) (top row, choice []int) {
	top, choice = make(row, t.Sides), make([]int, len(t.issues))
	for i, options := range t.issues {
		most := math.Inf(-1)
		for k, o := range options {
			if sum := o.weigh(w); sum > most {
				choice[i], most = k, sum
			}
		}
		top.add(options[choice[i]])
	}
	for k, u := range t.Rules {
		if u.Kind == "together" && t.joint[k].weigh(w) > 0 {
			top.add(t.joint[k])
		}
	}
	return top, choice
}

// towards is how far to go to other gains for the largest product.
func (g gains) towards(to gains) float64 {
	low, high := 0.0, 1.0
	for range halvings {
		part, rises := (low+high)/2, 0.0
		for s, v := range g {
			if at := v + part*(to[s]-v); at > 0 {
				rises += (to[s] - v) / at
			} else {
				rises = math.Inf(-1)
				break
			}
		}
		if rises > 0 {
			low = part
		} else {
			high = part
		}
	}
	return low
}

// span is how much the options of all issues can change for each side.
func (t table) span() (span row) {
	span = make(row, t.Sides)
	for _, options := range t.issues {
		for s := range span {
			least, most := options[0][s], options[0][s]
			for _, o := range options {
				least, most = min(least, o[s]), max(most, o[s])
			}
			span[s] += most - least
		}
	}
	return span
}

// under is somewhat below a vector for every side.
func (r row) under(span row) row {
	out := slices.Clone(r)
	for s, v := range span {
		out[s] -= 1 + v/64
	}
	return out
}
