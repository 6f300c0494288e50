package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/account"
	"parley/deal"
	"parley/dialogue"
	"parley/fault"
	"parley/interest"
	"parley/opinion"
	"parley/writing"
)

// ProposeStatement adds a statement.
func (s *Store) ProposeStatement(ctx context.Context, actor account.PersonID, id dialogue.ID, n opinion.NewStatement, now time.Time) (number writing.ID, err error) {
	if err = n.Check(); err == nil && n.Under.Option != "" {
		err = s.hasOption(ctx, id, n.Under.Option)
	}
	if err == nil {
		lookAhead(writing.Words{Kind: writing.Statement, Lang: n.Lang, Title: n.Title, Body: n.Body, Tags: n.Tags})
		number, err = once(number, s.inRoom(ctx, actor, id, dialogue.Write, func(r room) error {
			number, err = r.propose(n, now)
			return err
		}))
	}
	return number, wrapped("propose a statement", err)
}

// hasOption is fault.Invalid where the table of the dialogue has no such option:
// "topic/option", as options are derived or written.
func (s *Store) hasOption(ctx context.Context, id dialogue.ID, option string) error {
	d, err := s.Dossier(ctx, id)
	if err != nil {
		return err
	}
	topic, name, _ := strings.Cut(option, "/")
	if !slices.Contains(deal.OptionIDs(d.Input())[interest.TopicID(topic)], name) {
		return fault.New(fault.Invalid, "opinion.option", "the table has no option %q", option)
	}
	return nil
}

func (r room) propose(n opinion.NewStatement, now time.Time) (writing.ID, error) {
	if n.Under.Item != 0 {
		above, err := r.readable(n.Under.Item)
		if err != nil || above.state != writing.Shown || above.kind != writing.Problem && above.kind != writing.Action {
			return 0, fault.New(fault.Invalid, "opinion.not-under", "#%d is no problem or action under which a statement can stand", n.Under.Item)
		}
	}
	c := writing.Contribution{Kind: writing.Statement, Lang: n.Lang, Title: n.Title, Body: n.Body, Tags: n.Tags}
	number, state, err := r.keep(c, 0, now)
	if err != nil {
		return 0, err
	}
	if _, err := r.exec(`
		insert into statement (dialogue, item, under, table_option, closed, told_at, ground)
		values ($1, $2, $3, $4, 0, 0, 0)`, r.id, int64(number), int64(n.Under.Item), n.Under.Option); err != nil {
		return 0, err
	}
	return number, r.enterForum(number, state, now)
}

// statementsUnder counts the statements that others may read under problems and
// actions.
func (r room) statementsUnder(ns []writing.ID) (map[writing.ID]int, error) {
	out := map[writing.ID]int{}
	err := r.each(`
		select s.under, count(1)
		from statement s
		join contribution c on c.dialogue = s.dialogue and c.id = s.item
		where s.dialogue = $1 and c.state = 'shown' and s.under in (`+numbers(ns)+`) and s.under > 0
		group by s.under`, []any{r.id},
		func(scan scan) error {
			var n writing.ID
			var count int
			err := scan(&n, &count)
			out[n] = count
			return err
		})
	return out, err
}

// Statements is one page of the statements.
func (s *Store) Statements(ctx context.Context, actor account.PersonID, id dialogue.ID, f opinion.Filter) (list []opinion.Statement, err error) {
	err = s.readRoom(ctx, actor, id, dialogue.Read, func(r room) error {
		ns, err := r.pickStatements(f)
		if err == nil {
			list, err = r.loadStatements(ns)
		}
		return err
	})
	return list, wrapped(fmt.Sprintf("list the statements of %s", id), err)
}

// MostStatements is the longest page of statements.
const MostStatements = 50

