package store_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/i18n"
	"parley/interest"
	"parley/store"
	"parley/store/storetest"
)

// canaries are words that stand nowhere but in what one person left behind.
var canaries = []string{"Canary", "Минист", "Guild", "Zander"}

// canary seats a registrar, delegate and author with a checked name and office, a
// mandate, consents, recommendations both ways, an invitation, and an approval.
func (x *society) canary() dialogue.Member {
	x.t.Helper()
	x.configure(func(c *dialogue.Configured) { c.Admission = dialogue.ByRequest })
	x.seat("nora", dialogue.Registrar, "N")
	x.seat("sam", dialogue.Registrar, "S")
	m := x.seat("canaryperson", dialogue.Registrar, "N", "E")
	x.must(x.ChangePseudonym(x.ctx, "canaryperson", x.id, "Canary Bird", now))
	x.must(x.Grant(x.ctx, "nora", x.id, m.ID, dialogue.Grant{Role: dialogue.Delegate, Side: "N"}, now))
	x.must(x.Verify(x.ctx, "nora", x.id, m.ID, &dialogue.Verified{Name: "Zander Someone", Office: "Министр рыб", Sector: dialogue.Official}, now))
	x.must(x.RecordMandate(x.ctx, "nora", x.id, m.ID, "for the Guild", now))
	x.must(x.ChangeTick(x.ctx, "canaryperson", x.id, dialogue.TickContact, true, now))
	x.must(x.RecommendByName(x.ctx, "canaryperson", x.id, "Nora", now))
	x.must(x.Recommend(x.ctx, "nora", x.id, m.ID, now))
	_, _, err := x.Invite(x.ctx, "canaryperson", x.id, dialogue.Invitation{Note: "Canary's friends"}, now)
	x.must(err)
	x.person("waits")
	waits := x.join("waits", store.JoinRequest{Sides: []dialogue.SideID{"N"}})
	_, err = x.Admit(x.ctx, "canaryperson", x.id, waits.ID, now)
	x.must(err)
	_, _, err = x.WriteInterest(x.ctx, "canaryperson", x.id, "N", interest.Interest{Title: both("Canary's wish", "Желание"), Tier: interest.Vital}, store.AnyRevision, now)
	x.must(err)
	return m
}

// traces lists the rows of all tables, but for those of the account, in which a
// word stands.
func (x *society) traces(words ...string) (found []string) {
	x.t.Helper()
	state, err := x.State(x.ctx)
	x.must(err)
	for _, row := range strings.Split(state, "\n") {
		for _, w := range words {
			if strings.Contains(row, w) && !strings.HasPrefix(row, "person") {
				found = append(found, row)
			}
		}
	}
	return found
}

func TestLeaving(t *testing.T) {
	for _, keep := range []bool{true, false} {
		storetest.Each(t, func(t *testing.T, s *store.Store) {
			x := found(t, s, dialogue.ByInvitation)
			x.configure(func(c *dialogue.Configured) {
				c.Exit, c.Contact = both("Go well.", "Доброго пути."), both("The mill", "Мельница")
			})
			m := x.canary()
			exit, err := s.Leave(x.ctx, "canaryperson", x.id, keep, later)
			x.must(err)
			if exit.Dialogue != x.id || exit.Title["en"] == "" || exit.Pseudonym != "Canary Bird" || !exit.JoinedAt.Equal(now) || !exit.LeftAt.Equal(later) ||
				exit.Text["ru"] != "Доброго пути." || exit.Contact["en"] != "The mill" || exit.Kept+exit.Removed != 1 || (exit.Kept == 1) != keep {
				t.Errorf("the exit says %+v", exit)
			}
			words := slices.Concat(canaries, []string{"canaryperson"})
			if keep {
				words = slices.DeleteFunc(words, func(w string) bool { return w == "Canary" })
			}
			if left := x.traces(words...); len(left) > 0 {
				t.Errorf("these rows are left:\n%s", strings.Join(left, "\n"))
			}
			if rows := x.traces(string(m.ID)); slices.ContainsFunc(rows, func(row string) bool {
				return !strings.HasPrefix(row, "member[") && !strings.HasPrefix(row, "journal[")
			}) {
				t.Errorf("more than a number is left:\n%s", strings.Join(rows, "\n"))
			}
			if who := x.standing("canaryperson"); who.Member != "" || who.State != "" {
				t.Errorf("who left is %+v", who)
			}
			if _, err := s.Mine(x.ctx, "canaryperson", x.id); !fault.Is(err, fault.Missing) {
				t.Errorf("who left has a membership: %v", err)
			}
			x.refused(s.RemoveTraces(x.ctx, "ann", x.id, m.ID, later), "member.missing")
			// The request that they approved needs another approval now.
			waiting, err := s.Applicants(x.ctx, "sam", x.id)
			x.must(err)
			if len(waiting) != 1 || len(waiting[0].Approvals) > 0 {
				t.Errorf("waiting: %+v", waiting)
			}
			if again := x.join("canaryperson", store.JoinRequest{}); again.ID == m.ID {
				t.Error("who came back is known again")
			}
		})
	}
}

