package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"parley/deal"
	"parley/dialogue"
)

func TestAClosedRoomShowsItsDoorAndNothingElse(t *testing.T) {
	for _, rule := range []dialogue.Rule{dialogue.Members, dialogue.NonAttribution, dialogue.OffTheRecord} {
		x := newSociety(t, Config{}, func(d *dialogue.Dialogue) { d.Rule = rule })
		for _, role := range []dialogue.Role{dialogue.Visitor, dialogue.Holder, dialogue.Applicant, dialogue.Owner} {
			b := x.as(role)
			for _, address := range []string{"/en/river", "/en/river/about", "/en/river/join", "/en/river/contact", "/en/river/declaration"} {
				doc := b.open(address)
				text := words(doc.Find("body"))
				for _, secret := range []string{"Water for fields", "A traveller", "A clerk", "Fishers", "A bridge"} {
					if strings.Contains(text, secret) {
						t.Errorf("%s: %s as %s tells %q", rule, address, role, secret)
					}
				}
				if got := doc.Find(`nav.pages a[href="/en/river/comparison"]`).Length(); got != 0 {
					t.Errorf("%s: %s as %s leads to the comparison", rule, address, role)
				}
			}
			if got := b.open("/en/river").Find("dl.card").Length(); got != 1 {
				t.Errorf("%s: %s finds no card at the door", rule, role)
			}
		}
		inside := x.as(dialogue.Participant).open("/en/river")
		if inside.Find(".columns .column").Length() != 2 || inside.Find(`nav.pages a[href="/en/river/me"]`).Length() != 1 {
			t.Errorf("%s: a member does not come in", rule)
		}
		if got := toldOf(x.as(dialogue.Visitor).open("/en/river/about"), "Who can read what"); !strings.Contains(got, "Members alone") {
			t.Errorf("%s: the page about it says %q", rule, got)
		}
	}
}

func TestFilesFollowTheRuleOfTheRoom(t *testing.T) {
	files := []string{"dossier.yaml", "comparison.csv", "comparison.json"}
	for rule, want := range map[dialogue.Rule]struct {
		code  int
		named bool
	}{dialogue.Public: {200, true}, dialogue.Members: {200, true}, dialogue.NonAttribution: {200, false}, dialogue.OffTheRecord: {403, false}} {
		x := newSociety(t, Config{}, func(d *dialogue.Dialogue) { d.Rule = rule })
		b := x.as(dialogue.Participant)
		for _, file := range files {
			rec := b.send("/en/river/"+file, nil)
			text := rec.Body.String()
			if rec.Code != want.code {
				t.Errorf("%s: %s answers %d", rule, file, rec.Code)
			}
			if named := strings.Contains(text, "traveller") || strings.Contains(text, "A clerk"); rec.Code == http.StatusOK && named != want.named {
				t.Errorf("%s: %s names people: %t", rule, file, named)
			}
		}
		for _, page := range []string{"about", "comparison"} {
			links := b.open("/en/river/" + page).Find(".files a").Length()
			if (links > 0) != (want.code == http.StatusOK) {
				t.Errorf("%s: %s offers %d files", rule, page, links)
			}
		}
	}
}

// Words that are taken back leave the answer in which they stood, and the page
// says that it is being made again.
func TestASupersededAnswerSaysSo(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	editor := x.as(dialogue.Delegate)
	const at = "/en/river/register/W/edit?interest=W-1"
	editor.arrive("/en/river/register/W/edit", filled(editor.open(at).Find("form.sheet"), "title.en", "Water for Zanzibar"))
	j := askedJob(t, x.Store, x.dialogue, fewRankings(20))
	q, err := x.Store.DealQuestion(t.Context(), j.Subject)
	x.must(err)
	made, err := deal.NewQuestion(q.Dossier.Input(), q.Settings)
	x.must(err)
	a, err := deal.Search(t.Context(), made, deal.Run{Workers: 1})
	x.must(err)
	x.must(x.Store.AnswerDeals(t.Context(), j, a, time.Now()))
	reader := x.as(dialogue.Visitor)
	if got := reader.open("/en/river/deals").Find(".notice").Length(); got != 0 {
		t.Error("a fresh answer is called superseded")
	}
	editor.post("/en/river/me/leave", "written", "remove")
	rec := reader.send("/en/river/deals", nil)
	doc := reader.open("/en/river/deals")
	if !strings.Contains(words(doc.Find(".notice")), "computed again") || rec.Header().Get("Refresh") == "" || doc.Find("#made").Length() != 1 {
		t.Errorf("the page says %.300s", words(doc.Find("main")))
	}
	if strings.Contains(rec.Body.String(), "Zanzibar") {
		t.Error("the words are still there")
	}
}

