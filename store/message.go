package store

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
)

// The most that a message through the contact page holds, in runes.
const (
	MaxMessage     = 5000
	MaxMessageFrom = 200
)

// SendMessage is a message to those who run the site (dialogue empty) or a
// dialogue: a letter to each of them who has a confirmed address, or one line in
// the outbox where none of them has. from is how the writer can be reached, and
// may be empty. Nobody learns who they are or how many.
func (s *Store) SendMessage(ctx context.Context, id dialogue.ID, from, message, lang string, now time.Time) error {
	from, message = strings.TrimSpace(from), strings.TrimSpace(message)
	switch {
	case message == "" || utf8.RuneCountInString(message) > MaxMessage:
		return fault.New(fault.Invalid, "store.message-length", "a message has 1 to %d characters", MaxMessage).With("Most", MaxMessage)
	case utf8.RuneCountInString(from) > MaxMessageFrom || !oneLine(from):
		return fault.New(fault.Invalid, "store.message-from", "how to reach the writer is one line of at most %d characters", MaxMessageFrom).With("Most", MaxMessageFrom)
	}
	if from == "" {
		from = "–"
	}
	err := s.write(ctx, func(c conn) error {
		to, err := hosts(c, id)
		if err != nil {
			return err
		}
		if len(to) == 0 {
			to = []host{{lang: lang}}
		}
		for _, h := range to {
			l := Letter{Dialogue: id, Person: h.id, To: h.email, Lang: h.lang, Kind: "message", Args: map[string]string{"From": from, "Message": message}}
			if err := letter(c, l, now); err != nil {
				return err
			}
		}
		return nil
	})
	return wrapped("send a message", err)
}

// host is somebody who runs the site or a dialogue and can be written to.
type host struct {
	id          account.PersonID
	email, lang string
}

func hosts(c conn, id dialogue.ID) (list []host, err error) {
	query, args := `
		select id, email, lang
		from person
		where owner = 1 and email_folded is not null`, []any(nil)
	if id != "" {
		if _, err := loadDialogue(c, id); err != nil {
			return nil, err
		}
		query, args = `
			select p.id, p.email, p.lang
			from role_grant g
			join member m on m.dialogue = g.dialogue and m.id = g.member
			join person p on p.id = m.person
			where g.dialogue = $1 and g.role = 'convener' and m.state = 'admitted' and p.email_folded is not null
			order by m.id`, []any{id}
	}
	err = c.each(query, args, func(scan scan) error {
		var h host
		err := scan(&h.id, &h.email, &h.lang)
		list = append(list, h)
		return err
	})
	return list, err
}
