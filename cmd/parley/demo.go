package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"sync"
	"time"

	"parley/deal"
	"parley/demo"
	"parley/dossier"
	"parley/examples"
	"parley/store"
	"parley/web"
)

type demoCmd struct {
	Listen string `help:"${flag_listen}" env:"PARLEY_LISTEN" placeholder:"127.0.0.1:8080"`
}

// Run serves the examples from a folder that is gone afterwards.
func (c *demoCmd) Run(s *session) (err error) {
	l, err := c.find(s)
	if err != nil {
		return err
	}
	defer l.Close()
	dir, err := os.MkdirTemp("", "parley-demo-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	log := slog.New(slog.NewTextHandler(s.errOut, &slog.HandlerOptions{Level: slog.LevelWarn}))
	st, err := store.Open(s.ctx, store.Config{Dir: dir, Log: log})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	people, err := fill(s, st)
	if err != nil {
		return err
	}
	site, err := newSite(siteConfig{store: st, log: log, origin: address(l), pace: demoPace, guests: offered(people), demo: true})
	if err != nil {
		return err
	}
	fmt.Fprintln(s.out, s.t("demo.line"))
	fmt.Fprintf(s.out, "English  %[1]s/en      Русский  %[1]s/ru\n", address(l))
	return serve(s.ctx, l, site.Prepare(l.Addr().String()), func(ctx context.Context) {
		var wait sync.WaitGroup
		wait.Go(func() { talk(ctx, st, people, log) })
		jobs(st, log, nil)(ctx)
		wait.Wait()
	}, log)
}

// talk has the invented people say what they have to say, while pages are shown
// already.
func talk(ctx context.Context, st *store.Store, people []demo.Guest, log *slog.Logger) {
	if err := demo.Talk(ctx, st, people, time.Now()); err != nil && ctx.Err() == nil {
		log.Error("the invented dialogue is not complete", "error", err)
	}
}

// demoPace is how much faster than usual one network may be: in a demonstration
// one machine plays many people.
const demoPace = 10

// find opens the address that was asked for, or the usual one; where the usual one is
// taken, any free port.
func (c *demoCmd) find(s *session) (net.Listener, error) {
	if c.Listen != "" {
		return s.listen(c.Listen)
	}
	l, err := s.listen(defaultListen)
	if !errors.As(err, new(takenError)) {
		return l, err
	}
	host, port, _ := net.SplitHostPort(defaultListen)
	if l, err = s.listen(net.JoinHostPort(host, "0")); err != nil {
		return nil, err
	}
	_, other, _ := net.SplitHostPort(l.Addr().String())
	fmt.Fprintln(s.out, s.t("demo.moved", "Port", port, "Other", other))
	return l, nil
}

// fill stores the examples, asks what might be done in each, and lets the first
// invented people into the invented one.
func fill(s *session, st *store.Store) ([]demo.Guest, error) {
	for _, e := range examples.All() {
		d, err := dossier.Read(e.Name, e.Data)
		if err != nil {
			return nil, err
		}
		now := time.Now() // the list shows them in the order in which they came
		if _, err := st.LoadDossier(s.ctx, d, now); err != nil {
			return nil, err
		}
		if _, err := st.AskDeals(s.ctx, d.Dialogue.ID, deal.DefaultSettings(), now); err != nil {
			return nil, err
		}
	}
	return demo.Fill(s.ctx, st, time.Now())
}

// offered are those whom a visitor may be.
func offered(people []demo.Guest) []web.Guest {
	var guests []web.Guest
	for _, g := range people {
		if g.Offered {
			guests = append(guests, web.Guest{Key: g.Key, Person: g.Person, Dialogue: g.Dialogue, Role: g.Role, Side: g.Side, Name: g.Name})
		}
	}
	return guests
}