func TestTheHomeSaysWhatTheConvenerWrote(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	bare := words(x.as(dialogue.Visitor).open("/en/river").Find("section.about"))
	if strings.Contains(bare, "Who pays for it") {
		t.Errorf("a setting that nobody made is shown: %s", bare)
	}
	x.configured(func(c *dialogue.Configured) {
		c.Operator, c.Payer, c.Country, c.Readers, c.Keeping, c.Exit = both("A club", "Клуб"), both("Both towns", "Города"), both("Nowhere", "Нигде"), both("All read", "Все"), both("Two years", "Два года"), both("By the door", "В дверь")
	})
	doc := x.as(dialogue.Visitor).open("/en/river")
	for name, want := range map[string]string{
		"Stage": "open", "Rule of the room": "Public: everybody may read.", "Who runs it": "A club", "Who pays for it": "Both towns", "In which country it is kept": "Nowhere",
		"Who can read what": "All read", "What is kept, and for how long": "Two years", "How to leave": "By the door",
	} {
		if got := toldOf(doc, name); !strings.Contains(got, want) {
			t.Errorf("%s: %q", name, got)
		}
	}
	if doc.Find(`a[href="/en/river/contact"]`).Length() == 0 {
		t.Error("no way to object")
	}
}

func TestUnlistedDialoguesAreUnknownToStrangers(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	x.configured(func(c *dialogue.Configured) { c.Unlisted = true })
	for role, want := range map[dialogue.Role]bool{
		dialogue.Visitor: false, dialogue.Holder: false, dialogue.Participant: true, dialogue.Applicant: true, dialogue.Convener: true,
	} {
		b := x.as(role)
		if got := strings.Contains(words(b.open("/en").Find("main")), "A river"); got != want {
			t.Errorf("%s finds it in the list: %t", role, got)
		}
		for _, address := range []string{"/en/river", "/en/river/join", "/en/river/about", "/en/river/contact", "/en/river/comparison", "/en/river/nothing"} {
			if code := b.send(address, nil).Code; !want && code != http.StatusNotFound {
				t.Errorf("%s: %s answers %d", role, address, code)
			}
		}
	}
	if got := x.as(dialogue.Visitor).send("/en/river/contact", formOf("message", "x")).Code; got != http.StatusNotFound {
		t.Errorf("a message to it is taken: %d", got)
	}
}

func TestAMemberMustAgreeBeforeReadingOn(t *testing.T) {
	x := newSociety(t, Config{}, func(d *dialogue.Dialogue) { d.Rule = dialogue.Members })
	_, err := x.Store.Declare(t.Context(), x.people[dialogue.Convener], x.dialogue, both("New", "Новая"), "en", time.Now())
	x.must(err)
	b := x.as(dialogue.Participant)
	for _, address := range []string{"/en/river", "/en/river/comparison"} {
		if to := b.send(address, nil).Header().Get("Location"); !strings.HasPrefix(to, "/en/river/declaration?next=") {
			t.Errorf("%s leads to %q", address, to)
		}
	}
	if got := b.open("/en/river/me").Find(`.notice a[href="/en/river/declaration"]`).Length(); got != 1 {
		t.Error("one's own page does not say so")
	}
}
