package trial

import (
	"context"
	"sync"
	"testing"

	"parley/deal"
	"parley/dossier"
	"parley/examples"
	"parley/fault"
)

// example reads one of the examples.
func example(t *testing.T, n int) *dossier.Dossier {
	t.Helper()
	e := examples.All()[n]
	d, err := dossier.Read(e.Name, e.Data)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestAnswersOfTrialsAreRemembered(t *testing.T) {
	var tr Runner
	d := example(t, 1)
	first, err := tr.Answer(context.Background(), d.Input())
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			again, err := tr.Answer(context.Background(), d.Input())
			if err != nil || again != first {
				t.Errorf("asked again: %v, %v", again == first, err)
			}
		})
	}
	wg.Wait()
	for i := range kept + 5 {
		tr.keep([32]byte{byte(i), 1}, &deal.Answer{})
	}
	if len(tr.known) != kept || len(tr.order) != kept {
		t.Errorf("%d answers are kept, want %d", len(tr.known), kept)
	}
}

func TestReaderWhoLeavesEndsTheTrial(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var tr Runner
	if _, err := tr.Answer(ctx, example(t, 0).Input()); err == nil || fault.Is(err, fault.Busy) {
		t.Errorf("got %v", err)
	}
}

func TestSeatsAreCounted(t *testing.T) {
	var tr Runner
	leave, err := tr.Seat(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for range Seats - 1 {
		if _, err := tr.Seat(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := tr.Seat(context.Background()); !fault.Is(err, fault.Busy) {
		t.Errorf("one more seat than there are: %v", err)
	}
	leave()
	if _, err := tr.Seat(context.Background()); err != nil {
		t.Errorf("a seat that came free: %v", err)
	}
}
