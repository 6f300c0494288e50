package dossier

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"parley/interest"
)

// stake is a topic that touches an interest, and the share that it states.
type stake struct {
	topic  string
	at     place // of the share
	stated bool
	broken bool // stated, and no number
	part   interest.Fraction
}

// share reads how much of an interest is at stake in the topic.
func (r *reader) share(n *node, t *interest.Topic) {
	stated := map[interest.ID]bool{}
	for _, p := range r.named(n, "share") {
		id := interest.ID(r.refer(&r.refs.interests, p.key, "share", "interest"))
		if id == "" {
			continue
		}
		if !slices.Contains(t.Interests, id) {
			r.misspelt(p.key.place, fmt.Sprintf("share names %s, which is no interest of this topic", id), "write an interest of the topic instead", string(id), words(t.Interests))
			continue
		}
		so := len(r.found)
		part := r.fraction(p.value, "the share of "+string(id), 0, 1)
		stated[id] = true
		t.Share = append(t.Share, interest.Share{Interest: id, Part: part})
		r.refs.shares[id] = append(r.refs.shares[id], stake{string(t.ID), p.value.place, true, len(r.found) > so, part})
	}
	for _, id := range t.Interests {
		if !stated[id] {
			r.refs.shares[id] = append(r.refs.shares[id], stake{topic: string(t.ID)})
		}
	}
}

// elsewhere reports whether the interest has shares and none of them is in the
// issue, so that nothing of it is at stake there.
func (r *reader) elsewhere(id interest.ID, issue interest.TopicID) bool {
	stakes := r.refs.shares[id]
	return slices.ContainsFunc(stakes, func(s stake) bool { return s.stated }) &&
		!slices.ContainsFunc(stakes, func(s stake) bool { return s.topic == string(issue) })
}

// checkShares sees that shares that are stated are stated in full: an interest
// is at stake once.
func (r *reader) checkShares() {
	for _, id := range sortedKeys(r.refs.shares) {
		if id != "" {
			r.checkStakes(id, r.refs.shares[id])
		}
	}
}

func (r *reader) checkStakes(id interest.ID, stakes []stake) {
	sum := new(big.Rat)
	var last place
	var missing []string
	for _, s := range stakes {
		switch {
		case s.broken:
			return
		case s.stated:
			sum.Add(sum, s.part.Rat())
			last = s.at
		default:
			missing = append(missing, s.topic)
		}
	}
	switch {
	case len(missing) == len(stakes):
	case len(missing) > 0:
		r.mistake(last, fmt.Sprintf("%s has a share here and none in %s", id, strings.Join(missing, ", ")),
			"write its share in every topic that lists it, so that they sum to 1, or in none")
	case sum.Cmp(big.NewRat(1, 1)) != 0:
		r.mistake(last, fmt.Sprintf("the shares of %s sum to %s", id, sum.RatString()), "write shares that sum to 1 over all topics instead")
	}
}
