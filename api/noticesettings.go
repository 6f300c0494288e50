package api

import (
	"context"
	"time"

	"parley/notice"
)

// noticeSettings are when letters come, for all of one's dialogues.
type noticeSettings struct {
	Every   notice.Rhythm `json:"every"`
	Hour    int           `json:"hour" minimum:"0" maximum:"23" doc:"At which the digest goes, in one's own zone"`
	Weekday string        `json:"weekday" enum:"monday,tuesday,wednesday,thursday,friday,saturday,sunday" doc:"Of a weekly digest"`
	Quiet   bool          `json:"quiet" doc:"No letters from one hour to the other"`
	From    int           `json:"from" minimum:"0" maximum:"23"`
	To      int           `json:"to" minimum:"0" maximum:"23"`
	Letters bool          `json:"letters" doc:"Letters at all; without an address there are none"`
}

var weekdays = []string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

func noticeSettingsOf(n notice.Settings) noticeSettings {
	return noticeSettings{n.Every, n.Hour, weekdays[n.Weekday], n.Quiet, n.From, n.To, n.Letters}
}

func (s *server) getNoticeSettings(ctx context.Context, v *visit, _ *struct{}) (*tagged[noticeSettings], error) {
	n, err := s.Store.NoticeSettings(ctx, v.Person)
	if err != nil {
		return nil, err
	}
	return &tagged[noticeSettings]{revisionTag(n.Revision), noticeSettingsOf(n)}, nil
}

func (s *server) changeNoticeSettings(ctx context.Context, v *visit, in *struct {
	IfMatchTag
	Body noticeSettings
}) (*tagged[noticeSettings], error) {
	from, err := in.from(v)
	if err != nil {
		return nil, err
	}
	b := in.Body
	day, _ := wordOf[uint8](weekdays, b.Weekday)
	err = s.Store.SetNotices(ctx, v.Person, notice.Settings{
		Every: b.Every, Hour: b.Hour, Weekday: time.Weekday(day), Quiet: b.Quiet, From: b.From, To: b.To, Letters: b.Letters, Revision: from,
	}, v.now)
	if err != nil {
		return nil, err
	}
	return s.getNoticeSettings(ctx, v, nil)
}

type unread struct {
	Unread int `json:"unread"`
}

func (s *server) countNotices(ctx context.Context, v *visit, _ *struct{}) (*outBody[unread], error) {
	n, err := s.Store.Bell(ctx, v.Person)
	return &outBody[unread]{unread{n}}, err
}

type reading struct {
	UpTo int64 `json:"up_to" minimum:"1" maximum:"9007199254740991" example:"40" doc:"All up to this one, as far as it is one's own"`
}

func (s *server) readNotices(ctx context.Context, v *visit, in *struct{ Body reading }) (*nothing, error) {
	return nil, s.Store.ReadNotices(ctx, v.Person, in.Body.UpTo, v.now)
}

type feedKey struct {
	Key string `json:"key" doc:"It goes behind ?key= of the address of a feed on the site, for readers that send no token. Empty where none was made"`
}

func (s *server) getFeedKey(ctx context.Context, v *visit, _ *struct{}) (*outBody[feedKey], error) {
	key, err := s.Store.FeedKey(ctx, v.Person, false, v.now)
	return &outBody[feedKey]{feedKey{key}}, err
}

func (s *server) makeFeedKey(ctx context.Context, v *visit, _ *struct{ OnceKey }) (*outBody[feedKey], error) {
	key, err := s.Store.FeedKey(ctx, v.Person, true, v.now)
	return &outBody[feedKey]{feedKey{key}}, err
}

func (s *server) endFeedKey(ctx context.Context, v *visit, _ *struct{}) (*nothing, error) {
	return nil, s.Store.EndFeedKey(ctx, v.Person)
}
