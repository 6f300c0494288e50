package api

import (
	"context"
	"net/http"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/store"
)

// membership is what the reader is to the dialogue, as only they may see it.
type membership struct {
	ID          dialogue.MemberID `json:"id"`
	Pseudonym   string            `json:"pseudonym" doc:"How others see them; who chose none is a number, with a word in the language of the reader"`
	State       dialogue.State    `json:"state"`
	Observer    bool              `json:"observer" doc:"Reads, and is never counted"`
	Sides       []dialogue.SideID `json:"sides"`
	CountsFor   dialogue.SideID   `json:"counts_for,omitempty" doc:"The one side for which they count; absent for who declares several or none"`
	Grants      []grant           `json:"grants"`
	Verified    *verified         `json:"verified,omitempty"`
	Mandate     string            `json:"mandate" doc:"Empty: they speak in a personal capacity"`
	Agreements  []agreement       `json:"agreements"`
	Consents    []consent         `json:"consents"`
	Recommended []person          `json:"recommended" doc:"Whom they recommended"`
	BudgetLeft  int               `json:"budget_left" doc:"How many more they may recommend"`
	AskedAt     time.Time         `json:"asked_at"`
	JoinedAt    time.Time         `json:"joined_at,omitzero"`
}

// grant is a role that somebody holds.
type grant struct {
	Role dialogue.Role   `json:"role"`
	Side dialogue.SideID `json:"side,omitempty" doc:"Of a role of a side"`
}

// verified is a name and office that a registrar has checked.
type verified struct {
	Name   string          `json:"name"`
	Office string          `json:"office"`
	Sector dialogue.Sector `json:"sector"`
	Side   dialogue.SideID `json:"side" doc:"Whose registrar checked it"`
	At     time.Time       `json:"at"`
}

type agreement struct {
	Version int       `json:"version"`
	Lang    string    `json:"lang" doc:"In which they read it"`
	Text    string    `json:"text" doc:"The words they read"`
	At      time.Time `json:"at"`
}

type consent struct {
	Tick        dialogue.Tick `json:"tick"`
	GivenAt     time.Time     `json:"given_at"`
	WithdrawnAt time.Time     `json:"withdrawn_at,omitzero"`
}

// person is somebody by the name that others see.
type person struct {
	ID        dialogue.MemberID `json:"id"`
	Pseudonym string            `json:"pseudonym"`
}

// joining is what somebody says when they join.
type joining struct {
	Pseudonym   string            `json:"pseudonym,omitempty" maxLength:"40" example:"Heron" doc:"Absent: a free number"`
	Sides       []dialogue.SideID `json:"sides,omitempty" maxItems:"50" doc:"One, several or none"`
	Observer    bool              `json:"observer,omitempty"`
	Declaration int               `json:"declaration" minimum:"0" maximum:"1000000" doc:"The version that they read and agree to"`
	Lang        string            `json:"lang" pattern:"^[a-z]{2,3}(-[a-z0-9]{2,8})*$" maxLength:"35" example:"en" doc:"In which they read it"`
	Ticks       []dialogue.Tick   `json:"ticks" maxItems:"10" doc:"Without the tick rules nobody takes part"`
}

// exit is what somebody gets in writing when they leave.
type exit struct {
	Dialogue  dialogue.ID `json:"dialogue"`
	Title     text        `json:"title"`
	Pseudonym string      `json:"pseudonym"`
	JoinedAt  time.Time   `json:"joined_at,omitzero"`
	LeftAt    time.Time   `json:"left_at"`
	Kept      int         `json:"kept" doc:"Contributions that stay under a neutral name"`
	Removed   int         `json:"removed" doc:"Contributions that were removed"`
	Text      text        `json:"text" doc:"What is promised to those who leave"`
	Contact   text        `json:"contact"`
}

