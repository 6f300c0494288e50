package account

import "parley/fault"

// Ways are the ways into an account. Recovery codes and a confirmed address help
// who lost them all, and are none themselves: codes run out, and letters are read
// by others too.
type Ways struct {
	Password   bool
	Passkeys   int
	Identities int
}

// Spare is nil where one of these ways may go, and fault.Conflict where it is
// the last one.
func (w Ways) Spare() error {
	n := w.Passkeys + w.Identities
	if w.Password {
		n++
	}
	if n > 1 {
		return nil
	}
	return fault.New(fault.Conflict, "account.last-way", "this is the only way into the account: add another before removing it")
}

// NextCounter is the counter of signatures to keep for a passkey after one was
// used. Many keys do not count and always say 0. One that counts and went back,
// or stood still, exists twice: fault.Denied.
func NextCounter(kept, used uint32) (uint32, error) {
	if used > kept || kept == 0 && used == 0 {
		return used, nil
	}
	return kept, fault.New(fault.Denied, "account.cloned", "the counter of a passkey went from %d to %d: there is a copy of it", kept, used)
}
