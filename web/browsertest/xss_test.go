package browsertest

import (
	"context"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/i18n"
	"parley/interest"
	"parley/mail"
	"parley/markup"
	"parley/notice"
	"parley/store"
)

// payloads are the texts of the corpus, each of which would call trap() if it
// came through.
func payloads(t testing.TB) []string {
	t.Helper()
	corpus, err := os.ReadFile("../../markup/testdata/xss.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(string(corpus)) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "# ") {
			continue
		}
		s, err := strconv.Unquote(`"` + line + `"`)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		out = append(out, s)
	}
	if len(out) < 150 {
		t.Fatalf("only %d payloads", len(out))
	}
	return out
}

// trap makes every page of the tab count the calls of trap(), and of the dialogs
// that payloads open, whatever the policy of the page forbids: what is tested is
// what the page holds, not what saves it.
func (b *tab) trap() {
	b.Helper()
	const script = `window.sprung = 0; window.trap = window.alert = window.confirm = window.prompt = () => { window.sprung++ }`
	run(b, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		if _, err := chromedp.Call(ctx, cdppage.Enable, cdppage.EnableParams{}); err != nil {
			return chromedp.Void{}, err
		}
		if _, err := chromedp.Call(ctx, cdppage.SetBypassCSP, cdppage.SetBypassCSPParams{Enabled: true}); err != nil {
			return chromedp.Void{}, err
		}
		_, err := chromedp.Call(ctx, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: script})
		return chromedp.Void{}, err
	})
}

// sprung counts the traps that the page has sprung, after everything on it that
// can be pointed at, entered or pressed was.
func (b *tab) sprung() int {
	b.Helper()
	return eval[int](b, `(async () => {
		for (const e of document.querySelectorAll("main *"))
			for (const kind of ["mouseover", "mouseenter", "pointerover", "focus", "focusin", "animationstart", "toggle", "input"])
				e.dispatchEvent(new Event(kind, {bubbles: true}));
		for (const a of document.querySelectorAll("main a[href]"))
			if (/^\s*(javascript|data|vbscript):/i.test(a.href) || /^(javascript|vbscript)/i.test(a.protocol)) window.sprung++;
		await new Promise(r => setTimeout(r, 50));
		return window.sprung;
	})()`)
}

// perPage is how many payloads a page shows.
const perPage = 8

// TestMarkupInTheBrowser shows every payload of the corpus as Markdown, as
// plain text, in a letter and in a digest, with no policy to help: nothing acts. The same payloads raw do.
func TestMarkupInTheBrowser(t *testing.T) {
	b, all := newTab(t), payloads(t)
	b.trap()
	ways := map[string]func(string) string{
		"markdown": func(s string) string { return string(markup.HTML(s, 2)) },
		"text":     html.EscapeString,
		"letter": func(s string) string {
			l, err := mail.Write(&store.Letter{Kind: "message", Lang: "en", Args: map[string]string{"From": s, "Message": s, "Link": "/en"}}, "https://parley.example")
			if err != nil {
				t.Fatal(err)
			}
			return l.HTML
		},
		"digest": func(s string) string {
			n := notice.Notice{Title: s, Snippet: s, Lang: "en", Why: notice.BecauseFollow, Address: "problem/1", Event: notice.Event{Kind: notice.Wrote, Dialogue: "x", Item: 1, Root: 1}}
			n.Dialogue.Rule = dialogue.Public
			l, err := mail.Write(&store.Letter{Kind: store.DigestLetter, Lang: "en", Notices: []notice.Notice{n}}, "https://parley.example")
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(l.Text, s[:min(len(s), 3)]) {
				t.Errorf("the digest does not say %q", s)
			}
			return l.HTML
		},
		"raw": func(s string) string { return s },
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		show, known := ways[r.URL.Path[1:]]
		from, err := strconv.Atoi(r.URL.Query().Get("from"))
		if !known || err != nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, "<!doctype html><title>x</title><main>")
		for _, p := range all[from:min(from+perPage, len(all))] {
			fmt.Fprintf(w, "<section>%s</section>", show(p))
		}
		fmt.Fprint(w, "</main>")
	}))
	t.Cleanup(server.Close)
	active := 0
	for from := 0; from < len(all); from += perPage {
		for _, way := range []string{"markdown", "text", "letter", "digest"} {
			b.visit(fmt.Sprintf("%s/%s?from=%d", server.URL, way, from))
			if sprung := b.sprung(); sprung > 0 {
				t.Errorf("%q as %s sprang %d traps", all[from:min(from+perPage, len(all))], way, sprung)
			}
		}
		b.visit(fmt.Sprintf("%s/raw?from=%d", server.URL, from))
		if b.sprung() > 0 {
			active++
		}
	}
	if active < 10 {
		t.Errorf("only %d pages of raw payloads sprang the trap: it does not work", active)
	}
}

