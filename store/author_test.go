package store_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"parley/deal"
	"parley/dialogue"
	"parley/dossier"
	"parley/fault"
	"parley/i18n"
	"parley/interest"
	"parley/store"
	"parley/store/storetest"
)

// Words that stand nowhere but in what sue wrote.
const secretEn, secretRu = "Zanzibar springs", "Занзибарские родники"

// tell rewrites an interest that topics need, and adds one that nothing needs.
func (x *society) tell() (needed, spare interest.ID) {
	x.t.Helper()
	r, _, err := x.OwnRegister(x.ctx, "sue", x.id, "S")
	x.must(err)
	i := r.Interests[0]
	i.Title, i.Note = both(secretEn, secretRu), both("said of "+secretEn, "сказано: "+secretRu)
	for k := range i.Counterparts {
		i.Counterparts[k].Note = i18n.Text{"en": "ask " + secretEn}
	}
	needed = x.write("sue", "S", i)
	return needed, x.write("sue", "S", interest.Interest{Title: both("More "+secretEn, "Ещё "+secretRu)})
}

// search asks and answers, as the job would.
func (x *society) search(set deal.Settings, at time.Time) *deal.Answer {
	x.t.Helper()
	ask(x.t, x.Store, x.id, set, at)
	return x.find(at)
}

func (x *society) find(at time.Time) *deal.Answer {
	x.t.Helper()
	j := claim(x.t, x.Store, at)
	if j == nil {
		x.t.Fatal("no search waits")
	}
	q, err := x.DealQuestion(x.ctx, j.Subject)
	x.must(err)
	made, err := deal.NewQuestion(q.Dossier.Input(), q.Settings)
	x.must(err)
	a, err := deal.Search(x.ctx, made, deal.Run{Workers: 1})
	x.must(err)
	x.must(x.AnswerDeals(x.ctx, j, a, at))
	return a
}

func quick() deal.Settings {
	set := deal.DefaultSettings()
	set.Samples = 50
	return set
}

func (x *society) silent(where string) {
	x.t.Helper()
	if all := state(x.t, x.Store); strings.Contains(all, "Zanzibar") || strings.Contains(all, "Занзибар") {
		x.t.Errorf("%s: the words are still in the tables", where)
	}
}

func TestWordsThatAreTakenBackAreGone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := editors(t, s)
		needed, spare := x.tell()
		old := x.search(quick(), now)
		if b, _ := json.Marshal(old); !strings.Contains(string(b), secretEn) || !strings.Contains(string(b), secretRu) {
			t.Fatal("the answer does not quote the title, so the test tests nothing")
		}
		hash := asked(t, s, x.id).Hash
		exit, err := x.Leave(x.ctx, "sue", x.id, false, later)
		x.must(err)
		if exit.Removed != 2 || exit.Kept != 0 {
			t.Errorf("got %+v", exit)
		}
		x.silent("after leaving")
		d, err := x.Dossier(x.ctx, x.id)
		x.must(err)
		x.must(dossier.Check(d))
		own := d.Own("S").Interests
		if len(own) != 2 || own[0].ID != needed || own[0].Title["ru"] != "Удалено по просьбе автора" || own[1].ID == spare {
			t.Errorf("got %s", asJSON(t, own))
		}
		a := asked(t, s, x.id)
		if a.State != store.Waiting || !a.Superseded || a.Answer == nil || !a.Answer.Superseded || a.Answer.Question.SHA256 != hash {
			t.Fatalf("got %+v, answer %v of %s, want %s", a, a.Answer.Superseded, a.Answer.Question.SHA256, hash)
		}

		// The old answer can be checked as ever: the words decided nothing.
		q := x.superseded()
		made, err := deal.NewQuestion(q.Dossier.Input(), q.Settings)
		x.must(err)
		if made.SHA256() != hash || q.Hash != hash {
			t.Errorf("asked %s, kept %s, makes %s", hash, q.Hash, made.SHA256())
		}
		again, err := deal.Search(x.ctx, made, deal.Run{Workers: 1})
		x.must(err)
		again.Reword(deal.Retitled{})
		if asJSON(t, again) != asJSON(t, a.Answer) {
			t.Error("a search on what is left finds something else")
		}
		x.find(later)
		if a := asked(t, s, x.id); a.State != store.Done || a.Superseded || a.Answer.Superseded {
			t.Errorf("got %+v", a)
		}
		x.whole()
	})
}

