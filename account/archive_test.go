package account_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/account"
	"parley/i18n"
)

var made = time.Date(2026, 11, 22, 23, 30, 0, 0, time.UTC)

func everything(lang string) *account.Everything {
	const bad = "<script>alert(1)</script>"
	return &account.Everything{
		MadeAt:     made,
		Person:     account.Person{ID: "P", Name: "anna" + bad, Lang: lang, Zone: "Europe/Berlin", Email: "a@example.org", HasPassword: true, Codes: 10, CreatedAt: made},
		Sessions:   []account.Session{{ID: "s", Device: "Firefox" + bad, CreatedAt: made, ProvedAt: made, ExpiresAt: made}},
		Passkeys:   []account.Passkey{{ID: []byte{1}, Name: "phone" + bad, PublicKey: []byte{2}, CreatedAt: made}},
		Identities: []account.Identity{{Issuer: "https://id.example", Subject: "7", Label: "anna", CreatedAt: made}},
		Tokens:     []account.Token{{ID: "t", Name: "script", Scopes: account.Scopes, CreatedAt: made}},
		Mail:       []account.Mail{{Kind: "admitted", State: "done", QueuedAt: made, SentAt: made}},
		Memberships: []account.Belonging{{
			Dialogue: "river", Title: map[string]string{"en": "River" + bad, "ru": "Река" + bad}, Pseudonym: "Участник 7", State: "admitted", Sides: []string{"N", "S"},
			Roles: []account.RoleHeld{{Role: "convener"}, {Role: "registrar", Side: "N"}}, Mandate: "none" + bad, AskedAt: made, JoinedAt: made,
			Verified:    &account.NameChecked{Name: "Anna A.", Office: "Mayor", Sector: "official", Side: "N", At: made},
			Agreements:  []account.Agreed{{Version: 2, Lang: "en", Text: "We agree" + bad, At: made}},
			Consents:    []account.Consented{{Tick: "rules", GivenAt: made}, {Tick: "contact", GivenAt: made, WithdrawnAt: made}},
			Recommended: []string{"Participant 9"},
			Invitations: []account.Invited{{Role: "participant", Note: "for B", MadeAt: made}},
			Written: []account.Written{
				{Kind: "interest", ID: "N-1", Text: map[string]string{"en": "# Water", "ru": "# Вода"}},
				{Kind: "interest", ID: "../../etc/passwd", Text: map[string]string{"en": "x"}},
			},
		}},
	}
}

func packed(t *testing.T, e *account.Everything, lang string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := account.WriteArchive(&b, e, lang); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func unpacked(t *testing.T, b []byte) (names []string, content map[string]string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	content = map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		c, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, f.Name)
		content[f.Name] = string(c)
	}
	return names, content
}

func TestTheArchiveHoldsEverything(t *testing.T) {
	for _, lang := range i18n.Languages {
		b := packed(t, everything(lang), lang)
		if !bytes.Equal(b, packed(t, everything(lang), lang)) {
			t.Errorf("%s: the same data gives other bytes", lang)
		}
		names, content := unpacked(t, b)
		want := []string{"index.html", "data.json", "texts/river/001-N-1.en.md", "texts/river/001-N-1.ru.md", "texts/river/002-______etc_passwd.en.md"}
		if !slices.Equal(names, want) {
			t.Errorf("%s: got %q, want %q", lang, names, want)
		}
		if got := content["texts/river/001-N-1.ru.md"]; got != "# Вода\n" {
			t.Errorf("got %q", got)
		}
		page := content["index.html"]
		if strings.Contains(page, "<script") || strings.Contains(page, "[archive") || strings.Contains(page, "{{") {
			t.Errorf("%s: got the page %s", lang, page)
		}
		if !strings.Contains(page, i18n.For(lang).Date("2026-11-22")+", 23:30 UTC") {
			t.Errorf("%s: there is no time", lang)
		}
		var data map[string]any
		if err := json.Unmarshal([]byte(content["data.json"]), &data); err != nil {
			t.Fatal(err)
		}
		// Every word of the person stands both on the page and in the data.
		for _, word := range []string{
			"anna", "a@example.org", "Firefox", "phone", "https://id.example", "script", "admitted", "Участник 7", "registrar", "Anna A.", "Mayor",
			"We agree", "contact", "Participant 9", "for B", "# Water",
		} {
			if !strings.Contains(page, word) || !strings.Contains(content["data.json"], word) {
				t.Errorf("%s: %q stands on the page: %v, in the data: %v", lang, word, strings.Contains(page, word), strings.Contains(content["data.json"], word))
			}
		}
	}
}

func TestAnArchiveOfNearlyNothing(t *testing.T) {
	b := packed(t, &account.Everything{}, "en")
	names, content := unpacked(t, b)
	if !slices.Equal(names, []string{"index.html", "data.json"}) || !strings.Contains(content["index.html"], "You take part in none.") {
		t.Errorf("got %q, %s", names, content["index.html"])
	}
}
