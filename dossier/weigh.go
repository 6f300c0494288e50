package dossier

import (
	"slices"
	"strings"

	"parley/dialogue"
	"parley/fault"
	"parley/interest"
)

// PutWeighing returns the dossier with one more statement about weights in the
// side's own register, which is from then on of that date. What cannot be said is
// fault.Invalid with Field; what contradicts the rest is fault.Invalid with Set,
// the smallest []interest.Weighing that cannot all hold.
func (d *Dossier) PutWeighing(side dialogue.SideID, w interest.Weighing, date string) (*Dossier, error) {
	next := d.copied()
	own := next.Own(side)
	if own == nil {
		own = &interest.Register{}
	}
	if err := checkWeighing(own, side, w); err != nil {
		return nil, err
	}
	own.Date = date
	own.Weights = append(slices.Clone(own.Weights), w)
	if err := clash(own); err != nil {
		return nil, err
	}
	return next, Check(next)
}

// DropWeighing returns the dossier without the statement about weights that has
// the number, counted from 0, in the side's own register.
func (d *Dossier) DropWeighing(side dialogue.SideID, number int, date string) (*Dossier, error) {
	next := d.copied()
	own := next.Own(side)
	if own == nil || number < 0 || number >= len(own.Weights) {
		return nil, fault.New(fault.Missing, "edit.no-weighing", "the own register of %s has no statement about weights with the number %d", side, number)
	}
	own.Date = date
	own.Weights = slices.Delete(slices.Clone(own.Weights), number, number+1)
	if len(own.Weights) == 0 {
		own.Weights = nil
	}
	return next, Check(next)
}

// checkWeighing holds a statement that somebody made to the rules of a file.
func checkWeighing(own *interest.Register, side dialogue.SideID, w interest.Weighing) error {
	wrong := func(field, key, detail string) error {
		return fault.New(fault.Invalid, key, "%s", detail).With("Field", field).With("Most", maxTimes)
	}
	if w.More != "" && (w.Times.Sign() < 0 || w.Times.Cmp(interest.FractionOf(maxTimes, 1)) > 0) {
		return wrong("times", "edit.weighing.times", "how many times is a number above 0 and not too large")
	}
	seen := map[interest.ID]bool{}
	for n, parts := range w.Both() {
		field := []string{"more", "than"}[n]
		unnamed := func(p interest.Part) bool { return p.Interest == "" }
		if len(parts) == 0 || len(parts) > maxWeighed || slices.ContainsFunc(parts, unnamed) {
			return wrong(field, "edit.weighing.sides", "a statement has interests on both sides, and not too many")
		}
		for _, p := range parts {
			if !slices.ContainsFunc(own.Interests, func(i interest.Interest) bool { return i.ID == p.Interest }) {
				return noInterest(side, p.Interest)
			}
			if seen[p.Interest] {
				return wrong("than", "edit.weighing.twice", "a statement names an interest twice")
			}
			seen[p.Interest] = true
			if w.More == "" && (p.Of.Sign() <= 0 || p.Of.Cmp(interest.FractionOf(1, 1)) > 0) {
				return wrong(field, "edit.weighing.part", "a part is a number above 0 and at most 1")
			}
		}
	}
	said := func(o interest.Weighing) bool { return o.Inequality() == w.Inequality() }
	switch {
	case slices.ContainsFunc(own.Weights, said):
		return fault.New(fault.Conflict, "edit.weighing.said", "the register says so already")
	case len(own.Weights) >= MaxWeighings:
		return fault.New(fault.Conflict, "edit.weighing.many", "a register has at most %d statements about weights", MaxWeighings).With("Most", MaxWeighings)
	}
	return nil
}

// clash reports statements about weights that contradict one another or the
// ranks of their register: as few of them as can be.
func clash(r *interest.Register) error {
	set, byTiers := interest.ClashingWeights(r.Weights, r.Interests)
	if len(set) == 0 {
		return nil
	}
	var all []interest.Weighing
	var lines []string
	for _, n := range set {
		all = append(all, r.Weights[n])
		lines = append(lines, r.Weights[n].Inequality())
	}
	key, what := "edit.weighing.clash", "itself"
	if byTiers {
		key, what = key+".ranks", "the tiers"
	}
	said := strings.Join(lines, "; ")
	return fault.New(fault.Invalid, key, "what is said about weights contradicts %s: %s", what, said).With("Set", all).With("Said", said).With("Field", "more")
}
