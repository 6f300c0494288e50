package browsertest

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/dossier"
	"parley/examples"
	"parley/i18n"
	"parley/store"
	"parley/web"
)

// house is a site that is no demonstration: with an owner, a convener, a
// declaration, and nobody else.
type house struct {
	testing.TB
	at       string // its address
	st       *store.Store
	id       dialogue.ID
	owner    account.PersonID
	convener account.PersonID
	editor   account.PersonID // of the register of the first side
	member   account.PersonID

	taken, declined int // texts of strangers
}

const password = "correct horse battery staple 2009"

// newHouse opens the three towns as a live dialogue that admits in this way.
func newHouse(t testing.TB, admission dialogue.Admission) *house {
	t.Helper()
	ctx, now := context.Background(), time.Now()
	st, err := store.Open(ctx, store.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h := &house{TB: t, st: st}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	h.at = "http://localhost:" + port
	site, err := web.New(web.Config{Store: st, Log: slog.New(slog.DiscardHandler), Origin: h.at, Limiter: account.NewLimiter(1000)})
	if err != nil {
		t.Fatal(err)
	}
	server := site.Prepare(l.Addr().String())
	go server.Serve(l)
	t.Cleanup(func() {
		server.Close()
		st.Close()
	})
	h.found(ctx, admission, now)
	return h
}

// found makes the owner, loads the dialogue, appoints the convener, and fills in
// what everybody is told before joining.
func (h *house) found(ctx context.Context, admission dialogue.Admission, now time.Time) {
	h.Helper()
	link, err := h.st.OwnerLink(ctx, now)
	h.must(err)
	owner, _, err := h.st.SignUp(ctx, store.NewPerson{Name: "owner", Lang: "en", Password: password, OwnerLink: link}, "test", now)
	h.must(err)
	for _, e := range examples.All() {
		d, err := dossier.Read(e.Name, e.Data)
		h.must(err)
		if d.Dialogue.Kind == dialogue.Invented {
			h.id = d.Dialogue.ID
			_, err = h.st.LoadDossier(ctx, d, now)
			h.must(err)
		}
	}
	h.owner = owner.Person
	secret, _, err := h.st.Invite(ctx, h.owner, h.id, dialogue.Invitation{Role: dialogue.Convener, Uses: 1}, now)
	h.must(err)
	h.convener = h.account("convener", secret)
	h.join(h.convener, store.JoinRequest{Invitation: secret})
	_, err = h.st.Declare(ctx, h.convener, h.id, both("We speak for ourselves.", "Мы говорим от своего имени."), "en", now)
	h.must(err)
	e, err := h.st.Entrance(ctx, h.id, h.convener, "", now)
	h.must(err)
	c := e.Configured
	c.Admission = admission
	for _, t := range []*i18n.Text{&c.Operator, &c.Payer, &c.Country, &c.Readers, &c.Keeping, &c.Limits, &c.Exit, &c.Contact} {
		*t = both("An **invented** institute.", "**Вымышленный** институт.")
	}
	_, err = h.st.Configure(ctx, h.convener, h.id, c, now)
	h.must(err)
	h.editor = h.seat("editor", dialogue.Delegate, c.Sides[0].ID)
	h.member = h.seat("member", dialogue.Participant, "")
}

// seat invites somebody to a place and has them take it.
func (h *house) seat(name string, role dialogue.Role, side dialogue.SideID) account.PersonID {
	h.Helper()
	secret, _, err := h.st.Invite(context.Background(), h.convener, h.id, dialogue.Invitation{Role: role, Side: side, Uses: 1}, time.Now())
	h.must(err)
	who := h.account(name, secret)
	j := store.JoinRequest{Invitation: secret}
	if side != "" {
		j.Sides = []dialogue.SideID{side}
	}
	h.join(who, j)
	return who
}

// enter signs in as the person, in the browser and for the crawler; nobody signs
// in as nobody.
func (h *house) enter(b *tab, who account.PersonID) *http.Client {
	h.Helper()
	b.forget()
	if who == "" {
		return http.DefaultClient
	}
	o, err := h.st.OpenSession(context.Background(), who, "test", time.Now())
	h.must(err)
	return b.bring(h.at, o.Secret)
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

func both(en, ru string) i18n.Text { return i18n.Text{"en": en, "ru": ru} }

// account makes an account that comes with an invitation.
func (h *house) account(name, invitation string) account.PersonID {
	h.Helper()
	o, _, err := h.st.SignUp(context.Background(), store.NewPerson{Name: name, Lang: "en", Password: password, Dialogue: h.id, Invitation: invitation}, "test", time.Now())
	h.must(err)
	return o.Person
}

// join makes the person a member under the newest declaration.
func (h *house) join(who account.PersonID, j store.JoinRequest) dialogue.Member {
	h.Helper()
	e, err := h.st.Entrance(context.Background(), h.id, "", j.Invitation, time.Now())
	h.must(err)
	j.Version, j.Lang, j.Ticks = e.Declaration.Version, "en", dialogue.Ticks
	m, err := h.st.Join(context.Background(), who, h.id, j, time.Now())
	h.must(err)
	return m
}

// invitation is a link that lets a member in.
func (h *house) invitation() string {
	h.Helper()
	secret, _, err := h.st.Invite(context.Background(), h.convener, h.id, dialogue.Invitation{Role: dialogue.Participant, Uses: 1}, time.Now())
	h.must(err)
	return secret
}

// side is the first side of the dialogue.
func (h *house) side() string {
	h.Helper()
	e, err := h.st.Entrance(context.Background(), h.id, "", "", time.Now())
	h.must(err)
	return string(e.Sides[0].ID)
}

// path is the address of a page of the dialogue, without the language.
func (h *house) path(page string, query ...string) string {
	out := "/" + string(h.id)
	if page != "" {
		out += "/" + page
	}
	if len(query) > 0 {
		q := url.Values{}
		for i := 0; i+1 < len(query); i += 2 {
			q.Set(query[i], query[i+1])
		}
		out += "?" + q.Encode()
	}
	return out
}

// called makes a name out of pieces, for a person of one journey.
func called(pieces ...string) string { return strings.Join(pieces, "-") }
