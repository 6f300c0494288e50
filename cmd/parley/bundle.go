package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"parley/verify/strict"
)

// readBundle reads a bundle from a file, or from standard input where the name is
// a hyphen.
func (s *session) readBundle(file string) (name string, data []byte, err error) {
	if file != "-" {
		data, err = s.readFile(file, "read.folder.bundle")
		return file, data, err
	}
	name = s.t("read.stdin")
	if data, err = readAll(s.ctx, s.in); err != nil {
		return name, nil, s.unread(name, err)
	}
	return name, data, nil
}

// noBundle says why a file is no bundle that can be checked, and what to do.
func (s *session) noBundle(name string, data []byte, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return s.cannot("verify.empty", "File", name)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), strings.HasSuffix(err.Error(), "unexpected end of JSON input"):
		return s.cannot("verify.ended", "File", name)
	case errors.As(err, &syntax):
		return s.cannot("verify.not-json", "File", name, "Line", lineAt(data, syntax.Offset))
	case errors.As(err, &kind):
		return s.cannot("verify.other-kind", "File", name, "Field", kind.Field, "Line", lineAt(data, kind.Offset))
	}
	if strings.HasPrefix(err.Error(), "format ") { // the words of package again for a fingerprint that is not the question's
		return s.cannot("verify.other-question", "File", name)
	}
	if field, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return s.cannot("verify.unknown-field", "File", name, "Field", strings.Trim(field, `"`))
	}
	var much strict.TooMuch
	if errors.As(err, &much) {
		return s.cannot("verify.too-much", "File", name)
	}
	return s.cannot("verify.unreadable", "File", name, "Why", err)
}

// lineAt is the line of a place in a file, from 1.
func lineAt(data []byte, offset int64) int {
	return 1 + bytes.Count(data[:min(max(offset, 0), int64(len(data)))], []byte("\n"))
}
