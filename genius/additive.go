package genius

import (
	"math/big"
	"strings"
)

// readProfile reads what one side values; the issues and their values are the
// domain's.
func (s *scenario) readProfile(name string, root *element) (*side, error) {
	o, err := objective(root)
	if err != nil {
		return nil, err
	}
	root = spaceIn(root)
	p := newSide(name, len(s.issues))
	if err := s.readHead(p, root); err != nil {
		return nil, err
	}
	issues, err := s.match(o)
	if err != nil {
		return nil, err
	}
	if u := o.first("utility"); u != nil {
		return p, s.readNonlinear(p, u)
	}
	if kind := strings.ToLower(root.attrs["type"]); kind == "nonlinear" || kind == "constraint" {
		return nil, root.at.wrong("no-utility", "Kind", shown(kind))
	}
	return p, s.readAdditive(p, o, issues)
}

// readHead reads what stands beside the objective: the reservation value, which
// is a share of the largest utility, and the discount, which is put aside.
func (s *scenario) readHead(p *side, root *element) error {
	if e := root.first("reservation"); e != nil {
		v, ok := number(e.attrs["value"])
		if !ok {
			return e.at.wrong("number", "What", "reservation", "Got", shown(e.attrs["value"]))
		}
		p.reservation = v
	}
	if e := root.first("discount_factor"); e != nil {
		if v, ok := number(e.attrs["value"]); !ok || v.Sign() != 0 && v.Cmp(one) != 0 {
			s.note("discount", "File", p.name, "Factor", e.attrs["value"])
		}
	}
	return nil
}

var one = big.NewRat(1, 1)

// match finds the profile's element for every issue of the domain: by its
// index, as Genius does.
func (s *scenario) match(o *element) ([]*element, error) {
	out := make([]*element, len(s.issues))
	for _, e := range o.all("issue") {
		index, ok := whole(e.attrs["index"])
		if !ok {
			return nil, e.at.wrong("no-index", "Got", shown(e.attrs["index"]))
		}
		i := s.byIndex(index)
		switch {
		case i < 0:
			return nil, e.at.wrong("unknown-index", "Index", index, "Known", s.known())
		case out[i] != nil:
			return nil, e.at.wrong("index-twice", "Index", index, "Line", out[i].at.line)
		}
		if name := strings.TrimSpace(e.attrs["name"]); !strings.EqualFold(name, s.issues[i].name) {
			s.note("other-name", "Place", e.at.String(), "Here", shown(name), "There", shown(s.issues[i].name))
		}
		out[i] = e
	}
	for i, e := range out {
		if e == nil {
			return nil, o.at.wrong("issue-missing", "Index", s.issues[i].index, "Issue", shown(s.issues[i].name))
		}
	}
	return out, nil
}

func (s *scenario) readAdditive(p *side, o *element, issues []*element) error {
	weights, err := s.weights(o)
	if err != nil {
		return err
	}
	for i, e := range issues {
		worth, err := s.worth(i, e)
		if err != nil {
			return err
		}
		for _, w := range worth {
			p.points[i] = append(p.points[i], w.Mul(w, weights[i]))
		}
	}
	return nil
}

// weights are those of the issues, divided by their sum.
func (s *scenario) weights(o *element) ([]*big.Rat, error) {
	out := make([]*big.Rat, len(s.issues))
	sum := new(big.Rat)
	for _, e := range o.all("weight") {
		index, ok := whole(e.attrs["index"])
		i := s.byIndex(index)
		if !ok || i < 0 {
			return nil, e.at.wrong("unknown-index", "Index", shown(e.attrs["index"]), "Known", s.known())
		}
		v, ok := number(e.attrs["value"])
		if !ok || v.Sign() < 0 {
			return nil, e.at.wrong("number", "What", "weight", "Got", shown(e.attrs["value"]))
		}
		if out[i] != nil {
			s.note("weight-twice", "Place", e.at.String(), "Index", index)
			sum.Sub(sum, out[i])
		}
		out[i] = v
		sum.Add(sum, v)
	}
	for i, w := range out {
		if w == nil {
			return nil, o.at.wrong("weight-missing", "Index", s.issues[i].index, "Issue", shown(s.issues[i].name))
		}
	}
	if sum.Sign() == 0 {
		return nil, o.at.wrong("weights-zero")
	}
	for _, w := range out {
		w.Quo(w, sum)
	}
	return out, nil
}

