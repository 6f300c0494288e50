package genius

import (
	"cmp"
	"math/big"
	"slices"
	"strings"
)

// readNonlinear reads a utility that adds up what rectangles give. Its points
// are as the file has them; the largest utility is a cap that counts where it is
// asked for, and the unit of the reservation value.
func (s *scenario) readNonlinear(p *side, u *element) error {
	for i := range s.issues {
		p.points[i] = zeros(len(s.issues[i].values))
	}
	most, ok := number(u.attrs["maxutility"])
	if !ok || most.Sign() <= 0 {
		return u.at.wrong("number", "What", "maxutility", "Got", shown(u.attrs["maxutility"]))
	}
	p.cap = most
	if p.reservation != nil {
		p.reservation.Mul(p.reservation, most)
	}
	list := u.all("ufun")
	if len(list) != 1 {
		return u.at.wrong("ufuns", "Got", len(list))
	}
	if w, ok := number(list[0].attrs["weight"]); ok && w.Cmp(one) != 0 {
		s.note("outer-weight", "Place", list[0].at.String(), "Weight", list[0].attrs["weight"])
	}
	return s.readSum(p, list[0], one)
}

func zeros(n int) []*big.Rat {
	out := make([]*big.Rat, n)
	for k := range out {
		out[k] = new(big.Rat)
	}
	return out
}

// readSum adds a function with all functions inside it, each times its weight.
func (s *scenario) readSum(p *side, u *element, weight *big.Rat) error {
	rectangles, inner := u.all("hyperRectangle"), u.all("ufun")
	switch kind := strings.ToLower(strings.TrimSpace(u.attrs["aggregation"])); {
	case kind == "sum":
	case (kind == "max" || kind == "min") && len(rectangles)+len(inner) == 1: // the largest of one thing is that thing
	case kind == "max" || kind == "min":
		return s.readExtreme(p, u, rectangles, kind == "max", weight)
	default:
		return u.at.wrong("aggregation", "Got", shown(kind))
	}
	for _, r := range rectangles {
		if err := s.readRectangle(p, r, weight); err != nil {
			return err
		}
	}
	for _, f := range inner {
		w, err := weightOf(f)
		if err != nil {
			return err
		}
		if err := s.readSum(p, f, w.Mul(w, weight)); err != nil {
			return err
		}
	}
	return nil
}

// weightOf is the weight attribute of an element, 1 where it has none.
func weightOf(e *element) (*big.Rat, error) {
	text, stated := e.attrs["weight"]
	if !stated {
		return big.NewRat(1, 1), nil
	}
	w, ok := number(text)
	if !ok {
		return nil, e.at.wrong("number", "What", "weight", "Got", shown(text))
	}
	return w, nil
}

// valueOf is what a rectangle gives: its utility times its weight.
func valueOf(r *element) (*big.Rat, error) {
	v, ok := number(r.attrs["utility"])
	if !ok {
		return nil, r.at.wrong("number", "What", "utility", "Got", shown(r.attrs["utility"]))
	}
	w, err := weightOf(r)
	if err != nil {
		return nil, err
	}
	if v.Mul(v, w); new(big.Rat).Abs(v).Cmp(big.NewRat(largestPoints, 1)) > 0 {
		return nil, r.at.wrong("too-high", "Most", largestPoints)
	}
	return v, nil
}

// readRectangle adds a rectangle. INCLUDES gives its value where every issue is
// inside its bounds, EXCLUDES where at least one is outside, which is the value
// in any case less the value inside. A rectangle without bounds gives it always.
func (s *scenario) readRectangle(p *side, r *element, weight *big.Rat) error {
	value, err := valueOf(r)
	if err != nil {
		return err
	}
	value.Mul(value, weight)
	inside, outside := r.all("INCLUDES"), r.all("EXCLUDES")
	if len(inside) > 0 && len(outside) > 0 {
		return r.at.wrong("mixed")
	}
	box, possible, err := s.box(slices.Concat(inside, outside))
	if err != nil {
		return err
	}
	if len(outside) > 0 {
		p.constant.Add(p.constant, value)
		value = new(big.Rat).Neg(value)
	}
	if possible {
		return s.addBox(p, box, value, r)
	}
	s.note("never", "Place", r.at.String())
	return nil
}

