package store_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/dossier"
	"parley/fault"
	"parley/i18n"
	"parley/store"
	"parley/store/storetest"
)

// inForce is head and settings as they stand.
func (x *society) inForce() dialogue.Configured {
	x.t.Helper()
	e, err := x.Entrance(x.ctx, x.id, "ann", "", now)
	x.must(err)
	return e.Configured
}

// told fills in everything that people are told before joining.
func told(c *dialogue.Configured) {
	c.Operator, c.Payer, c.Country = both("A club", "Клуб"), both("Its members", "Его участники"), both("Nowhere", "Нигде")
	c.Readers, c.Keeping, c.Limits = both("The operator", "Оператор"), both("A year", "Год"), both("Secrecy", "Тайна")
	c.Exit, c.Contact = both("Any day", "В любой день"), both("The club", "Клуб")
}

func TestSettingsAreKept(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByRequest)
		before := x.inForce()
		if before.Admission != dialogue.ByRequest || before.Roster != dialogue.RosterClosed || before.Budget != dialogue.DefaultBudget {
			t.Errorf("got %+v", before.Settings)
		}
		want := before
		told(&want)
		want.Title, want.Purpose, want.Host, want.Source = both("New", "Новое"), i18n.Text{"ru": "Зачем"}, nil, both("s", "и")
		want.Rule, want.Roster, want.Unlisted, want.Budget, want.AsOf = dialogue.OffTheRecord, dialogue.RosterMembers, true, 0, "2026-12"
		asked := want
		asked.ID, asked.Kind, asked.Stage, asked.Sides = "other", dialogue.Live, dialogue.Closed, nil
		revision, err := x.Configure(x.ctx, "ann", x.id, asked, later)
		x.must(err)
		want.Revision = revision
		if got := x.inForce(); !reflect.DeepEqual(got, want) {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
		if revision <= before.Revision {
			t.Errorf("the revision went from %d to %d", before.Revision, revision)
		}
		_, err = x.Configure(x.ctx, "ann", x.id, before, later)
		x.refused(err, "store.stale")
		if !fault.Is(err, fault.Stale) {
			t.Errorf("got %v", err)
		}
		list, err := x.Dialogues(x.ctx)
		x.must(err)
		if !list[0].Unlisted {
			t.Error("the list does not know that the dialogue is unlisted")
		}
	})
}

func TestSettingsThatCannotBe(t *testing.T) {
	cases := map[string]struct {
		spoil func(c *dialogue.Configured)
		key   string
	}{
		"no title":              {func(c *dialogue.Configured) { c.Title = nil }, "edit.untitled"},
		"an empty text":         {func(c *dialogue.Configured) { c.Exit = i18n.Text{"en": " \n "} }, "edit.missing.en"},
		"another language":      {func(c *dialogue.Configured) { c.Payer = i18n.Text{"fr": "moi"} }, "edit.language"},
		"an invisible sign":     {func(c *dialogue.Configured) { c.Limits = i18n.Text{"en": "a\u202eb"} }, "edit.control"},
		"broken UTF-8":          {func(c *dialogue.Configured) { c.Limits = i18n.Text{"en": "a\xffb"} }, "edit.control"},
		"a text without end":    {func(c *dialogue.Configured) { c.Country = i18n.Text{"en": strings.Repeat("я", dossier.MaxText+1)} }, "edit.long"},
		"an unknown rule":       {func(c *dialogue.Configured) { c.Rule = "whisper" }, "edit.choice"},
		"an unknown admission":  {func(c *dialogue.Configured) { c.Admission = "lottery" }, "edit.choice"},
		"an unknown roster":     {func(c *dialogue.Configured) { c.Roster = "wall" }, "edit.choice"},
		"too many to recommend": {func(c *dialogue.Configured) { c.Budget = dialogue.MaxBudget + 1 }, "edit.choice"},
		"no languages":          {func(c *dialogue.Configured) { c.Languages = nil }, "edit.language"},
		"a language in use": {func(c *dialogue.Configured) {
			c.Languages, c.Title, c.Purpose = []string{"en"}, i18n.Text{"en": "t"}, nil
		}, "edit.language"},
		"a day that never was": {func(c *dialogue.Configured) { c.AsOf = "2026-02-30" }, "edit.unfit"},
		"a looser rule":        {func(c *dialogue.Configured) { c.Rule = dialogue.Public }, "configure.rule"},
	}
	x := found(t, storetest.Open(t, storetest.SQLite(t)), dialogue.Freely)
	before := state(t, x.Store)
	for name, c := range cases {
		d := x.inForce()
		c.spoil(&d)
		_, err := x.Configure(x.ctx, "ann", x.id, d, later)
		if f, ok := fault.As(err); !ok || f.Key != c.key {
			t.Errorf("%s: got %v, want %s", name, err, c.key)
		}
	}
	if state(t, x.Store) != before {
		t.Error("what was refused has left something behind")
	}
}

