package web

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
)

// hub wakes the pages that wait for what is new. One goroutine for each dialogue
// that somebody waits in asks the store, so that what other processes write is
// heard, too; it ends when nobody waits there any more.
type hub struct {
	mu    sync.Mutex
	rooms map[dialogue.ID]*waiting
	held  map[string]int // pages that wait, of a person or a network
	over  chan struct{}
	once  sync.Once

	newest            func(ctx context.Context, id dialogue.ID) (int64, error)
	poll, beat, lasts time.Duration
	most              int // pages of one person or network
}

// waiting is those who wait in one dialogue.
type waiting struct {
	last atomic.Int64
	wake map[chan struct{}]bool
	stop context.CancelFunc
}

func newHub(newest func(ctx context.Context, id dialogue.ID) (int64, error)) *hub {
	return &hub{
		rooms: map[dialogue.ID]*waiting{}, held: map[string]int{}, over: make(chan struct{}), newest: newest,
		poll: time.Second, beat: 20 * time.Second, lasts: 15 * time.Minute, most: 6,
	}
}

// close ends all that waits: the server stops.
func (h *hub) close() { h.once.Do(func() { close(h.over) }) }

// take counts one page that waits; give it back when it ends.
func (h *hub) take(who string) (give func(), err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.held[who] >= h.most {
		return nil, fault.New(fault.Throttled, "feed.too-many", "at most %d pages wait at once", h.most).With("Wait", time.Minute)
	}
	h.held[who]++
	return func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		if h.held[who]--; h.held[who] == 0 {
			delete(h.held, who)
		}
	}, nil
}

// join waits in a dialogue. wake tells that something may have happened since,
// last is the number of what happened last.
func (h *hub) join(id dialogue.ID, last int64) (wake <-chan struct{}, room *waiting, leave func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	w := h.rooms[id]
	if w == nil {
		ctx, stop := context.WithCancel(context.Background())
		w = &waiting{wake: map[chan struct{}]bool{}, stop: stop}
		w.last.Store(last)
		h.rooms[id] = w
		go h.watch(ctx, id, w)
	}
	c := make(chan struct{}, 1)
	w.wake[c] = true
	return c, w, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(w.wake, c)
		if len(w.wake) == 0 {
			w.stop()
			delete(h.rooms, id)
		}
	}
}

func (h *hub) watch(ctx context.Context, id dialogue.ID, w *waiting) {
	t := time.NewTicker(h.poll)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
		n, err := h.newest(ctx, id)
		if err != nil || n == w.last.Load() {
			continue // the next round asks again
		}
		w.last.Store(n)
		h.mu.Lock()
		for c := range w.wake {
			select {
			case c <- struct{}{}:
			default: // it has been told already
			}
		}
		h.mu.Unlock()
	}
}

// waiter is who waits: a person, or a network for those who are not signed in.
func waiter(ctx context.Context, v *visit) string {
	if v.SignedIn() {
		return "person " + string(v.Person)
	}
	return "network " + account.Client(ctx)
}
