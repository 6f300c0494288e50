package store

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"parley/account"
	"parley/deal"
	"parley/dialogue"
	"parley/dossier"
	"parley/fault"
	"parley/interest"
)

// nothingLeft stands where another question would: without what was removed
// there is nothing to decide.
const nothingLeft = "-"

// frozen is a question that holds words of somebody who takes them back.
type frozen struct {
	question
	askedAt      int64
	supersededBy string
	answer       string // '' where there is none
	answeredAt   int64
	interests    []interest.ID // whose words go
}

// supersede removes a person's words from all frozen questions of a dialogue and
// from their answers. A question that was answered stays, without the words and
// under another name, with the same canonical question and so the same hash; one
// that was not is dropped with its job. Each is asked anew, with its settings,
// about the dialogue as it is now.
func supersede(c conn, id dialogue.ID, person account.PersonID, now time.Time) error {
	all, err := frozenWith(c, id, person)
	if err != nil || len(all) == 0 {
		return err
	}
	present, err := loadDossier(c, id)
	if err != nil {
		return err
	}
	anew := map[string]string{} // settings to the question with them
	for _, f := range all {
		if f.supersededBy == "" && anew[f.settings] == "" {
			if anew[f.settings], err = f.again(c, present, now); err != nil {
				return err
			}
		}
		f.supersededBy = cmp.Or(f.supersededBy, anew[f.settings])
		if err := f.replace(c); err != nil {
			return err
		}
	}
	return nil
}

// again asks the same about the dialogue as it is and returns the new question's
// id, or nothingLeft.
func (f frozen) again(c conn, d *dossier.Dossier, now time.Time) (string, error) {
	var set deal.Settings
	if err := json.Unmarshal([]byte(f.settings), (*keptSettings)(&set)); err != nil {
		return "", err
	}
	q, err := newQuestion(d, set)
	if _, senseless := fault.As(err); senseless {
		return nothingLeft, nil
	}
	if err != nil {
		return "", err
	}
	return q.id, q.keep(c, now)
}

// frozenWith lists the questions that hold words of the person, the oldest
// first.
func frozenWith(c conn, id dialogue.ID, person account.PersonID) ([]frozen, error) {
	held := map[string][]interest.ID{}
	err := c.each(`
		select a.question, a.interest
		from deal_question_author a
		join deal_question q on q.id = a.question
		where q.dialogue = $1 and a.person = $2`, []any{id, person},
		func(scan scan) error {
			var q string
			var i interest.ID
			err := scan(&q, &i)
			held[q] = append(held[q], i)
			return err
		})
	if err != nil || len(held) == 0 {
		return nil, err
	}
	var all []frozen
	err = c.each(`
		select q.id, q.digest, q.sha256, q.engine, q.settings, q.snapshot, q.asked_at, q.superseded_by,
			coalesce(a.answer, ''), coalesce(a.answered_at, 0)
		from deal_question q
		left join deal_answer a on a.question = q.id
		where q.dialogue = $1
		order by q.asked_at, q.id`, []any{id},
		func(scan scan) error {
			f := frozen{question: question{dialogue: id}}
			err := scan(&f.id, &f.digest, &f.hash, &f.engine, &f.settings, &f.snapshot, &f.askedAt, &f.supersededBy, &f.answer, &f.answeredAt)
			if f.interests = held[f.id]; f.interests != nil {
				slices.Sort(f.interests)
				all = append(all, f)
			}
			return err
		})
	return all, err
}

// replace puts the question without the words in the place of the one with them.
func (f frozen) replace(c conn) error {
	s := &series{c: c}
	if f.answer != "" {
		clean, err := f.reworded()
		if err != nil {
			return fmt.Errorf("remove words from question %s: %w", f.id, err)
		}
		s.exec(`
			insert into deal_question (id, dialogue, digest, sha256, engine, settings, snapshot, asked_at, superseded_by)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			clean.id, clean.dialogue, clean.digest, clean.hash, clean.engine, clean.settings, clean.snapshot, clean.askedAt, clean.supersededBy)
		s.exec(`
			insert into deal_answer (question, answer, answered_at)
			values ($1, $2, $3)`,
			clean.id, clean.answer, clean.answeredAt)
		s.exec(`
			insert into deal_question_author (question, interest, person)
			select $1, interest, person
			from deal_question_author
			where question = $2`, clean.id, f.id)
		for _, i := range f.interests {
			s.exec(`
				delete from deal_question_author
				where question = $1 and interest = $2`, clean.id, i)
		}
	}
	s.exec(`
		update deal_question
		set superseded_by = $2
		where superseded_by = $1`, f.id, f.supersededBy)
	s.exec(`
		delete from job
		where kind = $1 and subject = $2`, DealsJob, f.id)
	s.exec(`
		delete from deal_question
		where id = $1`, f.id)
	return s.err
}

// reworded is the question and its answer without the words. Its name and its
// digest are drawn at random: both were made from what is removed.
func (f frozen) reworded() (frozen, error) {
	with, err := dossier.Read("what was asked", []byte(f.snapshot))
	if err != nil {
		return f, err
	}
	without := with.Unworded(f.interests)
	var a deal.Answer
	if err := json.Unmarshal([]byte(f.answer), &a); err != nil {
		return f, err
	}
	for r := range with.Registers {
		for k, i := range with.Registers[r].Interests {
			if slices.Contains(f.interests, i.ID) {
				side, _ := with.Dialogue.Side(with.Registers[r].Subject)
				a.Reword(deal.Retitled{Side: side.Name, Tier: i.Tier, Old: i.Title, New: without.Registers[r].Interests[k].Title})
			}
		}
	}
	b, err := json.Marshal(&a)
	if err != nil {
		return f, err
	}
	snapshot, _ := freeze(without)
	f.id = secret()
	f.digest, f.snapshot, f.answer = f.id, string(snapshot), string(b)
	return f, nil
}