// A language can go when no register has words in it.
func TestLanguagesOfADialogue(t *testing.T) {
	x := found(t, storetest.Open(t, storetest.SQLite(t)), dialogue.Freely)
	bare := sample("towns")
	bare.Registers, bare.Topics, bare.Named, bare.Table = nil, nil, nil, nil
	bare.Dialogue.Sides = []dialogue.Side{{ID: "S", Name: i18n.Text{"ru": "Юг"}}, {ID: "N", Name: i18n.Text{"ru": "Север"}}}
	load(t, x.Store, bare)
	x.configure(func(c *dialogue.Configured) {
		only := i18n.Text{"ru": "слова"}
		c.Title, c.Purpose, c.Host, c.Source, c.Languages = only, only, only, only, []string{"ru"}
	})
	if got := x.inForce().Languages; len(got) != 1 {
		t.Errorf("got %v", got)
	}
	d, err := x.Dossier(x.ctx, x.id)
	x.must(err)
	x.must(dossier.Check(d))
}

// Whoever loads a file over a live dialogue changes what the file says, and
// nothing that was settled on the site.
func TestAFileLeavesSettingsAndPeopleAlone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByRequest)
		x.seat("bob", dialogue.Registrar, "N", "N")
		x.configure(func(c *dialogue.Configured) { c.Unlisted = true; told(c) })
		before, bob := x.inForce(), x.standing("bob")
		d := sample("towns")
		d.Dialogue.Sides[0], d.Dialogue.Sides[1] = d.Dialogue.Sides[1], d.Dialogue.Sides[0]
		d.Dialogue.Title = both("Other", "Другое")
		load(t, s, d)
		after := x.inForce()
		if after.Revision <= before.Revision {
			t.Error("the revision stands still")
		}
		want := before
		want.Title, want.Sides, want.Revision = d.Dialogue.Title, d.Dialogue.Sides, after.Revision
		if !reflect.DeepEqual(after, want) {
			t.Errorf("got  %+v\nwant %+v", after, want)
		}
		if got := x.standing("bob"); !reflect.DeepEqual(got, bob) {
			t.Errorf("got %+v, want %+v", got, bob)
		}
	})
}

func TestADeclaredSideCannotVanish(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.Freely)
		x.seat("bob", dialogue.Participant, "N", "N")
		x.person("cleo")
		secret, _, err := x.Invite(x.ctx, "ann", x.id, dialogue.Invitation{Role: dialogue.Participant, Side: "E"}, now)
		x.must(err)
		without := func(side dialogue.SideID) *dossier.Dossier {
			d := sample("towns")
			d.Registers, d.Topics, d.Named, d.Table = nil, nil, nil, nil
			var sides []dialogue.Side
			for _, s := range d.Dialogue.Sides {
				if s.ID != side {
					sides = append(sides, s)
				}
			}
			d.Dialogue.Sides = sides
			return d
		}
		before := state(t, s)
		_, err = s.LoadDossier(x.ctx, without("N"), later)
		x.refused(err, "store.side-declared")
		if state(t, s) != before {
			t.Error("something was left behind")
		}
		load(t, s, without("E"))
		if e, err := x.Entrance(x.ctx, x.id, "cleo", secret, now); err != nil || e.Invitation != nil {
			t.Errorf("an invitation to a side that is gone: %+v, %v", e.Invitation, err)
		}
		x.must(s.ChangeSides(x.ctx, "bob", x.id, nil, later))
		d := without("N")
		d.Dialogue.Sides = append(d.Dialogue.Sides, dialogue.Side{ID: "W", Name: both("West", "Запад")})
		load(t, s, d)
	})
}

