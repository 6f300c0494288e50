package store_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"parley/account"
	"parley/opinion"
	"parley/store/storetest"
	"parley/writing"
)

// BenchmarkCastVote is many people who answer at once, each statement after the
// other, until all have; then they change their answers.
func BenchmarkCastVote(b *testing.B) {
	s := storetest.Open(b, storetest.SQLite(b))
	var h *hall
	const each, statements = 60, 20
	testing.Init()
	t := &testing.T{}
	h = assemble(t, s, each)
	var people []account.PersonID
	for _, side := range sidesOfTowns {
		for i := range each {
			people = append(people, account.PersonID(name(side, i)))
		}
	}
	var ns []writing.ID
	for i := range statements {
		ns = append(ns, h.propose(fmt.Sprintf("Statement %d.", i), opinion.Place{}))
	}
	tokens := make([]string, len(people)*len(ns))
	for i := range tokens {
		tokens[i] = s.Token(h.id, ns[i/len(people)], h.member(string(people[i%len(people)])), now)
	}
	var turn atomic.Int64
	b.SetParallelism(64)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			i := int(turn.Add(1) - 1)
			ballot := opinion.Ballot{Choice: opinion.Choices[i%3]}
			k := i % len(tokens)
			if i < len(tokens) {
				ballot.Token = tokens[k]
			} else {
				ballot.Choice = opinion.Choices[(i/len(tokens)+k)%3]
			}
			if err := s.CastVote(h.ctx, people[k%len(people)], h.id, ns[k/len(people)], ballot, now); err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "votes/s")
}
