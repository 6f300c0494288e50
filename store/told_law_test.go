package store_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"parley/account"
	"parley/dialogue"
	"parley/opinion"
	"parley/store"
	"parley/store/storetest"
	"parley/writing"
)

// The adversary of this test sees everything that is told after every single deed,
// on every way out, and knows who did which deed and when, but not the choice. Every
// choice is an unknown; every telling is the sum of some of them. The laws:
//
//  1. nothing changes but by a telling, and all ways out say the same;
//  2. a telling has ten people, of whom five at least answer otherwise than in the
//     one before;
//  3. no two tellings of a group differ by fewer than five unknowns;
//  4. no unknown can be computed from all tellings together, whatever is added and
//     subtracted.

// unknown is one choice of one person that the adversary wants to know.
type unknown int

// soul is a person as the test believes them to be.
type soul struct {
	person string
	facts  opinion.Facts
	choice opinion.Choice // "" where they have no answer
	counts bool
	group  opinion.Group
	is     unknown
	told   map[opinion.Group]heard // what the last telling of a group held of them
}

type heard struct {
	choice opinion.Choice
	is     unknown
}

// telling is one set of figures and the unknowns of which it is the sum.
type telling struct {
	group  opinion.Group
	of     []unknown
	people map[string]opinion.Choice
}

type adversary struct {
	h        *hall
	r        *rand.Rand
	n        writing.ID
	souls    []*soul
	unknowns int
	times    map[opinion.Group]int64
	last     map[opinion.Group]telling
	seen     []telling
	shown    string // what every reader saw last, as JSON
	made     int    // people so far
	option   string // under which the statements stand
	gaps     map[pairOf][]tellingOfGap
}

// pairOf is one side that expects something of another.
type pairOf struct{ of, about dialogue.SideID }

// tellingOfGap is what was told of a pair: whose expectations, and which.
type tellingOfGap map[string]string

var errLaw = errors.New("a law is broken")

func broken(format string, args ...any) error {
	return fmt.Errorf("%w: %s", errLaw, fmt.Sprintf(format, args...))
}

// gather seats the people: sides of different size, people of several and of no
// side, and newcomers.
func gather(t *testing.T, s *store.Store) *adversary {
	h := &hall{found(t, s, dialogue.Freely)}
	h.observer()
	_, err := s.LoadDossier(h.ctx, sample("towns"), now)
	must(t, err)
	a := &adversary{h: h, option: "water/half"}
	for _, kind := range []struct {
		sides []dialogue.SideID
		known bool
		many  int
	}{{[]dialogue.SideID{"N"}, true, 19}, {[]dialogue.SideID{"S"}, true, 16}, {[]dialogue.SideID{"E"}, true, 15}, {[]dialogue.SideID{"N", "S"}, true, 12}, {[]dialogue.SideID{"N"}, false, 13}} {
		for range kind.many {
			a.comes(kind.sides, kind.known)
		}
	}
	return a
}

func (a *adversary) comes(sides []dialogue.SideID, known bool) *soul {
	a.made++
	x := &soul{person: fmt.Sprintf("p%d", a.made), told: map[opinion.Group]heard{}}
	x.facts = opinion.Facts{Sides: sides, Known: known, Opinions: true, Publication: true}
	if known {
		a.h.voter(x.person, sides...)
	} else {
		a.h.person(x.person)
		a.h.join(x.person, store.JoinRequest{Sides: sides, Ticks: allTicks})
	}
	a.souls = append(a.souls, x)
	return x
}

// begin asks about a new statement; people stay as they are.
func (a *adversary) begin(seed uint64) {
	a.r = rand.New(rand.NewPCG(seed, 7))
	a.n = a.h.propose(fmt.Sprintf("Statement of round %d.", seed), opinion.Place{Option: a.option})
	a.gaps = map[pairOf][]tellingOfGap{}
	a.times, a.last, a.seen, a.unknowns, a.shown = map[opinion.Group]int64{}, map[opinion.Group]telling{}, nil, 0, "null"
	for _, x := range a.souls {
		x.choice, x.group, x.counts, x.told = "", "", false, map[opinion.Group]heard{}
	}
}

