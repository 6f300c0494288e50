package browsertest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"parley/account"
	"parley/forum"
	"parley/notice"
	"parley/store"
	"parley/writing"
)

// memberWays are how a member goes through everything: on a phone in the dark
// without script, and at a desk with it.
var memberWays = []struct {
	lang   string
	look   look
	script bool
}{
	{"ru", look{width: 320, dark: true}, false},
	{"en", look{width: 1280}, true},
}

// sayings are what members write on the way.
var sayings = map[string]struct{ title, body, comment, answer, edited, translation, reason, search, hard string }{
	"en": {"The ferry steps are icy all winter", "Two people fell there in January.", "I have seen it, too.", "Where exactly?", "I have seen it, too: on Monday.",
		"Somebody translates these words.", "Because I have seen it.", "salmon", "A comment that somebody will report."},
	"ru": {"Паромная лестница всю зиму во льду", "В январе там упали двое.", "Я тоже это видела.", "А где именно?", "Я тоже это видела: в понедельник.",
		"Кто-то переводит эти слова.", "Потому что видела сама.", "лосось", "Комментарий, на который пожалуются."},
}

// aProblem is how the title of the problem begins under which they write.
const aProblem = "Плату за мост"

// post sends the form in which one writes.
const post = `form.compose .send button:not([name])`

// TestJourneyOfAMember writes, answers, expects, translates, reports, appeals,
// follows, searches and unsubscribes, by keyboard alone.
func TestJourneyOfAMember(t *testing.T) {
	needAxe(t)
	h := newTowns(t)
	for _, way := range memberWays {
		t.Run(fmt.Sprintf("%s, %v, script %v", way.lang, way.look, way.script), func(t *testing.T) {
			h.TB = t
			w := newWalker(t, h.at, way.lang, way.look, way.script)
			who := h.settle(called("member", way.lang), "KE")
			h.as(w, who)
			m := &member{w, h, who}
			problem := m.raises()
			comment := m.talks()
			m.changes(problem, comment)
			m.answers()
			m.isJudged(problem)
			m.looksAround()
			m.isTold()
			w.report(t)
		})
	}
}

// member is somebody on their way.
type member struct {
	*walker
	h   *towns
	who account.PersonID
}

// raises reads the problems, and adds one, and an action that answers it.
func (m *member) raises() writing.ID {
	m.Helper()
	say := sayings[m.lang]
	m.open(m.h.path("problems"))
	m.press(`a.line-title`)
	m.must(`article.matter`)
	m.open(m.h.path("problem/new"))
	m.fill(`#title-field`, say.title)
	m.fill(`#body`, say.body)
	m.press(`button[name=preview]`)
	m.must(`.preview`)
	m.press(post)
	m.must(`article.matter`)
	if got := m.text(`#title`); got != say.title {
		m.Errorf("the problem is called %q, want %q", got, say.title)
	}
	var n writing.ID
	if _, err := fmt.Sscanf(m.path(), m.h.path("problem/%d"), &n); err != nil {
		m.Fatalf("%s: %v", m.path(), err)
	}
	m.open(m.h.path("action/new", "problem", fmt.Sprint(n)))
	m.fill(`#title-field`, say.title)
	m.fill(`#body`, say.body)
	m.press(post)
	m.must(`article.matter`)
	return n
}

// talks comments on what others wrote, answers one of them, and quotes another.
func (m *member) talks() writing.ID {
	m.Helper()
	say, under := sayings[m.lang], m.h.problemTitled(aProblem)
	other := m.h.commentOf(under, m.who)
	m.open(m.h.page("problem", under))
	m.fill(`#body`, say.comment)
	m.press(post)
	own := m.h.newest(under, m.who)
	m.must(fmt.Sprintf(`#c-%d`, own))

	m.press(fmt.Sprintf(`#c-%d a[data-deed=reply]`, other.ID))
	m.fill(`#body`, say.answer)
	m.press(post)
	m.must(fmt.Sprintf(`#c-%d`, m.h.newest(under, m.who)))

	m.open(m.h.page("problem", under))
	m.press(fmt.Sprintf(`#c-%d a[data-deed=quote]`, other.ID))
	words, _, _ := strings.Cut(other.Body, ".")
	m.fill(`#words`, words)
	m.fill(`#body`, say.answer)
	m.press(post)
	quoting := fmt.Sprintf(`#c-%d`, m.h.newest(under, m.who))
	if got := m.text(quoting + ` blockquote`); got != words {
		m.Errorf("the quote says %q, want %q", got, words)
	}

	m.open(m.h.page("problem", under))
	helpful := fmt.Sprintf(`#c-%d .marks button[value=helpful]`, other.ID)
	m.press(helpful)
	m.must(fmt.Sprintf(`#c-%d .marks button[value="-helpful"][aria-pressed=true]`, other.ID))
	return own
}

