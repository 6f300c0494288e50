package api

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/deal"
	"parley/dialogue"
	"parley/fault"
	"parley/interest"
)

// dealsState is how far the newest question about deals has come.
type dealsState struct {
	State      string       `json:"state" enum:"none,waiting,running,done,failed"`
	Done       int          `json:"done" doc:"Evaluations made so far, while it runs"`
	Total      int          `json:"total" doc:"Evaluations in all; 0 where that is not known yet"`
	Known      *deal.Known  `json:"known,omitempty" doc:"While it runs: how many points of the trade-off curve are found, and by side how many points of its scale another package can give at most beyond them"`
	SHA256     string       `json:"sha256,omitempty" doc:"Of the canonical question: the same under any renaming or reordering"`
	AskedAt    time.Time    `json:"asked_at,omitzero"`
	AnsweredAt time.Time    `json:"answered_at,omitzero"`
	Answer     *deal.Answer `json:"answer,omitempty" doc:"What was found, absent until then; superseded where words were removed from it and a new search waits"`
}

// dealsAsked is a question that was queued.
type dealsAsked struct {
	SHA256 string `json:"sha256" doc:"Of the canonical question"`
}

type dealsQueued struct {
	Location string `header:"Location" doc:"Where the answer will be"`
	Body     dealsAsked
}

func (s *server) registerDeals() {
	register(s, operation{
		id: "get-deals", method: http.MethodGet, path: "/dialogues/{dialogue}/deals", verb: dialogue.Take, tag: tagDeal,
		summary: "Read what might be done between the sides", about: "The newest answer, or how far its search has come. Nothing in it depends on who asks, but for the promises of its roadmaps: what could make them hard to keep is told to a mediator and to members of that side alone.",
	}, s.getDeals)
	register(s, operation{
		id: "ask-deals", method: http.MethodPost, path: "/dialogues/{dialogue}/deals", verb: dialogue.Compute, tag: tagDeal,
		status: http.StatusAccepted, creates: true,
		summary: "Ask what might be done between the sides",
		about:   "Freezes the registers as they stand and queues the search. Asking again for what is known changes nothing.",
	}, s.askDeals)
	register(s, operation{
		id: "suppose", method: http.MethodPost, path: "/dialogues/{dialogue}/suppose", verb: dialogue.Compute, also: dialogue.Take, tag: tagDeal,
		summary: "Try what would change if a judgement were another",
		about:   "Answers the question as the registers state it and as the assumptions have it, with fewer samples than the answer that is kept. Rules of the table can be supposed not to hold. Nothing is stored.",
	}, s.suppose)
	register(s, operation{
		id: "why-not", method: http.MethodPost, path: "/dialogues/{dialogue}/why-not", verb: dialogue.Compute, also: dialogue.Take, tag: tagDeal,
		summary: "Ask why a package is not proposed",
		about:   "Answers with every true reason that was found, the shortest first; without a reason nothing speaks against the package. Nothing is stored.",
	}, s.whyNot)
}

func (s *server) getDeals(ctx context.Context, v *visit, _ *InDialogue) (*outBody[dealsState], error) {
	a, err := s.Store.DealAnswer(ctx, v.dialogue())
	if err != nil {
		return nil, err
	}
	return &outBody[dealsState]{dealsState{a.State, a.Done, a.Total, a.Known, a.Hash, a.AskedAt, a.AnsweredAt, v.asFor(a.Answer)}}, nil
}

// asFor is an answer with what its reader may see of it.
func (v *visit) asFor(a *deal.Answer) *deal.Answer {
	side, all := dialogue.SeesPromises(v.Entrance.Standing)
	return a.For(string(side), all)
}

func (s *server) askDeals(ctx context.Context, v *visit, _ *struct {
	InDialogue
	OnceKey
}) (*dealsQueued, error) {
	// A search that was asked for goes on when who asked is gone.
	hash, err := s.Store.AskDeals(context.WithoutCancel(ctx), v.dialogue(), deal.DefaultSettings(), v.now)
	if err != nil {
		return nil, err
	}
	return &dealsQueued{prefix + "/dialogues/" + string(v.dialogue()) + "/deals", dealsAsked{hash}}, nil
}

