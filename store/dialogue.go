package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"parley/dialogue"
	"parley/fault"
)

// DialogueRow is a dialogue in the list of dialogues.
type DialogueRow struct {
	dialogue.Dialogue
	Registers, Interests, Topics int
	CreatedAt                    time.Time
}

// Dialogues lists all dialogues, the oldest first, with their sides, those too
// that are unlisted: whoever shows them to people leaves these out.
func (s *Store) Dialogues(ctx context.Context) ([]DialogueRow, error) {
	var list []DialogueRow
	err := s.read(ctx, func(c conn) error {
		return c.each(`
			select d.id, d.title, d.purpose, d.source, d.host, d.languages, d.as_of, d.kind, d.rule, d.stage, d.unlisted, d.created_at,
				(select count(1) from register r where r.dialogue = d.id),
				(select count(1) from interest i where i.dialogue = d.id),
				(select count(1) from topic t where t.dialogue = d.id),
				coalesce(s.id, ''), coalesce(s.name, '{}')
			from dialogue d
			left join side s on s.dialogue = d.id
			order by d.created_at, d.id, s.position`, nil,
			func(scan scan) error {
				var d DialogueRow
				var created int64
				var side dialogue.Side
				err := scan(append(head(&d.Dialogue), &created, &d.Registers, &d.Interests, &d.Topics, &side.ID, (*text)(&side.Name))...)
				if err != nil {
					return err
				}
				if n := len(list); n == 0 || list[n-1].ID != d.ID {
					d.CreatedAt = moment(created)
					list = append(list, d)
				}
				if side.ID != "" {
					last := &list[len(list)-1]
					last.Sides = append(last.Sides, side)
				}
				return nil
			})
	})
	if err != nil {
		return nil, fmt.Errorf("list the dialogues: %w", err)
	}
	// The engines disagree on the order of words, so it is settled here.
	slices.SortStableFunc(list, func(a, b DialogueRow) int {
		return cmp.Or(a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(a.ID, b.ID))
	})
	return list, nil
}

// head lists where the columns id, title, purpose, source, host, languages,
// as_of, kind, rule, stage and unlisted go.
func head(d *dialogue.Dialogue) []any {
	return []any{
		&d.ID, (*text)(&d.Title), (*text)(&d.Purpose), (*text)(&d.Source), (*text)(&d.Host),
		(*list)(&d.Languages), &d.AsOf, &d.Kind, &d.Rule, &d.Stage, (*flag)(&d.Unlisted),
	}
}

func loadDialogue(c conn, id dialogue.ID) (d dialogue.Dialogue, err error) {
	found, err := c.one(`
		select id, title, purpose, source, host, languages, as_of, kind, rule, stage, unlisted
		from dialogue
		where id = $1`, []any{id}, head(&d)...)
	if err != nil {
		return d, err
	}
	if !found {
		return d, noDialogue(id)
	}
	err = c.each(`
		select id, name
		from side
		where dialogue = $1
		order by position`, []any{id},
		func(scan scan) error {
			var s dialogue.Side
			err := scan(&s.ID, (*text)(&s.Name))
			d.Sides = append(d.Sides, s)
			return err
		})
	return d, err
}

// createDialogue makes the row of a new dialogue, with the settings of a new
// one, and reports false where there is one with this id already.
func createDialogue(c conn, d dialogue.Dialogue, digest string, now time.Time) (bool, error) {
	n, err := c.exec(`
		insert into dialogue (id, title, purpose, source, host, languages, as_of, kind, rule, stage, unlisted, digest, created_at, changed_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)
		on conflict (id) do nothing`,
		append(headValues(d), digest, micros(now))...)
	if err != nil || n == 0 {
		return false, err
	}
	return true, saveSettings(c, dialogue.Configured{Dialogue: d, Settings: dialogue.DefaultSettings()})
}

func updateDialogue(c conn, d dialogue.Dialogue, digest string, now time.Time) error {
	_, err := c.exec(`
		update dialogue
		set title = $2, purpose = $3, source = $4, host = $5, languages = $6, as_of = $7, kind = $8, rule = $9, stage = $10,
			unlisted = $11, digest = $12, changed_at = $13, revision = revision + 1
		where id = $1`,
		append(headValues(d), digest, micros(now))...)
	return err
}

func headValues(d dialogue.Dialogue) []any {
	return []any{
		d.ID, text(d.Title), text(d.Purpose), text(d.Source), text(d.Host),
		list(d.Languages), d.AsOf, string(d.Kind), string(d.Rule), string(d.Stage), flag(d.Unlisted),
	}
}

func saveSides(s *series, d dialogue.Dialogue) {
	for i, side := range d.Sides {
		s.place(`
			insert into side (dialogue, id, position, name)
			values ($1, $2, $3, $4)
			on conflict (dialogue, id) do update
			set position = excluded.position, name = excluded.name, revision = side.revision + 1
			where side.position >= $5`,
			d.ID, side.ID, i, text(side.Name), aside)
	}
}

// lockDialogue keeps every other deed away from what belongs to the dialogue
// until this one ends. A deed whose rule reads several rows begins with it.
func lockDialogue(c conn, id dialogue.ID) error {
	n, err := c.exec(`
		update dialogue
		set id = id
		where id = $1`, id)
	if err == nil && n == 0 {
		return noDialogue(id)
	}
	return err
}

func noDialogue(id dialogue.ID) error {
	return fault.New(fault.Missing, "store.no-dialogue", "there is no dialogue %q", id).With("ID", string(id))
}
