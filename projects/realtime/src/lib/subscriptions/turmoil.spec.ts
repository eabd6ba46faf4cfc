import { TestBed } from '@angular/core/testing';
import * as fc from 'fast-check';
import type { Subscription } from 'rxjs';
import { tick } from '../../spec-support/client';
import type { FakeTab } from '../../spec-support/fake-tab';
import { FakeWebSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { PlayedTabs } from '../../spec-support/played-tabs';
import { ROOMS } from '../../spec-support/rooms';
import { withRecovery } from '../recovery/with-recovery';
import { withRetry } from '../retry/with-retry';
import { withSharedConnection } from '../shared/with-shared-connection';
import { RealtimeSubscriptions } from './realtime-subscriptions';
import { withSubscriptions } from './with-subscriptions';

const TABS = 3;
const ROOM_NAMES = ['a', 'b', 'c'] as const;
/** Milliseconds, more than a leader that hangs may be silent. */
const OVERTHROW = 20_000;

const KINDS = [
  'keep',
  'keep',
  'leave',
  'turn',
  'serve',
  'drop',
  'open',
  'close',
  'crash',
  'freeze',
  'hang',
  'overthrow',
  'go on',
] as const;

interface Incident {
  readonly kind: (typeof KINDS)[number];
  /** Which of the living tabs, and of its rooms. */
  readonly number: number;
}

/** Tabs that subscribe to rooms while things happen to them. */
class Turmoil extends PlayedTabs {
  readonly #still = new Map<FakeTab, () => void>();
  readonly #kept = new Map<FakeTab, (readonly [room: string, subscription: Subscription])[]>();

  constructor() {
    super(() => [
      withRetry({ jitter: 0, maxAttempts: Infinity }),
      withRecovery(),
      withSharedConnection({ name: 'test' }),
      withSubscriptions(ROOMS),
    ]);
  }

  /** What living tabs keep. */
  get wanted(): readonly string[] {
    const rooms = this.browser.living.flatMap((tab) => this.#roomsOf(tab).map(([room]) => room));
    return [...new Set(rooms)].sort();
  }

  async go(incidents: readonly Incident[]): Promise<void> {
    await this.open(TABS);
    for (const each of incidents) {
      await this.#suffer(each);
    }
    this.#goOn();
    await this.pass(OVERTHROW);
  }

  async #suffer({ kind, number }: Incident): Promise<void> {
    const { living, leader } = this.browser;
    const tab = living[number % living.length];
    if (!tab) {
      return;
    }
    switch (kind) {
      case 'keep': {
        const room = ROOM_NAMES[number % ROOM_NAMES.length] ?? 'a';
        const subscription = tab.injector.get(RealtimeSubscriptions).to({ room }).subscribe();
        this.#kept.set(tab, [...this.#roomsOf(tab), [room, subscription]]);
        return;
      }
      case 'leave':
        this.#kept
          .get(tab)
          ?.splice(0, 1)
          .forEach(([, subscription]) => subscription.unsubscribe());
        return;
      case 'turn':
        tick(0);
        return;
      case 'serve':
        return this.calm();
      case 'drop':
        if (leader?.socket?.readyState === FakeWebSocket.OPEN && !this.#still.has(leader)) {
          leader.socket.drop();
        }
        return;
      case 'open':
        await this.open(1);
        return;
      case 'close':
      case 'crash':
        if (living.length > 1 && !this.#still.has(tab)) {
          tab[kind]();
        }
        return;
      case 'freeze':
      case 'hang':
        this.#stop(tab, kind);
        return;
      case 'overthrow':
        return this.pass(OVERTHROW);
      case 'go on':
        this.#goOn();
        return this.calm();
    }
  }

  #roomsOf(tab: FakeTab): readonly (readonly [string, Subscription])[] {
    return this.#kept.get(tab) ?? [];
  }

  #stop(tab: FakeTab, how: 'freeze' | 'hang'): void {
    if (!this.#still.has(tab)) {
      tab[how]();
      this.#still.set(tab, () => (how === 'freeze' ? tab.thaw() : tab.unhang()));
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
  kind: fc.constantFrom(...KINDS),
  number: fc.nat({ max: 20 }),
});

describe('subscriptions of tabs that come and go', () => {
  useFakeBrowser();

  it('are at the server exactly those that living tabs keep, each once, whatever happens and when', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(incident, { minLength: 3, maxLength: 25 }), async (incidents) => {
        TestBed.resetTestingModule();
        FakeWebSocket.sockets = [];
        const turmoil = new Turmoil();
        await turmoil.go(incidents);

        return [...turmoil.server.rooms].sort().join() === turmoil.wanted.join();
      }),
      { numRuns: 60, interruptAfterTimeLimit: 20_000 },
    );
    expect().nothing();
  }, 60_000);
});
