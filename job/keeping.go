package job

import (
	"context"
	"errors"
	"time"

	"parley/store"
)

// scrub is the task of cleaning the database after somebody was erased.
func (r runner) scrub() task {
	return task{store.ScrubJob, store.ScrubVersion, func(ctx context.Context, j *store.Job, p *progress) (func(context.Context) error, error) {
		err := r.Store.Scrub(ctx)
		return func(ctx context.Context) error { return r.Store.FinishJob(ctx, j) }, err
	}}
}

// forget lets go, again and again, of what has had its time.
func (r runner) forget(ctx context.Context) {
	for wait := r.Forget / 100; ; wait = r.Forget {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		if err := r.Store.Forget(ctx, time.Now()); err != nil && ctx.Err() == nil {
			r.Log.Error("what has had its time could not be forgotten", "error", err)
		}
	}
}

// A letter is tried letterTries times, the pauses doubling from firstPause to
// longestPause: for about a day and a half.
const (
	letterTries  = 14
	firstPause   = time.Minute
	longestPause = 6 * time.Hour
)

// letter sends the letter that has waited longest and reports whether there was
// one.
func (r runner) letter(ctx context.Context) bool {
	l, err := r.Store.NextLetter(ctx, time.Now())
	if err != nil && ctx.Err() == nil {
		r.Log.Error("no letter could be taken from the outbox", "error", err)
	}
	if l == nil || err != nil {
		return false
	}
	// A letter under way goes to its end: half of one would be sent twice.
	lasting := context.WithoutCancel(ctx)
	log := r.Log.With("kind", l.Kind, "attempt", l.Attempt)
	sent := r.Send(lasting, l, time.Now())
	if sent == nil {
		log.Info("a letter went out")
		err = r.insist(func() error { return r.Store.SentLetter(lasting, l.ID, time.Now()) })
	} else {
		log.Warn("a letter did not go out", "error", sent)
		again := nextTry(l.Attempt, sent, time.Now())
		err = r.insist(func() error { return r.Store.FailLetter(lasting, l.ID, sent.Error(), again) })
	}
	if err != nil {
		log.Error("what became of a letter could not be kept; it may go out twice", "error", err)
	}
	return true
}

// nextTry is when a letter that did not go out is tried again; zero: never.
func nextTry(attempt int, cause error, now time.Time) time.Time {
	var f interface{ Lasting() bool }
	if errors.As(cause, &f) && f.Lasting() || attempt >= letterTries {
		return time.Time{}
	}
	return now.Add(min(firstPause<<(attempt-1), longestPause))
}
