package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"parley/account"
	"parley/dialogue"
	"parley/forum"
	"parley/opinion"
	"parley/store"
	"parley/writing"
)

// What people entrust to the store, for the tests that cut the power and kill the
// process: each speaker answers statements, posts comments and saves drafts, one
// deed after another. After k deeds were acknowledged the store must hold what k
// deeds make, or what k+1 make, and nothing else: nothing lost, nothing doubled.

const speakers, askedThings = 6, 12

// hearing is where the speakers speak.
type hearing struct {
	*store.Store
	people     []account.PersonID
	problem    writing.ID
	statements []writing.ID
}

// hear makes the place, once.
func hear(t *testing.T, s *store.Store) *hearing {
	t.Helper()
	x := found(t, s, dialogue.Freely)
	for w := range speakers {
		person, err := s.Invent(x.ctx, speakerName(w), "en", now)
		x.must(err)
		x.join(string(person), store.JoinRequest{Sides: []dialogue.SideID{"N"}, Ticks: dialogue.Ticks})
	}
	_, err := s.RaiseProblem(x.ctx, "ann", x.id, forum.NewProblem{Lang: "en", Title: "Floods", Body: "They come."}, now)
	x.must(err)
	for i := range askedThings {
		_, err := s.ProposeStatement(x.ctx, "ann", x.id, opinion.NewStatement{Lang: "en", Title: fmt.Sprint("Sentence ", i)}, now)
		x.must(err)
	}
	h, err := rejoin(x.ctx, s)
	x.must(err)
	return h
}

func speakerName(w int) string { return fmt.Sprint("speaker-", w) }

// rejoin finds the place again, from another process too.
func rejoin(ctx context.Context, s *store.Store) (*hearing, error) {
	h := &hearing{Store: s}
	for w := range speakers {
		person, err := s.Invent(ctx, speakerName(w), "en", now)
		if err != nil {
			return nil, err
		}
		h.people = append(h.people, person)
	}
	problems, err := s.Problems(ctx, h.people[0], "towns", forum.Filter{})
	if err != nil {
		return nil, err
	}
	h.problem = problems[0].ID
	statements, err := s.Statements(ctx, h.people[0], "towns", opinion.Filter{})
	for _, st := range statements {
		h.statements = append(h.statements, st.ID)
	}
	return h, err
}

// do is the i-th deed of a speaker in a run.
func (h *hearing) do(ctx context.Context, run string, w, i int) error {
	who := h.people[w]
	switch i % 3 {
	case 0:
		n, choice := h.vote(i)
		return h.CastVote(ctx, who, "towns", n, opinion.Ballot{Choice: choice}, now)
	case 1:
		_, err := h.Comment(ctx, who, "towns", forum.NewComment{Under: h.problem, Lang: "en", Body: postOf(run, w, i)}, now)
		return err
	}
	place, words := draftOf(run, i)
	return h.SaveDraft(ctx, who, "towns", writing.Draft{Place: place, Fields: map[string]string{"body": words}}, now)
}

func (h *hearing) vote(i int) (writing.ID, opinion.Choice) {
	n := i / 3
	return h.statements[n%len(h.statements)], opinion.Choices[n/len(h.statements)%len(opinion.Choices)]
}

func postOf(run string, w, i int) string {
	return fmt.Sprintf("post %s %d %d%s", run, w, i, strings.Repeat(" and so on", 20*(i%4)))
}

func draftOf(run string, i int) (place, words string) {
	return []string{"problem", "action", "statement"}[i/3%3], fmt.Sprintf("draft %s %d", run, i)
}

// held is what the store holds of one speaker.
type held map[string]string

// after is what it must hold once the deeds before k are done.
func (h *hearing) after(before held, run string, w, k int) held {
	out := maps.Clone(before)
	for i := range k {
		switch i % 3 {
		case 0:
			n, choice := h.vote(i)
			out[fmt.Sprint("vote ", n)] = string(choice)
		case 1:
			out[postOf(run, w, i)] = "1"
		case 2:
			place, words := draftOf(run, i)
			out["draft "+place] = fmt.Sprintf(`{"body":%q}`, words)
		}
	}
	return out
}

// unbroken reports what is lost or doubled of a speaker, after k of their deeds
// were acknowledged and another may have been under way.
func (h *hearing) unbroken(before, got held, run string, w, k int) string {
	if maps.Equal(got, h.after(before, run, w, k)) || maps.Equal(got, h.after(before, run, w, k+1)) {
		return ""
	}
	want := h.after(before, run, w, k)
	for key, v := range want {
		if got[key] != v {
			return fmt.Sprintf("speaker %d after %d deeds: %.40q is %q, want %q", w, k, key, got[key], v)
		}
	}
	return fmt.Sprintf("speaker %d after %d deeds: %d things are held, want %d", w, k, len(got), len(want))
}

// lookAt reads what a folder holds of all speakers, without any help of the store.
func lookAt(dir string) (all []held, err error) {
	db, err := sql.Open("sqlite", filepath.Join(dir, store.FileName))
	if err != nil {
		return nil, err
	}
	defer db.Close()
	all = make([]held, speakers)
	for w := range all {
		all[w] = held{}
		rows, err := db.Query(`
			with me as (select m.id from member m join person p on p.id = m.person where p.name = $1)
			select 'vote ' || v.item, v.choice from vote v join me on me.id = v.member
			union all
			select c.body, cast(count(1) as text) from contribution c join me on me.id = c.member group by c.body
			union all
			select 'draft ' || d.place, d.fields from draft d join me on me.id = d.member`, speakerName(w))
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var key, value string
			if err := rows.Scan(&key, &value); err != nil {
				return nil, err
			}
			all[w][key] = value
		}
		if err := rows.Err(); err != nil {
			return nil, err
		}
	}
	return all, nil
}
