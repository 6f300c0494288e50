package deal_test

import (
	"fmt"
	"math/rand/v2"

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
		out.Registers = append(out.Registers, n)
	}
	for _, t := range shuffled(s.r, in.Topics) {
		out.Topics = append(out.Topics, s.oneTopic(t))
	}
	if in.Written != nil {
		out.Written = s.written(*in.Written)
	}
	return out
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
	n.Issues, n.Disagreement = nil, s.points(w.Disagreement)
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
