import { inject, InjectionToken, Injector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { defer, EMPTY, ignoreElements, map, NEVER, of, tap, throwError } from 'rxjs';
import {
  defineRealtimeClient,
  injectRealtime,
  provideRealtimeClient,
  type RealtimeExtension,
  type RealtimeHooks,
} from '../../public-api';
import { connectedClient, SERVER_URL, setUpClient, tick } from '../../spec-support/client';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { RealtimeError } from '../realtime-error';
import { withRetry } from '../retry/with-retry';

function extension(hooks: RealtimeHooks, id = 'own'): RealtimeExtension {
  return { id, hooks: () => hooks };
}

function throwing(cause: Error): never {
  throw cause;
}

describe('an extension', () => {
  useFakeBrowser();

  it('waits before an attempt, which goes on when the wait completes', () => {
    const realtime = setUpClient({}, [
      extension({ beforeAttempt: () => defer(() => of('emitted, and ignored')) }),
    ]);
    realtime.connect();

    expect(FakeWebSocket.sockets.length).toBe(1);
  });

  it('fails an attempt before it opens a socket', () => {
    const cause = new Error('not today');
    const realtime = setUpClient({}, [extension({ beforeAttempt: () => throwError(() => cause) })]);
    realtime.connect();

    expect([FakeWebSocket.sockets.length, realtime.lastError()?.cause]).toEqual([0, cause]);
  });

  it('offers subprotocols before those of the configuration', () => {
    setUpClient({ protocols: ['last'] }, [
      extension({ open: (next) => next(['second']) }, 'b'),
      extension({ open: (next) => next(['first']) }, 'a'),
    ]).connect();

    expect(lastSocket().protocols).toEqual(['first', 'second', 'last']);
  });

  it('asks for a capability and adds fields to `connect`', () => {
    connectedClient({}, [extension({ capability: 'own', connectData: () => ({ team: 'red' }) })]);

    expect(lastSocket().sentMessages).toEqual([
      { event: 'connect', data: { team: 'red', capabilities: ['own'] } },
    ]);
  });

  it('changes what is sent, in the order of names', () => {
    const realtime = connectedClient({ handshake: false }, [
      extension({ outgoing: (message) => ({ ...message, by: 'b' }) }, 'b'),
      extension({ outgoing: (message) => ({ ...message, by: 'a', first: 'a' }) }, 'a'),
    ]);
    realtime.send({ event: 'x' });

    expect(lastSocket().sentMessages).toEqual([{ event: 'x', by: 'b', first: 'a' }]);
  });

  it('that throws for a message keeps it from being sent, and the error is reported', () => {
    const codes: string[] = [];
    const realtime = connectedClient({ handshake: false }, [
      extension({
        outgoing: () => {
          throw new Error('no');
        },
      }),
    ]);
    realtime.errors.subscribe(({ code }) => codes.push(code));

    expect(realtime.send({ event: 'x' })).toBeFalse();
    expect(codes).toEqual(['unserializable-message']);
  });

  for (const reversed of [false, true]) {
    it(`has its place on the way in by its phase, ${reversed ? 'given last' : 'given first'}`, () => {
      const mark = (phase: 'inflate' | 'unpack' | 'order', id: string): RealtimeExtension =>
        extension(
          {
            incoming: {
              phase,
              through: map((message) => ({ ...message, way: [message['way'], phase].flat() })),
            },
          },
          id,
        );
      const extensions = [mark('order', 'a'), mark('unpack', 'b'), mark('inflate', 'c')];
      const ways: unknown[] = [];
      connectedClient({}, reversed ? extensions.reverse() : extensions).messages.subscribe(({ way }) =>
        ways.push(way),
      );
      lastSocket().emit({ event: 'x', way: [] });

      expect(ways).toEqual([['inflate', 'unpack', 'order']]);
    });
  }

  it('beside a link sees messages before they are put in order', () => {
    const seen: string[] = [];
    const realtime = connectedClient({}, [
      extension({
        incoming: { phase: 'order', through: ignoreElements() },
        accompany: ({ messages }) => messages.pipe(tap(({ event }) => seen.push(event))),
      }),
    ]);
    realtime.messages.subscribe(() => fail('The order lets nothing pass.'));
    lastSocket().emit({ event: 'x' });

    expect(seen).toEqual(['x']);
  });

  it('beside a link lives as long as the link', () => {
    const log: string[] = [];
    const accompany = () =>
      NEVER.pipe(tap({ subscribe: () => log.push('begins'), finalize: () => log.push('ends') }));
    connectedClient({}, [withRetry({ jitter: 0 }), extension({ accompany })]);
    expect(log).toEqual(['begins']);
    lastSocket().drop();
    expect(log).toEqual(['begins', 'ends']);
    tick(1_000);
    lastSocket().accept();

    expect(log).toEqual(['begins', 'ends', 'begins']);
  });

  it('ends a link by an error, and the link is tried again', () => {
    const realtime = connectedClient({}, [
      withRetry({ jitter: 0 }),
      extension({
        accompany: ({ messages }) =>
          messages.pipe(
            map(() => {
              throw new RealtimeError('dead-link', 'enough');
            }),
          ),
      }),
    ]);
    realtime.messages.subscribe(() => fail('The link has ended before subscribers are told.'));
    lastSocket().emit({ event: 'x' });

    expect([realtime.attempt(), realtime.lastError()?.code]).toEqual([1, 'dead-link']);
  });

  it('judges an end before the close policy', () => {
    const realtime = connectedClient({}, [
      withRetry(),
      extension({ judge: (error) => (error.closeCode === 4999 ? { action: 'fail', error } : null) }),
    ]);
    lastSocket().endWith(4999);

    expect(realtime.status()).toBe('error');
  });

  it('that fails to judge an end is reported, and the next extension decides', () => {
    const cause = new Error('no');
    const causes: unknown[] = [];
    const realtime = connectedClient({}, [
      extension({ judge: () => throwing(cause) }, 'a'),
      extension({ judge: (error) => ({ action: 'fail', error }) }, 'b'),
    ]);
    realtime.errors.subscribe((error) => causes.push([error.code, error.cause]));
    lastSocket().drop();

    expect(realtime.status()).toBe('error');
    expect(causes[0]).toEqual(['handler-failed', cause]);
  });

  it('that fails to judge every end keeps no connection from being tried again', () => {
    const realtime = connectedClient({}, [
      withRetry({ jitter: 0 }),
      extension({ judge: () => throwing(new Error('no')) }),
    ]);
    lastSocket().drop();
    tick(1_000);
    lastSocket().accept();

    expect(realtime.status()).toBe('connected');
  });

  it('that fails to watch a frame is reported, and the frame goes its way', () => {
    const codes: string[] = [];
    const seen: string[] = [];
    const watched: string[] = [];
    const realtime = connectedClient({ handshake: false }, [
      extension({ sent: () => throwing(new Error('no')), received: () => throwing(new Error('no')) }, 'a'),
      extension({ sent: () => watched.push('out'), received: () => watched.push('in') }, 'b'),
    ]);
    realtime.errors.subscribe(({ code }) => codes.push(code));
    realtime.messages.subscribe(({ event }) => seen.push(event));
    const isSent = realtime.send({ event: 'out' });
    lastSocket().emit({ event: 'in' });

    expect([isSent, lastSocket().sentEvents, seen]).toEqual([true, ['out'], ['in']]);
    expect(codes).toEqual(['handler-failed', 'handler-failed']);
    expect(watched).toEqual(['out', 'in']);
  });

  it('says when a lost connection is tried again', () => {
    const reconnect = { maxAttempts: 2, stableAfter: 0, delay: () => 7, delayInBackground: null };
    const realtime = connectedClient({}, [extension({ reconnect })]);
    lastSocket().drop();
    tick(7);

    expect([realtime.maxAttempts, FakeWebSocket.sockets.length]).toEqual([2, 2]);
  });

  it('sees every frame, both ways', () => {
    const log: unknown[] = [];
    connectedClient({}, [
      extension({
        sent: (frame, { event }) => log.push(['out', frame, event]),
        received: (frame, message) =>
          log.push(['in', frame, message instanceof RealtimeError ? message.code : message.event]),
      }),
    ]);
    lastSocket().deliver('{"event":"x"}');
    lastSocket().deliver('?');

    expect(log).toEqual([
      ['out', '{"event":"connect"}', 'connect'],
      ['in', '{"event":"x"}', 'x'],
      ['in', '?', 'undecodable-frame'],
    ]);
  });

  it('is given the states, the errors and the clock of the client, and reports errors', () => {
    const seen: unknown[] = [];
    const realtime = setUpClient({}, [
      {
        id: 'watcher',
        hooks: ({ states, errors, now, report }) => {
          states.subscribe(({ status }) => seen.push([status, now()]));
          errors.subscribe(({ code }) => seen.push(code));
          return {
            accompany: () => defer(() => (report(new RealtimeError('not-supported', 'seen')), EMPTY)),
          };
        },
      },
    ]);
    realtime.connect();
    lastSocket().accept();

    const at = Date.now();
    expect(seen).toEqual([['disconnected', at], ['connecting', at], 'not-supported', ['connected', at]]);
  });

  it('makes its hooks once for each client, in the injection context of the client', () => {
    const token = new InjectionToken<string>('own');
    const injectors = new Set<Injector>();
    const own: RealtimeExtension = {
      id: 'own',
      providers: [{ provide: token, useValue: 'provided' }],
      offers: [token],
      hooks: () => {
        injectors.add(inject(Injector));
        return {};
      },
    };
    const other = defineRealtimeClient('other');
    TestBed.configureTestingModule({
      providers: [provideRealtimeClient(other, { url: `${SERVER_URL}/other` }, own)],
    });
    setUpClient({}, [own]).connect();
    TestBed.runInInjectionContext(() => injectRealtime(other)).connect();

    expect(injectors.size).toBe(2);
    expect(injectors.has(TestBed.inject(Injector))).toBeFalse();
    expect(TestBed.inject(token)).toBe('provided');
    expect(TestBed.runInInjectionContext(() => injectRealtime(other, token))).toBe('provided');
  });

  it('of a name that is taken is refused', () => {
    expect(() => setUpClient({}, [withRetry(), extension({}, 'retry')])).toThrowError(
      /"retry" was given twice/,
    );
  });
});
