import { TestBed } from '@angular/core/testing';
import * as fc from 'fast-check';
import { tick } from '../../spec-support/client';
import { type FakeTab, FakeTabbedBrowser, settled } from '../../spec-support/fake-tab';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { ResumingServer } from '../../spec-support/resuming-server';
import { withRecovery } from '../recovery/with-recovery';
import { withRetry } from '../retry/with-retry';
import { withSharedConnection } from './with-shared-connection';

const TABS = 5;
const OVERTHROW = 20_000;

/** What happens to the tabs. `tab` counts from the first of those living. */
type Incident =
  | { readonly kind: 'write'; readonly count: number }
  | { readonly kind: 'serve' | 'drop' | 'open' }
  | { readonly kind: 'close' | 'crash' | 'hang' | 'freeze' | 'lag'; readonly tab: number };

const tabs = fc.nat({ max: TABS - 1 });
const incident: fc.Arbitrary<Incident> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('write' as const), count: fc.integer({ min: 1, max: 4 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('serve' as const, 'drop' as const, 'open' as const) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'close' as const,
        'crash' as const,
        'hang' as const,
        'freeze' as const,
        'lag' as const,
      ),
      tab: tabs,
    }),
  },
);

describe('tabs that come and go under a stream of events', () => {
  useFakeBrowser();

  function setUp() {
    TestBed.resetTestingModule();
    FakeWebSocket.sockets = [];
    const browser = new FakeTabbedBrowser(() => [
      withRetry({ jitter: 0, maxAttempts: Infinity }),
      withRecovery(),
      withSharedConnection({ name: 'test' }),
    ]);
    return { browser, server: new ResumingServer(browser) };
  }

  async function calm(server: ResumingServer): Promise<void> {
    for (let round = 0; round < 3; round += 1) {
      await settled();
      server.serve();
    }
    await settled();
  }

  async function pass(milliseconds: number): Promise<void> {
    for (let passed = 0; passed < milliseconds; passed += 1_000) {
      tick(1_000);
      await settled();
    }
  }

  /** Everything in order and once, from the first event the tab saw to `last`. */
  function isComplete({ events }: FakeTab, last: number): boolean {
    const first = events[0] ?? last + 1;
    return events.every((id, index) => id === first + index) && events.at(-1) === last;
  }

  it('lose nothing when the leader is closed again and again', async () => {
    const { browser, server } = setUp();
    const all = Array.from({ length: TABS }, () => browser.openTab());
    await calm(server);
    for (const leader of all.slice(0, -1)) {
      server.write(3);
      server.serve();
      expect(browser.leader).toBe(leader);
      leader.close();
      server.write(3);
      await calm(server);
    }

    expect(all.at(-1)?.events).toEqual(Array.from({ length: server.offset }, (_, index) => index + 1));
    expect(all.flatMap(({ gaps }) => gaps)).toEqual([]);
  });

  it('have each event exactly once and in order, whatever happens to the leader and when', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(incident, { minLength: 3, maxLength: 16 }), async (incidents) => {
        const { browser, server } = setUp();
        for (let tab = 0; tab < TABS; tab += 1) {
          browser.openTab();
        }
        await calm(server);
        const paused = new Map<FakeTab, 'hang' | 'freeze'>();
        const goOn = async (): Promise<void> => {
          for (const [tab, how] of paused) {
            if (how === 'hang') {
              tab.unhang();
            } else {
              tab.thaw();
            }
          }
          paused.clear();
          await settled();
        };
        for (const each of incidents) {
          switch (each.kind) {
            case 'write':
              server.write(each.count);
              server.serve();
              break;
            case 'serve':
              server.serve();
              await settled();
              break;
            case 'drop':
              if (
                lastSocket().readyState === FakeWebSocket.OPEN &&
                browser.leader &&
                !paused.has(browser.leader)
              ) {
                lastSocket().drop();
                await pass(1_000);
              }
              break;
            case 'open':
              browser.openTab();
              await calm(server);
              break;
            default: {
              const { living, leader } = browser;
              const tab = each.kind === 'hang' ? leader : living[each.tab % living.length];
              if (!tab || living.length === 1 || paused.has(tab)) {
                break;
              }
              if (each.kind === 'close') {
                tab.close();
              } else if (each.kind === 'crash') {
                tab.crash();
              } else if (each.kind === 'lag') {
                paused.set(tab, 'hang');
                tab.hang();
              } else if (each.kind === 'hang') {
                await goOn();
                tab.hang();
                await pass(OVERTHROW);
                paused.set(tab, 'hang');
              } else {
                paused.set(tab, 'freeze');
                tab.freeze();
              }
            }
          }
          if (each.kind === 'serve') {
            await goOn();
          }
        }
        await goOn();
        await pass(OVERTHROW);
        await calm(server);
        server.write();
        await calm(server);

        const open = FakeWebSocket.sockets.filter(({ url, readyState }) =>
          browser.living.some((tab) => tab.url === url && readyState < FakeWebSocket.CLOSING),
        );
        expect(open.length).toBe(1);
        for (const tab of browser.living) {
          expect(tab.gaps).toEqual([]);
          expect(isComplete(tab, server.offset)).withContext(JSON.stringify(tab.log)).toBeTrue();
        }
        return (
          open.length === 1 &&
          browser.living.every((tab) => tab.gaps.length === 0 && isComplete(tab, server.offset))
        );
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
