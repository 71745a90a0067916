/**
 * An OpenID Connect provider with a login page on which everybody is let in under the name they type. What it says of
 * `x@y` is that address; of `x@y unverified` that nobody has verified it. Another word behind it is another account with
 * the same address. Prints its address as soon as it listens.
 */
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const [callback, clientSecret] = process.argv.slice(2);
const server = createServer((request, response) => handle(request, response));
let handle;
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://localhost:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'wijkagenda',
        client_secret: clientSecret,
        token_endpoint_auth_method: 'client_secret_post',
        redirect_uris: [callback],
      },
    ],
    cookies: { keys: ['a key for tests'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    pkce: { required: () => true },
    findAccount: (_, id) => {
      const [email, word] = id.split(' ');
      return { accountId: id, claims: () => ({ sub: id, email, email_verified: word !== 'unverified' }) };
    },
  });
  handle = provider.callback();
  console.log(issuer);
});
