/** Which sessions one client wants to hear of. */
export class Subscriptions {
  readonly #sessions = new Set<string>();
  #everySession = false;

  /** Adds one session, or with undefined the updates of every session. */
  add(sessionId: string | undefined): void {
    if (sessionId === undefined) {
      this.#everySession = true;
    } else {
      this.#sessions.add(sessionId);
    }
  }

  /** Takes back what the same `add` did. */
  remove(sessionId: string | undefined): void {
    if (sessionId === undefined) {
      this.#everySession = false;
    } else {
      this.#sessions.delete(sessionId);
    }
  }

  /** Whether updates of this session are wanted: those of every session are by a client that has named none. */
  wantsUpdatesOf(sessionId: string): boolean {
    return this.#everySession || this.#sessions.size === 0 || this.#sessions.has(sessionId);
  }

  /** Whether the text of this session is wanted: only where the session itself was named. */
  wantsTextOf(sessionId: string): boolean {
    return this.#sessions.has(sessionId);
  }
}
