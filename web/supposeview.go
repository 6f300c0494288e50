package web

import (
	"fmt"
	"slices"
	"strings"

	"parley/deal"
	"parley/interest"
)

// supposeField is one change of the form, as it was sent.
type supposeField struct {
	N        int
	Interest string
	To       string
}

// supposeHolder is a side with the interests that can be chosen.
type supposeHolder struct {
	Side      Side
	Interests []supposeInterest
}

type supposeInterest struct {
	ID    string
	Title Phrase
	Rank  string
}

// supposeTargets is a group of things that an interest can become.
type supposeTargets struct {
	Words   string
	Options []supposeTarget
}

type supposeTarget struct{ Value, Words string }

// supposeExample is a change worth trying.
type supposeExample struct{ Words, Address string }

// supposeResult is what would change, the certain first.
type supposeResult struct {
	voice
	Sentences    []supposeSentence
	Nothing      bool
	FallenSwaps  []swapCard
	NewSwaps     []swapCard
	KeptSwaps    []swapCard
	FallenSteps  []matter
	NewSteps     []matter
	KeptSteps    []matter
	Closed       []openMatter // no longer undecided
	Opened       []openMatter
	StillOpen    []matter
	Sampled      bool
	Samples      int
	Command      command
	NoSwapsAtAll bool
	Points       bool          // a table of points: there are no rankings
	Curve        []supposeTurn // what else becomes possible, or no longer is
	Conflict     *conflictView // why still nothing can be proposed
	Deals        string        // address of the page "What might be done"
}

type supposeSentence struct{ Words, Now string }

func (m *room) supposeHolders() []supposeHolder {
	var out []supposeHolder
	for _, s := range m.sides {
		h := supposeHolder{Side: s}
		if s.Register != nil {
			for _, i := range s.Register.Interests {
				h.Interests = append(h.Interests, supposeInterest{string(i.ID), m.phrase(i.Title), m.words.T("deals.tier." + tierKey(i.Tier))})
			}
		}
		if len(h.Interests) > 0 {
			out = append(out, h)
		}
	}
	return out
}

func tierKey(t interest.Tier) string { return or(t.String(), "unplaced") }

func (m *room) supposeTargets() []supposeTargets {
	ranks := supposeTargets{Words: m.words.T("suppose.group.tier")}
	for t := interest.Vital; ; t-- {
		word := tierKey(t)
		ranks.Options = append(ranks.Options, supposeTarget{word, m.words.T("suppose.to.tier", "Word", m.words.T("deals.tier."+word))})
		if t == interest.Unplaced {
			break
		}
	}
	out := []supposeTargets{ranks}
	for _, s := range m.sides {
		roles := supposeTargets{Words: m.words.T("suppose.group.role", "Side", s.Name.Words)}
		for r := interest.Key; ; r-- {
			word := or(r.String(), "unknown")
			roles.Options = append(roles.Options, supposeTarget{
				string(s.ID) + ":" + word, m.words.T("suppose.to.role", "Side", s.Name.Words, "Word", m.words.T("deals.role."+word)),
			})
			if r == interest.RoleUnknown {
				break
			}
		}
		out = append(out, roles)
	}
	return out
}

// supposeFields fills the form with what was asked, even where it cannot be
// tried, and leaves room for more.
func supposeFields(list []string) []supposeField {
	out := make([]supposeField, supposeChanges)
	for i := range out {
		out[i].N = i + 1
		if i < len(list) {
			what, to, _ := strings.Cut(list[i], "=")
			id, side, part := strings.Cut(what, ":")
			if part {
				to = side + ":" + to
			}
			out[i].Interest, out[i].To = id, to
		}
	}
	return out
}

// shownExamples is how many conditions of swaps are offered as examples.
const shownExamples = 2

// supposeExamples offers, for each side, to rank a disputed matter as vital, and
// changes by which a swap would fall.
func (m *room) supposeExamples(a *deal.Answer) []supposeExample {
	var list []interest.Assumption
	for _, s := range m.sides {
		if id := m.worthTrying(s); id != "" {
			list = append(list, interest.Assumption{Interest: id, Tier: interest.Vital})
		}
	}
	if a != nil {
		most := len(list) + shownExamples
		for _, s := range a.Swaps {
			for _, f := range s.FlipsIf {
				fall, err := interest.ParseAssumption(f.Interest + "=" + or(f.To, "unplaced"))
				if err == nil && f.Kind == "tier" && len(list) < most && !slices.Contains(list, fall) {
					list = append(list, fall)
				}
			}
		}
	}
	var out []supposeExample
	for _, x := range list {
		out = append(out, supposeExample{m.sentence(x).Words, supposeAddress(m, []string{x.String()}, nil)})
	}
	return out
}

// worthTrying is the interest of a side whose rank invites the question: the
// lowest in a disputed topic that others rank higher, and rather one about which
// something else is believed.
func (m *room) worthTrying(s Side) interest.ID {
	best, id := 0, interest.ID("")
	for i := range m.Topics {
		t := &m.Topics[i]
		if t.Relation != interest.Opposed {
			continue
		}
		for _, held := range m.index.Holders(t) {
			rank, _ := held.Rank()
			if held.Side != s.ID || rank == interest.Vital || rank == interest.Unplaced {
				continue
			}
			score := 1
			if rank == interest.Secondary {
				score += 4
			}
			if slices.ContainsFunc(m.index.Holders(t), func(o interest.Held) bool { r, _ := o.Rank(); return r > rank }) {
				score += 2
			}
			if slices.ContainsFunc(m.compare.Perception, func(b interest.Belief) bool { return b.Interest == string(held.Interests[0].ID) }) {
				score++
			}
			if score > best {
				best, id = score, held.Interests[0].ID
			}
		}
	}
	return id
}

