import { setImmediate as nextTurn } from 'node:timers/promises';
import fastify, { type FastifyInstance } from 'fastify';
import { exitOnSignals } from './exit-on-signals';

/** Time (ms) that a server has to close. */
const CLOSING_TIME_MS = 5000;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type Signal = (typeof SIGNALS)[number];

/** What of the process matters here; the real one would end the specs. */
interface Exiting {
  exit(code?: unknown): unknown;
}

describe('exitOnSignals', () => {
  let app: FastifyInstance;
  let exit: jasmine.Spy<Exiting['exit']>;
  let others: ReadonlySet<NodeJS.SignalsListener>;
  let letClose: () => void;
  const listenersTo = (signal: Signal) =>
    process.listeners(signal).filter((listener) => !others.has(listener));
  beforeEach(() => {
    others = new Set(SIGNALS.flatMap((signal) => process.listeners(signal)));
    jasmine.clock().install();
    app = fastify();
    letClose = () => undefined;
    exit = spyOn<Exiting, 'exit'>(process, 'exit');
  });
  afterEach(async () => {
    // While `exit` is still a spy: a server that closes later would end the specs.
    letClose();
    await app.close();
    await nextTurn();
    jasmine.clock().uninstall();
    for (const signal of SIGNALS) {
      listenersTo(signal).forEach((listener) => process.off(signal, listener));
    }
  });

  /** Not through the process, where others listen, too. */
  const send = (signal: Signal): void => {
    listenersTo(signal).forEach((listener) => {
      listener(signal);
    });
  };
  /** The server does not close before `letClose` is called. */
  const keepOpen = (): void => {
    const closing = new Promise<void>((resolve) => {
      letClose = resolve;
    });
    app.addHook('preClose', () => closing);
  };
  /** The code of the next exit. */
  const exited = (): Promise<unknown> => new Promise((resolve) => exit.and.callFake(resolve));

  for (const signal of SIGNALS) {
    it(`closes the server, then the store, on ${signal}`, async () => {
      const closed: string[] = [];
      app.addHook('onClose', () => {
        closed.push('server');
      });
      exitOnSignals(app, { close: () => void closed.push('store') });
      const code = exited();
      send(signal);

      expect(await code).toBe(0);
      expect(closed).toEqual(['server', 'store']);
    });
  }

  it('waits for a store that takes its time', async () => {
    const closed: string[] = [];
    exitOnSignals(app, {
      close: async () => {
        await app.ready();
        closed.push('store');
      },
    });
    const code = exited();
    send('SIGINT');
    await code;

    expect(closed).toEqual(['store']);
  });

  it('ends with another code where something could not be closed', async () => {
    exitOnSignals(app, { close: () => Promise.reject(new Error('disk full')) });
    const code = exited();
    send('SIGTERM');

    expect(await code).toBe(1);
  });

  it('does not wait for ever', () => {
    keepOpen();
    exitOnSignals(app, { close: () => undefined });
    send('SIGTERM');
    jasmine.clock().tick(CLOSING_TIME_MS - 1);

    expect(exit).not.toHaveBeenCalled();

    jasmine.clock().tick(1);

    expect(exit).toHaveBeenCalledOnceWith(1);
  });

  it('ends at once when it is asked a second time', () => {
    keepOpen();
    exitOnSignals(app, { close: () => undefined });
    send('SIGTERM');
    send('SIGINT');

    expect(exit).toHaveBeenCalledOnceWith(1);
  });
});
