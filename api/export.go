package api

import (
	"bytes"
	"context"
	"time"

	"parley/account"
)

// everything is all that is kept about the reader.
type everything struct {
	MadeAt      time.Time        `json:"made_at"`
	Person      holder           `json:"person"`
	Sessions    []session        `json:"sessions"`
	Passkeys    []passkey        `json:"passkeys"`
	Identities  []identity       `json:"identities"`
	Tokens      []Token          `json:"tokens"`
	Mail        []account.Mail   `json:"mail" doc:"Letters that wait, and those of the last thirty days"`
	Memberships []keptMembership `json:"memberships"`
}

type passkey struct {
	Name      string    `json:"name"`
	CreatedAt time.Time `json:"created_at"`
	UsedAt    time.Time `json:"used_at,omitzero" doc:"To the day; absent: never"`
}

type identity struct {
	Issuer    string    `json:"issuer"`
	Subject   string    `json:"subject"`
	Label     string    `json:"label"`
	CreatedAt time.Time `json:"created_at"`
}

// keptMembership is one membership with all that belongs to it.
type keptMembership struct {
	account.Belonging
	Verified *account.NameChecked `json:"verified,omitempty"`
}

func (s *server) exportAccount(ctx context.Context, v *visit, _ *struct{}) (*outBody[everything], error) {
	all, err := s.Store.Everything(ctx, v.Person, v.lang, v.now)
	if err != nil {
		return nil, err
	}
	out := everything{MadeAt: all.MadeAt, Person: holderOf(all.Person), Mail: all.Mail}
	for _, one := range all.Sessions {
		out.Sessions = append(out.Sessions, session(one))
	}
	for _, k := range all.Passkeys {
		out.Passkeys = append(out.Passkeys, passkey{k.Name, k.CreatedAt, k.UsedAt})
	}
	for _, i := range all.Identities {
		out.Identities = append(out.Identities, identity(i))
	}
	for _, t := range all.Tokens {
		out.Tokens = append(out.Tokens, Token(t))
	}
	for _, m := range all.Memberships {
		out.Memberships = append(out.Memberships, keptMembership{m, m.Verified})
	}
	return &outBody[everything]{out}, nil
}

// archive is the same as one ZIP file, with a page to read.
func (s *server) archive(ctx context.Context, v *visit, _ *struct{}) (*file, error) {
	all, err := s.Store.Everything(ctx, v.Person, v.lang, v.now)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := account.WriteArchive(&b, all, v.Lang); err != nil {
		return nil, err
	}
	return &file{zipMIME, `attachment; filename="parley.zip"`, b.Bytes()}, nil
}
