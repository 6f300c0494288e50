package dialogue

// Reserved are words that stand in addresses where the id of a dialogue stands,
// and so name no dialogue.
var Reserved = []ID{
	"about", "account", "api", "confirm", "contact", "demo", "help", "invitation", "legal", "notices", "oidc", "owner", "search", "server",
	"sign-in", "sign-out", "sign-up", "static", "unsubscribe",
}
