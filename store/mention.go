package store

import (
	"strings"

	"parley/dialogue"
	"parley/i18n"
	"parley/writing"
)

// called lists the members whom a text calls by name.
func (r room) called(text string) (to []dialogue.MemberID, err error) {
	if !strings.Contains(text, "@") {
		return nil, nil
	}
	var members []dialogue.MemberID
	var names []dialogue.Pseudonym
	err = r.each(`
		select id, pseudonym
		from member
		where dialogue = $1 and state = 'admitted'
		order by id`, []any{r.id},
		func(scan scan) error {
			var m dialogue.MemberID
			var name dialogue.Pseudonym
			err := scan(&m, &name)
			members, names = append(members, m), append(names, name)
			return err
		})
	for _, i := range writing.Mentions(text, names, i18n.Languages) {
		to = append(to, members[i])
	}
	return to, err
}
