package dialogue_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parley/dialogue"
)

func TestWhoCanHoldWhichRole(t *testing.T) {
	d := configured(dialogue.ByRequest).Dialogue
	of := func(sides ...dialogue.SideID) dialogue.Member {
		return dialogue.Member{ID: "x", State: dialogue.Admitted, Sides: sides}
	}
	observer, asked := of(), of()
	observer.Observer, asked.State = true, dialogue.Asked
	for _, c := range []struct {
		m    dialogue.Member
		role dialogue.Role
		side dialogue.SideID
		want string
	}{
		{of("N"), dialogue.Delegate, "N", ""},
		{of("N", "S"), dialogue.Registrar, "S", ""},
		{of("N"), dialogue.Delegate, "S", "member.grant-side"},
		{of("N"), dialogue.Delegate, "", "member.grant-side"},
		{of("N"), dialogue.Delegate, "X", "member.grant-side"},
		{of(), dialogue.Registrar, "N", "member.grant-side"},
		{of(), dialogue.Moderator, "", ""},
		{of(), dialogue.Moderator, "N", "member.grant-side"},
		{of("N"), dialogue.Moderator, "", "member.grant-neutral"},
		{of("N"), dialogue.Mediator, "", "member.grant-neutral"},
		{of("N"), dialogue.Interpreter, "", "member.grant-neutral"},
		{of("N"), dialogue.Staff, "", "member.grant-neutral"},
		{of("N"), dialogue.Convener, "", ""},
		{of(), dialogue.Convener, "", ""},
		{of(), dialogue.Owner, "", "member.role"},
		{of(), dialogue.Participant, "", "member.role"},
		{of(), "king", "", "member.role"},
		{observer, dialogue.Moderator, "", "member.grant-observer"},
		{asked, dialogue.Moderator, "", "member.not-admitted"},
	} {
		wants(t, c, dialogue.CheckGrant(d, c.m, dialogue.Grant{Role: c.role, Side: c.side}), c.want)
	}
}

func TestTheLastConvenerStays(t *testing.T) {
	convener := dialogue.Grant{Role: dialogue.Convener}
	m := dialogue.Member{ID: "x", Grants: []dialogue.Grant{convener, {Role: dialogue.Delegate, Side: "N"}}}
	wants(t, "last", dialogue.CheckRevoke(m, convener, []dialogue.MemberID{"x"}), "member.last-convener")
	wants(t, "one of two", dialogue.CheckRevoke(m, convener, []dialogue.MemberID{"x", "y"}), "")
	wants(t, "another role", dialogue.CheckRevoke(m, dialogue.Grant{Role: dialogue.Delegate, Side: "N"}, []dialogue.MemberID{"x"}), "")
	wants(t, "not held", dialogue.CheckRevoke(m, dialogue.Grant{Role: dialogue.Delegate, Side: "S"}, nil), "member.not-held")
	wants(t, "goes", dialogue.CheckGoes("x", []dialogue.MemberID{"x"}), "member.last-convener")
	wants(t, "another goes", dialogue.CheckGoes("y", []dialogue.MemberID{"x"}), "")
}

// A registrar makes nobody register editor who is themselves, for no side; a
// convener gives as they please.
func TestARegistrarNamesOthers(t *testing.T) {
	side := func(r dialogue.Role, s dialogue.SideID) dialogue.Grant { return dialogue.Grant{Role: r, Side: s} }
	registrar := member(2, false, side(dialogue.Registrar, "A"))
	convener := member(2, false, dialogue.Grant{Role: dialogue.Convener}, side(dialogue.Registrar, "A"))
	me, other := dialogue.Member{ID: registrar.Member}, dialogue.Member{ID: "other"}
	for _, c := range []struct {
		name string
		who  dialogue.Standing
		m    dialogue.Member
		want string
	}{
		{"themselves", registrar, me, "member.grant-oneself"},
		{"another", registrar, other, ""},
		{"a convener themselves", convener, me, ""},
	} {
		wants(t, c.name, dialogue.CheckGiver(c.who, c.m, side(dialogue.Delegate, "A")), c.want)
	}
}

