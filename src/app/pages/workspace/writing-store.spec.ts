import { TestBed } from '@angular/core/testing';
import { RealtimeService } from '@creative-autogpt/realtime';
import type { RealtimeMessage } from '@creative-autogpt/realtime';
import { LiveTesting } from '../../testing/live-testing';
import { aSession, aTask, taskUpdated } from '../../testing/samples';
import { WritingStore } from './writing-store';

const ALL = { event: 'subscribe' };
const S1 = { event: 'subscribe', session_id: 's1' };

const chunk = (index: number, text: string, sessionId = 's1'): RealtimeMessage => ({
  event: 'task.chunk',
  session_id: sessionId,
  data: { task_id: 't1', index, text },
});
const subscribed = (writing: { index: number; text: string } | null): RealtimeMessage => ({
  event: 'subscribed',
  session_id: 's1',
  data: {
    session: aSession('s1'),
    progress: { total_tasks: 1, completed_tasks: 0 },
    writing: writing && { task_id: 't1', ...writing },
  },
});

describe('WritingStore', () => {
  let live: LiveTesting;
  let store: InstanceType<typeof WritingStore>;

  beforeEach(() => {
    live = new LiveTesting();
    TestBed.configureTestingModule({ providers: live.providers });
    store = TestBed.inject(WritingStore);
  });

  it('S4: subscribes to the session and to the updates of all', () => {
    live.connect();
    store.open('s1');

    expect(live.heard()).toEqual([ALL, S1]);
  });

  it('subscribes once there is a connection', () => {
    store.open('s1');
    live.connect();

    expect(live.heard()).toEqual([ALL, S1]);
  });

  it('subscribes anew on every connection', () => {
    live.connect();
    store.open('s1');
    live.heard();
    live.reconnect();

    expect(live.heard()).toEqual([ALL, S1]);
  });

  it('takes both subscriptions back when it is closed', () => {
    live.connect();
    store.open('s1');
    live.heard();
    store.close();
    live.socket.nextFrame();

    expect(live.heard()).toEqual([{ event: 'unsubscribe' }, { event: 'unsubscribe', session_id: 's1' }]);
  });

  it('follows one session at a time', () => {
    live.connect();
    store.open('s1');
    live.heard();
    store.open('s2');
    live.socket.nextFrame();

    expect(live.heard()).toEqual([
      { event: 'subscribe', session_id: 's2' },
      { event: 'unsubscribe', session_id: 's1' },
    ]);
  });

  it('sends nothing when a page of the same session takes the place of another', () => {
    live.connect();
    store.open('s1');
    live.heard();
    store.close();
    store.open('s1');
    live.socket.nextFrame();

    expect(live.heard()).toEqual([]);
  });

  it('tells why the server refuses a subscription, and asks for it again with the next connection', () => {
    const told: unknown[] = [];
    store.refusals.subscribe(({ data }) => told.push(data));
    live.connect();
    store.open('s1');
    live.socket
      .expectSent(({ session_id: sessionId }) => sessionId === 's1')
      .refuse({ code: 'unavailable', message: 'For developers.' });
    live.heard();
    live.reconnect();

    expect(told).toEqual([{ code: 'unavailable', message: 'For developers.' }]);
    expect(live.heard()).toEqual([ALL, S1]);
  });

  it('does nothing when the same session is opened again', () => {
    live.connect();
    store.open('s1');
    live.heard();
    store.open('s1');

    expect(live.heard()).toEqual([]);
  });

  describe('while it is open', () => {
    beforeEach(() => {
      live.connect();
      store.open('s1');
      live.heard();
    });

    it('S5: continues the text so far with the chunks that follow', () => {
      live.say(subscribed({ index: 2, text: 'Once upon ' }), chunk(2, 'a '), chunk(3, 'time'));

      expect([store.writingTaskId(), store.textOf('t1')]).toEqual(['t1', 'Once upon a time']);
    });

    it('has no text of any other task', () => {
      live.say(subscribed({ index: 1, text: 'Once' }));

      expect(store.textOf('t2')).toBe('');
    });

    it('asks once for the text before the first chunk, where another tab has the subscription already', () => {
      live.say(chunk(2, 'a '));
      live.say(chunk(3, 'time'));
      expect([store.writingTaskId(), live.heard()]).toEqual([null, [S1]]);
      live.say(subscribed({ index: 4, text: 'Once upon a time' }), chunk(4, '!'));

      expect(store.textOf('t1')).toBe('Once upon a time!');
    });

    it('asks anew after an interruption that took the answer with it', () => {
      live.say(chunk(2, 'a '));
      live.reconnect();
      live.heard();
      live.say(chunk(3, 'time'));

      expect(live.heard()).toEqual([S1]);
    });

    it('ignores a chunk it has already', () => {
      live.say(subscribed({ index: 2, text: 'Once ' }), chunk(1, 'again'), chunk(2, 'upon'));

      expect(store.textOf('t1')).toBe('Once upon');
    });

    it('subscribes once more when it has missed a chunk, and goes on from the answer', () => {
      live.say(subscribed({ index: 1, text: 'Once ' }));
      live.say(chunk(3, 'time'));
      live.say(chunk(4, '!'));
      expect(live.heard()).toEqual([S1]);
      live.say(subscribed({ index: 5, text: 'Once upon a time!' }), chunk(5, ' The end'));

      expect(store.textOf('t1')).toBe('Once upon a time! The end');
    });

    it('S6: starts anew with the first chunk of a new attempt', () => {
      live.say(subscribed({ index: 1, text: 'Once' }), chunk(0, 'Never '), chunk(1, 'mind'));

      expect(store.textOf('t1')).toBe('Never mind');
    });

    it('drops the text once its task has it', () => {
      for (const status of ['completed', 'pending_approval'] as const) {
        live.say(chunk(0, 'text'), taskUpdated(aTask('t1', { status })));

        expect([store.writingTaskId(), store.textOf('t1')])
          .withContext(status)
          .toEqual([null, '']);
      }
    });

    it('S6: keeps the text of a task that was put back or failed, as abandoned', () => {
      for (const status of ['pending', 'failed'] as const) {
        live.say(chunk(0, 'text'));
        expect(store.abandoned('t1')).withContext('while it is written').toBeFalse();
        live.say(taskUpdated(aTask('t1', { status })));

        expect([store.textOf('t1'), store.abandoned('t1')])
          .withContext(status)
          .toEqual(['text', true]);
      }
    });

    it('S6: keeps an abandoned text until the next attempt begins, not only until its task runs', () => {
      live.say(chunk(0, 'Once'), taskUpdated(aTask('t1', { status: 'pending' })));
      live.say(taskUpdated(aTask('t1', { status: 'running' })));
      expect([store.textOf('t1'), store.abandoned('t1')]).toEqual(['Once', true]);
      live.say(chunk(0, 'Never'));

      expect([store.textOf('t1'), store.abandoned('t1')]).toEqual(['Never', false]);
    });

    it('asks for the text of the next attempt where its beginning was missed', () => {
      live.say(chunk(0, 'Once '), chunk(1, 'upon '), taskUpdated(aTask('t1', { status: 'pending' })));
      live.say(chunk(1, 'mind'));
      expect(live.heard()).toEqual([S1]);
      live.say(subscribed({ index: 2, text: 'Never mind' }));

      expect([store.textOf('t1'), store.abandoned('t1')]).toEqual(['Never mind', false]);
    });

    it('keeps the text, as abandoned, when a new connection says that nothing is written', () => {
      live.say(chunk(0, 'text'));
      live.reconnect();
      live.say(subscribed(null));

      expect([store.textOf('t1'), store.abandoned('t1')]).toEqual(['text', true]);
    });

    it('keeps the text while its task runs and others end', () => {
      live.say(
        chunk(0, 'text'),
        taskUpdated(aTask('t1', { status: 'running' })),
        taskUpdated(aTask('t2', { status: 'completed' })),
      );

      expect(store.textOf('t1')).toBe('text');
    });

    it('ignores the text of other sessions', () => {
      live.say(chunk(0, 'other', 's2'));

      expect(store.writingTaskId()).toBeNull();
    });

    it('keeps the text on display while the connection is away', () => {
      live.say(chunk(0, 'text'));
      TestBed.inject(RealtimeService).disconnect();

      expect(store.textOf('t1')).toBe('text');
    });

    it('shows nothing any more once it is closed', () => {
      live.say(chunk(0, 'text'));
      store.close();
      live.say(chunk(1, 'late'));

      expect(store.writingTaskId()).toBeNull();
    });
  });
});
