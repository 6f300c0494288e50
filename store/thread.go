package store

import (
	"context"
	"fmt"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/forum"
	"parley/writing"
)

// Comment adds a comment.
func (s *Store) Comment(ctx context.Context, actor account.PersonID, id dialogue.ID, k forum.NewComment, now time.Time) (n writing.ID, err error) {
	lookAhead(writing.Words{Kind: writing.Comment, Lang: k.Lang, Body: k.Body})
	n, err = once(n, s.inRoom(ctx, actor, id, dialogue.Write, func(r room) error {
		n, err = r.comment(k, now)
		return err
	}))
	if err != nil {
		return 0, fmt.Errorf("comment in %s: %w", id, err)
	}
	return n, nil
}

func (r room) comment(k forum.NewComment, now time.Time) (writing.ID, error) {
	if err := r.hasThread(k.Under); err != nil {
		return 0, err
	}
	above, err := r.pathAbove(k)
	if err != nil {
		return 0, err
	}
	quote, lang, err := r.quote(k)
	if err != nil {
		return 0, err
	}
	w := writing.Words{Kind: writing.Comment, Lang: k.Lang, Body: writing.Text(k.Body)}
	if err := r.saidJustNow(w, k, now); err != nil {
		return 0, err
	}
	n, state, err := r.keep(writing.Contribution{Kind: writing.Comment, Lang: k.Lang, Body: k.Body}, k.Under, now)
	if err != nil {
		return 0, err
	}
	path, depth := forum.PathOf(above, n)
	s := &series{c: r.conn}
	s.exec(`
		insert into comment (dialogue, item, under, answers, depth, path, quote_of, quote_revision, quote_lang, quote_words, quote_changed)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)`,
		r.id, int64(n), int64(k.Under), int64(k.To), depth, path, int64(quote.Of), quote.Revision, lang, quote.Words)
	s.exec(`
		insert into thread (dialogue, under, total, shown, last_at)
		values ($1, $2, 1, 0, 0)
		on conflict (dialogue, under) do update
		set total = thread.total + 1`, r.id, int64(k.Under))
	if s.err == nil {
		s.err = r.dropDraft(fmt.Sprintf("comment:%d", int64(max(k.To, k.Under))))
	}
	if s.err != nil {
		return 0, s.err
	}
	return n, r.enterForum(n, state, now)
}

// hasThread reports, as fault.Missing, that there is nothing the actor may read
// under which comments could stand.
func (r room) hasThread(under writing.ID) error {
	if under == 0 {
		return nil
	}
	b, err := r.readable(under)
	if err == nil && b.kind != writing.Problem && b.kind != writing.Action && b.kind != writing.Statement {
		err = noItem()
	}
	return err
}

// pathAbove is the path of the comment that is answered, "" for the thing itself.
func (r room) pathAbove(k forum.NewComment) (path string, err error) {
	if k.To == 0 {
		return "", nil
	}
	b, err := r.readable(k.To)
	if err != nil {
		return "", err
	}
	found, err := r.one(`
		select path
		from comment
		where dialogue = $1 and item = $2 and under = $3`, []any{r.id, int64(k.To), int64(k.Under)}, &path)
	if err == nil && (!found || b.state != writing.Shown) {
		err = fault.New(fault.Missing, "writing.answer-missing", "what is answered does not stand there any more")
	}
	return path, err
}

// quote finds the words that a comment quotes, in the original or in a translation
// that is shown, whose language it returns then.
func (r room) quote(k forum.NewComment) (q forum.Quote, lang string, err error) {
	if k.Quote == 0 {
		return q, "", nil
	}
	b, err := r.readable(k.Quote)
	if err != nil {
		return q, "", err
	}
	if b.state != writing.Shown {
		return q, "", noItem()
	}
	q.Of, q.Revision = k.Quote, b.revision
	if q.Words, err = writing.CheckQuote(k.Words, b.title, b.body, writing.Plain(b.html)); err == nil {
		return q, "", nil
	}
	texts := map[string][]string{}
	if read := r.each(`
		select lang, title, body, html
		from translation
		where dialogue = $1 and item = $2 and hidden = 0
		order by lang`, []any{r.id, int64(k.Quote)},
		func(scan scan) error {
			var l, title, body, html string
			err := scan(&l, &title, &body, &html)
			texts[l] = []string{title, body, writing.Plain(html)}
			return err
		}); read != nil {
		return q, "", read
	}
	for _, l := range r.d.Languages {
		if words, no := writing.CheckQuote(k.Words, texts[l]...); no == nil {
			q.Words = words
			return q, l, nil
		}
	}
	return q, "", err
}

// countComment keeps the number of comments that can be read, and what waits for
// an answer.
func (r room) countComment(n writing.ID, b bare, by int) error {
	if b.kind == writing.Action {
		return r.answersChanged(n)
	}
	if b.kind != writing.Comment {
		return nil
	}
	last := int64(0)
	if by > 0 {
		last = b.madeAt
	}
	if _, err := r.exec(`
		update thread
		set shown = shown + $3, last_at = case when last_at < $4 then $4 else last_at end
		where dialogue = $1 and under = $2`, r.id, int64(b.root), by, last); err != nil {
		return err
	}
	var answers writing.ID
	if _, err := r.one(`
		select answers
		from comment
		where dialogue = $1 and item = $2`, []any{r.id, int64(n)}, (*int64)(&answers)); err != nil {
		return err
	}
	return r.reckonNeed(b.root, answers)
}

