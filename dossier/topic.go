package dossier

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"parley/dialogue"
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
		ID:        interest.TopicID(r.id(f.get("id"), "the topic's id")),
		Title:     r.text(f.get("title"), "the title"),
		Author:    r.author(f.get("author"), "the author"),
		Date:      r.date(f.get("date"), "the date"),
		Divisible: r.boolean(f.get("divisible"), "divisible"),
		Minimum:   r.integer(f.get("minimum"), "minimum", 2, MaxSides),
		Act:       r.act(f.get("act")),
	}
	r.define(&r.refs.topics, f.get("id"), "topic", string(t.ID))
	if w, ok := r.word(f.get("relation"), "relation"); ok {
		t.Relation = interest.Relation(r.oneOf(f.get("relation"), "relation", w, interest.RelationWords[1:]) + 1)
	}
	for _, i := range r.items(f.get("affects"), "affects", 0, maxAffected) {
		t.Affects = append(t.Affects, r.text(i, "affects"))
	}
	n := topicNodes{fields: f}
	t.Interests, n.interests = r.interestList(f.get("interests"), "interests")
	for _, i := range r.items(f.get("camps"), "camps", 2, MaxSides) {
		camp, nodes := r.interestList(i, "a camp")
		t.Camps, n.camps = append(t.Camps, camp), append(n.camps, nodes)
	}
	r.share(f.get("share"), &t)
	r.checkTopic(&t, n)
	r.d.Topics = append(r.d.Topics, t)
}

// interestList reads ids of interests, each at most once.
func (r *reader) interestList(n *node, name string) (out []interest.ID, nodes []*node) {
	seen := map[interest.ID]bool{}
	for _, i := range r.items(n, name, 1, MaxInterests) {
		id := interest.ID(r.refer(&r.refs.interests, i, name, "interest"))
		if seen[id] && id != "" {
			r.mistake(i.place, fmt.Sprintf("%s names %s twice", name, id), "write it once instead")
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
	names := "no side"
	if len(holders) > 0 {
		var s []string
		for _, h := range sortedKeys(holders) {
			s = append(s, string(h))
		}
		names = strings.Join(s, ", ")
	}
	if len(t.Interests) == 0 || slices.Contains(t.Interests, "") || len(r.refs.sides.order) < 2 {
		return // who holds them cannot be known, which is reported already
	}
	if aside {
		r.refs.aside[t.ID] = true
	}
	switch {
	case t.Relation == interest.OneSided && len(holders) != 1 && !(aside && len(holders) == 0):
		r.mistake(f.place("relation"), fmt.Sprintf("a one-sided topic holds interests of exactly one side, and these are of %s", names),
			"write another relation, or the interests of one side, instead")
	case t.Relation != interest.OneSided && t.Relation != interest.RelationUnstated && len(holders) < 2 && !aside:
		r.mistake(f.place("relation"), fmt.Sprintf("a topic that is %s needs interests of two sides or more, and these are of %s", t.Relation, names),
			"write one-sided, or the interests of the others as well, instead")
	}
	r.checkCamps(t, f, len(holders))
	if f.has("minimum") && t.Relation != interest.Shared && t.Relation != interest.RelationUnstated {
		r.mistake(f.place("minimum"), fmt.Sprintf("minimum belongs to shared topics, and this one is %s", t.Relation), "leave it out")
	} else if t.Relation == interest.Shared && !aside {
		r.checkMinimum(t, f.place("minimum"), len(holders))
	}
	if t.Divisible && t.Relation != interest.Opposed && t.Relation != interest.RelationUnstated {
		r.mistake(f.place("divisible"), fmt.Sprintf("divisible belongs to opposed topics, and this one is %s", t.Relation), "leave it out")
	}
}

func (r *reader) checkMinimum(t *interest.Topic, at place, holders int) {
	switch {
	case t.Minimum > holders && holders > 1:
		r.mistake(at, fmt.Sprintf("minimum is %d, and only %d sides hold interests here", t.Minimum, holders),
			rangeAdvice(2, holders))
	case t.Minimum > 0 && togethers(holders, t.Minimum) > MaxOptions:
		least := t.Minimum
		for togethers(holders, least) > MaxOptions {
			least++
		}
		r.mistake(at, fmt.Sprintf("minimum is %d, which makes more than %d options out of %d sides", t.Minimum, MaxOptions, holders),
			rangeAdvice(least, holders))
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
			r.mistake(f.at, fmt.Sprintf("%d sides oppose each other in this topic, and nothing says who stands with whom", holders),
				"write camps: [[ids of one camp], [ids of another]] in it")
		}
		return
	}
	if t.Relation != interest.Opposed && t.Relation != interest.RelationUnstated {
		r.mistake(f.place("camps"), fmt.Sprintf("camps belong to opposed topics, and this one is %s", t.Relation), "leave them out")
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
				r.misspelt(at, fmt.Sprintf("a camp names %s, which is no interest of this topic", id), "write an interest of the topic instead", string(id), words(t.Interests))
			case !counts:
			case placed && before != c:
				r.mistake(at, fmt.Sprintf("%s stands in two camps of this topic", side), "write all its interests in one camp instead")
			default:
				campOf[side] = c
			}
		}
	}
	for k, id := range t.Interests {
		if _, counts := r.holder(id); counts && !listed[id] {
			r.mistake(f.interests[k].place, fmt.Sprintf("%s stands in no camp of this topic", id), "write it in one of the camps")
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