// assumption is one judgement, changed for the sake of asking: how high an
// interest ranks, or which part a side plays in it.
type assumption struct {
	Interest interest.ID     `json:"interest"`
	Tier     string          `json:"tier,omitempty" enum:"unplaced,secondary,important,vital" doc:"Its rank, where that is changed"`
	Side     dialogue.SideID `json:"side,omitempty" doc:"Whose part, where that is changed"`
	Role     string          `json:"role,omitempty" enum:"unknown,none,minor,medium,important,key" doc:"The part of that side"`
}

type supposition struct {
	Assumptions  []assumption `json:"assumptions,omitempty" maxItems:"3"`
	WithoutRules []int        `json:"without_rules,omitempty" maxItems:"20" doc:"Numbers of rules of the table, as the answer counts them, that are supposed not to hold"`
}

// composed is a package that somebody puts together.
type composed struct {
	Choices map[string]string `json:"choices" maxProperties:"1000" doc:"Topic to option. A topic left out stays as in the baseline, an empty option leaves it open" example:"{\"lights\":\"works\"}"`
}

func (s *server) whyNot(ctx context.Context, v *visit, in *struct {
	InDialogue
	Body composed
}) (*outBody[*deal.WhyNot], error) {
	d, err := s.room(ctx, v)
	if err != nil {
		return nil, err
	}
	why, err := s.Trials.Explain(ctx, d.Input(), in.Body.Choices)
	if err != nil {
		return nil, err
	}
	return &outBody[*deal.WhyNot]{why}, nil
}

// supposed is the answer without and with the assumptions.
type supposed struct {
	Assumed  []string     `json:"assumed" example:"KE-01=secondary" doc:"As the command line writes them"`
	Stated   *deal.Answer `json:"stated"`
	Supposed *deal.Answer `json:"supposed"`
}

func (s *server) suppose(ctx context.Context, v *visit, in *struct {
	InDialogue
	Body supposition
}) (*outBody[supposed], error) {
	if len(in.Body.Assumptions)+len(in.Body.WithoutRules) == 0 {
		return nil, refused(http.StatusUnprocessableEntity, v.lang, []error{&huma.ErrorDetail{Location: "body", Message: ownMessage + "api.field.supposition"}})
	}
	list, err := assumptions(in.Body.Assumptions, v.lang)
	if err != nil {
		return nil, err
	}
	d, err := s.room(ctx, v)
	if err != nil {
		return nil, err
	}
	changed := *d
	if changed.Registers, err = interest.Assume(d.Registers, list); err != nil {
		return nil, err
	}
	question, err := changed.Input().WithoutRules(in.Body.WithoutRules...)
	if err != nil {
		return nil, err
	}
	out := supposed{}
	for _, a := range list {
		out.Assumed = append(out.Assumed, a.String())
	}
	for _, n := range in.Body.WithoutRules {
		out.Assumed = append(out.Assumed, fmt.Sprintf("rule %d=aside", n))
	}
	if out.Stated, err = s.Trials.Answer(ctx, d.Input()); err != nil {
		return nil, err
	}
	if out.Supposed, err = s.Trials.Answer(ctx, question); err != nil {
		return nil, err
	}
	out.Stated, out.Supposed = v.asFor(out.Stated), v.asFor(out.Supposed)
	return &outBody[supposed]{out}, nil
}

func assumptions(list []assumption, lang string) ([]interest.Assumption, error) {
	var out []interest.Assumption
	for i, a := range list {
		rank := a.Tier != "" && a.Side == "" && a.Role == ""
		part := a.Tier == "" && a.Side != "" && a.Role != ""
		if !rank && !part {
			at := huma.NewPathBuffer(nil, 0)
			at.Push("body.assumptions")
			at.PushIndex(i)
			return nil, refused(http.StatusUnprocessableEntity, lang, []error{&huma.ErrorDetail{Location: at.String(), Message: ownMessage + "api.field.assumption"}})
		}
		text := string(a.Interest) + "=" + a.Tier
		if part {
			text = string(a.Interest) + ":" + string(a.Side) + "=" + a.Role
		}
		one, err := interest.ParseAssumption(text)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(out, func(b interest.Assumption) bool { return one.Interest == b.Interest && one.Side == b.Side }) {
			return nil, fault.New(fault.Invalid, "api.assumed-twice", "%s is changed twice", one.Interest)
		}
		out = append(out, one)
	}
	return out, nil
}
