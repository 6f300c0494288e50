package deal

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math/big"
	"slices"

	"parley/engine/pareto"
	"parley/fault"
	"parley/interest"
)

// Question is everything that an answer depends on, as plain data in canonical
// order: sides, interests, issues and options are numbered by content alone, so
// that the same table under other names, or in another order, is the same
// question to the byte. Names are a table of labels beside it, used on output.
type Question struct {
	Engine       string         `json:"engine"`
	Seed         uint64         `json:"seed"`
	Samples      int            `json:"samples"`
	Stakes       Stakes         `json:"stakes"`
	Baseline     Baseline       `json:"baseline"`
	Limit        int64          `json:"limit,omitempty"` // of the search for the frontier; 0: DefaultLimit
	RoleScale    []string       `json:"role_scale"`      // the numbers of none, minor, medium, important, key
	Sides        int            `json:"sides"`
	Entries      []EntryData    `json:"interests"`
	Weights      []WeighingData `json:"weights,omitempty"` // what sides say about their weights beyond tiers
	Issues       []IssueData    `json:"issues"`
	Disagreement []string       `json:"disagreement,omitempty"`
	Cap          []string       `json:"cap,omitempty"` // by side: what a package counts at most; "" for a side without
	Rules        []RuleData     `json:"rules,omitempty"`
	RestingRules int            `json:"resting_rules,omitempty"` // rules without effect: they name what is not on the table, or what never comes together
	LooseActs    int            `json:"loose_acts,omitempty"`    // named acts that fit no free option
	Forced       bool           `json:"forced_order,omitempty"`
	brief        bool           // see Settings
	unstated     [2]string      // the interval of numbers for a part that is not stated
	labels       *labels        // ids and titles by canonical number
	orbits       [][]int        // by issue: the class of each option under the table's own symmetries
	table        *table         // with its numbers in canonical order
	readings     []*reading     // the reading of the stakes that was asked for first, the other one after it; never changed
}

// EntryData is one interest: whose it is, how high it ranks (0 unplaced, 1
// secondary, 2 important, 3 vital) and which part every side can play in it.
type EntryData struct {
	Side  int         `json:"side"`
	Tier  int         `json:"tier"`
	Roles [][2]string `json:"roles"` // by side; the own side's is empty

	Horizon int `json:"horizon,omitempty"` // 0 not stated; see interest.Horizon
}

// IssueData is one issue; its first option is the status quo.
type IssueData struct {
	Relation  string       `json:"relation,omitempty"`
	Written   bool         `json:"written,omitempty"`
	Contested bool         `json:"contested,omitempty"`
	Fullest   int          `json:"fullest"`
	Options   []OptionData `json:"options"`
}

// OptionData is one option of an issue.
type OptionData struct {
	Movers  []int        `json:"movers,omitempty"`
	Actors  []int        `json:"actors,omitempty"`
	Free    bool         `json:"free,omitempty"`
	Act     bool         `json:"act,omitempty"`
	Effects []EffectData `json:"effects,omitempty"`
	Points  []string     `json:"points,omitempty"`
}

// EffectData is what an option does to an interest.
type EffectData struct {
	Entry  int    `json:"interest"`
	Stake  string `json:"stake"`
	Base   string `json:"base"`
	Factor string `json:"factor"`
	Gain   []int  `json:"gain,omitempty"`
	Loss   []int  `json:"loss,omitempty"`
}

// RuleData is a rule of the table. Of packages in which all of When hold it
// demands that at least AtLeast of the literals Of hold ("requires", "excludes",
// "refuses": none of none), or that an interest does not fall below the status
// quo with every role at its less favourable end ("not-below"), or it gives them
// effects or points of their own ("together").
type RuleData struct {
	Kind    string        `json:"kind"`
	Side    *int          `json:"side,omitempty"`
	Entry   *int          `json:"interest,omitempty"`
	When    []LiteralData `json:"when,omitempty"`
	Of      []LiteralData `json:"of,omitempty"`
	AtLeast int           `json:"at_least,omitempty"`
	Effects []EffectData  `json:"effects,omitempty"`
	Points  []string      `json:"points,omitempty"` // by side
}

