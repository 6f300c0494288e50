package store_test

import (
	"testing"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/interest"
	"parley/moderation"
	"parley/store"
	"parley/store/storetest"
)

// deed is a method of the store that asks dialogue.May about a verb.
type deed struct {
	name string
	do   dialogue.Verb
	side dialogue.SideID // where it is done for one side
	run  func(x *society, actor account.PersonID) error
}

const stranger = "not-a-member"

var deeds = []deed{
	{"Join", dialogue.Join, "", func(x *society, a account.PersonID) error {
		_, err := x.Store.Join(x.ctx, a, x.id, store.JoinRequest{}, now)
		return err
	}},
	{"Mine", dialogue.BeMember, "", func(x *society, a account.PersonID) error { _, err := x.Mine(x.ctx, a, x.id); return err }},
	{"Agree", dialogue.BeMember, "", func(x *society, a account.PersonID) error { return x.Agree(x.ctx, a, x.id, 1, "en", now) }},
	{"ChangePseudonym", dialogue.BeMember, "", func(x *society, a account.PersonID) error { return x.ChangePseudonym(x.ctx, a, x.id, "Q Q", now) }},
	{"ChangeSides", dialogue.BeMember, "", func(x *society, a account.PersonID) error { return x.ChangeSides(x.ctx, a, x.id, nil, now) }},
	{"ChangeTick", dialogue.BeMember, "", func(x *society, a account.PersonID) error { return x.ChangeTick(x.ctx, a, x.id, "contact", true, now) }},
	{"Leave", dialogue.BeMember, "", func(x *society, a account.PersonID) error { _, err := x.Leave(x.ctx, a, x.id, true, now); return err }},
	{"DropVerified", dialogue.BeMember, "", func(x *society, a account.PersonID) error { return x.DropVerified(x.ctx, a, x.id) }},
	{"DropMandate", dialogue.BeMember, "", func(x *society, a account.PersonID) error { return x.DropMandate(x.ctx, a, x.id) }},
	{"Unrecommend", dialogue.BeMember, "", func(x *society, a account.PersonID) error { return x.Unrecommend(x.ctx, a, x.id, stranger) }},
	{"Recommend", dialogue.Recommend, "", func(x *society, a account.PersonID) error { return x.Recommend(x.ctx, a, x.id, stranger, now) }},
	{"RecommendByName", dialogue.Recommend, "", func(x *society, a account.PersonID) error { return x.RecommendByName(x.ctx, a, x.id, "Q", now) }},
	{"Members", dialogue.SeeMembers, "", func(x *society, a account.PersonID) error { _, err := x.Members(x.ctx, a, x.id, "", 1); return err }},
	{"Applicants", dialogue.Admit, "", func(x *society, a account.PersonID) error { _, err := x.Applicants(x.ctx, a, x.id); return err }},
	{"Admit", dialogue.Admit, "", func(x *society, a account.PersonID) error {
		_, err := x.Admit(x.ctx, a, x.id, stranger, now)
		return err
	}},
	{"Refuse", dialogue.Admit, "", func(x *society, a account.PersonID) error { return x.Refuse(x.ctx, a, x.id, stranger, now) }},
	{"Verify", dialogue.Verify, "", func(x *society, a account.PersonID) error { return x.Verify(x.ctx, a, x.id, stranger, nil, now) }},
	{"RecordMandate", dialogue.RecordMandate, "", func(x *society, a account.PersonID) error { return x.RecordMandate(x.ctx, a, x.id, stranger, "", now) }},
	{"Grant", dialogue.GrantRole, "", func(x *society, a account.PersonID) error {
		return x.Grant(x.ctx, a, x.id, stranger, dialogue.Grant{Role: dialogue.Moderator}, now)
	}},
	{"Revoke", dialogue.GrantRole, "", func(x *society, a account.PersonID) error {
		return x.Revoke(x.ctx, a, x.id, stranger, dialogue.Grant{Role: dialogue.Moderator}, now)
	}},
	{"Invite", dialogue.Invite, "", func(x *society, a account.PersonID) error {
		_, _, err := x.Invite(x.ctx, a, x.id, dialogue.Invitation{}, now)
		return err
	}},
	{"Invitations", dialogue.Invite, "", func(x *society, a account.PersonID) error { _, err := x.Invitations(x.ctx, a, x.id, now); return err }},
	{"EndInvitation", dialogue.Invite, "", func(x *society, a account.PersonID) error { return x.EndInvitation(x.ctx, a, x.id, "none", now) }},
	{"RemoveTraces", dialogue.RemoveTraces, "", func(x *society, a account.PersonID) error { return x.RemoveTraces(x.ctx, a, x.id, stranger, now) }},
	{"RemoveTracesByName", dialogue.RemoveTraces, "", func(x *society, a account.PersonID) error { return x.RemoveTracesByName(x.ctx, a, x.id, "Q", now) }},
	{"Configure", dialogue.Configure, "", func(x *society, a account.PersonID) error {
		_, err := x.Configure(x.ctx, a, x.id, dialogue.Configured{}, now)
		return err
	}},
	{"Declare", dialogue.Configure, "", func(x *society, a account.PersonID) error {
		_, err := x.Declare(x.ctx, a, x.id, nil, "en", now)
		return err
	}},
	{"SetStage", dialogue.Configure, "", func(x *society, a account.PersonID) error { return x.SetStage(x.ctx, a, x.id, dialogue.Paused, now) }},
	{"Journal", dialogue.SeeJournal, "", func(x *society, a account.PersonID) error { _, err := x.Journal(x.ctx, a, x.id, 0, 1); return err }},
	{"OwnRegister", dialogue.EditRegister, "N", func(x *society, a account.PersonID) error {
		_, _, err := x.OwnRegister(x.ctx, a, x.id, "N")
		return err
	}},
	{"WriteInterest", dialogue.EditRegister, "N", func(x *society, a account.PersonID) error {
		_, _, err := x.WriteInterest(x.ctx, a, x.id, "N", interest.Interest{}, store.AnyRevision, now)
		return err
	}},
	{"RemoveInterest", dialogue.EditRegister, "N", func(x *society, a account.PersonID) error {
		_, err := x.RemoveInterest(x.ctx, a, x.id, "N", "N-1", store.AnyRevision, now)
		return err
	}},
	{"Report", dialogue.Report, "", func(x *society, a account.PersonID) error {
		return x.Report(x.ctx, a, x.id, moderation.NewReport{Of: 99, Reason: moderation.Spam}, now)
	}},
	{"Queue", dialogue.Moderate, "", func(x *society, a account.PersonID) error { _, err := x.Queue(x.ctx, a, x.id, "", 0, 1); return err }},
	{"Case", dialogue.Moderate, "", func(x *society, a account.PersonID) error { _, err := x.Case(x.ctx, a, x.id, 99); return err }},
	{"TakeUp", dialogue.Moderate, "", func(x *society, a account.PersonID) error {
		_, err := x.TakeUp(x.ctx, a, x.id, 99, "", now)
		return err
	}},
	{"Decide", dialogue.Moderate, "", func(x *society, a account.PersonID) error {
		return x.Decide(x.ctx, a, x.id, 99, moderation.Decision{}, time.Time{}, now)
	}},
	{"AskAgain", dialogue.Appeal, "", func(x *society, a account.PersonID) error { return x.AskAgain(x.ctx, a, x.id, 99, "why", now) }},
	{"CaseOf", dialogue.Appeal, "", func(x *society, a account.PersonID) error { _, err := x.CaseOf(x.ctx, a, x.id, 99, ""); return err }},
	{"ModerationLog", dialogue.Read, "", func(x *society, a account.PersonID) error {
		_, err := x.ModerationLog(x.ctx, a, x.id, 0, 1)
		return err
	}},
	{"Balance", dialogue.Read, "", func(x *society, a account.PersonID) error { _, err := x.Balance(x.ctx, a, x.id, now); return err }},
	{"ModerationRules", dialogue.Read, "", func(x *society, a account.PersonID) error { _, err := x.ModerationRules(x.ctx, a, x.id); return err }},
	{"SetModerationRules", dialogue.Moderate, "", func(x *society, a account.PersonID) error {
		return x.SetModerationRules(x.ctx, a, x.id, moderation.Rules{Premoderate: 1, Text: "Many are new."}, now)
	}},
	{"MySanctions", dialogue.BeMember, "", func(x *society, a account.PersonID) error {
		_, err := x.MySanctions(x.ctx, a, x.id, now)
		return err
	}},
}