func TestDeclarationInVersions(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.Freely)
		x.seat("bob", dialogue.Moderator, "")
		second := both("Be kind and brief.", "Будьте добры и кратки.")
		version, err := x.Declare(x.ctx, "ann", x.id, second, "ru", later)
		if err != nil || version != 2 {
			t.Fatalf("got %d, %v", version, err)
		}
		all, err := x.Declarations(x.ctx, x.id)
		x.must(err)
		if len(all) != 2 || all[0].Version != 2 || !reflect.DeepEqual(all[0].Text, second) || !all[0].MadeAt.Equal(later) || all[1].Version != 1 {
			t.Errorf("got %+v", all)
		}
		if !x.standing("ann").Inside() {
			t.Error("who wrote it must agree to it")
		}
		mine, err := x.Mine(x.ctx, "ann", x.id)
		x.must(err)
		if a := mine.Agreements[0]; a.Version != 2 || a.Lang != "ru" || a.Text != second["ru"] {
			t.Errorf("who worked in Russian agreed to %+v", a)
		}
		if x.standing("bob").Inside() {
			t.Error("a member was not asked again")
		}
		_, err = x.Journal(x.ctx, "bob", x.id, 0, 10)
		x.refused(err, "dialogue.agree-first")
		_, err = x.Declare(x.ctx, "ann", x.id, i18n.Text{"en": "Only here"}, "en", later)
		x.refused(err, "edit.missing.ru")
		_, err = x.Declare(x.ctx, "bob", x.id, second, "en", later)
		if !fault.Is(err, fault.Denied) {
			t.Errorf("got %v", err)
		}
		if _, err := x.Declarations(x.ctx, "nowhere"); !fault.Is(err, fault.Missing) {
			t.Errorf("got %v", err)
		}
	})
}

func TestStagesAndTheChecklist(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.Freely)
		x.must(s.Write(x.ctx, func(d store.Deed) error { return d.Exec(`update dialogue set stage = 'preparing'`) }))
		set := func(stage dialogue.Stage) error { return x.SetStage(x.ctx, "ann", x.id, stage, later) }
		x.refused(set(dialogue.Open), "store.not-ready")
		x.refused(set(dialogue.Paused), "store.stage")
		x.refused(set("burning"), "store.stage")
		x.configure(told)
		items, err := x.Checklist(x.ctx, x.id)
		x.must(err)
		for _, i := range items {
			if i.Missing() {
				t.Errorf("%s is missing", i.Key)
			}
		}
		for _, stage := range []dialogue.Stage{dialogue.Open, dialogue.Paused, dialogue.Open, dialogue.Closed, dialogue.Open} {
			before := x.inForce()
			x.must(set(stage))
			x.must(set(stage)) // again changes nothing
			if got := x.inForce(); got.Stage != stage || got.Revision != before.Revision+1 {
				t.Errorf("got %s, revision %d after %d", got.Stage, got.Revision, before.Revision)
			}
		}
		x.refused(set(dialogue.Preparing), "store.stage")
		if _, err := x.Checklist(x.ctx, "nowhere"); !fault.Is(err, fault.Missing) {
			t.Errorf("got %v", err)
		}
	})
}

