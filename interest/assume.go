package interest

import (
	"slices"
	"strings"

	"parley/dialogue"
	"parley/fault"
)

// Assumption is one judgement of a register, changed for the sake of asking
// what would follow: how high an interest ranks, or which part a side plays in
// it. It is written "US-23=vital" or "US-14:RU=key".
type Assumption struct {
	Interest ID
	Side     dialogue.SideID // whose part; empty where the rank is changed
	Tier     Tier
	Role     Role
}

// ParseAssumption reads what String writes. A tier is one of TierWords or
// "unplaced", a role one of RoleWords or "unknown".
func ParseAssumption(s string) (Assumption, error) {
	what, word, ok := strings.Cut(strings.TrimSpace(s), "=")
	if !ok || what == "" || word == "" {
		return Assumption{}, fault.New(fault.Invalid, "interest.assume.form",
			"%q is no assumption: write an interest and its rank, such as US-23=vital, or a part, such as US-14:RU=key", s).With("Text", s)
	}
	id, side, part := strings.Cut(what, ":")
	a := Assumption{Interest: ID(id), Side: dialogue.SideID(side)}
	if !part {
		n := wordIndex(TierWords, word, unplacedWord)
		if n < 0 {
			return a, fault.New(fault.Invalid, "interest.assume.tier",
				"%q is no rank: write vital, important, secondary or unplaced", word).With("Word", word)
		}
		a.Tier = Tier(n)
		return a, nil
	}
	n := wordIndex(RoleWords, word, "unknown")
	if n < 0 || side == "" {
		return a, fault.New(fault.Invalid, "interest.assume.role",
			"%q is no part: write none, minor, medium, important, key or unknown after an interest and a side", word).With("Word", word)
	}
	a.Role = Role(n)
	return a, nil
}

// wordIndex finds a word of a scale whose zero value is written as blank.
func wordIndex(words []string, word, blank string) int {
	if word == blank {
		return 0
	}
	return slices.Index(words, word)
}

// String writes the assumption as the command line takes it.
func (a Assumption) String() string {
	if a.Side == "" {
		return string(a.Interest) + "=" + tierWord(a.Tier)
	}
	word := a.Role.String()
	if word == "" {
		word = "unknown"
	}
	return string(a.Interest) + ":" + string(a.Side) + "=" + word
}

// Assume returns the registers with the assumptions in force, in their order.
// The registers given stay as they are. A part that is assumed is certain: it
// is neither a range nor merely potential.
func Assume(registers []Register, list []Assumption) ([]Register, error) {
	out := slices.Clone(registers)
	for i := range out {
		out[i].Interests = slices.Clone(out[i].Interests)
	}
	for _, a := range list {
		i, subject := find(out, a.Interest)
		if i == nil {
			return nil, fault.New(fault.Invalid, "interest.assume.interest", "no register has an interest %q", a.Interest).
				With("Interest", string(a.Interest))
		}
		if a.Side == "" {
			i.Tier = a.Tier
			continue
		}
		if a.Side == subject || !slices.ContainsFunc(out, func(r Register) bool { return r.Subject == a.Side || mentions(r, a.Side) }) {
			return nil, fault.New(fault.Invalid, "interest.assume.side", "%q is no other side than that of %s", a.Side, a.Interest).
				With("Side", string(a.Side)).With("Interest", string(a.Interest))
		}
		i.play(a.Side, a.Role)
	}
	return out, nil
}

func find(registers []Register, id ID) (*Interest, dialogue.SideID) {
	for r := range registers {
		for i := range registers[r].Interests {
			if registers[r].Interests[i].ID == id {
				return &registers[r].Interests[i], registers[r].Subject
			}
		}
	}
	return nil, ""
}

func mentions(r Register, side dialogue.SideID) bool {
	return slices.ContainsFunc(r.Interests, func(i Interest) bool {
		_, ok := i.Counterpart(side)
		return ok
	})
}

// play states a side's part in the interest.
func (i *Interest) play(side dialogue.SideID, role Role) {
	i.Counterparts = slices.Clone(i.Counterparts)
	at, stated := slices.BinarySearchFunc(i.Counterparts, side, func(c Counterpart, s dialogue.SideID) int {
		return strings.Compare(string(c.Side), string(s))
	})
	if !stated {
		i.Counterparts = slices.Insert(i.Counterparts, at, Counterpart{Side: side})
	}
	c := &i.Counterparts[at]
	c.Role = RoleRange{role, role}
	if c.Effect == Potential {
		c.Effect = EffectUnknown
	}
}