// changes edits their own words, withdraws them and brings them back, keeps a
// draft, and translates what others wrote.
func (m *member) changes(problem, comment writing.ID) {
	m.Helper()
	say := sayings[m.lang]
	m.open(m.h.page("item", comment, "/edit"))
	m.fill(`#body`, say.edited)
	m.press(post)
	if got := m.text(fmt.Sprintf(`#c-%d .written`, comment)); got != say.edited {
		m.Errorf("the comment says %q, want %q", got, say.edited)
	}
	m.open(m.h.page("item", comment, "/history"))
	m.must(`.revision`)
	m.open(m.h.page("problem", problem))
	m.press(`form[action$="/withdraw"] button`)
	m.press(`main form[action$="/restore"] button`)

	m.open(m.h.path("problem/new"))
	m.fill(`#title-field`, say.title+" 2")
	m.press(`button[name=save]`)
	m.open(m.h.path("drafts"))
	m.press(`button[name=drop]`)

	to := map[string]string{"en": "ru", "ru": "en"}[m.lang]
	m.open(m.h.page("item", comment, "/translate?to="+to))
	m.fill(`#body`, say.translation)
	m.press(post)
	item, _, err := m.h.st.Item(context.Background(), m.who, m.h.id, comment)
	m.h.must(err)
	if in := item.In(to); in == nil || in.Body != say.translation {
		m.Errorf("the translation is %+v, want %q", in, say.translation)
	}
}

// answers the card, says what they expect, sees the result, gives a reason, and
// changes and withdraws the answer.
func (m *member) answers() {
	m.Helper()
	say := sayings[m.lang]
	m.open(m.h.path("statements"))
	m.must(`ol.statements`)
	m.open(m.h.path("vote", "under", fmt.Sprint(m.h.problemTitled(aProblem)))) // long told of
	m.tick(`#matters`)
	m.press(`.choices button[value=agree]`)
	m.must(`form.expect`)
	m.tick(`#of10-0`) // the first of the scale; arrows go on
	m.press(`form.expect .send button:not([name])`)
	for range 12 {
		if !eval[bool](m.tab, `document.querySelector("form.expect") !== null`) {
			break
		}
		m.press(`form.expect button[name=skip][value=one]`)
	}
	m.must(`section.about-side`)
	own := m.h.answered(m.who)
	if len(own) != 1 || own[0].Answer.Choice != "agree" || !own[0].Answer.Matters || len(own[0].Answer.Guesses) != 1 {
		m.Fatalf("the answers are %+v", own)
	}
	n := own[0].Statement.ID
	m.fill(`#reason`, say.reason)
	m.press(`form[action$="/reason"] button:not([name])`)

	m.open(m.h.path("vote"))
	m.press(`.choices button[value=pass]`)
	m.open(m.h.page("statement", n))
	m.must(`.told-table`)
	m.press(`.choices button[value=disagree]`)
	own = m.h.answered(m.who)
	if len(own) != 2 || own[0].Answer.Choice != "disagree" && own[1].Answer.Choice != "disagree" {
		m.Fatalf("the answers are %+v", own)
	}
	m.open(m.h.path("me/answers"))
	m.press(fmt.Sprintf(`form[action*="/statement/%d/unvote"] button`, n))
	if own = m.h.answered(m.who); len(own) != 1 {
		m.Errorf("%d answers are left, want 1", len(own))
	}
	m.press(`form.sheet button`)
	m.press(`form.sheet button`)
	m.open(m.h.path("knowing"))
	m.open(m.h.path("statement/new"))
	m.fill(`#title-field, #title`, say.title)
	m.press(`main form .send button:not([name])`)
}