// mostOfAKind is how many pages of one template are looked at.
const mostOfAKind = 12

// TestStrangersTextInThePages puts the corpus wherever people can write, and
// looks at every page as those who see most. The policy of the pages is switched
// off: nothing may act by itself.
func TestStrangersTextInThePages(t *testing.T) {
	h := newHouse(t, dialogue.Freely)
	h.poison(payloads(t))
	b := newTab(t)
	b.trap()
	h.nothingActs(b)
}

// nothingActs looks at every page as those who see most.
func (h *house) nothingActs(b *tab) {
	h.Helper()
	seen, kinds := map[string]bool{}, map[string]int{}
	for _, who := range []account.PersonID{"", h.owner, h.convener, h.member} {
		client := h.enter(b, who)
		pages, _, err := crawl(client, h.at, mostOfAKind)
		if err != nil {
			h.Fatal(err)
		}
		if len(pages) < 20 {
			h.Errorf("only %d pages", len(pages))
		}
		for _, p := range pages {
			// The words of the house differ in Russian, what people wrote does not; the
			// pages of single things differ in the thing, and all stand in lists too.
			if seen[p.path] || !strings.HasPrefix(p.path, "/en") || kinds[p.kind()] == mostOfAKind {
				continue
			}
			seen[p.path] = true
			if !p.plain() {
				kinds[p.kind()]++
			}
			b.visit(h.at + p.path)
			if sprung := b.sprung(); sprung > 0 {
				h.Errorf("%s sprang %d traps", p.path, sprung)
			}
		}
	}
}

// poison writes payloads wherever somebody can write.
func (h *house) poison(corpus []string) {
	h.Helper()
	ctx, now := context.Background(), time.Now()
	joined := func(part []string) string { // what shows nothing is refused, and was tried above
		return strings.Map(func(r rune) rune {
			if r != '\n' && (r > unicode.MaxASCII || !unicode.IsPrint(r)) {
				return -1
			}
			return r
		}, strings.Join(part, "\n\n"))
	}
	piece := func(n int) i18n.Text { return both(corpus[n%len(corpus)], corpus[(n+1)%len(corpus)]) }
	e, err := h.st.Entrance(ctx, h.id, h.convener, "", now)
	h.must(err)
	c := e.Configured
	for i, t := range []*i18n.Text{&c.Operator, &c.Payer, &c.Country, &c.Readers, &c.Keeping, &c.Limits, &c.Exit, &c.Contact} {
		part := joined(corpus[len(corpus)*i/8 : len(corpus)*(i+1)/8])
		*t = both(part, part)
	}
	_, err = h.st.Configure(ctx, h.convener, h.id, c, now)
	h.must(err)
	for i := range 4 {
		version, err := h.st.Declare(ctx, h.convener, h.id, both(joined(corpus[i*60:min(i*60+60, len(corpus))]), "x"), "en", now)
		h.must(err)
		for _, who := range []account.PersonID{h.editor, h.member} {
			h.mostly(h.st.Agree(ctx, who, h.id, version, "en", now))
		}
	}
	side := e.Sides[0].ID
	for n := range corpus {
		_, _, err := h.st.WriteInterest(ctx, h.editor, h.id, side, interest.Interest{Title: piece(n), Note: piece(n + 1)}, store.AnyRevision, now)
		h.mostly(err)
		_, _, err = h.st.MakeToken(ctx, h.member, account.Token{Name: corpus[n], Scopes: account.Scopes[:1]}, now)
		h.mostly(err)
		_, _, err = h.st.Invite(ctx, h.convener, h.id, dialogue.Invitation{Role: dialogue.Participant, Note: corpus[n], Uses: 1}, now)
		h.mostly(err)
		h.mostly(h.st.SendMessage(ctx, "", h.id, corpus[n], corpus[(n+3)%len(corpus)], "en", now))
		h.mostly(h.st.ChangePseudonym(ctx, h.member, h.id, corpus[n], now))
	}
	for _, kind := range store.LegalKinds {
		h.mostly(h.st.ChangeLegal(ctx, h.owner, kind, store.LegalText{"en": joined(corpus[:100]), "ru": "x"}, now))
	}
	if h.taken < len(corpus) {
		h.Fatalf("only %d texts were taken, %d refused", h.taken, h.declined)
	}
	h.Logf("%d texts taken, %d refused", h.taken, h.declined)
}

// mostly lets pass what the rules of a field refuse: a name may be no script.
func (h *house) mostly(err error) {
	h.Helper()
	if err == nil {
		h.taken++
		return
	}
	if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Conflict) {
		h.Fatal(err)
	}
	h.declined++
}
