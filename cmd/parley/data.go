package main

import (
	"log/slog"
	"net/url"
	"os"
	"slices"
	"strings"

	"parley/fault"
	"parley/store"
)

// dataFlags say where dialogues are kept.
type dataFlags struct {
	Data     string `help:"${flag_data}" env:"PARLEY_DATA" placeholder:"DIR"`
	Database string `help:"${flag_database}" env:"PARLEY_DATABASE" placeholder:"URL"`
}

// settle leaves one of the two. What stands on the command line goes before
// what stands in the environment.
func (f *dataFlags) settle(s *session) error {
	if f.Data != "" && f.Database != "" {
		data, database := s.given["data"], s.given["database"]
		switch {
		case data == database:
			return s.wrong("usage.store-both")
		case data:
			f.Database = ""
		default:
			f.Data = ""
		}
	}
	if f.Data == "" && f.Database == "" {
		return s.wrong("usage.store-missing")
	}
	if f.Database != "" && !strings.HasPrefix(f.Database, "postgres://") && !strings.HasPrefix(f.Database, "postgresql://") {
		return s.wrong("usage.store-url")
	}
	return nil
}

// open opens the store that the flags name.
func (f *dataFlags) open(s *session, log *slog.Logger) (*store.Store, error) {
	if err := f.settle(s); err != nil {
		return nil, err
	}
	st, err := store.Open(s.ctx, store.Config{Dir: f.Data, URL: f.Database, Log: log})
	if f, ok := fault.As(err); ok {
		return nil, f
	}
	if err != nil {
		return nil, s.cannot(f.failed(), "Dir", f.Data, "Why", oneLine(f.withoutPassword(err.Error())))
	}
	return st, nil
}

func (f *dataFlags) failed() string {
	if f.Data != "" {
		return "store.failed-folder"
	}
	return "store.failed-database"
}

// present reports a data folder that does not exist, for commands that only
// read.
func (f *dataFlags) present(s *session) error {
	if err := f.settle(s); err != nil || f.Data == "" {
		return err
	}
	if _, err := os.Stat(f.Data); err != nil {
		return s.cannot("store.no-folder", "Dir", f.Data, "Why", s.reason(err))
	}
	return nil
}

// oneLine joins the lines of a message and says each only once.
func oneLine(text string) string {
	var lines []string
	for _, l := range strings.Split(text, "\n") {
		if l = strings.TrimSpace(l); l != "" && !slices.Contains(lines, l) {
			lines = append(lines, l)
		}
	}
	return strings.Join(lines, " ")
}

// withoutPassword takes the password of the database's address out of a
// message.
func (f *dataFlags) withoutPassword(text string) string {
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