func TestEmergencyRemoval(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByInvitation)
		m := x.canary()
		x.seat("moe", dialogue.Moderator, "")
		x.refused(s.RemoveTraces(x.ctx, "nora", x.id, m.ID, now), "dialogue.denied")
		x.refused(s.RemoveTracesByName(x.ctx, "moe", x.id, "Nobody", now), "member.missing")
		x.refused(s.RemoveTraces(x.ctx, "moe", x.id, x.standing("ann").Member, now), "member.last-convener")
		x.must(s.RemoveTracesByName(x.ctx, "moe", x.id, "canary bird", later))
		if left := x.traces(slices.Concat(canaries, []string{"canaryperson"})...); len(left) > 0 {
			t.Errorf("these rows are left:\n%s", strings.Join(left, "\n"))
		}
		if who := x.standing("canaryperson"); who.Member != "" || len(who.Roles()) != 2 {
			t.Errorf("a session that is open is still %+v", who)
		}
		entries, err := s.Journal(x.ctx, "ann", x.id, 0, 1)
		x.must(err)
		if e := entries[0]; e.What != "traces-removed" || e.By != "Moe" || e.Role != dialogue.Moderator || len(e.Args) > 0 {
			t.Errorf("the journal says %+v", e)
		}
		if job, err := s.Value(x.ctx, `select count(1) from job where kind = 'scrub' and state = 'waiting'`); err != nil || job != int64(1) {
			t.Errorf("%v jobs will clean the file, %v", job, err)
		}
	})
}

func TestWhoGoesBeforeBeingLetIn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByRequest)
		x.person("bob", "cem")
		x.join("bob", store.JoinRequest{Pseudonym: "Canary"})
		if exit, err := s.Leave(x.ctx, "bob", x.id, true, now); err != nil || !exit.JoinedAt.IsZero() {
			t.Errorf("got %+v, %v", exit, err)
		}
		if rows := x.traces("Canary", "bob"); len(rows) > 0 {
			t.Errorf("left: %v", rows)
		}
		cem := x.join("cem", store.JoinRequest{Pseudonym: "Canary"})
		x.must(s.RemoveTraces(x.ctx, "ann", x.id, cem.ID, now))
		if rows := x.traces("Canary", "cem"); len(rows) > 0 {
			t.Errorf("left: %v", rows)
		}
	})
}

func TestTheLastConvenerCannotLeave(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByInvitation)
		_, err := s.Leave(x.ctx, "ann", x.id, true, now)
		x.refused(err, "member.last-convener")
		x.seat("con", dialogue.Convener, "")
		_, err = s.Leave(x.ctx, "ann", x.id, true, now)
		x.must(err)
		_, err = s.Leave(x.ctx, "con", x.id, true, now)
		x.refused(err, "member.last-convener")
		// An account may always be erased. Then the owner invites a new convener.
		x.must(s.Erase(x.ctx, "con", true, now))
		x.person("new")
		secret, _, err := s.Invite(x.ctx, "owner", x.id, dialogue.Invitation{Role: dialogue.Convener}, now)
		x.must(err)
		x.join("new", store.JoinRequest{Invitation: secret})
		if !slices.Contains(x.standing("new").Roles(), dialogue.Convener) {
			t.Error("the new convener is none")
		}
	})
}

