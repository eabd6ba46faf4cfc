import { createServer, type RequestListener, type Server } from 'node:http';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { portOf } from './port-of';

type PrivateKey = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

export const ISSUER = 'https://id.example';
export const AUDIENCE = 'novels';

/** An identity provider with real keys, on loopback. */
export class IdentityProvider {
  readonly #server: Server;
  readonly #signing = new Map<string, PrivateKey>();
  /** What its address answers with. */
  readonly keys: object[] = [];
  /** How often it was asked. */
  requests = 0;
  /** Answers in place of the keys. */
  answer: RequestListener | undefined;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.requests += 1;
      if (this.answer !== undefined) {
        this.answer(request, response);
        return;
      }
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: this.keys }));
    });
  }

  static async open(): Promise<IdentityProvider> {
    const provider = new IdentityProvider();
    await new Promise<void>((resolve) => provider.#server.listen(0, '127.0.0.1', resolve));
    return provider;
  }

  get url(): string {
    return `http://127.0.0.1:${portOf(this.#server)}/jwks.json`;
  }

  /** Has one more key. @param algorithm that it signs by @returns its public half */
  async addKey(kid: string, algorithm = 'ES256'): Promise<object> {
    const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
    const key = { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' };
    this.#signing.set(kid, privateKey);
    this.keys.push(key);
    return key;
  }

  /** A token for ada, for an hour, unless the claims say otherwise. */
  async tokenOf(kid: string, claims: JWTPayload = {}, algorithm = 'ES256'): Promise<string> {
    const exp = Math.floor(Date.now() / 1000) + 3600;
    const payload = { sub: 'ada', iss: ISSUER, aud: AUDIENCE, exp, ...claims };
    const key = this.#signing.get(kid);
    if (key === undefined) {
      throw new Error(`There is no key ${kid}.`);
    }
    return new SignJWT(payload).setProtectedHeader({ alg: algorithm, kid }).sign(key);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
