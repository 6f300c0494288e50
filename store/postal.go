package store

import (
	"context"
	"time"

	"parley/account"
	"parley/notice"
)

// postal is how somebody may be written to.
type postal struct {
	email    string // confirmed; empty: none
	lang     string
	zone     *time.Location
	settings notice.Settings
}

// may reports whether notices go by letter at all.
func (p postal) may() bool { return p.email != "" && p.settings.Letters }

const settingsColumns = `
	coalesce(s.every, ''), coalesce(s.hour, 0), coalesce(s.weekday, 0), coalesce(s.quiet, 0), coalesce(s.quiet_from, 0), coalesce(s.quiet_to, 0), coalesce(s.letters, 0),
	coalesce(s.revision, 0) + 1`

// settingsInto are where a row of settingsColumns goes; orUsual makes the usual
// ones of a row that is not there.
func settingsInto(s *notice.Settings) []any {
	return []any{&s.Every, &s.Hour, &s.Weekday, (*flag)(&s.Quiet), &s.From, &s.To, (*flag)(&s.Letters), &s.Revision}
}

func orUsual(s notice.Settings) notice.Settings {
	if s.Every == "" {
		usual := notice.DefaultSettings()
		usual.Revision = s.Revision
		return usual
	}
	return s
}

func loadPostal(c conn, person account.PersonID) (p postal, err error) {
	var zone string
	_, err = c.one(`
		select case when p.email_folded is null then '' else p.email end, p.lang, p.zone,`+settingsColumns+`
		from person p
		left join notice_settings s on s.person = p.id
		where p.id = $1`, []any{person}, append([]any{&p.email, &p.lang, &zone}, settingsInto(&p.settings)...)...)
	p.settings, p.zone = orUsual(p.settings), zoneNamed(zone)
	return p, err
}

// zoneNamed is UTC where the zone is not known.
func zoneNamed(name string) *time.Location {
	if zone, err := time.LoadLocation(name); err == nil {
		return zone
	}
	return time.UTC
}

// NoticeSettings are the person's own.
func (s *Store) NoticeSettings(ctx context.Context, person account.PersonID) (notice.Settings, error) {
	var p postal
	err := s.read(ctx, func(c conn) (err error) {
		p, err = loadPostal(c, person)
		return err
	})
	return p.settings, wrapped("read how somebody hears of things", err)
}

// SetNotices changes them. Letters that wait are dropped where there are to be
// none. A change that started from another revision than holds now is
// fault.Stale.
func (s *Store) SetNotices(ctx context.Context, person account.PersonID, settings notice.Settings, now time.Time) error {
	err := settings.Check()
	if err == nil {
		err = s.writeLight(ctx, func(c conn) error {
			if err := lockPerson(c, person); err != nil {
				return err
			}
			if settings.Revision != 0 {
				now, err := loadPostal(c, person)
				if err == nil && settings.Revision != now.settings.Revision {
					err = stale()
				}
				if err != nil {
					return err
				}
			}
			return saveNotices(c, person, settings)
		})
	}
	return wrapped("change how somebody hears of things", err)
}

func saveNotices(c conn, person account.PersonID, n notice.Settings) error {
	w := &series{c: c}
	w.exec(`
		insert into notice_settings (person, every, hour, weekday, quiet, quiet_from, quiet_to, letters)
		values ($1, $2, $3, $4, $5, $6, $7, $8)
		on conflict (person) do update set every = excluded.every, hour = excluded.hour, weekday = excluded.weekday, quiet = excluded.quiet,
			quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to, letters = excluded.letters, revision = notice_settings.revision + 1`,
		person, string(n.Every), n.Hour, int(n.Weekday), flag(n.Quiet), n.From, n.To, flag(n.Letters))
	if n.Letters {
		return w.err
	}
	w.exec(`
		delete from letter
		where person = $1 and kind in ('notice', 'digest') and state = 'waiting'`, person)
	w.exec(`
		update notice
		set letter = 'none'
		where person = $1 and letter = 'waits'`, person)
	return w.err
}
