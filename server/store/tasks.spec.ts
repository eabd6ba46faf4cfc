import { ServerEvent } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { ServiceError } from '../service-error';
import type { Store } from './store';
import type { ManualClock } from './testing/manual-clock';
import { NOVEL, OUTCOME, PLAN } from './testing/sample-work';
import { useStore } from './testing/store-under-test';

const FIRST_ATTEMPT = { retry: false, rewrite: false };

describe('SqlStore: tasks', () => {
  const opened = useStore();
  let store: Store;
  let announced: readonly ServerEvent[];
  let clock: ManualClock;
  beforeEach(() => {
    ({ store, announced, clock } = opened());
  });

  it('S3: announces a plan task by task, then the progress, then the session that counts them', () => {
    const { id } = store.createSession(NOVEL);
    opened().announced.length = 0;

    const tasks = store.planSession(id, PLAN);

    expect(opened().news).toEqual([
      'task.update pending',
      'task.update pending',
      'progress.update 0/2',
      'session.update created 0/2',
    ]);
    expect(tasks.map(({ position, title }) => [position, title])).toEqual([
      [0, '大纲'],
      [1, '第 1 章 初稿'],
    ]);
  });

  it('refuses a second plan', () => {
    const { id } = opened().planNovel();

    expect(() => store.planSession(id, PLAN)).toThrowError(ServiceError, /has a plan already/);
    expect(store.tasksOf(id).length).toBe(2);
  });

  it('S3: announces a task that begins before the progress that names it', () => {
    const { outline } = opened().planNovel();

    store.beginTask(outline, FIRST_ATTEMPT);

    expect(opened().news).toEqual(['task.update running', 'progress.update 0/2']);
    expect(announced[1]?.event === 'progress.update' && announced[1].data).toEqual(
      jasmine.objectContaining({ current_task: '大纲', current_task_id: outline, percentage: 0 }),
    );
  });

  it('S3: announces a completed task, then the progress, then the session that count it', () => {
    const { outline } = opened().planNovel();
    store.beginTask(outline, FIRST_ATTEMPT);
    opened().announced.length = 0;

    store.completeTask(outline, OUTCOME);

    expect(opened().news).toEqual([
      'task.update completed',
      'progress.update 1/2',
      'session.update created 1/2',
    ]);
  });

  it('announces nothing that the schemas of the protocol would refuse', () => {
    const { id, outline } = opened().planNovel();
    store.beginTask(outline, FIRST_ATTEMPT);
    store.completeTask(outline, OUTCOME);
    store.deleteSession(id);

    expect(announced.length).toBe(6);
    expect(announced.every((event) => v.is(ServerEvent, event))).toBeTrue();
  });

  it('keeps what a completed task leaves, and counts it for its session', () => {
    const { id, outline } = opened().planNovel();
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
    const { id, outline } = opened().planNovel();

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
    const { outline } = opened().planNovel();
    store.beginTask(outline, FIRST_ATTEMPT);
    store.failTask(outline, 'no answer', true);

    const task = store.beginTask(outline, { retry: true, rewrite: false });

    expect([task.status, task.error]).toEqual(['running', null]);
  });

  it('S6: puts a running task back as if the attempt had not been', () => {
    const { outline } = opened().planNovel();
    const before = store.findTask(outline);
    store.beginTask(outline, { retry: true, rewrite: false });
    opened().announced.length = 0;

    const task = store.putBackTask(outline);

    expect(task).toEqual(before);
    expect(opened().news).toEqual(['task.update pending', 'progress.update 0/2']);
  });

  it('shows in the session that a running task is written anew, until the task ends', () => {
    const { id, outline } = opened().planNovel();
    store.beginTask(outline, FIRST_ATTEMPT);
    opened().announced.length = 0;

    store.beginTask(outline, { retry: true, rewrite: true });

    expect(opened().news).toEqual([
      'task.update running',
      'progress.update 0/2',
      'session.update created 0/2',
    ]);
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
    const { outline } = opened().planNovel();

    expect(() => store.completeTask(outline, OUTCOME)).toThrowError(ServiceError, /is pending, not running/);
    expect(announced).toEqual([]);
  });

  it('lists tasks of all sessions last changed first, without their texts', () => {
    const { outline } = opened().planNovel();
    opened().planNovel();
    clock.advance(1000);
    store.beginTask(outline, FIRST_ATTEMPT);

    const page = store.listTasks({ page: 1, pageSize: 3 });

    expect(page.total).toBe(4);
    expect(page.items.length).toBe(3);
    expect(page.items[0]?.task_id).toBe(outline);
    expect(page.items.some((task) => 'result' in task)).toBeFalse();
  });

  it('counts only tasks with the status and session that were asked for', () => {
    const { id, draft } = opened().planNovel();
    opened().planNovel();
    store.beginTask(draft, FIRST_ATTEMPT);

    const page = store.listTasks({ page: 1, pageSize: 50, status: 'pending', sessionId: id });

    expect(page.total).toBe(1);
    expect(page.items.map(({ title }) => title)).toEqual(['大纲']);
  });

  it('counts everything for the overview, texts by characters', () => {
    const { id, outline } = opened().planNovel();
    store.beginTask(outline, FIRST_ATTEMPT);
    store.completeTask(outline, OUTCOME);
    store.setSessionStatus(id, 'paused');

    const overview = store.overview();

    expect(overview.sessions).toEqual(jasmine.objectContaining({ total: 1, paused: 1, running: 0 }));
    expect(overview.tasks).toEqual({ total: 2, pending: 1, running: 0, completed: 1, failed: 0 });
    expect(overview.characters_written).toBe(Array.from(OUTCOME.result).length);
  });
});
