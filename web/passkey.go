package web

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"parley/account"
	"parley/fault"
)

// ceremony is what the script of a page needs for a passkey: the options of the
// browser's own call, as JSON.
type ceremony struct {
	Options string
}

// relying is the site as passkeys know it. A passkey belongs to a name, so there
// are none where the site is found under a bare address; a site on this machine
// is also found as localhost.
func (s *Server) relying(r *http.Request) (*webauthn.WebAuthn, error) {
	host, origin := s.origin.Hostname(), s.origin.Scheme+"://"+s.origin.Host
	if a, err := netip.ParseAddr(host); err == nil {
		asked := (&url.URL{Host: r.Host}).Hostname()
		if !a.IsLoopback() || asked != "localhost" {
			return nil, nil
		}
		host, origin = asked, s.origin.Scheme+"://"+asked
		if port := s.origin.Port(); port != "" {
			origin = s.origin.Scheme + "://" + net.JoinHostPort(asked, port)
		}
	}
	return webauthn.New(&webauthn.Config{
		RPID: host, RPDisplayName: "parley", RPOrigins: []string{origin},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(),
			UserVerification: protocol.VerificationPreferred,
		},
		// Password managers add results that nobody asked for.
		ExtensionsUnsolicitedOutputPolicy: protocol.UnsolicitedOutputPolicyIgnore,
	})
}

// keyholder is a person as the ceremonies know them.
type keyholder struct {
	handle []byte
	name   string
	keys   []account.Passkey
}

func (k keyholder) WebAuthnID() []byte          { return k.handle }
func (k keyholder) WebAuthnName() string        { return k.name }
func (k keyholder) WebAuthnDisplayName() string { return k.name }
func (k keyholder) WebAuthnCredentials() []webauthn.Credential {
	var out []webauthn.Credential
	for _, p := range k.keys {
		c := webauthn.Credential{
			ID: p.ID, PublicKey: p.PublicKey, AttestationType: "none", AttestationFormat: "none",
			Flags:         webauthn.CredentialFlags{BackupEligible: p.Eligible, BackupState: p.BackedUp},
			Authenticator: webauthn.Authenticator{AAGUID: p.AAGUID, SignCount: p.Counter},
		}
		for _, t := range p.Transports {
			c.Transport = append(c.Transport, protocol.AuthenticatorTransport(t))
		}
		out = append(out, c)
	}
	return out
}

// askPasskey asks for any passkey of this site; nil where there can be none.
func (s *Server) askPasskey(r *http.Request, purpose string) (*ceremony, error) {
	rp, err := s.relying(r)
	if rp == nil || err != nil {
		return nil, err
	}
	challenge, err := s.challenge(r, purpose)
	if err != nil {
		return nil, err
	}
	options, _, err := rp.BeginDiscoverableLogin(func(o *protocol.PublicKeyCredentialRequestOptions) error {
		o.Challenge = challenge
		return nil
	})
	if err != nil {
		return nil, err
	}
	return asCeremony(options.Response)
}

func asCeremony(options any) (*ceremony, error) {
	b, err := json.Marshal(options)
	if err != nil {
		return nil, err
	}
	return &ceremony{string(b)}, nil
}

// makePasskey asks for a new one; nil where there can be none.
func (s *Server) makePasskey(r *http.Request, purpose string, holder keyholder) (*ceremony, error) {
	rp, err := s.relying(r)
	if rp == nil || err != nil {
		return nil, err
	}
	challenge, err := s.challenge(r, purpose)
	if err != nil {
		return nil, err
	}
	options, _, err := rp.BeginRegistration(holder,
		webauthn.WithExclusions(webauthn.Credentials(holder.WebAuthnCredentials()).CredentialDescriptors()),
		func(o *protocol.PublicKeyCredentialCreationOptions) error {
			o.Challenge = challenge
			return nil
		})
	if err != nil {
		return nil, err
	}
	return asCeremony(options.Response)
}

// errPasskey is what people hear of an answer that does not fit; why it does not
// is of no use to them.
func errPasskey(err error) error {
	if f, ok := fault.As(err); ok {
		return f
	}
	return fault.New(fault.Invalid, "door.passkey.wrong", "the passkey's answer: %v", err)
}

// madePasskey reads the answer to makePasskey.
func (s *Server) madePasskey(r *http.Request, purpose string, holder keyholder) (*account.Passkey, error) {
	rp, err := s.relying(r)
	if err != nil {
		return nil, err
	}
	answer, err := protocol.ParseCredentialCreationResponseBytes([]byte(r.PostFormValue("answer")))
	if rp == nil || err != nil {
		return nil, errPasskey(err)
	}
	challenge := answer.Response.CollectedClientData.Challenge
	if err := s.spend(r, purpose, challenge); err != nil {
		return nil, err
	}
	c, err := rp.CreateCredential(holder, webauthn.SessionData{
		Challenge: challenge, RelyingPartyID: rp.Config.RPID, UserID: holder.handle,
		UserVerification: protocol.VerificationPreferred, CredParams: webauthn.CredentialParametersDefault(),
	}, answer)
	if err != nil {
		return nil, errPasskey(err)
	}
	k := &account.Passkey{
		ID: c.ID, PublicKey: c.PublicKey, Counter: c.Authenticator.SignCount, UserHandle: holder.handle,
		BackedUp: c.Flags.BackupState, Eligible: c.Flags.BackupEligible, AAGUID: c.Authenticator.AAGUID, Name: r.PostFormValue("key_name"),
	}
	for _, t := range c.Transport {
		k.Transports = append(k.Transports, string(t))
	}
	return k, nil
}