// LiteralData holds in packages that take one of the options of an issue.
type LiteralData struct {
	Issue   int   `json:"issue"`
	Options []int `json:"options"`
}

// NewQuestion checks an input and freezes it. The input must have passed the
// checks of a dossier.
func NewQuestion(in Input, set Settings) (*Question, error) {
	if err := set.Check(); err != nil {
		return nil, err
	}
	t := newTable(in)
	if len(t.issues) == 0 {
		return nil, fault.New(fault.Invalid, "deal.empty-table",
			"there is nothing to decide: no topic is shared, opposed or complementary, no one-sided one can be helped freely, and no issue is written")
	}
	order := canonicalOrder(t)
	names := newLabels(in, t)
	q := &Question{
		Engine: EngineVersion, Seed: set.Seed, Samples: set.Samples, Stakes: set.Stakes, Baseline: set.Baseline, Limit: set.Limit,
		Sides: len(t.sides), Forced: order.forced, LooseActs: t.looseActs, RestingRules: t.restingRules, brief: set.Brief, table: t.reorder(order), labels: names.reorder(order),
	}
	q.orbits = order.optionOrbits(t)
	if err := q.table.allowWeights(); err != nil {
		return nil, err
	}
	if t.exact {
		q.Samples = 0 // exact values leave nothing to sample
	}
	numbers := UsualRoleNumbers()
	if in.Written != nil && in.Written.Roles.Set {
		numbers = in.Written.Roles
	}
	for r := interest.None; r <= interest.Key; r++ {
		q.RoleScale = append(q.RoleScale, numbers.word(r).RatString())
	}
	q.unstated = [2]string{numbers.UnknownLow.String(), numbers.UnknownHigh.String()}
	q.fill()
	for _, full := range []bool{q.Stakes == Full, q.Stakes != Full} {
		r, err := newReading(q.table, full, q.Baseline)
		if err != nil {
			return nil, err
		}
		q.readings = append(q.readings, r)
	}
	return q, nil
}

// fill writes the canonical table out as plain data.
func (q *Question) fill() {
	t := q.table
	q.Entries, q.Issues = []EntryData{}, []IssueData{}
	for _, e := range t.entries {
		d := EntryData{Side: e.side, Tier: int(e.tier), Horizon: int(e.horizon)}
		for s, r := range e.roles {
			if s == e.side {
				d.Roles = append(d.Roles, [2]string{})
			} else {
				d.Roles = append(d.Roles, [2]string{r.low.RatString(), r.high.RatString()})
			}
		}
		q.Entries = append(q.Entries, d)
	}
	for _, i := range t.issues {
		d := IssueData{Relation: i.relation.String(), Written: i.written, Contested: i.contested, Fullest: i.fullest}
		for _, o := range i.options {
			od := OptionData{Movers: o.movers, Actors: o.actors, Free: o.free, Act: o.act != nil}
			od.Effects, od.Points = effectData(o.effects), inWords(o.points)
			d.Options = append(d.Options, od)
		}
		q.Issues = append(q.Issues, d)
	}
	for k := range t.weighings {
		q.Weights = append(q.Weights, t.weighings[k].data())
	}
	for k := range t.rules {
		q.Rules = append(q.Rules, t.rules[k].data())
	}
	q.Disagreement, q.Cap = inWords(t.disagreement), inWords(t.cap)
}

func effectData(effects []effect) (out []EffectData) {
	for _, e := range effects {
		out = append(out, EffectData{
			Entry: e.entry, Stake: e.stake.RatString(), Base: e.base.RatString(), Factor: e.factor.RatString(), Gain: e.gain, Loss: e.loss,
		})
	}
	return out
}

func inWords(values []*big.Rat) (out []string) {
	for _, v := range values {
		if v == nil {
			out = append(out, "")
			continue
		}
		out = append(out, v.RatString())
	}
	return out
}

