package deal

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// Answer is all that was found for one question, with the ids of the dossier.
// It is what `parley deals --format json` prints and what the site stores.
// Nothing in it depends on a clock, on the number of workers or on the machine.
type Answer struct {
	Question          QuestionInfo        `json:"question"`
	Exact             bool                `json:"exact"` // false: values of a side were rounded to fit the search, so nothing below is claimed to hold exactly
	Space             Space               `json:"space"`
	Baseline          Package             `json:"baseline_package"`
	Frontier          []Point             `json:"frontier"`
	FrontierComplete  bool                `json:"frontier_complete"` // false: the search was ended at its limit, or there are too many points to list
	Solutions         Solutions           `json:"solutions"`
	Opposition        *Decimal            `json:"opposition"`            // distance from the ideal point, 0 = none; null where no side can gain, or not all can have the baseline
	Integrative       *Decimal            `json:"integrative_potential"` // 0 = pure division
	QuickWins         []QuickWin          `json:"quick_wins"`
	SameDirection     []Choice            `json:"same_direction"` // free for everyone, but nobody has named an act
	Swaps             []Swap              `json:"swaps"`
	Deals             []Deal              `json:"deals"`
	Undecided         []string            `json:"undecided"`     // topics
	UndecidedWhy      map[string]string   `json:"undecided_why"` // topic to "vital-to-both" or "no-option-prevails"
	Choices           []ChoiceShare       `json:"choices"`       // every option of every issue
	Issues            []IssueInfo         `json:"issues"`
	Rules             []RuleInfo          `json:"rules"`                  // of the table, in the order of the file
	Conflict          *Conflict           `json:"conflict,omitempty"`     // where no package satisfies every rule, or none leaves every side at least at its baseline
	FrontierGap       Points              `json:"frontier_gap,omitempty"` // where the search was ended: no package gives a side more than this beyond the nearest point listed, proved
	Cover             *Cover              `json:"cover,omitempty"`        // where the points listed stand for a frontier too long to compute
	Representatives   []Representative    `json:"representatives"`        // a few points that stand for the whole frontier
	Strength          *Strength           `json:"strength,omitempty"`     // what the packages rest on; nil in a brief answer
	Roadmaps          []Roadmap           `json:"roadmaps"`               // steps to the packages; none in a brief answer
	Formats           *Formats            `json:"formats,omitempty"`      // what each group of sides can do; nil in a brief answer
	ChangesWithStakes []StakesChange      `json:"changes_with_stakes"`
	Warnings          []string            `json:"warnings"`
	WarningText       map[string][]string `json:"warning_text"`         // the warnings as sentences, by language
	Superseded        bool                `json:"superseded,omitempty"` // words were removed from it at their author's request; set by whoever removed them
}

// QuestionInfo says what exactly was asked.
type QuestionInfo struct {
	SHA256   string            `json:"sha256"` // of the canonical question: the same under any renaming or reordering
	Engine   string            `json:"engine"`
	Seed     uint64            `json:"seed"`
	Samples  int               `json:"samples"`
	Stakes   string            `json:"stakes"`            // "split" or "full"
	Baseline string            `json:"baseline"`          // "free", "status-quo" or "disagreement"
	Scale    map[string]string `json:"scale"`             // by side: the points that a full gain on every interest would make
	Roles    map[string]string `json:"roles"`             // the number of each word of the role scale, and under "unknown" the interval of a part that is not stated
	Assumed  []string          `json:"assumed,omitempty"` // what was supposed against the file; set by whoever supposed it
}

// Space is the size of what was searched.
type Space struct {
	Issues   int    `json:"issues"`
	Packages string `json:"packages"` // an exact integer
}

// Package is one option for every issue, and what it gives each side.
type Package struct {
	Choices map[string]string `json:"choices"`
	Points  Points            `json:"points"`
}

