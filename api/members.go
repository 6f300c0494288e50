package api

import (
	"context"
	"net/http"
	"time"

	"parley/dialogue"
)

// member is somebody who takes part, as far as the reader may see. Those who
// admit see all but accounts; other members see neither moments nor approvals, and
// a checked name only where the rule of the room names people.
type member struct {
	ID        dialogue.MemberID  `json:"id"`
	Pseudonym string             `json:"pseudonym"`
	State     dialogue.State     `json:"state,omitempty"`
	Observer  bool               `json:"observer"`
	Sides     []dialogue.SideID  `json:"sides"`
	Grants    []grant            `json:"grants"`
	Verified  *verified          `json:"verified,omitempty"`
	Mandate   string             `json:"mandate,omitempty"`
	Approvals *[]dialogue.SideID `json:"approvals,omitempty" doc:"Registrars of which sides have approved; absent for members"`
	AskedAt   time.Time          `json:"asked_at,omitzero"`
	JoinedAt  time.Time          `json:"joined_at,omitzero"`
}

func memberOf(m dialogue.Member, lang string, full bool) member {
	out := member{
		ID: m.ID, Pseudonym: m.Pseudonym.In(lang), State: m.State, Observer: m.Observer, Sides: m.Sides, Grants: grantsOf(m.Grants),
		Verified: verifiedOf(m.Verified), Mandate: m.Mandate, AskedAt: m.AskedAt, JoinedAt: m.JoinedAt,
	}
	if full {
		out.Approvals = &m.Approvals
	}
	return out
}

func (s *server) registerMembers() {
	of := func(id, method, path string, verb dialogue.Verb, summary, about string) operation {
		return operation{id: id, method: method, path: "/dialogues/{dialogue}/members" + path, verb: verb, tag: tagMember, summary: summary, about: about}
	}
	register(s, of("list-members", http.MethodGet, "", dialogue.SeeMembers, "List those who take part",
		"In an order that means nothing. Members see one another only where the dialogue's roster is open."), s.listMembers)
	register(s, of("verify-member", http.MethodPut, "/{member}/verified", dialogue.Verify, "Record a name and office that were checked",
		"The proof itself is kept nowhere."), s.verify)
	register(s, of("unverify-member", http.MethodDelete, "/{member}/verified", dialogue.Verify, "Take the record of a name and office back", ""), s.unverify)
	register(s, of("record-mandate", http.MethodPut, "/{member}/mandate", dialogue.RecordMandate, "Record what somebody is mandated to say",
		"An empty mandate: they speak in a personal capacity."), s.recordMandate)
	register(s, of("grant-role", http.MethodPut, "/{member}/grants/{role}", dialogue.GrantRole, "Give a role", ""), s.grant)
	register(s, of("revoke-role", http.MethodDelete, "/{member}/grants/{role}", dialogue.GrantRole, "Take a role", "Nobody takes the last convener's."), s.revoke)
	register(s, of("name-delegate", http.MethodPut, "/{member}/delegate/{side}", dialogue.NameDelegate, "Let a member write the register of the registrar's side", ""), s.nameDelegate)
	register(s, of("unname-delegate", http.MethodDelete, "/{member}/delegate/{side}", dialogue.NameDelegate, "Take the register of the registrar's side from a member", ""), s.unnameDelegate)
	register(s, of("remove-traces", http.MethodDelete, "/{member}", dialogue.RemoveTraces, "Take somebody out at once, with all their traces",
		"For emergencies: name, office, recommendations and all they wrote."), s.removeTraces)
	register(s, operation{
		id: "remove-traces-by-name", method: http.MethodPost, path: "/dialogues/{dialogue}/traces/removal", verb: dialogue.RemoveTraces, tag: tagMember,
		summary: "Take somebody out at once, by their pseudonym", about: "For moderators, who see no list of members.",
	}, s.removeTracesByName)
}

