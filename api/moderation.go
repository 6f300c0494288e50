package api

import (
	"context"
	"net/http"
	"time"

	"parley/dialogue"
	"parley/moderation"
	"parley/writing"
)

// caseEntry is one matter before the moderators; its number is the line of the
// public log.
type caseEntry struct {
	Number   int64          `json:"number"`
	Why      moderation.Why `json:"why"`
	Of       Contribution   `json:"of"`
	Lang     string         `json:"lang,omitempty" doc:"Of the translation that it is about; absent: the original"`
	Reports  []report       `json:"reports"`
	OpenedAt time.Time      `json:"opened_at"`
	Decision *decision      `json:"decision,omitempty"`
	Appeal   *appeal        `json:"appeal,omitempty"`
	Barred   bool           `json:"barred" doc:"The reader may not decide: they wrote it, reported it, or decided what is appealed"`
}

// report is what a reader said against a contribution; who it was, nobody learns.
type report struct {
	Reason moderation.Reason `json:"reason"`
	Text   string            `json:"text"`
	At     time.Time         `json:"at"`
}

// decision is what was decided, and why.
type decision struct {
	Verdict moderation.Verdict `json:"verdict"`
	Reason  moderation.Reason  `json:"reason,omitempty"`
	Text    string             `json:"text" doc:"For everybody"`
	Lang    string             `json:"lang,omitempty"`
	By      string             `json:"by,omitempty" doc:"The moderator's pseudonym, where the rule of the room names people"`
	At      time.Time          `json:"at"`
	Until   time.Time          `json:"until,omitzero" doc:"Until when the author may not write; absent: they may"`
}

// appeal asks another moderator to look again.
type appeal struct {
	Text     string    `json:"text,omitempty" doc:"For the moderators alone"`
	At       time.Time `json:"at"`
	Decision *decision `json:"decision,omitempty"`
}

// logLine is one entry of the public log.
type logLine struct {
	Number   int64          `json:"number"`
	Why      moderation.Why `json:"why"`
	Kind     writing.Kind   `json:"kind,omitempty"`
	Of       writing.ID     `json:"of,omitempty"`
	OpenedAt time.Time      `json:"opened_at" doc:"The day alone"`
	Decision *decision      `json:"decision,omitempty" doc:"Absent: still open"`
	Appeal   *appeal        `json:"appeal,omitempty"`
}

func (s *server) registerModeration() {
	of := func(id, method, path string, verb dialogue.Verb, summary, about string) operation {
		return operation{id: id, method: method, path: "/dialogues/{dialogue}" + path, verb: verb, tag: tagModeration, summary: summary, about: about}
	}
	told := of("report", http.MethodPost, "/reports", dialogue.Report, "Tell the moderators", "Who it was, nobody learns. Of one person on one thing it counts once.")
	told.creates = true
	register(s, told, s.report)
	cases := of("list-cases", http.MethodGet, "/cases", dialogue.Moderate, "List the open cases", "The longest waiting first.")
	cases.also = dialogue.Take
	register(s, cases, s.listCases)
	take := of("take-up", http.MethodPost, "/cases", dialogue.Moderate, "Open a case on something that one came upon",
		"Where one is open already, that one. Unlike a report it leaves the decision to who opened it.")
	take.status, take.creates = http.StatusCreated, true
	register(s, take, s.takeUp)
	one := of("get-case", http.MethodGet, "/cases/{case}", dialogue.Moderate, "Read one case", "")
	one.also = dialogue.Take
	register(s, one, s.getCase)
	decide := of("decide", http.MethodPost, "/cases/{case}/decisions", dialogue.Moderate, "Decide a case, or an appeal",
		"By somebody who neither wrote nor reported it, nor decided what is appealed.")
	decide.creates = true
	register(s, decide, s.decide)
	own := of("get-own-case", http.MethodGet, "/contributions/{item}/case", dialogue.Appeal, "Read the newest decision about one's own words", "Without what others said of them.")
	own.also = dialogue.Take
	register(s, own, s.getOwnCase)
	again := of("appeal", http.MethodPost, "/appeals", dialogue.Appeal, "Ask another moderator to look again at a decision about one's own words", "Once for each decision, within 30 days.")
	again.creates = true
	register(s, again, s.appeal)
	register(s, of("list-sanctions", http.MethodGet, "/sanctions", dialogue.BeMember, "List what keeps oneself from writing", ""), s.listSanctions)
	register(s, of("list-moderation-log", http.MethodGet, "/moderation-log", dialogue.Take, "Read the public log of moderation", "The newest first."), s.listLog)
	register(s, of("get-moderation-balance", http.MethodGet, "/moderation-balance", dialogue.Take, "Read how the process served authors of each side",
		"It tells of the process, never of guilt, and nothing of fewer than five cases."), s.getBalance)
	register(s, of("get-moderation-rules", http.MethodGet, "/moderation-rules", dialogue.Take, "Read how strictly the forum is kept", ""), s.getRules)
	change := of("change-moderation-rules", http.MethodPut, "/moderation-rules", dialogue.Moderate, "Change how strictly the forum is kept", "The public log tells of it.")
	change.edits = true
	register(s, change, s.changeRules)
}

// reporting is what a report is made from.
type reporting struct {
	Of     writing.ID        `json:"of"`
	Lang   string            `json:"lang,omitempty" pattern:"^[a-z]{2,3}(-[a-z0-9]{2,8})*$" maxLength:"35" example:"ru" doc:"Of the translation that is meant; absent: the original"`
	Reason moderation.Reason `json:"reason"`
	Text   string            `json:"text,omitempty" maxLength:"1000" example:"It names my street."`
}

