package api

import (
	"archive/zip"
	"bytes"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"parley/account"
	"parley/api/apitest"
	"parley/dialogue"
	"parley/dossier"
)

func field(r reply, path ...string) any {
	var v any = r.json
	for _, p := range path {
		m, _ := v.(map[string]any)
		v = m[p]
	}
	return v
}

func items(r reply) []map[string]any {
	var out []map[string]any
	list, _ := r.json["items"].([]any)
	for _, i := range list {
		out = append(out, i.(map[string]any))
	}
	return out
}

// From nothing to an open dialogue: the owner makes it, a convener takes it over,
// declares, settles, invites, and opens it when the checklist is done.
func TestFromNothingToAnOpenDialogue(t *testing.T) { each(t, nil, fromNothingToAnOpenDialogue) }

func fromNothingToAnOpenDialogue(t *testing.T, w *world) {
	made := w.want(w.ask(dialogue.Owner, http.MethodPost, "/dialogues", map[string]any{
		"id": "harbour", "title": map[string]any{"en": "The harbour", "ru": "Гавань"}, "languages": []string{"en", "ru"},
		"sides": []any{
			map[string]any{"id": "N", "name": map[string]any{"en": "North", "ru": "Север"}},
			map[string]any{"id": "S", "name": map[string]any{"en": "South", "ru": "Юг"}},
			map[string]any{"id": "W", "name": map[string]any{"en": "West", "ru": "Запад"}},
		},
	}), 201, "")
	if made.Header().Get("Location") != "/api/v1/dialogues/harbour" || made.json["stage"] != "preparing" || made.json["rule"] != "members" {
		t.Errorf("got %v %s", made.Header(), made.Body)
	}
	const at = "/dialogues/harbour"
	w.want(w.ask(dialogue.Owner, http.MethodPost, "/dialogues", map[string]any{
		"id": "api", "title": map[string]any{"en": "x"}, "languages": []string{"en"},
		"sides": []any{map[string]any{"id": "N", "name": map[string]any{"en": "North"}}, map[string]any{"id": "S", "name": map[string]any{"en": "South"}}},
	}), 422, "")
	link := w.want(w.ask(dialogue.Owner, http.MethodPost, at+"/conveners", map[string]any{"note": "for Heron"}), 201, "")
	joined := w.want(w.ask(dialogue.Convener, http.MethodPost, at+"/membership", map[string]any{
		"pseudonym": "Heron", "declaration": 0, "lang": "en", "ticks": []string{"rules"},
	}, invitationHeader, field(link, "secret").(string)), 201, "")
	if joined.json["state"] != "admitted" || joined.json["grants"].([]any)[0].(map[string]any)["role"] != "convener" {
		t.Errorf("got %s", joined.Body)
	}
	w.want(w.ask(dialogue.Convener, http.MethodPut, at+"/stage", map[string]any{"stage": "open"}), 409, "store.not-ready")
	declared := w.want(w.ask(dialogue.Convener, http.MethodPost, at+"/declarations", map[string]any{"text": map[string]any{"en": "We listen.", "ru": "Мы слушаем."}}), 201, "")
	if got := w.ok(w.ask("", http.MethodGet, declared.Header().Get("Location"), nil)); got.json["version"] != 1.0 {
		t.Errorf("got %s", got.Body)
	}
	w.want(w.ask("", http.MethodGet, at+"/declarations/2", nil), 404, "api.no-declaration")

	read := w.ok(w.ask(dialogue.Convener, http.MethodGet, at+"/settings", nil))
	settled := read.json
	for _, key := range []string{"purpose", "host", "source", "operator", "payer", "country", "readers", "keeping", "limits", "exit", "contact"} {
		settled[key] = map[string]any{"en": "Words about " + key, "ru": "Слова: " + key}
	}
	settled["admission"] = "request"
	w.ok(w.ask(dialogue.Convener, http.MethodPut, at+"/settings", settled, "If-Match", read.Header().Get("ETag")))
	for role, side := range map[dialogue.Role]string{dialogue.Registrar: "N", dialogue.Delegate: "S", dialogue.Moderator: ""} {
		body := map[string]any{"role": "registrar", "side": side, "uses": 1}
		if side == "" {
			body = map[string]any{"role": "moderator"}
		}
		link := w.want(w.ask(dialogue.Convener, http.MethodPost, at+"/invitations", body), 201, "")
		sides := []string{}
		if side != "" {
			sides = append(sides, side)
		}
		w.want(w.ask(role, http.MethodPost, at+"/membership", map[string]any{
			"pseudonym": apitest.Pseudonyms[role], "sides": sides, "declaration": 1, "lang": "ru", "ticks": []string{"rules", "contact", "rules"},
		}, invitationHeader, field(link, "secret").(string)), 201, "")
	}
	var lacks []string
	list := w.ok(w.ask(dialogue.Convener, http.MethodGet, at+"/checklist", nil))
	for _, i := range items(list) {
		if i["required"] == true && i["done"] == false {
			lacks = append(lacks, i["key"].(string))
		}
	}
	if len(lacks) > 0 {
		t.Fatalf("the checklist lacks %q", lacks)
	}
	w.ok(w.ask(dialogue.Convener, http.MethodPut, at+"/stage", map[string]any{"stage": "open"}))
	if card := w.ok(w.ask("", http.MethodGet, at, nil)); card.json["stage"] != "open" || field(card, "payer", "ru") != "Слова: payer" {
		t.Errorf("got %s", card.Body)
	}
	what := w.pages(dialogue.Moderator, at+"/journal", "what", "100")
	for _, act := range []string{"opened", "invited", "declared", "configured", "stage"} {
		if !slices.Contains(what, act) {
			t.Errorf("the journal lacks %q: %q", act, what)
		}
	}
}

