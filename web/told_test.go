package web

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"parley/dialogue"
	"parley/dossier"
	"parley/interest"
)

// Who was invited reads what their own link does, not what others have to do.
func TestAnInvitationSaysWhatItDoes(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	x.admits(dialogue.ByRequest)
	b := x.as(dialogue.Holder)
	for lang, want := range map[string][3]string{
		"en": {"People ask to join.", "This invitation lets you in at once.", "After you, a registrar of another side must approve."},
		"ru": {"по заявке", "По этому приглашению вы вступаете сразу.", "одобрение регистратора другой стороны."},
	} {
		byConvener := x.invitation(dialogue.Convener, dialogue.Invitation{Role: dialogue.Participant})
		bySide := x.invitation(dialogue.Registrar, dialogue.Invitation{Role: dialogue.Participant, BySide: "W"})
		for n, query := range []string{"", "?invitation=" + byConvener, "?invitation=" + bySide} {
			got := words(b.open("/" + lang + "/river/join" + query).Find(".entry-form > p"))
			for k, sentence := range want {
				if strings.Contains(got, sentence) != (k == n) {
					t.Errorf("%s%s: %q", lang, query, got)
				}
			}
		}
	}
}

// A pause and an end are said at the head of every page, and at the door what
// they stop.
func TestTheHeadSaysThatADialogueStandsStill(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	pages := []string{"/en/river", "/en/river/about", "/en/river/join", "/en/river/registers"}
	tags := func() (all []string) {
		for _, p := range pages {
			all = append(all, strings.Join(texts(newBrowser(t, x.Server).open(p).Find(".masthead .kind")), ", "))
		}
		return slices.Compact(all)
	}
	state := func() string { return words(newBrowser(t, x.Server).open("/en").Find(".dialogues .state")) }
	if got := tags(); !slices.Equal(got, []string{"Invented"}) || state() != "Open; everybody reads." {
		t.Errorf("while it is open: %q, %q", got, state())
	}
	desk := x.as(dialogue.Convener)
	desk.post("/en/river/desk/stage", "stage", "paused")
	if got := tags(); !slices.Equal(got, []string{"Invented, Paused"}) || state() != "Paused; everybody reads." {
		t.Errorf("paused: %q, %q", got, state())
	}
	if got := words(x.as(dialogue.Holder).open("/en/river/join").Find(".entry-form .notice")); !strings.Contains(got, "are decided meanwhile") {
		t.Errorf("at the door: %q", got)
	}
	if got := words(desk.open("/en/river/desk").Find("label[for=stage-open]")); got != "Resume it" {
		t.Errorf("the convener may %q", got)
	}
	desk.post("/en/river/desk/stage", "stage", "closed")
	if got := tags(); !slices.Equal(got, []string{"Invented, Closed"}) {
		t.Errorf("closed: %q", got)
	}
	if got := words(desk.open("/ru/river/desk").Find("label[for=stage-open]")); got != "Открыть снова" {
		t.Errorf("the convener may %q", got)
	}
}

