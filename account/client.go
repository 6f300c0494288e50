package account

import "context"

type clientKey struct{}

// WithClient notes from where a request comes: a name of the network it came
// from that changes every day and cannot be turned back into an address.
func WithClient(ctx context.Context, network string) context.Context {
	return context.WithValue(ctx, clientKey{}, network)
}

// Client is the network that WithClient noted.
func Client(ctx context.Context) string {
	n, _ := ctx.Value(clientKey{}).(string)
	return n
}
