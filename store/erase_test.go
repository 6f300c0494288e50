package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/base64"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/account"
	"parley/deal"
	"parley/dialogue"
	"parley/fault"
	"parley/forum"
	"parley/i18n"
	"parley/interest"
	"parley/opinion"
	"parley/store"
	"parley/store/storetest"
	"parley/writing"
)

// canary is a person who has left something in every field there is, and the
// words by which each of them is known again.
type canary struct {
	id    account.PersonID
	words []string
	texts []string // what they wrote in the dialogue
}

// sing makes the canary a member, register editor and registrar of the south.
func sing(x *society) *canary {
	x.t.Helper()
	c := &canary{}
	word := func(what string) string {
		w := "zqx-" + what + "-canary"
		c.words = append(c.words, w)
		return w
	}
	secret, _, err := x.Invite(x.ctx, "ann", x.id, dialogue.Invitation{Role: dialogue.Registrar, Side: "S"}, now)
	x.must(err)
	o, codes, err := x.SignUp(x.ctx, store.NewPerson{
		Name: word("name"), Lang: "en", Zone: "Asia/Yakutsk", Password: "four grey herons at dusk", Dialogue: x.id, Invitation: secret,
	}, word("device"), now)
	x.must(err)
	c.id = o.Person
	c.words = append(c.words, string(o.Person), o.Session.ID, account.Digest(o.Secret))
	handle, err := x.UserHandle(x.ctx, c.id)
	x.must(err)
	c.words = append(c.words, base64.RawURLEncoding.EncodeToString(handle))
	m := x.join(string(c.id), store.JoinRequest{Invitation: secret, Pseudonym: word("pseudonym"), Sides: []dialogue.SideID{"S"}, Ticks: dialogue.Ticks})
	x.must(x.Grant(x.ctx, "ann", x.id, m.ID, dialogue.Grant{Role: dialogue.Delegate, Side: "S"}, now))

	address := word("address") + "@example.org"
	x.must(x.AskEmail(x.ctx, c.id, address, now))
	letters, err := x.Letters(x.ctx, "owner", "", "", 1)
	x.must(err)
	x.must(x.ConfirmEmail(x.ctx, path.Base(letters[0].Args["Link"]), now))
	x.must(x.SendMessage(x.ctx, "", "", strings.ToUpper(address), "hello", "en", now))
	raw := []byte(word("passkey-id"))
	x.must(x.AddPasskey(x.ctx, c.id, account.Passkey{ID: raw, Name: word("passkey"), PublicKey: []byte(word("public-key")), Transports: []string{"usb"}}, now))
	for _, w := range []string{"zqx-passkey-id-canary", "zqx-public-key-canary"} {
		c.words[slices.Index(c.words, w)] = base64.RawURLEncoding.EncodeToString([]byte(w))
	}
	_, err = x.StartTOTP(x.ctx, c.id, now)
	x.must(err)
	x.must(x.LinkIdentity(x.ctx, c.id, account.Identity{Issuer: "https://id.example", Subject: word("subject"), Label: word("label")}, now))
	_, _, err = x.MakeToken(x.ctx, c.id, account.Token{Name: word("token"), Scopes: account.Scopes}, now)
	x.must(err)
	_, err = x.BeginOnce(x.ctx, c.id, "key", "request", now)
	x.must(err)
	x.must(x.EndOnce(x.ctx, c.id, "key", store.Kept{Status: 201, Header: word("header"), Body: []byte(word("body"))}))

	n, err := x.ProposeStatement(x.ctx, "ann", x.id, opinion.NewStatement{Lang: "en", Title: "The mill needs a meter."}, now)
	x.must(err)
	x.must(x.CastVote(x.ctx, c.id, x.id, n, opinion.Ballot{Choice: opinion.Disagree}, now))
	x.must(x.Expect(x.ctx, c.id, x.id, n, "N", 7, now))

	seat := x.seat("boris", dialogue.Registrar, "S", "S")
	x.must(x.Verify(x.ctx, "boris", x.id, m.ID, &dialogue.Verified{Name: word("verified"), Office: word("office"), Sector: dialogue.Civil, Side: "S"}, now))
	x.must(x.RecordMandate(x.ctx, "boris", x.id, m.ID, word("mandate"), now))
	x.must(x.Recommend(x.ctx, c.id, x.id, seat.ID, now))
	_, _, err = x.Invite(x.ctx, c.id, x.id, dialogue.Invitation{Role: dialogue.Participant, Note: word("note")}, now)
	x.must(err)

	text := func(what string) i18n.Text {
		w := "zqx-" + what + "-text"
		c.texts = append(c.texts, w)
		return both(w, w)
	}
	_, _, err = x.WriteInterest(x.ctx, c.id, x.id, "S", interest.Interest{
		Title: text("title"), Note: text("words"), Tier: interest.Vital,
		Counterparts: []interest.Counterpart{{Side: "N", Role: interest.RoleRange{Low: interest.Key, High: interest.Key}, Note: text("aside")}},
	}, store.AnyRevision, now)
	x.must(err)
	_, err = x.AskDeals(x.ctx, x.id, deal.DefaultSettings(), now)
	x.must(err)
	_ = codes
	c.speak(x, word, func(what string) string { return text(what)["en"] })
	return c
}

