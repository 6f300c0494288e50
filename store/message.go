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
// dialogue. One to a dialogue lies on its desk, see Messages, and conveners who
// have a confirmed address are told by letter that there is one. One to the site
// is a letter to each owner with a confirmed address, or a line in the outbox.
// from is how the writer can be reached, and may be empty; actor is empty where
// they are not signed in. Nobody learns who those are who run it, or how many.
func (s *Store) SendMessage(ctx context.Context, actor account.PersonID, id dialogue.ID, from, message, lang string, now time.Time) error {
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
		said := Letter{Dialogue: id, Sender: actor, Lang: lang, Kind: "message", Args: map[string]string{"From": from, "Message": message}}
		letters := []Letter{said}
		switch {
		case id != "":
			for _, h := range to {
				link := map[string]string{"Link": "/" + h.lang + "/account"}
				letters = append(letters, Letter{Dialogue: id, Person: h.id, To: h.email, Lang: h.lang, Kind: "message-waits", Args: link})
			}
		case len(to) > 0:
			letters = nil
			for _, h := range to {
				l := said
				l.Person, l.To, l.Lang = h.id, h.email, h.lang
				letters = append(letters, l)
			}
		}
		for _, l := range letters {
			if err := letter(c, l, now); err != nil {
				return err
			}
		}
		return nil
	})
	return wrapped("send a message", err)
}

// Message is what somebody wrote to those who run a dialogue.
type Message struct {
	ID   string
	From string // how they can be reached; "–" where they did not say
	Text string
	Lang string // of the page on which they wrote
	At   time.Time
}

// Messages lists what was written to those who run the dialogue, the newest
// first, after that id. They are kept as long as letters are.
func (s *Store) Messages(ctx context.Context, actor account.PersonID, id dialogue.ID, after string, limit int) (messages []Message, err error) {
	err = s.read(ctx, func(c conn) error {
		if _, _, err := allowed(c, id, actor, dialogue.SeeLetters); err != nil {
			return err
		}
		return c.each(`
			select l.id, l.args, l.lang, l.queued_at
			from letter l
			left join letter a on a.id = $2
			where l.dialogue = $1 and l.kind = 'message'
				and ($2 = '' or l.queued_at < a.queued_at or l.queued_at = a.queued_at and l.id < a.id)
			order by l.queued_at desc, l.id desc
			limit $3`, []any{id, after, min(max(limit, 1), MostLetters)},
			func(scan scan) error {
				var m Message
				var args text
				var at int64
				err := scan(&m.ID, &args, &m.Lang, &at)
				m.From, m.Text, m.At = args["From"], args["Message"], moment(at)
				messages = append(messages, m)
				return err
			})
	})
	return messages, wrapped("list messages", err)
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
