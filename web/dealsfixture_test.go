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

func (s shelf) AskDeals(ctx context.Context, id dialogue.ID, _ deal.Settings, _ time.Time) (string, error) {
	_, err := s.Dossier(ctx, id)
	return "", err
}

func (s shelf) DealAnswer(ctx context.Context, id dialogue.ID) (store.Asked, error) {
	_, err := s.Dossier(ctx, id)
	return store.Asked{State: store.NotAsked}, err
}

// library is a shelf on which the questions about deals are answered.
type library struct {
	shelf
	asked map[dialogue.ID]store.Asked
}

func (l library) DealAnswer(ctx context.Context, id dialogue.ID) (store.Asked, error) {
	if a, ok := l.asked[id]; ok {
		return a, nil
	}
	return l.shelf.DealAnswer(ctx, id)
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

func answerFor(d *dossier.Dossier, samples int) (*deal.Answer, error) {
	set := deal.DefaultSettings()
	set.Samples = samples
	q, err := deal.NewQuestion(d.Input(), set)
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
	return library{shelf(all), answers}
}
