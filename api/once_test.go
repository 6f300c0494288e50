package api

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"parley/account"
	"parley/api/apitest"
	"parley/dialogue"
)

// A create that is sent again is done once, and answered with the same words,
// secrets among them; what is kept of the answer shows none of them.
func TestACreateIsDoneOnce(t *testing.T) { each(t, []apitest.Room{open("towns")}, aCreateIsDoneOnce) }

func aCreateIsDoneOnce(t *testing.T, w *world) {
	const path = "/dialogues/towns/invitations"
	body := map[string]any{"role": "participant", "note": "for the reading circle"}
	invite := func(body any, headers ...string) reply {
		return w.ask(dialogue.Convener, http.MethodPost, path, body, append([]string{"Idempotency-Key", "key-1"}, headers...)...)
	}
	first := w.want(invite(body), 201, "")
	second := w.want(invite(body), 201, "")
	if !bytes.Equal(first.Body.Bytes(), second.Body.Bytes()) || second.Header().Get("Content-Type") != "application/json" {
		t.Errorf("got %s, then %s %v", first.Body, second.Body, second.Header())
	}
	if n := len(w.pages(dialogue.Convener, path, "id", "100")); n != 1 {
		t.Errorf("%d invitations were made", n)
	}
	w.want(invite(map[string]any{"role": "observer"}), 409, "store.once-other")
	w.want(w.ask(dialogue.Convener, http.MethodPost, "/dialogues/towns/declarations", body, "Idempotency-Key", "key-1"), 409, "store.once-other")

	other := w.Token(w.People[dialogue.Convener], account.ScopeDesk)
	w.want(w.askAs(other, http.MethodPost, path, body, "Idempotency-Key", "key-1"), 409, "api.once.other-token")
	// Another person's key is another key.
	w.want(w.ask(dialogue.Registrar, http.MethodPost, path, body, "Idempotency-Key", "key-1"), 201, "")

	r, _ := http.NewRequest(http.MethodPost, prefix+path, nil)
	kept, err := w.BeginOnce(t.Context(), w.People[dialogue.Convener], "key-1", digestOf(r.Method, r.URL, first.sent), apitest.Now)
	if err != nil || kept == nil {
		t.Fatalf("got %v, %v", kept, err)
	}
	secret := first.json["secret"].(string)
	if strings.Contains(string(kept.Body)+kept.Header, secret) || strings.Contains(string(kept.Body), "reading circle") {
		t.Error("what is kept shows the answer")
	}
}

// A request that was refused is answered alike again, and a key that is no key
// is refused.
func TestKeysOfRefusals(t *testing.T) {
	w := newWorld(t, open("towns"))
	bad := func(key string) reply {
		return w.ask(dialogue.Convener, http.MethodPost, "/dialogues/towns/invitations", map[string]any{"role": "dancer"}, "Idempotency-Key", key)
	}
	first, second := w.want(bad("k"), 422, "http.422"), w.want(bad("k"), 422, "http.422")
	if first.Body.String() != second.Body.String() {
		t.Errorf("got %s, then %s", first.Body, second.Body)
	}
	for _, key := range []string{"ключ", "a b", strings.Repeat("k", 101)} {
		w.want(bad(key), 422, "http.422")
	}
}

func TestSealing(t *testing.T) {
	sealed := seal("parley_secret", "key", []byte("plain words"))
	if plain, ok := unseal("parley_secret", "key", sealed); !ok || string(plain) != "plain words" {
		t.Errorf("got %q, %t", plain, ok)
	}
	for _, c := range [][3]string{{"parley_other", "key", string(sealed)}, {"parley_secret", "kez", string(sealed)}, {"parley_secret", "key", "AAAA"}, {"parley_secret", "key", "!"}} {
		if plain, ok := unseal(c[0], c[1], []byte(c[2])); ok {
			t.Errorf("%q opened %q", c, plain)
		}
	}
}