// superseded is the single question that was superseded.
func (x *society) superseded() *store.FrozenQuestion {
	x.t.Helper()
	id, err := x.Value(x.ctx, "select id from deal_question where superseded_by <> ''")
	x.must(err)
	q, err := x.DealQuestion(x.ctx, id.(string))
	x.must(err)
	return q
}

func TestWordsThatStayLoseTheirAuthor(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := editors(t, s)
		x.tell()
		x.search(quick(), now)
		before, err := x.Dossier(x.ctx, x.id)
		x.must(err)
		exit, err := x.Leave(x.ctx, "sue", x.id, true, later)
		x.must(err)
		if exit.Kept != 2 || exit.Removed != 0 {
			t.Errorf("got %+v", exit)
		}
		after, err := x.Dossier(x.ctx, x.id)
		x.must(err)
		if asJSON(t, after) != asJSON(t, before) {
			t.Error("the words changed")
		}
		if a := asked(t, s, x.id); a.State != store.Done || a.Superseded {
			t.Errorf("got %+v", a)
		}
		if n := number(t, s, "select count(1) from interest_author") + number(t, s, "select count(1) from deal_question_author"); n != 0 {
			t.Errorf("%d lines still name the author", n)
		}
	})
}

// The words were changed and the register taken back before the author left:
// what was frozen meanwhile is found all the same.
func TestFrozenWordsAreFoundLongAfter(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := editors(t, s)
		needed, spare := x.tell()
		x.search(quick(), now)
		seeded := quick()
		seeded.Seed = 77
		ask(t, s, x.id, seeded, now) // never answered
		running := claim(t, s, now)
		_, err := x.RemoveInterest(x.ctx, "sue", x.id, "S", spare, store.AnyRevision, now)
		x.must(err)
		x.seat("sam", dialogue.Delegate, "S", "S")
		r, _, err := x.OwnRegister(x.ctx, "sam", x.id, "S")
		x.must(err)
		i := r.Interests[0]
		i.Title, i.Note, i.Counterparts = both("Water", "Вода"), nil, nil
		x.write("sam", "S", i)
		x.search(quick(), later)
		_, err = x.Leave(x.ctx, "sue", x.id, false, later)
		x.must(err)
		x.silent("after leaving")
		// Sue had a hand in the interest before sam wrote it anew.
		d, err := x.Dossier(x.ctx, x.id)
		x.must(err)
		if got := d.Own("S").Interests[0]; got.ID != needed || got.Title["en"] == "Water" {
			t.Errorf("got %s", asJSON(t, got))
		}
		if err := s.AnswerDeals(x.ctx, running, &deal.Answer{}, later); err != store.ErrLost && !strings.Contains(err.Error(), store.ErrLost.Error()) {
			t.Errorf("a search over removed words ends with %v", err)
		}
		if n := number(t, s, "select count(1) from deal_question where superseded_by <> ''"); n != 2 {
			t.Errorf("%d questions are superseded, want both that had an answer", n)
		}
		for _, j := range []*store.Job{claim(t, s, later), claim(t, s, later)} {
			if j == nil {
				t.Fatal("the questions were not asked anew")
			}
		}
		_, err = x.Leave(x.ctx, "sam", x.id, false, later)
		x.must(err)
	})
}

// Two who had a hand in the same words leave one after the other.
func TestEachTakesTheirOwnWordsBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := editors(t, s)
		x.tell()
		x.write("nan", "N", interest.Interest{Title: both("Quiet hills", "Тихие холмы")})
		x.search(quick(), now)
		_, err := x.Leave(x.ctx, "sue", x.id, false, later)
		x.must(err)
		x.silent("after sue left")
		if !strings.Contains(state(t, s), "Quiet hills") {
			t.Error("somebody else's words went too")
		}
		x.must(x.RemoveTraces(x.ctx, "ann", x.id, x.standing("nan").Member, later))
		if strings.Contains(state(t, s), "Quiet hills") {
			t.Error("the words of the second are still there")
		}
		if n := number(t, s, "select count(1) from deal_question where superseded_by <> '' and superseded_by not in (select id from deal_question)"); n != 0 {
			t.Errorf("%d superseded questions name one that is gone", n)
		}
		if a := asked(t, s, x.id); a.State != store.Waiting || !a.Superseded {
			t.Errorf("got %+v", a)
		}
	})
}

