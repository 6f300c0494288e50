package store

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/feed"
	"parley/i18n"
	"parley/notice"
	"parley/writing"
)

// FeedOf says which feed is asked for: of the whole dialogue, or of one problem,
// or of what carries a tag.
type FeedOf struct {
	Problem writing.ID // 0: no problem
	Tag     string
	Lang    string     // of the reader
	Origin  string     // the public address of the site, without a slash at the end
	Key     string     // by which a program was let in; it stands in the addresses of further pages alone
	Before  writing.ID // an archive: what is older than this; 0: the newest
}

// feedPage is how many entries an archive holds. The newest document holds those
// that fill no archive yet and the newest archive, so that archives never change
// where they begin and end.
const feedPage = 50

// Feed is what is new in a dialogue as others may take it home, in the reader's
// language where there is a translation. What is hidden or withdrawn is gone from
// it. Authors stand in it where the rule of the room names people.
func (s *Store) Feed(ctx context.Context, actor account.PersonID, id dialogue.ID, of FeedOf) (out *feed.Feed, err error) {
	err = s.readRoom(ctx, actor, id, dialogue.Take, func(r room) error {
		f := feeder{room: r, of: of, words: i18n.For(of.Lang)}
		out, err = f.feed()
		return err
	})
	return out, wrapped("read a feed", err)
}

// feeder makes one document.
type feeder struct {
	room
	of    FeedOf
	words *i18n.Words
	host  string
	about *writing.Contribution // the problem of which the feed is
}

func (f *feeder) feed() (*feed.Feed, error) {
	if u, err := url.Parse(f.of.Origin); err == nil {
		f.host = u.Hostname()
	}
	if f.of.Problem != 0 {
		found, err := f.loadItems([]writing.ID{f.of.Problem})
		if err != nil {
			return nil, err
		}
		p, ok := found[f.of.Problem]
		if !ok || p.Kind != writing.Problem || p.State != writing.Shown {
			return nil, noItem()
		}
		f.about = &p
	}
	since, err := f.since()
	if err != nil {
		return nil, err
	}
	ids, roots, first, err := f.page()
	if err != nil {
		return nil, err
	}
	out := &feed.Feed{
		ID: f.tag(since, f.name()), Lang: f.words.Lang, Title: f.title(), Subtitle: f.words.T("feed.subtitle"),
		Home: f.home(), Self: f.address(f.of.Before, false), Updated: since,
	}
	if f.of.Before != 0 {
		out.Current = f.address(0, false)
	}
	if first > 0 && len(ids) > 0 {
		out.Prev = f.address(ids[len(ids)-1], true)
	}
	if out.Entries, err = f.entries(ids, roots); err != nil {
		return nil, err
	}
	gone, err := f.hushed()
	if err != nil {
		return nil, err
	}
	if gone.After(out.Updated) {
		out.Updated = gone
	}
	for _, e := range out.Entries {
		if e.Updated.After(out.Updated) {
			out.Updated = e.Updated
		}
	}
	return out, nil
}

// since is when the dialogue began to have rules: the year of its feeds' names.
func (f *feeder) since() (time.Time, error) {
	var made int64
	_, err := f.one(`
		select coalesce(min(made_at), 0)
		from declaration
		where dialogue = $1`, []any{f.id}, &made)
	if made == 0 {
		return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), err
	}
	return moment(made), err
}

// hushed is when something was last taken away from readers: who asks whether the
// feed has changed since must hear of that, too.
func (f *feeder) hushed() (time.Time, error) {
	var at int64
	_, err := f.one(`
		select at
		from event
		where dialogue = $1 and kind = 'hushed'
		order by id desc
		limit 1`, []any{f.id}, &at)
	return maybeMoment(at), err
}

// picked is what a feed is about, whatever became of it: pages are counted in it.
const picked = `
		from contribution c
		where c.dialogue = $1 and c.kind in ('problem', 'action', 'statement', 'comment')
			and ($2 = 0 or c.root = $2
				or c.kind = 'action' and c.id in (select a.action from answering a where a.dialogue = c.dialogue and a.problem = $2)
				or c.kind = 'statement' and c.id in (select s.item from statement s where s.dialogue = c.dialogue and s.under = $2))
			and ($3 = '' or exists (select 1 from tag t where t.dialogue = c.dialogue and t.item = c.id and t.word = $3))
			and ($4 = 0 or c.id < $4)`

