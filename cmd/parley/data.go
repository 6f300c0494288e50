package main

import (
	"context"
	"log/slog"
	"net/url"
	"strings"

	"parley/store"
)

// dataFlags say where dialogues are kept.
type dataFlags struct {
	Data     string `help:"${flag_data}" env:"PARLEY_DATA" placeholder:"DIR"`
	Database string `help:"${flag_database}" env:"PARLEY_DATABASE" placeholder:"URL"`
}

// open opens the store that the flags name. What stands on the command line
// goes before what stands in the environment.
func (f dataFlags) open(ctx context.Context, s *session, log *slog.Logger) (*store.Store, error) {
	if f.Data != "" && f.Database != "" {
		data, database := s.given["data"], s.given["database"]
		if data == database {
			return nil, s.wrong("usage.store-both")
		}
		if data {
			f.Database = ""
		} else {
			f.Data = ""
		}
	}
	if f.Data == "" && f.Database == "" {
		return nil, s.wrong("usage.store-missing")
	}
	if f.Database != "" && !strings.HasPrefix(f.Database, "postgres://") && !strings.HasPrefix(f.Database, "postgresql://") {
		return nil, s.wrong("usage.store-url")
	}
	st, err := store.Open(ctx, store.Config{Dir: f.Data, URL: f.Database, Log: log})
	if err != nil {
		return nil, s.cannot("store.failed", "Why", f.withoutPassword(err.Error()))
	}
	return st, nil
}

// withoutPassword takes the password of the database's address out of a
// message.
func (f dataFlags) withoutPassword(text string) string {
	u, err := url.Parse(f.Database)
	if err != nil {
		return strings.ReplaceAll(text, f.Database, "postgres://...")
	}
	text = strings.ReplaceAll(text, f.Database, u.Redacted())
	if p, ok := u.User.Password(); ok && p != "" {
		text = strings.ReplaceAll(text, p, "xxxxx")
	}
	return text
}
