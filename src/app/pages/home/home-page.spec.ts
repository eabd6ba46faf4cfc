import type { Session } from '@creative-autogpt/protocol';
import { aHealth, aSession, anOverview, aTask, sessionUpdated, taskUpdated } from '../../testing/samples';
import { PageTesting } from '../../testing/page-testing';

const RECENT = '/sessions?page=1&page_size=5';

describe('Home', () => {
  let page: PageTesting;

  beforeEach(async () => {
    page = new PageTesting();
    await page.begin();
    await page.open('/');
  });
  afterEach(() => {
    page.end();
  });

  const answerSessions = async (...items: readonly Session[]): Promise<void> => {
    await page.answer('/overview', anOverview(items.length));
    await page.answer(RECENT, { items, total: items.length, page: 1, page_size: 5 });
  };

  it('shows how much there is', async () => {
    await page.answer('/overview', { ...anOverview(3), characters_written: 12_345 });

    expect(page.text).toContain('12,345');
  });

  it('leads from each status to the sessions that have it', async () => {
    await page.answer('/overview', anOverview(3));

    expect(page.link('Not started 3').getAttribute('href')).toBe('/sessions?status=created');
  });

  it('leads to the tasks that wait for approval, when there are any', async () => {
    const overview = anOverview(1);
    await page.answer('/overview', {
      ...overview,
      tasks: { ...overview.tasks, total: 6, pending_approval: 2 },
    });

    expect(page.link('Tasks to approve 2').getAttribute('href')).toBe('/tasks?status=pending_approval');
  });

  it('shows the newest sessions with the way to their workspaces', async () => {
    await answerSessions(aSession('s1', { title: 'The Tide' }));

    expect(page.link('The Tide').getAttribute('href')).toBe('/workspace/s1');
  });

  it('S3: follows a session without being reloaded', async () => {
    await answerSessions(aSession('s1', { total_tasks: 4 }));
    page.live.say(sessionUpdated(aSession('s1', { status: 'running', total_tasks: 4, completed_tasks: 3 })));

    expect(page.text).toContain('3 of 4 tasks');
  });

  describe('the latest', () => {
    const latest = (): string[] => page.all('app-activity-list li').map(({ innerText }) => innerText);

    it('begins with the sessions that are known', async () => {
      await answerSessions(aSession('s1', { title: 'The Tide', status: 'paused' }));

      expect(latest()).toEqual([jasmine.stringMatching(/The Tide\s*Paused/)]);
    });

    it('tells what happens in any session', async () => {
      await answerSessions(aSession('s1', { title: 'The Tide' }));
      page.live.say(taskUpdated(aTask('t1', { title: 'Chapter 1', status: 'running', day: 2 })));

      expect(latest()[0]).toMatch(/Chapter 1\s*Writing\s*The Tide/);
      expect(page.link('Chapter 1').getAttribute('href')).toBe('/workspace/s1?task=t1');
    });

    it('shows four lines at most, in room that is there from the beginning', async () => {
      const height = (): number => page.all('app-activity-list')[0]?.offsetHeight ?? 0;
      const before = height();
      await answerSessions(...['s1', 's2', 's3', 's4', 's5'].map((id) => aSession(id)));

      expect(latest().length).toBe(4);
      expect(height()).toBe(before);
    });

    it('is not read out by itself', () => {
      expect(page.all('app-activity-list [aria-live], app-activity-list [role]')).toEqual([]);
    });
  });

  it('says that nothing has been written yet', async () => {
    await answerSessions();

    expect(page.text).toContain('The desk is still empty');
  });

  it('says that the offline author writes, when it does', async () => {
    await page.answer('/health', aHealth('offline'));

    expect(page.text).toContain('Demo text');
  });

  it('says nothing of authors when a model writes', async () => {
    await page.answer('/health', aHealth('openai'));

    expect(page.text).not.toContain('Demo text');
  });

  it('offers to try again when the sessions cannot be read', async () => {
    await page.answer('/overview', anOverview(0));
    await page.refuse(RECENT, 500, 'broken');
    page.button('Try again').click();
    await page.answer(RECENT, {
      items: [aSession('s1', { title: 'The Tide' })],
      total: 1,
      page: 1,
      page_size: 5,
    });

    expect(page.text).toContain('The Tide');
  });
});