// What a registrar recorded about somebody they remove themselves, on the page
// of their membership.
func TestACheckedNameIsRemovedByWhomItNames(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	m, err := x.Store.Mine(context.Background(), x.people[dialogue.Delegate], x.dialogue)
	x.must(err)
	at := "/en/river/desk/members/" + string(m.ID)
	registrar, b := x.as(dialogue.Registrar), x.as(dialogue.Delegate)
	registrar.post(at+"/verify", "name", "Ada Weir", "sector", "civil", "do", "record")
	registrar.post(at+"/mandate", "mandate", "To speak on water")
	for _, c := range []struct{ name, before, address, after, said string }{
		{"Checked name", "Ada Weir", "/en/river/me/unverify", "None. You are known by your pseudonym.", "Your checked name is no longer recorded."},
		{"Mandate", "To speak on water", "/en/river/me/mandate", "None: in a personal capacity.", "Your mandate is no longer recorded."},
	} {
		doc := b.open("/en/river/me")
		if got := toldOf(doc, c.name); !strings.Contains(got, c.before) || doc.Find(`form[action="`+c.address+`"] button`).Length() != 1 {
			t.Errorf("before: %q", got)
		}
		doc = b.post(c.address)
		if got := toldOf(doc, c.name); got != c.after || !strings.Contains(words(doc.Find("[role=status]")), c.said) {
			t.Errorf("after: %q, %q", got, words(doc.Find("[role=status]")))
		}
		if doc.Find(`form[action="`+c.address+`"]`).Length() != 0 {
			t.Errorf("%s: nothing is left to remove, and the button is", c.name)
		}
	}
	if got := words(registrar.open(at).Find("dl.facts")); strings.Contains(got, "Ada Weir") || strings.Contains(got, "on water") {
		t.Errorf("the desk shows %q", got)
	}
	if got := x.as(dialogue.Visitor).send("/en/river/me/unverify", formOf()).Code; got != http.StatusSeeOther {
		t.Errorf("a stranger: %d", got)
	}
}

// Before something is saved it is said who will see it.
func TestWhoSeesItIsSaidBeforeItIsSaved(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	m, err := x.Store.Mine(context.Background(), x.people[dialogue.Delegate], x.dialogue)
	x.must(err)
	member := "/en/river/desk/members/" + string(m.ID)
	check := func(what string, b *browser, address, at, want string) {
		t.Helper()
		if got := words(b.open(address).Find(at)); !strings.Contains(got, want) {
			t.Errorf("%s: %q lacks %q", what, got, want)
		}
	}
	const name, sides = `form[action$="/me/name"]`, `form[action$="/me/sides"]`
	const verify, mandate = `form[action$="/verify"]`, `form[action$="/mandate"]`
	me, registrar, editor := x.as(dialogue.Participant), x.as(dialogue.Registrar), x.as(dialogue.Delegate)
	check("pseudonym", me, "/en/river/me", name, "The registrars and the convener see it.")
	check("sides", me, "/en/river/me", sides, "The registrars and the convener see which sides you declare.")
	check("recommendation", me, "/en/river/me", `form[action$="/me/recommend"]`, "Nobody in the dialogue sees whom you recommend.")
	check("checked name", registrar, member, verify, "The registrars and the convener see it, and the person")
	check("register", editor, "/en/river/register/W/edit", "form.sheet", "Anybody may read this, under the name of your side.")
	x.configured(func(c *dialogue.Configured) { c.Roster = dialogue.RosterMembers })
	check("pseudonym, listed", me, "/en/river/me", name, "Members, the registrars and the convener see it.")
	check("sides, listed", me, "/en/river/me", sides, "Members, the registrars and the convener see which sides you declare.")
	check("checked name, listed", registrar, member, verify, "Members, the registrars and the convener see it")
	x.configured(func(c *dialogue.Configured) { c.Rule = dialogue.NonAttribution })
	check("checked name, not attributed", registrar, member, verify, "The registrars and the convener see it, and the person")
	check("mandate, not attributed", registrar, member, mandate, "Members, the registrars and the convener see it")
	check("register inside", editor, "/en/river/register/W/edit", "form.sheet", "All who take part in this dialogue may read this.")
	check("convener", x.as(dialogue.Convener), member, "dl.facts", "A registrar of that side records it.")
}

// The card says what stands beside what people write: in an open room their side.
func TestTheCardOfAPublicRoom(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	doc := x.as(dialogue.Visitor).open("/en/river/join")
	got := toldOf(doc, "Who will see that you take part")
	for _, want := range []string{"Outside, nobody sees a list.", "stands your side, not your pseudonym", "moderators and the mediators see the desk"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q lacks %q", got, want)
		}
	}
	if strings.Contains(got, "Nobody outside of this dialogue") {
		t.Error("nobody is to learn of it, while everybody reads")
	}
	if got := toldOf(doc, "What is kept, and for how long"); !strings.Contains(got, "For each device on which you are signed in") || !strings.Contains(got, "whom you recommend") {
		t.Errorf("kept: %q", got)
	}
}

