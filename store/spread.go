package store

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/notice"
	"parley/writing"
)

// mostLetters is how many letters at once one person gets in a day; what comes
// beyond waits for the digest.
const mostLetters = 20

// SpreadNotices turns events into notices and letters for those who follow, up to
// limit events of one dialogue, and reports whether more may wait. A job calls it;
// of several that do so at once each event is spread by one.
func (s *Store) SpreadNotices(ctx context.Context, limit int, now time.Time) (more bool, err error) {
	var id dialogue.ID
	err = s.read(ctx, func(c conn) error {
		more, err = c.one(`
			select d.id
			from dialogue d
			left join spread s on s.dialogue = d.id
			where exists (select 1 from event e where e.dialogue = d.id and e.id > coalesce(s.event, 0))
			order by d.id
			limit 1`, nil, &id)
		return err
	})
	if err != nil || !more {
		return false, wrapped("look for what happened", err)
	}
	err = s.writeLight(ctx, func(c conn) error {
		if _, err := c.exec(`
			update spreading
			set last = last
			where id = 1`); err != nil {
			return err
		}
		if err := lockDialogue(c, id); err != nil {
			return err
		}
		d, err := loadConfigured(c, id)
		if err != nil {
			return err
		}
		p := &spreader{room: room{conn: c, id: id, d: d}, now: now, known: map[dialogue.MemberID]*listener{}}
		return p.all(limit)
	})
	return more && err == nil, wrapped("spread what happened", err)
}

// spreader tells the people of one dialogue what happened.
type spreader struct {
	room
	now   time.Time
	known map[dialogue.MemberID]*listener
	last  int64 // the number of the newest notice
}

// listener is a member as notices need them. May is false where they may read
// nothing here now.
type listener struct {
	member dialogue.MemberID
	person account.PersonID
	may    bool
	postal postal
	ticked bool // may be written to
}

func (p *spreader) all(limit int) error {
	var from int64
	if _, err := p.one(`
		select event
		from spread
		where dialogue = $1`, []any{p.id}, &from); err != nil {
		return err
	}
	if _, err := p.one(`
		select last
		from spreading
		where id = 1`, nil, &p.last); err != nil {
		return err
	}
	events, err := loadEvents(p.conn, p.id, from, limit)
	if err != nil || len(events) == 0 {
		return err
	}
	for _, e := range events {
		if err := p.event(e); err != nil {
			return err
		}
	}
	w := &series{c: p.conn}
	w.exec(`
		insert into spread (dialogue, event)
		values ($1, $2)
		on conflict (dialogue) do update set event = excluded.event`, p.id, events[len(events)-1].ID)
	w.exec(`
		update spreading
		set last = $1
		where id = 1`, p.last)
	return w.err
}

// loadEvents reads what happened after that number, the oldest first.
func loadEvents(c conn, id dialogue.ID, after int64, limit int) (events []notice.Event, err error) {
	err = c.each(`
		select id, kind, item, root, coalesce(by_member, ''), coalesce(to_member, ''), args, at
		from event
		where dialogue = $1 and id > $2
		order by id
		limit $3`, []any{id, after, limit},
		func(scan scan) error {
			e := notice.Event{Dialogue: id}
			var at int64
			var args text
			err := scan(&e.ID, &e.Kind, &e.Item, &e.Root, &e.By, &e.To, &args, &at)
			e.Args, e.At = args, moment(at)
			events = append(events, e)
			return err
		})
	return events, err
}

// event tells one event to everybody whom it concerns and who may read it now.
func (p *spreader) event(e notice.Event) error {
	if e.Kind == notice.Hushed {
		return p.hush(e.Item)
	}
	if e.Kind == notice.Queued {
		return p.queued(e)
	}
	kind, authors, shown, err := p.subject(e)
	if err != nil {
		return err
	}
	if e.Kind == notice.Wrote {
		if err := p.authorFollows(e, kind); err != nil {
			return err
		}
	}
	followers, err := p.followers(e, authors)
	if err != nil {
		return err
	}
	for _, f := range followers {
		h, ok := notice.Hear(e, f)
		// A moderator's decision about what nobody may read is still its author's.
		if !ok || !shown && !(e.Kind == notice.Decided && authors[f.Member]) {
			continue
		}
		if err := p.tell(e, f.Member, h); err != nil {
			return err
		}
	}
	return nil
}

// subject is what an event is about: its kind, whose it and its root are, and
// whether everybody inside may read both.
func (p *spreader) subject(e notice.Event) (kind writing.Kind, authors map[dialogue.MemberID]bool, shown bool, err error) {
	authors, shown = map[dialogue.MemberID]bool{}, true
	found := 0
	err = p.each(`
		select id, kind, state, coalesce(member, '')
		from contribution
		where dialogue = $1 and id in ($2, $3)`, []any{p.id, int64(e.Item), int64(e.Root)},
		func(scan scan) error {
			var id writing.ID
			var of writing.Kind
			var state writing.State
			var member dialogue.MemberID
			err := scan(&id, &of, &state, &member)
			if found++; id == e.Item {
				kind = of
			}
			if member != "" && of != writing.Reason {
				authors[member] = true
			}
			shown = shown && state == writing.Shown
			return err
		})
	return kind, authors, shown && found > 0, err
}

