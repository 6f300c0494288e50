package store

import (
	"context"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/opinion"
	"parley/writing"
)

// GiveReason keeps why the actor answers so, for others to read without a name;
// an empty one takes it back. Another one takes its place. Whoever changes their
// answer takes the reason back with that.
func (s *Store) GiveReason(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, lang, words string, now time.Time) (reason writing.ID, err error) {
	err = s.inRoom(ctx, actor, id, dialogue.Vote, func(r room) error {
		b, err := s.atStatement(r, n)
		if err != nil {
			return err
		}
		mine := live(b.rows)
		switch {
		case b.st.State != writing.Shown:
			return opinion.NoStatement(n)
		case mine == nil:
			return fault.New(fault.Denied, "opinion.answer-first", "answer the statement first")
		}
		if err := b.voter.MayAnswer(); err != nil {
			return err
		}
		if mine.reason != 0 {
			if err := r.dropReason(mine.reason, now); err != nil {
				return err
			}
		}
		reason = 0
		if words != "" {
			if reason, err = r.keepReason(n, lang, words, *mine, now); err != nil {
				return err
			}
		}
		_, err = r.exec(`
			update vote
			set reason = $4
			where dialogue = $1 and item = $2 and member = $3 and choice <> ''`, id, int64(n), r.who.Member, int64(reason))
		return err
	})
	return reason, wrapped("give a reason", err)
}

// Reasons are why people answer so, of the sides of which something is told to the
// actor: none while that is kept from them.
func (s *Store) Reasons(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID) (list []opinion.Shared, err error) {
	err = s.readRoom(ctx, actor, id, dialogue.Read, func(r room) error {
		st, err := r.loadStatement(n)
		if err == nil && st.Told != nil {
			list, err = r.sharedReasons(n, st.Told)
		}
		return err
	})
	return list, wrapped("read why people answer so", err)
}

func (r room) keepReason(n writing.ID, lang, words string, mine kept, now time.Time) (writing.ID, error) {
	reason, state, err := r.keep(writing.Contribution{Kind: writing.Reason, Lang: lang, Body: words}, n, now)
	if err != nil {
		return 0, err
	}
	if _, err := r.exec(`
		insert into reason (dialogue, item, statement, choice)
		values ($1, $2, $3, $4)`, r.id, int64(reason), int64(n), string(mine.Choice)); err != nil {
		return 0, err
	}
	return reason, r.enterForum(reason, state, now)
}

// dropReason takes a reason away from readers, where it is not away already.
func (r room) dropReason(reason writing.ID, now time.Time) error {
	b, err := r.bareItem(reason)
	if err != nil || b.state != writing.Shown && b.state != writing.Held {
		return err
	}
	if err := lockDialogue(r.conn, r.id); err != nil {
		return err
	}
	r.heavy()
	return r.setState(reason, writing.Withdrawn, now)
}

// sharedReasons are the reasons that may be shown beside what is told: of people
// whose answer is in the figures as it stands.
func (r room) sharedReasons(n writing.ID, told *opinion.Told) ([]opinion.Shared, error) {
	var list []opinion.Shared
	err := r.each(`
		select x.item, v.grp, v.choice,
			(select count(1) from reaction h
				where h.dialogue = x.dialogue and h.item = x.item and h.mark = 'helpful'
					and not exists (select 1 from member_side s where s.dialogue = h.dialogue and s.member = h.member and s.side = v.grp))
		from reason x
		join contribution c on c.dialogue = x.dialogue and c.id = x.item
		join vote v on v.dialogue = x.dialogue and v.item = x.statement and v.member = c.member and v.reason = x.item
		join side s on s.dialogue = v.dialogue and s.id = v.grp
		where x.dialogue = $1 and x.statement = $2 and c.state = 'shown' and v.choice = x.choice and v.told_choice = x.choice
		order by x.item`, []any{r.id, int64(n)},
		func(scan scan) error {
			var x opinion.Shared
			err := scan(&x.ID, &x.Side, &x.Choice, &x.Helped)
			if told.Figures(opinion.Group(x.Side)) != nil {
				list = append(list, x)
			}
			return err
		})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	list = opinion.Leading(list)
	var ns []writing.ID
	for _, x := range list {
		ns = append(ns, x.ID)
	}
	items, err := r.loadContributions(ns, loading{reasons: true})
	out := list[:0]
	for _, x := range list {
		if c, ok := items[x.ID]; ok {
			x.Contribution = unsigned(c.Contribution)
			out = append(out, x)
		}
	}
	return out, err
}

// keptReasons are those among the contributions that are reasons of others which
// the actor may not read: of people whose answer no figures hold as it stands, and
// of sides of which they see nothing yet. Who moderates reads all.
func (r room) keptReasons(ns []writing.ID) (map[writing.ID]bool, error) {
	out := map[writing.ID]bool{}
	if r.moderates() {
		return out, nil
	}
	type given struct {
		reason, statement writing.ID
		side              dialogue.SideID
	}
	var told []given
	var statements []writing.ID
	err := r.each(`
		select x.item, x.statement,
			(select coalesce(max(v.grp), '')
				from vote v
				join side s on s.dialogue = v.dialogue and s.id = v.grp
				join told t on t.dialogue = v.dialogue and t.item = v.item and t.grp = v.grp
				where v.dialogue = x.dialogue and v.item = x.statement and v.member = c.member and v.reason = x.item
					and v.choice = x.choice and v.told_choice = x.choice)
		from reason x
		join contribution c on c.dialogue = x.dialogue and c.id = x.item
		where x.dialogue = $1 and x.item in (`+numbers(ns)+`) and (c.member is null or c.member <> $2)`, []any{r.id, string(r.who.Member)},
		func(scan scan) error {
			var x given
			err := scan(&x.reason, &x.statement, &x.side)
			if out[x.reason] = x.side == ""; x.side != "" {
				told, statements = append(told, x), append(statements, x.statement)
			}
			return err
		})
	if err != nil || len(told) == 0 {
		return out, err
	}
	answers, others, err := r.loadAnswers(statements)
	for _, x := range told {
		a := answers[x.statement]
		out[x.reason] = answers != nil && !a.Sees(others) && !a.Settled(x.side)
	}
	return out, err
}

// unsigned is a reason without what could lead to who gave it.
func unsigned(c writing.Contribution) writing.Contribution {
	if !c.Mine {
		c.Author = writing.Author{}
	}
	c.MadeAt, c.EditedAt = opinion.Day(c.MadeAt), time.Time{}
	return c
}
