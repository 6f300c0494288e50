package web

import (
	"context"
	"net/http"
	"strings"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/i18n"
)

// registerSignIn lists the addresses by which people come in and go out.
func (s *Server) registerSignIn() {
	s.get(dialogue.Enter, "/{lang}/sign-in", s.signInForm)
	s.post(dialogue.Enter, "/{lang}/sign-in", s.signIn)
	s.get(dialogue.Enter, "/{lang}/sign-in/code", s.codeForm)
	s.post(dialogue.Enter, "/{lang}/sign-in/code", s.proveCode)
	s.post(dialogue.Enter, "/{lang}/sign-in/passkey", s.signInPasskey)
	s.get(dialogue.Enter, "/{lang}/sign-in/recover", s.recoverForm)
	s.post(dialogue.Enter, "/{lang}/sign-in/recover", s.recover)
	s.post(dialogue.Enter, "/{lang}/sign-out", s.signOut)
	s.get(dialogue.Enter, "/{lang}/sign-out", s.signedOut)
	s.get(dialogue.BeHolder, "/{lang}/account/prove", s.proveForm)
	s.post(dialogue.BeHolder, "/{lang}/account/prove", s.prove)
	s.post(dialogue.BeHolder, "/{lang}/account/prove/passkey", s.provePasskey)
}

// doorPage is what the pages of the door have in common.
type doorPage struct {
	Layout
	Next    string // the path to go to afterwards; empty: the account
	Problem string // what was wrong with the form that was sent
}

func (s *Server) doorPage(r *http.Request, titleKey string) doorPage {
	return s.doorPageIn(r, s.language(r), titleKey)
}

func (s *Server) doorPageIn(r *http.Request, lang, titleKey string) doorPage {
	p := doorPage{Layout: s.layout(r, lang, i18n.For(lang).T(titleKey)), Next: safeNext(r.FormValue("next"))}
	p.NoIndex = true
	return p
}

// NextQuery is the query that keeps the way to go, with its mark.
func (p doorPage) NextQuery() string {
	if p.Next == "" {
		return ""
	}
	return "?" + nextQuery(p.Next)
}

// DoorScript is the script of the pages that ask for passkeys.
func (p doorPage) DoorScript() string { return assets()["door.js"].address() }

// problem takes the sentence of a fault into a form that is shown again. Faults
// that no change to the form would mend, and all other errors, come back.
func (p *doorPage) problem(err error) (code int, rest error) {
	f, ok := fault.As(err)
	if !ok || f.Kind == fault.Busy || f.Kind == fault.Throttled {
		return 0, err
	}
	if p.Problem = faultWords(p.words, f); p.Problem == "" {
		return 0, err
	}
	return statuses[f.Kind], nil
}

// signInPage asks for a name and a password, or for a passkey.
type signInPage struct {
	doorPage
	Name     string
	Passkey  *ceremony // nil where passkeys cannot be used
	Provider string    // the name of the OpenID provider, or empty
	Guests   []guestRow
}

func (s *Server) signInPage(r *http.Request) (signInPage, error) {
	p := signInPage{doorPage: s.doorPage(r, "door.sign-in.title")}
	if s.OIDC != nil {
		p.Provider = s.OIDC.Name
	}
	p.Guests = s.guestList(p.Lang, dialogueOf(p.Next))
	var err error
	p.Passkey, err = s.askPasskey(r, "sign-in")
	return p, err
}

func (s *Server) signInForm(w http.ResponseWriter, r *http.Request) error {
	if visitOf(r).Halfway {
		http.Redirect(w, r, "/"+s.language(r)+"/sign-in/code"+s.doorPage(r, "door.code.title").NextQuery(), http.StatusSeeOther)
		return nil
	}
	p, err := s.signInPage(r)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	return s.show(w, r, http.StatusOK, "signin", p)
}