// Registrars of two sides admit; roles, names and mandates are recorded and taken
// back; somebody is taken out.
func TestPeopleAreAdmittedAndRecorded(t *testing.T) {
	each(t, []apitest.Room{open("towns")}, peopleAreAdmittedAndRecorded)
}

func peopleAreAdmittedAndRecorded(t *testing.T, w *world) {
	const at = "/dialogues/towns"
	id := func(role dialogue.Role) string {
		for _, m := range append(items(w.ok(w.ask(dialogue.Convener, http.MethodGet, at+"/members?limit=100", nil))), items(w.ok(w.ask(dialogue.Convener, http.MethodGet, at+"/applicants", nil)))...) {
			if m["pseudonym"] == apitest.Pseudonyms[role] {
				return m["id"].(string)
			}
		}
		t.Fatalf("there is no %s", role)
		return ""
	}
	// Members see of one another what the convener sees, but for moments and approvals.
	whole := items(w.ok(w.ask(dialogue.Convener, http.MethodGet, at+"/members", nil)))
	for i, m := range items(w.ok(w.ask(dialogue.Participant, http.MethodGet, at+"/members", nil))) {
		for _, own := range []string{"approvals", "asked_at", "joined_at"} {
			delete(whole[i], own)
		}
		if !reflect.DeepEqual(m, whole[i]) {
			t.Errorf("a member sees %v of %v", m, whole[i])
		}
	}
	applicant, participant := id(dialogue.Applicant), id(dialogue.Participant)
	first := w.ok(w.ask(dialogue.Registrar, http.MethodPut, at+"/applicants/"+applicant+"/approval", nil))
	if first.json["state"] != "asked" || len(first.json["approvals"].([]any)) != 1 {
		t.Errorf("one registrar admitted: %s", first.Body)
	}
	admitted := w.ok(w.ask(dialogue.Convener, http.MethodPut, at+"/applicants/"+applicant+"/approval", nil))
	if admitted.json["state"] != "admitted" {
		t.Errorf("got %s", admitted.Body)
	}
	w.want(w.ask(dialogue.Registrar, http.MethodPut, at+"/members/"+participant+"/verified", map[string]any{
		"name": "Anna Ivanova", "office": "Town clerk", "sector": "official", "side": "KE",
	}), 204, "")
	w.want(w.ask(dialogue.Registrar, http.MethodPut, at+"/members/"+participant+"/mandate", map[string]any{"mandate": "To speak for the council"}), 204, "")
	w.want(w.ask(dialogue.Registrar, http.MethodPut, at+"/members/"+participant+"/delegate/KE", nil), 204, "")
	w.want(w.ask(dialogue.Convener, http.MethodPut, at+"/members/"+participant+"/grants/registrar?side=KE", nil), 204, "")
	me := w.ok(w.ask(dialogue.Participant, http.MethodGet, at+"/membership", nil))
	if field(me, "verified", "name") != "Anna Ivanova" || me.json["mandate"] != "To speak for the council" || len(me.json["grants"].([]any)) != 2 || me.json["counts_for"] != "KE" {
		t.Errorf("got %s", me.Body)
	}
	w.want(w.ask(dialogue.Registrar, http.MethodDelete, at+"/members/"+participant+"/delegate/KE", nil), 204, "")
	w.want(w.ask(dialogue.Convener, http.MethodDelete, at+"/members/"+participant+"/grants/registrar?side=KE", nil), 204, "")
	w.want(w.ask(dialogue.Registrar, http.MethodPut, at+"/members/"+participant+"/mandate", map[string]any{"mandate": ""}), 204, "")
	w.want(w.ask(dialogue.Registrar, http.MethodDelete, at+"/members/"+participant+"/verified", nil), 204, "")
	if me = w.ok(w.ask(dialogue.Participant, http.MethodGet, at+"/membership", nil)); me.json["verified"] != nil || len(me.json["grants"].([]any)) != 0 {
		t.Errorf("got %s", me.Body)
	}
	w.want(w.ask(dialogue.Moderator, http.MethodDelete, at+"/members/"+participant, nil), 204, "")
	w.want(w.ask(dialogue.Participant, http.MethodGet, at+"/membership", nil), 403, "dialogue.denied")
	w.want(w.ask(dialogue.Moderator, http.MethodPost, at+"/traces/removal", map[string]any{"pseudonym": apitest.Pseudonyms[dialogue.Observer]}), 204, "")
	if left := w.pages(dialogue.Convener, at+"/members", "pseudonym", "100"); slices.Contains(left, "Lapwing") || slices.Contains(left, "Swallow") {
		t.Errorf("got %q", left)
	}
}

