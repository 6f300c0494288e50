package browsertest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley/feed"
	"parley/markup"
	"parley/notice"
)

// foundFeed is what a program that nobody here wrote finds in a feed.
type foundFeed struct {
	Format  string
	Entries []struct{ ID, Title, Updated, Address, HTML string }
}

// readFeed has feedsmith read a document; err where it is no feed.
func readFeed(t *testing.T, doc []byte) (found foundFeed, err error) {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no node")
	}
	if _, err := os.Stat(filepath.Join("node_modules", "feedsmith")); errors.Is(err, os.ErrNotExist) {
		t.Skip("no feedsmith: run make needs")
	}
	cmd := exec.Command(node, "feed.mjs")
	cmd.Stdin = bytes.NewReader(doc)
	out, err := cmd.Output()
	if err != nil {
		return found, err
	}
	return found, json.Unmarshal(out, &found)
}

// wellFormed has xmllint read a document.
func wellFormed(t *testing.T, doc []byte) error {
	t.Helper()
	lint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("no xmllint: install libxml2-utils")
	}
	cmd := exec.Command(lint, "--noout", "--nonet", "-")
	cmd.Stdin = bytes.NewReader(doc)
	return cmd.Run()
}

// poisonedFeed is a feed into which the corpus was written wherever people can.
func poisonedFeed(corpus []string) *feed.Feed {
	at := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	f := &feed.Feed{
		ID: "tag:parley.example,2026:towns/feed", Lang: "en", Title: corpus[0], Updated: at, Home: "https://parley.example/en/towns",
		Self: feed.Addresses{Atom: "https://parley.example/en/towns/feed.atom", JSON: "https://parley.example/en/towns/feed.json"},
	}
	for i, words := range corpus {
		rendered := string(markup.HTML(words, 2))
		f.Entries = append(f.Entries, feed.Entry{
			ID: fmt.Sprintf("tag:parley.example,2026:towns/%d", i+1), Address: fmt.Sprintf("https://parley.example/en/towns/item/%d", i+1), Lang: "en",
			Title: "x " + words, Summary: notice.Plain(rendered, 300), HTML: rendered, Author: words, Tags: []string{words}, Published: at, Updated: at,
		})
	}
	return f
}

// visible are words without signs that XML cannot hold, and without space around.
func visible(words string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == '\uFFFD' {
			return -1
		}
		return r
	}, words))
}

// Programs of others read both forms, find the same in them, and refuse copies
// that are broken.
func TestFeedsAreReadByOthers(t *testing.T) {
	f := poisonedFeed(payloads(t))
	atom, err := feed.Atom(f)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := feed.JSON(f)
	if err != nil {
		t.Fatal(err)
	}
	if err := wellFormed(t, atom); err != nil {
		t.Errorf("xmllint: %v", err)
	}
	for form, doc := range map[string][]byte{"atom": atom, "json": plain} {
		found, err := readFeed(t, doc)
		if err != nil {
			t.Fatalf("%s: %v", form, err)
		}
		if found.Format != form || len(found.Entries) != len(f.Entries) {
			t.Fatalf("%s: got %d entries in the form %s", form, len(found.Entries), found.Format)
		}
		for i, e := range found.Entries {
			if want := f.Entries[i]; e.ID != want.ID || e.Address != want.Address || visible(e.HTML) != visible(want.HTML) {
				t.Errorf("%s: got %+v, want %+v", form, e, want)
			}
		}
	}
	for name, doc := range map[string][]byte{
		"no id":         bytes.Replace(atom, []byte("<id>tag:parley.example,2026:towns/7</id>"), nil, 1),
		"an id twice":   bytes.Replace(atom, []byte("towns/7</id>"), []byte("towns/8</id>"), 1),
		"no time":       bytes.Replace(atom, []byte("<updated>2026-07-01T12:00:00Z</updated>"), nil, 1),
		"no version":    bytes.Replace(plain, []byte("jsonfeed.org"), []byte("example.org"), 1),
		"an item alone": bytes.Replace(plain, []byte(`"url"`), []byte(`"lru"`), 1),
		"half of it":    plain[:len(plain)/2],
	} {
		if bytes.Equal(doc, atom) || bytes.Equal(doc, plain) {
			t.Errorf("%s: the copy is whole", name)
		}
		if _, err := readFeed(t, doc); err == nil {
			t.Errorf("%s: it was taken for a feed", name)
		}
	}
	if wellFormed(t, bytes.Replace(atom, []byte("&lt;"), []byte("<"), 1)) == nil {
		t.Error("xmllint takes anything")
	}
}

// TestFeedsInTheBrowser puts what a program finds in a feed into a page, as
// readers of feeds do, with no policy to help: nothing acts.
func TestFeedsInTheBrowser(t *testing.T) {
	b, all := newTab(t), payloads(t)
	b.trap()
	f := poisonedFeed(all)
	pages := map[string][]string{}
	for form, write := range map[string]func(*feed.Feed) ([]byte, error){"atom": feed.Atom, "json": feed.JSON} {
		doc, err := write(f)
		if err != nil {
			t.Fatal(err)
		}
		found, err := readFeed(t, doc)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range found.Entries {
			pages[form] = append(pages[form], e.HTML)
		}
	}
	pages["raw"] = all
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		list := pages[r.URL.Path[1:]]
		from, _ := strconv.Atoi(r.URL.Query().Get("from"))
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, "<!doctype html><title>x</title><main>")
		for _, words := range list[min(from, len(list)):min(from+perPage, len(list))] {
			fmt.Fprintf(w, "<article>%s</article>", words)
		}
		fmt.Fprint(w, "</main>")
	}))
	t.Cleanup(server.Close)
	active := 0
	for from := 0; from < len(all); from += perPage {
		for _, form := range []string{"atom", "json"} {
			b.visit(fmt.Sprintf("%s/%s?from=%d", server.URL, form, from))
			if sprung := b.sprung(); sprung > 0 {
				t.Errorf("%s: %q sprang %d traps", form, all[from:min(from+perPage, len(all))], sprung)
			}
		}
		b.visit(fmt.Sprintf("%s/raw?from=%d", server.URL, from))
		if b.sprung() > 0 {
			active++
		}
	}
	if active < 10 {
		t.Errorf("only %d pages of raw payloads sprang the trap: it does not work", active)
	}
}
