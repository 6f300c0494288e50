package writing

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"parley/fault"
)

// most bounds how many drafts somebody has in one dialogue, and how many fields a
// form.
const (
	mostDrafts = 100
	mostFields = 60
)

// place names a form: what is written, and to what it belongs.
var place = regexp.MustCompile(`^[a-z]{1,20}(:[A-Za-z0-9_/-]{1,80}){0,3}$`)

// CheckDraft decides whether a draft may be kept.
func CheckDraft(d Draft) error {
	if !place.MatchString(d.Place) || len(d.Fields) > mostFields {
		return fault.New(fault.Invalid, "writing.draft-place", "there is no form %q", d.Place)
	}
	n := 0
	for name, value := range d.Fields {
		n += utf8.RuneCountInString(name) + utf8.RuneCountInString(value)
		if !utf8.ValidString(name) || !utf8.ValidString(value) || strings.Contains(name+value, "\x00") {
			return fault.New(fault.Invalid, "writing.draft-place", "a field is no text")
		}
	}
	if n > MaxDraft {
		return fault.New(fault.Invalid, "writing.draft-long", "a draft has more than %d letters", MaxDraft).With("Max", MaxDraft)
	}
	return nil
}

// MayDraft decides whether one more draft fits beside others.
func MayDraft(others int) error {
	if others >= mostDrafts {
		return fault.New(fault.Conflict, "writing.drafts", "there are more than %d drafts", mostDrafts)
	}
	return nil
}

// Empty reports whether nothing is written in it.
func (d Draft) Empty() bool {
	for _, value := range d.Fields {
		if strings.TrimSpace(value) != "" {
			return false
		}
	}
	return true
}
