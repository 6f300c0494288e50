package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"parley/account"
	"parley/dialogue"
	"parley/forum"
	"parley/writing"
)

// Search finds contributions, interests and topics by words of either language.
func (s *Store) Search(ctx context.Context, actor account.PersonID, id dialogue.ID, q forum.Query, lang string) (found forum.Found, err error) {
	err = s.readRoom(ctx, actor, id, dialogue.Read, func(r room) error {
		terms, err := forum.Terms(q.Words, r.d.Languages)
		if err != nil {
			return err
		}
		query, words := sqliteQuery, matchSQLite(terms)
		if s.dir == "" {
			query, words = postgresQuery, matchPostgres(terms)
		}
		hits, err := r.matches(query, words, terms, q.Kind, lang)
		if err != nil {
			return err
		}
		if hits, err = r.withoutKept(hits); err != nil {
			return err
		}
		own, err := r.ownApart(terms, q.Kind, lang)
		if err != nil {
			return err
		}
		hits = append(hits, own...)
		if q.Kind == "" {
			registers, err := r.inRegisters(terms, lang)
			if err != nil {
				return err
			}
			hits = append(registers, hits...)
		}
		found, err = r.found(hits, terms, q)
		return err
	})
	if err != nil {
		return forum.Found{}, fmt.Errorf("search in %s: %w", id, err)
	}
	return found, nil
}

const sqliteQuery = `
	select c.id, s.lang, c.lang, s.words
	from search_index x
	join search_text s on s.number = x.rowid
	join contribution c on c.dialogue = s.dialogue and c.id = s.item
	where x.search_index match $2 and s.dialogue = $1 and c.state = 'shown' and ($3 = '' or c.kind = $3)
	order by x.rowid desc
	limit $4`

const postgresQuery = `
	select c.id, s.lang, c.lang, s.words
	from search_text s
	join contribution c on c.dialogue = s.dialogue and c.id = s.item
	where s.stems @@ cast($2 as tsquery) and s.dialogue = $1 and c.state = 'shown' and ($3 = '' or c.kind = $3)
	order by s.number desc
	limit $4`

// hit is something that was found, before it is read in full.
type hit struct {
	item  writing.ID
	link  forum.Link
	lang  string
	own   bool // lang is the reader's
	score int
	title string // of what stands in the registers
	text  string
}

// matches lists what the index finds, each contribution once: in the reader's
// language where that is one of those in which the words stand.
func (r room) matches(query, words string, terms []forum.Term, kind writing.Kind, lang string) ([]hit, error) {
	best := map[writing.ID]*hit{}
	var order []writing.ID
	err := r.each(query, []any{r.id, words, string(kind), forum.MostCounted},
		func(scan scan) error {
			var h hit
			var original, stems string
			if err := scan((*int64)(&h.item), &h.lang, &original, &stems); err != nil {
				return err
			}
			h.own = h.lang == lang
			h.score = forum.Score(strings.Fields(stems), terms)
			before := best[h.item]
			if before == nil {
				order = append(order, h.item)
			}
			if before == nil || !before.own && (h.own || h.score > before.score || h.score == before.score && h.lang == original) {
				best[h.item] = &h
			}
			return nil
		})
	hits := make([]hit, len(order))
	for i, n := range order {
		hits[i] = *best[n]
	}
	return hits, err
}

// withoutKept leaves out the reasons that the actor may not read.
func (r room) withoutKept(hits []hit) ([]hit, error) {
	var ns []writing.ID
	for _, h := range hits {
		ns = append(ns, h.item)
	}
	kept, err := r.keptReasons(ns)
	return slices.DeleteFunc(hits, func(h hit) bool { return kept[h.item] }), err
}

// mostApart is how far back somebody's own texts are searched that nobody else
// reads.
const mostApart = 500

