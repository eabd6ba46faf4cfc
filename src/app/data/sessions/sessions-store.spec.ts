import { TestBed } from '@angular/core/testing';
import type { Session, SessionStatus } from '@creative-autogpt/protocol';
import { LiveTesting } from '../../testing/live-testing';
import { aSession, anOverview, dayOf, sessionUpdated } from '../../testing/samples';
import type { PageQuery } from '@creative-autogpt/realtime/signals';
import { failureOf } from '../../platform/rest/rest-failure';
import { SessionsStore } from './sessions-store';

const FIRST: PageQuery<SessionStatus> = { page: 1, pageSize: 2, filter: null };
const FIRST_URL = '/sessions?page=1&page_size=2';
const RECENT_URL = '/sessions?page=1&page_size=5';

const pageOf = (items: readonly Session[], total = items.length) => ({ items, total, page: 1, page_size: 2 });

describe('SessionsStore', () => {
  let live: LiveTesting;
  let store: InstanceType<typeof SessionsStore>;

  const titles = () => store.page.items().map(({ title }) => title);
  const isLoading = () => store.page.load()?.status === 'loading';
  const failure = () => failureOf(store.page.load());
  const ids = () => store.page.items().map(({ id }) => id);
  const openFirst = (...items: readonly Session[]): void => {
    store.page.open(FIRST);
    live.request(FIRST_URL).flush(pageOf(items));
  };
  const openSession = (session: Session): void => {
    store.openSession(session.id);
    live.request(`/sessions/${session.id}`).flush(session);
  };

  beforeEach(() => {
    live = new LiveTesting();
    TestBed.configureTestingModule({ providers: live.providers });
    store = TestBed.inject(SessionsStore);
    live.connect();
  });

  it('asks again after 5 s at the earliest for the session of something shown that it could not read', () => {
    const name = () => store.openNamed(['s9']);
    name();
    live.request('/sessions/s9').flush(null, { status: 500, statusText: 'Internal Server Error' });
    live.socket.advance(4_999);
    name();
    expect(live.asked('/sessions/s9')).toBe(0);
    live.socket.advance(1);
    name();

    expect(live.asked('/sessions/s9')).toBe(1);
  });

  for (const id of ['constructor', '__proto__']) {
    it(`knows no session of the id ${id}, which every object has`, () => {
      openFirst(aSession('a'));

      expect(store.sessionOf(id)).toBeUndefined();
    });
  }

  describe('a page', () => {
    it('shows what the server answers', () => {
      store.page.open({ page: 2, pageSize: 2, filter: 'running' });
      expect(isLoading()).toBeTrue();
      live
        .request('/sessions?page=2&page_size=2&status_filter=running')
        .flush(pageOf([aSession('a', { status: 'running' })], 3));

      expect(ids()).toEqual(['a']);
      expect([store.page.total(), store.page.query()]).toEqual([
        3,
        { page: 2, pageSize: 2, filter: 'running' },
      ]);
      expect(isLoading()).toBeFalse();
    });

    it('follows live updates, one write a frame', () => {
      openFirst(aSession('a'));
      live.socket.emit(sessionUpdated(aSession('a', { title: 'New' })));
      live.socket.emit(sessionUpdated(aSession('a', { title: 'Newer' })));
      expect(titles()).toEqual(['Work a']);
      live.socket.nextFrame();

      expect(titles()).toEqual(['Newer']);
    });

    it('merges an update that tells no more than the protocol demands', () => {
      openFirst(aSession('a', { title: 'Kept' }));
      live.say({
        event: 'session.update',
        session_id: 'a',
        data: { status: 'running', completed_tasks: 1, total_tasks: 4 },
      });

      expect(store.page.items()[0]).toEqual(
        jasmine.objectContaining({ title: 'Kept', status: 'running', completed_tasks: 1 }),
      );
    });

    it('keeps the goal, config and feedback of a session through an update without them', () => {
      const feedback = [{ message: 'darker', task_id: null, given_at: dayOf(1) }];
      const session = aSession('a', { goal: { genre: '科幻' }, config: { seed: 7 }, feedback });
      openFirst(session);
      const { goal: _goal, config: _config, feedback: _feedback, ...told } = session;
      live.say({ event: 'session.update', session_id: 'a', data: { ...told, title: 'New' } });

      expect(store.sessionOf('a')).toEqual({ ...session, title: 'New' });
    });

    it('has a damaged session no longer damaged once a status of it is told', () => {
      openFirst(aSession('a', { status: 'failed', damaged: true }));
      live.say(sessionUpdated(aSession('a', { status: 'stopped', day: 2 })));

      expect(store.sessionOf('a')?.damaged).toBe(false);
    });

    it('shows a session created elsewhere on top of the first page', () => {
      openFirst(aSession('b', { day: 2 }), aSession('a', { day: 1 }));
      live.say(sessionUpdated(aSession('c', { day: 3 })));

      expect(ids()).toEqual(['c', 'b']);
    });

    it('asks again when a session was created elsewhere, so that the total is right', () => {
      openFirst(aSession('a'));
      live.say(sessionUpdated(aSession('c', { day: 3 })));
      live.request(FIRST_URL).flush(pageOf([aSession('c', { day: 3 }), aSession('a')], 2));

      expect(store.page.total()).toBe(2);
    });

    it('honours its filter live', () => {
      store.page.open({ ...FIRST, filter: 'running' });
      live
        .request(`${FIRST_URL}&status_filter=running`)
        .flush(pageOf([aSession('a', { day: 1, status: 'running' })]));
      live.say(
        sessionUpdated(aSession('a', { status: 'completed' })),
        sessionUpdated(aSession('b', { status: 'running' })),
      );

      expect(ids()).toEqual(['b']);
    });

    it('reads a session of which only a part was told', () => {
      openFirst(aSession('a', { day: 1 }));
      live.say({
        event: 'session.update',
        session_id: 'b',
        data: { status: 'running', completed_tasks: 0, total_tasks: 4 },
      });
      live.request('/sessions/b').flush(aSession('b', { day: 2, status: 'running' }));

      expect(ids()).toEqual(['b', 'a']);
    });

    it('is not asked for again within 5 s', () => {
      openFirst(aSession('a'));
      live.socket.advance(4_999);
      store.page.open(FIRST);
      expect(live.asked(FIRST_URL)).toBe(0);
      live.socket.advance(1);
      store.page.open(FIRST);

      expect(live.asked(FIRST_URL)).toBe(1);
    });

    it('is there at once when it is opened again, and nobody waits for what is newer', () => {
      openFirst(aSession('c', { day: 3 }), aSession('b', { day: 2 }));
      store.page.open({ ...FIRST, page: 2 });
      live.request('/sessions?page=2&page_size=2').flush(pageOf([aSession('a', { day: 1 })], 3));
      live.socket.advance(6_000);
      store.page.open(FIRST);

      expect(ids()).toEqual(['c', 'b']);
      expect(isLoading()).toBeFalse();
    });

    it('drops the late answer of an older query', () => {
      store.page.open(FIRST);
      const older = live.request(FIRST_URL);
      store.page.open({ ...FIRST, page: 2 });

      expect(older.cancelled).toBeTrue();
    });

    it('tells why it could not be read, until it could', () => {
      store.page.open(FIRST);
      live.request(FIRST_URL).flush({ detail: 'tired' }, { status: 500, statusText: 'Error' });
      expect([failure()?.status, failure()?.detail, isLoading()]).toEqual([500, 'tired', false]);
      openFirst(aSession('a'));

      expect(failure()).toBeNull();
    });
  });

  describe('a live update against an answer in flight', () => {
    it('wins over an answer that was read before it', () => {
      store.page.open(FIRST);
      const request = live.request(FIRST_URL);
      live.say({
        event: 'session.update',
        session_id: 'a',
        data: { status: 'completed', completed_tasks: 4, total_tasks: 4 },
      });
      request.flush(pageOf([aSession('a', { status: 'running' })]));

      expect(store.sessionOf('a')?.status).toBe('completed');
    });

    it('wins even before its frame is drawn', () => {
      store.page.open(FIRST);
      const request = live.request(FIRST_URL);
      live.socket.emit(sessionUpdated(aSession('a', { status: 'completed' })));
      request.flush(pageOf([aSession('a', { status: 'running' })]));

      expect(store.sessionOf('a')?.status).toBe('completed');
    });

    it('does not let an older answer to another request reopen a finished session', () => {
      openSession(aSession('a', { status: 'completed', updated_at: dayOf(9) }));
      openFirst(aSession('a', { status: 'running', updated_at: dayOf(8) }));

      expect(store.sessionOf('a')?.status).toBe('completed');
    });

    it('does not bring back a session that was deleted meanwhile', () => {
      store.openSession('a');
      const request = live.request('/sessions/a');
      live.say({ event: 'session.deleted', session_id: 'a' });
      request.flush(aSession('a'));

      expect([store.sessionOf('a'), store.missing('a')]).toEqual([undefined, true]);
    });
  });

  describe('a deleted session', () => {
    it('S12: disappears everywhere', () => {
      openFirst(aSession('a'));
      live.say({ event: 'session.deleted', session_id: 'a' });

      expect([ids(), store.sessionOf('a'), store.missing('a')]).toEqual([[], undefined, true]);
    });

    it('stays away when a server still talks about it', () => {
      openFirst(aSession('a'));
      live.say({ event: 'session.deleted', session_id: 'a' });
      live.say(sessionUpdated(aSession('a')));

      expect(store.sessionOf('a')).toBeUndefined();
    });
  });

  describe('one session', () => {
    it('is read when it is opened', () => {
      openSession(aSession('a'));

      expect(store.sessionOf('a')?.title).toBe('Work a');
    });

    it('is missing when the server does not know it; that is no error', () => {
      store.openSession('x');
      live.request('/sessions/x').flush({ detail: 'none' }, { status: 404, statusText: 'Not Found' });

      expect([store.missing('x'), store.sessionFailure('x')]).toEqual([true, null]);
    });

    it('takes its state from the answer to a subscription', () => {
      openSession(aSession('a'));
      live.say({
        event: 'subscribed',
        session_id: 'a',
        data: {
          session: aSession('a', { status: 'paused' }),
          progress: { total_tasks: 4, completed_tasks: 0 },
          writing: null,
        },
      });

      expect(store.sessionOf('a')?.status).toBe('paused');
    });
  });

  describe('the overview', () => {
    const openOverview = (sessions: readonly Session[]): void => {
      store.openOverview();
      live.request('/overview').flush(anOverview(sessions.length));
      live.request(RECENT_URL).flush(pageOf(sessions));
    };

    it('shows the numbers and the five newest sessions', () => {
      openOverview([aSession('b', { day: 2 }), aSession('a', { day: 1 })]);

      expect(store.overview()?.sessions.total).toBe(2);
      expect(store.recent.items().map(({ id }) => id)).toEqual(['b', 'a']);
    });

    it('puts a new session first among the newest', () => {
      openOverview([aSession('a')]);
      live.say(sessionUpdated(aSession('c', { day: 3 })));

      expect(store.recent.items().map(({ id }) => id)).toEqual(['c', 'a']);
    });

    it('is read again when updates arrive, at most once a second', () => {
      openOverview([aSession('a')]);
      live.say(sessionUpdated(aSession('a', { completed_tasks: 1 })));
      live.request('/overview').flush(anOverview(1));
      live.say(sessionUpdated(aSession('a', { completed_tasks: 2 })));
      live.say(sessionUpdated(aSession('a', { completed_tasks: 3 })));
      expect(live.asked('/overview')).toBe(0);
      live.socket.advance(1_000);

      expect(live.asked('/overview')).toBe(1);
    });

    it('is not read by updates while nobody has opened it', () => {
      live.say(sessionUpdated(aSession('a')));

      expect(live.asked('/overview')).toBe(0);
    });
  });

  describe('a reconnection', () => {
    it('S13: reads nothing again when what was missed is replayed', () => {
      openFirst(aSession('a'));
      live.reconnect();

      expect(live.asked(FIRST_URL)).toBe(0);
    });

    it('S13: reads again what could not be read while the server was away', () => {
      store.openSession('b');
      live.request('/sessions/b').error(new ProgressEvent('error'));
      live.reconnect();

      expect(live.asked('/sessions/b')).toBe(1);
    });

    it('S14: reads again what is open when something was missed for good', () => {
      openFirst(aSession('a'));
      openSession(aSession('b'));
      live.reconnectWithGap();

      expect([live.asked(FIRST_URL), live.asked('/sessions/b')]).toEqual([1, 1]);
    });

    it('reads nothing that nobody opened', () => {
      live.reconnectWithGap();

      expect([live.asked(FIRST_URL), live.asked('/overview')]).toEqual([0, 0]);
    });
  });
});
