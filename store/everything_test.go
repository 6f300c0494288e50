package store_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"parley/account"
	"parley/dialogue"
	"parley/store"
	"parley/store/storetest"
)

// ofPeople is every table that says something about a person, and where it is
// told to them: a name in their archive, or why it is not.
var ofPeople = map[string]string{
	"session":       "sessions",
	"password":      "has_password",
	"passkey":       "passkeys",
	"totp":          "has_totp",
	"recovery_code": "recovery_codes",
	"identity":      "identities",
	"token":         "tokens",
	"letter":        "letters",
	"member":        "memberships",
	"member_side":   "sides",
	"role_grant":    "roles",
	"verified":      "verified",
	"agreement":     "agreements",
	"consent":       "consents",
	"approval":      "approved", // their own; of whom others approve is not theirs to know
	"invitation":    "invitations",

	"recommendation":  "recommended",
	"interest_author": "written",

	"moderation_report":   "reports",
	"moderation_decision": "decided",
	"moderation_appeal":   "decisions",
	"moderation_sanction": "sanctions",
	"moderation_rules":    "rules_set",

	"follow":          "following",
	"notice":          "heard_of",
	"notice_settings": "quiet",
	"feed_key":        "has_feed_key",
	"unsubscribe":     "-a digest and an end, gone within sixty days",

	"voter":       "history",
	"vote":        "answers",
	"expectation": "expectations",

	"contribution":       "written",
	"translation":        "written",
	"step":               "written",
	"reaction":           "marks",
	"translation_rating": "marks",
	"draft":              "drafts",
	"event":              "-that they wrote, in their texts; forgotten after 90 days",

	"link":                 "-a digest and an end, gone within days",
	"once":                 "-what their own program was answered within the last day",
	"deal_question_author": "-the same texts, as a question froze them",
}

// A new table about people must be entered above, and so be told to them.
func TestEveryTableOfPeopleIsToldToThem(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	var tables []string
	for _, table := range store.Tables {
		if number(t, s, "select count(1) from pragma_foreign_key_list($1) where \"table\" in ('person', 'member')", table) > 0 {
			tables = append(tables, table)
		}
	}
	for _, table := range tables {
		if ofPeople[table] == "" {
			t.Errorf("the table %s is about people: tell it to them in Everything, or say why not", table)
		}
	}
	for table := range ofPeople {
		if !slices.Contains(tables, table) {
			t.Errorf("the table %s is about nobody any more", table)
		}
	}
	columns := number(t, s, "select count(1) from pragma_table_info('person')")
	if columns != 9 {
		t.Errorf("person has %d columns: tell the new ones in Everything, and count again", columns)
	}
}

func TestEverythingIsTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := tidy(t, s)
		bird := sing(x)
		x.seat("clara", dialogue.Participant, "", "N")
		x.must(x.RecommendByName(x.ctx, "clara", x.id, "zqx-pseudonym-canary", now))
		e, err := s.Everything(x.ctx, bird.id, "en", now)
		must(t, err)
		b, err := json.Marshal(e)
		must(t, err)
		nobody, err := s.Everything(x.ctx, holder(t, s, "nobody", false), "en", now)
		must(t, err)
		none, err := json.Marshal(nobody)
		must(t, err)
		if strings.Contains(string(none), ":null") {
			t.Errorf("a list of nothing is no list: %s", none)
		}
		if strings.Contains(strings.ToLower(string(b)), "clara") {
			t.Error("who recommends them is told: that was said in confidence")
		}
		for table, name := range ofPeople {
			if !strings.HasPrefix(name, "-") && !strings.Contains(string(b), `"`+name+`":`) {
				t.Errorf("%s: the archive has no %q", table, name)
			}
		}
		for _, what := range append([]string{
			"name", "device", "pseudonym", "address", "passkey", "subject", "label", "token", "verified", "office", "mandate", "note",
		}, "text:title", "text:words", "text:aside", "text:problem", "text:earlier", "text:part", "text:comment", "text:translated", "draft") {
			word := fmt.Sprintf("zqx-%s-canary", what)
			if of, ok := strings.CutPrefix(what, "text:"); ok {
				word = fmt.Sprintf("zqx-%s-text", of)
			}
			if !strings.Contains(string(b), word) {
				t.Errorf("the archive does not hold %s", word)
			}
		}
		if len(e.Memberships) != 1 || len(e.Memberships[0].Roles) != 2 || len(e.Memberships[0].Consents) != len(dialogue.Ticks) {
			t.Errorf("got %+v", e.Memberships)
		}
		for name, list := range map[string]int{
			"sessions": len(e.Sessions), "passkeys": len(e.Passkeys), "identities": len(e.Identities), "tokens": len(e.Tokens),
			"agreements": len(e.Memberships[0].Agreements), "recommended": len(e.Memberships[0].Recommended), "written": len(e.Memberships[0].Written),
			"invitations": len(e.Memberships[0].Invitations), "drafts": len(e.Memberships[0].Drafts), "marks": len(e.Memberships[0].Marks), "letters": len(e.Mail), "codes": e.Person.Codes,
		} {
			if list == 0 {
				t.Errorf("no %s", name)
			}
		}
	})
}

// Which sides' registrars said yes to somebody who waits is for those who admit:
// else who waits could ask the other sides why they have not.
func TestWhoWaitsIsNotToldWhoApproved(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByRequest)
		x.seat("nora", dialogue.Registrar, "N")
		x.seat("sam", dialogue.Registrar, "S")
		told := func(person account.PersonID) string {
			mine, err := s.Mine(x.ctx, person, x.id)
			must(t, err)
			if len(mine.Approvals) > 0 {
				t.Errorf("%s is told of %v", person, mine.Approvals)
			}
			e, err := s.Everything(x.ctx, person, "en", now)
			must(t, err)
			b, err := json.Marshal(e.Memberships)
			must(t, err)
			return string(b)
		}
		x.person("bob")
		m := x.join("bob", store.JoinRequest{})
		before := told("bob")
		_, err := s.Admit(x.ctx, "nora", x.id, m.ID, now)
		must(t, err)
		if after := told("bob"); after != before {
			t.Errorf("got %s, want %s", after, before)
		}
	})
}
