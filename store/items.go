package store

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"parley/dialogue"
	"parley/writing"
)

// loading says how much of contributions is read.
type loading struct {
	brief   bool // neither Body nor HTML, of translations neither
	ghosts  bool // what the actor may not read is there, too, without words or author
	reasons bool // reasons are there, too, that the actor may read in a list alone
	untied  bool // without tags: comments have none
}

// loaded is a contribution with what it belongs to.
type loaded struct {
	writing.Contribution
	root writing.ID
}

// loadItems reads contributions with author, tags, marks and translations as the
// actor may read them, by number; what they may not read is left out. Everything
// that shows contributions reads them here.
func (r room) loadItems(ns []writing.ID) (map[writing.ID]writing.Contribution, error) {
	got, err := r.loadContributions(ns, loading{})
	if err != nil {
		return nil, err
	}
	out := make(map[writing.ID]writing.Contribution, len(got))
	for n, l := range got {
		out[n] = l.Contribution
	}
	return out, nil
}

// numbers is a list for "in (...)": of whole numbers, which need no quoting.
func numbers(ns []writing.ID) string {
	var b strings.Builder
	for i, n := range ns {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprint(&b, int64(n))
	}
	if len(ns) == 0 {
		return "0"
	}
	return b.String()
}

// loadContributions reads each kind of thing with one query.
func (r room) loadContributions(ns []writing.ID, how loading) (map[writing.ID]*loaded, error) {
	out := make(map[writing.ID]*loaded, len(ns))
	if len(ns) == 0 {
		return out, nil
	}
	words := "c.body, c.html"
	if how.brief {
		words = "'', ''"
	}
	ns = slices.Clone(ns)
	slices.Sort(ns)
	ns = slices.Compact(ns)
	moderates := r.moderates()
	var open, reasons []writing.ID // those whose words the actor may read; reasons of others
	hidden := false
	err := r.each(`
		select c.id, c.kind, c.state, coalesce(c.member, ''), c.lang, c.title, `+words+`, c.revision, c.root, c.made_at, c.edited_at,
			c.helpful, c.unclear, c.unsourced
		from contribution c
		where c.dialogue = $1 and c.id in (`+numbers(ns)+`)`, []any{r.id},
		func(scan scan) error {
			l, err := scanContribution(scan)
			if err != nil {
				return err
			}
			l.Mine = l.Author.Member != "" && l.Author.Member == r.who.Member
			hidden = hidden || l.State != writing.Shown
			if l.Kind == writing.Reason && !l.Mine {
				// Who gave a reason has answered so: nothing may lead to them.
				l.Author = writing.Author{}
				l.MadeAt, l.EditedAt = dayOf(l.MadeAt), dayOf(l.EditedAt)
				reasons = append(reasons, l.ID)
			}
			if l.State.Readable(l.Mine, moderates) {
				open = append(open, l.ID)
			} else if how.ghosts {
				ghost := writing.Contribution{ID: l.ID, Kind: l.Kind, State: l.State, Lang: l.Lang, MadeAt: l.MadeAt}
				l = &loaded{ghost, l.root}
			} else {
				return nil
			}
			out[l.ID] = l
			return nil
		})
	if err != nil {
		return nil, err
	}
	if len(reasons) > 0 && !how.reasons {
		kept, err := r.keptReasons(reasons)
		if err != nil {
			return nil, err
		}
		open = slices.DeleteFunc(open, func(n writing.ID) bool { return kept[n] })
		maps.DeleteFunc(out, func(n writing.ID, _ *loaded) bool { return kept[n] })
	}
	return out, r.fillContributions(out, open, hidden, moderates, how)
}

// dayOf is the day on which something was.
func dayOf(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.Truncate(24 * time.Hour)
}

func scanContribution(scan scan) (*loaded, error) {
	l := &loaded{}
	var made, edited int64
	var helpful, unclear, unsourced int
	err := scan(&l.ID, &l.Kind, &l.State, &l.Author.Member, &l.Lang, &l.Title, &l.Body, &l.HTML, &l.Revision, (*int64)(&l.root), &made, &edited,
		&helpful, &unclear, &unsourced)
	l.MadeAt, l.EditedAt = moment(made), maybeMoment(edited)
	l.Counts = map[writing.Reaction]int{writing.Helpful: helpful, writing.Unclear: unclear, writing.NeedsSource: unsourced}
	return l, err
}