// house is somebody of each sort in one dialogue: the roles of a side are those
// of N, but for one delegate of S.
func (x *society) house() []account.PersonID {
	x.t.Helper()
	x.person("holder", "waits", "outcast")
	x.configure(func(c *dialogue.Configured) { c.Admission = dialogue.ByRequest })
	x.join("waits", store.JoinRequest{})
	outcast := x.join("outcast", store.JoinRequest{})
	x.must(x.Refuse(x.ctx, "ann", x.id, outcast.ID, now))
	x.seat("oldie", dialogue.Convener, "")
	_, err := x.Declare(x.ctx, "ann", x.id, both("Be kinder.", "Будьте добрее."), "en", now)
	x.must(err)
	x.seat("dieter", dialogue.Delegate, "N")
	x.seat("sonja", dialogue.Delegate, "S")
	x.seat("rita", dialogue.Registrar, "N")
	for name, role := range map[string]dialogue.Role{
		"moe": dialogue.Moderator, "mia": dialogue.Mediator, "ivo": dialogue.Interpreter, "zoe": dialogue.Staff, "olga": dialogue.Observer, "pat": dialogue.Participant,
	} {
		x.seat(name, role, "")
	}
	return []account.PersonID{
		"", "gone", "owner", "holder", "waits", "outcast", "oldie", "dieter", "sonja", "rita", "moe", "mia", "ivo", "zoe", "olga", "pat", "ann",
	}
}