func (s *server) registerMembership() {
	mine := func(id, method, path string, verb dialogue.Verb, summary, about string) operation {
		return operation{id: id, method: method, path: "/dialogues/{dialogue}" + path, verb: verb, tag: tagMembership, summary: summary, about: about}
	}
	join := mine("join", http.MethodPost, "/membership", dialogue.Join, "Join, or ask to",
		"Admitted at once or waiting, as the dialogue admits. The invitation, where there is one, goes into the header Parley-Invitation.")
	join.status, join.creates, join.errors = http.StatusCreated, true, []int{http.StatusPreconditionFailed}
	register(s, join, s.join)
	register(s, mine("get-membership", http.MethodGet, "/membership", dialogue.BeMember, "Read one's own membership", ""), s.getMembership)
	register(s, mine("leave", http.MethodDelete, "/membership", dialogue.BeMember, "Leave, and get it in writing",
		"What one wrote stays under a neutral name or is removed."), s.leave)
	agree := mine("agree", http.MethodPut, "/membership/declaration", dialogue.BeMember, "Agree to the newest declaration", "")
	agree.errors = []int{http.StatusPreconditionFailed}
	register(s, agree, s.agree)
	register(s, mine("change-pseudonym", http.MethodPut, "/membership/pseudonym", dialogue.BeMember, "Change the name that others see", "Five times at once, then every half hour: it would tell who has a name."), s.changePseudonym)
	register(s, mine("drop-verified", http.MethodDelete, "/membership/verified", dialogue.BeMember, "Remove the checked name that was recorded about oneself", ""), s.dropVerified)
	register(s, mine("drop-mandate", http.MethodDelete, "/membership/mandate", dialogue.BeMember, "Remove the mandate that was recorded about oneself", ""), s.dropMandate)
	register(s, mine("change-sides", http.MethodPut, "/membership/sides", dialogue.BeMember, "Declare one side, several or none", ""), s.changeSides)
	register(s, mine("change-tick", http.MethodPut, "/membership/ticks/{tick}", dialogue.BeMember, "Give or withdraw one consent",
		"Withdrawing the rules is leaving: that is an operation of its own."), s.changeTick)
	register(s, mine("recommend-by-name", http.MethodPost, "/membership/recommendations", dialogue.Recommend, "Recommend a member by their pseudonym",
		"Ten at once, then one every half hour: it would tell who takes part. Where no member who is counted has the name, 404."), s.recommendByName)
	register(s, mine("recommend", http.MethodPut, "/membership/recommendations/{member}", dialogue.Recommend, "Recommend a member", ""), s.recommend)
	register(s, mine("unrecommend", http.MethodDelete, "/membership/recommendations/{member}", dialogue.Recommend, "Take a recommendation back", ""), s.unrecommend)
}

func (s *server) join(ctx context.Context, v *visit, in *struct {
	InDialogue
	OnceKey
	Body joining
}) (*outBody[membership], error) {
	b := in.Body
	if b.Pseudonym != "" {
		if err := s.takeHere("pseudonym", account.RatePseudonym, v); err != nil {
			return nil, err
		}
	}
	_, err := s.Store.Join(ctx, v.Person, v.dialogue(), store.JoinRequest{
		Invitation: in.Invitation, Pseudonym: b.Pseudonym, Sides: distinct(b.Sides), Observer: b.Observer, Version: b.Declaration, Lang: b.Lang, Ticks: distinct(b.Ticks),
	}, v.now)
	if err != nil {
		return nil, err
	}
	return s.mine(ctx, v)
}

// mine is the reader's membership as it stands now.
func (s *server) mine(ctx context.Context, v *visit) (*outBody[membership], error) {
	m, err := s.Store.Mine(ctx, v.Person, v.dialogue())
	if err != nil {
		return nil, err
	}
	out := membership{
		ID: m.ID, Pseudonym: m.Pseudonym.In(v.lang), State: m.State, Observer: m.Observer, Sides: m.Sides, Grants: grantsOf(m.Grants),
		Verified: verifiedOf(m.Verified), Mandate: m.Mandate, BudgetLeft: m.BudgetLeft, AskedAt: m.AskedAt, JoinedAt: m.JoinedAt,
	}
	out.CountsFor, _ = m.Counted()
	for _, a := range m.Agreements {
		out.Agreements = append(out.Agreements, agreement(a))
	}
	for _, c := range m.Consents {
		out.Consents = append(out.Consents, consent(c))
	}
	for _, r := range m.Recommended {
		out.Recommended = append(out.Recommended, person{r.ID, r.Pseudonym.In(v.lang)})
	}
	return &outBody[membership]{out}, nil
}

func grantsOf(list []dialogue.Grant) []grant {
	var out []grant
	for _, g := range list {
		out = append(out, grant(g))
	}
	return out
}

func verifiedOf(v *dialogue.Verified) *verified {
	if v == nil {
		return nil
	}
	return &verified{v.Name, v.Office, v.Sector, v.Side, v.At}
}

func (s *server) getMembership(ctx context.Context, v *visit, _ *InDialogue) (*outBody[membership], error) {
	return s.mine(ctx, v)
}

