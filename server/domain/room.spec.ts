import { NOVEL, OUTCOME } from '../testing/sample-work';
import { WorkUnderTest } from '../testing/work-under-test';
import { noRoom } from './service-error';
import { NO_ROOM } from './session-transitions';
import type { Steering, Work } from './work';

const MANUAL = { ...NOVEL, config: { approval: 'manual' } } as const;
const FIRST_ATTEMPT = { retry: false, rewrite: false };

describe('A session of an owner who has no room left', () => {
  let test: WorkUnderTest;
  /** As the session is to be for it. */
  const prepared: Readonly<Record<string, (work: Work) => void>> = {
    created: () => undefined,
    running: (work) => {
      work.start();
    },
    paused: (work) => {
      work.start();
      work.pause();
    },
    waiting: (work) => {
      work.begin(test.firstId, FIRST_ATTEMPT);
      work.finish(test.firstId, OUTCOME);
    },
  };
  const steer = (state: string, steering: (taskId: string) => Steering): void => {
    test = WorkUnderTest.planned(MANUAL);
    test.change((work) => {
      prepared[state]?.(work);
    });
    test.hasRoom = false;
    test.change((work) => {
      work.steer(steering(test.firstId));
    });
  };

  const added: readonly [what: string, state: string, steering: (taskId: string) => Steering][] = [
    ['start', 'created', () => ({ event: 'start' })],
    ['resume', 'paused', () => ({ event: 'resume' })],
    ['feedback', 'created', () => ({ event: 'feedback', message: 'darker', taskId: null })],
    ['regenerate', 'waiting', (taskId) => ({ event: 'approve', taskId, decision: { action: 'regenerate' } })],
    [
      'a decision with feedback',
      'waiting',
      (taskId) => ({ event: 'approve', taskId, decision: { action: 'reject', feedback: 'darker' } }),
    ],
  ];
  for (const [what, state, steering] of added) {
    it(`refuses ${what}, and says what to do`, () => {
      expect(() => {
        steer(state, steering);
      }).toThrow(noRoom());
      expect(noRoom().message).toMatch(/delete sessions/);
    });
  }

  const taken: readonly [what: string, state: string, steering: (taskId: string) => Steering][] = [
    ['pause', 'running', () => ({ event: 'pause' })],
    ['stop', 'running', () => ({ event: 'stop' })],
    ['approve', 'waiting', (taskId) => ({ event: 'approve', taskId, decision: { action: 'approve' } })],
    ['reject', 'waiting', (taskId) => ({ event: 'approve', taskId, decision: { action: 'reject' } })],
  ];
  for (const [what, state, steering] of taken) {
    it(`takes ${what}`, () => {
      expect(() => {
        steer(state, steering);
      }).not.toThrow();
    });
  }

  it('lets the task that runs end, and fails instead of beginning the next', () => {
    test = WorkUnderTest.planned();
    test.change((work) => {
      work.start();
      work.beginNext();
    });
    test.hasRoom = false;
    test.change((work) => work.finish(test.firstId, OUTCOME));
    const begun = test.change((work) => work.beginNext());

    expect([begun, test.first.status]).toEqual([null, 'completed']);
    expect(test.state.session).toEqual(
      jasmine.objectContaining({ status: 'failed', error: NO_ROOM.error, error_code: 'limit_reached' }),
    );
  });

  it('completes where nothing is left to be written', () => {
    test = WorkUnderTest.planned();
    test.change((work) => {
      work.start();
      for (const taskId of test.taskIds) {
        work.begin(taskId, FIRST_ATTEMPT);
        work.finish(taskId, OUTCOME);
      }
    });
    test.hasRoom = false;
    test.change((work) => work.beginNext());

    expect(test.state.session.status).toBe('completed');
  });
});
