import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { newSession } from '../domain/new-work';
import { damagedTask } from '../domain/task-record';
import type { WorkState } from '../domain/work-draft';
import { NOVEL } from '../testing/sample-work';
import { KeptWorks } from './kept-works';

const MIB = 1024 * 1024;

function workOf(taskCount: number): WorkState {
  const tasks = Array.from({ length: taskCount }, (_, position) =>
    damagedTask({ taskId: `t-${position}`, sessionId: 's-1', position }, ''),
  );
  return { session: newSession('s-1', NOVEL, '2026-11-28T12:00:00Z'), tasks, texts: new Map() };
}

describe('KeptWorks', () => {
  let works: KeptWorks;
  beforeEach(() => {
    works = new KeptWorks();
  });

  const keep = async (work: WorkState, content: Buffer, count: number): Promise<boolean[]> => {
    const names = Array.from({ length: count }, (_, index) => `work ${index}`);
    for (const name of names) {
      await works.keep(name, work, Promise.resolve(content)).content;
    }
    return names.map((name) => works.find(name, work) !== undefined);
  };

  it('keeps fewer works of many tasks, however little is said of them', async () => {
    const areKept = await keep(workOf(1000), Buffer.alloc(1), 300);

    expect([areKept[0], areKept.at(-1)]).toEqual([false, true]);
  });

  it('counts all of the buffer that a small content is a piece of', async () => {
    const areKept = await keep(workOf(1), Buffer.alloc(MIB).subarray(0, 1), 40);

    expect(areKept.filter(Boolean).length).toBeLessThanOrEqual(32);
    expect(areKept.at(-1)).toBeTrue();
  });

  it('keeps no record from being forgotten', async () => {
    setFlagsFromString('--expose-gc');
    const keepOne = async (): Promise<WeakRef<object>> => {
      const work = workOf(1);
      await works.keep('work', work, Promise.resolve(Buffer.alloc(1))).content;
      return new WeakRef(work.session);
    };
    const session = await keepOne();
    await setImmediate();
    runInNewContext('gc()');

    expect(session.deref()).toBeUndefined();
  });
});
