package store

import (
	"slices"
	"time"

	"parley/dialogue"
	"parley/moderation"
	"parley/notice"
)

// callModerators notes that something waits for those who decide; by is whoever
// of them knows already. The event names neither the case nor its words.
func (r room) callModerators(by dialogue.MemberID, now time.Time) error {
	return emit(r.conn, r.id, notice.Event{Kind: notice.Queued, By: by}, now)
}

// tellModerators follows a ruling: a removal waits for a second moderator; when
// nothing waits any more, nobody need look.
func (r room) tellModerators(to moderation.Ruling, now time.Time) error {
	if to.Waits {
		return r.callModerators(r.who.Member, now)
	}
	waits, err := r.anyCaseWaits()
	if err != nil || waits {
		return err
	}
	_, err = r.exec(`
		update notice
		set unread = 0
		where dialogue = $1 and item = 0 and kind = 'queued' and unread = 1`, r.id)
	return err
}

func (r room) anyCaseWaits() (bool, error) {
	return r.one(`
		select 1
		from moderation_case c
		where c.dialogue = $1 and `+waitingCase+`
		limit 1`, []any{r.id}, new(int))
}

// queued tells moderators and the convener that something waits: on the bell,
// and by letter in the digest. Who has not looked yet at what waited before hears
// nothing more.
func (p *spreader) queued(e notice.Event) error {
	waits, err := p.anyCaseWaits()
	if err != nil || !waits {
		return err
	}
	panel, err := p.panel()
	if err != nil {
		return err
	}
	all := append(slices.Clone(panel.Moderators), panel.Conveners...)
	slices.Sort(all)
	for _, m := range slices.Compact(all) {
		unseen, err := p.one(`
			select 1
			from notice
			where dialogue = $1 and item = 0 and member = $2 and kind = 'queued' and unread = 1`, []any{p.id, m}, new(int))
		if err != nil {
			return err
		}
		if unseen || m == e.By {
			continue
		}
		if err := p.tell(e, m, notice.Hearing{Why: notice.BecauseModerator, Now: true}); err != nil {
			return err
		}
	}
	return nil
}
