package web

import (
	"context"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"parley/dialogue"
	"parley/i18n"
	"parley/store"
)

// filled reads a form of a page as a browser would send it, then changes it.
func filled(form *goquery.Selection, changes ...string) url.Values {
	out := url.Values{}
	form.Find("input, textarea, select").Each(func(_ int, e *goquery.Selection) {
		name := e.AttrOr("name", "")
		switch kind := e.AttrOr("type", ""); {
		case name == "":
		case kind == "checkbox" || kind == "radio":
			if _, on := e.Attr("checked"); on {
				out.Add(name, e.AttrOr("value", "on"))
			}
		case goquery.NodeName(e) == "textarea":
			out.Add(name, e.Text())
		case goquery.NodeName(e) == "select":
			chosen := e.Find("option[selected]")
			if chosen.Length() == 0 {
				chosen = e.Find("option").First()
			}
			out.Add(name, chosen.AttrOr("value", ""))
		default:
			out.Add(name, e.AttrOr("value", ""))
		}
	})
	for i := 0; i+1 < len(changes); i += 2 {
		out.Set(changes[i], changes[i+1])
	}
	return out
}

const settingsAddress = "/en/river/desk/settings"

func TestEverySettingIsKeptAndShown(t *testing.T) {
	x := newSociety(t, Config{}, func(d *dialogue.Dialogue) { d.Stage = dialogue.Preparing })
	b := x.as(dialogue.Convener)
	form := filled(b.open(settingsAddress).Find("form.sheet"))
	for _, t := range settingTexts(&dialogue.Configured{}) {
		for _, l := range i18n.Languages {
			form.Set(t.Name+"."+l, "typed "+t.Name+" "+l)
		}
	}
	for name, value := range map[string]string{"rule": "non-attribution", "admission": "open", "roster": "members", "budget": "7", "unlisted": "yes", "as_of": "2031-06"} {
		form.Set(name, value)
	}
	doc := b.arrive(settingsAddress, form)
	if !strings.Contains(words(doc.Find("[role=status]")), "Saved.") {
		t.Fatalf("not saved: %s", words(doc.Find(".wrongs")))
	}
	again := filled(doc.Find("form.sheet"))
	for name := range form {
		if name != "revision" && !slices.Equal(again[name], form[name]) {
			t.Errorf("%s: sent %q, kept %q", name, form[name], again[name])
		}
	}
	if again.Get("revision") == form.Get("revision") {
		t.Error("the revision did not move")
	}
	card := words(x.as(dialogue.Participant).open("/ru/river/about").Find("main"))
	for _, t2 := range settingTexts(&dialogue.Configured{}) {
		if t2.Name != "title" && t2.Name != "host" && !strings.Contains(card, "typed "+t2.Name+" ru") {
			t.Errorf("%s is shown nowhere", t2.Name)
		}
	}
}

func TestSettingsThatCannotBeAreSaidBesideTheField(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	b := x.as(dialogue.Convener)
	form := filled(b.open(settingsAddress).Find("form.sheet"), "purpose.en", strings.Repeat("x", 200_000), "payer.en", "typed")
	rec := b.send(settingsAddress, form)
	doc, _ := goquery.NewDocumentFromReader(strings.NewReader(rec.Body.String()))
	if rec.Code != http.StatusBadRequest || doc.Find(`[id="purpose.en"][aria-invalid]`).Length() != 1 || words(doc.Find(`[id="purpose.en-wrong"]`)) == "" {
		t.Errorf("%d: %s", rec.Code, words(doc.Find(".wrongs")))
	}
	if doc.Find(`[id="payer.en"]`).Text() != "typed" {
		t.Error("what was typed is gone")
	}
	if to := doc.Find(".wrongs a").AttrOr("href", ""); to != "#purpose.en" {
		t.Errorf("the mistake leads to %q", to)
	}
	form = filled(b.open(settingsAddress).Find("form.sheet"), "budget", "999")
	if doc := b.arrive(settingsAddress, form); doc.Find("#budget[aria-invalid]").Length() != 1 {
		t.Errorf("a budget of 999: %s", words(doc.Find(".wrongs")))
	}
}