// pickStatements are the numbers of one page, in its order. All that may be seen
// are put in order and cut: a dialogue has hundreds.
func (r room) pickStatements(f opinion.Filter) ([]writing.ID, error) {
	place := opinion.Place{}
	if f.Under != nil {
		place = *f.Under
	}
	type line struct {
		n        writing.ID
		ground   int
		answers  int // as far as they are told
		answered int
	}
	var list []line
	err := r.each(`
		select s.item, s.ground,
			(select coalesce(sum(t.agree + t.disagree + t.passed), 0) from told t where t.dialogue = s.dialogue and t.item = s.item),
			(select count(1) from vote v where v.dialogue = s.dialogue and v.item = s.item and v.member = $2 and v.choice <> '')
		from statement s
		join contribution c on c.dialogue = s.dialogue and c.id = s.item
		where s.dialogue = $1 and (c.state = 'shown' or c.member = $2 and c.state <> 'removed')
			and ($3 = 0 or s.under = $4 and s.table_option = $5)
			and ($6 = '' or exists (select 1 from tag g where g.dialogue = s.dialogue and g.item = s.item and g.word = $6))
		order by s.item desc`,
		[]any{r.id, string(r.who.Member), int64(one(f.Under != nil)), int64(place.Item), place.Option, f.Tag},
		func(scan scan) error {
			var l line
			err := scan(&l.n, &l.ground, &l.answers, &l.answered)
			list = append(list, l)
			return err
		})
	if err != nil {
		return nil, err
	}
	if f.Order == "ground" || f.Order == "answers" {
		// The place in the order would tell what is kept from who has still to answer.
		var all []writing.ID
		for _, l := range list {
			all = append(all, l.n)
		}
		answers, others, err := r.loadAnswers(all)
		if err != nil {
			return nil, err
		}
		for i, l := range list {
			if a := answers[l.n]; answers != nil && !a.Sees(others) {
				list[i].ground, list[i].answers = 0, 0
			}
		}
	}
	slices.SortStableFunc(list, func(a, b line) int {
		switch f.Order {
		case "ground":
			return cmp.Compare(b.ground, a.ground)
		case "answers":
			return cmp.Compare(b.answers, a.answers)
		case "mine-open":
			return cmp.Compare(a.answered, b.answered)
		}
		return 0
	})
	if f.After != 0 {
		at := slices.IndexFunc(list, func(l line) bool { return l.n == f.After })
		list = list[at+1:] // from the beginning where it stands there no more
	}
	var ns []writing.ID
	for _, l := range list[:min(atMost(f.Limit, MostStatements), len(list))] {
		ns = append(ns, l.n)
	}
	return ns, err
}

// Statement is one statement as the actor may see it. What is told of it is
// kept from a voter who has still to answer or to say what they expect.
func (s *Store) Statement(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID) (out *opinion.Statement, err error) {
	err = s.readRoom(ctx, actor, id, dialogue.Read, func(r room) error {
		out, err = r.loadStatement(n)
		return err
	})
	return out, wrapped(fmt.Sprintf("read statement %d of %s", n, id), err)
}

func (r room) loadStatement(n writing.ID) (*opinion.Statement, error) {
	list, err := r.loadStatements([]writing.ID{n})
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, opinion.NoStatement(n)
	}
	return &list[0], nil
}

