package browsertest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"

	"parley/dialogue"
)

// device puts an authenticator into the tab: a phone or a computer that knows its
// holder. Nobody here wrote it.
func (b *tab) device() webauthn.AuthenticatorID {
	b.Helper()
	return run(b, func(ctx context.Context, _ *chromedp.Target) (webauthn.AuthenticatorID, error) {
		if _, err := chromedp.Call(ctx, webauthn.Enable, webauthn.EnableParams{}); err != nil {
			return "", err
		}
		made, err := chromedp.Call(ctx, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
			Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
			HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
		}})
		if err != nil {
			return "", err
		}
		return made.AuthenticatorID, nil
	})
}

// lose takes the authenticator away, with the passkeys in it.
func (b *tab) lose(id webauthn.AuthenticatorID) {
	b.Helper()
	run(b, func(ctx context.Context, _ *chromedp.Target) (cdp.Empty, error) {
		return chromedp.Call(ctx, webauthn.RemoveVirtualAuthenticator, webauthn.RemoveVirtualAuthenticatorParams{AuthenticatorID: id})
	})
}

// until waits for what a script of the page does by itself.
func (w *walker) until(condition string) {
	w.Helper()
	for start := time.Now(); !eval[bool](w.tab, condition); time.Sleep(50 * time.Millisecond) {
		if time.Since(start) > 15*time.Second {
			w.Fatalf("%s: %s never holds; the page says\n%s", w.path(), condition, w.words())
		}
	}
}

// TestPasskeys makes an account with a passkey, loses the device, comes back with
// a recovery code, adds another passkey, removes the lost one and signs in again.
func TestPasskeys(t *testing.T) {
	needAxe(t)
	h := newHouse(t, dialogue.Freely)
	for _, way := range ways[:2] {
		t.Run(way.lang, func(t *testing.T) {
			w := newWalker(t, h.at, way.lang, way.look, true)
			name := called("keyholder", way.lang)
			phone := w.device()
			w.open("/sign-up?dialogue=" + string(h.id))
			const made = `form[data-passkey=create]:not([hidden])`
			w.must(made)
			w.fill(`#passkey-name`, name)
			w.reach(made + ` button[type=submit]`)
			w.do(chromedp.KeyEvent("\r"))
			w.until(`document.querySelectorAll("#codes code").length === 10`)
			w.followed(w.complaints())
			code := w.text(`#codes code`)

			w.open("/account")
			w.press(`form[action$="/sign-out"] button`)
			w.signInByKey()

			// The same device makes no second passkey for the account.
			w.open("/account/passkey")
			w.fill(`#key-name`, "again")
			w.reach(made + ` button[type=submit]`)
			w.do(chromedp.KeyEvent("\r"))
			w.until(`document.querySelector("[data-said]:not([hidden])") !== null`)
			w.followed(w.complaints())

			w.lose(phone)
			w.open("/account")
			w.press(`form[action$="/sign-out"] button`)
			w.open("/sign-in/recover")
			w.fill(`#name`, name)
			w.fill(`#code`, code)
			w.press(`form[action$="/recover"] button`)
			w.arrived("/account")

			w.device()
			w.open("/account/passkey")
			w.fill(`#key-name`, "the new one")
			w.reach(made + ` button[type=submit]`)
			w.do(chromedp.KeyEvent("\r"))
			w.until(`document.querySelectorAll("[aria-labelledby=passkeys] li").length === 2`)
			w.followed(w.complaints())
			w.press(`[aria-labelledby=passkeys] li:first-child form[action$="/remove"] button`)
			if got := eval[int](w.tab, `document.querySelectorAll("[aria-labelledby=passkeys] li").length`); got != 1 {
				t.Errorf("%d passkeys are left", got)
			}
			w.press(`form[action$="/sign-out"] button`)
			w.signInByKey()
			w.report(t)
		})
	}
}

// signInByKey opens the page for signing in. Where the browser offers passkeys in
// the field for the name, an authenticator that always agrees takes the offer;
// else the button does the same.
func (w *walker) signInByKey() {
	w.Helper()
	w.do(chromedp.Navigate(w.at + "/" + w.lang + "/sign-in"))
	for start := time.Now(); time.Since(start) < 2*time.Second; time.Sleep(50 * time.Millisecond) {
		if w.path() == "/account" {
			w.followed(w.complaints())
			return
		}
	}
	w.followed(w.complaints())
	w.reach(`form[data-passkey=get]:not([hidden]) button[type=submit]`)
	w.do(chromedp.KeyEvent("\r"))
	w.until(fmt.Sprintf("location.pathname === %q", "/"+w.lang+"/account"))
	w.followed(w.complaints())
}
