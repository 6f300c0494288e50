package demo_test

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/account"
	"parley/demo"
	"parley/dialogue"
	"parley/dossier"
	"parley/examples"
	"parley/i18n"
	"parley/store"
	"parley/store/storetest"
)

var now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func filled(t *testing.T, s *store.Store) []demo.Guest {
	t.Helper()
	for _, e := range examples.All() {
		d, err := dossier.Read(e.Name, e.Data)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.LoadDossier(context.Background(), d, now); err != nil {
			t.Fatal(err)
		}
	}
	guests, err := demo.Fill(context.Background(), s, now)
	if err != nil {
		t.Fatal(err)
	}
	return guests
}

func TestTheHouseIsFull(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		guests := filled(t, s)
		var offered []string
		roles := map[dialogue.Role]int{}
		for _, g := range guests {
			if g.Offered {
				offered = append(offered, g.Key)
			}
			e, err := s.Entrance(ctx, demo.Dialogue, g.Person, "", now)
			if err != nil {
				t.Fatal(err)
			}
			held := e.Standing.Roles()
			if !slices.Contains(held, g.Role) {
				t.Errorf("%s is %v, not %s", g.Key, held, g.Role)
			}
			if g.Side != "" && !slices.Equal(e.Standing.Sides, []dialogue.SideID{g.Side}) {
				t.Errorf("%s declares %v, not %s", g.Key, e.Standing.Sides, g.Side)
			}
			for _, r := range held {
				roles[r]++
			}
			for _, lang := range i18n.Languages {
				if w := g.Name[lang]; w == "" || strings.ContainsAny(w, "[{") || strings.HasSuffix(w, ", ") {
					t.Errorf("%s: %q in %s", g.Key, w, lang)
				}
			}
		}
		want := []string{"convener", "member-KE", "registrar-KE", "member-BR", "editor-BR", "member-OS", "mediator", "moderator", "observer"}
		if !slices.Equal(offered, want) {
			t.Errorf("offered are %v, want %v", offered, want)
		}
		for _, r := range dialogue.Roles {
			if roles[r] == 0 {
				t.Errorf("nobody is %s", r)
			}
		}
	})
}

// Everybody is told everything before joining, and nothing required is missing.
func TestTheHouseIsInOrder(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	filled(t, s)
	items, err := s.Checklist(context.Background(), demo.Dialogue)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range items {
		if !i.Done {
			t.Errorf("%s is missing", i.Key)
		}
	}
}

// The invented people have no names, are in no other dialogue, and nobody can
// sign in as one of them.
func TestTheInventedPeopleAreNobody(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	ctx := context.Background()
	numbered := regexp.MustCompile(`^(Participant|Участник) \d+$`)
	for _, g := range filled(t, s) {
		list, err := s.Memberships(ctx, g.Person)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range list {
			if m.Dialogue.ID != demo.Dialogue {
				t.Errorf("%s is a member of %s", g.Key, m.Dialogue.ID)
			}
		}
		if g.Role != dialogue.Owner {
			mine, err := s.Mine(ctx, g.Person, demo.Dialogue)
			if err != nil {
				t.Fatal(err)
			}
			if !numbered.MatchString(mine.Pseudonym.In("en")) || mine.Verified != nil {
				t.Errorf("%s is called %q, %v", g.Key, mine.Pseudonym, mine.Verified)
			}
		}
		p, err := s.Person(ctx, g.Person)
		if err != nil {
			t.Fatal(err)
		}
		if g.Role != dialogue.Owner && (p.HasPassword || p.Passkeys > 0 || p.Codes > 0) {
			t.Errorf("%s has a way to sign in: %+v", g.Key, p)
		}
		o, err := s.OpenSession(ctx, g.Person, "test", now)
		if err != nil {
			t.Fatal(err)
		}
		if v, err := s.Whois(ctx, o.Secret, now); err != nil || v.Person != g.Person {
			t.Errorf("%s: got %+v, %v", g.Key, v, err)
		}
	}
}

// The house fills as fast as a demonstration should start.
func BenchmarkFill(b *testing.B) {
	for b.Loop() {
		s := storetest.Open(b, storetest.SQLite(b))
		for _, e := range examples.All() {
			d, err := dossier.Read(e.Name, e.Data)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := s.LoadDossier(context.Background(), d, now); err != nil {
				b.Fatal(err)
			}
		}
		if _, err := demo.Fill(context.Background(), s, now); err != nil {
			b.Fatal(err)
		}
	}
}

// Whoever is offered is told apart by what they are.
func TestGuestsAreToldApart(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	people, names := map[account.PersonID]bool{}, map[string]bool{}
	guests := filled(t, s)
	for _, g := range guests {
		people[g.Person] = true
		names[fmt.Sprint(g.Name)] = true
	}
	if len(people) != len(guests) || len(names) != len(guests) {
		t.Errorf("%d guests, %d people, %d names", len(guests), len(people), len(names))
	}
}
