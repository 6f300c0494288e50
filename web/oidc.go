package web

import (
	"crypto/rand"
	"crypto/subtle"
	"net/http"
	"net/url"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/i18n"
)

// flowLasts is how long somebody may take at the provider.
const flowLasts = 10 * time.Minute

// What somebody goes to the provider for.
const (
	toSignIn = "sign-in"
	toLink   = "link" // to make the identity open the account in which they are
)

// flow is what a way through the provider began with. It travels in a sealed
// cookie, so that only the browser that began it can end it.
type flow struct {
	State, Nonce, Verifier string
	Purpose, Session       string // the session, where an account is linked
	Lang, Next             string
	Dialogue, Invitation   string
	Ends                   time.Time
}

// vouched is what the provider said, sealed: it travels in a form of ours to
// where it is used, once.
type vouched struct {
	account.Identity
	flow
	Once string
}

// registerOIDC lists the addresses of the way through an OpenID provider.
func (s *Server) registerOIDC() {
	s.post(dialogue.Enter, "/{lang}/sign-in/provider", s.toProvider)
	s.get(dialogue.Enter, "/oidc/callback", s.fromProvider)
	s.post(dialogue.Enter, "/{lang}/sign-in/provider/finish", s.finishProvider)
	s.post(dialogue.ProveFresh, "/{lang}/account/identity", s.linkAtProvider)
}

// leavingPage leads to the provider by a link: a form that a policy keeps on
// this site may not lead away by itself.
type leavingPage struct {
	doorPage
	Provider, Address string
}

func (s *Server) toProvider(w http.ResponseWriter, r *http.Request) error {
	return s.depart(w, r, &flow{Purpose: toSignIn})
}

func (s *Server) linkAtProvider(w http.ResponseWriter, r *http.Request) error {
	return s.depart(w, r, &flow{Purpose: toLink, Session: visitOf(r).Session})
}

func (s *Server) depart(w http.ResponseWriter, r *http.Request, f *flow) error {
	if s.OIDC == nil {
		return errMissing
	}
	if err := s.paceNetwork(r, "sign-in", account.RateSignIn); err != nil {
		return err
	}
	_, conf, err := s.oauth()
	if err != nil {
		return s.providerFailed(w, r, s.language(r), err)
	}
	f.State, f.Nonce, f.Verifier = rand.Text(), rand.Text(), oauth2.GenerateVerifier()
	f.Lang, f.Next, f.Ends = s.language(r), safeNext(r.PostFormValue("next")), s.Now().Add(flowLasts)
	f.Dialogue, f.Invitation = r.PostFormValue("dialogue"), r.PostFormValue("invitation")
	sealed, err := s.seal(r, flowCookie, f)
	if err != nil {
		return err
	}
	s.setCookie(w, flowCookie, sealed, flowLasts)
	p := leavingPage{doorPage: s.doorPage(r, "door.leaving.title"), Provider: s.OIDC.Name}
	p.Address = conf.AuthCodeURL(f.State, oidc.Nonce(f.Nonce), oauth2.S256ChallengeOption(f.Verifier))
	p.Languages = nil
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Refresh", "0; url="+p.Address)
	return s.show(w, r, http.StatusOK, "leaving", p)
}

// providerFailed shows the page for signing in with a sentence about the
// provider; the log says what it was.
func (s *Server) providerFailed(w http.ResponseWriter, r *http.Request, lang string, cause error) error {
	s.note(r, "sign-in", "oidc", cause)
	s.Log.Warn("openid provider", "id", requestID(r), "error", providerError(cause))
	p, err := s.signInPage(r)
	if err != nil {
		return err
	}
	p.Lang, p.words = lang, i18n.For(lang)
	p.Problem = p.T("door.oidc.failed")
	p.Languages = nil
	w.Header().Set("Cache-Control", "no-store")
	code := http.StatusBadGateway
	if fault.Is(cause, fault.Denied) {
		code = http.StatusForbidden
	}
	return s.show(w, r, code, "signin", p)
}

// providerError keeps what the provider answered out of the log: it may name
// people.
func providerError(err error) string {
	if e, ok := err.(*url.Error); ok {
		return e.Op
	}
	text := err.Error()
	return text[:min(len(text), 60)]
}

// arrivedPage is where somebody comes back to from the provider. What follows
// writes, so it is a form.
type arrivedPage struct {
	doorPage
	Provider, Label string
	Identity        string
}

