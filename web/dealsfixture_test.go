package web

import (
	"context"
	"sync"
	"testing"
	"time"

	"parley/deal"
	"parley/dialogue"
	"parley/dossier"
	"parley/examples"
	"parley/store"
)

// library is the examples with the answers to the questions about them.
type library struct {
	dossiers []*dossier.Dossier
	asked    map[dialogue.ID]store.Asked
}

// bothExamples are the dossiers that come with parley, read once.
var bothExamples = sync.OnceValues(func() ([]*dossier.Dossier, error) {
	var out []*dossier.Dossier
	for _, e := range examples.All() {
		d, err := dossier.Read(e.Name, e.Data)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
})

// exampleAnswers answers both examples once, with few rankings.
var exampleAnswers = sync.OnceValues(func() (map[dialogue.ID]store.Asked, error) {
	all, err := bothExamples()
	if err != nil {
		return nil, err
	}
	out := map[dialogue.ID]store.Asked{}
	for _, d := range all {
		a, err := answerFor(d, 500)
		if err != nil {
			return nil, err
		}
		out[d.Dialogue.ID] = store.Asked{State: store.Done, Hash: a.Question.SHA256, Answer: a}
	}
	return out, nil
})

// fewRankings are the settings of questions that tests ask.
func fewRankings(samples int) deal.Settings {
	set := deal.DefaultSettings()
	set.Samples = samples
	return set
}

func answerFor(d *dossier.Dossier, samples int) (*deal.Answer, error) {
	q, err := deal.NewQuestion(d.Input(), fewRankings(samples))
	if err != nil {
		return nil, err
	}
	return deal.Search(context.Background(), q, deal.Run{Workers: 2})
}

// answeredShelf holds both examples with their answers.
func answeredShelf(t testing.TB) library {
	t.Helper()
	all, err := bothExamples()
	if err != nil {
		t.Fatal(err)
	}
	answers, err := exampleAnswers()
	if err != nil {
		t.Fatal(err)
	}
	return library{all, answers}
}

// answeredStore is a store of both examples with their answers.
func answeredStore(t testing.TB) *store.Store {
	t.Helper()
	return sharedStore(t, &answered, func(st *store.Store) {
		l := answeredShelf(t)
		load(t, st, l.dossiers...)
		for _, d := range l.dossiers {
			j := askedJob(t, st, d.Dialogue.ID, fewRankings(500))
			if err := st.AnswerDeals(context.Background(), j, l.asked[d.Dialogue.ID].Answer, time.Now()); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// askedJob asks what might be done in a dialogue and claims the search.
func askedJob(t testing.TB, st *store.Store, id dialogue.ID, set deal.Settings) *store.Job {
	t.Helper()
	if _, err := st.AskDeals(context.Background(), id, set, time.Now()); err != nil {
		t.Fatal(err)
	}
	j, err := st.ClaimJob(context.Background(), store.DealsJob, deal.EngineVersion, time.Now(), time.Hour)
	if err != nil || j == nil {
		t.Fatal(j, err)
	}
	return j
}
