import { TestBed } from '@angular/core/testing';
import type { ErrorEvent, ProgressUpdate, SessionUpdate, TaskUpdate } from '@creative-autogpt/protocol';
import { RealtimeService } from '@creative-autogpt/realtime';
import { injectRealtimeHandlers } from './realtime-handlers';
import { LiveTesting } from '../../testing/live-testing';
import { aSession, aTask, sessionUpdated, taskUpdated } from '../../testing/samples';

describe('the connection of the application', () => {
  let live: LiveTesting;

  beforeEach(() => {
    live = new LiveTesting();
    TestBed.configureTestingModule({ providers: live.providers });
  });

  it('goes where the runtime configuration says', () => {
    expect(live.connect().request.url).toBe('ws://server.test/ws/ws');
  });

  it('gives up after five attempts to reconnect', () => {
    expect(TestBed.inject(RealtimeService).maxAttempts).toBe(5);
  });

  it('S1: hands each of the four events to its handler, and connects by itself', () => {
    const heard: (SessionUpdate | TaskUpdate | ProgressUpdate | ErrorEvent)[] = [];
    const hear = (message: (typeof heard)[number]): void => void heard.push(message);
    TestBed.runInInjectionContext(() =>
      injectRealtimeHandlers({ onSessionUpdate: hear, onTaskUpdate: hear, onProgress: hear, onError: hear }),
    );
    live.socket.expectConnection().accept();
    live.say(
      sessionUpdated(aSession('s1')),
      taskUpdated(aTask('t1')),
      { event: 'progress.update', data: { total_tasks: 2, completed_tasks: 1 } },
      { event: 'error', data: { message: 'no' } },
    );

    expect(heard.map(({ event }) => event)).toEqual([
      'session.update',
      'task.update',
      'progress.update',
      'error',
    ]);
  });

  it('keeps from handlers what is not as the protocol says', () => {
    const onTaskUpdate = jasmine.createSpy('onTaskUpdate');
    TestBed.runInInjectionContext(() => injectRealtimeHandlers({ onTaskUpdate }));
    live.socket.expectConnection().accept();
    live.say({ event: 'task.update', data: { task_id: 't1', status: 'asleep' } });

    expect(onTaskUpdate).not.toHaveBeenCalled();
  });
});
