package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"parley/dialogue"
	"parley/dossier"
)

// canonical is the dossier as bytes: equal for equal dossiers.
func canonical(d *dossier.Dossier) ([]byte, error) { return json.Marshal(d) }

// thaw reads what canonical wrote.
func thaw(b []byte) (*dossier.Dossier, error) {
	d := &dossier.Dossier{}
	return d, json.Unmarshal(b, d)
}

// freeze returns the part of a dossier that an analysis reads, word for word,
// with its SHA-256: while that stays, an answer stays current. The purpose of a
// dialogue, its host, its rule and its stage may change freely.
func freeze(d *dossier.Dossier) (snapshot []byte, digest string, err error) {
	frozen := *d
	frozen.Dialogue = dialogue.Dialogue{
		ID: d.Dialogue.ID, Title: d.Dialogue.Title, Languages: d.Dialogue.Languages, AsOf: d.Dialogue.AsOf, Sides: d.Dialogue.Sides,
	}
	if snapshot, err = canonical(&frozen); err != nil {
		return nil, "", err
	}
	sum := sha256.Sum256(snapshot)
	return snapshot, hex.EncodeToString(sum[:]), nil
}
