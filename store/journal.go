package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/account"
	"parley/dialogue"
)

// MostEntries is the longest page of a journal.
const MostEntries = 200

// Journal lists the acts of those who run the dialogue, the newest first, those
// before that number (0: from the newest).
func (s *Store) Journal(ctx context.Context, actor account.PersonID, id dialogue.ID, before int64, limit int) (entries []dialogue.JournalEntry, err error) {
	err = s.read(ctx, func(c conn) error {
		if _, _, err := allowed(c, id, actor, dialogue.SeeJournal); err != nil {
			return err
		}
		return c.each(`
			select j.number, j.at, coalesce(m.pseudonym, ''), j.role, j.sides, j.verb, j.what, j.args
			from journal j
			left join member m on m.id = j.member
			where j.dialogue = $1 and ($2 = 0 or j.number < $2)
			order by j.number desc
			limit $3`, []any{id, before, min(max(limit, 1), MostEntries)},
			func(scan scan) error {
				var e dialogue.JournalEntry
				var at int64
				var sides string
				var args text
				err := scan(&e.Number, &at, &e.By, &e.Role, &sides, &e.Verb, &e.What, &args)
				for _, side := range strings.Fields(sides) {
					e.Sides = append(e.Sides, dialogue.SideID(side))
				}
				e.At, e.Args = moment(at), args
				entries = append(entries, e)
				return err
			})
	})
	if err != nil {
		return nil, fmt.Errorf("read the journal of %s: %w", id, err)
	}
	return entries, nil
}

// note adds to the journal inside a deed, with the role that let the actor do
// it. Nothing ever changes a line of the journal: it names the member, who has a
// pseudonym as long as they take part and none afterwards. Of a registrar it keeps
// the sides alone.
func note(c conn, id dialogue.ID, who dialogue.Standing, do dialogue.Verb, what string, args map[string]string, now time.Time) error {
	if err := lockDialogue(c, id); err != nil { // numbers follow one another
		return err
	}
	if args == nil {
		args = map[string]string{}
	}
	places, err := json.Marshal(args)
	if err != nil {
		return err
	}
	by, role, sides := who.Member, roleFor(who, do), []string(nil)
	if role == dialogue.Registrar {
		by, sides = "", plain(who.Registers())
	}
	_, err = c.exec(`
		insert into journal (dialogue, number, at, member, role, sides, verb, what, args)
		select $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6, $7, $8
		from journal
		where dialogue = $1`,
		id, micros(now), optional(by), string(role), strings.Join(sides, " "), string(do), what, string(places))
	return err
}

// roleFor is the role that lets somebody do a deed: the weightiest that they
// have of those that may.
func roleFor(who dialogue.Standing, do dialogue.Verb) dialogue.Role {
	has := who.Roles()
	for _, r := range slices.Backward(dialogue.Roles) {
		if slices.Contains(has, r) && slices.Contains(dialogue.Policies[do].Roles, r) {
			return r
		}
	}
	return has[len(has)-1]
}
