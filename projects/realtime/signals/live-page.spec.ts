import { itemsOf, knownItemsOf, type Listing, type LivePage, withArrivals } from './live-page';

interface Item {
  readonly id: string;
  readonly rank: number;
  readonly status: 'open' | 'done';
  /** Whether it stays where the server listed it. */
  readonly damaged?: boolean;
}

const listing: Listing<Item> = {
  idOf: ({ id }) => id,
  compare: (a, b) => a.rank - b.rank,
  filterOf: ({ status }) => status,
  stays: ({ damaged }) => damaged === true,
};
const item = (id: string, rank: number, status: Item['status'] = 'open'): Item => ({ id, rank, status });
const byId = (...items: readonly Item[]) => Object.fromEntries(items.map((each) => [each.id, each]));
const aPage = (ids: readonly string[], query: Partial<LivePage['query']> = {}): LivePage => ({
  query: { page: 1, pageSize: 2, filter: null, ...query },
  ids,
  total: ids.length,
});

describe('itemsOf', () => {
  it('leaves out what was deleted', () => {
    expect(itemsOf(aPage(['a', 'b']), byId(item('b', 1)), listing)).toEqual([item('b', 1)]);
  });

  it('leaves out what the filter no longer lets through', () => {
    const page = aPage(['a', 'b'], { filter: 'open' });

    expect(itemsOf(page, byId(item('a', 1, 'done'), item('b', 2)), listing)).toEqual([item('b', 2)]);
  });

  it('keeps what is damaged where the server listed it, whatever its status', () => {
    const damaged = { ...item('a', 1, 'done'), damaged: true };

    expect(itemsOf(aPage(['a'], { filter: 'open' }), byId(damaged), listing)).toEqual([damaged]);
  });

  it('sorts the first page and keeps it at its size', () => {
    const entities = byId(item('a', 3), item('b', 2), item('c', 1));

    expect(itemsOf(aPage(['a', 'b', 'c']), entities, listing).map(({ id }) => id)).toEqual(['c', 'b']);
  });

  it('keeps the order of any other page', () => {
    const entities = byId(item('a', 3), item('b', 2));

    expect(itemsOf(aPage(['a', 'b'], { page: 2 }), entities, listing).map(({ id }) => id)).toEqual([
      'a',
      'b',
    ]);
  });
});

describe('withArrivals', () => {
  const idsAfter = (page: LivePage, before: readonly Item[], ...arrivals: readonly Item[]) =>
    withArrivals({ it: page }, arrivals, byId(...before, ...arrivals), listing)['it']?.ids;

  it('puts something new onto the first page', () => {
    expect(idsAfter(aPage(['a']), [item('a', 1)], item('b', 2))).toEqual(['a', 'b']);
  });

  it('puts nothing there twice', () => {
    expect(idsAfter(aPage(['a']), [], item('a', 1))).toEqual(['a']);
  });

  it('lets what is damaged onto no page by itself but that of its status', () => {
    const damaged = { ...item('b', 2, 'done'), damaged: true };

    expect(idsAfter(aPage(['a'], { filter: 'open' }), [item('a', 1)], damaged)).toEqual(['a']);
  });

  it('honours the filter', () => {
    expect(idsAfter(aPage(['a'], { filter: 'done' }), [item('a', 1)], item('b', 2))).toEqual(['a']);
  });

  it('leaves other pages alone', () => {
    expect(idsAfter(aPage(['a'], { page: 2 }), [item('a', 1)], item('b', 2))).toEqual(['a']);
  });

  it('keeps the first page at its size', () => {
    const before = [item('a', 2), item('b', 4)];

    expect(idsAfter(aPage(['a', 'b']), before, item('c', 3), item('d', 1))).toEqual(['d', 'a']);
  });

  it('lets nothing onto a full page that comes after all of it', () => {
    expect(idsAfter(aPage(['a', 'b']), [item('a', 1), item('b', 2)], item('c', 3))).toEqual(['a', 'b']);
  });
});

describe('knownItemsOf', () => {
  it('takes what is damaged for what its status says', () => {
    const damaged = { ...item('a', 1, 'done'), damaged: true };
    const { query } = aPage([], { filter: 'open' });

    expect(knownItemsOf(query, {}, byId(damaged), listing)).toEqual([]);
  });
});
