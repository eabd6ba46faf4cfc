import type { ServerEvent } from '@creative-autogpt/protocol';
import { ServiceError } from '../service-error';
import type { Store } from './store';
import type { ManualClock } from './testing/manual-clock';
import { NOVEL, PLAN } from './testing/sample-work';
import { useStore } from './testing/store-under-test';

describe('SqlStore: sessions', () => {
  const opened = useStore();
  let store: Store;
  let announced: readonly ServerEvent[];
  let clock: ManualClock;
  beforeEach(() => {
    ({ store, announced, clock } = opened());
  });

  it('creates a session that is stamped with the injected clock, in UTC', () => {
    const session = store.createSession(NOVEL);

    expect(session).toEqual(
      jasmine.objectContaining({
        title: '星海拾遗',
        status: 'created',
        goal: NOVEL.goal,
        config: NOVEL.config,
        created_at: '2026-11-22T13:00:00.000Z',
        completed_at: null,
        total_tasks: 0,
        is_rewriting: false,
        rewrite_task_id: null,
      }),
    );
    expect(announced).toEqual([{ event: 'session.update', session_id: session.id, data: session }]);
  });

  it('renames a session and announces it whole', () => {
    const { id } = store.createSession(NOVEL);
    clock.advance(1000);

    const renamed = store.renameSession(id, '潮汐之下');

    expect(renamed.title).toBe('潮汐之下');
    expect(renamed.updated_at).toBe('2026-11-22T13:00:01.000Z');
    expect(announced.at(-1)).toEqual({ event: 'session.update', session_id: id, data: renamed });
  });

  it('keeps the error of a failed session only while it is failed', () => {
    const { id } = store.createSession(NOVEL);

    expect(store.setSessionStatus(id, 'failed', 'no model').error).toBe('no model');
    expect(store.setSessionStatus(id, 'running').error).toBeNull();
  });

  it('stamps the completion of a session and forgets it when the session runs again', () => {
    const { id } = store.createSession(NOVEL);

    expect(store.setSessionStatus(id, 'completed').completed_at).toBe('2026-11-22T13:00:00.000Z');
    expect(store.setSessionStatus(id, 'running').completed_at).toBeNull();
  });

  it('S12: forgets a deleted session with its tasks and announces that last', () => {
    const { id, outline } = opened().planNovel();

    store.deleteSession(id);

    expect(announced).toEqual([{ event: 'session.deleted', session_id: id }]);
    expect(() => store.findSession(id)).toThrow(unknownSession(id));
    expect(() => store.findTask(outline)).toThrow(
      new ServiceError('unknown_task', `There is no task ${outline}.`),
    );
  });

  it('lists the newest first, one page at a time, with the total of all pages', () => {
    const titles = ['一', '二', '三', '四', '五'];
    titles.forEach((title) => store.createSession({ ...NOVEL, title }));

    const page = store.listSessions({ page: 2, pageSize: 2 });

    expect(page.items.map(({ title }) => title)).toEqual(['三', '二']);
    expect(page.total).toBe(5);
  });

  it('counts only sessions with the status that was asked for', () => {
    const { id } = store.createSession(NOVEL);
    store.createSession(NOVEL);
    store.setSessionStatus(id, 'paused');

    const page = store.listSessions({ page: 1, pageSize: 20, status: 'paused' });

    expect(page.items.map((session) => session.id)).toEqual([id]);
    expect(page.total).toBe(1);
  });

  it('lists sessions with a status oldest first', () => {
    const ids = [store.createSession(NOVEL).id, store.createSession(NOVEL).id];
    ids.forEach((id) => store.setSessionStatus(id, 'running'));

    expect(store.sessionsWithStatus('running').map(({ id }) => id)).toEqual(ids);
  });

  for (const [method, call] of Object.entries<(store: Store) => unknown>({
    renameSession: (of) => of.renameSession('nobody', 'x'),
    deleteSession: (of) => {
      of.deleteSession('nobody');
    },
    setSessionStatus: (of) => of.setSessionStatus('nobody', 'running'),
    planSession: (of) => of.planSession('nobody', PLAN),
    findSession: (of) => of.findSession('nobody'),
    progressOf: (of) => of.progressOf('nobody'),
    tasksOf: (of) => of.tasksOf('nobody'),
    listTasks: (of) => of.listTasks({ page: 1, pageSize: 1, sessionId: 'nobody' }),
  })) {
    it(`refuses an unknown session in ${method}, and announces nothing`, () => {
      expect(() => call(store)).toThrow(unknownSession('nobody'));
      expect(announced).toEqual([]);
    });
  }

  it('replaces characters that the database would cut a text off at', () => {
    expect(store.createSession({ ...NOVEL, title: 'a\0b' }).title).toBe('a\uFFFDb');
  });
});

function unknownSession(id: string): ServiceError {
  return new ServiceError('unknown_session', `There is no session ${id}.`);
}
