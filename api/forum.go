package api

import (
	"context"
	"net/http"
	"time"

	"parley/dialogue"
	"parley/forum"
	"parley/notice"
	"parley/writing"
)

// Line is a problem or an action in a list.
type Line struct {
	Contribution
	Status     forum.Status    `json:"status,omitempty" doc:"Of problems and actions alone"`
	Sector     dialogue.Sector `json:"sector,omitempty" doc:"Of society that it touches most"`
	Horizon    forum.Horizon   `json:"horizon,omitempty" doc:"Of an action"`
	Answers    int             `json:"answers" doc:"Actions of a problem, problems of an action"`
	Comments   int             `json:"comments"`
	Statements int             `json:"statements" doc:"That stand under it"`
	LastAt     time.Time       `json:"last_at" doc:"Of the newest comment, or of itself"`
}

// Life is what a problem and an action have in common beyond what was written.
type Life struct {
	Sector   dialogue.Sector `json:"sector,omitempty"`
	Status   forum.Status    `json:"status"`
	Steps    []step          `json:"steps" doc:"The oldest first"`
	Links    []link          `json:"links" doc:"To registers and table"`
	Comments int             `json:"comments"`
	Follows  notice.Level    `json:"follows,omitempty" doc:"How closely the reader follows it; absent: they said nothing of it"`
}

// step is one change of status.
type step struct {
	To      forum.Status `json:"to"`
	Why     string       `json:"why,omitempty"`
	Lang    string       `json:"lang,omitempty"`
	Parties []party      `json:"parties" doc:"Who agreed"`
	By      *writer      `json:"by,omitempty"`
	At      time.Time    `json:"at"`
}

// party is who agreed, and in which capacity.
type party struct {
	Side     dialogue.SideID `json:"side,omitempty" doc:"Absent: somebody who is no side"`
	Who      string          `json:"who" minLength:"1" maxLength:"200" example:"the town council of Kelvara"`
	Capacity string          `json:"capacity" minLength:"1" maxLength:"200" example:"by a vote of 3 May"`
}

// link leads to the registers or the table.
type link struct {
	Kind forum.LinkKind `json:"kind"`
	To   string         `json:"to" minLength:"1" maxLength:"200" example:"T-01" doc:"A topic, an interest, or an option of the table as topic/option"`
}

// problemEntry complicates the relationship.
type problemEntry struct {
	Contribution
	Life
	Actions []Line `json:"actions" doc:"That answer it"`
}

// actionEntry could resolve problems.
type actionEntry struct {
	Contribution
	Life
	Horizon  forum.Horizon `json:"horizon,omitempty"`
	Parts    []part        `json:"parts"`
	Problems []Line        `json:"problems" doc:"That it answers"`
}

// part is what a side would have to do.
type part struct {
	Side dialogue.SideID `json:"side,omitempty" doc:"Absent: all sides together"`
	Does string          `json:"does" minLength:"1" maxLength:"300" example:"Lets the ferry sail until midnight"`
}

