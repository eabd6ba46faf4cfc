import { Subject } from 'rxjs';
import { type AnswerWithUpdates, withLiveUpdates } from './with-live-updates';

describe('withLiveUpdates', () => {
  const setUp = () => {
    const request = new Subject<string>();
    const live = new Subject<number>();
    const taken: AnswerWithUpdates<string, number>[] = [];
    const subscription = request.pipe(withLiveUpdates(live)).subscribe((value) => taken.push(value));
    return { request, live, taken, subscription };
  };

  it('hands over what arrived between request and answer, in order', () => {
    const { request, live, taken } = setUp();
    live.next(1);
    live.next(2);
    request.next('answer');

    expect(taken).toEqual([{ answer: 'answer', updates: [1, 2] }]);
  });

  it('hands over an empty list when nothing arrived', () => {
    const { request, taken } = setUp();
    request.next('answer');

    expect(taken).toEqual([{ answer: 'answer', updates: [] }]);
  });

  it('begins a new record for each request', () => {
    const request = new Subject<string>();
    const live = new Subject<number>();
    const answers = request.pipe(withLiveUpdates(live));
    answers.subscribe();
    live.next(1);
    const second: AnswerWithUpdates<string, number>[] = [];
    answers.subscribe((value) => second.push(value));
    request.next('answer');

    expect(second).toEqual([{ answer: 'answer', updates: [] }]);
  });

  it('stops listening when the request ends or is given up', () => {
    const answered = setUp();
    answered.request.complete();
    const givenUp = setUp();
    givenUp.subscription.unsubscribe();

    expect([answered.live.observed, givenUp.live.observed]).toEqual([false, false]);
  });
});
