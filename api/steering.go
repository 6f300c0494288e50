package api

import (
	"context"
	"net/url"

	"parley/account"
	"parley/dialogue"
	"parley/forum"
	"parley/writing"
)

// listLines is how the store lists problems or actions.
type listLines func(context.Context, account.PersonID, dialogue.ID, forum.Filter) ([]forum.Line, error)

// query is what else the list was asked with, for the address of its next page.
func (in InLines) query() url.Values {
	q := in.Lines.query()
	for key, value := range map[string]string{
		"order": string(in.Order), "status": string(in.Status), "sector": string(in.Sector), "link_kind": string(in.LinkKind), "link_to": in.LinkTo,
	} {
		if value != "" {
			q.Set(key, value)
		}
	}
	return q
}

func (in Lines) query() url.Values {
	q := url.Values{}
	if in.Tag != "" {
		q.Set("tag", in.Tag)
	}
	return q
}

// receipt says what became of what was sent in.
func (s *server) receipt(ctx context.Context, v *visit, n writing.ID, err error, format string, args ...any) (*written, error) {
	if err != nil {
		return nil, err
	}
	c, _, err := s.Store.Item(ctx, v.Person, v.dialogue(), n)
	if err != nil {
		return nil, err
	}
	return &written{v.below(format, args...), receipt{c.ID, c.Kind, c.State, c.Revision}}, nil
}

// InAnswer is an action with a problem that it answers.
type InAnswer struct {
	InItem
	Problem writing.ID `path:"problem"`
}

func (s *server) answerProblem(ctx context.Context, v *visit, in *InAnswer) (*nothing, error) {
	return nil, s.Store.AnswerProblem(ctx, v.Person, v.dialogue(), in.Item, in.Problem, true, v.now)
}

func (s *server) unanswerProblem(ctx context.Context, v *visit, in *InAnswer) (*nothing, error) {
	return nil, s.Store.AnswerProblem(ctx, v.Person, v.dialogue(), in.Item, in.Problem, false, v.now)
}

// stepping is a change of status as it is sent in.
type stepping struct {
	To      forum.Status `json:"to"`
	Why     string       `json:"why,omitempty" maxLength:"500" example:"The council has put it on its agenda."`
	Lang    string       `json:"lang" pattern:"^[a-z]{2,3}(-[a-z0-9]{2,8})*$" maxLength:"35" example:"en"`
	Parties []party      `json:"parties,omitempty" maxItems:"20" doc:"Who agreed"`
}

func (s *server) moveOn(ctx context.Context, v *visit, in *struct {
	InItem
	OnceKey
	Body stepping
}) (*nothing, error) {
	step := forum.Step{To: in.Body.To, Why: in.Body.Why, Lang: in.Body.Lang}
	for _, p := range in.Body.Parties {
		step.Parties = append(step.Parties, forum.Party(p))
	}
	return nil, s.Store.MoveOn(ctx, v.Person, v.dialogue(), in.Item, step, v.now)
}

func (s *server) listLinked(ctx context.Context, v *visit, in *struct {
	InDialogue
	Paging
	Kind forum.LinkKind `query:"kind" required:"true"`
	To   string         `query:"to" required:"true" minLength:"1" maxLength:"200" example:"T-01"`
}) (*listed[Line], error) {
	cursor, err := in.after()
	if err != nil {
		return nil, err
	}
	found, err := s.Store.Tied(ctx, v.Person, v.dialogue(), forum.Link{Kind: in.Kind, To: in.To})
	if err != nil {
		return nil, err
	}
	number := func(l Line) string { return cursorOf(l.Number) }
	q := url.Values{"kind": {string(in.Kind)}, "to": {in.To}}
	return pageWith(v, in.Paging, "/links", q, after(v.reader().lines(found), cursor, number), number), nil
}

func (s *server) tie(ctx context.Context, v *visit, in *struct {
	InItem
	Body link
}) (*nothing, error) {
	return nil, s.Store.Tie(ctx, v.Person, v.dialogue(), in.Item, forum.Link(in.Body), true, v.now)
}

func (s *server) untie(ctx context.Context, v *visit, in *struct {
	InItem
	Kind forum.LinkKind `query:"kind" required:"true"`
	To   string         `query:"to" required:"true" minLength:"1" maxLength:"200" example:"T-01"`
}) (*nothing, error) {
	return nil, s.Store.Tie(ctx, v.Person, v.dialogue(), in.Item, forum.Link{Kind: in.Kind, To: in.To}, false, v.now)
}
