import { join } from 'node:path';
import * as v from 'valibot';
import { useTemporaryDirectory } from '../../testing/temporary-directory';
import { SqlDatabase } from './sql-database';
import { asBytes, Text } from './sql-text';

const Word = v.object({ word: Text });

describe('SqlDatabase', () => {
  const directory = useTemporaryDirectory();
  let database: SqlDatabase;
  beforeEach(() => {
    database = new SqlDatabase(join(directory(), 'test.db'));
    database.execute('CREATE TABLE words (word TEXT NOT NULL) STRICT');
  });
  afterEach(() => {
    database.close();
  });

  const insert = (word: string): number => database.change('INSERT INTO words VALUES (@word)', { word });
  const words = (): string[] =>
    database.rows(Word, `SELECT ${asBytes('word')} FROM words`).map(({ word }) => word);

  it('undoes an inner transaction that fails, and not what is around it', () => {
    database.transaction(() => {
      insert('a');
      expect(() =>
        database.transaction(() => {
          insert('b');
          throw new Error('refused');
        }),
      ).toThrowError('refused');
    });

    expect(words()).toEqual(['a']);
  });

  it('undoes what is inside of a transaction that fails', () => {
    expect(() =>
      database.transaction(() => {
        database.transaction(() => insert('a'));
        throw new Error('refused');
      }),
    ).toThrowError('refused');

    expect(words()).toEqual([]);
  });

  it('refuses rows that are not as expected', () => {
    insert('a');

    expect(() =>
      database.rows(v.object({ word: v.number() }), `SELECT ${asBytes('word')} FROM words`),
    ).toThrowError(v.ValiError);
  });

  it('refuses everything once it is closed', () => {
    words();
    database.close();

    expect(() => insert('a')).toThrowError('The database is closed.');
    expect(words).toThrowError('The database is closed.');
    expect(() => database.transaction(() => 1)).toThrowError('The database is closed.');
  });

  it('may be closed twice', () => {
    database.close();

    expect(() => {
      database.close();
    }).not.toThrow();
  });
});
