/**
 * An OpenID Connect provider whose login page accepts everyone under the name they type. The claims for `x@y` contain
 * that address; those for `x@y unverified` say that it is not verified. Any other word after the address makes another
 * account with the same address. Prints its address once it is listening.
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
