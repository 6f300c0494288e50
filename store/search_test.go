package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"parley/forum"
	"parley/store"
	"parley/store/storetest"
	"parley/writing"
)

// library is a forum to search in.
func library(x *society) {
	x.t.Helper()
	for _, p := range []forum.NewProblem{
		{Lang: "ru", Title: "Вода в реке", Body: "Водой из реки пользуются все ещё с **весны**."},
		{Lang: "en", Title: "The bridges are closed", Body: "Both <b>bridges</b> & the ferry; missile defence site."},
		{Lang: "en", Title: "Water", Body: "Defence of the missile site, far from a bridge."},
		{Lang: "ru", Title: "Всё про мосты", Body: "Заёмный ещё' OR '1'='1; drop \"table\" C++ naïve café 2009"},
	} {
		_, err := x.RaiseProblem(x.ctx, "nora", x.id, p, now)
		x.must(err)
	}
	x.comment("sara", 1, 0, "The water of the river is cold")
	x.must(x.Translate(x.ctx, "sara", x.id, 1, "en", "Water in the river", "All draw water from the river since spring.", 1, now))
}

// The same searches find the same on either engine, in the same order.
func TestSearch(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		library(x)
		for _, c := range []struct{ words, want string }{
			{"вода", "1"}, {"воды", "1"}, {"ВОДОЙ", "1"}, {"вод", "1"},
			{"еще", "4 1"}, {"ещё", "4 1"}, {"все", "4 1"},
			{"bridge", "2 3"}, {"bridges", "2 3"}, {"мост", "4"},
			{"water", "1 3 5"}, {"water river", "1 5"}, {"river cold", "5"},
			{`"missile defence"`, "2"}, {`"defence of the missile"`, "3"}, {"defence missile", "3 2"}, {"«missile site»", "3"},
			{`"closed both"`, ""}, {"naive", "4"}, {"CAFÉ", "4"}, {"2009", "4"}, {"c++", ""}, {"заемный", "4"},
			{`bridge OR "`, ""}, {`bridge*`, "2 3"}, {`'); drop table contribution; --`, ""}, {"ferry AND bridges", ""}, {"zzzzzz closed", ""}, {"z0z", ""}, {"\"closed z0z both\"", ""},
			{"весна", "1"}, {"spring", "1"}, {"nothing-of-this", ""},
		} {
			f, err := s.Search(x.ctx, "lone", x.id, forum.Query{Words: c.words}, "en")
			if c.words == "c++" {
				x.refused(err, "writing.query")
				continue
			}
			x.must(err)
			var got []string
			for _, h := range f.Hits {
				if h.Kind != "" {
					got = append(got, fmt.Sprint(int64(h.ID)))
				}
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%q finds %q, want %q", c.words, got, c.want)
			}
		}
	})
}

func TestSnippetsAndPagesOfASearch(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		library(x)
		f, err := s.Search(x.ctx, "lone", x.id, forum.Query{Words: "bridges closed", Kind: writing.Problem}, "ru")
		x.must(err)
		if len(f.Hits) != 1 || f.Hits[0].Snippet != "Both &lt;b&gt;<mark>bridges</mark>&lt;/b&gt; &amp; the ferry; missile defence site." || f.Hits[0].Lang != "en" {
			t.Errorf("got %+v", f.Hits)
		}
		for _, lang := range []string{"en", "ru"} {
			f, err := s.Search(x.ctx, "lone", x.id, forum.Query{Words: "river", Kind: writing.Problem}, lang)
			x.must(err)
			if len(f.Hits) != 1 || f.Hits[0].Lang != "en" || f.Hits[0].Title != "Вода в реке" || !strings.Contains(f.Hits[0].Snippet, "<mark>river</mark>") {
				t.Errorf("got %+v", f.Hits)
			}
		}
		f, err = s.Search(x.ctx, "lone", x.id, forum.Query{Words: "river", Kind: writing.Comment}, "en")
		x.must(err)
		if len(f.Hits) != 1 || f.Hits[0].Under != 1 {
			t.Errorf("got %+v", f.Hits)
		}
		for i := range 25 {
			x.problem("nora", fmt.Sprint("heron ", i))
		}
		var all []writing.ID
		for after := ""; ; {
			f, err := s.Search(x.ctx, "lone", x.id, forum.Query{Words: "herons", Order: "new", After: after, Limit: 10}, "en")
			x.must(err)
			if f.Total != 25 {
				t.Fatalf("got %d", f.Total)
			}
			for _, h := range f.Hits {
				all = append(all, h.ID)
			}
			if after = f.More; after == "" {
				break
			}
		}
		if len(all) != 25 || all[0] < all[24] {
			t.Errorf("got %v", all)
		}
	})
}

func TestRegistersAreFoundToo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		d := sample(x.id)
		load(t, s, d)
		title := d.Topics[0].Title["en"]
		f, err := s.Search(x.ctx, "lone", x.id, forum.Query{Words: title}, "en")
		x.must(err)
		want := forum.Link{Kind: forum.LinkTopic, To: string(d.Topics[0].ID)}
		at := slices.IndexFunc(f.Hits, func(h forum.Hit) bool { return h.Link == want })
		if at < 0 || f.Hits[at].Title != title || !strings.Contains(f.Hits[at].Snippet, "<mark>") {
			t.Errorf("%q finds %+v", title, f.Hits)
		}
	})
}
