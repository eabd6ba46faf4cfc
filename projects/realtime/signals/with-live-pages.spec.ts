import type { PageQuery } from '@creative-autogpt/realtime/signals';
import { aTask, PlayedStore, type TasksStore } from '../src/spec-support/played-store';

const FIRST: PageQuery<string> = { page: 1, pageSize: 2, filter: null };

describe('withLivePages', () => {
  let played: PlayedStore;
  let store: TasksStore;

  beforeEach(() => {
    played = PlayedStore.connected();
    ({ store } = played);
  });

  const ids = () => store.page.items().map(({ id }) => id);
  const openPage = (query: PageQuery<string>, total: number, ...listed: readonly string[]): void => {
    store.page.open(query);
    played.api.page.answer({ items: listed.map((id) => aTask(id)), total });
  };

  it('shows what the server answers', () => {
    store.page.open(FIRST);
    expect([store.page.load()?.status, store.page.items()]).toEqual(['loading', []]);
    played.api.page.answer({ items: [aTask('b'), aTask('d')], total: 3 });

    expect([ids(), store.page.total(), store.page.query(), store.page.load()?.status]).toEqual([
      ['b', 'd'],
      3,
      FIRST,
      'known',
    ]);
  });

  it('is nothing as long as no page is open', () => {
    expect([store.page.items(), store.page.total(), store.page.query(), store.page.load()]).toEqual([
      [],
      0,
      null,
      null,
    ]);
  });

  it('puts what is new onto the first page, and reads it again for its total', () => {
    openPage(FIRST, 2, 'b', 'd');
    played.update('a', 'pending');
    played.nextFrame();
    expect(ids()).toEqual(['a', 'b']);
    played.api.page.answer({ items: [aTask('a'), aTask('b')], total: 3 });

    expect(store.page.total()).toBe(3);
  });

  it('reads nothing again for a change that moves nothing', () => {
    openPage(FIRST, 1, 'b');
    played.update('b', 'pending', { text: 'new' });
    played.nextFrame();

    expect(played.api.page.begun.length).toBe(1);
  });

  it('honours the filter as soon as an event says so', () => {
    openPage({ ...FIRST, filter: 'pending' }, 1, 'b');
    played.update('b', 'running');
    played.update('c', 'pending');
    played.nextFrame();

    expect(ids()).toEqual(['c']);
  });

  it('shows a page that was read before at once, and the total of the list while another is read', () => {
    openPage(FIRST, 3, 'b', 'd');
    store.page.open({ ...FIRST, page: 2 });
    expect([ids(), store.page.total()]).toEqual([[], 3]);
    played.advance(6_000);
    store.page.open(FIRST);

    expect([ids(), store.page.load()?.status]).toEqual([['b', 'd'], 'known']);
  });

  it('shows what is known of a first page that cannot be read', () => {
    openPage({ ...FIRST, page: 2 }, 3, 'f');
    store.page.open(FIRST);
    played.api.page.fail();

    expect([store.page.known().map(({ id }) => id), store.page.load()?.status]).toEqual([['f'], 'failed']);
  });

  it('lists no page by an event that arrived during its load', () => {
    store.page.open({ ...FIRST, page: 2 });
    played.update('a', 'pending');
    played.api.page.answer({ items: [aTask('f')], total: 3 });

    expect(ids()).toEqual(['f']);
  });
});