// Erasing an account takes it out of every dialogue.
func TestErasingEndsAllMemberships(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByInvitation)
		x.canary()
		second := x.second()
		_, err := s.Join(x.ctx, "canaryperson", second, store.JoinRequest{Pseudonym: "Zander", Version: 1, Lang: "en", Ticks: []dialogue.Tick{"rules"}}, now)
		x.must(err)
		list, err := s.Memberships(x.ctx, "canaryperson")
		x.must(err)
		if len(list) != 2 || list[0].Standing.State != dialogue.Admitted || list[0].Dialogue.Title["en"] == "" {
			t.Errorf("memberships: %+v", list)
		}
		x.must(s.Erase(x.ctx, "canaryperson", false, later))
		if left := x.traces(slices.Concat(canaries, []string{"canaryperson"})...); len(left) > 0 {
			t.Errorf("these rows are left:\n%s", strings.Join(left, "\n"))
		}
	})
}

// second opens another dialogue that anybody may join.
func (x *society) second() dialogue.ID {
	x.t.Helper()
	const id = "second"
	_, err := x.LoadDossier(x.ctx, sample(id), now)
	x.must(err)
	x.person("ben")
	secret, _, err := x.Invite(x.ctx, "owner", id, dialogue.Invitation{Role: dialogue.Convener}, now)
	x.must(err)
	_, err = x.Join(x.ctx, "ben", id, store.JoinRequest{Invitation: secret, Lang: "en", Ticks: []dialogue.Tick{"rules"}}, now)
	x.must(err)
	_, err = x.Declare(x.ctx, "ben", id, i18n.Text{"en": "Be brave.", "ru": "Смелее."}, "en", now)
	x.must(err)
	e, err := x.Entrance(x.ctx, id, "ben", "", now)
	x.must(err)
	e.Admission = dialogue.Freely
	_, err = x.Configure(x.ctx, "ben", id, e.Configured, now)
	x.must(err)
	return id
}

// Two dialogues cannot be laid side by side: what one shows of a person has
// nothing in common with what the other shows.
func TestTwoDialoguesShareNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.Freely)
		second := x.second()
		x.person("bob")
		first := x.join("bob", store.JoinRequest{Lang: "en", Sides: []dialogue.SideID{"N"}})
		other, err := s.Join(x.ctx, "bob", second, store.JoinRequest{Version: 1, Lang: "en", Sides: []dialogue.SideID{"N"}, Ticks: []dialogue.Tick{"rules"}}, now)
		x.must(err)
		if first.ID == other.ID || strings.Contains(string(first.ID)+string(other.ID), "bob") || len(first.ID) < 26 || len(other.ID) < 26 {
			t.Errorf("%q and %q", first.ID, other.ID)
		}
		for i := range len(first.ID) - 7 {
			if strings.Contains(string(other.ID), string(first.ID[i:i+8])) {
				t.Errorf("%q and %q have a part in common", first.ID, other.ID)
			}
		}
		// The id of one dialogue is none in another.
		x.refused(s.RemoveTraces(x.ctx, "ann", x.id, other.ID, now), "member.missing")
		x.refused(s.Recommend(x.ctx, "ann", x.id, other.ID, now), "member.missing")
		x.refused(s.Grant(x.ctx, "ann", x.id, other.ID, dialogue.Grant{Role: dialogue.Staff}, now), "member.missing")
	})
}

