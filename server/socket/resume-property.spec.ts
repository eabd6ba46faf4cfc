import type { Session } from '@creative-autogpt/protocol';
import * as fc from 'fast-check';
import { describeOnEachBackend } from '../testing/backends';
import { ScriptedAuthor } from '../testing/scripted-author';
import type { SocketClient } from '../testing/socket-client';
import { TestServer } from '../testing/test-server';

const RUNS = 20;
const PATIENCE_MS = 120_000;

type Step =
  | { readonly do: 'write'; readonly to: number; readonly times: number }
  | { readonly do: 'subscribe' | 'unsubscribe'; readonly to: number }
  | { readonly do: 'wait'; readonly turns: number }
  | { readonly do: 'leave' | 'break' | 'return' };

const session = fc.integer({ min: 0, max: 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('write'), to: session, times: fc.integer({ min: 1, max: 150 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('subscribe', 'unsubscribe'), to: session }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait'), turns: fc.integer({ min: 1, max: 12 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('leave', 'break', 'return', 'return') }) },
);

/** A client that comes and goes, and what it has to receive. */
class Wanderer {
  readonly received: number[] = [];
  /** Offsets of the events that it wanted or was away for. */
  readonly due: number[] = [];
  #client: SocketClient | undefined;
  #wants = new Set<string>();
  #position: number;

  constructor(
    private readonly server: TestServer,
    private readonly messagePack: boolean,
    private readonly sessions: readonly Session[],
    position: number,
  ) {
    this.#position = position;
  }

  async take(next: Step): Promise<void> {
    switch (next.do) {
      case 'write':
        for (let time = 0; time < next.times; time += 1) {
          await this.#write(this.#idOf(next.to));
        }
        return;
      case 'subscribe':
        this.#wants.add(this.#idOf(next.to));
        await this.#tell(next.do, next.to);
        return;
      case 'unsubscribe':
        this.#wants.delete(this.#idOf(next.to));
        await this.#tell(next.do, next.to);
        return;
      case 'leave':
        await this.#client?.settle();
        await this.#end();
        return;
      case 'break':
        await this.#end();
        return;
      case 'return':
        await this.return();
        return;
      case 'wait':
        for (let turn = 0; turn < next.turns; turn += 1) {
          await new Promise(setImmediate);
        }
    }
  }

  /** Comes back, without waiting for what it missed. */
  async return(): Promise<void> {
    if (this.#client !== undefined) {
      return;
    }
    this.#wants = new Set();
    this.#client = await this.server.openClient({ messagePack: this.messagePack });
    const { epoch } = await this.server.store.journal.end();
    const resume = { epoch, offset: this.#position };
    this.#client.send({ event: 'connect', data: { capabilities: ['resume', 'batch'], resume } });
  }

  /** Waits until everything is there, then leaves. */
  async finish(): Promise<void> {
    await this.return();
    await this.take({ do: 'leave' });
  }

  async #write(sessionId: string): Promise<void> {
    const isAway = this.#client === undefined;
    await this.server.renameSession(sessionId, 'again');
    if (isAway || this.#wants.size === 0 || this.#wants.has(sessionId)) {
      this.due.push((await this.server.store.journal.end()).offset);
    }
  }

  async #tell(event: 'subscribe' | 'unsubscribe', to: number): Promise<void> {
    if (this.#client === undefined) {
      this.#wants = new Set();
      return;
    }
    this.#client.send({ event, session_id: this.#idOf(to) });
    await this.#client.messages.next(`${event}d`);
  }

  async #end(): Promise<void> {
    const client = this.#client;
    if (client !== undefined) {
      this.#client = undefined;
      client.socket.terminate();
      await client.closed;
      this.received.push(...client.offsets);
      this.#position = this.received.at(-1) ?? this.#position;
    }
  }

  #idOf(index: number): string {
    return this.sessions[index]?.id ?? '';
  }
}

describeOnEachBackend('Resuming, whatever happens', (kind) => {
  let server: TestServer;

  beforeEach(async () => {
    server = await TestServer.open(kind, new ScriptedAuthor());
  });

  afterEach(async () => {
    await server.close();
  });

  it(
    'S13: a client that comes and goes receives every event it wanted or was away for, in order, each once',
    async () => {
      const sessions = [await server.createSession(), await server.createSession()];

      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 20 }), fc.boolean(), async (steps, messagePack) => {
          const client = new Wanderer(
            server,
            messagePack,
            sessions,
            (await server.store.journal.end()).offset,
          );
          await client.return();
          for (const next of steps) {
            await client.take(next);
          }
          await client.finish();

          expect(client.received).toEqual([...new Set(client.received)].sort((one, other) => one - other));
          expect(client.due.filter((offset) => !client.received.includes(offset))).toEqual([]);
        }),
        { numRuns: RUNS, seed: 20_261_122 },
      );
    },
    PATIENCE_MS,
  );
});
