package store

import (
	"slices"
	"strings"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/dossier"
	"parley/i18n"
	"parley/interest"
)

// writtenBy lists the texts in which the person has a hand, for their own export.
func writtenBy(c conn, id dialogue.ID, person account.PersonID) ([]account.Written, error) {
	ids, err := authored(c, id, person)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	d, err := loadDossier(c, id)
	if err != nil {
		return nil, err
	}
	var out []account.Written
	for _, r := range d.Registers {
		for _, i := range r.Interests {
			if slices.Contains(ids, i.ID) {
				out = append(out, account.Written{Kind: "interest", ID: string(i.ID), Text: inFull(i)})
			}
		}
	}
	return out, nil
}

// inFull joins all words of an interest by language: title, note, and what is
// noted about each other side.
func inFull(i interest.Interest) map[string]string {
	parts := map[string][]string{}
	add := func(before string, t i18n.Text) {
		for l, words := range t {
			parts[l] = append(parts[l], before+words)
		}
	}
	add("", i.Title)
	add("", i.Note)
	for _, c := range i.Counterparts {
		add(string(c.Side)+": ", c.Note)
	}
	out := map[string]string{}
	for l, p := range parts {
		out[l] = strings.Join(p, "\n\n")
	}
	return out
}

// authored lists the interests in whose words the person has a hand, sorted.
func authored(c conn, id dialogue.ID, person account.PersonID) (ids []interest.ID, err error) {
	err = c.each(`
		select interest
		from interest_author
		where dialogue = $1 and person = $2`, []any{id, person},
		func(scan scan) error {
			var i interest.ID
			err := scan(&i)
			ids = append(ids, i)
			return err
		})
	slices.Sort(ids)
	return ids, err
}

// eraseWritten takes a person's authorship off what they wrote in a dialogue
// (keep), or removes the texts themselves, from frozen questions too; questions
// that held a removed text are marked superseded and a new one is asked. A text
// in which several had a hand goes as a whole.
func eraseWritten(c conn, id dialogue.ID, person account.PersonID, keep bool, now time.Time) (kept, removed int, err error) {
	if err := lockDialogue(c, id); err != nil {
		return 0, 0, err
	}
	ids, err := authored(c, id, person)
	if err != nil {
		return 0, 0, err
	}
	if !keep {
		if err := removeWords(c, id, ids, now); err != nil {
			return 0, 0, err
		}
		if err := supersede(c, id, person, now); err != nil {
			return 0, 0, err
		}
		return 0, len(ids), nil
	}
	s := &series{c: c}
	s.exec(`
		delete from interest_author
		where dialogue = $1 and person = $2`, id, person)
	s.exec(`
		delete from deal_question_author
		where person = $2 and question in (select q.id from deal_question q where q.dialogue = $1)`, id, person)
	return len(ids), 0, s.err
}

// removeWords removes interests that nothing needs, and from the others all
// words.
func removeWords(c conn, id dialogue.ID, ids []interest.ID, now time.Time) error {
	if len(ids) == 0 {
		return nil
	}
	before, err := loadDossier(c, id)
	if err != nil {
		return err
	}
	after := before.Without(ids)
	_, digest := freeze(after)
	for _, r := range before.Registers {
		touched := false
		for _, i := range r.Interests {
			if !slices.Contains(ids, i.ID) {
				continue
			}
			touched = true
			if err := removeWordsOf(c, after, i.ID); err != nil {
				return err
			}
		}
		if !touched {
			continue
		}
		if after.Own(r.Subject) == nil && r.Declared() {
			if err := dateRegister(c, after, r.Subject); err != nil {
				return err
			}
		}
		if err := moveRegister(c, id, r.Subject, digest, now); err != nil {
			return err
		}
	}
	return nil
}

func removeWordsOf(c conn, after *dossier.Dossier, i interest.ID) error {
	id := after.Dialogue.ID
	for _, r := range after.Registers {
		at := slices.IndexFunc(r.Interests, func(x interest.Interest) bool { return x.ID == i })
		if at < 0 {
			continue
		}
		s := &series{c: c}
		s.exec(`
			update interest
			set title = $3, note = '{}'
			where dialogue = $1 and id = $2`, id, i, text(r.Interests[at].Title))
		s.exec(`
			update counterpart
			set note = '{}'
			where dialogue = $1 and interest = $2`, id, i)
		s.exec(`
			delete from interest_author
			where dialogue = $1 and interest = $2`, id, i)
		return s.err
	}
	return deleteInterest(c, id, i)
}
