package store

import (
	"fmt"
	"time"

	"parley/dialogue"
	"parley/writing"
)

// removeWordsFor takes the words of a contribution out of everything: revisions,
// translations, quotes in what others wrote, drafts of translations, the index. The
// number stays, and that something was there.
func (r room) removeWordsFor(n writing.ID, b bare, now time.Time) error {
	item := int64(n)
	s := &series{c: r.conn}
	s.exec(`
		update contribution
		set state = 'removed', before = '', title = '', body = '', html = ''
		where dialogue = $1 and id = $2`, r.id, item)
	s.exec(`
		delete from revision
		where dialogue = $1 and item = $2`, r.id, item)
	s.exec(`
		delete from tag
		where dialogue = $1 and item = $2`, r.id, item)
	s.exec(`
		delete from translation
		where dialogue = $1 and item = $2`, r.id, item)
	s.exec(`
		delete from part
		where dialogue = $1 and item = $2`, r.id, item)
	s.exec(`
		update comment
		set quote_words = ''
		where dialogue = $1 and (quote_of = $2 or item = $2)`, r.id, item)
	s.exec(`
		delete from draft
		where dialogue = $1 and (place = $2 or place like $3)`, r.id, fmt.Sprint("edit:", item), fmt.Sprint("translate:", item, ":%"))
	if s.err != nil {
		return s.err
	}
	if err := queueScrub(r.conn, now); err != nil {
		return err
	}
	if b.state == writing.Shown {
		return r.vanish(n, b, now)
	}
	return r.unindex(n)
}

// clearWriting deletes a member's marks, ratings and drafts, and takes their name
// off what they wrote, or the words with it. What they had taken back themselves
// goes in any case.
func (r room) clearWriting(m dialogue.MemberID, keep bool, now time.Time) (kept, removed int, err error) {
	if err := r.clearMarks(m); err != nil {
		return 0, 0, err
	}
	ns, err := r.list(`
		select id
		from contribution
		where dialogue = $1 and member = $2 and state <> 'removed' and ($3 = 0 or state = 'withdrawn')
		order by id`, r.id, m, flag(keep))
	if err != nil {
		return 0, 0, err
	}
	for _, n := range ns {
		b, err := r.bareItem(n)
		if err != nil {
			return 0, 0, err
		}
		if err := r.removeWordsFor(n, b, now); err != nil {
			return 0, 0, err
		}
	}
	removed = len(ns)
	if !keep {
		gone, err := r.removeTranslations(m)
		if err != nil {
			return 0, 0, err
		}
		removed += gone
	}
	if _, err := r.one(`
		select (select count(1) from contribution where dialogue = $1 and member = $2 and state <> 'removed')
			+ (select count(1) from translation where dialogue = $1 and member = $2)`, []any{r.id, m}, &kept); err != nil {
		return 0, 0, err
	}
	return kept, removed, r.unname(m, keep)
}

// unname takes a member's name off everything that is left. Of what became of
// things the record stays, with who agreed; their own line about it goes with
// their words.
func (r room) unname(m dialogue.MemberID, keep bool) error {
	s := &series{c: r.conn}
	s.exec(`
		update contribution
		set member = null
		where dialogue = $1 and member = $2`, r.id, m)
	s.exec(`
		update translation
		set member = null
		where dialogue = $1 and member = $2`, r.id, m)
	s.exec(`
		update step
		set member = null, why = case when $3 = 1 then why else '' end
		where dialogue = $1 and member = $2`, r.id, m, flag(keep))
	return s.err
}

// clearMarks deletes what a member said of the words of others, and counts those
// anew; and what they were writing.
func (r room) clearMarks(m dialogue.MemberID) error {
	marked, err := r.list(`
		select distinct item
		from reaction
		where dialogue = $1 and member = $2
		order by item`, r.id, m)
	if err != nil {
		return err
	}
	type rated struct {
		item writing.ID
		lang string
	}
	var ratings []rated
	s := &series{c: r.conn}
	s.each(`
		select item, lang
		from translation_rating
		where dialogue = $1 and member = $2`, []any{r.id, m},
		func(scan scan) error {
			var t rated
			err := scan((*int64)(&t.item), &t.lang)
			ratings = append(ratings, t)
			return err
		})
	for _, table := range []string{"reaction", "translation_rating", "draft"} {
		s.exec(`
			delete from `+table+`
			where dialogue = $1 and member = $2`, r.id, m)
	}
	for _, t := range ratings {
		r.countRatings(s, t.item, t.lang)
	}
	if s.err != nil || len(marked) == 0 {
		return s.err
	}
	return r.reckonMarks(marked...)
}

// removeTranslations removes those that a member made of what others wrote, with
// the quotes of them.
func (r room) removeTranslations(m dialogue.MemberID) (removed int, err error) {
	langs := map[writing.ID][]string{}
	ns, err := r.list(`
		select distinct item
		from translation
		where dialogue = $1 and member = $2
		order by item`, r.id, m)
	if err != nil {
		return 0, err
	}
	s := &series{c: r.conn}
	s.each(`
		select item, lang
		from translation
		where dialogue = $1 and member = $2`, []any{r.id, m},
		func(scan scan) error {
			var n writing.ID
			var lang string
			err := scan((*int64)(&n), &lang)
			langs[n] = append(langs[n], lang)
			return err
		})
	for _, n := range ns {
		for _, lang := range langs[n] {
			removed++
			s.exec(`
				update comment
				set quote_words = ''
				where dialogue = $1 and quote_of = $2 and quote_lang = $3`, r.id, int64(n), lang)
			s.exec(`
				delete from translation
				where dialogue = $1 and item = $2 and lang = $3`, r.id, int64(n), lang)
		}
		if s.err == nil {
			s.err = r.translationMoved(n)
		}
	}
	return removed, s.err
}