// authorFollows has authors follow what they write, and who comments what they
// comment on, unless they have said otherwise.
func (p *spreader) authorFollows(e notice.Event, kind writing.Kind) error {
	thing := e.Root
	if thing == 0 || e.By == "" || kind == writing.Reason {
		return nil
	}
	author, err := p.listener(e.By)
	if err != nil || author == nil || author.person == "" {
		return err
	}
	_, err = p.exec(`
		insert into follow (dialogue, member, item, level)
		values ($1, $2, $3, 'answers')
		on conflict (dialogue, member, item) do nothing`, p.id, e.By, int64(thing))
	return err
}

// followers are all whom the event may concern, in the order of their ids. Whom
// the same words mention or answer hears of that alone.
func (p *spreader) followers(e notice.Event, authors map[dialogue.MemberID]bool) ([]notice.Follower, error) {
	found := map[dialogue.MemberID]notice.Follower{}
	if e.To != "" {
		found[e.To] = notice.Follower{Member: e.To}
	}
	err := p.each(`
		select member, item, level
		from follow
		where dialogue = $1 and item in (0, $2, $3) and ($4 = '' or member = $4)
		order by member, case when item = $2 then 1 else 0 end`, []any{p.id, int64(e.Item), int64(e.Root), string(e.To)},
		func(scan scan) error {
			var m dialogue.MemberID
			var item writing.ID
			var level notice.Level
			err := scan(&m, &item, &level)
			f := found[m]
			if f.Member = m; item == 0 {
				f.Dialogue = level
			} else {
				f.Thing = level
			}
			found[m] = f
			return err
		})
	if err != nil {
		return nil, err
	}
	if err := p.over(e, found); err != nil {
		return nil, err
	}
	if e.Kind == notice.Wrote {
		if err := p.addressed(e, func(m dialogue.MemberID) { delete(found, m) }); err != nil {
			return nil, err
		}
	}
	out := slices.SortedFunc(maps.Values(found), func(a, b notice.Follower) int { return cmp.Compare(a.Member, b.Member) })
	for i := range out {
		out[i].Wrote = authors[out[i].Member]
	}
	return out, nil
}

// over adds who follows a problem that the action of the event answers, or under
// which its statement stands. They hear of the thing itself, not of what is said
// under it.
func (p *spreader) over(e notice.Event, found map[dialogue.MemberID]notice.Follower) error {
	if e.Item != e.Root || e.To != "" || e.Kind == notice.Edited {
		return nil
	}
	return p.each(`
		select f.member, f.item, f.level
		from follow f
		where f.dialogue = $1 and f.item in (
			select a.problem
			from answering a
			where a.dialogue = $1 and a.action = $2
			union all
			select s.under
			from statement s
			where s.dialogue = $1 and s.item = $2 and s.under > 0)
		order by f.member, f.item desc`, []any{p.id, int64(e.Item)},
		func(scan scan) error {
			var m dialogue.MemberID
			var item writing.ID
			var level notice.Level
			err := scan(&m, &item, &level)
			f := found[m]
			if f.Member = m; f.Over == "" || f.Over == notice.Off {
				f.Over, f.OverOf = level, item
			}
			found[m] = f
			return err
		})
}

// addressed calls visit for whom words that are new mention or answer.
func (p *spreader) addressed(e notice.Event, visit func(m dialogue.MemberID)) error {
	return p.each(`
		select to_member
		from event
		where dialogue = $1 and id > $2 and id <= $2 + 100 and item = $3 and kind in ('mentioned', 'answered') and to_member is not null`,
		[]any{p.id, e.ID, int64(e.Item)},
		func(scan scan) error {
			var m dialogue.MemberID
			err := scan(&m)
			visit(m)
			return err
		})
}

