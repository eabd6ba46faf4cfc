import { lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { rejectionCode, sentEvents, sentIds, shakeHands } from '../../spec-support/outbox-client';
import {
  awaitedClaims,
  done,
  heldClaims,
  openPage,
  PAGE_DATABASE,
  PERSISTED,
  storageSettled,
  storedEvents,
  storedRecords,
  until,
  untilStored,
  useEmptyStorage,
} from '../../spec-support/outbox-pages';

describe('what a page that is gone has stored', () => {
  useFakeBrowser();
  useEmptyStorage();

  async function leaveBehind(...events: readonly string[]): Promise<void> {
    const { page, outbox } = openPage();
    for (const event of events) {
      outbox.send({ event }, PERSISTED);
    }
    await untilStored(events.length);
    page.destroy();
    await until(async () => (await heldClaims()).length === 0);
  }

  /** Locks that are asked for from now on, each of which the spec grants and takes away. */
  function playLocks(): readonly { grant: () => void; takeAway: () => void }[] {
    const asked: { grant: () => void; takeAway: () => void }[] = [];
    spyOn(navigator.locks, 'request').and.callFake(
      (_name: string, _options: unknown, use?: LockGrantedCallback<unknown>) =>
        new Promise<never>((_resolve, reject) => {
          const takeAway = (): void => reject(new DOMException('Stolen.', 'AbortError'));
          asked.push({ grant: () => void use?.(null), takeAway });
        }),
    );
    return asked;
  }

  /** Is first in the queue for a lock, and holds it until it is let go. */
  function waitForClaim(page: string): () => void {
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    void navigator.locks.request(page, () => held);
    return letGo;
  }

  /**
   * Another page takes away the lock with which the only page claims what it has stored, as no browser
   * should.
   */
  async function stealClaim(): Promise<() => void> {
    const [name = ''] = await heldClaims();
    let letGo = (): void => undefined;
    const stolen = new Promise<void>((resolve) => (letGo = resolve));
    await new Promise<void>((resolve, reject) => {
      const hold = (): Promise<void> => {
        resolve();
        return stolen;
      };
      navigator.locks.request(name, { steal: true }, hold).catch(reject);
    });
    return letGo;
  }

  it('is sent once by a page whose link opens before the storage was read', async () => {
    await leaveBehind('a', 'b');
    const { outbox, connect } = openPage();
    connect();
    await until(() => sentEvents().length > 0);
    await storageSettled();
    jasmine.clock().tick(5_000);

    expect(sentEvents()).toEqual(['a', 'b']);
    expect(outbox.depth()).toBe(0);
  });

  it('is not taken over again by the same page with each new link', async () => {
    await leaveBehind('a', 'b');
    const { outbox, realtime } = openPage();
    await until(() => outbox.depth() === 2);
    for (let link = 0; link < 3; link += 1) {
      realtime.connect();
      // Nothing is sent: the answer to `connect` does not come.
      lastSocket().accept();
      realtime.disconnect();
      await storageSettled();
    }

    expect(outbox.depth()).toBe(2);
  });

  it('is taken over by one of two pages that open at the same moment', async () => {
    await leaveBehind('a', 'b');
    const one = openPage();
    const two = openPage();
    await until(() => one.outbox.depth() + two.outbox.depth() > 0);
    await storageSettled();

    expect(one.outbox.depth() + two.outbox.depth()).toBe(2);
  });

  it('is stored in the name of the page that took it over, before that page is told', async () => {
    await leaveBehind('a');
    const [before] = await storedRecords();
    const { outbox } = openPage();
    await until(() => outbox.depth() === 1);
    const [after] = await storedRecords();
    const [claim = ''] = await heldClaims();

    expect(before).not.toEqual(after);
    expect(claim).toBe(`${PAGE_DATABASE} ${String(Reflect.get(Object(after), 'owner'))}`);
  });

  it('keeps its strikes, so that a request that ends the connection does so three times over all pages', async () => {
    await leaveBehind('a');
    const [record] = await storedRecords();
    const database = await done(indexedDB.open(PAGE_DATABASE));
    const store = database.transaction('messages', 'readwrite').objectStore('messages');
    await done(store.put({ ...Object(record), strikes: 2 }));
    database.close();

    const { outbox } = openPage();
    await until(() => outbox.depth() === 1);
    await storageSettled();

    expect(await storedRecords()).toEqual([jasmine.objectContaining({ strikes: 2 })]);
  });

  it('is left to the next page when the one that took it over goes as well', async () => {
    await leaveBehind('a');
    const second = openPage();
    await until(() => second.outbox.depth() === 1);
    second.page.destroy();
    const third = openPage();
    await until(() => third.outbox.depth() === 1);

    expect(await storedEvents()).toEqual(['a']);
  });

  it('is sent by the page that took it over, and not by one that comes back without its lock', async () => {
    const frozen = openPage();
    frozen.outbox.send({ event: 'a' }, PERSISTED);
    await untilStored(1);
    const other = openPage();
    await until(async () => (await awaitedClaims()).length === 1);
    (await stealClaim())();
    await until(() => other.outbox.depth() === 1);
    await until(() => frozen.outbox.depth() === 0);
    frozen.connect();
    jasmine.clock().tick(5_000);

    expect(sentEvents()).toEqual([]);
    expect(frozen.outbox.dropped()).toBe(0);
    expect(await storedEvents()).toEqual(['a']);
    expect(other.outbox.depth()).toBe(1);
  });

  it('is not sent by a page without its lock while it is not known which page has it', async () => {
    const { outbox, realtime, connect } = openPage();
    outbox.send({ event: 'a' }, PERSISTED);
    await untilStored(1);
    const letGo = await stealClaim();
    await storageSettled();
    outbox.send({ event: 'in memory' });
    connect();
    jasmine.clock().tick(5_000);
    expect(sentEvents()).toEqual(['in memory']);

    letGo();
    await until(() => sentEvents().includes('a'));

    expect(sentEvents()).toEqual(['in memory', 'a']);
    expect(realtime.status()).toBe('connected');
  });

  it('is not sent while the lock is taken away a second time, before it is known what the first time has cost', async () => {
    const { outbox, connect } = openPage();
    const claims = playLocks();
    outbox.send({ event: 'a' }, PERSISTED);
    await until(() => claims.length === 1);
    claims[0]?.grant();
    await untilStored(1);
    claims[0]?.takeAway();
    await until(() => claims.length === 2);
    connect();
    claims[1]?.grant();
    claims[1]?.takeAway();
    await until(() => claims.length === 3);
    expect(sentEvents()).toEqual([]);

    claims[2]?.grant();
    await until(() => sentEvents().length > 0);

    expect(sentEvents()).toEqual(['a']);
  });

  it('rejects the request of a page without its lock, which another page sends now', async () => {
    const frozen = openPage();
    const request = rejectionCode(frozen.outbox.request('a', {}, { persist: true }));
    await untilStored(1);
    const other = openPage();
    await until(async () => (await awaitedClaims()).length === 1);
    (await stealClaim())();
    await until(() => other.outbox.depth() === 1);

    expect(await request).toBe('request-abandoned');
    other.realtime.connect();
    shakeHands();
    expect(sentIds().length).toBe(1);
  });

  it('is forgotten by a clear while it is being taken over', async () => {
    await leaveBehind('a');
    const { outbox } = openPage();
    outbox.clear();
    await storageSettled();

    expect(outbox.depth()).toBe(0);
    expect(await storedEvents()).toEqual([]);
  });

  it('is nothing that two pages wait for which let go of their locks at the same time', async () => {
    const one = openPage();
    one.outbox.send({ event: 'a' }, PERSISTED);
    await untilStored(1);
    const [claimOfOne = ''] = await heldClaims();
    const letGoOfOne = waitForClaim(claimOfOne);
    const two = openPage();
    two.outbox.send({ event: 'b' }, PERSISTED);
    await untilStored(2);
    const claimOfTwo = (await heldClaims()).find((claim) => claim !== claimOfOne) ?? '';
    const letGoOfTwo = waitForClaim(claimOfTwo);
    one.realtime.connect();
    // Looks for what other pages have left; nothing is sent, since the answer to `connect` does not come.
    lastSocket().accept();
    await until(async () => (await awaitedClaims()).length === 4);
    one.outbox.clear();
    two.outbox.clear();
    await until(async () => (await awaitedClaims()).length === 2);

    letGoOfOne();
    letGoOfTwo();
    await until(async () => (await heldClaims()).length === 0);
    one.outbox.send({ event: 'c' }, PERSISTED);
    await untilStored(1);

    expect(await storedEvents()).toEqual(['c']);
  });

  it('is not deleted by a page that no longer owns it', async () => {
    const frozen = openPage();
    frozen.outbox.send({ event: 'a' }, { ...PERSISTED, maxAge: 60_000 });
    await untilStored(1);
    const database = await done(indexedDB.open(PAGE_DATABASE));
    const [record] = await storedRecords();
    const store = database.transaction('messages', 'readwrite').objectStore('messages');
    await done(store.put({ ...Object(record), owner: 'another page' }));
    database.close();

    jasmine.clock().tick(60_001);
    expect(frozen.outbox.dropped()).toBe(1);
    await storageSettled();

    expect(await storedEvents()).toEqual(['a']);
  });
});
