package web

import (
	"context"
	"net/http"
	"strconv"

	"parley/dialogue"
	"parley/forum"
)

// statusPage is the form for the next status of a problem or an action.
type statusPage struct {
	Layout
	Heading string
	Lead    string
	About   textView
	Wrong   wrongs
	Action  string
	Back    string
	To      []option
	Why     string
	Langs   []choice
	Sides   []Side
	Parties []partyBox
}

// partyBox is who agreed and in which capacity, to be written.
type partyBox struct {
	Number        int
	Sides         []choice
	Who, Capacity string
}

// mostParties is how many may be named on one form.
const mostParties = 6

func (s *Server) statusForm(w http.ResponseWriter, r *http.Request) error {
	return s.showStatus(w, r, http.StatusOK, nil)
}

func (s *Server) showStatus(w http.ResponseWriter, r *http.Request, code int, bad wrongs) error {
	h := hallOf(r)
	n, item, err := s.matterAsked(r, "status of")
	if err != nil {
		return err
	}
	title := h.words.T("forum.status.change", "Number", "#"+itemNumber(n))
	p := statusPage{
		Layout: s.forumLayout(r, h, string(item.Kind)+"s", title), Heading: title, Lead: h.words.T("forum.status.lead"), About: h.text(item), Wrong: bad,
		Action: h.toItem(n, "status"), Back: h.toItem(n), Why: r.PostFormValue("why"), Langs: h.langs(cmpOr(r.PostFormValue("lang"), h.lang)),
	}
	p.NoIndex = true
	for _, st := range settable {
		p.To = append(p.To, option{
			Value: string(st), Words: h.words.T("forum.status." + string(st)), Meaning: h.words.T("forum.became." + string(st)), Chosen: r.PostFormValue("to") == string(st),
		})
	}
	for i := range min(max(len(h.sides)+1, 2), mostParties) {
		at := strconv.Itoa(i + 1)
		p.Parties = append(p.Parties, partyBox{
			Number: i + 1, Sides: h.sideChoices(dialogue.SideID(r.PostFormValue("party." + at + ".side"))),
			Who: r.PostFormValue("party." + at + ".who"), Capacity: r.PostFormValue("party." + at + ".capacity"),
		})
	}
	return s.show(w, r, code, "status", p)
}

func (h *hall) sideChoices(chosen dialogue.SideID) []choice {
	out := []choice{{Name: h.words.T("forum.party.no-side"), Chosen: chosen == ""}}
	for _, side := range h.sides {
		out = append(out, choice{Value: string(side.ID), Name: side.Name.Words, Chosen: side.ID == chosen})
	}
	return out
}

// settable are the states into which a person may move something: common ground
// is found by counting.
var settable = []forum.Status{forum.Raised, forum.OnTheTable, forum.Agreed, forum.Done, forum.Dropped}

func (s *Server) moveOn(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	n, err := itemAsked(r)
	if err != nil {
		return err
	}
	get := typed(r)
	step := forum.Step{To: forum.Status(get("to")), Why: get("why"), Lang: get("lang")}
	for i := range mostParties {
		at := "party." + strconv.Itoa(i+1)
		if who := get(at + ".who"); who != "" {
			step.Parties = append(step.Parties, forum.Party{Side: dialogue.SideID(get(at + ".side")), Who: who, Capacity: get(at + ".capacity")})
		}
	}
	err = s.Store.MoveOn(context.WithoutCancel(r.Context()), h.person(), h.d.ID, n, step, s.Now())
	if err != nil {
		bad, code, err := s.mistaken(h.lang, err, fieldBy("part", "parties", "why", "why", "status", "to", "capacity", "parties"))
		if err != nil {
			return err
		}
		return s.showStatus(w, r, code, bad)
	}
	return s.backToItem(w, r, h, n, "moved")
}
