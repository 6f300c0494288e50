package store

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/dossier"
	"parley/i18n"
)

// Declare makes a new version of the declaration, in every language of the
// dialogue; who makes it agrees to it, in the language in which they worked.
// Everybody else who takes part is asked again before anything else; whoever may
// be written to gets a letter, one a day at most.
func (s *Store) Declare(ctx context.Context, actor account.PersonID, id dialogue.ID, t i18n.Text, lang string, now time.Time) (version int, err error) {
	err = s.inRoom(ctx, actor, id, dialogue.Configure, func(r room) error {
		if err := dossier.CheckDeclaration(t, r.d.Languages); err != nil {
			return err
		}
		version = r.who.Current + 1
		if _, err := r.exec(`
			insert into declaration (dialogue, version, text, made_at)
			values ($1, $2, $3, $4)`,
			id, version, text(t), micros(now)); err != nil {
			return err
		}
		if err := r.agree(r.who.Member, lang, now); err != nil {
			return err
		}
		if err := r.announce(now); err != nil {
			return err
		}
		return note(r.conn, id, r.who, dialogue.Configure, "declared", map[string]string{"Version": strconv.Itoa(version)}, now)
	})
	if err != nil {
		return 0, fmt.Errorf("declare in %s: %w", id, err)
	}
	return version, nil
}

// announce writes of a new declaration to members who agreed to be written to and
// have a confirmed address, but not to its author. The letter leads to the account,
// and so names no dialogue.
func (r room) announce(now time.Time) error {
	var letters []Letter
	err := r.each(`
		select p.id, p.email, p.lang
		from member m
		join person p on p.id = m.person
		join consent c on c.dialogue = m.dialogue and c.member = m.id
		where m.dialogue = $1 and m.id <> $2 and m.state = 'admitted'
			and c.tick = 'contact' and c.withdrawn_at = 0 and p.email_folded is not null
			and not exists (
				select 1
				from letter l
				where l.dialogue = m.dialogue and l.person = p.id and l.kind = 'declaration-new' and l.queued_at > $3)
		order by m.id`, []any{r.id, r.who.Member, micros(now.Add(-24 * time.Hour))},
		func(scan scan) error {
			l := Letter{Dialogue: r.id, Kind: "declaration-new"}
			err := scan(&l.Person, &l.To, &l.Lang)
			l.Args = map[string]string{"Link": "/" + l.Lang + "/account"}
			letters = append(letters, l)
			return err
		})
	for _, l := range letters {
		if err == nil {
			err = letter(r.conn, l, now)
		}
	}
	return err
}

// Declarations lists all versions, the newest first.
func (s *Store) Declarations(ctx context.Context, id dialogue.ID) (all []dialogue.Declaration, err error) {
	err = s.read(ctx, func(c conn) error {
		if _, err := loadDialogue(c, id); err != nil {
			return err
		}
		return c.each(`
			select version, text, made_at
			from declaration
			where dialogue = $1
			order by version desc`, []any{id},
			func(scan scan) error {
				var d dialogue.Declaration
				var made int64
				err := scan(&d.Version, (*text)(&d.Text), &made)
				d.MadeAt = moment(made)
				all = append(all, d)
				return err
			})
	})
	if err != nil {
		return nil, fmt.Errorf("list the declarations of %s: %w", id, err)
	}
	return all, nil
}
