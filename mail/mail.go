// Package mail turns the letters of the outbox into messages and hands them to a
// mail server. It knows the words of letters and nothing of why one is written.
// A subject says nothing, and no letter names a dialogue, a side or a person: it
// may be read over a shoulder, and mail servers keep what passes through them. Of
// what was written it shows what everybody may read, and nothing of other rooms.
package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	stdmail "net/mail"
	"net/url"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"parley/store"
)

// How the connection to the mail server is protected.
const (
	STARTTLS = "starttls" // plain at first, then TLS, or nothing is sent
	TLS      = "tls"      // TLS from the first byte
	Plain    = "none"     // not at all: for a mail server on the same machine
)

// Config says through which server letters go.
type Config struct {
	Host     string
	Port     int    // 0: 587, with TLS 465, with none 25
	Security string // STARTTLS (also where empty), TLS or Plain
	Username string // empty: without signing in
	Password string
	From     string // the address of the sender, perhaps with a name
	Origin   string // the public address of the site: https://parley.example

	Timeout time.Duration // of one letter; 0 is 30 s
	Trust   *tls.Config   // nil: the certificate must be good for Host
}

// Sender sends letters. It is safe for use by many goroutines.
type Sender struct {
	config Config
	from   *stdmail.Address
	host   string // of the site, for message ids and greetings
	port   int
}

// New checks the configuration. It connects to nothing.
func New(c Config) (*Sender, error) {
	from, err := stdmail.ParseAddress(c.From)
	if err != nil {
		return nil, fmt.Errorf("the sender's address %q: %w", c.From, err)
	}
	origin, err := url.Parse(c.Origin)
	if err != nil || origin.Scheme != "http" && origin.Scheme != "https" || origin.Hostname() == "" {
		return nil, fmt.Errorf("the address of the site %q is no http or https address", c.Origin)
	}
	c.Origin = strings.TrimRight(c.Origin, "/")
	usual, known := map[string]int{"": 587, STARTTLS: 587, TLS: 465, Plain: 25}[c.Security]
	if !known {
		return nil, fmt.Errorf("the security of the mail server is %s, %s or %s, not %q", STARTTLS, TLS, Plain, c.Security)
	}
	if c.Timeout <= 0 {
		c.Timeout = 30 * time.Second
	}
	s := &Sender{config: c, from: from, host: origin.Hostname(), port: c.Port}
	if s.port == 0 {
		s.port = usual
	}
	if _, err := s.client(); err != nil {
		return nil, err
	}
	return s, nil
}

func (s *Sender) client() (*gomail.Client, error) {
	c := s.config
	options := []gomail.Option{gomail.WithPort(s.port), gomail.WithTimeout(c.Timeout), gomail.WithHELO(s.host), gomail.WithoutNoop()}
	switch c.Security {
	case TLS:
		options = append(options, gomail.WithSSL())
	case Plain:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if c.Trust != nil {
		options = append(options, gomail.WithTLSConfig(c.Trust))
	}
	if c.Username != "" {
		auth := gomail.SMTPAuthAutoDiscover
		if c.Security == Plain {
			auth = gomail.SMTPAuthPlainNoEnc
		}
		options = append(options, gomail.WithSMTPAuth(auth), gomail.WithUsername(c.Username), gomail.WithPassword(c.Password))
	}
	return gomail.NewClient(c.Host, options...)
}

// Failure is why a letter did not go out, without any address in it.
type Failure struct {
	cause   string
	lasting bool
}

func (f Failure) Error() string { return f.cause }

// Lasting reports whether trying again would bring the same.
func (f Failure) Lasting() bool { return f.lasting }

// Send hands one letter to the mail server. Its error is a Failure.
func (s *Sender) Send(ctx context.Context, l *store.Letter, now time.Time) error {
	m, err := s.message(l, now)
	if err != nil {
		return Failure{err.Error(), true}
	}
	client, err := s.client()
	if err != nil {
		return Failure{"the mail server is set wrongly", false}
	}
	ctx, cancel := context.WithTimeout(ctx, s.config.Timeout)
	defer cancel()
	return failure(client.DialAndSendWithContext(ctx, m))
}

// failure says what went wrong in words of our own: what servers and libraries
// say may quote the address.
func failure(err error) error {
	if err == nil {
		return nil
	}
	var refused *gomail.SendError
	if !errors.As(err, &refused) {
		return Failure{"the mail server cannot be reached, or does not let us in", false}
	}
	if refused.Reason == gomail.ErrSMTPReset || refused.Reason == gomail.ErrConnCheck && refused.ErrorCode() == 0 {
		return Failure{"the connection to the mail server broke", false}
	}
	cause := fmt.Sprintf("the mail server refused the letter: %d %s", refused.ErrorCode(), refused.EnhancedStatusCode())
	return Failure{strings.TrimSpace(cause), !refused.IsTemp() && refused.ErrorCode() >= 500}
}

// message is the letter as it goes out.
func (s *Sender) message(l *store.Letter, now time.Time) (*gomail.Msg, error) {
	to, err := stdmail.ParseAddress(l.To)
	if err != nil || to.Name != "" {
		return nil, errors.New("the address cannot be one")
	}
	w, err := Write(l, s.config.Origin)
	if err != nil {
		return nil, err
	}
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	m.FromMailAddress(s.from)
	m.ToMailAddress(to)
	m.Subject(w.Subject)
	m.SetDateWithValue(now)
	// The same letter sent twice, after a crash, is one to the reader's program.
	m.SetMessageIDWithValue(strings.ToLower(l.ID) + "@" + s.host)
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.SetGenHeader(gomail.HeaderXAutoResponseSuppress, "All")
	m.SetGenHeader(gomail.HeaderContentLang, w.Lang)
	s.list(m, l)
	m.SetBodyString(gomail.TypeTextPlain, w.Text)
	m.AddAlternativeString(gomail.TypeTextHTML, w.HTML)
	return m, nil
}
