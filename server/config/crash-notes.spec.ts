import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeScratchDirectory, removeScratchDirectory } from '../testing/scratch-directory';
import { CrashNotes } from './crash-notes';

const [NOTES_MODULE, GUARD_MODULE] = ['./crash-notes.ts', './guard-process.ts'].map((path) =>
  JSON.stringify(fileURLToPath(new URL(path, import.meta.url))),
);
const SECRET = 'a-secret-of-the-server';

describe('The notes of crashes', () => {
  let directory: string;

  beforeEach(() => {
    directory = makeScratchDirectory();
  });

  afterEach(() => {
    removeScratchDirectory(directory);
  });

  /** Runs a process, guarded as the server is, that ends in some way after it has begun to leave notes. */
  const run = (end: string): void => {
    const script = `
      import { CrashNotes } from ${NOTES_MODULE};
      import { guardProcess } from ${GUARD_MODULE};
      guardProcess(process, { fatal() {}, warn() {} });
      new CrashNotes(${JSON.stringify(directory)}).begin('process-1');
      ${end};`;
    spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      env: { ...process.env, LLM_API_KEY: SECRET },
    });
  };

  it('have a process that fails by an error which nothing catches, and none of the secrets', () => {
    run('throw new Error("nobody caught it")');
    const [file = ''] = readdirSync(directory);

    expect(new CrashNotes(directory).processIds).toEqual(['process-1']);
    expect(readFileSync(join(directory, file), 'utf8')).not.toContain(SECRET);
  });

  it('have no process that a signal has ended', () => {
    run('process.kill(process.pid, "SIGKILL")');

    expect(new CrashNotes(directory).processIds).toEqual([]);
  });

  it('are forgotten one by one', () => {
    for (const processId of ['process-1', 'process-2']) {
      writeFileSync(join(directory, `creative-autogpt.crash-${processId}.json`), '{}');
    }
    const notes = new CrashNotes(directory);
    notes.forget('process-1');

    expect(notes.processIds).toEqual(['process-2']);
  });

  it('are none where there is no directory', () => {
    expect(new CrashNotes(join(directory, 'nowhere')).processIds).toEqual([]);
  });
});
