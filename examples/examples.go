// Package examples holds the dialogues that come with parley, each as a dossier
// file: two historical ones with sourced facts only, of two sides and of four, and an
// invented one in which every thing a dossier can say has its place. It only carries the bytes;
// package dossier reads them.
package examples

import "embed"

// Files holds the dossier files under their own names.
//
//go:embed us-russia-2009.yaml three-towns.yaml china-eu-russia-us-2009.yaml
var Files embed.FS

// Example is one dossier file.
type Example struct {
	Name string // of the file, for example "three-towns.yaml"
	Data []byte
}

// All returns the examples in the order in which a reader meets them: the
// historical one with two sides first.
func All() []Example {
	var out []Example
	for _, name := range []string{"us-russia-2009.yaml", "three-towns.yaml", "china-eu-russia-us-2009.yaml"} {
		data, err := Files.ReadFile(name)
		if err != nil {
			panic(err) // the files are part of the binary
		}
		out = append(out, Example{name, data})
	}
	return out
}
