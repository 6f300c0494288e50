package deal

import (
	"fmt"
	"strings"
)

// Describe writes the table of an input so that a person can check it: for every
// option who moves, and what it does to each interest as worst, middle and best.
func Describe(in Input, full bool) string {
	t := newTable(in)
	var b strings.Builder
	for _, i := range t.issues {
		fmt.Fprintf(&b, "%s %s", i.topic, i.relation)
		if i.written {
			b.WriteString(" written")
		}
		if i.contested {
			b.WriteString(" contested")
		}
		b.WriteString("\n")
		for k, o := range i.options {
			b.WriteString("  " + o.id)
			if k > 0 && k == i.fullest {
				b.WriteString(" (baseline)")
			}
			if o.act != nil {
				b.WriteString(" (act)")
			}
			for _, s := range o.movers {
				fmt.Fprintf(&b, " moves:%s", t.sides[s])
			}
			for _, e := range o.effects {
				low, mid, high := t.worst(e, full).RatString(), t.central(e, full).RatString(), t.best(e, full).RatString()
				if low == high {
					fmt.Fprintf(&b, " | %s %s", t.entries[e.entry].id, mid)
				} else {
					fmt.Fprintf(&b, " | %s %s..%s..%s", t.entries[e.entry].id, low, mid, high)
				}
			}
			for s, p := range o.points {
				fmt.Fprintf(&b, " | %s=%s", t.sides[s], p.RatString())
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

// Symmetries is how many symmetries of the table the canonical order found, and
// whether its search was cut short.
func Symmetries(in Input) (found int, forced bool) {
	o := canonicalOrder(newTable(in))
	return len(o.symmetries), o.forced
}
