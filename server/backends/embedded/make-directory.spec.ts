import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDirectory, mustTakeFiles } from './make-directory';
import { useTemporaryDirectory } from '../../testing/temporary-directory';

describe('makeDirectory', () => {
  const directory = useTemporaryDirectory();

  it('makes a directory and those above it', () => {
    const path = join(directory(), 'novels', 'of', 'mine');
    makeDirectory(path);

    expect(statSync(path).isDirectory()).toBeTrue();
  });

  it('leaves one that is there', () => {
    makeDirectory(directory());

    expect(statSync(directory()).isDirectory()).toBeTrue();
  });

  it('makes none below a file', () => {
    const file = join(directory(), 'file');
    writeFileSync(file, '');

    expect(() => {
      makeDirectory(join(file, 'data'));
    }).toThrowError(/ENOTDIR/);
  });
});

describe('mustTakeFiles', () => {
  const directory = useTemporaryDirectory();

  it('leaves nothing behind', () => {
    mustTakeFiles(directory());

    expect(readdirSync(directory())).toEqual([]);
  });

  it('says what the operating system says', () => {
    expect(() => {
      mustTakeFiles('/proc');
    }).toThrowError(/ENOENT/);
  });
});