// speak has the canary write in the forum, and others say it again: as a quote, as
// a translation.
func (c *canary) speak(x *society, word, text func(what string) string) {
	x.t.Helper()
	alone := func(what string) string { // one word, as it stands in the index
		c.texts = append(c.texts, "zqx"+what+"ko")
		return "zqx" + what + "ko"
	}
	p, err := x.RaiseProblem(x.ctx, c.id, x.id, forum.NewProblem{Lang: "en", Title: text("problem"), Body: text("earlier") + " " + alone("former"), Tags: []string{alone("tag")}}, now)
	x.must(err)
	x.must(x.Edit(x.ctx, c.id, x.id, p, writing.Edit{Revision: 1, Title: "zqx-problem-text", Body: alone("found") + " " + text("quoted"), Tags: []string{"zqxtagko"}}, now))
	_, err = x.ProposeAction(x.ctx, c.id, x.id, forum.NewAction{Lang: "en", Title: alone("action"), Problems: []writing.ID{p}, Parts: []forum.Part{{Side: "S", Does: text("part")}}}, now)
	x.must(err)
	_, err = x.Comment(x.ctx, c.id, x.id, forum.NewComment{Under: p, Lang: "en", Body: text("comment")}, now)
	x.must(err)
	_, err = x.Comment(x.ctx, "boris", x.id, forum.NewComment{Under: p, Lang: "en", Body: "Indeed.", Quote: p, Words: "zqx-quoted-text"}, now)
	x.must(err)
	x.must(x.Translate(x.ctx, "boris", x.id, p, "ru", "Проблема", alone("retold"), 2, now))
	others, err := x.RaiseProblem(x.ctx, "boris", x.id, forum.NewProblem{Lang: "en", Title: "Another"}, now)
	x.must(err)
	x.must(x.Translate(x.ctx, c.id, x.id, others, "ru", text("translated"), "", 1, now))
	x.must(x.React(x.ctx, c.id, x.id, others, writing.Helpful, true, now))
	x.must(x.SaveDraft(x.ctx, c.id, x.id, writing.Draft{Place: "statement", Fields: map[string]string{"title": word("draft")}}, now))
}

// tidy is the society's dialogue as the rules of a dossier allow it to be
// edited.
func tidy(t *testing.T, s *store.Store) *society {
	t.Helper()
	x := found(t, s, dialogue.ByInvitation)
	d := sample(x.id)
	d.Topics[0].Share, d.Table = nil, nil
	load(t, s, d)
	return x
}

// crowd is others around the canary, so that rows move between pages.
func crowd(x *society) {
	for i := range 40 {
		id := fmt.Sprintf("neighbour-%02d", i)
		x.person(id)
		for j := range 5 {
			_, _, err := x.MakeToken(x.ctx, account.PersonID(id), account.Token{Name: fmt.Sprint(strings.Repeat("filler ", 9), j), Scopes: account.Scopes}, now)
			x.must(err)
		}
	}
}

