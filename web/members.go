package web

import (
	"net/http"

	"parley/dialogue"
)

// pageOfMembers is how many members stand on one page.
const pageOfMembers = 100

// membersPage lists who takes part, for members who may see one another: by
// pseudonym, with side and role, and a checked name where the rule names people.
type membersPage struct {
	Layout
	Members []memberRow
	More    string // the address of the next page
}

// memberRow is one member in a list.
type memberRow struct {
	Pseudonym string
	Address   string // of the page at the desk; empty elsewhere
	Sides     []Side
	Group     string // "several sides", "no side", "observer": instead of one side
	Roles     []string
	Verified  string
	Mandate   string
	State     string // where it is not simply a member
	Joined    string
}

func (s *Server) members(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	list, err := s.Store.Members(r.Context(), h.person(), h.d.ID, dialogue.MemberID(r.URL.Query().Get("after")), pageOfMembers)
	if err != nil {
		return err
	}
	p := membersPage{Layout: s.hallLayout(r, h, "members", h.words.T("room.members.title"))}
	for _, m := range list {
		if m.State == dialogue.Admitted {
			p.Members = append(p.Members, h.memberRow(m, false))
		}
	}
	if len(list) == pageOfMembers {
		p.More = withQuery(h.to("members"), "after", string(list[len(list)-1].ID))
	}
	return s.show(w, r, http.StatusOK, "members", p)
}

// memberRow shows a member; whole is for those who run the dialogue.
func (h *hall) memberRow(m dialogue.Member, whole bool) memberRow {
	row := memberRow{Pseudonym: m.Pseudonym.In(h.lang), Sides: h.sidesNamed(m.Sides), Mandate: m.Mandate, Group: h.group(m)}
	for _, g := range m.Grants {
		row.Roles = append(row.Roles, h.grantWords(g))
	}
	if m.Verified != nil {
		row.Verified = verifiedWords(h, m.Verified)
	}
	if whole {
		row.Address, row.Joined = h.to("desk", "members", string(m.ID)), dayOf(h.words, h.visit, m.JoinedAt)
		if m.State != dialogue.Admitted {
			row.State = h.words.T("room.state." + string(m.State))
		}
	}
	return row
}

// group names the group in which a member is shown who does not stand on exactly
// one side.
func (h *hall) group(m dialogue.Member) string {
	switch {
	case m.Observer:
		return h.words.T("room.group.observer")
	case m.Neutral():
		return h.words.T("room.group.neutral")
	case len(m.Sides) > 1:
		return h.words.T("room.group.several")
	case len(m.Sides) == 0:
		return h.words.T("room.group.none")
	}
	return ""
}
