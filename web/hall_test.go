package web

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/i18n"
	"parley/interest"
)

func TestMistakesThatAFormCanMend(t *testing.T) {
	s := testServer(t, river())
	fields := fieldBy("sides", "sides", "name", "pseudonym")
	for name, c := range map[string]struct {
		err   error
		field string
		code  int // 0: it is for the page of problems
	}{
		"a value":               {fault.New(fault.Invalid, "member.name-length", "short").With("Max", 40), "pseudonym", 400},
		"another has it":        {fault.New(fault.Conflict, "member.name-taken", "taken"), "pseudonym", 409},
		"read again":            {fault.New(fault.Stale, "store.stale", "stale"), "", 412},
		"not allowed":           {fault.New(fault.Denied, "member.neutral-sides", "neutral"), "sides", 403},
		"nobody":                {fault.New(fault.Missing, "member.missing", "nobody"), "", 404},
		"no dialogue":           {fault.New(fault.Missing, "store.no-dialogue", "none"), "", 0},
		"too much work":         {fault.New(fault.Busy, "store.busy", "busy"), "", 0},
		"signed out":            {fault.New(fault.Unknown, "dialogue.unknown", "who"), "", 0},
		"no words for it":       {fault.New(fault.Invalid, "no.such.words", "?"), "", 0},
		"nothing people can do": {errors.New("disk"), "", 0},
	} {
		bad, code, err := s.mistaken("en", c.err, fields)
		if code != c.code || (err == nil) != (c.code != 0) {
			t.Errorf("%s: %d, %v", name, code, err)
			continue
		}
		if c.code != 0 && (len(bad) != 1 || bad[0].Field != c.field || bad[0].Words == "" || bad.Of(c.field) != bad[0].Words) {
			t.Errorf("%s: %+v", name, bad)
		}
	}
}

