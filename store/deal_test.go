package store_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/deal"
	"parley/dialogue"
	"parley/dossier"
	"parley/fault"
	"parley/interest"
	"parley/store"
	"parley/store/storetest"
)

const lease = 30 * time.Second

// plain is a dossier whose table is derived.
func plain(id dialogue.ID) *dossier.Dossier {
	d := sample(id)
	d.Table = nil
	d.Topics[0].Share = nil
	return d
}

func ask(t testing.TB, s *store.Store, id dialogue.ID, set deal.Settings, at time.Time) string {
	t.Helper()
	hash, err := s.AskDeals(context.Background(), id, set, at)
	if err != nil {
		t.Fatal(err)
	}
	return hash
}

func asked(t testing.TB, s *store.Store, id dialogue.ID) store.Asked {
	t.Helper()
	a, err := s.DealAnswer(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func claim(t testing.TB, s *store.Store, at time.Time) *store.Job {
	t.Helper()
	j, err := s.ClaimJob(context.Background(), store.DealsJob, deal.EngineVersion, at, lease)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestQuestionFromAskingToAnswer(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		load(t, s, plain("river"))
		if a := asked(t, s, "river"); a.State != store.NotAsked {
			t.Fatalf("before: got %+v", a)
		}
		hash := ask(t, s, "river", deal.DefaultSettings(), now)
		if a := asked(t, s, "river"); a.State != store.Waiting || a.Hash != hash || !a.AskedAt.Equal(now) || a.Answer != nil {
			t.Fatalf("asked: got %+v", a)
		}
		select {
		case <-s.Asked():
		default:
			t.Error("nobody was told that something was asked")
		}
		j := claim(t, s, now)
		if j == nil || j.Attempt != 1 {
			t.Fatalf("claimed %+v", j)
		}
		if again := claim(t, s, now); again != nil {
			t.Fatalf("claimed twice: %+v", again)
		}
		q, err := s.DealQuestion(ctx, j.Subject)
		must(t, err)
		made, err := deal.NewQuestion(q.Dossier.Input(), q.Settings)
		must(t, err)
		if q.Hash != hash || made.SHA256() != hash {
			t.Errorf("the question that was kept is %s and makes %s, want %s", q.Hash, made.SHA256(), hash)
		}
		must(t, s.KeepJob(ctx, j, store.Progress{Done: 3, Total: 10, Known: `{"points": 7, "gap": {"N": 5}, "scale": {"N": "10"}}`}, now, lease))
		a := asked(t, s, "river")
		if a.State != store.Running || a.Done != 3 || a.Total != 10 || a.Known == nil || a.Known.Points != 7 || a.Known.Gap["N"] != 5 || a.Known.Scale["N"] != "10" {
			t.Fatalf("running: got %+v", a)
		}
		answer := &deal.Answer{Question: deal.QuestionInfo{SHA256: hash}, Warnings: []string{"first"}}
		must(t, s.AnswerDeals(ctx, j, answer, now.Add(time.Second)))
		a = asked(t, s, "river")
		if a.Known != nil || a.State != store.Done || a.Answer == nil || asJSON(t, a.Answer) != asJSON(t, answer) || !a.AnsweredAt.Equal(now.Add(time.Second)) {
			t.Fatalf("done: got %+v", a)
		}
		if j := claim(t, s, now.Add(time.Hour)); j != nil {
			t.Errorf("there is still work: %+v", j)
		}
	})
}

// What is frozen of the examples makes the very question that was asked.
func TestFrozenExamplesAskTheSame(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	for _, d := range exampleDossiers(t) {
		load(t, s, d)
		hash := ask(t, s, d.Dialogue.ID, deal.DefaultSettings(), now)
		q, err := s.DealQuestion(context.Background(), claim(t, s, now).Subject)
		must(t, err)
		made, err := deal.NewQuestion(q.Dossier.Input(), q.Settings)
		must(t, err)
		if made.SHA256() != hash || q.Hash != hash {
			t.Errorf("%s: asked %s, kept %s, makes %s", d.Dialogue.ID, hash, q.Hash, made.SHA256())
		}
	}
}

func TestTheSameQuestionIsAskedOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		load(t, s, plain("river"))
		hash := ask(t, s, "river", deal.DefaultSettings(), now)
		full := deal.DefaultSettings()
		full.Stakes = deal.Full
		if other := ask(t, s, "river", full, now.Add(time.Second)); other == hash {
			t.Error("other settings make the same question")
		}
		if again := ask(t, s, "river", deal.DefaultSettings(), now.Add(2*time.Second)); again != hash {
			t.Errorf("got %s, want %s", again, hash)
		}
		if got := number(t, s, "select count(1) from deal_question"); got != 2 {
			t.Errorf("got %d questions, want 2", got)
		}
		if got := number(t, s, "select count(1) from job"); got != 2 {
			t.Errorf("got %d jobs, want 2", got)
		}
		if a := asked(t, s, "river"); a.Hash != hash {
			t.Error("the question that was asked last is not the newest")
		}
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() { ask(t, s, "river", deal.DefaultSettings(), now) })
		}
		wg.Wait()
		if got := number(t, s, "select count(1) from deal_question"); got != 2 {
			t.Errorf("after asking at once: got %d questions, want 2", got)
		}
	})
}

