package api

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2/validation"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/i18n"
)

func TestEachKindOfFaultHasItsAnswer(t *testing.T) {
	w := newWorld(t)
	op := operation{id: "x", method: http.MethodGet, path: "/x"}
	for _, c := range []struct {
		err    error
		status int
		code   string
		header string
	}{
		{fault.New(fault.Invalid, "api.cursor", ""), 422, "api.cursor", ""},
		{fault.New(fault.Missing, "store.no-dialogue", "").With("ID", "x"), 404, "store.no-dialogue", ""},
		{fault.New(fault.Conflict, "store.moved", ""), 409, "store.moved", ""},
		{fault.New(fault.Busy, "store.busy", ""), 503, "store.busy", "Retry-After: 5"},
		{fault.New(fault.Unknown, "dialogue.unknown", ""), 401, "dialogue.unknown", `Www-Authenticate: Bearer realm="parley"`},
		{errToken(), 401, "api.token", `Www-Authenticate: Bearer realm="parley", error="invalid_token"`},
		{fault.New(fault.Denied, "dialogue.denied", ""), 403, "dialogue.denied", ""},
		{fault.New(fault.Stale, "store.stale", ""), 412, "store.stale", ""},
		{fault.New(fault.Throttled, "api.throttled", "").With("Wait", 1500*time.Millisecond), 429, "api.throttled", "Retry-After: 2"},
		{errors.New("the disk is at /var/lib/secret"), 500, "http.500", ""},
	} {
		for _, lang := range i18n.Languages {
			ctx := context.WithValue(t.Context(), visitKey{}, &visit{lang: lang})
			p := w.server.problem(ctx, op, c.err)
			if p.Status != c.status || p.Code != c.code || p.Title == "" || p.Detail == "" || strings.Contains(p.Title+p.Detail, "[") {
				t.Errorf("%v in %s: got %+v", c.err, lang, p)
			}
			if key, value, ok := strings.Cut(c.header, ": "); ok && p.header.Get(key) != value {
				t.Errorf("%v: got %v, want %s", c.err, p.header, c.header)
			}
			if f, ok := fault.As(c.err); ok && p.Type != "urn:problem-type:parley:"+f.Key || !ok && p.Type != "about:blank" {
				t.Errorf("%v: got the type %q", c.err, p.Type)
			}
			if strings.Contains(p.Detail, "/var/lib") {
				t.Errorf("the answer tells of the machine: %q", p.Detail)
			}
		}
	}
	if !strings.Contains(w.log.String(), "/var/lib/secret") {
		t.Error("the cause of a failure is not in the log")
	}
}

func TestWhatIsNoOperation(t *testing.T) {
	w := newWorld(t, open("towns"))
	w.want(w.ask("", http.MethodGet, "/api/v2/dialogues", nil), 404, "http.404")
	w.want(w.ask("", http.MethodGet, "/api/v1/dialogues/", nil), 404, "http.404")
	w.want(w.ask("", http.MethodGet, "/api/v1//dialogues", nil), 404, "http.404")
	w.want(w.ask("", http.MethodGet, "/api/v1/dialogues/%00", nil), 400, "http.400")
	w.want(w.ask("", http.MethodGet, "/api/v1/dialogues/%ff", nil), 400, "http.400")
	w.want(w.ask("", http.MethodGet, "/dialogues?after=%00", nil), 400, "http.400")
	w.want(w.ask("", http.MethodGet, "/dialogues?after="+strings.Repeat("a", 5000), nil), 400, "http.400")
	r := w.want(w.ask("", http.MethodPatch, "/dialogues/towns", nil), 405, "http.405")
	if r.Header().Get("Allow") != "GET, HEAD" || r.Header().Get("Content-Type") != "application/problem+json" {
		t.Errorf("got %v", r.Header())
	}
	if r.json["title"] != "The address does not know this method" {
		t.Errorf("got %v", r.json)
	}
}

// What is sent is not what the document describes.
func TestRequestsThatCannotBeRead(t *testing.T) {
	w := newWorld(t, open("towns"))
	put := func(body any, headers ...string) reply {
		return w.ask(dialogue.Participant, http.MethodPut, "/dialogues/towns/membership/pseudonym", body, headers...)
	}
	for _, c := range []struct {
		body         any
		status       int
		at, en, ruRU string
	}{
		{map[string]any{"pseudonym": ""}, 422, "body.pseudonym", "it is too short: at least 1 characters", "слишком коротко: нужно символов не меньше 1"},
		{map[string]any{"pseudonym": strings.Repeat("ж", 41)}, 422, "body.pseudonym", "it is too long: at most 40 characters", "слишком длинно: символов не больше 40"},
		{map[string]any{"pseudonym": 7}, 422, "body.pseudonym", "it must be a text", "нужен текст"},
		{map[string]any{}, 422, "body", "the field “pseudonym” is missing", "не хватает поля «pseudonym»"},
		{map[string]any{"pseudonym": "Rook", "state": "admitted"}, 422, "body.state", "this field is not known here", "такого поля здесь нет"},
		{map[string]any{"Pseudonym": "Rook"}, 422, "body", "", ""},
		{map[string]any{"pseudonym": nil}, 400, "body", "a value that is not given is left out; null is none", "чего нет, то не присылают вовсе; null здесь не годится"},
		{`{"pseudonym": "a\u0000b"}`, 400, "body", "it holds control characters, or what is not UTF-8", "в тексте есть управляющие символы или не UTF-8"},
		{`{"pseudonym": "a\u0007b"}`, 400, "body", "it holds control characters, or what is not UTF-8", "в тексте есть управляющие символы или не UTF-8"},
		{"{\"pseudonym\": \"\xff\"}", 400, "body", "it holds control characters, or what is not UTF-8", "в тексте есть управляющие символы или не UTF-8"},
		{`{"pseudonym": `, 400, "body", "it does not have the form that the document describes", "не та форма, которая описана в документе"},
		{`[]`, 422, "body", "it must be an object", "нужен объект"},
	} {
		for lang, message := range map[string]string{"en": c.en, "ru": c.ruRU} {
			r := w.want(put(c.body, "Accept-Language", lang), c.status, "")
			found, _ := r.json["errors"].([]any)
			ok := slices.ContainsFunc(found, func(e any) bool {
				m := e.(map[string]any)
				return m["location"] == c.at && (message == "" || m["message"] == message)
			})
			if !ok || r.Header().Get("Content-Language") != lang {
				t.Errorf("%v in %s: got %s", c.body, lang, r.Body)
			}
		}
	}
	w.want(put(""), 400, "http.400")
	w.want(put(`pseudonym=Rook`, "Content-Type", "application/x-www-form-urlencoded"), 415, "http.415")
	w.want(put(`{"pseudonym":"`+strings.Repeat("a", maxBody)+`"}`), 413, "http.413")
	if me := w.ok(w.ask(dialogue.Participant, http.MethodGet, "/dialogues/towns/membership", nil)); me.json["pseudonym"] != "Swallow" {
		t.Errorf("something was done: %s", me.Body)
	}
}

