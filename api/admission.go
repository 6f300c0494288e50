package api

import (
	"context"
	"net/http"
	"time"

	"parley/dialogue"
)

// Invitation lets somebody in by a link.
type Invitation struct {
	ID        string            `json:"id"`
	Role      dialogue.Role     `json:"role"`
	Side      dialogue.SideID   `json:"side,omitempty" doc:"Of a role of a side; of a participant, the side proposed"`
	Note      string            `json:"note" doc:"For those who made it"`
	Uses      int               `json:"uses" doc:"How many may still come"`
	ByMember  dialogue.MemberID `json:"by_member,omitempty"`
	BySide    dialogue.SideID   `json:"by_side,omitempty" doc:"A registrar's side: another side's registrar has still to approve. Absent: it admits at once"`
	MadeAt    time.Time         `json:"made_at"`
	ExpiresAt time.Time         `json:"expires_at"`
}

// madeInvitation is a new invitation with its secret.
type madeInvitation struct {
	Invitation
	Secret string `json:"secret" doc:"Shown here once and kept nowhere: it goes into the header Parley-Invitation, or behind ?invitation= of the page that joins"`
}

// inviting is what an invitation is made from.
type inviting struct {
	Role      dialogue.Role   `json:"role"`
	Side      dialogue.SideID `json:"side,omitempty"`
	Note      string          `json:"note,omitempty" maxLength:"200"`
	Uses      int             `json:"uses,omitempty" minimum:"1" maximum:"1000" doc:"1 where it is absent"`
	ExpiresAt time.Time       `json:"expires_at,omitzero" doc:"In two weeks where it is absent"`
}

func (s *server) registerAdmission() {
	of := func(id, method, path string, verb dialogue.Verb, summary, about string) operation {
		return operation{id: id, method: method, path: "/dialogues/{dialogue}" + path, verb: verb, tag: tagDesk, summary: summary, about: about}
	}
	register(s, of("list-applicants", http.MethodGet, "/applicants", dialogue.Admit, "List who waits to be admitted", "The oldest first."), s.listApplicants)
	register(s, of("approve-applicant", http.MethodPut, "/applicants/{member}/approval", dialogue.Admit, "Approve somebody who waits",
		"The convener's approval admits; a registrar's needs a second one, of another side's registrar."), s.approve)
	register(s, of("refuse-applicant", http.MethodDelete, "/applicants/{member}", dialogue.Admit, "Refuse somebody who waits",
		"The convener may, and a registrar where every side that the person declares is the registrar's own."), s.refuseApplicant)
	register(s, of("list-invitations", http.MethodGet, "/invitations", dialogue.Invite, "List the invitations that are good", ""), s.listInvitations)
	invite := of("make-invitation", http.MethodPost, "/invitations", dialogue.Invite, "Make a link that lets somebody in", "")
	invite.status, invite.creates = http.StatusCreated, true
	register(s, invite, s.invite)
	register(s, of("end-invitation", http.MethodDelete, "/invitations/{invitation}", dialogue.Invite, "End an invitation", ""), s.endInvitation)
	appoint := of("appoint-convener", http.MethodPost, "/conveners", dialogue.AppointFirst, "Make a link for a convener", "The owner's way to hand a dialogue over.")
	appoint.status, appoint.creates = http.StatusCreated, true
	register(s, appoint, s.appointConvener)
}

func (s *server) listApplicants(ctx context.Context, v *visit, in *InList) (*listed[member], error) {
	cursor, err := in.after()
	if err != nil {
		return nil, err
	}
	list, err := s.Store.Applicants(ctx, v.Person, v.dialogue())
	if err != nil {
		return nil, err
	}
	id := func(m member) string { return string(m.ID) }
	return pageOf(v, in.Paging, "/applicants", after(membersOf(list, v.lang, true), cursor, id), id), nil
}

func (s *server) approve(ctx context.Context, v *visit, in *InMember) (*outBody[member], error) {
	m, err := s.Store.Admit(ctx, v.Person, v.dialogue(), in.Member, v.now)
	if err != nil {
		return nil, err
	}
	return &outBody[member]{memberOf(m, v.lang, true)}, nil
}

func (s *server) refuseApplicant(ctx context.Context, v *visit, in *InMember) (*nothing, error) {
	return nil, s.Store.Refuse(ctx, v.Person, v.dialogue(), in.Member, v.now)
}

func invitationOf(i dialogue.Invitation) Invitation {
	return Invitation{i.ID, i.Role, i.Side, i.Note, i.Uses, i.ByMember, i.BySide, i.MadeAt, i.ExpiresAt}
}

func (s *server) listInvitations(ctx context.Context, v *visit, in *InList) (*listed[Invitation], error) {
	cursor, err := in.after()
	if err != nil {
		return nil, err
	}
	list, err := s.Store.Invitations(ctx, v.Person, v.dialogue(), v.now)
	if err != nil {
		return nil, err
	}
	var all []Invitation
	for _, i := range list {
		all = append(all, invitationOf(i))
	}
	id := func(i Invitation) string { return i.ID }
	return pageOf(v, in.Paging, "/invitations", after(all, cursor, id), id), nil
}

func (s *server) makeInvitation(ctx context.Context, v *visit, i dialogue.Invitation) (*outBody[madeInvitation], error) {
	secret, made, err := s.Store.Invite(ctx, v.Person, v.dialogue(), i, v.now)
	if err != nil {
		return nil, err
	}
	return &outBody[madeInvitation]{madeInvitation{invitationOf(made), secret}}, nil
}

func (s *server) invite(ctx context.Context, v *visit, in *struct {
	InDialogue
	OnceKey
	Body inviting
}) (*outBody[madeInvitation], error) {
	b := in.Body
	return s.makeInvitation(ctx, v, dialogue.Invitation{Role: b.Role, Side: b.Side, Note: b.Note, Uses: b.Uses, ExpiresAt: b.ExpiresAt})
}

type appointing struct {
	Note      string    `json:"note,omitempty" maxLength:"200"`
	ExpiresAt time.Time `json:"expires_at,omitzero" doc:"In two weeks where it is absent"`
}

func (s *server) appointConvener(ctx context.Context, v *visit, in *struct {
	InDialogue
	OnceKey
	Body appointing
}) (*outBody[madeInvitation], error) {
	return s.makeInvitation(ctx, v, dialogue.Invitation{Role: dialogue.Convener, Note: in.Body.Note, ExpiresAt: in.Body.ExpiresAt})
}

func (s *server) endInvitation(ctx context.Context, v *visit, in *struct {
	InDialogue
	ID string `path:"invitation" minLength:"1" maxLength:"100" pattern:"^[A-Za-z0-9_-]+$"`
}) (*nothing, error) {
	return nil, s.Store.EndInvitation(ctx, v.Person, v.dialogue(), in.ID, v.now)
}
