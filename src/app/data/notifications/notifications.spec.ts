import { TestBed } from '@angular/core/testing';
import { TranslocoTestingModule } from '@jsverse/transloco';
import type { Session, TaskUpdate } from '@creative-autogpt/protocol';
import { zh } from '../../platform/i18n/zh';
import { injectRealtimeHandlers } from '../realtime/realtime-handlers';
import type { RealtimeMessage } from '@creative-autogpt/realtime';
import { LiveTesting } from '../../testing/live-testing';
import { aSession, aTask, dayOf, sessionUpdated, taskUpdated } from '../../testing/samples';
import { RestFailure } from '../../platform/rest/rest-failure';
import { SessionsStore } from '../sessions/sessions-store';
import { Notifications } from './notifications';
import { type ToastOptions, type Toasts, TOASTS } from '../../platform/toasts';

describe('Notifications', () => {
  let live: LiveTesting;
  let notifications: Notifications;
  let toasts: [string, string][];
  let options: (ToastOptions | undefined)[];

  /** Messages that arrive one after another, each in a turn of its own, and what a page makes of them. */
  const hear = async (...messages: readonly RealtimeMessage[]): Promise<void> => {
    for (const message of messages) {
      live.say(message);
      await Promise.resolve();
    }
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
      providers: [...live.providers, { provide: TOASTS, useValue: fakeToasts }],
    });
    notifications = TestBed.inject(Notifications);
    live.connect();
  });

  const showPage = (): void =>
    TestBed.runInInjectionContext(() =>
      injectRealtimeHandlers({
        onSessionUpdate: (message) => notifications.sessionUpdated(message),
        onTaskUpdate: (message) => notifications.taskUpdated(message),
        onError: (message) => notifications.error(message),
      }),
    );

  describe('of a session', () => {
    it('tell that it has completed', async () => {
      showPage();
      await hear(sessionIs('running'), sessionIs('completed'));

      expect(toasts).toEqual([['success', '🎉 创作任务已完成！']]);
    });

    it('tell that it has failed', async () => {
      showPage();
      await hear(sessionIs('running'), sessionIs('failed'));

      expect(toasts).toEqual([['error', '❌ 创作任务失败，请检查错误信息']]);
    });

    it('tell the same ending once', async () => {
      showPage();
      await hear(sessionIs('running'), sessionIs('completed'), sessionIs('completed'));

      expect(toasts.length).toBe(1);
    });

    it('tell it again when it has run again', async () => {
      showPage();
      await hear(sessionIs('running'), sessionIs('failed'), sessionIs('running'), sessionIs('failed'));

      expect(toasts.length).toBe(2);
    });

    it('tell an ending of which it is the first that is heard', async () => {
      showPage();
      await hear(sessionIs('completed'));

      expect(toasts).toEqual([['success', '🎉 创作任务已完成！']]);
    });

    it('do not tell an ending that was read when the page was opened', async () => {
      TestBed.inject(SessionsStore).openSession('s1');
      live.request('/sessions/s1').flush(aSession('s1', { status: 'completed' }));
      showPage();
      await hear(sessionIs('completed', { title: 'Renamed' }));

      expect(toasts).toEqual([]);
    });

    it('do not tell an old ending when something else has changed', async () => {
      showPage();
      await hear(sessionIs('completed', { completed_at: dayOf(1), updated_at: dayOf(2) }));

      expect(toasts).toEqual([]);
    });

    it('do not tell an ending that happened on a page that tells nobody', async () => {
      await hear(sessionIs('running'), sessionIs('completed'));
      showPage();
      await hear(sessionIs('completed', { title: 'Renamed' }));

      expect(toasts).toEqual([]);
    });

    it('do not tell an ending that was read after a reconnection', async () => {
      TestBed.inject(SessionsStore).openSession('s1');
      live.request('/sessions/s1').flush(aSession('s1', { status: 'running' }));
      showPage();
      await hear(sessionIs('running'));
      live.reconnectWithGap();
      live.request('/sessions/s1').flush(aSession('s1', { status: 'completed' }));
      await hear(sessionIs('completed', { title: 'Renamed' }));

      expect(toasts).toEqual([]);
    });
  });

  describe('of a task', () => {
    it('tell by its title that it has completed', async () => {
      showPage();
      await hear(taskUpdated(aTask('t1', { status: 'completed', title: '第 3 章 初稿' })));

      expect(toasts).toEqual([['success', '✅ 任务完成: 第 3 章 初稿']]);
    });

    it('tell by its title that it has failed', async () => {
      showPage();
      await hear(taskUpdated(aTask('t1', { status: 'failed', title: '大纲' })));

      expect(toasts).toEqual([['error', '❌ 任务失败: 大纲']]);
    });

    it('tell that its text waits for approval, and its completion only when it is approved', async () => {
      showPage();
      const waiting = taskUpdated(aTask('t1', { status: 'pending_approval', title: '大纲' }));
      await hear(waiting, waiting, taskUpdated(aTask('t1', { status: 'completed', title: '大纲' })));

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
      notifications.taskUpdated(typed('outline'));

      expect(toasts).toEqual([['success', '✅ 任务完成: 大纲']]);
    });

    it('name a type they do not know as it is', () => {
      notifications.taskUpdated(typed('创意脑暴'));

      expect(toasts).toEqual([['success', '✅ 任务完成: 创意脑暴']]);
    });

    it('tell several that have completed by their number and the latest of them', () => {
      notifications.taskUpdated(typed('outline'));

      expect(options[0]?.joined?.message(25)).toBe('✅ 25 个任务完成，最近一个: 大纲');
    });

    it('join completed ones with completed ones, and not with those that wait or have failed', () => {
      notifications.taskUpdated(taskUpdateOf('t1', 'completed'));
      notifications.taskUpdated(taskUpdateOf('t2', 'failed'));
      notifications.taskUpdated(taskUpdateOf('t3', 'pending_approval'));
      notifications.taskUpdated(taskUpdateOf('t4', 'completed'));
      const kinds = options.map((each) => each?.joined?.kind);

      expect(new Set(kinds).size).toBe(3);
      expect(kinds[3]).toBe(kinds[0]);
    });

    it('tell the session where the page names it', () => {
      notifications.taskUpdated(typed('outline'), '潮汐档案');

      expect(options[0]?.about).toBe('潮汐档案');
    });

    it('tell the same ending once, and a new one again', async () => {
      showPage();
      const completed = taskUpdated(aTask('t1', { status: 'completed' }));
      await hear(completed, completed, taskUpdated(aTask('t1', { status: 'running' })), completed);

      expect(toasts.length).toBe(2);
    });
  });

  describe('of errors', () => {
    it('tell in the language of the page what a code means', async () => {
      showPage();
      await hear({ event: 'error', data: { message: 'The session is running.', code: 'invalid_state' } });

      expect(toasts).toEqual([['error', zh.errors.invalidState]]);
    });

    it('tell what a server says that sends no code', async () => {
      showPage();
      await hear({ event: 'error', data: { message: '没有这个会话' } });

      expect(toasts).toEqual([['error', '没有这个会话']]);
    });

    for (const [what, data] of [
      ['a code that is not known here', { message: 'Something is wrong.', code: 'newer' }],
      ['nothing', { message: '' }],
    ] as const) {
      it(`tell in the language of the page that there was one where the server says ${what}`, async () => {
        showPage();
        await hear({ event: 'error', data });

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
