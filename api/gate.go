package api

import (
	"context"
	"net/http"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/store"
)

// visit is who asks, of which dialogue, when, and in which language they read.
type visit struct {
	account.Visitor
	Entrance *store.Entrance // nil outside a dialogue
	lang     string
	origin   string // the public address of the site
	now      time.Time
	secret   string // the token itself, for sealing what is kept of an answer
}

// dialogue is the dialogue that the address names.
func (v *visit) dialogue() dialogue.ID { return v.Entrance.ID }

type visitKey struct{}

func visitOf(ctx context.Context) *visit {
	if v, ok := ctx.Value(visitKey{}).(*visit); ok {
		return v
	}
	return &visit{lang: "en"}
}

// gate lets a request in, or refuses it before anything of it is read. A token
// that lacks the scope is refused before the dialogue is looked up, so that the
// answer tells nothing of it.
func (s *server) gate(op operation, scope account.Scope) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		v := &visit{now: s.Now(), origin: s.Origin, lang: readerLanguage(ctx.Header("Accept-Language"), "")}
		ctx = huma.WithValue(ctx, visitKey{}, v)
		begun := time.Now()
		if err := s.admit(ctx, op, scope, v); err != nil {
			if fault.Is(err, fault.Missing) {
				hush(begun)
			}
			s.problem(ctx.Context(), op, err).write(ctx)
			return
		}
		cache := "no-store"
		if !v.SignedIn() {
			cache = "no-cache"
		}
		ctx.SetHeader("Cache-Control", cache)
		ctx.AppendHeader("Vary", "Authorization, Accept-Language")
		next(ctx)
	}
}

// missingTakes is how long it takes to hear that there is no dialogue: longer
// than it takes to find one of which the reader may not know.
const missingTakes = 4500 * time.Microsecond

// hush waits for that moment. A timer alone ends a millisecond late or less,
// counted from when it was set, which would tell what came before it; so the last
// of it is waited out awake.
func hush(begun time.Time) {
	time.Sleep(missingTakes - 1500*time.Microsecond - time.Since(begun))
	for time.Since(begun) < missingTakes {
		runtime.Gosched()
	}
}

func (s *server) admit(ctx huma.Context, op operation, scope account.Scope, v *visit) error {
	if err := s.identify(ctx, v); err != nil {
		return err
	}
	if v.SignedIn() && !slices.Contains(v.Scopes, scope) {
		return fault.New(fault.Denied, "api.scope", "the token lacks the scope %q", scope).With("Scope", string(scope))
	}
	if err := s.throttle(ctx.Context(), op, v); err != nil {
		return err
	}
	standing, d := dialogue.Standing{SignedIn: v.SignedIn(), Owner: v.Owner}, dialogue.Dialogue{}
	if strings.Contains(op.path, "{dialogue}") {
		id := dialogue.ID(ctx.Param("dialogue"))
		if !dialogueForm.MatchString(string(id)) {
			return missing(id)
		}
		e, err := s.Store.Entrance(ctx.Context(), id, v.Person, ctx.Header(invitationHeader), v.now)
		if err != nil {
			return err
		}
		v.Entrance, standing, d = &e, e.Standing, e.Dialogue
	}
	if err := dialogue.May(standing, op.verb, d); err != nil || op.also == "" {
		return err
	}
	return dialogue.May(standing, op.also, d)
}

// dialogueForm is what the id of a dialogue looks like; others name none.
var dialogueForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,99}$`)

// missing is the answer for a dialogue that does not exist, and for one of which
// the reader may not know.
func missing(id dialogue.ID) error {
	return fault.New(fault.Missing, "store.no-dialogue", "there is no dialogue %q", id).With("ID", string(id))
}

// identify reads the token.
func (s *server) identify(ctx huma.Context, v *visit) error {
	header := ctx.Header("Authorization")
	if header == "" {
		return nil
	}
	scheme, secret, _ := strings.Cut(header, " ")
	secret = strings.TrimSpace(secret)
	if !strings.EqualFold(scheme, "Bearer") || len(secret) > 200 || !strings.HasPrefix(secret, account.TokenPrefix) {
		return errToken()
	}
	who, err := s.Store.Bearer(ctx.Context(), secret, v.now)
	if err != nil {
		return err
	}
	if !who.SignedIn() {
		return errToken()
	}
	v.Visitor, v.secret = who, secret
	v.lang = readerLanguage(ctx.Header("Accept-Language"), who.Lang)
	return nil
}

func errToken() error {
	return fault.New(fault.Unknown, "api.token", "the token is not known, or has ended")
}

// throttle counts what is asked: writes by person, or by the network of who is
// not signed in; searches by the network.
func (s *server) throttle(ctx context.Context, op operation, v *visit) error {
	who := account.Client(ctx)
	if op.verb == dialogue.Compute {
		if err := s.take("compute:"+who, account.RateCompute, v.now); err != nil {
			return err
		}
	}
	if op.method == http.MethodGet {
		return nil
	}
	if v.SignedIn() {
		who = string(v.Person)
	}
	return s.take("write:"+who, account.RateWrite, v.now)
}

// takeHere counts what answers whether somebody in the dialogue has a name, by
// person and dialogue. Pages count with the same keys.
func (s *server) takeHere(what string, rate account.Rate, v *visit) error {
	return s.take(what+":"+string(v.dialogue())+" "+string(v.Person), rate, v.now)
}

func (s *server) take(key string, rate account.Rate, now time.Time) error {
	wait, ok := s.Limiter.Take(key, rate, now)
	if ok {
		return nil
	}
	return fault.New(fault.Throttled, "api.throttled", "too often: wait %s", wait).With("Wait", wait)
}
