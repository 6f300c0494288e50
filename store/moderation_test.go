package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/forum"
	"parley/moderation"
	"parley/notice"
	"parley/store"
	"parley/store/storetest"
	"parley/writing"
)

var (
	insult = moderation.Decision{Verdict: moderation.Hide, Reason: moderation.Insult, Text: "It attacks a person.", Lang: "en"}
	keep   = moderation.Decision{Verdict: moderation.Keep}
	danger = moderation.Decision{Verdict: moderation.Remove, Reason: moderation.Private, Text: "It tells where somebody lives.", Lang: "en"}
)

// moderated is a forum with a second moderator, and something that sara wrote.
func moderated(t *testing.T, s *store.Store) (*society, writing.ID) {
	x := forumed(t, s)
	x.seat("mody", dialogue.Moderator, "")
	p := x.problem("nora", "the bridge")
	return x, x.comment("sara", p, 0, "zqx-words-canary")
}

func (x *society) report(who string, n writing.ID, lang string) error {
	return x.Report(x.ctx, person(who), x.id, moderation.NewReport{Of: n, Lang: lang, Reason: moderation.Insult, Text: "zqx-report-canary"}, now)
}

func (x *society) decide(who string, number int64, d moderation.Decision, at time.Time) error {
	return x.Decide(x.ctx, person(who), x.id, number, d, time.Time{}, at)
}

func (x *society) queue(who string) []moderation.Case {
	x.t.Helper()
	q, err := x.Queue(x.ctx, person(who), x.id, "", 0, 100)
	x.must(err)
	return q
}

func (x *society) log() []moderation.Line {
	x.t.Helper()
	lines, err := x.ModerationLog(x.ctx, "nils", x.id, 0, 100)
	x.must(err)
	return lines
}

// state is what somebody finds of a contribution: "" where they may not read it.
func (x *society) state(who string, n writing.ID) writing.State {
	x.t.Helper()
	item, _, err := x.Item(x.ctx, person(who), x.id, n)
	if fault.Is(err, fault.Missing) {
		return ""
	}
	x.must(err)
	return item.State
}

func TestReportDecisionAppeal(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x, n := moderated(t, s)
		x.must(x.report("nils", n, ""))
		x.must(x.report("nils", n, ""))
		x.must(x.report("nora", n, ""))
		x.refused(x.report("sara", n, ""), "moderation.own")
		x.refused(x.report("nils", 99, ""), "writing.missing")
		q := x.queue("mode")
		if len(q) != 1 || len(q[0].Reports) != 2 || q[0].Of.Body != "zqx-words-canary" || q[0].Barred != "" || q[0].Why != moderation.Reported {
			t.Fatalf("got %+v, want one case with two reports", q)
		}
		x.must(x.Decide(x.ctx, "mode", x.id, 1, insult, now.Add(48*time.Hour), now.Add(time.Hour)))
		if got := []writing.State{x.state("nils", n), x.state("sara", n), x.state("mode", n)}; !slices.Equal(got, []writing.State{"", writing.Hidden, writing.Hidden}) {
			t.Errorf("others, the author and the moderator find %q", got)
		}
		_, err := s.RaiseProblem(x.ctx, "sara", x.id, problemOf("again"), now.Add(2*time.Hour))
		x.refused(err, "moderation.sanctioned")
		held, err := s.MySanctions(x.ctx, "sara", x.id, now.Add(2*time.Hour))
		x.must(err)
		if len(held) != 1 || held[0].Case != 1 || !held[0].Until.Equal(now.Add(48*time.Hour)) {
			t.Errorf("got %+v", held)
		}
		x.refused(s.AskAgain(x.ctx, "nils", x.id, 1, "Not mine", now.Add(3*time.Hour)), "moderation.missing")
		x.must(s.AskAgain(x.ctx, "sara", x.id, 1, "zqx-appeal-canary", now.Add(3*time.Hour)))
		x.refused(s.AskAgain(x.ctx, "sara", x.id, 1, "Once more", now.Add(3*time.Hour)), "moderation.appealed-already")
		if q := x.queue("mode"); len(q) != 1 || q[0].Barred != "decided" || !q[0].Mine || q[0].Why != moderation.Appealed {
			t.Errorf("who decided finds %+v", q)
		}
		x.refused(x.decide("mode", 1, keep, later), "moderation.barred.decided")
		x.refused(x.decide("ann", 1, keep, later), "moderation.barred.moderators-first")
		x.must(x.decide("mody", 1, keep, now.Add(4*time.Hour)))
		if got := x.state("nils", n); got != writing.Shown {
			t.Errorf("after the appeal it is %q", got)
		}
		_, err = s.RaiseProblem(x.ctx, "sara", x.id, problemOf("again"), now.Add(5*time.Hour))
		x.must(err)
		lines := x.log()
		if len(lines) != 1 || lines[0].Appeal == nil || lines[0].Appeal.Decision.Verdict != moderation.Keep || lines[0].Appeal.Text != "" ||
			lines[0].Decision.By != "" || lines[0].Decision.ByMember != "" || lines[0].Waited != time.Hour || !lines[0].Readable {
			t.Errorf("the log says %+v", lines)
		}
		if all := fmt.Sprintf("%+v %+v %+v", lines, lines[0].Decision, lines[0].Appeal); strings.Contains(all, "canary") {
			t.Errorf("the log tells what was said: %s", all)
		}
	})
}

