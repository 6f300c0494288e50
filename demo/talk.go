package demo

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/store"
	"parley/writing"
)

// seed is what everything that is drawn begins from.
const seed = 20250401

// history is how many days the invented dialogue goes back.
const history = 42

// Talk lets the invented people of a house that Fill has filled write, answer,
// expect, report and decide, as if the last weeks had passed. It is some thousand
// deeds, each of which anybody could do; pages may be shown meanwhile. When ctx
// ends it stops where it is.
func Talk(ctx context.Context, st *store.Store, guests []Guest, now time.Time) error {
	t, err := newTalk(ctx, st, guests, now)
	if err == nil {
		err = t.run()
	}
	if err != nil {
		return fmt.Errorf("fill the invented dialogue: %w", err)
	}
	return nil
}

func newTalk(ctx context.Context, st *store.Store, guests []Guest, now time.Time) (*talk, error) {
	c, err := readContent()
	return &talk{
		Store: st, content: c, ctx: ctx, now: now, began: now.Add(-history * day), guests: guests,
		people: map[string]*person{}, items: map[string]writing.ID{}, authors: map[string]string{},
	}, err
}

const day = 24 * time.Hour

type talk struct {
	*store.Store
	*content
	ctx     context.Context
	now     time.Time
	began   time.Time
	version int // of the declaration
	guests  []Guest
	people  map[string]*person
	voters  []*person
	items   map[string]writing.ID // by key
	authors map[string]string     // the key of the person, by that of the item
	all     []written
	saying  sync.Mutex
	unsaid  map[string]string // reasons that nobody has given yet, by "STATEMENT SIDE+"
}

// deed is something that somebody does at a time.
type deed struct {
	at time.Time
	do func(at time.Time) error
}

func (t *talk) run() error {
	e, err := t.Entrance(t.ctx, Dialogue, t.owner(), "", t.now)
	if err != nil {
		return err
	}
	t.version = e.Declaration.Version
	if err := t.gather(e.Sides); err != nil {
		return fmt.Errorf("gather: %w", err)
	}
	deeds := slices.Concat(t.writing(), t.steps(), t.judging(), t.answering(), t.lateDeeds())
	slices.SortStableFunc(deeds, func(a, b deed) int { return a.at.Compare(b.at) })
	for _, d := range deeds {
		if err := d.do(d.at); err != nil {
			return err
		}
	}
	return t.mark()
}

// owner is whoever may read everything that is needed to begin.
func (t *talk) owner() account.PersonID {
	for _, g := range t.guests {
		if g.Role == dialogue.Convener {
			return g.Person
		}
	}
	return ""
}

// who is the person with the key.
func (t *talk) who(key string) (*person, error) {
	p, ok := t.people[key]
	if !ok {
		return nil, fmt.Errorf("there is nobody %q", key)
	}
	return p, nil
}

// on is the hour of a day before the demonstration; hours count on from the
// morning, so that what follows follows.
func (t *talk) on(daysBefore int, hours float64) time.Time {
	return t.now.Add(-time.Duration(daysBefore)*day - 12*time.Hour).Add(time.Duration(hours * float64(time.Hour)))
}
