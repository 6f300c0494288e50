package mail

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	gomail "github.com/wneessen/go-mail"

	"parley/store"
)

// list adds what programs for reading letters need of one that comes again and
// again: which list it is of, how to end it with one click (RFC 8058), and to
// which thread it belongs. A signature (DKIM) must cover both headers of
// List-Unsubscribe: see doc/security.md.
func (s *Sender) list(m *gomail.Msg, l *store.Letter) {
	if l.Unsubscribe == "" {
		return
	}
	m.SetGenHeader("List-Id", fmt.Sprintf("parley <notices.%s>", s.host))
	m.SetGenHeader("List-Unsubscribe", "<"+s.config.Origin+unsubscribePath(l)+">")
	m.SetGenHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
	m.SetGenHeader("Precedence", "list")
	if thread := s.thread(l); thread != "" {
		m.SetGenHeader("References", thread)
		m.SetGenHeader("In-Reply-To", thread)
	}
}

func unsubscribePath(l *store.Letter) string { return "/unsubscribe/" + l.Unsubscribe }

// thread names the conversation of a letter about one thing: a message that was
// never sent, another for each reader, and telling nothing of what it is.
func (s *Sender) thread(l *store.Letter) string {
	if l.Kind != store.NoticeLetter || len(l.Notices) != 1 {
		return ""
	}
	e := l.Notices[0].Event
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %s %d", s.host, l.Person, e.Dialogue, e.Root))
	return "<thread." + hex.EncodeToString(sum[:12]) + "@" + s.host + ">"
}