func (s *server) report(ctx context.Context, v *visit, in *struct {
	InDialogue
	OnceKey
	Body reporting
}) (*nothing, error) {
	return nil, s.Store.Report(ctx, v.Person, v.dialogue(), moderation.NewReport(in.Body), v.now)
}

func (r reader) decision(d *moderation.Decision) *decision {
	if d == nil {
		return nil
	}
	out := &decision{Verdict: d.Verdict, Reason: d.Reason, Text: d.Text, Lang: d.Lang, At: d.At}
	if r.names {
		out.By = d.By.In(r.lang)
	}
	if d.Sanction != nil {
		out.Until = d.Sanction.Until
	}
	return out
}

func (r reader) appeal(a *moderation.Appeal) *appeal {
	if a == nil {
		return nil
	}
	return &appeal{a.Text, a.At, r.decision(a.Decision)}
}

func (r reader) caseEntry(c moderation.Case) caseEntry {
	out := caseEntry{
		Number: c.Number, Why: c.Why, Of: r.contribution(c.Of), Lang: c.Lang, OpenedAt: c.OpenedAt,
		Decision: r.decision(c.Decision), Appeal: r.appeal(c.Appeal), Barred: c.Mine,
	}
	for _, one := range c.Reports {
		out.Reports = append(out.Reports, report(one))
	}
	return out
}

func (s *server) listCases(ctx context.Context, v *visit, in *InList) (*listed[caseEntry], error) {
	last, err := in.number()
	if err != nil {
		return nil, err
	}
	list, err := s.Store.Queue(ctx, v.Person, v.dialogue(), "", last, in.Limit+1)
	if err != nil {
		return nil, err
	}
	var out []caseEntry
	for _, c := range list {
		out = append(out, v.reader().caseEntry(c))
	}
	return pageOf(v, in.Paging, "/cases", out, func(c caseEntry) string { return cursorOf(c.Number) }), nil
}

// InCase is part of what is asked with about one case.
type InCase struct {
	InDialogue
	Case int64 `path:"case" minimum:"1" maximum:"9007199254740991" example:"3"`
}

func (s *server) getCase(ctx context.Context, v *visit, in *InCase) (*outBody[caseEntry], error) {
	c, err := s.Store.Case(ctx, v.Person, v.dialogue(), in.Case)
	if err != nil {
		return nil, err
	}
	return &outBody[caseEntry]{v.reader().caseEntry(*c)}, nil
}

func (s *server) getOwnCase(ctx context.Context, v *visit, in *struct {
	InItem
	Lang string `query:"lang" pattern:"^[a-z]{2,3}(-[a-z0-9]{2,8})*$" maxLength:"35" example:"ru" doc:"Of one's own translation into this language"`
}) (*outBody[caseEntry], error) {
	c, err := s.Store.CaseOf(ctx, v.Person, v.dialogue(), in.Item, in.Lang)
	if err != nil {
		return nil, err
	}
	return &outBody[caseEntry]{v.reader().caseEntry(*c)}, nil
}

// deciding is what a decision is made from.
type deciding struct {
	Verdict moderation.Verdict `json:"verdict"`
	Reason  moderation.Reason  `json:"reason"`
	Text    string             `json:"text" minLength:"1" maxLength:"1000" example:"It attacks a people, not what was said." doc:"For everybody to read"`
	Lang    string             `json:"lang" pattern:"^[a-z]{2,3}(-[a-z0-9]{2,8})*$" maxLength:"35" example:"en"`
	Until   time.Time          `json:"until,omitzero" doc:"Keeps the author from writing until then, within 30 days; absent: no sanction, and on an appeal the one that is stays"`
}

func (s *server) decide(ctx context.Context, v *visit, in *struct {
	InCase
	OnceKey
	Body deciding
}) (*nothing, error) {
	b := in.Body
	d := moderation.Decision{Verdict: b.Verdict, Reason: b.Reason, Text: b.Text, Lang: b.Lang}
	return nil, s.Store.Decide(ctx, v.Person, v.dialogue(), in.Case, d, b.Until, v.now)
}

type appealing struct {
	Case int64  `json:"case" minimum:"1" maximum:"9007199254740991" example:"3" doc:"As the verdict on one's words names it"`
	Text string `json:"text" minLength:"1" maxLength:"2000" example:"I quoted what was said, to answer it."`
}

func (s *server) appeal(ctx context.Context, v *visit, in *struct {
	InDialogue
	OnceKey
	Body appealing
}) (*nothing, error) {
	return nil, s.Store.AskAgain(ctx, v.Person, v.dialogue(), in.Body.Case, in.Body.Text, v.now)
}

// sanction keeps somebody from writing until it ends.
type sanction struct {
	Until time.Time `json:"until"`
	Case  int64     `json:"case" doc:"The line of the public log that says why"`
}

func (s *server) listSanctions(ctx context.Context, v *visit, in *InList) (*listed[sanction], error) {
	cursor, err := in.after()
	if err != nil {
		return nil, err
	}
	list, err := s.Store.MySanctions(ctx, v.Person, v.dialogue(), v.now)
	if err != nil {
		return nil, err
	}
	var all []sanction
	for _, one := range list {
		all = append(all, sanction{one.Until, one.Case})
	}
	number := func(s sanction) string { return cursorOf(s.Case) }
	return pageOf(v, in.Paging, "/sanctions", after(all, cursor, number), number), nil
}