// bytesOf is everything that can be found in files, by name.
func bytesOf(t *testing.T, dirs ...string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	for _, dir := range dirs {
		files, err := filepath.Glob(filepath.Join(dir, "*"))
		must(t, err)
		for _, f := range files {
			b, err := os.ReadFile(f)
			must(t, err)
			all[f] = b
		}
	}
	return all
}

// hits lists the words that stand somewhere, in capitals or not, and where.
func hits(where map[string][]byte, words []string) (found []string) {
	for name, b := range where {
		b = bytes.ToLower(b)
		for _, w := range words {
			if bytes.Contains(b, []byte(strings.ToLower(w))) {
				found = append(found, filepath.Base(name)+": "+w)
			}
		}
	}
	slices.Sort(found)
	return found
}

func missing(where map[string][]byte, words []string) (none []string) {
	for _, w := range words {
		if len(hits(where, []string{w})) == 0 {
			none = append(none, w)
		}
	}
	return none
}

// Promise 27: after an erasure no byte of the person is in the database, its
// log, the index beside it, or a fresh backup.
func TestNothingIsLeftOfWhoIsErased(t *testing.T) {
	for _, keep := range []bool{true, false} {
		t.Run(fmt.Sprint("keep=", keep), func(t *testing.T) {
			c := storetest.SQLite(t)
			s := storetest.Open(t, c)
			x := tidy(t, s)
			crowd(x)
			bird := sing(x)
			crowdLeaves(x)
			before := bytesOf(t, c.Dir)
			if none := missing(before, append(bird.words, bird.texts...)); len(none) > 0 {
				t.Fatalf("the search would not see %q", none)
			}
			must(t, s.Erase(x.ctx, bird.id, keep, later))
			if len(hits(bytesOf(t, c.Dir), bird.words)) == 0 {
				t.Error("nothing is left before the scrub already: the search does not see the log")
			}
			gone := bird.words
			if !keep {
				gone = append(gone, bird.texts...)
			}
			must(t, s.Scrub(x.ctx))
			copied := t.TempDir()
			must(t, s.Backup(x.ctx, filepath.Join(copied, "copy.db")))
			after := bytesOf(t, c.Dir, copied)
			if left := hits(after, gone); len(left) > 0 {
				t.Errorf("left: %q", left)
			}
			if none := missing(after, bird.texts); keep && len(none) > 0 {
				t.Errorf("what was to stay is gone: %q", none)
			}
			if len(after) < 3 {
				t.Errorf("only %d files were searched", len(after))
			}
			if _, err := s.Person(x.ctx, bird.id); !fault.Is(err, fault.Missing) {
				t.Errorf("got %v", err)
			}
			wantFault(t, s.Erase(x.ctx, bird.id, keep, later), fault.Missing, "account.no-person")
		})
	}
}

// crowdLeaves deletes every other row of the crowd, so that pages are merged.
func crowdLeaves(x *society) {
	x.must(x.Write(x.ctx, func(d store.Deed) error {
		return d.Exec(`delete from person where id like 'neighbour-%' and id > 'neighbour-07'`)
	}))
}

// On PostgreSQL every row of every table is searched, as text.
func TestNothingIsLeftOfWhoIsErasedOnPostgres(t *testing.T) {
	for _, keep := range []bool{true, false} {
		t.Run(fmt.Sprint("keep=", keep), func(t *testing.T) {
			c := storetest.Postgres(t)
			s := storetest.Open(t, c)
			x := tidy(t, s)
			bird := sing(x)
			before := map[string][]byte{"before": []byte(dump(t, c.URL))}
			if none := missing(before, append(bird.words, bird.texts...)); len(none) > 0 {
				t.Fatalf("the search would not see %q", none)
			}
			must(t, s.Erase(x.ctx, bird.id, keep, later))
			must(t, s.Scrub(x.ctx))
			gone := bird.words
			if !keep {
				gone = append(gone, bird.texts...)
			}
			if left := hits(map[string][]byte{"after": []byte(dump(t, c.URL))}, gone); len(left) > 0 {
				t.Errorf("left: %q", left)
			}
		})
	}
}

