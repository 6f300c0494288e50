package api

import (
	"context"
	"net/http"
	"slices"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
)

// holder is an account as its holder sees it.
type holder struct {
	Name           string    `json:"name" doc:"To sign in with; private, nobody else ever sees it"`
	Lang           string    `json:"lang" enum:"en,ru" doc:"Of letters and of the first page"`
	Zone           string    `json:"zone" example:"Europe/Moscow" doc:"An IANA name"`
	Email          string    `json:"email" doc:"Empty where none was given"`
	EmailConfirmed bool      `json:"email_confirmed"`
	Owner          bool      `json:"owner" doc:"Runs the server"`
	HasPassword    bool      `json:"has_password"`
	HasTOTP        bool      `json:"has_totp"`
	Passkeys       int       `json:"passkeys"`
	RecoveryCodes  int       `json:"recovery_codes" doc:"How many are left"`
	CreatedAt      time.Time `json:"created_at"`
}

type session struct {
	ID        string    `json:"id"`
	Device    string    `json:"device" example:"Firefox on Linux"`
	CreatedAt time.Time `json:"created_at"`
	ProvedAt  time.Time `json:"proved_at" doc:"When its holder last proved who they are"`
	ExpiresAt time.Time `json:"expires_at"`
}

// Token is a personal key for programs.
type Token struct {
	ID        string          `json:"id"`
	Name      string          `json:"name"`
	Scopes    []account.Scope `json:"scopes"`
	CreatedAt time.Time       `json:"created_at"`
	ExpiresAt time.Time       `json:"expires_at,omitzero" doc:"Absent: it does not end by itself"`
	UsedAt    time.Time       `json:"used_at,omitzero" doc:"To the day; absent: never"`
}

// madeToken is a new token with its secret.
type madeToken struct {
	Token
	Secret string `json:"secret" doc:"Shown here once and kept nowhere"`
}

// tokenMaking is what a token is made from.
type tokenMaking struct {
	Name      string          `json:"name" minLength:"1" maxLength:"80" example:"nightly copy"`
	Scopes    []account.Scope `json:"scopes" minItems:"1" maxItems:"4" doc:"None that the token which asks does not have"`
	ExpiresAt time.Time       `json:"expires_at,omitzero" doc:"Within 90 days, which is also what its absence means"`
}

// profile is what somebody settles about themselves.
type profile struct {
	Lang string `json:"lang" enum:"en,ru"`
	Zone string `json:"zone" minLength:"1" maxLength:"60" example:"Europe/Moscow"`
}

// belonging is a dialogue in which the reader takes part, or asked to.
type belonging struct {
	Dialogue DialogueHead `json:"dialogue"`
	You      standing     `json:"you"`
}

// tokenLasts is the longest life of a token that a token made.
const tokenLasts = 90 * 24 * time.Hour

func (s *server) registerAccount() {
	of := func(id, method, path, summary, about string) operation {
		return operation{id: id, method: method, path: "/account" + path, verb: dialogue.BeHolder, tag: tagAccount, summary: summary, about: about}
	}
	register(s, of("get-account", http.MethodGet, "", "Read one's own account", ""), s.getAccount)
	register(s, of("change-profile", http.MethodPut, "/profile", "Change language and time zone", ""), s.changeProfile)
	register(s, of("list-memberships", http.MethodGet, "/memberships", "List the dialogues in which one takes part", ""), s.listMemberships)
	register(s, of("export-account", http.MethodGet, "/export", "Take all that is kept about oneself", ""), s.exportAccount)
	archive := of("get-archive", http.MethodGet, "/archive", "Take the same as one ZIP file, with a page to read", "")
	archive.produces = zipMIME
	register(s, archive, s.archive)
	register(s, of("list-sessions", http.MethodGet, "/sessions", "List where one is signed in", "The newest first."), s.listSessions)
	register(s, of("end-sessions", http.MethodDelete, "/sessions", "Sign out everywhere", "Tokens stay."), s.endSessions)
	register(s, of("end-session", http.MethodDelete, "/sessions/{session}", "Sign out on one device", ""), s.endSession)
	register(s, of("list-tokens", http.MethodGet, "/tokens", "List one's tokens", "The newest first."), s.listTokens)
	made := of("make-token", http.MethodPost, "/tokens", "Make a token", "It may do no more than the token that makes it, and ends within 90 days.")
	made.status, made.creates = http.StatusCreated, true
	register(s, made, s.makeToken)
	register(s, of("end-token", http.MethodDelete, "/tokens/{token}", "End a token", ""), s.endToken)
}

