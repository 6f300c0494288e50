package store_test

import (
	"bytes"
	"context"
	"encoding/base32"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"parley/account"
	"parley/fault"
	"parley/store"
	"parley/store/storetest"
)

func TestKeysOfAServer(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, c store.Config) {
		ctx := context.Background()
		keys := func() (a, b []byte) {
			s, err := store.Open(ctx, c)
			must(t, err)
			defer s.Close()
			a, err = s.Secret(ctx, "challenge")
			must(t, err)
			b, err = s.Secret(ctx, "cookie")
			must(t, err)
			return a, b
		}
		a, b := keys()
		again, _ := keys()
		if len(a) != 32 || bytes.Equal(a, b) || !bytes.Equal(a, again) {
			t.Errorf("got %x, %x and again %x", a, b, again)
		}
		other, err := storetest.Open(t, storetest.SQLite(t)).Secret(ctx, "challenge")
		must(t, err)
		if bytes.Equal(a, other) {
			t.Error("two servers have one key")
		}
	})
}

// Promise 24: what opens an account stands nowhere in the database nor in its
// files, not even when it was used: passwords, secrets of sessions and devices,
// codes, the owner's link, and what people typed by mistake. (A link in a letter
// stands in the outbox until the letter is sent, and is good for an hour or a
// day.)
func TestNoSecretIsKeptInTheClear(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, c store.Config) {
		s, err := store.Open(context.Background(), c)
		must(t, err)
		secrets := liveWithSecrets(t, s)
		look := func(where, content string) {
			for what, secret := range secrets {
				if strings.Contains(content, secret) {
					t.Errorf("%s holds %s", where, what)
				}
			}
		}
		tables := state(t, s)
		if !strings.Contains(tables, "olga@example.org") {
			t.Error("the tables were not looked at")
		}
		look("a table", tables)
		must(t, s.Close())
		if c.Dir == "" {
			return
		}
		files, err := filepath.Glob(filepath.Join(c.Dir, "*"))
		must(t, err)
		for _, name := range files {
			content, err := os.ReadFile(name)
			must(t, err)
			look(filepath.Base(name), string(content))
		}
	})
}

// liveWithSecrets has somebody use all that opens an account, and returns it.
func liveWithSecrets(t *testing.T, s *store.Store) map[string]string {
	t.Helper()
	ctx := context.Background()
	link, err := s.OwnerLink(ctx, now)
	must(t, err)
	o, codes, err := s.SignUp(ctx, store.NewPerson{Name: "olga", Lang: "ru", Password: goodPassword, OwnerLink: link}, "", now)
	must(t, err)
	device, err := s.KnownDevice(ctx, o.Person)
	must(t, err)
	phone := withApp(t, s, o.Person, now)
	half, err := s.SignIn(ctx, "olga", goodPassword, device, "", now)
	must(t, err)
	whole, err := s.ProveCode(ctx, half.Secret, codes[0], now)
	must(t, err)
	_, err = s.SignIn(ctx, "my secret typed as a name", "my secret typed as a password", "", "", now)
	wantFault(t, err, fault.Invalid, "account.wrong")
	confirmed(t, s, o.Person, "olga@example.org")
	must(t, s.AskReset(ctx, "olga@example.org", now))
	must(t, s.ResetPassword(ctx, path.Base(one(t, s, "reset-password", "olga@example.org", now)), otherPassword, now))
	_, err = s.Spend(ctx, "challenge of a passkey", now, now)
	must(t, err)
	return map[string]string{
		"the owner's link": link, "a password": goodPassword, "a new password": otherPassword,
		"a session": o.Secret, "a halfway session": half.Secret, "a later session": whole.Secret, "a device": device,
		"a used code": codes[0], "a code": codes[1], "a code without dashes": plainCode(t, codes[2]),
		"the secret of an app": string(phone), "the same in base32": base32.StdEncoding.EncodeToString(phone),
		"a name that was typed": "my secret typed as a name", "a password that was typed": "my secret typed as a password",
		"a challenge": "challenge of a passkey",
	}
}

func plainCode(t *testing.T, code string) string {
	t.Helper()
	plain, ok := account.AsRecoveryCode(code)
	if !ok {
		t.Fatalf("%q is no recovery code", code)
	}
	return plain
}