// fillContributions adds what contributions have several of.
func (r room) fillContributions(out map[writing.ID]*loaded, open []writing.ID, hidden, moderates bool, how loading) error {
	in := numbers(open)
	s := &series{c: r.conn}
	if !how.untied {
		s.each(`
			select item, word
			from tag
			where dialogue = $1 and item in (`+in+`)`, []any{r.id},
			func(scan scan) error {
				var n writing.ID
				var word string
				err := scan((*int64)(&n), &word)
				out[n].Tags = append(out[n].Tags, word)
				return err
			})
	}
	if r.who.Member != "" {
		s.each(`
			select item, mark
			from reaction
			where dialogue = $1 and member = $2 and item in (`+in+`)`, []any{r.id, r.who.Member},
			func(scan scan) error {
				var n writing.ID
				var mark writing.Reaction
				err := scan((*int64)(&n), &mark)
				out[n].Own = append(out[n].Own, mark)
				return err
			})
	}
	if s.err == nil {
		s.err = r.fillTranslations(out, in, moderates, how)
	}
	if s.err != nil {
		return s.err
	}
	if hidden {
		verdicts, err := r.loadVerdicts(slices.Collect(maps.Keys(out)))
		if err != nil {
			return err
		}
		for n, v := range verdicts {
			if l := out[n]; l != nil {
				l.Verdict = &v
			}
		}
	}
	for _, l := range out {
		slices.Sort(l.Tags) // the engines disagree on the order of words
		slices.SortFunc(l.Own, func(a, b writing.Reaction) int {
			return slices.Index(writing.AllReactions, a) - slices.Index(writing.AllReactions, b)
		})
	}
	return r.fillAuthors(out)
}

func (r room) fillTranslations(out map[writing.ID]*loaded, in string, moderates bool, how loading) error {
	words := "t.body, t.html"
	if how.brief {
		words = "'', ''"
	}
	err := r.each(`
		select t.item, t.lang, coalesce(t.member, ''), t.of, t.title, `+words+`, t.hidden, t.made_at, t.good, t.bad,
			coalesce((select case g.good when 1 then 1 else -1 end from translation_rating g
				where g.dialogue = t.dialogue and g.item = t.item and g.lang = t.lang and g.member = $2), 0)
		from translation t
		where t.dialogue = $1 and t.item in (`+in+`)`, []any{r.id, string(r.who.Member)},
		func(scan scan) error {
			var n writing.ID
			var t writing.Translation
			var made int64
			err := scan((*int64)(&n), &t.Lang, &t.By.Member, &t.Of, &t.Title, &t.Body, &t.HTML, (*flag)(&t.Hid), &made, &t.Good, &t.Bad, &t.Own)
			if err != nil {
				return err
			}
			l := out[n]
			t.Mine = t.By.Member != "" && t.By.Member == r.who.Member
			t.Stale, t.At = t.Of < l.Revision, moment(made)
			if !t.Hid || t.Mine || moderates {
				l.Translations = append(l.Translations, t)
			}
			return nil
		})
	for _, l := range out {
		slices.SortFunc(l.Translations, func(a, b writing.Translation) int { return strings.Compare(a.Lang, b.Lang) })
	}
	return err
}

// fillAuthors puts in who wrote and who translated.
func (r room) fillAuthors(out map[writing.ID]*loaded) error {
	var all []*writing.Author
	for _, l := range out {
		all = append(all, &l.Author)
		for i := range l.Translations {
			all = append(all, &l.Translations[i].By)
		}
	}
	return r.nameAuthors(all)
}

// nameAuthors completes authors of whom the member is known. Who takes part no
// more loses the member, too.
func (r room) nameAuthors(all []*writing.Author) error {
	known := map[dialogue.MemberID]*writing.Author{}
	args, places := []any{r.id}, []string{}
	for _, a := range all {
		if a.Member != "" && known[a.Member] == nil {
			known[a.Member] = &writing.Author{}
			args = append(args, a.Member)
			places = append(places, fmt.Sprint("$", len(args)))
		}
	}
	if len(known) == 0 {
		return nil
	}
	in := strings.Join(places, ", ")
	// One query for name, sides and roles: pages of a hundred comments read this.
	err := r.each(`
		select id, 'name', coalesce(pseudonym, '')
		from member
		where dialogue = $1 and id in (`+in+`) and state = 'admitted'
		union all
		select member, 'side', side
		from member_side
		where dialogue = $1 and member in (`+in+`)
		union all
		select member, 'role', role
		from role_grant
		where dialogue = $1 and member in (`+in+`)`, args,
		func(scan scan) error {
			var m dialogue.MemberID
			var what, word string
			err := scan(&m, &what, &word)
			a := known[m]
			switch what {
			case "name":
				a.Member, a.Pseudonym = m, dialogue.Pseudonym(word)
			case "side":
				a.Sides = append(a.Sides, dialogue.SideID(word))
			case "role":
				if role := dialogue.Role(word); role.Neutral() || role == dialogue.Convener {
					a.Role = heavier(a.Role, role)
				}
			}
			return err
		})
	for _, a := range known {
		slices.Sort(a.Sides)
	}
	for _, a := range all {
		if k := known[a.Member]; k != nil {
			*a = *k
			if a.Member == "" {
				*a = writing.Author{}
			}
		}
	}
	return err
}

// heavier is the one of two roles that comes later in dialogue.Roles.
func heavier(a, b dialogue.Role) dialogue.Role {
	if slices.Index(dialogue.Roles, a) > slices.Index(dialogue.Roles, b) {
		return a
	}
	return b
}
