package store

import (
	"context"
	"time"
)

// How long what has had its time is kept, for who wants to look back.
const (
	letterLasts     = 30 * 24 * time.Hour // that one went out, or could not; one that waits in vain
	guessLasts      = 25 * time.Hour
	invitationLasts = 30 * 24 * time.Hour // after its end
	tokenLasts      = 30 * 24 * time.Hour // after its end
	totpLasts       = 24 * time.Hour      // one that was never confirmed
	eventLasts      = 90 * 24 * time.Hour // that something happened; the newest stays, for numbers go on from it
	noticeLasts     = 90 * 24 * time.Hour // that somebody was told of it; twice as long on the bell, unread
)

// Forget removes what has had its time: sessions and links that ended, challenges
// and guesses that no longer count, kept answers, old letters, invitations and
// tokens long over, what happened and who was told of it. A scrub that had failed is asked for once more.
func (s *Store) Forget(ctx context.Context, now time.Time) error {
	at := func(ago time.Duration) int64 { return micros(now.Add(-ago)) }
	err := s.write(ctx, func(c conn) error {
		d := &series{c: c}
		d.exec(`
			delete from session
			where expires_at <= $1`, at(0))
		d.exec(`
			delete from link
			where expires_at <= $1`, at(0))
		d.exec(`
			delete from spent
			where until_at <= $1`, at(0))
		d.exec(`
			delete from guess
			where hour < $1`, now.Add(-guessLasts).Unix()/3600)
		d.exec(`
			delete from totp
			where confirmed = 0 and created_at <= $1`, at(totpLasts))
		d.exec(`
			delete from token
			where expires_at > 0 and expires_at <= $1`, at(tokenLasts))
		d.exec(`
			delete from once
			where begun_at <= $1`, at(OnceLasts))
		d.exec(`
			delete from letter
			where queued_at <= $1`, at(letterLasts))
		d.exec(`
			delete from unsubscribe
			where until_at <= $1`, at(0))
		d.exec(`
			delete from event
			where at <= $1 and id <= (select s.event from spread s where s.dialogue = event.dialogue)
				and id < (select max(n.id) from event n where n.dialogue = event.dialogue)`, at(eventLasts))
		d.exec(`
			delete from notice
			where made_at <= $1 and (unread = 0 or loud = 0)`, at(noticeLasts))
		d.exec(`
			delete from notice
			where made_at <= $1`, at(2*noticeLasts))
		d.exec(`
			delete from invitation
			where expires_at <= $1`, at(invitationLasts))
		d.exec(`
			update job
			set state = 'waiting', attempt = 0, run_at = $2, error = ''
			where kind = $1 and state = 'failed'`, ScrubJob, micros(now))
		return d.err
	})
	return wrapped("forget what has had its time", err)
}
