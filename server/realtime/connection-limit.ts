/** Counts the sockets, or requests, of each client, by owner or by address, and says when there are too many. */
export class ConnectionLimit {
  readonly #counts = new Map<string, number>();

  /** @param most sockets that one client may have in this process */
  constructor(private readonly most: number) {}

  /** Whether the client may have one more socket; then it has, until `leave`. */
  enter(client: string): boolean {
    const count = this.#counts.get(client) ?? 0;
    if (count >= this.most) {
      return false;
    }
    this.#counts.set(client, count + 1);
    return true;
  }

  leave(client: string): void {
    const count = this.#counts.get(client) ?? 0;
    if (count > 1) {
      this.#counts.set(client, count - 1);
    } else {
      this.#counts.delete(client);
    }
  }
}
