package demo

import (
	"fmt"
	"hash/fnv"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"parley/dialogue"
	"parley/fault"
	"parley/opinion"
	"parley/writing"
)

// Sessions of answering: when, and how many statements each person answers then.
var sessions = []struct{ day, answers int }{{27, 6}, {22, 5}, {15, 5}, {10, 4}, {6, 2}}

// A guest answers in the first session alone, so that there is something left to
// answer for whoever looks around as one.
const ofGuests = 1

// answering are the sessions. In the last days a few look in once more, and meet
// the statements that were proposed late.
func (t *talk) answering() []deed {
	t.unsaid = map[string]string{}
	for key, of := range t.reasons {
		for who, words := range of {
			t.unsaid[key+" "+who] = words
		}
	}
	var out []deed
	for i, s := range sessions {
		out = append(out, deed{t.on(s.day, 10), func(at time.Time) error {
			return together(len(t.voters), func(n int) error {
				if t.voters[n].guest && i >= ofGuests {
					return nil
				}
				return t.session(t.voters[n], s.answers, at)
			})
		}})
	}
	return append(out, deed{t.on(2, 10), func(at time.Time) error {
		return together(len(t.voters)/6, func(n int) error {
			if p := t.voters[len(t.voters)-1-5*n]; !p.guest {
				return t.session(p, 3, at)
			}
			return nil
		})
	}})
}

// session is one person at the card.
func (t *talk) session(p *person, answers int, at time.Time) error {
	if len(p.sides) != 1 || p.fresh {
		answers += answers / 2 // few groups are as small as theirs: each answers more
	}
	for range answers {
		card, err := t.Serve(t.ctx, p.id, Dialogue, nil, 0, at)
		if fault.Is(err, fault.Missing) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("serve %s: %w", p.key, err)
		}
		if err := t.answer(p, card, at); err != nil {
			return fmt.Errorf("%s answers #%d: %w", p.key, card.Statement.ID, err)
		}
	}
	return nil
}

func (t *talk) answer(p *person, card *opinion.Card, at time.Time) error {
	n := card.Statement.ID
	s := t.statementOf(n)
	if s == nil {
		return nil
	}
	draw := draws(p.key, s.Piece.Key)
	choice := s.choose(p, draw)
	ballot := opinion.Ballot{Choice: choice, Matters: draw.Float64() < 0.3, Token: card.Token}
	if err := t.CastVote(t.ctx, p.id, Dialogue, n, ballot, at); err != nil {
		return err
	}
	for _, about := range card.Sides {
		var err error
		if of10 := s.expected(p, about, draw); draw.Float64() < 0.25 {
			err = t.SkipExpecting(t.ctx, p.id, Dialogue, n, about, at)
		} else {
			err = t.Expect(t.ctx, p.id, Dialogue, n, about, of10, at)
		}
		if err != nil {
			return fmt.Errorf("expecting of %s: %w", about, err)
		}
	}
	return t.giveReason(p, s.Piece.Key, n, choice, at)
}

// giveReason gives the person one of the reasons that nobody has written yet,
// where it is of their side and goes with their answer.
func (t *talk) giveReason(p *person, key string, n writing.ID, choice opinion.Choice, at time.Time) error {
	mark := map[opinion.Choice]string{opinion.Agree: "+", opinion.Disagree: "-"}[choice]
	if len(p.sides) != 1 || p.fresh || p.guest || mark == "" {
		return nil
	}
	who := key + " " + string(p.sides[0]) + mark
	t.saying.Lock()
	words := t.unsaid[who]
	delete(t.unsaid, who)
	t.saying.Unlock()
	if words == "" {
		return nil
	}
	if _, err := t.GiveReason(t.ctx, p.id, Dialogue, n, langOf(words), words, at); err != nil {
		return fmt.Errorf("giving a reason: %w", err)
	}
	return nil
}

func (t *talk) statementOf(n writing.ID) *statement {
	for i := range t.statements {
		if t.items[t.statements[i].Piece.Key] == n {
			return &t.statements[i]
		}
	}
	return nil
}

// draws is where chance comes from for one person and one statement, whatever
// else happens and in whichever order.
func draws(person, statement string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(person + " " + statement))
	return rand.New(rand.NewPCG(seed, h.Sum64()))
}

// passing is how often somebody would rather not say.
const passing = 0.07

// choose draws an answer: how many of the person's side agree, moved by how
// readily this person does.
func (s *statement) choose(p *person, draw *rand.Rand) opinion.Choice {
	share := s.share(p.sides)
	logit := math.Log(share/(1-share)) + p.lean
	switch u := draw.Float64(); {
	case u < passing:
		return opinion.Pass
	case draw.Float64() < 1/(1+math.Exp(-logit)):
		return opinion.Agree
	default:
		return opinion.Disagree
	}
}

// share is how many of those sides agree, in (0, 1); of no side: of all.
func (s *statement) share(sides []dialogue.SideID) float64 {
	sum, n := 0.0, 0.0
	for _, side := range slices.Sorted(maps.Keys(s.Agree)) {
		if len(sides) == 0 || slices.Contains(sides, dialogue.SideID(side)) {
			sum, n = sum+s.Agree[side]/100, n+1
		}
	}
	if n == 0 {
		return 0.5
	}
	return min(max(sum/n, 0.02), 0.98)
}

// expected is how many of ten of a side the person expects to agree: what their
// own side expects, or about what is so, and an error of their own.
func (s *statement) expected(p *person, about dialogue.SideID, draw *rand.Rand) int {
	mean := s.Agree[string(about)]
	for _, own := range p.sides {
		if wrong, ok := s.Think[string(own)+"-"+string(about)]; ok {
			mean = wrong
		}
	}
	return min(max(int(math.Round(mean/10+1.6*draw.NormFloat64())), 0), 10)
}

// mark gives some of the texts marks: what is liked, what is unclear, what lacks
// a source.
func (t *talk) mark() error {
	return together(len(t.all), func(i int) error {
		w := t.all[i]
		draw := draws(w.by, fmt.Sprint(w.n))
		if w.invites {
			if err := t.marks(w, draw); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *talk) marks(w written, draw *rand.Rand) error {
	for range draw.IntN(6) {
		p := t.voters[draw.IntN(len(t.voters))]
		mark := writing.Helpful
		switch u := draw.Float64(); {
		case u < 0.08:
			mark = writing.Unclear
		case u < 0.16:
			mark = writing.NeedsSource
		}
		if p.key == w.by {
			continue
		}
		err := t.React(t.ctx, p.id, Dialogue, w.n, mark, true, t.on(max(w.day-2, 0), 1))
		if err != nil && !fault.Is(err, fault.Missing) { // hidden meanwhile
			return fmt.Errorf("%s marks #%d: %w", p.key, w.n, err)
		}
	}
	return nil
}
