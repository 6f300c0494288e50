package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/forum"
	"parley/notice"
	"parley/writing"
)

// invitedKey finds in a context the dialogue into which whoever asks was invited.
type invitedKey struct{}

// Invited is a context for reads of somebody who stands at the door of a dialogue
// with a good invitation, as Entrance found: so may they know of it who is listed
// nowhere.
func Invited(ctx context.Context, id dialogue.ID) context.Context {
	return context.WithValue(ctx, invitedKey{}, id)
}

// readRoom runs a read of the actor for which dialogue.May must agree to the verb;
// it is inRoom for what changes nothing.
func (s *Store) readRoom(ctx context.Context, actor account.PersonID, id dialogue.ID, do dialogue.Verb, read func(r room) error) error {
	e, err := s.Entrance(ctx, id, actor, "", time.Time{}) // from memory, where it holds
	if err == nil {
		e.Standing.Invited = e.Standing.Invited || ctx.Value(invitedKey{}) == id
		err = dialogue.May(e.Standing, do, e.Dialogue)
	}
	if err != nil {
		return err
	}
	return s.read(ctx, func(c conn) error { return read(room{c, id, actor, e.Standing, e.Configured}) })
}

// Item is one contribution as the actor may read it, whatever its kind, and the
// problem, action or statement that it belongs to (0: the dialogue). What they may
// not read, held, hidden and withdrawn things of others, is fault.Missing.
func (s *Store) Item(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID) (item writing.Contribution, root writing.ID, err error) {
	err = s.readRoom(ctx, actor, id, dialogue.Read, func(r room) error {
		got, err := r.loadContributions([]writing.ID{n}, loading{})
		if err != nil {
			return err
		}
		l, ok := got[n]
		if !ok {
			return noItem()
		}
		item, root = l.Contribution, l.root
		return nil
	})
	if err != nil {
		return writing.Contribution{}, 0, fmt.Errorf("read #%d of %s: %w", n, id, err)
	}
	return item, root, nil
}

func noItem() error {
	return fault.New(fault.Missing, "writing.missing", "there is no such contribution, or it may not be read")
}

// keep writes the row of a new contribution of the actor and returns its number,
// and whether others may read it at once. Kind, Lang, Title, Body and Tags are
// taken from c; root 0 is itself for problems, actions and statements. It weighs
// the words (weighText), with others that readers will see beside them, and renders
// them. Whoever has more rows to write does so, and then calls enterForum.
func (r room) keep(c writing.Contribution, root writing.ID, now time.Time, others ...string) (n writing.ID, state writing.State, err error) {
	w, err := writing.Check(writing.Words{Kind: c.Kind, Lang: c.Lang, Title: c.Title, Body: c.Body, Tags: c.Tags}, r.d.Languages)
	if err != nil {
		return 0, "", err
	}
	if c.Kind != writing.Comment && c.Kind != writing.Reason { // whose places are not known here
		if err := r.saidJustNow(w, forum.NewComment{}, now); err != nil {
			return 0, "", err
		}
	}
	if state, err = r.weighText(c.Kind, allWords(w.Title, w.Body, append(others, c.Tags...)), now); err != nil {
		return 0, "", err
	}
	if n, err = r.lastItem(); err != nil {
		return 0, "", err
	}
	n++
	if root == 0 && c.Kind != writing.Comment && c.Kind != writing.Reason {
		root = n
	}
	s := &series{c: r.conn}
	s.exec(`
		insert into contribution (dialogue, id, kind, state, member, lang, title, body, html, revision, root, made_at, edited_at, shown_at, before)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11, 0, 0, '')`,
		r.id, int64(n), string(c.Kind), string(state), optional(r.who.Member), w.Lang, w.Title, w.Body,
		writing.Render(w.Body, n-1), int64(root), micros(now))
	r.saveTags(s, n, w.Tags)
	return n, state, s.err
}

// allWords is everything that readers will see, for those who weigh it.
func allWords(title, body string, others []string) string {
	return strings.Join(append([]string{title, body}, others...), "\n")
}

// saidTwice is why a deed ends that would keep what the same person has just said,
// as a form that was sent twice.
type saidTwice struct{ first writing.ID }

