package again_test

import (
	"testing"

	"parley/deal"
	"parley/verify/again"
)

// BenchmarkVerify derives the answers to the shipped examples anew, with 10,000
// weightings as anybody asks them.
func BenchmarkVerify(b *testing.B) {
	for _, name := range []string{"three-towns", "us-russia-2009", "china-eu-russia-us-2009"} {
		b.Run(name, func(b *testing.B) {
			data := bundle(b, "../../examples/"+name+".yaml", func(s *deal.Settings) { s.Samples = deal.DefaultSettings().Samples })
			for b.Loop() {
				if found := wrong(again.Bundle(data)); len(found) > 0 {
					b.Fatal(found)
				}
			}
		})
	}
}