func TestARuleUnderWhichPeopleSpokeIsNotLoosened(t *testing.T) {
	x := newSociety(t, Config{}, func(d *dialogue.Dialogue) { d.Rule = dialogue.Members })
	b := x.as(dialogue.Convener)
	doc := b.arrive(settingsAddress, filled(b.open(settingsAddress).Find("form.sheet"), "rule", "public"))
	if words(doc.Find("#rule .wrong")) == "" || doc.Find("#rule-public[checked]").Length() != 1 {
		t.Errorf("it was loosened, or the choice forgotten: %s", words(doc.Find(".wrongs")))
	}
	doc = b.arrive(settingsAddress, filled(b.open(settingsAddress).Find("form.sheet"), "rule", "off-the-record"))
	if doc.Find("#rule-off-the-record[checked]").Length() != 1 || doc.Find(".wrongs").Length() != 0 {
		t.Error("it was not made stricter")
	}
}

func TestTwoWhoChangeSettingsAtOnceLoseNothing(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	one, two := x.as(dialogue.Convener), x.as(dialogue.Convener)
	first := filled(one.open(settingsAddress).Find("form.sheet"), "payer.en", "Both towns")
	second := filled(two.open(settingsAddress).Find("form.sheet"), "payer.en", "Somebody else", "country.en", "Nowhere")
	one.arrive(settingsAddress, first)
	if rec := two.send(settingsAddress, second); rec.Code != http.StatusPreconditionFailed {
		t.Errorf("a stale form answers %d", rec.Code)
	}
	doc := two.arrive(settingsAddress, second)
	form := doc.Find("form.sheet")
	if got := filled(form); got.Get("payer.en") != "Somebody else" || got.Get("country.en") != "Nowhere" {
		t.Error("what the second typed is gone")
	}
	if got := words(form.Find(`[id="payer.en"] ~ details`)); !strings.Contains(got, "Both towns") {
		t.Errorf("what stands there now is not shown: %q", got)
	}
	if doc := two.arrive(settingsAddress, filled(form)); !strings.Contains(words(doc.Find("[role=status]")), "Saved") {
		t.Error("saving again, knowingly, is refused")
	}
}

func TestOpeningWaitsForTheChecklist(t *testing.T) {
	x := newSociety(t, Config{}, func(d *dialogue.Dialogue) { d.Stage = dialogue.Preparing })
	b := x.as(dialogue.Convener)
	doc := b.open("/en/river/desk")
	missing := doc.Find(".checklist .missing").Length()
	if missing == 0 || doc.Find(".checklist .done").Length() == 0 || !strings.Contains(words(doc.Find(".notice")), strconv.Itoa(missing)) {
		t.Errorf("%d are missing, and the page says %q", missing, words(doc.Find(".notice")))
	}
	doc = b.post("/en/river/desk/stage", "stage", "open")
	if got := words(doc.Find(".wrongs")); !strings.Contains(got, "The desk says what is missing") || doc.Find(".wrongs a[href='#checklist']").Length() != 1 {
		t.Errorf("it opened: %q", got)
	}
	x.configured(func(c *dialogue.Configured) {
		for _, text := range settingTexts(c) {
			*text.Text = both("words", "слова")
		}
	})
	doc = b.open("/en/river/desk")
	if doc.Find(".checklist .missing").Length() != 0 {
		t.Fatalf("still missing: %q", texts(doc.Find(".checklist .missing")))
	}
	for _, stage := range []string{"open", "paused", "open", "closed"} {
		doc = b.post("/en/river/desk/stage", "stage", stage)
		if got := words(doc.Find("#stage-title")); got != "Stage: "+i18n.For("en").T("web.stage."+stage) {
			t.Errorf("after %s: %q %s", stage, got, words(doc.Find(".wrongs")))
		}
	}
	if got := words(x.as(dialogue.Holder).open("/en/river/join").Find(".entry-form h2")); got != "This dialogue is closed" {
		t.Errorf("at the door of a closed dialogue: %q", got)
	}
	if got := b.send("/en/river/desk/stage", formOf("stage", "nothing")).Code; got != http.StatusBadRequest {
		t.Errorf("no such stage: %d", got)
	}
}

