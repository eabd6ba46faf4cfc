import { TestBed } from '@angular/core/testing';
import { LiveTesting } from '../../testing/live-testing';
import { aSession } from '../../testing/samples';
import { ProgressStore } from './progress-store';

const URL = '/sessions/s1/progress';
const done = (completed: number) => ({ total_tasks: 4, completed_tasks: completed });

describe('ProgressStore', () => {
  let live: LiveTesting;
  let store: InstanceType<typeof ProgressStore>;

  const open = (completed: number): void => {
    store.openSession('s1');
    live.request(URL).flush(done(completed));
  };

  beforeEach(() => {
    live = new LiveTesting();
    TestBed.configureTestingModule({ providers: live.providers });
    store = TestBed.inject(ProgressStore);
    live.connect();
  });

  it('knows nothing at first', () => {
    expect(store.progressOf('s1')).toBeNull();
  });

  it('shows what the server answers', () => {
    open(1);

    expect(store.progressOf('s1')).toEqual(done(1));
  });

  it('follows live updates', () => {
    open(1);
    live.say({ event: 'progress.update', session_id: 's1', data: done(2) });

    expect(store.progressOf('s1')).toEqual(done(2));
  });

  it('S1: takes an update without a session as one about the open session', () => {
    open(1);
    live.say({ event: 'progress.update', data: done(3) });

    expect(store.progressOf('s1')).toEqual(done(3));
  });

  it('shows the live update where the answer is older', () => {
    store.openSession('s1');
    const request = live.request(URL);
    live.say({ event: 'progress.update', session_id: 's1', data: done(2) });
    request.flush(done(1));

    expect(store.progressOf('s1')).toEqual(done(2));
  });

  it('takes its state from the answer to a subscription', () => {
    live.say({
      event: 'subscribed',
      session_id: 's1',
      data: { session: aSession('s1'), progress: done(3), writing: null },
    });

    expect(store.progressOf('s1')).toEqual(done(3));
  });

  it('S12: forgets a deleted session', () => {
    open(1);
    live.say({ event: 'session.deleted', session_id: 's1' });

    expect(store.progressOf('s1')).toBeNull();
  });

  it('S14: reads the open session again when something was missed for good', () => {
    open(1);
    live.reconnectWithGap();
    live.request(URL).flush(done(2));

    expect(store.progressOf('s1')).toEqual(done(2));
  });
});
