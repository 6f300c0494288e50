package web

import (
	"context"
	"log/slog"
	"os"
	"sync"
	"testing"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/dossier"
	"parley/i18n"
	"parley/interest"
	"parley/store"
	"parley/store/storetest"
)

// limitless is a limiter for tests, which are faster than people.
func limitless() *account.Limiter { return account.NewLimiter(1e6) }

// testStore is a fresh store with the dossiers in it.
func testStore(t testing.TB, dossiers ...*dossier.Dossier) *store.Store {
	t.Helper()
	st := storetest.Open(t, storetest.SQLite(t))
	load(t, st, dossiers...)
	return st
}

func load(t testing.TB, st *store.Store, dossiers ...*dossier.Dossier) {
	t.Helper()
	for _, d := range dossiers {
		if _, err := st.LoadDossier(context.Background(), d, time.Now()); err != nil {
			t.Fatal(err)
		}
	}
}

// newServer serves as configured, without limits and in silence unless the
// configuration says otherwise.
func newServer(t testing.TB, c Config) *Server {
	t.Helper()
	if c.Limiter == nil {
		c.Limiter = limitless()
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	s, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// testServer serves the dossiers as a demonstration.
func testServer(t testing.TB, dossiers ...*dossier.Dossier) *Server {
	t.Helper()
	return newServer(t, Config{Store: testStore(t, dossiers...), Demo: true})
}

// readDossier reads a dossier file from the folder of examples. Each call gives
// a dossier of its own, which the test may change.
func readDossier(t testing.TB, name string) *dossier.Dossier {
	t.Helper()
	data, err := os.ReadFile("../examples/" + name)
	if err != nil {
		t.Fatal(err)
	}
	d, err := dossier.Read(name, data)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// kept is a store that several tests only read.
type kept struct {
	sync.Mutex
	store *store.Store
	dir   string
}

var full, answered kept

// sharedStore fills the store for the first test that asks.
func sharedStore(t testing.TB, k *kept, fill func(st *store.Store)) *store.Store {
	t.Helper()
	k.Lock()
	defer k.Unlock()
	if k.store == nil {
		dir, err := os.MkdirTemp("", "parley-web-")
		if err != nil {
			t.Fatal(err)
		}
		if k.store, err = store.Open(context.Background(), store.Config{Dir: dir}); err != nil {
			t.Fatal(err)
		}
		k.dir = dir
		fill(k.store)
	}
	return k.store
}

func TestMain(m *testing.M) {
	code := m.Run()
	for _, k := range []*kept{&full, &answered, &sung} {
		if k.store != nil {
			k.store.Close()
			os.RemoveAll(k.dir)
		}
	}
	os.Exit(code)
}

// fullServer serves two, three and four sides.
func fullServer(t testing.TB) *Server {
	t.Helper()
	return newServer(t, Config{Store: fullStore(t), Demo: true})
}

// fullStore is shared: tests must leave it as it is.
func fullStore(t testing.TB) *store.Store {
	return sharedStore(t, &full, func(st *store.Store) {
		four := readDossier(t, "testdata/four-sides.yaml")
		four.Dialogue.Rule = dialogue.Public
		load(t, st, readDossier(t, "us-russia-2009.yaml"), readDossier(t, "three-towns.yaml"), four)
	})
}

func both(en, ru string) i18n.Text { return i18n.Text{"en": en, "ru": ru} }

// river is a small dossier of two sides in which every value is known to the
// test that reads it.
func river() *dossier.Dossier {
	entry := func(id, title string, tier interest.Tier, about interest.Counterpart) interest.Interest {
		return interest.Interest{ID: interest.ID(id), Title: both(title, "ru "+title), Tier: tier, Counterparts: []interest.Counterpart{about}}
	}
	exactly := func(r interest.Role) interest.RoleRange { return interest.RoleRange{Low: r, High: r} }
	return &dossier.Dossier{
		Dialogue: dialogue.Dialogue{
			ID: "river", Title: both("A river", "Река"), Languages: []string{"en", "ru"}, AsOf: "2030-05", Kind: dialogue.Invented,
			Rule: dialogue.Public, Stage: dialogue.Open, Sides: []dialogue.Side{{ID: "W", Name: both("Weston", "Берег")}, {ID: "E", Name: both("Easton", "Остров")}},
		},
		Registers: []interest.Register{
			{Subject: "W", Author: interest.Author{Side: "W"}, Interests: []interest.Interest{
				entry("W-1", "Water for fields", interest.Vital, interest.Counterpart{Side: "E", Role: exactly(interest.Key),
					Effect: interest.Hinders, Priority: interest.LevelRange{Low: interest.Low, High: interest.Middle}, Alignment: interest.OpposedTo}),
				entry("W-2", "A bridge", interest.Important, interest.Counterpart{Side: "E", Alignment: interest.Parallel}),
				entry("W-3", "Quiet nights", interest.Unplaced, interest.Counterpart{Side: "E"}),
			}},
			{Subject: "E", Author: interest.Author{Name: both("A traveller", "Путешественник")}, Date: "2030-04", Interests: []interest.Interest{
				entry("E-1", "Water for mills", interest.Vital, interest.Counterpart{Side: "W", Tone: interest.Negative}),
				entry("E-2", "The bridge, too", interest.Secondary, interest.Counterpart{Side: "W"}),
			}},
		},
		Topics: []interest.Topic{
			{ID: "water", Title: both("Water", "Вода"), Relation: interest.Opposed, Interests: []interest.ID{"W-1", "E-1"},
				Author: interest.Author{Name: both("A clerk", "Писарь")}, Date: "2030-05", Affects: []i18n.Text{both("Fishers", "Рыбаки")}},
			{ID: "bridge", Title: both("The bridge", "Мост"), Relation: interest.Shared, Interests: []interest.ID{"W-2", "E-2"},
				Act: &interest.Act{Title: both("A survey of the banks", "Съёмка берегов"), Actors: []dialogue.SideID{"W", "E"}, By: interest.Author{Side: "W"}}},
		},
		Named: []interest.Named{{ID: "ferry", Title: both("A ferry", "Паром"), As: interest.AsSphere, By: interest.Author{Side: "W"}}},
	}
}
