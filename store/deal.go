package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"parley/deal"
	"parley/dialogue"
	"parley/dossier"
	"parley/fault"
)

// DealsJob is the kind of job that searches for deals; its subject is the id of
// a question.
const DealsJob = "deals"

// States of a question.
const (
	NotAsked = "none"
	Waiting  = "waiting"
	Running  = "running"
	Done     = "done"
	Failed   = "failed"
)

// Asked is how far a question about deals has come.
type Asked struct {
	State               string      // NotAsked, Waiting, Running, Done or Failed
	Done, Total         int         // while it runs; Total is 0 where nothing is known
	Known               *deal.Known // while it runs, what is known of the trade-off curve; nil where nothing is
	Hash                string      // of the canonical question
	Answer              *deal.Answer
	Superseded          bool   // words were removed from the answer at their author's request; a new search waits or runs
	Error               string // of a search that failed
	AskedAt, AnsweredAt time.Time
}

// Older reports whether the answer was found by another version of the engine: it
// may lack what is looked for now.
func (a Asked) Older() bool {
	return a.Answer != nil && a.Answer.Question.Engine != deal.EngineVersion
}

// AskDeals freezes the registers as they stand and queues the search, unless
// the same question is there already; then that one becomes the newest, and a
// search that failed is tried again. It returns the hash of the canonical
// question. A question that makes no sense is fault.Invalid.
func (s *Store) AskDeals(ctx context.Context, id dialogue.ID, set deal.Settings, now time.Time) (hash string, err error) {
	for range 3 {
		hash, err = s.askDeals(ctx, id, set, now)
		if !errors.Is(err, errMoved) {
			break
		}
	}
	if errors.Is(err, errMoved) {
		err = fault.New(fault.Conflict, "store.moved", "the registers of %s are being changed: ask again in a moment", id)
	}
	if err != nil {
		return "", fmt.Errorf("ask for deals: %w", err)
	}
	select {
	case s.asked <- struct{}{}:
	default:
	}
	return hash, nil
}

// errMoved says that the dialogue changed while the question was being made.
var errMoved = errors.New("the dialogue has changed meanwhile")

func (s *Store) askDeals(ctx context.Context, id dialogue.ID, set deal.Settings, now time.Time) (string, error) {
	d, err := s.Dossier(ctx, id)
	if err != nil {
		return "", err
	}
	q, err := newQuestion(d, set)
	if err != nil {
		return "", err
	}
	return q.hash, s.write(ctx, func(c conn) error {
		if err := lockDialogue(c, id); err != nil {
			return err
		}
		if err := unmoved(c, id, q.digest); err != nil {
			return err
		}
		return q.keep(c, now)
	})
}

// unmoved is errMoved where the dialogue is not what the digest says.
func unmoved(c conn, id dialogue.ID, digest string) error {
	var present string
	_, err := c.one(`
		select digest
		from dialogue
		where id = $1`, []any{id}, &present)
	if err == nil && present != digest {
		err = errMoved
	}
	return err
}

// question is a question about deals, ready to be kept.
type question struct {
	dialogue                   dialogue.ID
	id, digest, hash           string
	engine, settings, snapshot string
}

func newQuestion(d *dossier.Dossier, set deal.Settings) (question, error) {
	made, err := deal.NewQuestion(d.Input(), set)
	if err != nil {
		return question{}, err
	}
	settings, err := json.Marshal(keptSettings(set))
	if err != nil {
		return question{}, err
	}
	snapshot, digest := freeze(d)
	hash := made.SHA256()
	return question{d.Dialogue.ID, questionID(digest, hash), digest, hash, made.Engine, string(settings), string(snapshot)}, nil
}

// keep keeps the question as it is asked, beside it whose words it holds, and
// queues the search.
func (q question) keep(c conn, now time.Time) error {
	if _, err := c.exec(`
		insert into deal_question (id, dialogue, digest, sha256, engine, settings, snapshot, asked_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8)
		on conflict (id) do update
		set asked_at = excluded.asked_at`,
		q.id, q.dialogue, q.digest, q.hash, q.engine, q.settings, q.snapshot, micros(now)); err != nil {
		return err
	}
	if _, err := c.exec(`
		insert into deal_question_author (question, interest, person)
		select $1, interest, person
		from interest_author
		where dialogue = $2
		on conflict (question, interest, person) do nothing`,
		q.id, q.dialogue); err != nil {
		return err
	}
	return queueJob(c, DealsJob, q.id, q.engine, now)
}

// keptSettings are settings under the names by which they are kept.
type keptSettings struct {
	Seed     uint64        `json:"seed"`
	Samples  int           `json:"samples"`
	Stakes   deal.Stakes   `json:"stakes"`
	Baseline deal.Baseline `json:"baseline"`
	Limit    int64         `json:"limit,omitempty"`
	Brief    bool          `json:"-"` // what is stored is never brief
}

