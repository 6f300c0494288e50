package web

import (
	"net/http/httptest"
	"testing"
)

func TestPagesAnswer(t *testing.T) {
	h := testServer(t, small2()).Handler()
	for _, path := range []string{"/", "/en", "/ru", "/en/us-russia-2009", "/ru/us-russia-2009?swap=1"} {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest("GET", path, nil))
		if rec.Code != 200 {
			t.Errorf("%s: %d\n%s", path, rec.Code, rec.Body)
		}
	}
}
