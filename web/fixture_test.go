package web

import (
	"context"
	"log/slog"
	"os"
	"testing"

	"parley/dialogue"
	"parley/dossier"
	"parley/fault"
	"parley/i18n"
	"parley/interest"
	"parley/store"
)

// shelf is a store of dossiers in memory.
type shelf []*dossier.Dossier

func (s shelf) Ping(context.Context) error { return nil }
func (s shelf) Dossier(_ context.Context, id dialogue.ID) (*dossier.Dossier, error) {
	for _, d := range s {
		if d.Dialogue.ID == id {
			return d, nil
		}
	}
	return nil, fault.New(fault.Missing, "store.no-dialogue", "no dialogue %q", id)
}
func (s shelf) Dialogues(context.Context) ([]store.DialogueRow, error) {
	var out []store.DialogueRow
	for _, d := range s {
		out = append(out, store.DialogueRow{Dialogue: d.Dialogue})
	}
	return out, nil
}

// testServer serves the dossiers as a demonstration.
func testServer(t testing.TB, dossiers ...*dossier.Dossier) *Server {
	t.Helper()
	s, err := New(Config{Store: shelf(dossiers), Log: slog.New(slog.DiscardHandler), Demo: true})
	if err != nil {
		t.Fatal(err)
	}
	return s
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

// fullServer serves two, three and four sides.
func fullServer(t testing.TB) *Server {
	t.Helper()
	return testServer(t, readDossier(t, "us-russia-2009.yaml"), readDossier(t, "three-towns.yaml"), readDossier(t, "testdata/four-sides.yaml"))
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
			Rule: dialogue.Public, Sides: []dialogue.Side{{ID: "W", Name: both("Weston", "Берег")}, {ID: "E", Name: both("Easton", "Остров")}},
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
