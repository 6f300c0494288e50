package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"parley/dialogue"
	"parley/store"
)

// configured changes the settings of a society's dialogue.
func (x *society) configured(change func(c *dialogue.Configured)) {
	x.t.Helper()
	ctx, convener := context.Background(), x.people[dialogue.Convener]
	e, err := x.Store.Entrance(ctx, x.dialogue, convener, "", time.Now())
	x.must(err)
	change(&e.Configured)
	_, err = x.Store.Configure(ctx, convener, x.dialogue, e.Configured, time.Now())
	x.must(err)
}

// invitation makes a link by somebody of the role and gives its secret.
func (x *society) invitation(by dialogue.Role, i dialogue.Invitation) string {
	x.t.Helper()
	secret, _, err := x.Store.Invite(context.Background(), x.people[by], x.dialogue, i, time.Now())
	x.must(err)
	return secret
}

// toldOf is what the card or another list of facts says under a name.
func toldOf(doc *goquery.Document, name string) string {
	var out string
	doc.Find("dl.facts dt").EachWithBreak(func(_ int, dt *goquery.Selection) bool {
		if words(dt) == name {
			out = words(dt.Next())
		}
		return out == ""
	})
	return out
}

func TestDoors(t *testing.T) {
	settled := func(a dialogue.Admission, s dialogue.Stage) dialogue.Configured {
		return dialogue.Configured{Dialogue: dialogue.Dialogue{Stage: s}, Settings: dialogue.Settings{Admission: a}}
	}
	in, out := dialogue.Standing{SignedIn: true}, dialogue.Standing{}
	state := func(s dialogue.State) dialogue.Standing {
		return dialogue.Standing{SignedIn: true, Member: "m", State: s}
	}
	link := &dialogue.Invitation{}
	for name, c := range map[string]struct {
		e    store.Entrance
		want door
	}{
		"invited":               {store.Entrance{Configured: settled(dialogue.ByInvitation, dialogue.Open), Standing: in, Invitation: link}, doorForm},
		"invited, signed out":   {store.Entrance{Configured: settled(dialogue.ByInvitation, dialogue.Open), Standing: out, Invitation: link}, doorStranger},
		"not invited":           {store.Entrance{Configured: settled(dialogue.ByInvitation, dialogue.Open), Standing: in}, doorShut},
		"nothing settled":       {store.Entrance{Configured: settled("", dialogue.Open), Standing: out}, doorShut},
		"by request":            {store.Entrance{Configured: settled(dialogue.ByRequest, dialogue.Open), Standing: in}, doorForm},
		"freely, signed out":    {store.Entrance{Configured: settled(dialogue.Freely, dialogue.Preparing), Standing: out}, doorStranger},
		"closed":                {store.Entrance{Configured: settled(dialogue.Freely, dialogue.Closed), Standing: in}, doorClosed},
		"inside":                {store.Entrance{Configured: settled(dialogue.Freely, dialogue.Closed), Standing: state(dialogue.Admitted)}, doorInside},
		"asked":                 {store.Entrance{Configured: settled(dialogue.ByRequest, dialogue.Open), Standing: state(dialogue.Asked)}, doorAsked},
		"refused":               {store.Entrance{Configured: settled(dialogue.Freely, dialogue.Open), Standing: state(dialogue.Refused)}, doorRefused},
		"refused, then invited": {store.Entrance{Configured: settled(dialogue.ByInvitation, dialogue.Open), Standing: state(dialogue.Refused), Invitation: link}, doorForm},
	} {
		c.e.Declaration.Version = 1
		if got := doorOf(&c.e); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// Before there is a declaration, only the first convener comes in.
func TestDoorsBeforeTheDeclaration(t *testing.T) {
	e := store.Entrance{Standing: dialogue.Standing{SignedIn: true}, Invitation: &dialogue.Invitation{Role: dialogue.Participant}}
	if got := doorOf(&e); got != doorUnready {
		t.Errorf("a member finds %s", got)
	}
	if e.Invitation.Role = dialogue.Convener; doorOf(&e) != doorForm {
		t.Errorf("the convener finds %s", doorOf(&e))
	}
}

func TestTheCardTellsEverythingBeforeJoining(t *testing.T) {
	x := newSociety(t, Config{}, func(d *dialogue.Dialogue) { d.Rule = dialogue.Members })
	bare := x.as(dialogue.Holder).open("/en/river/join")
	for _, name := range []string{"What it is for", "Who pays for it", "In which country it is kept", "Where to turn"} {
		if got := toldOf(bare, name); got != "not stated" {
			t.Errorf("%s: %q", name, got)
		}
	}
	x.configured(func(c *dialogue.Configured) {
		c.Purpose, c.Operator, c.Payer, c.Country = both("To *share* water", "Чтобы делить воду"), both("A club", "Клуб"), both("Both towns", "Оба города"), both("Nowhere", "Нигде")
		c.Readers, c.Keeping, c.Limits, c.Exit, c.Contact = both("R", "Ч"), both("Two years", "Два года"), both("L", "П"), both("E", "В"), both("C", "О")
	})
	for lang, want := range map[string]map[string]string{
		"en": {
			"What it is for": "To share water", "Who runs it": "A club", "Who pays for it": "Both towns", "In which country it is kept": "Nowhere",
			"Who will see that you take part": "Nobody outside of this dialogue.", "Rule of the room": "Members: only those who take part may read.",
			"Who can read what": "Members alone read", "What is kept, and for how long": "Two years",
			"What cannot be promised": "can technically read everything on it.", "How to leave": "You can leave at any time", "Where to turn": "C",
		},
		"ru": {"Для чего этот диалог": "Чтобы делить воду", "Чего обещать нельзя": "государство могут видеть, что вы заходили", "Кто за него платит": "Оба города"},
	} {
		doc := newBrowser(t, x.Server).open("/" + lang + "/river/join")
		for name, part := range want {
			if got := toldOf(doc, name); !strings.Contains(got, part) {
				t.Errorf("%s %s: %q lacks %q", lang, name, got, part)
			}
		}
		if doc.Find(".card em").Length() != map[string]int{"en": 1, "ru": 0}[lang] {
			t.Errorf("%s: the purpose is no Markdown", lang)
		}
	}
}

func TestWhoSeesThatYouTakePartFollowsTheRoster(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	for roster, want := range map[dialogue.Roster]string{dialogue.RosterClosed: "Other members see no list.", dialogue.RosterMembers: "Members see a list"} {
		x.configured(func(c *dialogue.Configured) { c.Roster = roster })
		if got := toldOf(x.as(dialogue.Visitor).open("/en/river/join"), "Who will see that you take part"); !strings.Contains(got, want) {
			t.Errorf("%s: %q", roster, got)
		}
	}
}

func TestStrangersKeepInvitationAndWayBack(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	x.configured(func(c *dialogue.Configured) { c.Unlisted, c.Admission = true, dialogue.ByInvitation })
	secret := x.invitation(dialogue.Convener, dialogue.Invitation{Role: dialogue.Participant})
	b := newBrowser(t, x.Server)
	if rec := b.send("/en/river/join", nil); rec.Code != http.StatusNotFound {
		t.Errorf("without an invitation the dialogue is known: %d", rec.Code)
	}
	doc := b.open("/en/river/join?invitation=" + secret)
	up, err := url.Parse(doc.Find(".entry-form a.button").AttrOr("href", ""))
	if err != nil {
		t.Fatal(err)
	}
	back := "/en/river/join?invitation=" + url.QueryEscape(secret)
	if q := up.Query(); up.Path != "/en/sign-up" || q.Get("dialogue") != "river" || q.Get("invitation") != secret || q.Get("next") != back {
		t.Errorf("the way on is %s", up)
	}
	other := doc.Find(`.tools a[hreflang="ru"]`).AttrOr("href", "")
	if u, _ := url.Parse(other); u == nil || u.Query().Get("invitation") != secret || u.Path != "/ru/river/join" {
		t.Errorf("the other language is at %q", other)
	}
	for _, a := range doc.Find("nav.pages a, .dialogue a").EachIter() {
		if code := b.send(a.AttrOr("href", ""), nil).Code; code != http.StatusOK {
			t.Errorf("%s: the way to %s answers %d", words(a), a.AttrOr("href", ""), code)
		}
	}
	if in := doc.Find(`.entry-form a[href^="/en/sign-in"]`).AttrOr("href", ""); !strings.Contains(in, url.QueryEscape(back)) {
		t.Errorf("signing in leads on by %q", in)
	}
}

func TestJoiningByInvitation(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	secret := x.invitation(dialogue.Convener, dialogue.Invitation{Role: dialogue.Participant, Side: "E"})
	b := x.as(dialogue.Holder)
	doc := b.open("/en/river/join?invitation=" + secret)
	if got := doc.Find(`input[name=side][checked]`).AttrOr("value", ""); got != "E" {
		t.Errorf("the proposed side is %q", got)
	}
	if n := doc.Find(`input[name=tick][checked]`).Length(); n != 0 {
		t.Errorf("%d consents are given in advance", n)
	}
	if got := words(doc.Find("form.sheet button")); got != "I agree, let me in" {
		t.Errorf("the button says %q", got)
	}
	form := []string{"invitation", secret, "version", "1", "read", "en", "pseudonym", "Heron", "side", "W", "side", "E"}
	again := b.post("/en/river/join", form...)
	if again.Find(`input[name=pseudonym]`).AttrOr("value", "") != "Heron" || again.Find(`input[name=side][checked]`).Length() != 2 {
		t.Error("what was typed is gone")
	}
	if again.Find(`.wrongs a[href="#tick-rules"]`).Length() != 1 || again.Find("#tick-rules").Length() != 1 {
		t.Errorf("the missing tick is not named: %s", words(again.Find(".wrongs")))
	}
	mine := b.post("/en/river/join", append(form, "tick", "rules", "tick", "contact")...)
	if heading(mine) != "My membership" || !strings.Contains(words(mine.Find("main")), "You take part from now on.") {
		t.Fatalf("not let in: %s", words(mine.Find("main")))
	}
	if got := toldOf(mine, "Pseudonym"); got != "Heron" {
		t.Errorf("pseudonym %q", got)
	}
	if got := toldOf(mine, "How you are counted"); !strings.Contains(got, "Several sides") {
		t.Errorf("counted: %q", got)
	}
	if got := mine.Find(`input[name=tick][checked]`).Length(); got != 2 {
		t.Errorf("%d consents", got)
	}
	if got := heading(b.post("/en/river/join", append(form, "tick", "rules")...)); got != "My membership" {
		t.Errorf("sent twice, it leads to %q", got)
	}
	if got := words(b.open("/en/river/join").Find(".entry-form h2")); got != "You take part here" {
		t.Errorf("a member finds %q", got)
	}
}

func TestJoiningAsAnObserverAndAsANeutral(t *testing.T) {
	for role, counted := range map[dialogue.Role]string{dialogue.Observer: "You are an observer", dialogue.Mediator: "You serve all sides"} {
		x := newSociety(t, Config{}, nil)
		secret := x.invitation(dialogue.Convener, dialogue.Invitation{Role: role})
		b := x.as(dialogue.Holder)
		doc := b.open("/en/river/join?invitation=" + secret)
		if doc.Find("input[name=side]").Length() != 0 || !strings.Contains(words(doc.Find("main")), "you belong to no side") {
			t.Errorf("%s is asked for a side", role)
		}
		mine := b.post("/en/river/join", "invitation", secret, "version", "1", "tick", "rules")
		if got := toldOf(mine, "How you are counted"); !strings.Contains(got, counted) {
			t.Errorf("%s is counted: %q", role, got)
		}
		if mine.Find("#sides").Length() != 0 {
			t.Errorf("%s may declare sides", role)
		}
	}
}

func TestAskingToJoinIsDecidedByTwoSidesOrTheConvener(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	x.admits(dialogue.ByRequest)
	b := x.as(dialogue.Holder)
	if got := words(b.open("/en/river/join").Find("form.sheet button")); got != "I agree and ask to join" {
		t.Errorf("the button says %q", got)
	}
	mine := b.post("/en/river/join", "version", "1", "side", "E", "tick", "rules")
	if got := words(mine.Find("main .lead")); got != "You have asked to join. Two registrars of different sides, or the convener, decide; the answer will stand here." {
		t.Errorf("who asked reads %q", got)
	}
	if got := b.send("/en/river/desk", nil).Code; got != http.StatusForbidden {
		t.Errorf("who waits reaches the desk: %d", got)
	}
	registrar := x.as(dialogue.Registrar)
	doc := registrar.open("/en/river/desk/admissions")
	rows := doc.Find(".people > li")
	if rows.Length() != 2 { // the applicant of the society waits too
		t.Fatalf("%d wait", rows.Length())
	}
	member := rows.Last().Find("input[name=member]").AttrOr("value", "")
	name := words(rows.Last().Find(".who"))
	doc = registrar.post("/en/river/desk/admissions", "member", member, "do", "admit")
	row := doc.Find(".people > li").Last()
	if got := words(row.Find(".hint")); !strings.Contains(got, "Approved by: Weston.") || strings.Contains(got, "Participant") {
		t.Errorf("the approval is told as %q", got)
	}
	if row.Find(`button[value=admit]`).Length() != 0 {
		t.Error("the same side may approve twice")
	}
	if got := words(b.open("/en/river/me").Find("main .lead")); !strings.Contains(got, "You have asked") {
		t.Errorf("one side alone let somebody in: %q", got)
	}
	convener := x.as(dialogue.Convener)
	doc = convener.post("/en/river/desk/admissions", "member", member, "do", "admit")
	if strings.Contains(words(doc.Find(".people")), name) || !strings.Contains(words(doc.Find("main")), "Admitted.") {
		t.Errorf("not admitted: %s", words(doc.Find("main")))
	}
	if got := words(b.open("/en/river/me").Find("main .lead")); got != "You take part as a member." {
		t.Errorf("admitted, and reads %q", got)
	}
	other := convener.open("/en/river/desk/admissions").Find("input[name=member]").AttrOr("value", "")
	convener.post("/en/river/desk/admissions", "member", other, "do", "refuse")
	if got := convener.open("/en/river/desk/admissions").Find(".people").Length(); got != 0 {
		t.Error("who was refused still waits")
	}
	if got := words(x.as(dialogue.Applicant).open("/en/river/join").Find(".entry-form h2")); got != "Your request was refused" {
		t.Errorf("who was refused finds %q", got)
	}
}

// The first convener comes in before there is anything to agree to, and is not
// asked to say that they read it.
func TestNobodyAgreesToADeclarationThatIsNotThere(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	x.must(x.Store.OpenDialogue(t.Context(), x.people[dialogue.Owner], dialogue.Dialogue{
		ID: "lake", Title: both("A lake", "Озеро"), Languages: []string{"en", "ru"},
		Sides: []dialogue.Side{{ID: "A", Name: both("A", "А")}, {ID: "B", Name: both("B", "Б")}},
	}, x.Now()))
	secret, _, err := x.Store.Invite(t.Context(), x.people[dialogue.Owner], "lake", dialogue.Invitation{Role: dialogue.Convener}, x.Now())
	x.must(err)
	for lang, word := range map[string]string{"en": "declaration", "ru": "екларация"} {
		doc := x.as(dialogue.Holder).open("/" + lang + "/lake/join?invitation=" + secret)
		label := words(doc.Find(`label[for="tick-rules"]`))
		if label == "" || strings.Contains(label, word) || !strings.Contains(words(doc.Find("#tick-rules-meaning")), map[string]string{"en": "on publishing", "ru": "публикуя"}[lang]) {
			t.Errorf("%s: the tick says %q, %q", lang, label, words(doc.Find("#tick-rules-meaning")))
		}
	}
}

func TestRefuseStandsWhereItWorks(t *testing.T) {
	x := newSociety(t, Config{}, nil) // somebody of no side waits
	x.admits(dialogue.ByRequest)
	x.enter(dialogue.Holder, store.JoinRequest{Sides: []dialogue.SideID{"W"}})
	offered := func(role dialogue.Role) *goquery.Selection {
		return x.as(role).open("/en/river/desk/admissions").Find("button[value=refuse]")
	}
	if got := offered(dialogue.Convener).Length(); got != 2 {
		t.Errorf("the convener is offered %d refusals", got)
	}
	own := offered(dialogue.Registrar)
	if own.Length() != 1 {
		t.Fatalf("the registrar is offered %d refusals", own.Length())
	}
	member := own.Closest("form").Find("input[name=member]").AttrOr("value", "")
	doc := x.as(dialogue.Registrar).post("/en/river/desk/admissions", "member", member, "do", "refuse")
	if doc.Find(".people > li").Length() != 1 {
		t.Errorf("what is offered does not work: %s", words(doc.Find("main")))
	}
}

func TestTheDeclarationIsThereInEveryLanguageAndAsksAgain(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	doc := newBrowser(t, x.Server).open("/ru/river/declaration")
	if got := words(doc.Find(".declaration > .written")); got != "Будьте добры." {
		t.Errorf("the text is %q", got)
	}
	if got := words(doc.Find(".translation")); got != "EnglishBe kind." {
		t.Errorf("one step away is %q", got)
	}
	b := x.as(dialogue.Participant)
	if got := b.open("/en/river/declaration").Find("form.sheet").Length(); got != 0 {
		t.Error("who agreed is asked again")
	}
	if _, err := x.Store.Declare(t.Context(), x.people[dialogue.Convener], x.dialogue, both("Be kinder.", "Будьте добрее."), "en", time.Now()); err != nil {
		t.Fatal(err)
	}
	doc = b.open("/en/river/me/leave")
	if heading(doc) != "Leave this dialogue" {
		t.Error("who does not agree cannot leave")
	}
	doc = b.open("/en/river/declaration?next=%2Fen%2Friver%2Fcomparison")
	text := words(doc.Find("main"))
	if !strings.Contains(text, "Be kinder.") || !strings.Contains(text, "What you agreed to before") || !strings.Contains(text, "Be kind.") {
		t.Errorf("the page says %q", text)
	}
	stale := b.post("/en/river/declaration", "version", "1", "read", "en")
	if !strings.Contains(words(stale.Find(".wrongs")), "still newer version") {
		t.Errorf("an old version was agreed to: %s", words(stale.Find("main")))
	}
	if got := b.post("/en/river/declaration", "version", "2", "read", "ru", "next", "/en/river/comparison").Url.Path; got != "/en/river/comparison" {
		t.Errorf("agreeing leads to %q", got)
	}
	got := texts(b.open("/en/river/me").Find("section[aria-labelledby=agreements-title] .translation"))
	if len(got) != 2 || !strings.Contains(got[0], "Version 2, read in: Русский") || !strings.Contains(got[0], "Будьте добрее.") || !strings.Contains(got[1], "Be kind.") {
		t.Errorf("agreed to %q", got)
	}
	if got := b.post("/en/river/declaration", "version", "2", "next", "//example.org").Url.Path; strings.Contains(got, "example") {
		t.Errorf("led to %q", got)
	}
}

func TestNobodySpeaksTheVoidLinkOfAnother(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	x.admits(dialogue.ByInvitation)
	b := x.as(dialogue.Holder)
	doc := b.open("/en/river/join?invitation=" + strings.Repeat("A", 43))
	if got := words(doc.Find(".entry-form h2")); got != "This dialogue is joined by invitation" {
		t.Errorf("a void link finds %q", got)
	}
	x.admits(dialogue.ByRequest)
	doc = b.open("/en/river/join?invitation=" + strings.Repeat("A", 43))
	if !strings.Contains(words(doc.Find(".notice")), "used up") || doc.Find("input[name=invitation]").Length() != 0 || doc.Find("form.sheet").Length() != 1 {
		t.Errorf("where people may ask, a void link finds %s", words(doc.Find("main .notice")))
	}
	x.admits(dialogue.ByInvitation)
	rec := b.send("/en/river/join", formOf("invitation", "void", "version", "1", "tick", "rules"))
	if !slices.Contains([]int{http.StatusForbidden, http.StatusBadRequest, http.StatusConflict, http.StatusNotFound}, rec.Code) {
		t.Errorf("a void link answers %d", rec.Code)
	}
}
