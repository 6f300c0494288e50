package store

import (
	"context"
	"crypto/rand"
	"slices"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/opinion"
	"parley/writing"
)

// Serve picks the statement that the actor should answer next; under nil: of the
// whole dialogue; after: not that one. What was answered on a statement's own page
// comes too, so that it may count. fault.Missing with the key
// "opinion.all-answered" where none is left. It writes nothing.
func (s *Store) Serve(ctx context.Context, actor account.PersonID, id dialogue.ID, under *opinion.Place, after writing.ID, now time.Time) (card *opinion.Card, err error) {
	err = s.readRoom(ctx, actor, id, dialogue.Vote, func(r room) error {
		f, err := r.facts(r.who.Member, false)
		if err != nil {
			return err
		}
		voter := opinion.Voter{Sides: f.Sides, Neutral: f.Neutral, Opinions: f.Opinions, Group: f.Group()}
		if err := voter.MayAnswer(); err != nil {
			return err
		}
		open, all, err := r.unanswered(voter.Group, under)
		if err != nil {
			return err
		}
		n, ok := opinion.Next(r.who.Member, open, after, now)
		if !ok {
			return fault.New(fault.Missing, "opinion.all-answered", "there is nothing left to answer")
		}
		list, err := r.loadStatements([]writing.ID{n})
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return opinion.NoStatement(n)
		}
		token := opinion.Serve(s.key(tokens), id, n, r.who.Member, rand.Text(), now)
		card = &opinion.Card{
			Statement: list[0], Token: token, At: all - len(open) + 1, Of: all, Left: len(open), Sides: voter.Others(r.d.Dialogue),
		}
		return nil
	})
	return card, wrapped("pick a statement to answer", err)
}

// unanswered is what the router may know of the open statements that the actor
// has not answered by the card, and how many open ones there are.
func (r room) unanswered(g opinion.Group, under *opinion.Place) (open []opinion.Exposure, all int, err error) {
	place := opinion.Place{}
	if under != nil {
		place = *under
	}
	w := &series{c: r.conn}
	w.each(`
		select s.item, coalesce(v.counts, 0), coalesce(t.agree + t.disagree + t.passed, 0)
		from statement s
		join contribution c on c.dialogue = s.dialogue and c.id = s.item
		left join vote v on v.dialogue = s.dialogue and v.item = s.item and v.member = $2 and v.choice <> ''
		left join told t on t.dialogue = s.dialogue and t.item = s.item and t.grp = $3
		where s.dialogue = $1 and c.state = 'shown' and s.closed = 0 and ($4 = 0 or s.under = $5 and s.table_option = $6)
		order by s.item`, []any{r.id, r.who.Member, string(g), int64(one(under != nil)), int64(place.Item), place.Option},
		func(scan scan) error {
			e := opinion.Exposure{Width: 1}
			var answered bool
			err := scan(&e.Statement, (*flag)(&answered), &e.Used)
			e.Used -= e.Used % opinion.Step
			all++
			if !answered {
				open = append(open, e)
			}
			return err
		})
	widest := map[writing.ID]int{}
	w.each(`
		select item, high - low
		from told t
		join side s on s.dialogue = t.dialogue and s.id = t.grp
		where t.dialogue = $1`, []any{r.id},
		func(scan scan) error {
			var n writing.ID
			var width int
			err := scan(&n, &width)
			widest[n] = max(widest[n], width)
			return err
		})
	for i := range open {
		if width, told := widest[open[i].Statement]; told {
			open[i].Width = float64(width) / million
		}
	}
	return slices.Clip(open), all, w.err
}
