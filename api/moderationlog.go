package api

import (
	"context"
	"time"

	"parley/moderation"
	"parley/writing"
)

// takingUp is what a moderator came upon.
type takingUp struct {
	Of   writing.ID `json:"of"`
	Lang string     `json:"lang,omitempty" pattern:"^[a-z]{2,3}(-[a-z0-9]{2,8})*$" maxLength:"35" example:"ru" doc:"Of the translation that is meant; absent: the original"`
}

// takenUp is the case that stands open now.
type takenUp struct {
	Location string `header:"Location" doc:"Where it is read"`
	Body     caseNumber
}

type caseNumber struct {
	Number int64 `json:"number"`
}

func (s *server) takeUp(ctx context.Context, v *visit, in *struct {
	InDialogue
	OnceKey
	Body takingUp
}) (*takenUp, error) {
	n, err := s.Store.TakeUp(ctx, v.Person, v.dialogue(), in.Body.Of, in.Body.Lang, v.now)
	if err != nil {
		return nil, err
	}
	return &takenUp{v.below("/cases/%d", n), caseNumber{n}}, nil
}

func (s *server) listLog(ctx context.Context, v *visit, in *InList) (*listed[logLine], error) {
	last, err := in.number()
	if err != nil {
		return nil, err
	}
	list, err := s.Store.ModerationLog(ctx, v.Person, v.dialogue(), last, in.Limit+1)
	if err != nil {
		return nil, err
	}
	var out []logLine
	r := v.reader()
	for _, l := range list {
		out = append(out, logLine{l.Number, l.Why, l.Kind, l.Of, l.OpenedAt, r.decision(l.Decision), r.appeal(l.Appeal)})
	}
	return pageOf(v, in.Paging, "/moderation-log", out, func(l logLine) string { return cursorOf(l.Number) }), nil
}

// balance is how the process served authors of each side.
type balance struct {
	Groups []groupBalance `json:"groups"`
	Since  time.Time      `json:"since"`
}

// groupBalance is the process for authors of one side, of several or of none.
type groupBalance struct {
	Group    string `json:"group" example:"KE" doc:"A side; or several, or none"`
	Cases    *int   `json:"cases,omitempty" doc:"Absent, with all that follows: fewer than five"`
	Waited   *int64 `json:"waited_seconds,omitempty" doc:"The middle time until a decision"`
	Appeals  *int   `json:"appeals,omitempty" doc:"Absent: too few to be told"`
	Reversed *int   `json:"reversed,omitempty" doc:"Of the appeals; absent: too few to be told"`
}

func (s *server) getBalance(ctx context.Context, v *visit, _ *InDialogue) (*outBody[balance], error) {
	b, err := s.Store.Balance(ctx, v.Person, v.dialogue(), v.now)
	if err != nil {
		return nil, err
	}
	out := balance{Since: b.Since}
	for _, side := range b.Sides {
		one := groupBalance{Group: side.Group}
		if side.Cases > 0 {
			waited := int64(side.Waited.Seconds())
			one.Cases, one.Waited = &side.Cases, &waited
		}
		if side.Cases > 0 && side.Appeals >= 0 {
			one.Appeals = &side.Appeals
		}
		if side.Cases > 0 && side.Reversed >= 0 {
			one.Reversed = &side.Reversed
		}
		out.Groups = append(out.Groups, one)
	}
	return &outBody[balance]{out}, nil
}

// moderationRules are how strictly the forum is kept.
type moderationRules struct {
	Premoderate int       `json:"premoderate" minimum:"0" maximum:"20" doc:"How many first contributions of each newcomer are read before they are shown"`
	Slow        int       `json:"slow_seconds" minimum:"0" maximum:"86400" doc:"The least time between two contributions of one person; 0: none"`
	SlowUntil   time.Time `json:"slow_until,omitzero" doc:"When slow mode ends"`
	Text        string    `json:"text,omitempty" maxLength:"1000" doc:"Why they were changed to this, for everybody; every change needs it anew"`
	Lang        string    `json:"lang,omitempty" pattern:"^[a-z]{2,3}(-[a-z0-9]{2,8})*$" maxLength:"35" example:"en" doc:"The language of the reason, one of the dialogue; absent: its first"`
}

func rulesOf(r moderation.Rules) moderationRules {
	return moderationRules{r.Premoderate, int(r.Slow / time.Second), r.SlowUntil, r.Text, r.Lang}
}

func (s *server) getRules(ctx context.Context, v *visit, _ *InDialogue) (*tagged[moderationRules], error) {
	r, err := s.Store.ModerationRules(ctx, v.Person, v.dialogue())
	if err != nil {
		return nil, err
	}
	return &tagged[moderationRules]{revisionTag(r.Revision), rulesOf(r)}, nil
}

func (s *server) changeRules(ctx context.Context, v *visit, in *struct {
	InDialogue
	IfMatchTag
	Body moderationRules
}) (*tagged[moderationRules], error) {
	from, err := in.from(v)
	if err != nil {
		return nil, err
	}
	b := in.Body
	r := moderation.Rules{Premoderate: b.Premoderate, Slow: time.Duration(b.Slow) * time.Second, SlowUntil: b.SlowUntil, Text: b.Text, Lang: b.Lang, Revision: from}
	if err := s.Store.SetModerationRules(ctx, v.Person, v.dialogue(), r, v.now); err != nil {
		return nil, err
	}
	return s.getRules(ctx, v, nil)
}