func (s *server) registerForum() {
	of := func(id, method, path string, verb dialogue.Verb, summary, about string) operation {
		return operation{id: id, method: method, path: "/dialogues/{dialogue}" + path, verb: verb, tag: tagForum, summary: summary, about: about}
	}
	create := func(id, path, summary, about string) operation {
		op := of(id, http.MethodPost, path, dialogue.Write, summary, about)
		op.status, op.creates = http.StatusCreated, true
		return op
	}
	const held = "Where a moderator reads it first, its state is held."
	register(s, of("list-problems", http.MethodGet, "/problems", dialogue.Take, "List the problems", ""), s.listProblems)
	register(s, create("raise-problem", "/problems", "Raise a problem", held), s.raiseProblem)
	register(s, of("get-problem", http.MethodGet, "/problems/{item}", dialogue.Take, "Read one problem with what became of it", ""), s.getProblem)
	register(s, of("list-actions", http.MethodGet, "/actions", dialogue.Take, "List the actions", ""), s.listActions)
	register(s, create("propose-action", "/actions", "Propose an action that answers problems", held), s.proposeAction)
	register(s, of("get-action", http.MethodGet, "/actions/{item}", dialogue.Take, "Read one action with what became of it", ""), s.getAction)
	register(s, of("answer-problem", http.MethodPut, "/actions/{item}/problems/{problem}", dialogue.Write, "Say that an action answers a problem, too", ""), s.answerProblem)
	register(s, of("unanswer-problem", http.MethodDelete, "/actions/{item}/problems/{problem}", dialogue.Write, "Say that an action does not answer a problem", "The last one stays: 409."), s.unanswerProblem)
	step := of("move-on", http.MethodPost, "/contributions/{item}/steps", dialogue.Steer, "Say what became of a problem or an action",
		"To agree names who agreed and in which capacity; to drop says why. Common ground is found by counting alone.")
	step.creates = true
	register(s, step, s.moveOn)
	register(s, of("list-linked", http.MethodGet, "/links", dialogue.Take, "List the problems and actions that are tied to a topic, an interest or an option", ""), s.listLinked)
	register(s, of("tie", http.MethodPut, "/contributions/{item}/links", dialogue.Write, "Tie a problem or an action to registers or table", "Its author may, and who steers."), s.tie)
	register(s, of("untie", http.MethodDelete, "/contributions/{item}/links", dialogue.Write, "Take such a tie back", ""), s.untie)
	s.registerThreads()
}

func (r reader) line(l forum.Line) Line {
	return Line{r.contribution(l.Contribution), l.Status, l.Sector, l.Horizon, l.Answers, l.Comments, l.Statements, l.LastAt}
}

func (r reader) lines(list []forum.Line) []Line {
	var out []Line
	for _, l := range list {
		out = append(out, r.line(l))
	}
	return out
}

// Lines is part of what a list of contributions is asked with.
type Lines struct {
	Paging
	Tag string `query:"tag" maxLength:"30" example:"ferry" doc:"Only those with this tag"`
}

// InLines is what a list of problems or actions is asked with.
type InLines struct {
	InDialogue
	Lines
	Order    forum.Order     `query:"order" doc:"bridging where it is absent"`
	Status   forum.Status    `query:"status" doc:"Only those that have come so far"`
	Sector   dialogue.Sector `query:"sector" doc:"Only those of this sector"`
	LinkKind forum.LinkKind  `query:"link_kind" doc:"Only those tied to link_to"`
	LinkTo   string          `query:"link_to" maxLength:"200" example:"T-01"`
}

func (s *server) listLines(ctx context.Context, v *visit, in *InLines, path string, list listLines) (*listed[Line], error) {
	last, err := in.number()
	if err != nil {
		return nil, err
	}
	in.Paging = in.upTo(forum.MostLines)
	found, err := list(ctx, v.Person, v.dialogue(), forum.Filter{
		Order: in.Order, Status: in.Status, Sector: in.Sector, Tag: in.Tag, Link: forum.Link{Kind: in.LinkKind, To: in.LinkTo},
		After: writing.ID(last), Limit: in.Limit + 1,
	})
	if err != nil {
		return nil, err
	}
	return pageWith(v, in.Paging, path, in.query(), v.reader().lines(found), func(l Line) string { return cursorOf(l.Number) }), nil
}

func (s *server) listProblems(ctx context.Context, v *visit, in *InLines) (*listed[Line], error) {
	return s.listLines(ctx, v, in, "/problems", s.Store.Problems)
}

func (s *server) listActions(ctx context.Context, v *visit, in *InLines) (*listed[Line], error) {
	return s.listLines(ctx, v, in, "/actions", s.Store.Actions)
}

func (r reader) life(sector dialogue.Sector, status forum.Status, steps []forum.Step, links []forum.Link, comments int, level string) Life {
	out := Life{Sector: sector, Status: status, Comments: comments, Follows: notice.Level(level)}
	for _, s := range steps {
		one := step{To: s.To, Why: s.Why, Lang: s.Lang, By: r.author(s.By), At: s.At}
		for _, p := range s.Parties {
			one.Parties = append(one.Parties, party(p))
		}
		out.Steps = append(out.Steps, one)
	}
	for _, l := range links {
		out.Links = append(out.Links, link(l))
	}
	return out
}

