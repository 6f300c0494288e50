package store

import (
	"sync"
	"sync/atomic"
	"time"

	"parley/account"
	"parley/dialogue"
)

// memory keeps what almost every request asks: whom a session names, a dialogue's
// head and settings, its newest declaration, and what a person is to it. All of it is dropped when
// a deed that is not marked light is committed, before anybody hears that it was.
// What another process changes in the same database is seen within memoryLasts:
// SQLite tells the writer of it with every batch, PostgreSQL does not tell.
type memory struct {
	generation atomic.Uint64 // moves with every commit that may change what is kept
	verified   atomic.Int64  // when the database was last asked whether others wrote, in nanoseconds

	mu     sync.RWMutex
	of     uint64    // the generation of what is kept
	since  time.Time // when the oldest of it was read
	halls  map[dialogue.ID]hall
	places map[place]dialogue.Standing

	visitors map[string]visitor // by the digest of the session
}

// memoryLasts bounds how old what is kept may be where other processes write.
const memoryLasts = time.Second

// mostPlaces bounds how many standings are kept, and how many sessions: 16 MB each,
// or less.
const mostPlaces = 50_000

type place struct {
	id    dialogue.ID
	actor account.PersonID
}

type hall struct {
	dialogue.Configured
	declaration dialogue.Declaration
}

// Generation moves whenever something that pages show may have changed: every
// deed but those that are marked light. A page kept with its generation, taken
// before the page was made, may be shown again while that is the same, for up to a
// second, since other processes may write, too.
func (s *Store) Generation() uint64 { return s.memory.generation.Load() }

// changed forgets everything.
func (m *memory) changed() { m.generation.Add(1) }

// unchanged notes that nobody else has written until now.
func (m *memory) unchanged() { m.verified.Store(time.Now().UnixNano()) }

// valid is called with the lock held.
func (m *memory) valid() bool {
	last := max(m.since.UnixNano(), m.verified.Load())
	return m.halls != nil && m.of == m.generation.Load() && time.Now().UnixNano()-last < int64(memoryLasts)
}

// recall is what was kept, if it still holds. Nobody changes what it returns.
func (m *memory) recall(id dialogue.ID, actor account.PersonID) (h hall, st dialogue.Standing, ok bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if !m.valid() {
		return h, st, false
	}
	h, there := m.halls[id]
	st, known := m.places[place{id, actor}]
	return h, st, there && known
}

// keep keeps what was read by somebody who had asked for the generation before.
func (m *memory) keep(generation uint64, id dialogue.ID, actor account.PersonID, h hall, st dialogue.Standing) {
	m.keepIf(generation, func() { m.halls[id], m.places[place{id, actor}] = h, st })
}

// keepIf keeps something where nothing has changed since the generation.
func (m *memory) keepIf(generation uint64, keep func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if generation != m.generation.Load() {
		return
	}
	if !m.valid() || len(m.places) >= mostPlaces || len(m.visitors) >= mostPlaces {
		m.of, m.since = generation, time.Now()
		m.halls, m.places, m.visitors = map[dialogue.ID]hall{}, map[place]dialogue.Standing{}, map[string]visitor{}
	}
	keep()
}

// visitor is whom the session of the digest names, if that was kept and holds.
func (m *memory) visitor(digest string) (v visitor, ok bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if m.valid() {
		v, ok = m.visitors[digest]
	}
	return v, ok
}

func (m *memory) keepVisitor(generation uint64, digest string, v visitor) {
	m.keepIf(generation, func() { m.visitors[digest] = v })
}

// weight says what a deed does to the memory.
type weight struct {
	light bool // changes nothing that is kept there, nor anything that pages show to many
	fresh bool // nothing that came before it in its transaction was heavy: the memory holds
	alone bool // no other deed can run beside it: nothing need be locked
}

// locking is the statement that locks rows and reads them, or, where a deed is
// alone anyway, the one that only reads them.
func (c conn) locking(lock, read string) string {
	if c.weight != nil && c.weight.alone {
		return read
	}
	return lock
}

// heavy marks a deed that began as a light one: it has come to change what pages
// show.
func (c conn) heavy() { c.weight.light = false }
