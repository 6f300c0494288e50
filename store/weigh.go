package store

import (
	"strings"
	"time"

	"parley/dialogue"
	"parley/fault"
	"parley/moderation"
	"parley/writing"
)

// weighText decides, inside a deed, whether words of the actor are shown at once
// or held for a moderator; fault.Denied or fault.Throttled where a sanction or
// slow mode keeps them from writing. Everything new that is written passes here;
// edits pass weighWords. Slow mode does not slow down answers to
// statements, and neither it nor pre-moderation those who hold a role.
func (r room) weighText(kind writing.Kind, words string, now time.Time) (writing.State, error) {
	state, err := r.weighWords(words, now)
	if err != nil || len(r.who.Grants) > 0 {
		return state, err
	}
	rules, err := loadModerationRules(r.conn, r.id)
	if err != nil {
		return "", err
	}
	if kind != writing.Reason && rules.SlowAt(now) {
		var last int64
		if _, err := r.one(`
			select coalesce(max(made_at), 0)
			from (
				select made_at
				from contribution
				where dialogue = $1 and member = $2 and kind <> 'reason'
				union all
				select made_at
				from translation
				where dialogue = $1 and member = $2) w`, []any{r.id, r.who.Member}, &last); err != nil {
			return "", err
		}
		if wait := moment(last).Add(rules.Slow).Sub(now); last > 0 && wait > 0 {
			return "", fault.New(fault.Throttled, "moderation.slow", "slow mode: wait %s", wait.Round(time.Second)).With("Wait", wait)
		}
	}
	if state == writing.Held || rules.Premoderate == 0 {
		return state, nil
	}
	shown, err := r.shownOnce(rules.Premoderate)
	if err == nil && shown < rules.Premoderate {
		state = writing.Held
	}
	return state, err
}

// shownOnce counts the actor's contributions and translations that can be read, as far as most.
func (r room) shownOnce(most int) (n int, err error) {
	_, err = r.one(`
		select count(1)
		from (
			select 1
			from contribution
			where dialogue = $1 and member = $2 and state = 'shown'
			union all
			select 1
			from translation
			where dialogue = $1 and member = $2 and hidden = 0
			limit $3) s`, []any{r.id, r.who.Member, most}, &n)
	return n, err
}

// weighWords is weighText for what changes or translates words that are there: a
// sanction keeps them back, and what looks like personal data is held.
func (r room) weighWords(words string, now time.Time) (writing.State, error) {
	s, err := r.sanction(r.who.Member, now)
	if err != nil {
		return "", err
	}
	if s != nil {
		return "", fault.New(fault.Denied, "moderation.sanctioned", "a decision of the moderators (line %d of their log) keeps the actor from writing until %s",
			s.Case, s.Until.Format("2 January 2006")).With("Until", s.Until).With("Case", s.Case)
	}
	if personal(words) {
		return writing.Held, nil
	}
	return writing.Shown, nil
}

// openCase puts what weighText held before the moderators, after it was stored.
// Unless why says that it looks like personal data, the words themselves tell it.
func (r room) openCase(n writing.ID, why moderation.Why, now time.Time) error {
	if why != moderation.Personal {
		var words []string
		if err := r.each(`
			select title
			from contribution
			where dialogue = $1 and id = $2
			union all
			select body
			from contribution
			where dialogue = $1 and id = $2
			union all
			select word
			from tag
			where dialogue = $1 and item = $2
			union all
			select does
			from part
			where dialogue = $1 and item = $2`, []any{r.id, int64(n)}, func(scan scan) error {
			words = append(words, "")
			return scan(&words[len(words)-1])
		}); err != nil {
			return err
		}
		rules, err := loadModerationRules(r.conn, r.id)
		if err != nil {
			return err
		}
		// A tag is kept folded, so that a number in it looks like one no more; but where
		// newcomers do not wait, nothing else can have held it.
		if why = moderation.Newcomer; rules.Premoderate == 0 || len(moderation.Contains(strings.Join(words, "\n"))) > 0 {
			why = moderation.Personal
		}
	}
	_, err := r.openCaseOf(n, "", why, now)
	return err
}

// openCaseOf opens a case on a contribution, or on its translation into lang, and
// returns its number; where one is open already, that one's.
func (r room) openCaseOf(n writing.ID, lang string, why moderation.Why, now time.Time) (number int64, err error) {
	return r.openCaseBy(n, lang, why, "", now)
}

// openCaseBy is openCaseOf by a moderator, who need not be told of it.
func (r room) openCaseBy(n writing.ID, lang string, why moderation.Why, by dialogue.MemberID, now time.Time) (number int64, err error) {
	found, err := r.one(`
		select number
		from moderation_case
		where dialogue = $1 and item = $2 and lang = $3 and state = 'open'`, []any{r.id, int64(n), lang}, &number)
	if err != nil || found {
		return number, err
	}
	author, err := r.authorOf(n, lang)
	if err != nil {
		return 0, err
	}
	var sides []string
	if author != "" {
		if err := r.each(`
			select side
			from member_side
			where dialogue = $1 and member = $2`, []any{r.id, author}, func(scan scan) error {
			sides = append(sides, "")
			return scan(&sides[len(sides)-1])
		}); err != nil {
			return 0, err
		}
	}
	if number, err = r.nextLine(); err != nil {
		return 0, err
	}
	if _, err = r.exec(`
		insert into moderation_case (dialogue, number, item, lang, why, side, state, opened_at, since, decided_at)
		values ($1, $2, $3, $4, $5, $6, 'open', $7, $7, 0)`,
		r.id, number, int64(n), lang, string(why), moderation.Group(sides), micros(now)); err != nil {
		return 0, err
	}
	return number, r.callModerators(by, now)
}

// authorOf is who wrote a contribution, or its translation into lang; empty
// where they have left.
func (r room) authorOf(n writing.ID, lang string) (m dialogue.MemberID, err error) {
	if lang == "" {
		_, err = r.one(`
			select coalesce(member, '')
			from contribution
			where dialogue = $1 and id = $2`, []any{r.id, int64(n)}, &m)
		return m, err
	}
	_, err = r.one(`
		select coalesce(member, '')
		from translation
		where dialogue = $1 and item = $2 and lang = $3`, []any{r.id, int64(n), lang}, &m)
	return m, err
}

// authorOfCase is who wrote what a case is about; empty where they have left, or
// where other words stand in the place of a translation and nothing of the case is
// left but those.
func (r room) authorOfCase(k *docket) (m dialogue.MemberID, err error) {
	m, err = r.authorOf(k.item, k.Lang)
	if err != nil || k.Lang == "" {
		return m, err
	}
	if k.anew, err = r.writtenAnew(k); err != nil || !k.anew {
		return m, err
	}
	if k.sanction != nil {
		return k.sanction.Member, nil
	}
	return "", nil
}

// writtenAnew reports whether a translation was written since the case about its
// place was opened.
func (r room) writtenAnew(k *docket) (bool, error) {
	return r.one(`
		select 1
		from translation
		where dialogue = $1 and item = $2 and lang = $3 and made_at > $4`, []any{r.id, int64(k.item), k.Lang, micros(k.OpenedAt)}, new(int))
}

// nextLine is the number of the next line of the public log: cases and changes
// of the rules in one series.
func (r room) nextLine() (n int64, err error) {
	_, err = r.one(`
		select coalesce(max(number), 0) + 1
		from (
			select max(number) as number
			from moderation_case
			where dialogue = $1
			union all
			select max(number) as number
			from moderation_rules
			where dialogue = $1) lines`, []any{r.id}, &n)
	return n, err
}
