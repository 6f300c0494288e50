package store

import (
	"context"
	"time"

	"parley/account"
	"parley/fault"
)

// Kept is the answer to a create, for who sends the same again.
type Kept struct {
	Status int
	Header string // JSON
	Body   []byte // UTF-8
}

const (
	// OnceLasts is how long the answer under an Idempotency-Key is kept.
	OnceLasts = 24 * time.Hour
	// onceBegun is how long a request that was never answered holds its key.
	onceBegun = time.Minute
	// maxOnceKey is the length of a key in bytes.
	maxOnceKey = 255
)

// BeginOnce takes an Idempotency-Key for a request; request stands for all of
// it: method, address and body. Where the same person sent the same before, it
// returns the answer that was kept. A key that was used for another request, or
// whose first request is still being answered, is fault.Conflict.
func (s *Store) BeginOnce(ctx context.Context, person account.PersonID, key, request string, now time.Time) (kept *Kept, err error) {
	if key == "" || len(key) > maxOnceKey || !oneLine(key) {
		return nil, fault.New(fault.Invalid, "store.once-key", "an Idempotency-Key has 1 to %d characters on one line", maxOnceKey).With("Most", maxOnceKey)
	}
	name, request := account.Digest(key), account.Digest(request)
	err = s.write(ctx, func(c conn) error {
		kept = nil
		if _, err := c.exec(`
			delete from once
			where person = $1 and name = $2 and (begun_at <= $3 or status = 0 and begun_at <= $4)`,
			person, name, micros(now.Add(-OnceLasts)), micros(now.Add(-onceBegun))); err != nil {
			return err
		}
		n, err := c.exec(`
			insert into once (person, name, request, status, header, body, begun_at)
			values ($1, $2, $3, 0, '', '', $4)
			on conflict (person, name) do nothing`,
			person, name, request, micros(now))
		if err != nil || n == 1 {
			return err
		}
		var k Kept
		var before string
		if _, err := c.one(`
			select request, status, header, body
			from once
			where person = $1 and name = $2`, []any{person, name}, &before, &k.Status, &k.Header, &k.Body); err != nil {
			return err
		}
		switch {
		case before != request:
			return fault.New(fault.Conflict, "store.once-other", "this Idempotency-Key was used for another request")
		case k.Status == 0:
			return fault.New(fault.Conflict, "store.once-running", "the first request with this Idempotency-Key is still being answered")
		}
		kept = &k
		return nil
	})
	return kept, wrapped("take an idempotency key", err)
}

// EndOnce keeps the answer; an answer of status 0 or from 500 up gives the key
// back, so that the request can be tried again. The answer is kept in plain
// words for a day: it must hold no secret.
func (s *Store) EndOnce(ctx context.Context, person account.PersonID, key string, k Kept) error {
	name := account.Digest(key)
	err := s.write(context.WithoutCancel(ctx), func(c conn) error {
		if k.Status == 0 || k.Status >= 500 {
			_, err := c.exec(`
				delete from once
				where person = $1 and name = $2 and status = 0`, person, name)
			return err
		}
		_, err := c.exec(`
			update once
			set status = $3, header = $4, body = $5
			where person = $1 and name = $2 and status = 0`,
			person, name, k.Status, k.Header, string(k.Body))
		return err
	})
	return wrapped("keep the answer under an idempotency key", err)
}
