package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/api/apitest"
	"parley/deal"
	"parley/dialogue"
	"parley/store"
)

// answered lets the search run that was asked for last, with few rankings, and
// keeps what spoil makes of its answer.
func (w *world) answered(id dialogue.ID, spoil func(a *deal.Answer)) {
	w.t.Helper()
	ctx := context.Background()
	set := deal.DefaultSettings()
	set.Samples = 50
	if _, err := w.AskDeals(ctx, id, set, apitest.Now); err != nil {
		w.t.Fatal(err)
	}
	j, err := w.ClaimJob(ctx, store.DealsJob, deal.EngineVersion, apitest.Now, time.Hour)
	if err != nil || j == nil {
		w.t.Fatalf("no search waits: %v", err)
	}
	frozen, err := w.DealQuestion(ctx, j.Subject)
	if err != nil {
		w.t.Fatal(err)
	}
	q, err := deal.NewQuestion(frozen.Dossier.Input(), frozen.Settings)
	if err != nil {
		w.t.Fatal(err)
	}
	a, err := deal.Search(ctx, q, deal.Run{Workers: 1})
	if err != nil {
		w.t.Fatal(err)
	}
	spoil(a)
	if err := w.AnswerDeals(ctx, j, a, apitest.Now); err != nil {
		w.t.Fatal(err)
	}
}

// tempting gives every side something that makes its promise hard to keep, in
// the steps to the first swap and where it might go back on a package.
func tempting(sides ...dialogue.SideID) func(a *deal.Answer) {
	return func(a *deal.Answer) {
		r := deal.Roadmap{Of: "swap", Number: 1, State: "central", Exact: true, Start: deal.Points{"KE": 1 << 60, "BR": -3}, Because: map[string][]string{}}
		stand := deal.Standing{Deal: -1, Because: map[string][]string{}}
		for _, side := range sides {
			r.Promises = append(r.Promises, deal.Promise{
				Side: string(side), Received: []int64{3}, Paid: []int64{2}, Temptation: []int64{2}, Held: []bool{false}, Lasting: true,
			})
			stand.GoingBack = append(stand.GoingBack, deal.GoingBack{Side: string(side), Held: "nothing", Answer: []string{}, AtOnce: 2})
		}
		a.Roadmaps, a.Formats = []deal.Roadmap{r}, &deal.Formats{Complete: true, Groups: []deal.Format{}, Packages: []deal.Standing{stand}}
	}
}

// Seven who look on: what could make a promise hard to keep is told to a mediator
// and to members of that side, to nobody else, in whatever part of the answer it
// stands.
func TestPromisesAreForThatSideAndMediators(t *testing.T) {
	w := newWorld(t, open("towns"))
	all := []dialogue.SideID{"KE", "BR", "LO"}
	w.answered("towns", tempting(all...))
	own, every, none := []string{string(apitest.SideA)}, []string{"KE", "BR", "LO"}, []string(nil)
	for role, want := range map[dialogue.Role][]string{
		"": none, dialogue.Holder: none, dialogue.Applicant: none, dialogue.Observer: none,
		dialogue.Participant: own, dialogue.Delegate: own, dialogue.Mediator: every,
	} {
		got := w.ok(w.ask(role, http.MethodGet, "/dialogues/towns/deals", nil))
		var state struct{ Answer deal.Answer }
		if err := json.Unmarshal(got.Body.Bytes(), &state); err != nil {
			t.Fatal(err)
		}
		var promises, back []string
		for _, p := range state.Answer.Roadmaps[0].Promises {
			promises = append(promises, p.Side)
		}
		for _, b := range state.Answer.Formats.Packages[0].GoingBack {
			back = append(back, b.Side)
		}
		if !slices.Equal(promises, want) || !slices.Equal(back, want) {
			t.Errorf("%q reads the promises of %q and who could go back: %q; want %q of both", role, promises, back, want)
		}
		if tag := got.Header().Get("ETag"); tag == "" {
			t.Errorf("%q: no ETag", role)
		}
	}
	visitor := w.ok(w.ask("", http.MethodGet, "/dialogues/towns/deals", nil))
	w.want(w.ask(dialogue.Mediator, http.MethodGet, "/dialogues/towns/deals", nil, "If-None-Match", visitor.Header().Get("ETag")), 200, "")
}

