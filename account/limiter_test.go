package account

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

var noon = time.Unix(1_800_000_000, 0)

func TestLimiterLetsABurstPassAndThenItsPace(t *testing.T) {
	l, rate := NewLimiter(1), Rate{Burst: 3, Every: 10 * time.Second}
	for _, c := range []struct {
		after time.Duration
		ok    bool
		wait  time.Duration
	}{
		{0, true, 0}, {0, true, 0}, {0, true, 0},
		{0, false, 10 * time.Second},
		{4 * time.Second, false, 6 * time.Second},
		{10 * time.Second, true, 0},
		{10 * time.Second, false, 10 * time.Second},
		{5 * time.Second, false, 10 * time.Second}, // a clock that goes back gives nothing
		{time.Hour, true, 0}, {time.Hour, true, 0}, {time.Hour, true, 0}, {time.Hour, false, 10 * time.Second},
	} {
		wait, ok := l.Take("a", rate, noon.Add(c.after))
		if ok != c.ok || (wait-c.wait).Abs() > time.Millisecond {
			t.Errorf("after %s: got %t, wait %s; want %t, %s", c.after, ok, wait, c.ok, c.wait)
		}
	}
	if _, ok := l.Take("b", rate, noon); !ok {
		t.Error("one key slows another down")
	}
}

func TestLimiterOfManyPeopleOnOneMachine(t *testing.T) {
	l := NewLimiter(10)
	for i := range 30 {
		if _, ok := l.Take("a", Rate{3, time.Hour}, noon); !ok {
			t.Fatalf("stopped at %d", i)
		}
	}
	if _, ok := l.Take("a", Rate{3, time.Hour}, noon); ok {
		t.Error("there is no end")
	}
	if _, ok := NewLimiter(0).Take("a", Rate{1, time.Hour}, noon); !ok {
		t.Error("a scale below 1 lets nobody in")
	}
}

// Keys that are quiet go first; where all are busy, all go: memory is bounded.
func TestLimiterForgets(t *testing.T) {
	l, rate := NewLimiter(1), Rate{1, time.Minute}
	for i := range limiterSize - 1 {
		l.Take(fmt.Sprint(i), rate, noon)
	}
	later := noon.Add(2 * time.Minute)
	l.Take("busy", rate, later)
	l.Take("one more", rate, later)
	if len(l.buckets) != 2 {
		t.Errorf("%d keys are kept, want the two that are not quiet", len(l.buckets))
	}
	if _, ok := l.Take("busy", rate, later); ok {
		t.Error("a busy key was forgotten")
	}
	for i := range 2 * limiterSize {
		l.Take(fmt.Sprint(i), rate, later)
		if len(l.buckets) > limiterSize {
			t.Fatalf("%d keys are kept", len(l.buckets))
		}
	}
}

func TestLimiterCountsWhatComesAtOnce(t *testing.T) {
	l := NewLimiter(1)
	var wg sync.WaitGroup
	var passed atomic.Int64
	for range 100 {
		wg.Go(func() {
			if _, ok := l.Take("a", Rate{7, time.Hour}, noon); ok {
				passed.Add(1)
			}
		})
	}
	wg.Wait()
	if passed.Load() != 7 {
		t.Errorf("%d passed, want 7", passed.Load())
	}
}
