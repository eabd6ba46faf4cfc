import { gunzipSync } from 'node:zlib';
import type { Task } from '@creative-autogpt/protocol';
import type { Positioned, WorkForm } from '../ports/store';
import { describeOnEachBackend } from '../testing/backends';
import { NOVEL, PLAN } from '../testing/sample-work';
import { type PlannedNovel, useStore } from '../testing/store-under-test';

const noWait = (): Promise<void> => Promise.resolve();

describeOnEachBackend('A whole work', (kind) => {
  const opened = useStore(kind);
  let novel: PlannedNovel;
  let made: number;
  beforeEach(async () => {
    novel = await opened().planNovel();
    made = 0;
  });

  /** Titles of the tasks, and how many times it was made. */
  const titles: WorkForm = {
    name: 'titles',
    *pieces(session, tasks: readonly Task[]) {
      made += 1;
      yield session.title;
      for (const { title } of tasks) {
        yield ` ${title}`;
      }
    },
  };
  const read = async (form = titles, turn = noWait): Promise<Positioned<string>> => {
    const { value, position } = await opened().store.positioned.workAs(novel.id, form, turn);
    return { value: value.content.toString(), position };
  };

  it('is in the form that is asked for', async () => {
    expect((await read()).value).toBe(`${NOVEL.title} ${PLAN.map(({ title }) => title).join(' ')}`);
  });

  it('is made once for all who ask while it stays as it is, also at the same time', async () => {
    const all = await Promise.all([read(), read(), read()]);
    await opened().planNovel();
    all.push(await read());

    expect(made).toBe(1);
    expect(new Set(all.map(({ value }) => value)).size).toBe(1);
  });

  it('has the position of now although it was made before', async () => {
    const before = await read();
    await opened().planNovel();
    const after = await read();

    expect(after.position.offset).toBeGreaterThan(before.position.offset);
    expect(after.position).toEqual(await opened().store.journal.end());
  });

  it('is made anew after a change of the session, and of a task', async () => {
    await read();
    await opened().store.change(novel.id, (work) => work.rename('潮汐之下'));
    const renamed = await read();
    await opened().store.change(novel.id, (work) => {
      work.start();
      work.begin(novel.outline, { retry: false, rewrite: false });
    });
    await read();

    expect(renamed.value).toContain('潮汐之下');
    expect(made).toBe(3);
  });

  it('has the position of what is in it, when it changes while it is made', async () => {
    const slow: WorkForm = {
      name: 'slow',
      *pieces({ title }) {
        const begun = performance.now();
        while (performance.now() - begun < 3);
        yield title;
        yield '.';
      },
    };
    let changed: Promise<unknown> | undefined;
    const { value, position } = await read(slow, async () => {
      changed ??= opened().store.change(novel.id, (work) => work.rename('later'));
      await changed;
    });
    const { epoch, offset } = await opened().store.journal.end();
    const later = await read(slow);

    expect([value, position]).toEqual([`${NOVEL.title}.`, { epoch, offset: offset - 1 }]);
    expect([later.value, later.position.offset]).toEqual(['later.', offset]);
  });

  it('takes a turn whenever a step has taken some milliseconds', async () => {
    let turns = 0;
    const slow: WorkForm = {
      name: 'slow',
      *pieces() {
        for (let piece = 0; piece < 3; piece += 1) {
          const begun = performance.now();
          while (performance.now() - begun < 3);
          yield '.';
        }
      },
    };
    await read(slow, () => {
      turns += 1;
      return Promise.resolve();
    });

    expect(turns).toBe(3);
  });

  it('is made anew after it could not be made', async () => {
    let isBroken = true;
    const form: WorkForm = {
      name: 'broken',
      *pieces() {
        if (isBroken) {
          throw new Error('a bug');
        }
        yield 'made';
      },
    };
    await expectAsync(read(form)).toBeRejectedWithError('a bug');
    isBroken = false;

    expect((await read(form)).value).toBe('made');
  });

  it('is compressed once', async () => {
    const first = await opened().store.workAs(novel.id, titles, noWait);
    const second = await opened().store.workAs(novel.id, titles, noWait);
    const compressed = await first.compressed('gzip');

    expect(gunzipSync(compressed).equals(first.content)).toBeTrue();
    expect(await second.compressed('gzip')).toBe(compressed);
  });

  it('is unknown where there is no such session', async () => {
    await opened().store.deleteSession(novel.id);

    await expectAsync(read()).toBeRejected();
  });
});
