package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWherePeopleFindTheSite(t *testing.T) {
	for _, c := range []struct{ given, want string }{
		{"", "http://127.0.0.1:8080"},
		{"https://parley.example", "https://parley.example"},
		{"https://parley.example/", "https://parley.example"},
		{"http://localhost:8080", "http://localhost:8080"},
		{"parley.example", ""},
		{"ftp://parley.example", ""},
		{"https://parley.example/forum", ""},
		{"https://parley.example?x", ""},
		{"https://parley.example#x", ""},
		{"https://me:secret@parley.example", ""},
		{"https://", ""},
		{"https://a b", ""},
	} {
		got, err := (&doorFlags{Origin: c.given}).origin(quiet("en"), "http://127.0.0.1:8080")
		if got != c.want || (c.want == "") != errors.As(err, new(usageError)) {
			t.Errorf("%q: got %q, %v", c.given, got, err)
		}
	}
}

func TestWhatWouldGoInTheClear(t *testing.T) {
	for origin, want := range map[string]bool{
		"https://parley.example": false, "http://localhost:1": false, "http://127.0.0.1:1": false, "http://[::1]:1": false,
		"http://parley.example": true, "http://192.168.1.2:8080": true, "http://0.0.0.0:8080": true,
	} {
		if got := exposed(origin); got != want {
			t.Errorf("%s: got %v", origin, got)
		}
	}
}

func TestWhichProxiesAreBelieved(t *testing.T) {
	got, err := (&doorFlags{TrustedProxy: []string{"127.0.0.1", " 10.1.2.3/8", "::1", "fd00::/8"}}).proxies(quiet("en"))
	if err != nil || fmt.Sprint(got) != "[127.0.0.1/32 10.0.0.0/8 ::1/128 fd00::/8]" {
		t.Errorf("got %v, %v", got, err)
	}
	for _, bad := range []string{"", "everybody", "10.0.0.0/33", "10.0.0"} {
		if _, err := (&doorFlags{TrustedProxy: []string{bad}}).proxies(quiet("en")); !errors.As(err, new(usageError)) {
			t.Errorf("%q: got %v", bad, err)
		}
	}
}

func TestASecretFromAFile(t *testing.T) {
	s := quiet("en")
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte(" pass word \r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := s.secret("", file); err != nil || got != " pass word " {
		t.Errorf("got %q, %v", got, err)
	}
	if got, err := s.secret("typed", ""); err != nil || got != "typed" {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := s.secret("typed", file); !errors.As(err, new(usageError)) || strings.Contains(err.Error(), "typed") {
		t.Errorf("got %v", err)
	}
	if _, err := s.secret("", file+"x"); err == nil || errors.As(err, new(usageError)) {
		t.Errorf("got %v", err)
	}
}

func TestAProviderAndASender(t *testing.T) {
	s := quiet("en")
	if p, err := (&oidcFlags{}).provider(s); p != nil || err != nil {
		t.Errorf("nobody asked: got %+v, %v", p, err)
	}
	p, err := (&oidcFlags{Issuer: "https://id.example/realm", Client: "parley", Secret: "x"}).provider(s)
	if err != nil || p.Name != "id.example" || p.ClientID != "parley" || p.ClientSecret != "x" || p.Issuer != "https://id.example/realm" {
		t.Errorf("got %+v, %v", p, err)
	}
	if m, err := (&smtpFlags{}).sender(s, "https://parley.example"); m != nil || err != nil {
		t.Errorf("nobody asked: got %+v, %v", m, err)
	}
	if m, err := (&smtpFlags{Host: "post.example", From: "a@b.example"}).sender(s, "https://parley.example"); m == nil || err != nil {
		t.Errorf("got %+v, %v", m, err)
	}
}
