package browsertest

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/account"
	"parley/demo"
	"parley/dialogue"
	"parley/dossier"
	"parley/examples"
	"parley/forum"
	"parley/job"
	"parley/opinion"
	"parley/store"
	"parley/web"
	"parley/writing"
)

// towns is a house in which the invented people have talked, on a site that is no
// demonstration, so that somebody with an account of their own can join them.
type towns struct {
	*house
	people map[string]account.PersonID // the guests, by key

	mail    sync.Mutex
	letters []store.Letter // that went out
}

// newTowns opens one.
func newTowns(t testing.TB) *towns {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	st, err := store.Open(ctx, store.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h := &towns{house: &house{TB: t, st: st, id: demo.Dialogue}, people: map[string]account.PersonID{}}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	h.at = "http://localhost:" + port
	for _, e := range examples.All() {
		d, err := dossier.Read(e.Name, e.Data)
		h.must(err)
		_, err = st.LoadDossier(ctx, d, time.Now())
		h.must(err)
	}
	guests, err := demo.Fill(ctx, st, time.Now())
	h.must(err)
	h.must(demo.Talk(ctx, st, guests, time.Now()))
	for _, g := range guests {
		h.people[g.Key] = g.Person
	}
	h.owner, h.convener = h.people["owner"], h.people["convener"]
	site, err := web.New(web.Config{Store: st, Log: slog.New(slog.DiscardHandler), Origin: h.at, Limiter: account.NewLimiter(1000)})
	h.must(err)
	server, done := site.Prepare(l.Addr().String()), make(chan struct{})
	go server.Serve(l)
	go func() { defer close(done); job.Run(ctx, job.Config{Store: st, Send: h.send}) }()
	t.Cleanup(func() { server.Close(); stop(); <-done; st.Close() })
	return h
}

// send keeps a letter that goes out.
func (h *towns) send(_ context.Context, l *store.Letter, _ time.Time) error {
	h.mail.Lock()
	defer h.mail.Unlock()
	h.letters = append(h.letters, *l)
	return nil
}

// letter waits for a letter to the address that is as it should be.
func (h *towns) letter(to string, good func(l store.Letter) bool) store.Letter {
	h.Helper()
	for begun := time.Now(); time.Since(begun) < 30*time.Second; time.Sleep(50 * time.Millisecond) {
		h.mail.Lock()
		for _, l := range h.letters {
			if l.To == to && good(l) {
				h.mail.Unlock()
				return l
			}
		}
		h.mail.Unlock()
	}
	h.Fatalf("no such letter to %s came; there are %+v", to, h.letters)
	return store.Letter{}
}

// address gives the person an address that is known to be theirs.
func (h *towns) address(who account.PersonID, to string) {
	h.Helper()
	h.must(h.st.AskEmail(context.Background(), who, to, time.Now()))
	l := h.letter(to, func(l store.Letter) bool { return l.Kind == "confirm-email" })
	h.must(h.st.ConfirmEmail(context.Background(), path.Base(l.Args["Link"]), time.Now()))
}

// settle is a new member of a side, with an account of their own, whom the
// convener has invited by name.
func (h *towns) settle(name string, side dialogue.SideID) account.PersonID {
	h.Helper()
	secret, _, err := h.st.Invite(context.Background(), h.convener, h.id, dialogue.Invitation{Role: dialogue.Participant, Uses: 1}, time.Now())
	h.must(err)
	who := h.account(name, secret)
	h.join(who, store.JoinRequest{Invitation: secret, Sides: []dialogue.SideID{side}})
	return who
}

// as goes on as another person.
func (h *towns) as(w *walker, who account.PersonID) {
	h.Helper()
	h.enter(w.tab, who)
}

// problemTitled is the number of the problem whose title begins so.
func (h *towns) problemTitled(begin string) writing.ID {
	h.Helper()
	list, err := h.st.Problems(context.Background(), "", h.id, forum.Filter{})
	h.must(err)
	i := slices.IndexFunc(list, func(l forum.Line) bool { return strings.HasPrefix(l.Title, begin) })
	if i < 0 {
		h.Fatalf("no problem is called %q", begin)
	}
	return list[i].ID
}

// commentOf is a comment under the thing that others wrote and everybody may read.
func (h *towns) commentOf(under writing.ID, not account.PersonID) forum.Comment {
	h.Helper()
	thread, err := h.st.Thread(context.Background(), not, h.id, under, forum.ByTime, 1, 0)
	h.must(err)
	for _, c := range thread.Comments {
		if !c.Mine && c.State == writing.Shown {
			return c
		}
	}
	h.Fatalf("nobody else has written under #%d", under)
	return forum.Comment{}
}

// newest is the newest comment of the person under the thing.
func (h *towns) newest(under writing.ID, who account.PersonID) writing.ID {
	h.Helper()
	var found writing.ID
	thread, err := h.st.Thread(context.Background(), who, h.id, under, forum.ByTime, 1, 0)
	h.must(err)
	for _, c := range thread.Comments {
		if c.Mine {
			found = max(found, c.ID)
		}
	}
	if found == 0 {
		h.Fatalf("the person has written nothing under #%d", under)
	}
	return found
}

// page is the address of a page of the dialogue about a contribution.
func (h *towns) page(kind string, n writing.ID, more ...string) string {
	out := h.path(fmt.Sprintf("%s/%d", kind, n))
	for _, m := range more {
		out += m
	}
	return out
}

// answered is what the person has answered, from their own history.
func (h *towns) answered(who account.PersonID) []opinion.HistoryLine {
	h.Helper()
	own, err := h.st.MyVotes(context.Background(), who, h.id, 0, 50)
	h.must(err)
	return own.Lines
}