// Points are points by side. In JSON a number beyond 2^53 is a string, because
// many readers of JSON would round it.
type Points map[string]int64

const mostExactInJSON = 1 << 53

func (p Points) MarshalJSON() ([]byte, error) {
	if p == nil {
		return []byte("null"), nil
	}
	out := []byte{'{'}
	for i, side := range slices.Sorted(maps.Keys(p)) {
		if i > 0 {
			out = append(out, ',')
		}
		key, err := json.Marshal(side)
		if err != nil {
			return nil, err
		}
		out = append(append(out, key...), ':')
		out = appendAmount(out, p[side])
	}
	return append(out, '}'), nil
}

func appendAmount(out []byte, v int64) []byte {
	if v > mostExactInJSON || v < -mostExactInJSON {
		return append(strconv.AppendInt(append(out, '"'), v, 10), '"')
	}
	return strconv.AppendInt(out, v, 10)
}

func readAmount(words []byte) (int64, error) {
	return strconv.ParseInt(strings.Trim(string(words), `"`), 10, 64)
}

func (p *Points) UnmarshalJSON(b []byte) error {
	var read map[string]json.RawMessage
	if err := json.Unmarshal(b, &read); err != nil {
		return err
	}
	*p = nil
	if read != nil {
		*p = Points{}
	}
	for side, words := range read {
		v, err := readAmount(words)
		if err != nil {
			return fmt.Errorf("the points of %s are %s, which is no whole number", side, words)
		}
		(*p)[side] = v
	}
	return nil
}

// Amount is a number of points of one side, in JSON as in Points.
type Amount int64

func (a Amount) MarshalJSON() ([]byte, error) { return appendAmount(nil, int64(a)), nil }

func (a *Amount) UnmarshalJSON(b []byte) error {
	v, err := readAmount(b)
	if err != nil {
		return fmt.Errorf("%s is no whole number of points", b)
	}
	*a = Amount(v)
	return nil
}

// Amounts are numbers of points of one side, step by step, in JSON as in Points.
type Amounts []int64

func (l Amounts) MarshalJSON() ([]byte, error) {
	if l == nil {
		return []byte("null"), nil
	}
	out := []byte{'['}
	for i, v := range l {
		if i > 0 {
			out = append(out, ',')
		}
		out = appendAmount(out, v)
	}
	return append(out, ']'), nil
}

func (l *Amounts) UnmarshalJSON(b []byte) error {
	var read []Amount
	if err := json.Unmarshal(b, &read); err != nil {
		return err
	}
	*l = nil
	for _, v := range read {
		*l = append(*l, int64(v))
	}
	return nil
}

// Point is one distinct vector of points on the Pareto frontier, with a package
// that reaches it and the number of packages that do.
type Point struct {
	Choices map[string]string `json:"choices"`
	Points  Points            `json:"points"`
	Count   Count             `json:"count"`
}

// Solutions are fair picks among the points of the frontier, each a set of
// indices into Answer.Frontier. Each is empty where no package leaves every
// side at least at its baseline.
type Solutions struct {
	Nash             []int `json:"nash"`
	KalaiSmorodinsky []int `json:"kalai_smorodinsky"`
	Leximin          []int `json:"leximin"`
	Utilitarian      []int `json:"utilitarian"`
}

// Choice is one option of one issue.
type Choice struct {
	Topic  string `json:"topic"`
	Option string `json:"option"`
}

// QuickWin is a named act that costs no vital or important interest of anyone.
type QuickWin struct {
	Topic   string              `json:"topic"`
	Option  string              `json:"option"`
	Act     map[string]string   `json:"act"` // its title, by language
	Actors  []string            `json:"actors"`
	Proof   []SideProof         `json:"proof"`
	Because map[string][]string `json:"because"`
}

// Move is an option by which a side gives something up.
type Move struct {
	Topic  string `json:"topic"`
	Option string `json:"option"`
	Side   string `json:"side"`
}

