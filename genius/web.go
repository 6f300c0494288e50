package genius

import (
	"math/big"
	"slices"

	"parley/dossier"
)

// ReadWeb reads a GeniusWeb domain and one profile for each side, all of them
// LinearAdditiveUtilitySpaces. Weights and utilities count as they stand.
func ReadWeb(domain File, profiles []File, set Settings) (*Imported, error) {
	root, err := domain.json()
	if err != nil {
		return nil, err
	}
	s := &scenario{form: "geniusweb", name: domain.Name}
	if err := s.readWebDomain(root); err != nil {
		return nil, err
	}
	if err := countSides(domain, len(profiles)); err != nil {
		return nil, err
	}
	for _, p := range profiles {
		root, err := p.json()
		if err != nil {
			return nil, err
		}
		side, err := s.readWebProfile(p.Name, root)
		if err != nil {
			return nil, err
		}
		s.sides = append(s.sides, side)
	}
	return s.dossier(set)
}

// readWebDomain reads {"name": ..., "issuesValues": {issue: {"values": [...]}}};
// a profile may stand in the place of a domain, because it holds one.
func (s *scenario) readWebDomain(root *value) error {
	if inner := root.get("LinearAdditiveUtilitySpace", "LinearAdditive").get("domain"); inner != nil {
		root = inner
	}
	values := root.get("issuesValues", "issueValues")
	if !values.is('{') {
		return root.at.wrong("not-geniusweb")
	}
	if name := root.get("name"); name.is('s') {
		s.title = name.text
	}
	for _, m := range values.members {
		i := issue{name: m.name, index: len(s.issues) + 1, at: m.of.at}
		var err error
		if list := m.of.get("values"); list.is('[') {
			err = s.webValues(&i, list)
		} else if r := m.of.get("range"); r != nil {
			err = webRange(&i, r)
		} else {
			err = m.of.at.wrong("web-values", "Issue", shown(i.name))
		}
		if err != nil {
			return err
		}
		s.issues = append(s.issues, i)
	}
	if len(s.issues) == 0 {
		return values.at.wrong("no-issues")
	}
	if len(s.issues) > dossier.MaxIssues {
		return values.at.wrong("too-many-issues", "Got", len(s.issues), "Most", dossier.MaxIssues)
	}
	return nil
}

func (s *scenario) webValues(i *issue, list *value) error {
	for _, v := range list.items {
		if !v.is('s') && !v.is('n') {
			return v.at.wrong("no-value", "Issue", shown(i.name))
		}
		if slices.Contains(i.values, v.text) {
			s.note("value-twice", "Place", v.at.String(), "Value", shown(v.text))
			continue
		}
		i.values = append(i.values, v.text)
	}
	return checkCount(i, len(i.values))
}

// webRange lists the values low, low + step, ... up to high.
func webRange(i *issue, r *value) error {
	var ends []*big.Rat
	for _, v := range r.items {
		n, ok := number(v.text)
		if !ok {
			return v.at.wrong("number", "What", "range", "Got", shown(v.text))
		}
		ends = append(ends, n)
	}
	if len(ends) != 3 || ends[2].Sign() <= 0 || ends[0].Cmp(ends[1]) > 0 {
		return r.at.wrong("web-range", "Issue", shown(i.name))
	}
	for v := ends[0]; v.Cmp(ends[1]) <= 0; v = new(big.Rat).Add(v, ends[2]) {
		if len(i.values) == dossier.MaxOptions {
			return checkCount(i, dossier.MaxOptions+1)
		}
		i.values = append(i.values, decimal(v))
	}
	return nil
}

// decimal writes a number that has a finite decimal form.
func decimal(v *big.Rat) string {
	places, _ := v.FloatPrec()
	return v.FloatString(places)
}

func (s *scenario) readWebProfile(name string, root *value) (*side, error) {
	space := root.get("LinearAdditiveUtilitySpace", "LinearAdditive")
	if !space.is('{') {
		return nil, root.at.wrong("not-linear")
	}
	if own := space.get("domain"); own != nil {
		if err := s.sameDomain(own); err != nil {
			return nil, err
		}
	}
	weights, utilities := space.get("issueWeights"), space.get("issueUtilities")
	if !weights.is('{') || !utilities.is('{') {
		return nil, space.at.wrong("web-incomplete")
	}
	for _, m := range slices.Concat(weights.members, utilities.members) {
		if !slices.ContainsFunc(s.issues, func(i issue) bool { return i.name == m.name }) {
			return nil, m.of.at.wrong("unknown-issue", "Issue", shown(m.name))
		}
	}
	p := newSide(name, len(s.issues))
	sum := new(big.Rat)
	for i := range s.issues {
		is := &s.issues[i]
		weight, err := share(weights.get(is.name), space, is.name)
		if err != nil {
			return nil, err
		}
		sum.Add(sum, weight)
		if p.points[i], err = is.webWorth(utilities.get(is.name), space); err != nil {
			return nil, err
		}
		for _, v := range p.points[i] {
			v.Mul(v, weight)
		}
	}
	if sum.Cmp(one) != 0 {
		s.note("weights-sum", "File", name, "Sum", sum.FloatString(6))
	}
	return p, s.webReservation(p, space)
}

