package store

import (
	"parley/writing"
)

// loadVerdicts reads why things were hidden, by number; what no moderator ever hid is
// left out. Of several the newest counts.
func (r room) loadVerdicts(ns []writing.ID) (map[writing.ID]writing.Verdict, error) {
	out := map[writing.ID]writing.Verdict{}
	err := r.each(`
		select c.item, d.reason, c.number, d.at
		from moderation_case c
		join moderation_decision d on d.dialogue = c.dialogue and d.number = c.number
		where c.dialogue = $1 and c.item in (`+numbers(ns)+`) and c.lang = '' and d.verdict <> 'keep'
		order by d.at, c.number, d.step`, []any{r.id},
		func(scan scan) error {
			var n writing.ID
			var v writing.Verdict
			var at int64
			err := scan((*int64)(&n), &v.Reason, &v.Case, &at)
			v.At = moment(at)
			out[n] = v
			return err
		})
	return out, err
}