func (t saidTwice) Error() string { return fmt.Sprintf("that was said just now, see #%d", t.first) }

// once turns saidTwice into the number of what stands there already.
func once(n writing.ID, err error) (writing.ID, error) {
	var t saidTwice
	if errors.As(err, &t) {
		return t.first, nil
	}
	return n, err
}

// twiceWithin is for how long the same words of one person, in the same place, are
// the same contribution, where others read them: what is held may be sent again
// without the part or the tag for which it is.
const twiceWithin = 2 * time.Minute

// saidJustNow is saidTwice where the same words of the actor stand already, as an
// answer to the same comment under the same thing, quoting the same.
func (r room) saidJustNow(w writing.Words, k forum.NewComment, now time.Time) error {
	var t saidTwice
	found, err := r.one(`
		select c.id
		from contribution c
		left join comment k on k.dialogue = c.dialogue and k.item = c.id
		where c.dialogue = $1 and c.member = $2 and c.made_at > $3 and c.state = 'shown'
			and c.kind = $4 and c.lang = $5 and c.title = $6 and c.body = $7 
			and coalesce(k.under, 0) = $8 and coalesce(k.answers, 0) = $9 and coalesce(k.quote_of, 0) = $10`,
		[]any{r.id, r.who.Member, micros(now.Add(-twiceWithin)), string(w.Kind), w.Lang, w.Title, w.Body, int64(k.Under), int64(k.To), int64(k.Quote)}, (*int64)(&t.first))
	if err == nil && found {
		err = t
	}
	return err
}

// lastItem is the number of the newest contribution.
func (r room) lastItem() (n writing.ID, err error) {
	_, err = r.one(`
		select coalesce(max(id), 0)
		from contribution
		where dialogue = $1`, []any{r.id}, (*int64)(&n))
	return n, err
}

func (r room) saveTags(s *series, n writing.ID, tags []string) {
	for _, t := range tags {
		s.exec(`
			insert into tag (dialogue, item, word)
			values ($1, $2, $3)`, r.id, int64(n), t)
	}
}

// enterForum lets a contribution that has all its rows begin its life: before
// readers, or before the moderators.
func (r room) enterForum(n writing.ID, state writing.State, now time.Time) error {
	if err := r.reckonNeed(n); err != nil {
		return err
	}
	if state == writing.Held {
		return r.openCase(n, "", now)
	}
	return r.appear(n, now)
}

// bare is a contribution as deeds need it.
type bare struct {
	kind     writing.Kind
	state    writing.State
	before   writing.State
	member   dialogue.MemberID
	lang     string
	title    string
	body     string
	html     string
	revision int
	root     writing.ID
	madeAt   int64
	shownAt  int64
}

// bareItem is fault.Missing where there is none. It asks nobody's leave.
func (r room) bareItem(n writing.ID) (b bare, err error) {
	found, err := r.one(`
		select kind, state, before, coalesce(member, ''), lang, title, body, html, revision, root, made_at, shown_at
		from contribution
		where dialogue = $1 and id = $2`, []any{r.id, int64(n)},
		&b.kind, &b.state, &b.before, &b.member, &b.lang, &b.title, &b.body, &b.html, &b.revision, (*int64)(&b.root), &b.madeAt, &b.shownAt)
	if err == nil && !found {
		err = noItem()
	}
	return b, err
}

// readable is bareItem of what the actor may read; else it is fault.Missing.
func (r room) readable(n writing.ID) (bare, error) {
	b, err := r.bareItem(n)
	if err != nil {
		return b, err
	}
	if !b.state.Readable(r.isMine(b), r.moderates()) {
		return b, noItem()
	}
	if b.kind == writing.Reason && !r.isMine(b) {
		if kept, err := r.keptReasons([]writing.ID{n}); err != nil || kept[n] {
			return b, cmp.Or(err, noItem())
		}
	}
	return b, nil
}

func (r room) isMine(b bare) bool { return b.member != "" && b.member == r.who.Member }

func (r room) moderates() bool { return dialogue.May(r.who, dialogue.Moderate, r.d.Dialogue) == nil }

