package api

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"regexp"

	"github.com/danielgtaylor/huma/v2"

	"parley/fault"
	"parley/store"
)

// OnceKey is part of what a create sends.
type OnceKey struct {
	IdempotencyKey string `header:"Idempotency-Key" maxLength:"100" pattern:"^[!-~]*$" example:"0b2f6c1e-join" doc:"Chosen by the client. The same request with the same key, within a day, is done once and answered alike"`
}

const onceHeader = "Idempotency-Key"

var onceForm = regexp.MustCompile(`^[!-~]{1,100}$`)

// once answers a create that was sent before with the answer of that time. What
// is kept of an answer is sealed with the token of who asked, because it may
// hold a secret that is shown once and is kept nowhere else.
func (s *server) once(op operation) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		key, v := ctx.Header(onceHeader), visitOf(ctx.Context())
		if !op.creates || !v.SignedIn() || !onceForm.MatchString(key) {
			next(ctx)
			return
		}
		body, err := io.ReadAll(io.LimitReader(ctx.BodyReader(), maxBody+1))
		if err != nil {
			problemOf(http.StatusBadRequest, v.lang).write(ctx)
			return
		}
		address := ctx.URL()
		kept, err := s.Store.BeginOnce(ctx.Context(), v.Person, key, digestOf(ctx.Method(), &address, body), v.now)
		if err == nil && kept != nil {
			err = replay(ctx, v, key, kept)
		}
		if err != nil {
			s.problem(ctx.Context(), op, err).write(ctx)
			return
		}
		if kept != nil {
			return
		}
		rec := held(ctx, next, body)
		s.keep(ctx.Context(), op, key, rec)
		rec.send(ctx)
	}
}

// digestOf stands for all of a request.
func digestOf(method string, address *url.URL, body []byte) string {
	h := sha256.New()
	for _, part := range []string{method, address.Path, address.RawQuery} {
		io.WriteString(h, part)
		h.Write([]byte{0})
	}
	h.Write(body)
	return hex.EncodeToString(h.Sum(nil))
}

// answered is an answer as it is sealed.
type answered struct {
	Header http.Header `json:"header"`
	Body   []byte      `json:"body"`
}

func (s *server) keep(ctx context.Context, op operation, key string, rec *recorder) {
	v := visitOf(ctx)
	plain, err := json.Marshal(answered{rec.header, rec.body.Bytes()})
	if err == nil {
		// Whoever asked may be gone: the key must know its answer all the same.
		err = s.Store.EndOnce(context.WithoutCancel(ctx), v.Person, key, store.Kept{Status: rec.status, Header: "{}", Body: seal(v.secret, key, plain)})
	}
	if err != nil {
		s.Log.Error("an answer was not kept for its key", "route", op.method+" "+prefix+op.path, "error", err)
	}
}

func replay(ctx huma.Context, v *visit, key string, kept *store.Kept) error {
	var a answered
	plain, ok := unseal(v.secret, key, kept.Body)
	if !ok || json.Unmarshal(plain, &a) != nil {
		return fault.New(fault.Conflict, "api.once.other-token", "the key was used with another token")
	}
	rec := &recorder{header: a.Header, status: kept.Status, body: *bytes.NewBuffer(a.Body)}
	rec.send(ctx)
	return nil
}

// sealing is the cipher of one key of one token.
func sealing(secret, key string) cipher.AEAD {
	mac := hmac.New(sha256.New, []byte(secret))
	io.WriteString(mac, "once "+key)
	block, err := aes.NewCipher(mac.Sum(nil))
	if err != nil {
		panic(err) // the length is that of SHA-256
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return aead
}

func seal(secret, key string, plain []byte) []byte {
	aead := sealing(secret, key)
	nonce := make([]byte, aead.NonceSize())
	rand.Read(nonce)
	return base64.RawStdEncoding.AppendEncode(nil, aead.Seal(nonce, nonce, plain, nil))
}

func unseal(secret, key string, sealed []byte) ([]byte, bool) {
	aead := sealing(secret, key)
	sealed, err := base64.RawStdEncoding.AppendDecode(nil, sealed)
	if err != nil || len(sealed) < aead.NonceSize() {
		return nil, false
	}
	plain, err := aead.Open(nil, sealed[:aead.NonceSize()], sealed[aead.NonceSize():], nil)
	return plain, err == nil
}