func TestTheDeclarationIsLookedAtAndPublished(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	b := x.as(dialogue.Convener)
	const at = "/en/river/desk/declaration"
	doc := b.post(at, "text.en", "# New\n\n<b>bold</b>", "text.ru", "# Новая", "do", "preview")
	if got := words(doc.Find("section.declaration")); !strings.Contains(got, "New") || !strings.Contains(got, "<b>bold</b>") {
		t.Errorf("the preview is %q", got)
	}
	if n := b.open(at).Find("#versions ~ details").Length(); n != 1 {
		t.Errorf("looking at it made a version: %d", n)
	}
	doc = b.post(at, "text.en", "# New", "do", "declare")
	if words(doc.Find(`[id="text.ru-wrong"]`)) == "" || doc.Find(`[id="text.en"]`).Text() != "# New" {
		t.Errorf("a language is missing: %s", words(doc.Find(".wrongs")))
	}
	doc = b.post(at, "text.en", "# New", "text.ru", "# Новая", "do", "declare")
	if n := doc.Find("#versions ~ details").Length(); n != 2 {
		t.Errorf("%d versions", n)
	}
	if got := b.send("/en/river/desk", nil).Code; got != http.StatusOK {
		t.Errorf("who published it is asked to agree: %d", got)
	}
	b.post("/ru/river/desk/declaration", "text.en", "# Newest", "text.ru", "# Новейшая", "do", "declare")
	mine, err := x.Store.Mine(t.Context(), x.people[dialogue.Convener], x.dialogue)
	x.must(err)
	if a := mine.Agreements[0]; a.Version != 3 || a.Lang != "ru" {
		t.Errorf("who published in Russian agreed to %+v", a)
	}
	if to := x.as(dialogue.Registrar).send("/en/river/desk", nil).Header().Get("Location"); !strings.HasPrefix(to, "/en/river/declaration") {
		t.Errorf("others go on without agreeing, to %q", to)
	}
}

func TestInvitationsAreShownOnceAndEnd(t *testing.T) {
	x := newSociety(t, Config{Origin: "https://parley.example"}, nil)
	b := x.as(dialogue.Convener)
	const at = "/en/river/desk/invitations"
	before := b.open(at).Find(".people > li").Length()
	rec := b.send(at, formOf("role", "participant", "side", "W", "uses", "3", "days", "2", "note", "the three"))
	doc, _ := goquery.NewDocumentFromReader(strings.NewReader(rec.Body.String()))
	link := words(doc.Find(".secret"))
	if !regexp.MustCompile(`^https://parley\.example/en/river/join\?invitation=[\w-]{40,}$`).MatchString(link) || !strings.Contains(rec.Header().Get("Cache-Control"), "no-store") {
		t.Fatalf("the link is %q", link)
	}
	doc = b.open(at)
	if strings.Contains(doc.Text(), link) || doc.Find(".people > li").Length() != before+1 {
		t.Error("the link is shown again, or the invitation is not listed")
	}
	row := doc.Find(".people > li").FilterFunction(func(_ int, e *goquery.Selection) bool { return strings.Contains(e.Text(), "the three") })
	if got := words(row); !strings.Contains(got, "member: Weston") || !strings.Contains(got, "For 3 more people.") || !strings.Contains(got, "Made by: convener.") {
		t.Errorf("the row says %q", got)
	}
	path := strings.TrimPrefix(link, "https://parley.example")
	if got := x.as(dialogue.Holder).open(path).Find("form.sheet").Length(); got != 1 {
		t.Error("the link lets nobody in")
	}
	b.post(row.Find("form").AttrOr("action", ""))
	x.admits(dialogue.ByInvitation)
	if got := x.as(dialogue.Holder).open(path).Find("form.sheet").Length(); got != 0 {
		t.Error("an ended link lets somebody in")
	}
	bad := b.post(at, "role", "participant", "uses", "5000", "days", "2", "note", "kept")
	if words(bad.Find("#uses-wrong")) == "" || bad.Find("#note").AttrOr("value", "") != "kept" {
		t.Errorf("5000 uses: %s", words(bad.Find(".wrongs")))
	}
	registrar := x.as(dialogue.Registrar)
	if roles := registrar.open(at).Find("#role option").Length(); roles != 2 {
		t.Errorf("a registrar offers %d roles", roles)
	}
	if got := words(registrar.post(at, "role", "convener", "uses", "1", "days", "2").Find(".wrongs")); got == "" {
		t.Error("a registrar invited a convener")
	}
}

