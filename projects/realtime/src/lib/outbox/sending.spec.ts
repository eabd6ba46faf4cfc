import { tick } from '../../spec-support/client';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import {
  answerConnect,
  breakConnection,
  outboxClient,
  sentEvents,
  shakeHands,
} from '../../spec-support/outbox-client';
import type { OutboxOptions } from './outbox-options';
import type { RealtimeOutbox } from './realtime-outbox';
import { withOutbox } from './with-outbox';

describe('RealtimeOutbox.send', () => {
  useFakeBrowser();

  function connected(options?: OutboxOptions) {
    const client = outboxClient(options);
    client.realtime.connect();
    shakeHands();
    return client;
  }

  function sendAll(outbox: RealtimeOutbox, ...events: string[]): unknown[] {
    return events.map((event) => outbox.send({ event }));
  }

  it('sends at once, without limit, while nothing waits', () => {
    const { outbox } = connected({ rate: 1 });

    expect(sendAll(outbox, 'a', 'b', 'c')).toEqual(['sent', 'sent', 'sent']);
    expect(sentEvents()).toEqual(['a', 'b', 'c']);
    expect(outbox.depth()).toBe(0);
  });

  it('keeps messages until there is a connection, in order', () => {
    const { realtime, outbox } = outboxClient();
    expect(sendAll(outbox, 'a', 'b')).toEqual(['queued', 'queued']);
    expect(outbox.depth()).toBe(2);
    expect(outbox.bytes()).toBe(26);

    realtime.connect();
    shakeHands();
    tick(1_000);

    expect(sentEvents()).toEqual(['a', 'b']);
    expect([outbox.depth(), outbox.bytes(), outbox.dropped()]).toEqual([0, 0, 0]);
  });

  it('keeps what the message was when it was sent', () => {
    const { realtime, outbox } = outboxClient();
    const data = { line: 1 };
    outbox.send({ event: 'cursor', data });
    data.line = 2;

    realtime.connect();
    shakeHands();

    expect(lastSocket().sentMessages.at(-1)).toEqual({ event: 'cursor', data: { line: 1 } });
  });

  describe('policies', () => {
    it('drop: is not kept', () => {
      const { outbox, drops, errors } = outboxClient();

      expect(outbox.send({ event: 'a' }, { whenOffline: 'drop' })).toBe('dropped');

      expect(drops).toEqual([{ message: { event: 'a' }, reason: 'offline' }]);
      expect(outbox.dropped()).toBe(1);
      expect(errors).toEqual([]);
    });

    it('drop: waits for its turn while connected, but not for the next connection', () => {
      const { realtime, outbox, drops } = outboxClient();
      realtime.connect();
      lastSocket().accept();

      expect(outbox.send({ event: 'a' }, { whenOffline: 'drop' })).toBe('queued');
      breakConnection();

      expect(drops.map(({ reason }) => reason)).toEqual(['offline']);
    });

    it('latest: keeps the newest of each key', () => {
      const { realtime, outbox, drops, errors } = outboxClient();
      const latest = (event: string, key?: string) =>
        outbox.send({ event, key }, key ? { whenOffline: 'latest', key } : { whenOffline: 'latest' });
      latest('cursor');
      latest('view', 'v');
      latest('other view', 'v');
      latest('cursor');

      realtime.connect();
      shakeHands();
      tick(1_000);

      expect(sentEvents()).toEqual(['other view', 'cursor']);
      expect(drops.map(({ reason }) => reason)).toEqual(['replaced', 'replaced']);
      expect(errors).toEqual([]);
    });

    it('maxAge: gives a message up when its time is over', () => {
      const { outbox, drops, errors } = outboxClient();
      outbox.send({ event: 'short' }, { whenOffline: 'queue', maxAge: 1_000 });
      outbox.send({ event: 'long' });

      tick(1_001);

      expect(drops).toEqual([{ message: { event: 'short' }, reason: 'expired' }]);
      expect(errors.map(({ code, event }) => [code, event])).toEqual([['message-dropped', 'short']]);
      expect(outbox.depth()).toBe(1);
    });

    it('maxAge: holds though the timer is late, as after sleep', () => {
      const { realtime, outbox, drops } = outboxClient();
      outbox.send({ event: 'stale' });
      jasmine.clock().mockDate(new Date('2026-01-24T00:00:00Z'));

      realtime.connect();
      shakeHands();

      expect(sentEvents()).toEqual([]);
      expect(drops.map(({ reason }) => reason)).toEqual(['expired']);
    });

    it('maxAge: may be longer than any timer', () => {
      const { outbox, drops } = outboxClient();
      outbox.send({ event: 'a' }, { whenOffline: 'queue', maxAge: Infinity });
      outbox.send({ event: 'b' }, { whenOffline: 'queue', maxAge: 1e12 });

      tick(1_000);

      expect(drops).toEqual([]);
    });

    it('refuses a maxAge that is none', () => {
      const { outbox } = outboxClient();

      expect(() => outbox.send({ event: 'a' }, { whenOffline: 'queue', maxAge: 0 })).toThrowError(
        RangeError,
        /maxAge/,
      );
    });
  });

  describe('bounds', () => {
    it('drop the oldest message and report it', () => {
      const { outbox, drops, errors } = outboxClient({ maxMessages: 2 });
      sendAll(outbox, 'a', 'b', 'c');

      expect(outbox.depth()).toBe(2);
      expect(drops).toEqual([{ message: { event: 'a' }, reason: 'full' }]);
      expect(errors.map(({ code }) => code)).toEqual(['message-dropped']);
    });

    it('refuse a message that is larger than everything allowed', () => {
      const { outbox, drops } = outboxClient({ maxBytes: 20 });

      expect(outbox.send({ event: 'far too long an event' })).toBe('dropped');
      expect(drops.length).toBe(1);
    });

    it('hold while a listener of drops sends again', () => {
      const { outbox } = outboxClient({ maxMessages: 2 });
      let again = 3;
      outbox.drops.subscribe(() => {
        if (again > 0) {
          again -= 1;
          outbox.send({ event: 'again' });
        }
      });

      sendAll(outbox, 'a', 'b', 'c');

      expect(outbox.depth()).toBe(2);
      expect(outbox.dropped()).toBe(4);
    });
  });

  it('reports what cannot be written, once, connected or not', () => {
    const { realtime, outbox, drops, errors } = outboxClient();
    expect(outbox.send({ event: 'a', data: 1n })).toBe('dropped');
    realtime.connect();
    shakeHands();
    expect(outbox.send({ event: 'b', data: 1n })).toBe('dropped');

    expect(drops.map(({ reason }) => reason)).toEqual(['unserializable', 'unserializable']);
    expect(errors.map(({ code }) => code)).toEqual(['unserializable-message', 'unserializable-message']);
  });

  it('keeps a message that the closing socket did not take', () => {
    const { outbox } = connected();
    lastSocket().readyState = FakeWebSocket.CLOSING;
    expect(outbox.send({ event: 'a' })).toBe('queued');

    breakConnection();
    shakeHands();

    expect(sentEvents()).toEqual(['a']);
  });

  describe('after the connection opened', () => {
    it('waits for the handshake, also with what a subscriber of the status sends', () => {
      const { realtime, outbox } = outboxClient();
      outbox.send({ event: 'first' });
      realtime.statusChanges.subscribe((status) => {
        if (status === 'connected') {
          outbox.send({ event: 'second' });
        }
      });
      realtime.connect();
      lastSocket().accept();
      expect(lastSocket().sentEvents).toEqual(['connect']);

      answerConnect();
      tick(1_000);

      expect(sentEvents()).toEqual(['first', 'second']);
    });

    it('waits only so long for a server that does not answer connect', () => {
      const { realtime, outbox } = outboxClient({ handshakeTimeout: 500 });
      outbox.send({ event: 'a' });
      realtime.connect();
      lastSocket().accept();
      tick(499);
      expect(sentEvents()).toEqual([]);

      tick(1);

      expect(sentEvents()).toEqual(['a']);
    });

    it('waits for nothing when the handshake is off', () => {
      const { realtime, outbox } = outboxClient({}, { handshake: false });
      outbox.send({ event: 'a' });
      realtime.connect();
      lastSocket().accept();

      expect(sentEvents()).toEqual(['a']);
    });

    it('sends no burst', () => {
      const { realtime, outbox } = outboxClient({ rate: 10 });
      sendAll(outbox, ...Array.from({ length: 30 }, (_, index) => String(index)));
      realtime.connect();
      shakeHands();
      expect(sentEvents().length).toBe(1);

      tick(999);
      expect(sentEvents().length).toBe(10);
      tick(2_000);
      expect(sentEvents().length).toBe(30);
    });

    it('puts new messages behind those that wait', () => {
      const { realtime, outbox } = outboxClient({ rate: 10 });
      sendAll(outbox, 'a', 'b');
      realtime.connect();
      shakeHands();

      expect(outbox.send({ event: 'c' })).toBe('queued');
      tick(1_000);

      expect(sentEvents()).toEqual(['a', 'b', 'c']);
      expect(outbox.send({ event: 'd' })).toBe('sent');
    });

    it('keeps the rest when the connection is lost half-way', () => {
      const { realtime, outbox } = outboxClient({ rate: 10 });
      sendAll(outbox, 'a', 'b', 'c');
      realtime.connect();
      shakeHands();
      tick(100);
      expect(sentEvents()).toEqual(['a', 'b']);

      breakConnection();
      shakeHands();

      expect(sentEvents()).toEqual(['c']);
    });

    it('sends what a handler sends while others wait behind them', () => {
      const { realtime, outbox } = outboxClient();
      sendAll(outbox, 'a', 'b');
      realtime.subscribe('connected', () => outbox.send({ event: 'from the handler' }));
      realtime.connect();
      shakeHands();
      tick(1_000);

      expect(sentEvents()).toEqual(['a', 'b', 'from the handler']);
    });
  });

  it('clear drops everything that waits', () => {
    const { realtime, outbox, drops } = outboxClient();
    sendAll(outbox, 'a', 'b');

    outbox.clear();
    realtime.connect();
    shakeHands();
    tick(1_000);

    expect(sentEvents()).toEqual([]);
    expect(drops.map(({ reason }) => reason)).toEqual(['cleared', 'cleared']);
  });

  it('asks for the capability', () => {
    connected();

    expect(lastSocket().sentMessages[0]).toEqual({
      event: 'connect',
      data: { capabilities: ['commands'] },
    });
  });

  for (const options of [
    { maxMessages: 0 },
    { maxBytes: -1 },
    { maxAge: NaN },
    { persistedMaxAge: 0 },
    { rate: 0.5 },
    { handshakeTimeout: 0 },
    { requestTimeout: 0 },
  ]) {
    const [name] = Object.keys(options);
    it(`refuses ${String(name)} out of its range by name`, () => {
      expect(() => withOutbox(options)).toThrowError(RangeError, new RegExp(`withOutbox: ${String(name)}`));
    });
  }
});
