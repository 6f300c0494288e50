package store

import (
	"crypto/sha256"
	"sync"

	"parley/moderation"
	"parley/writing"
)

// ahead remembers of the texts that are being written whether they look as if
// they told what is a person's own. To find that out takes milliseconds for a long
// text, and inside a deed everybody else who writes would wait for it: so whoever
// hands in a text has it looked at before the deed begins.
var ahead = struct {
	sync.Mutex
	seen map[[sha256.Size]byte]bool
}{seen: map[[sha256.Size]byte]bool{}}

// mostAhead bounds how many answers are remembered.
const mostAhead = 1024

// personal reports whether the words look as if they told what is a person's own.
func personal(words string) bool {
	key := sha256.Sum256([]byte(words))
	ahead.Lock()
	found, known := ahead.seen[key]
	ahead.Unlock()
	if known {
		return found
	}
	found = len(moderation.Contains(words)) > 0
	ahead.Lock()
	defer ahead.Unlock()
	if len(ahead.seen) >= mostAhead {
		clear(ahead.seen)
	}
	ahead.seen[key] = found
	return found
}

// lookAhead looks at words before the deed that keeps them: those that are
// refused anyway are not looked at.
func lookAhead(w writing.Words, others ...string) {
	tags := w.Tags
	if w, err := writing.Check(w, []string{w.Lang}); err == nil {
		personal(allWords(w.Title, w.Body, append(others, tags...)))
	}
}
