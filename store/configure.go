package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/dossier"
	"parley/fault"
	"parley/i18n"
)

// settingTexts are the texts of the settings in the order of their columns.
func settingTexts(s *dialogue.Settings) []*i18n.Text {
	return []*i18n.Text{&s.Operator, &s.Payer, &s.Country, &s.Readers, &s.Keeping, &s.Limits, &s.Exit, &s.Contact}
}

// loadConfigured is the head of a dialogue with its settings.
func loadConfigured(c conn, id dialogue.ID) (d dialogue.Configured, err error) {
	if d.Dialogue, err = loadDialogue(c, id); err != nil {
		return d, err
	}
	into := []any{&d.Revision, &d.Admission, &d.Roster, &d.Budget}
	for _, t := range settingTexts(&d.Settings) {
		into = append(into, (*text)(t))
	}
	_, err = c.one(`
		select d.revision, s.admission, s.roster, s.budget,
			s.operator, s.payer, s.country, s.readers, s.keeping, s.limits, s.leaving, s.contact
		from dialogue d
		join settings s on s.dialogue = d.id
		where d.id = $1`, []any{id}, into...)
	return d, err
}

// saveSettings makes or replaces the settings of a dialogue.
func saveSettings(c conn, d dialogue.Configured) error {
	values := []any{d.ID, string(d.Admission), string(cmp.Or(d.Roster, dialogue.RosterClosed)), d.Budget}
	for _, t := range settingTexts(&d.Settings) {
		values = append(values, text(*t))
	}
	_, err := c.exec(`
		insert into settings (dialogue, admission, roster, budget,
			operator, payer, country, readers, keeping, limits, leaving, contact)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		on conflict (dialogue) do update
		set admission = excluded.admission, roster = excluded.roster, budget = excluded.budget,
			operator = excluded.operator, payer = excluded.payer, country = excluded.country, readers = excluded.readers,
			keeping = excluded.keeping, limits = excluded.limits, leaving = excluded.leaving, contact = excluded.contact`,
		values...)
	return err
}

// Configure changes head and settings. revision is that of the Configured it
// started from; another one by now is fault.Stale. Sides, kind, stage and id
// stay. The rule of the room can be loosened only while the dialogue is being
// prepared: afterwards people have spoken under it.
func (s *Store) Configure(ctx context.Context, actor account.PersonID, id dialogue.ID, d dialogue.Configured, now time.Time) (revision int64, err error) {
	err = s.inRoom(ctx, actor, id, dialogue.Configure, func(r room) error {
		old := r.d
		if d.Revision != old.Revision {
			return stale()
		}
		next := d
		next.ID, next.Kind, next.Stage, next.Sides = old.ID, old.Kind, old.Stage, old.Sides
		next.Roster = cmp.Or(next.Roster, dialogue.RosterClosed)
		if err := dossier.CheckConfigured(next); err != nil {
			return err
		}
		if old.Stage != dialogue.Preparing && next.Rule.Looser(old.Rule) {
			return fault.New(fault.Conflict, "configure.rule", "people have spoken under the rule %s: it cannot be loosened any more", old.Rule)
		}
		if err := replaceHead(r.conn, next.Dialogue, now); err != nil {
			return err
		}
		if err := saveSettings(r.conn, next); err != nil {
			return err
		}
		revision = old.Revision + 1
		return note(r.conn, id, r.who, dialogue.Configure, "configured", nil, now)
	})
	if err != nil {
		return 0, fmt.Errorf("configure %s: %w", id, err)
	}
	return revision, nil
}

// replaceHead changes the row of a dialogue and nothing below it. A head with
// which the registers could not be read any more, as when a language goes in
// which there are texts, is fault.Invalid.
func replaceHead(c conn, head dialogue.Dialogue, now time.Time) error {
	d, err := loadDossier(c, head.ID)
	if err != nil {
		return err
	}
	before := d.Dialogue.Languages
	d.Dialogue = head
	if !slices.Equal(before, head.Languages) {
		if err := dossier.Check(d); err != nil {
			return err
		}
	}
	_, digest := freeze(d)
	return updateDialogue(c, head, digest, now)
}

func stale() error {
	return fault.New(fault.Stale, "store.stale", "somebody else has changed it meanwhile: read it again")
}

// OpenDialogue makes a new, empty dialogue that is being prepared, under the
// rule for members unless another is given; the owner's deed. An id that is
// taken is fault.Conflict, a head or sides that no dossier could have
// fault.Invalid.
func (s *Store) OpenDialogue(ctx context.Context, actor account.PersonID, d dialogue.Dialogue, now time.Time) error {
	if d.Rule == "" {
		d.Rule = dialogue.Members
	}
	if d.Kind == "" {
		d.Kind = dialogue.Live
	}
	if d.AsOf == "" {
		d.AsOf = now.UTC().Format(time.DateOnly)
	}
	d.Stage = dialogue.Preparing
	whole := &dossier.Dossier{Dialogue: d}
	err := s.write(ctx, func(c conn) error {
		if err := mustOwn(c, actor); err != nil {
			return err
		}
		if err := dossier.Check(whole); err != nil {
			return err
		}
		_, digest := freeze(whole)
		isNew, err := createDialogue(c, d, digest, now)
		if err != nil {
			return err
		}
		if !isNew {
			return fault.New(fault.Conflict, "store.id-taken", "there is a dialogue %q already", d.ID).With("ID", string(d.ID))
		}
		if err := saveContent(c, whole); err != nil {
			return err
		}
		return note(c, d.ID, dialogue.Standing{SignedIn: true, Owner: true}, dialogue.Run, "opened", map[string]string{"Sides": strconv.Itoa(len(d.Sides))}, now)
	})
	if err != nil {
		return fmt.Errorf("open dialogue %s: %w", d.ID, err)
	}
	return nil
}
