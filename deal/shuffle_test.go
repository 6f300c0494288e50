package deal_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"parley/deal"
	"parley/dialogue"
	"parley/i18n"
	"parley/interest"
)

// shuffler renames and reorders everything in an input and remembers how.
type shuffler struct {
	r      *rand.Rand
	side   map[dialogue.SideID]dialogue.SideID
	in     map[interest.ID]interest.ID
	topic  map[interest.TopicID]interest.TopicID
	option map[string]string // of written issues
}

func newShuffler(seed uint64) *shuffler {
	return &shuffler{
		r: rand.New(rand.NewPCG(seed, 1)), side: map[dialogue.SideID]dialogue.SideID{}, in: map[interest.ID]interest.ID{},
		topic: map[interest.TopicID]interest.TopicID{}, option: map[string]string{},
	}
}

func (s *shuffler) name(prefix string) string { return fmt.Sprintf("%s%08x", prefix, s.r.Uint32()) }

func (s *shuffler) text() i18n.Text { return i18n.Text{"en": s.name("w"), "ru": s.name("с")} }

func shuffled[T any](r *rand.Rand, list []T) []T {
	out := append([]T(nil), list...)
	r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// apply returns the renamed and reordered copy of an input.
func (s *shuffler) apply(in deal.Input) deal.Input {
	var out deal.Input
	for _, side := range in.Sides {
		s.side[side.ID] = dialogue.SideID(s.name("S"))
	}
	for _, r := range in.Registers {
		for _, i := range r.Interests {
			s.in[i.ID] = interest.ID(s.name("I"))
		}
	}
	for _, t := range in.Topics {
		s.topic[t.ID] = interest.TopicID(s.name("T"))
	}
	for _, side := range shuffled(s.r, in.Sides) {
		out.Sides = append(out.Sides, dialogue.Side{ID: s.side[side.ID], Name: s.text()})
	}
	for _, r := range shuffled(s.r, in.Registers) {
		n := interest.Register{Subject: s.side[r.Subject], Author: s.author(r.Author), Date: r.Date}
		for _, i := range shuffled(s.r, r.Interests) {
			n.Interests = append(n.Interests, s.interest(i))
		}
		for _, w := range shuffled(s.r, r.Weights) {
			n.Weights = append(n.Weights, s.weighing(w))
		}
		out.Registers = append(out.Registers, n)
	}
	for _, t := range shuffled(s.r, in.Topics) {
		out.Topics = append(out.Topics, s.oneTopic(t))
	}
	if in.Written != nil {
		out.Written = s.written(*in.Written)
		out.Written.Rules = s.rules(in)
	}
	return out
}

// rules renames and reorders the rules. Several options of an issue are written
// one by one, because an interval follows the order of the file.
func (s *shuffler) rules(in deal.Input) []deal.Rule {
	ids := deal.OptionIDs(in)
	one := func(r deal.OptionRef) deal.OptionRef {
		if r == (deal.OptionRef{}) {
			return r
		}
		var names []string
		at, _, ok := r.Among(ids[r.Topic])
		if !ok {
			return deal.OptionRef{Topic: interest.TopicID(s.name("T")), Option: s.name("O")} // of a topic that rests
		}
		for _, k := range at {
			names = append(names, s.optionName(r.Topic, ids[r.Topic][k]))
		}
		return deal.OptionRef{Topic: s.topic[r.Topic], Option: strings.Join(shuffled(s.r, names), "|")}
	}
	several := func(refs []deal.OptionRef) []deal.OptionRef {
		var out []deal.OptionRef
		for _, r := range shuffled(s.r, refs) {
			out = append(out, one(r))
		}
		return out
	}
	var out []deal.Rule
	for _, u := range shuffled(s.r, in.Written.Rules) {
		n := deal.Rule{
			Option: one(u.Option), Requires: several(u.Requires), AtLeast: u.AtLeast, Excludes: several(u.Excludes),
			Side: s.side[u.Side], Refuses: one(u.Refuses), NotBelow: s.in[u.NotBelow], When: several(u.When),
			Together: several(u.Together), Points: s.points(u.Points), Note: s.text(),
		}
		for _, e := range shuffled(s.r, u.Effects) {
			n.Effects = append(n.Effects, deal.WrittenEffect{Interest: s.in[e.Interest], Value: e.Value})
		}
		out = append(out, n)
	}
	return out
}

// optionName is the new id of an option: ids of derived options hold names of
// sides, sorted.
func (s *shuffler) optionName(t interest.TopicID, id string) string {
	if name, written := s.option[string(t)+"/"+id]; written {
		return name
	}
	for _, does := range []string{"-yields-half", "-yields", "-helps", "-together"} {
		if names, found := strings.CutSuffix(id, does); found {
			var sides []string
			for _, side := range strings.Split(names, "+") {
				sides = append(sides, string(s.side[dialogue.SideID(side)]))
			}
			slices.Sort(sides)
			return strings.Join(sides, "+") + does
		}
	}
	return id
}

func (s *shuffler) author(a interest.Author) interest.Author {
	if a.Side != "" {
		return interest.Author{Side: s.side[a.Side], Name: s.text()}
	}
	return a
}

func (s *shuffler) interest(i interest.Interest) interest.Interest {
	n := i
	n.ID, n.Title, n.Note, n.Counterparts = s.in[i.ID], s.text(), nil, nil
	for _, c := range shuffled(s.r, i.Counterparts) {
		c.Side = s.side[c.Side]
		n.Counterparts = append(n.Counterparts, c)
	}
	return n
}

func (s *shuffler) weighing(w interest.Weighing) interest.Weighing {
	parts := func(old []interest.Part) []interest.Part {
		var out []interest.Part
		for _, p := range shuffled(s.r, old) {
			out = append(out, interest.Part{Interest: s.in[p.Interest], Of: p.Of})
		}
		return out
	}
	return interest.Weighing{More: s.in[w.More], Than: s.in[w.Than], Times: w.Times, Gain: parts(w.Gain), Outweighs: parts(w.Outweighs)}
}

func (s *shuffler) ids(list []interest.ID) []interest.ID {
	var out []interest.ID
	for _, id := range shuffled(s.r, list) {
		out = append(out, s.in[id])
	}
	return out
}

func (s *shuffler) oneTopic(t interest.Topic) interest.Topic {
	n := t
	n.ID, n.Title, n.Interests, n.Camps, n.Share = s.topic[t.ID], s.text(), s.ids(t.Interests), nil, nil
	for _, c := range shuffled(s.r, t.Camps) {
		n.Camps = append(n.Camps, s.ids(c))
	}
	for _, sh := range shuffled(s.r, t.Share) {
		n.Share = append(n.Share, interest.Share{Interest: s.in[sh.Interest], Part: sh.Part})
	}
	n.Act = s.act(t.Act)
	return n
}

func (s *shuffler) act(a *interest.Act) *interest.Act {
	if a == nil {
		return nil
	}
	n := &interest.Act{Title: s.text()}
	for _, side := range shuffled(s.r, a.Actors) {
		n.Actors = append(n.Actors, s.side[side])
	}
	return n
}

func (s *shuffler) written(w deal.Written) *deal.Written {
	n := w
	n.Issues, n.Disagreement, n.Cap = nil, s.points(w.Disagreement), s.points(w.Cap)
	for _, i := range shuffled(s.r, w.Issues) {
		if _, ok := s.topic[i.Topic]; !ok {
			s.topic[i.Topic] = interest.TopicID(s.name("T"))
		}
		ni := deal.WrittenIssue{Topic: s.topic[i.Topic], Title: s.text()}
		options := append([]deal.WrittenOption{i.Options[0]}, shuffled(s.r, i.Options[1:])...)
		for _, o := range options {
			no := deal.WrittenOption{ID: s.name("O"), Title: s.text(), Points: s.points(o.Points), Act: s.act(o.Act)}
			s.option[string(i.Topic)+"/"+o.ID] = no.ID
			for _, e := range shuffled(s.r, o.Effects) {
				no.Effects = append(no.Effects, deal.WrittenEffect{Interest: s.in[e.Interest], Value: e.Value})
			}
			ni.Options = append(ni.Options, no)
		}
		n.Issues = append(n.Issues, ni)
	}
	return &n
}

func (s *shuffler) points(list []deal.SidePoints) []deal.SidePoints {
	var out []deal.SidePoints
	for _, p := range shuffled(s.r, list) {
		out = append(out, deal.SidePoints{Side: s.side[p.Side], Value: p.Value})
	}
	return out
}
