package web

import "maps"

func init() {
	maps.Copy(structs, map[string]any{
		"account": accountPage{}, "arrived": arrivedPage{}, "code": codePage{}, "codes": codesPage{}, "confirm": confirmPage{}, "erase": erasePage{},
		"leaving": leavingPage{}, "newpassword": newPasswordPage{}, "passkey": newPasskeyPage{}, "prove": provePage{}, "recover": recoverPage{},
		"reset": resetPage{}, "signedout": signedOutPage{}, "signin": signInPage{}, "signup": signUpPage{}, "token": tokenPage{}, "totp": totpPage{},
	})
}
