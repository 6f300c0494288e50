package dossier

import (
	"math/big"
	"slices"

	"parley/i18n"
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
		id := interest.ID(r.refer(&r.refs.interests, p.key, "share", anInterest))
		if id == "" {
			continue
		}
		if !slices.Contains(t.Interests, id) {
			r.misspelt(p.key.place, amiss("not-of-topic", "Name", "share", "Interest", id), instead("of-topic"), string(id), words(t.Interests))
			continue
		}
		so := len(r.found)
		part := r.fraction(p.value, called("share", "Interest", id), 0, 1)
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
		r.mistake(last, amiss("share-missing", "Interest", id, "Words", i18n.List(missing)), instead("share-missing"))
	case sum.Cmp(big.NewRat(1, 1)) != 0:
		r.mistake(last, amiss("share-sum", "Interest", id, "Sum", sum.RatString()), instead("share-sum"))
	}
}
