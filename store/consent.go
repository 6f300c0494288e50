package store

import (
	"time"

	"parley/dialogue"
)

func saveTick(w *series, id dialogue.ID, m dialogue.MemberID, t dialogue.Tick, now time.Time) {
	w.exec(`
		insert into consent (dialogue, member, tick, given_at, withdrawn_at)
		values ($1, $2, $3, $4, 0)`, id, m, string(t), micros(now))
}
