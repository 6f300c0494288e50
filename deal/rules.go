package deal

// RuleInfo is a rule of the table as it was applied.
type RuleInfo struct {
	Number  int                 `json:"number"` // its place in the file, from 1
	Kind    string              `json:"kind"`   // "requires", "excludes", "refuses", "not-below" or "together"
	Side    string              `json:"side,omitempty"`
	Because map[string][]string `json:"because"` // the rule as a sentence, by language
	Note    map[string]string   `json:"note"`
}

// Conflict is a minimal set of rules that no package satisfies together:
// dropping any one of them leaves the others satisfiable.
type Conflict struct {
	Rules   []int               `json:"rules"` // numbers, see RuleInfo
	Minimal bool                `json:"minimal"`
	Because map[string][]string `json:"because"`
}
