package web

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/http"
)

// seal writes v so that nobody but this server can read or change it. The use is
// part of the seal: what was sealed for one opens for no other.
func (s *Server) seal(r *http.Request, use string, v any) (string, error) {
	box, err := s.box(r, use)
	if err != nil {
		return "", err
	}
	plain, err := json.Marshal(v)
	if err != nil {
		return "", err
	}
	nonce := make([]byte, box.NonceSize())
	rand.Read(nonce)
	return base64.RawURLEncoding.EncodeToString(box.Seal(nonce, nonce, plain, []byte(use))), nil
}

// unseal reads it again; false where it was not sealed here for that use.
func (s *Server) unseal(r *http.Request, use, text string, v any) (bool, error) {
	box, err := s.box(r, use)
	if err != nil {
		return false, err
	}
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(b) < box.NonceSize() {
		return false, nil
	}
	plain, err := box.Open(nil, b[:box.NonceSize()], b[box.NonceSize():], []byte(use))
	return err == nil && json.Unmarshal(plain, v) == nil, nil
}

func (s *Server) box(r *http.Request, use string) (cipher.AEAD, error) {
	key, err := s.Store.Secret(r.Context(), "seal "+use)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}
