package demo

import (
	"context"
	"errors"
	"math"
	"sync/atomic"
	"testing"
	"time"

	"parley/dialogue"
	"parley/opinion"
	"parley/store/storetest"
)

// TestThousandsAnswer counts what the invented people have answered and what
// they expect.
func TestThousandsAnswer(t *testing.T) {
	ctx, now := context.Background(), time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	st := storetest.Open(t, storetest.SQLite(t))
	if _, err := st.LoadDossier(ctx, towns(t), now); err != nil {
		t.Fatal(err)
	}
	guests, err := Fill(ctx, st, now)
	if err != nil {
		t.Fatal(err)
	}
	talk, err := newTalk(ctx, st, guests, now)
	if err != nil {
		t.Fatal(err)
	}
	if err := talk.run(); err != nil {
		t.Fatal(err)
	}
	votes, guesses, reasons := 0, 0, 0
	for _, p := range talk.voters {
		own, err := st.MyVotes(ctx, p.id, Dialogue, 0, 50)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range own.Lines {
			votes++
			guesses += len(l.Answer.Guesses)
			if l.Answer.Reason != 0 {
				reasons++
			}
			if !l.Answer.Counts {
				t.Errorf("%s: an answer does not count", p.key)
			}
		}
	}
	t.Logf("%d people, %d answers, %d expectations, %d reasons", len(talk.voters), votes, guesses, reasons)
	if votes+guesses < 2500 || votes < 2000 || reasons < 100 {
		t.Error("want 2,500 answers and expectations, and reasons")
	}
}

// TestAnswersFollowTheModel: many people answer as the file says that their side
// does, and expect what it says that they expect.
func TestAnswersFollowTheModel(t *testing.T) {
	s := &statement{Agree: map[string]float64{"KE": 80, "BR": 20}, Think: map[string]float64{"KE-BR": 70}}
	const many = 4000
	agree, expected := map[dialogue.SideID]float64{}, map[string]float64{}
	for _, side := range []dialogue.SideID{"KE", "BR"} {
		for n := range many {
			p := &person{key: string(side) + string(rune('a'+n%26)) + string(rune(n)), sides: []dialogue.SideID{side}}
			draw := draws(p.key, "x")
			switch s.choose(p, draw) {
			case opinion.Agree:
				agree[side]++
			case opinion.Disagree:
				agree[side] += 0
			}
			for _, about := range []dialogue.SideID{"KE", "BR"} {
				of10 := s.expected(p, about, draw)
				if of10 < 0 || of10 > 10 {
					t.Fatalf("expects %d of ten", of10)
				}
				expected[string(side)+"-"+string(about)] += float64(of10) / many
			}
		}
	}
	near := func(name string, got, want, by float64) {
		t.Helper()
		if math.Abs(got-want) > by {
			t.Errorf("%s: got %.2f, want %.2f", name, got, want)
		}
	}
	near("KE agrees", agree["KE"]/many, 0.8*(1-passing), 0.03)
	near("BR agrees", agree["BR"]/many, 0.2*(1-passing), 0.03)
	near("KE is wrong about BR", expected["KE-BR"], 7, 0.3)
	near("BR is right about KE", expected["BR-KE"], 8, 0.4)
	if got := (&statement{}).share(nil); got != 0.5 {
		t.Errorf("nothing known: got %v", got)
	}
	if a, b := draws("x", "y").Uint64(), draws("x", "y").Uint64(); a != b {
		t.Error("the same person and statement are drawn differently")
	}
}

// TestTogether: everything is done, and nothing new after an error.
func TestTogether(t *testing.T) {
	var done atomic.Int64
	if err := together(1000, func(int) error { done.Add(1); return nil }); err != nil || done.Load() != 1000 {
		t.Errorf("%d done, %v", done.Load(), err)
	}
	done.Store(0)
	stop := errors.New("stop")
	if err := together(100_000, func(i int) error {
		done.Add(1)
		if i == 10 {
			return stop
		}
		return nil
	}); !errors.Is(err, stop) || done.Load() > 50_000 {
		t.Errorf("%d done, %v", done.Load(), err)
	}
}