// sentence is an assumption in words, with what the register says.
func (m *room) sentence(a interest.Assumption) supposeSentence {
	i, r := m.index.Interest(a.Interest)
	if i == nil {
		return supposeSentence{Words: a.String()}
	}
	title := m.phrase(i.Title).Words
	if a.Side == "" {
		key := "suppose.sentence.tier"
		if a.Tier == interest.Unplaced {
			key = "suppose.sentence.unplaced"
		}
		return supposeSentence{
			m.words.T(key, "Side", m.side(r.Subject).Name.Words, "Interest", title, "To", m.words.T("deals.tier."+tierKey(a.Tier))),
			m.words.T("suppose.now", "From", m.words.T("deals.tier."+tierKey(i.Tier))),
		}
	}
	c, _ := i.Counterpart(a.Side)
	return supposeSentence{
		m.words.T("suppose.sentence.role", "Side", m.side(a.Side).Name.Words, "Interest", title,
			"To", m.words.T("deals.role."+or(a.Role.String(), "unknown"))),
		m.words.T("suppose.now", "From", m.roleRange(c.Role)),
	}
}

func (m *room) roleRange(r interest.RoleRange) string {
	low, high := m.words.T("deals.role."+or(r.Low.String(), "unknown")), m.words.T("deals.role."+or(r.High.String(), "unknown"))
	if low == high {
		return low
	}
	return m.words.T("deals.role.range", "Low", low, "High", high)
}

// newSupposeResult lays the two answers side by side. What falls is told as the
// registers have it, what appears as the assumptions do.
func newSupposeResult(m, changed *room, what supposition, stated, supposed *deal.Answer) *supposeResult {
	before, after := newDealsView(m, stated, true), newDealsView(changed, supposed, true)
	x := &supposeResult{voice: voice{m.words}, Samples: supposed.Question.Samples, Deals: m.to("deals")}
	x.Sampled = stated.Question.Samples > 0 && supposed.Question.Samples > 0
	x.Command = command("parley deals " + before.Made.File)
	for _, a := range what.changes {
		x.Sentences = append(x.Sentences, m.sentence(a))
		x.Command += command(" --assume " + a.String())
	}
	for _, n := range what.without {
		x.Sentences = append(x.Sentences, ruleDropped(before, n))
		x.Command += command(fmt.Sprintf(" --without-rule %d", n))
	}
	x.Curve, x.Conflict = turns(before, after, len(what.changes) == 0), after.Conflict
	for i, s := range stated.Swaps {
		if !slices.ContainsFunc(supposed.Swaps, sameMoves(s)) {
			x.FallenSwaps = append(x.FallenSwaps, before.Swaps[i])
		}
	}
	for i, s := range supposed.Swaps {
		if slices.ContainsFunc(stated.Swaps, sameMoves(s)) {
			x.KeptSwaps = append(x.KeptSwaps, after.Swaps[i])
		} else {
			x.NewSwaps = append(x.NewSwaps, after.Swaps[i])
		}
	}
	x.Points = before.Exact
	x.NoSwapsAtAll = len(stated.Swaps)+len(supposed.Swaps) == 0
	stepMatter := func(v *dealsView) []matter {
		var out []matter
		for _, s := range v.Steps {
			out = append(out, s.Matter)
		}
		return out
	}
	x.FallenSteps, x.KeptSteps, x.NewSteps = parted(stepMatter(before), stepMatter(after))
	if x.Sampled {
		x.Closed, x.StillOpen, x.Opened = openParted(before.Undecided, after.Undecided)
	}
	x.Nothing = len(x.FallenSwaps)+len(x.NewSwaps)+len(x.FallenSteps)+len(x.NewSteps)+len(x.Closed)+len(x.Opened)+len(x.Curve) == 0
	return x
}

// sameMoves compares swaps by who moves on what; their order says nothing.
func sameMoves(s deal.Swap) func(deal.Swap) bool {
	return func(o deal.Swap) bool {
		if len(s.Moves) != len(o.Moves) {
			return false
		}
		return !slices.ContainsFunc(s.Moves, func(m deal.Move) bool { return !slices.Contains(o.Moves, m) })
	}
}

// parted splits two lists into what is gone, what stays and what is new.
func parted(before, after []matter) (gone, stays, fresh []matter) {
	for _, x := range before {
		if slices.Contains(after, x) {
			stays = append(stays, x)
		} else {
			gone = append(gone, x)
		}
	}
	for _, x := range after {
		if !slices.Contains(before, x) {
			fresh = append(fresh, x)
		}
	}
	return gone, stays, fresh
}

func openParted(before, after []openMatter) (closed []openMatter, still []matter, opened []openMatter) {
	in := func(list []openMatter, x openMatter) bool {
		return slices.ContainsFunc(list, func(o openMatter) bool { return o.Matter.ID == x.Matter.ID })
	}
	for _, x := range before {
		if in(after, x) {
			still = append(still, x.Matter)
		} else {
			closed = append(closed, x)
		}
	}
	for _, x := range after {
		if !in(before, x) {
			opened = append(opened, x)
		}
	}
	return closed, still, opened
}
