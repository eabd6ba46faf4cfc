import { join } from 'node:path';
import * as v from 'valibot';
import { useTemporaryDirectory } from '../../testing/temporary-directory';
import { type ChangesGround, GroupCommit } from './group-commit';
import { SqlDatabase } from './sql-database';
import { asBytes, Text } from './sql-text';

const Word = v.object({ word: Text });

/** Always in place. */
const ground: ChangesGround = {
  mustBeInPlace: () => undefined,
  refusalOf: (error) => error,
  noteStored: () => undefined,
};

describe('GroupCommit', () => {
  const directory = useTemporaryDirectory();
  let database: SqlDatabase;
  let changes: GroupCommit;
  let told: string[];
  beforeEach(() => {
    database = new SqlDatabase(join(directory(), 'test.db'));
    database.execute('CREATE TABLE words (word TEXT NOT NULL UNIQUE) STRICT');
    changes = new GroupCommit(database, ground);
    told = [];
  });
  afterEach(() => {
    database.close();
  });

  const words = (): string[] =>
    database.rows(Word, `SELECT ${asBytes('word')} FROM words ORDER BY rowid`).map(({ word }) => word);
  const insert = (word: string): string => {
    database.change('INSERT INTO words VALUES (@word)', { word });
    return word;
  };
  const add = async (word: string): Promise<string> => {
    const added = await changes.change(() => insert(word));
    told.push(added);
    return added;
  };
  const addAndThrow = (word: string): Promise<string> =>
    changes.change(() => {
      insert(word);
      throw new Error('refused');
    });

  it('makes a burst of changes in one transaction', async () => {
    const execute = spyOn(database, 'execute').and.callThrough();
    await Promise.all(Array.from({ length: 20 }, (_, number) => add(`word ${number}`)));
    const scripts = execute.calls.allArgs().flat();

    expect(words()).toHaveSize(20);
    expect(scripts.filter((script) => script === 'BEGIN IMMEDIATE' || script === 'COMMIT')).toEqual([
      'BEGIN IMMEDIATE',
      'COMMIT',
    ]);
  });

  it('makes them in the order in which they were asked for', async () => {
    await Promise.all(['c', 'a', 'b'].map(add));

    expect([words(), told]).toEqual([
      ['c', 'a', 'b'],
      ['c', 'a', 'b'],
    ]);
  });

  it('gives each its own result', async () => {
    expect(await Promise.all(['a', 'b'].map(add))).toEqual(['a', 'b']);
  });

  it('undoes one that is refused, and none of its neighbours', async () => {
    const settled = await Promise.allSettled([add('a'), addAndThrow('b'), add('c')]);

    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect([words(), told]).toEqual([
      ['a', 'c'],
      ['a', 'c'],
    ]);
  });

  it('refuses one that breaks a rule of the database with its reason', async () => {
    const [, second] = await Promise.allSettled([add('a'), add('a')]);

    expect(second.status === 'rejected' && String(second.reason)).toContain('UNIQUE');
    expect(words()).toEqual(['a']);
  });

  it('shows each what those before it did', async () => {
    const seen = changes.change(words);
    const all = await Promise.all([add('a'), changes.change(words)]);

    expect([await seen, all[1]]).toEqual([[], ['a']]);
  });

  it('tells of nothing before it is on disk', async () => {
    const other = new SqlDatabase(join(directory(), 'test.db'));
    await add('a');

    expect(other.rows(Word, `SELECT ${asBytes('word')} FROM words`)).toHaveSize(1);
    other.close();
  });

  describe('that cannot commit', () => {
    let canCommit: boolean;
    beforeEach(() => {
      canCommit = false;
      const execute = database.execute.bind(database);
      spyOn(database, 'execute').and.callFake((script) => {
        if (script === 'COMMIT' && !canCommit) {
          throw new Error('the disk is full');
        }
        execute(script);
      });
    });

    it('refuses all of the group, and tells of none', async () => {
      const settled = await Promise.allSettled([add('a'), add('b')]);

      expect(settled.map((one) => one.status === 'rejected' && String(one.reason))).toEqual([
        'Error: the disk is full',
        'Error: the disk is full',
      ]);
      expect([words(), told]).toEqual([[], []]);
    });

    it('goes on with the next group', async () => {
      await expectAsync(add('a')).toBeRejected();
      canCommit = true;
      await add('b');

      expect([words(), told]).toEqual([['b'], ['b']]);
    });
  });

  it('refuses all of them, and tells of none, when the disk is full in the middle', async () => {
    database.row(v.object({}), 'PRAGMA max_page_count = 8');
    const settled = await Promise.allSettled([add('a'), add('b'.repeat(100_000)), add('c')]);

    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect([words(), told]).toEqual([[], []]);
  });

  it('commits at once what waits when it is told to', async () => {
    const added = add('a');
    changes.flush();

    expect(words()).toEqual(['a']);
    await added;
  });

  it('has nothing left to do after that', async () => {
    const added = add('a');
    changes.flush();
    await added;
    await new Promise(setImmediate);

    expect(told).toEqual(['a']);
  });
});
