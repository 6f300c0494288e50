package dossier_test

import (
	"fmt"
	"strings"
	"testing"

	"parley/dossier"
	"parley/interest"
)

// weighed is the small dossier with three interests of one side and what its
// register says about their weights.
func weighed(t *testing.T) *dossier.Dossier {
	t.Helper()
	return read(t, strings.Replace(small, "      - {id: A-2, title: A safe road}\n", `      - {id: A-2, title: A safe road}
      - {id: A-3, title: A ferry, tier: secondary}
    weights:
      - {more: A-2, than: A-3}
      - {more: A-1, than: A-2, times: 1.5}
      - {gain: {A-1: 1/2}, outweighs: {A-3: 1, A-2: 0.25}}
`, 1))
}

func TestWeightsAreReadAndWritten(t *testing.T) {
	d := weighed(t)
	const want = "[{A-2 A-3 0 [] []} {A-1 A-2 3/2 [] []} {  0 [{A-1 1/2}] [{A-3 1} {A-2 1/4}]}]"
	if got := fmt.Sprint(d.Registers[0].Weights); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	const written = `    weights:
      - more: A-2
        than: A-3
      - more: A-1
        than: A-2
        times: 3/2
      - gain: {A-1: 1/2}
        outweighs: {A-3: 1, A-2: 1/4}
`
	if text := string(dossier.Write(d)); !strings.Contains(text, written) {
		t.Errorf("written:\n%s", text)
	}
	without := weighed(t)
	without.Registers[0].Weights = without.Registers[0].Weights[:2]
	changes := dossier.Difference(d, without)
	if len(changes) != 1 || changes[0].Kind != dossier.Removed || !strings.HasPrefix(changes[0].Path, "registers[A by A].weights") {
		t.Errorf("the difference is %v", changes)
	}
}

// What is said about an interest goes with it, and a tier cannot be changed
// against what is said.
func TestWeightsFollowTheirInterests(t *testing.T) {
	d := weighed(t)
	next, err := d.DropInterest("A", "A-3", "2025-04")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(next.Own("A").Weights), "[{A-1 A-2 3/2 [] []}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if len(d.Own("A").Weights) != 3 {
		t.Error("the original has changed")
	}
	if got := d.Without([]interest.ID{"A-3"}).Own("A").Weights; len(got) != 1 {
		t.Errorf("without the ferry: %v", got)
	}
	raised := d.Own("A").Interests[2]
	raised.Tier = interest.Vital
	if _, _, err = d.PutInterest("A", raised, "2025-04"); err != nil {
		t.Errorf("the ferry can be vital as well: %v", err)
	}
	lowered := d.Own("A").Interests[0]
	lowered.Tier = interest.Secondary
	next, _, err = d.PutInterest("A", lowered, "2025-04")
	if err != nil {
		t.Errorf("the reservoir can be secondary: %v", err)
	}
	raised.Tier = interest.Important
	if _, _, err = next.PutInterest("A", raised, "2025-04"); err == nil || !strings.Contains(err.Error(), "contradicts the tiers") {
		t.Errorf("got %v", err)
	}
}