// ownApart lists what the actor wrote and others cannot read now: it waits, is
// hidden or was taken back. The index has none of it. They are few, so they are
// read as they are.
func (r room) ownApart(terms []forum.Term, kind writing.Kind, lang string) (hits []hit, err error) {
	if r.who.Member == "" {
		return nil, nil
	}
	err = r.each(`
		select id, lang, title, html
		from contribution
		where dialogue = $1 and member = $2 and state <> 'shown' and state <> 'removed' and ($3 = '' or kind = $3)
		order by made_at desc
		limit $4`, []any{r.id, r.who.Member, string(kind), mostApart},
		func(scan scan) error {
			var h hit
			var title, rendered string
			if err := scan((*int64)(&h.item), &h.lang, &title, &rendered); err != nil {
				return err
			}
			h.own = h.lang == lang
			if h.score = forum.Score(strings.Fields(stemmed(title, writing.Plain(rendered), h.lang)), terms); h.score > 0 {
				hits = append(hits, h)
			}
			return nil
		})
	return hits, err
}

// inRegisters lists the interests and topics in which all terms stand. They are few
// and change with a file as a whole, so they are read as they are.
func (r room) inRegisters(terms []forum.Term, lang string) (hits []hit, err error) {
	look := func(kind forum.LinkKind) func(scan scan) error {
		return func(scan scan) error {
			var to string
			var title, note text
			if err := scan(&to, &title, &note); err != nil {
				return err
			}
			best := hit{}
			for _, l := range r.d.Languages {
				h := hit{link: forum.Link{Kind: kind, To: to}, lang: l, own: l == lang, title: title[l], text: note[l]}
				h.score = forum.Score(strings.Fields(stemmed(title[l], note[l], l)), terms)
				if h.score > 0 && (best.score == 0 || h.own) {
					best = h
				}
			}
			if best.score > 0 {
				hits = append(hits, best)
			}
			return nil
		}
	}
	s := &series{c: r.conn}
	s.each(`
		select id, title, '{}'
		from topic
		where dialogue = $1
		order by position`, []any{r.id}, look(forum.LinkTopic))
	s.each(`
		select id, title, note
		from interest
		where dialogue = $1
		order by id`, []any{r.id}, look(forum.LinkInterest))
	slices.SortStableFunc(hits, func(a, b hit) int {
		return strings.Compare(string(a.link.Kind)+a.link.To, string(b.link.Kind)+b.link.To)
	})
	return hits, s.err
}

// found is one page of what was found, read in full.
func (r room) found(hits []hit, terms []forum.Term, q forum.Query) (f forum.Found, err error) {
	slices.SortStableFunc(hits, func(a, b hit) int {
		if q.Order != "new" {
			if c := cmp.Compare(b.score, a.score); c != 0 {
				return c
			}
		}
		if a.item == 0 || b.item == 0 {
			return cmp.Compare(min(a.item, 1), min(b.item, 1)) // the registers first
		}
		return cmp.Compare(b.item, a.item)
	})
	f.Total = min(len(hits), forum.MostCounted)
	limit := q.Limit
	if limit <= 0 {
		limit = 20
	}
	from, _ := strconv.Atoi(q.After)
	from = min(max(from, 0), f.Total)
	to := min(from+min(limit, forum.MostLines), f.Total)
	if to < f.Total {
		f.More = strconv.Itoa(to)
	}
	var ns []writing.ID
	for _, h := range hits[from:to] {
		ns = append(ns, h.item)
	}
	items, err := r.loadContributions(ns, loading{})
	if err != nil {
		return f, err
	}
	for _, h := range hits[from:to] {
		if h.item == 0 {
			snippet := forum.Snippet(forum.SnippetOf(h.title, h.text, h.lang, terms), h.lang, terms)
			f.Hits = append(f.Hits, forum.Hit{Contribution: writing.Contribution{Title: h.title, Lang: h.lang}, Link: h.link, Lang: h.lang, Snippet: snippet})
			continue
		}
		l := items[h.item]
		if l == nil {
			continue
		}
		out := forum.Hit{Contribution: l.Contribution, Lang: h.lang}
		if l.Kind == writing.Comment || l.Kind == writing.Reason {
			out.Under = l.root
		}
		title, rendered := l.Title, l.HTML
		if t := l.In(h.lang); h.lang != l.Contribution.Lang && t != nil {
			title, rendered = t.Title, t.HTML
		}
		out.Snippet = forum.Snippet(forum.SnippetOf(title, writing.Plain(rendered), h.lang, terms), h.lang, terms)
		f.Hits = append(f.Hits, out)
	}
	return f, nil
}
