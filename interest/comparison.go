package interest

// Comparison lays the registers of a dialogue side by side. It is what
// `parley compare --format json` prints.
type Comparison struct {
	Sides          []string         `json:"sides"`
	Registers      []RegisterCount  `json:"registers"`
	Topics         []TopicRow       `json:"topics"`
	Perception     []Belief         `json:"perception"`
	BetweenAuthors []Belief         `json:"between_authors"` // beliefs of one outside author beside a register by another; no side speaks for itself
	Contradictions []Contradiction  `json:"contradictions"`  // an entry's own alignment against the relation of its topic
	Unmatched      []string         `json:"unmatched"`       // interests in no topic
	Unregistered   []Unregistered   `json:"unregistered"`    // matters in no register
	Asks           []Ask            `json:"asks"`
	Part           []CounterpartRow `json:"part"` // the part each counterpart can play
	Warnings       []string         `json:"warnings"`
	Assumed        []string         `json:"assumed,omitempty"` // what was supposed against the file; set by whoever supposed it
}

// RegisterCount says whose register it is and how many interests it ranks.
type RegisterCount struct {
	Subject  string         `json:"subject"`
	Author   string         `json:"author"` // a side's id, or a name
	Declared bool           `json:"declared"`
	Counts   map[string]int `json:"counts"` // vital, important, secondary, unplaced
	Used     bool           `json:"used"`   // false: another register about the same side counts, this one only holds beliefs
}

// TopicRow is one topic of the comparison.
type TopicRow struct {
	ID           string            `json:"id"`
	Relation     string            `json:"relation"`
	Interests    []string          `json:"interests"`
	Holders      []string          `json:"holders"`
	Tiers        map[string]string `json:"tiers"`         // side to its highest tier here, or "unplaced"
	WeightierFor string            `json:"weightier_for"` // a side, "equal" or "unknown"
	Affects      []string          `json:"affects"`
}

// Belief is what one author believes about a side, beside what that side's
// register says, where the two have no level in common.
type Belief struct {
	Topic      string    `json:"topic"`
	Interest   string    `json:"interest"`    // in the register of the side the belief is about
	BelievedIn string    `json:"believed_in"` // the entry that carries the belief
	BelievedBy string    `json:"believed_by"` // the author of that entry's register
	About      string    `json:"about"`
	Believed   [2]string `json:"believed"` // lowest and highest level
	OwnTier    string    `json:"own_tier"`
	Basis      string    `json:"basis"` // "between-sides", "within-one-source"; "between-authors" in its own list
}

// Contradiction is an entry that says a counterpart pulls one way in a topic
// whose relation says another.
type Contradiction struct {
	Topic     string `json:"topic"`
	Interest  string `json:"interest"`
	Side      string `json:"side"`
	Alignment string `json:"alignment"`
	Relation  string `json:"relation"`
}

// Unregistered is a matter that stands in no register.
type Unregistered struct {
	ID string `json:"id"`
	As string `json:"as"`
	By string `json:"by"`
}

// Ask is a one-sided interest that asks something of another side, whose cost
// to that side nobody has stated.
type Ask struct {
	Of       string `json:"of"`
	Interest string `json:"interest"`
	Topic    string `json:"topic"`
}

// CounterpartRow is the part a side can play in another side's interest.
type CounterpartRow struct {
	Interest  string    `json:"interest"`
	Side      string    `json:"side"`
	Role      [2]string `json:"role"` // lowest and highest; empty where not stated
	Effect    string    `json:"effect"`
	Alignment string    `json:"alignment"`
}
