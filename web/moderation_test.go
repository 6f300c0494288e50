package web

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"parley/dialogue"
	"parley/forum"
	"parley/i18n"
	"parley/moderation"
	"parley/writing"
)

// raise has the delegate write a problem.
func (x *society) raise(title string) writing.ID {
	x.t.Helper()
	n, err := x.Store.RaiseProblem(context.Background(), x.people[dialogue.Delegate], x.dialogue,
		forum.NewProblem{Lang: "en", Title: title, Body: "The dam is a canary."}, time.Now())
	x.must(err)
	return n
}

// From a report to the answer to an appeal, with forms alone, in both languages.
func TestReportToAppeal(t *testing.T) {
	for _, lang := range []string{"en", "ru"} {
		t.Run(lang, func(t *testing.T) {
			x := newSociety(t, Config{}, nil)
			n := x.raise("Water is short")
			at := fmt.Sprintf("/%s/river/item/%d/", lang, n)
			reader, author, moderator, convener := x.as(dialogue.Participant), x.as(dialogue.Delegate), x.as(dialogue.Moderator), x.as(dialogue.Convener)

			form := reader.open(at + "report")
			if got := form.Find("main .case-words").Text(); !strings.Contains(got, "canary") {
				t.Errorf("the form does not show what is reported: %q", got)
			}
			if form.Find("input[name=reason]").Length() != len(moderation.Reasons)-1 || form.Find("form[action$=moderate]").Length() != 0 {
				t.Error("the form offers the wrong things")
			}
			if refused := reader.post(at+"report", "text", "no reason"); refused.Find(".wrongs").Length() != 1 || refused.Find("textarea").Text() != "no reason" {
				t.Error("without a reason it is not asked again with what was typed")
			}
			if log := reader.post(at+"report", "reason", "insult", "text", "Rude"); log.Find(".notice").Length() != 1 || log.Find("#case-1").Length() != 1 {
				t.Error("the report leads nowhere")
			}

			queue := moderator.open("/" + lang + "/river/desk/moderation")
			to, _ := queue.Find(".cases a").Attr("href")
			if !strings.HasSuffix(to, "/desk/moderation/1") {
				t.Fatalf("the queue leads to %q", to)
			}
			page := moderator.open(to)
			if text := page.Find("main").Text(); !strings.Contains(text, "Rude") || !strings.Contains(text, "canary") {
				t.Errorf("the case does not show words and report: %s", text)
			}
			if again := moderator.post(to, "verdict", "hide", "reason", "insult", "lang", lang); again.Find("#text-wrong").Length() != 1 || again.Find("#verdict-hide[checked]").Length() != 1 {
				t.Error("without words it is not asked again with what was chosen")
			}
			if done := moderator.post(to, "verdict", "hide", "reason", "insult", "text", "Said about a person.", "lang", lang, "days", "3"); done.Find(".notice[role=status]").Length() != 1 {
				t.Error("the decision leads nowhere")
			}
			if me := author.open("/" + lang + "/river/me"); !strings.Contains(me.Find(".sanction").Text(), "Said about a person.") {
				t.Error("the page of the author does not say what keeps them from writing")
			}

			appeal := author.open(at + "appeal")
			if !strings.Contains(appeal.Find(".decision").Text(), "Said about a person.") || appeal.Find("textarea[name=text]").Length() != 1 {
				t.Fatalf("the page of the appeal says %s", appeal.Find("main").Text())
			}
			if asked := author.post(at+"appeal", "text", "Look again"); asked.Find("textarea").Length() != 0 || !strings.Contains(asked.Find(".typed").Text(), "Look again") {
				t.Error("the appeal is not shown")
			}
			if barred := moderator.open(to); barred.Find("form[action$='/desk/moderation/1']").Length() != 0 || barred.Find("main .notice").Length() != 1 {
				t.Error("who decided is offered to answer the appeal")
			}
			convener.post(to, "verdict", "keep", "text", "Taken back.", "lang", lang)
			log := newBrowser(t, x.Server).open("/" + lang + "/river/moderation")
			line := log.Find("#case-1")
			if line.Find(".decision").Length() != 2 || !strings.Contains(line.Text(), "Taken back.") || line.Find("a").Length() != 1 {
				t.Errorf("the log says %s", line.Text())
			}
			for _, secret := range []string{"Rude", "Look again", "canary", "Participant", "Участник"} {
				if strings.Contains(line.Text(), secret) {
					t.Errorf("the log tells %q", secret)
				}
			}
			if open := moderator.open("/" + lang + "/river/desk/moderation"); open.Find(".cases li").Length() != 0 {
				t.Error("the case is still in the queue")
			}
		})
	}
}