// Swap is a smallest set of moves that serves every side that takes part under
// every admissible weighting and the least favourable roles.
type Swap struct {
	Moves         []Move              `json:"moves"`
	Proof         []SideProof         `json:"proof"`
	FlipsIf       []Flip              `json:"flips_if"` // smallest change first
	NotAtTheTable []map[string]string `json:"not_at_the_table"`
	Because       map[string][]string `json:"because"`
	OneInterest   []string            `json:"counted_once"` // interests that several of its topics touch
}

// SideProof shows why a side cannot lose: the sums of its changes down its own
// ranking, losses of a tier first. All of them at or above zero means no
// admissible weighting makes it worse off; one above zero means it gains.
type SideProof struct {
	Side  string      `json:"side"`
	Steps []ProofStep `json:"steps"`

	Covers     []ProofCover `json:"covers,omitempty"`     // where the side says more about its weights than tiers:
	Statements []ProofUse   `json:"statements,omitempty"` // these prove it, and steps have no sums
}

// ProofStep is one interest's change and the sum down to it.
type ProofStep struct {
	Interest string `json:"interest"`
	Tier     string `json:"tier"`
	Change   string `json:"change"` // a fraction
	Sum      string `json:"sum"`    // a fraction; "" where covers and statements are the proof
}

// Flip is a change of one judgement that would break a swap.
type Flip struct {
	Kind     string `json:"kind"` // "tier" or "role"
	Interest string `json:"interest"`
	Side     string `json:"side,omitempty"` // of a role: whose part
	From     string `json:"from"`
	To       string `json:"to"`
	Steps    int    `json:"steps"` // how many steps of its scale
}

// Deal is a package around a core that most fair picks have in common.
type Deal struct {
	Core           map[string]string   `json:"core"`
	Choices        map[string]string   `json:"choices"`
	Points         Points              `json:"points"`
	Acceptable     map[string]Share    `json:"acceptable"` // by side, and "all"
	Efficient      Share               `json:"efficient"`
	Nash           Share               `json:"nash"`
	CoreShare      Share               `json:"core_share"`      // weightings whose Nash package contains the core
	CoreAcceptable map[string]Share    `json:"core_acceptable"` // the core alone, all else as in the baseline; unknown where that breaks a rule
	CoreEfficient  Share               `json:"core_efficient"`
	Because        map[string][]string `json:"because"`
	NotAtTheTable  []map[string]string `json:"not_at_the_table"`
}

// ChoiceShare is the share of weightings whose Nash package takes an option.
type ChoiceShare struct {
	Topic     string `json:"topic"`
	Option    string `json:"option"`
	NashShare Share  `json:"nash_share"`
}

// IssueInfo describes an issue of the table to whoever shows the answer.
type IssueInfo struct {
	Topic    string       `json:"topic"`
	Relation string       `json:"relation"`
	Written  bool         `json:"written"`
	Options  []OptionInfo `json:"options"`
}

// OptionInfo describes an option: who gives something up, who takes part, and
// whether it is free for everyone.
type OptionInfo struct {
	Option   string            `json:"option"`
	Title    map[string]string `json:"title"`
	Movers   []string          `json:"movers"`
	Actors   []string          `json:"actors"`
	Free     bool              `json:"free"`
	Baseline bool              `json:"baseline"`
	Points   Points            `json:"points"` // what it gives each side under the central weights
}

// StakesChange is a conclusion that holds under one reading of the stakes and
// not under the other.
type StakesChange struct {
	Kind   string `json:"kind"`   // "swap", "quick-win", "core" or "undecided"
	Stakes string `json:"stakes"` // the reading under which it holds: "split" or "full"
	Topic  string `json:"topic,omitempty"`
	Option string `json:"option,omitempty"`
	Moves  []Move `json:"moves,omitempty"`
}

// Share is a share of the sampled weightings: Num of Den. Den 0 means that
// nothing was sampled, null in JSON. A share is never a chance.
type Share struct{ Num, Den int64 }

