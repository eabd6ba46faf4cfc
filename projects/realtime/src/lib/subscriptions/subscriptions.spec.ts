import { Subject } from 'rxjs';
import { TestBed } from '@angular/core/testing';
import { defineRealtimeClient, injectRealtime, provideRealtimeClient } from '../clients/realtime-client';
import { connectedClient, setUpClient, tick } from '../../spec-support/client';
import { lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { endTurn, keep, reconnect, roomFeatures, said, subscriptionTo } from '../../spec-support/rooms';
import { withOutbox } from '../outbox/with-outbox';
import { RealtimeError } from '../realtime-error';
import { RealtimeSubscriptions } from './realtime-subscriptions';
import { MOST_TOPICS } from './topic';

describe('withSubscriptions', () => {
  useFakeBrowser();

  describe('one topic', () => {
    it('is said once, however many subscribe, and taken back when the last one leaves', () => {
      connectedClient({}, roomFeatures());
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
      connectedClient({}, roomFeatures());
      keep({ room: 'a', of: { x: 1, y: [1, 2] } });
      keep({ of: { y: [1, 2], x: 1 }, room: 'a' });
      expect(said()).toEqual(['subscribe a']);

      keep({ room: 'a', of: { x: 1, y: [2, 1] } });
      expect(said()).toEqual(['subscribe a', 'subscribe a']);
    });

    it('stays what it was when the page changes the object', () => {
      connectedClient({}, roomFeatures());
      const topic = { room: 'a' };
      const subscription = keep(topic);
      topic.room = 'b';
      subscription.unsubscribe();
      endTurn();

      expect(said()).toEqual(['subscribe a', 'unsubscribe a']);
    });

    it('is not said without a connection, and once with the next one', () => {
      const realtime = setUpClient({}, roomFeatures());
      keep({ room: 'a' });
      keep({ room: 'a' });
      realtime.connect();
      lastSocket().accept();

      expect(said()).toEqual(['subscribe a']);
    });

    it('is said again on each new connection, before the status tells of it', () => {
      const realtime = connectedClient({}, roomFeatures());
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
      connectedClient({}, roomFeatures());
      const outcomes: unknown[] = [];
      keep({ room: 'a' }, outcomes);
      const before = subscriptionTo('a')?.['id'];
      reconnect();

      expect(said()).toEqual(['subscribe a']);
      expect(subscriptionTo('a')?.['id']).not.toEqual(before);
      expect(outcomes).toEqual([]);
    });

    it('is said again when the server answers a second handshake on the same socket', () => {
      connectedClient({}, roomFeatures());
      keep({ room: 'a' });
      lastSocket().emit({ event: 'connected', data: { client_id: 'c1' } });
      lastSocket().emit({ event: 'connected', data: { client_id: 'c1' } });

      expect(said()).toEqual(['subscribe a', 'subscribe a']);
    });

    it('is not said again once it was left without a connection', () => {
      connectedClient({}, roomFeatures());
      keep({ room: 'b' });
      const subscription = keep({ room: 'a' });
      lastSocket().drop();
      subscription.unsubscribe();
      tick(1_000);
      lastSocket().accept();

      expect(said()).toEqual(['subscribe b']);
    });

    it('is said again after the application disconnected and connected', () => {
      const realtime = connectedClient({}, roomFeatures());
      keep({ room: 'a' });
      realtime.disconnect();
      realtime.connect();
      lastSocket().accept();

      expect(said()).toEqual(['subscribe a']);
    });
  });

  it('are said once the server is ready, before the status tells of it', () => {
    const ready = new Subject<void>();
    const realtime = setUpClient({}, [
      ...roomFeatures(),
      { id: 'later', hooks: () => ({ ready: () => ready }) },
    ]);
    keep({ room: 'a' });
    realtime.connect();
    lastSocket().accept();
    keep({ room: 'b' });
    expect(said()).toEqual([]);

    realtime.statusChanges.subscribe(() => realtime.send({ event: 'hello' }));
    ready.complete();
    expect(said()).toEqual(['subscribe a', 'subscribe b', 'hello']);
  });

  describe('in one turn of the event loop', () => {
    it('leaving a topic and coming back to it sends nothing', async () => {
      connectedClient({}, roomFeatures());
      keep({ room: 'a' }).unsubscribe();
      await Promise.resolve();
      keep({ room: 'a' });
      endTurn();

      expect(said()).toEqual(['subscribe a']);
    });

    it('asking for a topic and leaving it sends both, in order', () => {
      connectedClient({}, roomFeatures());
      keep({ room: 'a' }).unsubscribe();
      endTurn();

      expect(said()).toEqual(['subscribe a', 'unsubscribe a']);
    });

    it('asking for a topic and leaving it without a connection sends nothing', () => {
      const realtime = setUpClient({}, roomFeatures());
      keep({ room: 'a' }).unsubscribe();
      endTurn();
      realtime.connect();
      lastSocket().accept();

      expect(said()).toEqual([]);
    });

    it('what a page sends after it has subscribed arrives after the subscription', () => {
      const realtime = connectedClient({}, roomFeatures());
      keep({ room: 'a' });
      realtime.send({ event: 'start' });

      expect(said()).toEqual(['subscribe a', 'start']);
    });

    it('the next topic is said before the one before it is taken back', () => {
      connectedClient({}, roomFeatures());
      keep({ room: 'a' }).unsubscribe();
      keep({ room: 'b' });
      endTurn();

      expect(said()).toEqual(['subscribe a', 'subscribe b', 'unsubscribe a']);
    });
  });

  it('takes nothing back from a server that needs no message for it', () => {
    connectedClient({}, roomFeatures({ unsubscribe: () => null }));
    keep({ room: 'a' }).unsubscribe();
    endTurn();
    keep({ room: 'a' });

    expect(said()).toEqual(['subscribe a', 'subscribe a']);
  });

  it('keeps 1,000 topics, and says what to do about the next one', () => {
    connectedClient({}, roomFeatures());
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
    connectedClient({}, roomFeatures());
    const rooms = Array.from({ length: MOST_TOPICS }, (_, room) => room);
    rooms.forEach((room) => keep({ room }));
    reconnect();

    expect(said()).toEqual(rooms.map((room) => `subscribe ${room}`));
  });

  it('asks for acknowledgements once, also beside the outbox', () => {
    connectedClient({}, [...roomFeatures(), withOutbox()]);

    expect(lastSocket().sentMessages[0]?.['data']).toEqual({ capabilities: ['commands'] });
  });

  it('adds no id where there is no handshake, and keeps one that the message has', () => {
    connectedClient({ handshake: false }, roomFeatures());
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
      providers: [provideRealtimeClient(client, { url: 'ws://rooms.test' }, ...roomFeatures())],
    });
    const subscriptions = TestBed.runInInjectionContext(() => injectRealtime(client, RealtimeSubscriptions));
    const outcomes: unknown[] = [];
    subscriptions.to({ room: 'a' }).subscribe({ complete: () => outcomes.push('complete') });
    TestBed.resetTestingModule();
    subscriptions.to({ room: 'b' }).subscribe({ complete: () => outcomes.push('complete') });

    expect(outcomes).toEqual(['complete', 'complete']);
  });
});
