package api

import (
	"net/http"
	"testing"

	"parley/api/apitest"
	"parley/dialogue"
)

func TestEverythingReadHasATag(t *testing.T) {
	w := newWorld(t, open("towns"))
	for _, path := range []string{"/dialogues", "/dialogues/towns", "/dialogues/towns/comparison", "/dialogues/towns/dossier", "/legal"} {
		first := w.ok(w.ask("", http.MethodGet, path, nil))
		tag := first.Header().Get("ETag")
		if tag == "" || first.Header().Get("Cache-Control") != "no-cache" {
			t.Fatalf("%s: got %v", path, first.Header())
		}
		for _, header := range []string{tag, "W/" + tag, `"x", ` + tag, "*"} {
			again := w.ask("", http.MethodGet, path, nil, "If-None-Match", header)
			if again.Code != http.StatusNotModified || again.Body.Len() > 0 || again.Header().Get("ETag") != tag {
				t.Errorf("%s with %s: got %d %v", path, header, again.Code, again.Header())
			}
		}
		if other := w.ask("", http.MethodGet, path, nil, "If-None-Match", `"x"`); other.Code != http.StatusOK {
			t.Errorf("%s: got %d", path, other.Code)
		}
	}
	mine := w.ok(w.ask(dialogue.Participant, http.MethodGet, "/dialogues/towns/membership", nil))
	if mine.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("what one person may see can be kept by others: %v", mine.Header())
	}
}

// Nobody's change of the settings is lost.
func TestSettingsAreEditedFromWhatTheyAre(t *testing.T) {
	w := newWorld(t, open("towns"))
	const path = "/dialogues/towns/settings"
	read := w.ok(w.ask(dialogue.Convener, http.MethodGet, path, nil))
	tag, body := read.Header().Get("ETag"), read.json
	body["payer"] = map[string]any{"en": "The river bank", "ru": "Речной банк"}
	put := func(headers ...string) reply { return w.ask(dialogue.Convener, http.MethodPut, path, body, headers...) }
	w.want(put(), 428, "api.if-match")
	for _, old := range []string{`"0"`, "*", "7", `W/` + tag, `"-1"`, `"x"`} {
		if r := put("If-Match", old); r.Code != http.StatusPreconditionFailed {
			t.Errorf("If-Match %s: got %d %s", old, r.Code, r.Body)
		}
	}
	changed := w.want(put("If-Match", tag), 200, "")
	if changed.Header().Get("ETag") == tag {
		t.Error("the tag stayed")
	}
	w.want(put("If-Match", tag), 412, "store.stale")
	again := w.ok(w.ask(dialogue.Convener, http.MethodGet, path, nil))
	if again.Header().Get("ETag") != changed.Header().Get("ETag") || again.json["payer"].(map[string]any)["en"] != "The river bank" {
		t.Errorf("got %v %s", again.Header(), again.Body)
	}
}

func TestTheOwnRegister(t *testing.T) { each(t, []apitest.Room{open("towns")}, theOwnRegister) }

func theOwnRegister(t *testing.T, w *world) {
	const path = "/dialogues/towns/own-registers/KE"
	body := map[string]any{
		"title": map[string]any{"en": "A quiet harbour", "ru": "Тихая гавань"}, "tier": "important", "horizon": "long",
		"counterparts": []any{map[string]any{
			"side": "BR", "effect": "helps", "role": map[string]any{"low": "minor", "high": "key"}, "priority": map[string]any{"low": "low", "high": "top"},
			"tone": "positive", "alignment": "parallel", "note": map[string]any{"en": "perhaps", "ru": "возможно"},
		}},
	}
	made := w.want(w.ask(dialogue.Delegate, http.MethodPost, path+"/interests", body), 201, "")
	id, tag := made.json["id"].(string), made.Header().Get("ETag")
	read := w.ok(w.ask("", http.MethodGet, made.Header().Get("Location"), nil))
	for _, key := range []string{"tier", "horizon"} {
		if read.json[key] != body[key] {
			t.Errorf("%s: got %v", key, read.json[key])
		}
	}
	if c := read.json["counterparts"].([]any)[0].(map[string]any); c["tone"] != "positive" || c["role"].(map[string]any)["high"] != "key" || c["priority"].(map[string]any)["high"] != "top" {
		t.Errorf("got %v", c)
	}
	w.want(w.ask(dialogue.Delegate, http.MethodPut, path+"/interests/"+id, body), 428, "api.if-match")
	w.want(w.ask(dialogue.Delegate, http.MethodDelete, path+"/interests/"+id, nil), 428, "api.if-match")
	delete(body, "tier")
	changed := w.want(w.ask(dialogue.Delegate, http.MethodPut, path+"/interests/"+id, body, "If-Match", tag), 200, "")
	if changed.json["tier"] != nil {
		t.Errorf("got %s", changed.Body)
	}
	w.want(w.ask(dialogue.Delegate, http.MethodDelete, path+"/interests/"+id, nil, "If-Match", tag), 412, "store.stale")
	gone := w.want(w.ask(dialogue.Delegate, http.MethodDelete, path+"/interests/"+id, nil, "If-Match", changed.Header().Get("ETag")), 204, "")
	own := w.ok(w.ask(dialogue.Delegate, http.MethodGet, path, nil))
	if own.Header().Get("ETag") != gone.Header().Get("ETag") {
		t.Errorf("got %q, want %q", own.Header().Get("ETag"), gone.Header().Get("ETag"))
	}
	// Another side's is not theirs, and a range does not run backwards.
	w.want(w.ask(dialogue.Delegate, http.MethodGet, "/dialogues/towns/own-registers/BR", nil), 403, "dialogue.other-side")
	w.want(w.ask(dialogue.Delegate, http.MethodPost, "/dialogues/towns/own-registers/BR/interests", body), 403, "dialogue.other-side")
	body["counterparts"].([]any)[0].(map[string]any)["role"] = map[string]any{"low": "key", "high": "minor"}
	w.want(w.ask(dialogue.Delegate, http.MethodPost, path+"/interests", body), 422, "http.422")
}
