package api

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/account"
	"parley/api/apitest"
	"parley/dialogue"
	"parley/store/storetest"
)

// Who holds a role for one side does nothing in the name of another.
func TestRolesOfASideEndAtItsBorder(t *testing.T) {
	w := newWorld(t, open("towns"))
	const at = "/dialogues/towns"
	w.ok(w.ask(dialogue.Participant, http.MethodPut, at+"/membership/sides", map[string]any{"sides": []string{"BR"}}))
	them := w.ok(w.ask(dialogue.Participant, http.MethodGet, at+"/membership", nil)).json["id"].(string)
	theirs := map[string]any{"name": "Anna Ivanova", "office": "Clerk", "sector": "official", "side": "BR"}
	for _, c := range []struct {
		role         dialogue.Role
		method, path string
		body         any
	}{
		{dialogue.Registrar, http.MethodPut, "/members/" + them + "/verified", theirs},
		{dialogue.Registrar, http.MethodPut, "/members/" + them + "/verified", map[string]any{"name": "Anna", "office": "Clerk", "sector": "official", "side": "KE"}},
		{dialogue.Registrar, http.MethodPut, "/members/" + them + "/mandate", map[string]any{"mandate": "x"}},
		{dialogue.Registrar, http.MethodPut, "/members/" + them + "/delegate/BR", nil},
		{dialogue.Registrar, http.MethodPut, "/members/" + them + "/delegate/KE", nil},
		{dialogue.Registrar, http.MethodPost, "/invitations", map[string]any{"role": "registrar", "side": "KE"}},
		{dialogue.Registrar, http.MethodPost, "/invitations", map[string]any{"role": "moderator"}},
		{dialogue.Delegate, http.MethodGet, "/own-registers/BR", nil},
		{dialogue.Delegate, http.MethodPost, "/own-registers/BR/interests", map[string]any{"title": map[string]any{"en": "x", "ru": "х"}}},
		{dialogue.Convener, http.MethodPut, "/members/" + them + "/grants/registrar?side=KE", nil},
		{dialogue.Convener, http.MethodPut, "/members/" + them + "/grants/moderator", nil},
		{dialogue.Convener, http.MethodPut, "/members/" + them + "/grants/owner", nil},
		{dialogue.Convener, http.MethodPut, "/members/" + them + "/grants/participant", nil},
	} {
		r := w.ask(c.role, c.method, at+c.path, c.body)
		if r.Code != http.StatusForbidden && r.Code != http.StatusConflict && r.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s may %s %s: got %d %s", c.role, c.method, c.path, r.Code, r.Body)
		}
	}
	me := w.ok(w.ask(dialogue.Participant, http.MethodGet, at+"/membership", nil))
	if me.json["verified"] != nil || me.json["mandate"] != "" || len(me.json["grants"].([]any)) != 0 {
		t.Errorf("something was recorded: %s", me.Body)
	}
}

// A new declaration stands before everything in the room, and before nothing that
// is one's own.
func TestANewDeclarationAsksAgain(t *testing.T) {
	w := newWorld(t, apitest.Room{ID: "towns", Rule: dialogue.Members, Stage: dialogue.Open, Roster: dialogue.RosterMembers})
	const at = "/dialogues/towns"
	w.ok(w.ask(dialogue.Convener, http.MethodPost, at+"/declarations", map[string]any{"text": map[string]any{"en": "Newer.", "ru": "Новее."}}))
	for _, path := range []string{"/registers", "/interests", "/topics", "/comparison", "/deals", "/dossier", "/members"} {
		w.want(w.ask(dialogue.Participant, http.MethodGet, at+path, nil), 403, "dialogue.agree-first")
		w.ok(w.ask(dialogue.Convener, http.MethodGet, at+path, nil)) // who makes it agrees to it
	}
	if card := w.ok(w.ask(dialogue.Participant, http.MethodGet, at, nil)); field(card, "you", "must_agree") != true {
		t.Errorf("got %s", card.Body)
	}
	w.ok(w.ask(dialogue.Participant, http.MethodGet, at+"/membership", nil))
	w.ok(w.ask(dialogue.Participant, http.MethodPut, at+"/membership/declaration", map[string]any{"version": 2, "lang": "ru"}))
	if mine := w.ok(w.ask(dialogue.Participant, http.MethodGet, at+"/membership", nil)); mine.json["agreements"].([]any)[0].(map[string]any)["text"] != "Новее." {
		t.Errorf("the words that they read are not kept: %s", mine.Body)
	}
	w.ok(w.ask(dialogue.Participant, http.MethodGet, at+"/comparison", nil))
}

