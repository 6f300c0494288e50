package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/moderation"
	"parley/notice"
	"parley/writing"
)

// Decide ends a case, or an appeal, by somebody who did not write, report or
// decide it; on a case that is decided it takes a hiding back. until zero: no
// sanction, or on an appeal: it stays as it is. A removal waits for a second
// moderator, hidden meanwhile, unless there is none.
func (s *Store) Decide(ctx context.Context, actor account.PersonID, id dialogue.ID, number int64, d moderation.Decision, until, now time.Time) error {
	err := s.inRoom(ctx, actor, id, dialogue.Moderate, func(r room) error {
		list, err := r.keptCases(`
			where c.dialogue = $1 and c.number = $2`, number)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return noCase()
		}
		k := list[0]
		m := k.matter()
		if m.Author, err = r.authorOfCase(k); err != nil {
			return err
		}
		if k.anew && k.sanction == nil {
			return fault.New(fault.Stale, "moderation.written-anew", "other words stand there now than those of the case")
		}
		panel, err := r.panel()
		if err != nil {
			return err
		}
		if d.Lang, err = r.spoken(d.Lang); err != nil {
			return err
		}
		d.Role = roleFor(r.who, dialogue.Moderate)
		ruling, err := m.Decide(r.who.Member, panel, d, until, now)
		if err != nil {
			return err
		}
		return r.rule(k, m.Author, ruling)
	})
	if err != nil {
		return fmt.Errorf("decide case %d of %s: %w", number, id, err)
	}
	return nil
}

// spoken is a language of the dialogue; empty is its first.
func (r room) spoken(lang string) (string, error) {
	switch {
	case lang == "" && len(r.d.Languages) > 0:
		return r.d.Languages[0], nil
	case !slices.Contains(r.d.Languages, lang):
		return "", fault.New(fault.Invalid, "moderation.lang", "the dialogue does not speak %q", lang)
	}
	return lang, nil
}

// rule keeps a ruling and does what follows from it.
func (r room) rule(k *docket, author dialogue.MemberID, to moderation.Ruling) error {
	now := to.At
	w := &series{c: r.conn}
	w.exec(`
		insert into moderation_decision (dialogue, number, step, verdict, final, alone, appeal, reason, text, lang, member, role, at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		r.id, k.Number, len(k.decisions)+1, string(to.Verdict), flag(!to.Waits), flag(to.Alone), flag(to.OnAppeal),
		string(to.Reason), to.Text, to.Lang, string(to.ByMember), string(to.Role), micros(now))
	if !to.Waits {
		w.exec(`
			update moderation_case
			set state = 'decided', decided_at = case when decided_at = 0 then $3 else decided_at end
			where dialogue = $1 and number = $2`, r.id, k.Number, micros(now))
	}
	if w.err != nil {
		return w.err
	}
	if err := r.carryOut(k, to, now); err != nil {
		return err
	}
	if err := r.sanctionFor(k.Number, author, to, now); err != nil {
		return err
	}
	if err := r.tellModerators(to, now); err != nil {
		return err
	}
	if err := r.tellAuthor(k, author, to, now); err != nil {
		return err
	}
	return note(r.conn, r.id, r.who, dialogue.Moderate, journalWord(to), lineArgs(k.Number), now)
}

// journalWord is the line that a decision makes in the journal.
func journalWord(to moderation.Ruling) string {
	switch {
	case to.Waits:
		return "moderation-remove-asked"
	case to.OnAppeal && to.Verdict == moderation.Keep:
		return "moderation-reversed"
	case to.OnAppeal:
		return "moderation-upheld"
	}
	return "moderation-" + string(to.Verdict)
}

// carryOut shows, hides or removes what was decided about. On an appeal that is
// not granted it stays as it is; removed words do not come back, and others that
// stand there since are left alone.
func (r room) carryOut(k *docket, to moderation.Ruling, now time.Time) error {
	if k.anew || to.OnAppeal && to.Verdict != moderation.Keep {
		return nil
	}
	if k.Lang != "" {
		return r.carryOutTranslation(k, to)
	}
	b, err := r.bareItem(k.item)
	if err != nil || b.state == writing.Removed {
		return err
	}
	state := writing.Shown
	switch {
	case to.Verdict == moderation.Remove && !to.Waits:
		state = writing.Removed
	case to.Verdict != moderation.Keep:
		state = writing.Hidden
	case b.state == writing.Withdrawn:
		return fault.New(fault.Conflict, "moderation.withdrawn", "its author has withdrawn it: there is nothing to show")
	}
	return r.setState(k.item, state, now)
}

func (r room) carryOutTranslation(k *docket, to moderation.Ruling) error {
	if to.Verdict == moderation.Remove && !to.Waits {
		_, err := r.exec(`
			delete from translation
			where dialogue = $1 and item = $2 and lang = $3`, r.id, int64(k.item), k.Lang)
		if err != nil {
			return err
		}
		return r.translationMoved(k.item)
	}
	return r.hideTranslation(k.item, k.Lang, to.Verdict != moderation.Keep)
}

// sanctionFor sets, shortens or ends what keeps the author from writing.
func (r room) sanctionFor(number int64, author dialogue.MemberID, to moderation.Ruling, now time.Time) error {
	if to.Lift {
		_, err := r.exec(`
			update moderation_sanction
			set until = $3
			where dialogue = $1 and number = $2 and until > $3`, r.id, number, micros(now))
		return err
	}
	if to.Until.IsZero() || author == "" {
		return nil
	}
	_, err := r.exec(`
		insert into moderation_sanction (dialogue, number, member, until, made_at)
		values ($1, $2, $3, $4, $5)
		on conflict (dialogue, number) do update
		set until = excluded.until`, r.id, number, author, micros(to.Until), micros(now))
	return err
}

// tellAuthor lets the author know, with the line of the log where it stands why.
func (r room) tellAuthor(k *docket, author dialogue.MemberID, to moderation.Ruling, now time.Time) error {
	if author == "" {
		return nil
	}
	b, err := r.bareItem(k.item)
	if err != nil {
		return err
	}
	args := map[string]string{"Case": strconv.FormatInt(k.Number, 10), "Verdict": string(to.Verdict), "Lang": k.Lang}
	if to.OnAppeal {
		args["Appeal"] = "1"
	}
	return emit(r.conn, r.id, notice.Event{Kind: notice.Decided, Item: k.item, Root: b.root, To: author, Args: args}, now)
}
