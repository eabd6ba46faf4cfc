import { isDeepStrictEqual } from 'node:util';
import { type Progress, Session, SESSION_COMMANDS, Task } from '@creative-autogpt/protocol';
import * as fc from 'fast-check';
import * as v from 'valibot';
import { ServiceError } from './service-error';
import { NOVEL, OUTCOME, PLAN } from '../testing/sample-work';
import type { SessionEvent } from './session-events';
import { progressOf } from './progress-of';
import { RunSuperseded } from './run-superseded';
import { toSession } from './session-record';
import { type TaskRecord, toTaskWithoutText } from './task-record';
import { WorkUnderTest } from '../testing/work-under-test';
import type { Work } from './work';

const PLAN_OF_THREE = [...PLAN, ...PLAN.slice(1)];

const SPENT = { calls: 1, promptTokens: 10, completionTokens: 5 };

/** What may happen to a session; `taskId` is any of its tasks. */
type Step = (work: Work, taskId: string) => void;

const STEPS: Readonly<Record<string, Step>> = {
  ...Object.fromEntries(SESSION_COMMANDS.map((event) => [event, (work: Work) => work.steer({ event })])),
  approve: (work, taskId) => work.steer({ event: 'approve', taskId, decision: { action: 'approve' } }),
  reject: (work, taskId) => work.steer({ event: 'approve', taskId, decision: { action: 'reject' } }),
  regenerate: (work, taskId) =>
    work.steer({ event: 'approve', taskId, decision: { action: 'regenerate', feedback: 'darker' } }),
  feedback: (work, taskId) => work.steer({ event: 'feedback', message: 'darker', taskId }),
  claim: (work) => {
    work.claimRun(work.launch ?? -1, 'process-1');
  },
  'begin next': (work) => work.beginNext(),
  begin: (work, taskId) => work.begin(taskId, { retry: false, rewrite: false }),
  'begin again': (work, taskId) => work.begin(taskId, { retry: true, rewrite: false }),
  rewrite: (work) => work.begin(runningIn(work), { retry: true, rewrite: true }),
  finish: (work) => work.finish(runningIn(work), OUTCOME),
  fail: (work) =>
    work.fail(runningIn(work), {
      error: 'no answer',
      code: 'author_empty',
      mayTryAgain: true,
      seconds: 1,
      spent: SPENT,
    }),
  'fail for good': (work) =>
    work.fail(runningIn(work), {
      error: 'no answer',
      code: 'author_empty',
      mayTryAgain: false,
      seconds: 1,
      spent: SPENT,
    }),
  interrupt: (work) => work.interrupt(runningIn(work), 'The tide'),
  'give up': (work) => work.giveUp({ error: 'the disk is full', code: 'internal' }),
};

const course = fc.record({
  approval: fc.constantFrom('auto' as const, 'manual' as const),
  steps: fc.array(
    fc.record({
      name: fc.constantFrom(...Object.keys(STEPS)),
      task: fc.nat({ max: PLAN_OF_THREE.length - 1 }),
    }),
    { maxLength: 60 },
  ),
});

/** A reader that knows the events of a session, and nothing else. */
class Follower {
  readonly tasks = new Map<string, Task>();
  progress: Progress | undefined;
  session: Partial<Session>;

  /** @param made what a session is told to be when it is made, as far as later events need not repeat it */
  constructor(made: Pick<Session, 'goal' | 'config' | 'feedback'>) {
    this.session = made;
  }

  hear(events: readonly SessionEvent[]): void {
    for (const event of events) {
      switch (event.event) {
        case 'session.update':
          this.session = v.parse(Session, { ...this.session, ...event.data });
          break;
        case 'progress.update':
          this.progress = event.data;
          break;
        case 'task.update':
          this.tasks.set(event.data.task_id, v.parse(Task, event.data));
          break;
        case 'session.deleted':
      }
    }
  }
}