// fromProvider ends the way through the provider in the browser that began it.
func (s *Server) fromProvider(w http.ResponseWriter, r *http.Request) error {
	var f flow
	if s.OIDC == nil {
		return errMissing
	}
	ours, err := s.unseal(r, flowCookie, s.cookie(r, flowCookie), &f)
	if err != nil {
		return err
	}
	s.setCookie(w, flowCookie, "", 0)
	w.Header().Set("Cache-Control", "no-store")
	q := r.URL.Query()
	if !ours || !s.Now().Before(f.Ends) || subtle.ConstantTimeCompare([]byte(q.Get("state")), []byte(f.State)) != 1 {
		return fault.New(fault.Invalid, "door.oidc.stale", "this way through the provider was not begun here, or too long ago")
	}
	elsewhere := q.Has("iss") && q.Get("iss") != s.OIDC.Issuer // RFC 9207: another provider's answer
	if q.Get("error") != "" || q.Get("code") == "" || elsewhere {
		return s.providerFailed(w, r, f.Lang, errRefused)
	}
	// Every answer costs a question to the provider, so they are counted, too.
	if err := s.paceNetwork(r, "sign-in", account.RateSignIn); err != nil {
		return err
	}
	who, err := s.whom(r.Context(), q.Get("code"), &f)
	if err != nil {
		return s.providerFailed(w, r, f.Lang, err)
	}
	p := arrivedPage{doorPage: s.doorPageIn(r, f.Lang, "door.arrived.title"), Provider: s.OIDC.Name, Label: who.Label}
	p.Next, p.Languages = f.Next, nil
	if p.Identity, err = s.sealIdentity(r, *who, f); err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "arrived", p)
}

var errRefused = fault.New(fault.Denied, "door.oidc.failed", "the provider did not let them through")

func (s *Server) sealIdentity(r *http.Request, who account.Identity, f flow) (string, error) {
	f.Ends = s.Now().Add(flowLasts)
	return s.seal(r, "identity "+f.Purpose, vouched{Identity: who, flow: f, Once: rand.Text()})
}

// finishProvider signs in who the provider named, or links them to the account
// in which they asked for it.
func (s *Server) finishProvider(w http.ResponseWriter, r *http.Request) error {
	if err := s.paceNetwork(r, "sign-in", account.RateSignIn); err != nil {
		return err
	}
	var said vouched
	for _, purpose := range []string{toSignIn, toLink} {
		ours, err := s.unseal(r, "identity "+purpose, r.PostFormValue("identity"), &said)
		if err != nil {
			return err
		}
		if ours {
			break
		}
	}
	stale := fault.New(fault.Invalid, "door.oidc.stale", "this way through the provider was not begun here, or too long ago")
	if said.Once == "" || !s.Now().Before(said.Ends) {
		return stale
	}
	first, err := s.Store.Spend(deed(r), "oidc "+said.Once, said.Ends, s.Now())
	if err != nil {
		return err
	}
	if !first {
		return stale
	}
	if said.Purpose == toLink {
		v := visitOf(r)
		if v.Session != said.Session || !v.Fresh(s.Now()) {
			return errProve
		}
		return s.settled(w, r, "identities", "identity", s.Store.LinkIdentity(deed(r), v.Person, said.Identity, s.Now()))
	}
	o, err := s.Store.SignInIdentity(deed(r), said.Identity, device(r), s.Now())
	s.note(r, "sign-in", "oidc", err)
	if fault.Is(err, fault.Missing) {
		return s.stranger(w, r, said)
	}
	if err != nil {
		return err
	}
	return s.opened(w, r, o)
}

// toSignUp is what an identity is sealed for that no account has yet.
const toSignUp = "sign-up"

// stranger offers an account to who came from the provider and has none here.
func (s *Server) stranger(w http.ResponseWriter, r *http.Request, said vouched) error {
	f := said.flow
	f.Purpose = toSignUp
	sealed, err := s.sealIdentity(r, said.Identity, f)
	if err != nil {
		return err
	}
	r.Form.Set("dialogue", f.Dialogue)
	r.Form.Set("invitation", f.Invitation)
	p, err := s.signUpPage(r)
	if err != nil {
		return err
	}
	p.Action = "/" + p.Lang + "/sign-up"
	p.Identity, p.Provider, p.Passkey, p.Languages = sealed, "", nil, nil
	w.Header().Set("Cache-Control", "no-store")
	return s.show(w, r, http.StatusOK, "signup", p)
}

// sealedIdentity reads the identity from which an account is made. A second
// account cannot be made from it: no two have one identity.
func (s *Server) sealedIdentity(r *http.Request) (*account.Identity, error) {
	var said vouched
	ours, err := s.unseal(r, "identity "+toSignUp, r.PostFormValue("identity"), &said)
	if err != nil {
		return nil, err
	}
	if !ours || !s.Now().Before(said.Ends) {
		return nil, fault.New(fault.Invalid, "door.oidc.stale", "this way through the provider was not begun here, or too long ago")
	}
	return &said.Identity, nil
}
