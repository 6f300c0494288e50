package deal

import (
	"slices"
	"strings"

	"parley/interest"
)

// OptionRef names an option of an issue, "nato/US-yields" in files, or several
// of which a package takes one: "iran/a|b" either of the two, "iran/b..e" any
// from b to e in the order of the options, "iran/a|c..e" both ways at once.
type OptionRef struct {
	Topic  interest.TopicID
	Option string
}

func (r OptionRef) String() string { return string(r.Topic) + "/" + r.Option }

// Among lists the places of the options that are named among those of the issue,
// ascending. Ok is false where a part, which is returned as unknown, is neither
// an option nor an interval of them from an earlier to a later one.
func (r OptionRef) Among(options []string) (at []int, unknown string, ok bool) {
	for part := range strings.SplitSeq(r.Option, "|") {
		first, last := ends(part, options)
		if first < 0 {
			return nil, part, false
		}
		for k := first; k <= last; k++ {
			at = append(at, k)
		}
	}
	slices.Sort(at)
	return slices.Compact(at), "", true
}

// ends are the first and the last option of an interval, or -1. An id may hold
// two dots itself, so an option of that very id goes before an interval.
func ends(part string, options []string) (first, last int) {
	if k := slices.Index(options, part); k >= 0 {
		return k, k
	}
	for from := 0; ; {
		dots := strings.Index(part[from:], "..")
		if dots < 0 {
			return -1, -1
		}
		from += dots
		first, last = slices.Index(options, part[:from]), slices.Index(options, part[from+2:])
		if 0 <= first && first < last {
			return first, last
		}
		from++
	}
}
