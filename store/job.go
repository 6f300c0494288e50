package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"
)

// MaxAttempts is how often a job is begun before it counts as failed.
const MaxAttempts = 3

// Job is work that this node has claimed: nobody else does it until the lease
// ends.
type Job struct {
	Kind    string
	Subject string
	Attempt int // 1 for the first
	holder  string
}

// ErrLost says that the lease ended and the job is another's now, or nobody's.
var ErrLost = errors.New("the job is no longer held")

// Asked tells when this process has queued a job; what other processes queue is
// found by looking now and then.
func (s *Store) Asked() <-chan struct{} { return s.asked }

// queueJob makes a job wait, unless it waits, runs or is done already.
func queueJob(c conn, kind, subject, version string, now time.Time) error {
	_, err := c.exec(`
		insert into job (kind, subject, version, state, attempt, run_at, holder, lease_until, done, total, error)
		values ($1, $2, $3, 'waiting', 0, $4, '', 0, 0, 0, '')
		on conflict (kind, subject) do update
		set state = 'waiting', attempt = 0, run_at = excluded.run_at, error = ''
		where job.state = 'failed'`,
		kind, subject, version, micros(now))
	return err
}

// ClaimJob takes the job of the kind that has waited longest and holds it for
// the length of the lease; nil where there is none. A job whose holder let its
// lease end is waiting again, until it has been begun MaxAttempts times. Only
// jobs for this version of the engine are taken.
func (s *Store) ClaimJob(ctx context.Context, kind, version string, now time.Time, lease time.Duration) (*Job, error) {
	open := false
	err := s.read(ctx, func(c conn) (err error) {
		open, err = c.one(`
			select subject
			from job
			where kind = $1 and version = $2
				and (state = 'waiting' and run_at <= $3 or state = 'running' and lease_until < $3)
			limit 1`, []any{kind, version, micros(now)}, new(string))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look for a job: %w", err)
	}
	if !open {
		return nil, nil
	}
	var job *Job
	err = s.write(ctx, func(c conn) (err error) {
		job, err = claim(c, kind, version, now, lease)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("claim a job: %w", err)
	}
	return job, nil
}

func claim(c conn, kind, version string, now time.Time, lease time.Duration) (*Job, error) {
	if _, err := c.exec(`
		update job
		set state = 'failed', holder = '', error = $4
		where kind = $1 and version = $2 and state = 'running' and lease_until < $3 and attempt >= $5`,
		kind, version, micros(now), fmt.Sprintf("the work was begun %d times and never ended", MaxAttempts), MaxAttempts); err != nil {
		return nil, err
	}
	for {
		j := &Job{Kind: kind, holder: rand.Text()}
		found, err := c.one(`
			select subject, attempt + 1
			from job
			where kind = $1 and version = $2
				and (state = 'waiting' and run_at <= $3 or state = 'running' and lease_until < $3)
			order by run_at, subject
			limit 1`, []any{kind, version, micros(now)}, &j.Subject, &j.Attempt)
		if err != nil || !found {
			return nil, err
		}
		// The condition again: another node may have been faster, and then the
		// next one is looked for.
		n, err := c.exec(`
			update job
			set state = 'running', holder = $4, lease_until = $5, attempt = $6, done = 0, total = 0, known = ''
			where kind = $1 and subject = $2 and attempt = $6 - 1
				and (state = 'waiting' and run_at <= $3 or state = 'running' and lease_until < $3)`,
			kind, j.Subject, micros(now), j.holder, micros(now.Add(lease)), j.Attempt)
		if err != nil {
			return nil, err
		}
		if n == 1 {
			return j, nil
		}
	}
}

// Progress is how far a job has come.
type Progress struct {
	Done, Total int
	Known       string // what is known of its answer, as JSON; empty: nothing
}

// KeepJob notes how far the job has come and holds it for another lease.
func (s *Store) KeepJob(ctx context.Context, j *Job, p Progress, now time.Time, lease time.Duration) error {
	return s.changeJob(ctx, j, `
		update job
		set done = $4, total = $5, known = $6, lease_until = $7
		where kind = $1 and subject = $2 and holder = $3`,
		p.Done, p.Total, p.Known, micros(now.Add(lease)))
}

// ReleaseJob gives the job back as if it had not been begun, for a node that
// stops.
func (s *Store) ReleaseJob(ctx context.Context, j *Job) error {
	return s.changeJob(ctx, j, `
		update job
		set state = 'waiting', holder = '', attempt = attempt - 1
		where kind = $1 and subject = $2 and holder = $3`)
}

// FailJob keeps why the job went wrong. It waits until again and is tried once
// more, unless again is zero or it has been tried MaxAttempts times.
func (s *Store) FailJob(ctx context.Context, j *Job, cause string, again time.Time) error {
	state := Waiting
	if again.IsZero() || j.Attempt >= MaxAttempts {
		state = Failed
	}
	return s.changeJob(ctx, j, `
		update job
		set state = $4, holder = '', error = $5, run_at = $6
		where kind = $1 and subject = $2 and holder = $3`,
		state, cause, max(0, micros(again)))
}

func (s *Store) changeJob(ctx context.Context, j *Job, update string, args ...any) error {
	err := s.write(ctx, func(c conn) error {
		return held(c.exec(update, append([]any{j.Kind, j.Subject, j.holder}, args...)...))
	})
	if err != nil {
		return fmt.Errorf("job %s: %w", j.Kind, err)
	}
	return nil
}

func finishJob(c conn, j *Job) error {
	return held(c.exec(`
		update job
		set state = 'done', holder = '', done = total, known = '', error = ''
		where kind = $1 and subject = $2 and holder = $3`,
		j.Kind, j.Subject, j.holder))
}

func held(changed int64, err error) error {
	if err == nil && changed == 0 {
		return ErrLost
	}
	return err
}
