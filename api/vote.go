package api

import (
	"context"
	"net/http"
	"time"

	"parley/dialogue"
	"parley/fault"
	"parley/opinion"
	"parley/store"
	"parley/writing"
)

// ballot is one's own answer to a statement. Nobody else is ever told of it.
type ballot struct {
	Choice  opinion.Choice    `json:"choice,omitempty" doc:"Absent: not answered, or taken back"`
	Matters bool              `json:"matters" doc:"It matters a lot to them"`
	Counts  bool              `json:"counts" doc:"It came by a card. What was answered without one waits until the card comes"`
	At      time.Time         `json:"at,omitzero"`
	Guesses []guess           `json:"guesses"`
	Skipped []dialogue.SideID `json:"skipped" doc:"Of whom they would not say what they expect"`
	Reason  writing.ID        `json:"reason,omitempty" doc:"Why they answer so, as a contribution without a name"`
}

// guess is what somebody expects of another side.
type guess struct {
	About dialogue.SideID `json:"about"`
	Of10  int             `json:"of10" minimum:"0" maximum:"10" doc:"Of ten participants from there, how many would agree"`
	At    time.Time       `json:"at"`
}

// card is one statement, served to one person.
type card struct {
	Statement StatementEntry    `json:"statement"`
	Own       *ballot           `json:"own,omitempty" doc:"What they answered already"`
	Token     string            `json:"token" doc:"Goes with the answer; good once, for this person and statement"`
	At        int               `json:"at" doc:"The how-many-th"`
	Of        int               `json:"of" doc:"Of how many"`
	Left      int               `json:"left"`
	Sides     []dialogue.SideID `json:"sides" doc:"Of whom they may say what they expect"`
}

// history is one's own answers, the newest first.
type history struct {
	Kept  bool          `json:"kept" doc:"False: the list is switched off, and nothing stands here"`
	Items []historyLine `json:"items"`
	Next  string        `json:"next,omitempty" doc:"The cursor of the next page; absent on the last"`
}

type historyLine struct {
	Statement StatementEntry `json:"statement"`
	Own       ballot         `json:"own"`
}

type historyPage struct {
	Link string `header:"Link" doc:"The address of the next page, rel=next (RFC 8288); empty on the last"`
	Body history
}

func (s *server) registerVotes() {
	of := func(id, method, path string, verb dialogue.Verb, summary, about string) operation {
		return operation{id: id, method: method, path: "/dialogues/{dialogue}" + path, verb: verb, tag: tagOpinion, summary: summary, about: about}
	}
	also := func(op operation) operation { op.also = dialogue.Take; return op }
	register(s, also(of("get-card", http.MethodGet, "/cards/next", dialogue.Vote, "Get the statement to answer next",
		"By what is least known, and so that all are answered alike by each side. 404 with the code opinion.all-answered where none is left.")), s.getCard)
	register(s, also(of("list-votes", http.MethodGet, "/votes", dialogue.BeMember, "List one's own answers", "The newest first. Nobody else sees them.")), s.listVotes)
	register(s, of("keep-vote-history", http.MethodPut, "/vote-history", dialogue.BeMember, "Switch the list of one's own answers on or off", "The answers stay."), s.keepHistory)
	register(s, of("get-vote", http.MethodGet, "/votes/{statement}", dialogue.BeMember, "Read one's own answer", ""), s.getVote)
	cast := of("cast-vote", http.MethodPut, "/votes/{statement}", dialogue.Vote, "Answer a statement, or change one's answer",
		"With the token of its card it counts at once; without one it waits until the card comes. A token that has served is refused: 409; one that is another's, or old: 412.")
	cast.errors = []int{http.StatusPreconditionFailed}
	register(s, cast, s.castVote)
	register(s, of("withdraw-vote", http.MethodDelete, "/votes/{statement}", dialogue.BeMember, "Take one's answer back", "With expectation and reason."), s.withdrawVote)
	register(s, of("give-reason", http.MethodPut, "/votes/{statement}/reason", dialogue.Vote, "Say why one answers so", "Others read it without a name."), s.giveReason)
	register(s, of("take-reason-back", http.MethodDelete, "/votes/{statement}/reason", dialogue.Vote, "Take the reason back", ""), s.takeReasonBack)
	register(s, of("expect", http.MethodPut, "/guesses/{statement}/{about}", dialogue.Vote, "Say what one expects of another side",
		"After one's own answer. It cannot be changed when the result has been shown: 409."), s.expect)
	register(s, of("skip-expecting", http.MethodPost, "/guesses/{statement}/{about}/skips", dialogue.Vote, "Say nothing of what one expects", "The result is shown all the same."), s.skipExpecting)
	register(s, also(of("get-result", http.MethodGet, "/results/{statement}", dialogue.BeMember, "Read what the other sides answered",
		"After one's own answer, and for each side after one's expectation or its skipping.")), s.getResult)
}

