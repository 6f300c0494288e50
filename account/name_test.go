package account_test

import (
	"strings"
	"testing"

	"parley/account"
	"parley/fault"
)

// faulty makes sure that err is the fault of that key, or none for "".
func faulty(t *testing.T, what string, err error, key string) {
	t.Helper()
	got := ""
	if f, ok := fault.As(err); ok {
		got = f.Key
	} else if err != nil {
		t.Errorf("%q: %v is no fault", what, err)
	}
	if got != key {
		t.Errorf("%q: got %q, want %q", what, got, key)
	}
}

func TestNamesAreFolded(t *testing.T) {
	for typed, want := range map[string]string{
		" Olga ":       "olga",
		"ОЛЬГА":        "ольга",
		"И\u0306ося":   "йося", // the letter in two parts
		"Straße":       "strasse",
		"ｏｌｇａ":         "olga", // full width
		"a.b_c-1":      "a.b_c-1",
		"O@Example.EU": "o@example.eu",
	} {
		if got := account.FoldName(typed); got != want {
			t.Errorf("%q: got %q, want %q", typed, got, want)
		}
		if got := account.FoldName(account.FoldName(typed)); got != want {
			t.Errorf("%q: folding twice is another thing: %q", typed, got)
		}
	}
}

func TestNamesToSignInWith(t *testing.T) {
	for name, key := range map[string]string{
		"ann":                   "",
		"ольга.7":               "",
		"a-b_c.d":               "",
		strings.Repeat("я", 64): "",
		"ab":                    "account.name-length",
		"":                      "account.name-length",
		strings.Repeat("я", 65): "account.name-length",
		"ann@home":              "account.name-letters",
		"two words":             "account.name-letters",
		"-ann":                  "account.name-letters",
		"ann\u200b":             "account.name-letters",
		"ann\n":                 "account.name-letters",
		"<b>":                   "account.name-letters",
		"\u0301abc":             "account.name-letters",
		"ann\u202eolga":         "account.name-letters",
		"👩‍🚀 in orbit":          "account.name-letters",
		"\xff\xfe\xfd":          "account.name-letters",
		"a/b":                   "account.name-letters",
		"नमस्ते":                "",
	} {
		faulty(t, name, account.CheckName(name), key)
	}
}

func TestAddressesAreToldFromNames(t *testing.T) {
	if !account.IsEmail("a@b") || account.IsEmail("ann") {
		t.Error("told wrongly")
	}
	if account.FoldEmail(" Ann@Example.ORG ") != "ann@example.org" {
		t.Error("folded wrongly")
	}
}