// box reads bounds, both ends inside: at most one an issue, in the order of the
// issues, without those that always hold. Possible is false where none can hold.
func (s *scenario) box(list []*element) (box []bound, possible bool, err error) {
	at := map[int]bound{}
	for _, e := range list {
		index, ok := whole(e.attrs["index"])
		i := s.byIndex(index)
		if !ok || i < 0 {
			return nil, false, e.at.wrong("unknown-index", "Index", shown(e.attrs["index"]), "Known", s.known())
		}
		is := &s.issues[i]
		if !is.ranged {
			return nil, false, e.at.wrong("not-ranged", "Issue", shown(is.name))
		}
		low, okLow := whole(e.attrs["min"])
		high, okHigh := whole(e.attrs["max"])
		if !okLow || !okHigh {
			return nil, false, e.at.wrong("bound", "Issue", shown(is.name))
		}
		b := bound{i, max(low-is.low, 0), min(high-is.low, len(is.values)-1)}
		if before, twice := at[i]; twice {
			b.low, b.high = max(b.low, before.low), min(b.high, before.high)
		}
		at[i] = b
	}
	for i := range s.issues {
		b, bounded := at[i]
		if bounded && b.low > b.high {
			return nil, false, nil
		}
		if bounded && (b.low > 0 || b.high < len(s.issues[i].values)-1) {
			box = append(box, b)
		}
	}
	return box, true, nil
}

// addBox gives the value inside a box: a constant where the box is everything,
// points where it is about one issue, a term otherwise.
func (s *scenario) addBox(p *side, box []bound, value *big.Rat, r *element) error {
	switch len(box) {
	case 0:
		p.constant.Add(p.constant, value)
	case 1:
		for k := box[0].low; k <= box[0].high; k++ {
			v := p.points[box[0].issue][k]
			v.Add(v, value)
		}
	default:
		for _, t := range p.terms {
			if slices.Equal(t.bounds, box) {
				t.value.Add(t.value, value)
				return nil
			}
		}
		if len(p.terms) >= maxTerms {
			return r.at.wrong("too-many-rectangles", "Most", maxTerms)
		}
		p.terms = append(p.terms, term{box, value})
	}
	return nil
}

// corner is a rectangle of which the largest or the smallest counts.
type corner struct {
	box   []bound
	value *big.Rat
}

// readExtreme adds the largest or the smallest of several rectangles that give
// nothing outside their bounds and not less than nothing inside. The smallest
// counts where all hold. The largest is, from the highest value down, what each
// adds to those before: its value less what overlaps with them
// (inclusion and exclusion), which takes up to 2^n terms.
func (s *scenario) readExtreme(p *side, u *element, list []*element, largest bool, weight *big.Rat) error {
	if len(u.all("ufun")) > 0 || len(list) == 0 {
		return u.at.wrong("aggregation-inside")
	}
	var corners []corner
	for _, r := range list {
		value, err := valueOf(r)
		if err != nil {
			return err
		}
		if value.Sign() < 0 || len(r.all("EXCLUDES")) > 0 {
			return r.at.wrong("aggregation-inside")
		}
		box, possible, err := s.box(r.all("INCLUDES"))
		if err != nil {
			return err
		}
		if possible {
			corners = append(corners, corner{box, value.Mul(value, weight)})
		} else if !largest {
			return nil // one of them is always nothing
		}
	}
	slices.SortStableFunc(corners, func(a, b corner) int { return b.value.Cmp(a.value) })
	if !largest {
		return s.addSmallest(p, corners, u)
	}
	var made []corner // with the sign that overlaps bring
	for _, c := range corners {
		next := []corner{c}
		for _, m := range made {
			if box, meets := s.meet(m.box, c.box); meets {
				sign := m.value.Sign()
				v := new(big.Rat).Set(c.value)
				if sign > 0 {
					v.Neg(v)
				}
				next = append(next, corner{box, v})
			}
		}
		if made = append(made, next...); len(made) > maxTerms {
			return u.at.wrong("too-many-rectangles", "Most", maxTerms)
		}
	}
	for _, m := range made {
		if err := s.addBox(p, m.box, m.value, u); err != nil {
			return err
		}
	}
	return nil
}

func (s *scenario) addSmallest(p *side, corners []corner, u *element) error {
	box, meets := corners[0].box, true
	for _, c := range corners[1:] {
		if box, meets = s.meet(box, c.box); !meets {
			return nil
		}
	}
	return s.addBox(p, box, new(big.Rat).Set(corners[len(corners)-1].value), u)
}

// meet is the box in which both hold, if there is one.
func (s *scenario) meet(a, b []bound) ([]bound, bool) {
	var out []bound
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0].issue < b[0].issue:
			out, a = append(out, a[0]), a[1:]
		case len(a) == 0 || b[0].issue < a[0].issue:
			out, b = append(out, b[0]), b[1:]
		default:
			low, high := max(a[0].low, b[0].low), min(a[0].high, b[0].high)
			if low > high {
				return nil, false
			}
			out = append(out, bound{a[0].issue, low, high})
			a, b = a[1:], b[1:]
		}
	}
	return out, true
}

// compareBoxes orders boxes by their bounds.
func compareBoxes(a, b []bound) int {
	return slices.CompareFunc(a, b, func(x, y bound) int {
		return cmp.Or(cmp.Compare(x.issue, y.issue), cmp.Compare(x.low, y.low), cmp.Compare(x.high, y.high))
	})
}
