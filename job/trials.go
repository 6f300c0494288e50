package job

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"parley/deal"
	"parley/fault"
)

// Bounds of what a reader may try out.
const (
	trialSamples = 1_000 // rankings: enough to see what stays undecided
	trialsAtOnce = 2     // searches that run at the same time
	trialsKept   = 64    // answers remembered
	trialWait    = time.Second
	trialTime    = 6 * time.Second
)

// Trials answers questions that nobody stores: a few at a time, and each of the
// last ones only once. Its zero value is ready, and safe for many goroutines.
type Trials struct {
	once  sync.Once
	seats chan struct{}
	mu    sync.Mutex
	known map[[sha256.Size]byte]*deal.Answer
	order [][sha256.Size]byte
}

// Answer is exact where it is exact, and as rough as few rankings make it
// elsewhere. When the rankings take too long the exact part comes alone. Where
// too many ask at once it is fault.Busy.
func (t *Trials) Answer(ctx context.Context, in deal.Input) (*deal.Answer, error) {
	data, err := json.Marshal(in)
	if err != nil {
		return nil, err
	}
	key := sha256.Sum256(data)
	if a := t.recall(key); a != nil {
		return a, nil
	}
	leave, err := t.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	a, err := trial(ctx, in, trialSamples)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		a, err = trial(ctx, in, 0)
		if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
			err = busy()
		}
	}
	if err != nil {
		return nil, err
	}
	t.keep(key, a)
	return a, nil
}

func trial(ctx context.Context, in deal.Input, samples int) (*deal.Answer, error) {
	set := deal.DefaultSettings()
	set.Samples = samples
	q, err := deal.NewQuestion(in, set)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, trialTime)
	defer cancel()
	return deal.Search(ctx, q, deal.Run{Workers: 1})
}

func busy() error {
	return fault.New(fault.Busy, "web.problem.503", "too many searches run at the moment")
}

// enter waits a moment for a seat.
func (t *Trials) enter(ctx context.Context) (leave func(), err error) {
	t.once.Do(func() { t.seats = make(chan struct{}, trialsAtOnce) })
	wait := time.NewTimer(trialWait)
	defer wait.Stop()
	select {
	case t.seats <- struct{}{}:
		return func() { <-t.seats }, nil
	case <-wait.C:
		return nil, busy()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (t *Trials) recall(key [sha256.Size]byte) *deal.Answer {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.known[key]
}

// keep remembers an answer and forgets the oldest one.
func (t *Trials) keep(key [sha256.Size]byte, a *deal.Answer) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.known == nil {
		t.known = map[[sha256.Size]byte]*deal.Answer{}
	}
	if t.known[key] == nil {
		t.order = append(t.order, key)
	}
	t.known[key] = a
	if len(t.order) > trialsKept {
		delete(t.known, t.order[0])
		t.order = t.order[1:]
	}
}
