package store

import (
	"context"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/notice"
	"parley/writing"
)

// Follow sets how closely the actor follows a thing; item 0: the dialogue. Of a
// comment or a reason it is what that belongs to.
func (s *Store) Follow(ctx context.Context, actor account.PersonID, id dialogue.ID, item writing.ID, level notice.Level, now time.Time) error {
	err := s.inRoom(ctx, actor, id, dialogue.Follow, func(r room) error {
		if !level.Known() {
			return fault.New(fault.Invalid, "notice.level", "one follows at one of %v", notice.Levels)
		}
		thing, err := r.followable(item)
		if err != nil {
			return err
		}
		_, err = r.exec(`
			insert into follow (dialogue, member, item, level)
			values ($1, $2, $3, $4)
			on conflict (dialogue, member, item) do update set level = excluded.level`,
			id, r.who.Member, int64(thing), string(level))
		return err
	})
	return wrapped("follow something", err)
}

// followable is what there is to follow of an item that the actor may read.
func (r room) followable(item writing.ID) (writing.ID, error) {
	if item == 0 {
		return 0, nil
	}
	found, err := r.loadItems([]writing.ID{item})
	if err != nil {
		return 0, err
	}
	c, ok := found[item]
	if !ok {
		return 0, noItem()
	}
	if c.Kind != writing.Comment && c.Kind != writing.Reason {
		return item, nil
	}
	var root writing.ID
	_, err = r.one(`
		select root
		from contribution
		where dialogue = $1 and id = $2`, []any{r.id, int64(item)}, &root)
	return root, err
}

// Following lists what the actor follows here, the dialogue first. What they may
// not read any more is left out.
func (s *Store) Following(ctx context.Context, actor account.PersonID, id dialogue.ID) (list []notice.Following, err error) {
	err = s.read(ctx, func(c conn) error {
		who, d, err := allowed(c, id, actor, dialogue.Follow)
		if err != nil {
			return err
		}
		r := room{c, id, actor, who, d}
		all, items, err := r.follows()
		if err != nil {
			return err
		}
		found, err := r.loadItems(items)
		if err != nil {
			return err
		}
		for _, f := range all {
			item, ok := found[f.Item]
			if ok || f.Item == 0 {
				f.Title, f.Kind, f.Titles = item.Title, item.Kind, map[string]string{item.Lang: item.Title}
				for _, t := range item.Translations {
					if !t.Hid {
						f.Titles[t.Lang] = t.Title
					}
				}
				list = append(list, f)
			}
		}
		return nil
	})
	return list, wrapped("list what somebody follows", err)
}

// follows reads the actor's rows, and their items.
func (r room) follows() (all []notice.Following, items []writing.ID, err error) {
	err = r.each(`
		select item, level
		from follow
		where dialogue = $1 and member = $2
		order by item`, []any{r.id, r.who.Member},
		func(scan scan) error {
			var f notice.Following
			err := scan(&f.Item, &f.Level)
			all = append(all, f)
			if f.Item != 0 {
				items = append(items, f.Item)
			}
			return err
		})
	return all, items, err
}

// clearNotices deletes what a member follows and was told, and takes them out of
// what happened.
func (r room) clearNotices(m dialogue.MemberID) error {
	w := &series{c: r.conn}
	w.exec(`
		delete from follow
		where dialogue = $1 and member = $2`, r.id, m)
	w.exec(`
		delete from notice
		where dialogue = $1 and member = $2`, r.id, m)
	w.exec(`
		update event
		set by_member = null
		where dialogue = $1 and by_member = $2`, r.id, m)
	w.exec(`
		update event
		set to_member = null
		where dialogue = $1 and to_member = $2`, r.id, m)
	return w.err
}