// row opens the page of the member of a role at the desk.
func (x *society) memberPage(b *browser, role dialogue.Role) *goquery.Document {
	x.t.Helper()
	m, err := x.Store.Mine(context.Background(), x.people[role], x.dialogue)
	x.must(err)
	return b.open("/en/river/desk/members/" + string(m.ID))
}

func TestNamesAndMandatesAreRecordedByTheOwnSidesRegistrar(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	b := x.as(dialogue.Registrar)
	doc := x.memberPage(b, dialogue.Delegate)
	verify, mandate := doc.Find(`form[action$="/verify"]`).AttrOr("action", ""), doc.Find(`form[action$="/mandate"]`).AttrOr("action", "")
	doc = b.post(verify, "name", "Ada Weir", "office", "Keeper of the weir", "sector", "civil", "do", "record")
	if got := toldOf(doc, "Checked name"); !strings.Contains(got, "Ada Weir, Keeper of the weir (civil society)") || !strings.Contains(got, "Weston") {
		t.Errorf("recorded: %q", got)
	}
	mine := func() string { return toldOf(x.as(dialogue.Delegate).open("/en/river/me"), "Checked name") }
	if got := mine(); !strings.Contains(got, "Ada Weir") || !strings.Contains(got, "shown to nobody but") {
		t.Errorf("where nobody sees a list, they read: %q", got)
	}
	x.configured(func(c *dialogue.Configured) { c.Roster = dialogue.RosterMembers })
	if got := mine(); !strings.Contains(got, "Members see it") {
		t.Errorf("they read: %q", got)
	}
	x.configured(func(c *dialogue.Configured) { c.Rule, c.Roster = dialogue.NonAttribution, dialogue.RosterMembers })
	if got := mine(); !strings.Contains(got, "shown to nobody but") {
		t.Errorf("without attribution they read: %q", got)
	}
	if got := words(x.as(dialogue.Participant).open("/en/river/members").Find("main")); strings.Contains(got, "Ada Weir") {
		t.Error("a room without attribution names people")
	}
	doc = b.post(mandate, "mandate", "To speak on water, by the council")
	if got := toldOf(doc, "Mandate"); got != "To speak on water, by the council" {
		t.Errorf("mandate %q", got)
	}
	doc = b.post(verify, "name", "", "sector", "civil", "do", "record")
	if words(doc.Find("#name-wrong")) == "" {
		t.Errorf("no name was recorded: %s", words(doc.Find("main")))
	}
	doc = b.post(verify, "do", "remove")
	if got := toldOf(doc, "Checked name"); !strings.HasPrefix(got, "None") {
		t.Errorf("taken back: %q", got)
	}
	if x.memberPage(b, dialogue.Participant).Find(`form[action$="/verify"]`).Length() != 0 {
		t.Error("a registrar may check people of no side")
	}
}

