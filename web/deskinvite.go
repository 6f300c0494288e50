package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"parley/dialogue"
)

// invitationsPage makes links that let people in, and lists those that are good.
type invitationsPage struct {
	deskFrame
	Link        string // the one just made; shown once
	List        []invitationRow
	Roles       []option
	Sides       []option
	Form        invitationForm
	Action      string
	ByRegistrar bool // another side's registrar has still to approve
}

// invitationForm is an invitation as it was typed.
type invitationForm struct{ Note, Uses, Days string }

// invitationRow is one invitation that is good.
type invitationRow struct {
	Words, Note, Left, Until, By string
	End                          string // the address that ends it
}

// inviteDays is how long an invitation lasts unless typed otherwise.
const inviteDays = 14

func (s *Server) invitations(w http.ResponseWriter, r *http.Request) error {
	return s.showInvitations(w, r, http.StatusOK, dialogue.Invitation{Role: dialogue.Participant}, invitationForm{Uses: "1", Days: strconv.Itoa(inviteDays)}, "", nil)
}

func (s *Server) showInvitations(w http.ResponseWriter, r *http.Request, code int, typed dialogue.Invitation, form invitationForm, link string, bad wrongs) error {
	h := hallOf(r)
	list, err := s.Store.Invitations(r.Context(), h.person(), h.d.ID, s.Now())
	if err != nil {
		return err
	}
	convener := h.may(dialogue.GrantRole)
	p := invitationsPage{
		deskFrame: s.deskLayout(r, h, "invitations"), Link: link, Form: form, Action: h.to("desk", "invitations"), ByRegistrar: !convener,
	}
	p.Wrong = bad
	roles := []dialogue.Role{dialogue.Participant, dialogue.Observer}
	if convener {
		roles = append(roles, dialogue.Granted...)
	}
	p.Roles = choices(h.words, "room.role.", roles, typed.Role)
	for _, side := range h.sides {
		p.Sides = append(p.Sides, option{Value: string(side.ID), Words: side.Name.Words, Chosen: side.ID == typed.Side})
	}
	for _, i := range list {
		row := invitationRow{
			Words: h.grantWords(dialogue.Grant{Role: i.Role, Side: i.Side}), Note: i.Note, Left: h.words.N("room.invite.left", i.Uses),
			Until: moment(h.words, h.visit, i.ExpiresAt), End: h.to("desk", "invitations", i.ID, "end"), By: h.words.T("room.role.convener"),
		}
		if i.BySide != "" {
			row.By = h.grantWords(dialogue.Grant{Role: dialogue.Registrar, Side: i.BySide})
		}
		p.List = append(p.List, row)
	}
	return s.show(w, r, code, "desk-invitations", p)
}

// invite makes a link and shows it, this once.
func (s *Server) invite(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	form := invitationForm{strings.TrimSpace(r.PostFormValue("note")), strings.TrimSpace(r.PostFormValue("uses")), strings.TrimSpace(r.PostFormValue("days"))}
	i := dialogue.Invitation{
		Role: dialogue.Role(r.PostFormValue("role")), Side: dialogue.SideID(r.PostFormValue("side")), Note: form.Note, Uses: intOf(form.Uses),
		ExpiresAt: s.Now().Add(time.Duration(intOf(form.Days)) * 24 * time.Hour),
	}
	if st := h.Entrance.Standing; !h.may(dialogue.GrantRole) && len(st.Registers()) > 0 {
		i.BySide = st.Registers()[0]
	}
	secret, _, err := s.Store.Invite(context.WithoutCancel(r.Context()), h.person(), h.d.ID, i, s.Now())
	if err != nil {
		bad, code, err := s.mistaken(h.lang, err, fieldBy("bounds", "uses", "note", "note", "side", "side", "role", "role", "registrar", "role"))
		if err != nil {
			return err
		}
		return s.showInvitations(w, r, code, i, form, "", bad)
	}
	w.Header().Set("Cache-Control", "no-store")
	return s.showInvitations(w, r, http.StatusOK, dialogue.Invitation{Role: dialogue.Participant},
		invitationForm{Uses: "1", Days: strconv.Itoa(inviteDays)}, s.invitationLink(h.lang, h.d.ID, secret), nil)
}

// invitationLink is what somebody is given who is invited.
func (s *Server) invitationLink(lang string, id dialogue.ID, secret string) string {
	return s.origin.String() + withQuery(addressIn(lang, id, "join"), "invitation", secret)
}

func (s *Server) endInvitation(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	if err := s.Store.EndInvitation(context.WithoutCancel(r.Context()), h.person(), h.d.ID, r.PathValue("invitation"), s.Now()); err != nil {
		return err
	}
	return seeOther(w, r, h.to("desk", "invitations"), "ended")
}