// page lists the numbers of one document, the newest first, what each belongs to,
// and how many older ones there are.
func (f *feeder) page() (ids []writing.ID, roots map[writing.ID]writing.ID, first int, err error) {
	args := []any{f.id, int64(f.of.Problem), f.of.Tag, int64(f.of.Before)}
	var all int
	if _, err := f.one("\n\t\tselect count(1)"+picked, args, &all); err != nil {
		return nil, nil, 0, err
	}
	roots = map[writing.ID]writing.ID{}
	if first = all - feedPage; f.of.Before == 0 {
		first = (all/feedPage - 1) * feedPage
	}
	first = max(first, 0)
	err = f.each("\n\t\tselect c.id, c.root"+picked+`
		order by c.id desc
		limit $5`, append(args, all-first),
		func(scan scan) error {
			var n, root writing.ID
			err := scan(&n, &root)
			ids, roots[n] = append(ids, n), root
			return err
		})
	return ids, roots, first, err
}

// entries are those of the numbers that everybody here may read, and whose root
// they may.
func (f *feeder) entries(ids []writing.ID, roots map[writing.ID]writing.ID) ([]feed.Entry, error) {
	wanted := slices.Clone(ids)
	for _, n := range ids {
		wanted = append(wanted, roots[n])
	}
	items, err := f.loadItems(distinct(wanted))
	if err != nil {
		return nil, err
	}
	var out []feed.Entry
	for _, n := range ids {
		item, ok := items[n]
		root, under := items[roots[n]]
		if ok && item.State == writing.Shown && (roots[n] == 0 || under && root.State == writing.Shown) {
			out = append(out, f.entry(item, root))
		}
	}
	return out, nil
}

// entry is one contribution in the reader's language; a comment goes by the title
// of what it is about.
func (f *feeder) entry(item, root writing.Contribution) feed.Entry {
	place := notice.Place(item.Kind, item.ID, root.Kind, root.ID)
	title, html, lang, changed := item.Title, item.HTML, item.Lang, item.EditedAt
	if t := item.In(f.of.Lang); t != nil {
		title, html, lang = t.Title, t.HTML, t.Lang
		if t.At.After(changed) {
			changed = t.At
		}
	}
	if title == "" {
		about := f.d.Title.In(f.of.Lang)
		if root.ID != 0 {
			about = root.Title
			if t := root.In(f.of.Lang); t != nil {
				about = t.Title
			}
		}
		title = f.words.T("feed.comment", "Title", about)
	}
	e := feed.Entry{
		ID: f.tag(item.MadeAt, strconv.FormatInt(int64(item.ID), 10)), Address: f.base() + "/" + place, Lang: lang, Title: title,
		Summary: notice.Plain(html, 2*snippetRunes), HTML: writing.Place(html, f.base()+"/item/"), Tags: item.Tags,
		Published: item.MadeAt, Updated: item.MadeAt,
	}
	if changed.After(e.Updated) {
		e.Updated = changed
	}
	if f.d.Rule.NamesPeople() && item.Author.Pseudonym != "" {
		e.Author = item.Author.Pseudonym.In(f.of.Lang)
	}
	return e
}

// tag names something for ever (RFC 4151).
func (f *feeder) tag(since time.Time, what string) string {
	return fmt.Sprintf("tag:%s,%d:%s/%s", f.host, since.UTC().Year(), f.id, what)
}

// name is what the feed is of, in its own name.
func (f *feeder) name() string {
	switch {
	case f.of.Problem != 0:
		return fmt.Sprintf("feed/%s/%d", f.words.Lang, f.of.Problem)
	case f.of.Tag != "":
		return "feed/" + f.words.Lang + "/tag/" + url.PathEscape(f.of.Tag)
	}
	return "feed/" + f.words.Lang
}

func (f *feeder) title() string {
	name := f.d.Title.In(f.words.Lang)
	switch {
	case f.about != nil:
		about := f.about.Title
		if t := f.about.In(f.of.Lang); t != nil {
			about = t.Title
		}
		return about + " · " + name
	case f.of.Tag != "":
		return f.words.T("feed.tag", "Tag", f.of.Tag) + " · " + name
	}
	return name
}

// base is the address of the dialogue.
func (f *feeder) base() string {
	return f.of.Origin + "/" + f.words.Lang + "/" + url.PathEscape(string(f.id))
}

// home is the page for people of which the feed is.
func (f *feeder) home() string {
	switch {
	case f.of.Problem != 0:
		return fmt.Sprintf("%s/problem/%d", f.base(), f.of.Problem)
	case f.of.Tag != "":
		return f.base() + "/tags/" + url.PathEscape(f.of.Tag)
	}
	return f.base()
}

// address is where a document stands. The key stands only where a program must
// have it to go on, so that the address that readers hand on is without.
func (f *feeder) address(before writing.ID, keyed bool) feed.Addresses {
	q := url.Values{}
	if before != 0 {
		q.Set("before", strconv.FormatInt(int64(before), 10))
	}
	if keyed && f.of.Key != "" {
		q.Set("key", f.of.Key)
	}
	query := ""
	if len(q) > 0 {
		query = "?" + q.Encode()
	}
	home := f.home()
	return feed.Addresses{Atom: home + "/feed.atom" + query, JSON: home + "/feed.json" + query}
}