// everybody lets opinions be kept again and answers, in one order or another.
func (a *adversary) everybody() error {
	for _, i := range a.r.Perm(len(a.souls)) {
		x := a.souls[i]
		for tick, flag := range map[dialogue.Tick]*bool{dialogue.TickOpinions: &x.facts.Opinions, dialogue.TickPublication: &x.facts.Publication} {
			if *flag {
				continue
			}
			*flag = true
			if err := a.h.ChangeTick(a.h.ctx, account.PersonID(x.person), a.h.id, tick, true, now); err != nil {
				return err
			}
		}
		if err := a.casts(x, opinion.Choices[a.r.IntN(3)], true); err != nil {
			return err
		}
		for _, about := range sidesOfTowns {
			if a.r.IntN(3) == 0 {
				continue
			}
			if err := pardon(a.h.Expect(a.h.ctx, account.PersonID(x.person), a.h.id, a.n, about, a.r.IntN(11), now)); err != nil {
				return err
			}
		}
		if err := a.look(); err != nil {
			return err
		}
	}
	return nil
}

// regroup is what the test believes of opinion.Vote.Moved.
func (x *soul) regroup() {
	to := x.facts.Group()
	if x.choice == "" || to == x.group {
		return
	}
	if x.counts && to != "" && (x.group == "" || x.group == opinion.Newcomer) {
		x.group = to
	} else if x.group != "" {
		x.group, x.counts = "", false
	}
}

// deed does something at random and keeps the test's own books of it.
func (a *adversary) deed() error {
	x := a.souls[a.r.IntN(len(a.souls))]
	actor := account.PersonID(x.person)
	switch k := a.r.IntN(100); {
	case k < 66:
		return a.casts(x, opinion.Choices[a.r.IntN(3)], k < 60)
	case k < 74:
		x.choice, x.group, x.counts = "", "", false
		return a.h.WithdrawVote(a.h.ctx, actor, a.h.id, a.n, now)
	case k < 84:
		about := []dialogue.SideID{"N", "S", "E"}[a.r.IntN(3)]
		err := a.h.Expect(a.h.ctx, actor, a.h.id, a.n, about, a.r.IntN(11), now)
		if k == 83 {
			err = a.h.SkipExpecting(a.h.ctx, actor, a.h.id, a.n, about, now)
		}
		return pardon(err)
	case k < 89:
		tick, on := dialogue.TickOpinions, a.r.IntN(4) > 0
		flag := &x.facts.Opinions
		if k < 86 {
			tick, flag = dialogue.TickPublication, &x.facts.Publication
		}
		*flag = on
		x.regroup()
		return a.h.ChangeTick(a.h.ctx, actor, a.h.id, tick, on, now)
	case k < 93:
		sides := [][]dialogue.SideID{{"N"}, {"N"}, {"S"}, {"S"}, {"E"}, {"N", "E"}, nil}[a.r.IntN(7)]
		x.facts.Sides = sides
		x.regroup()
		return a.h.ChangeSides(a.h.ctx, actor, a.h.id, sides, now)
	case k < 95:
		return a.recommends(x)
	case k < 98:
		if _, err := a.h.Leave(a.h.ctx, actor, a.h.id, true, now); err != nil {
			return err
		}
		a.souls = slices.DeleteFunc(a.souls, func(y *soul) bool { return y == x })
		a.comes(x.facts.Sides, a.r.IntN(4) > 0)
		return nil
	default:
		if err := a.h.CloseStatement(a.h.ctx, "ann", a.h.id, a.n, true, now); err != nil {
			return err
		}
		if err := a.look(); err != nil {
			return err
		}
		return a.h.CloseStatement(a.h.ctx, "ann", a.h.id, a.n, false, now)
	}
}

// pardon lets pass what the rules refuse.
func pardon(err error) error {
	if err != nil && !strings.Contains(err.Error(), "keep an expectation: ") && !strings.Contains(err.Error(), "leave an expectation out: ") {
		return err
	}
	return nil
}

func (a *adversary) casts(x *soul, c opinion.Choice, card bool) error {
	b := opinion.Ballot{Choice: c, Matters: a.r.IntN(3) == 0}
	if card {
		b.Token = a.h.token(x.person, a.n)
	}
	err := a.h.CastVote(a.h.ctx, account.PersonID(x.person), a.h.id, a.n, b, now)
	if !x.facts.Opinions {
		if err == nil {
			return broken("%s answered without consent", x.person)
		}
		return nil
	}
	if err != nil {
		return err
	}
	if x.choice != c {
		a.unknowns++
		x.is = unknown(a.unknowns)
	}
	x.choice, x.counts = c, x.counts || card
	x.group = ""
	if x.counts {
		x.group = x.facts.Group()
	}
	if was, ok := x.told[x.group]; ok && was.choice == c {
		x.is = was.is // as before: nothing new is told of it
	}
	return nil
}

