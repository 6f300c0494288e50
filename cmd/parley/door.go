package main

import (
	"log/slog"
	"net/netip"
	"net/url"
	"os"
	"strings"

	"parley/mail"
	"parley/web"
)

// doorFlags say where people find the site, and who stands before it.
type doorFlags struct {
	Origin       string   `help:"${flag_origin}" env:"PARLEY_ORIGIN" placeholder:"https://parley.example"`
	TrustedProxy []string `help:"${flag_trusted_proxy}" env:"PARLEY_TRUSTED_PROXY" placeholder:"10.0.0.0/8,..."`
}

// origin is the public address, that of the listener where none was given.
func (f *doorFlags) origin(s *session, listener string) (string, error) {
	if f.Origin == "" {
		return listener, nil
	}
	u, err := url.Parse(f.Origin)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil ||
		strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return "", s.wrong("usage.origin", "Got", f.Origin)
	}
	return u.Scheme + "://" + u.Host, nil
}

// proxies are those whose forwarding headers are believed.
func (f *doorFlags) proxies(s *session) ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, text := range f.TrustedProxy {
		text = strings.TrimSpace(text)
		if a, err := netip.ParseAddr(text); err == nil {
			out = append(out, netip.PrefixFrom(a, a.BitLen()))
			continue
		}
		p, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, s.wrong("usage.trusted-proxy", "Got", text)
		}
		out = append(out, p.Masked())
	}
	return out, nil
}

// exposed reports whether an address would carry people's secrets through a
// network in the clear.
func exposed(origin string) bool {
	u, err := url.Parse(origin)
	if err != nil || u.Scheme == "https" || u.Hostname() == "localhost" {
		return false
	}
	a, err := netip.ParseAddr(u.Hostname())
	return err != nil || !a.IsLoopback()
}

// smtpFlags say through which mail server letters go; without a host they stay
// in the outbox.
type smtpFlags struct {
	Host         string `name:"smtp-host" help:"${flag_smtp_host}" env:"PARLEY_SMTP_HOST" placeholder:"HOST"`
	Port         int    `name:"smtp-port" help:"${flag_smtp_port}" env:"PARLEY_SMTP_PORT" placeholder:"587"`
	Security     string `name:"smtp-security" help:"${flag_smtp_security}" enum:"starttls,tls,none" default:"starttls" env:"PARLEY_SMTP_SECURITY" placeholder:"starttls"`
	From         string `name:"smtp-from" help:"${flag_smtp_from}" env:"PARLEY_SMTP_FROM" placeholder:"ADDRESS"`
	User         string `name:"smtp-user" help:"${flag_smtp_user}" env:"PARLEY_SMTP_USER" placeholder:"NAME"`
	Password     string `name:"smtp-password" help:"${flag_secret_value}" env:"PARLEY_SMTP_PASSWORD" placeholder:"SECRET"`
	PasswordFile string `name:"smtp-password-file" help:"${flag_secret_file}" env:"PARLEY_SMTP_PASSWORD_FILE" placeholder:"FILE"`
}

// sender is nil where no mail server is named.
func (f *smtpFlags) sender(s *session, origin string) (*mail.Sender, error) {
	if f.Host == "" {
		return nil, nil
	}
	if f.From == "" {
		return nil, s.wrong("usage.smtp-from")
	}
	password, err := s.secret(f.Password, f.PasswordFile)
	if err != nil {
		return nil, err
	}
	m, err := mail.New(mail.Config{
		Host: f.Host, Port: f.Port, Security: f.Security, From: f.From, Username: f.User, Password: password, Origin: origin,
	})
	if err != nil {
		return nil, s.wrong("usage.smtp", "Why", err.Error())
	}
	return m, nil
}

// oidcFlags name an OpenID provider through which people may sign in.
type oidcFlags struct {
	Issuer     string `name:"oidc-issuer" help:"${flag_oidc_issuer}" env:"PARLEY_OIDC_ISSUER" placeholder:"https://id.example"`
	Client     string `name:"oidc-client" help:"${flag_oidc_client}" env:"PARLEY_OIDC_CLIENT" placeholder:"ID"`
	Secret     string `name:"oidc-secret" help:"${flag_secret_value}" env:"PARLEY_OIDC_SECRET" placeholder:"SECRET"`
	SecretFile string `name:"oidc-secret-file" help:"${flag_secret_file}" env:"PARLEY_OIDC_SECRET_FILE" placeholder:"FILE"`
	Name       string `name:"oidc-name" help:"${flag_oidc_name}" env:"PARLEY_OIDC_NAME" placeholder:"NAME"`
}

// provider is nil where none is named.
func (f *oidcFlags) provider(s *session) (*web.OIDC, error) {
	if f.Issuer == "" {
		return nil, nil
	}
	u, err := url.Parse(f.Issuer)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || f.Client == "" {
		return nil, s.wrong("usage.oidc")
	}
	secret, err := s.secret(f.Secret, f.SecretFile)
	if err != nil {
		return nil, err
	}
	name := f.Name
	if name == "" {
		name = u.Hostname()
	}
	return &web.OIDC{Issuer: f.Issuer, ClientID: f.Client, ClientSecret: secret, Name: name}, nil
}

// secret is a value, or the content of a file, without the line break at its
// end.
func (s *session) secret(value, file string) (string, error) {
	if file == "" {
		return value, nil
	}
	if value != "" {
		return "", s.wrong("usage.secret-both", "File", file)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return "", s.cannot("secret.failed", "File", file, "Why", s.reason(err))
	}
	return strings.TrimRight(string(b), "\r\n"), nil
}

// newLog is the log of a server, in the form that was asked for.
func (s *session) newLog(format string) *slog.Logger {
	if format == "json" {
		return slog.New(slog.NewJSONHandler(s.errOut, nil))
	}
	return slog.New(slog.NewTextHandler(s.errOut, nil))
}
