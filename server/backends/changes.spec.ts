import { ServiceError } from '../domain/service-error';
import { describeOnEachBackend } from '../testing/backends';
import type { Store } from '../ports/store';
import { NOVEL, PLAN } from '../testing/sample-work';
import { useStore } from '../testing/store-under-test';

describeOnEachBackend('A change of a session', (kind) => {
  const opened = useStore(kind);
  let store: Store;
  let id: string;
  beforeEach(async () => {
    ({ store } = opened());
    ({ id } = await store.createSession(NOVEL));
    opened().forgetNews();
  });

  const append = (letter: string): Promise<unknown> =>
    store.change(id, (work) => work.rename(work.session.title + letter));

  it('gives back what it returns', async () => {
    expect(await store.change(id, () => 42)).toBe(42);
  });

  it('is stamped with the time', async () => {
    opened().clock.advance(1000);
    await append('!');

    expect((await store.findSession(id)).updated_at).toBe('2026-11-22T13:00:01.000Z');
  });

  it('begins with what the one before it left, also in a burst', async () => {
    await Promise.all(Array.from('abcdefgh', append));

    const { title } = await store.findSession(id);

    expect(Array.from(title.replace(NOVEL.title, '')).sort().join('')).toBe('abcdefgh');
  });

  it('is published with all that it did, in that order', async () => {
    await store.change(id, (work) => {
      work.start();
      work.plan(PLAN);
      work.pause();
    });

    expect(opened().news).toEqual([
      'session.update running 0/0',
      'task.update pending',
      'task.update pending',
      'progress.update 0/2',
      'session.update running 0/2',
      'session.update paused 0/2',
    ]);
  });

  it('is published when it settles', async () => {
    const changed = append('!').then(() => opened().news.length);

    expect(await changed).toBe(1);
  });

  it('is done by nobody else meanwhile', async () => {
    const other = await store.createSession(NOVEL);
    await Promise.all([append('!'), store.change(other.id, (work) => work.rename('another'))]);

    expect((await store.findSession(id)).title).toBe(`${NOVEL.title}!`);
    expect((await store.findSession(other.id)).title).toBe('another');
  });

  for (const [what, error] of [
    ['is refused', new ServiceError('invalid_state', 'not now')],
    ['fails', new TypeError('broken')],
  ] as const) {
    it(`leaves nothing when it ${what} at its end`, async () => {
      const before = await store.findSession(id);
      const refused = store.change(id, (work) => {
        work.rename('in between');
        work.plan(PLAN);
        throw error;
      });

      await expectAsync(refused).toBeRejectedWith(error);
      expect(await store.findSession(id)).toEqual(before);
      expect(await store.tasksOf(id)).toEqual([]);
      expect(opened().published).toEqual([]);
    });
  }

  it('that is refused undoes nothing of those asked for with it', async () => {
    const before = append('a');
    const refused = store.change(id, () => {
      throw new ServiceError('invalid_state', 'not now');
    });
    const after = append('b');

    await expectAsync(refused).toBeRejected();
    await Promise.all([before, after]);
    expect((await store.findSession(id)).title).toHaveSize(NOVEL.title.length + 2);
  });

  it('of a session that is deleted meanwhile is refused', async () => {
    await store.deleteSession(id);

    await expectAsync(append('!')).toBeRejectedWith(
      new ServiceError('unknown_session', `There is no session ${id}.`),
    );
  });
});
