package api

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"parley/dialogue"
)

var cyrillic = regexp.MustCompile(`\p{Cyrillic}`)

// kept reports whether the words stand anywhere in the store or the log.
func (w *world) kept(words string) bool {
	w.t.Helper()
	path := filepath.Join(w.t.TempDir(), "copy.db")
	if err := w.Backup(w.t.Context(), path); err != nil {
		w.t.Fatal(err)
	}
	all, err := os.ReadFile(path)
	if err != nil {
		w.t.Fatal(err)
	}
	return bytes.Contains(all, []byte(words)) || bytes.Contains(w.log.Bytes(), []byte(words))
}

// A draft is looked over in the language of the reader, and nothing is kept of it.
func TestADraftIsLookedOver(t *testing.T) {
	w := newWorld(t, open("towns"))
	const at = "/dialogues/towns/cordiality"
	look := func(texts ...string) reply {
		return w.ask(dialogue.Participant, http.MethodPost, at, map[string]any{"texts": texts}, "Accept-Language", "ru")
	}
	found := items(w.ok(look("The ferry is late.", "🙂 Only an idiot zqxcanary says so.\n> You people", "You people never listen???")))
	want := []map[string]any{
		{"text": 1.0, "key": "insult", "words": "idiot", "start": 10.0, "end": 15.0},
		{"text": 2.0, "key": "marks", "words": "???", "start": 23.0, "end": 26.0},
		{"text": 2.0, "key": "group", "words": "You people", "start": 0.0, "end": 10.0},
	}
	if len(found) != len(want) {
		t.Fatalf("got %v", found)
	}
	for i, h := range found {
		for key := range want[i] {
			if h[key] != want[i][key] {
				t.Errorf("%d, %s: got %v, want %v", i, key, h[key], want[i][key])
			}
		}
		if said := h["about"].(string); said == "" || !cyrillic.MatchString(said) {
			t.Errorf("%d: got %q", i, said)
		}
	}
	if w.kept("zqxcanary") {
		t.Error("the draft is kept")
	}
	w.want(w.ask(dialogue.Participant, http.MethodPost, "/dialogues/towns/comments", map[string]any{"lang": "en", "body": "Only a zqxcanary says so."}), 201, "")
	if !w.kept("zqxcanary") {
		t.Error("what is kept is not found")
	}
	if calm := items(w.ok(look("The ferry is late."))); len(calm) != 0 {
		t.Errorf("got %v", calm)
	}
	w.want(w.ask(dialogue.Participant, http.MethodPost, at, map[string]any{"texts": []string{}}), 422, "")
	w.want(w.ask(dialogue.Observer, http.MethodPost, at, map[string]any{"texts": []string{"?"}}), 403, "dialogue.denied")
	loud := "Idiot. Moron. Liar. Scum. Traitor. Coward. You people!!!"
	if many := items(w.ok(look(loud, loud, loud))); len(many) != 5 {
		t.Errorf("got %d hints", len(many))
	}
}
