import { TestBed } from '@angular/core/testing';
import { defineRealtimeClient, injectRealtime, provideRealtimeClient } from '../clients/realtime-client';
import { connectedClient, setUpClient, tick } from '../../spec-support/client';
import { lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { withOutbox } from '../outbox/with-outbox';
import { RealtimeError } from '../realtime-error';
import type { RealtimeFeature } from '../realtime-feature';
import { withRetry } from '../retry/with-retry';
import { RealtimeSubscriptions } from './realtime-subscriptions';
import type { SubscriptionOptions } from './subscription-options';
import { MOST_TOPICS, type Topic } from './topic';
import { withSubscriptions } from './with-subscriptions';

const ROOMS: SubscriptionOptions = {
  subscribe: (topic) => ({ event: 'subscribe', ...topic }),
  unsubscribe: (topic) => ({ event: 'unsubscribe', ...topic }),
};

describe('withSubscriptions', () => {
  useFakeBrowser();

  const features = (options: SubscriptionOptions = ROOMS): readonly RealtimeFeature[] => [
    withRetry({ jitter: 0 }),
    withSubscriptions(options),
  ];

  /** What was said on the open link, without the handshake and ids. */
  const said = (): readonly string[] =>
    lastSocket()
      .sentMessages.filter(({ event }) => event !== 'connect')
      .map(({ event, room }) =>
        typeof room === 'string' || typeof room === 'number' ? `${event} ${room}` : event,
      );

  const keep = (topic: Topic, outcomes: unknown[] = []) =>
    TestBed.inject(RealtimeSubscriptions)
      .to(topic)
      .subscribe({
        error: (error: unknown) => outcomes.push(error),
        complete: () => outcomes.push('complete'),
      });

  /** The turn of the event loop ends. */
  const endTurn = (): void => tick(0);

  const reconnect = (): void => {
    lastSocket().drop();
    tick(1_000);
    lastSocket().accept();
  };

  const idOf = (room: string): unknown =>
    lastSocket().sentMessages.find(({ event, room: named }) => event === 'subscribe' && named === room)?.[
      'id'
    ];

  describe('one topic', () => {
    it('is said once, however many subscribe, and taken back when the last one leaves', () => {
      connectedClient({}, features());
      const first = keep({ room: 'a' });
      const second = keep({ room: 'a' });
      first.unsubscribe();
      endTurn();
      expect(said()).toEqual(['subscribe a']);

      second.unsubscribe();
      endTurn();
      expect(said()).toEqual(['subscribe a', 'unsubscribe a']);
    });

    it('is the same whatever the order of its fields, and another one with another value', () => {
      connectedClient({}, features());
      keep({ room: 'a', of: { x: 1, y: [1, 2] } });
      keep({ of: { y: [1, 2], x: 1 }, room: 'a' });
      expect(said()).toEqual(['subscribe a']);

      keep({ room: 'a', of: { x: 1, y: [2, 1] } });
      expect(said()).toEqual(['subscribe a', 'subscribe a']);
    });

    it('stays what it was when the page changes the object', () => {
      connectedClient({}, features());
      const topic = { room: 'a' };
      const subscription = keep(topic);
      topic.room = 'b';
      subscription.unsubscribe();
      endTurn();

      expect(said()).toEqual(['subscribe a', 'unsubscribe a']);
    });

    it('is not said without a connection, and once with the next one', () => {
      const realtime = setUpClient({}, features());
      keep({ room: 'a' });
      keep({ room: 'a' });
      realtime.connect();
      lastSocket().accept();

      expect(said()).toEqual(['subscribe a']);
    });

    it('is said again on each new connection, before the status tells of it', () => {
      const realtime = connectedClient({}, features());
      keep({ room: 'a' });
      realtime.statusChanges.subscribe((status) => {
        if (status === 'connected') {
          realtime.send({ event: 'hello' });
        }
      });
      reconnect();
      expect(said()).toEqual(['subscribe a', 'hello']);

      reconnect();
      expect(said()).toEqual(['subscribe a', 'hello']);
    });

    it('is said again when the connection is lost before the server has answered', () => {
      connectedClient({}, features());
      const outcomes: unknown[] = [];
      keep({ room: 'a' }, outcomes);
      const before = idOf('a');
      reconnect();

      expect(said()).toEqual(['subscribe a']);
      expect(idOf('a')).not.toEqual(before);
      expect(outcomes).toEqual([]);
    });

    it('is said again when the server answers a second handshake on the same socket', () => {
      connectedClient({}, features());
      keep({ room: 'a' });
      lastSocket().emit({ event: 'connected', data: { client_id: 'c1' } });
      lastSocket().emit({ event: 'connected', data: { client_id: 'c1' } });

      expect(said()).toEqual(['subscribe a', 'subscribe a']);
    });

    it('is not said again once it was left without a connection', () => {
      connectedClient({}, features());
      keep({ room: 'b' });
      const subscription = keep({ room: 'a' });
      lastSocket().drop();
      subscription.unsubscribe();
      tick(1_000);
      lastSocket().accept();

      expect(said()).toEqual(['subscribe b']);
    });

    it('is said again after the application disconnected and connected', () => {
      const realtime = connectedClient({}, features());
      keep({ room: 'a' });
      realtime.disconnect();
      realtime.connect();
      lastSocket().accept();

      expect(said()).toEqual(['subscribe a']);
    });
  });

  describe('in one turn of the event loop', () => {
    it('leaving a topic and coming back to it sends nothing', async () => {
      connectedClient({}, features());
      keep({ room: 'a' }).unsubscribe();
      await Promise.resolve();
      keep({ room: 'a' });
      endTurn();

      expect(said()).toEqual(['subscribe a']);
    });

    it('asking for a topic and leaving it sends both, in order', () => {
      connectedClient({}, features());
      keep({ room: 'a' }).unsubscribe();
      endTurn();

      expect(said()).toEqual(['subscribe a', 'unsubscribe a']);
    });

    it('asking for a topic and leaving it without a connection sends nothing', () => {
      const realtime = setUpClient({}, features());
      keep({ room: 'a' }).unsubscribe();
      endTurn();
      realtime.connect();
      lastSocket().accept();

      expect(said()).toEqual([]);
    });

    it('what a page sends after it has subscribed arrives after the subscription', () => {
      const realtime = connectedClient({}, features());
      keep({ room: 'a' });
      realtime.send({ event: 'start' });

      expect(said()).toEqual(['subscribe a', 'start']);
    });

    it('the next topic is said before the one before it is taken back', () => {
      connectedClient({}, features());
      keep({ room: 'a' }).unsubscribe();
      keep({ room: 'b' });
      endTurn();

      expect(said()).toEqual(['subscribe a', 'subscribe b', 'unsubscribe a']);
    });
  });

  describe('a refusal', () => {
    const refuse = (id: unknown): void =>
      lastSocket().emit({
        event: 'ack',
        data: { id, ok: false, error: { code: 'unknown_room', message: 'There is no such room.' } },
      });
    const REFUSED = jasmine.objectContaining({
      code: 'subscription-refused',
      serverCode: 'unknown_room',
      message: 'There is no such room.',
    });

    it('reaches everybody who subscribed to the topic, and nobody else', () => {
      connectedClient({}, features());
      const [first, second, other]: [unknown[], unknown[], unknown[]] = [[], [], []];
      keep({ room: 'a' }, first);
      keep({ room: 'a' }, second);
      keep({ room: 'b' }, other);
      refuse(idOf('a'));

      expect([first, second, other]).toEqual([[REFUSED], [REFUSED], []]);
    });

    it('is neither taken back nor said again', () => {
      connectedClient({}, features());
      keep({ room: 'a' });
      refuse(idOf('a'));
      endTurn();
      expect(said()).toEqual(['subscribe a']);

      reconnect();
      expect(said()).toEqual([]);
    });

    it('is told by servers that repeat the id in an error', () => {
      connectedClient({}, features());
      const outcomes: unknown[] = [];
      keep({ room: 'a' }, outcomes);
      lastSocket().emit({
        event: 'error',
        data: { id: idOf('a'), code: 'unknown_room', message: 'There is no such room.' },
      });

      expect(outcomes).toEqual([REFUSED]);
    });

    it('ends what was asked for, not what is asked for anew', () => {
      connectedClient({}, features());
      const outcomes: unknown[] = [];
      keep({ room: 'a' }).unsubscribe();
      const before = idOf('a');
      endTurn();
      keep({ room: 'a' }, outcomes);
      refuse(before);

      expect(outcomes).toEqual([]);
      expect(said()).toEqual(['subscribe a', 'unsubscribe a', 'subscribe a']);
    });

    it('of other messages is none', () => {
      connectedClient({}, features());
      const outcomes: unknown[] = [];
      keep({ room: 'a' }, outcomes);
      refuse('another');
      refuse(undefined);
      lastSocket().emit({ event: 'error', data: { code: 'internal', message: 'Failed.' } });
      lastSocket().emit({ event: 'ack', data: { id: idOf('a'), ok: true } });

      expect(outcomes).toEqual([]);
    });
  });

  describe('what cannot be said', () => {
    it('ends the subscription when the subscribe function throws', () => {
      const cause = new Error('no');
      connectedClient(
        {},
        features({
          ...ROOMS,
          subscribe: () => {
            throw cause;
          },
        }),
      );
      const outcomes: unknown[] = [];
      keep({ room: 'a' }, outcomes);

      expect(outcomes).toEqual([jasmine.objectContaining({ code: 'handler-failed', cause })]);
    });

    it('ends the subscription when its message cannot be written', () => {
      connectedClient({}, features({ ...ROOMS, subscribe: () => ({ event: 'subscribe', big: 1n }) }));
      const outcomes: unknown[] = [];
      keep({ room: 'a' }, outcomes);

      expect(outcomes).toEqual([jasmine.objectContaining({ code: 'unserializable-message' })]);
    });

    it('is reported when the unsubscribe function throws', () => {
      const realtime = connectedClient(
        {},
        features({
          ...ROOMS,
          unsubscribe: () => {
            throw new Error('no');
          },
        }),
      );
      const codes: string[] = [];
      realtime.errors.subscribe(({ code }) => codes.push(code));
      keep({ room: 'a' }).unsubscribe();
      endTurn();

      expect(codes).toEqual(['handler-failed']);
    });
  });

  it('takes nothing back from a server that needs no message for it', () => {
    connectedClient({}, features({ ...ROOMS, unsubscribe: () => null }));
    keep({ room: 'a' }).unsubscribe();
    endTurn();
    keep({ room: 'a' });

    expect(said()).toEqual(['subscribe a', 'subscribe a']);
  });

  it('keeps 1,000 topics, and says what to do about the next one', () => {
    connectedClient({}, features());
    const kept = Array.from({ length: MOST_TOPICS }, (_, room) => keep({ room }));
    const outcomes: unknown[] = [];
    keep({ room: 'one more' }, outcomes);
    expect(outcomes).toEqual([
      jasmine.objectContaining({
        code: 'too-many-subscriptions',
        message: jasmine.stringContaining('unsubscribe'),
      }),
    ]);

    kept.forEach((each) => each.unsubscribe());
    keep({ room: 'next page' });
    expect(said().at(-1)).toBe('subscribe next page');
    expect(said().filter((each) => each.startsWith('unsubscribe')).length).toBe(MOST_TOPICS);
  });

  it('says 1,000 topics again in the order in which they were asked for', () => {
    connectedClient({}, features());
    const rooms = Array.from({ length: MOST_TOPICS }, (_, room) => room);
    rooms.forEach((room) => keep({ room }));
    reconnect();

    expect(said()).toEqual(rooms.map((room) => `subscribe ${room}`));
  });

  it('asks for acknowledgements once, also beside the outbox', () => {
    connectedClient({}, [...features(), withOutbox()]);

    expect(lastSocket().sentMessages[0]?.['data']).toEqual({ capabilities: ['commands'] });
  });

  it('adds no id where there is no handshake, and keeps one that the message has', () => {
    connectedClient({ handshake: false }, features());
    const outcomes: unknown[] = [];
    keep({ room: 'a' });
    keep({ room: 'b', id: 'mine' }, outcomes);
    expect(lastSocket().sentMessages.map(({ id }) => id)).toEqual([undefined, 'mine']);

    lastSocket().emit({ event: 'error', id: 'mine', data: {} });
    expect(outcomes).toEqual([jasmine.any(RealtimeError)]);
  });

  it('completes with the client', () => {
    const client = defineRealtimeClient('rooms');
    TestBed.configureTestingModule({
      providers: [provideRealtimeClient(client, { url: 'ws://rooms.test' }, ...features())],
    });
    const subscriptions = TestBed.runInInjectionContext(() => injectRealtime(client, RealtimeSubscriptions));
    const outcomes: unknown[] = [];
    subscriptions.to({ room: 'a' }).subscribe({ complete: () => outcomes.push('complete') });
    TestBed.resetTestingModule();
    subscriptions.to({ room: 'b' }).subscribe({ complete: () => outcomes.push('complete') });

    expect(outcomes).toEqual(['complete', 'complete']);
  });
});
