import { createEnvironmentInjector, EnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { tick } from '../../spec-support/client';
import { settled } from '../../spec-support/fake-tab';
import { setClock, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { RealtimeClients } from '../clients/realtime-clients';
import { provideRealtime } from '../provide-realtime';
import { RealtimeOutbox } from './realtime-outbox';
import { withOutbox } from './with-outbox';

const HOUR = 3_600_000;
const MAX_AGE = 10_000;

describe('what is stored by a page, when the clock of the device is set', () => {
  useFakeBrowser();

  let url: string;
  let timeOrigin: number;

  beforeEach(() => {
    url = `ws://${crypto.randomUUID()}.test/`;
    ({ timeOrigin } = performance);
  });

  afterEach(() => {
    Reflect.deleteProperty(performance, 'timeOrigin');
    localStorage.clear();
  });

  const openPage = () => {
    const page = createEnvironmentInjector(
      [RealtimeClients, provideRealtime({ url }, withOutbox())],
      TestBed.inject(EnvironmentInjector),
    );
    return { page, outbox: page.get(RealtimeOutbox) };
  };

  /** A page that leaves a message behind. */
  const leaveMessage = async (): Promise<void> => {
    const { page, outbox } = openPage();
    outbox.send({ event: 'a' }, { whenOffline: 'queue', persist: true, maxAge: MAX_AGE });
    const name = `@creative-autogpt/realtime outbox of ${url}`;
    while (!(await indexedDB.databases()).some((each) => each.name === name) || !(await isStored(name))) {
      await settled();
    }
    page.destroy();
  };

  const isStored = (name: string): Promise<boolean> =>
    new Promise((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onerror = () => reject(opening.error ?? new Error('The database did not open.'));
      opening.onsuccess = () => {
        const database = opening.result;
        const counting = database.transaction('messages').objectStore('messages').count();
        counting.onsuccess = () => {
          database.close();
          resolve(counting.result === 1);
        };
      };
    });

  const nextPage = async (): Promise<RealtimeOutbox> => {
    const { outbox } = openPage();
    while (outbox.depth() + outbox.dropped() === 0) {
      await settled();
    }
    return outbox;
  };

  it('back: the next page keeps a message for no longer than it was meant to wait', async () => {
    await leaveMessage();
    setClock(-HOUR);
    const outbox = await nextPage();
    tick(MAX_AGE + 1);

    expect(outbox.dropped()).toBe(1);
  });

  it('forward before it is stored: the next page, which knows the new time alone, keeps a message as long', async () => {
    setClock(HOUR);
    await leaveMessage();
    Object.defineProperty(performance, 'timeOrigin', { configurable: true, value: timeOrigin + HOUR });
    const outbox = await nextPage();
    tick(MAX_AGE - 1_000);
    expect([outbox.depth(), outbox.dropped()]).toEqual([1, 0]);
    tick(1_001);

    expect(outbox.dropped()).toBe(1);
  });
});