func (s *server) listMembers(ctx context.Context, v *visit, in *InList) (*listed[member], error) {
	cursor, err := in.after()
	if err != nil {
		return nil, err
	}
	list, err := s.Store.Members(ctx, v.Person, v.dialogue(), dialogue.MemberID(cursor), in.Limit+1)
	if err != nil {
		return nil, err
	}
	return pageOf(v, in.Paging, "/members", membersOf(list, v.lang, dialogue.SeesInFull(v.Entrance.Standing)), func(m member) string { return string(m.ID) }), nil
}

func membersOf(list []dialogue.Member, lang string, full bool) []member {
	var out []member
	for _, m := range list {
		out = append(out, memberOf(m, lang, full))
	}
	return out
}

// nothing is an answer without a body.
type nothing struct{}

// verifying is a name and office that a registrar has checked.
type verifying struct {
	Name   string          `json:"name" minLength:"1" maxLength:"200" example:"Anna Ivanova"`
	Office string          `json:"office,omitempty" maxLength:"200"`
	Sector dialogue.Sector `json:"sector"`
	Side   dialogue.SideID `json:"side" doc:"Of the registrar who checked it; the member must declare it"`
}

func (s *server) verify(ctx context.Context, v *visit, in *struct {
	InMember
	Body verifying
}) (*nothing, error) {
	b := in.Body
	record := dialogue.Verified{Name: b.Name, Office: b.Office, Sector: b.Sector, Side: b.Side, At: v.now}
	return nil, s.Store.Verify(ctx, v.Person, v.dialogue(), in.Member, &record, v.now)
}

func (s *server) unverify(ctx context.Context, v *visit, in *InMember) (*nothing, error) {
	return nil, s.Store.Verify(ctx, v.Person, v.dialogue(), in.Member, nil, v.now)
}

type mandate struct {
	Mandate string `json:"mandate" maxLength:"500" doc:"What they are mandated to say, and by whom"`
}

func (s *server) recordMandate(ctx context.Context, v *visit, in *struct {
	InMember
	Body mandate
}) (*nothing, error) {
	return nil, s.Store.RecordMandate(ctx, v.Person, v.dialogue(), in.Member, in.Body.Mandate, v.now)
}

type InGrant struct {
	InMember
	Role dialogue.Role   `path:"role"`
	Side dialogue.SideID `query:"side" doc:"Of a role of a side"`
}

func (s *server) grant(ctx context.Context, v *visit, in *InGrant) (*nothing, error) {
	return nil, s.Store.Grant(ctx, v.Person, v.dialogue(), in.Member, dialogue.Grant{Role: in.Role, Side: in.Side}, v.now)
}

func (s *server) revoke(ctx context.Context, v *visit, in *InGrant) (*nothing, error) {
	return nil, s.Store.Revoke(ctx, v.Person, v.dialogue(), in.Member, dialogue.Grant{Role: in.Role, Side: in.Side}, v.now)
}

type InDelegate struct {
	InMember
	Side dialogue.SideID `path:"side"`
}

func (s *server) nameDelegate(ctx context.Context, v *visit, in *InDelegate) (*nothing, error) {
	return nil, s.Store.Grant(ctx, v.Person, v.dialogue(), in.Member, dialogue.Grant{Role: dialogue.Delegate, Side: in.Side}, v.now)
}

func (s *server) unnameDelegate(ctx context.Context, v *visit, in *InDelegate) (*nothing, error) {
	return nil, s.Store.Revoke(ctx, v.Person, v.dialogue(), in.Member, dialogue.Grant{Role: dialogue.Delegate, Side: in.Side}, v.now)
}

func (s *server) removeTraces(ctx context.Context, v *visit, in *InMember) (*nothing, error) {
	return nil, s.Store.RemoveTraces(ctx, v.Person, v.dialogue(), in.Member, v.now)
}

func (s *server) removeTracesByName(ctx context.Context, v *visit, in *struct {
	InDialogue
	Body pseudonym
}) (*nothing, error) {
	return nil, s.Store.RemoveTracesByName(ctx, v.Person, v.dialogue(), in.Body.Pseudonym, v.now)
}