func TestOnesOwnMembership(t *testing.T) { each(t, []apitest.Room{open("towns")}, onesOwnMembership) }

func onesOwnMembership(t *testing.T, w *world) {
	const at = "/dialogues/towns/membership"
	put := func(path string, body any) reply { return w.ask(dialogue.Participant, http.MethodPut, at+path, body) }
	if me := w.ok(put("/pseudonym", map[string]any{"pseudonym": "Rook"})); me.json["pseudonym"] != "Rook" {
		t.Errorf("got %s", me.Body)
	}
	if me := w.ok(put("/sides", map[string]any{"sides": []string{"KE", "BR", "KE"}})); len(me.json["sides"].([]any)) != 2 || me.json["counts_for"] != nil {
		t.Errorf("who declares several sides counts for one: %s", me.Body)
	}
	w.ok(put("/sides", map[string]any{"sides": []string{"KE"}}))
	w.want(put("/ticks/rules", map[string]any{"given": false}), 422, "member.tick-rules")
	w.want(put("/declaration", map[string]any{"version": 9, "lang": "en"}), 412, "")
	w.ok(put("/declaration", map[string]any{"version": 1, "lang": "en"}))
	named := w.ok(w.ask(dialogue.Participant, http.MethodPost, at+"/recommendations", map[string]any{"pseudonym": "Osprey"}))
	whom := named.json["recommended"].([]any)[0].(map[string]any)
	if whom["pseudonym"] != "Osprey" || named.json["budget_left"] != 4.0 {
		t.Errorf("got %s", named.Body)
	}
	if again := w.ok(w.ask(dialogue.Participant, http.MethodDelete, at+"/recommendations/"+whom["id"].(string), nil)); again.json["budget_left"] != 5.0 {
		t.Errorf("got %s", again.Body)
	}
	w.ok(w.ask(dialogue.Participant, http.MethodPut, at+"/recommendations/"+whom["id"].(string), nil))
	w.want(w.ask(dialogue.Participant, http.MethodDelete, at+"/verified", nil), 204, "")
	w.want(w.ask(dialogue.Participant, http.MethodDelete, at+"/mandate", nil), 204, "")
	w.want(w.ask(dialogue.Participant, http.MethodDelete, at, nil), 422, "http.422")
	gone := w.ok(w.ask(dialogue.Participant, http.MethodDelete, at+"?written=keep", nil))
	if gone.json["pseudonym"] != "Rook" || field(gone, "contact", "en") != "Write to the convener." {
		t.Errorf("got %s", gone.Body)
	}
}

func TestOnesOwnAccount(t *testing.T) { each(t, []apitest.Room{open("towns")}, onesOwnAccount) }

