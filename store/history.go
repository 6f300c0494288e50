package store

import (
	"context"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/opinion"
	"parley/writing"
)

// MyVotes are the actor's own answers and expectations, the newest statements
// first. Where they switched their history off it lists nothing; the archive that
// they take home holds all of it still.
func (s *Store) MyVotes(ctx context.Context, actor account.PersonID, id dialogue.ID, after writing.ID, limit int) (out *opinion.History, err error) {
	err = s.readRoom(ctx, actor, id, dialogue.BeMember, func(r room) error {
		out = &opinion.History{}
		if out.On, err = r.keepsHistory(); err != nil || !out.On {
			return err
		}
		var ns []writing.ID
		if err := r.each(`
			select item
			from vote
			where dialogue = $1 and member = $2 and choice <> '' and ($3 = 0 or item < $3)
			order by item desc
			limit $4`, []any{id, r.who.Member, int64(after), atMost(limit, MostStatements)},
			func(scan scan) error {
				var n writing.ID
				err := scan(&n)
				ns = append(ns, n)
				return err
			}); err != nil {
			return err
		}
		list, err := r.loadStatements(ns)
		if err != nil {
			return err
		}
		own, err := r.ownAnswers(ns)
		for _, st := range list {
			out.Lines = append(out.Lines, opinion.HistoryLine{Statement: st, Answer: *own[st.ID]})
		}
		return err
	})
	return out, wrapped("list one's own answers", err)
}

// KeepHistory switches the list of one's own answers on or off.
func (s *Store) KeepHistory(ctx context.Context, actor account.PersonID, id dialogue.ID, on bool, now time.Time) error {
	err := s.inBooth(ctx, actor, id, dialogue.BeMember, func(r room) error {
		if _, err := r.enterBooth(); err != nil {
			return err
		}
		_, err := r.exec(`
			update voter
			set history = $3
			where dialogue = $1 and member = $2`, id, r.who.Member, flag(on))
		return err
	})
	return wrapped("switch one's history", err)
}