// tell notes the event for one person who may read here, and queues a letter where
// it goes at once. What somebody was told once of new words they are not told
// again, however often these go and come back; of edits they are told anew when
// they have read of the last.
func (p *spreader) tell(e notice.Event, m dialogue.MemberID, h notice.Hearing) error {
	l, err := p.listener(m)
	if err != nil || l == nil || !l.may {
		return err
	}
	told, err := p.one(`
		select 1
		from notice
		where dialogue = $1 and member = $2 and (event = $3 or item = $4
			and ($5 in ('wrote', 'mentioned', 'answered') and kind in ('wrote', 'mentioned', 'answered')
				or $5 = 'edited' and kind in ('edited', 'wrote') and unread = 1))`,
		[]any{p.id, m, e.ID, int64(e.Item), string(e.Kind)}, new(int))
	if err != nil || told {
		return err
	}
	letter, err := p.letterFor(l, h)
	if err != nil {
		return err
	}
	said := maps.Clone(orEmpty(e.Args))
	if h.Under != 0 {
		said[notice.Under] = strconv.FormatInt(int64(h.Under), 10)
	}
	args, err := compactJSON(said)
	if err != nil {
		return err
	}
	p.last++
	_, err = p.exec(`
		insert into notice (id, person, dialogue, member, event, kind, item, root, args, at, why, loud, unread, letter, made_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1, $13, $14)`,
		p.last, l.person, p.id, m, e.ID, string(e.Kind), int64(e.Item), int64(e.Root), args, micros(e.At), string(h.Why), flag(h.Now), letter, micros(p.now))
	if err != nil || letter != queued {
		return err
	}
	at := l.postal.settings.Later(p.now, l.postal.zone)
	if at.After(p.now) {
		if joined, err := joinHeld(p.conn, l, p.last, at); joined || err != nil {
			return err
		}
	}
	return letterAt(p.conn, Letter{
		Dialogue: p.id, Person: l.person, To: l.postal.email, Lang: l.postal.lang, Kind: NoticeLetter,
		Args: map[string]string{"Notices": strconv.FormatInt(p.last, 10)},
	}, at, p.now)
}

// joinHeld puts a notice into the letter that is held for its reader until the same
// end of quiet hours, and reports whether there is one: in the morning there is one
// letter, however much happened in the night.
func joinHeld(c conn, l *listener, id int64, at time.Time) (bool, error) {
	var letter string
	var said text
	found, err := c.one(`
		select id, args
		from letter
		where person = $1 and kind in ('notice', 'digest') and state = 'waiting' and attempt = 0 and run_at = $2 and address = $3
		order by queued_at, id
		limit 1`, []any{l.person, micros(at), l.postal.email}, &letter, &said)
	if err != nil || !found {
		return false, err
	}
	ids := strings.Split(said["Notices"], ",")
	if ids = append(ids, strconv.FormatInt(id, 10)); len(ids) > MostDigest {
		more, _ := strconv.Atoi(said["More"])
		said["More"] = strconv.Itoa(more + len(ids) - MostDigest)
		ids = ids[len(ids)-MostDigest:]
	}
	said["Notices"] = strings.Join(ids, ",")
	args, err := compactJSON(map[string]string(said))
	if err != nil {
		return false, err
	}
	n, err := c.exec(`
		update letter
		set kind = 'digest', dialogue = null, args = $2
		where id = $1 and state = 'waiting' and attempt = 0`, letter, args)
	return n == 1, err
}

// What becomes of a notice by letter.
const (
	unwritten = "none"
	waits     = "waits" // for the digest
	queued    = "queued"
)

// letterFor decides how a notice goes by letter.
func (p *spreader) letterFor(l *listener, h notice.Hearing) (string, error) {
	switch {
	case !l.ticked || !l.postal.may():
		return unwritten, nil
	case !h.Now || h.Why == notice.BecauseModerator:
		return waits, nil
	}
	var today int
	_, err := p.one(`
		select count(1)
		from notice
		where person = $1 and loud = 1 and letter = 'queued' and made_at > $2`, []any{l.person, micros(p.now.Add(-24 * time.Hour))}, &today)
	if today >= mostLetters {
		return waits, err
	}
	return queued, err
}

// listener reads a member once; nil where there is none any more.
func (p *spreader) listener(m dialogue.MemberID) (*listener, error) {
	if l, ok := p.known[m]; ok {
		return l, nil
	}
	l := &listener{member: m}
	st := dialogue.Standing{SignedIn: true, Member: m}
	found, err := p.one(`
		select m.person, m.state, m.observer,
			(select coalesce(max(a.version), 0) from agreement a where a.dialogue = m.dialogue and a.member = m.id),
			(select coalesce(max(n.version), 0) from declaration n where n.dialogue = m.dialogue),
			(select count(1) from consent k where k.dialogue = m.dialogue and k.member = m.id and k.tick = 'contact' and k.withdrawn_at = 0)
		from member m
		where m.dialogue = $1 and m.id = $2 and m.person is not null`, []any{p.id, m},
		&l.person, &st.State, (*flag)(&st.Observer), &st.Agreed, &st.Current, (*flag)(&l.ticked))
	switch {
	case err != nil:
		return nil, err
	case !found:
		l = nil
	default:
		l.may = dialogue.May(st, dialogue.Follow, p.d.Dialogue) == nil
		if l.postal, err = loadPostal(p.conn, l.person); err != nil {
			return nil, err
		}
	}
	p.known[m] = l
	return l, nil
}

// hush takes back what was told of something that may be read no more, and of what
// stands under it; its author keeps what they were told of it.
func (p *spreader) hush(item writing.ID) error {
	_, err := p.exec(`
		delete from notice
		where dialogue = $1 and (item = $2 or root = $2)
			and kind <> 'decided'
			and exists (
				select 1
				from contribution c
				where c.dialogue = notice.dialogue and c.id = $2 and c.state <> 'shown' and (c.member is null or c.member <> notice.member))`,
		p.id, int64(item))
	return err
}
