package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
)

//go:embed static
var staticFiles embed.FS

// asset is a file of ours under a name that changes with its content, so that a
// browser may keep it for ever.
type asset struct {
	name  string // style.0a1b2c3d4e5f.css
	kind  string
	bytes []byte
}

// address is where pages find the asset.
func (a asset) address() string { return "/static/" + a.name }

// sheets are the parts of the style sheet in the order of the cascade.
var sheets = []string{"base", "layout", "part", "table", "page", "deals", "door", "room", "forum", "opinion", "moderation", "notice", "print"}

// assets reads the embedded files once.
var assets = sync.OnceValue(func() map[string]asset {
	out := map[string]asset{}
	var style bytes.Buffer
	for _, s := range sheets {
		if b, err := staticFiles.ReadFile("static/style/" + s + ".css"); err == nil {
			style.Write(b)
		}
	}
	add := func(name string, b []byte) {
		ext := path.Ext(name)
		sum := sha256.Sum256(b)
		kind := mime.TypeByExtension(ext)
		out[name] = asset{strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext, kind, b}
	}
	add("style.css", style.Bytes())
	files, err := staticFiles.ReadDir("static")
	if err != nil {
		panic(err) // the files are part of the binary
	}
	for _, f := range files {
		if f.IsDir() {
			continue
		}
		b, err := staticFiles.ReadFile("static/" + f.Name())
		if err != nil {
			panic(err)
		}
		add(f.Name(), b)
	}
	return out
})

// Style is the whole style sheet, for a page that must stand alone.
func Style() string { return string(assets()["style.css"].bytes) }

// static serves an asset by its full name; the name is its version.
func (s *Server) static(w http.ResponseWriter, r *http.Request) error {
	for _, a := range assets() {
		if a.name == r.PathValue("file") {
			w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
			return send(w, r, http.StatusOK, a.kind, a.bytes)
		}
	}
	return errMissing
}