// setState moves a contribution between states inside a deed: the index of the
// search and the feeds follow.
func (r room) setState(n writing.ID, to writing.State, now time.Time) error {
	b, err := r.bareItem(n)
	if err != nil || b.state == to {
		return err
	}
	if !b.state.MayBecome(to) {
		return fault.New(fault.Conflict, "writing.state", "what is %s does not become %s", b.state, to)
	}
	if to == writing.Removed {
		return r.removeWordsFor(n, b, now)
	}
	before := writing.State("")
	if to == writing.Withdrawn {
		before = b.state
	}
	if _, err := r.exec(`
		update contribution
		set state = $3, before = $4
		where dialogue = $1 and id = $2`, r.id, int64(n), string(to), string(before)); err != nil {
		return err
	}
	switch {
	case to == writing.Shown:
		return r.appear(n, now)
	case b.state == writing.Shown:
		return r.vanish(n, b, now)
	}
	return nil
}

// appear does what follows when others can read something, for the first time or
// again: it can be found, it is counted, and whoever it concerns hears of it once.
func (r room) appear(n writing.ID, now time.Time) error {
	b, err := r.bareItem(n)
	if err != nil {
		return err
	}
	if err := r.indexItem(n); err != nil {
		return err
	}
	if err := r.countComment(n, b, 1); err != nil {
		return err
	}
	if b.shownAt != 0 {
		return nil
	}
	if _, err := r.exec(`
		update contribution
		set shown_at = $3
		where dialogue = $1 and id = $2`, r.id, int64(n), micros(now)); err != nil {
		return err
	}
	return r.proclaim(n, b, now)
}

// vanish does what follows when others can read something no more.
func (r room) vanish(n writing.ID, b bare, now time.Time) error {
	if err := r.unindex(n); err != nil {
		return err
	}
	if err := r.countComment(n, b, -1); err != nil || b.kind == writing.Reason {
		return err
	}
	return emit(r.conn, r.id, notice.Event{Kind: notice.Hushed, Item: n, Root: b.root}, now)
}

// proclaim tells that something can be read: everybody, whom it answers, and whom
// it calls by name. Of reasons it tells nobody: what happened when would lead to
// who gave them, and so to an answer.
func (r room) proclaim(n writing.ID, b bare, now time.Time) error {
	if b.kind == writing.Reason {
		return nil
	}
	e := notice.Event{Kind: notice.Wrote, Item: n, Root: b.root, By: b.member}
	if err := emit(r.conn, r.id, e, now); err != nil {
		return err
	}
	answered, err := r.answered(n, b)
	if err != nil {
		return err
	}
	called, err := r.called(b.title + "\n" + b.body)
	if err != nil {
		return err
	}
	told := map[dialogue.MemberID]bool{b.member: true}
	for _, group := range []struct {
		kind notice.EventKind
		to   []dialogue.MemberID
	}{{notice.Answered, answered}, {notice.Mentioned, called}} {
		for _, m := range group.to {
			if m == "" || told[m] {
				continue
			}
			told[m] = true
			e.Kind, e.To = group.kind, m
			if err := emit(r.conn, r.id, e, now); err != nil {
				return err
			}
		}
	}
	return nil
}

// answered lists whose words something answers or quotes, the nearest first.
func (r room) answered(n writing.ID, b bare) (to []dialogue.MemberID, err error) {
	query := `
		select distinct coalesce(p.member, '')
		from answering a
		join contribution p on p.dialogue = a.dialogue and p.id = a.problem
		where a.dialogue = $1 and a.action = $2
		order by 1`
	switch b.kind {
	case writing.Comment:
		query = `
			select coalesce(p.member, '')
			from comment k
			join contribution p on p.dialogue = k.dialogue and p.id in (k.quote_of, case when k.answers > 0 then k.answers else k.under end)
			where k.dialogue = $1 and k.item = $2
			order by p.id desc`
	case writing.Action:
	default:
		return nil, nil
	}
	err = r.each(query, []any{r.id, int64(n)}, func(scan scan) error {
		var m dialogue.MemberID
		err := scan(&m)
		to = append(to, m)
		return err
	})
	return to, err
}
