package dossier

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"parley/i18n"
)

// Limits of a file. They are far above any dossier that a person could write
// and low enough for a hostile one to be refused before it costs anything.
const (
	MaxBytes      = 4 << 20
	maxMarks      = 500_000 // characters that can begin a part of the structure
	maxBlankLines = 100     // in a row
	maxAngles     = 100     // "<" in a row
	maxStrange    = 1000    // mistakes of the raw text, before reading stops
)

// clean checks the raw bytes and returns the text with plain line ends, or
// reports why there is none. The parser sees nothing that has not passed here:
// some of its loops take quadratic time on what is refused.
func (r *reader) clean(data []byte) (string, bool) {
	top := place{1, 1}
	if len(data) > MaxBytes {
		r.mistake(top, amiss("too-large", "Got", len(data), "Most", MaxBytes), instead("shorter"))
		return "", false
	}
	text := strings.ReplaceAll(string(bytes.TrimPrefix(data, []byte("\ufeff"))), "\r\n", "\n")
	s := scan{at: top, before: '\n', emptyLine: true, emptyFile: true}
	for i, c := range text {
		broken := false
		if c == utf8.RuneError {
			_, size := utf8.DecodeRuneInString(text[i:])
			broken = size == 1
		}
		if what, advice, bad := s.look(c, broken); bad {
			r.mistake(s.at, what, advice)
		}
		if s.hopeless || len(r.found) >= maxStrange {
			return "", false
		}
		s.move(c)
	}
	if s.emptyFile {
		r.mistake(top, amiss("empty-file"), instead("begin"))
	}
	if s.marks > maxMarks {
		r.mistake(top, amiss("many-parts", "Most", maxMarks), instead("shorter"))
	}
	return text, len(r.found) == 0
}

// scan walks over raw characters and remembers what the limits need.
type scan struct {
	at         place
	before     rune
	emptyFile  bool
	emptyLine  bool
	emptyLines int // in a row
	angles     int // in a row
	marks      int
	hopeless   bool // looking further is of no use
}

// look says what is wrong with a character, if anything is.
func (s *scan) look(c rune, broken bool) (what, advice i18n.Sentence, bad bool) {
	s.count(c)
	switch {
	case broken:
		s.hopeless = true
		return amiss("not-utf8"), instead("utf8"), true
	case c == 0:
		s.hopeless = true
		return amiss("zero-byte"), instead("plain-utf8"), true
	case s.emptyLines > maxBlankLines:
		s.hopeless = true
		return amiss("empty-lines", "Most", maxBlankLines), instead("fewer"), true
	case s.angles > maxAngles:
		s.hopeless = true
		return amiss("angles", "Most", maxAngles), instead("fewer"), true
	case c == '\t':
		return amiss("tab"), instead("spaces"), true
	case c == '\r':
		return amiss("carriage-return"), instead("line-ends"), true
	case isControl(c):
		return amiss("control", "Char", codepoint(c)), instead("without-it"), true
	}
	return what, advice, false
}

func (s *scan) count(c rune) {
	switch c {
	case ':', ',', '[', ']', '{', '}', '\'', '"', '#', '|', '>', '&', '*', '!', '?', '%', '@', '`', '\n':
		s.marks++
	case '-':
		if s.before == ' ' || s.before == '\n' {
			s.marks++
		}
	}
	if c == '<' {
		s.angles++
	} else {
		s.angles = 0
	}
	switch {
	case c == '\n' && s.emptyLine:
		s.emptyLines++
	case c == '\n':
		s.emptyLines, s.emptyLine = 0, true
	case c != ' ':
		s.emptyFile, s.emptyLine = false, false
	}
}

func (s *scan) move(c rune) {
	s.before = c
	if c == '\n' {
		s.at = place{s.at.line + 1, 1}
	} else {
		s.at.column++
	}
}

// isControl reports whether the character shows nothing and steers a terminal
// or the direction of the text around it. A line feed is none.
func isControl(c rune) bool {
	switch {
	case c == '\n':
		return false
	case c < ' ', 0x7f <= c && c <= 0x9f:
		return true
	}
	return 0x202a <= c && c <= 0x202e // embeddings and overrides of direction
}
