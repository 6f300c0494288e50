package store

import "parley/writing"

// levelOf is how the actor follows a thing, a notice.Level; empty where they said
// nothing.
func (r room) levelOf(n writing.ID) (level string, err error) {
	if r.who.Member == "" {
		return "", nil
	}
	_, err = r.one(`
		select level
		from follow
		where dialogue = $1 and member = $2 and item = $3`, []any{r.id, r.who.Member, int64(n)}, &level)
	return level, err
}
