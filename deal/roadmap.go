package deal

import (
	"context"
	"math/big"
	"slices"
	"strings"

	"parley/fault"
)

// Roadmap orders the moves of a package into steps. Points are those of the
// central weights, as everywhere in an answer.
type Roadmap struct {
	Of     string `json:"of"`     // "deal" or "swap": which list of the answer
	Number int    `json:"number"` // its place there, from 1

	// State says what holds for every step: "certain", no side is worse off after
	// it than before, under every admissible weighting and the least favourable
	// roles; "central", the same under the central weights (or the stated
	// points); "bounded", no side is further below its start than its bound;
	// "none", no order reaches the package so; "too-many", the package has more
	// moves than are ordered.
	State string        `json:"state"`
	Exact bool          `json:"exact"`           // no order has smaller steps, it is proved; false: the search was ended
	Bound Points        `json:"bound,omitempty"` // by side, in points: how far it may fall below its start, where somebody said so
	Free  []Choice      `json:"free"`            // what nobody pays for: first, in any order
	Start Points        `json:"start"`           // points before the first step, with what is free
	Steps []RoadmapStep `json:"steps"`

	OneByOne *OneByOne           `json:"one_by_one,omitempty"` // where moves have to be made together, or no order serves: what single moves would ask of the sides
	Promises []Promise           `json:"promises"`             // what could make promises hard to keep: only for a mediator and the side itself, see For
	Because  map[string][]string `json:"because"`
}

// RoadmapStep is what is done at one time.
type RoadmapStep struct {
	Moves        []RoadmapMove `json:"moves"`
	Simultaneous bool          `json:"simultaneous"` // more than one move: they hold only together
	Horizon      string        `json:"horizon"`      // of the interests it serves: "immediate", "long", or "" where that is not stated
	Certain      bool          `json:"certain"`      // no side is worse off by it, under every admissible weighting and the least favourable roles
	Gain         Points        `json:"gain"`         // points that the step brings each side
	Points       Points        `json:"points"`       // points of each side after it
	Below        Points        `json:"below_start"`  // exposure: how far each side is below the start after it
}

// RoadmapMove is one option that is taken up.
type RoadmapMove struct {
	Topic  string   `json:"topic"`
	Option string   `json:"option"`
	Sides  []string `json:"sides"` // who gives something up by it
}

// OneByOne is the least exposed order of single moves: the narrowest place of
// the way, and the smallest bridge across it.
type OneByOne struct {
	Steps   [][]Choice `json:"steps"` // one move each, unless rules tie some together
	Side    string     `json:"side"`  // the most exposed; "" where nobody ever is
	After   int        `json:"after"` // the step after which it is, from 1
	Short   Amount     `json:"short"` // how many points it is then below its start
	AtLeast Amount     `json:"at_least"`
	Exact   bool       `json:"exact"`  // no order of single moves leaves its most exposed side less exposed; false: only at_least is proved
	Bridge  Points     `json:"bridge"` // by side, in points: bounds under which this order holds
}

// Promise is what could make it hard for one side to keep to the roadmap.
type Promise struct {
	Side       string  `json:"side"`
	Received   Amounts `json:"received"`   // by step: points that the step gives it
	Paid       Amounts `json:"paid"`       // by step: points that the step costs it
	Temptation Amounts `json:"temptation"` // by step: what it would gain by leaving out its own part, having received so far what it has not yet paid for
	Held       []bool  `json:"held"`       // by step: whether the later steps are worth that, for a side that counts them in full; where not, the step rests on being taken by all at the same moment, or on a guarantee
	Patience   Decimal `json:"patience"`   // the smallest weight of the next step against the present one at which all steps are held that can be; a power of it counts for later steps
	Lasting    bool    `json:"lasting"`    // any larger weight serves as well
}