// usedPasskey reads the answer to askPasskey: which passkey has signed, with the
// counter that it gave, and whose it is. Whether the counter may stand there, the
// store decides.
func (s *Server) usedPasskey(r *http.Request, purpose string) (used account.Passkey, person account.PersonID, err error) {
	rp, err := s.relying(r)
	if err != nil {
		return used, "", err
	}
	answer, err := protocol.ParseCredentialRequestResponseBytes([]byte(r.PostFormValue("answer")))
	if rp == nil || err != nil {
		return used, "", errPasskey(err)
	}
	challenge := answer.Response.CollectedClientData.Challenge
	if err := s.spend(r, purpose, challenge); err != nil {
		return used, "", err
	}
	var broken error
	_, _, err = rp.ValidatePasskeyLogin(func(id, handle []byte) (webauthn.User, error) {
		var err error
		used, person, err = s.Store.PasskeyByID(r.Context(), id)
		if err != nil && !fault.Is(err, fault.Missing) {
			broken = err
		}
		if err != nil || !bytes.Equal(used.UserHandle, handle) {
			return nil, errors.Join(errors.New("no such passkey"), err)
		}
		return keyholder{handle: used.UserHandle, keys: []account.Passkey{used}}, nil
	}, webauthn.SessionData{Challenge: challenge, RelyingPartyID: rp.Config.RPID, UserVerification: protocol.VerificationPreferred}, answer)
	if broken != nil {
		return used, "", broken
	}
	if err != nil {
		return used, "", errPasskey(nil)
	}
	data := answer.Response.AuthenticatorData
	used.Counter, used.BackedUp = data.Counter, data.Flags.HasBackupState()
	return used, person, nil
}

// signInPasskey opens a session with a passkey.
func (s *Server) signInPasskey(w http.ResponseWriter, r *http.Request) error {
	if err := s.paceNetwork(r, "sign-in", account.RateSignIn); err != nil {
		return err
	}
	used, _, err := s.usedPasskey(r, "sign-in")
	var o account.Opened
	if err == nil {
		o, err = s.Store.SignInPasskey(context.WithoutCancel(r.Context()), used, device(r), s.Now())
	}
	s.note(r, "sign-in", "passkey", err)
	if err == nil {
		return s.opened(w, r, o)
	}
	p, failed := s.signInPage(r)
	if failed != nil {
		return failed
	}
	return s.again(w, r, "signin", &p.doorPage, &p, err)
}

// provePasskey proves anew who is signed in, with a passkey of theirs.
func (s *Server) provePasskey(w http.ResponseWriter, r *http.Request) error {
	if err := s.paceNetwork(r, "sign-in", account.RateSignIn); err != nil {
		return err
	}
	used, whose, err := s.usedPasskey(r, "prove:"+visitOf(r).Session)
	if err == nil && whose != visitOf(r).Person {
		err = errPasskey(nil)
	}
	var o account.Opened
	if err == nil {
		o, err = s.Store.ProvePasskey(context.WithoutCancel(r.Context()), s.cookie(r, sessionCookie), used, s.Now())
	}
	s.note(r, "proof", "passkey", err)
	if err == nil {
		return s.opened(w, r, o)
	}
	p, failed := s.provePage(r)
	if failed != nil {
		return failed
	}
	return s.again(w, r, "prove", &p.doorPage, &p, err)
}

// newPasskeyForStranger asks for the passkey of an account that is still to be
// made. Its handle travels with the form, bound to the challenge.
func (s *Server) newPasskeyForStranger(r *http.Request) (c *ceremony, handle string, err error) {
	random := make([]byte, 32)
	rand.Read(random)
	handle = base64.RawURLEncoding.EncodeToString(random)
	c, err = s.makePasskey(r, "sign-up:"+handle, keyholder{handle: random, name: "parley"})
	return c, handle, err
}

// strangersPasskey reads the answer to it.
func (s *Server) strangersPasskey(r *http.Request) (*account.Passkey, error) {
	handle := r.PostFormValue("handle")
	random, err := base64.RawURLEncoding.DecodeString(handle)
	if err != nil || len(random) != 32 {
		return nil, errChallenge()
	}
	return s.madePasskey(r, "sign-up:"+handle, keyholder{handle: random, name: "parley"})
}
