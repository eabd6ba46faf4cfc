import { TestBed } from '@angular/core/testing';
import type { ErrorEvent, ProgressUpdate, SessionUpdate, TaskUpdate } from '@creative-autogpt/protocol';
import { RealtimeQuarantine, RealtimeService } from '@creative-autogpt/realtime';
import { tabsOfOwner } from './provide-app-realtime';
import { injectRealtimeHandlers } from './realtime-handlers';
import { KeptToken } from '../../platform/sign-in/kept-token';
import { aToken } from '../../platform/sign-in/testing/a-token';
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

  it('sets aside what is not as the protocol says', () => {
    TestBed.runInInjectionContext(() => injectRealtimeHandlers({ onTaskUpdate: () => undefined }));
    live.socket.expectConnection().accept();
    live.say({ event: 'task.update', data: { task_id: 't1', status: 'asleep' } });

    expect(
      TestBed.inject(RealtimeQuarantine)
        .recent()
        .map(({ event }) => event),
    ).toEqual(['task.update']);
  });

  describe('is shared by the tabs', () => {
    const tabs = (): string => TestBed.runInInjectionContext(tabsOfOwner);
    const signIn = (token: string): void => {
      TestBed.inject(KeptToken).follow(token);
    };

    it('of one person, whichever token they have', () => {
      signIn(aToken('ada', 1));
      const before = tabs();
      signIn(aToken('ada', 2));

      expect(tabs()).toBe(before);
    });

    it('of nobody else', () => {
      const names = [tabs()];
      for (const token of [aToken('ada'), aToken('bob'), 'opaque', 'opaque too']) {
        signIn(token);
        names.push(tabs());
      }

      expect(new Set(names).size).toBe(5);
    });
  });
});