func ballotOf(a opinion.Answer) ballot {
	out := ballot{Choice: a.Choice, Matters: a.Matters, Counts: a.Counts, At: a.At, Skipped: a.Skipped, Reason: a.Reason}
	for _, g := range a.Guesses {
		out.Guesses = append(out.Guesses, guess(g))
	}
	return out
}

func (s *server) getCard(ctx context.Context, v *visit, in *struct {
	InDialogue
	Item   writing.ID `query:"item" doc:"Only of those under this problem or action"`
	Option string     `query:"option" maxLength:"200" example:"T-01/share" doc:"Only of those under this option of the table"`
	Not    writing.ID `query:"not" doc:"Not this one"`
}) (*outBody[card], error) {
	var place *opinion.Place
	if in.Item != 0 || in.Option != "" {
		place = &opinion.Place{Item: in.Item, Option: in.Option}
	}
	c, err := s.Store.Serve(ctx, v.Person, v.dialogue(), place, in.Not, v.now)
	if err != nil {
		return nil, err
	}
	out := card{v.reader().statement(c.Statement), nil, c.Token, c.At, c.Of, c.Left, c.Sides}
	if mine := c.Statement.Mine; mine != nil && mine.Choice != "" {
		own := ballotOf(*mine)
		out.Own = &own
	}
	return &outBody[card]{out}, nil
}

func (s *server) listVotes(ctx context.Context, v *visit, in *InList) (*historyPage, error) {
	last, err := in.number()
	if err != nil {
		return nil, err
	}
	in.Paging = in.upTo(store.MostStatements)
	h, err := s.Store.MyVotes(ctx, v.Person, v.dialogue(), writing.ID(last), in.Limit+1)
	if err != nil {
		return nil, err
	}
	var lines []historyLine
	for _, l := range h.Lines {
		lines = append(lines, historyLine{v.reader().statement(l.Statement), ballotOf(l.Answer)})
	}
	p := pageWith(v, in.Paging, "/votes", nil, lines, func(l historyLine) string { return cursorOf(l.Statement.Number) })
	return &historyPage{p.Link, history{h.On, p.Body.Items, p.Body.Next}}, nil
}

type keeping struct {
	Kept bool `json:"kept"`
}

func (s *server) keepHistory(ctx context.Context, v *visit, in *struct {
	InDialogue
	Body keeping
}) (*nothing, error) {
	return nil, s.Store.KeepHistory(ctx, v.Person, v.dialogue(), in.Body.Kept, v.now)
}

func (s *server) getVote(ctx context.Context, v *visit, in *InStatement) (*outBody[ballot], error) {
	st, err := s.Store.Statement(ctx, v.Person, v.dialogue(), in.Statement)
	if err != nil {
		return nil, err
	}
	if st.Mine == nil {
		return nil, fault.New(fault.Missing, "api.no-vote", "who asks is no voter here")
	}
	return &outBody[ballot]{ballotOf(*st.Mine)}, nil
}

// casting is an answer as it is sent in.
type casting struct {
	Choice  opinion.Choice `json:"choice"`
	Matters bool           `json:"matters,omitempty" doc:"It matters a lot to me"`
	Token   string         `json:"token,omitempty" maxLength:"500" doc:"Of the card"`
}

func (s *server) castVote(ctx context.Context, v *visit, in *struct {
	InStatement
	Body casting
}) (*nothing, error) {
	return nil, s.Store.CastVote(ctx, v.Person, v.dialogue(), in.Statement, opinion.Ballot(in.Body), v.now)
}

func (s *server) withdrawVote(ctx context.Context, v *visit, in *InStatement) (*nothing, error) {
	return nil, s.Store.WithdrawVote(ctx, v.Person, v.dialogue(), in.Statement, v.now)
}

type reasoning struct {
	Lang  string `json:"lang" pattern:"^[a-z]{2,3}(-[a-z0-9]{2,8})*$" maxLength:"35" example:"en"`
	Words string `json:"words" minLength:"1" maxLength:"280" example:"My daughter works late."`
}

type givenReason struct {
	Body struct {
		Number writing.ID `json:"number"`
	}
}

func (s *server) giveReason(ctx context.Context, v *visit, in *struct {
	InStatement
	Body reasoning
}) (*givenReason, error) {
	n, err := s.Store.GiveReason(ctx, v.Person, v.dialogue(), in.Statement, in.Body.Lang, in.Body.Words, v.now)
	out := &givenReason{}
	out.Body.Number = n
	return out, err
}

func (s *server) takeReasonBack(ctx context.Context, v *visit, in *InStatement) (*nothing, error) {
	_, err := s.Store.GiveReason(ctx, v.Person, v.dialogue(), in.Statement, "", "", v.now)
	return nil, err
}
