import { SeededRandom } from '../../faults/seeded-random';
import { SEED } from '../../faults/settings';
import { RawClient } from './raw-client';

/** Complaints that are told; more of them say no more. */
const TOLD = 5;
/** Bytes of an attempt that are told. */
const SHOWN = 600;

/** One attempt to harm a server. */
export class Attempt {
  readonly #clients: RawClient[] = [];

  constructor(
    readonly random: SeededRandom,
    private readonly port: number,
  ) {}

  /** A new client; it leaves when the attempt is over, unless the attack keeps it. */
  async connect(): Promise<RawClient> {
    const client = await RawClient.connect(this.port);
    this.#clients.push(client);
    return client;
  }

  /** What its clients sent and received, as far as it is told. */
  get story(): string {
    return this.#clients
      .map(({ sent, received }) => `sent ${shown(sent)}, received ${shown(received)}`)
      .join('; ');
  }

  get statuses(): readonly number[] {
    return this.#clients.flatMap(({ statuses }) => statuses);
  }

  leave(): void {
    this.#clients.forEach((client) => {
      client.destroy();
    });
  }
}

/** A kind of attempts, made in numbers. */
export class Attack {
  readonly complaints: string[] = [];
  readonly #staying: Attempt[] = [];
  #last: readonly Attempt[] = [];
  #tried = 0;
  #failed = 0;

  constructor(private readonly server: { readonly port: number; readonly isRunning: boolean }) {}

  get tried(): number {
    return this.#tried;
  }

  /** Attempts that the server answered as it should. */
  get held(): number {
    return this.#tried - this.#failed;
  }

  /** What was under way when the server ended, where it did. */
  get lastWords(): readonly string[] {
    return this.#last.map((attempt) => attempt.story);
  }

  /**
   * Makes attempts, some of them at the same time. The seed and the number of an attempt determine it.
   *
   * @param make says what is wrong with the answer; undefined where it is as it should be
   */
  async attempt(
    count: number,
    make: (attempt: Attempt) => Promise<string | undefined>,
    { atOnce = 8, stay = false } = {},
  ): Promise<void> {
    for (let first = 0; first < count && this.server.isRunning; first += atOnce) {
      const attempts = Array.from(
        { length: Math.min(atOnce, count - first) },
        (_, index) => new Attempt(new SeededRandom(SEED + first + index), this.server.port),
      );
      this.#last = attempts;
      await Promise.all(attempts.map((attempt) => this.#judge(attempt, make)));
      if (stay) {
        this.#staying.push(...attempts);
      } else {
        attempts.forEach((attempt) => {
          attempt.leave();
        });
      }
    }
  }

  /** All clients that stayed leave. */
  leave(): void {
    this.#staying.splice(0).forEach((attempt) => {
      attempt.leave();
    });
  }

  async #judge(attempt: Attempt, make: (attempt: Attempt) => Promise<string | undefined>): Promise<void> {
    this.#tried += 1;
    const complaint =
      (await make(attempt).catch((error: unknown) => String(error))) ??
      (attempt.statuses.includes(500) ? 'it was answered with 500' : undefined);
    if (complaint !== undefined) {
      this.#failed += 1;
      if (this.complaints.length < TOLD) {
        this.complaints.push(`${complaint}: ${attempt.story}`);
      }
    }
  }
}

/** Bytes as text that shows each of them. */
function shown(bytes: Buffer): string {
  const text = JSON.stringify(bytes.subarray(0, SHOWN).toString('latin1'));
  return bytes.length > SHOWN ? `${text}…` : text;
}
