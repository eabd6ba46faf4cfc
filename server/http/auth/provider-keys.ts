import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type FetchImplementation,
  type JWTVerifyGetKey,
} from 'jose';
import * as v from 'valibot';
import { ServiceError } from '../../domain/service-error';
import type { Log } from '../../ports/log';

/** Time (ms) after which the keys are read again, so that those that were taken back are no longer taken. */
const REFRESH_MS = 600_000;

/** The same after an attempt that failed. */
const RETRY_MS = 60_000;

/** Time (ms) in which the provider is asked once at the most, however many tokens name unknown keys. */
const COOLDOWN_MS = 30_000;

/** Time (ms) that known keys are used for while the provider is away. */
const MAX_AGE_MS = 86_400_000;

/** Time (ms) that an answer may take. */
const PATIENCE_MS = 5000;

/** Longest answer (bytes): some hundred keys. */
const MAX_BYTES = 262_144;

const KeySet = v.object({ keys: v.array(v.looseObject({ kty: v.string() })) });

/** What says no more than that a token names no key of the provider, which has answered. */
const NO_SUCH_KEY = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];

/** The public keys of an identity provider (JWKS, RFC 7517, 5), as it changes them. */
export class ProviderKeys {
  readonly #keys: ReturnType<typeof createRemoteJWKSet>;
  #nextRefresh: NodeJS.Timeout | undefined;
  #failure: { readonly error: unknown; readonly at: number } | undefined;
  #isClosed = false;

  constructor(
    url: string,
    private readonly log: Log,
  ) {
    this.#keys = createRemoteJWKSet(new URL(url), {
      cacheMaxAge: MAX_AGE_MS,
      cooldownDuration: COOLDOWN_MS,
      timeoutDuration: PATIENCE_MS,
      [customFetch]: (...request) => this.#fetch(...request),
    });
  }

  /** What operators should know, in sentences without secrets. */
  get warnings(): readonly string[] {
    return this.#failure === undefined
      ? []
      : [
          'The keys of the identity provider cannot be read: check AUTH_JWKS_URL and the way there. The log says why.',
        ];
  }

  /** Reads the keys, and keeps them fresh until `close()`. */
  async refresh(): Promise<void> {
    try {
      await this.#keys.reload();
    } catch {
      // `#fetch` has logged it, and `warnings` tells it.
    }
    clearTimeout(this.#nextRefresh);
    if (!this.#isClosed) {
      const delay = this.#failure === undefined ? REFRESH_MS : RETRY_MS;
      this.#nextRefresh = setTimeout(() => void this.refresh(), delay).unref();
    }
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#nextRefresh);
  }

  /**
   * The key that a token names.
   *
   * @throws ServiceError `unavailable` when it is not known, and the provider cannot be asked; an error of
   *   `jose` when the provider has no such key
   */
  readonly keyOf: JWTVerifyGetKey = async (header, token) => {
    try {
      return await this.#keys(header, token);
    } catch (error) {
      throw NO_SUCH_KEY.some((kind) => error instanceof kind) ? error : providerAway();
    }
  };

  readonly #fetch: FetchImplementation = async (url, options) => {
    if (this.#failure !== undefined && Date.now() < this.#failure.at + COOLDOWN_MS) {
      throw this.#failure.error;
    }
    try {
      const keys = v.parse(KeySet, JSON.parse(await readText(await fetch(url, options))));
      this.#failure = undefined;
      return Response.json(keys);
    } catch (error) {
      this.#failure = { error, at: Date.now() };
      this.log.warn({ err: error }, 'the keys of the identity provider could not be read');
      throw error;
    }
  };
}

/** @throws Error when the answer is not a short one with status 200: also a redirection, which is not followed */
async function readText(response: Response): Promise<string> {
  const body: AsyncIterable<Uint8Array> | null = response.body;
  if (response.status !== 200 || body === null) {
    await response.body?.cancel();
    throw new Error(`The identity provider answered with ${response.status} instead of its keys.`);
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.byteLength;
    if (size > MAX_BYTES) {
      throw new Error(`The identity provider answered with more than ${MAX_BYTES} bytes.`);
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function providerAway(): ServiceError {
  return new ServiceError(
    'unavailable',
    'The keys of the identity provider cannot be read at the moment: try again later.',
  );
}
