package genius

import (
	"slices"
	"strconv"
	"strings"

	"parley/dossier"
)

// Read reads a Genius domain and one profile for each side.
func Read(domain File, profiles []File, set Settings) (*Imported, error) {
	root, err := domain.tree()
	if err != nil {
		return nil, err
	}
	s := &scenario{form: "genius", name: domain.Name}
	if err := s.readDomain(root); err != nil {
		return nil, err
	}
	if err := countSides(domain, len(profiles)); err != nil {
		return nil, err
	}
	for _, p := range profiles {
		root, err := p.tree()
		if err != nil {
			return nil, err
		}
		side, err := s.readProfile(p.Name, root)
		if err != nil {
			return nil, err
		}
		s.sides = append(s.sides, side)
	}
	return s.dossier(set)
}

func countSides(domain File, n int) error {
	if n < 2 || n > dossier.MaxSides {
		return place{domain.Name, 0}.wrong("sides", "Got", n, "Most", dossier.MaxSides)
	}
	return nil
}

// objective finds the root objective of a domain or a profile.
func objective(root *element) (*element, error) {
	space := spaceIn(root)
	if space == nil || space.name != "utility_space" {
		return nil, root.at.wrong("not-genius", "Tag", shown(root.name))
	}
	o := space.first("objective")
	if o == nil {
		return nil, space.at.wrong("no-objective")
	}
	if nested := o.first("objective"); nested != nil {
		return nil, nested.at.wrong("nested")
	}
	return o, nil
}

// spaceIn is the utility space of a file, or nil; a template holds one.
func spaceIn(root *element) *element {
	if root.name == "negotiation_template" {
		return root.first("utility_space")
	}
	return root
}

func (s *scenario) readDomain(root *element) error {
	o, err := objective(root)
	if err != nil {
		return err
	}
	s.title = strings.TrimSpace(o.attrs["name"])
	for _, e := range o.all("issue") {
		i, err := s.readIssue(e)
		if err != nil {
			return err
		}
		if before := s.byIndex(i.index); before >= 0 {
			return e.at.wrong("index-twice", "Index", i.index, "Line", s.issues[before].at.line)
		}
		s.issues = append(s.issues, i)
	}
	if len(s.issues) == 0 {
		return o.at.wrong("no-issues")
	}
	if len(s.issues) > dossier.MaxIssues {
		return o.at.wrong("too-many-issues", "Got", len(s.issues), "Most", dossier.MaxIssues)
	}
	return nil
}

// kindOf is the word for what an issue's values are; "discrete" where none is
// said.
func kindOf(e *element) string {
	for _, key := range []string{"vtype", "type", "etype"} {
		if word := strings.ToLower(strings.TrimSpace(e.attrs[key])); word != "" {
			return word
		}
	}
	return "discrete"
}

func (s *scenario) readIssue(e *element) (issue, error) {
	i := issue{name: strings.TrimSpace(e.attrs["name"]), at: e.at}
	var ok bool
	if i.index, ok = whole(e.attrs["index"]); !ok {
		return i, e.at.wrong("no-index", "Got", shown(e.attrs["index"]))
	}
	switch kind := kindOf(e); kind {
	case "discrete":
		return i, s.readValues(&i, e)
	case "integer":
		i.ranged = true
		return i, readRange(&i, e)
	default:
		return i, e.at.wrong("kind", "Kind", shown(kind), "Issue", shown(i.name))
	}
}

func (s *scenario) readValues(i *issue, e *element) error {
	for _, item := range e.all("item") {
		value, ok := item.attrs["value"]
		if !ok {
			return item.at.wrong("no-value", "Issue", shown(i.name))
		}
		if slices.Contains(i.values, value) {
			s.note("value-twice", "Place", item.at.String(), "Value", shown(value))
			continue
		}
		i.values = append(i.values, value)
	}
	return checkCount(i, len(i.values))
}

func checkCount(i *issue, n int) error {
	if n < 1 || n > dossier.MaxOptions {
		return i.at.wrong("values", "Issue", shown(i.name), "Got", n, "Most", dossier.MaxOptions)
	}
	return nil
}

// bounds are the ends of a range: attributes of the issue, or of a range inside.
func bounds(e *element) (low, high int, ok bool) {
	of := e
	if r := e.first("range"); r != nil && e.attrs["lowerbound"] == "" {
		of = r
	}
	low, okLow := whole(of.attrs["lowerbound"])
	high, okHigh := whole(of.attrs["upperbound"])
	return low, high, okLow && okHigh && low <= high
}

func readRange(i *issue, e *element) error {
	low, high, ok := bounds(e)
	if !ok {
		return e.at.wrong("range", "Issue", shown(i.name))
	}
	if err := checkCount(i, high-low+1); err != nil {
		return err
	}
	i.low = low
	for v := low; v <= high; v++ {
		i.values = append(i.values, strconv.Itoa(v))
	}
	return nil
}

// byIndex is the place of the issue with an index, or -1.
func (s *scenario) byIndex(index int) int {
	return slices.IndexFunc(s.issues, func(i issue) bool { return i.index == index })
}
