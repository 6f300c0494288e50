package writing

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/fault"
)

// CheckTags folds tags, drops empty and repeated ones, and sorts them. Too many
// or too long ones are fault.Invalid.
func CheckTags(tags []string) ([]string, error) {
	var out []string
	for _, t := range tags {
		if t = FoldTag(t); t == "" || slices.Contains(out, t) {
			continue
		}
		if utf8.RuneCountInString(t) > MaxTag {
			return nil, fault.New(fault.Invalid, "writing.tag-long", "a tag has more than %d letters", MaxTag).With("Max", MaxTag)
		}
		out = append(out, t)
	}
	if len(out) > MaxTags {
		return nil, fault.New(fault.Invalid, "writing.tags", "there are more than %d tags", MaxTags).With("Max", MaxTags)
	}
	slices.Sort(out)
	return out, nil
}

// FoldTag is a tag as it is kept, equal for words that a reader takes for one: in
// small letters, letters and digits with single hyphens between them. It fits
// into an address.
func FoldTag(tag string) string {
	tag = strings.ToLower(Line(tag))
	parts := strings.FieldsFunc(tag, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	return strings.Join(parts, "-")
}
