package demo

import (
	"fmt"
	"strings"
	"time"

	"parley/forum"
	"parley/opinion"
	"parley/writing"
)

// written is a text that stands in the dialogue.
type written struct {
	n       writing.ID
	by      string
	day     int
	invites bool // to marks: not a statement, which is answered
}

// writer puts a text into the dialogue: a title, and what stands below it.
type writer func(by *person, lang, title, body string, at time.Time) (writing.ID, error)

// writing are all texts, each with its translation some hours later.
func (t *talk) writing() []deed {
	var out []deed
	for _, p := range t.problems {
		out = append(out, t.text(p.Piece, 0, parted, func(by *person, lang, title, body string, at time.Time) (writing.ID, error) {
			return t.RaiseProblem(t.ctx, by.id, Dialogue, forum.NewProblem{
				Lang: lang, Title: title, Body: body, Sector: p.Sector, Tags: p.Tags, Links: links(p.Link)}, at)
		})...)
	}
	for _, a := range t.actions {
		out = append(out, t.text(a.Piece, 1, parted, func(by *person, lang, title, body string, at time.Time) (writing.ID, error) {
			answers, err := t.numbers(a.Answers)
			if err != nil {
				return 0, err
			}
			return t.ProposeAction(t.ctx, by.id, Dialogue, forum.NewAction{
				Lang: lang, Title: title, Body: body, Sector: a.Sector, Horizon: a.Horizon, Parts: a.parts(),
				Problems: answers, Tags: a.Tags, Links: links(a.Link)}, at)
		})...)
	}
	for _, s := range t.statements {
		s.Piece.Day = t.dayOf(s)
		out = append(out, t.text(s.Piece, 2, parted, func(by *person, lang, title, body string, at time.Time) (writing.ID, error) {
			under, err := t.place(s.Under)
			if err != nil {
				return 0, err
			}
			return t.ProposeStatement(t.ctx, by.id, Dialogue, opinion.NewStatement{Lang: lang, Title: title, Body: body, Under: under}, at)
		})...)
	}
	for i, c := range t.comments {
		bare := func(text string) (title, body string) { return "", text }
		out = append(out, t.text(c.Piece, 3+float64(i)/60, bare, func(by *person, lang, _, body string, at time.Time) (writing.ID, error) {
			return t.comment(c, by, lang, body, at)
		})...)
	}
	return out
}

// text is how a text comes in, and its translation: so many hours after the
// morning of its day.
func (t *talk) text(p piece, hours float64, part func(string) (title, body string), write writer) []deed {
	var n writing.ID
	out := []deed{{t.on(p.Day, hours), func(at time.Time) error {
		by, err := t.who(p.By)
		if err != nil {
			return err
		}
		lang, text := p.original()
		title, body := part(t.named(strings.TrimSpace(text), lang))
		if n, err = write(by, lang, title, body, at); err != nil {
			return fmt.Errorf("%s writes %.40q: %w", p.By, text, err)
		}
		if p.Key != "" {
			t.items[p.Key], t.authors[p.Key] = n, p.By
		}
		t.all = append(t.all, written{n, p.By, p.Day, hours != 2})
		return nil
	}}}
	if p.Via == "" {
		return out
	}
	return append(out, deed{t.on(p.Day, hours+5), func(at time.Time) error {
		by, err := t.who(p.Via)
		if err != nil {
			return err
		}
		lang, text := p.translated()
		title, body := part(t.named(strings.TrimSpace(text), lang))
		if err := t.Translate(t.ctx, by.id, Dialogue, n, lang, title, body, 1, at); err != nil {
			return fmt.Errorf("%s translates %.40q: %w", p.Via, text, err)
		}
		return nil
	}})
}

