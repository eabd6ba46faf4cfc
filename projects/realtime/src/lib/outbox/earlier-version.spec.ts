import { useFakeBrowser } from '../../spec-support/fake-web-socket';
import { acknowledge, sentEvents, sentIds } from '../../spec-support/outbox-client';
import {
  done,
  openPage,
  PAGE_DATABASE,
  until,
  untilStored,
  useEmptyStorage,
} from '../../spec-support/outbox-pages';

/**
 * As the version before suspicions were stored wrote them: copied from its database, not made by this code.
 */
const RECORDS = [
  {
    owner: '6f1c0b7f7f7d4f0fa7a4b8f3b1f3a9d2',
    id: '0a1b2c3d4e5f60718293a4b5c6d7e8f9',
    message: { event: 'note', data: { text: 'first' } },
    madeAt: 1769126400000,
    expiresAt: 1769212800000,
    place: 1,
    isRequest: false,
    key: null,
  },
  {
    owner: '6f1c0b7f7f7d4f0fa7a4b8f3b1f3a9d2',
    id: 'f9e8d7c6b5a4938271605f4e3d2c1b0a',
    message: { session_id: 's1', event: 'feedback', id: 'f9e8d7c6b5a4938271605f4e3d2c1b0a' },
    madeAt: 1769126400000,
    expiresAt: 1769212800000,
    place: 2,
    isRequest: true,
    key: null,
  },
  {
    owner: 'c3d2e1f00f1e2d3c4b5a69788796a5b4',
    id: '11112222333344445555666677778888',
    message: { event: 'cursor', data: { line: 7 } },
    madeAt: 1769126400001,
    expiresAt: 1769212800001,
    place: 1,
    isRequest: false,
    key: 'cursor',
  },
];

describe('what an earlier version of the library has stored', () => {
  useFakeBrowser();
  useEmptyStorage();

  beforeEach(async () => {
    localStorage.setItem(PAGE_DATABASE, '');
    const opening = indexedDB.open(PAGE_DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('messages', { keyPath: 'id' });
    const database = await done(opening);
    const store = database.transaction('messages', 'readwrite').objectStore('messages');
    await Promise.all(RECORDS.map((record) => done(store.put(record))));
    database.close();
  });

  it('is sent in the order in which it was made, requests under their id', async () => {
    const { outbox, connect } = openPage();
    await until(() => outbox.depth() === 3);
    connect();
    jasmine.clock().tick(1_000);

    expect(sentEvents()).toEqual(['note', 'feedback', 'cursor']);
    expect(sentIds()).toEqual(['f9e8d7c6b5a4938271605f4e3d2c1b0a']);
  });

  it('leaves the storage once it was sent and acknowledged', async () => {
    const { outbox, acknowledgements, connect } = openPage();
    await until(() => outbox.depth() === 3);
    connect();
    jasmine.clock().tick(1_000);
    acknowledge('f9e8d7c6b5a4938271605f4e3d2c1b0a');
    await untilStored(0);

    expect(acknowledgements.map(({ event, ok }) => ({ event, ok }))).toEqual([
      { event: 'feedback', ok: true },
    ]);
  });

  it('expires when it would have expired before', async () => {
    const { outbox, drops } = openPage();
    await until(() => outbox.depth() === 3);
    jasmine.clock().tick(86_400_002);
    await untilStored(0);

    expect(drops.map(({ message, reason }) => [message.event, reason])).toEqual([
      ['note', 'expired'],
      ['feedback', 'expired'],
      ['cursor', 'expired'],
    ]);
  });

  it('yields to a newer message with its key', async () => {
    const { outbox, connect } = openPage();
    await until(() => outbox.depth() === 3);
    outbox.send({ event: 'cursor', data: { line: 8 } }, { whenOffline: 'latest', persist: true });
    connect();
    jasmine.clock().tick(1_000);

    expect(sentEvents()).toEqual(['note', 'feedback', 'cursor']);
    expect(outbox.dropped()).toBe(1);
  });
});
