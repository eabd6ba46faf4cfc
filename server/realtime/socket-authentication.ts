import { RefusalError } from './application';

/** Time (ms) a client has to say who it is. */
const PATIENCE_MS = 10_000;

/** The longest that a timer can wait (ms): 2³¹ − 1. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** What a valid token says. */
export interface VerifiedToken {
  /** 1 to 100 characters, none of them a control character or half of one. */
  readonly owner: string;
  /** When it stops being valid, in milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Tells whose a token is. */
export interface TokenVerifier {
  /**
   * @param token undefined where a client brought none
   * @throws RefusalError, or what `Application.refusalOf` explains: `unauthenticated` when the token is not
   *   valid, `unavailable` when that cannot be found out at the moment
   */
  verify(token: string | undefined): Promise<VerifiedToken>;
}

/** The owner of the client on one socket, and until when its token is valid. */
export class SocketAuthentication {
  #owner: string | undefined;
  #expiry: NodeJS.Timeout;
  #isEnded = false;

  /** @param onExpired is called when no token came in time, or when the last token has expired */
  constructor(
    private readonly tokens: TokenVerifier,
    private readonly onExpired: (reason: string) => void,
  ) {
    this.#expiry = setTimeout(() => {
      onExpired('no token came in time');
    }, PATIENCE_MS);
  }

  /**
   * Takes a token, the first or a later one. Callers wait for the answer to one before they bring the next.
   *
   * @throws RefusalError `unauthenticated` when it is another owner's than the first; what the verifier
   *   throws when it is not valid
   */
  async accept(token: string | undefined): Promise<VerifiedToken> {
    const verified = await this.tokens.verify(token);
    this.#owner ??= verified.owner;
    if (verified.owner !== this.#owner) {
      throw new RefusalError('unauthenticated', 'The token is that of another owner: use another socket.');
    }
    clearTimeout(this.#expiry);
    // What a client sent before it left may be answered after that.
    if (!this.#isEnded) {
      this.#expireAt(verified.expiresAt);
    }
    return verified;
  }

  end(): void {
    this.#isEnded = true;
    clearTimeout(this.#expiry);
  }

  #expireAt(time: number): void {
    const delay = time - Date.now();
    this.#expiry = setTimeout(
      () => {
        if (delay > LONGEST_TIMER_MS) {
          this.#expireAt(time);
        } else {
          this.onExpired('the token has expired');
        }
      },
      Math.min(delay, LONGEST_TIMER_MS),
    );
  }
}
