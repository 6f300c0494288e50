package web

import (
	"context"
	"encoding/base64"
	"net/http"
	"slices"
	"time"

	"parley/account"
	"parley/fault"
)

// deed is the context of an act that must not stop half-way when its reader
// leaves.
func deed(r *http.Request) context.Context { return context.WithoutCancel(r.Context()) }

func (s *Server) changeProfile(w http.ResponseWriter, r *http.Request) error {
	lang := r.PostFormValue("lang")
	err := s.Store.ChangeProfile(deed(r), visitOf(r).Person, lang, r.PostFormValue("zone"))
	return s.settled(w, r, "profile", "profile", err)
}

func (s *Server) endSession(w http.ResponseWriter, r *http.Request) error {
	v, id := visitOf(r), r.PathValue("id")
	err := s.Store.EndSession(deed(r), v.Person, id)
	if err == nil && id == v.Session {
		s.forget(w)
		http.Redirect(w, r, "/"+s.language(r)+"/sign-out", http.StatusSeeOther)
		return nil
	}
	return s.settled(w, r, "sessions", "session", err)
}

func (s *Server) endSessions(w http.ResponseWriter, r *http.Request) error {
	return s.settled(w, r, "sessions", "sessions", s.Store.EndOtherSessions(deed(r), visitOf(r).Person, visitOf(r).Session))
}

// changePassword asks for the present password where there is one: whoever finds
// a browser open must not be able to take the account over.
func (s *Server) changePassword(w http.ResponseWriter, r *http.Request) error {
	v := visitOf(r)
	me, err := s.Store.Person(r.Context(), v.Person)
	if err != nil {
		return err
	}
	session := v.Session
	if me.HasPassword {
		if err := s.paceNetwork(r, "sign-in", account.RateSignIn); err != nil {
			return err
		}
		o, err := s.Store.Prove(deed(r), s.cookie(r, sessionCookie), r.PostFormValue("current"), s.Now())
		s.note(r, "proof", "password", err)
		if err != nil {
			return s.settled(w, r, "password", "", err)
		}
		if err := s.carry(deed(r), w, o); err != nil {
			return err
		}
		session = o.Session.ID
	}
	err = s.Store.SetPassword(deed(r), v.Person, session, r.PostFormValue("password"), s.Now())
	s.note(r, "password-change", "password", err)
	if err == nil {
		err = s.knownAgain(w, r)
	}
	return s.settled(w, r, "password", "password", err)
}

// knownAgain makes the device known under the password as it stands now.
func (s *Server) knownAgain(w http.ResponseWriter, r *http.Request) error {
	known, err := s.Store.KnownDevice(deed(r), visitOf(r).Person)
	if err == nil {
		s.setCookie(w, deviceCookie, known, deviceLasts)
	}
	return err
}

func (s *Server) removePassword(w http.ResponseWriter, r *http.Request) error {
	return s.settled(w, r, "password", "password-removed", s.Store.RemovePassword(deed(r), visitOf(r).Person, s.Now()))
}

// newPasskeyPage makes a passkey; it needs script, as every passkey does.
type newPasskeyPage struct {
	doorPage
	Passkey *ceremony
}

func (s *Server) holder(r *http.Request) (k keyholder, err error) {
	v := visitOf(r)
	k.name = v.Name
	if k.handle, err = s.Store.UserHandle(r.Context(), v.Person); err != nil {
		return k, err
	}
	k.keys, err = s.Store.Passkeys(r.Context(), v.Person)
	return k, err
}

func (s *Server) newPasskeyPage(r *http.Request) (newPasskeyPage, error) {
	p := newPasskeyPage{doorPage: s.doorPage(r, "door.passkey.title")}
	holder, err := s.holder(r)
	if err != nil {
		return p, err
	}
	p.Passkey, err = s.makePasskey(r, "add:"+string(visitOf(r).Person), holder)
	return p, err
}

func (s *Server) newPasskeyForm(w http.ResponseWriter, r *http.Request) error {
	p, err := s.newPasskeyPage(r)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "passkey", p)
}

func (s *Server) addPasskey(w http.ResponseWriter, r *http.Request) error {
	holder, err := s.holder(r)
	if err != nil {
		return err
	}
	made, err := s.madePasskey(r, "add:"+string(visitOf(r).Person), holder)
	if err == nil {
		err = s.Store.AddPasskey(deed(r), visitOf(r).Person, *made, s.Now())
	}
	s.note(r, "passkey-added", "passkey", err)
	if err == nil {
		return s.done(w, r, "passkey")
	}
	p, failed := s.newPasskeyPage(r)
	if failed != nil {
		return failed
	}
	return s.again(w, r, "passkey", &p.doorPage, &p, err)
}

func keyInPath(r *http.Request) ([]byte, error) {
	key, err := base64.RawURLEncoding.DecodeString(r.PathValue("key"))
	if err != nil {
		return nil, errMissing
	}
	return key, nil
}

