package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"parley/account"
	"parley/dialogue"
)

// Entrance is a dialogue as somebody at its door finds it: enough to decide what
// they may do, and to show the card before joining.
type Entrance struct {
	dialogue.Configured
	Standing    dialogue.Standing
	Declaration dialogue.Declaration // the newest; Version 0: there is none
	Invitation  *dialogue.Invitation // the one whose secret was given, where it is good
}

// Entrance is fault.Missing where there is no dialogue. It decides nothing:
// dialogue.May does. It writes nothing.
func (s *Store) Entrance(ctx context.Context, id dialogue.ID, actor account.PersonID, invitation string, now time.Time) (e Entrance, err error) {
	if invitation == "" {
		if h, st, ok := s.memory.recall(id, actor); ok {
			return Entrance{Configured: h.Configured, Standing: st, Declaration: h.declaration}, nil
		}
	}
	generation := s.Generation()
	err = s.read(ctx, func(c conn) error {
		if e.Standing, e.Configured, err = standing(c, id, actor); err != nil {
			return err
		}
		if e.Declaration, err = newestDeclaration(c, id); err != nil {
			return err
		}
		e.Invitation, err = goodInvitation(c, id, invitation, now)
		e.Standing.Invited = e.Invitation != nil
		return err
	})
	if err != nil {
		return Entrance{}, fmt.Errorf("come to the door of %s: %w", id, err)
	}
	if invitation == "" {
		s.memory.keep(generation, id, actor, hall{e.Configured, e.Declaration}, e.Standing)
	}
	return e, nil
}

// standing is what the actor is to the dialogue, read inside a deed or a read.
// An account that is gone is nobody.
func standing(c conn, id dialogue.ID, actor account.PersonID) (st dialogue.Standing, d dialogue.Configured, err error) {
	if d, err = loadConfigured(c, id); err != nil {
		return st, d, err
	}
	st.SignedIn, err = c.one(`
		select p.owner, coalesce(m.id, ''), coalesce(m.state, ''), coalesce(m.observer, 0),
			(select coalesce(max(a.version), 0) from agreement a where a.dialogue = m.dialogue and a.member = m.id),
			(select coalesce(max(n.version), 0) from declaration n where n.dialogue = $1)
		from person p
		left join member m on m.person = p.id and m.dialogue = $1
		where p.id = $2`, []any{id, actor},
		(*flag)(&st.Owner), &st.Member, &st.State, (*flag)(&st.Observer), &st.Agreed, &st.Current)
	if err != nil || st.Member == "" {
		return st, d, err
	}
	err = loadPlace(c, id, &st)
	return st, d, err
}

// allowed is standing after dialogue.May has agreed to the verb: how every deed
// of a dialogue begins.
func allowed(c conn, id dialogue.ID, actor account.PersonID, do dialogue.Verb) (st dialogue.Standing, d dialogue.Configured, err error) {
	if st, d, err = standing(c, id, actor); err != nil {
		return st, d, err
	}
	return st, d, dialogue.May(st, do, d.Dialogue)
}

// inBooth is inRoom for a deed that touches nothing but what is the actor's own,
// as an answer is: others go on meanwhile, and what the actor is to the dialogue
// need not be read where it is known.
func (s *Store) inBooth(ctx context.Context, actor account.PersonID, id dialogue.ID, do dialogue.Verb, deed func(r room) error) error {
	return s.writeLight(ctx, func(c conn) error {
		who, d, err := s.known(c, id, actor)
		if err == nil {
			err = dialogue.May(who, do, d.Dialogue)
		}
		if err != nil {
			return err
		}
		return deed(room{c, id, actor, who, d})
	})
}

// known is standing inside a deed, from memory where that holds.
func (s *Store) known(c conn, id dialogue.ID, actor account.PersonID) (dialogue.Standing, dialogue.Configured, error) {
	if !c.weight.fresh {
		return standing(c, id, actor)
	}
	if h, st, ok := s.memory.recall(id, actor); ok {
		return st, h.Configured, nil
	}
	generation := s.Generation()
	st, d, err := standing(c, id, actor)
	if err != nil {
		return st, d, err
	}
	newest, err := newestDeclaration(c, id)
	if err == nil {
		s.memory.keep(generation, id, actor, hall{d, newest}, st)
	}
	return st, d, err
}

// room is what a deed inside a dialogue knows from its beginning.
type room struct {
	conn
	id    dialogue.ID
	actor account.PersonID
	who   dialogue.Standing
	d     dialogue.Configured
}

// inRoom runs a deed of the actor for which dialogue.May must agree to the verb,
// with all other deeds of the dialogue kept away.
func (s *Store) inRoom(ctx context.Context, actor account.PersonID, id dialogue.ID, do dialogue.Verb, deed func(r room) error) error {
	return s.write(ctx, func(c conn) error {
		if err := lockDialogue(c, id); err != nil {
			return err
		}
		who, d, err := allowed(c, id, actor, do)
		if err != nil {
			return err
		}
		return deed(room{c, id, actor, who, d})
	})
}

// newestDeclaration has version 0 where there is none.
func newestDeclaration(c conn, id dialogue.ID) (d dialogue.Declaration, err error) {
	var made int64
	_, err = c.one(`
		select version, text, made_at
		from declaration
		where dialogue = $1
		order by version desc
		limit 1`, []any{id}, &d.Version, (*text)(&d.Text), &made)
	d.MadeAt = maybeMoment(made)
	return d, err
}

// loadPlace adds the member's sides and grants, with one query since every page of
// a dialogue asks.
func loadPlace(c conn, id dialogue.ID, st *dialogue.Standing) error {
	err := c.each(`
		select '', side
		from member_side
		where dialogue = $1 and member = $2
		union all
		select role, coalesce(side, '')
		from role_grant
		where dialogue = $1 and member = $2`, []any{id, st.Member},
		func(scan scan) error {
			var g dialogue.Grant
			err := scan(&g.Role, &g.Side)
			if g.Role == "" {
				st.Sides = append(st.Sides, g.Side)
			} else {
				st.Grants = append(st.Grants, g)
			}
			return err
		})
	slices.Sort(st.Sides) // the engines disagree on the order of words
	dialogue.SortGrants(st.Grants)
	return err
}
