import { sharedAnswer } from './shared-answer';

describe('sharedAnswer', () => {
  let now: number;
  let made: number;
  beforeEach(() => {
    now = 5000;
    made = 0;
    spyOn(performance, 'now').and.callFake(() => now);
  });
  const makeNext = (): Promise<number> => {
    made += 1;
    return Promise.resolve(made);
  };

  it('makes one answer for all who ask at a time', async () => {
    const ask = sharedAnswer(2000, makeNext);

    expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
  });

  it('makes another one when its time is over', async () => {
    const ask = sharedAnswer(2000, makeNext);
    await ask();
    now += 1999;

    expect(await ask()).toBe(1);

    now += 1;

    expect(await ask()).toBe(2);
  });
});
