package store

import (
	"parley/dialogue"
)

// holders lists who holds a role and takes part.
func holders(c conn, id dialogue.ID, r dialogue.Role) (members []dialogue.MemberID, err error) {
	err = c.each(`
		select distinct g.member
		from role_grant g
		join member m on m.dialogue = g.dialogue and m.id = g.member
		where g.dialogue = $1 and g.role = $2 and m.state = 'admitted'`, []any{id, string(r)},
		func(scan scan) error {
			var m dialogue.MemberID
			err := scan(&m)
			members = append(members, m)
			return err
		})
	return members, err
}