func TestWhichDeedGrantingIs(t *testing.T) {
	registrar := member(2, false, dialogue.Grant{Role: dialogue.Registrar, Side: "A"})
	both := member(2, false, dialogue.Grant{Role: dialogue.Registrar, Side: "A"}, dialogue.Grant{Role: dialogue.Convener})
	delegate := dialogue.Grant{Role: dialogue.Delegate, Side: "A"}
	for _, c := range []struct {
		who  dialogue.Standing
		g    dialogue.Grant
		want dialogue.Verb
	}{
		{registrar, delegate, dialogue.NameDelegate},
		{registrar, dialogue.Grant{Role: dialogue.Registrar, Side: "A"}, dialogue.GrantRole},
		{both, delegate, dialogue.GrantRole},
		{dialogue.Standing{}, dialogue.Grant{Role: dialogue.Convener}, dialogue.GrantRole},
	} {
		if got := dialogue.GrantVerb(c.who, c.g); got != c.want {
			t.Errorf("%v by %v: got %s", c.g, c.who.Grants, got)
		}
	}
}

func TestVerifying(t *testing.T) {
	registrar := member(2, false, dialogue.Grant{Role: dialogue.Registrar, Side: "A"}, dialogue.Grant{Role: dialogue.Registrar, Side: "B"})
	ours := dialogue.Member{ID: "x", State: dialogue.Admitted, Sides: []dialogue.SideID{"B", "C"}}
	good := dialogue.Verified{Name: "Ann Example", Office: "Deputy minister", Sector: dialogue.Official}
	v, err := dialogue.CheckVerified(registrar, ours, good)
	if err != nil || v.Side != "B" {
		t.Errorf("got %+v, %v", v, err)
	}
	for name, c := range map[string]struct {
		m      dialogue.Member
		change func(v *dialogue.Verified)
		want   string
	}{
		"of another side":            {dialogue.Member{ID: "y", Sides: []dialogue.SideID{"C"}}, func(v *dialogue.Verified) {}, "member.verify-side"},
		"of none":                    {dialogue.Member{ID: "y"}, func(v *dialogue.Verified) {}, "member.verify-side"},
		"oneself":                    {dialogue.Member{ID: "m", Sides: []dialogue.SideID{"A"}}, func(v *dialogue.Verified) {}, "member.oneself"},
		"for a side they are not of": {ours, func(v *dialogue.Verified) { v.Side = "A" }, "member.verify-side"},
		"no name":                    {ours, func(v *dialogue.Verified) { v.Name = "" }, "member.verified"},
		"two lines":                  {ours, func(v *dialogue.Verified) { v.Office = "a\nb" }, "member.verified"},
		"another direction":          {ours, func(v *dialogue.Verified) { v.Name = "Ann\u202eeb" }, "member.verified"},
		"a joiner":                   {ours, func(v *dialogue.Verified) { v.Name = "می\u200cخواهم" }, ""},
		"too long":                   {ours, func(v *dialogue.Verified) { v.Name = strings.Repeat("я", dialogue.MaxVerified+1) }, "member.verified"},
		"no sector":                  {ours, func(v *dialogue.Verified) { v.Sector = "secret" }, "member.sector"},
		"an office unsaid":           {ours, func(v *dialogue.Verified) { v.Office = "" }, ""},
		"the side asked":             {ours, func(v *dialogue.Verified) { v.Side = "B" }, ""},
	} {
		v := good
		c.change(&v)
		_, err := dialogue.CheckVerified(registrar, c.m, v)
		wants(t, name, err, c.want)
	}
	wants(t, "mandate", dialogue.CheckMandate(registrar, ours, "speaks for the council, letter of 1 May"), "")
	wants(t, "mandate taken back", dialogue.CheckMandate(registrar, ours, ""), "")
	wants(t, "two lines", dialogue.CheckMandate(registrar, ours, "a\nb"), "member.mandate")
	wants(t, "another side", dialogue.CheckMandate(registrar, dialogue.Member{ID: "y"}, ""), "member.verify-side")
}

