package store

import (
	"time"

	"parley/dialogue"
	"parley/notice"
)

// emit notes that something happened, inside the deed by which it did: once for
// each thing that people may want to hear of. ID and At are set here.
func emit(c conn, id dialogue.ID, e notice.Event, now time.Time) error {
	args, err := compactJSON(orEmpty(e.Args))
	if err != nil {
		return err
	}
	_, err = c.exec(`
		insert into event (dialogue, id, kind, item, root, by_member, to_member, args, at)
		select $1, coalesce(max(id), 0) + 1, $2, $3, $4, $5, $6, $7, $8
		from event
		where dialogue = $1`,
		id, string(e.Kind), int64(e.Item), int64(e.Root), optional(e.By), optional(e.To), args, micros(now))
	return err
}