func TestAnswerIsCurrentOnlyWhileTheRegistersStand(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		load(t, s, plain("river"))
		ask(t, s, "river", deal.DefaultSettings(), now)
		must(t, s.AnswerDeals(ctx, claim(t, s, now), &deal.Answer{}, now))

		open := plain("river")
		open.Dialogue.Stage, open.Dialogue.Host = dialogue.Paused, both("A church", "Церковь")
		load(t, s, open)
		if a := asked(t, s, "river"); a.State != store.Done {
			t.Errorf("after the stage changed: got %s", a.State)
		}
		moved := plain("river")
		moved.Registers[0].Interests[1].Tier = interest.Vital
		load(t, s, moved)
		if a := asked(t, s, "river"); a.State != store.NotAsked {
			t.Errorf("after a tier changed: got %s", a.State)
		}
		load(t, s, plain("river"))
		if a := asked(t, s, "river"); a.State != store.Done {
			t.Errorf("after the tier changed back: got %s", a.State)
		}
		if got := number(t, s, "select count(1) from deal_answer"); got != 1 {
			t.Errorf("got %d answers, want 1", got)
		}
	})
}

// Titles are no part of the canonical question, and yet an answer quotes them.
func TestRenamingAsksAnew(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		load(t, s, plain("river"))
		ask(t, s, "river", deal.DefaultSettings(), now)
		must(t, s.AnswerDeals(context.Background(), claim(t, s, now), &deal.Answer{}, now))
		renamed := plain("river")
		renamed.Topics[0].Title = both("The stream", "Поток")
		load(t, s, renamed)
		ask(t, s, "river", deal.DefaultSettings(), now)
		if a := asked(t, s, "river"); a.State != store.Waiting {
			t.Errorf("got %s, want a new search", a.State)
		}
	})
}

func TestSenselessQuestion(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		load(t, s, plain("river"))
		before := state(t, s)
		_, err := s.AskDeals(context.Background(), "river", deal.Settings{Samples: -1, Stakes: deal.Split, Baseline: deal.Free}, now)
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("got %v, want an invalid fault", err)
		}
		if state(t, s) != before {
			t.Error("something was stored")
		}
	})
}

func TestFailedSearch(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		load(t, s, plain("river"))
		ask(t, s, "river", deal.DefaultSettings(), now)
		at := now
		for attempt := 1; attempt <= store.MaxAttempts; attempt++ {
			j := claim(t, s, at)
			if j == nil || j.Attempt != attempt {
				t.Fatalf("attempt %d: claimed %+v", attempt, j)
			}
			must(t, s.FailJob(ctx, j, fmt.Sprintf("no luck, %d", attempt), at.Add(time.Minute)))
			if early := claim(t, s, at.Add(59*time.Second)); early != nil {
				t.Fatal("tried again before its time")
			}
			at = at.Add(time.Minute)
		}
		a := asked(t, s, "river")
		if a.State != store.Failed || a.Error != "no luck, 3" {
			t.Fatalf("got %+v", a)
		}
		if j := claim(t, s, at.Add(time.Hour)); j != nil {
			t.Fatal("tried more often than allowed")
		}
		ask(t, s, "river", deal.DefaultSettings(), at)
		if j := claim(t, s, at); j == nil || j.Attempt != 1 {
			t.Fatalf("asked again: claimed %+v", j)
		}
	})
}

func TestHopelessSearchIsNotTriedAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		load(t, s, plain("river"))
		ask(t, s, "river", deal.DefaultSettings(), now)
		must(t, s.FailJob(context.Background(), claim(t, s, now), "never", time.Time{}))
		if a := asked(t, s, "river"); a.State != store.Failed || a.Error != "never" {
			t.Errorf("got %+v", a)
		}
	})
}

func TestLeaseThatEnds(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		load(t, s, plain("river"))
		ask(t, s, "river", deal.DefaultSettings(), now)
		first := claim(t, s, now)
		must(t, s.KeepJob(ctx, first, store.Progress{Done: 1, Total: 2}, now.Add(20*time.Second), lease))
		if j := claim(t, s, now.Add(40*time.Second)); j != nil {
			t.Fatal("a job that is kept was taken away")
		}
		late := now.Add(51 * time.Second)
		second := claim(t, s, late)
		if second == nil || second.Attempt != 2 {
			t.Fatalf("claimed %+v", second)
		}
		for name, err := range map[string]error{
			"keep":    s.KeepJob(ctx, first, store.Progress{Done: 2, Total: 2}, late, lease),
			"release": s.ReleaseJob(ctx, first),
			"fail":    s.FailJob(ctx, first, "x", time.Time{}),
			"answer":  s.AnswerDeals(ctx, first, &deal.Answer{}, late),
		} {
			if err == nil || !strings.Contains(err.Error(), store.ErrLost.Error()) {
				t.Errorf("%s by who lost it: got %v", name, err)
			}
		}
		if got := number(t, s, "select count(1) from deal_answer"); got != 0 {
			t.Error("the answer of who lost the job was kept")
		}
		must(t, s.ReleaseJob(ctx, second))
		third := claim(t, s, late)
		if third == nil || third.Attempt != 2 {
			t.Fatalf("a released job counts as begun: %+v", third)
		}
		late = late.Add(time.Hour)
		if j := claim(t, s, late); j == nil || j.Attempt != 3 {
			t.Fatalf("claimed %+v", j)
		}
		if j := claim(t, s, late.Add(time.Hour)); j != nil {
			t.Fatalf("claimed a job that never ends: %+v", j)
		}
		if a := asked(t, s, "river"); a.State != store.Failed || a.Error == "" {
			t.Errorf("got %+v", a)
		}
	})
}

func TestEachJobIsClaimedOnce(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, c store.Config) {
		nodes := []*store.Store{storetest.Open(t, c), storetest.Open(t, c), storetest.Open(t, c)}
		load(t, nodes[0], plain("river"))
		const jobs = 24
		set := deal.DefaultSettings()
		for seed := range jobs {
			set.Seed = uint64(seed)
			ask(t, nodes[0], "river", set, now)
		}
		var mu sync.Mutex
		claimed := map[string]int{}
		var wg sync.WaitGroup
		for worker := range 9 {
			wg.Go(func() {
				for {
					j, err := nodes[worker%3].ClaimJob(context.Background(), store.DealsJob, deal.EngineVersion, now, lease)
					if err != nil {
						t.Error(err)
					}
					if j == nil {
						return
					}
					mu.Lock()
					claimed[j.Subject]++
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		if len(claimed) != jobs {
			t.Errorf("got %d jobs, want %d", len(claimed), jobs)
		}
		for subject, n := range claimed {
			if n != 1 {
				t.Errorf("%s was claimed %d times", subject, n)
			}
		}
	})
}

// A node that runs another version of the engine leaves the work alone.
func TestAnotherVersionLeavesTheJob(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		load(t, s, plain("river"))
		ask(t, s, "river", deal.DefaultSettings(), now)
		j, err := s.ClaimJob(context.Background(), store.DealsJob, "parley-deals-0", now, lease)
		if err != nil || j != nil {
			t.Errorf("got %+v, %v", j, err)
		}
	})
}

func number(t testing.TB, s *store.Store, query string, args ...any) int64 {
	t.Helper()
	v, err := s.Value(context.Background(), query, args...)
	if err != nil {
		t.Fatal(err)
	}
	return v.(int64)
}
