package dialogue

import (
	"parley/fault"
)

// CheckRecommend reports whether by may recommend of, who has recommended given
// others out of budget. Both take part, neither as an observer nor as a neutral.
func CheckRecommend(by, of Member, given, budget int) error {
	if by.ID == of.ID {
		return fault.New(fault.Invalid, "member.oneself", "nobody recommends themselves")
	}
	for _, m := range []Member{by, of} {
		if err := MayRecommend(m); err != nil {
			return err
		}
	}
	if given >= budget {
		return fault.New(fault.Conflict, "member.recommend-budget", "all %d recommendations are given", budget).With("Budget", budget)
	}
	return nil
}

// MayRecommend reports whether a member can recommend, and be recommended.
func MayRecommend(m Member) error {
	if m.State != Admitted || m.Observer || m.Neutral() {
		return fault.New(fault.Conflict, "member.recommend-counted", "recommendations are between members, not observers or neutrals")
	}
	return nil
}