func (s *server) getAccount(ctx context.Context, v *visit, _ *struct{}) (*outBody[holder], error) {
	p, err := s.Store.Person(ctx, v.Person)
	if err != nil {
		return nil, err
	}
	return &outBody[holder]{holderOf(p)}, nil
}

func holderOf(p account.Person) holder {
	return holder{p.Name, p.Lang, p.Zone, p.Email, p.EmailConfirmed, p.Owner, p.HasPassword, p.HasTOTP, p.Passkeys, p.Codes, p.CreatedAt}
}

func (s *server) changeProfile(ctx context.Context, v *visit, in *struct{ Body profile }) (*outBody[holder], error) {
	if err := s.Store.ChangeProfile(ctx, v.Person, in.Body.Lang, in.Body.Zone); err != nil {
		return nil, err
	}
	return s.getAccount(ctx, v, nil)
}

func (s *server) listMemberships(ctx context.Context, v *visit, in *Paging) (*listed[belonging], error) {
	cursor, err := in.after()
	if err != nil {
		return nil, err
	}
	mine, err := s.Store.Memberships(ctx, v.Person)
	if err != nil {
		return nil, err
	}
	var all []belonging
	for _, m := range mine {
		all = append(all, belonging{headOf(m.Dialogue), standingOf(m.Standing)})
	}
	id := func(b belonging) string { return string(b.Dialogue.ID) }
	return pageOf(v, *in, "/account/memberships", after(all, cursor, id), id), nil
}

func (s *server) listSessions(ctx context.Context, v *visit, in *Paging) (*listed[session], error) {
	cursor, err := in.after()
	if err != nil {
		return nil, err
	}
	list, err := s.Store.Sessions(ctx, v.Person, v.now)
	if err != nil {
		return nil, err
	}
	var all []session
	for _, one := range list {
		all = append(all, session(one))
	}
	id := func(s session) string { return s.ID }
	return pageOf(v, *in, "/account/sessions", after(all, cursor, id), id), nil
}

func (s *server) endSessions(ctx context.Context, v *visit, _ *struct{}) (*nothing, error) {
	return nil, s.Store.EndOtherSessions(ctx, v.Person, "")
}

func (s *server) endSession(ctx context.Context, v *visit, in *struct {
	Session string `path:"session" minLength:"1" maxLength:"100" pattern:"^[A-Za-z0-9_-]+$"`
}) (*nothing, error) {
	return nil, s.Store.EndSession(ctx, v.Person, in.Session)
}

func (s *server) listTokens(ctx context.Context, v *visit, in *Paging) (*listed[Token], error) {
	cursor, err := in.after()
	if err != nil {
		return nil, err
	}
	list, err := s.Store.Tokens(ctx, v.Person)
	if err != nil {
		return nil, err
	}
	var all []Token
	for _, t := range list {
		all = append(all, Token(t))
	}
	id := func(t Token) string { return t.ID }
	return pageOf(v, *in, "/account/tokens", after(all, cursor, id), id), nil
}

func (s *server) makeToken(ctx context.Context, v *visit, in *struct {
	OnceKey
	Body tokenMaking
}) (*outBody[madeToken], error) {
	b := in.Body
	for _, scope := range b.Scopes {
		if !slices.Contains(v.Scopes, scope) {
			return nil, fault.New(fault.Denied, "api.scope", "the token lacks the scope %q", scope).With("Scope", string(scope))
		}
	}
	if b.ExpiresAt.IsZero() {
		b.ExpiresAt = v.now.Add(tokenLasts)
	}
	if b.ExpiresAt.After(v.now.Add(tokenLasts)) {
		return nil, fault.New(fault.Invalid, "api.token-lasts", "a token that a token makes ends within 90 days")
	}
	secret, made, err := s.Store.MakeToken(ctx, v.Person, account.Token{Name: b.Name, Scopes: distinct(b.Scopes), ExpiresAt: b.ExpiresAt}, v.now)
	if err != nil {
		return nil, err
	}
	return &outBody[madeToken]{madeToken{Token(made), secret}}, nil
}

func (s *server) endToken(ctx context.Context, v *visit, in *struct {
	Token string `path:"token" minLength:"1" maxLength:"100" pattern:"^[A-Za-z0-9_-]+$"`
}) (*nothing, error) {
	return nil, s.Store.EndToken(ctx, v.Person, in.Token)
}
