package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/moderation"
	"parley/opinion"
	"parley/writing"
)

// ModerationLog is the public log, the newest first, before that number (0: from
// the newest): cases, and changes of the rules. It names no author, no reporter,
// and no moderator, of a case the day alone, and of a reason for an answer not even
// its number.
func (s *Store) ModerationLog(ctx context.Context, actor account.PersonID, id dialogue.ID, before int64, limit int) (lines []moderation.Line, err error) {
	limit = min(max(limit, 1), MostCases)
	err = s.readRoom(ctx, actor, id, dialogue.Read, func(r room) error {
		if lines, err = r.caseLines(before, limit); err != nil {
			return err
		}
		return r.ruleLines(&lines, before, limit)
	})
	if err != nil {
		return nil, fmt.Errorf("read the log of moderation of %s: %w", id, err)
	}
	slices.SortFunc(lines, func(a, b moderation.Line) int { return cmp.Compare(b.Number, a.Number) })
	return lines[:min(len(lines), limit)], nil
}

func (r room) caseLines(before int64, limit int) (lines []moderation.Line, err error) {
	list, err := r.keptCases(`
		where c.dialogue = $1 and ($2 = 0 or c.number < $2)
		order by c.number desc
		limit $3`, before, limit)
	if err != nil {
		return nil, err
	}
	var items []writing.ID
	for _, k := range list {
		items = append(items, k.item)
	}
	kinds := map[writing.ID]moderation.Line{}
	if err := r.each(`
		select id, kind, root, case state when 'shown' then 1 else 0 end
		from contribution
		where dialogue = $1 and id in (`+numbers(items)+`)`, []any{r.id},
		func(scan scan) error {
			var l moderation.Line
			err := scan((*int64)(&l.Of), &l.Kind, (*int64)(&l.Root), (*flag)(&l.Readable))
			kinds[l.Of] = l
			return err
		}); err != nil {
		return nil, err
	}
	for _, k := range list {
		k.veil()
		l := kinds[k.item]
		l.Number, l.Of, l.Lang, l.OpenedAt, l.Why = k.Number, k.item, k.Lang, k.OpenedAt, k.why
		l.Decision, l.Earlier, l.Appeal = k.Decision, k.Earlier, k.Appeal
		if k.decidedAt > 0 {
			l.Waited = moment(k.decidedAt).Sub(k.OpenedAt)
		}
		l.OpenedAt = opinion.Day(l.OpenedAt) // what is held is opened as it is written, and the hour could lead to who wrote it
		if l.Kind == writing.Reason {
			l.Of, l.Root, l.Readable = 0, 0, false // its number stands between those of others
		}
		if l.Appeal != nil {
			l.Appeal.Text = ""
		}
		lines = append(lines, l)
	}
	return lines, nil
}

// ruleLines adds the changes of the rules.
func (r room) ruleLines(lines *[]moderation.Line, before int64, limit int) error {
	return r.each(`
		select number, premoderate, slow, slow_until, text, lang, at
		from moderation_rules
		where dialogue = $1 and ($2 = 0 or number < $2)
		order by number desc
		limit $3`, []any{r.id, before, limit},
		func(scan scan) error {
			var l moderation.Line
			rules := &moderation.Rules{}
			var slow, until, at int64
			err := scan(&l.Number, &rules.Premoderate, &slow, &until, &rules.Text, &rules.Lang, &at)
			rules.Slow, rules.SlowUntil = time.Duration(slow)*time.Microsecond, maybeMoment(until)
			l.Rules, l.OpenedAt = rules, moment(at)
			*lines = append(*lines, l)
			return err
		})
}

// Balance is how the process served each side, told as moderation.NewBalance says.
func (s *Store) Balance(ctx context.Context, actor account.PersonID, id dialogue.ID, now time.Time) (b *moderation.Balance, err error) {
	err = s.readRoom(ctx, actor, id, dialogue.Read, func(r room) error {
		records, err := r.records()
		if err != nil {
			return err
		}
		var groups []string
		for _, side := range r.d.Sides {
			groups = append(groups, string(side.ID))
		}
		told := moderation.NewBalance(records, append(groups, "several", "none"), now)
		b = &told
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the balance of moderation of %s: %w", id, err)
	}
	return b, nil
}

// records are all cases as the balance needs them, with their first decision and
// with the answer to an appeal.
func (r room) records() (records []moderation.Record, err error) {
	err = r.each(`
		select c.side, c.why, c.opened_at, c.decided_at, coalesce(a.at, 0), coalesce(n.at, 0), coalesce(n.verdict, ''),
			(select d.verdict from moderation_decision d
				where d.dialogue = c.dialogue and d.number = c.number and d.final = 1
				order by d.step limit 1)
		from moderation_case c
		left join moderation_appeal a on a.dialogue = c.dialogue and a.number = c.number
		left join moderation_decision n on n.dialogue = c.dialogue and n.number = c.number and n.appeal = 1
		where c.dialogue = $1
		order by c.number`, []any{r.id},
		func(scan scan) error {
			var k moderation.Record
			var why moderation.Why
			var answer string
			var first *string
			var opened, decided, appealed, answered int64
			err := scan(&k.Group, &why, &opened, &decided, &appealed, &answered, &answer, &first)
			k.Reported, k.Reversed = why == moderation.Reported, answer == string(moderation.Keep)
			k.Hidden = first != nil && *first != string(moderation.Keep)
			k.OpenedAt, k.DecidedAt, k.AppealedAt, k.AnsweredAt = moment(opened), maybeMoment(decided), maybeMoment(appealed), maybeMoment(answered)
			records = append(records, k)
			return err
		})
	return records, err
}
