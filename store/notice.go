package store

import (
	"context"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/notice"
	"parley/writing"
)

// Follow sets how closely the actor follows a thing; item 0: the dialogue.
func (s *Store) Follow(ctx context.Context, actor account.PersonID, id dialogue.ID, item writing.ID, level notice.Level, now time.Time) error {
	return errNotBuilt
}

// Following lists what the actor follows here.
func (s *Store) Following(ctx context.Context, actor account.PersonID, id dialogue.ID) ([]notice.Following, error) {
	return nil, errNotBuilt
}

// Events are what happened in the dialogue after that number, as far as the
// actor may read it, the oldest first, for feeds and open pages; root 0: all.
func (s *Store) Events(ctx context.Context, actor account.PersonID, id dialogue.ID, root writing.ID, after int64, limit int) ([]notice.Event, error) {
	return nil, errNotBuilt
}

// LastEvent is the number of the newest event, for pages that wait.
func (s *Store) LastEvent(ctx context.Context, actor account.PersonID, id dialogue.ID) (int64, error) {
	return 0, errNotBuilt
}

// Bell counts what the person has not read, in all their dialogues.
func (s *Store) Bell(ctx context.Context, person account.PersonID) (int, error) {
	return 0, errNotBuilt
}

// Notices lists what the person heard of, the newest first, before that id (0:
// from the newest); lang is that of titles where there are translations.
func (s *Store) Notices(ctx context.Context, person account.PersonID, lang string, before int64, limit int) ([]notice.Notice, error) {
	return nil, errNotBuilt
}

// ReadNotices marks those up to that id as read, on all devices.
func (s *Store) ReadNotices(ctx context.Context, person account.PersonID, upTo int64, now time.Time) error {
	return errNotBuilt
}

// NoticeSettings are the person's own.
func (s *Store) NoticeSettings(ctx context.Context, person account.PersonID) (notice.Settings, error) {
	return notice.Settings{}, errNotBuilt
}

// SetNotices changes them.
func (s *Store) SetNotices(ctx context.Context, person account.PersonID, settings notice.Settings, now time.Time) error {
	return errNotBuilt
}

// Unsubscribe ends letters by the secret of a letter, however often it is asked.
func (s *Store) Unsubscribe(ctx context.Context, secret string, now time.Time) error {
	return errNotBuilt
}

// FeedKey is the secret by which a program reads feeds of rooms that are not
// public in the person's name; renew makes another one and ends the old.
func (s *Store) FeedKey(ctx context.Context, person account.PersonID, renew bool, now time.Time) (string, error) {
	return "", errNotBuilt
}

// FeedReader is who made the key of a feed; empty where nobody did.
func (s *Store) FeedReader(ctx context.Context, key string, now time.Time) (account.PersonID, error) {
	return "", errNotBuilt
}

// SpreadNotices turns events into notices and letters for those who follow, up to
// limit events, and reports whether more wait. A job calls it.
func (s *Store) SpreadNotices(ctx context.Context, limit int, now time.Time) (more bool, err error) {
	return false, errNotBuilt
}

// SendDigests queues the digests that are due. A job calls it.
func (s *Store) SendDigests(ctx context.Context, now time.Time) error {
	return errNotBuilt
}

// clearNotices deletes what a member follows and was told.
func (r room) clearNotices(m dialogue.MemberID) error { return nil }
