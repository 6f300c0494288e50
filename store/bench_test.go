package store_test

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"parley/dialogue"
	"parley/store"
	"parley/store/storetest"
)

// BenchmarkWrites is single-row deeds, each durable before it is answered, from
// clients that wait for their answer.
func BenchmarkWrites(b *testing.B) {
	for name, config := range map[string]func(testing.TB) store.Config{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		for _, clients := range []int{1, 64, 256} {
			b.Run(fmt.Sprintf("%s/%d", name, clients), func(b *testing.B) {
				s := storetest.Open(b, config(b))
				var next atomic.Int64
				var wg sync.WaitGroup
				b.ResetTimer()
				for range clients {
					wg.Go(func() {
						for i := next.Add(1); i <= int64(b.N); i = next.Add(1) {
							if err := note(s, context.Background(), strconv.FormatInt(i, 10)); err != nil {
								b.Error(err)
							}
						}
					})
				}
				wg.Wait()
				b.StopTimer()
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "deeds/s")
				if got := notes(b, s); got != int64(b.N) {
					b.Errorf("got %d rows, want %d", got, b.N)
				}
			})
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		s, err := store.Open(context.Background(), storetest.SQLite(b))
		must(b, err)
		must(b, s.Close())
	}
}

func BenchmarkLoadDossier(b *testing.B) {
	for _, d := range exampleDossiers(b) {
		b.Run(string(d.Dialogue.ID), func(b *testing.B) {
			s := storetest.Open(b, storetest.SQLite(b))
			for i := 0; b.Loop(); i++ {
				d.Dialogue.Stage = dialogue.Stages[i%2]
				load(b, s, d)
			}
		})
	}
}

func BenchmarkDossier(b *testing.B) {
	for _, d := range exampleDossiers(b) {
		b.Run(string(d.Dialogue.ID), func(b *testing.B) {
			s := storetest.Open(b, storetest.SQLite(b))
			load(b, s, d)
			for b.Loop() {
				_, err := s.Dossier(context.Background(), d.Dialogue.ID)
				must(b, err)
			}
		})
	}
}
