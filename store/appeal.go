package store

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/moderation"
	"parley/writing"
)

// AskAgain appeals against a decision about the actor's own words: once for each
// decision, within moderation.AppealWithin. A case about others' words is
// fault.Missing.
func (s *Store) AskAgain(ctx context.Context, actor account.PersonID, id dialogue.ID, number int64, text string, now time.Time) error {
	err := s.inRoom(ctx, actor, id, dialogue.Appeal, func(r room) error {
		text = strings.TrimSpace(text)
		if n := utf8.RuneCountInString(text); n == 0 || n > moderation.MaxReport {
			return fault.New(fault.Invalid, "moderation.appeal-length", "an appeal has 1 to %d characters", moderation.MaxReport).With("Most", moderation.MaxReport)
		}
		list, err := r.keptCases(`
			where c.dialogue = $1 and c.number = $2`, number)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return noCase()
		}
		k := list[0]
		author, err := r.authorOfCase(k)
		if err != nil {
			return err
		}
		if author == "" || author != r.who.Member {
			return noCase()
		}
		if err := k.matter().CanAppeal(now, len(k.appeals) > 0); err != nil {
			return err
		}
		w := &series{c: r.conn}
		w.exec(`
			insert into moderation_appeal (dialogue, number, step, member, text, at)
			values ($1, $2, $3, $4, $5, $6)`, id, number, len(k.decisions), string(r.who.Member), text, micros(now))
		w.exec(`
			update moderation_case
			set state = 'appealed', since = $3
			where dialogue = $1 and number = $2`, id, number, micros(now))
		if w.err != nil {
			return w.err
		}
		return r.callModerators(r.who.Member, now)
	})
	if err != nil {
		return fmt.Errorf("appeal in case %d of %s: %w", number, id, err)
	}
	return nil
}

// CaseOf is the newest decided case about the actor's own words, or about their
// translation into lang, without what others said; fault.Missing where nothing
// was decided.
func (s *Store) CaseOf(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, lang string) (c *moderation.Case, err error) {
	err = s.readRoom(ctx, actor, id, dialogue.Appeal, func(r room) error {
		author, err := r.authorOf(n, lang)
		if err != nil {
			return err
		}
		if author == "" || author != r.who.Member {
			return noItem()
		}
		list, err := r.casesAbout(`
			where c.dialogue = $1 and c.item = $2 and c.lang = $3 and c.decided_at > 0 and not exists (
				select 1
				from translation t
				where t.dialogue = c.dialogue and t.item = c.item and t.lang = c.lang and t.made_at > c.opened_at)
			order by c.number desc
			limit 1`, int64(n), lang)
		if err == nil && len(list) == 0 {
			err = noCase()
		}
		if err == nil {
			c = &list[0]
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read what was decided about #%d of %s: %w", n, id, err)
	}
	return c, nil
}

// casesAbout are cases as the author of the words reads them: without reports,
// and without who decided.
func (r room) casesAbout(where string, args ...any) (out []moderation.Case, err error) {
	list, err := r.keptCases(where, args...)
	if err != nil {
		return nil, err
	}
	if err := r.addWords(list); err != nil {
		return nil, err
	}
	for _, k := range list {
		k.veil()
		out = append(out, k.Case)
	}
	return out, nil
}

// veil takes away what only moderators may know. Whose words a sanction is about
// the public log does not say either.
func (k *docket) veil() {
	k.Reports = nil
	hide := func(d *moderation.Decision) {
		if d == nil {
			return
		}
		d.By, d.ByMember = "", ""
		if d.Sanction != nil {
			d.Sanction = &moderation.Sanction{Until: d.Sanction.Until, Case: d.Sanction.Case}
		}
	}
	hide(k.Decision)
	for i := range k.Earlier {
		hide(&k.Earlier[i])
	}
	if k.Appeal != nil {
		hide(k.Appeal.Decision)
	}
}