// Without what was removed there may be nothing left to decide.
func TestNothingIsLeftToAsk(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := editors(t, s)
		id := x.write("nan", "N", interest.Interest{Title: both("Quiet hills", "Тихие холмы")})
		d, err := x.Dossier(x.ctx, x.id)
		x.must(err)
		d.Topics, d.Named, d.Table = []interest.Topic{
			{ID: "one", Title: both("One", "Один"), Interests: []interest.ID{"N-1"}, Relation: interest.OneSided},
		}, nil, nil
		d.Own("N").Interests[0].Counterparts = nil
		d.Registers[1].Interests[0].Counterparts = []interest.Counterpart{{Side: "S", Alignment: interest.Parallel, Role: interest.RoleRange{Low: interest.Key, High: interest.Key}}}
		load(t, s, d)
		if _, err := s.AskDeals(x.ctx, x.id, quick(), now); !fault.Is(err, fault.Invalid) {
			t.Fatalf("while N speaks for itself the topic rests: %v", err)
		}
		_, err = x.RemoveInterest(x.ctx, "nan", x.id, "N", id, store.AnyRevision, now)
		x.must(err)
		x.write("sue", "S", interest.Interest{Title: both(secretEn, secretRu)})
		x.search(quick(), now)
		x.write("nan", "N", interest.Interest{Title: both("Quiet hills", "Тихие холмы")})
		_, err = x.Leave(x.ctx, "sue", x.id, false, later)
		x.must(err)
		x.silent("after sue left")
		if got, err := x.Value(x.ctx, "select superseded_by from deal_question"); err != nil || got != "-" {
			t.Errorf("got %v, %v", got, err)
		}
		if a := asked(t, s, x.id); a.State != store.NotAsked {
			t.Errorf("got %+v", a)
		}
	})
}

func TestWhatIsFrozenNamesNobody(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := editors(t, s)
		x.person("0b7e-account-of-sue")
		secret, _, err := x.Invite(x.ctx, "ann", x.id, dialogue.Invitation{Role: dialogue.Delegate, Side: "S"}, now)
		x.must(err)
		m := x.join("0b7e-account-of-sue", store.JoinRequest{Invitation: secret, Pseudonym: "Heron", Sides: []dialogue.SideID{"S"}})
		x.write("0b7e-account-of-sue", "S", interest.Interest{Title: both("A bridge", "Мост")})
		x.search(quick(), now)
		id, err := x.Value(x.ctx, "select id from deal_question")
		x.must(err)
		q, err := x.DealQuestion(x.ctx, id.(string))
		x.must(err)
		answer, err := x.Value(x.ctx, "select answer from deal_answer")
		x.must(err)
		for where, kept := range map[string]string{"the question": string(dossier.Write(q.Dossier)), "the answer": answer.(string)} {
			for _, of := range []string{"0b7e-account-of-sue", string(m.ID), "Heron", "Анна", string(x.standing("ann").Member)} {
				if strings.Contains(kept, of) {
					t.Errorf("%s names %q", where, of)
				}
			}
		}
	})
}

func TestWhatSomebodyWrote(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := editors(t, s)
		needed, spare := x.tell()
		list, err := s.WrittenBy(x.ctx, x.id, "sue")
		x.must(err)
		if len(list) != 2 || list[0].ID != string(needed) || list[1].ID != string(spare) || list[0].Kind != "interest" {
			t.Fatalf("got %+v", list)
		}
		if got, want := list[0].Text["ru"], secretRu+"\n\nсказано: "+secretRu; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if got, want := list[1].Text["en"], "More "+secretEn; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if list, err := s.WrittenBy(x.ctx, x.id, "nan"); err != nil || len(list) != 0 {
			t.Errorf("got %+v, %v", list, err)
		}
	})
}
