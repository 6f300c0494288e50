package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"parley/examples"
	"parley/fault"
	"parley/i18n"
	"parley/store/storetest"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"parley": main})
}

// TestScripts drives the binary the way a person would: testdata/*.txt.
func TestScripts(t *testing.T) { scripts(t, "testdata", prepare) }

// TestScriptsOnPostgres is skipped, with a message, where there is no server.
func TestScriptsOnPostgres(t *testing.T) {
	address := storetest.Postgres(t).URL
	scripts(t, "testdata/postgres", func(e *testscript.Env) error {
		e.Setenv("PARLEY_DATABASE", address)
		return prepare(e)
	})
}

func scripts(t *testing.T, dir string, setup func(*testscript.Env) error) {
	testscript.Run(t, testscript.Params{
		Dir:                 dir,
		Setup:               setup,
		RequireExplicitExec: true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"fetch": fetch, "fits": fits, "occupy": occupy, "code": code},
	})
}

// prepare lays the examples into the script's folder and finds it a free port.
func prepare(e *testscript.Env) error {
	for _, x := range examples.All() {
		if err := os.WriteFile(filepath.Join(e.WorkDir, x.Name), x.Data, 0o600); err != nil {
			return err
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	tmp := filepath.Join(e.WorkDir, "tmp")
	if err := os.Mkdir(tmp, 0o700); err != nil {
		return err
	}
	e.Setenv("PORT", port)
	e.Setenv("TMPDIR", tmp)
	return nil
}

// fetch gets an address and expects a status: fetch URL STATUS [WORDS]. It
// tries again while nothing answers, for the server may just be starting. A URL
// may be @FILE:PATH, where FILE holds the lines that the demo printed.
func fetch(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || len(args) > 3 {
		ts.Fatalf("usage: fetch URL STATUS [WORDS]")
	}
	var last string
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		url, ok := target(ts, args[0])
		if !ok {
			last = "no address was printed"
			continue
		}
		status, body, err := get(url)
		if err != nil {
			last = err.Error()
			continue
		}
		if status == args[1] && (len(args) < 3 || strings.Contains(body, args[2])) {
			return
		}
		last = fmt.Sprintf("status %s:\n%s", status, body)
		if status[0] != '5' && status != "404" {
			break
		}
	}
	ts.Fatalf("%s: %s", args[0], last)
}

func target(ts *testscript.TestScript, url string) (string, bool) {
	file, path, ok := strings.Cut(strings.TrimPrefix(url, "@"), ":")
	if !strings.HasPrefix(url, "@") || !ok {
		return url, true
	}
	printed, err := os.ReadFile(ts.MkAbs(file))
	if err != nil {
		return "", false
	}
	_, rest, ok := strings.Cut(string(printed), "English  ")
	base, _, end := strings.Cut(rest, "/en ")
	return base + path, ok && end
}

func get(url string) (status, body string, err error) {
	client := http.Client{Timeout: 5 * time.Second}
	r, err := client.Get(url)
	if err != nil {
		return "", "", err
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	return fmt.Sprint(r.StatusCode), string(b), err
}

// fits checks that no line of standard output is wider than a line may be.
func fits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: fits")
	}
	for i, l := range strings.Split(ts.ReadFile("stdout"), "\n") {
		if columns(l) > lineWidth {
			ts.Fatalf("line %d has %d columns: %s", i+1, columns(l), l)
		}
	}
}

// occupy takes a port of this machine until the script ends.
func occupy(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: occupy PORT")
	}
	if l, err := net.Listen("tcp", "127.0.0.1:"+args[0]); err == nil { // else it is taken already
		ts.Defer(func() { l.Close() })
	}
}

// code runs parley and checks its exit code: code N ARGS.
func code(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N ARGS")
	}
	script := `"$@"; got=$?; if [ $got != ` + args[0] + ` ]; then echo "exit code $got" >&2; exit 99; fi`
	err := ts.Exec("sh", append([]string{"-c", script, "sh", "parley"}, args[1:]...)...)
	if err != nil {
		ts.Fatalf("%v: want exit code %s", args[1:], args[0])
	}
}

// here runs the program inside the test.
func here(args ...string) (code int, out, errOut string) {
	var o, e bytes.Buffer
	code = run(args, strings.NewReader(""), &o, &e)
	return code, o.String(), e.String()
}

func TestTheLanguageIsThatOfTheSystem(t *testing.T) {
	for _, c := range []struct {
		args []string
		env  map[string]string
		want string
	}{
		{nil, nil, "en"},
		{nil, map[string]string{"LANG": "ru_RU.UTF-8"}, "ru"},
		{nil, map[string]string{"LANG": "ru"}, "ru"},
		{nil, map[string]string{"LANG": "de_DE.UTF-8"}, "en"},
		{nil, map[string]string{"LANG": "ru_RU.UTF-8", "LC_ALL": "C"}, "en"},
		{nil, map[string]string{"LANG": "en_GB", "LC_ALL": "ru_RU.KOI8-R"}, "ru"},
		{nil, map[string]string{"LANG": "en_GB", "PARLEY_LANG": "ru"}, "ru"},
		{[]string{"deals", "--lang", "en"}, map[string]string{"LANG": "ru_RU"}, "en"},
		{[]string{"--lang=ru"}, nil, "ru"},
		{[]string{"--lang=xx"}, nil, "en"},
	} {
		if got := spoken(c.args, func(k string) string { return c.env[k] }); got != c.want {
			t.Errorf("%v %v: got %s, want %s", c.args, c.env, got, c.want)
		}
	}
}