// worth is what each value of an issue is worth, from 0 to 1.
func (s *scenario) worth(i int, e *element) ([]*big.Rat, error) {
	is := &s.issues[i]
	if ranged := kindOf(e) == "integer"; ranged != is.ranged {
		return nil, e.at.wrong("other-kind", "Issue", shown(is.name), "Line", is.at.line)
	}
	if is.ranged {
		return s.line(is, e)
	}
	return s.evaluations(is, e)
}

// negligible is the largest evaluation below which Genius takes all for none.
var negligible = big.NewRat(1, 100_000)

// evaluations are divided by the largest of the issue; of a value that is
// listed twice the later one counts.
func (s *scenario) evaluations(is *issue, e *element) ([]*big.Rat, error) {
	stated := map[string]*big.Rat{}
	for _, item := range e.all("item") {
		value := item.attrs["value"]
		v, ok := number(item.attrs["evaluation"])
		if !ok {
			return nil, item.at.wrong("number", "What", "evaluation", "Got", shown(item.attrs["evaluation"]))
		}
		if stated[value] != nil {
			s.note("evaluation-twice", "Place", item.at.String(), "Value", shown(value))
		}
		stated[value] = v
	}
	most := new(big.Rat)
	for _, v := range stated {
		if v.Cmp(most) > 0 {
			most = v
		}
	}
	most = new(big.Rat).Set(most)
	out := make([]*big.Rat, len(is.values))
	for k, value := range is.values {
		v := stated[value]
		switch {
		case v == nil:
			return nil, e.at.wrong("value-missing", "Issue", shown(is.name), "Value", shown(value))
		case most.Cmp(negligible) < 0:
			out[k] = new(big.Rat)
		default:
			out[k] = new(big.Rat).Quo(v, most)
		}
		delete(stated, value)
	}
	if len(stated) > 0 {
		s.note("values-beside", "Place", e.at.String(), "Issue", shown(is.name))
	}
	return out, nil
}

// line is offset + slope × (value − lower bound), cut off at 0 and 1.
func (s *scenario) line(is *issue, e *element) ([]*big.Rat, error) {
	low, high, ok := bounds(e)
	if !ok {
		return nil, e.at.wrong("range", "Issue", shown(is.name))
	}
	if low != is.low || high != is.low+len(is.values)-1 {
		return nil, e.at.wrong("other-range", "Issue", shown(is.name), "Line", is.at.line)
	}
	offset, slope := new(big.Rat), new(big.Rat)
	if ev := e.first("evaluator"); ev != nil {
		if kind := strings.ToLower(ev.attrs["ftype"]); kind != "linear" && kind != "" {
			return nil, ev.at.wrong("evaluator", "Kind", shown(kind))
		}
		for _, x := range []struct {
			key string
			to  **big.Rat
		}{{"offset", &offset}, {"slope", &slope}} {
			v, ok := number(ev.attrs[x.key])
			if !ok {
				return nil, ev.at.wrong("number", "What", x.key, "Got", shown(ev.attrs[x.key]))
			}
			*x.to = v
		}
	}
	out := make([]*big.Rat, len(is.values))
	for k := range out {
		v := new(big.Rat).Mul(slope, big.NewRat(int64(k), 1))
		v.Add(v, offset)
		switch {
		case v.Sign() < 0:
			v = new(big.Rat)
		case v.Cmp(one) > 0:
			v = big.NewRat(1, 1)
		}
		out[k] = v
	}
	return out, nil
}
