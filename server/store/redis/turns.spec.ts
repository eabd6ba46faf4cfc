import { Turns } from './turns';

describe('Turns', () => {
  let turns: Turns;
  let done: string[];
  beforeEach(() => {
    turns = new Turns();
    done = [];
  });

  const take = (name: string, what: string, until: Promise<void> = Promise.resolve()): Promise<void> =>
    turns.take(name, async () => {
      done.push(`${what} begins`);
      await until;
      done.push(`${what} ends`);
    });

  it('lets the second begin when the first has ended', async () => {
    await Promise.all([take('a', 'first'), take('a', 'second')]);

    expect(done).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  });

  it('lets what concerns something else happen meanwhile', async () => {
    let finish = (): void => undefined;
    const first = take('a', 'first', new Promise<void>((resolve) => (finish = resolve)));
    await take('b', 'other');
    finish();
    await first;

    expect(done).toEqual(['first begins', 'other begins', 'other ends', 'first ends']);
  });

  it('goes on after one that failed, which fails alone', async () => {
    const failed = turns.take('a', () => Promise.reject(new Error('no')));
    const next = take('a', 'next');

    await expectAsync(failed).toBeRejectedWithError('no');
    await expectAsync(next).toBeResolved();
  });
});