const shareDigits = 1_000_000

// Known reports whether there is a share at all.
func (s Share) Known() bool { return s.Den > 0 }

// AtLeast reports whether the share is known and num/den or more.
func (s Share) AtLeast(num, den int64) bool { return s.Known() && s.Num*den >= num*s.Den }

// Strength is the share as a word of a scale, which people read in place of a
// figure: "none", "few", "half", "most", "nearly-every" and "every", or "" where
// the share is not known.
func (s Share) Strength() string {
	switch {
	case !s.Known():
		return ""
	case s.Num == 0:
		return "none"
	case s.Num == s.Den:
		return "every"
	case s.AtLeast(9, 10):
		return "nearly-every"
	case s.AtLeast(6, 10):
		return "most"
	case s.AtLeast(4, 10):
		return "half"
	}
	return "few"
}

// Float is for drawing alone; compare with AtLeast.
func (s Share) Float() float64 {
	if !s.Known() {
		return 0
	}
	return float64(s.Num) / float64(s.Den)
}

// MarshalJSON writes a number with up to six decimals, rounded half up, or null.
func (s Share) MarshalJSON() ([]byte, error) {
	if !s.Known() {
		return []byte("null"), nil
	}
	v := (2*s.Num*shareDigits + s.Den) / (2 * s.Den)
	out := fmt.Sprintf("%d.%06d", v/shareDigits, v%shareDigits)
	for out[len(out)-1] == '0' {
		out = out[:len(out)-1]
	}
	if out[len(out)-1] == '.' {
		out = out[:len(out)-1]
	}
	return []byte(out), nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (s *Share) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*s = Share{}
		return nil
	}
	r, ok := new(big.Rat).SetString(string(b))
	if !ok {
		return fmt.Errorf("share %s is not a number", b)
	}
	r.Mul(r, big.NewRat(shareDigits, 1))
	if !r.IsInt() || !r.Num().IsInt64() {
		return fmt.Errorf("share %s has more than six decimals", b)
	}
	*s = Share{r.Num().Int64(), shareDigits}
	return nil
}

// Count is an exact number of packages: a JSON number, or a string beyond 2^53.
type Count struct{ N *big.Int }

func (c Count) MarshalJSON() ([]byte, error) {
	if c.N == nil {
		return []byte("null"), nil
	}
	if c.N.BitLen() <= 53 {
		return []byte(c.N.String()), nil
	}
	return json.Marshal(c.N.String())
}

func (c *Count) UnmarshalJSON(b []byte) error {
	s := string(b)
	if s == "null" {
		*c = Count{}
		return nil
	}
	if s[0] == '"' {
		var err error
		if s, err = strconv.Unquote(s); err != nil {
			return err
		}
	}
	n, ok := new(big.Int).SetString(s, 10)
	if !ok {
		return fmt.Errorf("count %s is not an integer", b)
	}
	c.N = n
	return nil
}

// Decimal is a number rounded to four decimals by integer arithmetic.
type Decimal struct{ TenThousandths int64 }

func (d Decimal) String() string {
	sign, v := "", d.TenThousandths
	if v < 0 {
		sign, v = "-", -v
	}
	return fmt.Sprintf("%s%d.%04d", sign, v/10_000, v%10_000)
}

func (d Decimal) MarshalJSON() ([]byte, error) { return []byte(d.String()), nil }

func (d *Decimal) UnmarshalJSON(b []byte) error {
	r, ok := new(big.Rat).SetString(string(b))
	if !ok {
		return fmt.Errorf("%s is not a number", b)
	}
	r.Mul(r, big.NewRat(10_000, 1))
	if !r.IsInt() || !r.Num().IsInt64() {
		return fmt.Errorf("%s has more than four decimals", b)
	}
	d.TenThousandths = r.Num().Int64()
	return nil
}
