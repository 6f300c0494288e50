package again_test

import (
	"testing"

	"parley/deal"
	"parley/verify/again"
)

// BenchmarkVerify derives the answer to the 2009 example anew, with 10,000
// weightings as anybody asks it.
func BenchmarkVerify(b *testing.B) {
	data := bundle(b, "../../examples/us-russia-2009.yaml", func(*deal.Settings) {})
	for b.Loop() {
		if found := wrong(again.Bundle(data)); len(found) > 0 {
			b.Fatal(found)
		}
	}
}