// questionID tells apart questions that are equal but for names: their answers
// speak of different things.
func questionID(digest, hash string) string {
	sum := sha256.Sum256([]byte(digest + hash))
	return hex.EncodeToString(sum[:])
}

// DealAnswer returns the newest question about the dialogue as it stands now,
// with its answer where there is one. Questions about registers that have
// changed since do not count. Where words were removed and the question was
// asked anew, the old answer without them stands beside it until the new one is
// there. It is fault.Missing where there is no dialogue.
func (s *Store) DealAnswer(ctx context.Context, id dialogue.ID) (a Asked, err error) {
	var answer, question, known string
	var asked, answered int64
	a.State = NotAsked
	err = s.read(ctx, func(c conn) error {
		found, err := c.one(`
			select q.id, q.sha256, q.asked_at, j.state, j.done, j.total, j.known, j.error, coalesce(a.answer, ''), coalesce(a.answered_at, 0)
			from dialogue d
			join deal_question q on q.dialogue = d.id and q.digest = d.digest
			join job j on j.kind = $2 and j.subject = q.id
			left join deal_answer a on a.question = q.id
			where d.id = $1 and (a.question is not null or q.engine = $3)
			order by q.asked_at desc, q.id
			limit 1`, []any{id, DealsJob, deal.EngineVersion},
			&question, &a.Hash, &asked, &a.State, &a.Done, &a.Total, &known, &a.Error, &answer, &answered)
		switch {
		case err != nil:
			return err
		case !found:
			_, err = loadDialogue(c, id)
		case answer == "":
			a.Superseded, err = c.one(`
				select a.answer, a.answered_at
				from deal_question q
				join deal_answer a on a.question = q.id
				where q.superseded_by = $1
				order by q.asked_at desc, q.id
				limit 1`, []any{question}, &answer, &answered)
		}
		return err
	})
	if err != nil {
		return Asked{}, fmt.Errorf("read the answer about deals: %w", err)
	}
	if a.State == NotAsked {
		return a, nil
	}
	a.AskedAt = moment(asked)
	if a.State == Running && known != "" {
		if err := json.Unmarshal([]byte(known), &a.Known); err != nil {
			return Asked{}, fmt.Errorf("read what is known of deals: %w", err)
		}
	}
	if answer == "" {
		return a, nil
	}
	if !a.Superseded {
		a.State, a.Error = Done, ""
	}
	a.AnsweredAt, a.Answer = moment(answered), &deal.Answer{}
	if err := json.Unmarshal([]byte(answer), a.Answer); err != nil {
		return Asked{}, fmt.Errorf("read the answer about deals: %w", err)
	}
	return a, nil
}

// FrozenQuestion is a question about deals as it was asked.
type FrozenQuestion struct {
	Hash     string // of the canonical question
	Dossier  *dossier.Dossier
	Settings deal.Settings
}

// DealQuestion returns a question by its id, which is the subject of its job.
func (s *Store) DealQuestion(ctx context.Context, id string) (*FrozenQuestion, error) {
	var q FrozenQuestion
	var settings, snapshot string
	err := s.read(ctx, func(c conn) error {
		found, err := c.one(`
			select sha256, settings, snapshot
			from deal_question
			where id = $1`, []any{id}, &q.Hash, &settings, &snapshot)
		if err == nil && !found {
			return fault.New(fault.Missing, "store.no-question", "there is no question %s", id)
		}
		return err
	})
	if err == nil {
		err = json.Unmarshal([]byte(settings), (*keptSettings)(&q.Settings))
	}
	if err == nil {
		q.Dossier, err = dossier.Read("what was asked", []byte(snapshot))
	}
	if err != nil {
		return nil, fmt.Errorf("read question: %w", err)
	}
	return &q, nil
}

// AnswerDeals keeps the answer of the question that the job is about, and ends
// the job. An answer is never changed: where there is one already, that stays.
func (s *Store) AnswerDeals(ctx context.Context, j *Job, answer *deal.Answer, now time.Time) error {
	b, err := json.Marshal(answer)
	if err != nil {
		return fmt.Errorf("keep the answer: %w", err)
	}
	err = s.write(ctx, func(c conn) error {
		// First the job: where its question is gone, as when words were removed
		// from it meanwhile, there is none.
		if err := finishJob(c, j); err != nil {
			return err
		}
		_, err := c.exec(`
			insert into deal_answer (question, answer, answered_at)
			values ($1, $2, $3)
			on conflict (question) do nothing`,
			j.Subject, string(b), micros(now))
		return err
	})
	if err != nil {
		return fmt.Errorf("keep the answer: %w", err)
	}
	return nil
}