// Of an example of the past nobody is told what joining it would mean.
func TestNobodyIsToldOfJoiningWhatIsOver(t *testing.T) {
	s := fullServer(t)
	if got := page(t, s, states+"about").Find(".card").Length(); got != 0 {
		t.Error("the example of 2009 tells what everybody is told before joining")
	}
	x := newSociety(t, Config{}, nil)
	about := func() int { return x.as(dialogue.Visitor).open("/en/river/about").Find(".card").Length() }
	if about() != 1 {
		t.Error("an open dialogue does not tell it")
	}
	x.configured(func(c *dialogue.Configured) { c.Payer = both("Both towns", "Оба города") })
	x.as(dialogue.Convener).post("/en/river/desk/stage", "stage", "closed")
	if about() != 1 {
		t.Error("what the convener wrote is gone with the end")
	}
}

// A convener is led to the desk, and there to what is missing.
func TestTheConvenerFindsTheNextStep(t *testing.T) {
	x := newSociety(t, Config{}, func(d *dialogue.Dialogue) { d.Stage = dialogue.Preparing })
	b := x.as(dialogue.Convener)
	if got := b.open("/en/river/me?said=joined").Find("[role=status] a").AttrOr("href", ""); got != "/en/river/desk" {
		t.Errorf("after joining it goes on at %q", got)
	}
	if got := x.as(dialogue.Participant).open("/en/river/me?said=joined").Find("[role=status] a").Length(); got != 0 {
		t.Error("a member is sent to the desk")
	}
	doc := b.open("/en/river/desk")
	if got := texts(doc.Find("main h2")); len(got) < 3 || got[0] != "Before it opens" || got[1] != "Admissions" || !strings.HasPrefix(got[2], "Stage") {
		t.Errorf("the order of the desk is %q", got)
	}
	rows := doc.Find(".checklist li")
	if !rows.First().HasClass("missing") || !rows.Last().HasClass("done") {
		t.Error("what is missing does not stand first")
	}
	if got := rows.Find(`a[href="/en/river/desk/settings#payer"]`).Length(); got != 1 || b.open("/en/river/desk/settings").Find("#payer").Length() != 1 {
		t.Error("a line does not lead to its field")
	}
	if rows.Find("a").Length() != rows.Length() || x.as(dialogue.Mediator).open("/en/river/desk").Find(".checklist a").Length() != 0 {
		t.Error("the lines do not lead on, or lead those who may not")
	}
	if _, barred := doc.Find("#stage-open").Attr("disabled"); !barred || !strings.Contains(words(doc.Find("#stage-open-hint")), "Not before") {
		t.Error("it may be opened too early")
	}
	x.configured(func(c *dialogue.Configured) {
		for _, text := range settingTexts(c) {
			*text.Text = both("words", "слова")
		}
	})
	if _, barred := b.open("/en/river/desk").Find("#stage-open").Attr("disabled"); barred {
		t.Error("it cannot be opened when all is there")
	}
	doc = b.post("/en/river/desk/stage", "stage", "open")
	if got := texts(doc.Find("main h2")); len(got) < 3 || got[0] != "Admissions" || got[1] != "Still advised" || doc.Find(".checklist .done").Length() != 0 {
		t.Errorf("once open: %q", got)
	}
	waiting, err := x.Store.Applicants(t.Context(), x.people[dialogue.Convener], x.dialogue)
	x.must(err)
	for _, m := range waiting {
		x.must(x.Store.Refuse(t.Context(), x.people[dialogue.Convener], x.dialogue, m.ID, x.Now()))
	}
	if got := words(b.open("/en/river/desk").Find("[aria-labelledby=waiting-title]")); got != "Admissions Nobody is waiting." && got != "AdmissionsNobody is waiting." {
		t.Errorf("nobody waits: %q", got)
	}
}

