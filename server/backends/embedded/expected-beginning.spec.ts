import { cpSync, mkdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartupError } from '../../config/startup-error';
import type { Stores } from '../../ports/store';
import { RecordedLog } from '../../testing/recorded-log';
import { NOVEL } from '../../testing/sample-work';
import { useTemporaryDirectory } from '../../testing/temporary-directory';
import { fileIdentity } from './check-journals';
import { openSqlStores } from './open-sql-stores';
import { ServerLock } from './server-lock';

const OWNER = 'ada';
const DATABASE = 'creative-autogpt.db';
const CHANGES = 'creative-autogpt.db-wal';

describe('A data directory', () => {
  const scratch = useTemporaryDirectory();
  const dataDir = (): string => join(scratch(), 'data');
  const file = (name: string): string => join(dataDir(), name);
  const opened: Stores[] = [];
  let log: RecordedLog;

  const open = (directory = dataDir()): Stores => {
    const stores = openSqlStores(directory, { log });
    opened.push(stores);
    return stores;
  };
  const close = async (): Promise<void> => {
    await Promise.all(opened.splice(0).map((stores) => stores.close()));
  };
  const sessionsIn = async (directory = dataDir()): Promise<number> =>
    (await open(directory).of(OWNER).listSessions({ page: 1, pageSize: 9 })).total;
  const epoch = async (): Promise<string> => (await open().of(OWNER).journal.end()).epoch;
  /** Leaves the directory as a server that is killed does. */
  const leaveAsKilled = (): void => {
    const lock = ServerLock.take(dataDir());
    lock.noteOpen(fileIdentity(file(DATABASE)));
    lock.release();
  };
  const refusal = (): string => {
    try {
      open();
    } catch (error) {
      return error instanceof StartupError ? error.message : `not a StartupError: ${String(error)}`;
    }
    return 'it opened';
  };

  beforeEach(async () => {
    log = new RecordedLog();
    await open().of(OWNER).createSession(NOVEL);
    await close();
  });
  afterEach(close);

  it('says in the log that an empty database is made', () => {
    expect(log.notes.map(({ message }) => message)).toEqual([
      'there is no database yet: an empty one is made',
    ]);
  });

  it('is refused when its database is gone, and nothing is made in its place', () => {
    rmSync(file(DATABASE));

    expect(refusal()).toMatch(/is gone, though a server used it before: put it back, .*\.$/);
    expect(refusal()).toMatch(/is gone/);
  });

  it('is refused when its database is empty', () => {
    truncateSync(file(DATABASE));

    expect(refusal()).toMatch(/is empty, though a server used it before/);
  });

  it('is refused when there are changes to a database that is gone, without a lock file, too', () => {
    rmSync(file(DATABASE));
    rmSync(file('creative-autogpt.lock'));
    writeFileSync(file(CHANGES), 'changes');

    expect(refusal()).toMatch(/is gone/);
  });

  it('begins anew once all of its files are moved away', async () => {
    renameSync(dataDir(), join(scratch(), 'before'));
    mkdirSync(dataDir());

    expect(await sessionsIn()).toBe(0);
  });

  it('goes on with a backup that is put back after the database is moved away', async () => {
    const before = await epoch();
    await close();
    leaveAsKilled();
    cpSync(file(DATABASE), join(scratch(), 'backup.db'));
    [DATABASE, CHANGES, `${DATABASE}-shm`].forEach((name) => {
      renameSync(file(name), join(scratch(), name));
    });
    cpSync(join(scratch(), 'backup.db'), file(DATABASE));

    expect(await epoch()).not.toBe(before);
    expect(log.lines.map(({ message }) => message)).toEqual([
      'the database is another file than before, such as a backup that was put back',
    ]);
  });

  it('is refused when another database is beside the changes to the one before', () => {
    cpSync(file(DATABASE), join(scratch(), 'backup.db'));
    renameSync(join(scratch(), 'backup.db'), file(DATABASE));
    writeFileSync(file(CHANGES), 'changes');

    expect(refusal()).toMatch(/is another file than before, and .*: move .* away to go on with this file\.$/);
  });

  describe('of a killed server', () => {
    beforeEach(leaveAsKilled);

    it('goes on', async () => {
      writeFileSync(file(CHANGES), '');

      expect(await sessionsIn()).toBe(1);
    });

    it('goes on where a check brought the changes into the database, also when that check refused', async () => {
      writeFileSync(file(CHANGES), '');
      const check = (): never => {
        rmSync(file(CHANGES));
        throw new StartupError('damaged');
      };

      expect(() => openSqlStores(dataDir(), { log, check })).toThrowError('damaged');
      expect(await sessionsIn()).toBe(1);
    });

    it('is refused when the newest changes are gone', () => {
      rmSync(file(CHANGES));

      expect(refusal()).toMatch(/-wal is gone, which had the newest changes: put it back, .*\.$/);
    });

    it('goes on without them once the lock file is deleted, in a new epoch', async () => {
      writeFileSync(file(CHANGES), '');
      const before = await epoch();
      await close();
      leaveAsKilled();
      rmSync(file(CHANGES));
      rmSync(file('creative-autogpt.lock'));

      expect(await epoch()).not.toBe(before);
    });

    it('goes on where all of it was copied to', async () => {
      writeFileSync(file(CHANGES), '');
      const copy = join(scratch(), 'copy');
      cpSync(dataDir(), copy, { recursive: true });

      expect(await sessionsIn(copy)).toBe(1);
    });
  });

  it('goes on without the file of changes after a clean end', async () => {
    rmSync(file(CHANGES));

    expect(await sessionsIn()).toBe(1);
  });

  it('names a damaged lock file, and does not take it for another server', () => {
    writeFileSync(file('creative-autogpt.lock'), 'once upon a time '.repeat(100));

    expect(refusal()).toMatch(/creative-autogpt\.lock is damaged: delete it/);
  });
});