func TestAModeratorOpensACaseInsteadOfReporting(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	n := x.raise("Water is short")
	m := x.as(dialogue.Moderator)
	form := m.open(fmt.Sprintf("/en/river/item/%d/report", n))
	to, _ := form.Find("form[action$=moderate]").Attr("action")
	if page := m.post(to); page.Find("#verdict-hide").Length() != 1 {
		t.Errorf("%q leads to no case that the moderator may decide", to)
	}
}

func TestRulesOfTheForumAreSetAtTheDesk(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	m := x.as(dialogue.Moderator)
	if bad := m.post("/en/river/desk/moderation", "premoderate", "0", "slow", "5"); bad.Find("#hours-wrong").Length() != 1 {
		t.Error("slow mode without an end is taken")
	}
	if bad := m.post("/en/river/desk/moderation", "premoderate", "2"); bad.Find("#text-wrong").Length() != 1 {
		t.Error("rules change without a reason")
	}
	m.post("/en/river/desk/moderation", "premoderate", "2", "slow", "5", "hours", "3", "text", "Let it cool.", "lang", "en")
	log := newBrowser(t, x.Server).open("/en/river/moderation").Find("main").Text()
	if !strings.Contains(log, "The first 2 contributions") || strings.Count(log, "5 minutes") != 2 || !strings.Contains(log, "Let it cool.") {
		t.Errorf("the log says %s", log)
	}
	if page := x.as(dialogue.Participant).send("/en/river/desk/moderation", nil); page.Code != http.StatusForbidden {
		t.Errorf("a member gets %d at the desk", page.Code)
	}
}

// The overview of the desk says what waits and since when; the queue shows one
// kind alone, whatever else stands before it.
func TestTheDeskSaysWhatWaitsForModerators(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	m := x.as(dialogue.Moderator)
	if m.open("/en/river/desk").Find("[aria-labelledby=judge-title]").Length() != 0 {
		t.Error("the desk names moderation where nothing waits")
	}
	n := x.raise("Water is short")
	x.as(dialogue.Participant).post(fmt.Sprintf("/en/river/item/%d/report", n), "reason", "insult")
	waits := m.open("/en/river/desk").Find("[aria-labelledby=judge-title] a")
	if got := waits.Text(); got != "1 case waits for a decision. The longest wait: less than an hour." || waits.AttrOr("href", "") != "/en/river/desk/moderation" {
		t.Errorf("got %q", got)
	}
	for why, want := range map[string]int{"": 1, "reported": 1, "newcomer": 0, "appealed": 0, "nonsense": 1} {
		if got := m.open("/en/river/desk/moderation?why=" + why).Find(".cases li").Length(); got != want {
			t.Errorf("%q: %d cases, want %d", why, got, want)
		}
	}
	if other := x.as(dialogue.Registrar).send("/en/river/desk", nil); strings.Contains(other.Body.String(), "judge-title") {
		t.Error("who does not decide is told what waits")
	}
}

func TestSpans(t *testing.T) {
	words := i18n.For("en")
	for d, want := range map[time.Duration]string{
		29 * time.Minute: "less than an hour", time.Hour: "1 hour", 47 * time.Hour: "47 hours", 48 * time.Hour: "2 days", 61 * time.Hour: "3 days",
	} {
		if got := span(words, d); got != want {
			t.Errorf("%v: got %q, want %q", d, got, want)
		}
	}
}
