package browsertest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// checkHTML runs the HTML checker over documents and returns its errors, each
// with the name of its document. It skips the test where there is no checker.
func checkHTML(t *testing.T, documents []page) []string {
	t.Helper()
	jar := filepath.Join("node_modules", "vnu-jar", "build", "dist", "vnu.jar")
	java, err := exec.LookPath("java")
	if err != nil {
		t.Skip("no java: not installed")
	}
	if _, err := os.Stat(jar); err != nil {
		t.Skip("no HTML checker: run make needs")
	}
	dir, names := t.TempDir(), map[string]string{}
	args := []string{"-Xss4m", "-jar", jar, "--format", "json", "--errors-only", "--exit-zero-always", "--also-check-svg"}
	for i, d := range documents {
		ending := ".html"
		if strings.HasSuffix(d.path, ".svg") {
			ending = ".svg"
		}
		name := filepath.Join(dir, fmt.Sprintf("%04d%s", i, ending))
		if err := os.WriteFile(name, d.body, 0o600); err != nil {
			t.Fatal(err)
		}
		names[filepath.Base(name)] = d.path
	}
	var said bytes.Buffer
	run := exec.Command(java, append(args, dir)...)
	run.Stderr = &said
	if err := run.Run(); err != nil {
		t.Fatalf("%v: %v\n%s", run, err, said.Bytes())
	}
	var result struct {
		Messages []struct {
			Type, URL, Message, Extract string
			LastLine                    int
		}
	}
	if err := json.Unmarshal(said.Bytes(), &result); err != nil {
		t.Fatalf("%v: %v\n%s", run, err, said.Bytes())
	}
	var out []string
	for _, m := range result.Messages {
		out = append(out, fmt.Sprintf("%s:%d: %s: %s", names[filepath.Base(m.URL)], m.LastLine, m.Message, m.Extract))
	}
	return out
}

// TestHTML has every page, and every picture that can be taken home, checked.
func TestHTML(t *testing.T) {
	s := startSite(t)
	documents := s.pages
	for _, f := range s.files {
		if path, _, _ := strings.Cut(f.path, "?"); strings.HasSuffix(path, ".svg") {
			documents = append(documents, page{path, f.body})
		}
	}
	for _, e := range checkHTML(t, documents) {
		t.Error(e)
	}
}

// TestHTMLControl shows that the checker finds what is broken and passes what is good.
func TestHTMLControl(t *testing.T) {
	got := checkHTML(t, []page{{"good", []byte(good)}, {"broken", []byte(strings.Replace(good, "<p>", "<p><div>", 1))}})
	if len(got) == 0 {
		t.Fatal("the broken page passes")
	}
	for _, e := range got {
		if !strings.HasPrefix(e, "broken:") {
			t.Error(e)
		}
	}
}