// For is the roadmap as somebody may see it: what could make a promise hard to
// keep is told to a mediator and to the side itself alone. Side is "" for whoever
// belongs to none.
func (r Roadmap) For(side string, mediator bool) Roadmap {
	if mediator {
		return r
	}
	mine := []Promise{}
	for _, p := range r.Promises {
		if p.Side == side {
			mine = append(mine, p)
		}
	}
	r.Promises = mine
	return r
}

// For is the answer as somebody may see it, see Roadmap.For. The answer itself
// stays as it is.
func (a *Answer) For(side string, mediator bool) *Answer {
	if a == nil || mediator {
		return a
	}
	out := *a
	out.Roadmaps = make([]Roadmap, len(a.Roadmaps))
	for i, r := range a.Roadmaps {
		out.Roadmaps[i] = r.For(side, mediator)
	}
	out.Formats = a.Formats.For(side, mediator)
	return &out
}

// Simultaneous counts the steps in which several moves are made at once.
func (r Roadmap) Simultaneous() int {
	n := 0
	for _, s := range r.Steps {
		if s.Simultaneous {
			n++
		}
	}
	return n
}

// Exposure is how far below its start a side would go for a while: hundredths of
// all that its register names, or points of a table that states points.
type Exposure struct {
	Side string
	Most *big.Rat
}

// ParseExposure reads SIDE=NUMBER.
func ParseExposure(text string) (Exposure, error) {
	side, number, ok := strings.Cut(strings.TrimSpace(text), "=")
	most, isNumber := new(big.Rat).SetString(strings.TrimSuffix(number, "%"))
	if !ok || side == "" || !isNumber || len(number) > 12 || strings.ContainsAny(number, "eEpP/") || most.Sign() < 0 {
		return Exposure{}, fault.New(fault.Invalid, "roadmap.exposure", "%q is not SIDE=NUMBER, with a number that is not negative", text).With("Got", text)
	}
	return Exposure{side, most}, nil
}

// Roadmaps orders the packages of an answer to this question anew, with bounds on
// how far sides would go below their start; sides that are not named would not go
// below it at all. Without bounds it is what Search gives.
func (q *Question) Roadmaps(ctx context.Context, a *Answer, bounds []Exposure) ([]Roadmap, error) {
	return q.bounded(ctx, a, bounds, everyRoadmap)
}

// Roadmap is Roadmaps for one package or swap; nil where the answer has no
// roadmap of it.
func (q *Question) Roadmap(ctx context.Context, a *Answer, of string, number int, bounds []Exposure) (*Roadmap, error) {
	list, err := q.bounded(ctx, a, bounds, func(o string, n int) bool { return o == of && n == number })
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

func (q *Question) bounded(ctx context.Context, a *Answer, bounds []Exposure, wanted func(string, int) bool) ([]Roadmap, error) {
	for _, b := range bounds {
		if !slices.ContainsFunc(q.labels.sides, func(l label) bool { return l.id == b.Side }) {
			return nil, fault.New(fault.Invalid, "roadmap.side", "there is no side %q", b.Side).With("Side", b.Side)
		}
	}
	return newSearch(q, Run{}).roadmaps(ctx, a, bounds, wanted)
}

func everyRoadmap(string, int) bool { return true }

func (s *search) addRoadmaps(ctx context.Context, a *Answer) (err error) {
	a.Roadmaps, err = s.roadmaps(ctx, a, nil, everyRoadmap)
	return err
}

// Words is the key of the catalogue's sentence about what patience the promise
// asks for; it takes Hundredths.
func (p Promise) Words() string {
	all, tempted := true, false
	for n, held := range p.Held {
		all, tempted = all && held, tempted || p.Temptation[n] > 0
	}
	switch {
	case all && !tempted && p.Patience.TenThousandths == 0:
		return "roadmap.patience.free"
	case all:
		return "roadmap.patience"
	case p.Patience.TenThousandths == 0:
		return "roadmap.patience.none"
	}
	return "roadmap.patience.some"
}

// Hundredths is the patience in hundredths, rounded up.
func (p Promise) Hundredths() int64 { return (p.Patience.TenThousandths + 99) / 100 }