func problemOf(title string) (n forum.NewProblem) {
	n.Lang, n.Title, n.Body = "en", title, "About "+title+"."
	return n
}

func TestARemovalTakesTwo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x, n := moderated(t, s)
		x.must(x.report("nils", n, ""))
		x.must(x.decide("mode", 1, danger, later))
		if got := x.state("nils", n); got != "" || len(x.queue("mody")) != 1 {
			t.Errorf("it is %q while the second is asked, and %d wait", got, len(x.queue("mody")))
		}
		x.refused(x.decide("mode", 1, danger, later), "moderation.barred.second")
		x.must(x.decide("mody", 1, danger, later))
		if found := x.traces("zqx-words-canary"); len(found) > 0 {
			t.Errorf("removed words stand in %q", found)
		}
		if l := x.log()[0]; l.Decision.Verdict != moderation.Remove || l.Decision.Waits || l.Decision.Alone || len(l.Earlier) != 1 {
			t.Errorf("the log says %+v", l)
		}
	})
}

func TestAModeratorWhoIsAloneRemovesAndTheLogSaysSo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x, n := moderated(t, s)
		for _, who := range []string{"mode", "mody"} {
			x.must(x.report(who, n, ""))
		}
		if q := x.queue("mode"); q[0].Barred != "reported" || q[0].Nobody {
			t.Errorf("who reported finds %+v", q[0])
		}
		x.must(x.decide("ann", 1, danger, later))
		if l := x.log()[0]; !l.Decision.Alone || l.Decision.Waits || l.Decision.Role != dialogue.Convener {
			t.Errorf("the log says %+v", l.Decision)
		}
	})
}

func TestWhereNobodyIsLeftAnAppealWaits(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x, n := moderated(t, s)
		x.must(x.report("mody", n, ""))
		x.must(x.report("mode", n, ""))
		x.must(x.decide("ann", 1, insult, later))
		x.must(s.AskAgain(x.ctx, "sara", x.id, 1, "Look again", later))
		if q := x.queue("ann"); len(q) != 1 || !q[0].Nobody {
			t.Errorf("got %+v, want one that waits for somebody else", q)
		}
		x.seat("more", dialogue.Moderator, "")
		if q := x.queue("ann"); q[0].Nobody || q[0].Barred != "decided" {
			t.Errorf("got %+v, want one for the new moderator", q[0])
		}
		x.must(x.decide("more", 1, insult, later))
		if q := x.queue("ann"); len(q) != 0 || x.state("nils", n) != "" {
			t.Error("the appeal was not granted, and something waits or is shown")
		}
	})
}

func TestAHidingIsTakenBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x, n := moderated(t, s)
		x.must(x.report("nils", n, ""))
		x.must(x.decide("mode", 1, insult, later))
		x.refused(x.decide("mode", 1, insult, later), "moderation.decided-already")
		x.must(x.decide("mode", 1, keep, later.Add(24*time.Hour)))
		if got := x.state("nils", n); got != writing.Shown {
			t.Errorf("it is %q", got)
		}
		l := x.log()[0]
		if l.Decision.Verdict != moderation.Keep || len(l.Earlier) != 1 || l.Earlier[0].Verdict != moderation.Hide || l.Waited != time.Hour {
			t.Errorf("the log says %+v", l)
		}
		x.refused(x.report("nils", n, ""), "moderation.reported-already")
		x.must(x.report("twin", n, ""))
		if q := x.queue("mode"); len(q) != 1 || q[0].Number != 2 {
			t.Errorf("another's report finds %+v, want a new case", q)
		}
	})
}

func TestNewcomersAndPersonalDataWait(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x, _ := moderated(t, s)
		x.must(s.SetModerationRules(x.ctx, "mode", x.id, moderation.Rules{Premoderate: 1, Text: "Many are new."}, now))
		n, err := s.RaiseProblem(x.ctx, "nils", x.id, problemOf("first"), now)
		x.must(err)
		if got := x.state("nora", n); got != "" || x.state("nils", n) != writing.Held {
			t.Errorf("a newcomer's first is %q for others", got)
		}
		m, err := s.RaiseProblem(x.ctx, "nora", x.id, problemOf("call +44 20 7946 0958"), now)
		x.must(err)
		q := x.queue("mode")
		if len(q) != 2 || q[0].Why != moderation.Newcomer || q[1].Why != moderation.Personal || q[1].Of.ID != m {
			t.Fatalf("got %+v", q)
		}
		x.must(x.decide("mode", q[0].Number, keep, later))
		if got := x.state("nora", n); got != writing.Shown {
			t.Errorf("kept, it is %q", got)
		}
		next, err := s.RaiseProblem(x.ctx, "nils", x.id, problemOf("second"), now)
		x.must(err)
		if got := x.state("nora", next); got != writing.Shown {
			t.Errorf("a newcomer's second is %q", got)
		}
		byRole, err := s.RaiseProblem(x.ctx, "media", x.id, problemOf("of a mediator"), now)
		x.must(err)
		if got := x.state("nora", byRole); got != writing.Shown {
			t.Errorf("a mediator's first is %q", got)
		}
	})
}

func TestSlowMode(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x, _ := moderated(t, s)
		rules := moderation.Rules{Slow: 10 * time.Minute, SlowUntil: now.Add(2 * time.Hour), Text: " Let it cool. ", Lang: "ru"}
		unsaid := rules
		unsaid.Text = " "
		x.refused(s.SetModerationRules(x.ctx, "mode", x.id, unsaid, now), "moderation.text-missing")
		x.must(s.SetModerationRules(x.ctx, "mode", x.id, rules, now))
		x.must(s.SetModerationRules(x.ctx, "mode", x.id, rules, now))
		say := func(at time.Duration) error {
			_, err := s.RaiseProblem(x.ctx, "nils", x.id, problemOf("more"), now.Add(at))
			return err
		}
		x.must(say(time.Minute))
		err := say(4 * time.Minute)
		x.refused(err, "moderation.slow")
		if f, _ := fault.As(err); f == nil || f.Args["Wait"] != 7*time.Minute {
			t.Errorf("got %+v, want to wait seven minutes", f)
		}
		x.must(say(11 * time.Minute))
		x.must(say(119 * time.Minute))
		x.must(say(120 * time.Minute))
		lines := x.log()
		if len(lines) != 1 || lines[0].Rules == nil || lines[0].Rules.Slow != 10*time.Minute || lines[0].Rules.Text != "Let it cool." || lines[0].Rules.Lang != "ru" {
			t.Errorf("the log says %+v", lines)
		}
		x.refused(s.SetModerationRules(x.ctx, "nils", x.id, rules, now), "dialogue.denied")
	})
}

