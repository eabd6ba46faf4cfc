import { config, firstValueFrom } from 'rxjs';
import { describeOnEachBackend } from '../testing/backends';
import type { JournalEntry } from '../realtime/journal';
import type { Store } from '../ports/store';
import { NOVEL } from '../testing/sample-work';
import { useStore } from '../testing/store-under-test';

describeOnEachBackend('Published entries', (kind) => {
  const opened = useStore(kind);
  let store: Store;
  beforeEach(() => {
    ({ store } = opened());
  });

  const collect = (): JournalEntry[] => {
    const entries: JournalEntry[] = [];
    store.published.subscribe((entry) => entries.push(entry));
    return entries;
  };

  it('arrive after their change is stored', async () => {
    const { id } = await store.createSession(NOVEL);
    const published = firstValueFrom(store.published, { defaultValue: undefined });
    const changing = store.change(id, (work) => work.rename('潮汐之下'));
    await published;

    expect((await store.findSession(id)).title).toBe('潮汐之下');
    await changing;
  });

  it('are the entries of the journal', async () => {
    const published = collect();
    await store.publishedFrom();
    await opened().planNovel();

    expect<readonly JournalEntry[]>(published).toEqual(await store.journal.read(0, 100));
  });

  it('arrive in the order of their offsets, whoever causes them', async () => {
    const published = collect();
    const ids = await Promise.all([store.createSession(NOVEL), store.createSession(NOVEL)]);
    await Promise.all(
      [...ids, ...ids].map(({ id }, at) => store.change(id, (work) => work.rename(`title ${at}`))),
    );

    expect(published.map(({ offset }) => offset)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('reach every listener in the same order when one of them causes more', async () => {
    const { id } = await store.createSession(NOVEL);
    const orders: [number[], number[]] = [[], []];
    let paused: Promise<unknown> | undefined;
    store.published.subscribe(({ offset }) => {
      orders[0].push(offset);
      paused ??= store.change(id, (work) => {
        work.pause();
      });
    });
    store.published.subscribe(({ offset }) => orders[1].push(offset));
    await store.change(id, (work) => {
      work.start();
    });
    await paused;

    expect(orders).toEqual([
      [2, 3],
      [2, 3],
    ]);
  });

  it('reach a listener once it is told from where', async () => {
    await store.createSession(NOVEL);
    const published = collect();
    const from = await store.publishedFrom();
    await store.createSession(NOVEL);

    expect(from).toBe(1);
    expect(published.map(({ offset }) => offset).filter((offset) => offset > from)).toEqual([2]);
  });

  it('survive a listener that throws', async () => {
    const failure = new Error('a broken listener');
    const reported: unknown[] = [];
    const allReported = new Promise<void>((resolve) => {
      config.onUnhandledError = (error) => {
        if (reported.push(error) === 2) {
          resolve();
        }
      };
    });
    store.published.subscribe(() => {
      throw failure;
    });
    const others = collect();
    await store.createSession(NOVEL);
    await store.createSession(NOVEL);
    await allReported;
    config.onUnhandledError = null;

    expect(others.map(({ offset }) => offset)).toEqual([1, 2]);
    expect(reported).toEqual([failure, failure]);
  });

  it('complete when the stores are closed', async () => {
    const completed = new Promise<void>((resolve) => {
      store.published.subscribe({ complete: resolve });
    });
    await opened().reopen();

    await expectAsync(completed).toBeResolved();
  });
});
