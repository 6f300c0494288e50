package store

import (
	"fmt"
	"strings"

	"parley/account"
	"parley/dialogue"
	"parley/forum"
	"parley/writing"
)

// addWrote adds all that a member wrote in a dialogue: contributions with their
// earlier words, translations, what they said became of things, drafts; and what
// they said of the words of others.
func addWrote(c conn, id dialogue.ID, m dialogue.MemberID, b *account.Belonging) error {
	add := func(kind, name, lang string, words ...string) {
		text := strings.TrimSpace(strings.Join(words, "\n\n"))
		b.Written = append(b.Written, account.Written{Kind: kind, ID: name, Text: map[string]string{lang: text}})
	}
	s := &series{c: c}
	s.each(`
		select kind, id, lang, title, body
		from contribution
		where dialogue = $1 and member = $2
		order by id`, []any{id, m},
		func(scan scan) error {
			var kind, lang, title, body string
			var n writing.ID
			err := scan(&kind, (*int64)(&n), &lang, &title, &body)
			add(kind, fmt.Sprint(int64(n)), lang, title, body)
			return err
		})
	s.each(`
		select p.item, p.side, p.does, c.lang
		from part p
		join contribution c on c.dialogue = p.dialogue and c.id = p.item
		where c.dialogue = $1 and c.member = $2
		order by p.item, p.position`, []any{id, m},
		func(scan scan) error {
			var n writing.ID
			var side, does, lang string
			err := scan((*int64)(&n), &side, &does, &lang)
			add("part", strings.TrimSuffix(fmt.Sprintf("%d-%s", int64(n), side), "-"), lang, does)
			return err
		})
	s.each(`
		select v.item, v.number, v.lang, v.title, v.body
		from revision v
		join contribution c on c.dialogue = v.dialogue and c.id = v.item
		where c.dialogue = $1 and c.member = $2
		order by v.item, v.number`, []any{id, m},
		func(scan scan) error {
			var n writing.ID
			var number int
			var lang, title, body string
			err := scan((*int64)(&n), &number, &lang, &title, &body)
			add("revision", fmt.Sprintf("%d-%d", int64(n), number), lang, title, body)
			return err
		})
	s.each(`
		select item, lang, title, body
		from translation
		where dialogue = $1 and member = $2
		order by item, lang`, []any{id, m},
		func(scan scan) error {
			var n writing.ID
			var lang, title, body string
			err := scan((*int64)(&n), &lang, &title, &body)
			add("translation", fmt.Sprintf("%d-%s", int64(n), lang), lang, title, body)
			return err
		})
	if s.err != nil {
		return s.err
	}
	if err := addSteps(c, id, m, add); err != nil {
		return err
	}
	return addMarks(c, id, m, b)
}

// addSteps adds what a member said became of problems and actions.
func addSteps(c conn, id dialogue.ID, m dialogue.MemberID, add func(kind, name, lang string, words ...string)) error {
	var item, number int64
	steps := map[[2]int64][]string{}
	var order [][2]int64
	langs := map[[2]int64]string{}
	s := &series{c: c}
	s.each(`
		select item, number, status, why, lang
		from step
		where dialogue = $1 and member = $2
		order by item, number`, []any{id, m},
		func(scan scan) error {
			var status forum.Status
			var why, lang string
			err := scan(&item, &number, &status, &why, &lang)
			if lang == "" {
				lang = "und" // parties alone are in no language that anybody named
			}
			at := [2]int64{item, number}
			order, langs[at], steps[at] = append(order, at), lang, []string{string(status), why}
			return err
		})
	s.each(`
		select p.item, p.number, p.who, p.capacity
		from step_party p
		join step s on s.dialogue = p.dialogue and s.item = p.item and s.number = p.number
		where s.dialogue = $1 and s.member = $2
		order by p.item, p.number, p.position`, []any{id, m},
		func(scan scan) error {
			var who, capacity string
			err := scan(&item, &number, &who, &capacity)
			at := [2]int64{item, number}
			steps[at] = append(steps[at], who+", "+capacity)
			return err
		})
	for _, at := range order {
		add("status", fmt.Sprintf("%d-%d", at[0], at[1]), langs[at], steps[at]...)
	}
	return s.err
}

func addMarks(c conn, id dialogue.ID, m dialogue.MemberID, b *account.Belonging) error {
	b.Drafts, b.Marks = []account.Draft{}, []account.Mark{}
	drafts, err := draftsOf(c, id, m)
	if err != nil {
		return err
	}
	for _, d := range drafts {
		b.Drafts = append(b.Drafts, account.Draft{Place: d.Place, Fields: d.Fields, SavedAt: d.SaveAt})
	}
	return c.each(`
		select item, '', mark
		from reaction
		where dialogue = $1 and member = $2
		union all
		select item, lang, case when good = 1 then 'good' else 'bad' end
		from translation_rating
		where dialogue = $1 and member = $2
		order by 1, 2, 3`, []any{id, m},
		func(scan scan) error {
			var k account.Mark
			err := scan(&k.Item, &k.Lang, &k.Mark)
			b.Marks = append(b.Marks, k)
			return err
		})
}
