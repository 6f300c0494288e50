package store

import (
	"bytes"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"parley/i18n"
	"parley/interest"
)

// text keeps a text in several languages as a JSON object whose keys are in
// alphabetical order.
type text i18n.Text

func (t text) Value() (driver.Value, error) {
	if len(t) == 0 {
		return "{}", nil
	}
	return compactJSON(map[string]string(t))
}

func (t *text) Scan(from any) error {
	*t = nil
	if err := scanJSON(from, (*map[string]string)(t)); err != nil {
		return err
	}
	if len(*t) == 0 {
		*t = nil
	}
	return nil
}

// list keeps a list of words as a JSON array.
type list []string

func (l list) Value() (driver.Value, error) {
	if len(l) == 0 {
		return "[]", nil
	}
	return compactJSON([]string(l))
}

func (l *list) Scan(from any) error {
	*l = nil
	if err := scanJSON(from, (*[]string)(l)); err != nil {
		return err
	}
	if len(*l) == 0 {
		*l = nil
	}
	return nil
}

func compactJSON(v any) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return "", err
	}
	return string(bytes.TrimSpace(b.Bytes())), nil
}

func scanJSON(from any, into any) error {
	s, err := scanString(from)
	if err != nil {
		return err
	}
	return json.Unmarshal([]byte(s), into)
}

func scanString(from any) (string, error) {
	switch v := from.(type) {
	case string:
		return v, nil
	case []byte:
		return string(v), nil
	}
	return "", fmt.Errorf("%T is no text", from)
}

// word reads a word of a scale.
type word[T ~uint8] struct {
	into  *T
	words []string
}

func scale[T ~uint8](into *T, words []string) word[T] { return word[T]{into, words} }

func (w word[T]) Scan(from any) error {
	s, err := scanString(from)
	if err != nil {
		return err
	}
	i := slices.Index(w.words, s)
	if i < 0 {
		return fmt.Errorf("%q is no word of the scale %q", s, w.words)
	}
	*w.into = T(i)
	return nil
}

// fraction keeps an exact number as text.
type fraction struct{ into *interest.Fraction }

func (f fraction) Scan(from any) error {
	s, err := scanString(from)
	if err != nil {
		return err
	}
	*f.into, err = interest.ParseFraction(s)
	return err
}

// optional is null where the word is empty; read it back with coalesce.
func optional[T ~string](s T) any {
	if s == "" {
		return nil
	}
	return string(s)
}

// flag keeps a truth as 1 or 0, on either engine.
type flag bool

func (f flag) Value() (driver.Value, error) {
	if f {
		return int64(1), nil
	}
	return int64(0), nil
}

func (f *flag) Scan(from any) error {
	n, ok := from.(int64)
	if !ok {
		return fmt.Errorf("%T is no whole number", from)
	}
	*f = n != 0
	return nil
}

// maybeMicros is micros of a time that may be zero: 0 is none.
func maybeMicros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return micros(t)
}

// maybeMoment is the time that maybeMicros kept.
func maybeMoment(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return moment(n)
}

// oneLine reports whether the words hold neither line breaks nor other control
// characters.
func oneLine(words string) bool { return !strings.ContainsFunc(words, unicode.IsControl) }
