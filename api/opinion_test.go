package api

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"parley/api/apitest"
	"parley/dialogue"
)

const statementAt = "/dialogues/towns/statements/4"

// voter lets the token's holder answer the statement 4 with its card, and say
// that they would rather not tell what they expect.
func (w *world) voter(token, choice string, matters bool) {
	w.t.Helper()
	served := w.ok(w.askAs(token, http.MethodGet, "/dialogues/towns/cards/next?item=1", nil))
	if field(served, "statement", "number") != 4.0 {
		w.t.Fatalf("got %s", served.Body)
	}
	w.want(w.askAs(token, http.MethodPut, "/dialogues/towns/votes/4", map[string]any{
		"choice": choice, "matters": matters, "token": served.json["token"],
	}), 204, "")
}

// An answer is given, read, expected with, reasoned, changed and taken back.
func TestOnesOwnAnswer(t *testing.T) { each(t, []apitest.Room{open("towns")}, onesOwnAnswer) }

func onesOwnAnswer(t *testing.T, w *world) {
	const at = "/dialogues/towns"
	me := func(method, path string, body any) reply { return w.ask(dialogue.Participant, method, at+path, body) }
	card := w.ok(me(http.MethodGet, "/cards/next", nil))
	token, sides := card.json["token"], card.json["sides"].([]any)
	if field(card, "statement", "number") != 4.0 || len(sides) != 2 || slices.Contains(sides, any("KE")) || card.json["of"] != 1.0 {
		t.Fatalf("got %s", card.Body)
	}
	w.want(me(http.MethodPut, "/guesses/4/BR", map[string]any{"of10": 3}), 403, "opinion.answer-first")
	w.want(me(http.MethodGet, "/results/4", nil), 403, "opinion.answer-first")
	if own := w.ok(me(http.MethodGet, "/votes/4", nil)); own.json["choice"] != nil {
		t.Errorf("got %s", own.Body)
	}
	w.want(me(http.MethodPut, "/votes/4", map[string]any{"choice": "agree", "matters": true, "token": token}), 204, "")
	// A token is good once and for one person.
	w.want(me(http.MethodPut, "/votes/4", map[string]any{"choice": "disagree", "token": token}), 409, "opinion.token-spent")
	other := w.ok(w.ask(dialogue.Delegate, http.MethodGet, at+"/cards/next", nil)).json["token"]
	w.want(me(http.MethodPut, "/votes/4", map[string]any{"choice": "disagree", "token": other}), 412, "opinion.token")
	w.want(me(http.MethodPut, "/votes/4", map[string]any{"choice": "maybe"}), 422, "http.422")
	w.want(me(http.MethodPut, "/guesses/4/BR", map[string]any{"of10": 11}), 422, "http.422")
	w.want(me(http.MethodPut, "/guesses/4/BR", map[string]any{"of10": 3}), 204, "")
	w.want(me(http.MethodPost, "/guesses/4/OS/skips", nil), 204, "")
	reason := w.ok(me(http.MethodPut, "/votes/4/reason", map[string]any{"lang": "en", "words": "My daughter works late."}))
	own := w.ok(me(http.MethodGet, "/votes/4", nil))
	guess := own.json["guesses"].([]any)[0].(map[string]any)
	if own.json["choice"] != "agree" || own.json["matters"] != true || own.json["counts"] != true || guess["of10"] != 3.0 || own.json["skipped"].([]any)[0] != "OS" || own.json["reason"] != reason.json["number"] {
		t.Errorf("got %s", own.Body)
	}
	result := w.ok(me(http.MethodGet, "/results/4", nil))
	for _, about := range result.json["about"].([]any) {
		if about.(map[string]any)["figures"] != nil {
			t.Errorf("one answer is told: %s", result.Body)
		}
	}
	// Nobody else reads the reason before something is told.
	w.want(w.ask(dialogue.Delegate, http.MethodGet, fmt.Sprint(at, "/contributions/", reason.json["number"]), nil), 404, "writing.missing")
	if list := w.ok(w.ask(dialogue.Observer, http.MethodGet, at+"/statements/4/reasons", nil)); len(items(list)) != 0 {
		t.Errorf("got %s", list.Body)
	}
	if list := w.ok(me(http.MethodGet, "/votes", nil)); len(items(list)) != 1 || list.json["kept"] != true {
		t.Errorf("got %s", list.Body)
	}
	w.want(me(http.MethodPut, "/vote-history", map[string]any{"kept": false}), 204, "")
	if list := w.ok(me(http.MethodGet, "/votes", nil)); len(items(list)) != 0 || list.json["kept"] != false {
		t.Errorf("got %s", list.Body)
	}
	w.want(me(http.MethodDelete, "/votes/4/reason", nil), 204, "")
	w.want(me(http.MethodPut, "/votes/4", map[string]any{"choice": "pass"}), 204, "") // a change needs no token
	w.want(me(http.MethodDelete, "/votes/4", nil), 204, "")
	if own := w.ok(me(http.MethodGet, "/votes/4", nil)); own.json["choice"] != nil || len(own.json["guesses"].([]any)) != 0 {
		t.Errorf("got %s", own.Body)
	}
	for _, role := range []dialogue.Role{dialogue.Observer, dialogue.Moderator, dialogue.Mediator} {
		w.want(w.ask(role, http.MethodPut, at+"/votes/4", map[string]any{"choice": "agree"}), 403, "")
	}
}

