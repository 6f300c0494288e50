package store_test

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	"parley/fault"
	"parley/store"
	"parley/store/storetest"
)

func TestTheSameCreateTwiceHasOneAnswer(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		anna, boris := holder(t, s, "anna", false), holder(t, s, "boris", false)
		begin := func(key, request string, at time.Time) (*store.Kept, error) {
			return s.BeginOnce(ctx, anna, key, request, at)
		}
		if kept, err := begin("k", "POST /a {}", now); err != nil || kept != nil {
			t.Fatalf("the first: got %+v, %v", kept, err)
		}
		_, err := begin("k", "POST /a {}", now.Add(time.Second))
		wantFault(t, err, fault.Conflict, "store.once-running")
		want := store.Kept{Status: 201, Header: `{"Location":"/a/1"}`, Body: []byte(`{"id":"1","name":"Ёж"}`)}
		must(t, s.EndOnce(ctx, anna, "k", want))
		must(t, s.EndOnce(ctx, anna, "k", store.Kept{Status: 200}))
		kept, err := begin("k", "POST /a {}", now.Add(time.Hour))
		must(t, err)
		if kept == nil || !reflect.DeepEqual(*kept, want) {
			t.Errorf("got %+v, want %+v", kept, want)
		}
		_, err = begin("k", "POST /a {other}", now.Add(time.Hour))
		wantFault(t, err, fault.Conflict, "store.once-other")
		if kept, err := s.BeginOnce(ctx, boris, "k", "POST /b {}", now); err != nil || kept != nil {
			t.Errorf("somebody else's key: got %+v, %v", kept, err)
		}
		if kept, err := begin("k", "POST /a {other}", now.Add(store.OnceLasts)); err != nil || kept != nil {
			t.Errorf("a day later: got %+v, %v", kept, err)
		}
	})
}

func TestAKeyComesBack(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	ctx := context.Background()
	anna := holder(t, s, "anna", false)
	for i, end := range []func() error{
		func() error { return s.EndOnce(ctx, anna, "k", store.Kept{Status: 503}) },
		func() error { return s.EndOnce(ctx, anna, "k", store.Kept{}) },
	} {
		if kept, err := s.BeginOnce(ctx, anna, "k", "x", now); err != nil || kept != nil {
			t.Fatalf("%d: got %+v, %v", i, kept, err)
		}
		must(t, end())
	}
	_, err := s.BeginOnce(ctx, anna, "k", "x", now)
	must(t, err)
	// Whoever took it died before the answer.
	if kept, err := s.BeginOnce(ctx, anna, "k", "x", now.Add(2*time.Minute)); err != nil || kept != nil {
		t.Errorf("got %+v, %v", kept, err)
	}
	for _, key := range []string{"", "two\nlines", strings.Repeat("x", 256)} {
		_, err := s.BeginOnce(ctx, anna, key, "x", now)
		wantFault(t, err, fault.Invalid, "store.once-key")
	}
}
