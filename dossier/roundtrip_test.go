package dossier_test

import (
	"bytes"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"parley/dossier"
	"parley/dossier/dossiertest"
)

// What is written reads back as it was, and is written again to the byte.
func TestWriteReadIsIdentity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := dossiertest.Generate(t)
		text := dossier.Write(d)
		got, err := dossier.Read("x.yaml", text)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if !reflect.DeepEqual(got, d) {
			t.Fatalf("got %+v\nwant %+v\n%s", got, d, text)
		}
		if again := dossier.Write(got); !bytes.Equal(again, text) {
			t.Fatalf("written again:\n%s\nfirst:\n%s", again, text)
		}
	})
}
