package web

import (
	"context"
	"net/http"
	"slices"

	"parley/account"
	"parley/dialogue"
	"parley/store"
)

// mePage is one's own membership of a dialogue.
type mePage struct {
	Layout
	Said        string
	Desk        string // where a convener who has just come in goes on
	State       dialogue.State
	Standing    string // in a sentence: member, observer, waiting, ...
	MustAgree   bool
	Wrong       wrongs
	Pseudonym   string
	Observer    bool
	Neutral     bool
	Sides       []sideBox
	Counted     string // how the choice of sides is counted
	Roles       []string
	Verified    string // empty: nothing was recorded
	VerifiedBy  string
	Named       string // whether others see it under this rule
	Mandate     string
	Sight       meSight
	Ticks       []tickBox
	Agreements  []agreementView
	Consents    []consentView
	Recommends  bool // may recommend now
	Recommended []recommendedRow
	Budget      string
	Recommend   string // the pseudonym that was typed
	Registers   []Side // the sides whose register one may edit
	Sanctions   []sanctionView
	Actions     meActions
	Follows     bool // may follow things here
}

// meSight says beside each form who sees what it changes.
type meSight struct{ Name, Sides string }

// meActions are the addresses of the forms.
type meActions struct {
	Name, Sides, Ticks, Recommend, Unrecommend, DropName, DropMandate, Leave, Declaration string
}

// recommendedRow is somebody whom the visitor recommended.
type recommendedRow struct {
	ID        dialogue.MemberID
	Pseudonym string
}

// agreementView is a version one agreed to, with the words one read.
type agreementView struct {
	Words string
	Text  prose
}

// consentView is one consent over time.
type consentView struct{ Tick, Given, Withdrawn string }

func (s *Server) me(w http.ResponseWriter, r *http.Request) error {
	return s.showMe(w, r, http.StatusOK, nil, nil)
}

// showMe shows the membership; typed changes what a form that was refused had in
// it.
func (s *Server) showMe(w http.ResponseWriter, r *http.Request, code int, bad wrongs, typed func(*mePage)) error {
	h := hallOf(r)
	m, err := s.Store.Mine(r.Context(), h.person(), h.d.ID)
	if err != nil {
		return err
	}
	p := newMePage(h, m)
	if p.Sanctions, err = s.sanctionsOf(r, h); err != nil {
		return err
	}
	p.Layout = s.hallLayout(r, h, "me", h.words.T("room.me.title"))
	p.Said, p.Wrong, p.Follows = p.said(r), bad, h.may(dialogue.Follow)
	if r.URL.Query().Get("said") == "joined" && h.may(dialogue.Configure) {
		p.Desk = h.to("desk")
	}
	if typed != nil {
		typed(&p)
	}
	return s.show(w, r, code, "me", p)
}

func newMePage(h *hall, m store.Mine) mePage {
	w := h.words
	p := mePage{
		State: m.State, MustAgree: h.Entrance.Standing.MustAgree(), Pseudonym: m.Pseudonym.In(h.lang), Observer: m.Observer, Neutral: m.Neutral(),
		Sides: h.sideBoxes(m.Sides), Mandate: m.Mandate, Recommends: h.may(dialogue.Recommend) && !m.Observer && !m.Neutral(),
		Budget: w.N("room.me.budget", m.BudgetLeft), Registers: h.registersOf(h.Entrance.Standing),
		Actions: meActions{
			Name: h.to("me", "name"), Sides: h.to("me", "sides"), Ticks: h.to("me", "ticks"), Recommend: h.to("me", "recommend"),
			Unrecommend: h.to("me", "unrecommend"), DropName: h.to("me", "unverify"), DropMandate: h.to("me", "mandate"), Leave: h.to("me", "leave"), Declaration: h.to("declaration"),
		},
	}
	p.Standing, p.Counted = w.T("room.me.state."+string(m.State)), countedWords(h, m.Member)
	if m.State == dialogue.Admitted && m.Observer {
		p.Standing = w.T("room.me.state.observer")
	}
	for _, r := range m.Recommended {
		p.Recommended = append(p.Recommended, recommendedRow{r.ID, r.Pseudonym.In(h.lang)})
	}
	for _, g := range m.Grants {
		p.Roles = append(p.Roles, h.grantWords(g))
	}
	if v := m.Verified; v != nil {
		p.Verified = verifiedWords(h, v)
		p.VerifiedBy = w.T("room.verified.by", "Side", h.side(v.Side).Name, "Date", dayOf(w, h.visit, v.At))
		p.Named = w.T("room.verified.hidden")
		if h.d.Rule.NamesPeople() && h.d.Roster == dialogue.RosterMembers {
			p.Named = w.T("room.verified.shown")
		}
	}
	p.Sight = meSight{w.T("room.pseudonym.seen." + rosterOf(h.d)), w.T("room.sides.seen." + rosterOf(h.d))}
	p.Ticks = h.tickBoxes(m.Ticks)
	for _, c := range m.Consents {
		p.Consents = append(p.Consents, consentView{
			w.T("room.tick." + string(c.Tick)), moment(w, h.visit, c.GivenAt), moment(w, h.visit, c.WithdrawnAt),
		})
	}
	for _, a := range m.Agreements {
		p.Agreements = append(p.Agreements, h.agreementView(a))
	}
	return p
}

