package job_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley/deal"
	"parley/dialogue"
	"parley/dossier"
	"parley/fault"
	"parley/i18n"
	"parley/interest"
	"parley/job"
	"parley/store"
	"parley/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// two is the smallest dossier with something to decide.
func two() *dossier.Dossier {
	text := func(s string) i18n.Text { return i18n.Text{"en": s} }
	part := func(side dialogue.SideID) []interest.Counterpart {
		return []interest.Counterpart{{Side: side, Role: interest.RoleRange{Low: interest.Key, High: interest.Key}}}
	}
	return &dossier.Dossier{
		Dialogue: dialogue.Dialogue{
			ID: "two", Title: text("Two"), Languages: []string{"en"}, AsOf: "2026", Kind: dialogue.Invented,
			Rule: dialogue.Public, Stage: dialogue.Open, Sides: []dialogue.Side{{ID: "A", Name: text("A")}, {ID: "B", Name: text("B")}},
		},
		Registers: []interest.Register{
			{Subject: "A", Author: interest.Author{Side: "A"}, Date: "2026", Interests: []interest.Interest{
				{ID: "A-1", Title: text("a"), Tier: interest.Vital, Counterparts: part("B")},
				{ID: "A-2", Title: text("b"), Tier: interest.Secondary, Counterparts: part("B")}}},
			{Subject: "B", Author: interest.Author{Side: "B"}, Date: "2026", Interests: []interest.Interest{
				{ID: "B-1", Title: text("c"), Tier: interest.Secondary, Counterparts: part("A")},
				{ID: "B-2", Title: text("d"), Tier: interest.Vital, Counterparts: part("A")}}},
		},
		Topics: []interest.Topic{
			{ID: "one", Title: text("One"), Interests: []interest.ID{"A-1", "B-1"}, Relation: interest.Opposed},
			{ID: "two", Title: text("Two"), Interests: []interest.ID{"A-2", "B-2"}, Relation: interest.Opposed},
		},
	}
}

// prepared is a store with a dialogue about which something was asked.
func prepared(t *testing.T, s *store.Store) {
	t.Helper()
	ctx := context.Background()
	if _, err := s.LoadDossier(ctx, two(), time.Now()); err != nil {
		t.Fatal(err)
	}
	askAgain(t, s)
}

func askAgain(t *testing.T, s *store.Store) {
	t.Helper()
	set := deal.DefaultSettings()
	set.Samples = 200
	if _, err := s.AskDeals(context.Background(), "two", set, time.Now()); err != nil {
		t.Fatal(err)
	}
}

// quick is a runner that does not wait long for anything.
func quick(s *store.Store) job.Config {
	return job.Config{
		Store: s, Workers: 1, Poll: 10 * time.Millisecond, Beat: 5 * time.Millisecond, Lease: time.Second, Retry: time.Millisecond,
	}
}

// start runs jobs until the test ends or stop is called.
func start(t *testing.T, c job.Config) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		job.Run(ctx, c)
	}()
	stop = func() { cancel(); <-ended }
	t.Cleanup(stop)
	return stop
}

// until waits for the question to be in a state.
func until(t *testing.T, s *store.Store, is func(a store.Asked) bool) store.Asked {
	t.Helper()
	var a store.Asked
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(2 * time.Millisecond) {
		var err error
		if a, err = s.DealAnswer(context.Background(), "two"); err != nil {
			t.Fatal(err)
		}
		if is(a) {
			return a
		}
	}
	t.Fatalf("it never came to that: %+v", a)
	return a
}

func isDone(a store.Asked) bool   { return a.State == store.Done }
func isFailed(a store.Asked) bool { return a.State == store.Failed }

func TestSearchFromQuestionToAnswer(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		prepared(t, s)
		start(t, quick(s))
		a := until(t, s, isDone)
		if a.Answer.Question.SHA256 != a.Hash {
			t.Errorf("the answer is to %s, asked was %s", a.Answer.Question.SHA256, a.Hash)
		}
	})
}

// A question asked in this process is taken up at once, however rarely the
// database is looked at.
func TestAskingWakesTheRunner(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := quick(s)
		c.Poll = time.Hour
		start(t, c)
		time.Sleep(20 * time.Millisecond)
		prepared(t, s)
		until(t, s, isDone)
	})
}

func TestProgressIsSeen(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		prepared(t, s)
		release := make(chan struct{})
		c := quick(s)
		c.Search = func(ctx context.Context, q *deal.Question, how deal.Run) (*deal.Answer, error) {
			how.See(deal.Known{Points: 4, Gap: map[string]int64{"N": 9}, Scale: map[string]string{"N": "2"}})
			how.Progress(3, 10)
			<-release
			return deal.Search(ctx, q, deal.Run{Workers: 1})
		}
		start(t, c)
		until(t, s, func(a store.Asked) bool {
			return a.State == store.Running && a.Done == 3 && a.Total == 10 && a.Known != nil && a.Known.Points == 4 && a.Known.Gap["N"] == 9
		})
		close(release)
		until(t, s, isDone)
	})
}

