import { Session, Task } from '@creative-autogpt/protocol';
import fc from 'fast-check';
import * as v from 'valibot';
import { RecordedLog } from '../testing/recorded-log';
import { newSession, newTask } from '../domain/new-work';
import { SessionRecord, toSession } from '../domain/session-record';
import { TaskRecord, toTask } from '../domain/task-record';
import { StoredRecords, toStored } from './stored-records';
import { damage, damaged } from '../testing/damage';
import { NOVEL, PLAN } from '../testing/sample-work';

const NOW = '2026-11-22T13:00:00.000Z';
const SESSION = newSession('session-1', NOVEL, NOW);
const PLACE = { taskId: 'task-1', sessionId: 'session-1', position: 0 };
const [PLANNED] = PLAN;
const TASK = PLANNED === undefined ? undefined : newTask('task-1', PLACE, PLANNED, NOW);

describe('StoredRecords', () => {
  let log: RecordedLog;
  let records: StoredRecords;
  beforeEach(() => {
    log = new RecordedLog();
    records = new StoredRecords(log);
  });

  it('gives back what was stored', () => {
    expect(records.session('session-1', toStored(SessionRecord, SESSION))).toEqual(SESSION);
    expect(TASK && records.task(PLACE, toStored(TaskRecord, TASK))).toEqual(TASK);
    expect(records.damagedCount).toEqual({ sessions: 0, tasks: 0 });
  });

  it('gives the same object for the same text, so that a long work is checked once', () => {
    const stored = toStored(SessionRecord, SESSION);

    expect(records.session('session-1', stored)).toBe(records.session('session-1', stored));
    expect(TASK && records.task(PLACE, toStored(TaskRecord, TASK))).toBe(
      TASK && records.task(PLACE, toStored(TaskRecord, TASK)),
    );
  });

  it('reads a text that has changed, whatever was read before', () => {
    records.session('session-1', toStored(SessionRecord, SESSION));
    const renamed = toStored(SessionRecord, { ...SESSION, title: 'another' });

    expect(records.session('session-1', renamed).title).toBe('another');
  });

  it('finds a text damaged that is found sound before and after', () => {
    const stored = toStored(SessionRecord, SESSION);
    const found = [stored, 'no JSON', stored].map((text) => {
      const { damaged: isDamaged } = records.session('session-1', text);
      return [isDamaged === true, records.damagedCount.sessions];
    });

    expect(found).toEqual([
      [false, 0],
      [true, 1],
      [false, 0],
    ]);
  });

  it('gives a valid session with the right id, whatever is stored', () => {
    fc.assert(
      fc.property(fc.oneof(damage, fc.string()), (how) => {
        const stored = typeof how === 'string' ? how : damaged(JSON.stringify(SESSION), how);
        const session = toSession(records.session('session-1', stored));

        expect([v.is(Session, session), session.id])
          .withContext(stored)
          .toEqual([true, 'session-1']);
      }),
      { numRuns: 1000, seed: 1 },
    );
  });

  it('gives a valid task with the right ids, whatever is stored', () => {
    fc.assert(
      fc.property(fc.oneof(damage, fc.string()), (how) => {
        const stored = typeof how === 'string' ? how : damaged(JSON.stringify(TASK), how);
        const task = toTask(records.task(PLACE, stored), null);

        expect([v.is(Task, task), task.task_id, task.session_id])
          .withContext(stored)
          .toEqual([true, 'task-1', 'session-1']);
      }),
      { numRuns: 1000, seed: 1 },
    );
  });

  it('counts token counts of earlier versions that are none as 0, and the record as sound', () => {
    for (const odd of [null, '30', 30.5, -30]) {
      const task = { ...TASK, prompt_tokens: odd, completion_tokens: odd, total_tokens: odd };
      const read = records.task(PLACE, JSON.stringify(task));
      const session = records.session('session-1', JSON.stringify({ ...SESSION, tokens_used: odd }));

      expect([read.prompt_tokens, read.completion_tokens, read.total_tokens, session.tokens_used])
        .withContext(String(odd))
        .toEqual([0, 0, 0, 0]);
    }

    expect(log.lines).toEqual([]);
  });

  it('forgets one task of a session, or all of it', () => {
    records.session('session-1', '');
    records.task(PLACE, '');
    records.task({ ...PLACE, taskId: 'task-2' }, '');
    const found = records.damagedCount;
    records.forget('session-1', 'task-1');
    const left = records.damagedCount;
    records.forget('session-1');

    expect([found, left, records.damagedCount]).toEqual([
      { sessions: 1, tasks: 2 },
      { sessions: 1, tasks: 1 },
      { sessions: 0, tasks: 0 },
    ]);
  });

  it('counts a record no more once it is sound: another process has written it anew, or a backup is restored', () => {
    records.session('session-1', '');
    records.task(PLACE, '');
    const found = records.damagedCount;
    records.session('session-1', JSON.stringify(SESSION));
    const left = records.damagedCount;
    records.task(PLACE, JSON.stringify(TASK));

    expect([found, left, records.damagedCount]).toEqual([
      { sessions: 1, tasks: 1 },
      { sessions: 0, tasks: 1 },
      { sessions: 0, tasks: 0 },
    ]);
  });

  it('says nothing of what is stored in the log', () => {
    records.task(PLACE, JSON.stringify({ ...TASK, status: 'a secret' }));
    records.session('session-1', 'another secret');

    expect(JSON.stringify(log.lines)).not.toContain('secret');
    expect(log.errors).toHaveSize(2);
  });
});
