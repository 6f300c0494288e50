package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/moderation"
	"parley/writing"
)

// MostCases is the longest page of the queue and of the public log.
const MostCases = 100

// Queue lists open cases, the longest waiting first, those after that number and
// of that kind (empty: all). While its author has withdrawn something it is left
// out.
func (s *Store) Queue(ctx context.Context, actor account.PersonID, id dialogue.ID, why moderation.Why, after int64, limit int) (cases []moderation.Case, err error) {
	err = s.readRoom(ctx, actor, id, dialogue.Moderate, func(r room) error {
		cases, err = r.loadCases(`
			where c.dialogue = $1 and `+waitingCase+` and ($2 = 0 or (c.since, c.number) > (
				select p.since, p.number
				from moderation_case p
				where p.dialogue = $1 and p.number = $2))
				and ($4 = '' or case c.state when 'appealed' then 'appealed' else c.why end = $4)
			order by c.since, c.number
			limit $3`, after, min(max(limit, 1), MostCases), string(why))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the queue of moderators of %s: %w", id, err)
	}
	return cases, nil
}

// waitingCase picks what waits for moderators.
const waitingCase = `c.state <> 'decided' and not exists (
				select 1
				from contribution w
				where w.dialogue = c.dialogue and w.id = c.item and w.state = 'withdrawn')`

// CasesWaiting counts what waits for moderators, and tells since when the oldest
// does.
func (s *Store) CasesWaiting(ctx context.Context, actor account.PersonID, id dialogue.ID) (n int, since time.Time, err error) {
	err = s.read(ctx, func(c conn) error {
		if _, _, err := allowed(c, id, actor, dialogue.Moderate); err != nil {
			return err
		}
		var oldest int64
		_, err := c.one(`
			select count(1), coalesce(min(c.since), 0)
			from moderation_case c
			where c.dialogue = $1 and `+waitingCase, []any{id}, &n, &oldest)
		since = maybeMoment(oldest)
		return err
	})
	if err != nil {
		return 0, time.Time{}, fmt.Errorf("count what waits for moderators of %s: %w", id, err)
	}
	return n, since, nil
}

// Case is one case, decided or not.
func (s *Store) Case(ctx context.Context, actor account.PersonID, id dialogue.ID, number int64) (c *moderation.Case, err error) {
	err = s.readRoom(ctx, actor, id, dialogue.Moderate, func(r room) error {
		cases, err := r.loadCases(`
			where c.dialogue = $1 and c.number = $2`, number)
		if err == nil && len(cases) == 0 {
			return noCase()
		}
		if err == nil {
			c = &cases[0]
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read case %d of %s: %w", number, id, err)
	}
	return c, nil
}

func noCase() error {
	return fault.New(fault.Missing, "moderation.missing", "there is no such case")
}

// lineArgs names a line of the public log in the journal.
func lineArgs(number int64) map[string]string {
	return map[string]string{"Number": strconv.FormatInt(number, 10)}
}

// docket is a case as its rows tell it.
type docket struct {
	moderation.Case
	state     string
	why       moderation.Why // for which it was opened
	side      string
	item      writing.ID
	decidedAt int64
	decisions []step
	appeals   map[int]*moderation.Appeal // by the step against which they are
	sanction  *moderation.Sanction
	reporters []dialogue.MemberID
	anew      bool // other words stand in the place of the translation by now
}

// step is a decision with its place.
type step struct {
	moderation.Decision
	number int
	appeal bool
}

// loadCases reads whole cases as moderators see them.
func (r room) loadCases(where string, args ...any) ([]moderation.Case, error) {
	list, err := r.keptCases(where, args...)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	panel, err := r.panel()
	if err != nil {
		return nil, err
	}
	if err := r.addWords(list); err != nil {
		return nil, err
	}
	var out []moderation.Case
	for _, k := range list {
		m := k.matter()
		m.Author = k.author()
		k.Barred = m.Barred(r.who.Member, panel)
		k.Mine = k.Barred != "" && k.Barred != "moderators-first"
		k.Nobody = k.state != "decided" && len(m.Able(panel)) == 0
		out = append(out, k.Case)
	}
	return out, nil
}

// addWords reads the contributions that cases are about.
func (r room) addWords(list []*docket) error {
	var items []writing.ID
	for _, k := range list {
		items = append(items, k.item)
	}
	read, err := r.loadContributions(items, loading{})
	if err != nil {
		return err
	}
	for _, k := range list {
		if l := read[k.item]; l != nil {
			k.Of, k.Root = l.Contribution, l.root
		}
	}
	return nil
}

// keptCases reads cases with their reports, decisions and appeals; a constant
// number of queries however many there are.
func (r room) keptCases(where string, args ...any) (list []*docket, err error) {
	by := map[int64]*docket{}
	var numbers []string
	err = r.each(`
		select c.number, c.item, c.lang, c.why, c.side, c.state, c.opened_at, c.since, c.decided_at
		from moderation_case c`+where, append([]any{r.id}, args...),
		func(scan scan) error {
			k := &docket{appeals: map[int]*moderation.Appeal{}}
			var opened, since int64
			err := scan(&k.Number, (*int64)(&k.item), &k.Lang, &k.Why, &k.side, &k.state, &opened, &since, &k.decidedAt)
			k.OpenedAt, k.Since = moment(opened), moment(since)
			by[k.Number], list = k, append(list, k)
			numbers = append(numbers, strconv.FormatInt(k.Number, 10))
			return err
		})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	if err := r.fillCases(by, strings.Join(numbers, ",")); err != nil {
		return nil, err
	}
	for _, k := range list {
		k.tell()
	}
	return list, nil
}

// fillCases adds what cases have several of. in is a list of whole numbers.
func (r room) fillCases(by map[int64]*docket, in string) error {
	s := &series{c: r.conn}
	s.each(`
		select number, reason, text, coalesce(member, ''), at
		from moderation_report
		where dialogue = $1 and number in (`+in+`)
		order by at`, []any{r.id},
		func(scan scan) error {
			var number, at int64
			var report moderation.Report
			var m dialogue.MemberID
			err := scan(&number, &report.Reason, &report.Text, &m, &at)
			report.At = moment(at)
			k := by[number]
			k.Reports = append(k.Reports, report)
			if m != "" {
				k.reporters = append(k.reporters, m)
			}
			return err
		})
	s.each(`
		select d.number, d.step, d.verdict, d.final, d.alone, d.appeal, d.reason, d.text, d.lang, coalesce(d.member, ''), coalesce(m.pseudonym, ''), d.role, d.at
		from moderation_decision d
		left join member m on m.dialogue = d.dialogue and m.id = d.member
		where d.dialogue = $1 and d.number in (`+in+`)
		order by d.number, d.step`, []any{r.id},
		func(scan scan) error {
			var number, at int64
			var d step
			var final bool
			err := scan(&number, &d.number, &d.Verdict, (*flag)(&final), (*flag)(&d.Alone), (*flag)(&d.appeal), &d.Reason, &d.Text, &d.Lang,
				&d.ByMember, &d.By, &d.Role, &at)
			d.At, d.Waits = moment(at), !final
			by[number].decisions = append(by[number].decisions, d)
			return err
		})
	s.each(`
		select number, step, text, at
		from moderation_appeal
		where dialogue = $1 and number in (`+in+`)`, []any{r.id},
		func(scan scan) error {
			var number, at int64
			var n int
			var a moderation.Appeal
			err := scan(&number, &n, &a.Text, &at)
			a.At = moment(at)
			by[number].appeals[n] = &a
			return err
		})
	s.each(`
		select number, member, until
		from moderation_sanction
		where dialogue = $1 and number in (`+in+`)`, []any{r.id},
		func(scan scan) error {
			var until int64
			var sanction moderation.Sanction
			err := scan(&sanction.Case, &sanction.Member, &until)
			sanction.Until = moment(until)
			by[sanction.Case].sanction = &sanction
			return err
		})
	return s.err
}

// tell puts decisions and appeals where readers look for them.
func (k *docket) tell() {
	for i := range k.decisions {
		d := &k.decisions[i]
		if d.appeal {
			if k.Appeal != nil {
				k.Appeal.Decision = &d.Decision
			}
			continue
		}
		if k.Decision != nil {
			k.Earlier = append(k.Earlier, *k.Decision)
		}
		k.Decision = &d.Decision
		if a := k.appeals[d.number]; a != nil {
			k.Appeal = a
		}
	}
	if k.sanction != nil && k.Decision != nil && k.Decision.Verdict != moderation.Keep {
		k.Decision.Sanction = k.sanction
	}
	if k.why = k.Why; k.state == "appealed" {
		k.Why = moderation.Appealed
	}
}

// matter is the case for whoever decides, but for its author.
func (k *docket) matter() moderation.Matter {
	m := moderation.Matter{Reporters: k.reporters, Decided: k.state == "decided", Appealed: k.state == "appealed"}
	for _, d := range k.decisions {
		m.Decisions = append(m.Decisions, d.Decision)
	}
	return m
}

// author is who wrote what the case is about: the original or the translation.
func (k *docket) author() dialogue.MemberID {
	if k.Lang == "" {
		return k.Of.Author.Member
	}
	if t := k.Of.In(k.Lang); t != nil && !t.At.After(k.OpenedAt) {
		return t.By.Member
	}
	return ""
}

// panel is who may moderate now.
func (r room) panel() (p moderation.Panel, err error) {
	if p.Moderators, err = holders(r.conn, r.id, dialogue.Moderator); err != nil {
		return p, err
	}
	p.Conveners, err = holders(r.conn, r.id, dialogue.Convener)
	slices.Sort(p.Moderators)
	slices.Sort(p.Conveners)
	return p, err
}

// clearModeration deletes what leads from the moderation to a member: what they
// reported and asked for in their own words, and what kept them from writing.
// Decisions stay, for they are of the dialogue, without who took them.
func (r room) clearModeration(m dialogue.MemberID) error {
	w := &series{c: r.conn}
	w.exec(`
		update moderation_report
		set member = null, text = ''
		where dialogue = $1 and member = $2`, r.id, m)
	w.exec(`
		update moderation_appeal
		set member = null, text = ''
		where dialogue = $1 and member = $2`, r.id, m)
	w.exec(`
		update moderation_decision
		set member = null
		where dialogue = $1 and member = $2`, r.id, m)
	w.exec(`
		update moderation_rules
		set member = null
		where dialogue = $1 and member = $2`, r.id, m)
	w.exec(`
		delete from moderation_sanction
		where dialogue = $1 and member = $2`, r.id, m)
	return w.err
}

// hiddenBefore reports whether a moderator hid the actor's own translation that
// stands there: a new one in its place is read before it is shown.
func (r room) hiddenBefore(n writing.ID, lang string) (bool, error) {
	return r.one(`
		select 1
		from translation
		where dialogue = $1 and item = $2 and lang = $3 and member = $4 and hidden = 1`,
		[]any{r.id, int64(n), lang, string(r.who.Member)}, new(int))
}

// hideTranslation hides a translation, or shows it again; the search follows.
func (r room) hideTranslation(n writing.ID, lang string, hidden bool) error {
	if _, err := r.exec(`
		update translation
		set hidden = $4
		where dialogue = $1 and item = $2 and lang = $3`, r.id, int64(n), lang, flag(hidden)); err != nil {
		return err
	}
	return r.translationMoved(n)
}
