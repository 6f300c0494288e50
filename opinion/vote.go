package opinion

import (
	"slices"
	"time"

	"parley/dialogue"
	"parley/fault"
	"parley/writing"
)

// Facts are what decides for whom somebody's answers count.
type Facts struct {
	Sides       []dialogue.SideID
	Neutral     bool // serves all sides
	Known       bool // vetted, or recommended by somebody who was
	Opinions    bool // lets their opinions be kept
	Publication bool // lets results be published in which they are counted
}

// Group is in which somebody's answers are counted; empty: in none.
func (f Facts) Group() Group {
	switch {
	case f.Neutral || !f.Opinions || !f.Publication:
		return ""
	case !f.Known:
		return Newcomer
	case len(f.Sides) == 1:
		return Group(f.Sides[0])
	case len(f.Sides) > 1:
		return Several
	}
	return None
}

// Voter is somebody before a statement.
type Voter struct {
	Sides    []dialogue.SideID
	Neutral  bool
	Opinions bool
	Group    Group     // in which their answers are counted; empty: in none
	Withdrew time.Time // when they last took an answer back
}

// MayAnswer is fault.Denied where the voter may not answer statements: neutrals
// may not, and nobody may who does not let their opinions be kept.
func (v Voter) MayAnswer() error {
	if v.Neutral {
		return fault.New(fault.Denied, "opinion.neutral", "who serves all sides answers no statements")
	}
	if !v.Opinions {
		return fault.New(fault.Denied, "opinion.tick", "answers are kept only of those who agreed to that")
	}
	return nil
}

// Others lists the sides of which the voter may say what they expect: all that
// are not theirs.
func (v Voter) Others(d dialogue.Dialogue) []dialogue.SideID {
	out := []dialogue.SideID{}
	for _, s := range d.Sides {
		if !slices.Contains(v.Sides, s.ID) {
			out = append(out, s.ID)
		}
	}
	slices.Sort(out)
	return out
}

// Vote is one person's answer as it is kept. The zero Vote is none.
type Vote struct {
	Group   Group // in which it is counted; empty: in none
	Choice  Choice
	Matters bool
	Counts  bool   // it came by the card
	Nonce   string // of the token with which it came last: spent
	At      time.Time
}

// Cast is the only way to a Vote. before is the voter's earlier vote, or the
// zero Vote; card is the good token with which the ballot came, or
// none. Whoever once answered by the card may change the answer
// anywhere.
func (s Statement) Cast(v Voter, before Vote, b Ballot, card Served, now time.Time) (Vote, error) {
	if err := v.MayAnswer(); err != nil {
		return Vote{}, err
	}
	switch {
	case s.State != writing.Shown:
		return Vote{}, NoStatement(s.ID)
	case s.Closed:
		return Vote{}, fault.New(fault.Conflict, "opinion.no-more", "statement %d takes no answers any more", s.ID)
	case !slices.Contains(Choices, b.Choice):
		return Vote{}, fault.New(fault.Invalid, "opinion.choice", "%q is no answer", b.Choice)
	case card.spent(v, before):
		return Vote{}, fault.New(fault.Conflict, "opinion.token-spent", "this card was answered already")
	}
	out := Vote{Choice: b.Choice, Matters: b.Matters, Counts: card.Nonce != "" || before.Counts, Nonce: before.Nonce, At: now}
	if card.Nonce != "" {
		out.Nonce = card.Nonce
	}
	if out.Counts {
		out.Group = v.Group
	}
	return out, nil
}

// NoStatement is fault.Missing: there is no such statement, or none that may be
// seen.
func NoStatement(n writing.ID) error {
	return fault.New(fault.Missing, "opinion.missing", "there is no statement %d", n).With("Number", int64(n))
}

// Moved is the vote after its owner's group has become another. Who comes to be
// known takes along what they answered as a newcomer, and what never counted for
// lack of a consent counts with it. Any other answer rests until its owner gives
// it again: it was given for another group, and figures that somebody's comings
// and goings could take apart and put together again would tell of others.
func (v Vote) Moved(to Group) Vote {
	switch {
	case v.Group == to:
	case v.Counts && to != "" && (v.Group == "" || v.Group == Newcomer):
		v.Group = to
	case v.Group != "":
		v.Group, v.Counts = "", false
	}
	return v
}

// Check reports what cannot be sent in as a statement.
func (n NewStatement) Check() error {
	if n.Under.Item != 0 && n.Under.Option != "" {
		return fault.New(fault.Invalid, "opinion.place", "a statement stands in one place")
	}
	return nil
}

// CheckGuess reports whether the voter may say how many of ten from the side
// agree: after their own answer, once, of a side that is not theirs. told is
// whether anything is told of the statement: until then they may change it.
func (a Answer) CheckGuess(others []dialogue.SideID, about dialogue.SideID, of10 int, told bool) error {
	switch {
	case a.Choice == "":
		return fault.New(fault.Denied, "opinion.answer-first", "answer the statement first")
	case !slices.Contains(others, about):
		return fault.New(fault.Invalid, "opinion.guess-side", "%q is no other side", about)
	case of10 < 0 || of10 > 10:
		return fault.New(fault.Invalid, "opinion.guess-range", "%d is no number of ten", of10)
	case told && a.Settled(about):
		return fault.New(fault.Conflict, "opinion.guess-late", "the result was shown: what was expected before it stays")
	}
	return nil
}
