package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"parley/account"
	"parley/dialogue"
	"parley/store"
)

// browser is somebody at a browser: it keeps cookies, and its forms come from
// our own pages.
type browser struct {
	t       testing.TB
	site    http.Handler
	host    string
	cookies map[string]*http.Cookie
}

func newBrowser(t testing.TB, s *Server) *browser {
	return &browser{t, s.Handler(), s.origin.Host, map[string]*http.Cookie{}}
}

// send makes one request; a form makes it a POST.
func (b *browser) send(address string, form url.Values) *httptest.ResponseRecorder {
	b.t.Helper()
	address, _, _ = strings.Cut(address, "#") // which a browser keeps to itself
	r := httptest.NewRequest("GET", address, nil)
	if form != nil {
		r = httptest.NewRequest("POST", address, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	r.Host = b.host
	r.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
	for _, c := range b.cookies {
		r.AddCookie(&http.Cookie{Name: c.Name, Value: c.Value})
	}
	rec := httptest.NewRecorder()
	b.site.ServeHTTP(rec, r)
	for _, c := range rec.Result().Cookies() {
		if b.cookies[c.Name] = c; c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		}
	}
	return rec
}

// open shows a page, following where it leads.
func (b *browser) open(address string) *goquery.Document { b.t.Helper(); return b.arrive(address, nil) }

// post sends a form, given as pairs, and shows where it leads.
func (b *browser) post(address string, pairs ...string) *goquery.Document {
	b.t.Helper()
	return b.arrive(address, formOf(pairs...))
}

func formOf(pairs ...string) url.Values {
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return form
}

func (b *browser) arrive(address string, form url.Values) *goquery.Document {
	b.t.Helper()
	for range 5 {
		rec := b.send(address, form)
		if to := rec.Header().Get("Location"); to != "" {
			address, form = to, nil
			continue
		}
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(rec.Body.String()))
		if err != nil {
			b.t.Fatal(err)
		}
		if rec.Code >= 500 && rec.Code != http.StatusBadGateway {
			b.t.Fatalf("%s: %d %s", address, rec.Code, words(doc.Find("main")))
		}
		doc.Url = &url.URL{Path: address}
		return doc
	}
	b.t.Fatalf("%s: it leads round and round", address)
	return nil
}

// society is a site with a dialogue and somebody of every role in it. Those of a
// side are of the side "W".
type society struct {
	*Server
	t        testing.TB
	dialogue dialogue.ID
	people   map[dialogue.Role]account.PersonID
}

// owning claims a fresh server.
func owning(t testing.TB, st *store.Store) account.PersonID {
	t.Helper()
	link, err := st.OwnerLink(context.Background(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	o, _, err := st.SignUp(context.Background(), store.NewPerson{Name: "the-owner", Lang: "en", Password: ownerPassword, OwnerLink: link}, "", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return o.Person
}

const ownerPassword = "seven herons over water"

// newSociety fills the river with people. change may make it another sort of
// dialogue before it is stored.
func newSociety(t testing.TB, c Config, change func(d *dialogue.Dialogue)) *society {
	t.Helper()
	ctx, now := context.Background(), time.Now()
	d := river()
	if change != nil {
		change(&d.Dialogue)
	}
	if c.Store == nil {
		c.Store = testStore(t, d)
	}
	x := &society{newServer(t, c), t, d.Dialogue.ID, map[dialogue.Role]account.PersonID{}}
	x.people[dialogue.Owner] = owning(t, c.Store)
	x.join(dialogue.Convener, dialogue.Owner, dialogue.Invitation{Role: dialogue.Convener})
	if _, err := c.Store.Declare(ctx, x.people[dialogue.Convener], x.dialogue, both("Be kind.", "Будьте добры."), "en", now); err != nil {
		t.Fatal(err)
	}
	for _, role := range []dialogue.Role{dialogue.Observer, dialogue.Participant, dialogue.Delegate, dialogue.Registrar, dialogue.Moderator,
		dialogue.Mediator, dialogue.Interpreter, dialogue.Staff} {
		i := dialogue.Invitation{Role: role}
		if role.OfSide() {
			i.Side = "W"
		}
		x.join(role, dialogue.Convener, i)
	}
	x.invent(dialogue.Holder)
	x.admits(dialogue.ByRequest)
	x.invent(dialogue.Applicant)
	x.enter(dialogue.Applicant, store.JoinRequest{})
	x.admits(dialogue.Freely)
	return x
}

func (x *society) must(err error) {
	x.t.Helper()
	if err != nil {
		x.t.Fatal(err)
	}
}

func (x *society) invent(role dialogue.Role) {
	x.t.Helper()
	id, err := x.Store.Invent(context.Background(), "person-"+string(role), "en", time.Now())
	x.must(err)
	x.people[role] = id
}

// admits changes how people come in.
func (x *society) admits(how dialogue.Admission) {
	x.t.Helper()
	x.configure(func(c *dialogue.Configured) { c.Admission = how })
}

// configure is the convener at the desk.
func (x *society) configure(change func(c *dialogue.Configured)) {
	x.t.Helper()
	ctx, convener := context.Background(), x.people[dialogue.Convener]
	e, err := x.Store.Entrance(ctx, x.dialogue, convener, "", time.Now())
	x.must(err)
	change(&e.Configured)
	_, err = x.Store.Configure(ctx, convener, x.dialogue, e.Configured, time.Now())
	x.must(err)
}

// join brings in somebody of the role by an invitation of another.
func (x *society) join(role, by dialogue.Role, i dialogue.Invitation) {
	x.t.Helper()
	secret, _, err := x.Store.Invite(context.Background(), x.people[by], x.dialogue, i, time.Now())
	x.must(err)
	x.invent(role)
	j := store.JoinRequest{Invitation: secret, Observer: role == dialogue.Observer}
	if role.OfSide() {
		j.Sides = []dialogue.SideID{"W"}
	}
	x.enter(role, j)
}

func (x *society) enter(role dialogue.Role, j store.JoinRequest) {
	x.t.Helper()
	ctx := context.Background()
	e, err := x.Store.Entrance(ctx, x.dialogue, x.people[role], j.Invitation, time.Now())
	x.must(err)
	j.Version, j.Lang, j.Ticks = e.Declaration.Version, "en", []dialogue.Tick{dialogue.TickRules}
	_, err = x.Store.Join(ctx, x.people[role], x.dialogue, j, time.Now())
	x.must(err)
}

// as is a browser in which somebody of the role is signed in; a visitor is in
// none.
func (x *society) as(role dialogue.Role) *browser {
	x.t.Helper()
	b := newBrowser(x.t, x.Server)
	if role == dialogue.Visitor {
		return b
	}
	o, err := x.Store.OpenSession(context.Background(), x.people[role], "", time.Now())
	x.must(err)
	name := x.cookieName(sessionCookie)
	b.cookies[name] = &http.Cookie{Name: name, Value: o.Secret}
	return b
}
