package web

import (
	"context"
	"net/http"
	"strings"

	"parley/dialogue"
)

// grantValue names a role in a form: "moderator", "registrar:RU".
func grantValue(g dialogue.Grant) string {
	if g.Side == "" {
		return string(g.Role)
	}
	return string(g.Role) + ":" + string(g.Side)
}

func grantOf(value string) dialogue.Grant {
	role, side, _ := strings.Cut(value, ":")
	return dialogue.Grant{Role: dialogue.Role(role), Side: dialogue.SideID(side)}
}

// ofMember is a form about one member: back to their page, or the page again
// with what is wrong.
func (s *Server) ofMember(w http.ResponseWriter, r *http.Request, said string, err error, field func(string) string, typed func(*deskMemberPage)) error {
	h := hallOf(r)
	if err == nil {
		return seeOther(w, r, h.to("desk", "members", r.PathValue("member")), said)
	}
	bad, code, err := s.mistaken(h.lang, err, field)
	if err != nil {
		return err
	}
	return s.showDeskMember(w, r, code, bad, typed)
}

// verify records a checked name, or takes the record back.
func (s *Server) verify(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	var v *dialogue.Verified
	if r.PostFormValue("do") != "remove" {
		v = &dialogue.Verified{
			Name: strings.TrimSpace(r.PostFormValue("name")), Office: strings.TrimSpace(r.PostFormValue("office")),
			Sector: dialogue.Sector(r.PostFormValue("sector")),
		}
	}
	err := s.Store.Verify(context.WithoutCancel(r.Context()), h.person(), h.d.ID, dialogue.MemberID(r.PathValue("member")), v, s.Now())
	return s.ofMember(w, r, "verified", err, fieldBy("sector", "sector", "verified", "name"), func(p *deskMemberPage) {
		if v != nil {
			p.Verified.Name, p.Verified.Office = v.Name, v.Office
			p.Verified.Sectors = choices(h.words, "room.sector.", dialogue.Sectors, v.Sector)
		}
	})
}

func (s *Server) recordMandate(w http.ResponseWriter, r *http.Request) error {
	h, mandate := hallOf(r), strings.TrimSpace(r.PostFormValue("mandate"))
	err := s.Store.RecordMandate(context.WithoutCancel(r.Context()), h.person(), h.d.ID, dialogue.MemberID(r.PathValue("member")), mandate, s.Now())
	return s.ofMember(w, r, "mandate", err, fieldBy("mandate", "mandate"), func(p *deskMemberPage) { p.Mandate = mandate })
}

// grant gives a role or takes one away.
func (s *Server) grant(w http.ResponseWriter, r *http.Request) error {
	h, g, m := hallOf(r), grantOf(r.PostFormValue("role")), dialogue.MemberID(r.PathValue("member"))
	ctx := context.WithoutCancel(r.Context())
	var err error
	said := "granted"
	switch r.PostFormValue("do") {
	case "grant":
		err = s.Store.Grant(ctx, h.person(), h.d.ID, m, g, s.Now())
	case "revoke":
		said, err = "revoked", s.Store.Revoke(ctx, h.person(), h.d.ID, m, g, s.Now())
	default:
		return errGarbled
	}
	return s.ofMember(w, r, said, err, fieldBy("", "role"), nil)
}

// removeTraces takes somebody out at once, with all that they left.
func (s *Server) removeTraces(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	if r.PostFormValue("sure") == "" {
		return s.showDeskMember(w, r, http.StatusBadRequest, wrongs{{"sure", h.words.T("room.remove.unsure")}}, nil)
	}
	err := s.Store.RemoveTraces(context.WithoutCancel(r.Context()), h.person(), h.d.ID, dialogue.MemberID(r.PathValue("member")), s.Now())
	if err == nil {
		return seeOther(w, r, h.to("desk", "members"), "removed")
	}
	return s.ofMember(w, r, "", err, fieldBy("", "sure"), nil)
}

func (s *Server) removeTracesByName(w http.ResponseWriter, r *http.Request) error {
	h, name := hallOf(r), strings.TrimSpace(r.PostFormValue("name"))
	if r.PostFormValue("sure") == "" {
		return s.showDeskMembers(w, r, http.StatusBadRequest, name, wrongs{{"sure", h.words.T("room.remove.unsure")}})
	}
	err := s.Store.RemoveTracesByName(context.WithoutCancel(r.Context()), h.person(), h.d.ID, name, s.Now())
	if err != nil {
		bad, code, err := s.mistaken(h.lang, err, fieldBy("", "name"))
		if err != nil {
			return err
		}
		return s.showDeskMembers(w, r, code, name, bad)
	}
	return seeOther(w, r, h.to("desk", "members"), "removed")
}
