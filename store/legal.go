package store

import (
	"context"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"parley/account"
	"parley/fault"
	"parley/i18n"
)

// LegalText is Markdown in the languages of the site.
type LegalText = map[string]string

// LegalKinds are the texts of the site that its owner writes.
var LegalKinds = []string{"imprint", "privacy", "terms"}

// MaxLegal is the length of such a text in one language, in runes.
const MaxLegal = 100_000

// Legal is what the owner wrote, by kind.
func (s *Store) Legal(ctx context.Context) (map[string]LegalText, error) {
	all := map[string]LegalText{}
	err := s.read(ctx, func(c conn) error {
		return c.each(`
			select kind, words
			from legal_text`, nil,
			func(scan scan) error {
				var kind string
				var words text
				err := scan(&kind, &words)
				all[kind] = LegalText(words)
				return err
			})
	})
	if err != nil {
		return nil, fmt.Errorf("read the legal texts: %w", err)
	}
	return all, nil
}

// ChangeLegal replaces one; a text that is empty in all languages takes it away.
// It is the owner's deed.
func (s *Store) ChangeLegal(ctx context.Context, actor account.PersonID, kind string, t LegalText, now time.Time) error {
	err := s.write(ctx, func(c conn) error {
		if err := mustOwn(c, actor); err != nil {
			return err
		}
		kept, err := legalText(kind, t)
		if err != nil {
			return err
		}
		if len(kept) == 0 {
			_, err = c.exec(`
				delete from legal_text
				where kind = $1`, kind)
			return err
		}
		_, err = c.exec(`
			insert into legal_text (kind, words, changed_at)
			values ($1, $2, $3)
			on conflict (kind) do update
			set words = excluded.words, changed_at = excluded.changed_at`,
			kind, kept, micros(now))
		return err
	})
	return wrapped("change a legal text", err)
}

// legalText is what is kept of such a text.
func legalText(kind string, t LegalText) (text, error) {
	if !slices.Contains(LegalKinds, kind) {
		return nil, fault.New(fault.Missing, "store.no-legal", "there is no legal text %q, only %v", kind, LegalKinds)
	}
	kept := text{}
	for lang, words := range t {
		switch {
		case !i18n.Speaks(lang):
			return nil, fault.New(fault.Invalid, "store.legal-language", "the site does not speak %q", lang).With("Lang", lang)
		case utf8.RuneCountInString(words) > MaxLegal:
			return nil, fault.New(fault.Invalid, "store.legal-long", "a legal text has at most %d characters", MaxLegal).With("Most", MaxLegal)
		case words != "":
			kept[lang] = words
		}
	}
	return kept, nil
}
