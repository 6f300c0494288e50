package web

import (
	"context"
	"log/slog"
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
	return nil, fault.New(fault.Missing, "x", "no dialogue %q", id)
}
func (s shelf) Dialogues(context.Context) ([]store.DialogueRow, error) {
	var out []store.DialogueRow
	for _, d := range s {
		out = append(out, store.DialogueRow{Dialogue: d.Dialogue})
	}
	return out, nil
}

func both(en, ru string) i18n.Text { return i18n.Text{"en": en, "ru": ru} }

func small2() *dossier.Dossier {
	author := interest.Author{Side: "RU", Name: both("Russian authors", "российские авторы")}
	return &dossier.Dossier{
		Dialogue: dialogue.Dialogue{ID: "us-russia-2009", Title: both("Russia and the United States, 2009", "Россия и США, 2009 год"), Languages: []string{"en", "ru"},
			AsOf: "2009-06", Kind: dialogue.Historical, Rule: dialogue.Public, Stage: dialogue.Preparing,
			Sides: []dialogue.Side{{ID: "US", Name: both("United States", "США")}, {ID: "RU", Name: both("Russia", "Россия")}}},
		Registers: []interest.Register{
			{Subject: "RU", Author: author, Interests: []interest.Interest{{ID: "RU-1", Title: both("NATO: no further enlargement", "НАТО: без дальнейшего расширения"), Tier: interest.Vital, Horizon: interest.Immediate,
				Counterparts: []interest.Counterpart{{Side: "US", Role: interest.RoleRange{Low: interest.Key, High: interest.Key}, Alignment: interest.OpposedTo}}}}},
			{Subject: "US", Author: author, Interests: []interest.Interest{{ID: "US-1", Title: both("NATO enlargement", "Расширение НАТО"), Tier: interest.Important}}},
		},
		Topics: []interest.Topic{{ID: "nato", Title: both("NATO enlargement", "Расширение НАТО"), Relation: interest.Opposed, Interests: []interest.ID{"RU-1", "US-1"}, Affects: []i18n.Text{both("Ukraine", "Украина")}}},
	}
}

func testServer(t *testing.T, dossiers ...*dossier.Dossier) *Server {
	t.Helper()
	s, err := New(Config{Store: shelf(dossiers), Log: slog.New(slog.DiscardHandler), Demo: true})
	if err != nil {
		t.Fatal(err)
	}
	return s
}
