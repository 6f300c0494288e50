package store_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/forum"
	"parley/store/storetest"
)

// posts makes texts of forty words out of twenty thousand, which are used as words
// of a language are: the n-th a share of 1/n.
func posts(n int) []string {
	r := rand.New(rand.NewPCG(1, 2))
	out := make([]string, n)
	for i := range out {
		words := make([]string, 40)
		for j := range words {
			words[j] = vocable(int(math.Exp(r.Float64() * math.Log(20_000))))
		}
		out[i] = strings.Join(words, " ")
	}
	return out
}

// vocable is the n-th word.
func vocable(n int) string {
	syllables := []string{"ба", "ве", "ги", "до", "жу", "зя", "кро", "лы", "мэ", "ню"}
	var b strings.Builder
	for n += 10; n > 0; n /= 10 {
		b.WriteString(syllables[n%10])
	}
	return b.String()
}

// BenchmarkSearch searches 100,000 posts for words that are everywhere, that are
// common, that are rare, for two at once and for phrases. The floor: 50 ms for 19
// of 20 searches.
func BenchmarkSearch(b *testing.B) {
	s := storetest.Open(b, storetest.SQLite(b))
	x := found(&testing.T{}, s, "invitation")
	all := posts(100_000)
	for chunk := range slices.Chunk(all, 5000) {
		if err := s.Stock(x.ctx, x.id, chunk, now); err != nil {
			b.Fatal(err)
		}
	}
	first := strings.Fields(all[99])
	queries := []string{vocable(1), vocable(30), vocable(3000), vocable(15_000), vocable(1) + " " + vocable(2), vocable(40) + " " + vocable(500),
		fmt.Sprintf("%q", strings.Join(first[:3], " ")), "нигде"}
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		begin := time.Now()
		if _, err := s.Search(x.ctx, "ann", x.id, forum.Query{Words: queries[i%len(queries)]}, "ru"); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(begin))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
}
