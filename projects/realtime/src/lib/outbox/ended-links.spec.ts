import { filter, tap } from 'rxjs';
import { FakeTabbedBrowser, settled } from '../../spec-support/fake-tab';
import { useFakeBrowser } from '../../spec-support/fake-web-socket';
import { ObjectingServer } from '../../spec-support/objecting-server';
import { outboxClient, rejectionCode } from '../../spec-support/outbox-client';
import {
  openPage,
  storageSettled,
  storedRecords,
  until,
  untilStored,
  useEmptyStorage,
} from '../../spec-support/outbox-pages';
import { RealtimeService } from '../realtime-service';
import { withRetry } from '../retry/with-retry';
import { withSharedConnection } from '../shared/with-shared-connection';
import { RealtimeOutbox } from './realtime-outbox';
import { withOutbox } from './with-outbox';

const MINUTE = 60_000;
const PATIENT = { timeout: 60 * MINUTE };

describe('a request over which the server closes the link', () => {
  useFakeBrowser();
  useEmptyStorage();

  function count(server: ObjectingServer, event: string): number {
    return server.heard.filter((each) => each === event).length;
  }

  for (const closeCode of [1002, 1003, 1007, 1011]) {
    it(`is given up when it has done so three times (${closeCode})`, async () => {
      const server = new ObjectingServer({ poison: closeCode });
      const { realtime, outbox } = outboxClient();
      realtime.connect();
      const answer = rejectionCode(outbox.request('poison', {}, PATIENT));
      await server.serve(MINUTE);

      expect(await answer).toBe('ends-connection');
      expect(count(server, 'poison')).toBe(3);
      expect(realtime.status()).toBe('connected');
    });
  }

  for (const closeCode of [1008, 4400]) {
    it(`is given up the third time, although the client stays away each time (${closeCode})`, async () => {
      const server = new ObjectingServer({ poison: closeCode });
      const { realtime, outbox } = outboxClient({ abandonOnEnd: false });
      const answer = rejectionCode(outbox.request('poison', {}, PATIENT));
      for (let link = 0; link < 5; link += 1) {
        realtime.connect();
        await server.serve(10_000);
      }

      expect(await answer).toBe('ends-connection');
      expect(count(server, 'poison')).toBe(3);
    });
  }

  it('is given up at once when it was too big', async () => {
    const server = new ObjectingServer({ poison: 1009 });
    const { realtime, outbox } = outboxClient();
    realtime.connect();
    const answer = rejectionCode(outbox.request('poison', {}, PATIENT));
    await server.serve(10_000);
    realtime.connect();
    await server.serve(10_000);

    expect(await answer).toBe('ends-connection');
    expect(count(server, 'poison')).toBe(1);
  });

  it('takes no neighbour with it that was sent at the same time', async () => {
    const server = new ObjectingServer({ poison: 1011 });
    const { realtime, outbox } = outboxClient();
    const neighbours = ['a', 'b', 'c', 'd'].map((event, index) => {
      const answer = outbox.request(event, {}, PATIENT);
      return index === 1 ? [answer, rejectionCode(outbox.request('poison', {}, PATIENT))] : [answer];
    });
    realtime.connect();
    await server.serve(MINUTE);
    const outcomes = await Promise.allSettled(neighbours.flat());

    expect(outcomes.map((each) => (each.status === 'fulfilled' ? each.value : String(each.reason)))).toEqual([
      jasmine.objectContaining({ event: 'a', ok: true }),
      jasmine.objectContaining({ event: 'b', ok: true }),
      'ends-connection',
      jasmine.objectContaining({ event: 'c', ok: true }),
      jasmine.objectContaining({ event: 'd', ok: true }),
    ]);
  });

  it('takes no neighbour with it when it was too big', async () => {
    const server = new ObjectingServer({ poison: 1009 });
    const { realtime, outbox } = outboxClient({ abandonOnEnd: false });
    const before = outbox.request('a', {}, PATIENT);
    const answer = rejectionCode(outbox.request('poison', {}, PATIENT));
    const after = outbox.request('b', {}, PATIENT);
    for (let link = 0; link < 3; link += 1) {
      realtime.connect();
      await server.serve(10_000);
    }

    expect(await answer).toBe('ends-connection');
    expect((await before).ok).toBeTrue();
    expect((await after).ok).toBeTrue();
    expect(count(server, 'poison')).toBe(2);
  });

  it('leaves the order of the others as it was', async () => {
    const server = new ObjectingServer({ poison: 1011 });
    const { realtime, outbox } = outboxClient();
    const answers = ['poison', 'a', 'b'].map((event) => outbox.request(event, {}, PATIENT));
    realtime.connect();
    await server.serve(1_000);
    answers.push(outbox.request('new', {}, PATIENT));
    await server.serve(MINUTE);
    await Promise.allSettled(answers);

    expect(server.heard.filter((event) => event !== 'poison')).toEqual(['a', 'b', 'new']);
  });

  it('does not lead to the loss of a slow one that was sent long before', async () => {
    const server = new ObjectingServer({ poison: 1011 }, ['slow']);
    const { realtime, outbox } = outboxClient();
    const slow = rejectionCode(outbox.request('slow', {}, PATIENT));
    realtime.connect();
    for (let index = 0; index < 4; index += 1) {
      const poison = rejectionCode(outbox.request('poison', {}, PATIENT));
      await server.serve(2 * MINUTE);
      expect(await poison).toBe('ends-connection');
    }

    expect(outbox.depth()).toBe(1);
    outbox.clear();
    expect(await slow).toBe('request-abandoned');
  });

  it('is not blamed for a message without an id, with which the application begins each link', async () => {
    const server = new ObjectingServer({ subscribe: 1011 });
    const { realtime, outbox } = outboxClient();
    realtime.statusChanges
      .pipe(
        filter((status) => status === 'connected'),
        tap(() => realtime.send({ event: 'subscribe' })),
      )
      .subscribe();
    const answer = outbox.request('innocent', {}, PATIENT);
    realtime.connect();
    await server.serve(2 * MINUTE);
    expect(count(server, 'subscribe')).toBeGreaterThan(5);
    expect(outbox.depth()).toBe(1);

    Object.assign(server.closeCodes, { subscribe: undefined });
    await server.serve(MINUTE);

    expect((await answer).ok).toBeTrue();
  });

  it('is found also where the application begins each link with a message', async () => {
    const server = new ObjectingServer({ poison: 1011 });
    const { realtime, outbox } = outboxClient();
    realtime.statusChanges
      .pipe(
        filter((status) => status === 'connected'),
        tap(() => realtime.send({ event: 'subscribe' })),
      )
      .subscribe();
    const answer = rejectionCode(outbox.request('poison', {}, PATIENT));
    realtime.connect();
    await server.serve(2 * MINUTE);

    expect(await answer).toBe('ends-connection');
  });

  for (const closeCode of [1001, 1006, 1012, 1013, 4408, 4429]) {
    it(`is kept when the link ends for another reason, however often (${closeCode})`, async () => {
      const server = new ObjectingServer({ innocent: closeCode });
      const { realtime, outbox } = outboxClient();
      const answer = outbox.request('innocent', {}, PATIENT);
      realtime.connect();
      await server.serve(2 * MINUTE);
      expect(count(server, 'innocent')).toBeGreaterThan(5);

      Object.assign(server.closeCodes, { innocent: undefined });
      await server.serve(MINUTE);

      expect((await answer).ok).toBeTrue();
    });
  }

  it('holds back what is sent after it for three seconds at most', async () => {
    const server = new ObjectingServer({ silent: 1011 }, ['silent']);
    const { realtime, outbox } = outboxClient();
    const silent = rejectionCode(outbox.request('silent', {}, PATIENT));
    realtime.connect();
    await server.serve(1_000);
    Object.assign(server.closeCodes, { silent: undefined });
    await server.serve(1_500);
    outbox.send({ event: 'a' });
    expect(server.heard).not.toContain('a');
    await server.serve(3_000);

    expect(server.heard).toContain('a');
    outbox.clear();
    expect(await silent).toBe('request-abandoned');
  });

  it('is counted across reloads of the page, and leaves the storage', async () => {
    const server = new ObjectingServer({ poison: 1011 });
    const first = openPage();
    first.outbox.request('poison', {}, { persist: true }).catch(() => undefined);
    await untilStored(1);
    first.realtime.connect();
    await until(async () => {
      await server.serve(100);
      return count(server, 'poison') === 2;
    });
    first.page.destroy();
    await until(async () => JSON.stringify(await storedRecords()).includes('"strikes":2'));

    const second = openPage();
    await until(() => second.outbox.depth() === 1);
    second.realtime.connect();
    await server.serve(MINUTE);
    await untilStored(0);

    expect(count(server, 'poison')).toBe(3);
    expect(second.drops.map(({ message, reason }) => [message.event, reason])).toEqual([
      ['poison', 'ends-connection'],
    ]);
    expect(second.errors.map(({ code }) => code)).toContain('message-dropped');
  });

  it('does not come back after a reload when it was too big', async () => {
    const server = new ObjectingServer({ poison: 1009 });
    const first = openPage();
    const answer = rejectionCode(first.outbox.request('poison', {}, { persist: true }));
    await untilStored(1);
    first.realtime.connect();
    await server.serve(1_000);
    expect(await answer).toBe('ends-connection');
    await untilStored(0);
    first.page.destroy();

    const second = openPage();
    await storageSettled();
    second.realtime.connect();
    await server.serve(10_000);

    expect(count(server, 'poison')).toBe(1);
  });

  for (const poisoned of [0, 1]) {
    it(`is found in ${poisoned ? 'a following' : 'the leading'} tab, and costs the other tab nothing`, async () => {
      const server = new ObjectingServer({ poison: 1011 }, ['slow']);
      const browser = new FakeTabbedBrowser(() => [
        withRetry({ jitter: 0, maxAttempts: Infinity }),
        withOutbox(),
        withSharedConnection({ name: 'test' }),
      ]);
      const outboxes = [browser.openTab(), browser.openTab()].map(({ injector }) =>
        injector.get(RealtimeOutbox),
      );
      await server.serve(1_000, settled);
      const poison = rejectionCode(outboxes[poisoned]?.request('poison', {}, PATIENT) ?? Promise.resolve());
      const slow = rejectionCode(outboxes[1 - poisoned]?.request('slow', {}, PATIENT) ?? Promise.resolve());
      await server.serve(2 * MINUTE, settled);

      expect(await poison).toBe('ends-connection');
      expect(browser.tabs.map(({ injector }) => injector.get(RealtimeService).status())).toEqual([
        'connected',
        'connected',
      ]);
      expect(outboxes[1 - poisoned]?.depth()).toBe(1);
      outboxes[1 - poisoned]?.clear();
      expect(await slow).toBe('request-abandoned');
      expect(count(server, 'poison')).toBeLessThan(10);
      browser.tabs.forEach(({ injector }) => injector.destroy());
    });
  }
});
