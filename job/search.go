package job

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"parley/deal"
	"parley/fault"
	"parley/store"
)

// search is the task of finding the answer to a question.
func (r runner) search() task {
	return task{store.DealsJob, deal.EngineVersion, func(ctx context.Context, j *store.Job, p *progress) (func(context.Context) error, error) {
		answer, err := r.answer(ctx, j, p)
		return func(ctx context.Context) error { return r.Store.AnswerDeals(ctx, j, answer, time.Now()) }, err
	}}
}

// answer makes the question again from what was frozen, and searches.
func (r runner) answer(ctx context.Context, j *store.Job, p *progress) (answer *deal.Answer, err error) {
	defer func() {
		if bug := recover(); bug != nil {
			r.Log.Error("a search panicked", "subject", j.Subject, "panic", bug, "stack", string(debug.Stack()))
			answer, err = nil, fmt.Errorf("the search broke off: %v", bug)
		}
	}()
	frozen, err := r.Store.DealQuestion(ctx, j.Subject)
	if err != nil {
		return nil, err
	}
	question, err := deal.NewQuestion(frozen.Dossier.Input(), frozen.Settings)
	if err != nil {
		return nil, err
	}
	if got := question.SHA256(); got != frozen.Hash {
		return nil, fault.New(fault.Conflict, "job.other-question",
			"the question that was asked is %s, and what was kept of it makes %s: ask again", frozen.Hash, got)
	}
	return r.Search(ctx, question, deal.Run{Workers: r.Workers, Progress: p.set, See: func(k deal.Known) { p.learned(k) }})
}
