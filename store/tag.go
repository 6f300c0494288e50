package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"parley/account"
	"parley/dialogue"
)

// mostTags is how many words Tags lists.
const mostTags = 200

// Tags lists the words by which things are found, the most used first.
func (s *Store) Tags(ctx context.Context, actor account.PersonID, id dialogue.ID) (words []string, err error) {
	used := map[string]int{}
	err = s.readRoom(ctx, actor, id, dialogue.Read, func(r room) error {
		return r.each(`
			select g.word, count(1)
			from tag g
			join contribution c on c.dialogue = g.dialogue and c.id = g.item
			where g.dialogue = $1 and c.state = 'shown' and c.kind <> 'reason'
			group by g.word`, []any{id},
			func(scan scan) error {
				var word string
				var n int
				err := scan(&word, &n)
				words, used[word] = append(words, word), n
				return err
			})
	})
	if err != nil {
		return nil, fmt.Errorf("list the tags of %s: %w", id, err)
	}
	slices.SortFunc(words, func(a, b string) int { return cmp.Or(used[b]-used[a], cmp.Compare(a, b)) })
	return words[:min(len(words), mostTags)], nil
}
