import { type Newcomer, Newcomers } from './newcomers';

const MOST_PER_ADDRESS = 3;
const MOST_OF_ALL = 1000;

describe('Newcomers', () => {
  let newcomers: Newcomers;
  let sentAway: number[];
  let count: number;

  beforeEach(() => {
    newcomers = new Newcomers(MOST_PER_ADDRESS);
    sentAway = [];
    count = 0;
  });

  /** They are numbered as they come. */
  const come = (address: string): Newcomer => {
    const number = count++;
    const newcomer = { address, makeRoom: () => void sentAway.push(number) };
    newcomers.add(newcomer);
    return newcomer;
  };
  const comeFromEverywhere = (count: number): Newcomer[] =>
    Array.from({ length: count }, (_, index) => come(`address ${index}`));

  it('stay while they are few', () => {
    Array.from({ length: MOST_PER_ADDRESS }, () => come('here'));
    come('there');

    expect(sentAway).toEqual([]);
  });

  it('make room for the next of their address, the first of them first', () => {
    come('there');
    Array.from({ length: MOST_PER_ADDRESS + 2 }, () => come('here'));

    expect(sentAway).toEqual([1, 2]);
  });

  it('make room for the next of any address, the first of all first', () => {
    comeFromEverywhere(MOST_OF_ALL + 2);

    expect(sentAway).toEqual([0, 1]);
  });

  it('are not counted once they have signed in or are gone', () => {
    const first = come('here');
    Array.from({ length: MOST_PER_ADDRESS - 1 }, () => come('here'));
    newcomers.remove(first);
    come('here');

    expect(sentAway).toEqual([]);
  });

  it('leave nothing behind', () => {
    comeFromEverywhere(MOST_OF_ALL).forEach((newcomer) => {
      newcomers.remove(newcomer);
    });
    comeFromEverywhere(MOST_OF_ALL);

    expect(sentAway).toEqual([]);
  });
});
