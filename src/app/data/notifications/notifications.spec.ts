import { ChangeDetectionStrategy, Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { TranslocoTestingModule } from '@jsverse/transloco';
import type { Session, TaskUpdate } from '@creative-autogpt/protocol';
import { zh } from '../../platform/i18n/zh';
import type { PageData } from '../../platform/page-data';
import type { RealtimeMessage } from '@creative-autogpt/realtime';
import { LiveTesting } from '../../testing/live-testing';
import { aSession, aTask, dayOf, sessionUpdated, taskUpdated } from '../../testing/samples';
import { RestFailure } from '../../platform/rest/rest-failure';
import { SessionsStore } from '../sessions/sessions-store';
import { Notifications } from './notifications';
import { type ToastOptions, type Toasts, TOASTS } from '../../platform/toasts';

@Component({ template: '', changeDetection: ChangeDetectionStrategy.OnPush })
class SomePage {}

describe('Notifications', () => {
  let live: LiveTesting;
  let notifications: Notifications;
  let toasts: [string, string][];
  let options: (ToastOptions | undefined)[];

  const hear = (...messages: readonly RealtimeMessage[]): void => {
    messages.forEach((message) => {
      live.say(message);
    });
  };
  const sessionIs = (status: Session['status'], fields: Partial<Session> = {}) =>
    sessionUpdated(aSession('s1', { status, ...fields }));

  beforeEach(() => {
    live = new LiveTesting();
    toasts = [];
    options = [];
    const tells = (look: string) => (message: string, given?: ToastOptions) => {
      toasts.push([look, message]);
      options.push(given);
    };
    const fakeToasts: Toasts = { success: tells('success'), info: tells('info'), error: tells('error') };
    TestBed.configureTestingModule({
      imports: [
        TranslocoTestingModule.forRoot({
          langs: { zh },
          translocoConfig: { availableLangs: ['zh'], defaultLang: 'zh' },
          preloadLangs: true,
        }),
      ],
      providers: [
        ...live.providers,
        provideRouter([
          { path: '', pathMatch: 'full', component: SomePage },
          { path: 'tasks', component: SomePage, data: { tellsTasks: 'all' } satisfies PageData },
          {
            path: 'workspace/:sessionId',
            component: SomePage,
            data: { tellsTasks: 'own' } satisfies PageData,
          },
        ]),
        { provide: TOASTS, useValue: fakeToasts },
      ],
    });
    notifications = TestBed.inject(Notifications);
    live.connect();
  });

  const open = (url: string): Promise<boolean> => TestBed.inject(Router).navigateByUrl(url);

  describe('of a session', () => {
    it('tell that it has completed', () => {
      hear(sessionIs('running'), sessionIs('completed'));

      expect(toasts).toEqual([['success', '🎉 创作任务已完成！']]);
    });

    it('tell that it has failed', () => {
      hear(sessionIs('running'), sessionIs('failed'));

      expect(toasts).toEqual([['error', '❌ 创作任务失败，请检查错误信息']]);
    });

    it('tell the same ending once', () => {
      hear(sessionIs('running'), sessionIs('completed'), sessionIs('completed'));

      expect(toasts.length).toBe(1);
    });

    it('tell it again when it has run again', () => {
      hear(sessionIs('running'), sessionIs('failed'), sessionIs('running'), sessionIs('failed'));

      expect(toasts.length).toBe(2);
    });

    it('tell an ending of which it is the first that is heard', () => {
      hear(sessionIs('completed'));

      expect(toasts).toEqual([['success', '🎉 创作任务已完成！']]);
    });

    it('do not tell an ending that was read when the page was opened', () => {
      TestBed.inject(SessionsStore).openSession('s1');
      live.request('/sessions/s1').flush(aSession('s1', { status: 'completed' }));
      hear(sessionIs('completed', { title: 'Renamed' }));

      expect(toasts).toEqual([]);
    });

    it('do not tell an old ending when something else has changed', () => {
      hear(sessionIs('completed', { completed_at: dayOf(1), updated_at: dayOf(2) }));

      expect(toasts).toEqual([]);
    });

    it('are told on every page, and name the session unless the page is its own', async () => {
      hear(sessionIs('running', { title: '潮汐档案' }));
      for (const url of ['/', '/workspace/s2', '/workspace/s1']) {
        await open(url);
        hear(sessionIs('failed', { title: '潮汐档案' }), sessionIs('running', { title: '潮汐档案' }));
      }

      expect(options.map((each) => each?.about)).toEqual(['潮汐档案', '潮汐档案', undefined]);
    });

    it('name a session that is not known yet as the update names it', () => {
      const { goal: _goal, config: _config, ...told } = aSession('s2', { status: 'failed', title: '灯塔' });
      hear({ event: 'session.update', session_id: 's2', data: told });

      expect(options[0]?.about).toBe('灯塔');
    });

    it('do not tell an ending that was read after a reconnection', () => {
      TestBed.inject(SessionsStore).openSession('s1');
      live.request('/sessions/s1').flush(aSession('s1', { status: 'running' }));
      hear(sessionIs('running'));
      live.reconnectWithGap();
      live.request('/sessions/s1').flush(aSession('s1', { status: 'completed' }));
      hear(sessionIs('completed', { title: 'Renamed' }));

      expect(toasts).toEqual([]);
    });
  });

  describe('of a task', () => {
    beforeEach(() => open('/tasks'));

    it('tell by its title that it has completed', () => {
      hear(taskUpdated(aTask('t1', { status: 'completed', title: '第 3 章 初稿' })));

      expect(toasts).toEqual([['success', '✅ 任务完成: 第 3 章 初稿']]);
    });

    it('tell by its title that it has failed', () => {
      hear(taskUpdated(aTask('t1', { status: 'failed', title: '大纲' })));

      expect(toasts).toEqual([['error', '❌ 任务失败: 大纲']]);
    });

    it('tell that its text waits for approval, and its completion only when it is approved', () => {
      const waiting = taskUpdated(aTask('t1', { status: 'pending_approval', title: '大纲' }));
      hear(waiting, waiting, taskUpdated(aTask('t1', { status: 'completed', title: '大纲' })));

      expect(toasts).toEqual([
        ['info', '📝 任务待审阅: 大纲'],
        ['success', '✅ 任务完成: 大纲'],
      ]);
    });

    const taskUpdateOf = (id: string, status: TaskUpdate['data']['status']): TaskUpdate => ({
      event: 'task.update',
      data: { task_id: id, status, task_type: 'outline' },
    });
    const typed = (type: string): TaskUpdate => ({
      event: 'task.update',
      data: { task_id: type, status: 'completed', task_type: type },
    });

    it('name its type in the language in use where it has no title', () => {
      hear(typed('outline'));

      expect(toasts).toEqual([['success', '✅ 任务完成: 大纲']]);
    });

    it('name a type they do not know as it is', () => {
      hear(typed('创意脑暴'));

      expect(toasts).toEqual([['success', '✅ 任务完成: 创意脑暴']]);
    });

    it('tell several that have completed by their number and the latest of them', () => {
      hear(typed('outline'));

      expect(options[0]?.joined?.message(25)).toBe('✅ 25 个任务完成，最近一个: 大纲');
    });

    it('join completed ones with completed ones, and not with those that wait or have failed', () => {
      hear(taskUpdateOf('t1', 'completed'));
      hear(taskUpdateOf('t2', 'failed'));
      hear(taskUpdateOf('t3', 'pending_approval'));
      hear(taskUpdateOf('t4', 'completed'));
      const kinds = options.map((each) => each?.joined?.kind);

      expect(new Set(kinds).size).toBe(3);
      expect(kinds[3]).toBe(kinds[0]);
    });

    it('name the session on the page of all tasks', () => {
      hear(sessionIs('running', { title: '潮汐档案' }));
      hear({ ...typed('outline'), session_id: 's1' });

      expect(options[0]?.about).toBe('潮汐档案');
    });

    it('are told on the page of their own session, without its name', async () => {
      await open('/workspace/s1');
      hear(sessionIs('running'), taskUpdated(aTask('t1', { status: 'completed', title: '大纲' })));

      expect(toasts).toEqual([['success', '✅ 任务完成: 大纲']]);
      expect(options[0]?.about).toBeUndefined();
    });

    it('are not told on other pages, nor later on one that tells', async () => {
      const completed = taskUpdated(aTask('t1', { status: 'completed' }));
      for (const url of ['/', '/workspace/s2']) {
        await open(url);
        hear(completed);
      }
      await open('/tasks');
      hear(completed);

      expect(toasts).toEqual([]);
    });

    it('tell the same ending once, and a new one again', () => {
      const completed = taskUpdated(aTask('t1', { status: 'completed' }));
      hear(completed, completed, taskUpdated(aTask('t1', { status: 'running' })), completed);

      expect(toasts.length).toBe(2);
    });
  });

  describe('of errors', () => {
    it('tell in the language of the page what a code means', () => {
      hear({ event: 'error', data: { message: 'The session is running.', code: 'invalid_state' } });

      expect(toasts).toEqual([['error', zh.errors.invalidState]]);
    });

    it('leave it to the page to say that there is no such session', () => {
      hear({ event: 'error', data: { message: 'No such session.', code: 'unknown_session' } });

      expect(toasts).toEqual([]);
    });

    it('tell what a server says that sends no code', () => {
      hear({ event: 'error', data: { message: '没有这个会话' } });

      expect(toasts).toEqual([['error', '没有这个会话']]);
    });

    for (const [what, data] of [
      ['a code that is not known here', { message: 'Something is wrong.', code: 'newer' }],
      ['nothing', { message: '' }],
    ] as const) {
      it(`tell in the language of the page that there was one where the server says ${what}`, () => {
        hear({ event: 'error', data });

        expect(toasts).toEqual([['error', '发生错误']]);
      });
    }

    it('tell why an action was refused', () => {
      notifications.failure(new RestFailure(409, 'not running', 'invalid_state'));

      expect(toasts).toEqual([['error', zh.errors.invalidState]]);
    });

    it('leave it to the sign-in page to tell that one has to sign in', () => {
      notifications.failure(new RestFailure(401, 'no token'));

      expect(toasts).toEqual([]);
    });

    it('tell that the server cannot be reached', () => {
      notifications.failure(new RestFailure(0, 'Http failure response'));

      expect(toasts).toEqual([['error', zh.toasts.unreachable]]);
    });
  });
});