// loadStatements reads statements as the actor may see them, in the order of the
// numbers.
func (r room) loadStatements(ns []writing.ID) ([]opinion.Statement, error) {
	if len(ns) == 0 {
		return nil, nil
	}
	items, err := r.loadItems(ns)
	if err != nil {
		return nil, err
	}
	at := map[writing.ID]*opinion.Statement{}
	if err := r.each(`
		select s.item, s.under, s.table_option, s.closed,
			(select count(1) from contribution k where k.dialogue = s.dialogue and k.root = s.item and k.kind = 'comment' and k.state = 'shown')
		from statement s
		where s.dialogue = $1 and s.item in (`+numbers(ns)+`)`, []any{r.id},
		func(scan scan) error {
			s := &opinion.Statement{}
			err := scan(&s.ID, &s.Under.Item, &s.Under.Option, (*flag)(&s.Closed), &s.Comments)
			at[s.ID] = s
			return err
		}); err != nil {
		return nil, err
	}
	told, err := r.loadTold(slices.Min(ns), slices.Max(ns))
	if err != nil {
		return nil, err
	}
	answers, others, err := r.loadAnswers(ns)
	if err != nil {
		return nil, err
	}
	var list []opinion.Statement
	for _, n := range ns {
		s, c := at[n], items[n]
		if s == nil || c.ID == 0 {
			continue
		}
		s.Contribution, s.Told = c, told[n]
		if answers != nil {
			s.Mine = answers[n]
			if s.Mine == nil {
				s.Mine = &opinion.Answer{}
			}
			if s.Told != nil && !s.Mine.Sees(others) {
				s.Told, s.Kept = nil, true
			}
		}
		list = append(list, *s)
	}
	return list, nil
}

// loadAnswers reads the actor's own answers, and of which sides they are asked
// what they expect; nil where the actor is no voter.
func (r room) loadAnswers(ns []writing.ID) (map[writing.ID]*opinion.Answer, []dialogue.SideID, error) {
	if !r.who.Inside() || r.who.Observer || serves(r.who.Grants) {
		return nil, nil, nil
	}
	may := 0
	if _, err := r.one(`
		select count(1)
		from consent
		where dialogue = $1 and member = $2 and tick = 'opinions' and withdrawn_at = 0`, []any{r.id, r.who.Member}, &may); err != nil || may == 0 {
		return nil, nil, err
	}
	out, err := r.ownAnswers(ns)
	return out, opinion.Voter{Sides: r.who.Sides}.Others(r.d.Dialogue), err
}

// ownAnswers reads what the actor answered and expects, an empty answer where
// nothing.
func (r room) ownAnswers(ns []writing.ID) (map[writing.ID]*opinion.Answer, error) {
	w := &series{c: r.conn}
	votes, guesses := map[writing.ID]*kept{}, map[writing.ID][]guessed{}
	w.each(`
		select `+keptColumns+`, item
		from vote
		where dialogue = $1 and member = $2 and choice <> '' and item in (`+numbers(ns)+`)`, []any{r.id, r.who.Member},
		func(scan scan) error {
			var n writing.ID
			k, err := scanKept(scan, &n)
			votes[n] = &k
			return err
		})
	w.each(`
		select about, of10, said_at, item
		from expectation
		where dialogue = $1 and member = $2 and of10 > -2 and item in (`+numbers(ns)+`)
		order by item, about`, []any{r.id, r.who.Member},
		func(scan scan) error {
			var n writing.ID
			var at int64
			var g guessed
			err := scan(&g.about, &g.of10, &at, &n)
			g.at = moment(at)
			guesses[n] = append(guesses[n], g)
			return err
		})
	out := map[writing.ID]*opinion.Answer{}
	for _, n := range ns {
		a := answerOf(votes[n], guesses[n])
		out[n] = &a
	}
	return out, w.err
}

// CloseStatement ends the answering, or begins it again. Nothing is told by it.
func (s *Store) CloseStatement(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, closed bool, now time.Time) error {
	err := s.inRoom(ctx, actor, id, dialogue.Steer, func(r room) error {
		changed, err := r.exec(`
			update statement
			set closed = $3
			where dialogue = $1 and item = $2 and closed <> $3`, id, int64(n), flag(closed))
		if err != nil || changed == 0 {
			if err == nil {
				_, err = r.loadStatement(n)
			}
			return err
		}
		what := "statement-opened"
		if closed {
			what = "statement-closed"
		}
		return note(r.conn, id, r.who, dialogue.Steer, what, map[string]string{"Number": fmt.Sprint(n)}, now)
	})
	return wrapped("close a statement", err)
}
