package dialogue_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parley/dialogue"
	"parley/fault"
)

var moment = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func configured(a dialogue.Admission) dialogue.Configured {
	return dialogue.Configured{
		Dialogue: dialogue.Dialogue{ID: "towns", Stage: dialogue.Open, Rule: dialogue.Members, Sides: append(slices.Clone(towns), dialogue.Side{ID: "E"})},
		Settings: dialogue.Settings{Admission: a, Budget: 5},
	}
}

// wants checks an error against the key of a fault; "" is none.
func wants(t *testing.T, what any, err error, key string) {
	t.Helper()
	f, ok := fault.As(err)
	if key == "" && err != nil || key != "" && (!ok || f.Key != key) {
		t.Errorf("%v: got %v, want %q", what, err, key)
	}
}

func TestLetIn(t *testing.T) {
	rules := []dialogue.Tick{dialogue.TickRules}
	convener := func(r dialogue.Role, side dialogue.SideID, people int) *dialogue.Invitation {
		return &dialogue.Invitation{Role: r, Side: side, MadeFor: people, Uses: 1}
	}
	registrar := &dialogue.Invitation{Role: dialogue.Participant, MadeFor: 1, Uses: 1, BySide: "N"}
	ask := func(sides ...dialogue.SideID) dialogue.Application {
		return dialogue.Application{Sides: sides, Version: 2, Ticks: rules}
	}
	asked, in := dialogue.Asked, dialogue.Admitted
	for _, c := range []struct {
		name       string
		admission  dialogue.Admission
		current    int
		a          dialogue.Application
		invitation *dialogue.Invitation
		want       dialogue.Entry
		fault      string
	}{
		{"uninvited", dialogue.ByInvitation, 2, ask(), nil, dialogue.Entry{}, "member.by-invitation"},
		{"asks", dialogue.ByRequest, 2, ask("S", "N"), nil, dialogue.Entry{State: asked, Sides: []dialogue.SideID{"N", "S"}}, ""},
		{"open", dialogue.Freely, 2, ask("S"), nil, dialogue.Entry{State: in, Sides: []dialogue.SideID{"S"}}, ""},
		{"observer", dialogue.Freely, 2, dialogue.Application{Observer: true, Version: 2, Ticks: rules}, nil, dialogue.Entry{State: in, Observer: true}, ""},
		{"invited by the convener", dialogue.ByInvitation, 2, ask("N"), convener(dialogue.Participant, "", 1),
			dialogue.Entry{State: in, Vetted: true, Sides: []dialogue.SideID{"N"}}, ""},
		{"by a link for many", dialogue.ByInvitation, 2, ask("N"), convener(dialogue.Participant, "", 2),
			dialogue.Entry{State: in, Sides: []dialogue.SideID{"N"}}, ""},
		{"the proposed side is a proposal", dialogue.ByInvitation, 2, ask("S"), convener(dialogue.Participant, "N", 1),
			dialogue.Entry{State: in, Vetted: true, Sides: []dialogue.SideID{"S"}}, ""},
		{"invited by one side", dialogue.ByInvitation, 2, ask("N"), registrar,
			dialogue.Entry{State: asked, Approved: "N", Sides: []dialogue.SideID{"N"}}, ""},
		{"invited by one side where the door is open", dialogue.Freely, 2, ask(), registrar, dialogue.Entry{State: in, Approved: "N"}, ""},
		{"as observer", dialogue.ByInvitation, 2, ask(), convener(dialogue.Observer, "", 1), dialogue.Entry{State: in, Vetted: true, Observer: true}, ""},
		{"as moderator, of no side", dialogue.ByInvitation, 2, ask("N"), convener(dialogue.Moderator, "", 1),
			dialogue.Entry{State: in, Vetted: true, Grants: []dialogue.Grant{{Role: dialogue.Moderator}}}, ""},
		{"as registrar, of that side too", dialogue.ByInvitation, 2, ask("E"), convener(dialogue.Registrar, "N", 1),
			dialogue.Entry{State: in, Vetted: true, Sides: []dialogue.SideID{"E", "N"}, Grants: []dialogue.Grant{{Role: dialogue.Registrar, Side: "N"}}}, ""},
		{"who has a role does not only observe", dialogue.ByInvitation, 2, dialogue.Application{Observer: true, Version: 2, Ticks: rules},
			convener(dialogue.Delegate, "N", 1),
			dialogue.Entry{State: in, Vetted: true, Sides: []dialogue.SideID{"N"}, Grants: []dialogue.Grant{{Role: dialogue.Delegate, Side: "N"}}}, ""},
		{"no declaration yet", dialogue.Freely, 0, dialogue.Application{Ticks: rules}, nil, dialogue.Entry{}, "member.no-declaration"},
		{"the convener writes it", dialogue.ByInvitation, 0, dialogue.Application{Ticks: rules}, convener(dialogue.Convener, "", 1),
			dialogue.Entry{State: in, Vetted: true, Grants: []dialogue.Grant{{Role: dialogue.Convener}}}, ""},
		{"nobody else does", dialogue.ByInvitation, 0, dialogue.Application{Ticks: rules}, convener(dialogue.Moderator, "", 1),
			dialogue.Entry{}, "member.no-declaration"},
		{"an older version", dialogue.Freely, 3, ask(), nil, dialogue.Entry{}, "member.declaration-moved"},
		{"a version that is not there", dialogue.Freely, 1, ask(), nil, dialogue.Entry{}, "member.declaration-moved"},
		{"without the rules", dialogue.Freely, 2, dialogue.Application{Version: 2, Ticks: []dialogue.Tick{dialogue.TickContact}}, nil, dialogue.Entry{}, "member.tick-rules"},
		{"another side", dialogue.Freely, 2, ask("X"), nil, dialogue.Entry{}, "member.sides"},
		{"a side twice", dialogue.Freely, 2, ask("N", "N"), nil, dialogue.Entry{}, "member.sides"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := dialogue.LetIn(configured(c.admission), c.current, c.a, c.invitation)
			wants(t, got, err, c.fault)
			c.want.Ticks = rules
			if err == nil && !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestTicks(t *testing.T) {
	got, err := dialogue.CheckTicks([]dialogue.Tick{dialogue.TickRules, dialogue.TickContact, dialogue.TickRules})
	if want := []dialogue.Tick{dialogue.TickContact, dialogue.TickRules}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v", got, err)
	}
	_, err = dialogue.CheckTicks([]dialogue.Tick{dialogue.TickRules, "spam"})
	wants(t, "spam", err, "member.tick")
	for _, tick := range dialogue.Ticks {
		wants(t, tick, dialogue.CheckTick(tick, true), "")
		want := ""
		if tick == dialogue.TickRules {
			want = "member.tick-rules"
		}
		wants(t, tick, dialogue.CheckTick(tick, false), want)
	}
	wants(t, "spam", dialogue.CheckTick("spam", false), "member.tick")
}

func TestAgreeing(t *testing.T) {
	for _, c := range []struct {
		version, current int
		want             string
	}{{1, 1, ""}, {3, 3, ""}, {2, 3, "member.declaration-moved"}, {4, 3, "member.declaration-moved"}, {0, 0, "member.declaration-moved"}} {
		wants(t, c, dialogue.CheckAgreement(c.version, c.current), c.want)
	}
}

func TestChangingSides(t *testing.T) {
	d := configured(dialogue.Freely).Dialogue
	delegate := dialogue.Grant{Role: dialogue.Delegate, Side: "N"}
	m := dialogue.Member{Sides: []dialogue.SideID{"E", "N"}, Grants: []dialogue.Grant{delegate, {Role: dialogue.Registrar, Side: "E"}, {Role: dialogue.Convener}}}
	sorted, gone, err := dialogue.ChangeSides(d, m, []dialogue.SideID{"S", "E"})
	if err != nil || !slices.Equal(sorted, []dialogue.SideID{"E", "S"}) || !slices.Equal(gone, []dialogue.Grant{delegate}) {
		t.Errorf("got %v, %v, %v", sorted, gone, err)
	}
	neutral := dialogue.Member{Grants: []dialogue.Grant{{Role: dialogue.Mediator}}}
	_, _, err = dialogue.ChangeSides(d, neutral, []dialogue.SideID{"N"})
	wants(t, "neutral", err, "member.neutral-sides")
	_, _, err = dialogue.ChangeSides(d, neutral, nil)
	wants(t, "neutral, none", err, "")
	_, _, err = dialogue.ChangeSides(d, m, []dialogue.SideID{"X"})
	wants(t, "unknown", err, "member.sides")
}

// One side, several, none: only who declares one, and serves no all, is counted.
func TestCounted(t *testing.T) {
	in := dialogue.Member{State: dialogue.Admitted}
	for _, c := range []struct {
		change func(m *dialogue.Member)
		want   dialogue.SideID
	}{
		{func(m *dialogue.Member) { m.Sides = []dialogue.SideID{"N"} }, "N"},
		{func(m *dialogue.Member) {}, ""},
		{func(m *dialogue.Member) { m.Sides = []dialogue.SideID{"N", "S"} }, ""},
		{func(m *dialogue.Member) { m.Sides, m.Observer = []dialogue.SideID{"N"}, true }, ""},
		{func(m *dialogue.Member) { m.Sides, m.State = []dialogue.SideID{"N"}, dialogue.Asked }, ""},
		{func(m *dialogue.Member) {
			m.Sides, m.Grants = []dialogue.SideID{"N"}, []dialogue.Grant{{Role: dialogue.Staff}}
		}, ""},
		{func(m *dialogue.Member) {
			m.Sides, m.Grants = []dialogue.SideID{"N"}, []dialogue.Grant{{Role: dialogue.Convener}}
		}, "N"},
	} {
		m := in
		c.change(&m)
		if side, ok := m.Counted(); side != c.want || ok != (c.want != "") {
			t.Errorf("%+v counts for %q", m, side)
		}
	}
}

func TestEnoughApprovals(t *testing.T) {
	a := func(by dialogue.MemberID, sides ...dialogue.SideID) dialogue.Approval {
		return dialogue.Approval{By: by, Sides: sides}
	}
	for _, c := range []struct {
		name string
		list []dialogue.Approval
		want bool
	}{
		{"nobody", nil, false},
		{"one", []dialogue.Approval{a("n", "N")}, false},
		{"one person of two sides counts once", []dialogue.Approval{a("n", "N", "S")}, false},
		{"two of one side", []dialogue.Approval{a("n", "N"), a("o", "N")}, false},
		{"five of one side", []dialogue.Approval{a("n", "N"), a("o", "N"), a("p", "N"), a("q", "N"), a("r", "N")}, false},
		{"two of two sides", []dialogue.Approval{a("n", "N"), a("s", "S")}, true},
		{"one of both, one of the first", []dialogue.Approval{a("n", "N", "S"), a("o", "N")}, true},
		{"the same two sides each", []dialogue.Approval{a("n", "N", "S"), a("o", "N", "S")}, true},
		{"the second pair agrees", []dialogue.Approval{a("n", "N"), a("o", "N"), a("e", "E")}, true},
		{"an approval without a side", []dialogue.Approval{a("n"), a("s", "S")}, false},
	} {
		if got := dialogue.Enough(c.list); got != c.want {
			t.Errorf("%s: got %t", c.name, got)
		}
	}
}

// No side, however many registrars it has, is ever enough alone.
func TestOneSideAloneIsNeverEnough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []dialogue.Approval
		for _, by := range rapid.SliceOf(rapid.StringMatching(`[a-z]{1,3}`)).Draw(t, "registrars") {
			list = append(list, dialogue.Approval{By: dialogue.MemberID(by), Sides: []dialogue.SideID{"N"}})
		}
		if dialogue.Enough(list) {
			t.Fatalf("%v", list)
		}
	})
}

