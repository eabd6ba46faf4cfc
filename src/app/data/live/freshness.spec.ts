import { FRESH_FOR, Freshness } from './freshness';

describe('Freshness', () => {
  let now: number;
  let freshness: Freshness;

  beforeEach(() => {
    now = 0;
    freshness = new Freshness(() => now);
    freshness.connectionChanged(true);
  });

  it('counts an answer as fresh for 5 s', () => {
    freshness.asking('q')();
    now = FRESH_FOR - 1;
    expect(freshness.isFresh('q')).toBeTrue();
    now = FRESH_FOR;

    expect(freshness.isFresh('q')).toBeFalse();
  });

  it('knows nothing of queries that were not answered', () => {
    freshness.asking('q');

    expect(freshness.isFresh('q')).toBeFalse();
  });

  it('ends with the connection', () => {
    freshness.asking('q')();
    freshness.connectionChanged(false);

    expect(freshness.isFresh('q')).toBeFalse();
  });

  it('does not begin without a connection', () => {
    freshness.connectionChanged(false);
    freshness.asking('q')();

    expect(freshness.isFresh('q')).toBeFalse();
  });

  it('does not begin for an answer that was asked for before the connection', () => {
    freshness.connectionChanged(false);
    const answered = freshness.asking('q');
    freshness.connectionChanged(true);
    answered();

    expect(freshness.isFresh('q')).toBeFalse();
  });
});
