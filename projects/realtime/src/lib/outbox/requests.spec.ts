import { tick } from '../../spec-support/client';
import { lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import {
  acknowledge,
  answerConnect,
  breakConnection,
  outboxClient,
  rejection,
  rejectionCode,
  sentEvents,
  sentIds,
  shakeHands,
} from '../../spec-support/outbox-client';
import type { RealtimeConfig } from '../realtime-config';
import { RealtimeError } from '../realtime-error';
import type { OutboxOptions } from './outbox-options';

describe('RealtimeOutbox.request', () => {
  useFakeBrowser();

  function connected(options?: OutboxOptions, config?: Partial<RealtimeConfig>) {
    const client = outboxClient(options, config);
    client.realtime.connect();
    shakeHands();
    return client;
  }

  it('sends the event, its fields and an id of its own, and resolves with the acknowledgement', async () => {
    const { outbox } = connected();
    const answer = outbox.request('pause', { session_id: 's1' });
    const [id] = sentIds();

    expect(lastSocket().sentMessages.at(-1)).toEqual({ event: 'pause', session_id: 's1', id });
    acknowledge(id);

    expect(await answer).toEqual({ id: String(id), event: 'pause', ok: true, error: null });
    expect(outbox.depth()).toBe(0);
  });

  it('lets no field replace the event or the id', async () => {
    const { outbox } = connected();
    const answer = outbox.request('pause', { event: 'stop', id: 'mine' });

    expect(sentEvents()).toEqual(['pause']);
    expect(sentIds()).not.toEqual(['mine']);
    acknowledge(sentIds()[0]);
    await answer;
  });

  it('S16: rejects with the code and message of the server', async () => {
    const { outbox } = connected();
    const answer = outbox.request('pause');
    acknowledge(sentIds()[0], { code: 'invalid_state', message: 'It is not running.' });

    const error = await rejection(answer);

    expect(error).toBeInstanceOf(RealtimeError);
    expect(error).toEqual(
      jasmine.objectContaining({
        code: 'request-refused',
        serverCode: 'invalid_state',
        message: 'It is not running.',
        event: 'pause',
      }),
    );
  });

  it('takes an ack that says nothing of how it went as a refusal', async () => {
    const { outbox } = connected();
    const answer = outbox.request('pause');
    lastSocket().emit({ event: 'ack', data: { id: sentIds()[0] } });

    expect(await rejection(answer)).toEqual(jasmine.objectContaining({ serverCode: 'unknown' }));
  });

  it('keeps two requests of the same turn apart', async () => {
    const { outbox } = connected();
    const answers = [outbox.request('a'), outbox.request('b')];
    const [a, b] = sentIds();
    acknowledge(b);
    acknowledge(a);

    expect((await Promise.all(answers)).map(({ event }) => event)).toEqual(['a', 'b']);
    expect(a).not.toBe(b);
  });

  it('S15: sends it again after every reconnection, under the same id, in order, until it is acknowledged', async () => {
    const { outbox } = connected();
    const answers = [outbox.request('a'), outbox.request('b')];
    const ids = sentIds();
    for (let times = 0; times < 3; times += 1) {
      breakConnection();
      shakeHands();
      tick(100);
      expect(sentIds()).toEqual(ids);
    }
    ids.forEach((id) => acknowledge(id));
    await Promise.all(answers);
    breakConnection();
    shakeHands();
    tick(100);

    expect(sentIds()).toEqual([]);
  });

  it('sends it again after a second handshake over the same link', async () => {
    const { outbox } = connected();
    const answer = outbox.request('a');
    answerConnect();

    const [id, again] = sentIds();
    expect(again).toBe(id);
    acknowledge(id);
    acknowledge(id);
    await answer;
  });

  it('waits for a connection and its handshake', async () => {
    const { realtime, outbox } = outboxClient();
    const answer = outbox.request('a');
    realtime.connect();
    lastSocket().accept();
    expect(sentEvents()).toEqual([]);
    answerConnect();
    acknowledge(sentIds()[0]);

    expect((await answer).ok).toBeTrue();
  });

  it('keeps its place among messages', () => {
    const { realtime, outbox } = outboxClient();
    outbox.send({ event: 'a' });
    void rejection(outbox.request('b'));
    outbox.send({ event: 'c' });
    realtime.connect();
    shakeHands();
    tick(1_000);

    expect(sentEvents()).toEqual(['a', 'b', 'c']);
  });

  it('holds messages up while it is unanswered no longer than its own turn', () => {
    const { outbox } = connected();
    void rejection(outbox.request('a'));

    expect(outbox.send({ event: 'b' })).toBe('sent');
    expect(outbox.depth()).toBe(1);
  });

  describe('time', () => {
    it('rejects when it is over, connected or not', async () => {
      const { outbox } = connected({ requestTimeout: 5_000 });
      const unanswered = outbox.request('a');
      const short = outbox.request('b', {}, { timeout: 1_000 });
      tick(1_001);
      expect(await rejectionCode(short)).toBe('request-timeout');
      breakConnection();
      tick(4_000);

      expect(await rejectionCode(unanswered)).toBe('request-timeout');
      expect(outbox.depth()).toBe(0);
      expect(outbox.dropped()).toBe(0);
    });

    it('ignores an ack that comes after it', async () => {
      const { outbox, errors } = connected();
      const seen: unknown[] = [];
      outbox.acknowledgements.subscribe((each) => seen.push(each));
      const answer = outbox.request('a', {}, { timeout: 1_000 });
      tick(1_001);
      acknowledge(sentIds()[0]);

      expect(await rejectionCode(answer)).toBe('request-timeout');
      expect(seen).toEqual([]);
      expect(errors).toEqual([]);
    });

    it('does not send again what timed out', async () => {
      const { outbox } = connected();
      const answer = outbox.request('a', {}, { timeout: 500 });
      breakConnection();
      await rejectionCode(answer);
      shakeHands();
      tick(100);

      expect(sentIds()).toEqual([]);
    });

    it('rejects a timeout that is none', async () => {
      const { outbox } = connected();

      expect(await rejection(outbox.request('a', {}, { timeout: 0 }))).toBeInstanceOf(RangeError);
    });
  });

  it('ignores acks that are unknown, repeated or malformed', async () => {
    const { outbox, errors } = connected();
    const answer = outbox.request('a');
    acknowledge('unknown');
    lastSocket().emit({ event: 'ack' });
    lastSocket().emit({ event: 'ack', data: { id: 7 } });
    acknowledge(sentIds()[0]);
    acknowledge(sentIds()[0], { code: 'late', message: 'No.' });

    expect((await answer).ok).toBeTrue();
    expect(errors).toEqual([]);
  });

  it('rejects when only requests wait and there is no room', async () => {
    const { outbox } = outboxClient({ maxMessages: 1 });
    void rejection(outbox.request('a'));

    expect(await rejectionCode(outbox.request('b'))).toBe('outbox-full');
    expect(outbox.depth()).toBe(1);
  });

  it('rejects what cannot be written', async () => {
    const { outbox } = connected();

    expect(await rejectionCode(outbox.request('a', { data: 1n }))).toBe('unserializable-message');
  });

  it('rejects on clear', async () => {
    const { outbox } = connected();
    const answer = outbox.request('a');
    outbox.clear();

    expect(await rejectionCode(answer)).toBe('request-abandoned');
  });

  it('may be followed by another from where its acknowledgement is heard', async () => {
    const { outbox } = connected();
    let second: Promise<unknown> = Promise.resolve();
    outbox.acknowledgements.subscribe(({ event }) => {
      if (event === 'a') {
        second = outbox.request('b');
      }
    });
    const first = outbox.request('a');
    acknowledge(sentIds()[0]);
    acknowledge(sentIds()[1]);
    await Promise.all([first, second]);

    expect(sentEvents()).toEqual(['a', 'b']);
  });

  it('leaves no timer behind', async () => {
    const { realtime, outbox } = outboxClient();
    const timers = new Set<unknown>();
    const { setInterval: set, clearInterval: clear } = globalThis;
    const counting = {
      setInterval: (...args: Parameters<typeof set>) => {
        const timer = set(...args);
        timers.add(timer);
        return timer;
      },
      clearInterval: (timer: number) => {
        timers.delete(timer);
        clear(timer);
      },
    };
    Object.assign(globalThis, counting);
    const answer = outbox.request('a');
    realtime.connect();
    shakeHands();
    acknowledge(sentIds()[0]);
    realtime.disconnect();
    Object.assign(globalThis, { setInterval: set, clearInterval: clear });
    await answer;

    expect(timers.size).toBe(0);
  });
});
