package account_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/crypto/argon2"

	"parley/account"
)

func TestPasswordHasItsHash(t *testing.T) {
	ctx, h := context.Background(), account.NewHasher(2)
	salt := []byte("0123456789abcdef")
	hash, err := h.Hash(ctx, "three brown owls é", salt)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$") {
		t.Errorf("got %q", hash)
	}
	for password, want := range map[string]bool{
		"three brown owls é":       true,
		"three brown owls e\u0301": true, // the letter in two parts
		"three brown owls":         false,
		"Three brown owls é":       false,
		"":                         false,
	} {
		if got, err := h.Matches(ctx, hash, password); got != want || err != nil {
			t.Errorf("%q: got %t, %v", password, got, err)
		}
	}
	if other, _ := h.Hash(ctx, "three brown owls é", []byte("another salt 123")); other == hash {
		t.Error("the salt makes no difference")
	}
}

// Costs may rise one day: hashes of other costs stay good.
func TestHashesOfOtherCostsStayGood(t *testing.T) {
	salt := []byte("0123456789abcdef")
	sum := argon2.IDKey([]byte("three brown owls"), salt, 3, 64, 2, 32)
	old := fmt.Sprintf("$argon2id$v=19$m=64,t=3,p=2$%s$%s", base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(sum))
	for password, want := range map[string]bool{"three brown owls": true, "three brown owl": false} {
		if right, err := account.NewHasher(1).Matches(context.Background(), old, password); right != want || err != nil {
			t.Errorf("%q: %v, %v; want %v", password, right, err, want)
		}
	}
}

// NoHash must be a hash that is worked on like any other, and is nobody's.
func TestNoHashIsCheckedAndNeverRight(t *testing.T) {
	for _, password := range []string{"", "x", "three brown owls"} {
		if right, err := account.NewHasher(1).Matches(context.Background(), account.NoHash, password); right || err != nil {
			t.Errorf("%q: got %t, %v", password, right, err)
		}
	}
}

func TestDamagedHashIsAnError(t *testing.T) {
	for _, hash := range []string{
		"", "x", "$argon2id$v=19$m=19456,t=2,p=1$", "$argon2id$v=19$m=19456,t=2,p=1$AAAA$AAAA",
		"$argon2id$v=19$m=19456,t=2,p=1$!$!", strings.Replace(account.NoHash, "t=2", "t=0", 1), strings.Replace(account.NoHash, "m=19456", "m=99999999", 1), strings.Replace(account.NoHash, "2id", "2i", 1),
	} {
		if right, err := account.NewHasher(1).Matches(context.Background(), hash, "x"); right || err == nil {
			t.Errorf("%q: got %t, %v", hash, right, err)
		}
	}
}

func TestWhoGoesAwayIsNotHashed(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := account.NewHasher(1).Hash(ctx, "x", make([]byte, account.SaltLength)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// BenchmarkHash is one password; bare is the same work without the line and the
// collector.
func BenchmarkHash(b *testing.B) {
	salt := make([]byte, account.SaltLength)
	b.Run("hasher", func(b *testing.B) {
		h := account.NewHasher(2)
		for b.Loop() {
			if _, err := h.Hash(context.Background(), "three brown owls", salt); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("bare", func(b *testing.B) {
		for b.Loop() {
			argon2.IDKey([]byte("three brown owls"), salt, 2, 19*1024, 1, 32)
		}
	})
}
