package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/moderation"
	"parley/writing"
)

// Report tells the moderators. One report of one person on one thing counts
// once: to say it again changes nothing while the case is open, and is
// fault.Conflict afterwards, unless the words have changed since. What the actor
// may not read is fault.Missing; their own words nobody reports.
func (s *Store) Report(ctx context.Context, actor account.PersonID, id dialogue.ID, n moderation.NewReport, now time.Time) error {
	err := s.inRoom(ctx, actor, id, dialogue.Report, func(r room) error {
		n, err := n.Checked()
		if err != nil {
			return err
		}
		changed, err := r.reportable(n)
		if err != nil {
			return err
		}
		stop, err := r.reportedBefore(n, changed)
		if err != nil || stop {
			return err
		}
		number, err := r.openCaseOf(n.Of, n.Lang, moderation.Reported, now)
		if err != nil {
			return err
		}
		_, err = r.exec(`
			insert into moderation_report (dialogue, number, item, lang, member, reason, text, at)
			values ($1, $2, $3, $4, $5, $6, $7, $8)`,
			id, number, int64(n.Of), n.Lang, string(r.who.Member), string(n.Reason), n.Text, micros(now))
		return err
	})
	if err != nil {
		return fmt.Errorf("report #%d of %s: %w", n.Of, id, err)
	}
	return nil
}

// reportable finds what is reported, and when its words last changed.
func (r room) reportable(n moderation.NewReport) (changed time.Time, err error) {
	got, err := r.loadItems([]writing.ID{n.Of})
	if err != nil {
		return changed, err
	}
	c, ok := got[n.Of]
	if !ok || c.State != writing.Shown {
		return changed, noItem()
	}
	mine, changed := c.Mine, c.EditedAt
	if n.Lang != "" {
		i := slices.IndexFunc(c.Translations, func(t writing.Translation) bool { return t.Lang == n.Lang && !t.Hid })
		if i < 0 {
			return changed, noItem()
		}
		mine, changed = c.Translations[i].Mine, c.Translations[i].At
	}
	if mine {
		return changed, fault.New(fault.Denied, "moderation.own", "nobody reports their own words: they can be changed or withdrawn")
	}
	return changed, nil
}

// reportedBefore reports whether the actor said so already and it still counts.
// An older report, on words that have changed since, gives way.
func (r room) reportedBefore(n moderation.NewReport, changed time.Time) (stop bool, err error) {
	var state string
	var at int64
	found, err := r.one(`
		select c.state, p.at
		from moderation_report p
		join moderation_case c on c.dialogue = p.dialogue and c.number = p.number
		where p.dialogue = $1 and p.item = $2 and p.lang = $3 and p.member = $4`, []any{r.id, int64(n.Of), n.Lang, string(r.who.Member)}, &state, &at)
	switch {
	case err != nil || !found:
		return false, err
	case state == "open":
		return true, nil
	case !changed.After(moment(at)):
		return false, fault.New(fault.Conflict, "moderation.reported-already", "that was reported and decided already")
	}
	_, err = r.exec(`
		delete from moderation_report
		where dialogue = $1 and item = $2 and lang = $3 and member = $4`, r.id, int64(n.Of), n.Lang, string(r.who.Member))
	return false, err
}

// TakeUp opens a case on something that a moderator came upon, and returns its
// number; where one is open already, that one's. Unlike a report it leaves the
// decision to them.
func (s *Store) TakeUp(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, lang string, now time.Time) (number int64, err error) {
	err = s.inRoom(ctx, actor, id, dialogue.Moderate, func(r room) error {
		if _, err := r.reportable(moderation.NewReport{Of: n, Lang: lang}); err != nil {
			return err
		}
		number, err = r.openCaseBy(n, lang, moderation.Reported, r.who.Member, now)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("take up #%d of %s: %w", n, id, err)
	}
	return number, nil
}
