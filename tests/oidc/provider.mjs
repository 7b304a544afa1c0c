// A certified OpenID provider for the tests (oidc-provider): provider.mjs PORT REDIRECT_URI... Whoever names themselves is let in.
// Keys are made anew at each start. PKCE is required, as an organisation's provider would.
import { generateKeyPairSync } from 'node:crypto'
import Provider from 'oidc-provider'

const [port, ...redirects] = process.argv.slice(2)
const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: 'kaohe', client_secret: 'a secret of the tests', redirect_uris: redirects, grant_types: ['authorization_code'], response_types: ['code'] }],
  jwks: { keys: [{ ...key, kid: crypto.randomUUID(), use: 'sig', alg: 'RS256' }] },
  cookies: { keys: ['a key of the tests'] },
  pkce: { required: () => true },
})
provider.listen(Number(port), '127.0.0.1', () => console.log('ready'))