// orders are how a thread is read. Each has an index of its own, so that a page of
// a long thread costs what one of a short one does.
var orders = map[forum.Order]string{
	forum.ByTime: `
		select k.item
		from comment k
		where k.dialogue = $1 and k.under = $2
		order by k.path
		limit $3 offset $4`,
	forum.ByBridging: `
		select c.id
		from contribution c
		where c.dialogue = $1 and c.root = $2 and c.kind = 'comment'
		order by c.bridge desc, c.id
		limit $3 offset $4`,
	forum.ByAttention: `
		select c.id
		from contribution c
		where c.dialogue = $1 and c.root = $2 and c.kind = 'comment'
		order by c.need desc, c.id
		limit $3 offset $4`,
}

// before counts how many comments stand above one.
var before = map[forum.Order]string{
	forum.ByTime: `
		select count(1)
		from comment k
		where k.dialogue = $1 and k.under = $2
			and k.path < (select a.path from comment a where a.dialogue = $1 and a.item = $3 and a.under = $2)`,
	forum.ByBridging: `
		select count(1)
		from contribution c
		join contribution a on a.dialogue = c.dialogue and a.id = $3 and a.root = $2 and a.kind = 'comment'
		where c.dialogue = $1 and c.root = $2 and c.kind = 'comment' and (c.bridge > a.bridge or c.bridge = a.bridge and c.id < a.id)`,
	forum.ByAttention: `
		select count(1)
		from contribution c
		join contribution a on a.dialogue = c.dialogue and a.id = $3 and a.root = $2 and a.kind = 'comment'
		where c.dialogue = $1 and c.root = $2 and c.kind = 'comment' and (c.need > a.need or c.need = a.need and c.id < a.id)`,
}

// Thread is one page of the comments under something; under 0: the dialogue.
// A page of 0 is the one that holds the comment at, or the first.
func (s *Store) Thread(ctx context.Context, actor account.PersonID, id dialogue.ID, under writing.ID, order forum.Order, page int, at writing.ID) (t *forum.Thread, err error) {
	err = s.readRoom(ctx, actor, id, dialogue.Read, func(r room) error {
		if err := r.hasThread(under); err != nil {
			return err
		}
		t, err = r.thread(under, order, page, at)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the comments under #%d of %s: %w", under, id, err)
	}
	return t, nil
}

func (r room) thread(under writing.ID, order forum.Order, page int, at writing.ID) (*forum.Thread, error) {
	if orders[order] == "" {
		order = forum.ByTime
	}
	t := &forum.Thread{Under: under, Order: order}
	if _, err := r.one(`
		select total
		from thread
		where dialogue = $1 and under = $2`, []any{r.id, int64(under)}, &t.Total); err != nil {
		return nil, err
	}
	t.Pages = forum.PagesOf(t.Total)
	if page == 0 && at != 0 {
		var above int
		if _, err := r.one(before[order], []any{r.id, int64(under), int64(at)}, &above); err != nil {
			return nil, err
		}
		page = above/forum.MostComments + 1
	}
	t.Page = min(max(page, 1), t.Pages)
	var ns []writing.ID
	err := r.each(orders[order], []any{r.id, int64(under), forum.MostComments, (t.Page - 1) * forum.MostComments},
		func(scan scan) error {
			var n writing.ID
			err := scan((*int64)(&n))
			ns = append(ns, n)
			return err
		})
	if err != nil {
		return nil, err
	}
	t.Comments, err = r.loadComments(ns)
	return t, err
}

// loadComments reads comments in the order of their numbers' list.
func (r room) loadComments(ns []writing.ID) ([]forum.Comment, error) {
	items, err := r.loadContributions(ns, loading{ghosts: true, untied: true})
	if err != nil || len(ns) == 0 {
		return nil, err
	}
	at := make(map[writing.ID]*forum.Comment, len(ns))
	list := make([]forum.Comment, 0, len(ns))
	for _, n := range ns {
		list = append(list, forum.Comment{Contribution: items[n].Contribution})
		at[n] = &list[len(list)-1]
	}
	err = r.each(`
		select k.item, k.under, k.answers, k.depth, k.quote_of, k.quote_revision, k.quote_words, k.quote_changed, coalesce(q.state, '')
		from comment k
		left join contribution q on q.dialogue = k.dialogue and q.id = k.quote_of
		where k.dialogue = $1 and k.item in (`+numbers(ns)+`)`, []any{r.id},
		func(scan scan) error {
			var n writing.ID
			var k forum.Comment
			var q forum.Quote
			var of writing.State
			err := scan((*int64)(&n), (*int64)(&k.Under), (*int64)(&k.To), &k.Depth, (*int64)(&q.Of), &q.Revision, &q.Words, (*flag)(&q.Changed), &of)
			if err != nil {
				return err
			}
			to := at[n]
			to.Under, to.To, to.Depth = k.Under, k.To, k.Depth
			if q.Of == 0 || to.Body == "" {
				return nil
			}
			if q.Gone = of != writing.Shown || q.Words == ""; q.Gone {
				q.Words = ""
			}
			to.Quote = &q
			return nil
		})
	return list, err
}