// Numbers beyond 2^53 are strings, and the document says so.
func TestGreatPointsAreStrings(t *testing.T) {
	w := newWorld(t, open("towns"))
	w.answered("towns", tempting("KE"))
	got := w.ok(w.ask("", http.MethodGet, "/dialogues/towns/deals", nil))
	roadmaps := got.json["answer"].(map[string]any)["roadmaps"].([]any)
	start := roadmaps[0].(map[string]any)["start"].(map[string]any)
	if start["KE"] != fmt.Sprint(1<<60) || start["BR"] != -3.0 {
		t.Errorf("got %v", start)
	}
	doc := w.server.document.OpenAPI()
	points := doc.Components.Schemas.Map()["Points"]
	for _, c := range []struct {
		value any
		good  bool
	}{{map[string]any{"KE": 7.0}, true}, {map[string]any{"KE": "-1152921504606846976"}, true}, {map[string]any{"KE": "many"}, false}, {map[string]any{"KE": 0.5}, false}} {
		found := &huma.ValidateResult{}
		huma.Validate(doc.Components.Schemas, points, huma.NewPathBuffer(nil, 0), huma.ModeReadFromServer, c.value, found)
		if (len(found.Errors) == 0) != c.good {
			t.Errorf("%v: got %v", c.value, found.Errors)
		}
	}
}

// All parts of an answer stand in the document.
func TestTheDocumentKnowsTheWholeAnswer(t *testing.T) {
	w := newWorld(t)
	known := w.server.document.OpenAPI().Components.Schemas.Map()
	answer := known["Answer"]
	if answer == nil {
		t.Fatal("there is no answer in the document")
	}
	for _, part := range []string{"strength", "roadmaps", "formats", "rules", "conflict", "cover", "representatives", "frontier_gap"} {
		if answer.Properties[part] == nil {
			t.Errorf("the document does not know %s", part)
		}
	}
	for _, name := range []string{"WhyNot", "Reason", "Fares", "Strength", "Judgement", "Roadmap", "Promise", "Formats", "GoingBack", "RuleInfo", "Conflict", "Cover", "Representative", "PackageStanding", "Standing"} {
		if known[name] == nil {
			t.Errorf("the document does not know %s", name)
		}
	}
}

func TestWhyNot(t *testing.T) {
	w := newWorld(t, open("towns"))
	const at = "/dialogues/towns/why-not"
	start := w.ok(w.ask("", http.MethodPost, at, map[string]any{"choices": map[string]any{}}))
	package1, _ := start.json["package"].(map[string]any)
	chosen, _ := package1["choices"].(map[string]any)
	if len(chosen) == 0 {
		t.Fatalf("the baseline has no choices: %s", start.Body)
	}
	for topic := range chosen {
		opened := w.ok(w.ask("", http.MethodPost, at, map[string]any{"choices": map[string]any{topic: ""}}))
		if list := opened.json["open"].([]any); len(list) != 1 || list[0] != topic {
			t.Errorf("%s was left open; got %v", topic, list)
		}
		w.want(w.ask("", http.MethodPost, at, map[string]any{"choices": map[string]any{topic: "no-such-option"}}), 422, "whynot.no-option")
		break
	}
	w.want(w.ask("", http.MethodPost, at, map[string]any{"choices": map[string]any{"no-such-topic": "x"}}), 422, "whynot.no-topic")
	w.want(w.ask("", http.MethodPost, at, map[string]any{"choice": "x"}), 422, "http.422")
}

func TestSupposingNeedsSomethingSupposed(t *testing.T) {
	w := newWorld(t, open("towns"))
	const at = "/dialogues/towns/suppose"
	w.want(w.ask("", http.MethodPost, at, map[string]any{"assumptions": []any{}}), 422, "http.422")
	w.want(w.ask("", http.MethodPost, at, map[string]any{"without_rules": []int{99}}), 422, "deal.no-such-rule")
}

// An answer of an earlier version is read as it was found, names that version, and
// gives way to a new search.
func TestAnswersOfAnEarlierVersion(t *testing.T) {
	each(t, []apitest.Room{open("towns")}, earlierVersion)
}

func earlierVersion(t *testing.T, w *world) {
	w.answered("towns", func(a *deal.Answer) {
		a.Question.Engine, a.Strength, a.Formats, a.Roadmaps, a.Cover, a.Rules = "parley-deals-1", nil, nil, nil, nil, nil
	})
	r := w.ok(w.ask("", http.MethodGet, "/dialogues/towns/deals", nil))
	question := r.json["answer"].(map[string]any)["question"].(map[string]any)
	if r.json["state"] != "done" || question["engine"] != "parley-deals-1" {
		t.Errorf("got %v by %v", r.json["state"], question["engine"])
	}
	asked := w.want(w.ask(dialogue.Participant, http.MethodPost, "/dialogues/towns/deals", nil), 202, "")
	if sum := asked.json["sha256"]; sum == r.json["sha256"] || sum == "" {
		t.Errorf("a new search is for the question of before: %v", sum)
	}
}
