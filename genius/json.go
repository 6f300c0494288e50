package genius

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// value is a JSON value that remembers its line and the order of its members.
type value struct {
	kind    byte // '{', '[', 's' a string, 'n' a number, 'l' a literal
	text    string
	members []member
	items   []*value
	at      place
}

type member struct {
	name string
	of   *value
}

// jsonReader reads a file token by token, so that depth and count stay bounded.
type jsonReader struct {
	file  File
	d     *json.Decoder
	count int
	seen  int // bytes whose lines are counted
	line  int
}

func (f File) json() (*value, error) {
	if len(f.Data) > maxBytes {
		return nil, place{f.Name, 0}.wrong("too-large", "Most", maxBytes>>20)
	}
	f.Data = bytes.TrimPrefix(f.Data, []byte("\ufeff"))
	r := &jsonReader{file: f, d: json.NewDecoder(bytes.NewReader(f.Data)), line: 1}
	r.d.UseNumber()
	v, err := r.next(0)
	if err != nil {
		return nil, err
	}
	if _, err := r.d.Token(); !errors.Is(err, io.EOF) {
		return nil, r.here().wrong("json-after")
	}
	return v, nil
}

func (r *jsonReader) here() place { return r.place(int(r.d.InputOffset())) }

// place is the line of a byte; bytes are asked for in their order.
func (r *jsonReader) place(at int) place {
	if at = min(at, len(r.file.Data)); at > r.seen {
		r.line += bytes.Count(r.file.Data[r.seen:at], []byte("\n"))
		r.seen = at
	}
	return place{r.file.Name, r.line}
}

func (r *jsonReader) token() (json.Token, error) {
	t, err := r.d.Token()
	if err != nil {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, r.here().wrong("json-ended")
		}
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return nil, r.place(int(syntax.Offset)).wrong("not-json")
		}
		return nil, r.here().wrong("not-json")
	}
	return t, nil
}

func (r *jsonReader) next(depth int) (*value, error) {
	t, err := r.token()
	if err != nil {
		return nil, err
	}
	v := &value{at: r.here()}
	if r.count++; r.count > maxElements || depth > maxDepth {
		return nil, v.at.wrong("too-many-elements", "Most", maxElements, "Deep", maxDepth)
	}
	switch t := t.(type) {
	case string:
		v.kind, v.text = 's', t
	case json.Number:
		v.kind, v.text = 'n', t.String()
	case json.Delim:
		v.kind = byte(t)
		return v, r.inside(v, depth)
	default:
		v.kind = 'l'
	}
	return v, nil
}

func (r *jsonReader) inside(v *value, depth int) error {
	for r.d.More() {
		var name string
		if v.kind == '{' {
			t, err := r.token()
			if err != nil {
				return err
			}
			name = t.(string) // the decoder takes nothing else for a name
			if v.get(name) != nil {
				return r.here().wrong("name-twice", "Name", shown(name))
			}
		}
		item, err := r.next(depth + 1)
		if err != nil {
			return err
		}
		if v.kind == '{' {
			v.members = append(v.members, member{name, item})
		} else {
			v.items = append(v.items, item)
		}
	}
	_, err := r.token() // the closing bracket
	return err
}

// get is the member with the first of the names that there is, or nil.
func (v *value) get(names ...string) *value {
	if v == nil {
		return nil
	}
	for _, name := range names {
		for _, m := range v.members {
			if m.name == name {
				return m.of
			}
		}
	}
	return nil
}

func (v *value) is(kind byte) bool { return v != nil && v.kind == kind }
