package interest

// Tier is how high a side ranks an interest inside its own register. It ranks
// inside that register alone and is no judgement of the matter.
type Tier uint8

const (
	Unplaced Tier = iota
	Secondary
	Important
	Vital
)

// Horizon says whether an interest is long-term or immediate. It never changes
// a weight; it orders.
type Horizon uint8

const (
	HorizonUnstated Horizon = iota
	Long
	Immediate
)

// Role is the part another side can play in an interest.
type Role uint8

const (
	RoleUnknown Role = iota
	None
	Minor
	Medium
	Major // written "important"
	Key
)

// RoleRange is a role or the range of roles that the author allows for. Both
// ends are RoleUnknown where nothing is stated.
type RoleRange struct{ Low, High Role }

// Level is how high a side is believed to rank a matter.
type Level uint8

const (
	LevelUnknown Level = iota
	Low
	Middle // written "medium"
	High
	Top
)

// LevelRange is an interval of levels; both ends are LevelUnknown where nothing
// is stated.
type LevelRange struct{ Low, High Level }

// Effect says whether the counterpart's part helps or hinders. A potential part
// is one it may play and does not play as yet.
type Effect uint8

const (
	EffectUnknown Effect = iota
	Helps
	Hinders
	Potential
)

// Tone is the colouring with which the counterpart is said to see the matter.
type Tone uint8

const (
	ToneUnknown Tone = iota
	Neutral
	Negative
	Positive
)

// Alignment says in which direction the counterpart is said to pull.
type Alignment uint8

const (
	AlignmentUnknown Alignment = iota
	Parallel
	OpposedTo // written "opposed"
	Mixed
)

// Relation says how the interests of a topic stand to each other.
type Relation uint8

const (
	RelationUnstated Relation = iota
	Shared
	Opposed
	Complementary
	OneSided
)

// NamedAs says what a matter that stands in no register was named as.
type NamedAs uint8

const (
	NamedUnstated NamedAs = iota
	AsQuickWin
	AsPrerequisite
	AsSphere
	AsAsk
)

// Words of each scale as files, tables and JSON write them; index by the value.
// The empty word is "not stated".
var (
	TierWords      = []string{"", "secondary", "important", "vital"}
	HorizonWords   = []string{"", "long", "immediate"}
	RoleWords      = []string{"", "none", "minor", "medium", "important", "key"}
	LevelWords     = []string{"", "low", "medium", "high", "top"}
	EffectWords    = []string{"", "helps", "hinders", "potential"}
	ToneWords      = []string{"", "neutral", "negative", "positive"}
	AlignmentWords = []string{"", "parallel", "opposed", "mixed"}
	RelationWords  = []string{"", "shared", "opposed", "complementary", "one-sided"}
	NamedWords     = []string{"", "quick-win", "prerequisite", "sphere", "ask"}
)

func (t Tier) String() string      { return TierWords[t] }
func (h Horizon) String() string   { return HorizonWords[h] }
func (r Role) String() string      { return RoleWords[r] }
func (l Level) String() string     { return LevelWords[l] }
func (e Effect) String() string    { return EffectWords[e] }
func (t Tone) String() string      { return ToneWords[t] }
func (a Alignment) String() string { return AlignmentWords[a] }
func (r Relation) String() string  { return RelationWords[r] }
func (n NamedAs) String() string   { return NamedWords[n] }

// Levels is the interval of levels that a tier stands for when a belief is set
// against it: vital is high to top, important medium to high, secondary low to
// medium. An unplaced interest says nothing, and neither does its range.
func (t Tier) Levels() LevelRange {
	switch t {
	case Vital:
		return LevelRange{High, Top}
	case Important:
		return LevelRange{Middle, High}
	case Secondary:
		return LevelRange{Low, Middle}
	}
	return LevelRange{}
}

// Known reports whether anything is stated.
func (r LevelRange) Known() bool { return r.Low != LevelUnknown }

// Known reports whether anything is stated.
func (r RoleRange) Known() bool { return r.Low != RoleUnknown }

// Disjoint reports whether two stated ranges have no level in common.
func (r LevelRange) Disjoint(o LevelRange) bool {
	return r.Known() && o.Known() && (r.High < o.Low || o.High < r.Low)
}
