package api

import (
	"net/http"
	"strconv"
	"strings"
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

func TestWhatMattersMore(t *testing.T) { each(t, []apitest.Room{open("towns")}, whatMattersMore) }

func whatMattersMore(t *testing.T, w *world) {
	const path = "/dialogues/towns/own-registers/KE"
	var ids []string
	for _, title := range []string{"A quiet harbour", "A ferry", "A bridge"} {
		made := w.want(w.ask(dialogue.Delegate, http.MethodPost, path+"/interests", map[string]any{"title": map[string]any{"en": title}, "tier": "important"}), 201, "")
		ids = append(ids, made.json["id"].(string))
	}
	before := len(w.ok(w.ask(dialogue.Delegate, http.MethodGet, path, nil)).json["weights"].([]any))
	more := map[string]any{"more": ids[0], "than": ids[1], "times": "1.5"}
	r := w.want(w.ask(dialogue.Delegate, http.MethodPost, path+"/weights", more), 201, "")
	if r.json["times"] != "3/2" || r.json["gain"] != nil {
		t.Errorf("got %s", r.Body)
	}
	trade := map[string]any{"gain": []any{map[string]any{"interest": ids[1], "part": "1"}, map[string]any{"interest": ids[2], "part": "1/2"}}, "outweighs": []any{map[string]any{"interest": ids[0], "part": "1"}}}
	r = w.want(w.ask(dialogue.Delegate, http.MethodPost, path+"/weights", trade), 201, "")
	tag := r.Header().Get("ETag")
	own := w.ok(w.ask(dialogue.Delegate, http.MethodGet, path, nil))
	said := own.json["weights"].([]any)
	if len(said) != before+2 || own.Header().Get("ETag") != tag || said[before].(map[string]any)["more"] != ids[0] || len(said[before+1].(map[string]any)["gain"].([]any)) != 2 {
		t.Fatalf("got %s", own.Body)
	}
	heads := w.ok(w.ask("", http.MethodGet, "/dialogues/towns/registers", nil))
	if !strings.Contains(heads.Body.String(), `"times":"3/2"`) {
		t.Errorf("readers are not told: %s", heads.Body)
	}
	// What contradicts is refused with what it contradicts.
	bad := w.want(w.ask(dialogue.Delegate, http.MethodPost, path+"/weights", map[string]any{"more": ids[1], "than": ids[0]}), 422, "edit.weighing.clash")
	if detail := bad.json["detail"].(string); !strings.Contains(detail, ids[0]+" >= 3/2 "+ids[1]) || !strings.Contains(detail, ids[1]+" >= "+ids[0]) || strings.Contains(detail, ids[2]) {
		t.Errorf("got %s", detail)
	}
	w.want(w.ask(dialogue.Delegate, http.MethodPost, path+"/weights", more), 409, "edit.weighing.said")
	w.want(w.ask(dialogue.Delegate, http.MethodPost, path+"/weights", map[string]any{"more": ids[1]}), 422, "edit.weighing.sides")
	w.want(w.ask(dialogue.Delegate, http.MethodPost, path+"/weights", map[string]any{"more": ids[1], "than": "BR-1"}), 404, "edit.no-interest")
	for _, garbled := range []map[string]any{
		{}, {"more": ids[0], "than": ids[1], "gain": trade["gain"]}, {"more": ids[0], "than": ids[1], "times": "much"}, {"more": ids[0], "than": ids[1], "times": "0"},
		{"gain": []any{map[string]any{"interest": ids[1], "part": "half"}}, "outweighs": trade["outweighs"]},
	} {
		if r := w.want(w.ask(dialogue.Delegate, http.MethodPost, path+"/weights", garbled), 422, "http.422"); len(r.json["errors"].([]any)) != 1 {
			t.Errorf("%v: got %s", garbled, r.Body)
		}
	}
	// A tier against what is said is refused, too.
	w.want(w.ask(dialogue.Delegate, http.MethodPut, path+"/interests/"+ids[0], map[string]any{"title": map[string]any{"en": "x"}, "tier": "secondary"}, "If-Match", tag), 422, "edit.weighing.clash.ranks")
	at := path + "/weights/" + strconv.Itoa(before+1)
	w.want(w.ask(dialogue.Delegate, http.MethodDelete, at, nil), 428, "api.if-match")
	w.want(w.ask(dialogue.Delegate, http.MethodDelete, path+"/weights/40", nil, "If-Match", tag), 404, "edit.no-weighing")
	w.want(w.ask(dialogue.Delegate, http.MethodDelete, at, nil, "If-Match", tag), 204, "")
	w.want(w.ask(dialogue.Delegate, http.MethodDelete, at, nil, "If-Match", tag), 412, "store.stale")
	w.want(w.ask(dialogue.Delegate, http.MethodPost, "/dialogues/towns/own-registers/BR/weights", more), 403, "dialogue.other-side")
	w.want(w.ask(dialogue.Participant, http.MethodPost, path+"/weights", more), 403, "")
}