func (s *server) leave(ctx context.Context, v *visit, in *struct {
	InDialogue
	Written string `query:"written" required:"true" enum:"keep,remove" doc:"What becomes of what one wrote: keep it under a neutral name, or remove it"`
}) (*outBody[exit], error) {
	e, err := s.Store.Leave(ctx, v.Person, v.dialogue(), in.Written == "keep", v.now)
	if err != nil {
		return nil, err
	}
	return &outBody[exit]{exit{e.Dialogue, text(e.Title), e.Pseudonym.In(v.lang), e.JoinedAt, e.LeftAt, e.Kept, e.Removed, text(e.Text), text(e.Contact)}}, nil
}

type agreeing struct {
	Version int    `json:"version" minimum:"1" maximum:"1000000"`
	Lang    string `json:"lang" pattern:"^[a-z]{2,3}(-[a-z0-9]{2,8})*$" maxLength:"35" example:"en" doc:"In which they read it"`
}

func (s *server) agree(ctx context.Context, v *visit, in *struct {
	InDialogue
	Body agreeing
}) (*outBody[membership], error) {
	if err := s.Store.Agree(ctx, v.Person, v.dialogue(), in.Body.Version, in.Body.Lang, v.now); err != nil {
		return nil, err
	}
	return s.mine(ctx, v)
}

type pseudonym struct {
	Pseudonym string `json:"pseudonym" minLength:"1" maxLength:"40" example:"Heron"`
}

func (s *server) changePseudonym(ctx context.Context, v *visit, in *struct {
	InDialogue
	Body pseudonym
}) (*outBody[membership], error) {
	if err := s.takeHere("pseudonym", account.RatePseudonym, v); err != nil {
		return nil, err
	}
	if err := s.Store.ChangePseudonym(ctx, v.Person, v.dialogue(), in.Body.Pseudonym, v.now); err != nil {
		return nil, err
	}
	return s.mine(ctx, v)
}

func (s *server) dropVerified(ctx context.Context, v *visit, _ *InDialogue) (*nothing, error) {
	return nil, s.Store.DropVerified(ctx, v.Person, v.dialogue())
}

func (s *server) dropMandate(ctx context.Context, v *visit, _ *InDialogue) (*nothing, error) {
	return nil, s.Store.DropMandate(ctx, v.Person, v.dialogue())
}

type sideList struct {
	Sides []dialogue.SideID `json:"sides" maxItems:"50"`
}

func (s *server) changeSides(ctx context.Context, v *visit, in *struct {
	InDialogue
	Body sideList
}) (*outBody[membership], error) {
	if err := s.Store.ChangeSides(ctx, v.Person, v.dialogue(), distinct(in.Body.Sides), v.now); err != nil {
		return nil, err
	}
	return s.mine(ctx, v)
}

type ticking struct {
	Given bool `json:"given" doc:"False withdraws it"`
}

func (s *server) changeTick(ctx context.Context, v *visit, in *struct {
	InDialogue
	Tick dialogue.Tick `path:"tick"`
	Body ticking
}) (*outBody[membership], error) {
	if err := s.Store.ChangeTick(ctx, v.Person, v.dialogue(), in.Tick, in.Body.Given, v.now); err != nil {
		return nil, err
	}
	return s.mine(ctx, v)
}

func (s *server) recommendByName(ctx context.Context, v *visit, in *struct {
	InDialogue
	Body pseudonym
}) (*outBody[membership], error) {
	if err := s.takeHere("recommend", account.RateRecommend, v); err != nil {
		return nil, err
	}
	if err := s.Store.RecommendByName(ctx, v.Person, v.dialogue(), in.Body.Pseudonym, v.now); err != nil {
		return nil, err
	}
	return s.mine(ctx, v)
}

type InMember struct {
	InDialogue
	Member dialogue.MemberID `path:"member"`
}

func (s *server) recommend(ctx context.Context, v *visit, in *InMember) (*outBody[membership], error) {
	if err := s.Store.Recommend(ctx, v.Person, v.dialogue(), in.Member, v.now); err != nil {
		return nil, err
	}
	return s.mine(ctx, v)
}

func (s *server) unrecommend(ctx context.Context, v *visit, in *InMember) (*outBody[membership], error) {
	if err := s.Store.Unrecommend(ctx, v.Person, v.dialogue(), in.Member); err != nil {
		return nil, err
	}
	return s.mine(ctx, v)
}
