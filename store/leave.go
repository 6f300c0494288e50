package store

import (
	"parley/dialogue"
)

// forget removes a request as if it had never been made.
func (r room) forget(m dialogue.MemberID) error {
	_, err := r.exec(`
		delete from member
		where dialogue = $1 and id = $2`, r.id, m)
	return err
}