// Nobody floods those who run the site, or the machine.
func TestLettersAndSearchesArePaced(t *testing.T) {
	w := newWorld(t, open("towns"))
	w.server.Limiter = account.NewLimiter(1)
	for i := range account.RateLetter.Burst + 1 {
		r := w.ask("", http.MethodPost, "/contact", map[string]any{"message": "Hello"})
		if want := map[bool]int{true: 204, false: 429}[i < account.RateLetter.Burst]; r.Code != want {
			t.Errorf("letter %d: got %d", i, r.Code)
		}
	}
	for i := range account.RateCompute.Burst + 1 {
		r := w.ask(dialogue.Observer, http.MethodPost, "/dialogues/towns/deals", nil)
		if want := map[bool]int{true: 202, false: 429}[i < account.RateCompute.Burst]; r.Code != want {
			t.Errorf("search %d: got %d", i, r.Code)
		}
	}
}

// What answers whether somebody has a name is paced by person and dialogue, however
// often it fails, and slows down nothing else.
func TestNamesCannotBeTried(t *testing.T) {
	w := newWorld(t, open("towns"), open("hills"))
	w.server.Limiter = account.NewLimiter(1)
	sought := func(i int) map[string]any { return map[string]any{"pseudonym": fmt.Sprint("Nobody ", i)} }
	for i := range account.RateRecommend.Burst {
		w.want(w.ask(dialogue.Participant, http.MethodPost, "/dialogues/towns/membership/recommendations", sought(i)), 404, "member.missing")
	}
	again := w.want(w.ask(dialogue.Participant, http.MethodPost, "/dialogues/towns/membership/recommendations", sought(0)), 429, "api.throttled")
	if again.Header().Get("Retry-After") != "1800" {
		t.Errorf("got Retry-After %q", again.Header().Get("Retry-After"))
	}
	w.want(w.ask(dialogue.Delegate, http.MethodPost, "/dialogues/towns/membership/recommendations", sought(0)), 404, "member.missing")
	w.want(w.ask(dialogue.Participant, http.MethodPost, "/dialogues/hills/membership/recommendations", sought(0)), 404, "member.missing")

	taken := map[string]any{"pseudonym": w.ok(w.ask(dialogue.Convener, http.MethodGet, "/dialogues/towns/membership", nil)).json["pseudonym"]}
	for i := range account.RatePseudonym.Burst + 1 {
		r := w.ask(dialogue.Participant, http.MethodPut, "/dialogues/towns/membership/pseudonym", taken)
		if want := map[bool]int{true: 409, false: 429}[i < account.RatePseudonym.Burst]; r.Code != want {
			t.Errorf("name %d: got %d %s", i, r.Code, r.Body)
		}
		joining := map[string]any{"pseudonym": taken["pseudonym"], "sides": []string{}, "declaration": 1, "lang": "en", "ticks": []string{"rules"}}
		r = w.ask(dialogue.Holder, http.MethodPost, "/dialogues/towns/membership", joining)
		if limited := r.Code == 429; limited != (i >= account.RatePseudonym.Burst) {
			t.Errorf("joining %d: got %d %s", i, r.Code, r.Body)
		}
	}
	w.ok(w.ask(dialogue.Participant, http.MethodPut, "/dialogues/towns/membership/ticks/contact", map[string]any{"given": true}))
}

// No GET changes anything: after all of them, by everybody, the files of the
// database are the same to the byte.
func TestReadingWritesNothing(t *testing.T) {
	c := storetest.SQLite(t)
	w := newWorldOver(t, storetest.Open(t, c), open("towns"))
	digest := func() string {
		h := sha256.New()
		files, err := filepath.Glob(filepath.Join(c.Dir, "*"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%v, %d files", err, len(files))
		}
		for _, f := range files {
			if strings.HasSuffix(f, "-shm") {
				continue // the index of readers
			}
			if b, err := os.ReadFile(f); err == nil {
				h.Write(b)
			}
		}
		return string(h.Sum(nil))
	}
	roles := append([]dialogue.Role{dialogue.Visitor}, apitest.Roles...)
	for _, role := range roles {
		w.ask(role, http.MethodGet, "/legal", nil) // the day of a token's first use is noted
	}
	before := digest()
	for _, op := range w.server.operations {
		if op.method != http.MethodGet {
			continue
		}
		for _, role := range roles {
			w.ask(role, op.method, op.example("towns"), nil)
			if digest() != before {
				t.Fatalf("%s by %s wrote to the database", op.id, role)
			}
		}
	}
}