// isJudged: somebody of another side reports what they wrote, a moderator hides
// it, they ask again, and the convener shows it.
func (m *member) isJudged(problem writing.ID) {
	m.Helper()
	say := sayings[m.lang]
	m.open(m.h.page("problem", problem))
	m.fill(`#body`, say.hard)
	m.press(post)
	n := m.h.newest(problem, m.who)

	m.h.as(m.walker, m.h.people["member-BR"])
	m.open(m.h.page("item", n, "/report"))
	m.tick(`input[name=reason]`)
	m.fill(`textarea`, say.hard)
	m.press(`main form button[type=submit]`)

	m.h.as(m.walker, m.h.people["moderator"])
	m.decides(n, "hide")

	m.h.as(m.walker, m.who)
	m.open(m.h.page("item", n, "/appeal"))
	m.fill(`textarea`, say.reason)
	m.press(`main form button[type=submit]`)

	m.h.as(m.walker, m.h.convener)
	m.decides(n, "keep")
	m.h.as(m.walker, m.who)
	item, _, err := m.h.st.Item(context.Background(), m.h.people["member-OS"], m.h.id, n)
	m.h.must(err)
	if item.State != writing.Shown {
		m.Errorf("#%d is %s after the appeal", n, item.State)
	}
	m.open(m.h.path("moderation"))
}

// decides ends the case about the contribution.
func (m *member) decides(n writing.ID, verdict string) {
	m.Helper()
	ctx := context.Background()
	m.open(m.h.path("desk/moderation"))
	open, err := m.h.st.Queue(ctx, m.h.people["moderator"], m.h.id, "", 0, 50)
	m.h.must(err)
	number := int64(0)
	for _, c := range open {
		if c.Of.ID == n {
			number = c.Number
		}
	}
	m.open(m.h.path(fmt.Sprintf("desk/moderation/%d", number)))
	m.pick(`input[name=verdict]`, verdict)
	m.pick(`select[name=reason]`, "insult")
	m.fill(`textarea`, sayings[m.lang].reason)
	m.press(`main form button[type=submit]:not([name])`)
}

// looksAround searches, follows tags and feeds.
func (m *member) looksAround() {
	m.Helper()
	m.open(m.h.path("search"))
	m.fill(`#q`, sayings[m.lang].search)
	m.press(`form.search button`)
	m.must(`ol.hits`)
	m.press(`ol.hits a.line-title`)
	m.open(m.h.path("problems"))
	m.press(`a[rel=tag]`)
	m.open(m.h.path(""))
	m.must(`head link[type="application/atom+xml"]`)
}

// isTold follows a problem, is told of a comment by the bell and by a letter,
// settles when letters go, and ends them with the link of the letter.
func (m *member) isTold() {
	m.Helper()
	ctx, under, to := context.Background(), m.h.problemTitled(aProblem), called("member", m.lang)+"@example.org"
	m.h.address(m.who, to)
	m.open("/account/notices")
	if eval[bool](m.tab, `document.querySelector("#quiet").checked`) {
		m.tick(`#quiet`)
	}
	m.press(`form[action$="/notices/settings"] button`)

	m.open(m.h.page("problem", under))
	m.pick(`form.follow select`, "all")
	m.press(`form.follow button`)
	follows, err := m.h.st.Following(ctx, m.who, m.h.id)
	m.h.must(err)
	if !slices.ContainsFunc(follows, func(f notice.Following) bool { return f.Item == under && f.Level == notice.All }) {
		m.Errorf("they follow %+v, want all of #%d", follows, under)
	}
	m.open(m.h.path("me/following"))
	m.must(`.followed li`)

	_, err = m.h.st.Comment(ctx, m.h.people["member-OS"], m.h.id, forum.NewComment{Under: under, Lang: m.lang, Body: sayings[m.lang].answer}, time.Now())
	m.h.must(err)
	l := m.h.letter(to, func(l store.Letter) bool { return l.Unsubscribe != "" })
	m.open("/notices")
	m.must(`.notices li.unread`)
	m.press(`form[action$="/notices/read"] button`)
	if eval[bool](m.tab, `document.querySelector(".notices li.unread") !== null`) {
		m.Error("something is unread that was read")
	}

	// The address of a letter has no language of its own, and programs post to it:
	// what it answers is one line.
	said := m.visit(m.at + "/unsubscribe/" + l.Unsubscribe)
	if m.lang == "en" {
		m.followed(said)
	}
	m.reach(`main form button`)
	if _, err := chromedp.RunResponse(m.ctx, chromedp.KeyEvent(kb.Enter)); err != nil {
		m.Fatal(err)
	}
	settings, err := m.h.st.NoticeSettings(ctx, m.who)
	m.h.must(err)
	if settings.Letters {
		m.Error("letters still go")
	}
}
