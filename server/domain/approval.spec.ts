import { ServiceError } from './service-error';
import { NOVEL, OUTCOME } from '../testing/sample-work';
import { WorkUnderTest } from '../testing/work-under-test';

const MANUAL = { ...NOVEL, config: { ...NOVEL.config, approval: 'manual' } } as const;

describe('A text that a person decides about', () => {
  let test: WorkUnderTest;
  beforeEach(() => {
    test = WorkUnderTest.planned(MANUAL);
    test.change((work) => {
      work.start();
    });
    test.change((work) => work.begin(test.firstId, { retry: false, rewrite: false }));
    test.clock.advance(2000);
    test.change((work) => work.finish(test.firstId, OUTCOME));
  });

  it('S20: waits, is told with its text, and is not counted as completed', () => {
    expect(test.news).toEqual([
      'task.update pending_approval',
      'progress.update 0/2',
      'session.update running 0/2',
    ]);
    expect(test.events[0]?.event === 'task.update' && test.events[0].data.result).toBe(OUTCOME.result);
  });

  it('S20: leaves nothing to be run while it waits', () => {
    expect(test.changes.isToBeRun).toBeFalse();
    expect(test.change((work) => work.launch)).toBeNull();
  });

  it('S20: completes when it is approved, with its text and the time it took to write', () => {
    test.clock.advance(60_000);
    const task = test.change((work) => work.decide(test.firstId, { action: 'approve' }));

    expect(task).toEqual(
      jasmine.objectContaining({
        status: 'completed',
        result: OUTCOME.result,
        evaluation: OUTCOME.evaluation,
        completed_at: '2026-11-22T13:01:02.000Z',
        execution_time_seconds: 2.5,
      }),
    );
    expect(test.news.at(-1)).toBe('session.update running 1/2');
  });

  for (const action of ['reject', 'regenerate'] as const) {
    it(`S20: is dropped by ${action}, and its task counted as begun once more`, () => {
      const task = test.change((work) => work.decide(test.firstId, { action }));

      expect(task).toEqual(
        jasmine.objectContaining({ status: 'pending', result: null, evaluation: null, retry_count: 1 }),
      );
      expect(test.changes.texts).toEqual(new Map([[test.firstId, null]]));
    });

    it(`keeps what a text that ${action} dropped has cost`, () => {
      test.change((work) => work.decide(test.firstId, { action }));

      expect([test.state.session.llm_calls, test.state.session.tokens_used]).toEqual([1, 42]);
    });
  }

  it('S20: leaves its feedback for its task', () => {
    test.change((work) => work.decide(test.firstId, { action: 'regenerate', feedback: 'less rain' }));

    expect(test.state.session.feedback).toEqual([
      { message: 'less rain', task_id: test.firstId, given_at: '2026-11-22T13:00:02.000Z' },
    ]);
  });

  it('S20: is counted by its session while it waits', () => {
    expect(test.state.session.pending_approval_tasks).toBe(1);

    test.change((work) => work.decide(test.firstId, { action: 'approve' }));

    expect(test.state.session.pending_approval_tasks).toBe(0);
  });

  it('S20: is decided about once', () => {
    test.change((work) => work.decide(test.firstId, { action: 'approve' }));

    expect(() => test.change((work) => work.decide(test.firstId, { action: 'reject' }))).toThrowError(
      ServiceError,
      /is completed, not pending_approval/,
    );
  });

  it('waits for nobody where approval is not asked for', () => {
    const auto = WorkUnderTest.planned();
    auto.change((work) => work.begin(auto.firstId, { retry: false, rewrite: false }));

    expect(auto.change((work) => work.finish(auto.firstId, OUTCOME)).status).toBe('completed');
  });
});
