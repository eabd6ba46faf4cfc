import type { Session, Task } from '@creative-autogpt/protocol';
import type { RealtimeMessage } from '@creative-autogpt/realtime';
import { aSession, aTask, sessionUpdated, taskUpdated } from '../../testing/samples';
import { PageTesting } from '../../testing/page-testing';

const UNFINISHED = 'Unfinished: the author stopped here';
const LONG_TEXT = 'It was a dark night.\n\n'.repeat(200);

describe('A reader in the workspace', () => {
  let page: PageTesting;

  beforeEach(async () => {
    page = new PageTesting();
    await page.begin();
  });
  afterEach(() => {
    page.end();
  });

  const openWithoutPlan = async (session: Partial<Session>, query = ''): Promise<void> => {
    await page.open(`/workspace/s1${query}`);
    await page.answer('/sessions/s1', aSession('s1', { title: 'The Tide', ...session }));
  };
  const open = async (session: Partial<Session>, tasks: readonly Task[]): Promise<void> => {
    await openWithoutPlan(session);
    await page.answer('/sessions/s1/tasks', tasks);
  };
  const manuscript = (): string =>
    page
      .all('[data-testid=manuscript]')
      .map((text) => text.innerText)
      .join();
  const headings = (): string[] => page.all('app-manuscript h2').map((heading) => heading.innerText);
  const chunk = (index: number, text: string): RealtimeMessage => ({
    event: 'task.chunk',
    session_id: 's1',
    data: { task_id: 't2', index, text },
  });

  const outline = aTask('t1', { title: 'Outline', status: 'completed', result: 'A plan.', position: 0 });
  const draft = aTask('t2', { title: 'Chapter 1', status: 'running', position: 1, chapter_index: 1 });

  describe('while the plan is on its way', () => {
    it('is told so, and nothing of an empty plan or of nothing written', async () => {
      await openWithoutPlan({ status: 'completed', completed_tasks: 1, total_tasks: 1 });

      expect(manuscript()).toContain('Opening the session');
      expect(page.text).not.toContain('Nothing is written yet');
      expect(page.text).not.toContain('The plan appears here');
    });

    it('sees no part of it that other pages know, without its texts', async () => {
      page.live.say(taskUpdated({ ...outline, result: undefined }));
      await openWithoutPlan({ status: 'completed' });

      expect(page.all('[data-testid=task]')).toEqual([]);
      expect(manuscript()).toContain('Opening the session');
    });

    it('is told that it cannot be read, and has it read again', async () => {
      await openWithoutPlan({ status: 'completed' });
      await page.refuse('/sessions/s1/tasks', 500, 'The disk is full.');
      expect(manuscript()).toContain('Try again');
      expect(page.text).not.toContain('Nothing is written yet');
      page.button('Try again').click();
      await page.answer('/sessions/s1/tasks', [outline]);

      expect(manuscript()).toContain('A plan.');
    });

    it('is told the same of the whole work', async () => {
      await openWithoutPlan({ status: 'completed' }, '?task=whole');
      expect(manuscript()).toContain('Opening the session');
      await page.refuse('/sessions/s1/tasks', 500, 'The disk is full.');

      expect(manuscript()).toContain('Try again');
    });
  });

  describe('of a text that comes to no end', () => {
    for (const [command, status] of [
      ['pause', 'paused'],
      ['stop', 'stopped'],
    ] as const) {
      it(`S6: keeps what was written, as unfinished, after ${command}`, async () => {
        await open({ status: 'running' }, [outline, draft]);
        page.live.say(chunk(0, 'It was '));
        page.live.say(
          taskUpdated({ ...draft, status: 'pending' }),
          sessionUpdated(aSession('s1', { title: 'The Tide', status })),
        );

        expect(headings()).toEqual(['Chapter 1']);
        expect(manuscript()).toMatch(new RegExp(`It was\\s+${UNFINISHED}`));
      });
    }

    it('S6: keeps it until the next attempt begins', async () => {
      await open({ status: 'running' }, [outline, draft]);
      page.live.say(chunk(0, 'It was '));
      page.live.say(taskUpdated({ ...draft, status: 'pending' }));
      page.live.say(taskUpdated(draft));
      expect(manuscript()).toMatch(/It was\s+The author is about to begin/);
      page.live.say(chunk(0, 'Never mind.'));

      expect(manuscript().trim()).toBe('Never mind.');
    });

    it('keeps what was written of a task that failed, and is told why', async () => {
      await open({ status: 'running' }, [outline, draft]);
      page.live.say(chunk(0, 'It was '));
      page.live.say(taskUpdated({ ...draft, status: 'failed', error: 'The model refused.' }));

      expect(manuscript()).toContain('It was');
      expect(manuscript()).toContain('This text could not be written');
    });
  });

  describe('of a text that another one follows', () => {
    /** Shows a text that is being written and longer than the sheet, and scrolls up in it. */
    const scrollUp = async (): Promise<void> => {
      await open({ status: 'running' }, [outline, draft]);
      page.live.say(chunk(0, LONG_TEXT));
      const scroller = page.one('[role=region]', 'Manuscript');
      await page.until(() => scroller.scrollTop > 500);
      scroller.scrollTop = 400;
      await page.until(() => page.all('.follow').length > 0);
    };
    const next = aTask('t3', { title: 'Chapter 2', status: 'running', position: 2 });

    it('stays with it after scrolling up, with a way to the live one', async () => {
      await scrollUp();
      page.live.say(taskUpdated({ ...draft, status: 'completed', result: LONG_TEXT }), taskUpdated(next));
      expect(headings()).toEqual(['Chapter 1']);
      page.button('Watch the task being written').click();

      expect(headings()).toEqual(['Chapter 2']);
    });

    it('stays with it also at its end, once it is finished', async () => {
      await scrollUp();
      page.live.say(taskUpdated({ ...draft, status: 'completed', result: LONG_TEXT }), taskUpdated(next));
      const scroller = page.one('[role=region]', 'Manuscript');
      scroller.scrollTop = scroller.scrollHeight;
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);

      expect(headings()).toEqual(['Chapter 1']);
    });

    it('is taken along after coming back to the end while it was written', async () => {
      await scrollUp();
      page.all('.follow')[0]?.click();
      page.live.say(taskUpdated({ ...draft, status: 'completed', result: LONG_TEXT }), taskUpdated(next));

      expect(headings()).toEqual(['Chapter 2']);
    });
  });
});
