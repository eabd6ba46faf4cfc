import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { StreamPosition } from '@creative-autogpt/protocol';
import Database from 'libsql';
import { openStore } from '../open-store';
import { NOVEL } from '../testing/sample-work';
import { useTemporaryDirectory } from '../testing/temporary-directory';

describe('The epoch of the journal', () => {
  const directory = useTemporaryDirectory();
  const databaseFile = (): string => join(directory(), 'creative-autogpt.db');

  /** Opens the store, adds events, closes it. @returns where the journal ended before and after */
  const use = (events: number, dataDir = directory()): [before: StreamPosition, after: StreamPosition] => {
    const store = openStore(dataDir);
    const before = store.journal.end;
    for (let event = 0; event < events; event += 1) {
      store.createSession(NOVEL);
    }
    const after = store.journal.end;
    store.close();
    return [before, after];
  };
  const meddle = (sql: string): void => {
    const database = new Database(databaseFile());
    database.exec(sql);
    database.close();
  };

  it('is kept when the store is opened again', () => {
    const [, after] = use(3);

    expect(use(0)[0]).toEqual(after);
  });

  it('is another one for another store', () => {
    const other = join(directory(), 'other');

    expect(use(0)[0].epoch).not.toBe(use(0, other)[0].epoch);
  });

  it('is kept when old events were dropped', () => {
    const [, after] = use(3);
    meddle('DELETE FROM journal WHERE "offset" < 3');

    expect(use(0)[0]).toEqual(after);
  });

  const breaches: Record<string, () => void> = {
    'an event is missing': () => {
      meddle('DELETE FROM journal WHERE "offset" = 2');
    },
    'the newest event cannot be read': () => {
      meddle(`UPDATE journal SET event = '{"event":"task.upd' WHERE "offset" = 3`);
    },
    'the newest event is of no known kind': () => {
      meddle(`UPDATE journal SET event = '{"event":"dance"}' WHERE "offset" = 3`);
    },
    'the file was put back from a copy': () => {
      copyFileSync(databaseFile(), `${databaseFile()}.backup`);
      rmSync(databaseFile());
      copyFileSync(`${databaseFile()}.backup`, databaseFile());
    },
  };
  for (const [what, happen] of Object.entries(breaches)) {
    it(`is a new one, from 0, when ${what}`, () => {
      const [, { epoch }] = use(3);
      happen();
      const [position] = use(0);

      expect(position.epoch).not.toBe(epoch);
      expect(position.offset).toBe(0);
    });
  }

  it('is a new one in a copy of the whole directory', () => {
    const [, { epoch }] = use(3);
    const copy = join(directory(), 'copy');
    mkdirSync(copy);
    copyFileSync(databaseFile(), join(copy, 'creative-autogpt.db'));

    expect(use(0, copy)[0].epoch).not.toBe(epoch);
  });
});
