package api

import "context"

// everything is all that is kept about the reader.
type everything struct {
	Person holder `json:"person"`
}

func (s *server) exportAccount(ctx context.Context, v *visit, _ *struct{}) (*outBody[everything], error) {
	all, err := s.Store.Everything(ctx, v.Person, v.now)
	if err != nil {
		return nil, err
	}
	return &outBody[everything]{everything{Person: holderOf(all.Person)}}, nil
}