func TestAPanicIsOneLine(t *testing.T) {
	err := func() (err error) {
		defer func() { err = bug(i18n.For("en"), recover()) }()
		panic("torn")
	}()
	text := err.Error()
	if strings.Contains(text, "\n") || strings.Contains(text, "goroutine") {
		t.Errorf("a stack trace: %s", text)
	}
	if !strings.Contains(text, "torn (main_test.go:") || !strings.Contains(text, "bug in parley") {
		t.Errorf("got %s", text)
	}
}

func TestComplaints(t *testing.T) {
	var b bytes.Buffer
	s := &session{ctx: context.Background(), errOut: &b, w: i18n.For("en")}
	s.complain(fault.New(fault.Invalid, "x.y", "write this instead"))
	s.complain(fmt.Errorf("first\nsecond"))
	s.complain(errors.New("\x1b[31mred"))
	want := "parley: write this instead\nparley: first\nsecond\nparley: [31mred\n"
	if got := b.String(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAFaultIsInTheReadersLanguage(t *testing.T) {
	f := fault.New(fault.Missing, "store.no-dialogue", "there is no dialogue x").With("ID", "x")
	for lang, want := range map[string]string{"en": "there is no dialogue x", "ru": "Диалога «x» нет."} {
		if got := quiet(lang).faultText(f); got != want {
			t.Errorf("%s: got %q, want %q", lang, got, want)
		}
	}
	if got := quiet("ru").faultText(fault.New(fault.Invalid, "no.such.key", "detail")); got != "detail" {
		t.Errorf("got %q", got)
	}
}

// Every way in which the flags' reader refuses is said in our own words.
func TestWrongUsage(t *testing.T) {
	for _, c := range []struct {
		args string
		want string
	}{
		{"deals", "FILE is missing"},
		{"check", "FILE is missing"},
		{"export", "ID is missing"},
		{"dela x", `did you mean "deals"`},
		{"nonsense", "no command"},
		{"deals a b", `"b" is one word too many`},
		{"deals a --sample 3", `no flag --sample; did you mean "--samples"?`},
		{"deals a --zzzzzz", "no flag --zzzzzz; "},
		{"deals a --samples x", `--samples needs a whole number, not "x"`},
		{"deals a --samples", "--samples needs a value"},
		{"deals a --format", "--format needs a value"},
		{"deals a --samples=-1", "--samples must be between 0 and 1,000,000, not -1"},
		{"deals a --samples=1000001", "--samples must be between"},
		{"deals a --seed=-1", "--seed needs a whole number"},
		{"deals a --workers=-1", "--workers needs a whole number from 0, not -1"},
		{"deals a --format xml", `--format must be one of "text", "json", "html", "csv", "pdf", not "xml"`},
		{"deals a --stakes half", `--stakes must be one of "split", "full", not "half"`},
		{"deals a --lang de", `--lang must be one of "en", "ru", not "de"`},
		{"serve", "--data DIR or --database URL"},
		{"serve --data a --database postgres://b", "either --data or --database"},
		{"serve --database mysql://b", "postgres://"},
		{"demo --listen 8080", "HOST:PORT"},
		{"demo --listen 127.0.0.1:99999", "HOST:PORT"},
		{"check - -", "only once"},
	} {
		code, out, text := here(strings.Fields(c.args)...)
		if code != exitUsage || out != "" || !strings.Contains(text, c.want) || !strings.HasPrefix(text, "parley: ") {
			t.Errorf("%s: exit code %d, output %q, said %q; want 2 and %q", c.args, code, out, text, c.want)
		}
		code, _, text = here(append(strings.Fields(c.args), "--lang=ru")...)
		if c.args != "deals a --lang de" && (code != exitUsage || !strings.ContainsAny(text, "абвгдежзиклмнопрстуфхцчшщыьэюя")) {
			t.Errorf("%s in Russian: exit code %d, said %q", c.args, code, text)
		}
	}
}

func TestHelpIsInTheReadersLanguage(t *testing.T) {
	for lang, want := range map[string]string{"en": "Usage:", "ru": "Вызов:"} {
		t.Setenv("PARLEY_LANG", lang)
		s := &session{w: i18n.For(lang), lang: lang}
		for key := range vars(s.w) {
			if strings.HasPrefix(key, "[") {
				t.Errorf("%s: no words for %s", lang, key)
			}
		}
		if got := s.t("help.usage"); got != want {
			t.Errorf("%s: got %q", lang, got)
		}
	}
}
