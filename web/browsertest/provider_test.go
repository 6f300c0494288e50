package browsertest

import (
	"bufio"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"parley/account"
	"parley/dialogue"
	"parley/web"
)

// freePort is one on which nobody listens.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

// startProvider starts an OpenID provider that nobody here wrote, or skips the
// test where there is none.
func startProvider(t *testing.T, redirect string) (issuer string) {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no node")
	}
	if _, err := os.Stat(filepath.Join("node_modules", "oidc-provider")); errors.Is(err, os.ErrNotExist) {
		t.Skip("no oidc-provider: run make needs")
	}
	port := freePort(t)
	cmd := exec.Command(node, "provider.mjs", port, redirect)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if strings.Contains(lines.Text(), "ready") {
			go func() {
				for lines.Scan() {
				}
			}()
			return "http://localhost:" + port
		}
	}
	t.Fatal("the provider does not start")
	return ""
}

// another serves the same house once more, with a provider.
func (h *house) another(t *testing.T) (at string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	h.must(err)
	_, port, _ := net.SplitHostPort(l.Addr().String())
	at = "http://localhost:" + port
	issuer := startProvider(t, at+"/oidc/callback")
	site, err := web.New(web.Config{
		Store: h.st, Log: slog.New(slog.DiscardHandler), Origin: at, Limiter: account.NewLimiter(1000),
		OIDC: &web.OIDC{Issuer: issuer, ClientID: "parley", ClientSecret: "a-secret-of-the-test", Name: "Example ID"},
	})
	h.must(err)
	server := site.Prepare(l.Addr().String())
	go server.Serve(l)
	t.Cleanup(func() { server.Close() })
	return at
}

// provided walks through the provider, too.
type provided struct {
	*walker
	scripted bool
}

// across goes to the provider by the button that names it, says there who one is
// where it asks, and comes back.
func (w *provided) across(name string) {
	w.Helper()
	w.reach(`form[action$="/sign-in/provider"] button, form[action$="/account/identity"] button`)
	w.do(chromedp.KeyEvent("\r"))
	for start := time.Now(); !eval[bool](w.tab, fmt.Sprintf(backScript, w.at, name)); time.Sleep(200 * time.Millisecond) {
		if time.Since(start) > 20*time.Second {
			w.Fatalf("the way through the provider does not end; at %s", eval[string](w.tab, "location.href"))
		}
	}
	w.complaints() // those of the provider's pages are not ours
	if eval[bool](w.tab, `document.querySelector("form[data-onward]") !== null`) && !w.scripted {
		w.press(`form[data-onward] button`)
	}
}

// backScript reports whether the browser is back from the provider, and fills in
// the pages that the provider shows.
const backScript = `(() => {
	if (document.readyState !== "complete") return false;
	if (location.origin === %q) return document.querySelector("input[name=identity]") !== null || location.pathname.endsWith("/account");
	const login = document.querySelector("[name=login]");
	if (login) { login.value = %q; document.querySelector("[name=password]").value = "any"; }
	document.querySelector("form [type=submit]")?.click();
	return false;
})()`

// TestProvider makes an account through the provider, and signs in with it, with
// script and without.
func TestProvider(t *testing.T) {
	needAxe(t)
	h := newHouse(t, dialogue.Freely)
	at := h.another(t)
	for i, way := range ways[:2] {
		t.Run(way.lang, func(t *testing.T) {
			name := called("provided", way.lang)
			p := &provided{newWalker(t, at, way.lang, way.look, i == 0), i == 0}
			p.open("/sign-up?dialogue=" + string(h.id))
			p.across(name)
			p.until(`document.querySelector("input[name=identity]") !== null && document.querySelector("#name") !== null`)
			p.followed(p.complaints())
			p.fill(`#name`, name)
			p.press(`form[action$="/sign-up"] button`)
			p.must(`#codes`)
			p.press(`main a.button`)
			p.open("/account")
			p.must(`[aria-labelledby=identities] li`)
			p.press(`form[action$="/sign-out"] button`)
			p.open("/sign-in")
			p.across(name)
			p.until(fmt.Sprintf("location.pathname === %q", "/"+way.lang+"/account"))
			p.followed(p.complaints())
			p.report(t)
		})
	}
}
