import { RealtimeError } from '../realtime-error';
import { makeEntry, type NewEntry, type OutboxEntry } from './outbox-entry';
import { OutboxQueue } from './outbox-queue';

describe('OutboxQueue', () => {
  function entry(id: string, rest: Partial<NewEntry> = {}): OutboxEntry {
    const made = makeEntry({
      id,
      message: { event: id },
      madeAt: 0,
      expiresAt: 1_000,
      isRequest: false,
      whenOffline: 'queue',
      key: null,
      persist: false,
      ...rest,
    });
    if (made instanceof RealtimeError) {
      throw made;
    }
    return made;
  }

  function queueOf(maxMessages: number, ...entries: OutboxEntry[]): OutboxQueue {
    const queue = new OutboxQueue({ maxMessages, maxBytes: 1_000 });
    for (const each of entries) {
      queue.add(each);
    }
    return queue;
  }

  const ids = (queue: OutboxQueue) => queue.all().map(({ id }) => id);

  it('counts bytes as UTF-8', () => {
    const queue = queueOf(5, entry('世'));

    expect(queue.bytes).toBe('{"event":"世"}'.length + 2);
  });

  it('lets the oldest message yield when there are too many', () => {
    const queue = queueOf(2, entry('a'), entry('b'));

    expect(queue.add(entry('c'))?.map((each) => [each.entry.id, each.reason])).toEqual([['a', 'full']]);
    expect(ids(queue)).toEqual(['b', 'c']);
  });

  it('lets as many yield as their bytes require, and no more', () => {
    const queue = new OutboxQueue({ maxMessages: 10, maxBytes: 60 });
    for (const id of ['a', 'b', 'c', 'd']) {
      queue.add(entry(id));
    }

    queue.add(entry('e', { message: { event: 'e', text: '0123456789' } }));

    expect(ids(queue)).toEqual(['c', 'd', 'e']);
    expect(queue.bytes).toBeLessThanOrEqual(60);
  });

  it('refuses what is larger than the whole queue, and keeps the rest', () => {
    const queue = queueOf(5, entry('a'));

    expect(queue.add(entry('b', { message: { event: 'b', text: 'x'.repeat(1_000) } }))).toBeNull();
    expect(ids(queue)).toEqual(['a']);
  });

  it('lets persisted messages yield last', () => {
    const queue = queueOf(2, entry('kept', { persist: true }), entry('b'));
    queue.add(entry('c', { persist: true }));
    expect(ids(queue)).toEqual(['kept', 'c']);

    expect(queue.add(entry('d'))).toBeNull();
    queue.add(entry('e', { persist: true }));
    expect(ids(queue)).toEqual(['c', 'e']);
  });

  it('lets no request yield, and any message to a request', () => {
    const queue = queueOf(2, entry('r1', { isRequest: true }), entry('kept', { persist: true }));
    queue.add(entry('r2', { isRequest: true }));
    expect(ids(queue)).toEqual(['r1', 'r2']);

    expect(queue.add(entry('r3', { isRequest: true }))).toBeNull();
  });

  it('replaces the message with the same key, behind everything else', () => {
    const queue = queueOf(3, entry('a', { key: 'k' }), entry('b'));

    expect(queue.add(entry('c', { key: 'k' }))?.map(({ reason }) => reason)).toEqual(['replaced']);
    expect(ids(queue)).toEqual(['b', 'c']);
  });

  it('makes room by replacing before anything yields', () => {
    const queue = queueOf(2, entry('a'), entry('b', { key: 'k' }));

    queue.add(entry('c', { key: 'k' }));

    expect(ids(queue)).toEqual(['a', 'c']);
  });
});
