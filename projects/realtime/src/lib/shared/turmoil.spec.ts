import { TestBed } from '@angular/core/testing';
import * as fc from 'fast-check';
import { type FakeTab, isGap, settled } from '../../spec-support/fake-tab';
import { FakeWebSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { PlayedTabs } from '../../spec-support/played-tabs';
import { withRecovery } from '../recovery/with-recovery';
import { withRetry } from '../retry/with-retry';
import { withSharedConnection } from './with-shared-connection';

const TABS = 5;
/** More than a leader that hangs may be silent. */
const OVERTHROW = 20_000;
/** More than the first attempt waits. */
const RETRY = 2_000;
/** Where a tab is before its first event. */
const START = -1;

interface Incident {
  readonly kind:
    'write' | 'serve' | 'drop' | 'open' | 'close' | 'crash' | 'freeze' | 'lag' | 'hang' | 'go on';
  /** How many events, or which of the living tabs. */
  readonly number: number;
}

/** Tabs to which things happen. */
class Turmoil extends PlayedTabs {
  /** How to get each tab that stands still to go on. */
  readonly #still = new Map<FakeTab, () => void>();
  /** The tabs that ever stood still. */
  readonly #slept = new Set<FakeTab>();

  constructor() {
    super(() => [
      withRetry({ jitter: 0, maxAttempts: Infinity }),
      withRecovery(),
      withSharedConnection({ name: 'test' }),
    ]);
  }

  /** Everything goes on until nothing is under way any more, and one more event is written. */
  async end(): Promise<void> {
    this.#goOn();
    await this.pass(OVERTHROW);
    this.server.write();
    await this.calm();
  }

  async suffer({ kind, number }: Incident): Promise<void> {
    const { browser, server } = this;
    const { living } = browser;
    const tab = living[number % living.length];
    switch (kind) {
      case 'write':
        server.write(number);
        server.serve();
        return;
      case 'serve':
        server.serve();
        return settled();
      case 'go on':
        this.#goOn();
        return settled();
      case 'open':
        await this.open(1);
        return;
      case 'drop':
        if (browser.leader?.socket?.readyState === FakeWebSocket.OPEN && !this.#still.has(browser.leader)) {
          browser.leader.socket.drop();
          await this.pass(RETRY);
        }
        return;
      case 'hang':
        this.#goOn();
        if (browser.leader) {
          this.#stop(browser.leader, 'hang');
          await this.pass(OVERTHROW);
        }
        return;
      case 'freeze':
      case 'lag':
        if (tab && !this.#still.has(tab)) {
          this.#stop(tab, kind);
        }
        return;
      case 'close':
      case 'crash':
        if (tab && living.length > 1 && !this.#still.has(tab)) {
          tab[kind]();
        }
    }
  }

  /**
   * Whether each tab has everything from the first event it saw, in order and once. Only one that slept may
   * lack something, when nobody is left who keeps it; it must say exactly what.
   */
  get isComplete(): boolean {
    return this.browser.living.every(
      (tab) => (tab.gaps.length === 0 || this.#slept.has(tab)) && reached(tab) === this.server.offset,
    );
  }

  /** Everything happens, one after the other, and the end. */
  async go(incidents: readonly Incident[]): Promise<void> {
    await this.open(TABS);
    for (const each of incidents) {
      await this.suffer(each);
    }
    await this.end();
  }

  #stop(tab: FakeTab, how: 'hang' | 'lag' | 'freeze'): void {
    this.#slept.add(tab);
    if (how === 'freeze') {
      tab.freeze();
      this.#still.set(tab, () => tab.thaw());
    } else {
      tab.hang();
      this.#still.set(tab, () => tab.unhang());
    }
  }

  #goOn(): void {
    for (const goOn of this.#still.values()) {
      goOn();
    }
    this.#still.clear();
  }
}

const incident: fc.Arbitrary<Incident> = fc.record({
  kind: fc.oneof(
    { weight: 3, arbitrary: fc.constant('write' as const) },
    {
      weight: 4,
      arbitrary: fc.constantFrom('close' as const, 'crash' as const, 'freeze' as const, 'lag' as const),
    },
    {
      weight: 4,
      arbitrary: fc.constantFrom('serve' as const, 'drop' as const, 'open' as const, 'go on' as const),
    },
    { weight: 1, arbitrary: fc.constant('hang' as const) },
  ),
  number: fc.nat({ max: TABS - 1 }),
});

/**
 * The offset up to which the tab has everything or knows of the gap; NaN when it lacks or doubles anything
 * else.
 */
function reached({ log }: FakeTab): number {
  return log.reduce<number>((at, entry) => {
    if (typeof entry === 'number') {
      return at === START || entry === at + 1 ? entry : NaN;
    }
    if (isGap(entry)) {
      return at === START || entry.from?.offset === at ? (entry.to?.offset ?? NaN) : NaN;
    }
    return at;
  }, START);
}

describe('tabs that come and go under a stream of events', () => {
  useFakeBrowser();

  it('lose nothing when the leader is closed again and again', async () => {
    const turmoil = new Turmoil();
    const { browser, server } = turmoil;
    await turmoil.open(TABS);
    for (const leader of browser.tabs.slice(0, -1)) {
      server.write(3);
      server.serve();
      expect(browser.leader).toBe(leader);
      leader.close();
      server.write(3);
      await turmoil.calm();
    }
    const everything = Array.from({ length: server.offset }, (_, index) => index + 1);

    expect(browser.living.map(({ events }) => events)).toEqual([everything]);
    expect(browser.tabs.flatMap(({ gaps }) => gaps)).toEqual([]);
  });

  it('learn what they missed in their sleep when nobody is left who has it', async () => {
    const turmoil = new Turmoil();
    await turmoil.go([
      { kind: 'freeze', number: 3 },
      { kind: 'write', number: 1 },
      { kind: 'open', number: 0 },
      ...[0, 0, 0, 1].map((number) => ({ kind: 'close' as const, number })),
    ]);

    expect(turmoil.browser.living.map(({ log }) => log.filter((entry) => typeof entry !== 'string'))).toEqual(
      [
        [
          {
            reason: 'history-trimmed',
            from: { epoch: 'e1', offset: 0 },
            to: { epoch: 'e1', offset: 1 },
          },
          2,
        ],
        [2],
      ],
    );
  });

  it('follow a leader that went and leads again in the same millisecond', async () => {
    const turmoil = new Turmoil();
    await turmoil.open(2);
    for (const kind of ['hang', 'freeze', 'go on'] as const) {
      await turmoil.suffer({ kind, number: 1 });
    }
    await turmoil.end();

    expect(turmoil.browser.living.map(({ events }) => events)).toEqual([[1], [1]]);
  });

  it('have each event exactly once and in order, over one socket, whatever happens to them and when', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(incident, { minLength: 3, maxLength: 16 }), async (incidents) => {
        TestBed.resetTestingModule();
        FakeWebSocket.sockets = [];
        const turmoil = new Turmoil();
        await turmoil.go(incidents);

        return turmoil.browser.living.filter(({ socket }) => socket).length === 1 && turmoil.isComplete;
      }),
      { numRuns: 40, interruptAfterTimeLimit: 20_000 },
    );
    expect().nothing();
  }, 60_000);
});