func TestTheQueueIsReadInParts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x, _ := moderated(t, s)
		p := x.problem("nora", "the road")
		for i := range 5 {
			n := x.comment("sara", p, 0, fmt.Sprint("comment ", i))
			x.must(s.Report(x.ctx, "nils", x.id, moderation.NewReport{Of: n, Reason: moderation.Spam}, now.Add(time.Duration(5-i)*time.Minute)))
		}
		var got []int64
		for after, pages := int64(0), 0; pages < 9; pages++ {
			part, err := s.Queue(x.ctx, "mode", x.id, "", after, 2)
			x.must(err)
			if len(part) == 0 {
				break
			}
			for _, c := range part {
				got = append(got, c.Number)
				after = c.Number
			}
		}
		if !slices.Equal(got, []int64{5, 4, 3, 2, 1}) {
			t.Errorf("got %v, want the longest waiting first", got)
		}
		before := x.log()
		lines, err := s.ModerationLog(x.ctx, "nils", x.id, 4, 2)
		x.must(err)
		if len(before) != 5 || len(lines) != 2 || lines[0].Number != 3 || lines[1].Number != 2 {
			t.Errorf("got %d lines, then %+v", len(before), lines)
		}
		b, err := s.Balance(x.ctx, "nils", x.id, now.Add(30*24*time.Hour))
		x.must(err)
		for _, side := range b.Sides {
			if want := map[string]int{"S": 5}[side.Group]; side.Cases != want {
				t.Errorf("%s: got %d cases, want %d", side.Group, side.Cases, want)
			}
		}
	})
}

func TestWhoLeavesTakesTheirWordsToTheModerators(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x, n := moderated(t, s)
		x.must(x.report("nils", n, ""))
		x.must(x.Decide(x.ctx, "mode", x.id, 1, insult, now.Add(48*time.Hour), now))
		x.must(s.AskAgain(x.ctx, "sara", x.id, 1, "zqx-appeal-canary", now))
		for _, who := range []account.PersonID{"nils", "sara", "mode"} {
			_, err := s.Leave(x.ctx, who, x.id, false, now)
			x.must(err)
		}
		if found := x.traces("zqx-report-canary", "zqx-appeal-canary", "zqx-words-canary"); len(found) > 0 {
			t.Errorf("what they said stands in %q", found)
		}
		if q := x.queue("mody"); len(q) != 1 || len(q[0].Reports) != 1 || q[0].Reports[0].Reason != moderation.Insult {
			t.Errorf("got %+v, want the case without anybody's words", q)
		}
		x.must(x.decide("mody", 1, keep, later))
	})
}