func TestWhoApproves(t *testing.T) {
	waits := dialogue.Member{ID: "x", State: dialogue.Asked}
	convener := member(2, false, dialogue.Grant{Role: dialogue.Convener})
	two := member(2, false, dialogue.Grant{Role: dialogue.Registrar, Side: "A"}, dialogue.Grant{Role: dialogue.Registrar, Side: "B"})
	if alone, _, err := dialogue.Approve(convener, waits); !alone || err != nil {
		t.Errorf("the convener: %t, %v", alone, err)
	}
	if alone, sides, err := dialogue.Approve(two, waits); alone || !slices.Equal(sides, []dialogue.SideID{"A", "B"}) || err != nil {
		t.Errorf("a registrar: %t, %v, %v", alone, sides, err)
	}
	_, _, err := dialogue.Approve(convener, dialogue.Member{ID: "x", State: dialogue.Admitted})
	wants(t, "admitted", err, "member.not-waiting")
	_, _, err = dialogue.Approve(convener, dialogue.Member{ID: "m", State: dialogue.Asked})
	wants(t, "oneself", err, "member.oneself")
}

func TestWhoRefuses(t *testing.T) {
	registrar := member(2, false, dialogue.Grant{Role: dialogue.Registrar, Side: "A"})
	both := member(2, false, dialogue.Grant{Role: dialogue.Registrar, Side: "A"}, dialogue.Grant{Role: dialogue.Registrar, Side: "B"})
	convener := member(2, false, dialogue.Grant{Role: dialogue.Convener})
	for _, c := range []struct {
		who   dialogue.Standing
		sides []dialogue.SideID
		want  string
	}{
		{registrar, []dialogue.SideID{"A"}, ""},
		{registrar, []dialogue.SideID{"B"}, "dialogue.other-side"},
		{registrar, []dialogue.SideID{"A", "B"}, "dialogue.other-side"},
		{registrar, nil, "dialogue.other-side"},
		{both, []dialogue.SideID{"A", "B"}, ""},
		{convener, nil, ""},
		{convener, []dialogue.SideID{"B"}, ""},
	} {
		wants(t, c.sides, dialogue.MayRefuse(c.who, dialogue.Member{State: dialogue.Asked, Sides: c.sides}), c.want)
	}
	wants(t, "admitted", dialogue.MayRefuse(convener, dialogue.Member{State: dialogue.Admitted}), "member.not-waiting")
}
