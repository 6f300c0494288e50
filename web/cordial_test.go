package web

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

func TestHeatedDraftIsShownAgainOnce(t *testing.T) {
	ask := func(form url.Values) *cordial {
		r := httptest.NewRequest("POST", "/ru/towns/comment/new", strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.SetPathValue("lang", "ru")
		return cordialOf(r, form.Get("title"), form.Get("body"))
	}
	heated := url.Values{"title": {"Доколе???"}, "body": {"<b>Лжец</b> и ещё раз лжец"}}
	c := ask(heated)
	if c == nil || len(c.Hints) != 2 || !strings.Contains(c.Hints[1], "«Лжец»") {
		t.Fatalf("got %+v, want a hint about the marks and one about the word", c)
	}
	heated.Set("calm", "1")
	if c := ask(heated); c != nil {
		t.Errorf("who sends it as it is gets %+v", c)
	}
	if c := ask(url.Values{"body": {"Спокойные слова."}}); c != nil {
		t.Errorf("calm words get %+v", c)
	}
}