func TestRolesAreGivenAndTakenBack(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	b := x.as(dialogue.Convener)
	doc := x.memberPage(b, dialogue.Participant)
	grant := doc.Find(`form[action$="/grant"]`).AttrOr("action", "")
	if doc.Find(`option[value="moderator"]`).Length() != 1 || doc.Find(`option[value^="registrar"]`).Length() != 0 {
		t.Error("the roles offered to somebody of no side are wrong")
	}
	doc = b.post(grant, "role", "moderator", "do", "grant")
	if got := words(doc.Find("section[aria-labelledby=roles-title]")); !strings.Contains(got, "moderator") {
		t.Errorf("given: %q", got)
	}
	if got := x.as(dialogue.Participant).send("/en/river/desk", nil).Code; got != http.StatusOK {
		t.Errorf("the new moderator is not let to the desk: %d", got)
	}
	doc = b.post(grant, "role", "moderator", "do", "revoke")
	if doc.Find(`section[aria-labelledby=roles-title] .row`).Length() != 0 {
		t.Error("not taken back")
	}
	if got := words(b.post(grant, "role", "registrar:W", "do", "grant").Find(".wrongs")); got == "" {
		t.Error("somebody of no side became registrar of one")
	}
	registrar := x.as(dialogue.Registrar)
	doc = x.memberPage(registrar, dialogue.Delegate)
	if got := doc.Find(`form[action$="/editor"] button[value=revoke]`).Length(); got != 1 {
		t.Errorf("a registrar takes back %d roles of an editor", got)
	}
	mine := x.memberPage(registrar, dialogue.Registrar)
	if got := mine.Find(`form[action$="/editor"] option`).Length(); got != 0 {
		t.Errorf("a registrar is offered %d roles for themselves", got)
	}
	own, err := x.Store.Mine(context.Background(), x.people[dialogue.Registrar], x.dialogue)
	x.must(err)
	if got := words(registrar.post("/en/river/desk/members/"+string(own.ID)+"/editor", "role", "delegate:W", "do", "grant").Find(".wrongs, .problem, main")); !strings.Contains(got, "never themselves") {
		t.Errorf("a registrar names themselves: %q", got)
	}
}

func TestTracesAreRemovedOnlyKnowingly(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	b := x.as(dialogue.Convener)
	doc := x.memberPage(b, dialogue.Participant)
	remove := doc.Find(`form[action$="/remove"]`).AttrOr("action", "")
	for name, said := range map[string]string{"a convener": words(doc.Find(`form[action$="/remove"]`)), "a moderator": words(x.as(dialogue.Moderator).open("/en/river/desk/members").Find(`form[action$="/remove"]`))} {
		if !strings.Contains(said, "This is no ban.") || !strings.Contains(said, "by invitation") {
			t.Errorf("%s is told %q", name, said)
		}
	}
	if got := b.send(remove, formOf()).Code; got != http.StatusBadRequest {
		t.Errorf("removed without the tick: %d", got)
	}
	doc = b.post(remove, "sure", "yes")
	if !strings.Contains(words(doc.Find("[role=status]")), "removed") || x.as(dialogue.Participant).send("/en/river/me", nil).Code != http.StatusForbidden {
		t.Error("not removed")
	}
	moderator := x.as(dialogue.Moderator)
	doc = moderator.open("/en/river/desk/members")
	if doc.Find(".people").Length() != 0 || doc.Find(`form[action="/en/river/desk/remove"]`).Length() != 1 {
		t.Error("a moderator sees the list, or cannot act")
	}
	name := toldOf(x.as(dialogue.Observer).open("/en/river/me"), "Pseudonym")
	if got := moderator.post("/en/river/desk/remove", "name", "Nobody here", "sure", "yes"); words(got.Find("#name-wrong")) == "" {
		t.Errorf("nobody: %s", words(got.Find("main")))
	}
	moderator.post("/en/river/desk/remove", "name", name, "sure", "yes")
	if got := x.as(dialogue.Observer).send("/en/river/me", nil).Code; got != http.StatusForbidden {
		t.Errorf("by name: %d", got)
	}
	journal := words(moderator.open("/en/river/desk/journal").Find(".journal"))
	if strings.Count(journal, "removed a member and their traces") != 2 || strings.Contains(journal, name) {
		t.Errorf("the log says %q", journal)
	}
}

