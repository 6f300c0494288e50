package main

import (
	"bufio"
	"context"
	"log/slog"
	"net"
	"strings"
	"testing"
	"time"

	"parley/store/storetest"
)

// A letter that waits is brought to the mail server that the flags name.
func TestLettersGoToTheMailServer(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	greeted := make(chan string, 1)
	go func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		c.Write([]byte("220 post.example\r\n"))
		line, _ := bufio.NewReader(c).ReadString('\n')
		greeted <- line
	}()
	st := storetest.Open(t, storetest.SQLite(t))
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	id, err := st.Invent(ctx, "anna", "en", time.Now())
	if err == nil {
		err = st.AskEmail(ctx, id, "anna@example.org", time.Now())
	}
	if err != nil {
		t.Fatal(err)
	}
	flags := smtpFlags{Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, Security: "none", From: "parley@parley.example"}
	sender, err := flags.sender(quiet("en"), "https://parley.example")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() { defer close(done); jobs(st, slog.New(slog.DiscardHandler), sender)(ctx) }()
	select {
	case line := <-greeted:
		if !strings.HasPrefix(line, "EHLO parley.example") {
			t.Errorf("got %q", line)
		}
	case <-time.After(10 * time.Second):
		t.Error("nobody came")
	}
	stop()
	<-done
}
