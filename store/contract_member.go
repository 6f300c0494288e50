package store

import (
	"context"
	"time"

	"parley/account"
	"parley/dialogue"
)

func (s *Store) ChangePseudonym(ctx context.Context, actor account.PersonID, id dialogue.ID, name string, now time.Time) error {
	return errNotBuilt
}

// ChangeSides declares one side, several or none. A neutral has none.
func (s *Store) ChangeSides(ctx context.Context, actor account.PersonID, id dialogue.ID, sides []dialogue.SideID, now time.Time) error {
	return errNotBuilt
}

// ChangeTick gives or withdraws one consent. Withdrawing the rules is leaving:
// fault.Invalid "member.tick-rules" says so.
func (s *Store) ChangeTick(ctx context.Context, actor account.PersonID, id dialogue.ID, t dialogue.Tick, on bool, now time.Time) error {
	return errNotBuilt
}

// Leave ends the membership. What was written stays under a neutral name or is
// removed. The last convener cannot leave before another is appointed.
func (s *Store) Leave(ctx context.Context, actor account.PersonID, id dialogue.ID, keepWritten bool, now time.Time) (dialogue.Exit, error) {
	return dialogue.Exit{}, errNotBuilt
}

// Recommend and Unrecommend: within the budget, never oneself, admitted members
// both, neither observers nor neutrals.
func (s *Store) Recommend(ctx context.Context, actor account.PersonID, id dialogue.ID, m dialogue.MemberID, now time.Time) error {
	return errNotBuilt
}
func (s *Store) Unrecommend(ctx context.Context, actor account.PersonID, id dialogue.ID, m dialogue.MemberID) error {
	return errNotBuilt
}

// RecommendByName recommends the member of that pseudonym, so that the list of
// members need not be open.
func (s *Store) RecommendByName(ctx context.Context, actor account.PersonID, id dialogue.ID, pseudonym string, now time.Time) error {
	return errNotBuilt
}

// Weights are the voting rights of the members who are counted, by member: in
// (0, 1], see engine/trust. For what counts, not for pages.
func (s *Store) Weights(ctx context.Context, id dialogue.ID) (map[dialogue.MemberID]float64, error) {
	return nil, errNotBuilt
}

// Members lists members in the order of their ids, those after "after". Who may
// only SeeMembers sees pseudonyms of admitted members, and that only where the
// roster is open; registrars and conveners see all but accounts.
func (s *Store) Members(ctx context.Context, actor account.PersonID, id dialogue.ID, after dialogue.MemberID, limit int) ([]dialogue.Member, error) {
	return nil, errNotBuilt
}

// Applicants lists those who wait, the oldest first. Admit is one approval: the
// convener's admits, a registrar's needs a second one of another side's.
func (s *Store) Applicants(ctx context.Context, actor account.PersonID, id dialogue.ID) ([]dialogue.Member, error) {
	return nil, errNotBuilt
}
func (s *Store) Admit(ctx context.Context, actor account.PersonID, id dialogue.ID, m dialogue.MemberID, now time.Time) (dialogue.Member, error) {
	return dialogue.Member{}, errNotBuilt
}
func (s *Store) Refuse(ctx context.Context, actor account.PersonID, id dialogue.ID, m dialogue.MemberID, now time.Time) error {
	return errNotBuilt
}

// Verify records a checked name, office and sector; nil takes the record back.
// The registrar's side must be one the member declares. RecordMandate likewise;
// empty: in a personal capacity.
func (s *Store) Verify(ctx context.Context, actor account.PersonID, id dialogue.ID, m dialogue.MemberID, v *dialogue.Verified, now time.Time) error {
	return errNotBuilt
}
func (s *Store) RecordMandate(ctx context.Context, actor account.PersonID, id dialogue.ID, m dialogue.MemberID, mandate string, now time.Time) error {
	return errNotBuilt
}

// Grant and Revoke: a convener all roles, a registrar delegates of their side.
// Nobody takes the last convener's role. A neutral role is refused to who
// declares a side, and for roles of a side the member must declare that side.
func (s *Store) Grant(ctx context.Context, actor account.PersonID, id dialogue.ID, m dialogue.MemberID, g dialogue.Grant, now time.Time) error {
	return errNotBuilt
}
func (s *Store) Revoke(ctx context.Context, actor account.PersonID, id dialogue.ID, m dialogue.MemberID, g dialogue.Grant, now time.Time) error {
	return errNotBuilt
}

// RemoveTraces takes somebody out at once, with name, office, recommendations
// and all they wrote, and ends their sessions' standing here.
func (s *Store) RemoveTraces(ctx context.Context, actor account.PersonID, id dialogue.ID, m dialogue.MemberID, now time.Time) error {
	return errNotBuilt
}

// eraseMemberships ends all memberships of a person for Erase.
func eraseMemberships(c conn, person account.PersonID, keepWritten bool, now time.Time) error {
	return errNotBuilt
}