// Whatever May refuses the store refuses, inside the deed, with the same words,
// and nothing changes: every deed, everybody, at every stage.
func TestTheStoreRefusesWhatMayRefuses(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByInvitation)
		people := x.house()
		refusals := 0
		for _, stage := range []dialogue.Stage{dialogue.Open, dialogue.Paused, dialogue.Closed} {
			if stage != dialogue.Open {
				x.must(s.SetStage(x.ctx, "ann", x.id, stage, now))
			}
			before, err := s.State(x.ctx)
			x.must(err)
			for _, p := range people {
				e, err := s.Entrance(x.ctx, x.id, p, "", now)
				x.must(err)
				for _, d := range deeds {
					want := dialogue.May(e.Standing, d.do, e.Dialogue)
					if d.side != "" {
						want = dialogue.MayForSide(e.Standing, d.do, e.Dialogue, d.side)
					}
					refusals += x.refuses(d, p, want)
				}
			}
			if after, err := s.State(x.ctx); err != nil || after != before {
				t.Errorf("while it was %s, what was refused changed something, %v", stage, err)
			}
		}
		if refusals < 700 {
			t.Errorf("only %d refusals were tried", refusals)
		}
	})
}

// refuses runs the deed where May refuses it, and counts that.
func (x *society) refuses(d deed, p account.PersonID, want error) int {
	x.t.Helper()
	w, refused := fault.As(want)
	if !refused {
		return 0
	}
	err := d.run(x, p)
	if d.name == "Mine" && fault.Is(err, fault.Missing) && w.Kind == fault.Denied {
		return 1 // who has no membership hears that
	}
	if got, ok := fault.As(err); !ok || got.Key != w.Key || got.Kind != w.Kind {
		x.t.Errorf("%s by %q: got %v, want %v", d.name, p, err, want)
	}
	return 1
}