// A translation is reported and hidden on its own, and the original goes on.
func TestATranslationIsHiddenAlone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x, n := moderated(t, s)
		x.must(s.Translate(x.ctx, "nora", x.id, n, "ru", "", "кривоперевод", 1, now))
		finds := func() bool {
			found, err := s.Search(x.ctx, "nils", x.id, forum.Query{Words: "кривоперевод"}, "ru")
			x.must(err)
			return len(found.Hits) > 0
		}
		shown := func(who string) bool {
			item, _, err := s.Item(x.ctx, person(who), x.id, n)
			x.must(err)
			return item.In("ru") != nil
		}
		if !finds() || !shown("nils") {
			t.Fatal("the translation is not there to begin with")
		}
		x.refused(x.report("nora", n, "ru"), "moderation.own")
		x.must(s.Report(x.ctx, "sara", x.id, moderation.NewReport{Of: n, Lang: "ru", Reason: moderation.Mistrans}, now))
		wrong := moderation.Decision{Verdict: moderation.Hide, Reason: moderation.Mistrans, Text: "It says something else.", Lang: "en"}
		x.must(x.decide("mode", 1, wrong, later))
		if finds() || shown("nils") || !shown("nora") || x.state("nils", n) != writing.Shown {
			t.Error("hidden, it is found or read, or the original is gone")
		}
		x.must(s.Translate(x.ctx, "nora", x.id, n, "ru", "", "кривоперевод", 1, later))
		if finds() || shown("nils") || len(x.queue("mode")) != 1 {
			t.Error("who was hidden writes it anew, and it is shown unread")
		}
		x.must(x.decide("mody", 2, keep, later))
		x.refused(x.decide("mode", 1, keep, later), "moderation.written-anew")
		if !finds() || !shown("nils") {
			t.Error("kept, it is not back")
		}
		x.must(s.Report(x.ctx, "twin", x.id, moderation.NewReport{Of: n, Lang: "ru", Reason: moderation.Private}, later))
		x.must(x.decide("mode", 3, danger, later))
		x.must(x.decide("mody", 3, danger, later))
		if finds() || shown("nora") || len(x.traces("кривоперевод")) > 0 {
			t.Error("removed, it is still somewhere")
		}
	})
}

// Moderators and the convener hear once that something waits, whatever more comes
// until they have looked, and in the digest alone; when all is decided nothing is
// left to look at.
func TestModeratorsHearThatSomethingWaits(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x, n := moderated(t, s)
		x.writable("mode")
		x.spread(now)
		asks := func(who string) int64 {
			return number(t, s, "select count(1) from notice where kind = 'queued' and person = $1 and unread = 1 and loud = 1 and letter <> 'queued'", who)
		}
		all := func() int64 { return number(t, s, "select count(1) from notice where kind = 'queued'") }
		x.must(x.report("nils", n, ""))
		x.must(x.report("lone", x.problem("sara", "the road"), ""))
		x.spread(now)
		if asks("mode") != 1 || asks("mody") != 1 || asks("nils") != 0 || asks("sara") != 0 || all() < 3 {
			t.Fatalf("moderators hear %d and %d times, all %d", asks("mode"), asks("mody"), all())
		}
		list, err := s.Notices(x.ctx, "mode", "en", 0, 1)
		x.must(err)
		if q := list[0]; q.Key() != "notice.event.queued" || q.Address != "desk/moderation" || q.Snippet != "" || q.By.Member != "" || q.Why != notice.BecauseModerator {
			t.Errorf("got %+v", q)
		}
		events, err := s.Events(x.ctx, "nils", x.id, 0, 0, 100)
		x.must(err)
		for _, e := range events {
			if e.Kind == notice.Queued {
				t.Error("everybody is told that moderators have something to decide")
			}
		}
		if number(t, s, "select count(1) from notice where kind = 'queued' and person = 'mode' and letter = 'waits'") != 1 {
			t.Error("it is in no digest")
		}
		n1, since, err := s.CasesWaiting(x.ctx, "mode", x.id)
		if x.must(err); n1 != 2 || !since.Equal(now) {
			t.Errorf("%d wait since %v", n1, since)
		}
		for _, why := range []moderation.Why{moderation.Appealed, moderation.Newcomer} {
			if q, err := s.Queue(x.ctx, "mode", x.id, why, 0, 100); err != nil || len(q) != 0 {
				t.Errorf("%s: %+v, %v", why, q, err)
			}
		}
		if q, err := s.Queue(x.ctx, "mode", x.id, moderation.Reported, 1, 100); err != nil || len(q) != 1 || q[0].Number != 2 {
			t.Errorf("got %+v, %v", q, err)
		}
		for i := range 2 {
			x.must(x.decide("mode", int64(i+1), insult, now))
		}
		if x.spread(now); asks("mode") != 0 || asks("mody") != 0 {
			t.Error("there is nothing to decide, and moderators are still asked")
		}
		x.must(x.AskAgain(x.ctx, "sara", x.id, 1, "Look again.", now))
		if x.spread(now); asks("mode") != 1 {
			t.Error("nobody is told of an appeal")
		}
		if q, err := s.Queue(x.ctx, "mode", x.id, moderation.Appealed, 0, 100); err != nil || len(q) != 1 || q[0].Number != 1 {
			t.Errorf("got %+v, %v", q, err)
		}
	})
}