// A statement is proposed, listed under what it stands under, and closed.
func TestStatements(t *testing.T) { each(t, []apitest.Room{open("towns")}, statements) }

func statements(t *testing.T, w *world) {
	const at = "/dialogues/towns"
	made := w.want(w.ask(dialogue.Delegate, http.MethodPost, at+"/statements", map[string]any{
		"lang": "ru", "title": "Мост нужен всем.", "body": "[Отчёт](https://example.org/r)", "tags": []string{"bridge"},
	}), 201, "")
	n := numberOf(made)
	for _, c := range []struct {
		query string
		want  []string
	}{
		{"?order=time", []string{fmt.Sprint(n, "statement"), "4statement"}}, {"?item=1", []string{"4statement"}}, {"?tag=bridge", []string{fmt.Sprint(n, "statement")}},
	} {
		if got := w.numbers("", at+"/statements"+c.query); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.query, got, c.want)
		}
	}
	if got := w.ok(w.ask("", http.MethodGet, statementAt, nil)); field(got, "under", "item") != 1.0 || got.json["told"] != nil || got.json["closed"] != false {
		t.Errorf("got %s", got.Body)
	}
	w.want(w.ask(dialogue.Participant, http.MethodPut, statementAt+"/closed", map[string]any{"closed": true}), 403, "")
	w.want(w.ask(dialogue.Mediator, http.MethodPut, statementAt+"/closed", map[string]any{"closed": true}), 204, "")
	if r := w.ask(dialogue.Participant, http.MethodPut, at+"/votes/4", map[string]any{"choice": "agree"}); r.Code < 400 {
		t.Errorf("a closed statement was answered: %d", r.Code)
	}
	w.want(w.ask(dialogue.Convener, http.MethodPut, statementAt+"/closed", map[string]any{"closed": false}), 204, "")
	w.want(w.ask(dialogue.Participant, http.MethodPut, at+"/votes/4", map[string]any{"choice": "agree"}), 204, "")
	if own := w.ok(w.ask(dialogue.Participant, http.MethodGet, at+"/votes/4", nil)); own.json["counts"] != false {
		t.Errorf("an answer without a card counts: %s", own.Body)
	}
}

// Where the rule of the room names nobody, no answer of a program does: neither
// pseudonyms nor ids of members nor sides of authors.
func TestRoomsThatNameNobody(t *testing.T) {
	w := newWorld(t, apitest.Room{ID: "towns", Rule: dialogue.NonAttribution, Stage: dialogue.Open}, open("hills"))
	names := func(id dialogue.ID) (found int) {
		for _, op := range w.server.operations {
			if op.method != http.MethodGet || op.tag != tagForum && op.tag != tagOpinion && op.tag != tagModeration && op.tag != tagNotice {
				continue
			}
			for _, role := range []dialogue.Role{dialogue.Participant, dialogue.Moderator, dialogue.Convener} {
				r := w.ask(role, op.method, op.example(id)+asking[op.id], nil)
				for _, name := range apitest.Pseudonyms {
					if bodyHas(r, name) {
						if found++; id == "towns" {
							t.Errorf("%s tells %s of %s: %s", op.id, role, name, r.Body)
						}
					}
				}
				if id == "towns" && bodyHas(r, `"author"`) {
					t.Errorf("%s tells %s of an author: %s", op.id, role, r.Body)
				}
			}
		}
		return found
	}
	if names("towns"); names("hills") < 10 {
		t.Error("no names are found where they stand: the test looks in the wrong place")
	}
}

// asking is what some operations are asked with.
var asking = map[string]string{
	"list-comments": "?under=1", "search": "?words=ferry", "list-untranslated": "?lang=ru", "list-linked": "?kind=topic&to=flood-release",
	"get-atom-feed": "?problem=1", "list-events": "?root=1",
}
