package store_test

import (
	"testing"

	"parley/forum"
	"parley/store"
	"parley/store/storetest"
	"parley/writing"
)

func TestTranslations(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		p := x.problem("nora", "bridge")
		translate := func(who, lang, title, body string, of int) error {
			return s.Translate(x.ctx, person(who), x.id, p, lang, title, body, of, now)
		}
		x.refused(translate("sara", "en", "Bridge", "Words", 1), "writing.translation-same")
		x.refused(translate("sara", "de", "Brücke", "Worte", 1), "writing.lang")
		x.refused(translate("sara", "ru", "", "Слова", 1), "writing.title-missing")
		x.refused(translate("sara", "ru", "Мост", "", 1), "writing.body-missing")
		x.refused(translate("sara", "ru", "Мост", "Слова", 2), "writing.translation-stale")
		x.must(translate("sara", "ru", "Мост", "О **мосте** #1.", 1))
		tr := x.item("nils", p).In("ru")
		if tr == nil || tr.HTML != "<p>О <strong>мосте</strong> <a class=\"ref\" href=\"/go/1\">#1</a>.</p>\n" || tr.By.Pseudonym != "Sara" || tr.Mine || tr.Stale || tr.Of != 1 {
			t.Fatalf("got %+v", tr)
		}
		x.refused(s.RateTranslation(x.ctx, "sara", x.id, p, "ru", 1, now), "writing.translation-own")
		x.refused(s.RateTranslation(x.ctx, "nils", x.id, p, "de", 1, now), "writing.translation-missing")
		x.must(s.RateTranslation(x.ctx, "nils", x.id, p, "ru", 1, now))
		x.must(s.RateTranslation(x.ctx, "nora", x.id, p, "ru", 1, now))
		x.must(s.RateTranslation(x.ctx, "nora", x.id, p, "ru", -1, now))
		x.must(s.RateTranslation(x.ctx, "lone", x.id, p, "ru", -1, now))
		x.must(s.RateTranslation(x.ctx, "lone", x.id, p, "ru", 0, now))
		if tr := x.item("nora", p).In("ru"); tr.Good != 1 || tr.Bad != 1 || tr.Own != -1 {
			t.Errorf("got %+v", tr)
		}
		// Another one in its place is rated anew.
		x.must(translate("twin", "ru", "Мост", "Иначе", 1))
		if tr := x.item("nora", p).In("ru"); tr.Good+tr.Bad != 0 || tr.By.Pseudonym != "Twin" {
			t.Errorf("got %+v", tr)
		}
		x.must(s.RateTranslation(x.ctx, "nils", x.id, p, "ru", 1, now))
		_, err := s.Leave(x.ctx, "nils", x.id, true, later)
		x.must(err)
		_, err = s.Leave(x.ctx, "twin", x.id, true, later)
		x.must(err)
		if tr := x.item("nora", p).In("ru"); tr == nil || tr.Good != 0 || tr.By.Pseudonym != "" || tr.Body != "Иначе" {
			t.Errorf("got %+v", tr)
		}
	})
}

// Without their words, a translator's translations go, and what quotes them.
func TestTranslationsGoWithTheirWords(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		p := x.problem("nora", "bridge")
		x.must(s.Translate(x.ctx, "sara", x.id, p, "ru", "Мост", "Перевод слов", 1, now))
		_, err := s.Comment(x.ctx, "nils", x.id, forum.NewComment{Under: p, Lang: "en", Body: "Hm.", Quote: p, Words: "Перевод"}, now)
		x.must(err)
		exit, err := s.Leave(x.ctx, "sara", x.id, false, later)
		x.must(err)
		if exit.Kept != 0 || exit.Removed != 1 {
			t.Errorf("got %+v", exit)
		}
		if c := x.item("nils", p); len(c.Translations) != 0 {
			t.Errorf("got %+v", c.Translations)
		}
		if q := x.thread("nils", p).Comments[0].Quote; q == nil || !q.Gone || q.Words != "" {
			t.Errorf("got %+v", q)
		}
		if f, err := s.Search(x.ctx, "nils", x.id, forum.Query{Words: "перевод"}, "ru"); err != nil || f.Total != 0 {
			t.Errorf("got %+v, %v", f, err)
		}
	})
}

func TestUntranslated(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		quiet, loud, done, stale := x.problem("nora", "quiet"), x.problem("nora", "loud"), x.problem("nora", "done"), x.problem("nora", "stale")
		k := x.comment("sara", loud, 0, "a comment")
		for _, n := range []writing.ID{done, stale} {
			x.must(s.Translate(x.ctx, "sara", x.id, n, "ru", "Тема", "Текст", 1, now))
		}
		x.must(s.Edit(x.ctx, "nora", x.id, stale, writing.Edit{Revision: 1, Title: "changed"}, later))
		want := []writing.ID{loud, stale, quiet, k}
		lines, err := s.Untranslated(x.ctx, "lone", x.id, "ru", 10)
		x.must(err)
		for i, l := range lines {
			if i >= len(want) || l.ID != want[i] {
				t.Fatalf("got #%d at %d, want %v", l.ID, i, want)
			}
		}
		if len(lines) != len(want) {
			t.Errorf("got %d lines", len(lines))
		}
		if lines, err := s.Untranslated(x.ctx, "lone", x.id, "en", 10); err != nil || len(lines) != 0 {
			t.Errorf("got %+v, %v", lines, err)
		}
		_, err = s.Untranslated(x.ctx, "lone", x.id, "de", 10)
		x.refused(err, "writing.lang")
	})
}
