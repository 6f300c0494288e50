package store

import (
	"context"
	"errors"
	"fmt"

	"parley/dialogue"
	"parley/writing"
)

// Reading is what a member's copy of a thread differs by from everybody else's.
type Reading struct {
	Marks map[writing.ID][]writing.Reaction
	Rated map[RatedText]int // 1: true to the original, -1: not
	Level string            // at which they follow what the thread is about; a notice.Level, or empty
	Draft *writing.Draft    // the comment that they began under it
	Apart bool              // they read things that others do not: pages are theirs alone
}

// RatedText is one translation.
type RatedText struct {
	Item writing.ID
	Lang string
}

// Reading asks about the contributions from one number to another, and about the
// thing that they stand under. It asks nothing of a right to read: whoever calls
// it has let the member in.
func (s *Store) Reading(ctx context.Context, id dialogue.ID, m dialogue.MemberID, under, from, to writing.ID) (Reading, error) {
	out := Reading{Marks: map[writing.ID][]writing.Reaction{}, Rated: map[RatedText]int{}}
	if m == "" {
		return out, nil
	}
	var bad error
	err := s.reading(ctx, []any{id, m, int64(under), int64(from), int64(to), fmt.Sprintf("comment:%d", int64(under))}, func(what string, item writing.ID, word string, good int) {
		switch what {
		case "mark":
			out.Marks[item] = append(out.Marks[item], writing.Reaction(word))
		case "rated":
			out.Rated[RatedText{item, word}] = 2*good - 1
		case "draft":
			out.Draft, bad = draftRow(word, int64(item))
		case "level":
			out.Level = word
		default:
			out.Apart = true
		}
	})
	if err = errors.Join(err, bad); err != nil {
		return Reading{}, fmt.Errorf("read what is a member's own in %s: %w", id, err)
	}
	return out, nil
}

func draftRow(fields string, savedAt int64) (*writing.Draft, error) {
	d := &writing.Draft{SaveAt: moment(savedAt)}
	return d, (*text)(&d.Fields).Scan(fields)
}

// reading asks all of it with one query, prepared once, since every page of
// everybody who is signed in asks.
func (s *Store) reading(ctx context.Context, args []any, row func(what string, item writing.ID, word string, good int)) error {
	statement, err := s.points.prepare(ctx, s.readers, `
		select 'mark', item, mark, 0
		from reaction
		where dialogue = $1 and member = $2 and (item between $4 and $5 or item = $3)
		union all
		select 'rated', item, lang, good
		from translation_rating
		where dialogue = $1 and member = $2 and (item between $4 and $5 or item = $3)
		union all
		select 'level', item, level, 0
		from follow
		where dialogue = $1 and member = $2 and item = $3
		union all
		select 'draft', saved_at, fields, 0
		from draft
		where dialogue = $1 and member = $2 and place = $6
		union all
		select 'apart', id, '', 0
		from contribution
		where dialogue = $1 and member = $2 and state <> 'shown'
		union all
		select 'apart', item, '', 0
		from translation
		where dialogue = $1 and member = $2 and hidden = 1`)
	if err != nil {
		return err
	}
	rows, err := statement.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var what, word string
		var item int64
		var good int
		if err := rows.Scan(&what, &item, &word, &good); err != nil {
			return err
		}
		row(what, writing.ID(item), word, good)
	}
	return rows.Err()
}