// signIn opens a session with a name and a password. Whatever was wrong is said
// in the same words.
func (s *Server) signIn(w http.ResponseWriter, r *http.Request) error {
	if err := s.paceNetwork(r, "sign-in", account.RateSignIn); err != nil {
		return err
	}
	o, err := s.Store.SignIn(r.Context(), r.PostFormValue("name"), r.PostFormValue("password"), s.cookie(r, deviceCookie), device(r), s.Now())
	s.note(r, "sign-in", "password", err)
	if err == nil {
		return s.opened(w, r, o)
	}
	p, failed := s.signInPage(r)
	if failed != nil {
		return failed
	}
	p.Name = r.PostFormValue("name")
	return s.again(w, r, "signin", &p.doorPage, &p, err)
}

// again shows a form once more with what was wrong, or gives the error back.
func (s *Server) again(w http.ResponseWriter, r *http.Request, name string, p *doorPage, page any, err error) error {
	code, err := p.problem(err)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	return s.show(w, r, code, name, page)
}

// opened gives the browser its new session. The one that it had ends, so that
// nobody goes on in a session that somebody else began.
func (s *Server) opened(w http.ResponseWriter, r *http.Request, o account.Opened) error {
	ctx := context.WithoutCancel(r.Context())
	if v := visitOf(r); v.Session != "" && v.Session != o.Session.ID {
		if err := s.Store.EndSession(ctx, v.Person, v.Session); err != nil && !fault.Is(err, fault.Missing) {
			return err
		}
	}
	if err := s.carry(ctx, w, o); err != nil {
		return err
	}
	lang := s.language(r)
	next := safeNext(r.PostFormValue("next"))
	switch {
	case o.Halfway && next != "":
		next = "/" + lang + "/sign-in/code?" + nextQuery(next)
	case o.Halfway:
		next = "/" + lang + "/sign-in/code"
	case next == "":
		next = "/" + lang + "/account"
	}
	http.Redirect(w, r, next, http.StatusSeeOther)
	return nil
}

// carry puts a session into the browser's cookies and, where it is a full one,
// makes the device known.
func (s *Server) carry(ctx context.Context, w http.ResponseWriter, o account.Opened) error {
	w.Header().Set("Cache-Control", "no-store")
	if o.Halfway {
		s.setCookie(w, sessionCookie, o.Secret, account.HalfwayLasts)
		return nil
	}
	s.setCookie(w, sessionCookie, o.Secret, account.SessionLasts)
	known, err := s.Store.KnownDevice(ctx, o.Person)
	if err != nil {
		return err
	}
	s.setCookie(w, deviceCookie, known, deviceLasts)
	return nil
}

// codePage asks for the second factor.
type codePage struct{ doorPage }

func (s *Server) codeForm(w http.ResponseWriter, r *http.Request) error {
	p := codePage{s.doorPage(r, "door.code.title")}
	if !visitOf(r).Halfway {
		http.Redirect(w, r, "/"+p.Lang+"/sign-in"+p.NextQuery(), http.StatusSeeOther)
		return nil
	}
	return s.show(w, r, http.StatusOK, "code", p)
}

func (s *Server) proveCode(w http.ResponseWriter, r *http.Request) error {
	if err := s.paceNetwork(r, "sign-in", account.RateSignIn); err != nil {
		return err
	}
	p := codePage{s.doorPage(r, "door.code.title")}
	if !visitOf(r).Halfway {
		http.Redirect(w, r, "/"+p.Lang+"/sign-in"+p.NextQuery(), http.StatusSeeOther)
		return nil
	}
	o, err := s.Store.ProveCode(r.Context(), s.cookie(r, sessionCookie), r.PostFormValue("code"), s.Now())
	s.note(r, "sign-in", "code", err)
	if err != nil {
		return s.again(w, r, "code", &p.doorPage, &p, err)
	}
	return s.opened(w, r, o)
}

// recoverPage is for who lost every other way in.
type recoverPage struct {
	doorPage
	Name string
}

func (s *Server) recoverForm(w http.ResponseWriter, r *http.Request) error {
	return s.show(w, r, http.StatusOK, "recover", recoverPage{doorPage: s.doorPage(r, "door.recover.title")})
}

func (s *Server) recover(w http.ResponseWriter, r *http.Request) error {
	if err := s.paceNetwork(r, "sign-in", account.RateSignIn); err != nil {
		return err
	}
	o, err := s.Store.SignInRecovery(r.Context(), r.PostFormValue("name"), r.PostFormValue("code"), device(r), s.Now())
	s.note(r, "sign-in", "recovery", err)
	if err != nil {
		p := recoverPage{s.doorPage(r, "door.recover.title"), r.PostFormValue("name")}
		return s.again(w, r, "recover", &p.doorPage, &p, err)
	}
	return s.opened(w, r, o)
}

