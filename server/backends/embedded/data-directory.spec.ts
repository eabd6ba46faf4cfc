import { copyFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Stores } from '../../ports/store';
import { RecordedLog } from '../../testing/recorded-log';
import { NOVEL } from '../../testing/sample-work';
import { useTemporaryDirectory } from '../../testing/temporary-directory';
import { DataDirectory } from './data-directory';
import { openSqlStores } from './open-sql-stores';

const OWNER = 'ada';
const DATABASE = 'creative-autogpt.db';

describe('The data directory under a server that runs', () => {
  const scratch = useTemporaryDirectory();
  const dataDir = (): string => join(scratch(), 'data');
  const file = (name: string): string => join(dataDir(), name);
  let log: RecordedLog;
  let stores: Stores;
  beforeEach(async () => {
    log = new RecordedLog();
    stores = openSqlStores(dataDir(), { log });
    await create();
  });
  afterEach(async () => {
    await stores.close();
  });

  const create = (): Promise<unknown> => stores.of(OWNER).createSession(NOVEL);
  const sessions = async (): Promise<number> =>
    (await stores.of(OWNER).listSessions({ page: 1, pageSize: 9 })).total;
  const expectRefusal = async (said: RegExp): Promise<void> => {
    for (const ask of [create, () => stores.check()]) {
      await expectAsync(ask()).toBeRejectedWith(
        jasmine.objectContaining({ code: 'unavailable', message: jasmine.stringMatching(said) }),
      );
    }
  };

  for (const [what, lose] of Object.entries<() => void>({
    'is deleted': () => {
      rmSync(dataDir(), { recursive: true });
    },
    'is moved': () => {
      renameSync(dataDir(), join(scratch(), 'elsewhere'));
    },
    'has lost its database': () => {
      rmSync(file(DATABASE));
    },
  })) {
    it(`takes no change once it ${what}, and can still be read`, async () => {
      lose();

      await expectRefusal(/^The database is gone from its place/);
      expect(await sessions()).toBe(1);
      expect(log.errors).toHaveSize(1);
    });
  }

  it('takes no change once it has lost its lock file, by which another server may begin', async () => {
    rmSync(file('creative-autogpt.lock'));

    await expectRefusal(/^The lock file beside the database was removed/);
  });

  it('takes changes again once it is put back, and says so in the log', async () => {
    renameSync(dataDir(), join(scratch(), 'elsewhere'));
    await expectRefusal(/gone/);
    renameSync(join(scratch(), 'elsewhere'), dataDir());
    await create();

    expect(await sessions()).toBe(2);
    expect(log.lines.at(-1)?.message).toBe('the store can be written to again');
  });

  it('takes no change any more once its database was another file, also when it is put back', async () => {
    copyFileSync(file(DATABASE), join(scratch(), 'copy'));
    renameSync(file(DATABASE), join(scratch(), 'original'));
    renameSync(join(scratch(), 'copy'), file(DATABASE));
    await expectRefusal(/^The database was replaced/);
    renameSync(join(scratch(), 'original'), file(DATABASE));

    await expectRefusal(/^The database was replaced/);
  });

  for (const companion of ['wal', 'shm']) {
    it(`has everything in the database when its -${companion} is deleted, so that a kill loses nothing`, async () => {
      rmSync(file(`${DATABASE}-${companion}`));
      await expectRefusal(/^A file beside the database was removed .* Nothing is lost: restart it\./);
      copyFileSync(file(DATABASE), join(scratch(), DATABASE));
      const next = openSqlStores(scratch());

      expect((await next.of(OWNER).listSessions({ page: 1, pageSize: 9 })).total).toBe(1);
      await next.close();
    });
  }

  it('is not given up while another program that reads keeps changes from being saved', () => {
    const saveChanges = jasmine.createSpy().and.returnValues(false, true);
    const directory = new DataDirectory(dataDir(), log, saveChanges);
    rmSync(file(`${DATABASE}-wal`));
    const refuse = (): void => {
      directory.mustBeInPlace();
    };

    expect(refuse).toThrowError(/^The database is gone/);
    expect(refuse).toThrowError(/Nothing is lost/);
    expect(refuse).toThrowError(/Nothing is lost/);
    expect(saveChanges).toHaveBeenCalledTimes(2);
  });

  describe('whose disk', () => {
    const GB = 1_000_000_000;
    const onDisk = (freeBytes: number, bytes: number): DataDirectory =>
      new DataDirectory(
        dataDir(),
        log,
        () => true,
        () => ({ bavail: freeBytes / 1000, blocks: bytes / 1000, bsize: 1000 }),
      );

    it('is full is told once, also while small changes still fit', () => {
      const full = onDisk(10_000, GB);
      for (let change = 0; change < 3; change += 1) {
        full.refusalOf(Object.assign(new Error('full'), { code: 'SQLITE_FULL' }));
        full.noteStored();
      }

      expect(log.lines.map(({ message }) => message)).toEqual(['The disk is full: make room on it.']);
    });

    for (const [free, size, isLow] of [
      [0.19 * GB, 100 * GB, true],
      [0.21 * GB, 100 * GB, false],
      [0.04 * GB, 1 * GB, true],
      [0.06 * GB, 1 * GB, false],
    ] as const) {
      it(`has ${free} of ${size} bytes left ${isLow ? 'warns' : 'does not warn'}`, () => {
        const directory = onDisk(free, size);
        directory.mustHaveRoom();

        expect(directory.warnings).toHaveSize(isLow ? 1 : 0);
      });
    }

    it('says how much is left', () => {
      const directory = onDisk(12_300_000, 100 * GB);
      directory.mustHaveRoom();

      expect(directory.warnings).toEqual(['The disk is nearly full: make room on it (12 MB are left).']);
    });

    it('has no room counts as full', () => {
      expect(() => {
        onDisk(0, GB).mustHaveRoom();
      }).toThrowError('The disk is full: make room on it. Until then nothing can be changed.');
    });
  });
});
