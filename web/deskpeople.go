package web

import (
	"context"
	"net/http"
	"slices"

	"parley/dialogue"
	"parley/fault"
)

// admissionsPage lists those who ask to join. Approvals are shown by side and
// never by name.
type admissionsPage struct {
	deskFrame
	Rule    string // who decides
	Waiting []applicantRow
	Action  string
}

// applicantRow is somebody who asks.
type applicantRow struct {
	ID         dialogue.MemberID
	Pseudonym  string
	Sides      []Side
	Group      string
	Asked      string
	Approvals  []Side
	Approvable bool // the visitor's approval would count
	Refusable  bool // the visitor's refusal would be heard
}

func (s *Server) admissions(w http.ResponseWriter, r *http.Request) error {
	return s.showAdmissions(w, r, http.StatusOK, nil)
}

func (s *Server) showAdmissions(w http.ResponseWriter, r *http.Request, code int, bad wrongs) error {
	h := hallOf(r)
	waiting, err := s.Store.Applicants(r.Context(), h.person(), h.d.ID)
	if err != nil {
		return err
	}
	p := admissionsPage{deskFrame: s.deskLayout(r, h, "admissions"), Rule: h.words.T("room.admissions.rule"), Action: h.to("desk", "admissions")}
	p.Wrong = bad
	st := h.Entrance.Standing
	for _, m := range waiting {
		row := applicantRow{
			ID: m.ID, Pseudonym: m.Pseudonym.In(h.lang), Sides: h.sidesNamed(m.Sides), Group: h.group(m), Asked: dayOf(h.words, h.visit, m.AskedAt),
			Approvals: h.sidesNamed(m.Approvals), Approvable: h.may(dialogue.GrantRole),
			Refusable: dialogue.MayRefuse(st, m) == nil,
		}
		for _, side := range st.Registers() {
			row.Approvable = row.Approvable || !slices.Contains(m.Approvals, side)
		}
		p.Waiting = append(p.Waiting, row)
	}
	return s.show(w, r, code, "desk-admissions", p)
}

func (s *Server) decideAdmission(w http.ResponseWriter, r *http.Request) error {
	h, m := hallOf(r), dialogue.MemberID(r.PostFormValue("member"))
	ctx := context.WithoutCancel(r.Context())
	var err error
	said := "refused"
	switch r.PostFormValue("do") {
	case "refuse":
		err = s.Store.Refuse(ctx, h.person(), h.d.ID, m, s.Now())
	case "admit":
		var now dialogue.Member
		now, err = s.Store.Admit(ctx, h.person(), h.d.ID, m, s.Now())
		said = "approved"
		if now.State == dialogue.Admitted {
			said = "admitted"
		}
	default:
		return errGarbled
	}
	if err != nil {
		bad, code, err := s.mistaken(h.lang, err, fieldBy())
		if err != nil {
			return err
		}
		return s.showAdmissions(w, r, code, bad)
	}
	return seeOther(w, r, h.to("desk", "admissions"), said)
}

// deskMembersPage lists all members for those who admit. A moderator sees no
// list, and removes traces by the name that they saw.
type deskMembersPage struct {
	deskFrame
	Listed  bool
	Members []memberRow
	More    string
	Removes bool
	Action  string
	Name    string // as typed
}

func (s *Server) deskMembers(w http.ResponseWriter, r *http.Request) error {
	return s.showDeskMembers(w, r, http.StatusOK, "", nil)
}

func (s *Server) showDeskMembers(w http.ResponseWriter, r *http.Request, code int, typed string, bad wrongs) error {
	h := hallOf(r)
	p := deskMembersPage{
		deskFrame: s.deskLayout(r, h, "members"), Listed: h.runsMembers(), Removes: h.may(dialogue.RemoveTraces), Action: h.to("desk", "remove"), Name: typed,
	}
	p.Wrong = bad
	if p.Listed {
		list, err := s.Store.Members(r.Context(), h.person(), h.d.ID, dialogue.MemberID(r.URL.Query().Get("after")), pageOfMembers)
		if err != nil {
			return err
		}
		for _, m := range list {
			p.Members = append(p.Members, h.memberRow(m, true))
		}
		if len(list) == pageOfMembers {
			p.More = withQuery(h.to("desk", "members"), "after", string(list[len(list)-1].ID))
		}
	}
	return s.show(w, r, code, "desk-members", p)
}

// runsMembers reports whether the visitor sees members as those who admit do.
func (h *hall) runsMembers() bool {
	has := h.Entrance.Standing.Roles()
	return slices.Contains(has, dialogue.Convener) || slices.Contains(has, dialogue.Registrar)
}

// deskMemberPage is one member, with all that may be recorded about them.
type deskMemberPage struct {
	deskFrame
	Member      memberRow
	Verifies    bool
	Verified    verifiedForm
	Checked     string // by which side, when; empty: nothing is recorded
	SeenName    string // who sees a checked name here
	Mandates    bool
	Mandate     string
	SeenMandate string // who sees a mandate here
	Grants      []grantRow
	Grantable   []option // "moderator", "registrar:RU"
	GrantTo     string
	Removes     bool
	Actions     struct{ Verify, Mandate, Remove string }
}

