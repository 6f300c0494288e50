package demo_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"parley/account"
	"parley/demo"
	"parley/dialogue"
	"parley/dossier"
	"parley/examples"
	"parley/forum"
	"parley/moderation"
	"parley/opinion"
	"parley/store"
	"parley/store/storetest"
)

// What of all this is drawn differs a little from run to run, because members'
// ids are random and statements are served by them: the bounds leave room.

// talked is a house in which everything has been said.
type talked struct {
	*testing.T
	*store.Store
	ctx    context.Context
	people map[string]account.PersonID
}

func talk(t *testing.T) *talked {
	t.Helper()
	s := storetest.Open(t, storetest.SQLite(t))
	guests := filled(t, s)
	began := time.Now()
	if err := demo.Talk(context.Background(), s, guests, now); err != nil {
		t.Fatal(err)
	}
	t.Logf("filled in %v", time.Since(began).Round(time.Millisecond))
	x := &talked{T: t, Store: s, ctx: context.Background(), people: map[string]account.PersonID{}}
	for _, g := range guests {
		x.people[g.Key] = g.Person
	}
	return x
}

func (x *talked) must(err error) {
	x.Helper()
	if err != nil {
		x.Fatal(err)
	}
}

// TestEveryPageHasSomethingToShow asks, as guests and strangers do, for what the
// pages show.
func TestEveryPageHasSomethingToShow(t *testing.T) {
	x := talk(t)
	t.Run("forum", x.forum)
	t.Run("opinion", x.opinion)
	t.Run("moderation", x.moderation)
	t.Run("own", x.own)
	t.Run("2009", x.nothingOfTheWorld)
	t.Run("crowd", x.crowd)
}

func (x *talked) forum(t *testing.T) {
	status := map[forum.Status]int{}
	problems, err := x.Problems(x.ctx, "", demo.Dialogue, forum.Filter{})
	x.must(err)
	actions, err := x.Actions(x.ctx, "", demo.Dialogue, forum.Filter{})
	x.must(err)
	comments, marks := 0, 0
	for _, l := range append(problems, actions...) {
		status[l.Status]++
		comments += l.Comments
		for _, n := range l.Counts {
			marks += n
		}
	}
	if len(problems) < 12 || len(actions) < 20 || comments < 80 || marks < 50 {
		t.Errorf("%d problems, %d actions, %d comments, %d marks", len(problems), len(actions), comments, marks)
	}
	for _, s := range forum.Statuses {
		if status[s] == 0 {
			t.Errorf("nothing is %s: %v", s, status)
		}
	}
	for _, lang := range []string{"en", "ru"} {
		waiting, err := x.Untranslated(x.ctx, x.people["interpreter"], demo.Dialogue, lang, 50)
		x.must(err)
		if len(waiting) < 2 {
			t.Errorf("only %d texts wait for a translation into %s", len(waiting), lang)
		}
	}
	found, err := x.Search(x.ctx, "", demo.Dialogue, forum.Query{Words: "рыба"}, "ru")
	x.must(err)
	if len(found.Hits) < 5 {
		t.Errorf("only %d hits", len(found.Hits))
	}
}

func (x *talked) opinion(t *testing.T) {
	var all []opinion.Statement
	var f opinion.Filter
	for ; ; f.After = all[len(all)-1].ID {
		page, err := x.Statements(x.ctx, "", demo.Dialogue, f)
		x.must(err)
		if len(page) == 0 {
			break
		}
		all = append(all, page...)
	}
	told, ground, gaps, answers := 0, 0, 0, 0
	groups := map[opinion.Group]int{}
	for _, s := range all {
		if s.Told == nil {
			continue
		}
		told++
		gaps += len(s.Told.Gaps)
		if s.Told.Ground >= 0.5 {
			ground++
		}
		for _, g := range s.Told.Groups {
			groups[g.Group]++
			answers += g.N
		}
	}
	t.Logf("%d statements, %d told, %d on common ground, %d gaps, %d answers told, %v", len(all), told, ground, gaps, answers, groups)
	for _, g := range []opinion.Group{opinion.Several, opinion.None, opinion.Newcomer} {
		if groups[g] < 3 {
			t.Errorf("%d statements tell of %s", groups[g], g)
		}
	}
	if len(all) < 40 || told < 35 || told == len(all) || ground < 6 || ground > 30 || gaps < 100 || answers < 1200 {
		t.Error("too little to show, or too much")
	}
	knowing, err := x.Knowing(x.ctx, "", demo.Dialogue)
	x.must(err)
	worse, right := 0, 0
	for _, p := range knowing.Pairs {
		worse, right = worse+p.Worse, right+p.Right
	}
	if len(knowing.Pairs) != 6 || worse < 6 || right < 20 {
		t.Errorf("%d pairs, %d worse, %d right", len(knowing.Pairs), worse, right)
	}
	support, err := x.Support(x.ctx, "", demo.Dialogue)
	x.must(err)
	if len(support) < 4 {
		t.Errorf("statements under %d options", len(support))
	}
	for _, key := range []string{"member-KE", "member-BR", "member-OS"} {
		card, err := x.Serve(x.ctx, x.people[key], demo.Dialogue, nil, 0, now)
		x.must(err)
		if card.Left < 10 {
			t.Errorf("%s has only %d left to answer", key, card.Left)
		}
		own, err := x.MyVotes(x.ctx, x.people[key], demo.Dialogue, 0, 50)
		x.must(err)
		if len(own.Lines) < 3 {
			t.Errorf("%s has answered only %d", key, len(own.Lines))
		}
	}
}

