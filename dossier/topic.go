package dossier

import (
	"math/big"
	"slices"

	"parley/dialogue"
	"parley/i18n"
	"parley/interest"
)

func (r *reader) topics(n *node) {
	for _, i := range r.items(n, "topics", 0, MaxTopics) {
		if f, ok := r.fields(i, shapeTopic); ok {
			r.topic(f)
		}
	}
	r.checkShares()
}

// topicNodes is a topic as it stands in the file: the nodes of its lists go with
// the ids that were read from them.
type topicNodes struct {
	fields
	interests []*node
	camps     [][]*node
}

func (r *reader) topic(f fields) {
	t := interest.Topic{
		ID:        interest.TopicID(r.id(f.get("id"), called("topic-id"))),
		Title:     r.text(f.get("title"), called("title")),
		Author:    r.author(f.get("author"), called("author")),
		Date:      r.date(f.get("date"), called("date")),
		Divisible: r.boolean(f.get("divisible"), "divisible"),
		Minimum:   r.integer(f.get("minimum"), "minimum", 2, MaxSides),
		Act:       r.act(f.get("act")),
	}
	r.define(&r.refs.topics, f.get("id"), aTopic, string(t.ID))
	if w, ok := r.word(f.get("relation"), "relation"); ok {
		t.Relation = interest.Relation(r.oneOf(f.get("relation"), "relation", w, interest.RelationWords[1:]) + 1)
	}
	for _, i := range r.items(f.get("affects"), "affects", 0, maxAffected) {
		t.Affects = append(t.Affects, r.text(i, "affects"))
	}
	n := topicNodes{fields: f}
	t.Interests, n.interests = r.interestList(f.get("interests"), "interests")
	for _, i := range r.items(f.get("camps"), "camps", 2, MaxSides) {
		camp, nodes := r.interestList(i, called("camp"))
		t.Camps, n.camps = append(t.Camps, camp), append(n.camps, nodes)
	}
	r.share(f.get("share"), &t)
	r.checkTopic(&t, n)
	r.d.Topics = append(r.d.Topics, t)
}

// interestList reads ids of interests, each at most once.
func (r *reader) interestList(n *node, name label) (out []interest.ID, nodes []*node) {
	seen := map[interest.ID]bool{}
	for _, i := range r.items(n, name, 1, MaxInterests) {
		id := interest.ID(r.refer(&r.refs.interests, i, name, anInterest))
		if seen[id] && id != "" {
			r.mistake(i.place, amiss("names-twice", "Name", name, "Word", id), instead("once"))
			continue
		}
		seen[id] = true
		out, nodes = append(out, id), append(nodes, i)
	}
	return out, nodes
}

// checkTopic checks the relation against the sides that hold the interests.
// Interests of registers that do not count are left aside. Where they are
// missing, because their side has since written a register of its own, the topic
// rests until somebody links it to that one.
func (r *reader) checkTopic(t *interest.Topic, f topicNodes) {
	holders, aside := map[dialogue.SideID]bool{}, false
	for _, id := range t.Interests {
		if s, ok := r.holder(id); ok {
			holders[s] = true
		} else {
			aside = true
		}
	}
	var whose label = called("nobody")
	if len(holders) > 0 {
		whose = i18n.List(words(sortedKeys(holders)))
	}
	if len(t.Interests) == 0 || slices.Contains(t.Interests, "") || len(r.refs.sides.order) < 2 {
		return // who holds them cannot be known, which is reported already
	}
	if aside {
		r.refs.aside[t.ID] = true
	}
	switch {
	case t.Relation == interest.OneSided && len(holders) != 1 && !(aside && len(holders) == 0):
		r.mistake(f.place("relation"), amiss("one-sided", "Sides", whose), instead("one-sided"))
	case t.Relation != interest.OneSided && t.Relation != interest.RelationUnstated && len(holders) < 2 && !aside:
		r.mistake(f.place("relation"), amiss("two-sided", "Relation", t.Relation, "Sides", whose), instead("two-sided"))
	}
	r.checkCamps(t, f, len(holders))
	if f.has("minimum") && t.Relation != interest.Shared && t.Relation != interest.RelationUnstated {
		r.mistake(f.place("minimum"), amiss("minimum", "Relation", t.Relation), instead("leave"))
	} else if t.Relation == interest.Shared && !aside {
		r.checkMinimum(t, f.place("minimum"), len(holders))
	}
	if t.Divisible && t.Relation != interest.Opposed && t.Relation != interest.RelationUnstated {
		r.mistake(f.place("divisible"), amiss("divisible", "Relation", t.Relation), instead("leave"))
	}
}

func (r *reader) checkMinimum(t *interest.Topic, at place, holders int) {
	switch {
	case t.Minimum > holders && holders > 1:
		r.mistake(at, amiss("minimum-sides", "Got", t.Minimum, "Sides", holders), rangeAdvice(2, holders))
	case t.Minimum > 0 && togethers(holders, t.Minimum) > MaxOptions:
		least := t.Minimum
		for togethers(holders, least) > MaxOptions {
			least++
		}
		r.mistake(at, amiss("minimum-options", "Got", t.Minimum, "Most", MaxOptions, "Sides", holders), rangeAdvice(least, holders))
	}
}

// togethers counts the options of a shared topic: keep, and each set of at
// least the minimum of its holders.
func togethers(holders, minimum int) int {
	n := int64(1)
	for k := minimum; k <= holders; k++ {
		n += new(big.Int).Binomial(int64(holders), int64(k)).Int64()
	}
	return int(n)
}

// checkCamps sees that the camps share out the interests that count, and that
// nobody stands in two of them.
func (r *reader) checkCamps(t *interest.Topic, f topicNodes, holders int) {
	if !f.has("camps") {
		if t.Relation == interest.Opposed && holders > 2 {
			r.mistake(f.at, amiss("no-camps", "Got", holders).Of(holders), instead("camps"))
		}
		return
	}
	if t.Relation != interest.Opposed && t.Relation != interest.RelationUnstated {
		r.mistake(f.place("camps"), amiss("camps", "Relation", t.Relation), instead("leave-them"))
		return
	}
	campOf := map[dialogue.SideID]int{}
	listed := map[interest.ID]bool{}
	for c, camp := range t.Camps {
		for k, id := range camp {
			if id == "" {
				continue
			}
			listed[id] = true
			at := f.camps[c][k].place
			side, counts := r.holder(id)
			before, placed := campOf[side]
			switch {
			case !slices.Contains(t.Interests, id):
				r.misspelt(at, amiss("not-of-topic", "Name", called("camp"), "Interest", id), instead("of-topic"), string(id), words(t.Interests))
			case !counts:
			case placed && before != c:
				r.mistake(at, amiss("two-camps", "Side", side), instead("one-camp"))
			default:
				campOf[side] = c
			}
		}
	}
	for k, id := range t.Interests {
		if _, counts := r.holder(id); counts && !listed[id] {
			r.mistake(f.interests[k].place, amiss("in-no-camp", "Interest", id), instead("a-camp"))
		}
	}
}

func words[T ~string](in []T) []string {
	out := make([]string, len(in))
	for i, x := range in {
		out[i] = string(x)
	}
	return out
}
