import { effect, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { setUpClient, tick } from '../../spec-support/client';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { outboxClient, rejectionCode, shakeHands } from '../../spec-support/outbox-client';
import { playedClient } from '../../spec-support/played-client';
import { PlayedTabs } from '../../spec-support/played-tabs';
import { withAuth } from '../auth/with-auth';
import { defineHandlers } from '../handlers/define-handlers';
import { withRetry } from '../retry/with-retry';
import { withSharedConnection } from '../shared/with-shared-connection';

describe('an effect that acts on the connection', () => {
  useFakeBrowser();

  /** Runs `act` in an effect; returns how often the effect ran so far. */
  const runsOf = (act: () => void): (() => number) => {
    let runs = 0;
    TestBed.runInInjectionContext(() =>
      effect(() => {
        runs += 1;
        act();
      }),
    );
    TestBed.tick();
    return () => {
      TestBed.tick();
      return runs;
    };
  };

  it('connects once to a server that refuses the client', () => {
    const realtime = setUpClient();
    const runs = runsOf(() => realtime.connect());
    lastSocket().accept().endWith(4403);

    expect([runs(), FakeWebSocket.sockets.length]).toEqual([1, 1]);
  });

  it('depends on nothing that the URL function and the token function read when it connects', () => {
    const read = signal(1);
    const token = (): string => `token ${read()}`;
    const realtime = setUpClient({ url: () => `ws://server.test/${read()}` }, [
      withRetry(),
      withAuth({ token }),
    ]);
    const runs = runsOf(() => realtime.connect());
    read.set(2);

    expect(runs()).toBe(1);
  });

  it('depends on nothing that observers read whom it has told', () => {
    const read = signal(1);
    const realtime = setUpClient();
    realtime.statusChanges.subscribe(() => read());
    const runs = runsOf(() => {
      realtime.connect();
      realtime.disconnect();
    });
    read.set(2);

    expect(runs()).toBe(1);
  });

  it('depends on nothing that observers of errors read when it sends what cannot be written', () => {
    const read = signal(1);
    const realtime = setUpClient();
    realtime.errors.subscribe(() => read());
    realtime.connect();
    lastSocket().accept();
    const runs = runsOf(() => realtime.send({ event: 'feedback', data: 1n }));
    read.set(2);

    expect(runs()).toBe(1);
  });

  it('depends on nothing that the URL function reads when handlers connect', () => {
    const read = signal(1);
    setUpClient({ url: () => `ws://server.test/${read()}` });
    const injectHandlers = defineHandlers({});
    const runs = runsOf(() => TestBed.runInInjectionContext(() => injectHandlers({})));
    read.set(2);

    expect(runs()).toBe(1);
  });

  describe('in a tab that follows another', () => {
    const follower = async () => {
      const tabs = new PlayedTabs(() => [
        withRetry({ jitter: 0 }),
        withSharedConnection({ name: 'effects' }),
      ]);
      const [leader, other] = await tabs.open(2);
      if (!leader || !other) {
        throw new Error('There are no two tabs.');
      }
      const loseAndRegain = async (): Promise<void> => {
        leader.socket?.drop();
        await tabs.calm();
        TestBed.tick();
        tick(1_000);
        await tabs.calm();
      };
      return { realtime: other.realtime, loseAndRegain };
    };

    it('sends once', async () => {
      const { realtime, loseAndRegain } = await follower();
      const runs = runsOf(() => realtime.send({ event: 'cursor' }));
      await loseAndRegain();

      expect(runs()).toBe(1);
    });

    it('connects once', async () => {
      const { realtime, loseAndRegain } = await follower();
      const runs = runsOf(() => realtime.connect());
      await loseAndRegain();

      expect(runs()).toBe(1);
    });
  });

  describe('through the outbox', () => {
    it('depends on nothing that observers of drops read when it sends', () => {
      const read = signal(1);
      const { outbox } = outboxClient();
      outbox.drops.subscribe(() => read());
      const runs = runsOf(() => outbox.send({ event: 'cursor' }, { whenOffline: 'drop' }));
      read.set(2);

      expect(runs()).toBe(1);
    });

    it('depends on nothing that observers of drops read when it clears', () => {
      const read = signal(1);
      const { outbox } = outboxClient();
      outbox.drops.subscribe(() => read());
      outbox.send({ event: 'cursor' });
      const runs = runsOf(() => outbox.clear());
      read.set(2);

      expect(runs()).toBe(1);
    });

    it('depends on nothing that observers of drops read when its request displaces a message', async () => {
      const read = signal(1);
      const { realtime, outbox } = outboxClient({ maxMessages: 1 });
      outbox.drops.subscribe(() => read());
      outbox.send({ event: 'cursor' });
      const codes: Promise<unknown>[] = [];
      const runs = runsOf(() => codes.push(rejectionCode(outbox.request('pause'))));
      read.set(2);
      expect(runs()).toBe(1);
      realtime.disconnect();

      expect(await Promise.all(codes)).toEqual(['request-abandoned']);
    });

    it('sends once where the connection is lost meanwhile', () => {
      const { realtime, outbox } = outboxClient();
      realtime.connect();
      shakeHands();
      const runs = runsOf(() => outbox.send({ event: 'cursor' }));
      lastSocket().drop();

      expect(runs()).toBe(1);
    });
  });

  it('depends on nothing that the application reads of what a played server does', () => {
    const read = signal(1);
    const { controller, realtime } = playedClient();
    realtime.statusChanges.subscribe(() => read());
    realtime.messages.subscribe(() => read());
    realtime.connect();
    const runs = runsOf(() => {
      controller.expectConnection().accept();
      controller.emit({ event: 'one' });
      controller.drop();
      controller.advance(1_000);
    });
    read.set(2);

    expect(runs()).toBe(1);
  });
});
