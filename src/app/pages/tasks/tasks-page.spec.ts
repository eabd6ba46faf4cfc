import type { Task } from '@creative-autogpt/protocol';
import { aSession, aTask, dayOf, taskUpdated } from '../../testing/samples';
import { PageTesting } from '../../testing/page-testing';

const FIRST = '/tasks?page=1&page_size=20';

describe('Tasks', () => {
  let page: PageTesting;

  beforeEach(async () => {
    page = new PageTesting();
    await page.begin('zh');
  });
  afterEach(() => {
    page.end();
  });

  const open = async (url: string, query: string, ...items: readonly Task[]): Promise<void> => {
    await page.open(url);
    await page.answer(query, { items, total: items.length, page: 1, page_size: 20 });
  };
  const rows = () =>
    page.all('[data-testid=task]').map((row) => [row.dataset['taskId'], row.dataset['status']]);

  it('shows tasks of all sessions', async () => {
    await open('/tasks', FIRST, aTask('t1', { day: 2 }), aTask('t2', { session_id: 's2', day: 1 }));

    expect(rows()).toEqual([
      ['t1', 'pending'],
      ['t2', 'pending'],
    ]);
  });

  it('names the session of each task', async () => {
    await open('/tasks', FIRST, aTask('t1'));
    await page.answer('/sessions/s1', aSession('s1', { title: '潮汐' }));

    expect(page.text).toContain('潮汐');
  });

  it('asks once for the session of many tasks', async () => {
    await open('/tasks', FIRST, aTask('t1', { day: 2 }), aTask('t2', { day: 1 }));
    await page.answer('/sessions/s1', aSession('s1', { title: '潮汐' }));

    expect(page.live.asked('/sessions/s1')).toBe(0);
  });

  it('names the sessions of tasks once the server can be reached again', async () => {
    await open('/tasks', FIRST, aTask('t1'));
    await page.refuse('/sessions/s1', 503, 'busy');
    page.live.reconnect();
    await page.answer('/sessions/s1', aSession('s1', { title: '潮汐' }));

    expect(page.text).toContain('潮汐');
  });

  it('goes back to the last page when its own is no more', async () => {
    await page.open('/tasks?page=3');
    await page.answer('/tasks?page=3&page_size=20', { items: [], total: 21, page: 3, page_size: 20 });
    await page.until(() => page.address === '/tasks?page=2');

    expect(page.address).toBe('/tasks?page=2');
  });

  it('asks for the page and the status that the address names', async () => {
    await open(
      '/tasks?page=2&status=failed',
      '/tasks?page=2&page_size=20&status_filter=failed',
      aTask('t1', { status: 'failed' }),
    );

    expect(rows()).toEqual([['t1', 'failed']]);
  });

  describe('what is written now', () => {
    const running = (): string[] => page.all('app-activity-list li').map(({ innerText }) => innerText);

    it('is known of the list, whichever status it shows', async () => {
      await open('/tasks', FIRST, aTask('t1', { title: '大纲', status: 'running' }), aTask('t2'));

      expect(running()).toEqual([jasmine.stringMatching(/大纲\s*写作中/)]);
    });

    it('is followed, and said to be nothing in the end', async () => {
      await open('/tasks', FIRST);
      page.live.say(taskUpdated(aTask('t1', { title: '大纲', status: 'running' })));
      expect(running()).toEqual([jasmine.stringMatching(/大纲\s*写作中/)]);
      page.live.say(taskUpdated(aTask('t1', { title: '大纲', status: 'completed', day: 2 })));

      expect(running()).toEqual(['现在没有正在写的任务。']);
    });
  });

  it('S3: follows a task, and tells its end', async () => {
    await open('/tasks', FIRST, aTask('t1', { title: '第 1 章 初稿', status: 'running' }));
    page.live.say(
      taskUpdated(aTask('t1', { title: '第 1 章 初稿', status: 'completed', result: '完。', day: 2 })),
    );

    expect(rows()).toEqual([['t1', 'completed']]);
    expect(page.toasts.shown).toEqual(['✅ 任务完成: 第 1 章 初稿']);
  });

  it('S8: tells that a task failed', async () => {
    await open('/tasks', FIRST, aTask('t1', { title: '第 1 章 初稿', status: 'running' }));
    page.live.say(
      taskUpdated(aTask('t1', { title: '第 1 章 初稿', status: 'failed', error: '不行', day: 2 })),
    );

    expect(page.toasts.shown).toEqual(['❌ 任务失败: 第 1 章 初稿']);
  });

  it('names the session in what it tells of a task', async () => {
    await open('/tasks', FIRST, aTask('t1', { status: 'running' }));
    await page.answer('/sessions/s1', aSession('s1', { title: '潮汐' }));
    page.live.say(taskUpdated(aTask('t1', { status: 'completed', day: 2 })));

    expect(page.toasts.about).toEqual(['潮汐']);
  });

  it('opens a task with its text beside the list', async () => {
    await open('/tasks', FIRST, aTask('t1', { title: '大纲', status: 'completed' }));
    page.all('[data-task-id=t1] a')[0]?.click();
    await page.answer(
      '/tasks/t1',
      aTask('t1', { title: '大纲', status: 'completed', result: '从前有座山。' }),
    );

    expect(page.address).toBe('/tasks/t1');
    expect(page.text).toContain('从前有座山。');
  });

  it('leads from a task to its place in the workspace', async () => {
    await page.open('/tasks/t1');
    await page.answer('/tasks/t1', aTask('t1'));

    expect(page.link('在工作台打开').getAttribute('href')).toBe('/workspace/s1?task=t1');
  });

  it('S20: decides about a task that waits for approval, and gives the focus to its heading', async () => {
    const waiting = aTask('t1', { title: '大纲', status: 'pending_approval', result: '从前有座山。' });
    await page.open('/tasks/t1');
    await page.answer('/tasks/t1', waiting);
    expect(page.text).toContain('从前有座山。');
    const approve = page.button('通过');
    approve.focus();
    approve.click();
    page.live.socket.expectSent('approve').acknowledge();
    page.live.say(taskUpdated({ ...waiting, status: 'completed', updated_at: dayOf(2) }));
    await page.until(() => page.all('app-approval-panel').length === 0);

    expect(document.activeElement).toBe(page.all('app-task-details h2')[0] ?? null);
  });

  it('says that there is no such task', async () => {
    await page.open('/tasks/t1');
    await page.answer(FIRST, { items: [], total: 0, page: 1, page_size: 20 });
    await page.refuse('/tasks/t1', 404, 'There is no task t1.');

    expect(page.text).toContain('找不到这个任务');
    expect(page.all('.list app-notice')[0]?.textContent).toContain('还没有任务');
  });

  it('says that nothing has been planned yet', async () => {
    await open('/tasks', FIRST);

    expect(page.text).toContain('还没有任务');
  });
});
