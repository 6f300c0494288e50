package main

import (
	"context"
	"errors"
	"log/slog"

	"parley/job"
	"parley/web"
)

type serveCmd struct {
	dataFlags
	Listen    string `help:"${flag_listen}" default:"127.0.0.1:8080" env:"PARLEY_LISTEN" placeholder:"127.0.0.1:8080"`
	LogFormat string `help:"${flag_log_format}" enum:"text,json" default:"text" env:"PARLEY_LOG_FORMAT" placeholder:"text"`
}

// Run serves what is stored until it is told to stop.
func (c *serveCmd) Run(s *session) (err error) {
	log := slog.New(slog.NewTextHandler(s.errOut, nil))
	if c.LogFormat == "json" {
		log = slog.New(slog.NewJSONHandler(s.errOut, nil))
	}
	if err := c.settle(s); err != nil {
		return err
	}
	l, err := s.listen(c.Listen)
	if err != nil {
		return err
	}
	defer l.Close()
	st, err := c.open(s, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	jobs := func(ctx context.Context) { job.Run(ctx, job.Config{Store: st, Log: log}) }
	site, err := web.New(web.Config{Store: st, Log: log})
	if err != nil {
		return err
	}
	log.Info("serving", "address", address(l), "version", version())
	err = serve(s.ctx, l, site.Prepare(c.Listen), jobs, log)
	log.Info("stopped")
	return err
}