// dump is all rows of all tables of a PostgreSQL database, as text.
func dump(t *testing.T, address string) string {
	t.Helper()
	db, err := sql.Open("pgx", address)
	must(t, err)
	defer db.Close()
	ctx := context.Background()
	strings1 := func(query string) (all []string) {
		rows, err := db.QueryContext(ctx, query)
		must(t, err)
		defer rows.Close()
		for rows.Next() {
			var s string
			must(t, rows.Scan(&s))
			all = append(all, s)
		}
		must(t, rows.Err())
		return all
	}
	var out strings.Builder
	for _, table := range strings1("select tablename from pg_catalog.pg_tables where schemaname = current_schema()") {
		for _, row := range strings1("select t::text from " + table + " t") {
			out.WriteString(row + "\n")
		}
	}
	return out.String()
}

// Letters go in which the address of the erased person stands, and no others: an
// address that ends or begins like it is somebody else's.
func TestErasureTakesNobodyElsesLetters(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		boss, _ := owner(t, s)
		confirmed(t, s, boss.Person, "boss@example.org")
		anna := holder(t, s, "anna", false)
		confirmed(t, s, anna, "425@mail.example")
		cases := []struct {
			from, words string
			gone        bool
		}{
			{"425@mail.example", "hello", true},
			{"", "Write to 425@MAIL.example.", true},
			{"", "first line\n425@mail.example\nlast line", true},
			{"Anna <425@mail.example>", "or '425@mail.example'", true},
			{"", "bob425@mail.example, or else 425@mail.example!", true},
			{"bob425@mail.example", "hello", false},
			{"bob.425@mail.example", "hello", false},
			{"bob+425@mail.example", "hello", false},
			{"", "o'425@mail.example", false},
			{"боб425@mail.example", "hello", false},
			{"425@mail.example.org", "hello", false},
			{"425@mail.example-towns.org", "hello", false},
			{"425@mail.exampleorg", "hello", false},
		}
		for i, c := range cases {
			must(t, s.SendMessage(ctx, "", "", c.from, c.words, "en", now.Add(time.Duration(i))))
		}
		must(t, s.Erase(ctx, anna, true, later))
		letters, err := s.Letters(ctx, boss.Person, "", "", 100)
		must(t, err)
		for _, c := range cases {
			left := slices.ContainsFunc(letters, func(l store.Letter) bool {
				return l.Kind == "message" && l.Args["Message"] == c.words && (c.from == "" || l.Args["From"] == c.from)
			})
			if left == c.gone {
				t.Errorf("from %q, %q: is left: %t", c.from, c.words, left)
			}
		}
	})
}

// An erasure asks for a scrub, also where one has been done or is under way.
func TestAnErasureAsksForAScrub(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		must(t, s.Erase(ctx, holder(t, s, "anna", false), true, now))
		must(t, s.Erase(ctx, holder(t, s, "clara", false), true, now.Add(store.ScrubPause-1)))
		if j, err := s.ClaimJob(ctx, store.ScrubJob, store.ScrubVersion, now.Add(store.ScrubPause-1e6), day); err != nil || j != nil {
			t.Errorf("got %+v, %v: it waits for others", j, err)
		}
		at := now.Add(store.ScrubPause)
		j, err := s.ClaimJob(ctx, store.ScrubJob, store.ScrubVersion, at, day)
		must(t, err)
		if j == nil {
			t.Fatal("there is no job")
		}
		must(t, s.Erase(ctx, holder(t, s, "boris", false), true, at))
		at = at.Add(store.ScrubPause)
		if err := s.FinishJob(ctx, j); err == nil {
			t.Error("a scrub that began before the second erasure counts for it")
		}
		j, err = s.ClaimJob(ctx, store.ScrubJob, store.ScrubVersion, at, day)
		must(t, err)
		must(t, s.Scrub(ctx))
		must(t, s.FinishJob(ctx, j))
		if j, err := s.ClaimJob(ctx, store.ScrubJob, store.ScrubVersion, at, day); err != nil || j != nil {
			t.Errorf("got %+v, %v", j, err)
		}
	})
}
