package account_test

import (
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley/account"
)

// RFC 6238, appendix B: the codes for SHA-1, of which six digits are the last of
// eight.
func TestCodesOfTheStandard(t *testing.T) {
	for at, code := range map[int64]string{
		59: "94287082", 1111111109: "07081804", 1111111111: "14050471", 1234567890: "89005924", 2000000000: "69279037", 20000000000: "65353130",
	} {
		if got := account.TOTPCode([]byte("12345678901234567890"), at/30); got != code[2:] {
			t.Errorf("at %d: got %s, want %s", at, got, code[2:])
		}
	}
}

func TestCodesAreThoseOfAnotherProgram(t *testing.T) {
	oathtool, err := exec.LookPath("oathtool")
	if err != nil {
		t.Skip("oathtool is not installed: on Debian, apt-get install oathtool")
	}
	secret := []byte("another 20 bytes....")
	for _, at := range []int64{0, 29, 30, 1790000000, 4102444800} {
		out, err := exec.Command(oathtool, "--totp", "--base32", account.TOTPSecret(secret),
			"--now", time.Unix(at, 0).UTC().Format("2006-01-02 15:04:05 UTC")).CombinedOutput()
		if got := strings.TrimSpace(string(out)); err != nil || got != account.TOTPCode(secret, at/30) {
			t.Errorf("at %d: it says %q (%v), we say %s", at, got, err, account.TOTPCode(secret, at/30))
		}
	}
}

func TestCodeCountsOnceAndNearItsTime(t *testing.T) {
	secret, now := []byte("12345678901234567890"), time.Unix(1_800_000_015, 0)
	step := now.Unix() / 30
	for _, c := range []struct {
		step, last int64
		ok         bool
	}{
		{step, 0, true}, {step - 1, 0, true}, {step + 1, 0, true},
		{step - 2, 0, false}, {step + 2, 0, false},
		{step, step, false}, {step - 1, step, false}, {step + 1, step, true}, {step, step - 1, true}, {step, step + 1, false},
	} {
		got, ok := account.MatchTOTP(secret, account.TOTPCode(secret, c.step), now, c.last)
		if ok != c.ok || ok && got != c.step {
			t.Errorf("the code of step %+d after one of %+d: got %t, %d", c.step-step, c.last-step, ok, got)
		}
	}
	if _, ok := account.MatchTOTP(secret, "", now, 0); ok {
		t.Error("no code is right")
	}
}

func TestWhatIsTypedAsCode(t *testing.T) {
	for typed, want := range map[string]string{"123456": "123456", " 123 456 ": "123456", "12345": "", "1234567": "", "12345a": "", "": "", "-12345": "", "١٢٣٤٥٦": ""} {
		if got, ok := account.AsTOTP(typed); got != want || ok != (want != "") {
			t.Errorf("%q: got %q, %t", typed, got, ok)
		}
	}
}

func TestRecoveryCodesAreReadAsTheyAreWritten(t *testing.T) {
	random := []byte{0xff, 0x00, 0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 0xf0, 0x0f, 0x1e, 0x2d, 0x3c, 0x4b}
	code := account.RecoveryCode(random)
	if code != "ZW01-4D2P-F2DB-SQQG-1WF2-TF2B" {
		t.Errorf("got %q", code)
	}
	plain := strings.ReplaceAll(code, "-", "")
	for _, typed := range []string{
		code, strings.ToLower(code), plain, " " + strings.ReplaceAll(code, "-", " ") + "\n",
		"zwoi-4d2p-f2db-sqqg-lwf2-tf2b",
	} {
		if got, ok := account.AsRecoveryCode(typed); !ok || got != plain {
			t.Errorf("%q: got %q, %t", typed, got, ok)
		}
		if account.CodeDigest("p", typed) != account.CodeDigest("p", code) {
			t.Errorf("%q has another digest", typed)
		}
	}
	for _, typed := range []string{"", "ZW09", code + "0", strings.Repeat("Z", 23) + "!", strings.Repeat(" ", 1000)} {
		if got, ok := account.AsRecoveryCode(typed); ok {
			t.Errorf("%q was taken for %q", typed, got)
		}
	}
	if account.CodeDigest("p", code) == account.CodeDigest("q", code) {
		t.Error("two people's codes have one digest")
	}
	if bits := account.CodeLength * 8; bits < 112 {
		t.Errorf("a code of %s bits needs more than a digest", strconv.Itoa(bits))
	}
}
