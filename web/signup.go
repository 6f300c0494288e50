package web

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/store"
)

// registerSignUp lists the addresses by which accounts are made.
func (s *Server) registerSignUp() {
	s.get(dialogue.Enter, "/{lang}/sign-up", s.signUpForm)
	s.post(dialogue.Enter, "/{lang}/sign-up", s.signUp)
	s.get(dialogue.ClaimServer, "/{lang}/owner/{link}", s.signUpForm)
	s.post(dialogue.ClaimServer, "/{lang}/owner/{link}", s.signUp)
}

// signUpPage makes an account on the way into a dialogue, or for the owner.
type signUpPage struct {
	doorPage
	Action     string
	Owner      bool
	Name       string
	Zone       string
	Zones      []string
	Dialogue   string
	Into       Phrase // the title of that dialogue
	Invitation string
	Passkey    *ceremony
	Handle     string // of the passkey to be made
	Identity   string // sealed, where somebody came from an OpenID provider
	Provider   string // the provider's name, where one is offered
	Nowhere    bool   // the address leads into no dialogue
	Least      int    // characters of a password
}

func (s *Server) signUpPage(r *http.Request) (signUpPage, error) {
	p := signUpPage{
		doorPage: s.doorPage(r, "door.sign-up.title"), Action: "/" + s.language(r) + "/sign-up",
		Owner: r.PathValue("link") != "", Name: r.PostFormValue("name"), Zone: r.PostFormValue("zone"), Zones: zones,
		Dialogue: r.FormValue("dialogue"), Invitation: r.FormValue("invitation"),
		Identity: r.PostFormValue("identity"), Least: account.MinPassword,
	}
	if p.Owner {
		p.Action = r.URL.Path
		p.Title = p.T("door.owner.title")
	} else if err := s.into(r, &p); err != nil {
		return p, err
	}
	if s.OIDC != nil && p.Identity == "" && !p.Owner {
		p.Provider = s.OIDC.Name
	}
	var err error
	if p.Identity == "" {
		p.Passkey, p.Handle, err = s.newPasskeyForStranger(r)
	}
	return p, err
}

// into finds the dialogue to which the account leads. One that does not admit
// looks like one that does not exist, and is looked for as long.
func (s *Server) into(r *http.Request, p *signUpPage) error {
	p.Nowhere = true
	if p.Dialogue == "" {
		return nil
	}
	begun := time.Now()
	defer func() {
		if p.Nowhere {
			hush(begun)
		}
	}()
	e, err := s.Store.Entrance(r.Context(), dialogue.ID(p.Dialogue), "", p.Invitation, s.Now())
	if err != nil {
		if fault.Is(err, fault.Missing) {
			return nil
		}
		return err
	}
	admits := e.Invitation != nil || e.Admission == dialogue.ByRequest || e.Admission == dialogue.Freely
	if !admits || e.Unlisted && e.Invitation == nil {
		return nil
	}
	p.Nowhere, p.Into = false, phrase(e.Title, p.Lang)
	if p.Next == "" {
		p.Next = joinAddress(p.Lang, p.Dialogue, p.Invitation)
	}
	return nil
}

// joinAddress is the page on which somebody joins a dialogue.
func joinAddress(lang, id, invitation string) string {
	out := url.URL{Path: "/" + lang + "/" + id + "/join"}
	if invitation != "" {
		out.RawQuery = url.Values{"invitation": {invitation}}.Encode()
	}
	return out.String()
}

func (s *Server) signUpForm(w http.ResponseWriter, r *http.Request) error {
	p, err := s.signUpPage(r)
	if err != nil {
		return err
	}
	if visitOf(r).SignedIn() && !p.Owner && p.Next != "" {
		http.Redirect(w, r, p.Next, http.StatusSeeOther)
		return nil
	}
	w.Header().Set("Cache-Control", "no-store")
	return s.show(w, r, http.StatusOK, "signup", p)
}

// signUp makes the account, signs it in, and shows the recovery codes once.
func (s *Server) signUp(w http.ResponseWriter, r *http.Request) error {
	if err := s.paceNetwork(r, "sign-up", account.RateSignUp); err != nil {
		return err
	}
	p, err := s.signUpPage(r)
	if err != nil {
		return err
	}
	made, method, err := s.claimant(r)
	var o account.Opened
	var codes []string
	if p.Nowhere {
		err = fault.New(fault.Denied, "account.not-entitled", "the address leads into no dialogue that admits")
	}
	if err == nil {
		o, codes, err = s.Store.SignUp(context.WithoutCancel(r.Context()), made, device(r), s.Now())
	}
	s.note(r, "sign-up", method, err)
	if err != nil {
		return s.again(w, r, "signup", &p.doorPage, &p, err)
	}
	if err := s.carry(context.WithoutCancel(r.Context()), w, o); err != nil {
		return err
	}
	next := p.Next
	if next == "" {
		next = "/" + p.Lang + "/account"
	}
	return s.showCodes(w, r, codes, next, true)
}

// claimant reads the form: a password, the answer of a passkey, or what a
// provider has said, never two of them.
func (s *Server) claimant(r *http.Request) (c store.NewPerson, method string, err error) {
	c = store.NewPerson{
		Name: r.PostFormValue("name"), Lang: s.language(r), Zone: r.PostFormValue("zone"),
		Dialogue: dialogue.ID(r.PostFormValue("dialogue")), Invitation: r.PostFormValue("invitation"), OwnerLink: r.PathValue("link"),
	}
	switch {
	case r.PostFormValue("answer") != "":
		c.Passkey, err = s.strangersPasskey(r)
		return c, "passkey", err
	case r.PostFormValue("identity") != "":
		c.Identity, err = s.sealedIdentity(r)
		return c, "oidc", err
	}
	c.Password = r.PostFormValue("password")
	return c, "password", nil
}

// codesPage shows the recovery codes, once.
type codesPage struct {
	doorPage
	Codes []string
	Onto  string // where to go on
	New   bool   // the account was made a moment ago
}

func (s *Server) showCodes(w http.ResponseWriter, r *http.Request, codes []string, onto string, fresh bool) error {
	p := codesPage{s.doorPage(r, "door.codes.title"), codes, onto, fresh}
	w.Header().Set("Cache-Control", "no-store")
	p.Account = Corner{SignedIn: true, Address: "/" + p.Lang + "/account"}
	p.Languages = nil // the page is the answer to a form and can be had only once
	return s.show(w, r, http.StatusOK, "codes", p)
}

// zones are offered in forms, from west to east; any other name of the time zone
// database may be typed in through the account of a program.
var zones = []string{
	"UTC", "Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Denver", "America/Chicago", "America/New_York",
	"America/Sao_Paulo", "Europe/London", "Europe/Berlin", "Europe/Paris", "Europe/Warsaw", "Europe/Kyiv", "Europe/Helsinki",
	"Europe/Istanbul", "Asia/Jerusalem", "Europe/Minsk", "Europe/Moscow", "Europe/Samara", "Asia/Tbilisi", "Asia/Yerevan", "Asia/Baku",
	"Asia/Tehran", "Asia/Dubai", "Asia/Yekaterinburg", "Asia/Tashkent", "Asia/Kolkata", "Asia/Almaty", "Asia/Omsk", "Asia/Novosibirsk",
	"Asia/Krasnoyarsk", "Asia/Irkutsk", "Asia/Shanghai", "Asia/Tokyo", "Asia/Seoul", "Asia/Vladivostok", "Australia/Sydney", "Asia/Kamchatka",
	"Pacific/Auckland",
}
