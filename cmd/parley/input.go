package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"

	"parley/dossier"
)

// dossierArg is the file that a command reads.
type dossierArg struct {
	File string `arg:"" help:"${arg_file}"`
}

// mostRead is far more than a dossier may have, and little enough to hold.
const mostRead = 64 << 20

// read reads a dossier from a file, or from standard input where the name is a
// hyphen. Mistakes in it are an error that lists them all.
func (s *session) read(name string) (*dossier.Dossier, error) {
	if name == "-" {
		data, err := readAll(s.ctx, s.in)
		if err != nil {
			return nil, s.unread(s.t("read.stdin"), err)
		}
		return dossier.Read(s.t("read.stdin"), data)
	}
	data, err := s.readFile(name, "read.folder")
	if err != nil {
		return nil, err
	}
	return dossier.Read(name, data)
}

// readFile reads a whole file; folder is the sentence for a name that is a
// folder's.
func (s *session) readFile(name, folder string) ([]byte, error) {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, s.cannot("read.missing", "File", name)
	}
	if err != nil {
		return nil, s.unread(name, err)
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, s.cannot(folder, "File", name)
	}
	data, err := readAll(s.ctx, f)
	if err != nil {
		return nil, s.unread(name, err)
	}
	return data, nil
}

// unread says why nothing was read; that the session ended is no fault of the
// file.
func (s *session) unread(name string, err error) error {
	if s.ctx.Err() != nil {
		return err
	}
	return s.cannot("read.failed", "File", name, "Why", s.reason(err))
}

// readAll reads to the end or until ctx ends: a terminal or a pipe may never end.
func readAll(ctx context.Context, r io.Reader) ([]byte, error) {
	type result struct {
		data []byte
		err  error
	}
	done := make(chan result, 1)
	go func() {
		data, err := io.ReadAll(io.LimitReader(r, mostRead))
		done <- result{data, err}
	}()
	select {
	case r := <-done:
		return r.data, r.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
