package api

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"testing"

	"parley/api/apitest"
	"parley/dialogue"
	"parley/interest"
	"parley/store"
)

func TestWholeFillsWhatIsNot(t *testing.T) {
	type inner struct {
		List []string `json:"list"`
	}
	type outer struct {
		List   []inner                    `json:"list"`
		Map    map[string]map[string]bool `json:"map"`
		Deep   map[string]inner           `json:"deep"`
		Gone   *inner                     `json:"gone"`
		There  *inner                     `json:"there"`
		Bytes  []byte                     `json:"-"`
		Nested [2]inner                   `json:"-"`
		hidden []string
	}
	v := outer{List: []inner{{}}, Map: map[string]map[string]bool{"a": nil}, Deep: map[string]inner{"b": {}}, There: &inner{}}
	whole(&v)
	got, err := json.Marshal(v)
	if want := `{"list":[{"list":[]}],"map":{"a":{}},"deep":{"b":{"list":[]}},"gone":null,"there":{"list":[]}}`; string(got) != want || err != nil {
		t.Errorf("got %s, want %s", got, want)
	}
	if v.hidden != nil {
		t.Error("what nobody sees was touched")
	}
	whole((*outer)(nil))
}

func TestStorable(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, "Гавань\n\tи река\r\n": true, "a\x00b": false, "a\x1bb": false, "a\x7fb": false, "a\u0085b": false, "a\xffb": false, "🕊": true,
	} {
		if got := storable(text); got != want {
			t.Errorf("%q: got %t", text, got)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	for body, want := range map[string]error{
		`{"a": [1, {"b": "c"}]}`: nil, `"x"`: nil, `null`: nil,
		`{"a": null}`: errNull, `[null]`: errNull, `{"a": {"b": [null]}}`: errNull,
		`{"a\u0000": 1}`: errText, `["\u001f"]`: errText, "\"\xff\"": errText,
	} {
		var v any
		if got := read([]byte(body), &v); got != want {
			t.Errorf("%s: got %v, want %v", body, got, want)
		}
	}
	var v any
	if err := read([]byte(`{`), &v); err == nil {
		t.Error("half an object was read")
	}
}

func TestTexts(t *testing.T) {
	for body, ok := range map[string]bool{
		`{"en": "a", "ru": "б"}`: true, `{}`: true, `{"zh-hant": "x"}`: true,
		`{"English": "x"}`: false, `{"e": "x"}`: false, `{"": "x"}`: false, `{"en": 1}`: false, `[]`: false,
	} {
		var long text
		var short title
		if err := json.Unmarshal([]byte(body), &long); (err == nil) != ok {
			t.Errorf("%s: got %v", body, err)
		}
		if err := json.Unmarshal([]byte(body), &short); (err == nil) != ok {
			t.Errorf("%s as a title: got %v", body, err)
		}
	}
	if got := (text{"en": "a", "ru": ""}).words(); len(got) != 1 {
		t.Errorf("a language without words is kept: %v", got)
	}
}

func TestTagsThatHold(t *testing.T) {
	for header, want := range map[string]bool{
		"": false, `"7"`: true, `W/"7"`: true, `"6", "7"`: true, "*": true, `"77"`: false, "7": false,
	} {
		if got := holds(header, `"7"`); got != want {
			t.Errorf("%q: got %t", header, got)
		}
	}
	v := &visit{lang: "en"}
	if n, err := (IfMatchTag{IfMatch: revisionTag(12)}).revision(v); n != 12 || err != nil {
		t.Errorf("got %d, %v", n, err)
	}
}

func TestDistinct(t *testing.T) {
	if got := distinct([]string{"b", "a", "b", "a", "c"}); !reflect.DeepEqual(got, []string{"b", "a", "c"}) {
		t.Errorf("got %q", got)
	}
	if got := distinct[string](nil); got != nil {
		t.Errorf("got %q", got)
	}
}

// A bug answers 500 in the words of everything else, and the server goes on.
func TestABugIsAnAnswer(t *testing.T) {
	w := newWorld(t)
	register(w.server, operation{id: "bug", method: http.MethodGet, path: "/bug", verb: dialogue.Visit, tag: tagSite}, func(context.Context, *visit, *struct{}) (*nothing, error) {
		panic("a bug bites")
	})
	w.forms = forms(w.server)
	r := w.want(w.ask("", http.MethodGet, "/bug", nil, "Accept-Language", "ru"), 500, "http.500")
	if r.json["title"] != "На сервере что-то не получилось" || strings.Contains(r.Body.String(), "a bug bites") || !strings.Contains(w.log.String(), "a bug bites") {
		t.Errorf("got %s", r.Body)
	}
	w.ok(w.ask("", http.MethodGet, "/legal", nil))
}

// Many who send the same create at once make one thing.
func TestTheSameCreateAtOnce(t *testing.T) {
	w := newWorld(t, open("towns"))
	w.ok(w.ask(dialogue.Convener, http.MethodGet, "/dialogues/towns/settings", nil))
	var all sync.WaitGroup
	answers := make([]reply, 8)
	for i := range answers {
		all.Go(func() {
			answers[i] = w.ask(dialogue.Convener, http.MethodPost, "/dialogues/towns/invitations", map[string]any{"role": "observer"}, onceHeader, "at-once")
		})
	}
	all.Wait()
	made := map[string]bool{}
	for _, r := range answers {
		switch r.Code {
		case http.StatusCreated:
			made[r.json["id"].(string)] = true
		case http.StatusConflict:
			w.want(r, 409, "store.once-running")
		default:
			t.Errorf("got %d %s", r.Code, r.Body)
		}
	}
	if n := len(w.pages(dialogue.Convener, "/dialogues/towns/invitations", "id", "100")); n != 1 || len(made) != 1 {
		t.Errorf("%d were made, %d were told of", n, len(made))
	}
}

// What people write comes back as they wrote it, as data and never as a page; and
// none of it, nor any name or secret, gets into the log.
func TestHostileWordsAreData(t *testing.T) {
	w := newWorld(t, open("towns"))
	for _, hostile := range []string{
		`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `</script><svg onload=alert(1)>`, `javascript:alert(1)`, `{{.Name}}`, `%s%n`,
		`'; drop table person; --`, "a\u2028b", `\u003cscript\u003e`,
	} {
		made := w.want(w.ask(dialogue.Delegate, http.MethodPost, "/dialogues/towns/own-registers/KE/interests", map[string]any{
			"title": map[string]any{"en": "A title", "ru": "Название"}, "note": map[string]any{"en": "canary " + hostile, "ru": "канарейка"},
		}), 201, "")
		read := w.ok(w.ask("", http.MethodGet, made.Header().Get("Location"), nil))
		if field(read, "note", "en") != "canary "+hostile || read.Header().Get("Content-Type") != "application/json" {
			t.Errorf("%q: got %v %s", hostile, read.Header(), read.Body)
		}
		w.ask("", http.MethodPost, "/contact", map[string]any{"message": "canary " + hostile, "from": "canary@example.org"})
		w.ask(dialogue.Participant, http.MethodPut, "/dialogues/towns/membership/pseudonym", map[string]any{"pseudonym": "canary" + hostile})
	}
	for _, secret := range append([]string{"canary", "the-participant", apitest.Password}, w.Tokens[dialogue.Owner], w.Tokens[dialogue.Participant]) {
		if strings.Contains(w.log.String(), secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
}

// All settings come back as they were given.
func TestAllSettingsComeBack(t *testing.T) {
	w := newWorld(t, apitest.Room{ID: "towns", Rule: dialogue.Members, Stage: dialogue.Preparing})
	const at = "/dialogues/towns/settings"
	read := w.ok(w.ask(dialogue.Convener, http.MethodGet, at, nil))
	want := map[string]any{
		"languages": []any{"en", "ru"}, "as_of": "2026-02", "rule": "off-the-record", "unlisted": true, "admission": "open", "roster": "members", "budget": 7.0,
	}
	for key := range read.json {
		if want[key] == nil {
			want[key] = map[string]any{"en": "About " + key, "ru": "О поле " + key}
		}
	}
	w.ok(w.ask(dialogue.Convener, http.MethodPut, at, want, "If-Match", read.Header().Get("ETag")))
	got := w.ok(w.ask(dialogue.Convener, http.MethodGet, at, nil))
	for key := range want {
		if !reflect.DeepEqual(got.json[key], want[key]) {
			t.Errorf("%s: got %v, want %v", key, got.json[key], want[key])
		}
	}
}

func TestPagesOfAList(t *testing.T) {
	v := &visit{}
	things := []string{"a", "b", "c", "d", "e"}
	same := func(s string) string { return s }
	for _, c := range []struct {
		from  string
		limit int
		want  string
		more  bool
	}{
		{"", 2, "a b", true}, {"b", 2, "c d", true}, {"d", 2, "e", false}, {"", 5, "a b c d e", false}, {"e", 5, "", false}, {"", 4, "a b c d", true}, {"gone", 5, "", false},
	} {
		p := Paging{Limit: c.limit, After: base64.RawURLEncoding.EncodeToString([]byte(c.from))}
		cursor, err := p.after()
		if err != nil || cursor != c.from {
			t.Fatalf("got %q, %v", cursor, err)
		}
		got := pageOf(v, p, "/things", after(things, cursor, same), same)
		if strings.Join(got.Body.Items, " ") != c.want || (got.Body.Next != "") != c.more || (got.Link != "") != c.more {
			t.Errorf("%d after %q: got %+v", c.limit, c.from, got)
		}
	}
	v.Entrance = &store.Entrance{}
	v.Entrance.ID = "towns"
	if got := pageOf(v, Paging{Limit: 1}, "/things", things, same).Link; got != `</api/v1/dialogues/towns/things?after=YQ&limit=1>; rel="next"` {
		t.Errorf("got %s", got)
	}
}

func TestWordsOfAScale(t *testing.T) {
	if got, ok := wordOf[interest.Tier](interest.TierWords, "vital"); got != interest.Vital || !ok {
		t.Errorf("got %v, %t", got, ok)
	}
	if got, ok := wordOf[interest.Tier](interest.TierWords, "fatal"); got != interest.Unplaced || ok {
		t.Errorf("got %v, %t", got, ok)
	}
}
