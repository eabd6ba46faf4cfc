import { JournaledEvent } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { ServiceError } from './service-error';
import { NOVEL, OUTCOME, PLAN } from '../testing/sample-work';
import { putBack } from './task-transitions';
import { complete } from '../testing/work-steps';
import { WorkUnderTest } from '../testing/work-under-test';

const FIRST_ATTEMPT = { retry: false, rewrite: false };

describe('Work', () => {
  let test: WorkUnderTest;
  beforeEach(() => {
    test = WorkUnderTest.planned();
  });

  describe('session', () => {
    it('is renamed, and told without the goal, config and feedback that stay as they are', () => {
      test.clock.advance(1000);
      const renamed = test.change((work) => work.rename('潮汐之下'));
      const { goal, config, feedback, ...told } = renamed;

      expect([renamed.title, renamed.updated_at]).toEqual(['潮汐之下', '2026-11-22T13:00:01.000Z']);
      expect([goal, config, feedback]).toEqual([NOVEL.goal, NOVEL.config, []]);
      expect(test.events).toEqual([{ event: 'session.update', session_id: 'session-1', data: told }]);
    });

    it('keeps its error and its code only while it is failed', () => {
      const failed = test.change((work) => work.giveUp({ error: 'no model', code: 'author_not_found' }));
      test.change((work) => {
        work.start();
      });
      const { session } = test.state;

      expect([failed.status, failed.error, failed.error_code]).toEqual([
        'failed',
        'no model',
        'author_not_found',
      ]);
      expect([session.status, session.error, session.error_code]).toEqual(['running', null, null]);
    });

    it('completes when its last task has, and is stamped', () => {
      test.change((work) => {
        work.start();
        complete(work);
      });

      expect([test.state.session.status, test.state.session.completed_at]).toEqual([
        'completed',
        '2026-11-22T13:00:00.000Z',
      ]);
      expect(test.changes.isToBeRun).toBeFalse();
    });

    it('does not take a command that its status does not allow, and says which it would', () => {
      expect(() => {
        test.change((work) => {
          work.resume();
        });
      }).toThrowError(ServiceError, 'A session that is created does not take "resume": it must be paused.');
    });

    it('shows nobody how its runs are told apart', () => {
      const session = test.change((work) => work.rename('潮汐之下'));

      expect(['launch', 'run'].filter((field) => field in session)).toEqual([]);
    });
  });

  describe('plan', () => {
    it('S3: is told task by task, then the progress, then the session that counts them', () => {
      expect(test.news).toEqual([
        'task.update pending',
        'task.update pending',
        'progress.update 0/2',
        'session.update created 0/2',
      ]);
    });

    it('has its tasks in its order', () => {
      expect(test.state.tasks.map(({ position, title }) => [position, title])).toEqual([
        [0, '大纲'],
        [1, '第 1 章 初稿'],
      ]);
    });

    it('is not made twice', () => {
      expect(() => {
        test.change((work) => {
          work.plan(PLAN);
        });
      }).toThrowError(ServiceError, /has a plan already/);
      expect(test.taskIds).toHaveSize(2);
    });
  });

  describe('task', () => {
    it('S3: that begins is told before the progress that names it', () => {
      test.change((work) => work.begin(test.firstId, FIRST_ATTEMPT));

      expect(test.news).toEqual(['task.update running', 'progress.update 0/2']);
      expect(test.events[1]?.event === 'progress.update' && test.events[1].data).toEqual(
        jasmine.objectContaining({ current_task: '大纲', current_task_id: test.firstId, percentage: 0 }),
      );
    });

    it('S3: that completes is told before the progress and the session that count it', () => {
      test.change((work) => work.begin(test.firstId, FIRST_ATTEMPT));
      test.change((work) => work.finish(test.firstId, OUTCOME));

      expect(test.news).toEqual([
        'task.update completed',
        'progress.update 1/2',
        'session.update created 1/2',
      ]);
    });

    it('that completes keeps what it leaves, and its text is to be kept apart', () => {
      test.change((work) => work.begin(test.firstId, FIRST_ATTEMPT));
      test.clock.advance(2500);
      const task = test.change((work) => work.finish(test.firstId, OUTCOME));

      expect(task).toEqual(
        jasmine.objectContaining({
          status: 'completed',
          result: OUTCOME.result,
          evaluation: OUTCOME.evaluation,
          completed_at: '2026-11-22T13:00:02.500Z',
          execution_time_seconds: 2.5,
          total_tokens: 42,
          llm_provider: 'offline',
          llm_model: 'grammar',
        }),
      );
      expect(test.changes.texts).toEqual(new Map([[test.firstId, OUTCOME.result]]));
    });

    it('that completes is counted for its session, with what it cost', () => {
      test.change((work) => work.begin(test.firstId, FIRST_ATTEMPT));
      test.change((work) => work.finish(test.firstId, OUTCOME));

      expect(test.state.session).toEqual(
        jasmine.objectContaining({ total_tasks: 2, completed_tasks: 1, llm_calls: 1, tokens_used: 42 }),
      );
    });

    it('took as long as its attempt says, also when the clock was set meanwhile', () => {
      test.change((work) => work.begin(test.firstId, FIRST_ATTEMPT));
      test.clock.advance(-60_000);

      expect(test.change((work) => work.finish(test.firstId, OUTCOME)).execution_time_seconds).toBe(2.5);
    });

    it('that does not run cannot be finished', () => {
      expect(() => test.change((work) => work.finish(test.firstId, OUTCOME))).toThrowError(
        ServiceError,
        /is pending, not running/,
      );
    });

    it('does not begin while another runs', () => {
      const [first = '', second = ''] = test.taskIds;
      test.change((work) => work.begin(first, FIRST_ATTEMPT));

      expect(() => test.change((work) => work.begin(second, FIRST_ATTEMPT))).toThrowError(
        ServiceError,
        `Task ${first} is running: task ${second} cannot begin before it has ended.`,
      );
    });

    it('that is not there is unknown', () => {
      expect(() => test.change((work) => work.begin('nothing', FIRST_ATTEMPT))).toThrow(
        new ServiceError('unknown_task', 'There is no task nothing.'),
      );
    });

    it('S6: is put back as if the attempt had not been', () => {
      const before = test.first;
      test.change((work) => {
        work.start();
        work.begin(test.firstId, { retry: true, rewrite: false });
      });
      test.change((work) => {
        work.pause();
      });

      expect(test.first).toEqual(before);
      expect(test.news).toEqual(['task.update pending', 'progress.update 0/2', 'session.update paused 0/2']);
    });

    it('is left alone when nothing runs that could be put back', () => {
      test.change((work) => {
        work.start();
      });
      test.change((work) => {
        work.pause();
      });

      expect(test.news).toEqual(['session.update paused 0/2']);
    });
  });

  it('tells what the author of a running task waits for, until it goes on or ends', () => {
    const waiting = { reason: 'loading', until: '2026-01-01T00:00:30.000Z' };
    test.change((work) => work.begin(test.firstId, { retry: false, rewrite: false }));
    test.change((work) => work.wait(test.firstId, waiting));
    const told = test.first.waiting;
    test.change((work) => work.finish(test.firstId, OUTCOME));

    expect([told, test.first.waiting]).toEqual([waiting, null]);
  });

  describe('failed attempt', () => {
    const failOnce = (final: boolean): void => {
      test.change((work) =>
        work.begin(test.firstId, { retry: test.first.failed_attempts > 0, rewrite: false }),
      );
      test.change((work) =>
        work.fail(test.firstId, {
          error: 'no answer',
          code: 'author_timeout',
          mayTryAgain: !final,
          seconds: 4,
          spent: { calls: 1, promptTokens: 0, completionTokens: 0 },
        }),
      );
    };

    it('S8: gives the task back until the last one', () => {
      failOnce(false);
      const afterOne = test.first.status;
      failOnce(true);

      expect([afterOne, test.first.status]).toEqual(['pending', 'failed']);
    });

    it('that is put back never leaves fewer retries than none, whatever was stored', () => {
      const task = { ...test.first, status: 'running', retry_count: 0, attempt_retries: 5 } as const;

      expect(putBack(task, '2026-11-22T13:00:00.000Z').retry_count).toBe(0);
    });

    it('S8: leaves how long it took, when it is the last one', () => {
      failOnce(false);
      const afterOne = test.first.execution_time_seconds;
      failOnce(true);

      expect([afterOne, test.first.execution_time_seconds]).toEqual([null, 4]);
    });

    it('S8: is counted, and leaves its error', () => {
      failOnce(false);
      failOnce(true);

      expect([test.first.failed_attempts, test.first.retry_count]).toEqual([2, 1]);
      expect([test.first.error, test.first.error_code]).toEqual(['no answer', 'author_timeout']);
      expect([test.state.session.failed_tasks, test.state.session.llm_calls]).toEqual([1, 2]);
    });

    it('S8: fails its session when it is the last one, with the same reason', () => {
      failOnce(true);

      expect([test.state.session.status, test.state.session.error, test.state.session.error_code]).toEqual([
        'failed',
        'no answer',
        'author_timeout',
      ]);
    });

    it('S8: is the last one each third time, also where another one may go better', () => {
      const statuses = [1, 2, 3, 4, 5, 6].map(() => {
        failOnce(false);
        return test.first.status;
      });

      expect(statuses).toEqual(['pending', 'pending', 'failed', 'pending', 'pending', 'failed']);
    });

    it('S8: leaves no error, and no failed task to count, once the task begins again', () => {
      failOnce(true);
      test.change((work) => {
        work.start();
      });
      test.change((work) => work.begin(test.firstId, { retry: true, rewrite: false }));

      expect([test.first.status, test.first.error, test.first.error_code]).toEqual(['running', null, null]);
      expect(test.state.session.failed_tasks).toBe(0);
      expect(test.news).toEqual(['task.update running', 'progress.update 0/2', 'session.update running 0/2']);
    });
  });

  describe('rewrite', () => {
    beforeEach(() => {
      test.change((work) => work.begin(test.firstId, FIRST_ATTEMPT));
      test.change((work) => work.begin(test.firstId, { retry: true, rewrite: true }));
    });

    it('shows in the session while it goes on', () => {
      expect(test.news).toEqual(['task.update running', 'progress.update 0/2', 'session.update created 0/2']);
      expect(test.state.session).toEqual(
        jasmine.objectContaining({
          is_rewriting: true,
          rewrite_attempt: 1,
          rewrite_task_id: test.firstId,
          rewrite_task_type: 'outline',
          llm_calls: 1,
        }),
      );
    });

    it('does not show any more when the task ends', () => {
      test.change((work) => work.finish(test.firstId, OUTCOME));

      expect(test.state.session).toEqual(
        jasmine.objectContaining({
          is_rewriting: false,
          rewrite_attempt: 0,
          rewrite_task_id: null,
          llm_calls: 2,
        }),
      );
    });

    it('does not show any more, and does not count, when the task is put back', () => {
      test.change((work) => {
        work.giveUp({ error: 'the disk is full', code: 'internal' });
      });

      expect([test.state.session.is_rewriting, test.first.retry_count]).toEqual([false, 0]);
    });
  });

  it('tells nothing that the schemas of the protocol would refuse', () => {
    const events = [...test.events];
    const changes = [
      () => test.change((work) => work.begin(test.firstId, FIRST_ATTEMPT)),
      () => test.change((work) => work.finish(test.firstId, OUTCOME)),
      () => test.change((work) => work.giveFeedback('darker', null)),
    ];
    changes.forEach((change) => {
      change();
      events.push(...test.events);
    });

    expect(events.filter((event) => !v.is(JournaledEvent, event))).toEqual([]);
  });
});
