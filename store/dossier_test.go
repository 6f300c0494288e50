package store_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"parley/deal"
	"parley/dialogue"
	"parley/dossier"
	"parley/examples"
	"parley/fault"
	"parley/i18n"
	"parley/interest"
	"parley/store"
	"parley/store/storetest"
)

func TestDossierComesBackAsItWas(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		bare := sample("bare")
		bare.Table, bare.Topics, bare.Named, bare.Registers = nil, nil, nil, nil
		empty := sample("empty-table")
		empty.Table = &deal.Written{}
		for _, d := range []*dossier.Dossier{sample("river"), bare, empty} {
			if changed, err := s.LoadDossier(ctx, d, now); err != nil || !changed {
				t.Fatalf("%s: changed %v, %v", d.Dialogue.ID, changed, err)
			}
			got, err := s.Dossier(ctx, d.Dialogue.ID)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := asJSON(t, got), asJSON(t, d); got != want {
				t.Errorf("%s: got %s\nwant %s", d.Dialogue.ID, got, want)
			}
		}
	})
}

func TestExamplesComeBackAsTheyWere(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for _, want := range exampleDossiers(t) {
			load(t, s, want)
			got, err := s.Dossier(context.Background(), want.Dialogue.ID)
			must(t, err)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s: got %s\nwant %s", want.Dialogue.ID, asJSON(t, got), asJSON(t, want))
			}
			if string(dossier.Write(got)) != string(dossier.Write(want)) {
				t.Errorf("%s: its file differs", want.Dialogue.ID)
			}
		}
	})
}

func exampleDossiers(t testing.TB) (all []*dossier.Dossier) {
	t.Helper()
	for _, e := range examples.All() {
		d, err := dossier.Read(e.Name, e.Data)
		must(t, err)
		all = append(all, d)
	}
	return all
}

func TestTheSameDossierChangesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		load(t, s, sample("river"))
		before := state(t, s)
		changed, err := s.LoadDossier(ctx, sample("river"), now.Add(time.Hour))
		if err != nil || changed {
			t.Fatalf("got changed %v, %v", changed, err)
		}
		if state(t, s) != before {
			t.Error("the same dossier changed the tables")
		}
	})
}

func TestReplacingTakesThePlaceOfTheWholeDossier(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		load(t, s, sample("river"))
		load(t, s, sample("other"))
		d := sample("river")
		d.Dialogue.Stage = dialogue.Closed
		d.Registers = d.Registers[:1]
		d.Registers[0].Interests[0].Tier = interest.Secondary
		d.Topics, d.Table, d.Named = nil, nil, d.Named[1:]
		if changed, err := s.LoadDossier(ctx, d, now.Add(time.Hour)); err != nil || !changed {
			t.Fatalf("got changed %v, %v", changed, err)
		}
		for _, want := range []*dossier.Dossier{d, sample("other")} {
			got, err := s.Dossier(ctx, want.Dialogue.ID)
			if err != nil {
				t.Fatal(err)
			}
			if asJSON(t, got) != asJSON(t, want) {
				t.Errorf("%s differs", want.Dialogue.ID)
			}
		}
	})
}

func TestMissingDialogue(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		if _, err := s.Dossier(ctx, "nowhere"); !fault.Is(err, fault.Missing) {
			t.Errorf("dossier: got %v, want a missing fault", err)
		}
		if _, err := s.DealAnswer(ctx, "nowhere"); !fault.Is(err, fault.Missing) {
			t.Errorf("answer: got %v, want a missing fault", err)
		}
		if _, err := s.AskDeals(ctx, "nowhere", deal.DefaultSettings(), now); !fault.Is(err, fault.Missing) {
			t.Errorf("question: got %v, want a missing fault", err)
		}
	})
}

