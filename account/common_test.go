package account

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/cases"
)

// To make the filter anew, give a file with one password a line:
//
//	go test ./account -run TestMakeCommonFilter -common words.txt
var words = flag.String("common", "", "file with one common password a line, from which common.bloom is made")

func TestMakeCommonFilter(t *testing.T) {
	if *words == "" {
		t.Skip("give -common to make common.bloom anew")
	}
	file, err := os.Open(*words)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	list := map[string]bool{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if w := cases.Fold().String(strings.TrimSpace(lines.Text())); utf8.RuneCountInString(w) >= MinPassword {
			list[w] = true
		}
	}
	filter := make([]byte, len(list)*23/8)
	for w := range list {
		for _, bit := range filterBits(w, uint64(len(filter))*8) {
			filter[bit/8] |= 1 << (bit % 8)
		}
	}
	for w := range list {
		if !inFilter(filter, w) {
			t.Fatalf("%q is lost", w)
		}
	}
	if err := os.WriteFile("common.bloom", filter, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d words, %d bytes", len(list), len(filter))
}

func TestCommonPasswordsAreFound(t *testing.T) {
	for _, w := range []string{
		"12345678", "password", "123456789", "1234567890", "qwertyuiop", "iloveyou", "sunshine", "princess", "football", "baseball",
		"superman", "trustno1", "starwars", "whatever", "computer", "password1", "1q2w3e4r", "1qaz2wsx", "qwerty123", "letmein1",
		"йцукенгшщз", "зфыыцщкв", // the same keys on a Russian keyboard
	} {
		if !Common(w) {
			t.Errorf("%q is not known as common", w)
		}
	}
}

// Other words are taken for common ones less than once in 10,000 times.
func TestOtherPasswordsAreRarelyTakenForCommon(t *testing.T) {
	const n = 200_000
	wrong := 0
	for i := range n {
		if Common(fmt.Sprintf("not-so-common-%d-%d", i, i*7919)) {
			wrong++
		}
	}
	if wrong > n/10_000 {
		t.Errorf("%d of %d words are taken for common ones", wrong, n)
	}
}
