import { createEnvironmentInjector, EnvironmentInjector, NgZone } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { asyncScheduler, type Observable, type SchedulerAction, type SchedulerLike } from 'rxjs';
import { FakeTabbedBrowser, settled } from '../../spec-support/fake-tab';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { CountingZone, useFakeZones } from '../../spec-support/fake-zone';
import { withBatches } from '../batches/with-batches';
import { defineEvent } from '../events/event-definition';
import { defineHandlers } from '../handlers/define-handlers';
import { RealtimeOutbox } from '../outbox/realtime-outbox';
import { withOutbox } from '../outbox/with-outbox';
import { provideRealtime } from '../provide-realtime';
import { RealtimeQuarantine } from '../quarantine/realtime-quarantine';
import { withQuarantine } from '../quarantine/with-quarantine';
import { RealtimeService } from '../realtime-service';
import { RealtimeRecovery } from '../recovery/realtime-recovery';
import { withRecovery } from '../recovery/with-recovery';
import { withRetry } from '../retry/with-retry';
import { withSharedConnection } from '../shared/with-shared-connection';
import { RealtimeStats } from '../stats/realtime-stats';
import { withStats } from '../stats/with-stats';
import { REALTIME_SCHEDULER } from '../time/realtime-scheduler';

const n = defineEvent('n');