// signOut ends the session here and on the server.
func (s *Server) signOut(w http.ResponseWriter, r *http.Request) error {
	if v := visitOf(r); v.Session != "" {
		err := s.Store.EndSession(context.WithoutCancel(r.Context()), v.Person, v.Session)
		if err != nil && !fault.Is(err, fault.Missing) {
			return err
		}
		s.note(r, "sign-out", "", nil)
	}
	s.forget(w)
	http.Redirect(w, r, "/"+s.language(r)+"/sign-out", http.StatusSeeOther)
	return nil
}

// forget takes the session out of the browser. There is nothing else to take:
// pages of who is signed in are not kept, and no script of ours keeps anything.
func (s *Server) forget(w http.ResponseWriter) {
	s.setCookie(w, sessionCookie, "", 0)
	w.Header().Set("Cache-Control", "no-store")
}

// signedOutPage says that nobody is signed in here any more.
type signedOutPage struct{ doorPage }

func (s *Server) signedOut(w http.ResponseWriter, r *http.Request) error {
	return s.show(w, r, http.StatusOK, "signedout", signedOutPage{s.doorPage(r, "door.sign-out.done")})
}

// provePage asks for a fresh proof before an act that changes how somebody signs
// in, or that takes all their data.
type provePage struct {
	doorPage
	Name           string
	Password, Code bool
	Passkey        *ceremony
}

func (s *Server) provePage(r *http.Request) (provePage, error) {
	p := provePage{doorPage: s.doorPage(r, "door.prove.title")}
	me, err := s.Store.Person(r.Context(), visitOf(r).person())
	if err != nil {
		return p, err
	}
	p.Name = me.Name
	p.Password, p.Code = me.HasPassword, me.HasTOTP && !me.HasPassword
	if me.Passkeys > 0 {
		p.Passkey, err = s.askPasskey(r, "prove:"+visitOf(r).Session)
	}
	return p, err
}

func (s *Server) proveForm(w http.ResponseWriter, r *http.Request) error {
	p, err := s.provePage(r)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "prove", p)
}

func (s *Server) prove(w http.ResponseWriter, r *http.Request) error {
	if err := s.paceNetwork(r, "sign-in", account.RateSignIn); err != nil {
		return err
	}
	o, err := s.Store.Prove(r.Context(), s.cookie(r, sessionCookie), r.PostFormValue("password"), s.Now())
	s.note(r, "proof", "password", err)
	if err == nil {
		return s.opened(w, r, o)
	}
	p, failed := s.provePage(r)
	if failed != nil {
		return failed
	}
	return s.again(w, r, "prove", &p.doorPage, &p, err)
}

// note writes to the log that somebody proved who they are, or failed to: how,
// and in which request, never who.
func (s *Server) note(r *http.Request, event, method string, err error) {
	outcome := "ok"
	if f, ok := fault.As(err); ok {
		outcome = f.Key
	} else if err != nil {
		outcome = "error"
	}
	s.Log.Info("event", "event", event, "method", method, "outcome", outcome, "id", requestID(r))
}

// browsersKnown and systemsKnown are looked for in this order: later ones name
// the earlier ones, too.
var (
	browsersKnown = [][2]string{{"Edg/", "Edge"}, {"OPR/", "Opera"}, {"YaBrowser", "Yandex"}, {"Firefox/", "Firefox"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}}
	systemsKnown  = [][2]string{{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"Mac OS", "macOS"}, {"CrOS", "ChromeOS"}, {"Linux", "Linux"}}
)

// device is what the browser says of itself, in two words, so that people know
// their devices apart; the rest of it is not kept.
func device(r *http.Request) string {
	agent := r.UserAgent()
	var out []string
	for _, known := range [][][2]string{browsersKnown, systemsKnown} {
		for _, k := range known {
			if strings.Contains(agent, k[0]) {
				out = append(out, k[1])
				break
			}
		}
	}
	return strings.Join(out, ", ")
}