func onesOwnAccount(t *testing.T, w *world) {
	mine := w.ok(w.ask(dialogue.Participant, http.MethodGet, "/account", nil))
	if mine.json["name"] != "the-participant" || mine.json["owner"] != false {
		t.Errorf("got %s", mine.Body)
	}
	if p := w.ok(w.ask(dialogue.Participant, http.MethodPut, "/account/profile", map[string]any{"lang": "ru", "zone": "Europe/Moscow"})); p.json["zone"] != "Europe/Moscow" {
		t.Errorf("got %s", p.Body)
	}
	// From now on problems are told in Russian where nothing else is asked for.
	if r := w.want(w.ask(dialogue.Participant, http.MethodPut, "/account/profile", map[string]any{"lang": "ru", "zone": "Mars/Olympus"}), 422, "account.zone"); r.json["title"] != "Присланное нельзя использовать" {
		t.Errorf("got %s", r.Body)
	}
	if all := items(w.ok(w.ask(dialogue.Participant, http.MethodGet, "/account/memberships", nil))); len(all) != 1 || !slices.Contains(all[0]["you"].(map[string]any)["roles"].([]any), any("participant")) {
		t.Errorf("got %v", all)
	}
	w.want(w.ask(dialogue.Owner, http.MethodDelete, "/account/sessions", nil), 204, "")
	if left := items(w.ok(w.ask(dialogue.Owner, http.MethodGet, "/account/sessions", nil))); len(left) != 0 {
		t.Errorf("got %v", left)
	}

	all := w.ok(w.ask(dialogue.Participant, http.MethodGet, "/account/export", nil))
	if field(all, "person", "name") != "the-participant" || len(all.json["memberships"].([]any)) != 1 {
		t.Errorf("got %s", all.Body)
	}
	file := w.ok(w.ask(dialogue.Participant, http.MethodGet, "/account/archive", nil))
	if z, err := zip.NewReader(bytes.NewReader(file.Body.Bytes()), int64(file.Body.Len())); err != nil || len(z.File) < 2 || file.Header().Get("Content-Disposition") != `attachment; filename="parley.zip"` {
		t.Errorf("got %v, %v", file.Header(), err)
	}

}

// What needs a fresh proof on the pages no token does, whatever its scopes: it
// proves nothing about who holds it now.
func TestTokensDoNothingThatNeedsAProof(t *testing.T) {
	w := newWorld(t)
	for _, r := range []reply{
		w.ask(dialogue.Participant, http.MethodPost, "/account/erasure", map[string]any{"name": "the-participant", "written": "keep"}),
		w.ask(dialogue.Participant, http.MethodDelete, "/account", nil),
		w.ask(dialogue.Participant, http.MethodDelete, "/account/email", nil),
		w.ask(dialogue.Participant, http.MethodPut, "/account/email", map[string]any{"email": "thief@example.org"}),
		w.ask(dialogue.Participant, http.MethodPut, "/account/password", map[string]any{"password": "three brown owls"}),
		w.ask(dialogue.Participant, http.MethodPost, "/account/codes", nil),
	} {
		if r.Code != http.StatusNotFound && r.Code != http.StatusMethodNotAllowed {
			t.Errorf("got %d %s", r.Code, r.Body)
		}
	}
	w.ok(w.ask(dialogue.Participant, http.MethodGet, "/account", nil))
	for _, op := range w.server.operations {
		if op.verb == dialogue.ProveFresh {
			t.Errorf("%s asks for a proof that no token gives", op.id)
		}
	}
}

// A token makes none that may do more, or that lasts for ever.
func TestTokensMakeNoStrongerTokens(t *testing.T) {
	w := newWorld(t)
	weak := w.Token(w.People[dialogue.Holder], account.ScopeAccount)
	make := func(body map[string]any) reply { return w.askAs(weak, http.MethodPost, "/account/tokens", body) }
	w.want(make(map[string]any{"name": "copy", "scopes": []string{"account", "desk"}}), 403, "api.scope")
	w.want(make(map[string]any{"name": "copy", "scopes": []string{"account"}, "expires_at": "2030-01-01T00:00:00Z"}), 422, "api.token-lasts")
	w.want(make(map[string]any{"name": "copy", "scopes": []string{"root"}}), 422, "http.422")
	made := w.want(make(map[string]any{"name": "copy", "scopes": []string{"account", "account"}}), 201, "")
	if made.json["expires_at"] != apitest.Now.Add(tokenLasts).Format("2006-01-02T15:04:05Z") {
		t.Errorf("got %s", made.Body)
	}
	if !strings.HasPrefix(made.json["secret"].(string), account.TokenPrefix) {
		t.Errorf("got %s", made.Body)
	}
	w.ok(w.askAs(made.json["secret"].(string), http.MethodGet, "/account", nil))
	w.want(w.askAs(weak, http.MethodDelete, "/account/tokens/"+made.json["id"].(string), nil), 204, "")
	w.want(w.askAs(made.json["secret"].(string), http.MethodGet, "/account", nil), 401, "api.token")
}