// recommends makes a newcomer known.
func (a *adversary) recommends(x *soul) error {
	by := a.souls[a.r.IntN(len(a.souls))]
	if x.facts.Known || by == x || !strings.HasPrefix(by.person, "p") || !a.vetted(by) {
		return nil
	}
	err := a.h.Recommend(a.h.ctx, account.PersonID(by.person), a.h.id, a.h.member(x.person), now)
	if err != nil {
		return nil // the budget is spent
	}
	x.facts.Known = true
	x.regroup()
	return nil
}

func (a *adversary) vetted(x *soul) bool {
	v, err := a.h.Value(a.h.ctx, `select vetted from member where person = $1`, x.person)
	a.h.must(err)
	return fmt.Sprint(v) == "1"
}

// look reads every way out and holds it to the laws.
func (a *adversary) look() error {
	told := a.h.told(a.n)
	if err := a.sameEverywhere(told); err != nil {
		return err
	}
	b, err := json.Marshal(told)
	if err != nil {
		return err
	}
	changed := false
	for _, g := range []opinion.Group{"N", "S", "E", opinion.Several, opinion.None, opinion.Newcomer} {
		v, err := a.h.Value(a.h.ctx, `select coalesce(max(times), 0) from told where item = $1 and grp = $2`, int64(a.n), string(g))
		if err != nil {
			return err
		}
		if times := v.(int64); times != a.times[g] {
			a.times[g], changed = times, true
			if err := a.heard(g, told.Figures(g)); err != nil {
				return err
			}
		}
	}
	var gapTimes int64
	gaps, err := a.h.Value(a.h.ctx, `select coalesce(sum(times), 0) from told_gap where item = $1`, int64(a.n))
	if err != nil {
		return err
	}
	if times := fmt.Sprint(gaps); times != fmt.Sprint(a.times["gaps"]) {
		changed = true
		if _, err := fmt.Sscan(times, &gapTimes); err != nil {
			return err
		}
		a.times["gaps"] = gapTimes
		if err := a.heardGaps(told); err != nil {
			return err
		}
	}
	if !changed && string(b) != a.shown {
		return broken("what is shown changed without a telling:\n%s\n%s", a.shown, b)
	}
	a.shown = string(b)
	return nil
}

// heard holds one telling to the laws.
func (a *adversary) heard(g opinion.Group, f *opinion.Figures) error {
	now := telling{group: g, people: map[string]opinion.Choice{}}
	var want opinion.Tally
	before := a.last[g]
	differ := 0
	for _, x := range a.souls {
		delete(x.told, g)
		if x.choice == "" || x.group != g {
			continue
		}
		x.told[g] = heard{x.choice, x.is}
		want = want.Add(opinion.Of(x.choice, false))
		now.of = append(now.of, x.is)
		now.people[x.person] = x.choice
		if before.people[x.person] != x.choice {
			differ++
		}
	}
	switch {
	case f == nil:
		return broken("%s was told and is not shown", g)
	case f.N < opinion.FirstTotal:
		return broken("%s is told with %d people", g, f.N)
	case f.N != want.N() || f.Agree != want.Agree || f.Disagree != want.Disagree:
		return broken("%s: told %+v, answered %+v", g, *f, want)
	case f.Matters > 0 && f.Matters < opinion.Smallest || f.Matters >= 0 && f.N-f.Matters > 0 && f.N-f.Matters < opinion.Smallest:
		return broken("%s: it matters to %d of %d", g, f.Matters, f.N)
	case differ < opinion.NextTotal:
		return broken("%s was told anew when %d people answer otherwise", g, differ)
	}
	for _, old := range a.seen {
		if old.group == g && distance(old.of, now.of) < opinion.NextTotal {
			return broken("two tellings of %s differ by %d choices", g, distance(old.of, now.of))
		}
	}
	a.last[g], a.seen = now, append(a.seen, now)
	return nil
}