func TestOpeningADialogue(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.Freely)
		head := dialogue.Dialogue{
			ID: "lake", Title: both("A lake", "Озеро"), Languages: []string{"en", "ru"}, Unlisted: true,
			Sides: []dialogue.Side{{ID: "A", Name: both("A", "А")}, {ID: "B", Name: both("B", "Б")}, {ID: "C", Name: both("C", "В")}},
		}
		if err := x.OpenDialogue(x.ctx, "ann", head, now); !fault.Is(err, fault.Denied) {
			t.Errorf("got %v", err)
		}
		if err := x.OpenDialogue(x.ctx, "", head, now); !fault.Is(err, fault.Unknown) {
			t.Errorf("got %v", err)
		}
		x.must(x.OpenDialogue(x.ctx, "owner", head, now))
		e, err := x.Entrance(x.ctx, "lake", "owner", "", now)
		x.must(err)
		if e.Stage != dialogue.Preparing || e.Rule != dialogue.Members || e.Kind != dialogue.Live || !e.Unlisted || e.AsOf != now.Format(time.DateOnly) || len(e.Sides) != 3 {
			t.Errorf("got %+v", e.Configured)
		}
		if e.Admission != dialogue.ByInvitation || e.Roster != dialogue.RosterClosed || e.Budget != dialogue.DefaultBudget {
			t.Errorf("got %+v", e.Settings)
		}
		x.refused(x.OpenDialogue(x.ctx, "owner", head, now), "store.id-taken")
		for name, spoil := range map[string]func(d *dialogue.Dialogue){
			"an address of the site": func(d *dialogue.Dialogue) { d.ID = "account" },
			"no address":             func(d *dialogue.Dialogue) { d.ID = "Лес" },
			"one side":               func(d *dialogue.Dialogue) { d.Sides = d.Sides[:1] },
			"a side twice":           func(d *dialogue.Dialogue) { d.Sides = append(d.Sides[:2:2], d.Sides[0]) },
			"no title":               func(d *dialogue.Dialogue) { d.Title = nil },
			"a rule nobody knows":    func(d *dialogue.Dialogue) { d.Rule = "whisper" },
		} {
			d := head
			d.ID = "forest"
			spoil(&d)
			if err := x.OpenDialogue(x.ctx, "owner", d, now); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: got %v", name, err)
			}
		}
	})
}

