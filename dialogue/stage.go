package dialogue

import (
	"slices"

	"parley/i18n"
)

// MayBecome reports whether a dialogue at this stage can go to the other one. It
// opens, pauses, goes on, closes and may open again; nobody prepares twice.
func (s Stage) MayBecome(next Stage) bool {
	switch next {
	case Open:
		return s == Preparing || s == Paused || s == Closed
	case Paused:
		return s == Open
	case Closed:
		return s == Preparing || s == Open || s == Paused
	}
	return false
}

// Looser reports whether the rule lets more be told than the other one.
func (r Rule) Looser(than Rule) bool { return slices.Index(Rules, r) < slices.Index(Rules, than) }

// NamesPeople reports whether checked names and offices stand beside pseudonyms
// under this rule.
func (r Rule) NamesPeople() bool { return r != NonAttribution && r != OffTheRecord }

// Readiness is all that the checklist before opening looks at.
type Readiness struct {
	Configured
	Declaration Declaration // the newest; Version 0: there is none
	Grants      []Grant     // held by those who take part
	Registers   []SideID    // sides that wrote a register of their own
}

// Missing reports whether the item alone keeps the dialogue from opening.
func (i Item) Missing() bool { return i.Required && !i.Done }

// Checklist lists what must be and what should be before a dialogue opens.
// Everybody is told before joining who runs it, who pays, where, who reads what,
// for how long, what cannot be promised and how to leave: all of it in every
// language of the dialogue.
func (r Readiness) Checklist() []Item {
	told := func(key string, t i18n.Text) Item { return Item{key, true, r.complete(t)} }
	sides := func(key string, has func(SideID) bool) Item {
		return Item{key, false, !slices.ContainsFunc(r.Sides, func(s Side) bool { return !has(s.ID) })}
	}
	holds := func(role Role) func(SideID) bool {
		return func(s SideID) bool { return slices.Contains(r.Grants, Grant{role, s}) }
	}
	return []Item{
		told("title", r.Title), told("purpose", r.Purpose),
		told("operator", r.Operator), told("payer", r.Payer), told("country", r.Country), told("readers", r.Readers),
		told("keeping", r.Keeping), told("limits", r.Limits), told("exit", r.Exit), told("contact", r.Contact),
		told("declaration", r.Declaration.Text),
		{"convener", true, slices.Contains(r.Grants, Grant{Role: Convener})},
		{"moderator", false, slices.Contains(r.Grants, Grant{Role: Moderator})},
		sides("registrars", holds(Registrar)),
		sides("editors", holds(Delegate)),
		sides("registers", func(s SideID) bool { return slices.Contains(r.Registers, s) }),
	}
}

// complete reports whether the text exists in every language of the dialogue.
func (r Readiness) complete(t i18n.Text) bool {
	return len(r.Languages) > 0 && !slices.ContainsFunc(r.Languages, func(l string) bool { return !t.Has(l) })
}