func (s *server) getProblem(ctx context.Context, v *visit, in *InItem) (*tagged[problemEntry], error) {
	p, err := s.Store.Problem(ctx, v.Person, v.dialogue(), in.Item)
	if err != nil {
		return nil, err
	}
	r := v.reader()
	return revised(p.Revision, problemEntry{r.contribution(p.Contribution), r.life(p.Sector, p.Status, p.Steps, p.Links, p.Comments, p.Level), r.lines(p.Actions)})
}

func (s *server) getAction(ctx context.Context, v *visit, in *InItem) (*tagged[actionEntry], error) {
	a, err := s.Store.Action(ctx, v.Person, v.dialogue(), in.Item)
	if err != nil {
		return nil, err
	}
	r := v.reader()
	out := actionEntry{r.contribution(a.Contribution), r.life(a.Sector, a.Status, a.Steps, a.Links, a.Comments, a.Level), a.Horizon, nil, r.lines(a.Problems)}
	for _, p := range a.Parts {
		out.Parts = append(out.Parts, part(p))
	}
	return revised(a.Revision, out)
}

// InWords is what problems, actions and statements are written from.
type InWords struct {
	Lang  string   `json:"lang" pattern:"^[a-z]{2,3}(-[a-z0-9]{2,8})*$" maxLength:"35" example:"en" doc:"Of the words, one of the dialogue's"`
	Title string   `json:"title" minLength:"1" maxLength:"140" example:"The ferry stops at dusk"`
	Body  string   `json:"body,omitempty" maxLength:"10000" example:"Nobody gets home after a late shift." doc:"Markdown"`
	Tags  []string `json:"tags,omitempty" maxItems:"5" maxLength:"30" minLength:"1" example:"ferry"`
}

type raising struct {
	InWords
	Sector dialogue.Sector `json:"sector,omitempty"`
	Links  []link          `json:"links,omitempty" maxItems:"20"`
}

func (s *server) raiseProblem(ctx context.Context, v *visit, in *struct {
	InDialogue
	OnceKey
	Body raising
}) (*written, error) {
	b := in.Body
	n, err := s.Store.RaiseProblem(ctx, v.Person, v.dialogue(), forum.NewProblem{
		Lang: b.Lang, Title: b.Title, Body: b.Body, Sector: b.Sector, Tags: distinct(b.Tags), Links: linksOf(b.Links),
	}, v.now)
	return s.receipt(ctx, v, n, err, "/problems/%d", n)
}

func linksOf(list []link) []forum.Link {
	var out []forum.Link
	for _, l := range distinct(list) {
		out = append(out, forum.Link(l))
	}
	return out
}

type proposing struct {
	InWords
	Sector   dialogue.Sector `json:"sector,omitempty"`
	Horizon  forum.Horizon   `json:"horizon,omitempty"`
	Parts    []part          `json:"parts,omitempty" maxItems:"13" doc:"Who would have to do what"`
	Problems []writing.ID    `json:"problems" minItems:"1" maxItems:"20" doc:"That it answers"`
	Links    []link          `json:"links,omitempty" maxItems:"20"`
}

func (s *server) proposeAction(ctx context.Context, v *visit, in *struct {
	InDialogue
	OnceKey
	Body proposing
}) (*written, error) {
	b := in.Body
	a := forum.NewAction{
		Lang: b.Lang, Title: b.Title, Body: b.Body, Sector: b.Sector, Horizon: b.Horizon, Problems: distinct(b.Problems),
		Tags: distinct(b.Tags), Links: linksOf(b.Links),
	}
	for _, p := range b.Parts {
		a.Parts = append(a.Parts, forum.Part(p))
	}
	n, err := s.Store.ProposeAction(ctx, v.Person, v.dialogue(), a, v.now)
	return s.receipt(ctx, v, n, err, "/actions/%d", n)
}