// share is a number from 0 to 1 that an issue must have.
func share(v, within *value, issue string) (*big.Rat, error) {
	if v == nil {
		return nil, within.at.wrong("web-missing", "Issue", shown(issue))
	}
	n, ok := number(v.text)
	if !ok || v.is('{') || v.is('[') || n.Sign() < 0 || n.Cmp(one) > 0 {
		return nil, v.at.wrong("share", "Issue", shown(issue), "Got", shown(v.text))
	}
	return n, nil
}

func (s *scenario) sameDomain(own *value) error {
	other := &scenario{}
	if err := other.readWebDomain(own); err != nil {
		return err
	}
	same := len(other.issues) == len(s.issues)
	for _, i := range other.issues {
		same = same && slices.ContainsFunc(s.issues, func(j issue) bool {
			return i.name == j.name && slices.Equal(slices.Sorted(slices.Values(i.values)), slices.Sorted(slices.Values(j.values)))
		})
	}
	if !same {
		return own.at.wrong("other-domain", "Domain", s.name)
	}
	return nil
}

// webWorth is what each value of an issue is worth.
func (is *issue) webWorth(u, within *value) ([]*big.Rat, error) {
	if u == nil {
		return nil, within.at.wrong("web-missing", "Issue", shown(is.name))
	}
	if list := u.get("discreteutils", "DiscreteValueSetUtilities").get("valueUtilities"); list.is('{') {
		var out []*big.Rat
		for _, name := range is.values {
			v := list.get(name)
			if v == nil {
				return nil, list.at.wrong("value-missing", "Issue", shown(is.name), "Value", shown(name))
			}
			n, err := share(v, within, is.name)
			if err != nil {
				return nil, err
			}
			out = append(out, n)
		}
		return out, nil
	}
	if line := u.get("numberutils", "NumberValueSetUtilities"); line.is('{') {
		return is.webLine(line)
	}
	return nil, u.at.wrong("web-utilities", "Issue", shown(is.name))
}

// webLine goes in a line from the utility of the lowest value to that of the
// highest, rounded to eight places as GeniusWeb does.
func (is *issue) webLine(line *value) ([]*big.Rat, error) {
	var n [4]*big.Rat
	for k, name := range []string{"lowValue", "lowUtility", "highValue", "highUtility"} {
		v := line.get(name)
		ok := v != nil
		if ok {
			n[k], ok = number(v.text)
		}
		if !ok {
			return nil, line.at.wrong("web-line", "Issue", shown(is.name), "Key", name)
		}
	}
	width := new(big.Rat).Sub(n[2], n[0])
	if width.Sign() <= 0 {
		return nil, line.at.wrong("web-line", "Issue", shown(is.name), "Key", "highValue")
	}
	out := make([]*big.Rat, len(is.values))
	for k, text := range is.values {
		x, ok := number(text)
		if !ok || x.Cmp(n[0]) < 0 || x.Cmp(n[2]) > 0 {
			return nil, line.at.wrong("web-outside", "Issue", shown(is.name), "Value", shown(text))
		}
		v := x.Sub(x, n[0])
		v.Mul(v, new(big.Rat).Sub(n[3], n[1]))
		v.Quo(v, width).Add(v, n[1])
		out[k], _ = new(big.Rat).SetString(v.FloatString(8))
	}
	return out, nil
}

// webReservation is what the reservation bid is worth to its side; an issue that
// the bid leaves out adds nothing.
func (s *scenario) webReservation(p *side, space *value) error {
	bid := space.get("reservationBid").get("issuevalues", "issueValues")
	if !bid.is('{') {
		return nil
	}
	p.reservation = new(big.Rat)
	for _, m := range bid.members {
		i := slices.IndexFunc(s.issues, func(i issue) bool { return i.name == m.name })
		if i < 0 {
			return m.of.at.wrong("unknown-issue", "Issue", shown(m.name))
		}
		k := slices.Index(s.issues[i].values, m.of.text)
		if k < 0 {
			return m.of.at.wrong("unknown-value", "Issue", shown(m.name), "Value", shown(m.of.text))
		}
		p.reservation.Add(p.reservation, p.points[i][k])
	}
	return nil
}
