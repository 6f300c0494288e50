package store

import (
	"crypto/sha256"
	"encoding/hex"

	"parley/dialogue"
	"parley/dossier"
)

// freeze returns the part of a dossier that an analysis reads, word for word,
// with its SHA-256: while that stays, an answer stays current. The purpose of a
// dialogue, its host, its rule and its stage may change freely.
func freeze(d *dossier.Dossier) (snapshot []byte, digest string) {
	frozen := *d
	frozen.Dialogue = dialogue.Dialogue{
		ID: d.Dialogue.ID, Title: d.Dialogue.Title, Languages: d.Dialogue.Languages, AsOf: d.Dialogue.AsOf, Sides: d.Dialogue.Sides,
	}
	snapshot = dossier.Write(&frozen)
	sum := sha256.Sum256(snapshot)
	return snapshot, hex.EncodeToString(sum[:])
}
