import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { NOVEL } from '../../testing/sample-work';
import { useTemporaryDirectory } from '../../testing/temporary-directory';
import { openSqlStores } from './open-sql-stores';

const MIB = 1024 ** 2;
const LARGE = { ...NOVEL, goal: { mood: 'r'.repeat(MIB) } };

describe('The database file', () => {
  const directory = useTemporaryDirectory();
  const file = (): string => join(directory(), 'creative-autogpt.db');
  const laidOut = (): unknown => {
    const database = new Database(file());
    const [row] = database.prepare('PRAGMA auto_vacuum').raw().all();
    database.close();
    return row;
  };

  it('is smaller once what was in it was dropped, but for 8 MiB that stay free', async () => {
    const stores = openSqlStores(directory(), { retention: { maxEvents: 1 } });
    const store = stores.of('ada');
    const created = await Promise.all(Array.from({ length: 16 }, () => store.createSession(LARGE)));
    await stores.close();
    const full = statSync(file()).size;
    const again = openSqlStores(directory(), { retention: { maxEvents: 1 } });
    for (const { id } of created) {
      await again.of('ada').deleteSession(id);
    }
    while (await again.trim());
    await again.close();

    expect(full).toBeGreaterThan(32 * MIB);
    expect(statSync(file()).size).toBeLessThan(10 * MIB);
  });

  it('of an earlier version is made anew at the start, with all that is in it', async () => {
    const stores = openSqlStores(directory());
    const { id } = await stores.of('ada').createSession(NOVEL);
    await stores.close();
    const database = new Database(file());
    database.exec('PRAGMA auto_vacuum = NONE; VACUUM');
    database.close();
    const before = laidOut();
    const again = openSqlStores(directory());
    const found = await again.of('ada').findSession(id);
    await again.close();

    expect([before, laidOut(), found.id]).toEqual([[0], [2], id]);
  });
});