describe('in an application with zone.js', () => {
  useFakeBrowser();
  useFakeZones();

  let zone: CountingZone;
  let realtime: RealtimeService;
  /** Whether each call came inside of the Angular zone. */
  let inside: boolean[];
  /** Whether each timer of the client was begun inside of it. */
  const waits: boolean[] = [];
  const scheduler: SchedulerLike = {
    now: () => asyncScheduler.now(),
    schedule: <T>(work: (this: SchedulerAction<T>, state?: T) => void, delay?: number, state?: T) => {
      waits.push(NgZone.isInAngularZone());
      return asyncScheduler.schedule(work, delay, state);
    },
  };

  beforeEach(() => {
    sessionStorage.clear();
    inside = [];
    zone = new CountingZone();
    TestBed.configureTestingModule({
      providers: [
        { provide: NgZone, useValue: zone },
        { provide: REALTIME_SCHEDULER, useValue: scheduler },
        provideRealtime(
          { url: 'ws://server.test/' },
          withRetry({ jitter: 0 }),
          withBatches(),
          withOutbox(),
          withQuarantine(),
          withRecovery(),
          withStats(),
        ),
      ],
    });
    realtime = zone.run(() => TestBed.inject(RealtimeService));
  });

  /** Connects, after which nothing is counted yet. */
  function connect(): void {
    zone.run(() => realtime.connect());
    lastSocket().accept();
    greet({ capabilities: ['resume'], epoch: 'e1', offset: 0 });
    forget();
  }

  function forget(): void {
    inside = [];
    zone.entered = zone.rounds = 0;
  }

  const note = (): unknown => inside.push(NgZone.isInAngularZone());

  function batch(...numbers: readonly number[]): void {
    const events = numbers.map((id) => ({ event: 'n', id }));
    lastSocket().emit({ event: 'batch', data: { events } });
  }

  function greet(data: object): void {
    lastSocket().emit({ event: 'connected', data });
  }

  it('calls a handler in the zone that subscribed it, whichever that is', () => {
    connect();
    const injectHandlers = defineHandlers({ onN: n });
    zone.run(() => realtime.subscribe(n, note));
    zone.run(() => realtime.subscribe('n', note));
    zone.run(() => TestBed.runInInjectionContext(() => injectHandlers({ onN: () => note() })));
    realtime.subscribe(n, () => note());
    lastSocket().emit({ event: 'n' });

    expect(inside).toEqual([true, true, true, false]);
  });

  it('enters the zone once for a batch, and asks for one round of change detection', () => {
    connect();
    zone.run(() => realtime.subscribe(n, note));
    zone.run(() => realtime.on(n).subscribe(note));
    zone.run(() => realtime.messages.subscribe(note));
    forget();
    batch(1, 2, 3);

    expect(inside).toEqual(Array.from({ length: 9 }, () => true));
    expect([zone.entered, zone.rounds]).toEqual([1, 1]);
  });

  it('enters the zone once for a message, however many wait for it', () => {
    connect();
    zone.run(() => realtime.subscribe(n, note));
    zone.run(() => realtime.on(n).subscribe(note));
    forget();
    lastSocket().emit({ event: 'n' });

    expect([inside.length, zone.entered, zone.rounds]).toEqual([2, 1, 1]);
  });

  it('stays outside for messages that nobody inside waits for', () => {
    connect();
    const undo = zone.run(() => realtime.subscribe(n, note));
    zone.run(() => realtime.subscribe('other', note));
    realtime.subscribe(n, () => note());
    undo();
    forget();
    batch(1, 2, 3);

    expect(inside).toEqual([false, false, false]);
    expect(zone.entered).toBe(0);
  });

  it('leaves the zone for those who subscribed outside, in the middle of a batch', () => {
    connect();
    zone.run(() => realtime.subscribe(n, note));
    realtime.on(n).subscribe(note);
    batch(1, 2);

    expect(inside).toEqual([true, false, true, false]);
  });

  it('enters the zone once a frame of the page for a stream that waits for frames', () => {
    connect();
    zone.run(() => realtime.on(n, {}).subscribe(note));
    forget();
    batch(1, 2);
    lastSocket().emit({ event: 'n' });
    expect(zone.entered).toBe(0);
    jasmine.clock().tick(250);

    expect(inside).toEqual([true, true, true]);
    expect([zone.entered, zone.rounds]).toEqual([1, 1]);
  });

  const streams: Record<string, () => Observable<unknown>> = {
    statusChanges: () => realtime.statusChanges,
    attemptChanges: () => realtime.attemptChanges,
    lastErrorChanges: () => realtime.lastErrorChanges,
    errors: () => realtime.errors,
    gaps: () => TestBed.inject(RealtimeRecovery).gaps,
    drops: () => TestBed.inject(RealtimeOutbox).drops,
    acknowledgements: () => TestBed.inject(RealtimeOutbox).acknowledgements,
    'the messages of the quarantine': () => TestBed.inject(RealtimeQuarantine).messages,
    'the changes of the statistics': () => TestBed.inject(RealtimeStats).changes,
  };
  for (const [name, stream] of Object.entries(streams)) {
    it(`brings ${name} to the zone that subscribed`, () => {
      const invalid = defineEvent('invalid', {
        '~standard': { version: 1, vendor: 'spec', validate: () => ({ issues: [{ message: 'no' }] }) },
      });
      connect();
      realtime.on(invalid).subscribe();
      const subscription = zone.run(() => stream().subscribe(note));
      stream().subscribe(() => inside.push(NgZone.isInAngularZone()));
      forget();
      const outbox = TestBed.inject(RealtimeOutbox);
      greet({ capabilities: ['commands', 'resume'], epoch: 'e1', offset: 1 });
      void outbox.request('start').catch(() => undefined);
      const id = lastSocket().sentMessages.at(-1)?.['id'];
      lastSocket().emit({ event: 'ack', data: { id, ok: true } });
      lastSocket().emit({ event: 'invalid' });
      lastSocket().drop();
      outbox.send({ event: 'n' }, { whenOffline: 'drop' });
      jasmine.clock().tick(2_000);
      lastSocket().accept();
      greet({ capabilities: ['resume'], epoch: 'e2', offset: 1 });
      subscription.unsubscribe();

      expect(inside.length).toBeGreaterThan(1);
      expect(inside).toEqual(inside.map((_, index) => index % 2 === 0));
    });
  }

  it('completes a stream in the zone that subscribed', () => {
    zone.run(() => realtime.on(n).subscribe({ complete: note }));
    TestBed.resetTestingModule();

    expect(inside).toEqual([true]);
  });

  it('opens sockets outside, also when a handler inside connects', () => {
    connect();
    Object.assign(globalThis, {
      WebSocket: class extends FakeWebSocket {
        constructor(url: string) {
          super(url);
          note();
        }
      },
    });
    zone.run(() =>
      realtime.subscribe(n, () => {
        realtime.disconnect();
        realtime.connect();
      }),
    );
    batch(1, 2);

    expect(inside).toEqual([false]);
  });

  it('begins its timers outside, also while it delivers a batch inside', () => {
    connect();
    zone.run(() => realtime.subscribe(n, note));
    waits.length = 0;
    const greeting = { event: 'connected', data: { capabilities: ['round-trip'], epoch: 'e1', offset: 0 } };
    lastSocket().emit({ event: 'batch', data: { events: [greeting, { event: 'n' }] } });

    expect(inside).toEqual([true]);
    expect(waits.length).toBeGreaterThan(0);
    expect(waits).not.toContain(true);
  });

  it('listens to the page outside, since what it hears opens sockets', () => {
    const listen = spyOn(globalThis, 'addEventListener').and.callFake(note);
    const client = createEnvironmentInjector(
      [provideRealtime({ url: 'ws://other.test/' }, withRecovery())],
      TestBed.inject(EnvironmentInjector),
    );
    zone.run(() => client.get(RealtimeRecovery));

    expect(listen).toHaveBeenCalled();
    expect(inside).not.toContain(true);
  });

  it('calls the handlers of a tab that follows in their zone too, once for what arrives together', async () => {
    const browser = new FakeTabbedBrowser(() => [withBatches(), withSharedConnection({ name: 'zones' })]);
    browser.openTab();
    await settled();
    const { realtime: follower } = browser.openTab();
    await settled();
    lastSocket().accept();
    await settled();
    zone.run(() => follower.subscribe(n, note));
    forget();
    batch(1, 2, 3);
    await settled();

    expect(inside).toEqual([true, true, true]);
    expect(zone.entered).toBe(1);
  });
});
