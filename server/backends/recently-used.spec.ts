import { RecentlyUsed } from './recently-used';

describe('RecentlyUsed', () => {
  let kept: RecentlyUsed<string>;
  beforeEach(() => {
    kept = new RecentlyUsed(10);
  });

  const names = (): string[] => ['a', 'b', 'c', 'd'].filter((name) => kept.get(name) !== undefined);

  it('keeps what fits', () => {
    kept.set('a', 'A', 5);
    kept.set('b', 'B', 5);

    expect([kept.get('a'), kept.get('b')]).toEqual(['A', 'B']);
  });

  it('drops what was not asked for the longest', () => {
    kept.set('a', 'A', 4);
    kept.set('b', 'B', 4);
    kept.get('a');
    kept.set('c', 'C', 4);

    expect(names()).toEqual(['a', 'c']);
  });

  it('drops as many as a large one needs', () => {
    kept.set('a', 'A', 3);
    kept.set('b', 'B', 3);
    kept.set('c', 'C', 3);
    kept.set('d', 'D', 7);

    expect(names()).toEqual(['c', 'd']);
  });

  it('does not keep what is larger than all together may be, and drops nothing for it', () => {
    kept.set('a', 'A', 4);
    kept.set('b', 'B', 11);

    expect(names()).toEqual(['a']);
  });

  it('counts a value that takes the place of another once', () => {
    for (let time = 0; time < 9; time += 1) {
      kept.set('a', `A${time}`, 4);
    }
    kept.set('b', 'B', 4);

    expect([kept.get('a'), kept.get('b')]).toEqual(['A8', 'B']);
  });

  it('has room again for what was deleted', () => {
    kept.set('a', 'A', 10);
    kept.delete('a');
    kept.set('b', 'B', 10);

    expect(names()).toEqual(['b']);
  });
});
