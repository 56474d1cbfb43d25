import { createHmac, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import { closeServer, listen } from './fake-connector';

export interface Claims {
  readonly aud: string;
  readonly serviceurl: string;
  readonly iss?: string;
}

export interface TokenIssuer {
  readonly name: string;
  readonly openIdUrl: string;
  /** A token as the connector sends it, or one that it would not send. */
  sign(claims: Claims, how?: SignOptions): string;
  close(): Promise<void>;
}

interface SignOptions {
  readonly key?: 'endorsed' | 'not-endorsed' | 'stranger';
  readonly kid?: string;
  readonly alg?: 'RS256' | 'HS256' | 'none';
  /** Seconds from now; negative is expired. */
  readonly expires?: number;
}

const name = 'https://api.botframework.com';

/** The OpenID endpoint that publishes the keys of Teams' connector, on loopback. */
export async function startTokenIssuer(): Promise<TokenIssuer> {
  const pairs = { endorsed: createPair(), 'not-endorsed': createPair(), stranger: createPair() };
  const keys = [
    { ...pairs.endorsed.publicKey.export({ format: 'jwk' }), kid: 'endorsed', endorsements: ['msteams'] },
    {
      ...pairs['not-endorsed'].publicKey.export({ format: 'jwk' }),
      kid: 'not-endorsed',
      endorsements: ['webchat'],
    },
  ];
  const server = createServer((request, response) => {
    const metadata = {
      issuer: name,
      jwks_uri: `${openIdUrl}/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
    };
    const body = request.url === '/keys' ? { keys } : metadata;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  const openIdUrl = `http://127.0.0.1:${await listen(server)}`;

  return {
    name,
    openIdUrl,
    sign(
      claims,
      { key = 'endorsed', kid = key === 'stranger' ? 'endorsed' : key, alg = 'RS256', expires = 300 } = {},
    ) {
      const now = Math.floor(Date.now() / 1000);
      const payload = { iss: name, iat: now - 3600, nbf: now - 3600, exp: now + expires, ...claims };
      const content = `${encode({ alg, kid, typ: 'JWT' })}.${encode(payload)}`;
      return `${content}.${signature(alg, content, pairs[key].privateKey)}`;
    },
    close: () => closeServer(server),
  };
}

function createPair(): { publicKey: KeyObject; privateKey: KeyObject } {
  return generateKeyPairSync('rsa', { modulusLength: 2048 });
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

function signature(alg: SignOptions['alg'], content: string, key: KeyObject): string {
  if (alg === 'none') return '';
  if (alg === 'HS256') return createHmac('sha256', 'a shared secret').update(content).digest('base64url');
  return createSign('RSA-SHA256').update(content).sign(key, 'base64url');
}
