import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { makeScratchDirectory, removeScratchDirectory } from '../testing/scratch-directory';
import { CrashNotes } from './crash-notes';

const CRASH_NOTES = moduleOf('./crash-notes.ts');
const GUARD_PROCESS = moduleOf('./guard-process.ts');
/** What it has of a network only where it may ask for names. */
const Report = v.object({ header: v.looseObject({}) });
const SECRET = 'a-secret-of-the-server';

describe('The notes of crashes', () => {
  let directory: string;

  beforeEach(() => {
    directory = makeScratchDirectory();
  });

  afterEach(() => {
    removeScratchDirectory(directory);
  });

  /** Runs a process that is guarded as the server's is, and ends in some way after it has begun to leave notes. */
  const run = (end: string): void => {
    const script = `
      import { CrashNotes } from ${CRASH_NOTES};
      import { guardProcess } from ${GUARD_PROCESS};
      const notes = new CrashNotes(${JSON.stringify(directory)});
      guardProcess(process, { fatal: () => {}, warn: () => {} }, notes);
      notes.begin('process-1');
      ${end};`;
    spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      env: { ...process.env, LLM_API_KEY: SECRET },
    });
  };

  const note = (): string => readFileSync(join(directory, readdirSync(directory)[0] ?? ''), 'utf8');

  it('have a process that fails by an error which nothing catches, and none of the secrets', () => {
    run('throw new Error("nobody caught it")');

    expect(new CrashNotes(directory).processIds).toEqual(['process-1']);
    expect(note()).not.toContain(SECRET);
  });

  it('have nothing of the error, which may have with it what was sent', () => {
    // In two parts, since the script is in the report as well.
    run('throw new Error("a-secret".concat("-of-the-server"))');

    expect(note()).not.toContain(SECRET);
  });

  it('are written without asking for the names of addresses, which takes long', () => {
    run('throw new Error("nobody caught it")');
    const report: unknown = JSON.parse(note());

    expect(Object.keys(v.parse(Report, report).header)).not.toContain('networkInterfaces');
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

/** Path of a module beside this one, as a script of another process names it. */
function moduleOf(path: string): string {
  return JSON.stringify(fileURLToPath(new URL(path, import.meta.url)));
}
