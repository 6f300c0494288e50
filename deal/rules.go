package deal

// RuleInfo is a rule of the table as it was applied.
type RuleInfo struct {
	Number  int                 `json:"number"` // its place in the file, from 1
	Kind    string              `json:"kind"`   // "requires", "excludes", "refuses", "not-below" or "together"
	Side    string              `json:"side,omitempty"`
	Because map[string][]string `json:"because"` // the rule as a sentence, by language
	Note    map[string]string   `json:"note"`
}

// Conflict is a minimal set of rules, and of sides that are to have no less than
// their baseline, that no package satisfies together: without any one of them the
// rest can be satisfied.
type Conflict struct {
	Rules   []int               `json:"rules"` // numbers, see RuleInfo
	Sides   []string            `json:"sides"` // whose baseline is part of it; none where no package keeps the rules at all
	Most    Points              `json:"most"`  // by side of these: the most points it can have where all else in the set is satisfied
	Minimal bool                `json:"minimal"`
	Because map[string][]string `json:"because"`
}
