import { MatMenuHarness } from '@angular/material/menu/testing';
import type { Session, Task } from '@creative-autogpt/protocol';
import type { RealtimeMessage } from '@creative-autogpt/realtime';
import { aHealth, aSession, aTask, sessionUpdated, taskUpdated } from '../../testing/samples';
import { PageTesting } from '../../testing/page-testing';

const NO_PROGRESS = { total_tasks: 0, completed_tasks: 0 };

describe('Workspace', () => {
  let page: PageTesting;

  beforeEach(async () => {
    page = new PageTesting();
    await page.begin();
  });
  afterEach(() => {
    page.end();
  });

  const open = async (session: Partial<Session>, tasks: readonly Task[] = [], query = ''): Promise<void> => {
    await page.open(`/workspace/s1${query}`);
    await page.answer('/sessions/s1', aSession('s1', { title: 'The Tide', ...session }));
    await page.answer('/sessions/s1/tasks', tasks);
    await page.answer('/sessions/s1/progress', NO_PROGRESS);
  };
  const manuscript = (): string =>
    page
      .all('[data-testid=manuscript]')
      .map((text) => text.innerText)
      .join();
  const buttons = (): string[] =>
    page
      .all('[role=group][aria-label="Session controls"] > button')
      .map((button) => button.getAttribute('aria-label') ?? button.innerText.trim());
  const chunk = (index: number, text: string): RealtimeMessage => ({
    event: 'task.chunk',
    session_id: 's1',
    data: { task_id: 't2', index, text },
  });

  const outline = aTask('t1', { title: 'Outline', status: 'completed', result: 'A plan.', position: 0 });
  const draft = aTask('t2', { title: 'Chapter 1', status: 'running', position: 1, chapter_index: 1 });

  describe('of a session', () => {
    it('names the page and the document after it', async () => {
      await open({});

      expect(page.all('h1').map((heading) => heading.innerText)).toEqual(['The Tide']);
      expect(document.title).toBe('The Tide · Creative AutoGPT');
    });

    it('says that it is damaged, and offers to export what is left, then to delete it', async () => {
      await open({ status: 'failed', damaged: true, error: 'The stored record of this session is damaged.' });

      expect(page.text).toContain('Saved data is damaged');
      expect(page.text).toContain('Export it before you delete it');
      expect(page.all('.desk, .banner')).toEqual([]);
      expect(buttons()).toEqual(['Export', 'Delete']);
      const exports = await page.loader.getHarness(MatMenuHarness);
      await exports.open();
      await exports.clickItem({ text: 'Data (.json)' });

      expect((await page.request('/sessions/s1/export', 'POST')).request.body).toEqual({ format: 'json' });
    });

    it('says that a text is damaged, in the language of the page', async () => {
      await open({}, [
        aTask('t1', { status: 'failed', damaged: true, error: 'The stored record is damaged.' }),
      ]);

      expect(page.text).toContain('The saved data of this text is damaged.');
      expect(page.text).not.toContain('The stored record');
    });

    it('offers to go on with a completed work while a text of it is damaged, and only then', async () => {
      await open({ status: 'completed' }, [{ ...outline, status: 'failed', damaged: true }]);
      const damaged = buttons();
      page.live.say(taskUpdated({ ...outline, damaged: false }));

      expect(damaged).toContain('Continue writing');
      expect(buttons()).not.toContain('Continue writing');
    });

    it('shows what is left of a damaged text', async () => {
      await open({}, [aTask('t1', { status: 'failed', damaged: true, result: 'Night fell.' })]);

      expect(manuscript()).toContain('Night fell.');
      expect(manuscript()).toContain('The saved data of this text is damaged.');
    });

    it('says that there is none, with the way back', async () => {
      await page.open('/workspace/s1');
      await page.refuse('/sessions/s1', 404, 'There is no session s1.');

      expect(page.text).toContain('Session not found');
      expect(page.toasts.shown).toEqual([]);
    });

    it('says while a task is written that the offline author writes it', async () => {
      await open({ status: 'running' }, [outline, draft]);
      await page.answer('/health', aHealth('offline'));
      page.button('Details').click();

      expect(page.text).toContain('Offline author');
    });

    it('S8: says once why it failed, and what the server said in details', async () => {
      const reason = { error: 'LLM_API_KEY (401)', error_code: 'author_unauthorized' };
      await open({ status: 'failed', ...reason }, [outline, { ...draft, status: 'failed', ...reason }]);

      expect(page.all('[role=alert]').map((alert) => alert.innerText.replace(/\s+/g, ' '))).toEqual([
        'Writing failed The model does not accept the key of this server. Ask the administrator to check it. Details',
      ]);
      expect(page.text).not.toContain('LLM_API_KEY');
      page.all('summary')[0]?.click();
      expect(page.text).toContain('LLM_API_KEY (401)');
    });

    it('says what the model is waited for, and until when', async () => {
      const until = '2026-01-01T10:05:00.000Z';
      await open({ status: 'running' }, [
        outline,
        { ...draft, status: 'running', waiting: { reason: 'loading', until } },
      ]);

      expect(page.text).toMatch(/The model is loading\. Next try at \d+:05/u);
    });

    it('says nothing about a wait that is newer than itself', async () => {
      await open({ status: 'running' }, [
        { ...draft, status: 'running', waiting: { reason: 'dreaming', until: null } },
      ]);

      expect(page.text).not.toContain('Next try');
    });

    it('S8: says something general about a reason it does not know', async () => {
      await open({ status: 'failed', error: 'The moon is wrong.', error_code: 'author_moonstruck' });

      expect(page.text).toContain('This text could not be written.');
    });

    it('S20: says that it waits for approval, and not that it is written', async () => {
      await open({ status: 'running', pending_approval_tasks: 1 }, [
        { ...draft, status: 'pending_approval', result: 'It rained.' },
      ]);

      expect(page.all('header app-status-badge').map((badge) => badge.innerText)).toContain('Needs approval');
      expect(page.all('header app-status-badge').map((badge) => badge.innerText)).not.toContain('Writing');
    });

    it('opens a finished work at its beginning', async () => {
      await open({ status: 'completed' }, [
        outline,
        { ...draft, status: 'completed', result: 'It rained.' },
        aTask('t3', { task_type: 'synopsis', status: 'completed', result: 'They lived.', position: 2 }),
      ]);

      expect(manuscript()).toContain('It rained.');
    });
  });

  describe('the controls', () => {
    const offered: readonly [Session['status'], readonly string[]][] = [
      ['created', ['Start']],
      ['running', ['Pause', 'Stop']],
      ['paused', ['Resume', 'Stop']],
      ['completed', []],
      ['failed', ['Try again']],
      ['stopped', ['Continue writing']],
    ];
    for (const [status, commands] of offered) {
      it(`offer what a ${status} session allows`, async () => {
        await open({ status });

        expect(buttons()).toEqual([...commands, 'Export', 'More actions']);
      });
    }

    it('S6: pause, and then offer to resume under the same focus', async () => {
      await open({ status: 'running' });
      const pause = page.button('Pause');
      pause.focus();
      pause.click();
      await page.answer(
        '/sessions/s1/pause',
        { success: true, message: '', data: aSession('s1', { status: 'paused', day: 2 }) },
        'POST',
      );
      await page.untilText('Resume');

      expect(document.activeElement).toBe(page.button('Resume'));
    });

    it('tell why a command was refused', async () => {
      await open({ status: 'running' });
      page.button('Stop').click();
      await page.refuse('/sessions/s1/stop', 409, 'It is not running.', 'POST');
      await page.until(() => page.toasts.shown.length > 0);

      expect(page.toasts.shown).toEqual(['The status has changed, so this is not possible now.']);
    });

    it('ask for the work in a format', async () => {
      await open({});
      const [exports] = await page.loader.getAllHarnesses(MatMenuHarness);
      await exports?.open();
      await exports?.clickItem({ text: /Markdown/ });

      expect((await page.request('/sessions/s1/export', 'POST')).request.body).toEqual({ format: 'md' });
    });
  });

  describe('the progress', () => {
    it('counts what is done and names what is being written', async () => {
      await open({ status: 'running' });
      page.live.say({
        event: 'progress.update',
        session_id: 's1',
        data: { total_tasks: 4, completed_tasks: 1, current_task: 'Chapter 1', current_task_id: 't2' },
      });

      expect(page.one('[role=progressbar]', 'Writing progress').getAttribute('aria-valuenow')).toBe('25');
      expect(page.text).toContain('Now writing: Chapter 1');
    });
  });

  describe('the plan', () => {
    it('shows every task with its status', async () => {
      await open({ status: 'running' }, [outline, draft]);

      expect(
        page.all('[data-testid=task]').map(({ dataset }) => [dataset['taskId'], dataset['status']]),
      ).toEqual([
        ['t1', 'completed'],
        ['t2', 'running'],
      ]);
    });

    it('S3: grows as tasks are planned', async () => {
      await open({ status: 'running' });
      page.live.say(taskUpdated(outline), taskUpdated(draft));

      expect(page.all('[data-testid=task]').length).toBe(2);
    });
  });

  describe('the manuscript', () => {
    it('S5: goes on where the text was when the page was opened', async () => {
      await open({ status: 'running' }, [outline, draft]);
      page.live.say(
        {
          event: 'subscribed',
          session_id: 's1',
          data: {
            session: aSession('s1', { title: 'The Tide', status: 'running' }),
            progress: NO_PROGRESS,
            writing: { task_id: 't2', index: 3, text: 'It was ' },
          },
        },
        chunk(3, 'a dark night.'),
      );

      expect(manuscript()).toContain('It was a dark night.');
    });

    it('follows from task to task', async () => {
      await open({ status: 'running' }, [outline, draft]);
      page.live.say(
        taskUpdated({ ...draft, status: 'completed', result: 'The end.' }),
        taskUpdated(aTask('t3', { title: 'Chapter 2', status: 'running', position: 2 })),
      );

      expect(page.all('app-manuscript h2').map((heading) => heading.innerText)).toEqual(['Chapter 2']);
    });

    it('stays with the task that the reader chose, with a way to the live one', async () => {
      await open({ status: 'running' }, [outline, draft]);
      page.all('[data-task-id=t1] button')[0]?.click();
      await page.until(() => page.address === '/workspace/s1?task=t1');
      expect(manuscript()).toContain('A plan.');

      page.button('Watch the task being written').click();
      await page.until(() => page.address === '/workspace/s1');

      expect(page.all('app-manuscript h2').map((heading) => heading.innerText)).toEqual(['Chapter 1']);
    });

    it('sets Markdown, and nothing that could run', async () => {
      const result = '# Title\n\nSome *words*.\n\n<img src="x" onerror="alert(1)">';
      await open({ status: 'completed' }, [{ ...outline, result }]);
      const [text] = page.all('[data-testid=manuscript]');

      expect(text?.querySelector('h3')?.textContent).toBe('Title');
      expect(text?.querySelector('em')?.textContent).toBe('words');
      expect(text?.querySelector('[onerror]')).toBeNull();
    });

    it('reads all finished chapters as one', async () => {
      const chapter = (index: number): Task =>
        aTask(`t${index}`, {
          status: 'completed',
          result: `Text ${index}.`,
          chapter_index: index,
          position: index,
        });
      await open({ status: 'completed' }, [chapter(1), chapter(2)], '?task=whole');

      expect(manuscript()).toMatch(/Text 1\.\s+Text 2\./);
    });
  });

  it('shows how a finished text was judged', async () => {
    const evaluation = {
      passed: true,
      score: 0.8,
      dimension_scores: { length: { score: 0.9, value: 1000, unit: 'words', target: 1100 } },
    };
    await open({ status: 'completed' }, [{ ...outline, evaluation }]);

    expect(page.one('[role=meter]', 'Length').getAttribute('aria-valuenow')).toBe('90');
    expect(page.all('app-task-evaluation').map(({ textContent }) => textContent)).toEqual([
      jasmine.stringContaining('Length 1,000 words (aim for 1,100 words)'),
    ]);
  });

  it('says of a text below the pass mark that it is completed all the same', async () => {
    await open({ status: 'completed' }, [{ ...outline, evaluation: { passed: false, score: 0.4 } }]);

    expect(page.all('app-task-evaluation').map(({ innerText }) => innerText)).toEqual([
      jasmine.stringMatching(/Below the pass mark[^]*The task is completed/),
    ]);
  });

  it('lists what happens to tasks', async () => {
    await open({ status: 'running' }, [{ ...draft, status: 'running' }]);
    page.live.say(
      taskUpdated({
        ...draft,
        status: 'completed',
        result: 'The end.',
        updated_at: new Date().toISOString(),
      }),
    );

    expect(page.all('app-activity-list li').map((line) => line.innerText)).toEqual([
      jasmine.stringMatching(/Chapter 1\s*Completed\s*just now/),
      jasmine.stringMatching(/Chapter 1\s*Writing/),
    ]);
  });

  describe('a toast', () => {
    it('tells the end of this session', async () => {
      await open({ status: 'running' });
      page.live.say(sessionUpdated(aSession('s1', { status: 'completed' })));

      expect(page.toasts.shown).toEqual(['🎉 The work is complete!']);
    });

    it('names another session whose end it tells', async () => {
      await open({ status: 'running' });
      const other = { title: 'The Ebb', status: 'running' } as const;
      page.live.say(sessionUpdated(aSession('s2', other)));
      page.live.say(sessionUpdated(aSession('s2', { ...other, status: 'completed' })));

      expect(page.toasts.shown).toEqual(['🎉 The work is complete!']);
      expect(page.toasts.about).toEqual(['The Ebb']);
    });

    it('tells nothing of the tasks of other sessions', async () => {
      await open({ status: 'running' });
      page.live.say(taskUpdated(aTask('t9', { session_id: 's2', status: 'completed' })));

      expect(page.toasts.shown).toEqual([]);
    });

    it('tells what the server could not do', async () => {
      await open({ status: 'running' });
      page.live.say({ event: 'error', data: { message: 'Broken.', code: 'internal' } });

      expect(page.toasts.shown).toEqual(['Something went wrong on the server. Please try again later.']);
    });

    it('tells why the text is not followed, unless the page itself says that there is no such session', async () => {
      await open({ status: 'running' });
      const refuse = (code: string): void => {
        page.live.socket
          .expectSent(({ event, session_id: id }) => event === 'subscribe' && id === 's1')
          .refuse({ code, message: 'For developers.' });
      };
      refuse('unknown_session');
      expect(page.toasts.shown).toEqual([]);

      page.live.reconnect();
      refuse('internal');
      expect(page.toasts.shown).toEqual(['Something went wrong on the server. Please try again later.']);
    });
  });
});