// verifiedForm is a checked name as it was typed.
type verifiedForm struct {
	Name, Office string
	Sectors      []option
}

// grantRow is a role that somebody holds.
type grantRow struct {
	Words, Value string
	Revocable    bool
}

func (s *Server) deskMember(w http.ResponseWriter, r *http.Request) error {
	return s.showDeskMember(w, r, http.StatusOK, nil, nil)
}

// memberAt finds the member whom the address names.
func (s *Server) memberAt(r *http.Request, h *hall) (dialogue.Member, error) {
	id := dialogue.MemberID(r.PathValue("member"))
	if !h.runsMembers() {
		return dialogue.Member{}, fault.New(fault.Denied, "dialogue.denied", "who does not admit sees no members")
	}
	var after dialogue.MemberID
	for {
		list, err := s.Store.Members(r.Context(), h.person(), h.d.ID, after, pageOfMembers)
		if err != nil {
			return dialogue.Member{}, err
		}
		for _, m := range list {
			if m.ID == id {
				return m, nil
			}
		}
		if len(list) < pageOfMembers {
			return dialogue.Member{}, missing("member", string(id))
		}
		after = list[len(list)-1].ID
	}
}

func (s *Server) showDeskMember(w http.ResponseWriter, r *http.Request, code int, bad wrongs, typed func(*deskMemberPage)) error {
	h := hallOf(r)
	m, err := s.memberAt(r, h)
	if err != nil {
		return err
	}
	at := func(deed string) string { return h.to("desk", "members", string(m.ID), deed) }
	p := deskMemberPage{
		deskFrame: s.deskLayout(r, h, "members"), Member: h.memberRow(m, true), Mandate: m.Mandate, Removes: h.may(dialogue.RemoveTraces),
	}
	p.Wrong, p.Heading = bad, m.Pseudonym.In(h.lang)
	p.Actions.Verify, p.Actions.Mandate, p.Actions.Remove = at("verify"), at("mandate"), at("remove")
	p.GrantTo = at("grant")
	own := h.Entrance.Standing.Registers()
	ofOwn := slices.ContainsFunc(m.Sides, func(s dialogue.SideID) bool { return slices.Contains(own, s) })
	p.Verifies, p.Mandates = h.may(dialogue.Verify) && ofOwn, h.may(dialogue.RecordMandate) && ofOwn
	sector := dialogue.Sector("")
	if v := m.Verified; v != nil {
		p.Verified.Name, p.Verified.Office, sector = v.Name, v.Office, v.Sector
		p.Checked = h.words.T("room.verified.by", "Side", h.side(v.Side).Name, "Date", dayOf(h.words, h.visit, v.At))
	}
	p.Verified.Sectors = choices(h.words, "room.sector.", dialogue.Sectors, sector)
	p.SeenMandate = h.words.T("room.verify.seen." + rosterOf(h.d))
	if p.SeenName = p.SeenMandate; !h.d.Rule.NamesPeople() {
		p.SeenName = h.words.T("room.verify.seen." + string(dialogue.RosterClosed))
	}
	h.grants(&p, m)
	if typed != nil {
		typed(&p)
	}
	return s.show(w, r, code, "desk-member", p)
}

// grants lists the roles that the member holds, and those that the visitor may
// give.
func (h *hall) grants(p *deskMemberPage, m dialogue.Member) {
	convener := h.may(dialogue.GrantRole)
	if !convener {
		p.GrantTo = h.to("desk", "members", string(m.ID), "editor")
	}
	for _, g := range m.Grants {
		p.Grants = append(p.Grants, grantRow{h.grantWords(g), grantValue(g), h.mayGrant(g)})
	}
	if m.State != dialogue.Admitted || m.Observer {
		return
	}
	for _, role := range dialogue.Granted {
		sides := []dialogue.SideID{""}
		if role.OfSide() {
			sides = m.Sides
		}
		for _, side := range sides {
			g := dialogue.Grant{Role: role, Side: side}
			if h.mayGrant(g) && dialogue.CheckGiver(h.Entrance.Standing, m, g) == nil && !slices.Contains(m.Grants, g) && !(role.Neutral() && len(m.Sides) > 0) {
				p.Grantable = append(p.Grantable, option{Value: grantValue(g), Words: h.grantWords(g)})
			}
		}
	}
}

// mayGrant: a convener all roles, a registrar the editors of their own side.
func (h *hall) mayGrant(g dialogue.Grant) bool {
	if h.may(dialogue.GrantRole) {
		return true
	}
	return g.Role == dialogue.Delegate && dialogue.MayForSide(h.Entrance.Standing, dialogue.NameDelegate, h.d.Dialogue, g.Side) == nil
}
