package web

// dealsSection is a part of the page, with a letter by which people refer to it.
type dealsSection struct{ ID, Letter, Title string }

// Sections are the parts that have something to say, in their order. Of a table of
// points nobody asks for steps, swaps and ranks that its sides never wrote down.
func (v *dealsView) Sections() []dealsSection {
	var out []dealsSection
	for _, s := range []struct {
		id    string
		shown bool
	}{
		{"steps", !v.Exact || len(v.Steps)+len(v.NamedSteps)+len(v.Same)+len(v.AlsoNamed) > 0},
		{"swaps", !v.Exact || len(v.Swaps) > 0},
		{"packages", !v.Exact || len(v.Packages) > 0 || v.Conflict == nil},
		{"undecided", !v.Exact || len(v.Undecided)+len(v.Asked) > 0},
		{"picture", true},
		{"made", true},
	} {
		if s.shown && (!v.Barren || s.id == "made") {
			out = append(out, dealsSection{s.id, string([]rune(v.T("deals.letters"))[len(out)]), v.T("deals." + s.id)})
		}
	}
	return out
}