func (u *tableRule) data() RuleData {
	literals := func(all []pareto.Literal) (out []LiteralData) {
		for _, l := range all {
			out = append(out, LiteralData{l.Issue, l.Options})
		}
		return out
	}
	d := RuleData{Kind: u.kind, When: literals(u.when), Of: literals(u.of), Effects: effectData(u.effects), Points: inWords(u.points)}
	if u.side >= 0 {
		d.Side = &u.side
	}
	if u.entry >= 0 {
		d.Entry = &u.entry
	}
	if u.kind == kindRequires || u.kind == kindExcludes {
		d.AtLeast = u.atLeast
	}
	return d
}

// Canonical is the question as bytes: equal for equal tables under any names
// and in any order.
func (q *Question) Canonical() []byte {
	b, err := json.Marshal(q)
	if err != nil {
		panic(err) // plain data always marshals
	}
	return b
}

// SHA256 is the fingerprint of the canonical question, in hexadecimal.
func (q *Question) SHA256() string {
	sum := sha256.Sum256(q.Canonical())
	return hex.EncodeToString(sum[:])
}

// Anonymous is the same question with canonical numbers for names, so that its
// answers can be compared across namings.
func (q *Question) Anonymous() *Question {
	a := *q
	a.labels = q.labels.anonymous()
	return &a
}

// roleScale is the numbers of none, minor, medium, important and key.
func (q *Question) roleScale() []*big.Rat {
	out := make([]*big.Rat, len(q.RoleScale))
	for i, v := range q.RoleScale {
		out[i], _ = new(big.Rat).SetString(v)
	}
	return out
}

func (q *Question) packages() *big.Int {
	n := big.NewInt(1)
	for _, i := range q.table.issues {
		n.Mul(n, big.NewInt(int64(len(i.options))))
	}
	return n
}

// reorder is the table with everything renumbered: order.sides[new] is the old
// number of a side, and so on.
func (t *table) reorder(o *order) *table {
	side, entryAt := inverse(o.sides), inverse(o.entries)
	n := &table{exact: t.exact}
	for _, s := range o.sides {
		n.sides = append(n.sides, t.sides[s])
		if t.disagreement != nil {
			n.disagreement = append(n.disagreement, t.disagreement[s])
		}
		if t.cap != nil {
			n.cap = append(n.cap, t.cap[s])
		}
	}
	for _, k := range o.entries {
		e := t.entries[k]
		ne := entry{id: e.id, side: side[e.side], tier: e.tier, horizon: e.horizon}
		for _, s := range o.sides {
			ne.roles = append(ne.roles, e.roles[s])
		}
		n.entries = append(n.entries, ne)
	}
	n.reorderWeighings(t.weighings, side, entryAt)
	for _, k := range o.issues {
		i := t.issues[k]
		ni := i
		ni.options = nil
		for pos, ok := range o.options[k] {
			if ok == i.fullest {
				ni.fullest = pos
			}
			ni.options = append(ni.options, i.options[ok].renumber(o, side, entryAt))
		}
		n.issues = append(n.issues, ni)
	}
	issue, option := inverse(o.issues), make([][]int, len(t.issues))
	for k := range option {
		option[k] = inverse(o.options[k])
	}
	for _, k := range o.rules {
		n.rules = append(n.rules, t.rules[k].renumber(o, issue, option, side, entryAt))
	}
	return n
}

func (o option) renumber(by *order, side, entryAt []int) option {
	n := o
	n.movers, n.actors = renumbered(o.movers, side), renumbered(o.actors, side)
	n.effects, n.points = nil, nil
	for _, e := range o.effects {
		e.entry = entryAt[e.entry]
		e.gain, e.loss = renumbered(e.gain, side), renumbered(e.loss, side)
		n.effects = append(n.effects, e)
	}
	slices.SortStableFunc(n.effects, func(a, b effect) int { return a.entry - b.entry })
	if o.points != nil {
		for _, s := range by.sides {
			n.points = append(n.points, o.points[s])
		}
	}
	return n
}

func renumbered(old, number []int) []int {
	var out []int
	for _, v := range old {
		out = append(out, number[v])
	}
	slices.Sort(out)
	return out
}

func inverse(perm []int) []int {
	out := make([]int, len(perm))
	for i, v := range perm {
		out[v] = i
	}
	return out
}
