package account

import (
	_ "embed"
	"encoding/binary"
	"hash/fnv"
)

// commonFilter is a Bloom filter of the passwords of eight characters and more
// among the 49,000 most common ones. They come from the frequency lists of
// zxcvbn (Dan Wheeler, Dropbox; MIT), as the packages zxcvbn 4.4.28 (PyPI) and
// @zxcvbn-ts/language-common 4.1.3 (npm) carry them; the test with -common makes
// the file anew.
//
//go:embed common.bloom
var commonFilter []byte

// commonProbes is how many bits each word sets: with 23 bits a word, one word in
// 50,000 that is not in the list is taken for one that is.
const commonProbes = 16

// Common reports whether a folded password is among the most common ones, as it
// is or as the same keys on a Latin keyboard. Fewer than one other password in
// 10,000 is reported too.
func Common(folded string) bool {
	if inFilter(commonFilter, folded) {
		return true
	}
	keys := latinKeys(folded)
	return keys != folded && inFilter(commonFilter, keys)
}

func inFilter(filter []byte, word string) bool {
	for _, bit := range filterBits(word, uint64(len(filter))*8) {
		if filter[bit/8]&(1<<(bit%8)) == 0 {
			return false
		}
	}
	return true
}

// filterBits are the bits of a word: two halves of one hash, stepped (Kirsch and
// Mitzenmacher, Less Hashing, Same Performance, 2006).
func filterBits(word string, size uint64) [commonProbes]uint64 {
	h := fnv.New128a()
	h.Write([]byte(word))
	sum := h.Sum(nil)
	first, step := binary.BigEndian.Uint64(sum[:8]), binary.BigEndian.Uint64(sum[8:])|1
	var bits [commonProbes]uint64
	for i := range bits {
		bits[i] = (first + uint64(i)*step) % size
	}
	return bits
}
