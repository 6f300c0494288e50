package store

import (
	"context"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/forum"
	"parley/writing"
)

// Problems is one page of the problems that the actor may read.
func (s *Store) Problems(ctx context.Context, actor account.PersonID, id dialogue.ID, f forum.Filter) ([]forum.Line, error) {
	return nil, errNotBuilt
}

// Actions is one page of the actions.
func (s *Store) Actions(ctx context.Context, actor account.PersonID, id dialogue.ID, f forum.Filter) ([]forum.Line, error) {
	return nil, errNotBuilt
}

// Problem is one problem in full.
func (s *Store) Problem(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID) (*forum.Problem, error) {
	return nil, errNotBuilt
}

// Action is one action in full.
func (s *Store) Action(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID) (*forum.Action, error) {
	return nil, errNotBuilt
}

// Thread is one page of the comments under something; under 0: the dialogue.
// A page of 0 is the one that holds the comment at, or the first.
func (s *Store) Thread(ctx context.Context, actor account.PersonID, id dialogue.ID, under writing.ID, order forum.Order, page int, at writing.ID) (*forum.Thread, error) {
	return nil, errNotBuilt
}

// RaiseProblem adds a problem and returns its number; it may be held for a
// moderator, see Item.
func (s *Store) RaiseProblem(ctx context.Context, actor account.PersonID, id dialogue.ID, p forum.NewProblem, now time.Time) (writing.ID, error) {
	return 0, errNotBuilt
}

// ProposeAction adds an action that answers problems.
func (s *Store) ProposeAction(ctx context.Context, actor account.PersonID, id dialogue.ID, a forum.NewAction, now time.Time) (writing.ID, error) {
	return 0, errNotBuilt
}

// Comment adds a comment.
func (s *Store) Comment(ctx context.Context, actor account.PersonID, id dialogue.ID, k forum.NewComment, now time.Time) (writing.ID, error) {
	return 0, errNotBuilt
}

// MoveOn gives a problem or an action its next status.
func (s *Store) MoveOn(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, step forum.Step, now time.Time) error {
	return errNotBuilt
}

// Tie links a problem or an action to the registers or the table, or unties it.
// Its author may, too.
func (s *Store) Tie(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, l forum.Link, on bool, now time.Time) error {
	return errNotBuilt
}

// AnswerProblem ties an action to a problem that it answers, or unties it; the
// last one stays.
func (s *Store) AnswerProblem(ctx context.Context, actor account.PersonID, id dialogue.ID, action, problem writing.ID, on bool, now time.Time) error {
	return errNotBuilt
}

// Tied lists problems and actions that are linked there.
func (s *Store) Tied(ctx context.Context, actor account.PersonID, id dialogue.ID, l forum.Link) ([]forum.Line, error) {
	return nil, errNotBuilt
}

// reachGround moves a problem or an action to common ground inside a deed, where
// what is told of a statement beneath it has come to show that. Elsewhere it does
// nothing.
func (r room) reachGround(n writing.ID, now time.Time) error { return nil }
