// Package browsertest looks at the pages as people do: in a browser, at three
// widths, light and dark, by keyboard, without script, on paper. It has tests
// only. What is not installed is not needed: its tests skip and say so.
package browsertest

import (
	"os"
	"slices"
	"sync"
	"testing"
)

var ending struct {
	sync.Mutex
	deeds []func()
}

// atEnd has something done after the last test; the latest goes first.
func atEnd(do func()) {
	ending.Lock()
	defer ending.Unlock()
	ending.deeds = append(ending.deeds, do)
}

func TestMain(m *testing.M) {
	code := m.Run()
	for _, do := range slices.Backward(ending.deeds) {
		do()
	}
	os.Exit(code)
}