func TestDealsAndSuppositions(t *testing.T) {
	w := newWorld(t, open("towns"))
	const at = "/dialogues/towns"
	if none := w.ok(w.ask("", http.MethodGet, at+"/deals", nil)); none.json["state"] != "none" {
		t.Errorf("got %s", none.Body)
	}
	asked := w.want(w.ask("", http.MethodPost, at+"/deals", nil), 202, "")
	waiting := w.ok(w.ask("", http.MethodGet, asked.Header().Get("Location"), nil))
	if waiting.json["state"] != "waiting" || waiting.json["sha256"] != asked.json["sha256"] {
		t.Errorf("got %s", waiting.Body)
	}
	tried := w.ok(w.ask("", http.MethodPost, at+"/suppose", map[string]any{"assumptions": []any{
		map[string]any{"interest": "KE-01", "tier": "secondary"}, map[string]any{"interest": "KE-02", "side": "BR", "role": "none"},
	}}))
	if got := tried.json["assumed"].([]any); got[0] != "KE-01=secondary" || got[1] != "KE-02:BR=none" || field(tried, "stated", "question", "sha256") == field(tried, "supposed", "question", "sha256") {
		t.Errorf("got %v", got)
	}
	for code, list := range map[string][]any{
		"http.422":                 {map[string]any{"interest": "KE-01", "side": "BR"}},
		"interest.assume.interest": {map[string]any{"interest": "KE-99", "tier": "vital"}},
		"api.assumed-twice":        {map[string]any{"interest": "KE-01", "tier": "vital"}, map[string]any{"interest": "KE-01", "tier": "important"}},
	} {
		w.want(w.ask("", http.MethodPost, at+"/suppose", map[string]any{"assumptions": list}), 422, code)
	}
}

// Where what was said may be told and never who said it, nobody is named.
func TestRoomsWithoutAttribution(t *testing.T) {
	w := newWorld(t, rooms[0], rooms[3])
	named := w.ok(w.ask(dialogue.Observer, http.MethodGet, "/dialogues/public-open/dossier", nil))
	file := w.ok(w.ask(dialogue.Observer, http.MethodGet, "/dialogues/quiet-paused/dossier", nil))
	if _, err := dossier.Read("quiet.yaml", file.Body.Bytes()); err != nil {
		t.Errorf("the file cannot be read back: %v", err)
	}
	const author = "River commission"
	if !strings.Contains(strings.ToLower(named.Body.String()), strings.ToLower(author)) {
		t.Fatalf("the example has no %q any more", author)
	}
	for _, path := range []string{"/dossier", "/registers?limit=100", "/topics?limit=100", "/matters?limit=100", "/comparison"} {
		if r := w.ok(w.ask(dialogue.Observer, http.MethodGet, "/dialogues/quiet-paused"+path, nil)); strings.Contains(strings.ToLower(r.Body.String()), `"name":{"en":"`+strings.ToLower(author)) {
			t.Errorf("%s names its authors", path)
		}
	}
}

func TestTheSite(t *testing.T) { each(t, []apitest.Room{open("towns")}, theSite) }

func theSite(t *testing.T, w *world) {
	terms := map[string]any{"text": map[string]any{"en": "Be fair.", "ru": "Будьте честны."}}
	w.want(w.ask(dialogue.Owner, http.MethodPut, "/legal/terms", terms), 204, "")
	if read := w.ok(w.ask("", http.MethodGet, "/legal", nil)); field(read, "terms", "ru") != "Будьте честны." {
		t.Errorf("got %s", read.Body)
	}
	w.want(w.ask(dialogue.Owner, http.MethodPut, "/legal/cookies", terms), 422, "http.422")
	w.want(w.ask("", http.MethodPost, "/contact", map[string]any{"message": "Is anybody there?", "from": "a passer-by"}), 204, "")
	w.want(w.ask("", http.MethodPost, "/contact", map[string]any{"message": ""}), 422, "http.422")
	list := items(w.ok(w.ask(dialogue.Owner, http.MethodGet, "/letters", nil)))
	if len(list) != 1 || list[0]["args"].(map[string]any)["Message"] != "Is anybody there?" {
		t.Errorf("got %v", list)
	}
}