describe('A session, whatever is done to it and in whatever order:', () => {
  /**
   * Follows any course of steps, where what is refused changes nothing, and looks at what each of them
   * leaves.
   */
  const always = (
    holds: (test: WorkUnderTest, before: readonly TaskRecord[], follower: Follower) => boolean,
  ): void => {
    fc.assert(
      fc.property(course, ({ approval, steps }) => {
        const novel = { ...NOVEL, config: { approval } };
        const test = WorkUnderTest.planned(novel, PLAN_OF_THREE);
        const follower = new Follower({ goal: novel.goal, config: novel.config, feedback: [] });
        follower.hear(test.events);
        return steps.every(({ name, task }) => {
          const before = test.state.tasks;
          if (take(test, STEPS[name], task)) {
            follower.hear(test.events);
          }
          return holds(test, before, follower);
        });
      }),
      { numRuns: 500 },
    );
    expect().nothing();
  };

  it('its counts are what its tasks say', () => {
    always(({ state: { session, tasks } }) => {
      const withStatus = (status: Task['status']): number =>
        tasks.filter((task) => task.status === status).length;
      return isDeepStrictEqual(
        [session.completed_tasks, session.failed_tasks, session.llm_calls, session.tokens_used],
        [
          withStatus('completed'),
          withStatus('failed'),
          sum(tasks.map((task) => task.call_count)),
          sum(tasks.map((task) => task.prompt_tokens + task.completion_tokens)),
        ],
      );
    });
  });

  it('it says that it is rewriting while a task is, and only then', () => {
    always(({ state: { session, tasks } }) => {
      const rewritten = tasks.find((task) => task.attempt_rewrites > 0);
      return (
        session.is_rewriting === (rewritten?.status === 'running') &&
        session.rewrite_task_id === (rewritten?.task_id ?? null)
      );
    });
  });

  it('whoever hears its events knows its state', () => {
    always(
      ({ state }, _, { session, progress, tasks }) =>
        isDeepStrictEqual(session, toSession(state.session)) &&
        isDeepStrictEqual(progress, progressOf(state.tasks)) &&
        isDeepStrictEqual(Array.from(tasks.values(), withoutText), state.tasks.map(toTaskWithoutText)),
    );
  });

  it('whoever hears its events has every text that there is, and no other', () => {
    always(({ state: { tasks } }, _, follower) =>
      tasks.every(({ task_id: taskId, status }) => {
        const isWritten = status === 'completed' || status === 'pending_approval';
        return follower.tasks.get(taskId)?.result === (isWritten ? OUTCOME.result : null);
      }),
    );
  });

  it('a completed task never changes', () => {
    always(({ state }, before) =>
      before
        .filter(({ status }) => status === 'completed')
        .every((task) =>
          isDeepStrictEqual(
            task,
            state.tasks.find(({ task_id: taskId }) => taskId === task.task_id),
          ),
        ),
    );
  });

  it('at most one task runs', () => {
    always(({ state: { tasks } }) => tasks.filter(({ status }) => status === 'running').length <= 1);
  });

  it('a retry that was put back does not count', () => {
    always(({ state: { tasks } }) =>
      tasks.every((task) => task.retry_count >= 0 && task.attempt_retries <= task.retry_count),
    );
  });

  it('nothing waits for a person where approval is not asked for', () => {
    always(
      ({ state: { session, tasks } }) =>
        session.config.approval === 'manual' || tasks.every(({ status }) => status !== 'pending_approval'),
    );
  });
});

/** Whether the step was taken, not refused. */
function take(test: WorkUnderTest, step: Step | undefined, task: number): boolean {
  test.clock.advance(1000);
  try {
    test.change((work) => step?.(work, test.taskIds[task] ?? ''));
    return true;
  } catch (error) {
    if (error instanceof ServiceError || error instanceof RunSuperseded) {
      return false;
    }
    throw error;
  }
}

function runningIn({ tasks }: Work): string {
  return tasks.find(({ status }) => status === 'running')?.task_id ?? 'none';
}

function withoutText({ result: _result, ...task }: Task): object {
  return task;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
