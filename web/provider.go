package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"parley/account"
)

// Bounds of what a provider may take of us.
const (
	providerWait  = 10 * time.Second
	providerBytes = 1 << 20
)

// provider is the OpenID provider as this server found it. It is looked for when
// the first person wants to go there, and again until it answers.
type provider struct {
	mu    sync.Mutex
	found *oidc.Provider
}

// bounded is a transport whose answers end.
type bounded struct{ http.RoundTripper }

func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := b.RoundTripper.RoundTrip(r)
	if err == nil {
		res.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(res.Body, providerBytes), res.Body}
	}
	return res, err
}

// client talks to the provider: not for long, not much, and without following it
// elsewhere.
var client = &http.Client{
	Timeout: providerWait, Transport: bounded{http.DefaultTransport},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

func (p *provider) find(issuer string) (*oidc.Provider, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found != nil {
		return p.found, nil
	}
	found, err := oidc.NewProvider(oidc.ClientContext(context.Background(), client), issuer)
	if err != nil {
		return nil, fmt.Errorf("find the provider: %w", err)
	}
	p.found = found
	return found, nil
}

// oauth is how this server speaks to the provider.
func (s *Server) oauth() (*oidc.Provider, *oauth2.Config, error) {
	found, err := s.provider.find(s.OIDC.Issuer)
	if err != nil {
		return nil, nil, err
	}
	return found, &oauth2.Config{
		ClientID: s.OIDC.ClientID, ClientSecret: s.OIDC.ClientSecret, Endpoint: found.Endpoint(),
		RedirectURL: s.Origin + "/oidc/callback", Scopes: []string{oidc.ScopeOpenID, "profile"},
	}, nil
}

// whom exchanges the code that the provider sent for what it says about the
// person. Signature, issuer, audience and times are checked by the library, the
// nonce here. The address of a person is not read: it is no key.
func (s *Server) whom(ctx context.Context, code string, f *flow) (*account.Identity, error) {
	found, conf, err := s.oauth()
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(oidc.ClientContext(ctx, client), providerWait)
	defer cancel()
	token, err := conf.Exchange(ctx, code, oauth2.VerifierOption(f.Verifier))
	if err != nil {
		return nil, fmt.Errorf("exchange the code: %w", err)
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := found.Verifier(&oidc.Config{ClientID: s.OIDC.ClientID, Now: s.Now}).Verify(ctx, raw)
	if err != nil {
		return nil, fmt.Errorf("check the token: %w", err)
	}
	if id.Nonce != f.Nonce || id.Subject == "" {
		return nil, errors.New("the token answers another request")
	}
	var said struct {
		Name      string `json:"name"`
		Preferred string `json:"preferred_username"`
	}
	if err := id.Claims(&said); err != nil {
		return nil, fmt.Errorf("read the token: %w", err)
	}
	label := said.Preferred
	if label == "" {
		label = said.Name
	}
	return &account.Identity{Issuer: id.Issuer, Subject: id.Subject, Label: label}, nil
}
