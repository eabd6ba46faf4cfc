import { SeededRandom } from '../../faults/seeded-random';
import { SEED } from '../../faults/settings';
import { RawClient } from './raw-client';

/** Complaints that are told; more of them say no more. */
const TOLD = 5;
/** Attempts that got through after which an attack needs no more of them. */
const ENOUGH = 40;
/** Addresses that attempts come from in turn; the well-behaved client has another one. */
const ADDRESSES = 200;
/** Bytes of an attempt that are told. */
const SHOWN = 600;

/** One attempt to harm a server. */
export class Attempt {
  readonly #clients: RawClient[] = [];

  /** @param number of the attempt among those of its attack */
  constructor(
    private readonly port: number,
    readonly number: number,
    readonly random: SeededRandom,
  ) {}

  /**
   * A new client; it leaves when the attempt is over, unless the attack lets it stay.
   *
   * @param from address of this machine that it connects from; by default, most attempts have one of their own
   */
  async connect(from = `127.0.66.${1 + (this.number % ADDRESSES)}`): Promise<RawClient> {
    const client = await RawClient.connect(this.port, from);
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

  /** Settles once its clients are gone. */
  async leave(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.leave()));
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
   * Makes attempts, some of them at the same time, until the server has ended or enough of them got through.
   * The seed and the number of an attempt determine it.
   *
   * @param make says what is wrong with the answer; undefined where it is as it should be
   */
  async attempt(
    count: number,
    make: (attempt: Attempt) => Promise<string | undefined>,
    { atOnce = 8, stay = false } = {},
  ): Promise<void> {
    for (let first = 0; first < count && this.#isUndecided; first += atOnce) {
      const attempts = Array.from(
        { length: Math.min(atOnce, count - first) },
        (_, index) => new Attempt(this.server.port, first + index, new SeededRandom(SEED + first + index)),
      );
      this.#last = attempts;
      await Promise.all(attempts.map((attempt) => this.#judge(attempt, make)));
      if (stay) {
        this.#staying.push(...attempts);
      } else {
        await Promise.all(attempts.map((attempt) => attempt.leave()));
      }
    }
  }

  /** So many attempts got through, as is seen only when all of them were made. */
  complain(count: number, complaint: string): void {
    this.#failed += count;
    this.complaints.push(complaint);
  }

  /** All clients that stayed leave; settles once they are gone. */
  async leave(): Promise<void> {
    await Promise.all(this.#staying.splice(0).map((attempt) => attempt.leave()));
  }

  get #isUndecided(): boolean {
    return this.server.isRunning && this.#failed < ENOUGH;
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