func TestTheLogIsInWordsOfTheReader(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	b := x.as(dialogue.Convener)
	b.post("/en/river/desk/stage", "stage", "paused")
	waiting, err := x.Store.Applicants(t.Context(), x.people[dialogue.Convener], x.dialogue)
	x.must(err)
	_, err = x.Store.Admit(t.Context(), x.people[dialogue.Registrar], x.dialogue, waiting[0].ID, x.Now())
	x.must(err)
	registrar, err := x.Store.Mine(t.Context(), x.people[dialogue.Registrar], x.dialogue)
	x.must(err)
	for lang, want := range map[string][]string{
		"en": {"changed the stage from “open” to “paused”", "role “registrar”, side Weston", "convener (Participant", "registrar, Weston"},
		"ru": {"«открыт»", "«приостановлен»", "«регистратор»", "Берег", "регистратор: Берег"},
	} {
		text := words(b.open("/" + lang + "/river/desk/journal").Find(".journal"))
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s: the log lacks %q: %s", lang, w, text)
			}
		}
		if strings.Contains(text, registrar.Pseudonym.In(lang)) {
			t.Errorf("%s: a registrar is named: %s", lang, text)
		}
		if strings.Contains(text, "[") || strings.Contains(text, "<no value>") {
			t.Errorf("%s: a place is empty: %s", lang, text)
		}
	}
}

func TestLettersTellTheDeskNothingAndTheOwnerAll(t *testing.T) {
	x := newSociety(t, Config{Origin: "https://parley.example"}, nil)
	waiting, err := x.Store.Applicants(t.Context(), x.people[dialogue.Convener], x.dialogue)
	x.must(err)
	x.must(x.Store.AskEmail(t.Context(), x.people[dialogue.Applicant], "a@example.org", time.Now()))
	asked, err := x.Store.Letters(t.Context(), x.people[dialogue.Owner], "", "", 1)
	x.must(err)
	x.must(x.Store.ConfirmEmail(t.Context(), path.Base(asked[0].Args["Link"]), time.Now()))
	x.must(x.Store.ChangeTick(t.Context(), x.people[dialogue.Applicant], x.dialogue, dialogue.TickContact, true, time.Now()))
	_, err = x.Store.Admit(t.Context(), x.people[dialogue.Convener], x.dialogue, waiting[0].ID, time.Now())
	x.must(err)
	desk := x.as(dialogue.Convener).open("/en/river/desk/letters")
	if got := words(desk.Find(".people")); !strings.Contains(got, "Somebody was admitted") || !strings.Contains(got, "waits") || strings.Contains(got, "example") {
		t.Errorf("the desk reads %q", got)
	}
	owner := x.as(dialogue.Owner).open("/en/server/letters")
	if got := words(owner.Find(".people")); !strings.Contains(got, "a@example.org") || !strings.Contains(got, "Dialogue: river.") {
		t.Errorf("the owner reads %q", got)
	}
}

// What is written to a dialogue lies on its desk, for conveners alone, and with
// the owner, who is told for which dialogue it is.
func TestMessagesLieOnTheDesk(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	x.as(dialogue.Visitor).post("/en/river/contact", "message", "The weir <b>leaks</b>", "from", "a@example.org")
	x.as(dialogue.Participant).post("/ru/river/contact", "message", "Плотина течёт")
	for lang, title := range map[string]string{"en": "Messages", "ru": "Обращения"} {
		doc := x.as(dialogue.Convener).open("/" + lang + "/river/desk/messages")
		list := texts(doc.Find(".people > li"))
		if words(doc.Find("h1")) != title || len(list) != 2 || !strings.Contains(list[0], "Плотина течёт") || !strings.Contains(list[1], "The weir <b>leaks</b>") || !strings.Contains(list[1], "a@example.org") {
			t.Errorf("%s: the desk reads %q", lang, list)
		}
		if got := strings.Join(list, " "); strings.Contains(got, "Participant") || strings.Contains(got, "Участник") {
			t.Errorf("%s: who wrote it is told: %s", lang, got)
		}
	}
	for _, role := range []dialogue.Role{dialogue.Registrar, dialogue.Moderator, dialogue.Participant} {
		if got := x.as(role).send("/en/river/desk/messages", nil).Code; got != http.StatusForbidden {
			t.Errorf("%s reads messages: %d", role, got)
		}
	}
	if got := words(x.as(dialogue.Owner).open("/en/server/letters").Find(".people")); !strings.Contains(got, "The weir <b>leaks</b>") || !strings.Contains(got, "Dialogue: river.") {
		t.Errorf("the owner reads %q", got)
	}
	for role, want := range map[dialogue.Role]int{dialogue.Visitor: 0, dialogue.Participant: 1} {
		doc := x.as(role).open("/en/river/contact")
		if got := strings.Count(words(doc.Find("form.sheet")), "You are signed in."); got != want {
			t.Errorf("%s is told %d times what is kept of them", role, got)
		}
		if got := words(doc.Find("main")); !strings.Contains(got, "finds your message at the desk") || !strings.Contains(got, "whoever runs the server can read them") {
			t.Errorf("%s is not told who reads it: %s", role, got)
		}
	}
}

