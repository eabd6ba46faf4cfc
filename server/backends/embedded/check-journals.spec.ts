import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { StreamPosition } from '@creative-autogpt/protocol';
import Database from 'libsql';
import { NOVEL } from '../../testing/sample-work';
import { useTemporaryDirectory } from '../../testing/temporary-directory';
import { openSqlStores } from './open-sql-stores';

const OWNER = 'ada';

describe('The epoch of the journals in a database', () => {
  const directory = useTemporaryDirectory();
  const databaseFile = (): string => join(directory(), 'creative-autogpt.db');

  /** Opens the stores, adds events, closes them. @returns where the journal ended before and after */
  const use = async (
    events: number,
    { dataDir = directory(), owner = OWNER } = {},
  ): Promise<{ before: StreamPosition; after: StreamPosition }> => {
    const stores = openSqlStores(dataDir);
    const store = stores.of(owner);
    const before = await store.journal.end();
    for (let event = 0; event < events; event += 1) {
      await store.createSession(NOVEL);
    }
    const after = await store.journal.end();
    await stores.close();
    return { before, after };
  };
  const meddle = (sql: string): void => {
    const database = new Database(databaseFile());
    database.exec(sql);
    database.close();
  };

  it('is kept when the stores are opened again', async () => {
    const { after } = await use(3);

    expect((await use(0)).before).toEqual(after);
  });

  it('is another one for another owner', async () => {
    const { after } = await use(3);
    const other = await use(0, { owner: 'grace' });

    expect(other.before.epoch).not.toBe(after.epoch);
  });

  it('is another one for another database', async () => {
    const { before } = await use(0);
    const other = await use(0, { dataDir: join(directory(), 'other') });

    expect(other.before.epoch).not.toBe(before.epoch);
  });

  for (const [what, sql] of Object.entries({
    'old events were dropped': 'DELETE FROM journal WHERE "offset" < 3',
    'all events were dropped': 'DELETE FROM journal',
  })) {
    it(`is kept when ${what}`, async () => {
      const { after } = await use(3);
      meddle(sql);

      expect((await use(0)).before).toEqual(after);
    });
  }

  const breaches: Record<string, () => void> = {
    'an event is missing': () => {
      meddle('DELETE FROM journal WHERE "offset" = 2');
    },
    'the newest event is missing': () => {
      meddle('DELETE FROM journal WHERE "offset" = 3');
    },
    'the newest event cannot be read': () => {
      meddle(`UPDATE journal SET event = '{"event":"task.upd' WHERE "offset" = 3`);
    },
    'the newest event is of no known kind': () => {
      meddle(`UPDATE journal SET event = '{"event":"dance"}' WHERE "offset" = 3`);
    },
    'it is not known where a journal ended': () => {
      meddle('DELETE FROM journal_ends');
    },
    'the file was put back from a copy': () => {
      copyFileSync(databaseFile(), `${databaseFile()}.backup`);
      rmSync(databaseFile());
      copyFileSync(`${databaseFile()}.backup`, databaseFile());
    },
  };
  for (const [what, happen] of Object.entries(breaches)) {
    it(`is a new one, from 0, when ${what}`, async () => {
      const { after } = await use(3);
      happen();
      const { before } = await use(0);

      expect(before.epoch).not.toBe(after.epoch);
      expect(before.offset).toBe(0);
    });
  }

  it('is a new one for everybody when the journal of one owner has a hole', async () => {
    const { after } = await use(3);
    await use(3, { owner: 'grace' });
    meddle(`DELETE FROM journal WHERE owner = 'grace' AND "offset" = 2`);

    expect((await use(0)).before.epoch).not.toBe(after.epoch);
  });

  it('is a new one in a copy of the whole directory', async () => {
    const { after } = await use(3);
    const copy = join(directory(), 'copy');
    mkdirSync(copy);
    copyFileSync(databaseFile(), join(copy, 'creative-autogpt.db'));

    expect((await use(0, { dataDir: copy })).before.epoch).not.toBe(after.epoch);
  });
});
