import { join } from 'node:path';
import { Overview } from '@creative-autogpt/protocol';
import Database from 'libsql';
import * as v from 'valibot';
import { EMBEDDED } from '../../testing/backends';
import { NOVEL } from '../../testing/sample-work';
import { useStore } from '../../testing/store-under-test';
import { useTemporaryDirectory } from '../../testing/temporary-directory';
import { openSqlStores } from './open-sql-stores';

const HOUR_MS = 3_600_000;

describe('SqlStorage', () => {
  const opened = useStore(EMBEDDED, { retention: { maxEvents: 5, maxAgeHours: 1000 } });

  const createSessions = (count: number): Promise<unknown> =>
    Promise.all(Array.from({ length: count }, () => opened().store.createSession(NOVEL)));

  it('trim the journal in steps, and say whether there is more', async () => {
    await createSessions(510);

    expect([await opened().stores.trim(), await opened().stores.trim()]).toEqual([true, false]);
  });

  it('S15: forget the answer to a command after a day', async () => {
    const { id: sessionId } = await opened().store.createSession(NOVEL);
    const rename = { id: 'c1', command: 'start', sessionId };
    const again = () => opened().store.once(rename, (work) => void work.rename('潮汐之下'));
    await again();
    opened().clock.advance(25 * HOUR_MS);
    await opened().stores.trim();

    expect((await again()).isRepeated).toBeFalse();
  });

  it('give the same store for the same owner', () => {
    expect(opened().stores.of('grace')).toBe(opened().stores.of('grace'));
  });
});

describe('SqlStorage with a damaged column', () => {
  const directory = useTemporaryDirectory();

  it('count a status that is none as failed, together with those that are', async () => {
    const stores = openSqlStores(directory());
    const store = stores.of('ada');
    const ids = [await store.createSession(NOVEL), await store.createSession(NOVEL)].map(({ id }) => id);
    const database = new Database(join(directory(), 'creative-autogpt.db'));
    database.prepare("UPDATE sessions SET status = 'fai1ed' WHERE id = ?").run(ids[0]);
    database.prepare("UPDATE sessions SET status = 'failed' WHERE id = ?").run(ids[1]);
    database.close();
    const overview = await store.overview();
    await stores.close();

    expect(v.is(Overview, overview)).toBeTrue();
    expect([overview.sessions.failed, overview.sessions.total]).toEqual([2, 2]);
  });
});
