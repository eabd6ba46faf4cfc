import { lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { acknowledge, sentEvents, sentIds } from '../../spec-support/outbox-client';
import {
  done,
  openPage,
  PAGE_DATABASE as DATABASE,
  PERSISTED,
  storedEvents,
  until,
  untilStored,
  useEmptyStorage,
} from '../../spec-support/outbox-pages';
import { RealtimeService } from '../realtime-service';

describe('persisted messages', () => {
  useFakeBrowser();
  useEmptyStorage();

  it('load and store nothing while no message asks for it', async () => {
    const { outbox } = openPage();
    outbox.send({ event: 'a' });

    expect(await storedEvents()).toEqual([]);
    expect(localStorage.length).toBe(0);
  });

  it('are sent by the next page, before newer ones, in order', async () => {
    const first = openPage();
    for (const event of ['a', 'b', 'c']) {
      first.outbox.send({ event }, PERSISTED);
    }
    await untilStored(3);
    first.page.destroy();

    const { outbox, connect } = openPage();
    outbox.send({ event: 'new' });
    await until(() => outbox.depth() === 4);
    connect();
    jasmine.clock().tick(1_000);

    expect(sentEvents()).toEqual(['a', 'b', 'c', 'new']);
    await untilStored(0);
    expect(await storedEvents()).toEqual([]);
  });

  it('that come in after the connection opened are sent all the same', async () => {
    const first = openPage();
    first.outbox.send({ event: 'a' }, PERSISTED);
    await untilStored(1);
    first.page.destroy();

    const { connect } = openPage();
    connect();
    await until(() => sentEvents().length === 1);

    expect(sentEvents()).toEqual(['a']);
  });

  it('are not stored when they are sent at once', async () => {
    const { outbox, connect } = openPage();
    connect();

    expect(outbox.send({ event: 'a' }, PERSISTED)).toBe('sent');
    expect(await storedEvents()).toEqual([]);
  });

  it('keep only the latest of a key', async () => {
    const { outbox } = openPage();
    outbox.send({ event: 'a' }, { whenOffline: 'latest', key: 'k', persist: true });
    outbox.send({ event: 'b' }, { whenOffline: 'latest', key: 'k', persist: true });
    outbox.send({ event: 'c' }, PERSISTED);
    await until(async () => (await storedEvents()).includes('c'));

    expect((await storedEvents()).sort()).toEqual(['b', 'c']);
  });

  for (const order of ['older', 'newer'] as const) {
    it(`of several pages keep only the latest of a key, also when the ${order} one comes in first`, async () => {
      const policy = { whenOffline: 'latest', key: 'k', persist: true } as const;
      const older = openPage();
      const newer = openPage();
      older.outbox.send({ event: 'old' }, policy);
      jasmine.clock().tick(1);
      newer.outbox.send({ event: 'new' }, policy);
      await untilStored(2);
      const pages = order === 'older' ? [older, newer] : [newer, older];
      const next = openPage();
      for (const { page } of pages) {
        const waiting = next.outbox.depth() + next.outbox.dropped();
        page.destroy();
        await until(() => next.outbox.depth() + next.outbox.dropped() > waiting);
      }
      next.connect();
      jasmine.clock().tick(1_000);

      expect(sentEvents()).toEqual(['new']);
      await untilStored(0);
    });
  }

  it('of several pages are sent in the order in which they were made', async () => {
    const first = openPage();
    const second = openPage();
    first.outbox.send({ event: 'a' }, PERSISTED);
    jasmine.clock().tick(1);
    second.outbox.send({ event: 'b' }, PERSISTED);
    await untilStored(2);
    const next = openPage();
    first.page.destroy();
    await until(() => next.outbox.depth() === 1);
    second.page.destroy();
    await until(() => next.outbox.depth() === 2);
    next.connect();
    jasmine.clock().tick(1_000);

    expect(sentEvents()).toEqual(['a', 'b']);
  });

  it('for which there is no room any more are forgotten when that is said', async () => {
    const first = openPage();
    first.outbox.request('a', {}, { persist: true }).catch(() => undefined);
    first.outbox.request('b', {}, { persist: true }).catch(() => undefined);
    await untilStored(2);
    first.page.destroy();

    const { outbox } = openPage({ maxMessages: 1 });
    await until(() => outbox.dropped() === 1);
    await untilStored(1);

    expect(outbox.depth()).toBe(1);
  });

  it('S15: requests are sent again by the next page under the same id, and their answer is announced', async () => {
    const first = openPage();
    first.connect();
    const abandoned = first.outbox.request('feedback', {}, { persist: true });
    const [id] = sentIds();
    await untilStored(1);
    first.page.destroy();
    await expectAsync(abandoned).toBeRejectedWith(jasmine.objectContaining({ code: 'request-abandoned' }));

    const { outbox, acknowledgements, connect } = openPage();
    await until(() => outbox.depth() === 1);
    connect();
    expect(sentIds()).toEqual([id]);
    acknowledge(id);

    expect(acknowledgements).toEqual([{ id: String(id), event: 'feedback', ok: true, error: null }]);
    await untilStored(0);
  });

  it('requests outlive an abandoned promise within the page', async () => {
    const { outbox, acknowledgements, connect, page } = openPage();
    const abandoned = outbox.request('feedback', {}, { persist: true });
    page.get(RealtimeService).disconnect();
    await expectAsync(abandoned).toBeRejectedWith(jasmine.objectContaining({ code: 'request-abandoned' }));
    connect();
    acknowledge(sentIds()[0]);

    expect(acknowledgements.length).toBe(1);
    await untilStored(0);
  });

  it('leave the storage when they expire', async () => {
    const { outbox } = openPage();
    outbox.send({ event: 'a' }, { ...PERSISTED, maxAge: 1_000 });
    await untilStored(1);
    jasmine.clock().tick(1_001);
    await untilStored(0);

    expect(outbox.dropped()).toBe(1);
  });

  it('are left alone while the page that sent them is still there, and taken over when it is gone', async () => {
    const first = openPage();
    first.outbox.send({ event: 'a' }, PERSISTED);
    await untilStored(1);
    const second = openPage();
    second.outbox.send({ event: 'b' }, PERSISTED);
    await untilStored(2);
    expect(second.outbox.depth()).toBe(1);

    first.page.destroy();
    await until(() => second.outbox.depth() === 2);
    second.connect();
    jasmine.clock().tick(1_000);

    expect(sentEvents()).toEqual(['a', 'b']);
  });

  it('of all pages are forgotten by clear', async () => {
    const first = openPage();
    first.outbox.send({ event: 'a' }, PERSISTED);
    await untilStored(1);
    const second = openPage();

    second.outbox.clear();
    await untilStored(0);

    expect(second.outbox.depth()).toBe(0);
  });

  it('are forgotten by clear also where the application has cleared the local storage before', async () => {
    const first = openPage();
    first.outbox.send({ event: 'a' }, PERSISTED);
    await untilStored(1);
    localStorage.clear();
    const second = openPage();

    second.outbox.clear();
    await untilStored(0);

    expect(await storedEvents()).toEqual([]);
  });

  it('that another page stores after a clear are taken over as ever', async () => {
    const first = openPage();
    first.outbox.send({ event: 'a' }, PERSISTED);
    await untilStored(1);
    const second = openPage();
    await until(async () => ((await navigator.locks.query()).pending ?? []).length > 0);
    second.outbox.clear();
    await untilStored(0);
    first.outbox.send({ event: 'b' }, PERSISTED);
    await untilStored(1);

    first.page.destroy();
    await until(() => second.outbox.depth() === 1);

    expect(second.outbox.depth()).toBe(1);
  });

  it('of a page that stored its first when this one was open already are taken over by the next link', async () => {
    const second = openPage();
    const first = openPage();
    first.outbox.send({ event: 'a' }, PERSISTED);
    await untilStored(1);
    first.page.destroy();

    second.connect();
    await until(() => sentEvents().length === 1);

    expect(sentEvents()).toEqual(['a']);
  });

  it('live in memory when the browser refuses to store, and say so once', async () => {
    spyOn(indexedDB, 'open').and.throwError(new DOMException('Denied.', 'SecurityError'));
    const { outbox, errors, connect } = openPage();
    outbox.send({ event: 'a' }, PERSISTED);
    outbox.send({ event: 'b' }, PERSISTED);
    await until(() => errors.length > 0);
    connect();
    jasmine.clock().tick(1_000);

    expect(sentEvents()).toEqual(['a', 'b']);
    expect(errors.map(({ code }) => code)).toEqual(['storage-failed']);
  });

  it('do not hold up the connection when the storage does not answer', () => {
    localStorage.setItem(DATABASE, '');
    const neverAnswers = jasmine.createSpyObj<IDBOpenDBRequest>(['addEventListener']);
    spyOn(indexedDB, 'open').and.returnValue(neverAnswers);
    const { outbox, connect } = openPage();
    outbox.send({ event: 'a' });
    connect();
    expect(sentEvents()).toEqual([]);

    jasmine.clock().tick(2_000);

    expect(sentEvents()).toEqual(['a']);
  });

  it('that an older version stored in another form are ignored', async () => {
    const first = openPage();
    first.outbox.send({ event: 'a' }, PERSISTED);
    await untilStored(1);
    first.page.destroy();
    const database = await done(indexedDB.open(DATABASE));
    await done(
      database
        .transaction('messages', 'readwrite')
        .objectStore('messages')
        .put({ id: 'old', message: { event: 'old' } }),
    );
    database.close();

    const { outbox } = openPage();
    await until(() => outbox.depth() > 0);

    expect(outbox.depth()).toBe(1);
    expect(lastSocket).toThrow();
  });
});
