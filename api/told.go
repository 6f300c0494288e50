package api

import (
	"context"
	"maps"
	"slices"
	"time"

	"parley/dialogue"
	"parley/opinion"
)

// told is everything that is told about a statement, the same for everybody. It
// is a snapshot that the store keeps; nothing is counted here.
type told struct {
	Groups []figures `json:"groups" doc:"Sides in the order of their ids, then several, none, newcomer; only those that may be told"`
	Gaps   []gap     `json:"gaps" doc:"Only those that may be told"`
	Ground float64   `json:"ground" minimum:"0" maximum:"1" doc:"Common ground: the least lower 90 % bound of agreement over the sides"`
	On     string    `json:"on" format:"date" example:"2026-03-02" doc:"The day on which it was told, never the minute"`
}

// figures are the answers of one group.
type figures struct {
	Group    string  `json:"group" example:"KE" doc:"A side; or several, none, or newcomer: whom nobody vouches for yet"`
	N        int     `json:"n" minimum:"10" doc:"How many answered"`
	Agree    int     `json:"agree"`
	Disagree int     `json:"disagree"`
	Passed   int     `json:"passed"`
	Matters  *int    `json:"matters,omitempty" doc:"To how many it matters a lot; absent where those, or the others, are fewer than five"`
	Low      float64 `json:"low" minimum:"0" maximum:"1" doc:"Of the 90 % Jeffreys interval of the share that agrees"`
	High     float64 `json:"high" minimum:"0" maximum:"1"`
}

// gap is how one side's picture of another differs from what the other says here.
type gap struct {
	Of       dialogue.SideID `json:"of" doc:"Who expects"`
	About    dialogue.SideID `json:"about" doc:"Who says"`
	N        int             `json:"n" minimum:"10" doc:"How many of them said what they expect"`
	Expected float64         `json:"expected" doc:"The mean, of ten"`
	Middle   float64         `json:"middle" doc:"The median, of ten"`
	Said     float64         `json:"said" doc:"Of ten of the other side who agree"`
	Diff     float64         `json:"diff" doc:"Expected less said"`
	Low      float64         `json:"low" doc:"Of the 90 % interval of the difference"`
	High     float64         `json:"high"`
}

func toldOf(t *opinion.Told) *told {
	if t == nil {
		return nil
	}
	out := &told{Groups: figuresOf(t.Groups), Ground: t.Ground, On: t.At.UTC().Format(time.DateOnly)}
	for _, g := range t.Gaps {
		out.Gaps = append(out.Gaps, gap(g))
	}
	return out
}

func figuresOf(list []opinion.Figures) []figures {
	var out []figures
	for _, f := range list {
		one := figures{string(f.Group), f.N, f.Agree, f.Disagree, f.Passed, nil, f.Low, f.High}
		if f.Matters >= 0 {
			one.Matters = &f.Matters
		}
		out = append(out, one)
	}
	return out
}

// knowing is how well the sides of a dialogue know each other.
type knowing struct {
	Pairs      []pair `json:"pairs"`
	Statements int    `json:"statements" doc:"About which something may be told"`
}

// pair is one side's picture of another over all statements.
type pair struct {
	Of    dialogue.SideID `json:"of" doc:"Whose picture"`
	About dialogue.SideID `json:"about" doc:"Of whom"`
	Gaps  []statementGap  `json:"gaps" doc:"The widest first"`
	Mean  float64         `json:"mean" doc:"Of the sizes of the gaps, of ten"`
	Low   float64         `json:"low" doc:"Of its 90 % interval"`
	High  float64         `json:"high"`
	Worse int             `json:"worse" doc:"On how many statements the other was expected to be further away than it is, beyond chance"`
	Right int             `json:"right" doc:"On how many the interval holds 0"`
}

type statementGap struct {
	Statement Contribution `json:"statement"`
	Gap       gap          `json:"gap"`
}

func (s *server) getKnowing(ctx context.Context, v *visit, _ *InDialogue) (*outBody[knowing], error) {
	k, err := s.Store.Knowing(ctx, v.Person, v.dialogue())
	if err != nil {
		return nil, err
	}
	out, r := knowing{Statements: k.Statements}, v.reader()
	for _, p := range k.Pairs {
		one := pair{Of: p.Of, About: p.About, Mean: p.Mean, Low: p.Low, High: p.High, Worse: p.Worse, Right: p.Right}
		for _, g := range p.Gaps {
			one.Gaps = append(one.Gaps, statementGap{r.contribution(g.Statement), gap(g.Gap)})
		}
		out.Pairs = append(out.Pairs, one)
	}
	return &outBody[knowing]{out}, nil
}

// optionSupport is what members here say about one option of the table.
type optionSupport struct {
	Option     string    `json:"option" example:"T-01/share"`
	Statements []support `json:"statements"`
}

type support struct {
	Statement Contribution `json:"statement"`
	Told      bool         `json:"told"`
	Groups    []figures    `json:"groups" doc:"Of the sides that may be told"`
}

type supports struct {
	Options []optionSupport `json:"options"`
}

func (s *server) getSupport(ctx context.Context, v *visit, _ *InDialogue) (*outBody[supports], error) {
	all, err := s.Store.Support(ctx, v.Person, v.dialogue())
	if err != nil {
		return nil, err
	}
	var out supports
	r := v.reader()
	for _, option := range slices.Sorted(maps.Keys(all)) {
		one := optionSupport{Option: option}
		for _, sup := range all[option] {
			one.Statements = append(one.Statements, support{r.contribution(sup.Statement), sup.Told, figuresOf(sup.Figures)})
		}
		out.Options = append(out.Options, one)
	}
	return &outBody[supports]{out}, nil
}
