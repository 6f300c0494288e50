package account_test

import (
	"strings"
	"testing"

	"parley/account"
)

func TestPasswords(t *testing.T) {
	const short, long, common, context = "account.password-short", "account.password-long", "account.password-common", "account.password-context"
	for password, key := range map[string]string{
		"three owls":                     "",
		"        ":                       "", // blanks are characters
		"пять тихих сов":                 "",
		strings.Repeat("сова ", 25):      "", // 125 runes
		strings.Repeat("x1y", 42) + "zz": "", // 128
		"":                               short,
		"owls":                           short,
		"сова123":                        short,
		"e\u0301e\u0301e\u0301e\u0301":   short, // four letters, in two parts each
		strings.Repeat("ab3", 43):        long,
		"12345678":                       common,
		"QwErTyUiOp":                     common,
		"ЙЦУКЕНГШЩЗ":                     common, // the same keys
		"iloveyou":                       common,
		"parley-2026":                    context,
		"olga-petrova-1":                 context,
		"OLGA-PETROVA":                   context,
		"Пароль2026":                     context,
		"my-password-1":                  context,
		"Gfhjkm-2026":                    context, // «пароль» on a Latin keyboard
		"parley and three brown owls":    "",
		"olga-petrova keeps owls":        "",
	} {
		faulty(t, password, account.CheckPassword(password, "Olga-Petrova"), key)
	}
	faulty(t, "a short name is in many words", account.CheckPassword("plannery", "ann"), "")
}