func (s *Server) renamePasskey(w http.ResponseWriter, r *http.Request) error {
	key, err := keyInPath(r)
	if err != nil {
		return err
	}
	return s.settled(w, r, "passkeys", "passkey-renamed", s.Store.RenamePasskey(deed(r), visitOf(r).Person, key, r.PostFormValue("name")))
}

func (s *Server) removePasskey(w http.ResponseWriter, r *http.Request) error {
	key, err := keyInPath(r)
	if err != nil {
		return err
	}
	return s.settled(w, r, "passkeys", "passkey-removed", s.Store.RemovePasskey(deed(r), visitOf(r).Person, key, s.Now()))
}

func (s *Server) startTOTP(w http.ResponseWriter, r *http.Request) error {
	secret, err := s.Store.StartTOTP(deed(r), visitOf(r).Person, s.Now())
	if err != nil {
		return s.settled(w, r, "totp", "", err)
	}
	return s.showTOTP(w, r, secret, nil)
}

// confirmTOTP sees the first code of the app. The secret travels with the form,
// so that the picture can be shown again after a slip; what counts is the one
// that the store keeps.
func (s *Server) confirmTOTP(w http.ResponseWriter, r *http.Request) error {
	err := s.Store.ConfirmTOTP(deed(r), visitOf(r).Person, r.PostFormValue("code"), s.Now())
	s.note(r, "totp-on", "totp", err)
	if fault.Is(err, fault.Invalid) && r.PostFormValue("secret") != "" {
		return s.showTOTP(w, r, r.PostFormValue("secret"), err)
	}
	return s.settled(w, r, "totp", "totp", err)
}

func (s *Server) showTOTP(w http.ResponseWriter, r *http.Request, secret string, wrong error) error {
	p := totpPage{doorPage: s.doorPage(r, "door.totp.title"), Secret: secret}
	for group := range slices.Chunk([]rune(secret), 4) {
		p.Groups = append(p.Groups, string(group))
	}
	picture, err := qrPicture(otpauth(visitOf(r).Name, secret), p.T("door.totp.picture"))
	if err != nil {
		return err
	}
	p.Picture = picture
	p.Languages = nil // the page is the answer to a form
	code := http.StatusOK
	if wrong != nil {
		if code, err = p.problem(wrong); err != nil {
			return err
		}
	}
	return s.show(w, r, code, "totp", p)
}

func (s *Server) stopTOTP(w http.ResponseWriter, r *http.Request) error {
	return s.settled(w, r, "totp", "totp-removed", s.Store.StopTOTP(deed(r), visitOf(r).Person, s.Now()))
}

func (s *Server) newCodes(w http.ResponseWriter, r *http.Request) error {
	codes, err := s.Store.NewCodes(deed(r), visitOf(r).Person, s.Now())
	if err != nil {
		return s.settled(w, r, "codes", "", err)
	}
	return s.showCodes(w, r, codes, "/"+s.language(r)+"/account", false)
}

func (s *Server) unlinkIdentity(w http.ResponseWriter, r *http.Request) error {
	err := s.Store.UnlinkIdentity(deed(r), visitOf(r).Person, r.PostFormValue("issuer"), r.PostFormValue("subject"), s.Now())
	return s.settled(w, r, "identities", "identity-removed", err)
}

func (s *Server) askEmail(w http.ResponseWriter, r *http.Request) error {
	if err := s.pace("letter:"+string(visitOf(r).Person), account.RateLetter); err != nil {
		return err
	}
	return s.settled(w, r, "email", "email", s.Store.AskEmail(deed(r), visitOf(r).Person, r.PostFormValue("email"), s.Now()))
}

func (s *Server) removeEmail(w http.ResponseWriter, r *http.Request) error {
	return s.settled(w, r, "email", "email-removed", s.Store.RemoveEmail(deed(r), visitOf(r).Person, s.Now()))
}

// tokenPage shows a new token, once.
type tokenPage struct {
	doorPage
	Name, Secret string
}

// tokenDays are the terms that the form offers; 0 is no end.
var tokenDays = map[string]time.Duration{"30": 30 * 24 * time.Hour, "365": 365 * 24 * time.Hour}

func (s *Server) makeToken(w http.ResponseWriter, r *http.Request) error {
	t := account.Token{Name: r.PostFormValue("name")}
	for _, scope := range r.PostForm["scope"] {
		t.Scopes = append(t.Scopes, account.Scope(scope))
	}
	if lasts, ok := tokenDays[r.PostFormValue("lasts")]; ok {
		t.ExpiresAt = s.Now().Add(lasts)
	}
	secret, made, err := s.Store.MakeToken(deed(r), visitOf(r).Person, t, s.Now())
	if err != nil {
		return s.settled(w, r, "tokens", "", err)
	}
	p := tokenPage{s.doorPage(r, "door.token.title"), made.Name, secret}
	p.Languages = nil // the page is the answer to a form and can be had only once
	return s.show(w, r, http.StatusOK, "token", p)
}

func (s *Server) endToken(w http.ResponseWriter, r *http.Request) error {
	return s.settled(w, r, "tokens", "token-ended", s.Store.EndToken(deed(r), visitOf(r).Person, r.PathValue("id")))
}
