package deal_test

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"

	"parley/deal"
)

// anonymousAnswer is the answer with canonical numbers for names, as bytes.
func anonymousAnswer(t testing.TB, q *deal.Question, workers int) []byte {
	t.Helper()
	a, err := deal.Search(context.Background(), q.Anonymous(), deal.Run{Workers: workers})
	if err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func question(t testing.TB, in deal.Input, set deal.Settings) *deal.Question {
	t.Helper()
	q, err := deal.NewQuestion(in, set)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// checkNeutral renames and reorders an input and compares questions and answers
// to the byte.
func checkNeutral(t testing.TB, in deal.Input, set deal.Settings, seed uint64) {
	t.Helper()
	q := question(t, in, set)
	other := question(t, newShuffler(seed).apply(in), set)
	if !bytes.Equal(q.Canonical(), other.Canonical()) {
		t.Fatalf("renamed and reordered, the question differs:\n%s\n%s", q.Canonical(), other.Canonical())
	}
	if a, b := anonymousAnswer(t, q, 1), anonymousAnswer(t, other, 2); !bytes.Equal(a, b) {
		t.Fatalf("renamed and reordered, the answer differs:\n%s\n%s", a, b)
	}
}

func TestExamplesAreNeutral(t *testing.T) {
	for _, name := range []string{"us-russia-2009.yaml", "three-towns.yaml", "testdata/four-sides.yaml", "testdata/panama.yaml"} {
		d := readExample(t, name)
		set := deal.DefaultSettings()
		set.Samples = 200
		for seed := range uint64(3) {
			checkNeutral(t, d.Input(), set, seed)
		}
	}
}

func TestWorkersChangeNothing(t *testing.T) {
	for _, name := range []string{"us-russia-2009.yaml", "three-towns.yaml"} {
		set := deal.DefaultSettings()
		set.Samples = 500
		q := question(t, readExample(t, name).Input(), set)
		if !bytes.Equal(anonymousAnswer(t, q, 1), anonymousAnswer(t, q, 16)) {
			t.Errorf("%s: 1 and 16 workers give different answers", name)
		}
	}
}
