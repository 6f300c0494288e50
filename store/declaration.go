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
// dialogue; who makes it agrees to it. Everybody else who takes part is asked
// again before anything else.
func (s *Store) Declare(ctx context.Context, actor account.PersonID, id dialogue.ID, t i18n.Text, now time.Time) (version int, err error) {
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
		if _, err := r.exec(`
			insert into agreement (dialogue, member, version, lang, agreed_at)
			values ($1, $2, $3, $4, $5)`,
			id, r.who.Member, version, r.d.Languages[0], micros(now)); err != nil {
			return err
		}
		return note(r.conn, id, r.who, dialogue.Configure, "declared", map[string]string{"Version": strconv.Itoa(version)}, now)
	})
	if err != nil {
		return 0, fmt.Errorf("declare in %s: %w", id, err)
	}
	return version, nil
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