func TestListOfDialogues(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		if list, err := s.Dialogues(ctx); err != nil || len(list) != 0 {
			t.Fatalf("got %v, %v", list, err)
		}
		for i, id := range []dialogue.ID{"b", "a", "b-2", "B"} {
			at := now
			if i == 0 {
				at = now.Add(-time.Minute)
			}
			if _, err := s.LoadDossier(ctx, sample(id), at); err != nil {
				t.Fatal(err)
			}
		}
		list, err := s.Dialogues(ctx)
		if err != nil {
			t.Fatal(err)
		}
		var order []dialogue.ID
		for _, d := range list {
			order = append(order, d.ID)
		}
		if got, want := fmt.Sprint(order), "[b B a b-2]"; got != want {
			t.Errorf("order: got %s, want %s", got, want)
		}
		first := list[0]
		if first.Registers != 3 || first.Interests != 5 || first.Topics != 2 {
			t.Errorf("counts: got %d, %d, %d", first.Registers, first.Interests, first.Topics)
		}
		if asJSON(t, first.Dialogue) != asJSON(t, sample("b").Dialogue) {
			t.Errorf("got %s", asJSON(t, first.Dialogue))
		}
		if !first.CreatedAt.Equal(now.Add(-time.Minute)) {
			t.Errorf("created: got %v", first.CreatedAt)
		}
	})
}

// Promise 4: a dossier is loaded whole or not at all, wherever it fails.
func TestLoadingIsAllOrNothing(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, c store.Config) {
		ctx := context.Background()
		var mu sync.Mutex
		left := -1 // statements until the failure; -1 is never
		injected := errors.New("injected")
		s := storetest.Open(t, store.WithHooks(c, func(string) error {
			mu.Lock()
			defer mu.Unlock()
			if left == 0 {
				return injected
			}
			left--
			return nil
		}, nil))
		fail := func(after int) {
			mu.Lock()
			defer mu.Unlock()
			left = after
		}
		load(t, s, sample("river"))
		changed := sample("river")
		changed.Dialogue.AsOf, changed.Topics[0].Divisible = "2027", false
		for name, d := range map[string]*dossier.Dossier{"new": sample("lake"), "replaced": changed} {
			before := state(t, s)
			n := 0
			for ; ; n++ {
				fail(n)
				_, err := s.LoadDossier(ctx, d, now)
				fail(-1)
				if err == nil {
					break
				}
				if !errors.Is(err, injected) {
					t.Fatal(err)
				}
				if state(t, s) != before {
					t.Fatalf("%s: something is left behind by a failure at statement %d", name, n)
				}
			}
			if n < 50 {
				t.Errorf("%s: failed at %d statements only", name, n)
			}
			if got, err := s.Dossier(ctx, d.Dialogue.ID); err != nil || asJSON(t, got) != asJSON(t, d) {
				t.Errorf("%s: not loaded in the end: %v", name, err)
			}
		}
	})
}

func TestWhatTheDatabaseRefuses(t *testing.T) {
	cases := map[string]func(d *dossier.Dossier){
		"an unknown rule of the room":   func(d *dossier.Dossier) { d.Dialogue.Rule = "whisper" },
		"an unknown stage":              func(d *dossier.Dossier) { d.Dialogue.Stage = "" },
		"an unknown kind":               func(d *dossier.Dossier) { d.Dialogue.Kind = "dream" },
		"a register about nobody":       func(d *dossier.Dossier) { d.Registers[0].Subject = "X" },
		"a register by nobody":          func(d *dossier.Dossier) { d.Registers[1].Author = interest.Author{} },
		"an interest twice":             func(d *dossier.Dossier) { d.Registers[1].Interests[0].ID = "S-1" },
		"half a role":                   func(d *dossier.Dossier) { d.Registers[0].Interests[0].Counterparts[1].Role.High = 0 },
		"a topic without a relation":    func(d *dossier.Dossier) { d.Topics[0].Relation = 0 },
		"a topic of no interest":        func(d *dossier.Dossier) { d.Topics[0].Interests[0] = "X-1" },
		"an interest in two camps":      func(d *dossier.Dossier) { d.Topics[0].Camps[1][0] = "S-2" },
		"a share of another's interest": func(d *dossier.Dossier) { d.Topics[1].Share = []interest.Share{{Interest: "S-1"}} },
		"two sides with one id":         func(d *dossier.Dossier) { d.Dialogue.Sides[0].ID = "N" },
		"an actor who is no side":       func(d *dossier.Dossier) { d.Named[0].Act.Actors[0] = "X" },
		"a dialogue without a title":    func(d *dossier.Dossier) { d.Dialogue.Title = i18n.Text{} },
	}
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		before := state(t, s)
		for name, spoil := range cases {
			d := sample("river")
			spoil(d)
			if _, err := s.LoadDossier(context.Background(), d, now); err == nil {
				t.Fatalf("%s was stored", name)
			}
			if state(t, s) != before {
				t.Errorf("%s left something behind", name)
			}
		}
	})
}

