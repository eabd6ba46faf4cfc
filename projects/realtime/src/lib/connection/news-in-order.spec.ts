import { ErrorHandler } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import * as fc from 'fast-check';
import { connectedClient, setUpClient, tick } from '../../spec-support/client';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { outboxClient, rejectionCode, shakeHands } from '../../spec-support/outbox-client';
import { playedClient } from '../../spec-support/played-client';
import { PlayedTabs } from '../../spec-support/played-tabs';
import { withRetry } from '../retry/with-retry';
import { withSharedConnection } from '../shared/with-shared-connection';
import { Connection } from './connection';

type Action = 'connect' | 'disconnect' | 'send what cannot be written' | 'wake';
type Step = 'connect' | 'disconnect' | 'accept' | 'drop' | 'refuse' | 'wait';

const ENDLESS = jasmine.objectContaining({
  message: jasmine.stringMatching(/whenever it is told of a failure/),
});

describe('what observers of the connection are told', () => {
  useFakeBrowser();

  it('is the same for all of them, in the same order, when one of them connects again', () => {
    const realtime = connectedClient({}, []);
    const seen: [string[], string[]] = [[], []];
    realtime.statusChanges.subscribe((status) => seen[0].push(status));
    realtime.statusChanges.subscribe((status) => {
      if (status === 'error') {
        realtime.connect();
      }
    });
    realtime.statusChanges.subscribe((status) => seen[1].push(status));
    lastSocket().drop();

    expect(seen).toEqual([
      ['connected', 'error', 'connecting'],
      ['connected', 'error', 'connecting'],
    ]);
  });

  it('is the error of the lost connection before the next connection, when one of them connects again', () => {
    const realtime = connectedClient({}, []);
    const news: string[] = [];
    realtime.statusChanges.subscribe((status) => {
      if (status === 'error') {
        realtime.connect();
      }
    });
    realtime.statusChanges.subscribe((status) => news.push(status));
    realtime.errors.subscribe(({ code }) => news.push(code));
    lastSocket().drop();

    expect(news).toEqual(['connected', 'error', 'connection-closed', 'connecting']);
  });

  it('is errors in the order in which they happened, when one of them causes another', () => {
    const realtime = connectedClient();
    const codes: string[] = [];
    realtime.errors.subscribe(({ code }) => {
      if (code === 'undecodable-frame') {
        realtime.send({ event: 'feedback', data: 1n });
      }
    });
    realtime.errors.subscribe(({ code }) => codes.push(code));
    lastSocket().deliver('no JSON');

    expect(codes).toEqual(['undecodable-frame', 'unserializable-message']);
  });

  it('is that the connection is there before its first message, when one of them lets it open', () => {
    const { realtime, controller } = playedClient();
    const news: string[] = [];
    realtime.messages.subscribe(({ event }) => news.push(`message ${event}`));
    realtime.statusChanges.subscribe((status) => {
      if (status === 'connecting') {
        controller.expectConnection().accept();
      }
    });
    realtime.statusChanges.subscribe((status) => news.push(status));
    realtime.connect();

    expect(news).toEqual(['disconnected', 'connecting', 'connected', 'message connected']);
  });

  it('leaves a connection alone that an observer of the end begins', () => {
    const realtime = connectedClient();
    realtime.statusChanges.subscribe((status) => {
      if (status === 'disconnected') {
        realtime.connect();
      }
    });
    realtime.disconnect();
    lastSocket().accept();

    expect([realtime.status(), FakeWebSocket.sockets.length]).toEqual(['connected', 2]);
  });

  it('leaves a request alone that an observer of the end makes', async () => {
    const { realtime, outbox } = outboxClient();
    realtime.connect();
    shakeHands();
    const codes: Promise<unknown>[] = [rejectionCode(outbox.request('before'))];
    realtime.statusChanges.subscribe((status) => {
      if (status === 'disconnected') {
        codes.push(rejectionCode(outbox.request('after', {}, { timeout: 1_000 })));
      }
    });
    realtime.disconnect();
    tick(1_001);

    expect(await Promise.all(codes)).toEqual(['request-abandoned', 'request-timeout']);
  });

  it('lets a tab that shares the connection come back at once, when an observer of its end connects', async () => {
    const tabs = new PlayedTabs(() => [withRetry({ jitter: 0 }), withSharedConnection({ name: 'news' })]);
    const [leader] = await tabs.open(1);
    leader?.realtime.statusChanges.subscribe((status) => {
      if (status === 'disconnected') {
        leader.realtime.connect();
      }
    });
    leader?.realtime.disconnect();
    await tabs.calm();

    expect([leader?.realtime.status(), tabs.openSockets]).toEqual(['connected', 1]);
  });

  it('ends with an error for those that would go on for ever', () => {
    const realtime = setUpClient({ url: 'http://not-a-socket' });
    realtime.statusChanges.subscribe((status) => {
      if (status === 'error') {
        realtime.connect();
      }
    });

    const handleError = spyOn(TestBed.inject(ErrorHandler), 'handleError');
    realtime.connect();

    expect(handleError.calls.allArgs()).toEqual([[ENDLESS]]);
  });

  it('ends with an error for those that would go on for ever after a lost connection, and not for the client', () => {
    const realtime = connectedClient({}, []);
    const handleError = spyOn(TestBed.inject(ErrorHandler), 'handleError');
    const observer = realtime.statusChanges.subscribe((status) => {
      if (status === 'error') {
        realtime.connect();
      }
    });
    // No further socket can be made.
    Object.assign(globalThis, { WebSocket: undefined });
    lastSocket().drop();
    expect(handleError.calls.allArgs()).toEqual([[ENDLESS]]);

    observer.unsubscribe();
    Object.assign(globalThis, { WebSocket: FakeWebSocket });
    realtime.disconnect();
    realtime.connect();
    lastSocket().accept();

    expect(realtime.status()).toBe('connected');
  });

  it('is consistent, whatever they do when they are told and whatever happens', () => {
    const action = fc.constantFrom<Action>('connect', 'disconnect', 'send what cannot be written', 'wake');
    const status = fc.constantFrom('connecting', 'connected', 'disconnected', 'error');
    const reaction = fc.record({ to: status, by: action });
    const step = fc.constantFrom<Step>('connect', 'disconnect', 'accept', 'drop', 'refuse', 'wait');
    fc.assert(
      fc.property(
        fc.array(fc.array(reaction, { maxLength: 2 }), { minLength: 1, maxLength: 3 }),
        fc.array(step, { maxLength: 12 }),
        (observers, steps) => {
          const { logs, realtime } = play(observers, steps);
          for (const log of logs) {
            expect(log).toEqual(logs[0] ?? []);
            const statuses = log.filter((news) => news.startsWith('status '));
            expect(statuses.at(-1)).toBe(`status ${realtime.status()}`);
            expect(statuses.every((news, at) => news !== statuses[at - 1])).toBeTrue();
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  /** @param observers what each of them does when it is told of a status, at most three times in all */
  function play(observers: readonly (readonly { to: string; by: Action }[])[], steps: readonly Step[]) {
    TestBed.resetTestingModule();
    FakeWebSocket.sockets = [];
    const realtime = setUpClient({}, [withRetry({ maxAttempts: 1, jitter: 0, keepTryingEvery: 2_000 })]);
    const actions: Record<Action, () => void> = {
      connect: () => realtime.connect(),
      disconnect: () => realtime.disconnect(),
      'send what cannot be written': () => realtime.send({ event: 'feedback', data: 1n }),
      wake: () => TestBed.inject(Connection).wake(),
    };
    let allAreThere = false;
    const logs = observers.map((reactions) => {
      const log: string[] = [];
      let left = 3;
      realtime.errors.subscribe(({ code }) => log.push(`error ${code}`));
      realtime.lastErrorChanges.subscribe((error) => log.push(`last ${error?.code ?? 'none'}`));
      realtime.statusChanges.subscribe((status) => {
        log.push(`status ${status}`);
        for (const { by } of reactions.filter(({ to }) => to === status)) {
          left -= allAreThere ? 1 : 0;
          if (allAreThere && left >= 0) {
            actions[by]();
          }
        }
      });
      return log;
    });
    allAreThere = true;
    const happen: Record<Step, () => void> = {
      connect: () => realtime.connect(),
      disconnect: () => realtime.disconnect(),
      accept: () => inState(FakeWebSocket.CONNECTING)?.accept(),
      drop: () => inState(FakeWebSocket.OPEN)?.drop(),
      refuse: () => inState(FakeWebSocket.CONNECTING)?.endWith(4403),
      wait: () => tick(2_500),
    };
    steps.forEach((each) => happen[each]());
    return { logs, realtime };
  }

  function inState(state: number): FakeWebSocket | undefined {
    return FakeWebSocket.sockets.filter(({ readyState }) => readyState === state).at(-1);
  }
});
