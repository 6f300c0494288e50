package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// outFlag is where a command writes to.
type outFlag struct {
	Out string `help:"${flag_out}" env:"PARLEY_OUT" placeholder:"FILE"`
}

// write hands over what a command made: to standard output, or to the file, all of it or
// nothing.
func (o outFlag) write(s *session, content []byte) error {
	if o.Out == "" || o.Out == "-" {
		_, err := s.out.Write(content)
		return err
	}
	if err := replaceFile(o.Out, content); err != nil {
		return s.cannot("write.failed", "File", o.Out, "Why", s.reason(err))
	}
	return nil
}

// replaceFile writes a file beside its place and then moves it there, so that
// nobody ever sees half of it.
func replaceFile(name string, content []byte) (err error) {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return os.WriteFile(name, content, 0o666) // a device or a pipe
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".parley-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	if _, err = f.Write(content); err != nil {
		f.Close()
		return err
	}
	if err = f.Chmod(0o644); err != nil {
		f.Close()
		return err
	}
	if err = f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

// reason is why a file could not be used: in the reader's language where it is
// something usual, else as the system says it, without the path that the message
// names already.
func (s *session) reason(err error) string {
	for _, usual := range []struct {
		err error
		key string
	}{
		{fs.ErrNotExist, "reason.missing"}, {fs.ErrPermission, "reason.permission"}, {fs.ErrExist, "reason.exists"},
		{syscall.EISDIR, "reason.folder"}, {syscall.ENOTDIR, "reason.no-folder"}, {syscall.ENOSPC, "reason.full"}, {syscall.EROFS, "reason.read-only"},
	} {
		if errors.Is(err, usual.err) {
			return s.t(usual.key)
		}
	}
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// inJSON is a value as JSON, indented by two, with a final line break.
func inJSON(v any) ([]byte, error) {
	b, err := json.MarshalIndent(v, "", "  ")
	return append(b, '\n'), err
}

// collected is all that a writer writes.
func collected(write func(io.Writer) error) ([]byte, error) {
	var b bytes.Buffer
	err := write(&b)
	return b.Bytes(), err
}