func TestFailureIsTriedAgainAndThenKept(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		prepared(t, s)
		var tries atomic.Int64
		c := quick(s)
		c.Search = func(context.Context, *deal.Question, deal.Run) (*deal.Answer, error) {
			if n := tries.Add(1); n%2 == 0 {
				panic("out of thought")
			}
			return nil, errors.New("out of luck")
		}
		start(t, c)
		a := until(t, s, isFailed)
		if got := tries.Load(); got != store.MaxAttempts {
			t.Errorf("tried %d times, want %d", got, store.MaxAttempts)
		}
		if a.Error != "out of luck" {
			t.Errorf("got %q", a.Error)
		}
		time.Sleep(30 * time.Millisecond)
		if got := tries.Load(); got != store.MaxAttempts {
			t.Errorf("tried %d times in the end", got)
		}
	})
}

func TestOneFailureIsMadeGood(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		prepared(t, s)
		var tries atomic.Int64
		c := quick(s)
		c.Search = func(ctx context.Context, q *deal.Question, how deal.Run) (*deal.Answer, error) {
			if tries.Add(1) == 1 {
				panic("a bug")
			}
			return deal.Search(ctx, q, how)
		}
		start(t, c)
		until(t, s, isDone)
	})
}

func TestOurOwnRefusalIsFinal(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		prepared(t, s)
		var tries atomic.Int64
		c := quick(s)
		c.Search = func(context.Context, *deal.Question, deal.Run) (*deal.Answer, error) {
			tries.Add(1)
			return nil, fault.New(fault.Invalid, "deal.empty-table", "there is nothing to decide")
		}
		start(t, c)
		if a := until(t, s, isFailed); !strings.Contains(a.Error, "nothing to decide") {
			t.Errorf("got %q", a.Error)
		}
		if tries.Load() != 1 {
			t.Errorf("tried %d times, want once", tries.Load())
		}
	})
}

// A node that stops gives its job back, and the next one begins it at once.
func TestStoppingGivesTheJobBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		prepared(t, s)
		begun := make(chan struct{})
		c := quick(s)
		c.Lease = time.Hour
		c.Search = func(ctx context.Context, _ *deal.Question, _ deal.Run) (*deal.Answer, error) {
			close(begun)
			<-ctx.Done()
			return nil, ctx.Err()
		}
		stop := start(t, c)
		<-begun
		stop()
		if a := until(t, s, func(store.Asked) bool { return true }); a.State != store.Waiting {
			t.Fatalf("after the stop: got %+v", a)
		}
		start(t, quick(s))
		until(t, s, isDone)
	})
}

// A node that shows no sign of life loses its job, and hears of it.
func TestLostJobIsLeftAlone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		prepared(t, s)
		stopped := make(chan error, 1)
		c := quick(s)
		c.Search = func(ctx context.Context, _ *deal.Question, how deal.Run) (*deal.Answer, error) {
			j, err := s.ClaimJob(ctx, store.DealsJob, deal.EngineVersion, time.Now().Add(time.Hour), time.Hour)
			if err != nil || j == nil {
				t.Errorf("the job could not be taken away: %v", err)
			}
			how.Progress(1, 2)
			<-ctx.Done()
			stopped <- context.Cause(ctx)
			return &deal.Answer{}, nil
		}
		start(t, c)
		if err := <-stopped; !errors.Is(err, store.ErrLost) {
			t.Errorf("stopped by %v", err)
		}
		time.Sleep(20 * time.Millisecond)
		if a := until(t, s, func(store.Asked) bool { return true }); a.State != store.Running || a.Answer != nil {
			t.Errorf("got %+v", a)
		}
	})
}

func TestSeveralNodesShareTheWork(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, c store.Config) {
		ctx := context.Background()
		nodes := []*store.Store{storetest.Open(t, c), storetest.Open(t, c)}
		prepared(t, nodes[0])
		var mu sync.Mutex
		searched := map[uint64]int{}
		const questions = 20
		for seed := range questions {
			set := deal.DefaultSettings()
			set.Seed, set.Samples = uint64(seed+2), 0
			if _, err := nodes[0].AskDeals(ctx, "two", set, time.Now()); err != nil {
				t.Fatal(err)
			}
		}
		for _, node := range nodes {
			run := quick(node)
			run.Search = func(ctx context.Context, q *deal.Question, _ deal.Run) (*deal.Answer, error) {
				mu.Lock()
				defer mu.Unlock()
				searched[q.Seed]++
				return &deal.Answer{}, nil
			}
			start(t, run)
		}
		for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
			mu.Lock()
			got := fmt.Sprint(len(searched))
			mu.Unlock()
			if got == fmt.Sprint(questions+1) {
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("got %s searches", got)
			}
		}
		mu.Lock()
		defer mu.Unlock()
		for seed, n := range searched {
			if n != 1 {
				t.Errorf("seed %d was searched %d times", seed, n)
			}
		}
	})
}
