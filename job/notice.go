package job

import (
	"context"
	"time"
)

// spreadAtOnce is how many events one deed tells people of.
const spreadAtOnce = 100

// spread tells those who follow what has happened, and reports whether there was
// something to tell.
func (r runner) spread(ctx context.Context) bool {
	more, err := r.Store.SpreadNotices(ctx, spreadAtOnce, time.Now())
	if err != nil && ctx.Err() == nil {
		r.Log.Error("what happened could not be told", "error", err)
	}
	return more && err == nil
}

// digests queues, again and again, the digests that are due.
func (r runner) digests(ctx context.Context) {
	for ctx.Err() == nil {
		if err := r.Store.SendDigests(ctx, time.Now()); err != nil && ctx.Err() == nil {
			r.Log.Error("digests could not be queued", "error", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(r.Digest):
		}
	}
}
