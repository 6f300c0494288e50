package deal

import (
	"slices"

	"parley/dialogue"
	"parley/i18n"
	"parley/interest"
)

// Written is the part of a table that somebody wrote down: issues that replace
// the derived ones of their topics, rules, and exact values where there are any.
type Written struct {
	Issues       []WrittenIssue
	Rules        []Rule
	Disagreement []SidePoints // where given, it is the whole baseline
	Cap          []SidePoints // in a table of points: a package counts no more than this for a side
	Roles        RoleNumbers  // numbers for the words of the role scale; zero means the usual ones
}

// InPoints reports whether an option states what it is worth in points: then
// the table needs no register. A table that is not there states none.
func (w *Written) InPoints() bool {
	return w != nil && slices.ContainsFunc(w.Issues, func(i WrittenIssue) bool {
		return slices.ContainsFunc(i.Options, func(o WrittenOption) bool { return len(o.Points) > 0 })
	})
}

// WrittenIssue is an issue with its options; the first option is the status quo.
type WrittenIssue struct {
	Topic   interest.TopicID
	Title   i18n.Text // of an issue that belongs to no topic
	Options []WrittenOption
}

// WrittenOption is one way to settle an issue. Either it has effects on
// interests, or it has points, exact values for each side; never both.
type WrittenOption struct {
	ID      string
	Title   i18n.Text
	Effects []WrittenEffect
	Points  []SidePoints
	Act     *interest.Act
}

// WrittenEffect is what an option does to an interest: +1 serves it in full,
// -1 gives it up in full. It is multiplied by the interest's stake in the topic
// and by nothing else.
type WrittenEffect struct {
	Interest interest.ID
	Value    interest.Fraction
}

// SidePoints is an exact value for one side, on that side's own scale.
type SidePoints struct {
	Side  dialogue.SideID
	Value interest.Fraction
}

// Rule is a condition on packages, or what options do together.
type Rule struct {
	Option   OptionRef       // the option that the rule is about
	Requires []OptionRef     // it needs these (at least AtLeast of them)
	AtLeast  int             // 0 means all
	Excludes []OptionRef     // it goes together with none of these
	Side     dialogue.SideID // whose red line it is
	Refuses  OptionRef       // the side will not accept this option ...
	NotBelow interest.ID     // ... or this interest falling below the status quo ...
	When     []OptionRef     // ... where it holds only together with all of these
	Together []OptionRef     // these options together have effects of their own, or in a table of points
	Effects  []WrittenEffect
	Points   []SidePoints // points of their own; a side that is left out gets none
	Note     i18n.Text
	Aside    bool // supposed not to hold, see Input.WithoutRules; never so in a file
}

// RoleNumbers gives each word of the role scale its number, and the interval
// that stands for a role that is not stated.
type RoleNumbers struct {
	None, Minor, Medium, Important, Key interest.Fraction
	UnknownLow, UnknownHigh             interest.Fraction
	Set                                 bool // whether a file states them
}

// UsualRoleNumbers are none 0, minor 1/4, medium 1/2, important 3/4, key 1, and
// 1/4 to 1 where the role is not stated.
func UsualRoleNumbers() RoleNumbers {
	return RoleNumbers{
		None: interest.FractionOf(0, 1), Minor: interest.FractionOf(1, 4), Medium: interest.FractionOf(1, 2),
		Important: interest.FractionOf(3, 4), Key: interest.FractionOf(1, 1),
		UnknownLow: interest.FractionOf(1, 4), UnknownHigh: interest.FractionOf(1, 1),
	}
}
