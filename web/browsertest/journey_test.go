package browsertest

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/dialogue"
)

// ways are how every journey is made: by keyboard, without script, on the
// narrowest screen, in both languages, light and dark.
var ways = []struct {
	lang string
	look look
}{
	{"en", look{width: 320}}, {"ru", look{width: 320, dark: true}}, {"en", look{width: 1280, dark: true}}, {"ru", look{width: 1280}},
}

// journeys runs the journey in every way, two at a time. Short runs go one way a
// language.
func journeys(t *testing.T, admission dialogue.Admission, journey func(w *walker, h *house, name string)) {
	t.Helper()
	needAxe(t)
	h := newHouse(t, admission)
	chosen := ways
	if testing.Short() {
		chosen = ways[:2]
	}
	for _, way := range chosen {
		t.Run(fmt.Sprintf("%s, %v", way.lang, way.look), func(t *testing.T) {
			w := newWalker(t, h.at, way.lang, way.look, false)
			journey(w, h, called("walker", way.lang, fmt.Sprint(way.look.width)))
			w.report(t)
		})
	}
}

// signUp goes from the card before joining through a new account and back to
// the card, and returns the recovery codes.
func (w *walker) signUp(name string) []string {
	w.Helper()
	w.press(`main a[href*="/sign-up"]`)
	w.fill(`input[name=name]`, name)
	w.fill(`input[name=password]`, password)
	w.press(`form.way:not([hidden]) button[type=submit]`)
	codes := strings.Fields(w.text("#codes"))
	if len(codes) < 10 {
		w.Fatalf("the codes are %q", codes)
	}
	w.press(`main a.button`)
	return codes
}

// joinAs fills in the form under the card and sends it.
func (w *walker) joinAs(side string) {
	w.Helper()
	if side != "" {
		w.tick(`#side-` + side)
	}
	w.tick(`#tick-rules`)
	w.tick(`#tick-contact`)
	w.press(`.entry-form button[type=submit]`)
}

// inside demands that the person is in.
func (w *walker) inside(h *house) {
	w.Helper()
	w.open(h.path("me"))
	w.arrived(h.path("me"))
	w.must(`#ticks`)
	w.open(h.path("registers"))
	w.arrived(h.path("registers"))
}

func TestJourneyByInvitation(t *testing.T) {
	journeys(t, dialogue.ByInvitation, func(w *walker, h *house, name string) {
		w.open(h.path("join", "invitation", h.invitation()))
		w.must(".card")
		w.signUp(name)
		w.arrived(h.path("join"))
		w.joinAs(h.side())
		w.inside(h)
	})
}

func TestJourneyByRequest(t *testing.T) {
	journeys(t, dialogue.ByRequest, func(w *walker, h *house, name string) {
		w.open(h.path("join"))
		w.signUp(name)
		w.joinAs(h.side())
		w.open(h.path("me"))
		ctx := context.Background()
		waiting, err := h.st.Applicants(ctx, h.convener, h.id)
		h.must(err)
		if len(waiting) != 1 {
			t.Fatalf("%d people wait, want one", len(waiting))
		}
		_, err = h.st.Admit(ctx, h.convener, h.id, waiting[0].ID, time.Now())
		h.must(err)
		w.inside(h)
	})
}

// TestJourneyOpen goes on: another side, a tick withdrawn, a new declaration, and
// out again with something in writing.
func TestJourneyOpen(t *testing.T) {
	journeys(t, dialogue.Freely, func(w *walker, h *house, name string) {
		w.open(h.path("join"))
		w.signUp(name)
		w.joinAs("")
		w.inside(h)

		w.open(h.path("me"))
		w.tick("#side-" + h.side())
		w.press(`form[action$="/me/sides"] button[type=submit]`)
		if !eval[bool](w.tab, fmt.Sprintf("document.querySelector(%q).checked", "#side-"+h.side())) {
			t.Error("the side is not declared")
		}
		w.tick("#tick-contact")
		w.press(`form[action$="/me/ticks"] button[type=submit]`)
		if eval[bool](w.tab, `document.querySelector("#tick-contact").checked`) {
			t.Error("the tick is not withdrawn")
		}

		_, err := h.st.Declare(context.Background(), h.convener, h.id, both("We speak for "+name+".", "Мы говорим за "+name+"."), "en", time.Now())
		h.must(err)
		w.open(h.path("me/leave"))
		w.open(h.path("declaration"))
		w.press(`form.sheet button[type=submit]`)
		w.inside(h)

		w.open(h.path("me/leave"))
		w.tick(`#written-keep`)
		w.press(`form.sheet button[type=submit]`)
		w.must(".exit")
		w.open(h.path("join"))
	})
}

// TestJourneyRecovery loses the way in, comes back with a code from the paper,
// chooses a new password, signs in with it, and takes the account away.
func TestJourneyRecovery(t *testing.T) {
	journeys(t, dialogue.Freely, func(w *walker, h *house, name string) {
		w.open(h.path("join"))
		codes := w.signUp(name)
		w.joinAs("")

		w.open("/account")
		w.press(`form[action$="/sign-out"] button`)
		w.open("/account")
		w.arrived("/sign-in")
		w.press(`a[href*="/sign-in/recover"]`)
		w.fill(`input[name=name]`, name)
		w.fill(`input[name=code]`, codes[0])
		w.press(`form[action$="/recover"] button[type=submit]`)
		w.open("/account")
		w.arrived("/account")

		w.press(`form[action$="/sign-out"] button`)
		w.open("/sign-in")
		w.fill(`input[name=name]`, name)
		w.fill(`input[name=password]`, password)
		w.press(`form[action$="/sign-in"] button[type=submit]`)
		w.open("/account")
		w.arrived("/account")

		w.press(`a[href$="/account/delete"]`)
		w.tick(`form[action$="/account/delete"] #keep`)
		w.press(`form[action$="/account/delete"] button[type=submit]`)
		w.open("/account")
		w.arrived("/sign-in")
		w.fill(`input[name=name]`, name)
		w.fill(`input[name=password]`, password)
		w.refused(`form[action$="/sign-in"] button[type=submit]`, 400)
		w.arrived("/sign-in")
	})
}