func TestMistakesStandWhereTheFaultSays(t *testing.T) {
	typed := fault.New(fault.Invalid, "edit.long", "long").With("Field", "payer").With("Lang", "ru")
	for name, c := range map[string]struct {
		err  error
		want wrong
	}{
		"a text in a language": {typed, wrong{"payer.ru", "w"}},
		"a choice":             {fault.New(fault.Invalid, "edit.choice", "x").With("Field", "rule"), wrong{"rule", "w"}},
		"no field":             {fault.New(fault.Stale, "store.stale", "x"), wrong{"f", "w"}},
		"the whole":            {fault.New(fault.Invalid, "edit.unfit", "x").With("Field", "date"), wrong{"", "does not fit"}},
		"another error":        {errors.New("x"), wrong{"f", "w"}},
	} {
		if got := placed(c.err, wrongs{{"f", "w"}}, "does not fit"); len(got) != 1 || got[0] != c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestTextsAreReadAsTyped(t *testing.T) {
	r := httptest.NewRequest("POST", "/", strings.NewReader(url.Values{
		"text.en": {"  one\r\n\r\ntwo  "}, "text.ru": {" \r\n "}, "text.de": {"nein"}, "revision": {"7"},
	}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if got := textFrom(r, "text", []string{"en", "ru"}); len(got) != 1 || got["en"] != "one\n\ntwo" {
		t.Errorf("got %q", got)
	}
	if got := revisionOf(r); got != 7 {
		t.Errorf("revision %d", got)
	}
	if got := revisionOf(httptest.NewRequest("POST", "/", nil)); got != -1 {
		t.Errorf("without a revision: %d", got)
	}
	if got := intOf("12") + intOf("x") + intOf("") + intOf("99999999999999999999"); got != 12 {
		t.Errorf("numbers: %d", got)
	}
}

func TestMomentsAreInTheVisitorsZone(t *testing.T) {
	at := time.Date(2026, 11, 22, 23, 30, 0, 0, time.UTC)
	for zone, want := range map[string]string{
		"": "22 November 2026, 23:30 UTC", "Europe/Moscow": "23 November 2026, 02:30 MSK", "Nowhere/Nothing": "22 November 2026, 23:30 UTC",
	} {
		v := &visit{Visitor: account.Visitor{Zone: zone}}
		if got := moment(i18n.For("en"), v, at); got != want {
			t.Errorf("%q: %q, want %q", zone, got, want)
		}
	}
	v := &visit{Visitor: account.Visitor{Zone: "Europe/Moscow"}}
	if got := dayOf(i18n.For("ru"), v, at); got != "23 ноября 2026 года" {
		t.Errorf("the day: %q", got)
	}
	if got := moment(i18n.For("en"), v, time.Time{}) + dayOf(i18n.For("en"), v, time.Time{}); got != "" {
		t.Errorf("no time is written as %q", got)
	}
}

// hallFor is a hall of three sides as a reader of lang finds it.
func hallFor(lang string) *hall {
	h := &hall{visit: &visit{}, lang: lang, words: i18n.For(lang)}
	h.d.ID, h.d.Rule = "hill", dialogue.Members
	h.d.Sides = []dialogue.Side{{ID: "1", Name: both("North", "Север")}, {ID: "2", Name: both("South", "Юг")}, {ID: "3", Name: both("Marsh", "Болото")}}
	h.sides = seated(h.d.Dialogue, lang)
	return h
}

func TestGroupsAndHowPeopleAreCounted(t *testing.T) {
	h := hallFor("en")
	sides := func(ids ...dialogue.SideID) dialogue.Member {
		return dialogue.Member{State: dialogue.Admitted, Sides: ids}
	}
	observer, neutral := sides(), sides()
	observer.Observer, neutral.Grants = true, []dialogue.Grant{{Role: dialogue.Mediator}}
	for name, c := range map[string]struct {
		m              dialogue.Member
		group, counted string
	}{
		"one":      {sides("2"), "", "One side"},
		"several":  {sides("1", "3"), "several sides", "Several sides"},
		"none":     {sides(), "no side", "No side"},
		"observer": {observer, "observer", "You are an observer"},
		"neutral":  {neutral, "serves all sides", "You serve all sides"},
	} {
		if got := h.group(c.m); got != c.group {
			t.Errorf("%s: group %q", name, got)
		}
		if got := countedWords(h, c.m); !strings.HasPrefix(got, c.counted) {
			t.Errorf("%s: counted %q", name, got)
		}
	}
}

func TestSidesStandAsTheReadersAlphabetHasThem(t *testing.T) {
	for lang, want := range map[string]string{"en": "Marsh North South", "ru": "Болото Север Юг"} {
		h := hallFor(lang)
		var names []string
		for _, s := range h.sidesNamed([]dialogue.SideID{"1", "2", "3"}) {
			names = append(names, s.Name.Words)
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s: %s", lang, got)
		}
		if h.sides[0].Mark.Letter == h.sides[1].Mark.Letter {
			t.Errorf("%s: two sides with one mark", lang)
		}
	}
	if got := hallFor("en").side("9").Name.Words; got != "9" {
		t.Errorf("an unknown side is %q", got)
	}
}

func TestRolesTravelThroughForms(t *testing.T) {
	for _, g := range []dialogue.Grant{{Role: dialogue.Moderator}, {Role: dialogue.Registrar, Side: "RU"}, {Role: dialogue.Delegate, Side: "a:b"}} {
		if got := grantOf(grantValue(g)); got != g {
			t.Errorf("%+v came back as %+v", g, got)
		}
	}
	if got := hallFor("ru").grantWords(dialogue.Grant{Role: dialogue.Delegate, Side: "2"}); got != "редактор реестра: Юг" {
		t.Errorf("in words: %q", got)
	}
}

func TestWhatSendingTheFormDoes(t *testing.T) {
	settled := func(a dialogue.Admission) dialogue.Configured {
		return dialogue.Configured{Settings: dialogue.Settings{Admission: a}}
	}
	byConvener, byRegistrar := &dialogue.Invitation{}, &dialogue.Invitation{BySide: "W"}
	for name, c := range map[string]struct {
		d    dialogue.Configured
		i    *dialogue.Invitation
		want dialogue.Admission
	}{
		"the convener's link":             {settled(dialogue.ByInvitation), byConvener, dialogue.Freely},
		"a registrar's link":              {settled(dialogue.ByInvitation), byRegistrar, dialogue.ByRequest},
		"open to all":                     {settled(dialogue.Freely), nil, dialogue.Freely},
		"by request":                      {settled(dialogue.ByRequest), nil, dialogue.ByRequest},
		"the convener's link, by request": {settled(dialogue.ByRequest), byConvener, dialogue.Freely},
	} {
		if got := sendAs(c.d, c.i); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestOneEndOfARangeIsTheRange(t *testing.T) {
	for name, c := range map[string]struct{ in, want interest.RoleRange }{
		"both":    {interest.RoleRange{Low: interest.Minor, High: interest.Key}, interest.RoleRange{Low: interest.Minor, High: interest.Key}},
		"low":     {interest.RoleRange{Low: interest.Minor}, interest.RoleRange{Low: interest.Minor, High: interest.Minor}},
		"high":    {interest.RoleRange{High: interest.Key}, interest.RoleRange{Low: interest.Key, High: interest.Key}},
		"neither": {},
	} {
		if got := oneEnd(c.in); got != c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got := position[interest.Tier](interest.TierWords, "vital"); got != interest.Vital {
		t.Errorf("vital is %v", got)
	}
	if got := position[interest.Tier](interest.TierWords, "<script>"); got != interest.Unplaced {
		t.Errorf("no such word is %v", got)
	}
}

func TestNavigationFollowsWhatOneMay(t *testing.T) {
	x := newSociety(t, Config{}, func(d *dialogue.Dialogue) { d.Rule = dialogue.Members })
	inside := []string{"Overview", "Problems", "Actions", "Statements", "Registers", "Comparison", "Disagreements", "What might be done", "Suppose …", "About", "My membership"}
	for role, want := range map[dialogue.Role][]string{
		dialogue.Visitor:     {"Overview", "About", "Join"},
		dialogue.Holder:      {"Overview", "About", "Join"},
		dialogue.Applicant:   {"Overview", "About", "My membership"},
		dialogue.Participant: inside,
		dialogue.Observer:    inside,
		dialogue.Mediator:    append(slices.Clone(inside), "Desk"),
		dialogue.Convener:    append(slices.Clone(inside), "Desk"),
	} {
		if got := texts(x.as(role).open("/en/river/contact").Find("nav.pages a")); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", role, got, want)
		}
	}
	for role, want := range map[dialogue.Role][]string{
		dialogue.Convener:  {"Overview", "Settings", "Declaration", "Admissions", "Invitations", "Members", "Moderation", "Messages", "Letters", "Log of acts"},
		dialogue.Registrar: {"Overview", "Admissions", "Invitations", "Members", "Log of acts"},
		dialogue.Moderator: {"Overview", "Members", "Moderation", "Log of acts"},
	} {
		b := x.as(role)
		doc := b.open("/en/river/desk")
		if got := texts(doc.Find("nav.desk-pages a")); !slices.Equal(got, want) {
			t.Errorf("%s at the desk: %q, want %q", role, got, want)
		}
		for _, a := range doc.Find("nav.desk-pages a").EachIter() {
			if code := b.send(a.AttrOr("href", ""), nil).Code; code != http.StatusOK {
				t.Errorf("%s: %s answers %d", role, a.AttrOr("href", ""), code)
			}
		}
	}
}

// What a convener writes is shown to people at risk: nothing in it acts.
func TestWhatIsWrittenNeverActs(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	const evil = "**bold** <script>trap()</script> [x](javascript:trap()) ![x](https://x.example/pixel.png) <img src=x onerror=trap()>"
	x.configured(func(c *dialogue.Configured) {
		for _, text := range settingTexts(c) {
			if text.Text != &c.Title {
				*text.Text = both(evil, evil)
			}
		}
	})
	_, err := x.Store.Declare(t.Context(), x.people[dialogue.Convener], x.dialogue, both(evil, evil), "en", time.Now())
	x.must(err)
	for role, addresses := range map[dialogue.Role][]string{
		dialogue.Visitor:     {"/en/river", "/en/river/about", "/en/river/join", "/en/river/declaration", "/en/river/contact"},
		dialogue.Participant: {"/en/river/me", "/en/river/me/leave", "/en/river/declaration"},
		dialogue.Convener:    {"/en/river/desk/settings", "/en/river/desk/declaration"},
	} {
		for _, address := range addresses {
			doc := x.as(role).open(address)
			if n := doc.Find("main script, main img, main [onerror], main a[href^=javascript]").Length(); n != 0 {
				t.Errorf("%s as %s: %d elements act", address, role, n)
			}
		}
	}
	if x.as(dialogue.Visitor).open("/en/river/about").Find(".written strong").Length() == 0 {
		t.Error("nothing was shown, so the test sees nothing")
	}
}
