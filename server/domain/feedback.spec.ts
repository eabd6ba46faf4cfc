import { ServiceError } from './service-error';
import { WorkUnderTest } from '../testing/work-under-test';

describe('Feedback', () => {
  let test: WorkUnderTest;
  beforeEach(() => {
    test = WorkUnderTest.planned();
  });

  const messages = (): (string | undefined)[] =>
    (test.state.session.feedback ?? []).map(({ message }) => message);

  it('S21: is kept with its time and its task, and told', () => {
    test.clock.advance(1000);
    const session = test.change((work) => work.giveFeedback('darker', test.firstId));

    expect(session.feedback).toEqual([
      { message: 'darker', task_id: test.firstId, given_at: '2026-11-22T13:00:01.000Z' },
    ]);
    expect(test.events.map((event) => event.event === 'session.update' && event.data.feedback)).toEqual([
      session.feedback,
    ]);
  });

  it('is kept in the order in which it was given', () => {
    test.change((work) => work.giveFeedback('darker', null));
    test.change((work) => work.giveFeedback('shorter', null));

    expect(messages()).toEqual(['darker', 'shorter']);
  });

  it('is kept up to the last 20', () => {
    for (let number = 1; number <= 22; number += 1) {
      test.change((work) => work.giveFeedback(`word ${number}`, null));
    }

    expect([messages().length, messages()[0], messages().at(-1)]).toEqual([20, 'word 3', 'word 22']);
  });

  it('is refused for a task that is not there', () => {
    expect(() => test.change((work) => work.giveFeedback('darker', 'nothing'))).toThrow(
      new ServiceError('unknown_task', 'There is no task nothing.'),
    );
  });
});
