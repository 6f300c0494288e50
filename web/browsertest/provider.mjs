// Starts an OpenID provider that nobody here wrote, for TestProvider: its own
// pages for signing in (any name, any password), one client, nothing kept.
import Provider from "oidc-provider";

const [port, redirect] = process.argv.slice(2);
const provider = new Provider(`http://localhost:${port}`, {
  clients: [{client_id: "parley", client_secret: "a-secret-of-the-test", redirect_uris: [redirect]}],
  pkce: {required: () => true},
  cookies: {keys: ["a key of the test"]},
  claims: {openid: ["sub"], profile: ["name", "preferred_username"]},
  conformIdTokenClaims: false,
  findAccount: (_, id) => ({accountId: id, claims: () => ({sub: id, name: id, preferred_username: id, email: `${id}@example.org`})}),
});
provider.listen(port, "127.0.0.1", () => console.log("ready"));