// Each sentence of the checker that can be met here has words of our own.
func TestTheCheckersSentencesAreKnown(t *testing.T) {
	for _, m := range []string{
		validation.MsgUnexpectedProperty, validation.MsgExpectedRFC3339DateTime, validation.MsgExpectedBoolean, validation.MsgExpectedNumber,
		validation.MsgExpectedInteger, validation.MsgExpectedString, validation.MsgExpectedArray, validation.MsgExpectedObject,
		validation.MsgExpectedOneOf, validation.MsgExpectedMinimumNumber, validation.MsgExpectedMaximumNumber, validation.MsgExpectedMinLength,
		validation.MsgExpectedMaxLength, validation.MsgExpectedMinItems, validation.MsgExpectedMaxItems, validation.MsgExpectedMaxProperties,
		validation.MsgExpectedRequiredProperty,
	} {
		for _, lang := range i18n.Languages {
			if got := fieldMessage(m, lang); got == i18n.For(lang).T("api.field.other") || strings.HasPrefix(got, "[") {
				t.Errorf("%q in %s: got %q", m, lang, got)
			}
		}
	}
}

func TestWrongTokens(t *testing.T) {
	w := newWorld(t, open("towns"))
	ended := w.Token(w.People[dialogue.Participant], account.ScopeRead)
	list, err := w.Store.Tokens(t.Context(), w.People[dialogue.Participant])
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range list {
		if len(one.Scopes) == 1 {
			if err := w.EndToken(t.Context(), w.People[dialogue.Participant], one.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, header := range []string{"Bearer " + ended, "Bearer parley_", "Bearer nonsense", "Basic dXNlcjpwYXNz", "Bearer", "parley_abc"} {
		r := w.want(w.ask("", http.MethodGet, "/dialogues/towns", nil, "Authorization", header), 401, "api.token")
		if !strings.Contains(r.Header().Get("WWW-Authenticate"), "invalid_token") {
			t.Errorf("%q: got %v", header, r.Header())
		}
	}
	if strings.Contains(w.log.String(), ended) || !strings.Contains(w.log.String(), "outcome=api.token") {
		t.Error("the log holds a token, or does not say that one was refused")
	}
	// A cookie is nobody's word here.
	w.want(w.ask("", http.MethodGet, "/account", nil, "Cookie", "parley="+w.Tokens[dialogue.Owner]+"; __Host-parley="+w.Tokens[dialogue.Owner]), 401, "dialogue.unknown")
}

func TestTooOften(t *testing.T) {
	w := newWorld(t, open("towns"))
	w.server.Limiter = account.NewLimiter(1)
	status := map[int]int{}
	var last reply
	for range account.RateWrite.Burst + 5 {
		last = w.ask(dialogue.Participant, http.MethodPut, "/dialogues/towns/membership/ticks/contact", map[string]any{"given": true})
		status[last.Code]++
	}
	if status[200] != account.RateWrite.Burst || status[429] != 5 || last.Header().Get("Retry-After") != "2" {
		t.Errorf("got %v, Retry-After %q", status, last.Header().Get("Retry-After"))
	}
	w.ok(w.ask(dialogue.Participant, http.MethodGet, "/dialogues/towns/membership", nil)) // reading goes on
	w.ok(w.ask(dialogue.Delegate, http.MethodPut, "/dialogues/towns/membership/ticks/contact", map[string]any{"given": true}))
}

func TestLanguageOfTheReader(t *testing.T) {
	for _, c := range []struct{ header, own, want string }{
		{"", "", "en"}, {"", "ru", "ru"}, {"ru", "en", "ru"}, {"ru-RU,ru;q=0.9,en;q=0.1", "", "ru"}, {"de", "", "en"}, {"de", "ru", "ru"},
		{"de, ru;q=0.1", "en", "ru"}, {strings.Repeat("ru,", 100), "", "en"}, {"\x00", "", "en"},
	} {
		if got := readerLanguage(c.header, c.own); got != c.want {
			t.Errorf("%q of %q: got %s, want %s", c.header, c.own, got, c.want)
		}
	}
}