// heardGaps holds every pair of which something was told anew to the laws: ten
// people, and five at least whose expectation stands in this telling alone.
func (a *adversary) heardGaps(told *opinion.Told) error {
	for _, of := range sidesOfTowns {
		for _, about := range sidesOfTowns {
			pair := pairOf{of, about}
			v, err := a.h.Value(a.h.ctx, `select coalesce(max(times), 0) from told_gap where item = $1 and of_side = $2 and about = $3`, int64(a.n), string(of), string(about))
			if err != nil {
				return err
			}
			if fmt.Sprint(v) == fmt.Sprint(len(a.gaps[pair])) {
				continue
			}
			now, err := a.expecting(pair)
			if err != nil {
				return err
			}
			if g := told.Gap(of, about); g == nil || g.N != len(now) || g.N < opinion.FirstTotal {
				return broken("a gap of %+v is told, %d people expect", g, len(now))
			}
			for _, old := range a.gaps[pair] {
				fresh := 0
				for person, of10 := range now {
					if old[person] != of10 {
						fresh++
					}
				}
				if fresh < opinion.NextTotal {
					return broken("two gaps of %v differ by %d people", pair, fresh)
				}
			}
			a.gaps[pair] = append(a.gaps[pair], now)
		}
	}
	return nil
}

// expecting is what people of the one side expect of the other, as it stands.
func (a *adversary) expecting(pair pairOf) (tellingOfGap, error) {
	out := tellingOfGap{}
	for _, x := range a.souls {
		v, err := a.h.Value(a.h.ctx, `
			select coalesce(max(e.of10), -9)
			from expectation e
			join member m on m.dialogue = e.dialogue and m.id = e.member
			where m.person = $1 and e.item = $2 and e.grp = $3 and e.about = $4 and e.of10 >= 0`,
			x.person, int64(a.n), string(pair.of), string(pair.about))
		if err != nil {
			return nil, err
		}
		if of10 := fmt.Sprint(v); of10 != "-9" {
			out[x.person] = of10
		}
	}
	return out, nil
}

func distance(a, b []unknown) int {
	d := 0
	for _, x := range a {
		if !slices.Contains(b, x) {
			d++
		}
	}
	for _, x := range b {
		if !slices.Contains(a, x) {
			d++
		}
	}
	return d
}

// sameEverywhere compares the other ways out with the statement's page.
func (a *adversary) sameEverywhere(told *opinion.Told) error {
	h := a.h
	want, err := json.Marshal(told)
	if err != nil {
		return err
	}
	for _, order := range []string{"ground", "answers"} {
		list, err := h.Statements(h.ctx, "eve", h.id, opinion.Filter{Order: order})
		if err != nil {
			return err
		}
		for _, st := range list {
			if st.ID != a.n {
				continue
			}
			if got, _ := json.Marshal(st.Told); string(got) != string(want) {
				return broken("the list says %s, the page %s", got, want)
			}
		}
	}
	k, err := h.Knowing(h.ctx, "eve", h.id)
	if err != nil {
		return err
	}
	for _, p := range k.Pairs {
		for _, g := range p.Gaps {
			if g.Statement.ID != a.n {
				continue
			}
			of := told.Gap(p.Of, p.About)
			if of == nil || *of != g.Gap {
				return broken("a gap of %+v beside %+v", g.Gap, of)
			}
			if g.N < opinion.FirstTotal {
				return broken("a gap of %d people", g.N)
			}
		}
	}
	support, err := h.Support(h.ctx, "eve", h.id)
	if err != nil {
		return err
	}
	for _, x := range support[a.option] {
		if x.Statement.ID == a.n {
			if err := onlyFrom(told, x); err != nil {
				return err
			}
		}
	}
	return a.sameForAVoter(told)
}

// onlyFrom holds what stands beside an option to the statement's own page.
func onlyFrom(told *opinion.Told, x opinion.Support) error {
	if x.Told != (told != nil) || told != nil && len(x.Figures) != 3 {
		return broken("beside the option: %+v, on the page: %+v", x, told)
	}
	for _, f := range x.Figures {
		if of := told.Figures(f.Group); of == nil || *of != f {
			return broken("beside the option %+v, on the page %+v", f, of)
		}
	}
	return nil
}

func (a *adversary) sameForAVoter(told *opinion.Told) error {
	x := a.souls[a.r.IntN(len(a.souls))]
	r, err := a.h.Result(a.h.ctx, account.PersonID(x.person), a.h.id, a.n)
	if err != nil {
		return nil // has not answered
	}
	for _, about := range r.About {
		if f := about.Figures; f != nil {
			if of := told.Figures(f.Group); of == nil || *of != *f {
				return broken("a result of %+v beside %+v", f, of)
			}
		}
	}
	return nil
}