func (t *talk) comment(c comment, by *person, lang, body string, at time.Time) (writing.ID, error) {
	under, err := t.number(c.On)
	if err != nil {
		return 0, err
	}
	to, err := t.number(c.To)
	if err != nil {
		return 0, err
	}
	quote, err := t.number(c.Quote)
	if err != nil {
		return 0, err
	}
	return t.Comment(t.ctx, by.id, Dialogue, forum.NewComment{Under: under, To: to, Lang: lang, Body: body, Quote: quote, Words: c.Words}, at)
}

// named calls people by the names by which they go: "{KE-3}" is "@Participant 7".
func (t *talk) named(text, lang string) string {
	for key, p := range t.people {
		if strings.Contains(text, "{"+key+"}") {
			text = strings.ReplaceAll(text, "{"+key+"}", "@"+p.name.In(lang))
		}
	}
	return text
}

func (t *talk) numbers(keys []string) ([]writing.ID, error) {
	var out []writing.ID
	for _, k := range keys {
		n, err := t.number(k)
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}

// lateStatements is the day on which the last statements are proposed.
const lateStatements = 5

// dayOf is when a statement is proposed: with what it stands under, or else when
// the first problems have been read.
func (t *talk) dayOf(s statement) int {
	if s.Late {
		return lateStatements
	}
	for _, p := range t.problems {
		if p.Piece.Key == s.Under {
			return p.Piece.Day
		}
	}
	for _, a := range t.actions {
		if a.Piece.Key == s.Under {
			return a.Piece.Day
		}
	}
	return 39
}

// steps are what became of the actions.
func (t *talk) steps() []deed {
	var out []deed
	for _, a := range t.actions {
		for _, s := range a.Steps {
			out = append(out, deed{t.on(s.Day, 8), func(at time.Time) error {
				by, err := t.who(s.By)
				if err != nil {
					return err
				}
				n, err := t.number(a.Piece.Key)
				if err != nil {
					return err
				}
				if err := t.MoveOn(t.ctx, by.id, Dialogue, n, forum.Step{To: s.To, Why: s.Why, Lang: "en", Parties: s.Parties}, at); err != nil {
					return fmt.Errorf("%s becomes %s: %w", a.Piece.Key, s.To, err)
				}
				return nil
			}})
		}
	}
	return out
}

// lateDeeds are edits, drafts, and what the guests follow.
func (t *talk) lateDeeds() []deed {
	var out []deed
	for _, e := range t.later.Edits {
		out = append(out, deed{t.on(e.Day, 9), func(at time.Time) error {
			by, err := t.who(t.authors[e.Key])
			if err != nil {
				return err
			}
			title, body := parted(e.Text)
			err = t.Edit(t.ctx, by.id, Dialogue, t.items[e.Key], writing.Edit{Revision: 1, Title: title, Body: body, Tags: t.tags(e.Key)}, at)
			if err != nil {
				return fmt.Errorf("edit %s: %w", e.Key, err)
			}
			return nil
		}})
	}
	for _, d := range t.later.Drafts {
		out = append(out, deed{t.on(0, 2), func(at time.Time) error {
			by, err := t.who(d.By)
			if err != nil {
				return err
			}
			return t.SaveDraft(t.ctx, by.id, Dialogue, writing.Draft{Place: d.Place, Fields: d.Fields, SaveAt: at}, at)
		}})
	}
	for _, w := range t.later.Follows {
		out = append(out, deed{t.on(12, 1), func(at time.Time) error {
			by, err := t.who(w.By)
			if err != nil {
				return err
			}
			n, err := t.number(w.On)
			if err != nil {
				return err
			}
			return t.Follow(t.ctx, by.id, Dialogue, n, w.Level, at)
		}})
	}
	return out
}

// tags are those with which a problem or an action came.
func (t *talk) tags(key string) []string {
	for _, p := range t.problems {
		if p.Piece.Key == key {
			return p.Tags
		}
	}
	for _, a := range t.actions {
		if a.Piece.Key == key {
			return a.Tags
		}
	}
	return nil
}