func TestSettingsAreSavedWithoutTheWholeWay(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	doc := x.as(dialogue.Convener).open(settingsAddress)
	var order []string
	for _, e := range doc.Find("form.sheet > fieldset").EachIter() {
		order = append(order, e.AttrOr("id", ""))
	}
	if len(order) < 3 || order[0] != "title" || order[1] != "purpose" || order[2] != "rule" {
		t.Errorf("the order is %q", order)
	}
	if got := doc.Find("form.sheet > .send button").Length(); got < 2 {
		t.Errorf("%d buttons save", got)
	}
}

// A refusal is said once, with where to ask.
func TestARefusalSaysWhomToAsk(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	for lang, heading := range map[string]string{"en": "This is not open to you", "ru": "Это вам недоступно"} {
		doc := x.as(dialogue.Participant).open("/" + lang + "/river/desk")
		if got := strings.Count(words(doc.Find(".problem")), heading); got != 1 {
			t.Errorf("%s: %d times in %q", lang, got, words(doc.Find(".problem")))
		}
		if doc.Find(`.problem a[href="/`+lang+`/river/contact"]`).Length() != 1 {
			t.Errorf("%s: no way to those who run it", lang)
		}
	}
	if got := x.as(dialogue.Participant).open("/en/server").Find(`.problem a[href="/en/contact"]`).Length(); got != 1 {
		t.Error("no way to those who run the site")
	}
}

// A form for a new dialogue has room for as many sides as can be told apart, and
// marks the field that is wrong.
func TestTheFormOfANewDialogue(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	b := x.as(dialogue.Owner)
	const at = "/en/server/dialogue"
	form := b.open(at).Find("form.sheet")
	for _, want := range []int{9, 12, 12} {
		rec := b.send(at, filled(form, "do", "more", "id", "half typed"))
		if rec.Code != http.StatusOK {
			t.Fatalf("more sides: %d", rec.Code)
		}
		doc := b.arrive(at, filled(form, "do", "more", "id", "half typed"))
		if form = doc.Find("form.sheet"); form.Find("input[name=side]").Length() != want || doc.Find(".wrongs").Length() != 0 || doc.Find("#id").AttrOr("value", "") != "half typed" {
			t.Fatalf("%d sides, want %d", form.Find("input[name=side]").Length(), want)
		}
	}
	if form.Find("button[value=more]").Length() != 0 {
		t.Error("more sides are offered than can be told apart")
	}
	typed := []string{"id", "hill", "title.en", "A hill", "side", "A b", "side-name-1.en", "Ab", "side", "A b", "side", "C", "side-name-3.en", "Cee", "language", "en"}
	doc := b.post(at, typed...)
	for field, sentence := range map[string]string{"side-1": "no spaces", "side-2": "no spaces", "side-name-2.en": "This is needed."} {
		input := doc.Find(`[id="` + field + `"]`)
		if input.AttrOr("aria-invalid", "") != "true" || !strings.Contains(words(doc.Find(`[id="`+field+`-wrong"]`)), sentence) {
			t.Errorf("%s is not marked: %q", field, words(doc.Find(".wrongs")))
		}
	}
	if doc.Find("#side-3[aria-invalid]").Length() != 0 || doc.Find("#side-1").AttrOr("value", "") != "A b" {
		t.Error("a good field is marked, or what was typed is gone")
	}
	for _, c := range []struct{ form, field string }{
		{"id=b d", "id"}, {"id=", "id"}, {"title.en=", "title.en"}, {"language=", "languages"}, {"side=", "sides"},
	} {
		name, value, _ := strings.Cut(c.form, "=")
		good := formOf("id", "hill", "title.en", "A hill", "side", "A", "side-name-1.en", "A", "side", "C", "side-name-2.en", "C", "language", "en", "rule", "members")
		if name == "side" {
			good.Del("side-name-1.en")
			good.Del("side-name-2.en")
		}
		good.Del(name)
		good.Set(name, value)
		doc := b.arrive(at, good)
		if doc.Find(`.wrongs a[href="#`+c.field+`"]`).Length() != 1 {
			t.Errorf("%s: %q", c.form, words(doc.Find("main")))
		}
	}
}