// computable is an unknown that follows from all that was told: one whose unit
// vector the tellings span. Rows are reduced modulo a prime.
func (a *adversary) computable() (unknown, bool) {
	const p = 2_147_483_647
	inverse := func(x int64) int64 {
		out, e := int64(1), int64(p-2)
		for ; e > 0; e >>= 1 {
			if e&1 == 1 {
				out = out * x % p
			}
			x = x * x % p
		}
		return out
	}
	width := a.unknowns + 1
	var rows [][]int64
	reduce := func(row []int64) int {
		for _, r := range rows {
			lead := slices.IndexFunc(r, func(x int64) bool { return x != 0 })
			if f := row[lead]; f != 0 {
				for i := range row {
					row[i] = (row[i] + (p-f)*r[i]) % p
				}
			}
		}
		return slices.IndexFunc(row, func(x int64) bool { return x != 0 })
	}
	for _, t := range a.seen {
		row := make([]int64, width)
		for _, u := range t.of {
			row[u] = 1
		}
		if lead := reduce(row); lead >= 0 {
			f := inverse(row[lead])
			for i := range row {
				row[i] = row[i] * f % p
			}
			rows = append(rows, row)
		}
	}
	for u := 1; u < width; u++ {
		row := make([]int64, width)
		row[u] = 1
		if reduce(row) < 0 {
			return unknown(u), true
		}
	}
	return 0, false
}

// play does so many deeds and looks after each.
func (a *adversary) play(seed uint64, deeds int) error {
	a.begin(seed)
	if err := a.everybody(); err != nil {
		return fmt.Errorf("while all answer: %w", err)
	}
	for i := range deeds {
		if err := a.deed(); err != nil {
			return fmt.Errorf("deed %d: %w", i, err)
		}
		if err := a.look(); err != nil {
			return fmt.Errorf("after deed %d: %w", i, err)
		}
	}
	if u, ok := a.computable(); ok {
		return broken("the choice %d can be computed", u)
	}
	return nil
}

func TestNobodysAnswerIsFoundByDifferences(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := gather(t, s)
		rounds, tellings, gaps := 4, 0, 0
		if testing.Short() {
			rounds = 2
		}
		for seed := range rounds {
			if err := a.play(uint64(seed), 300); err != nil {
				t.Fatalf("round %d: %v", seed, err)
			}
			tellings += len(a.seen)
			for _, told := range a.gaps {
				gaps += len(told)
			}
			wrong, err := s.Regrouped(a.h.ctx, a.h.id)
			must(t, err)
			if len(wrong) > 0 {
				t.Errorf("%d voters stand in a group that is not theirs", len(wrong))
			}
		}
		if tellings < 8*rounds {
			t.Errorf("only %d tellings in %d rounds: the test says little", tellings, rounds)
		}
		if gaps < rounds {
			t.Errorf("only %d gaps were told in %d rounds: the test says little of them", gaps, rounds)
		}
		a.tallies(t)
	})
}

// tallies holds the counters to the rows that they count.
func (a *adversary) tallies(t *testing.T) {
	v, err := a.h.Value(a.h.ctx, `
		select count(1)
		from tally t
		where agree <> (select count(1) from vote v where v.dialogue = t.dialogue and v.item = t.item and v.grp = t.grp and v.choice = 'agree')
			or disagree <> (select count(1) from vote v where v.dialogue = t.dialogue and v.item = t.item and v.grp = t.grp and v.choice = 'disagree')
			or passed <> (select count(1) from vote v where v.dialogue = t.dialogue and v.item = t.item and v.grp = t.grp and v.choice = 'pass')
			or matters <> (select count(1) from vote v where v.dialogue = t.dialogue and v.item = t.item and v.grp = t.grp and v.matters = 1)
			or fresh <> (select count(1) from vote v where v.dialogue = t.dialogue and v.item = t.item and v.grp = t.grp and v.fresh = 1)`)
	must(t, err)
	if fmt.Sprint(v) != "0" {
		t.Errorf("%v tallies do not count what is there", v)
	}
}

// The laws bite: with other rules of what is due they are broken.
func TestTheLawsOfTellingBite(t *testing.T) {
	for name, due := range map[string]func(n, fresh int) bool{
		"four at a time": func(n, fresh int) bool { return n >= 10 && fresh >= 4 },
		"live":           func(n, fresh int) bool { return n >= 10 },
		"one at a time":  func(n, fresh int) bool { return n >= 10 && fresh >= 1 },
	} {
		t.Run(name, func(t *testing.T) {
			s := storetest.Open(t, storetest.SQLite(t))
			s.BreakDue(due)
			a := gather(t, s)
			err := a.play(1, 400)
			if !errors.Is(err, errLaw) {
				t.Errorf("got %v", err)
			}
			t.Log(err)
		})
	}
}