func TestTwoLoadersOfOneDialogue(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, c store.Config) {
		ctx := context.Background()
		nodes := []*store.Store{storetest.Open(t, c), storetest.Open(t, c)}
		var wg sync.WaitGroup
		for i := range 16 {
			wg.Go(func() {
				d := sample("river")
				d.Dialogue.AsOf = fmt.Sprint(2000 + i%4)
				if _, err := nodes[i%2].LoadDossier(ctx, d, now); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		got, err := nodes[0].Dossier(ctx, "river")
		if err != nil {
			t.Fatal(err)
		}
		want := sample("river")
		want.Dialogue.AsOf = got.Dialogue.AsOf
		if asJSON(t, got) != asJSON(t, want) {
			t.Error("the dossier is a mixture")
		}
	})
}

func load(t testing.TB, s *store.Store, d *dossier.Dossier) {
	t.Helper()
	if _, err := s.LoadDossier(context.Background(), d, now); err != nil {
		t.Fatal(err)
	}
}

func state(t testing.TB, s *store.Store) string {
	t.Helper()
	text, err := s.State(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// Rows to which others refer keep their identity when a file is loaded over
// them, in whatever order it has them.
func TestRowsKeepWhatRefersToThem(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := editors(t, s)
		x.tell()
		d, err := x.Dossier(x.ctx, x.id)
		x.must(err)
		slices.Reverse(d.Dialogue.Sides)
		slices.Reverse(d.Registers)
		slices.Reverse(d.Topics)
		slices.Reverse(d.Named)
		for _, r := range d.Registers {
			slices.Reverse(r.Interests)
		}
		d.Registers[2].Interests[2].Tier = interest.Secondary
		before := x.standing("sue")
		if changed, err := s.LoadDossier(x.ctx, d, later); err != nil || !changed {
			t.Fatalf("changed %v, %v", changed, err)
		}
		got, err := x.Dossier(x.ctx, x.id)
		x.must(err)
		if asJSON(t, got) != asJSON(t, d) {
			t.Error("what is read is not what was loaded")
		}
		if after := x.standing("sue"); !reflect.DeepEqual(after, before) {
			t.Errorf("got %+v, want %+v", after, before)
		}
		if list, err := s.WrittenBy(x.ctx, x.id, "sue"); err != nil || len(list) != 2 {
			t.Errorf("authorship is lost: %+v, %v", list, err)
		}
		gone := *d
		gone.Topics, gone.Named, gone.Table = nil, nil, nil
		gone.Registers = d.Registers[1:2]
		gone.Registers[0].Interests = gone.Registers[0].Interests[:1]
		load(t, s, &gone)
		if n := number(t, s, "select count(1) from interest_author"); n != 0 {
			t.Errorf("%d authors of nothing", n)
		}
		if got, err := x.Dossier(x.ctx, x.id); err != nil || asJSON(t, got) != asJSON(t, &gone) {
			t.Errorf("something is left that the file does not have: %v", err)
		}
	})
}
