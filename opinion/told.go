package opinion

import (
	"cmp"
	"slices"
	"time"

	"parley/dialogue"
	"parley/engine/beta"
)

// Level is the chance with which an interval holds what it is about.
const Level = 0.9

// Tally is the answers of one group as they stand: never shown to anybody, but
// what is told is taken from it when it is due.
type Tally struct {
	Agree, Disagree, Passed, Matters int
	Fresh                            int // of how many different people the answer is one that no figures held yet
}

// N is how many people of the group have an answer that counts.
func (t Tally) N() int { return t.Agree + t.Disagree + t.Passed }

// Add is the tally with another one added, which may be negative.
func (t Tally) Add(o Tally) Tally {
	return Tally{t.Agree + o.Agree, t.Disagree + o.Disagree, t.Passed + o.Passed, t.Matters + o.Matters, t.Fresh + o.Fresh}
}

// Of is the tally of one vote, or of none.
func Of(choice Choice, matters bool) Tally {
	t := Tally{}
	switch choice {
	case Agree:
		t.Agree = 1
	case Disagree:
		t.Disagree = 1
	case Pass:
		t.Passed = 1
	}
	if matters && choice != "" {
		t.Matters = 1
	}
	return t
}

// Minus turns what is added into what is taken away.
func (t Tally) Minus() Tally { return Tally{-t.Agree, -t.Disagree, -t.Passed, -t.Matters, -t.Fresh} }

// Due reports whether n people, of whom fresh have an answer that no figures held
// yet, may be told of anew. It is the one rule for answers and for expectations.
//
// What was withdrawn, or went to another group, goes from the figures when they
// are next told, and is not counted among the fresh. So in any sum and difference
// of figures, of whatever times and groups, at least NextTotal answers of different
// people stand with the same sign that stand in the newest of them alone: no
// arithmetic leads to fewer. Were withdrawals counted, figures before five came and
// after these five and a sixth had gone would differ by the sixth.
func Due(n, fresh int) bool { return n >= FirstTotal && fresh >= NextTotal }

// Opens reports whether a statement of which nothing is told may be told of:
// every side has its ten.
func Opens(sides []dialogue.SideID, tallies map[Group]Tally) bool {
	return len(sides) > 0 && !slices.ContainsFunc(sides, func(s dialogue.SideID) bool { return tallies[Group(s)].N() < FirstTotal })
}

// Figures are the tally as it is told, without its interval.
func (t Tally) Figures(g Group) Figures {
	f := Figures{Group: g, N: t.N(), Agree: t.Agree, Disagree: t.Disagree, Passed: t.Passed, Matters: t.Matters}
	if few(t.Matters) || few(f.N-t.Matters) {
		f.Matters = -1
	}
	return f
}

// Interval is that of the share that agrees.
func (t Tally) Interval() (low, high float64) { return beta.Share(t.Agree, t.N(), Level) }

// few reports whether so many people are too few to be told of.
func few(n int) bool { return n > 0 && n < Smallest }

// Sort puts sides in the order of their ids, then the groups that are no side;
// gaps by who expects and of whom.
func (t *Told) Sort() {
	last := []Group{Several, None, Newcomer}
	slices.SortFunc(t.Groups, func(a, b Figures) int {
		return cmp.Or(slices.Index(last, a.Group)-slices.Index(last, b.Group), cmp.Compare(a.Group, b.Group))
	})
	slices.SortFunc(t.Gaps, func(a, b Gap) int { return cmp.Or(cmp.Compare(a.Of, b.Of), cmp.Compare(a.About, b.About)) })
}

// Figures finds those of a group; nil where nothing is told of it.
func (t *Told) Figures(g Group) *Figures {
	if t == nil {
		return nil
	}
	for i := range t.Groups {
		if t.Groups[i].Group == g {
			return &t.Groups[i]
		}
	}
	return nil
}

// Gap finds what one side expects of another; nil where it is not told.
func (t *Told) Gap(of, about dialogue.SideID) *Gap {
	if t == nil {
		return nil
	}
	for i := range t.Gaps {
		if t.Gaps[i].Of == of && t.Gaps[i].About == about {
			return &t.Gaps[i]
		}
	}
	return nil
}

// Ground is the common ground of what is told: the least, over the sides, of the
// bound above which the share that agrees lies with a chance of 90 %, by
// Beta(agree + 1/2, N - agree + 1/2). 0 where a side is not told.
func Ground(sides []dialogue.SideID, t *Told) float64 {
	if len(sides) == 0 {
		return 0
	}
	least := 1.0
	for _, s := range sides {
		f := t.Figures(Group(s))
		if f == nil {
			return 0
		}
		least = min(least, beta.AtLeast(f.Agree, f.N, Level))
	}
	return least
}

// IsGround is above what a statement is common ground.
const IsGround = 0.5

// Day is a time without the hour: what is told names no more.
func Day(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }
