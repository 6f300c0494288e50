package dossier

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"parley/dialogue"
	"parley/fault"
	"parley/i18n"
	"parley/interest"
)

// Own is the register that the side wrote about itself; nil where it wrote none.
func (d *Dossier) Own(side dialogue.SideID) *interest.Register {
	for i := range d.Registers {
		if r := &d.Registers[i]; r.Subject == side && r.Declared() {
			return r
		}
	}
	return nil
}

// PutInterest returns the dossier with the interest in the side's own register,
// which is made where there is none and is from then on of that date. An empty
// ID is given one, as "RU-12"; any other must stand in that register already, and
// a rank that contradicts what is said about weights is fault.Invalid with Set.
func (d *Dossier) PutInterest(side dialogue.SideID, i interest.Interest, date string) (*Dossier, interest.ID, error) {
	if err := CheckInterest(d.Dialogue, side, i); err != nil {
		return nil, "", err
	}
	next := d.copied()
	own := next.Own(side)
	if own == nil {
		next.Registers = append(next.Registers, interest.Register{Subject: side, Author: interest.Author{Side: side}})
		own = &next.Registers[len(next.Registers)-1]
	}
	own.Date = date
	i.Counterparts = slices.SortedFunc(slices.Values(i.Counterparts), func(a, b interest.Counterpart) int { return cmp.Compare(a.Side, b.Side) })
	if i.ID == "" {
		i.ID = d.freeID(side)
		own.Interests = append(own.Interests, i)
		return next, i.ID, Check(next)
	}
	at := slices.IndexFunc(own.Interests, func(o interest.Interest) bool { return o.ID == i.ID })
	if at < 0 {
		return nil, "", noInterest(side, i.ID)
	}
	own.Interests[at] = i
	if err := clash(own); err != nil {
		return nil, "", err
	}
	return next, i.ID, Check(next)
}

// DropInterest returns the dossier without an interest of the side's own
// register, and without what the register says about its weight. One to which a
// topic or the table refers is fault.Conflict with Topics. A register goes with
// its last interest.
func (d *Dossier) DropInterest(side dialogue.SideID, id interest.ID, date string) (*Dossier, error) {
	next := d.copied()
	own := next.Own(side)
	at := -1
	if own != nil {
		at = slices.IndexFunc(own.Interests, func(o interest.Interest) bool { return o.ID == id })
	}
	if at < 0 {
		return nil, noInterest(side, id)
	}
	if users := d.users(id); len(users) > 0 {
		return nil, fault.New(fault.Conflict, "edit.needed", "%s is needed by %s: take it out there first", id, strings.Join(users, ", ")).
			With("ID", string(id)).With("Topics", strings.Join(users, ", "))
	}
	own.Date = date
	own.Interests = slices.Delete(own.Interests, at, at+1)
	unweigh(own, id)
	next.dropEmpty(side)
	return next, Check(next)
}

func noInterest(side dialogue.SideID, id interest.ID) error {
	return fault.New(fault.Missing, "edit.no-interest", "the own register of %s has no interest %q", side, id).With("ID", string(id))
}

// copied is a copy whose registers can be changed. What is in the interests is
// shared with the original.
func (d *Dossier) copied() *Dossier {
	next := *d
	next.Registers = slices.Clone(d.Registers)
	for i := range next.Registers {
		next.Registers[i].Interests = slices.Clone(next.Registers[i].Interests)
	}
	return &next
}

// unweigh takes out of a register what it says about the weight of an interest.
func unweigh(r *interest.Register, id interest.ID) {
	r.Weights = slices.DeleteFunc(slices.Clone(r.Weights), func(w interest.Weighing) bool { return w.Names(id) })
	if len(r.Weights) == 0 {
		r.Weights = nil
	}
}

// dropEmpty removes the side's own register where it holds nothing: an empty one
// would take the place of what others wrote about the side.
func (d *Dossier) dropEmpty(side dialogue.SideID) {
	d.Registers = slices.DeleteFunc(d.Registers, func(r interest.Register) bool {
		return r.Subject == side && r.Declared() && len(r.Interests) == 0
	})
}

// freeID is the first free id after the highest of its kind in any register.
func (d *Dossier) freeID(side dialogue.SideID) interest.ID {
	prefix := string(side[:min(len(side), maxID-8)]) + "-"
	highest, digits := 0, 0
	for _, r := range d.Registers {
		for _, i := range r.Interests {
			rest, ours := strings.CutPrefix(string(i.ID), prefix)
			if n, err := strconv.Atoi(rest); ours && err == nil && len(rest) <= 6 && n > highest {
				highest, digits = n, len(rest)
			}
		}
	}
	return interest.ID(fmt.Sprintf("%s%0*d", prefix, digits, highest+1))
}

// users are the ids of topics and written issues that refer to the interest,
// and "rules" for the rules of the table.
func (d *Dossier) users(id interest.ID) []string {
	var out []string
	add := func(name string) {
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	for _, t := range d.Topics {
		if slices.Contains(t.Interests, id) {
			add(string(t.ID))
		}
	}
	if d.Table == nil {
		return out
	}
	for _, i := range d.Table.Issues {
		for _, o := range i.Options {
			for _, e := range o.Effects {
				if e.Interest == id {
					add(string(i.Topic))
				}
			}
		}
	}
	for _, r := range d.Table.Rules {
		if r.NotBelow == id {
			add("rules")
		}
		for _, e := range r.Effects {
			if e.Interest == id {
				add("rules")
			}
		}
	}
	return out
}

// takenBack is what stands in place of words that their author took back.
func takenBack(languages []string) i18n.Text {
	t := i18n.Text{}
	for _, l := range languages {
		t[l] = i18n.For(l).T("written.removed")
	}
	return t
}

// Unworded returns the dossier with the words of some interests removed: the
// title says so, notes are empty. What each of them is, to whom and how it ranks
// stays, so that every analysis finds the same.
func (d *Dossier) Unworded(ids []interest.ID) *Dossier {
	next := d.copied()
	for r := range next.Registers {
		for k := range next.Registers[r].Interests {
			i := &next.Registers[r].Interests[k]
			if !slices.Contains(ids, i.ID) {
				continue
			}
			i.Title, i.Note = takenBack(d.Dialogue.Languages), nil
			i.Counterparts = slices.Clone(i.Counterparts)
			for c := range i.Counterparts {
				i.Counterparts[c].Note = nil
			}
		}
	}
	return next
}

// Without returns the dossier without some interests. Those to which topics or
// the table refer lose their words alone, and so do all where the rest could not
// stand without them.
func (d *Dossier) Without(ids []interest.ID) *Dossier {
	next := d.Unworded(ids)
	for r := range next.Registers {
		own := &next.Registers[r]
		own.Interests = slices.DeleteFunc(own.Interests, func(i interest.Interest) bool {
			gone := slices.Contains(ids, i.ID) && len(d.users(i.ID)) == 0
			if gone {
				unweigh(own, i.ID)
			}
			return gone
		})
	}
	for _, s := range d.Dialogue.Sides {
		if o := next.Own(s.ID); o != nil && len(o.Interests) == 0 && len(d.Own(s.ID).Interests) > 0 {
			next.dropEmpty(s.ID)
		}
	}
	if Check(next) != nil {
		return d.Unworded(ids)
	}
	return next
}
