import { settled } from '../../spec-support/fake-tab';
import { useFakeBrowser } from '../../spec-support/fake-web-socket';
import { sentEvents } from '../../spec-support/outbox-client';
import {
  awaitedClaims,
  done,
  heldClaims,
  openPage,
  PAGE_DATABASE,
  PERSISTED,
  storageSettled,
  storedEvents,
  until,
  untilStored,
  useEmptyStorage,
} from '../../spec-support/outbox-pages';

describe('a storage that fails', () => {
  useFakeBrowser();
  useEmptyStorage();

  function refuseMessages(): jasmine.Spy {
    return spyOn(IDBObjectStore.prototype, 'put').and.throwError(
      new DOMException('Full.', 'QuotaExceededError'),
    );
  }

  it('costs neither a lock nor a database for each message that it refuses', async () => {
    const { outbox, errors } = openPage();
    const opened = spyOn(indexedDB, 'open').and.callThrough();
    const closed = spyOn(IDBDatabase.prototype, 'close').and.callThrough();
    refuseMessages();
    for (let index = 0; index < 20; index += 1) {
      outbox.send({ event: 'a', index }, PERSISTED);
    }
    await until(() => errors.length > 0);
    await storageSettled();

    expect(await heldClaims()).toEqual([]);
    expect(opened.calls.count() - closed.calls.count()).toBeLessThan(2);
    expect(errors.map(({ code }) => code)).toEqual(['storage-failed']);
  });

  it('keeps the claim to what it took before it refused a message', async () => {
    const first = openPage();
    first.outbox.send({ event: 'kept' }, PERSISTED);
    await untilStored(1);
    refuseMessages();
    first.outbox.send({ event: 'refused' }, PERSISTED);
    await until(() => first.errors.length > 0);
    const second = openPage();
    await storageSettled();

    expect((await heldClaims()).length).toBe(1);
    expect(second.outbox.depth()).toBe(0);
  });

  it('withholds nothing from the next client of the page', async () => {
    const first = openPage();
    first.outbox.send({ event: 'kept' }, PERSISTED);
    await untilStored(1);
    const put = refuseMessages();
    first.outbox.send({ event: 'refused' }, PERSISTED);
    await until(() => first.errors.length > 0);
    put.and.callThrough();
    first.page.destroy();
    await until(async () => (await heldClaims()).length === 0);

    const second = openPage();
    await until(() => second.outbox.depth() === 1);
    second.connect();

    expect(sentEvents()).toEqual(['kept']);
  });

  it('stores again once it has room', async () => {
    const { outbox, errors } = openPage();
    const put = refuseMessages();
    outbox.send({ event: 'refused' }, PERSISTED);
    await until(() => errors.length > 0);
    put.and.callThrough();
    outbox.send({ event: 'a' }, PERSISTED);
    await untilStored(1);

    expect(await storedEvents()).toEqual(['a']);
  });

  it('is opened anew when it could not be opened before', async () => {
    const open = spyOn(indexedDB, 'open').and.throwError(new DOMException('Denied.', 'SecurityError'));
    const { outbox, errors } = openPage();
    outbox.send({ event: 'refused' }, PERSISTED);
    await until(() => errors.length > 0);
    open.and.callThrough();
    outbox.send({ event: 'a' }, PERSISTED);
    await untilStored(1);

    expect(await storedEvents()).toEqual(['a']);
  });

  it('does not stand in the way when another page deletes it, and is made anew without a report', async () => {
    const { outbox, errors } = openPage();
    outbox.send({ event: 'a' }, PERSISTED);
    await untilStored(1);
    await done(indexedDB.deleteDatabase(PAGE_DATABASE));
    outbox.send({ event: 'b' }, PERSISTED);
    await untilStored(1);

    expect(await storedEvents()).toEqual(['b']);
    expect(errors).toEqual([]);
  });

  it('is opened anew without a report after the browser closed it', async () => {
    const opening = spyOn(indexedDB, 'open').and.callThrough();
    const { outbox, errors } = openPage();
    outbox.send({ event: 'a' }, PERSISTED);
    await untilStored(1);
    const database = opening.calls
      .all()
      .map(({ returnValue }) => returnValue.result)
      .find((result) => result instanceof IDBDatabase && result.onclose);
    // What a browser does when a person clears what the site has stored.
    database?.close();
    database?.dispatchEvent(new Event('close'));
    outbox.send({ event: 'b' }, PERSISTED);
    await untilStored(2);

    expect(errors).toEqual([]);
  });

  it('reports a transaction that the browser aborts, and goes on', async () => {
    const { outbox, errors } = openPage();
    const put = spyOn(IDBObjectStore.prototype, 'put').and.callFake(function (this: IDBObjectStore, message) {
      const request = this.add(message);
      this.transaction.abort();
      return request;
    });
    outbox.send({ event: 'refused' }, PERSISTED);
    await until(() => errors.length > 0);
    put.and.callThrough();
    outbox.send({ event: 'a' }, PERSISTED);
    await untilStored(1);

    expect(errors.map(({ code }) => code)).toEqual(['storage-failed']);
  });

  it('is waited for no longer by a client that is destroyed', async () => {
    const alive = openPage();
    alive.outbox.send({ event: 'a' }, PERSISTED);
    await untilStored(1);
    const waiting = openPage();
    await until(async () => (await awaitedClaims()).length === 1);
    waiting.page.destroy();
    await until(async () => (await awaitedClaims()).length === 0);
    alive.page.destroy();
    await storageSettled();

    expect(waiting.outbox.depth()).toBe(0);
    expect(await heldClaims()).toEqual([]);
  });

  it('is reported once where it has no room for the mark that leads the next page to what is stored', async () => {
    spyOn(Storage.prototype, 'setItem').and.throwError(new DOMException('Full.', 'QuotaExceededError'));
    const { outbox, errors } = openPage();
    outbox.send({ event: 'a' }, PERSISTED);
    outbox.send({ event: 'b' }, PERSISTED);
    await untilStored(2);

    expect(errors.map(({ code }) => code)).toEqual(['storage-failed']);
    expect(errors[0]?.message).toContain('localStorage');
  });

  const refusals: Record<string, () => jasmine.Spy> = {
    'throws where the database is asked for': () =>
      spyOnProperty(window, 'indexedDB').and.throwError(new DOMException('Denied.', 'SecurityError')),
    'throws where the local storage is asked for': () =>
      spyOnProperty(window, 'localStorage').and.throwError(new DOMException('Denied.', 'SecurityError')),
    'throws for every lock': () =>
      spyOn(navigator.locks, 'request').and.throwError(new DOMException('Denied.', 'SecurityError')),
    'rejects every lock': () =>
      spyOn(navigator.locks, 'request').and.rejectWith(new DOMException('Denied.', 'SecurityError')),
  };

  for (const [what, refuse] of Object.entries(refusals)) {
    it(`sends what is persisted all the same where the browser ${what}`, async () => {
      const refusing = refuse();
      const { outbox, errors, connect } = openPage();
      outbox.send({ event: 'a' }, PERSISTED);
      await settled();
      connect();
      jasmine.clock().tick(1_000);
      await settled();

      expect(sentEvents()).toEqual(['a']);
      expect(errors.length).toBeLessThan(2);
      refusing.and.callThrough();
    });
  }

  it('stores without a claim where the browser refuses locks, and the next page takes it over', async () => {
    spyOn(navigator.locks, 'request').and.rejectWith(new DOMException('Denied.', 'SecurityError'));
    const query = spyOn(navigator.locks, 'query').and.rejectWith(
      new DOMException('Denied.', 'SecurityError'),
    );
    const first = openPage();
    first.outbox.send({ event: 'a' }, PERSISTED);
    await untilStored(1);
    first.page.destroy();
    const second = openPage();
    await until(() => second.outbox.depth() === 1);

    expect(await storedEvents()).toEqual(['a']);
    expect([...first.errors, ...second.errors]).toEqual([]);
    query.and.callThrough();
  });
});
