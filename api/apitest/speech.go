package apitest

import (
	"context"

	"parley/dialogue"
	"parley/forum"
	"parley/interest"
	"parley/moderation"
	"parley/notice"
	"parley/opinion"
	"parley/writing"
)

// What is written in every room, by its number; the comment is reported.
const (
	Problem   writing.ID = 1
	Action    writing.ID = 2
	Comment   writing.ID = 3
	Statement writing.ID = 4
)

// Quoted stands in the problem, and the comment quotes it.
const Quoted = "after a late shift"

// speak lets a few people say something: a problem, an action that answers it, a
// comment that quotes it, a statement under it, and a report.
func (x *Society) speak(id dialogue.ID) {
	x.t.Helper()
	ctx := context.Background()
	who := x.People
	n, err := x.RaiseProblem(ctx, who[dialogue.Participant], id, forum.NewProblem{
		Lang: "en", Title: "The ferry stops at dusk", Body: "Nobody gets home " + Quoted + ".", Tags: []string{"ferry"},
		Links: []forum.Link{{Kind: forum.LinkTopic, To: string(FirstTopic)}},
	}, Now)
	x.written(n, Problem, err)
	n, err = x.ProposeAction(ctx, who[dialogue.Delegate], id, forum.NewAction{
		Lang: "en", Title: "Let it sail until midnight", Body: "From May to September.", Horizon: forum.Immediate, Tags: []string{"ferry"},
		Parts: []forum.Part{{Side: SideA, Does: "Pays for the crew"}}, Problems: []writing.ID{Problem},
	}, Now)
	x.written(n, Action, err)
	n, err = x.Store.Comment(ctx, who[dialogue.Mediator], id, forum.NewComment{
		Under: Problem, Lang: "en", Body: "How many are they?", Quote: Problem, Words: Quoted,
	}, Now)
	x.written(n, Comment, err)
	n, err = x.ProposeStatement(ctx, who[dialogue.Delegate], id, opinion.NewStatement{
		Lang: "en", Title: "The ferry should sail until midnight.", Under: opinion.Place{Item: Problem},
	}, Now)
	x.written(n, Statement, err)
	x.must(x.Translate(ctx, who[dialogue.Interpreter], id, Problem, "ru", "Паром не ходит после заката", "После поздней смены домой не попасть.", 1, Now))
	x.must(x.React(ctx, who[dialogue.Staff], id, Problem, writing.Helpful, true, Now))
	x.must(x.Follow(ctx, who[dialogue.Observer], id, Problem, notice.All, Now))
	x.must(x.Report(ctx, who[dialogue.Observer], id, moderation.NewReport{Of: Comment, Reason: moderation.OffTopic, Text: "Not about the ferry."}, Now))
}

// FirstTopic is a topic of the three towns.
const FirstTopic interest.TopicID = "flood-release"

func (x *Society) written(got, want writing.ID, err error) {
	x.t.Helper()
	x.must(err)
	if got != want {
		x.t.Fatalf("something has the number %d, want %d", got, want)
	}
}
