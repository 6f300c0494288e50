// Package trial answers questions that nobody stores: what would follow if
// something were otherwise. It bounds how many searches run at once and how long
// each may take, for all who ask, pages and programs alike. It keeps the last
// answers in memory and nothing else.
package trial

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

// Seats is how many searches run at once.
const Seats = 2

// Bounds of what a reader may try out.
const (
	samples = 1_000 // rankings: enough to see what stays undecided
	kept    = 64    // answers remembered
	wait    = time.Second
	length  = 6 * time.Second
)

// Runner answers a few questions at a time, and each of the last ones only once.
// Its zero value is ready, and safe for many goroutines.
type Runner struct {
	once  sync.Once
	seats chan struct{}
	mu    sync.Mutex
	known map[[sha256.Size]byte]*deal.Answer
	order [][sha256.Size]byte
}

// Answer is exact where it is exact, and as rough as few rankings make it
// elsewhere. When the rankings take too long the exact part comes alone. Where
// too many ask at once it is fault.Busy.
func (r *Runner) Answer(ctx context.Context, in deal.Input) (*deal.Answer, error) {
	data, err := json.Marshal(in)
	if err != nil {
		return nil, err
	}
	key := sha256.Sum256(data)
	if a := r.recall(key); a != nil {
		return a, nil
	}
	leave, err := r.Seat(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	a, err := search(ctx, in, samples)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		a, err = search(ctx, in, 0)
		if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
			err = busy()
		}
	}
	if err != nil {
		return nil, err
	}
	r.keep(key, a)
	return a, nil
}

func search(ctx context.Context, in deal.Input, rankings int) (*deal.Answer, error) {
	set := deal.DefaultSettings()
	set.Samples, set.Brief = rankings, true
	q, err := deal.NewQuestion(in, set)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, length)
	defer cancel()
	return deal.Search(ctx, q, deal.Run{Workers: 1})
}

// Explain says why a package is not proposed. Where the rankings take too long
// it tells what needs none.
func (r *Runner) Explain(ctx context.Context, in deal.Input, choices map[string]string) (*deal.WhyNot, error) {
	leave, err := r.Seat(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	why, err := explain(ctx, in, choices, samples)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		why, err = explain(ctx, in, choices, 0)
		if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
			err = busy()
		}
	}
	return why, err
}

func explain(ctx context.Context, in deal.Input, choices map[string]string, rankings int) (*deal.WhyNot, error) {
	set := deal.DefaultSettings()
	set.Samples = rankings
	q, err := deal.NewQuestion(in, set)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, length)
	defer cancel()
	return deal.ExplainPackage(ctx, q, deal.Run{Workers: 1}, choices)
}

func busy() error {
	return fault.New(fault.Busy, "web.problem.503", "too many searches run at the moment")
}

// Seat waits a moment for one of the seats, each of which lets one search run,
// and takes it until leave is called. It is fault.Busy where none comes free.
func (r *Runner) Seat(ctx context.Context) (leave func(), err error) {
	r.once.Do(func() { r.seats = make(chan struct{}, Seats) })
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case r.seats <- struct{}{}:
		return func() { <-r.seats }, nil
	case <-timer.C:
		return nil, busy()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (r *Runner) recall(key [sha256.Size]byte) *deal.Answer {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.known[key]
}

// keep remembers an answer and forgets the oldest one.
func (r *Runner) keep(key [sha256.Size]byte, a *deal.Answer) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.known == nil {
		r.known = map[[sha256.Size]byte]*deal.Answer{}
	}
	if r.known[key] == nil {
		r.order = append(r.order, key)
	}
	r.known[key] = a
	if len(r.order) > kept {
		delete(r.known, r.order[0])
		r.order = r.order[1:]
	}
}