// A newcomer's translation is read before others read it, takes nobody's place
// meanwhile, and waits in slow mode as all that is written.
func TestTranslationsOfNewcomersWait(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x, n := moderated(t, s)
		x.must(s.SetModerationRules(x.ctx, "mode", x.id, moderation.Rules{Premoderate: 2, Text: "Many are new."}, now))
		translate := func(who string, at time.Time) error {
			return s.Translate(x.ctx, person(who), x.id, n, "ru", "", "Паром.", 1, at)
		}
		x.must(translate("nils", now))
		q := x.queue("mode")
		if len(q) != 1 || q[0].Lang != "ru" || q[0].Why != moderation.Newcomer {
			t.Fatalf("got %+v: a newcomer's translation does not wait", q)
		}
		x.refused(translate("mody", later), "moderation.translation-waits")
		x.must(x.decide("mode", q[0].Number, keep, later))
		x.must(translate("mody", later.Add(time.Minute))) // who holds a role does not wait
		x.refused(translate("nils", later.Add(time.Hour)), "moderation.translation-stands")

		x.must(s.SetModerationRules(x.ctx, "mode", x.id, moderation.Rules{Slow: time.Hour, SlowUntil: later.Add(5 * time.Hour), Text: "Let it cool."}, later))
		x.must(translate("nils", later.Add(2*time.Hour)))
		x.refused(translate("nils", later.Add(2*time.Hour+time.Minute)), "moderation.slow")
	})
}

// What is decided about a translation falls on who wrote it: while a case waits
// nobody puts another in its place, and afterwards the case is not about the new.
func TestADecisionFallsOnWhoTranslated(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x, n := moderated(t, s)
		translate := func(who, words string, at time.Time) error {
			return s.Translate(x.ctx, person(who), x.id, n, "ru", "", words, 1, at)
		}
		x.must(translate("nils", "Нет.", now))
		x.must(x.report("lone", n, "ru"))
		x.refused(translate("nora", "Паром.", now.Add(time.Minute)), "moderation.translation-waits")
		x.must(x.Decide(x.ctx, "mode", x.id, 1, insult, now.Add(48*time.Hour), now.Add(time.Hour)))
		for who, want := range map[string]int{"nils": 1, "nora": 0} {
			if list, err := s.MySanctions(x.ctx, person(who), x.id, now.Add(time.Hour)); err != nil || len(list) != want {
				t.Errorf("%s: %d sanctions, %v", who, len(list), err)
			}
		}
		x.must(translate("nora", "Паром.", now.Add(2*time.Hour)))
		x.must(x.AskAgain(x.ctx, "nils", x.id, 1, "It says no.", now.Add(150*time.Minute)))
		x.must(x.decide("mody", 1, keep, now.Add(3*time.Hour)))
		if list, err := s.MySanctions(x.ctx, "nils", x.id, now.Add(3*time.Hour)); err != nil || len(list) != 0 {
			t.Errorf("%d sanctions, %v: an appeal ends one whatever was written since", len(list), err)
		}
		x.refused(x.AskAgain(x.ctx, "nora", x.id, 1, "Why?", now.Add(3*time.Hour)), "moderation.missing")
		if _, err := s.CaseOf(x.ctx, "nora", x.id, n, "ru"); err == nil {
			t.Error("a decision about other words is told as one about hers")
		}
		got, _, err := s.Item(x.ctx, "lone", x.id, n)
		x.must(err)
		if tr := got.In("ru"); tr == nil || tr.Body != "Паром." {
			t.Errorf("got %+v", tr)
		}
	})
}