func (x *talked) moderation(t *testing.T) {
	log, err := x.ModerationLog(x.ctx, "", demo.Dialogue, 0, 50)
	x.must(err)
	var open, hidden, kept, reversed, upheld, sanctioned int
	for _, l := range log {
		switch {
		case l.Decision == nil:
			open++
		case l.Decision.Verdict == moderation.Hide:
			hidden++
		default:
			kept++
		}
		if l.Decision != nil && l.Decision.Sanction != nil {
			sanctioned++
		}
		if l.Appeal != nil && l.Appeal.Decision != nil {
			if l.Appeal.Decision.Verdict == moderation.Keep {
				reversed++
			} else {
				upheld++
			}
		}
	}
	if open != 1 || hidden < 4 || kept < 8 || reversed != 1 || upheld != 1 || sanctioned != 1 {
		t.Errorf("%d open, %d hidden, %d kept, %d reversed, %d upheld, %d sanctioned", open, hidden, kept, reversed, upheld, sanctioned)
	}
	queue, err := x.Queue(x.ctx, x.people["moderator"], demo.Dialogue, "", 0, 50)
	x.must(err)
	if len(queue) != 1 {
		t.Errorf("%d wait", len(queue))
	}
	balance, err := x.Balance(x.ctx, "", demo.Dialogue, now)
	x.must(err)
	told := 0
	for _, s := range balance.Sides {
		if s.Cases > 0 {
			told++
		}
	}
	if told != 3 {
		t.Errorf("the balance is told of %d sides: %+v", told, balance.Sides)
	}
}

func (x *talked) own(t *testing.T) {
	for more := true; more; {
		var err error
		more, err = x.SpreadNotices(x.ctx, 1000, now)
		x.must(err)
	}
	for _, key := range []string{"member-KE", "member-BR", "member-OS"} {
		list, err := x.Notices(x.ctx, x.people[key], "en", 0, 50)
		x.must(err)
		follows, err := x.Following(x.ctx, x.people[key], demo.Dialogue)
		x.must(err)
		if len(list) < 3 || len(follows) < 2 {
			t.Errorf("%s has %d notices and follows %d", key, len(list), len(follows))
		}
	}
	drafts, err := x.Drafts(x.ctx, x.people["member-KE"], demo.Dialogue)
	x.must(err)
	if len(drafts) != 1 {
		t.Errorf("%d drafts", len(drafts))
	}
}

// nothingOfTheWorld: in no other dialogue of a demonstration has anybody said
// anything, or joined.
func (x *talked) nothingOfTheWorld(t *testing.T) {
	others := 0
	for _, e := range examples.All() {
		d, err := dossier.Read(e.Name, e.Data)
		x.must(err)
		id := d.Dialogue.ID
		if id == demo.Dialogue {
			continue
		}
		others++
		problems, err := x.Problems(x.ctx, "", id, forum.Filter{})
		x.must(err)
		actions, err := x.Actions(x.ctx, "", id, forum.Filter{})
		x.must(err)
		statements, err := x.Statements(x.ctx, "", id, opinion.Filter{})
		x.must(err)
		thread, err := x.Thread(x.ctx, "", id, 0, forum.ByTime, 1, 0)
		x.must(err)
		log, err := x.ModerationLog(x.ctx, "", id, 0, 10)
		x.must(err)
		last, err := x.LastEvent(x.ctx, "", id)
		x.must(err)
		if len(problems)+len(actions)+len(statements)+len(thread.Comments)+len(log) > 0 || last != 0 {
			t.Errorf("%s: %d problems, %d actions, %d statements, %d comments, %d cases, %d events", id, len(problems), len(actions), len(statements), len(thread.Comments), len(log), last)
		}
	}
	if others == 0 {
		t.Error("there is no other dialogue")
	}
}

// crowd: ninety and more, thirty of each side.
func (x *talked) crowd(t *testing.T) {
	members, err := x.Members(x.ctx, x.people["convener"], demo.Dialogue, "", 200)
	x.must(err)
	of := map[dialogue.SideID]int{}
	several, none := 0, 0
	for _, m := range members {
		if _, counted := m.Counted(); counted {
			of[m.Sides[0]]++
		} else if len(m.Sides) > 1 {
			several++
		} else if !m.Neutral() && !m.Observer {
			none++
		}
	}
	for side, n := range of {
		if n < 30 {
			t.Errorf("%d of %s", n, side)
		}
	}
	if len(members) < 90 || len(of) != 3 || several < 10 || none < 10 {
		t.Errorf("%d members, %v, %d of several sides, %d of none", len(members), of, several, none)
	}
}

// TestTalkStopsWhenAsked: the demonstration may be stopped while it fills.
func TestTalkStopsWhenAsked(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	guests := filled(t, s)
	ctx, stop := context.WithCancel(context.Background())
	time.AfterFunc(50*time.Millisecond, stop)
	if err := demo.Talk(ctx, s, guests, now); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
