import { TestBed } from '@angular/core/testing';
import type { Session } from '@creative-autogpt/protocol';
import { LiveTesting } from '../../testing/live-testing';
import { aSession, dayOf, sessionUpdated } from '../../testing/samples';
import { RestFailure } from '../../platform/rest/rest-failure';
import { SessionsStore } from './sessions-store';

describe('what a person does through the SessionsStore', () => {
  let live: LiveTesting;
  let store: SessionsStore;

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

  const failureOf = (action: Promise<unknown>) => action.catch((error: unknown) => error);

  it('creates a session and shows it', async () => {
    const created = store.create({ title: 'Work a' });
    live.request('/sessions', 'POST').flush(aSession('a'), { status: 201, statusText: 'Created' });

    expect((await created).id).toBe('a');
    expect(store.sessionOf('a')?.title).toBe('Work a');
  });

  it('renames a session', async () => {
    const renamed = store.rename('a', 'Other');
    const request = live.request('/sessions/a', 'PATCH');
    request.flush(aSession('a', { title: 'Other' }));

    expect(request.request.body).toEqual({ title: 'Other' });
    expect((await renamed).title).toBe('Other');
  });

  it('deletes a session without waiting for the news of it', async () => {
    openSession(aSession('a'));
    const removed = store.remove('a');
    live.request('/sessions/a', 'DELETE').flush({ success: true, message: '', data: null });
    await removed;

    expect([store.sessionOf('a'), store.missing('a')]).toEqual([undefined, true]);
  });

  it('commands a session, and shows no older state than what is told meanwhile', async () => {
    openSession(aSession('a'));
    const commanded = store.command('a', 'start');
    live.socket.emit(sessionUpdated(aSession('a', { status: 'failed', updated_at: dayOf(3) })));
    live.request('/sessions/a/start', 'POST').flush({
      success: true,
      message: '',
      data: aSession('a', { status: 'running', updated_at: dayOf(2) }),
    });

    expect((await commanded).status).toBe('failed');
  });

  it('reads the session when the answer to a command leaves it out', async () => {
    const commanded = store.command('a', 'pause');
    live.request('/sessions/a/pause', 'POST').flush({ success: true, message: '', data: null });
    live.request('/sessions/a').flush(aSession('a', { status: 'paused' }));

    expect((await commanded).status).toBe('paused');
  });

  it('rejects with what the server says against it', async () => {
    const commanded = failureOf(store.command('a', 'pause'));
    live
      .request('/sessions/a/pause', 'POST')
      .flush({ detail: 'not running' }, { status: 409, statusText: 'Conflict' });

    expect(await commanded).toEqual(new RestFailure(409, 'not running'));
  });

  it('rejects a command that the server says came to nothing', async () => {
    const commanded = failureOf(store.command('a', 'pause'));
    live.request('/sessions/a/pause', 'POST').flush({ success: false, message: 'not running', data: null });

    expect(await commanded).toEqual(new RestFailure(409, 'not running'));
  });

  it('notices that there is no such session', async () => {
    openSession(aSession('a'));
    const renamed = failureOf(store.rename('a', 'Other'));
    live.request('/sessions/a', 'PATCH').flush({ detail: 'none' }, { status: 404, statusText: 'Not Found' });
    await renamed;

    expect(store.missing('a')).toBeTrue();
  });

  it('S21: tells the author something, and shows it', async () => {
    openSession(aSession('a'));
    const given = store.giveFeedback('a', { message: 'More sea.', task_id: 't1' });
    const request = live.request('/sessions/a/feedback', 'POST');
    const feedback = [{ message: 'More sea.', task_id: 't1', given_at: dayOf(2) }];
    request.flush(aSession('a', { day: 2, feedback }));
    await given;

    expect(request.request.body).toEqual({ message: 'More sea.', task_id: 't1' });
    expect(store.sessionOf('a')?.feedback).toEqual(feedback);
  });

  it('keeps a session that is told something about a task that is gone', async () => {
    openSession(aSession('a'));
    const given = failureOf(store.giveFeedback('a', { message: 'More sea.', task_id: 't1' }));
    live
      .request('/sessions/a/feedback', 'POST')
      .flush({ detail: 'no such task' }, { status: 404, statusText: 'Not Found' });

    expect(await given).toEqual(new RestFailure(404, 'no such task'));
    expect(store.missing('a')).toBeFalse();
  });

  it('exports a work under a name of its own where the server gives none', async () => {
    const exported = store.export('a', 'md');
    const request = live.request('/sessions/a/export', 'POST');
    request.flush(new Blob(['# Work']));

    expect(request.request.body).toEqual({ format: 'md' });
    expect((await exported).filename).toBe('a.md');
  });
});
