package genius

import (
	"fmt"

	"parley/fault"
	"parley/i18n"
)

// place is a line of a file.
type place struct {
	file string
	line int
}

func (p place) String() string {
	if p.line == 0 {
		return p.file
	}
	return fmt.Sprintf("%s:%d", p.file, p.line)
}

// wrong is a mistake in a file, from a sentence of the catalogue: where it is,
// what it is, and what to do.
func (p place) wrong(key string, pairs ...any) error {
	pairs = append([]any{"Place", p.String()}, pairs...)
	f := &fault.Fault{Kind: fault.Invalid, Key: "import." + key, Detail: i18n.For("en").T("import."+key, pairs...)}
	for k := 0; k+1 < len(pairs); k += 2 {
		f = f.With(pairs[k].(string), pairs[k+1])
	}
	return f
}

// shown is a text from a file as a message shows it: in quotes and not too long.
func shown(text string) string {
	const most = 60
	if letters := []rune(text); len(letters) > most {
		text = string(letters[:most]) + "…"
	}
	return fmt.Sprintf("%q", text)
}
