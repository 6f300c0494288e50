package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
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
		return s.cannot("write.failed", "File", o.Out, "Why", reason(err))
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

// reason is what the system says about a file, without the path that the
// message names already.
func reason(err error) string {
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
