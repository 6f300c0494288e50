package api

import (
	"context"

	"parley/dialogue"
	"parley/opinion"
)

// result is what a person sees after their answer and expectation.
type result struct {
	Statement StatementEntry `json:"statement"`
	About     []resultAbout  `json:"about" doc:"One for each other side, those expected wrongly for the worse first"`
}

// resultAbout is the result for one side: participants from there who joined
// here, no survey of a country.
type resultAbout struct {
	Side    dialogue.SideID `json:"side"`
	Figures *figures        `json:"figures,omitempty" doc:"Absent: not told yet"`
	Guess   *guess          `json:"guess,omitempty" doc:"Absent: skipped"`
	Middle  *float64        `json:"middle,omitempty" doc:"The middle expectation of the reader's own side, of ten; absent: not told"`
	Worse   bool            `json:"worse" doc:"The reader expected better: reasons come first"`
	Reasons []sharedReason  `json:"reasons" doc:"At most one for and one against"`
}

// sharedReason is why somebody of a side answered as they did, without a name.
type sharedReason struct {
	Contribution
	Side   dialogue.SideID `json:"side"`
	Choice opinion.Choice  `json:"choice"`
}

// InGuess is part of what is asked with about one's expectation.
type InGuess struct {
	InStatement
	About dialogue.SideID `path:"about" doc:"The other side"`
}

type guessing struct {
	Of10 int `json:"of10" minimum:"0" maximum:"10" doc:"Of ten participants from there, how many would agree"`
}

func (s *server) expect(ctx context.Context, v *visit, in *struct {
	InGuess
	Body guessing
}) (*nothing, error) {
	return nil, s.Store.Expect(ctx, v.Person, v.dialogue(), in.Statement, in.About, in.Body.Of10, v.now)
}

func (s *server) skipExpecting(ctx context.Context, v *visit, in *InGuess) (*nothing, error) {
	return nil, s.Store.SkipExpecting(ctx, v.Person, v.dialogue(), in.Statement, in.About, v.now)
}

func (s *server) getResult(ctx context.Context, v *visit, in *InStatement) (*outBody[result], error) {
	found, err := s.Store.Result(ctx, v.Person, v.dialogue(), in.Statement)
	if err != nil {
		return nil, err
	}
	r := v.reader()
	out := result{Statement: r.statement(found.Statement)}
	for _, a := range found.About {
		one := resultAbout{Side: a.Side, Worse: a.Worse}
		if a.Figures != nil {
			one.Figures = &figuresOf([]opinion.Figures{*a.Figures})[0]
		}
		if a.Guess != nil {
			g := guess(*a.Guess)
			one.Guess = &g
		}
		if a.Middle >= 0 {
			one.Middle = &a.Middle
		}
		one.Reasons = r.reasons(a.Reasons)
		out.About = append(out.About, one)
	}
	return &outBody[result]{out}, nil
}

func (r reader) reasons(list []opinion.Shared) (out []sharedReason) {
	for _, why := range list {
		out = append(out, sharedReason{r.contribution(why.Contribution), why.Side, why.Choice})
	}
	return out
}
