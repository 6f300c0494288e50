package store

import (
	"context"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/opinion"
	"parley/writing"
)

// Result is what may be shown to the actor after their answer: fault.Denied with
// the key "opinion.answer-first" before it.
func (s *Store) Result(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID) (out *opinion.Result, err error) {
	err = s.readRoom(ctx, actor, id, dialogue.Read, func(r room) error {
		st, err := r.loadStatement(n)
		if err != nil {
			return err
		}
		if st.Mine == nil || st.Mine.Choice == "" {
			return fault.New(fault.Denied, "opinion.answer-first", "answer the statement first")
		}
		told, err := r.loadTold(n, n)
		if err != nil {
			return err
		}
		reasons, err := r.sharedReasons(n, told[n])
		if err != nil {
			return err
		}
		history, err := r.keepsHistory()
		if err != nil {
			return err
		}
		side := dialogue.SideID("")
		if len(r.who.Sides) == 1 {
			side = r.who.Sides[0]
		}
		others := opinion.Voter{Sides: r.who.Sides}.Others(r.d.Dialogue)
		out = opinion.NewResult(*st, *st.Mine, side, others, told[n], reasons, history)
		return nil
	})
	return out, wrapped("show a result", err)
}

func (r room) keepsHistory() (on bool, err error) {
	on = true
	_, err = r.one(`
		select history
		from voter
		where dialogue = $1 and member = $2`, []any{r.id, string(r.who.Member)}, (*flag)(&on))
	return on, err
}

// Knowing is how well the sides know each other, by what is told. A voter sees
// there what they may see on the statements themselves.
func (s *Store) Knowing(ctx context.Context, actor account.PersonID, id dialogue.ID) (out *opinion.Knowing, err error) {
	err = s.readRoom(ctx, actor, id, dialogue.Read, func(r room) error {
		list, err := r.toldStatements(`
			select distinct g.item
			from told_gap g
			join contribution c on c.dialogue = g.dialogue and c.id = g.item
			where g.dialogue = $1 and c.state = 'shown'`)
		if err != nil {
			return err
		}
		k := opinion.Know(sideIDs(r.d.Dialogue), list)
		out = &k
		return nil
	})
	return out, wrapped("tell how well the sides know each other", err)
}

// toldStatements reads the statements that the query finds.
func (r room) toldStatements(query string) ([]opinion.Statement, error) {
	var ns []writing.ID
	if err := r.each(query, []any{r.id}, func(scan scan) error {
		var n writing.ID
		err := scan(&n)
		ns = append(ns, n)
		return err
	}); err != nil {
		return nil, err
	}
	return r.loadStatements(ns)
}

// Support is what is told of the statements under options of the table, by
// "topic/option".
func (s *Store) Support(ctx context.Context, actor account.PersonID, id dialogue.ID) (out map[string][]opinion.Support, err error) {
	err = s.readRoom(ctx, actor, id, dialogue.Read, func(r room) error {
		list, err := r.toldStatements(`
			select s.item
			from statement s
			join contribution c on c.dialogue = s.dialogue and c.id = s.item
			where s.dialogue = $1 and s.table_option <> '' and c.state = 'shown'
			order by s.item`)
		if err != nil {
			return err
		}
		out = map[string][]opinion.Support{}
		others := opinion.Voter{Sides: r.who.Sides}.Others(r.d.Dialogue)
		for _, st := range list {
			x := opinion.Support{Statement: st.Contribution, Told: st.Told != nil, Kept: st.Kept, Asked: st.Mine != nil && !st.Mine.Sees(others)}
			if st.Told != nil {
				for _, f := range st.Told.Groups {
					if _, is := r.d.Side(dialogue.SideID(f.Group)); is {
						x.Figures = append(x.Figures, f)
					}
				}
			}
			out[st.Under.Option] = append(out[st.Under.Option], x)
		}
		return nil
	})
	return out, wrapped("tell what members say about options", err)
}