// Unknown is never shown as zero.
func TestUnknownIsNotZero(t *testing.T) {
	unranked := func(id interest.ID) interest.Interest {
		return interest.Interest{ID: id, Title: both("Quiet", "Покой")}
	}
	first := func(registers []interest.Register) (count string, parts string) {
		d := river()
		d.Registers, d.Topics = registers, nil
		d = &dossier.Dossier{Dialogue: d.Dialogue, Registers: registers}
		doc := page(t, newServer(t, Config{Store: testStore(t, d)}), "/en/river")
		return words(doc.Find(".columns .count").First()), fmt.Sprint(texts(doc.Find(".contents .tally, .contents .detail")))
	}
	count, _ := first([]interest.Register{{Subject: "W", Author: interest.Author{Side: "W"}, Interests: []interest.Interest{unranked("W-1")}},
		{Subject: "E", Author: interest.Author{Side: "E"}, Interests: []interest.Interest{unranked("E-1")}}})
	if !strings.Contains(count, "no rank stated") || strings.Contains(count, "0") {
		// the columns stand in the order of the alphabet; both registers are alike
		t.Errorf("without ranks: %q", count)
	}
	if _, parts := first(nil); strings.Contains(parts, "0") || !strings.Contains(parts, "nothing yet: no register is written") {
		t.Errorf("without registers: %s", parts)
	}
}

// In the form of a register every other side is folded, and tells whether
// something stands there.
func TestOtherSidesAreFoldedInTheRegister(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	b := x.as(dialogue.Delegate)
	fold := func(address string) (open bool, said string) {
		d := b.open(address).Find("details.counterpart")
		_, open = d.Attr("open")
		return open, words(d.Find("summary .tag"))
	}
	if open, said := fold("/en/river/register/W/edit"); open || said != "" {
		t.Errorf("a new interest: open %v, %q", open, said)
	}
	if open, said := fold("/en/river/register/W/edit?interest=W-1"); open || said != "something is written" {
		t.Errorf("one that is written: open %v, %q", open, said)
	}
}

// The exit is shown once, and says so first.
func TestTheExitSaysFirstThatItIsShownOnce(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	doc := x.as(dialogue.Participant).post("/en/river/me/leave", "written", "keep")
	if notice := doc.Find("h1").Next(); !notice.Is(".notice") || !strings.Contains(words(notice), "shown once") {
		t.Errorf("after the heading comes %q", words(notice))
	}
}

// Nothing is chosen for somebody who deletes their account.
func TestNothingIsChosenForWhoErases(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	b := x.as(dialogue.Participant)
	doc := b.open("/en/account/delete")
	if heading(doc) != "Delete my account" {
		t.Fatalf("it opens %q", heading(doc))
	}
	if doc.Find("input[name=texts][checked]").Length() != 0 || doc.Find("input[name=texts][required]").Length() != 2 {
		t.Error("one of the two is chosen already")
	}
	if rec := b.send("/en/account/delete", formOf()); rec.Code != http.StatusBadRequest || !strings.Contains(rec.Body.String(), "Choose what becomes of what you wrote") {
		t.Errorf("nothing chosen: %d", rec.Code)
	}
	if _, err := x.Store.Person(t.Context(), x.people[dialogue.Participant]); err != nil {
		t.Errorf("the account is gone: %v", err)
	}
}
