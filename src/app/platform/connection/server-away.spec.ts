import { TestBed } from '@angular/core/testing';
import { MatMenuHarness } from '@angular/material/menu/testing';
import type { Session, Task } from '@creative-autogpt/protocol';
import { RealtimeService } from '@creative-autogpt/realtime';
import { aSession, aTask } from '../../testing/samples';
import { PageTesting } from '../../testing/page-testing';

const NOTE = 'The server cannot be reached. What you see was loaded before; changes have to wait.';
const GO_ON = 'You can go on once it is back.';

describe('While the server is away', () => {
  let page: PageTesting;

  beforeEach(async () => {
    page = new PageTesting();
    await page.begin();
  });
  afterEach(() => {
    page.end();
  });

  const loseServer = (): void => TestBed.inject(RealtimeService).disconnect();
  const fail = async (url: string): Promise<void> => {
    (await page.request(url)).error(new ProgressEvent('error'));
    TestBed.tick();
  };
  const notes = (): number => page.all('app-away-note').filter((note) => !note.hidden).length;
  const titles = (): string[] => page.all('app-session-card .title').map(({ innerText }) => innerText);
  const isDisabled = (name: string): boolean => {
    const button = page.button(name);
    return button.matches('[disabled], [aria-disabled=true]');
  };
  const answerSessions = (url: string, ...items: readonly Session[]): Promise<void> =>
    page.answer(url, { items, total: items.length, page: 1, page_size: 12 });

  describe('the sessions', () => {
    const FIRST = '/sessions?page=1&page_size=12';
    const running = aSession('s1', { title: 'The Tide', status: 'running', day: 2 });
    const paused = aSession('s2', { title: 'The Ebb', status: 'paused' });

    beforeEach(async () => {
      await page.open('/sessions');
      await answerSessions(FIRST, running, paused);
    });

    it('stay, with a note that they are from before', () => {
      expect(page.text).not.toContain(NOTE);
      loseServer();

      expect(page.text).toContain(NOTE);
      expect(titles()).toEqual(['The Tide', 'The Ebb']);
    });

    it('are narrowed to a status from what is known', async () => {
      loseServer();
      await page.open('/sessions?status=paused');
      await fail(`${FIRST}&status_filter=paused`);

      expect(titles()).toEqual(['The Ebb']);
    });

    it('are not passed off as a page that nobody has read', async () => {
      loseServer();
      await page.open('/sessions?page=2');
      await fail('/sessions?page=2&page_size=12');

      expect(titles()).toEqual([]);
      expect(page.text).toContain('This could not be loaded');
    });

    it('are the recent ones of the first page too', async () => {
      loseServer();
      await page.open('/');
      await fail('/overview');
      await fail('/sessions?page=1&page_size=5');

      expect(titles()).toEqual(['The Tide', 'The Ebb']);
    });

    it('say nothing of what was loaded before where nothing was', async () => {
      TestBed.resetTestingModule();
      page = new PageTesting();
      await page.begin();
      await page.open('/');
      loseServer();
      await fail('/overview');
      await fail('/sessions?page=1&page_size=5');

      expect(page.text).toContain('This could not be loaded');
      expect(notes()).toBe(0);
    });

    it('stay when the server answers but cannot read them, with a notice above', async () => {
      page.live.reconnectWithGap();
      await page.refuse(FIRST, 500, 'broken');

      expect(titles()).toEqual(['The Tide', 'The Ebb']);
      expect(page.all('app-notice.above').length).toBe(1);
    });
  });

  describe('the tasks', () => {
    const FIRST = '/tasks?page=1&page_size=20';
    const written = aTask('t1', { title: 'Outline', status: 'completed' });

    it('are narrowed to a status from what is known', async () => {
      await page.open('/tasks');
      await page.answer(FIRST, { items: [written, aTask('t2')], total: 2, page: 1, page_size: 20 });
      loseServer();
      await page.open('/tasks?status=completed');
      await fail(`${FIRST}&status_filter=completed`);

      expect(page.all('[data-testid=task]').map(({ dataset }) => dataset['taskId'])).toEqual(['t1']);
    });

    it('say once that the server is away, also where one is open beside the list', async () => {
      await page.open('/tasks');
      await page.answer(FIRST, { items: [written], total: 1, page: 1, page_size: 20 });
      await page.open('/tasks/t1');
      await page.answer('/tasks/t1', { ...written, result: 'Night.' });
      loseServer();

      expect(notes()).toBe(1);
      await page.open('/tasks');

      expect(notes()).toBe(1);
    });

    it('say of one that could not be read nothing about the list', async () => {
      await page.open('/tasks');
      await page.answer(FIRST, { items: [written], total: 1, page: 1, page_size: 20 });
      await page.open('/tasks/t1');
      await page.refuse('/tasks/t1', 500, 'broken');

      expect(page.all('app-task-details app-notice').length).toBe(1);
      expect(page.all('.list app-notice')).toEqual([]);
    });

    it('say that a text could not be loaded, and not that there is none', async () => {
      await page.open('/tasks');
      await page.answer(FIRST, { items: [written], total: 1, page: 1, page_size: 20 });
      await page.open('/tasks/t1');
      await fail('/tasks/t1');

      expect(page.text).toContain('This could not be loaded');
      expect(page.text).not.toContain('has not written any text');
    });
  });

  describe('the workspace', () => {
    const open = async (session: Partial<Session>, ...tasks: readonly Task[]): Promise<void> => {
      await page.open('/workspace/s1');
      await page.answer('/sessions/s1', aSession('s1', session));
      await page.answer('/sessions/s1/tasks', tasks);
      await page.answer('/sessions/s1/progress', { total_tasks: 1, completed_tasks: 0 });
    };

    it('offers no command, says why, and offers them again once the server is back', async () => {
      await open({ status: 'running' });
      loseServer();

      expect(page.text).toContain(NOTE);
      expect([isDisabled('Pause'), isDisabled('Stop')]).toEqual([true, true]);
      page.live.connect();

      expect(page.text).not.toContain(NOTE);
      expect([isDisabled('Pause'), isDisabled('Stop')]).toEqual([false, false]);
    });

    it('says it once where its plan could not be read either', async () => {
      await page.open('/workspace/s1');
      await page.answer('/sessions/s1', aSession('s1', { status: 'running' }));
      await fail('/sessions/s1/tasks');
      loseServer();

      expect(page.text).toContain('The server cannot be reached. Make sure it is running');
      expect(notes()).toBe(0);
    });

    it('sends no command that is pressed all the same', async () => {
      await open({ status: 'running' });
      loseServer();
      page.button('Pause').click();
      await page.untilText(NOTE);

      expect(page.live.asked('/sessions/s1/pause')).toBe(0);
    });

    it('offers no export', async () => {
      await open({ status: 'completed' });
      loseServer();
      const [exports] = await page.loader.getAllHarnesses(MatMenuHarness);
      await exports?.open();
      const [first] = (await exports?.getItems()) ?? [];

      expect(await first?.isDisabled()).toBe(true);
    });

    it('keeps a decision, says so, and sends it once the server is back', async () => {
      await open({ status: 'running' }, aTask('t1', { status: 'pending_approval', result: 'Night.' }));
      loseServer();
      page.button('Approve').click();

      expect(page.text).toContain('“Approve” will be sent when the connection is back.');
      expect(isDisabled('Reject')).toBe(true);
      page.live.connect();

      expect(page.live.socket.expectSent('approve').message['data']).toEqual({
        task_id: 't1',
        action: 'approve',
      });
      expect(page.text).not.toContain('will be sent when the connection is back');
    });

    it('tells when a decision that waited is refused, also on another page', async () => {
      await open({ status: 'running' }, aTask('t1', { status: 'pending_approval', result: 'Night.' }));
      loseServer();
      page.button('Approve').click();
      await page.open('/no/such/page');
      page.live.connect();
      page.live.socket.expectSent('approve').refuse({ code: 'invalid_state', message: 'It is completed.' });
      await page.until(() => page.toasts.shown.length > 0);

      expect(page.toasts.shown).toEqual(['The status has changed, so this is not possible now.']);
    });

    it('keeps a note to the author, says so, and sends it once the server is back', async () => {
      await open({ status: 'running' });
      page.button('Details').click();
      loseServer();
      page.type('Message', 'Less rain.');
      page.button('Send').click();

      expect(page.text).toContain('This will be sent when the connection is back.');
      expect(isDisabled('Send')).toBe(true);
      page.live.connect();

      expect(page.live.socket.expectSent('feedback').message['data']).toEqual({ message: 'Less rain.' });
    });

    it('sends no command later that was pressed meanwhile', async () => {
      await open({ status: 'running' });
      loseServer();
      page.button('Pause').click();
      page.button('Stop').click();
      page.live.connect();

      expect(page.live.heard().filter(({ event }) => ['pause', 'stop'].includes(event))).toEqual([]);
      expect([page.live.asked('/sessions/s1/pause'), page.live.asked('/sessions/s1/stop')]).toEqual([0, 0]);
    });
  });

  describe('a dialog', () => {
    const opens = (): Promise<void> =>
      page.until(
        () => page.all('mat-dialog-container').length === 1 && page.all('.mat-mdc-menu-panel').length === 0,
      );
    const choose = async (action: string): Promise<void> => {
      await page.open('/sessions');
      await answerSessions('/sessions?page=1&page_size=12', aSession('s1', { title: 'The Tide' }));
      const menu = await page.loader.getHarness(MatMenuHarness);
      await menu.open();
      await menu.clickItem({ text: action });
      await opens();
    };

    it('for a new session takes the wishes, and sends them once the server is back', async () => {
      await page.open('/');
      page.button('New session').click();
      await opens();
      loseServer();
      page.type('Title', 'The Tide');

      expect(page.text).toContain(GO_ON);
      expect(isDisabled('Create and start')).toBe(true);
      page.live.connect();
      page.button('Create and start').click();

      expect((await page.request('/sessions', 'POST')).request.body).toEqual(
        jasmine.objectContaining({ title: 'The Tide' }),
      );
    });

    it('says that a session cannot be renamed now', async () => {
      await choose('Rename');
      loseServer();

      expect(page.text).toContain(GO_ON);
      expect(isDisabled('Save')).toBe(true);
    });

    it('says that a session cannot be deleted now', async () => {
      await choose('Delete');
      loseServer();

      expect(page.text).toContain(GO_ON);
      expect(isDisabled('Delete')).toBe(true);
    });
  });
});
