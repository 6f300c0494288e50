// Package job does, beside the pages, the work that takes longer than a page
// may: the search for deals, letters, telling people what happened, cleaning the
// file after somebody was erased, forgetting what has had its time. Any number of
// processes may run it over one database. It decides nothing and keeps nothing of
// its own: what is to be done and how far it has come stands in the store.
package job

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"parley/deal"
	"parley/fault"
	"parley/store"
)

// Config says how jobs are done. Only Store must be given.
type Config struct {
	Store   *store.Store
	Log     *slog.Logger  // nil is silence
	Workers int           // cores that a search may use; 0 is all there are
	Poll    time.Duration // how often to look for what other processes queued
	Beat    time.Duration // how often progress is kept
	Lease   time.Duration // after how long without a sign of life others take a job over
	Retry   time.Duration // how long a failed job waits, doubled each time

	// Search finds the answer to a question; nil is deal.Search.
	Search func(ctx context.Context, q *deal.Question, how deal.Run) (*deal.Answer, error)

	// Send hands a letter to a mail server; nil: letters stay in the outbox. Its
	// error names nobody, and may say with a method Lasting that trying again is
	// no use.
	Send   func(ctx context.Context, l *store.Letter, now time.Time) error
	Digest time.Duration // how often to look for digests that are due
	Forget time.Duration // how often what has had its time is forgotten, the first time after a hundredth of it
}

func (c Config) filled() Config {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Workers <= 0 {
		c.Workers = runtime.GOMAXPROCS(0)
	}
	for _, d := range []struct {
		of    *time.Duration
		usual time.Duration
	}{{&c.Poll, 2 * time.Second}, {&c.Beat, 500 * time.Millisecond}, {&c.Lease, 30 * time.Second}, {&c.Retry, 2 * time.Second}, {&c.Forget, 24 * time.Hour}, {&c.Digest, 2 * time.Minute}} {
		if *d.of <= 0 {
			*d.of = d.usual
		}
	}
	if c.Search == nil {
		c.Search = deal.Search
	}
	return c
}

// Run does jobs, one of each kind at a time, until ctx ends. A job that is under
// way then is given back and begun anew by whoever is next.
func Run(ctx context.Context, c Config) {
	r := runner{c.filled()}
	var all sync.WaitGroup
	all.Go(func() { r.repeat(ctx, r.Store.Asked(), func() bool { return r.next(ctx, r.search()) }) })
	all.Go(func() { r.repeat(ctx, nil, func() bool { return r.next(ctx, r.scrub()) }) })
	all.Go(func() { r.forget(ctx) })
	all.Go(func() { r.repeat(ctx, nil, func() bool { return r.spread(ctx) }) })
	all.Go(func() { r.digests(ctx) })
	if r.Send != nil {
		all.Go(func() { r.repeat(ctx, nil, func() bool { return r.letter(ctx) }) })
	}
	all.Wait()
}

type runner struct{ Config }

// repeat calls next as long as there is something to do, and then looks again
// when it is told, or after a while.
func (r runner) repeat(ctx context.Context, told <-chan struct{}, next func() bool) {
	for ctx.Err() == nil {
		if next() {
			continue
		}
		select {
		case <-ctx.Done():
		case <-told:
		case <-time.After(r.Poll):
		}
	}
}

// task is how jobs of one kind are done: do works, and says how to keep what
// came of it.
type task struct {
	kind, version string
	do            func(ctx context.Context, j *store.Job, p *progress) (keep func(ctx context.Context) error, err error)
}

// next does the job of the kind that has waited longest and reports whether
// there was one.
func (r runner) next(ctx context.Context, t task) bool {
	j, err := r.Store.ClaimJob(ctx, t.kind, t.version, time.Now(), r.Lease)
	if err != nil && ctx.Err() == nil {
		r.Log.Error("no job could be claimed", "job", t.kind, "error", err)
	}
	if j == nil || err != nil {
		return false
	}
	start := time.Now()
	keep, err := r.work(ctx, j, t)
	// What has become of the job must be kept even when the process stops.
	lasting := context.WithoutCancel(ctx)
	if err == nil {
		err = r.insist(func() error { return keep(lasting) })
	}
	log := r.Log.With("job", j.Kind, "subject", j.Subject, "attempt", j.Attempt, "took", time.Since(start).Round(time.Millisecond))
	switch {
	case err == nil:
		log.Info("a job is done")
		return true
	case errors.Is(err, store.ErrLost):
		log.Warn("a job was lost to another process")
		return true
	case ctx.Err() != nil:
		log.Info("a job is given back, the process stops")
		err = r.insist(func() error { return r.Store.ReleaseJob(lasting, j) })
	default:
		log.Error("a job failed", "error", err)
		cause, again := err.Error(), time.Now().Add(r.Retry<<(j.Attempt-1))
		if _, ours := fault.As(err); ours {
			again = time.Time{} // asking again brings the same
		}
		err = r.insist(func() error { return r.Store.FailJob(lasting, j, cause, again) })
	}
	if err != nil {
		log.Error("what became of a job could not be kept; it is free when its lease ends", "error", err)
	}
	return true
}

// insist tries a few times to write to a store that may be busy.
func (r runner) insist(write func() error) error {
	for attempt := 1; ; attempt++ {
		err := write()
		if err == nil || errors.Is(err, store.ErrLost) || attempt == 5 {
			return err
		}
		time.Sleep(r.Beat)
	}
}

// work does a job, and shows a sign of life meanwhile.
func (r runner) work(ctx context.Context, j *store.Job, t task) (keep func(ctx context.Context) error, err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var p progress
	ended := make(chan struct{})
	beating := make(chan struct{})
	go func() {
		defer close(beating)
		r.beat(ctx, j, &p, ended, cancel)
	}()
	keep, err = t.do(ctx, j, &p)
	close(ended)
	<-beating
	if errors.Is(context.Cause(ctx), store.ErrLost) {
		return nil, store.ErrLost
	}
	return keep, err
}

// progress is how far a search says it is.
type progress struct {
	done, total atomic.Int64
	known       atomic.Pointer[string] // what is known of its answer, as JSON
}

// learned notes what is known of an answer.
func (p *progress) learned(known any) {
	if b, err := json.Marshal(known); err == nil {
		said := string(b)
		p.known.Store(&said)
	}
}

// now is how far the search has come.
func (p *progress) now() store.Progress {
	out := store.Progress{Done: int(p.done.Load()), Total: int(p.total.Load())}
	if known := p.known.Load(); known != nil {
		out.Known = *known
	}
	return out
}

func (p *progress) set(done, total int) {
	p.total.Store(int64(total))
	p.done.Store(int64(done))
}

// beat keeps the progress and the lease until the work has ended, and stops the
// work when the job is no longer held.
func (r runner) beat(ctx context.Context, j *store.Job, p *progress, ended <-chan struct{}, stop context.CancelCauseFunc) {
	ticker := time.NewTicker(r.Beat)
	defer ticker.Stop()
	var shown store.Progress
	kept := time.Now()
	for {
		select {
		case <-ended:
			return
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		far := p.now()
		if far == shown && time.Since(kept) < r.Lease/3 {
			continue
		}
		err := r.Store.KeepJob(ctx, j, far, time.Now(), r.Lease)
		switch {
		case errors.Is(err, store.ErrLost):
			stop(err)
			return
		case ctx.Err() != nil: // whoever stops the work need not be warned that it stops
			return
		case err != nil:
			r.Log.Warn("progress could not be kept", "job", j.Kind, "subject", j.Subject, "error", err)
		default:
			shown, kept = far, time.Now()
		}
	}
}