func TestSettingsDoWhatTheySay(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	b := x.as(dialogue.Convener)
	b.arrive(settingsAddress, filled(b.open(settingsAddress).Find("form.sheet"), "budget", "9", "as_of", "2031-06", "title.en", "A wide river", "host.en", "The club", "source.en", "A map"))
	if got := words(x.as(dialogue.Participant).open("/en/river/me").Find("section[aria-labelledby=recommend-title]")); !strings.Contains(got, "You have 9 recommendations left.") {
		t.Errorf("the budget: %q", got)
	}
	home := x.as(dialogue.Visitor).open("/en/river")
	if got := words(home.Find("header")); !strings.Contains(got, "A wide river") || !strings.Contains(got, "June 2031") {
		t.Errorf("title and date: %q", got)
	}
	if got := words(home.Find("section.about")); !strings.Contains(got, "The club") || !strings.Contains(got, "A map") {
		t.Errorf("host and source: %q", got)
	}
	form := filled(b.open(settingsAddress).Find("form.sheet"))
	form["language"] = nil
	if got := words(b.arrive(settingsAddress, form).Find(".wrongs")); got == "" {
		t.Error("a dialogue without languages was kept")
	}
}

func TestEveryKindOfLetterHasAName(t *testing.T) {
	for _, lang := range i18n.Languages {
		w := i18n.For(lang)
		for _, key := range w.Keys() {
			kind, letter := strings.CutPrefix(key, "letter.")
			if letter && kind != "subject" && kind != "foot" && !w.Has("room.letter."+kind) {
				t.Errorf("%s: the outbox has no name for %q", lang, kind)
			}
		}
		for _, state := range []string{store.Waiting, store.Running, store.Done, store.Failed} {
			if !w.Has("room.letter.state." + state) {
				t.Errorf("%s: no word for the state %q", lang, state)
			}
		}
		for _, role := range dialogue.Roles {
			if !w.Has("room.role." + string(role)) {
				t.Errorf("%s: no word for %q", lang, role)
			}
		}
		for _, role := range append([]dialogue.Role{dialogue.Participant, dialogue.Observer}, dialogue.Granted...) {
			if !w.Has("room.join.invited." + string(role)) {
				t.Errorf("%s: no words for who is invited as %q", lang, role)
			}
		}
		for _, d := range []door{doorShut, doorInside, doorAsked, doorRefused, doorClosed, doorUnready} {
			if !w.Has("room.join.door."+string(d)) || !w.Has("room.join.door."+string(d)+".note") {
				t.Errorf("%s: no words for the door %q", lang, d)
			}
		}
	}
}

func TestALongLogHasFurtherPages(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	for n := range pageOfLines + 5 {
		x.configured(func(c *dialogue.Configured) { c.Budget = n % 10 })
	}
	seen, address := map[string]bool{}, "/en/river/desk/journal"
	b := x.as(dialogue.Convener)
	for range 5 {
		doc := b.open(address)
		for _, number := range texts(doc.Find(".journal tbody td:last-child")) {
			if seen[number] {
				t.Errorf("line %s stands twice", number)
			}
			seen[number] = true
		}
		more := doc.Find(`main > p > a`).AttrOr("href", "")
		if more == "" {
			break
		}
		address = more
	}
	if !seen["1"] || len(seen) < pageOfLines+5 {
		t.Errorf("%d lines were found", len(seen))
	}
}