func TestRecommending(t *testing.T) {
	in := func(id dialogue.MemberID) dialogue.Member { return dialogue.Member{ID: id, State: dialogue.Admitted} }
	observer, asked, neutral := in("o"), in("a"), in("n")
	observer.Observer, asked.State, neutral.Grants = true, dialogue.Asked, []dialogue.Grant{{Role: dialogue.Interpreter}}
	for _, c := range []struct {
		by, of        dialogue.Member
		given, budget int
		want          string
	}{
		{in("x"), in("y"), 0, 1, ""},
		{in("x"), in("y"), 1, 1, "member.recommend-budget"},
		{in("x"), in("y"), 3, 1, "member.recommend-budget"}, // the budget was made smaller
		{in("x"), in("y"), 0, 0, "member.recommend-budget"},
		{in("x"), in("x"), 0, 5, "member.oneself"},
		{in("x"), observer, 0, 5, "member.recommend-counted"},
		{in("x"), asked, 0, 5, "member.recommend-counted"},
		{in("x"), neutral, 0, 5, "member.recommend-counted"},
		{neutral, in("x"), 0, 5, "member.recommend-counted"},
		{observer, in("x"), 0, 5, "member.recommend-counted"},
	} {
		wants(t, c, dialogue.CheckRecommend(c.by, c.of, c.given, c.budget), c.want)
	}
}

func TestMakingInvitations(t *testing.T) {
	d := configured(dialogue.ByInvitation)
	convener := member(2, false, dialogue.Grant{Role: dialogue.Convener})
	registrar := member(2, false, dialogue.Grant{Role: dialogue.Registrar, Side: "N"})
	two := member(2, false, dialogue.Grant{Role: dialogue.Registrar, Side: "N"}, dialogue.Grant{Role: dialogue.Registrar, Side: "S"})
	owner := dialogue.Standing{SignedIn: true, Owner: true}
	type inv = dialogue.Invitation
	for name, c := range map[string]struct {
		who       dialogue.Standing
		i         inv
		conveners int
		want      string
		bySide    dialogue.SideID
	}{
		"a member":                        {convener, inv{}, 1, "", ""},
		"a convener invites a registrar":  {convener, inv{Role: dialogue.Registrar, Side: "N"}, 1, "", ""},
		"of which side?":                  {convener, inv{Role: dialogue.Registrar}, 1, "member.grant-side", ""},
		"a moderator of a side":           {convener, inv{Role: dialogue.Moderator, Side: "N"}, 1, "member.grant-side", ""},
		"an unknown side":                 {convener, inv{Side: "X"}, 1, "member.grant-side", ""},
		"a king":                          {convener, inv{Role: "king"}, 1, "member.role", ""},
		"the owner of the server":         {convener, inv{Role: dialogue.Owner}, 1, "member.role", ""},
		"in a convener's name, no side's": {convener, inv{BySide: "N"}, 1, "", ""},
		"a registrar invites a member":    {registrar, inv{}, 1, "", "N"},
		"an observer":                     {registrar, inv{Role: dialogue.Observer}, 1, "", "N"},
		"another side's member":           {registrar, inv{Side: "S"}, 1, "", "N"},
		"in another side's name":          {registrar, inv{BySide: "S"}, 1, "dialogue.other-side", ""},
		"a registrar invites a delegate":  {registrar, inv{Role: dialogue.Delegate, Side: "N"}, 1, "member.registrar-invites", ""},
		"a registrar invites a convener":  {registrar, inv{Role: dialogue.Convener}, 1, "member.registrar-invites", ""},
		"in whose name of two?":           {two, inv{}, 1, "dialogue.other-side", ""},
		"in the second's":                 {two, inv{BySide: "S"}, 1, "", "S"},
		"the owner, the first convener":   {owner, inv{Role: dialogue.Convener}, 0, "", ""},
		"the owner, a second":             {owner, inv{Role: dialogue.Convener}, 1, "member.has-convener", ""},
		"the owner, a member":             {owner, inv{}, 0, "dialogue.other-side", ""},
		"for too many":                    {convener, inv{Uses: dialogue.MaxInvitationUse + 1}, 1, "member.invitation-bounds", ""},
		"for too long":                    {convener, inv{ExpiresAt: moment.Add(91 * 24 * time.Hour)}, 1, "member.invitation-bounds", ""},
		"run out already":                 {convener, inv{ExpiresAt: moment}, 1, "member.invitation-bounds", ""},
		"a long note":                     {convener, inv{Note: strings.Repeat("я", 201)}, 1, "member.note", ""},
		"the longest note":                {convener, inv{Note: strings.Repeat("я", 200)}, 1, "", ""},
		"two lines":                       {convener, inv{Note: "a\nb"}, 1, "member.note", ""},
	} {
		got, err := dialogue.CheckInvitation(d, c.who, c.i, c.conveners, moment)
		wants(t, name, err, c.want)
		if err == nil && (got.BySide != c.bySide || got.Uses != 1 || got.MadeFor != 1 || got.Role == "" || got.ByMember != c.who.Member ||
			!got.ExpiresAt.Equal(moment.Add(dialogue.InvitationLasts))) {
			t.Errorf("%s: got %+v", name, got)
		}
	}
	for _, c := range []struct {
		who  dialogue.Standing
		side dialogue.SideID
		want bool
	}{{convener, "", true}, {convener, "N", true}, {registrar, "N", true}, {registrar, "S", false}, {registrar, "", false}, {owner, "", false}} {
		if got := dialogue.Theirs(c.who, inv{BySide: c.side}); got != c.want {
			t.Errorf("%v, by %q: got %t", c.who.Grants, c.side, got)
		}
	}
}

