package forum

import (
	"slices"
	"unicode/utf8"

	"parley/dialogue"
	"parley/fault"
	"parley/writing"
)

// MaxLine is the length in runes of the lines beside a text: what a side would
// have to do, why something was dropped, who agreed.
const MaxLine = 280

// most bounds what hangs on one thing.
const (
	mostParties  = 24
	mostLinks    = 10
	mostProblems = 10
)

// ways are the changes of status that people make. Common ground is found by
// counting alone.
var ways = map[Status][]Status{
	Raised:       {OnTheTable, Agreed, Done, Dropped},
	CommonGround: {OnTheTable, Agreed, Done, Dropped},
	OnTheTable:   {Raised, Agreed, Done, Dropped},
	Agreed:       {OnTheTable, Done, Dropped},
	Done:         {OnTheTable},
	Dropped:      {Raised, OnTheTable},
}

// Next lists what people may say became of something with the status.
func (s Status) Next() []Status { return slices.Clone(ways[s]) }

// Check cleans a step from a status and decides whether it may be made: a way
// that there is, who agreed and a reason where they are needed, all lines short.
func (s Step) Check(from Status, d dialogue.Dialogue) (Step, error) {
	if !slices.Contains(ways[from], s.To) {
		return s, fault.New(fault.Invalid, "writing.status", "nothing that is %s becomes %s", from, s.To)
	}
	s.Why = writing.Line(s.Why)
	if s.Why != "" && !slices.Contains(d.Languages, s.Lang) {
		return s, fault.New(fault.Invalid, "writing.lang", "%q is no language of the dialogue", s.Lang)
	}
	if s.To == Dropped && s.Why == "" {
		return s, fault.New(fault.Invalid, "writing.status-why", "say why it is dropped")
	}
	parties := s.Parties
	s.Parties = nil
	for _, p := range parties {
		p.Who, p.Capacity = writing.Line(p.Who), writing.Line(p.Capacity)
		if p == (Party{}) {
			continue
		}
		if _, ok := d.Side(p.Side); p.Side != "" && !ok || p.Who == "" {
			return s, fault.New(fault.Invalid, "writing.status-party", "each party has a name, and a side of the dialogue or none")
		}
		if err := short(p.Who, p.Capacity); err != nil {
			return s, err
		}
		s.Parties = append(s.Parties, p)
	}
	switch {
	case s.To == Agreed && len(s.Parties) == 0:
		return s, fault.New(fault.Invalid, "writing.status-parties", "say who agreed, and in which capacity")
	case s.To != Agreed && len(s.Parties) > 0 || len(s.Parties) > mostParties:
		return s, fault.New(fault.Invalid, "writing.status-party", "only what was agreed has parties, at most %d", mostParties)
	}
	return s, short(s.Why)
}

func short(lines ...string) error {
	for _, l := range lines {
		if utf8.RuneCountInString(l) > MaxLine {
			return fault.New(fault.Invalid, "writing.line-long", "a line has more than %d letters", MaxLine).With("Max", MaxLine)
		}
	}
	return nil
}
