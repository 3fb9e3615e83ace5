import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';

export type Claims = { sub: string; email?: string; email_verified?: boolean; name?: string };
export type OidcProvider = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Whoever comes next is this person; null: they refuse. */
  person: Claims | null;
  /** Signs with a key that is not the published one. */
  forge: boolean;
  close: () => Promise<void>;
};

type Asked = { redirect: string; challenge: string; nonce: string; claims: Claims };

/**
 * A site that says who somebody is, by OpenID Connect with authorization code, PKCE and nonce: it asks nobody anything and
 * vouches for `person`. https://openid.net/specs/openid-connect-core-1_0.html
 */
export async function startOidcProvider(): Promise<OidcProvider> {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const others = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const codes = new Map<string, Asked>();
  const provider: OidcProvider = {
    issuer: '',
    clientId: 'trastienda',
    clientSecret: randomBytes(16).toString('hex'),
    person: null,
    forge: false,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const idToken = ({ claims, nonce }: Asked) => {
    const seconds = Math.floor(Date.now() / 1000);
    const payload = {
      iss: provider.issuer,
      aud: provider.clientId,
      iat: seconds,
      exp: seconds + 300,
      nonce,
      ...claims,
    };
    return jwt(payload, provider.forge ? others.privateKey : keys.privateKey);
  };
  const authorize = (query: URLSearchParams) => {
    const back = new URL(query.get('redirect_uri') ?? '');
    back.searchParams.set('state', query.get('state') ?? '');
    if (provider.person) {
      const code = randomBytes(16).toString('hex');
      const [challenge, nonce] = [query.get('code_challenge') ?? '', query.get('nonce') ?? ''];
      codes.set(code, { redirect: query.get('redirect_uri') ?? '', challenge, nonce, claims: provider.person });
      back.searchParams.set('code', code);
    } else back.searchParams.set('error', 'access_denied');
    return { status: 302, location: back.href };
  };
  const token = async (request: IncomingMessage) => {
    const body = new URLSearchParams(await textOf(request));
    const asked = codes.get(body.get('code') ?? '');
    codes.delete(body.get('code') ?? '');
    const basic = `Basic ${Buffer.from(`${provider.clientId}:${provider.clientSecret}`).toString('base64')}`;
    const verifier = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url');
    const right =
      asked?.challenge === verifier &&
      asked.redirect === body.get('redirect_uri') &&
      request.headers.authorization === basic;
    if (!asked || !right) return { status: 400, json: { error: 'invalid_grant' } };
    return {
      status: 200,
      json: { access_token: randomBytes(8).toString('hex'), token_type: 'Bearer', id_token: idToken(asked) },
    };
  };
  const answer = async (request: IncomingMessage): Promise<{ status: number; json?: unknown; location?: string }> => {
    const url = new URL(request.url ?? '/', provider.issuer);
    if (url.pathname === '/.well-known/openid-configuration') return { status: 200, json: discovery(provider.issuer) };
    if (url.pathname === '/keys') {
      return {
        status: 200,
        json: { keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] },
      };
    }
    if (url.pathname === '/authorize') return authorize(url.searchParams);
    return url.pathname === '/token' ? token(request) : { status: 404 };
  };
  const server = createServer((request, response) => {
    answer(request).then(
      ({ status, json, location }) => {
        response.writeHead(status, { 'content-type': 'application/json', ...(location ? { location } : {}) });
        response.end(json === undefined ? '' : JSON.stringify(json));
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no port');
  provider.issuer = `http://127.0.0.1:${address.port}`;
  return provider;
}

const discovery = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/keys`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
  token_endpoint_auth_methods_supported: ['client_secret_basic'],
});

function jwt(payload: object, key: Parameters<typeof sign>[2]): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'RS256', typ: 'JWT', kid: 'one' })}.${part(payload)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
