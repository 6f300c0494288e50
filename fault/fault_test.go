package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"parley/fault"
)

func TestFaultIsFoundInsideOtherErrors(t *testing.T) {
	inner := fault.New(fault.Missing, "store.no-dialogue", "no dialogue %q", "river").With("ID", "river")
	err := fmt.Errorf("reading: %w", inner)
	f, ok := fault.As(err)
	if !ok || f != inner || f.Args["ID"] != "river" || f.Error() != `no dialogue "river"` {
		t.Errorf("got %+v, %t", f, ok)
	}
	if !fault.Is(err, fault.Missing) || fault.Is(err, fault.Busy) {
		t.Error("the kind is told wrongly")
	}
}

func TestPlainErrorsAreNoFaults(t *testing.T) {
	if _, ok := fault.As(errors.New("disk")); ok || fault.Is(errors.New("disk"), fault.Invalid) || fault.Is(nil, fault.Invalid) {
		t.Error("a plain error was taken for a fault")
	}
}