// Every deed of those who run a dialogue leaves one line, and says nothing of
// anybody but who did it.
func TestEveryDeedOfTheDeskLeavesOneLine(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByRequest)
		x.must(s.Write(x.ctx, func(d store.Deed) error { return d.Exec(`update dialogue set stage = 'preparing'`) }))
		reg := x.seat("reg", dialogue.Registrar, "N", "N")
		mod := x.seat("max", dialogue.Moderator, "")
		mem := x.seat("mem", dialogue.Participant, "", "N")
		x.person("ask", "beg", "two")
		asks, begs, two := x.join("ask", store.JoinRequest{}), x.join("beg", store.JoinRequest{}), x.join("two", store.JoinRequest{})
		var invited dialogue.Invitation
		deeds := []struct {
			what, by string
			role     dialogue.Role
			do       func() error
		}{
			{"configured", "ann", dialogue.Convener, func() error { x.configure(told); return nil }},
			{"declared", "ann", dialogue.Convener, func() error {
				_, err := x.Declare(x.ctx, "ann", x.id, both("2", "2"), "en", now)
				for _, p := range []account.PersonID{"reg", "max", "mem"} {
					x.must(x.Agree(x.ctx, p, x.id, 2, "ru", now))
				}
				return err
			}},
			{"stage", "ann", dialogue.Convener, func() error { return x.SetStage(x.ctx, "ann", x.id, dialogue.Open, now) }},
			{"admitted", "ann", dialogue.Convener, func() error { _, err := x.Admit(x.ctx, "ann", x.id, asks.ID, now); return err }},
			{"approved", "reg", dialogue.Registrar, func() error { _, err := x.Admit(x.ctx, "reg", x.id, two.ID, now); return err }},
			{"refused", "ann", dialogue.Convener, func() error { return x.Refuse(x.ctx, "ann", x.id, begs.ID, now) }},
			{"verified", "reg", dialogue.Registrar, func() error {
				return x.Verify(x.ctx, "reg", x.id, mem.ID, &dialogue.Verified{Name: "Mem Memson", Sector: dialogue.Media, Side: "N"}, now)
			}},
			{"verified-removed", "reg", dialogue.Registrar, func() error { return x.Verify(x.ctx, "reg", x.id, mem.ID, nil, now) }},
			{"mandate-recorded", "reg", dialogue.Registrar, func() error { return x.RecordMandate(x.ctx, "reg", x.id, mem.ID, "may talk about fish", now) }},
			{"mandate-removed", "reg", dialogue.Registrar, func() error { return x.RecordMandate(x.ctx, "reg", x.id, mem.ID, "", now) }},
			{"granted", "ann", dialogue.Convener, func() error {
				return x.Grant(x.ctx, "ann", x.id, mem.ID, dialogue.Grant{Role: dialogue.Delegate, Side: "N"}, now)
			}},
			{"revoked", "reg", dialogue.Registrar, func() error {
				return x.Revoke(x.ctx, "reg", x.id, mem.ID, dialogue.Grant{Role: dialogue.Delegate, Side: "N"}, now)
			}},
			{"invited", "reg", dialogue.Registrar, func() (err error) {
				_, invited, err = x.Invite(x.ctx, "reg", x.id, dialogue.Invitation{Role: dialogue.Participant, Note: "for Peter"}, now)
				return err
			}},
			{"invitation-ended", "reg", dialogue.Registrar, func() error { return x.EndInvitation(x.ctx, "reg", x.id, invited.ID, now) }},
			{"traces-removed", "max", dialogue.Moderator, func() error { return x.RemoveTraces(x.ctx, "max", x.id, mem.ID, now) }},
		}
		newest := func() dialogue.JournalEntry {
			list, err := x.Journal(x.ctx, "ann", x.id, 0, 1)
			x.must(err)
			return list[0]
		}
		names := map[string]string{"ann": "Анна", "reg": "", "max": "Max"} // a registrar is named by side
		for _, d := range deeds {
			before := newest().Number
			if err := d.do(); err != nil {
				t.Errorf("%s: %v", d.what, err)
				continue
			}
			e := newest()
			if e.Number != before+1 || e.What != d.what || string(e.By) != names[d.by] || e.Role != d.role || !e.At.Equal(now) {
				t.Errorf("%s: got %+v after %d", d.what, e, before)
			}
			if registrar := slices.Equal(e.Sides, []dialogue.SideID{"N"}); registrar != (d.by == "reg") || !registrar && e.Sides != nil {
				t.Errorf("%s: of the sides %q", d.what, e.Sides)
			}
			for _, lang := range i18n.Languages {
				if w := i18n.For(lang); !w.Has("journal." + e.What) {
					t.Errorf("%s has no words for %s", lang, e.What)
				}
			}
			for _, said := range e.Args {
				for _, of := range []string{"Mem", "fish", "Peter", string(mem.ID), string(reg.ID), string(mod.ID)} {
					if strings.Contains(said, of) {
						t.Errorf("%s says %q", d.what, said)
					}
				}
			}
		}
	})
}

func TestJournalIsReadBackwardsInPages(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.Freely)
		for range 5 {
			x.configure(func(*dialogue.Configured) {})
		}
		var numbers []int64
		for before := int64(0); ; {
			page, err := x.Journal(x.ctx, "ann", x.id, before, 2)
			x.must(err)
			if len(page) == 0 {
				break
			}
			for _, e := range page {
				numbers = append(numbers, e.Number)
			}
			before = page[len(page)-1].Number
		}
		for i, n := range numbers {
			if n != int64(len(numbers)-i) {
				t.Fatalf("got %v", numbers)
			}
		}
		if _, err := x.Journal(x.ctx, "", x.id, 0, 10); !fault.Is(err, fault.Unknown) {
			t.Errorf("got %v", err)
		}
		// Who leaves takes their name off what they did, and the line stays.
		x.seat("zoe", dialogue.Convener, "")
		_, err := x.Declare(x.ctx, "zoe", x.id, both("3", "3"), "en", later)
		x.must(err)
		x.must(x.Agree(x.ctx, "ann", x.id, 2, "ru", later))
		_, err = x.Leave(x.ctx, "zoe", x.id, true, later)
		x.must(err)
		page, err := x.Journal(x.ctx, "ann", x.id, 0, 1)
		x.must(err)
		if page[0].What != "declared" || page[0].By != "" || page[0].Role != dialogue.Convener {
			t.Errorf("got %+v", page[0])
		}
	})
}
