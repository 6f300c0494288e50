package mail_test

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// postOffice is a mail server small enough to be read at once.
type postOffice struct {
	Port     int
	Trust    *tls.Config       // for who connects
	Refuse   map[string]string // a command's first word to the answer that refuses it
	STARTTLS bool

	config   *tls.Config
	mu       sync.Mutex
	letters  []received
	commands []string
}

type received struct {
	From, To, Data, User string
	Encrypted            bool
}

func openPostOffice(t *testing.T, p *postOffice, fromFirstByte bool) *postOffice {
	t.Helper()
	p.config, p.Trust = certificate(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.Port = l.Addr().(*net.TCPAddr).Port
	if fromFirstByte {
		l = tls.NewListener(l, p.config)
	}
	var open sync.WaitGroup
	open.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			open.Go(func() { defer c.Close(); p.serve(c, fromFirstByte) })
		}
	})
	t.Cleanup(func() { l.Close(); open.Wait() })
	return p
}

// serve answers one connection.
func (p *postOffice) serve(c net.Conn, encrypted bool) {
	c.SetDeadline(time.Now().Add(5 * time.Second))
	in := bufio.NewReader(c)
	say := func(line string) { fmt.Fprintf(c, "%s\r\n", line) }
	say("220 post.example ESMTP")
	l := received{Encrypted: encrypted}
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		verb := strings.ToUpper(strings.Fields(line + " ?")[0])
		p.note(line)
		if refusal, ok := p.Refuse[verb]; ok {
			say(refusal)
			continue
		}
		switch verb {
		case "EHLO":
			say("250-post.example")
			if p.STARTTLS && !l.Encrypted {
				say("250-STARTTLS")
			}
			say("250-ENHANCEDSTATUSCODES")
			say("250 AUTH PLAIN")
		case "STARTTLS":
			say("220 go on")
			c = tls.Server(c, p.config)
			in, l.Encrypted = bufio.NewReader(c), true
		case "AUTH":
			b, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(line, "AUTH PLAIN "))
			l.User = strings.ReplaceAll(string(b), "\x00", "|")
			say("235 welcome")
		case "MAIL":
			l.From = line
			say("250 ok")
		case "RCPT":
			l.To += line
			say("250 ok")
		case "DATA":
			say("354 go on")
			l.Data = ""
			for {
				if line, err = in.ReadString('\n'); err != nil {
					return
				}
				if line == ".\r\n" {
					break
				}
				l.Data += strings.TrimPrefix(line, ".")
			}
			p.keep(l)
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

func (p *postOffice) note(line string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.commands = append(p.commands, line)
}

func (p *postOffice) keep(l received) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.letters = append(p.letters, l)
}

// Letters are those that were taken.
func (p *postOffice) Letters() []received {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]received{}, p.letters...)
}

// certificate is a server's for 127.0.0.1, and what trusts it.
func certificate(t *testing.T) (server, client *tls.Config) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, form, form, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	server = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
	return server, &tls.Config{RootCAs: pool, ServerName: "127.0.0.1"}
}
