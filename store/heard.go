package store

import (
	"strings"

	"parley/account"
	"parley/dialogue"
)

// heard is all that is kept of how somebody hears of things.
func heard(c conn, person account.PersonID) (h account.Heard, err error) {
	p, err := loadPostal(c, person)
	if err != nil {
		return h, err
	}
	n := p.settings
	h = account.Heard{
		Every: string(n.Every), Hour: n.Hour, Weekday: strings.ToLower(n.Weekday.String()), Quiet: n.Quiet, From: n.From, To: n.To,
		Letters: n.Letters, Of: []account.HeardOf{},
	}
	if h.HasFeedKey, err = c.one(`
		select 1
		from feed_key
		where person = $1`, []any{person}, new(int)); err != nil {
		return h, err
	}
	err = c.each(`
		select dialogue, kind, item, why, at, unread
		from notice
		where person = $1
		order by id`, []any{person},
		func(scan scan) error {
			var o account.HeardOf
			var at int64
			var unread flag
			err := scan(&o.Dialogue, &o.Kind, &o.Item, &o.Why, &at, &unread)
			o.At, o.Read = moment(at), !bool(unread)
			h.Of = append(h.Of, o)
			return err
		})
	return h, err
}

// followed is what a member follows.
func followed(c conn, id dialogue.ID, m dialogue.MemberID) (list []account.Followed, err error) {
	list = []account.Followed{}
	err = c.each(`
		select item, level
		from follow
		where dialogue = $1 and member = $2
		order by item`, []any{id, m},
		func(scan scan) error {
			var f account.Followed
			err := scan(&f.Item, &f.Level)
			list = append(list, f)
			return err
		})
	return list, err
}
