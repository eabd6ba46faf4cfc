import { join } from 'node:path';
import { ServerEvent, type Task } from '@creative-autogpt/protocol';
import Database from 'libsql';
import { config } from 'rxjs';
import * as v from 'valibot';
import { ServiceError } from '../service-error';
import { openStore } from './open-store';
import type { Store } from './store';
import { ManualClock } from './testing/manual-clock';
import { NOVEL, OUTCOME, PLAN } from './testing/sample-work';
import { useTemporaryDirectory } from './testing/temporary-directory';

const FIRST_ATTEMPT = { retry: false, rewrite: false };

describe('SqlStore', () => {
  const directory = useTemporaryDirectory();
  let clock: ManualClock;
  let store: Store;
  let announced: ServerEvent[];

  beforeEach(() => {
    clock = new ManualClock();
    store = openStore(directory(), clock.now);
    announced = [];
    store.announcements.subscribe((event) => announced.push(event));
  });
  afterEach(() => {
    store.close();
  });

  const plannedSession = (): { id: string; outline: string; draft: string } => {
    const { id } = store.createSession(NOVEL);
    const [outline, draft] = store.planSession(id, PLAN);
    announced.length = 0;
    return { id, outline: idOf(outline), draft: idOf(draft) };
  };
  const names = (): string[] => announced.map(nameOf);

  describe('sessions', () => {
    it('creates a session that is stamped with the injected clock, in UTC', () => {
      const session = store.createSession(NOVEL);

      expect(session).toEqual(
        jasmine.objectContaining({
          title: '星海拾遗',
          status: 'created',
          goal: NOVEL.goal,
          config: NOVEL.config,
          created_at: '2026-11-22T13:00:00.000Z',
          completed_at: null,
          total_tasks: 0,
          is_rewriting: false,
          rewrite_task_id: null,
        }),
      );
      expect(announced).toEqual([{ event: 'session.update', session_id: session.id, data: session }]);
    });

    it('renames a session and announces it whole', () => {
      const { id } = store.createSession(NOVEL);
      clock.advance(1000);

      const renamed = store.renameSession(id, '潮汐之下');

      expect(renamed.title).toBe('潮汐之下');
      expect(renamed.updated_at).toBe('2026-11-22T13:00:01.000Z');
      expect(announced.at(-1)).toEqual({ event: 'session.update', session_id: id, data: renamed });
    });

    it('keeps the error of a failed session only while it is failed', () => {
      const { id } = store.createSession(NOVEL);

      expect(store.setSessionStatus(id, 'failed', 'no model').error).toBe('no model');
      expect(store.setSessionStatus(id, 'running').error).toBeNull();
    });

    it('stamps the completion of a session and forgets it when the session runs again', () => {
      const { id } = store.createSession(NOVEL);

      expect(store.setSessionStatus(id, 'completed').completed_at).toBe('2026-11-22T13:00:00.000Z');
      expect(store.setSessionStatus(id, 'running').completed_at).toBeNull();
    });

    it('S12: forgets a deleted session with its tasks and announces that last', () => {
      const { id, outline } = plannedSession();

      store.deleteSession(id);

      expect(announced).toEqual([{ event: 'session.deleted', session_id: id }]);
      expect(() => store.findSession(id)).toThrow(unknownSession(id));
      expect(() => store.findTask(outline)).toThrow(
        new ServiceError('unknown_task', `There is no task ${outline}.`),
      );
    });

    it('lists the newest first, one page at a time, with the total of all pages', () => {
      const titles = ['一', '二', '三', '四', '五'];
      titles.forEach((title) => store.createSession({ ...NOVEL, title }));

      const page = store.listSessions({ page: 2, pageSize: 2 });

      expect(page.items.map(({ title }) => title)).toEqual(['三', '二']);
      expect(page.total).toBe(5);
    });

    it('counts only sessions with the status that was asked for', () => {
      const { id } = store.createSession(NOVEL);
      store.createSession(NOVEL);
      store.setSessionStatus(id, 'paused');

      const page = store.listSessions({ page: 1, pageSize: 20, status: 'paused' });

      expect(page.items.map((session) => session.id)).toEqual([id]);
      expect(page.total).toBe(1);
    });

    it('lists sessions with a status oldest first', () => {
      const ids = [store.createSession(NOVEL).id, store.createSession(NOVEL).id];
      ids.forEach((id) => store.setSessionStatus(id, 'running'));

      expect(store.sessionsWithStatus('running').map(({ id }) => id)).toEqual(ids);
    });

    for (const [method, call] of Object.entries<(store: Store) => unknown>({
      renameSession: (of) => of.renameSession('nobody', 'x'),
      deleteSession: (of) => {
        of.deleteSession('nobody');
      },
      setSessionStatus: (of) => of.setSessionStatus('nobody', 'running'),
      planSession: (of) => of.planSession('nobody', PLAN),
      findSession: (of) => of.findSession('nobody'),
      progressOf: (of) => of.progressOf('nobody'),
      tasksOf: (of) => of.tasksOf('nobody'),
      listTasks: (of) => of.listTasks({ page: 1, pageSize: 1, sessionId: 'nobody' }),
    })) {
      it(`refuses an unknown session in ${method}, and announces nothing`, () => {
        expect(() => call(store)).toThrow(unknownSession('nobody'));
        expect(announced).toEqual([]);
      });
    }

    it('replaces characters that the database would cut a text off at', () => {
      expect(store.createSession({ ...NOVEL, title: 'a\0b' }).title).toBe('a\uFFFDb');
    });
  });

  describe('tasks', () => {
    it('S3: announces a plan task by task, then the progress', () => {
      const { id } = store.createSession(NOVEL);
      announced.length = 0;

      const tasks = store.planSession(id, PLAN);

      expect(names()).toEqual(['task.update pending', 'task.update pending', 'progress.update 0/2']);
      expect(tasks.map(({ position, title }) => [position, title])).toEqual([
        [0, '大纲'],
        [1, '第 1 章 初稿'],
      ]);
    });

    it('refuses a second plan', () => {
      const { id } = plannedSession();

      expect(() => store.planSession(id, PLAN)).toThrowError(ServiceError, /has a plan already/);
      expect(store.tasksOf(id).length).toBe(2);
    });

    it('S3: announces a task that begins before the progress that names it', () => {
      const { outline } = plannedSession();

      store.beginTask(outline, FIRST_ATTEMPT);

      expect(names()).toEqual(['task.update running', 'progress.update 0/2']);
      expect(announced[1]?.event === 'progress.update' && announced[1].data).toEqual(
        jasmine.objectContaining({ current_task: '大纲', current_task_id: outline, percentage: 0 }),
      );
    });

    it('S3: announces a completed task, then the progress, then the session that count it', () => {
      const { outline } = plannedSession();
      store.beginTask(outline, FIRST_ATTEMPT);
      announced.length = 0;

      store.completeTask(outline, OUTCOME);

      expect(names()).toEqual(['task.update completed', 'progress.update 1/2', 'session.update created 1/2']);
    });

    it('announces nothing that the schemas of the protocol would refuse', () => {
      const { id, outline } = plannedSession();
      store.beginTask(outline, FIRST_ATTEMPT);
      store.completeTask(outline, OUTCOME);
      store.deleteSession(id);

      expect(announced.length).toBe(6);
      expect(announced.every((event) => v.is(ServerEvent, event))).toBeTrue();
    });

    it('keeps what a completed task leaves, and counts it for its session', () => {
      const { id, outline } = plannedSession();
      store.beginTask(outline, FIRST_ATTEMPT);
      clock.advance(2500);

      const task = store.completeTask(outline, OUTCOME);

      expect(task).toEqual(
        jasmine.objectContaining({
          status: 'completed',
          result: OUTCOME.result,
          evaluation: OUTCOME.evaluation,
          total_tokens: 42,
          execution_time_seconds: 2.5,
          llm_provider: 'offline',
          llm_model: 'grammar',
        }),
      );
      expect(store.findSession(id)).toEqual(
        jasmine.objectContaining({ total_tasks: 2, completed_tasks: 1, llm_calls: 1, tokens_used: 42 }),
      );
      expect(store.progressOf(id).percentage).toBe(50);
    });

    it('S8: gives a failed attempt back until the last, and counts each', () => {
      const { id, outline } = plannedSession();

      store.beginTask(outline, FIRST_ATTEMPT);
      const first = store.failTask(outline, 'no answer', false);
      store.beginTask(outline, { retry: true, rewrite: false });
      const last = store.failTask(outline, 'no answer again', true);

      expect([first.status, first.error, first.failed_attempts]).toEqual(['pending', 'no answer', 1]);
      expect([last.status, last.error, last.failed_attempts]).toEqual(['failed', 'no answer again', 2]);
      expect(last.retry_count).toBe(1);
      expect(store.findSession(id).failed_tasks).toBe(1);
    });

    it('S8: begins a failed task again without its error', () => {
      const { outline } = plannedSession();
      store.beginTask(outline, FIRST_ATTEMPT);
      store.failTask(outline, 'no answer', true);

      const task = store.beginTask(outline, { retry: true, rewrite: false });

      expect([task.status, task.error]).toEqual(['running', null]);
    });

    it('S6: puts a running task back as if the attempt had not been', () => {
      const { outline } = plannedSession();
      const before = store.findTask(outline);
      store.beginTask(outline, { retry: true, rewrite: false });
      announced.length = 0;

      const task = store.putBackTask(outline);

      expect(task).toEqual(before);
      expect(names()).toEqual(['task.update pending', 'progress.update 0/2']);
    });

    it('shows in the session that a running task is written anew, until the task ends', () => {
      const { id, outline } = plannedSession();
      store.beginTask(outline, FIRST_ATTEMPT);
      announced.length = 0;

      store.beginTask(outline, { retry: true, rewrite: true });

      expect(names()).toEqual(['task.update running', 'progress.update 0/2', 'session.update created 0/2']);
      expect(store.findSession(id)).toEqual(
        jasmine.objectContaining({
          is_rewriting: true,
          rewrite_attempt: 1,
          rewrite_task_id: outline,
          rewrite_task_type: 'outline',
          llm_calls: 1,
        }),
      );
      store.completeTask(outline, OUTCOME);
      expect(store.findSession(id)).toEqual(
        jasmine.objectContaining({
          is_rewriting: false,
          rewrite_attempt: 0,
          rewrite_task_id: null,
          llm_calls: 2,
        }),
      );
    });

    it('refuses to end a task that is not running', () => {
      const { outline } = plannedSession();

      expect(() => store.completeTask(outline, OUTCOME)).toThrowError(
        ServiceError,
        /is pending, not running/,
      );
      expect(announced).toEqual([]);
    });

    it('lists tasks of all sessions last changed first, without their texts', () => {
      const { outline } = plannedSession();
      plannedSession();
      clock.advance(1000);
      store.beginTask(outline, FIRST_ATTEMPT);

      const page = store.listTasks({ page: 1, pageSize: 3 });

      expect(page.total).toBe(4);
      expect(page.items.length).toBe(3);
      expect(page.items[0]?.task_id).toBe(outline);
      expect(page.items.some((task) => 'result' in task)).toBeFalse();
    });

    it('counts only tasks with the status and session that were asked for', () => {
      const { id, draft } = plannedSession();
      plannedSession();
      store.beginTask(draft, FIRST_ATTEMPT);

      const page = store.listTasks({ page: 1, pageSize: 50, status: 'pending', sessionId: id });

      expect(page.total).toBe(1);
      expect(page.items.map(({ title }) => title)).toEqual(['大纲']);
    });

    it('counts everything for the overview, texts by characters', () => {
      const { id, outline } = plannedSession();
      store.beginTask(outline, FIRST_ATTEMPT);
      store.completeTask(outline, OUTCOME);
      store.setSessionStatus(id, 'paused');

      const overview = store.overview();

      expect(overview.sessions).toEqual(jasmine.objectContaining({ total: 1, paused: 1, running: 0 }));
      expect(overview.tasks).toEqual({ total: 2, pending: 1, running: 0, completed: 1, failed: 0 });
      expect(overview.characters_written).toBe([...OUTCOME.result].length);
    });
  });

  describe('announcements', () => {
    it('arrive after their change is on disk, where another program sees it', () => {
      const seen: unknown[] = [];
      const other = new Database(join(directory(), 'creative-autogpt.db'));
      store.announcements.subscribe(({ session_id }) => {
        seen.push(...other.prepare('SELECT title FROM sessions WHERE id = ?').all(session_id));
      });

      store.createSession(NOVEL);

      expect(seen).toEqual([{ title: '星海拾遗' }]);
      other.close();
    });

    it('reach every listener in the same order when one of them causes more', () => {
      const { id, outline } = plannedSession();
      const late: string[] = [];
      let hasPaused = false;
      store.announcements.subscribe(() => {
        if (!hasPaused) {
          hasPaused = true;
          store.setSessionStatus(id, 'paused');
        }
      });
      store.announcements.subscribe((event) => late.push(nameOf(event)));

      store.beginTask(outline, FIRST_ATTEMPT);

      expect(late).toEqual(['task.update running', 'progress.update 0/2', 'session.update paused 0/2']);
    });

    it('survive a listener that throws', async () => {
      const reported = new Promise<unknown>((resolve) => {
        config.onUnhandledError = resolve;
      });
      const failure = new Error('a broken listener');
      store.announcements.subscribe(() => {
        throw failure;
      });
      const others: string[] = [];
      store.announcements.subscribe((event) => others.push(nameOf(event)));

      store.createSession(NOVEL);
      store.createSession(NOVEL);

      expect(others).toEqual(['session.update created 0/0', 'session.update created 0/0']);
      expect(await reported).toBe(failure);
      config.onUnhandledError = null;
    });
  });
});

function idOf(task: Task | undefined): string {
  return task?.task_id ?? '';
}

function nameOf(event: ServerEvent): string {
  switch (event.event) {
    case 'task.update':
      return `task.update ${event.data.status}`;
    case 'progress.update':
      return `progress.update ${event.data.completed_tasks}/${event.data.total_tasks}`;
    case 'session.update':
      return `session.update ${event.data.status} ${event.data.completed_tasks}/${event.data.total_tasks}`;
    default:
      return event.event;
  }
}

function unknownSession(id: string): ServiceError {
  return new ServiceError('unknown_session', `There is no session ${id}.`);
}
