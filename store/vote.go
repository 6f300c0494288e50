package store

import (
	"context"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/opinion"
	"parley/writing"
)

// tokens is what the key of serve tokens is for.
const tokens = "serve"

// CastVote keeps the actor's answer, in place of an earlier one. Where that makes
// it due, the same deed tells anew.
func (s *Store) CastVote(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, b opinion.Ballot, now time.Time) error {
	err := s.inBooth(ctx, actor, id, dialogue.Vote, func(r room) error {
		var card opinion.Served
		if b.Token != "" {
			var err error
			if card, err = opinion.Spend(s.key(tokens), id, n, r.who.Member, b.Token, now); err != nil {
				return err
			}
		}
		at, err := s.atStatement(r, n)
		if err != nil {
			return err
		}
		var before kept
		if l := live(at.rows); l != nil {
			before = *l
		}
		after, err := at.st.Cast(at.voter.Voter, before.Vote, b, card, now)
		if err != nil {
			return err
		}
		reason := before.reason
		if reason != 0 && after.Choice != before.Choice {
			if err := r.dropReason(reason, now); err != nil {
				return err
			}
			reason = 0
		}
		return at.answer(after, reason, now)
	})
	return wrapped("answer a statement", err)
}

// answer puts the answer where it belongs, and what the person expects with it.
func (b *booth) answer(v opinion.Vote, reason writing.ID, now time.Time) error {
	from := opinion.Group("")
	if l := live(b.rows); l != nil {
		from = l.Group
	}
	touched, err := b.putVote(b.st.ID, b.who.Member, b.rows, v, reason)
	if err != nil {
		return err
	}
	if v.Choice != "" && v.Group != from {
		if err := b.moveGuesses(b.st.ID, b.who.Member, v.Group); err != nil {
			return err
		}
	}
	return b.settle(touched, now)
}

// WithdrawVote takes it back, with expectation and reason. It can be taken back
// always, in whatever stage the dialogue is.
func (s *Store) WithdrawVote(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, now time.Time) error {
	err := s.inBooth(ctx, actor, id, dialogue.BeMember, func(r room) error {
		at, err := s.atStatement(r, n)
		if err != nil {
			return err
		}
		mine := live(at.rows)
		if mine == nil {
			return nil
		}
		if mine.reason != 0 {
			if err := r.dropReason(mine.reason, now); err != nil {
				return err
			}
		}
		if err := at.withdrawGuesses(); err != nil {
			return err
		}
		if _, err := r.exec(`
			update voter
			set withdrew_at = $3
			where dialogue = $1 and member = $2`, id, r.who.Member, micros(now)); err != nil {
			return err
		}
		return at.answer(opinion.Vote{}, 0, now)
	})
	return wrapped("withdraw an answer", err)
}
