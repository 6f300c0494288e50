package store

import (
	"context"
	"time"

	"parley/account"
	"parley/dialogue"
)

// Entrance is a dialogue as somebody at its door finds it: enough to decide what
// they may do, and to show the card before joining.
type Entrance struct {
	dialogue.Configured
	Standing    dialogue.Standing
	Declaration dialogue.Declaration // the newest; Version 0: there is none
	Invitation  *dialogue.Invitation // the one whose secret was given, where it is good
}

// Entrance is fault.Missing where there is no dialogue. It decides nothing:
// dialogue.May does. It writes nothing.
func (s *Store) Entrance(ctx context.Context, id dialogue.ID, actor account.PersonID, invitation string, now time.Time) (e Entrance, err error) {
	return e, errNotBuilt
}

// Every deed below asks dialogue.May inside its own transaction; actor is the
// person from the session or token.

// JoinRequest is what somebody says when they join.
type JoinRequest struct {
	Invitation string // the secret; may be empty
	Pseudonym  string // empty: "Participant 7", in the language of Lang
	Sides      []dialogue.SideID
	Observer   bool
	Version    int    // of the declaration they agree to
	Lang       string // in which they read it
	Ticks      []dialogue.Tick
}

// Join makes a member, admitted or waiting as the dialogue's admission says.
// Agreeing to an older version is fault.Stale, a rules tick left out
// fault.Invalid. A neutral invitation takes no side.
func (s *Store) Join(ctx context.Context, actor account.PersonID, id dialogue.ID, j JoinRequest, now time.Time) (m dialogue.Member, err error) {
	return m, errNotBuilt
}

// Mine is the actor's own membership with all agreements and consents;
// fault.Missing where there is none.
func (s *Store) Mine(ctx context.Context, actor account.PersonID, id dialogue.ID) (m Mine, err error) {
	return m, errNotBuilt
}

// Mine is a membership as its holder sees it.
type Mine struct {
	dialogue.Member
	Agreements  []dialogue.Agreement
	Consents    []dialogue.Consent
	Recommended []dialogue.Member // whom they recommended: ID and Pseudonym alone
	BudgetLeft  int
}

// Memberships lists the dialogues in which the actor takes part or asked to.
func (s *Store) Memberships(ctx context.Context, actor account.PersonID) ([]Membership, error) {
	return nil, errNotBuilt
}

// Membership is one line of that list.
type Membership struct {
	Dialogue dialogue.Dialogue
	Standing dialogue.Standing
}

func (s *Store) Agree(ctx context.Context, actor account.PersonID, id dialogue.ID, version int, lang string, now time.Time) error {
	return errNotBuilt
}
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

// Invite makes a link. A convener's lets in at once; a registrar's, for members
// and observers alone, counts as that side's approval. The owner may invite a
// convener.
func (s *Store) Invite(ctx context.Context, actor account.PersonID, id dialogue.ID, i dialogue.Invitation, now time.Time) (secret string, made dialogue.Invitation, err error) {
	return "", made, errNotBuilt
}
func (s *Store) Invitations(ctx context.Context, actor account.PersonID, id dialogue.ID, now time.Time) ([]dialogue.Invitation, error) {
	return nil, errNotBuilt
}
func (s *Store) EndInvitation(ctx context.Context, actor account.PersonID, id dialogue.ID, invitation string, now time.Time) error {
	return errNotBuilt
}

// RemoveTraces takes somebody out at once, with name, office, recommendations
// and all they wrote, and ends their sessions' standing here.
func (s *Store) RemoveTraces(ctx context.Context, actor account.PersonID, id dialogue.ID, m dialogue.MemberID, now time.Time) error {
	return errNotBuilt
}

// standing is what the actor is to the dialogue, read inside a deed or a read.
func standing(c conn, id dialogue.ID, actor account.PersonID) (st dialogue.Standing, d dialogue.Configured, err error) {
	return st, d, errNotBuilt
}

// allowed is standing after dialogue.May has agreed to the verb: how every deed
// of a dialogue begins.
func allowed(c conn, id dialogue.ID, actor account.PersonID, do dialogue.Verb) (st dialogue.Standing, d dialogue.Configured, err error) {
	return st, d, errNotBuilt
}

// eraseMemberships ends all memberships of a person for Erase.
func eraseMemberships(c conn, person account.PersonID, keepWritten bool, now time.Time) error {
	return errNotBuilt
}
