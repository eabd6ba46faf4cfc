import { TestBed } from '@angular/core/testing';
import * as fc from 'fast-check';
import { tick } from '../../spec-support/client';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { outboxClient, shakeHands } from '../../spec-support/outbox-client';
import type { SendPolicy } from './send-policy';

const LIMITS = { maxMessages: 8, maxBytes: 400 };

type Step =
  | { readonly do: 'send'; readonly policy: SendPolicy; readonly padding: number }
  | { readonly do: 'request'; readonly timeout: number }
  | { readonly do: 'open' | 'drop' | 'end' | 'answer' }
  | { readonly do: 'tick'; readonly by: number };

const policy: fc.Arbitrary<SendPolicy> = fc.oneof(
  fc.constant<SendPolicy>({ whenOffline: 'drop' }),
  fc.record({ whenOffline: fc.constant('queue'), maxAge: fc.integer({ min: 1, max: 20_000 }) }),
  fc.record({ whenOffline: fc.constant('latest'), key: fc.constantFrom('j', 'k') }),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('send'), policy, padding: fc.nat({ max: 150 }) }),
  fc.record({ do: fc.constant('request'), timeout: fc.integer({ min: 1, max: 20_000 }) }),
  fc.record({ do: fc.constantFrom('open', 'open', 'drop', 'end', 'answer', 'answer') }),
  fc.record({ do: fc.constant('tick'), by: fc.nat({ max: 3_000 }) }),
);

/** A server that does each command once, however often it is sent, and acknowledges every time. */
class CommandServer {
  readonly #seen = new Map<FakeWebSocket, number>();
  readonly #known = new Set<unknown>();
  /** The numbers of the commands that were done, in order. */
  readonly done: unknown[] = [];

  /** Reads what arrived since the last time, and answers on the sockets that are still open. */
  answer(): void {
    for (const socket of FakeWebSocket.sockets) {
      const messages = socket.sentMessages.slice(this.#seen.get(socket) ?? 0);
      this.#seen.set(socket, socket.sentMessages.length);
      for (const { id, number } of messages) {
        if (id !== undefined) {
          if (!this.#known.has(id)) {
            this.#known.add(id);
            this.done.push(number);
          }
          if (socket.readyState === FakeWebSocket.OPEN) {
            socket.emit({ event: 'ack', data: { id, ok: true } });
          }
        }
      }
    }
  }
}

describe('the outbox, whatever happens in whatever order', () => {
  useFakeBrowser();

  async function run(steps: readonly Step[]) {
    TestBed.resetTestingModule();
    FakeWebSocket.sockets = [];
    const { realtime, outbox } = outboxClient({ ...LIMITS, rate: 20 });
    const server = new CommandServer();
    const settled: number[] = [];
    const results = new Map<string, number>();
    let number = 0;
    let isWithinBounds = true;
    realtime.connect();
    for (const each of steps) {
      number += 1;
      switch (each.do) {
        case 'send': {
          const message = { event: 'm', number, padding: 'x'.repeat(each.padding) };
          const result = outbox.send(message, each.policy);
          results.set(result, (results.get(result) ?? 0) + 1);
          break;
        }
        case 'request': {
          const index = settled.push(0) - 1;
          const settle = () => {
            settled[index] = (settled[index] ?? 0) + 1;
          };
          outbox.request('r', { number }, { timeout: each.timeout }).then(settle, settle);
          break;
        }
        case 'open':
          if (lastSocket().readyState === FakeWebSocket.CONNECTING) {
            shakeHands();
          }
          break;
        case 'drop':
          if (lastSocket().readyState <= FakeWebSocket.OPEN) {
            lastSocket().drop();
          }
          break;
        case 'end':
          realtime.disconnect();
          realtime.connect();
          break;
        case 'answer':
          server.answer();
          break;
        case 'tick':
          tick(each.by);
          break;
      }
      isWithinBounds &&= outbox.depth() <= LIMITS.maxMessages && outbox.bytes() <= LIMITS.maxBytes;
    }
    tick(30_001);
    server.answer();
    await Promise.resolve();
    return { outbox, server, settled, results, isWithinBounds };
  }

  it('keeps the order of sending on every link', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        await run(steps);
        return FakeWebSocket.sockets.every(({ sentMessages }) => {
          const numbers = sentMessages
            .map((message) => message['number'])
            .filter((n) => typeof n === 'number');
          return numbers.every((n, index) => index === 0 || n > (numbers[index - 1] ?? Infinity));
        });
      }),
    );
    expect().nothing();
  });

  it('never keeps more than its bounds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => (await run(steps)).isWithinBounds),
    );
    expect().nothing();
  });

  it('settles every request exactly once, and nothing is left of it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { settled, outbox, server } = await run(steps);
        const requests = steps.filter((each) => each.do === 'request').length;
        return (
          settled.length === requests &&
          settled.every((times) => times === 1) &&
          new Set(server.done).size === server.done.length &&
          outbox.depth() <= LIMITS.maxMessages
        );
      }),
    );
    expect().nothing();
  });

  it('accounts for every message: sent, dropped or still waiting', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { outbox } = await run(steps);
        const sends = steps.filter((each) => each.do === 'send').length;
        const sent = FakeWebSocket.sockets
          .flatMap(({ sentEvents }) => sentEvents)
          .filter((event) => event === 'm').length;
        return sends === sent + outbox.dropped() + outbox.depth();
      }),
    );
    expect().nothing();
  });

  it('S15: does each command exactly once though connections break between sending and acknowledging', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ requests: fc.nat({ max: 3 }), arrives: fc.boolean() }), { maxLength: 8 }),
        async (links) => {
          TestBed.resetTestingModule();
          FakeWebSocket.sockets = [];
          const { realtime, outbox } = outboxClient({ requestTimeout: 3_600_000 });
          const server = new CommandServer();
          const answers: Promise<unknown>[] = [];
          realtime.connect();
          for (const { requests, arrives } of links) {
            shakeHands();
            for (let request = 0; request < requests; request += 1) {
              answers.push(outbox.request('r', { number: answers.length }));
            }
            tick(500);
            // The connection breaks with the acknowledgements on their way.
            if (arrives) {
              lastSocket().readyState = FakeWebSocket.CLOSING;
              server.answer();
            }
            lastSocket().drop();
            tick(10_000);
          }
          shakeHands();
          tick(10_000);
          server.answer();
          await Promise.all(answers);
          return server.done.join() === [...answers.keys()].join();
        },
      ),
    );
    expect().nothing();
  });
});