// Names of members and sides carry no meaning for the weights.
func TestWeightsDoNotDependOnNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 15).Draw(t, "voters")
		name := func(i int, other bool) dialogue.MemberID {
			if other {
				i = n - i
			}
			return dialogue.MemberID(rune('a' + i))
		}
		rename := map[dialogue.SideID]dialogue.SideID{"": "", "N": "S", "S": "E", "E": "N"}
		var one, two []dialogue.Voter
		for i := range n {
			v := dialogue.Voter{ID: name(i, false), Vetted: rapid.Bool().Draw(t, "vetted"), Side: rapid.SampledFrom([]dialogue.SideID{"", "N", "S", "E"}).Draw(t, "side")}
			u := dialogue.Voter{ID: name(i, true), Vetted: v.Vetted, Side: rename[v.Side]}
			for _, by := range rapid.SliceOfN(rapid.IntRange(0, n-1), 0, 4).Draw(t, "by") {
				v.By, u.By = append(v.By, name(by, false)), append(u.By, name(by, true))
			}
			one, two = append(one, v), slices.Insert(two, 0, u)
		}
		a, err := dialogue.Weigh(one)
		if err != nil {
			t.Fatal(err)
		}
		b, err := dialogue.Weigh(two)
		if err != nil {
			t.Fatal(err)
		}
		for i := range n {
			if a[name(i, false)] != b[name(i, true)] {
				t.Fatalf("voter %d: %v and %v", i, a[name(i, false)], b[name(i, true)])
			}
		}
	})
}

func TestWeighing(t *testing.T) {
	voters := []dialogue.Voter{
		{ID: "a", Vetted: true, Side: "N"}, {ID: "b", Vetted: true, Side: "N"}, {ID: "c", Side: "N", By: []dialogue.MemberID{"a", "s"}},
		{ID: "s", Vetted: true, Side: "S"}, {ID: "none", Vetted: true, By: []dialogue.MemberID{"a", "gone"}},
	}
	for i := range 30 {
		voters = append(voters, dialogue.Voter{ID: dialogue.MemberID(rune('A' + i)), Side: "N"})
	}
	w, err := dialogue.Weigh(voters)
	if err != nil {
		t.Fatal(err)
	}
	strangers := 0.0
	for i := range 30 {
		strangers += w[dialogue.MemberID(rune('A'+i))]
	}
	if w["a"] < .8 || w["s"] != 1 || w["c"] <= w["A"] || strangers > 1.2 || w["A"] <= 0 {
		t.Errorf("a %v, s %v, c %v, A %v, strangers %v", w["a"], w["s"], w["c"], w["A"], strangers)
	}
	if _, ok := w["none"]; ok || len(w) != len(voters)-1 {
		t.Error("who is of no side has a weight for one")
	}
}
