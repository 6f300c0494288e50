package store

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/notice"
)

// Kinds of letters that tell what happened. They say so in words that are read
// when the letter is sent, never before: what was hidden meanwhile is in none.
const (
	NoticeLetter = "notice"
	DigestLetter = "digest"
)

// MostDigest is how many notices a digest shows.
const MostDigest = 40

// SendDigests queues the digests that are due. A job calls it; of several that do
// so at once one queues each.
func (s *Store) SendDigests(ctx context.Context, now time.Time) error {
	type due struct {
		person account.PersonID
		postal
	}
	var list []due
	err := s.read(ctx, func(c conn) error {
		return c.each(`
			select w.person, w.oldest, p.zone,`+settingsColumns+`
			from (
				select person, min(made_at) as oldest
				from notice
				where letter = 'waits'
				group by person
			) w
			join person p on p.id = w.person
			left join notice_settings s on s.person = w.person
			order by w.person`, nil,
			func(scan scan) error {
				var d due
				var oldest int64
				var zone string
				if err := scan(append([]any{&d.person, &oldest, &zone}, settingsInto(&d.settings)...)...); err != nil {
					return err
				}
				if orUsual(d.settings).Due(moment(oldest), now, zoneNamed(zone)) {
					list = append(list, d)
				}
				return nil
			})
	})
	for i := 0; i < len(list) && err == nil; i++ {
		err = s.writeLight(ctx, func(c conn) error { return queueDigest(c, list[i].person, now) })
	}
	return wrapped("queue digests", err)
}

// queueDigest puts what waits for somebody into one letter: what they have not
// read, the newest of it where that is much.
func queueDigest(c conn, person account.PersonID, now time.Time) error {
	if err := lockPerson(c, person); err != nil {
		return err
	}
	var ids []string
	waiting := 0
	err := c.each(`
		select id, unread
		from notice
		where person = $1 and letter = 'waits'
		order by id desc`, []any{person},
		func(scan scan) error {
			var id int64
			var unread flag
			err := scan(&id, &unread)
			if waiting++; bool(unread) {
				ids = append(ids, strconv.FormatInt(id, 10))
			}
			return err
		})
	if err != nil || waiting == 0 {
		return err
	}
	if _, err := c.exec(`
		update notice
		set letter = 'queued'
		where person = $1 and letter = 'waits'`, person); err != nil {
		return err
	}
	p, err := loadPostal(c, person)
	if err != nil || len(ids) == 0 || !p.may() {
		return err
	}
	args := map[string]string{}
	if n := len(ids); n > MostDigest {
		args["More"] = strconv.Itoa(n - MostDigest)
		ids = ids[:MostDigest]
	}
	slices.Reverse(ids)
	args["Notices"] = strings.Join(ids, ",")
	return letterAt(c, Letter{Person: person, To: p.email, Lang: p.lang, Kind: DigestLetter, Args: args}, p.settings.Later(now, p.zone), now)
}

// told reports whether a letter says what happened.
func (l Letter) told() bool { return l.Kind == NoticeLetter || l.Kind == DigestLetter }

// compose puts into a letter what its reader may read now, in dialogues in which
// they may be written to now. A letter of which nothing is left must not go: it
// has no Notices then.
func compose(c conn, l *Letter) error {
	l.Notices = nil
	p, err := loadPostal(c, l.Person)
	if err != nil || !p.may() || p.email != l.To {
		return err
	}
	var rows []notice.Notice
	for _, word := range strings.Split(l.Args["Notices"], ",") {
		id, err := strconv.ParseInt(word, 10, 64)
		if err != nil {
			continue
		}
		row, err := noticeRows(c, `
			where person = $1 and id = $2`, l.Person, id)
		if err != nil {
			return err
		}
		rows = append(rows, row...)
	}
	rows, err = fillNotices(c, l.Person, l.Lang, rows)
	if err != nil {
		return err
	}
	ticked := map[dialogue.ID]bool{}
	for _, n := range rows {
		id := n.Event.Dialogue
		if _, asked := ticked[id]; !asked {
			if ticked[id], err = mayContact(c, id, l.Person); err != nil {
				return err
			}
		}
		if ticked[id] && !n.Gone {
			l.Notices = append(l.Notices, n)
		}
	}
	return nil
}

// mayContact reports whether somebody lets a dialogue write to them.
func mayContact(c conn, id dialogue.ID, person account.PersonID) (bool, error) {
	return c.one(`
		select 1
		from member m
		join consent k on k.dialogue = m.dialogue and k.member = m.id
		where m.dialogue = $1 and m.person = $2 and k.tick = 'contact' and k.withdrawn_at = 0`, []any{id, person}, new(int))
}
