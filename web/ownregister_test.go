package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"parley/account"
	"parley/dialogue"
	"parley/dossier"
	"parley/interest"
	"parley/store"
)

func TestASideWritesItsOwnRegister(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	b := x.as(dialogue.Delegate)
	if got := b.open("/en/river").Find(`a[href="/en/river/register/W"]`).Length(); got != 1 {
		t.Errorf("the home leads an editor %d times to the register", got)
	}
	if got := x.as(dialogue.Participant).open("/en/river").Find(`a[href="/en/river/register/W"]`).Length(); got != 0 {
		t.Error("the home leads others to it too")
	}
	for address, want := range map[string]int{
		"/en/river/register/E": 403, "/en/river/register/nowhere": 404, "/en/river/register/E/edit": 403, "/en/river/register/W/edit?interest=nothing": 404,
		"/en/river/register/W/remove?interest=nothing": 404,
	} {
		if got := b.send(address, nil).Code; got != want {
			t.Errorf("%s: %d, want %d", address, got, want)
		}
	}
	if got := b.send("/en/river/register/E/edit", formOf("title.en", "x", "revision", "0")).Code; got != 403 {
		t.Errorf("the register of another side was written: %d", got)
	}
	doc := b.open("/en/river/register/W")
	if got := doc.Find(".people > li").Length(); got != 3 {
		t.Fatalf("%d interests", got)
	}
	form := filled(b.open("/en/river/register/W/edit").Find("form.sheet"),
		"title.en", "Clean water", "title.ru", "Чистая вода", "note.en", "disputed at home", "tier", "vital", "horizon", "long",
		"counterparts.E.role.low", "medium", "counterparts.E.role.high", "key", "counterparts.E.effect", "hinders",
		"counterparts.E.priority.high", "high", "counterparts.E.tone", "negative", "counterparts.E.alignment", "mixed", "counterparts.E.note.en", "as we see it")
	doc = b.arrive("/en/river/register/W/edit", form)
	if got := doc.Find(".people > li").Length(); got != 4 {
		t.Fatalf("not added: %s", words(doc.Find(".wrongs")))
	}
	link := doc.Find(".people a").FilterFunction(func(_ int, e *goquery.Selection) bool { return words(e) == "Clean water" }).AttrOr("href", "")
	again := filled(b.open(link).Find("form.sheet"))
	for name := range form {
		if name == "interest" || name == "revision" || name == "counterparts.E.priority.low" {
			continue
		}
		if !slices.Equal(again[name], form[name]) {
			t.Errorf("%s: sent %q, kept %q", name, form[name], again[name])
		}
	}
	if got := again.Get("counterparts.E.priority.low"); got != "high" {
		t.Errorf("one end of a range alone became %q", got)
	}
	bad := url.Values{}
	for k, v := range again {
		bad[k] = slices.Clone(v)
	}
	bad.Set("counterparts.E.role.low", "key")
	bad.Set("counterparts.E.role.high", "minor")
	doc = b.arrive("/en/river/register/W/edit", bad)
	if words(doc.Find(`[id="counterparts.E"] .wrong`)) == "" || doc.Find(`[id="counterparts.E.role.low"] option[selected]`).AttrOr("value", "") != "key" {
		t.Errorf("a range the wrong way round: %s", words(doc.Find(".wrongs")))
	}
	none := b.arrive("/en/river/register/W/edit", filled(b.open("/en/river/register/W/edit").Find("form.sheet"), "note.en", "kept"))
	if words(none.Find(`[id="title.en-wrong"]`)) == "" || none.Find(`[id="note.en"]`).Text() != "kept" {
		t.Errorf("without a title: %s", words(none.Find(".wrongs")))
	}
	remove := strings.Replace(link, "/edit", "/remove", 1)
	doc = b.arrive("/en/river/register/W/remove", filled(b.open(remove).Find("form.sheet")))
	if got := doc.Find(".people > li").Length(); got != 3 {
		t.Errorf("not taken out: %s", words(doc.Find("main")))
	}
	held := b.open("/en/river/register/W/remove?interest=W-1")
	if got := b.arrive("/en/river/register/W/remove", filled(held.Find("form.sheet"))); got.Find(".wrongs").Length() != 1 {
		t.Errorf("an interest on which a topic stands was taken out: %s", words(got.Find("main")))
	}
}

func TestTwoWhoWriteARegisterAtOnceLoseNothing(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	one, two := x.as(dialogue.Delegate), x.as(dialogue.Delegate)
	const at = "/en/river/register/W/edit"
	first, second := filled(one.open(at+"?interest=W-1").Find("form.sheet"), "title.en", "First"), filled(two.open(at+"?interest=W-1").Find("form.sheet"), "title.en", "Second")
	one.arrive(at, first)
	if got := two.send(at, second).Code; got != http.StatusPreconditionFailed {
		t.Errorf("a stale form answers %d", got)
	}
	doc := two.arrive(at, second)
	if doc.Find(`[id="title.en"]`).AttrOr("value", "") != "Second" || !strings.Contains(words(doc.Find(`[id="title.en"] ~ details`)), "First") {
		t.Errorf("typed or standing words are lost: %s", words(doc.Find("main")))
	}
	doc = two.arrive(at, filled(doc.Find("form.sheet")))
	if !strings.Contains(words(doc.Find(".people")), "Second") {
		t.Error("saving again, knowingly, is refused")
	}
}

// Any number of sides: the form has a part for every other one.
func TestARegisterSpeaksOfEveryOtherSide(t *testing.T) {
	d := readDossier(t, "testdata/four-sides.yaml")
	st := testStore(t, d)
	x := &society{newServer(t, Config{Store: st}), t, d.Dialogue.ID, map[dialogue.Role]account.PersonID{}}
	x.people[dialogue.Owner] = owning(t, st)
	x.join(dialogue.Convener, dialogue.Owner, dialogue.Invitation{Role: dialogue.Convener})
	_, err := st.Declare(t.Context(), x.people[dialogue.Convener], x.dialogue, textIn(d, "Be kind."), "en", x.Now())
	x.must(err)
	side := d.Dialogue.Sides[0].ID
	secret := x.invitation(dialogue.Convener, dialogue.Invitation{Role: dialogue.Delegate, Side: side})
	x.invent(dialogue.Delegate)
	x.enter(dialogue.Delegate, store.JoinRequest{Invitation: secret, Sides: []dialogue.SideID{side}})
	home := "/en/" + string(x.dialogue) + "/register/" + string(side)
	doc := x.as(dialogue.Delegate).open(home + "/edit")
	if got := doc.Find(`details[id^="counterparts."]`).Length(); got != len(d.Dialogue.Sides)-1 {
		t.Errorf("%d of %d other sides", got, len(d.Dialogue.Sides)-1)
	}
	for name, scale := range map[string][]string{"role.low": interest.RoleWords, "priority.high": interest.LevelWords, "tone": interest.ToneWords, "alignment": interest.AlignmentWords, "effect": interest.EffectWords} {
		other := d.Dialogue.Sides[1].ID
		if got := doc.Find(`select[name="counterparts.` + string(other) + `.` + name + `"] option`).Length(); got != len(scale) {
			t.Errorf("%s offers %d of %d", name, got, len(scale))
		}
	}
}

// textIn is the same words in every language of a dossier.
func textIn(d *dossier.Dossier, words string) map[string]string {
	out := map[string]string{}
	for _, l := range d.Dialogue.Languages {
		out[l] = words
	}
	return out
}
