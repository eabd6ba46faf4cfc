import { TestBed } from '@angular/core/testing';
import type { Task, TaskStatus } from '@creative-autogpt/protocol';
import { LiveTesting } from '../../testing/live-testing';
import { aTask, dayOf, taskUpdated } from '../../testing/samples';
import type { PageQuery } from '@creative-autogpt/realtime/signals';
import { RestFailure } from '../../platform/rest/rest-failure';
import { TasksStore } from './tasks-store';

const FIRST: PageQuery<TaskStatus> = { page: 1, pageSize: 2, filter: null };
const FIRST_URL = '/tasks?page=1&page_size=2';
const PLAN_URL = '/sessions/s1/tasks';

describe('TasksStore', () => {
  let live: LiveTesting;
  let store: InstanceType<typeof TasksStore>;

  const plan = () => store.tasksOf('s1').map(({ task_id: id }) => id);
  const page = () => store.page.items().map(({ task_id: id }) => id);
  const openPlan = (...tasks: readonly Task[]): void => {
    store.openSession('s1');
    live.request(PLAN_URL).flush(tasks);
  };
  const openFirst = (...items: readonly Task[]): void => {
    store.page.open(FIRST);
    live.request(FIRST_URL).flush({ items, total: items.length, page: 1, page_size: 2 });
  };

  beforeEach(() => {
    live = new LiveTesting();
    TestBed.configureTestingModule({ providers: live.providers });
    store = TestBed.inject(TasksStore);
    live.connect();
  });

  describe('a plan', () => {
    it('is shown in its order', () => {
      openPlan(aTask('b', { position: 1 }), aTask('a', { position: 0 }));

      expect(plan()).toEqual(['a', 'b']);
      expect(store.tasksOf('other')).toEqual([]);
    });

    it('S3: grows and changes live', () => {
      openPlan(aTask('a', { position: 0 }));
      live.say(
        taskUpdated(aTask('b', { position: 1 })),
        taskUpdated(aTask('a', { status: 'completed', result: 'text' })),
      );

      expect(plan()).toEqual(['a', 'b']);
      expect(store.taskOf('a')?.result).toBe('text');
    });

    it('merges an update that tells no more than the protocol demands', () => {
      openPlan(aTask('a', { title: 'Kept' }));
      live.say({ event: 'task.update', data: { task_id: 'a', status: 'running' } });

      expect(store.taskOf('a')).toEqual(jasmine.objectContaining({ title: 'Kept', status: 'running' }));
    });

    it('has a damaged task no longer damaged once a status of it is told', () => {
      openPlan(aTask('a', { status: 'failed', damaged: true }));
      live.say(taskUpdated(aTask('a', { status: 'running', day: 2 })));

      expect(store.taskOf('a')?.damaged).toBe(false);
    });

    it('keeps a task damaged that is told to be', () => {
      openPlan(aTask('a', { status: 'failed', damaged: true }));
      live.say(taskUpdated(aTask('a', { status: 'failed', damaged: true, day: 2 })));

      expect(store.taskOf('a')?.damaged).toBe(true);
    });

    it('reads a task of which only a part was told', () => {
      live.say({ event: 'task.update', session_id: 's1', data: { task_id: 'a', status: 'running' } });
      live.request('/tasks/a').flush(aTask('a', { status: 'running' }));

      expect(plan()).toEqual(['a']);
    });

    for (const id of ['constructor', '__proto__']) {
      it(`takes the id ${id}, which every object has, for one that is not known`, () => {
        openPlan(aTask('a'));
        expect(store.taskOf(id)).toBeUndefined();
        live.say({ event: 'task.update', session_id: 's1', data: { task_id: id, status: 'running' } });

        expect(live.request(`/tasks/${id}`).request.method).toBe('GET');
        expect(plan()).toEqual(['a']);
      });
    }

    it('ignores an update whose position is a number that nothing can be counted with', () => {
      openPlan(aTask('a', { position: 3 }));
      live.say({ event: 'task.update', data: { task_id: 'a', status: 'running', position: 1e300 } });

      expect(store.taskOf('a')?.position).toBe(3);
    });

    it('loses what is no longer part of it', () => {
      openPlan(aTask('a'), aTask('b'));
      live.reconnectWithGap();
      live.request(PLAN_URL).flush([aTask('b')]);

      expect(plan()).toEqual(['b']);
    });

    it('keeps a task that was planned while the answer was on its way', () => {
      store.openSession('s1');
      const request = live.request(PLAN_URL);
      live.say(taskUpdated(aTask('new')));
      request.flush([]);

      expect(plan()).toEqual(['new']);
    });

    it('shows the live update where the answer is older', () => {
      store.openSession('s1');
      const request = live.request(PLAN_URL);
      live.say(taskUpdated(aTask('a', { status: 'completed', result: 'text', updated_at: dayOf(1) })));
      request.flush([aTask('a', { status: 'running', updated_at: dayOf(1) })]);

      expect(store.taskOf('a')).toEqual(jasmine.objectContaining({ status: 'completed', result: 'text' }));
    });

    it('is not asked for again within 5 s', () => {
      openPlan(aTask('a'));
      store.openSession('s1');

      expect(live.asked(PLAN_URL)).toBe(0);
    });

    it('is loading until it is answered, and then known, be it without tasks', () => {
      store.openSession('s1');
      const request = live.request(PLAN_URL);
      expect(store.planState('s1')).toBe('loading');
      request.flush([]);

      expect(store.planState('s1')).toBe('known');
    });

    it('is loading while only tasks of it are known from elsewhere', () => {
      live.say(taskUpdated(aTask('a')));

      expect([plan(), store.planState('s1')]).toEqual([['a'], 'loading']);
    });

    it('is told apart as failed, with the reason, until it is read again', () => {
      store.openSession('s1');
      live.request(PLAN_URL).flush({ detail: 'broken' }, { status: 500, statusText: 'Error' });
      expect([store.planState('s1'), store.planFailure('s1')?.detail]).toEqual(['failed', 'broken']);
      store.openSession('s1');

      expect([store.planState('s1'), store.planFailure('s1')]).toEqual(['loading', null]);
    });

    it('stays known when reading it again fails', () => {
      openPlan(aTask('a'));
      live.reconnectWithGap();
      live.request(PLAN_URL).flush({ detail: 'broken' }, { status: 500, statusText: 'Error' });

      expect([plan(), store.planState('s1')]).toEqual([['a'], 'known']);
    });

    it('is told apart as the plan of a session that does not exist', () => {
      store.openSession('s1');
      live.request(PLAN_URL).flush({ detail: 'none' }, { status: 404, statusText: 'Not Found' });

      expect([store.planState('s1'), store.planFailure('s1')?.status]).toEqual(['failed', 404]);
    });
  });

  describe('the texts', () => {
    const written = (id: string): Task =>
      aTask(id, { session_id: id, status: 'completed', result: `text of ${id}` });
    const open = (id: string): void => {
      store.openSession(id);
      live.request(`/sessions/${id}/tasks`).flush([written(id)]);
    };

    it('of the five sessions opened last are kept', () => {
      ['s1', 's2', 's3', 's4', 's5'].forEach(open);

      expect([store.taskOf('s1')?.result, store.planState('s1')]).toEqual(['text of s1', 'known']);
    });

    it('of a session that was left for five others are dropped, and read again when it is opened', () => {
      ['s1', 's2', 's3', 's4', 's5', 's6'].forEach(open);
      expect([store.taskOf('s1')?.result, store.planState('s1')]).toEqual([undefined, 'loading']);
      open('s1');

      expect([store.taskOf('s1')?.result, store.planState('s1')]).toEqual(['text of s1', 'known']);
    });

    it('of a session that nobody opened are not kept when they are told', () => {
      live.say(taskUpdated(written('s1')));

      expect([store.taskOf('s1')?.status, store.taskOf('s1')?.result]).toEqual(['completed', undefined]);
    });

    it('of the open task are kept when they are told', () => {
      store.openTask('s1');
      live.request('/tasks/s1').flush(aTask('s1', { session_id: 's1', status: 'running' }));
      live.say(taskUpdated(written('s1')));

      expect(store.taskOf('s1')?.result).toBe('text of s1');
    });
  });

  describe('a page', () => {
    it('shows what the server answers', () => {
      openFirst(aTask('b', { day: 2 }), aTask('a', { day: 1 }));

      expect([page(), store.page.total(), store.page.query()]).toEqual([['b', 'a'], 2, FIRST]);
    });

    it('shows what changed last on top', () => {
      openFirst(aTask('b', { day: 2 }), aTask('a', { day: 1 }));
      live.say(taskUpdated(aTask('c', { day: 3 })));
      live.say(taskUpdated(aTask('b', { day: 4 })));

      expect(page()).toEqual(['b', 'c']);
    });

    it('honours its filter live and asks again for its total', () => {
      const url = `${FIRST_URL}&status_filter=failed`;
      store.page.open({ ...FIRST, filter: 'failed' });
      live.request(url).flush({
        items: [aTask('a', { status: 'failed' })],
        total: 1,
        page: 1,
        page_size: 2,
      });
      live.say(taskUpdated(aTask('a', { status: 'pending' })));

      expect(page()).toEqual([]);
      expect(live.asked(url)).toBe(1);
    });

    it('does not erase a text with its summaries', () => {
      openPlan(aTask('a', { status: 'completed', result: 'text' }));
      openFirst(aTask('a', { status: 'completed' }));

      expect(store.taskOf('a')?.result).toBe('text');
    });

    it('does not erase a text that waits for approval either', () => {
      openPlan(aTask('a', { status: 'pending_approval', result: 'text' }));
      openFirst(aTask('a', { status: 'pending_approval' }));

      expect(store.taskOf('a')?.result).toBe('text');
    });

    it('drops a text that the task no longer has', () => {
      openPlan(aTask('a', { status: 'completed', result: 'text' }));
      openFirst(aTask('a', { status: 'pending', day: 2 }));

      expect(store.taskOf('a')?.result).toBeUndefined();
    });
  });

  describe('one task', () => {
    it('is read with its text', () => {
      store.openTask('a');
      expect(store.taskLoading('a')).toBeTrue();
      live.request('/tasks/a').flush(aTask('a', { result: 'text' }));

      expect([store.taskOf('a')?.result, store.taskLoading('a')]).toEqual(['text', false]);
    });

    it('is read again at once where its text was dropped since', () => {
      store.openTask('a');
      live.request('/tasks/a').flush(aTask('a', { status: 'completed', result: 'text' }));
      store.openTask('b');
      live.say(taskUpdated(aTask('a', { status: 'completed', result: 'text', day: 2 })));
      expect(store.taskOf('a')?.result).toBeUndefined();
      store.openTask('a');
      live.request('/tasks/a').flush(aTask('a', { status: 'completed', result: 'text', day: 2 }));

      expect(store.taskOf('a')?.result).toBe('text');
    });

    it('is waited for where a list told all but its text', () => {
      openFirst(aTask('a', { status: 'completed' }), aTask('b'));
      store.openTask('b');
      expect(store.taskLoading('b')).toBeFalse();
      store.openTask('a');

      expect(store.taskLoading('a')).toBeTrue();
    });

    it('disappears when the server does not know it, with the reason', () => {
      openFirst(aTask('a'));
      store.openTask('a');
      live.request('/tasks/a').flush({ detail: 'none' }, { status: 404, statusText: 'Not Found' });

      expect([store.taskOf('a'), store.taskFailure('a')?.status]).toEqual([undefined, 404]);
    });
  });

  describe('a decision', () => {
    it('S20: is shown at once, and no older than what is told meanwhile', async () => {
      openPlan(aTask('a', { status: 'pending_approval', result: 'text' }));
      const decided = store.decide('a', { action: 'regenerate', feedback: 'More sea.' });
      live.socket.emit(taskUpdated(aTask('a', { status: 'running', day: 3 })));
      const request = live.request('/tasks/a/approve', 'POST');
      request.flush(aTask('a', { status: 'pending', result: null, day: 2 }));

      expect(request.request.body).toEqual({ action: 'regenerate', feedback: 'More sea.' });
      expect((await decided).status).toBe('running');
    });

    it('that comes too late rejects with what the server says', async () => {
      openPlan(aTask('a', { status: 'pending_approval' }));
      const decided = store.decide('a', { action: 'approve' }).catch((error: unknown) => error);
      live
        .request('/tasks/a/approve', 'POST')
        .flush({ detail: 'It does not wait.' }, { status: 409, statusText: 'Conflict' });

      expect(await decided).toEqual(new RestFailure(409, 'It does not wait.'));
      expect(store.taskOf('a')?.status).toBe('pending_approval');
    });

    it('about a task that is gone makes it disappear', async () => {
      openPlan(aTask('a', { status: 'pending_approval' }));
      const decided = store.decide('a', { action: 'approve' }).catch((error: unknown) => error);
      live
        .request('/tasks/a/approve', 'POST')
        .flush({ detail: 'none' }, { status: 404, statusText: 'Not Found' });
      await decided;

      expect(plan()).toEqual([]);
    });
  });

  it('S12: the tasks of a deleted session disappear, and late answers and updates do not bring them back', () => {
    openFirst(aTask('a'));
    store.openSession('s1');
    const request = live.request(PLAN_URL);
    live.say({ event: 'session.deleted', session_id: 's1' });
    request.flush([aTask('a')]);
    live.say(taskUpdated(aTask('a')));

    expect([plan(), page()]).toEqual([[], []]);
  });

  it('S14: reads again what is open when something was missed for good', () => {
    openPlan(aTask('a'));
    openFirst(aTask('a'));
    store.openTask('a');
    live.request('/tasks/a').flush(aTask('a'));
    live.reconnectWithGap();

    expect([live.asked(PLAN_URL), live.asked(FIRST_URL), live.asked('/tasks/a')]).toEqual([1, 1, 1]);
  });
});
