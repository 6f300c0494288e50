package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"time"

	"parley/account"
	"parley/api"
	"parley/i18n"
	"parley/job"
	"parley/mail"
	"parley/store"
	"parley/trial"
	"parley/web"
)

type serveCmd struct {
	dataFlags
	doorFlags
	Listen    string    `help:"${flag_listen}" default:"127.0.0.1:8080" env:"PARLEY_LISTEN" placeholder:"127.0.0.1:8080"`
	LogFormat string    `help:"${flag_log_format}" enum:"text,json" default:"text" env:"PARLEY_LOG_FORMAT" placeholder:"text"`
	SMTP      smtpFlags `embed:""`
	OIDC      oidcFlags `embed:""`
}

// Run serves what is stored until it is told to stop.
func (c *serveCmd) Run(s *session) (err error) {
	log := s.newLog(c.LogFormat)
	for _, lang := range i18n.Languages {
		go i18n.For(lang) // the first page wants all, and need not wait for them
	}
	if err := c.settle(s); err != nil {
		return err
	}
	proxies, err := c.proxies(s)
	if err != nil {
		return err
	}
	provider, err := c.OIDC.provider(s)
	if err != nil {
		return err
	}
	if _, err := c.origin(s, ""); err != nil { // before anything is opened
		return err
	}
	l, err := s.listen(c.Listen)
	if err != nil {
		return err
	}
	defer l.Close()
	origin, err := c.origin(s, address(l))
	if err != nil {
		return err
	}
	sender, err := c.SMTP.sender(s, origin)
	if err != nil {
		return err
	}
	st, err := c.open(s, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	site, err := newSite(siteConfig{store: st, log: log, origin: origin, proxies: proxies, provider: provider, mail: sender != nil, pace: 1})
	if err != nil {
		return err
	}
	if err := s.greetOwner(st, origin); err != nil {
		return err
	}
	if exposed(origin) {
		log.Warn("people's passwords cross the network in the clear: put a proxy with TLS before parley and name its address with --origin", "origin", origin)
	}
	log.Info("serving", "address", address(l), "origin", origin, "letters", sender != nil, "version", version())
	err = serve(s.ctx, l, site.Prepare(c.Listen), jobs(st, log, sender), log)
	log.Info("stopped")
	return err
}

// siteConfig is what pages and API are made from.
type siteConfig struct {
	store    *store.Store
	log      *slog.Logger
	origin   string
	proxies  []netip.Prefix
	provider *web.OIDC
	mail     bool    // letters are sent
	pace     float64 // how much faster than usual one network may be
	guests   []web.Guest
	demo     bool
}

// newSite puts pages and API on one store and one pace.
func newSite(c siteConfig) (*web.Server, error) {
	limiter, trials := account.NewLimiter(c.pace), &trial.Runner{}
	machine, err := api.New(api.Config{
		Store: c.store, Log: c.log, Now: time.Now, Limiter: limiter, Trials: trials, Origin: c.origin, Version: version(),
	})
	if err != nil {
		return nil, err
	}
	return web.New(web.Config{
		Store: c.store, Log: c.log, Demo: c.demo, Origin: c.origin, Limiter: limiter, TrustedProxies: c.proxies,
		OIDC: c.provider, API: machine, Guests: c.guests, Trials: trials, Mail: c.mail,
	})
}

// jobs is the work beside the pages. Without a sender letters stay in the
// outbox.
func jobs(st *store.Store, log *slog.Logger, sender *mail.Sender) func(context.Context) {
	c := job.Config{Store: st, Log: log}
	if sender != nil {
		c.Send = sender.Send
	}
	return func(ctx context.Context) { job.Run(ctx, c) }
}

// greetOwner prints the link by which a server that has no owner gets one. It
// goes to whoever started the server, and into no log.
func (s *session) greetOwner(st *store.Store, origin string) error {
	secret, err := st.OwnerLink(s.ctx, time.Now())
	if err != nil || secret == "" {
		return err
	}
	_, err = fmt.Fprintf(s.out, "%s\n%s/%s/owner/%s\n", s.t("serve.owner"), origin, s.lang, secret)
	return err
}