func (h *hall) agreementView(a dialogue.Agreement) agreementView {
	v := agreementView{
		Words: h.words.T("room.me.agreed", "Version", a.Version, "Date", moment(h.words, h.visit, a.At), "Language", languageName(a.Lang)),
		Text:  written(map[string]string{a.Lang: a.Text}, h.lang, 3),
	}
	return v
}

// countedWords says how what somebody declares is counted.
func countedWords(h *hall, m dialogue.Member) string {
	switch _, counted := m.Counted(); {
	case m.Observer:
		return h.words.T("room.counted.observer")
	case m.Neutral():
		return h.words.T("room.counted.neutral")
	case counted || len(m.Sides) == 1:
		return h.words.T("room.sides.one")
	case len(m.Sides) == 0:
		return h.words.T("room.sides.none")
	}
	return h.words.T("room.sides.several")
}

// grantWords names a role, with its side.
func (h *hall) grantWords(g dialogue.Grant) string {
	words := h.words.T("room.role." + string(g.Role))
	if g.Side == "" {
		return words
	}
	return words + ": " + h.side(g.Side).Name.Words
}

// verifiedWords is a checked name as pages show it.
func verifiedWords(h *hall, v *dialogue.Verified) string {
	out := v.Name
	if v.Office != "" {
		out += ", " + v.Office
	}
	if v.Sector != "" {
		out += " (" + h.words.T("room.sector."+string(v.Sector)) + ")"
	}
	return out
}

// registersOf lists the sides whose own register the person may edit now.
func (h *hall) registersOf(st dialogue.Standing) []Side {
	var out []Side
	for _, side := range h.sides {
		if dialogue.MayForSide(st, dialogue.EditRegister, h.d.Dialogue, side.ID) == nil {
			out = append(out, side)
		}
	}
	return out
}

// ofMe is a form of the page about one's membership: a deed, then back to the
// page, or the page again with what is wrong.
func (s *Server) ofMe(w http.ResponseWriter, r *http.Request, said, field string, err error, typed func(*mePage)) error {
	h := hallOf(r)
	if err == nil {
		return seeOther(w, r, h.to("me"), said)
	}
	bad, code, err := s.mistaken(h.lang, err, func(string) string { return field })
	if err != nil {
		return err
	}
	return s.showMe(w, r, code, bad, typed)
}

func (s *Server) changeName(w http.ResponseWriter, r *http.Request) error {
	h, name := hallOf(r), r.PostFormValue("pseudonym")
	if err := s.paceIn(h, "pseudonym", account.RatePseudonym); err != nil {
		return err
	}
	err := s.Store.ChangePseudonym(context.WithoutCancel(r.Context()), h.person(), h.d.ID, name, s.Now())
	return s.ofMe(w, r, "name", "pseudonym", err, func(p *mePage) { p.Pseudonym = name })
}

func (s *Server) changeSides(w http.ResponseWriter, r *http.Request) error {
	h, sides := hallOf(r), ticked[dialogue.SideID](r, "side")
	err := s.Store.ChangeSides(context.WithoutCancel(r.Context()), h.person(), h.d.ID, sides, s.Now())
	return s.ofMe(w, r, "sides", "sides", err, func(p *mePage) { p.Sides = h.sideBoxes(sides) })
}

// changeTicks gives and withdraws consents until they are as the boxes say.
func (s *Server) changeTicks(w http.ResponseWriter, r *http.Request) error {
	h, wanted := hallOf(r), ticked[dialogue.Tick](r, "tick")
	m, err := s.Store.Mine(r.Context(), h.person(), h.d.ID)
	if err != nil {
		return err
	}
	for _, t := range dialogue.Ticks {
		on := slices.Contains(wanted, t)
		if on == slices.Contains(m.Ticks, t) {
			continue
		}
		if err = s.Store.ChangeTick(context.WithoutCancel(r.Context()), h.person(), h.d.ID, t, on, s.Now()); err != nil {
			break
		}
	}
	return s.ofMe(w, r, "ticks", "ticks", err, func(p *mePage) { p.Ticks = h.tickBoxes(wanted) })
}

func (s *Server) recommend(w http.ResponseWriter, r *http.Request) error {
	h, name := hallOf(r), r.PostFormValue("recommend")
	if err := s.paceIn(h, "recommend", account.RateRecommend); err != nil {
		return err
	}
	err := s.Store.RecommendByName(context.WithoutCancel(r.Context()), h.person(), h.d.ID, name, s.Now())
	return s.ofMe(w, r, "recommended", "recommend", err, func(p *mePage) { p.Recommend = name })
}

func (s *Server) unrecommend(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	err := s.Store.Unrecommend(context.WithoutCancel(r.Context()), h.person(), h.d.ID, dialogue.MemberID(r.PostFormValue("member")))
	return s.ofMe(w, r, "unrecommended", "recommend", err, nil)
}

// dropName and dropMandate take out what a registrar recorded about the visitor.
func (s *Server) dropName(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	return s.ofMe(w, r, "name-dropped", "", s.Store.DropVerified(context.WithoutCancel(r.Context()), h.person(), h.d.ID), nil)
}

func (s *Server) dropMandate(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	return s.ofMe(w, r, "mandate-dropped", "", s.Store.DropMandate(context.WithoutCancel(r.Context()), h.person(), h.d.ID), nil)
}