// Who takes part is visible to nobody by default but those who admit; where the
// roster is open, members see of one another what the convener sees, but for
// moments, ticks and approvals, and checked names only where the rule names
// people. Who recommends whom nobody sees anywhere.
func TestWhoSeesMembers(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByInvitation)
		x.canary() // with nora, sam, and one who waits
		for _, role := range []dialogue.Role{dialogue.Moderator, dialogue.Mediator, dialogue.Interpreter, dialogue.Staff, dialogue.Observer, dialogue.Participant} {
			x.seat(string(role[:4]), role, "")
		}
		x.seat("dele", dialogue.Delegate, "N")
		x.person("holder")
		people := map[account.PersonID]string{ // what each sees: closed, open
			"": "ii", "holder": "--", "owner": "--", "waits": "--", "obse": "--",
			"mode": "-p", "medi": "-p", "inte": "-p", "staf": "-p", "part": "-p", "dele": "-p",
			"nora": "ff", "ann": "ff",
		}
		x.must(s.Write(x.ctx, func(d store.Deed) error { return d.Exec(`update dialogue set stage = 'preparing'`) })) // any rule can be made
		for _, rule := range dialogue.Rules {
			for column, roster := range dialogue.Rosters {
				x.configure(func(c *dialogue.Configured) { c.Roster, c.Rule = roster, rule })
				whole, err := s.Members(x.ctx, "ann", x.id, "", 100)
				x.must(err)
				for p, want := range people {
					list, err := s.Members(x.ctx, p, x.id, "", 100)
					if got := seen(t, list, whole, rule, err); got != want[column:column+1] {
						t.Errorf("%q, roster %s, rule %s: %s, want %c", p, roster, rule, got, want[column])
					}
				}
			}
		}
	})
}

// seen is what somebody sees of the members: i and - are refusals, p is what is
// for members under the rule, f is all that the convener sees.
func seen(t *testing.T, list, whole []dialogue.Member, rule dialogue.Rule, err error) string {
	t.Helper()
	switch {
	case fault.Is(err, fault.Unknown):
		return "i"
	case fault.Is(err, fault.Denied):
		return "-"
	case err != nil:
		t.Fatal(err)
	}
	if len(whole) != 11 || !slices.ContainsFunc(whole, func(m dialogue.Member) bool { return m.Verified != nil && m.Mandate != "" && len(m.Sides) > 0 }) {
		t.Fatalf("the convener sees %+v", whole)
	}
	if reflect.DeepEqual(list, whole) {
		return "f"
	}
	for i, m := range whole {
		m.Ticks, m.Agreed, m.Approvals, m.AskedAt, m.JoinedAt = nil, 0, nil, time.Time{}, time.Time{}
		if rule == dialogue.NonAttribution || rule == dialogue.OffTheRecord {
			m.Verified = nil
		}
		if i >= len(list) || !reflect.DeepEqual(list[i], m) {
			t.Fatalf("members see %+v of %+v", list, m)
		}
	}
	return "p"
}

func TestMembersInPages(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByInvitation)
		for _, p := range []string{"bob", "cem", "dan", "eve"} {
			x.seat(p, dialogue.Participant, "", "N")
		}
		var all []dialogue.MemberID
		for after := dialogue.MemberID(""); ; {
			page, err := s.Members(x.ctx, "ann", x.id, after, 2)
			x.must(err)
			if len(page) == 0 {
				break
			}
			for _, m := range page {
				all = append(all, m.ID)
				after = m.ID
			}
		}
		if len(all) != 5 || !slices.IsSorted(all) || len(slices.Compact(all)) != 5 {
			t.Errorf("the pages hold %v", all)
		}
	})
}

// Two conveners who leave at the same moment: one of them stays.
func TestTwoConvenersLeaveAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByInvitation)
		x.seat("con", dialogue.Convener, "")
		errs := make(chan error)
		for _, p := range []account.PersonID{"ann", "con"} {
			go func() {
				_, err := s.Leave(x.ctx, p, x.id, true, now)
				errs <- err
			}()
		}
		a, b := <-errs, <-errs
		if (a == nil) == (b == nil) {
			t.Fatalf("got %v and %v", a, b)
		}
		if a == nil {
			a = b
		}
		x.refused(a, "member.last-convener")
	})
}
