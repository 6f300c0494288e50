package web

import (
	"context"

	"parley/dialogue"
	"parley/dossier"
	"parley/store"
)

// Store is what pages read.
type Store interface {
	Ping(ctx context.Context) error
	Dossier(ctx context.Context, id dialogue.ID) (*dossier.Dossier, error)
	Dialogues(ctx context.Context) ([]store.DialogueRow, error)
	Deals
}
