package mail_test

import (
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	stdmail "net/mail"
	"strings"
	"testing"
	"time"

	"parley/mail"
	"parley/store"
)

var now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func letter() *store.Letter {
	return &store.Letter{ID: "ABC2", To: "anna@example.org", Lang: "ru", Kind: "reset-password", Args: map[string]string{"Link": "/ru/sign-in/reset/XYZ"}}
}

func sender(t *testing.T, p *postOffice, change func(*mail.Config)) *mail.Sender {
	t.Helper()
	c := mail.Config{
		Host: "127.0.0.1", Port: p.Port, From: "Parley <letters@parley.example>", Origin: "https://parley.example/", Timeout: 3 * time.Second, Trust: p.Trust,
	}
	if change != nil {
		change(&c)
	}
	s, err := mail.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestALetterGoesOut(t *testing.T) {
	p := openPostOffice(t, &postOffice{STARTTLS: true}, false)
	s := sender(t, p, func(c *mail.Config) { c.Username, c.Password = "parley", "pass word" })
	if err := s.Send(context.Background(), letter(), now); err != nil {
		t.Fatal(err)
	}
	got := p.Letters()
	if len(got) != 1 || !got[0].Encrypted || got[0].User != "|parley|pass word" {
		t.Fatalf("got %+v", got)
	}
	if got[0].From != "MAIL FROM:<letters@parley.example>" || got[0].To != "RCPT TO:<anna@example.org>" {
		t.Errorf("got %q, %q", got[0].From, got[0].To)
	}
	m, parts := parsed(t, got[0].Data)
	for name, want := range map[string]string{
		"From": `"Parley" <letters@parley.example>`, "To": "<anna@example.org>", "Message-Id": "<abc2@parley.example>", "Auto-Submitted": "auto-generated",
		"X-Auto-Response-Suppress": "All", "Content-Language": "ru", "Date": "Sun, 22 Nov 2026 12:00:00 +0000", "X-Mailer": "", "User-Agent": "",
	} {
		if got := m.Header.Get(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	if subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")); err != nil || subject != "Сообщение для вас" {
		t.Errorf("got the subject %q, %v", subject, err)
	}
	const link = "https://parley.example/ru/sign-in/reset/XYZ"
	if !strings.Contains(parts["text/plain"], "\n\n"+link+"\n\n") {
		t.Errorf("got the text %q", parts["text/plain"])
	}
	if !strings.Contains(parts["text/html"], `<a href="`+link+`">`+link+`</a>`) || !strings.Contains(parts["text/html"], `<html lang="ru">`) {
		t.Errorf("got the page %q", parts["text/html"])
	}
}

func TestTLSFromTheFirstByteAndNone(t *testing.T) {
	p := openPostOffice(t, &postOffice{}, true)
	if err := sender(t, p, func(c *mail.Config) { c.Security = mail.TLS }).Send(context.Background(), letter(), now); err != nil {
		t.Error(err)
	}
	plain := openPostOffice(t, &postOffice{}, false)
	s := sender(t, plain, func(c *mail.Config) { c.Security, c.Username, c.Password = mail.Plain, "u", "p" })
	if err := s.Send(context.Background(), letter(), now); err != nil {
		t.Error(err)
	}
	if a, b := p.Letters(), plain.Letters(); len(a) != 1 || !a[0].Encrypted || len(b) != 1 || b[0].Encrypted {
		t.Errorf("got %+v, %+v", a, b)
	}
}

// Nothing is said in the clear to a server that cannot encrypt, or whose
// certificate is not its own.
func TestNoEncryptionNoLetter(t *testing.T) {
	bare := openPostOffice(t, &postOffice{}, false)
	forged := openPostOffice(t, &postOffice{STARTTLS: true}, false)
	for _, s := range []*mail.Sender{
		sender(t, bare, func(c *mail.Config) { c.Username, c.Password = "u", "p" }),
		sender(t, forged, func(c *mail.Config) { c.Trust = nil }),
	} {
		wantFailure(t, s.Send(context.Background(), letter(), now), false, "cannot be reached")
	}
	for _, p := range []*postOffice{bare, forged} {
		for _, c := range p.commands {
			if !strings.HasPrefix(c, "EHLO") && c != "STARTTLS" && c != "QUIT" && !strings.HasPrefix(c, "\x15\x03") {
				t.Errorf("said in the clear: %q", c)
			}
		}
		if len(p.Letters()) != 0 {
			t.Error("a letter went out")
		}
	}
}

func wantFailure(t *testing.T, err error, lasting bool, words string) {
	t.Helper()
	var f mail.Failure
	if !errors.As(err, &f) || f.Lasting() != lasting || !strings.Contains(f.Error(), words) || strings.Contains(f.Error(), "example") {
		t.Errorf("got %v (lasting %v), want %q (lasting %v) without the address", err, f.Lasting(), words, lasting)
	}
}

func TestWhatServersRefuse(t *testing.T) {
	for _, c := range []struct {
		verb, answer string
		lasting      bool
		words        string
	}{
		{"RCPT", "550 5.1.1 <anna@example.org> nobody here", true, "550 5.1.1"},
		{"RCPT", "451 4.7.1 anna@example.org try later", false, "451 4.7.1"},
		{"DATA", "554 5.7.1 we do not want it", true, "554 5.7.1"},
		{"MAIL", "421 4.3.2 not now", false, "421 4.3.2"},
		{"AUTH", "535 5.7.8 who are you", false, "cannot be reached"},
	} {
		p := openPostOffice(t, &postOffice{STARTTLS: true, Refuse: map[string]string{c.verb: c.answer}}, false)
		s := sender(t, p, func(c *mail.Config) { c.Username, c.Password = "u", "p" })
		wantFailure(t, s.Send(context.Background(), letter(), now), c.lasting, c.words)
	}
	s := sender(t, &postOffice{Port: 1}, nil)
	wantFailure(t, s.Send(context.Background(), letter(), now), false, "cannot be reached")
}

// Whatever stands in an address or an argument, it makes no header, no second
// addressee and no markup.
func TestNothingIsInjected(t *testing.T) {
	p := openPostOffice(t, &postOffice{STARTTLS: true}, false)
	s := sender(t, p, nil)
	for _, to := range []string{
		"anna@example.org\r\nBcc: all@example.org", "anna@example.org, boris@example.org", "anna@example.org>\r\nDATA", "", "anna",
		`"x\r\nBcc: y" <anna@example.org>`, "Anna <anna@example.org>", "anna@example.org\x00", "<anna@example.org> SIZE=1",
	} {
		l := letter()
		l.To = to
		wantFailure(t, s.Send(context.Background(), l, now), true, "cannot be one")
	}
	for _, link := range []string{"//evil.example", "https://evil.example", "/a b", "/a\r\nBcc: x", `/"><script>`, `/\evil.example`, "javascript:alert(1)"} {
		l := letter()
		l.Args = map[string]string{"Link": link}
		wantFailure(t, s.Send(context.Background(), l, now), true, "no path of this site")
	}
	l := letter()
	l.Kind = "no-such-kind"
	wantFailure(t, s.Send(context.Background(), l, now), true, "no words")
	if n := len(p.Letters()); n != 0 {
		t.Fatalf("%d letters went out", n)
	}
	l = letter()
	l.Kind, l.Lang = "message", "en\r\nBcc: all@example.org"
	l.Args = map[string]string{
		"From":    "x@example.org\r\nBcc: all@example.org",
		"Message": "<script>alert(1)</script>\r\n.\r\nMAIL FROM:<x>\r\n{{.From}}\r\n\r\nSubject: you won",
	}
	if err := s.Send(context.Background(), l, now); err != nil {
		t.Fatal(err)
	}
	got := p.Letters()
	if len(got) != 1 || strings.Count(got[0].To, "RCPT") != 1 {
		t.Fatalf("got %+v", got)
	}
	m, parts := parsed(t, got[0].Data)
	if m.Header.Get("Bcc") != "" || m.Header.Get("Subject") != "A message for you" || m.Header.Get("Content-Language") != "en" {
		t.Errorf("got the headers %v", m.Header)
	}
	if !strings.Contains(parts["text/plain"], "\n.\nMAIL FROM:<x>\n{{.From}}\n") {
		t.Errorf("got the text %q", parts["text/plain"])
	}
	if strings.Contains(parts["text/html"], "<script") || !strings.Contains(parts["text/html"], "&lt;script&gt;") {
		t.Errorf("got the page %q", parts["text/html"])
	}
}

func TestConfigurationsThatCannotBe(t *testing.T) {
	good := mail.Config{Host: "post.example", From: "a@b.example", Origin: "https://c.example"}
	if _, err := mail.New(good); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*mail.Config){
		"no host":     func(c *mail.Config) { c.Host = "" },
		"no sender":   func(c *mail.Config) { c.From = "" },
		"bad sender":  func(c *mail.Config) { c.From = "a@b.example\r\nBcc: c@d.example" },
		"no origin":   func(c *mail.Config) { c.Origin = "parley.example" },
		"bad port":    func(c *mail.Config) { c.Port = 70000 },
		"no security": func(c *mail.Config) { c.Security = "perhaps" },
	} {
		c := good
		change(&c)
		if _, err := mail.New(c); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// parsed reads a message as another program would.
func parsed(t *testing.T, data string) (*stdmail.Message, map[string]string) {
	t.Helper()
	m, err := stdmail.ReadMessage(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("got %q, %v", kind, err)
	}
	parts := map[string]string{}
	for r := multipart.NewReader(m.Body, params["boundary"]); ; {
		p, err := r.NextRawPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		kind, _, _ := mime.ParseMediaType(p.Header.Get("Content-Type"))
		b, err := io.ReadAll(quotedprintable.NewReader(p))
		if err != nil {
			t.Fatal(err)
		}
		parts[kind] = strings.ReplaceAll(string(b), "\r\n", "\n")
	}
	return m, parts
}
