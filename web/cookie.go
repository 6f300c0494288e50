package web

import (
	"net/http"
	"time"
)

// Names of our cookies, but for the prefix that binds them to a secure origin.
const (
	sessionCookie = "parley"        // the secret of the session
	deviceCookie  = "parley-device" // by which a device that signed in is known; opens nothing
	flowCookie    = "parley-flow"   // what a way through an OpenID provider began with, sealed
)

// deviceLasts is how long a device is remembered.
const deviceLasts = 365 * 24 * time.Hour

// cookieName carries the prefix by which browsers hold the cookie to this very
// host, to TLS and to the whole path.
func (s *Server) cookieName(name string) string {
	if s.secure() {
		return "__Host-" + name
	}
	return name
}

// cookie is the value of one of our cookies, or nothing.
func (s *Server) cookie(r *http.Request, name string) string {
	c, err := r.Cookie(s.cookieName(name))
	if err != nil {
		return ""
	}
	return c.Value
}

// setCookie gives the browser a cookie that no script reads and that other
// sites' forms do not send. An empty value takes it away.
func (s *Server) setCookie(w http.ResponseWriter, name, value string, lasts time.Duration) {
	c := &http.Cookie{
		Name: s.cookieName(name), Value: value, Path: "/", MaxAge: int(lasts.Seconds()),
		HttpOnly: true, Secure: s.secure(), SameSite: http.SameSiteLaxMode,
	}
	if value == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}
