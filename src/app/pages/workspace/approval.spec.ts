import type { Session, Task } from '@creative-autogpt/protocol';
import { aSession, aTask, sessionUpdated, taskUpdated } from '../../testing/samples';
import type { SentMessage } from '@creative-autogpt/realtime/testing';
import { PageTesting } from '../../testing/page-testing';

describe('Workspace with a text that waits for approval', () => {
  let page: PageTesting;

  const outline = aTask('t1', { title: 'Outline', status: 'completed', result: 'A plan.', position: 0 });
  const waiting = aTask('t2', {
    title: 'Chapter 1',
    status: 'pending_approval',
    result: 'It was a dark night.',
    position: 1,
  });

  beforeEach(async () => {
    page = new PageTesting();
    await page.begin();
  });
  afterEach(() => {
    page.end();
  });

  const open = async (
    tasks: readonly Task[] = [outline, waiting],
    session: Partial<Session> = { status: 'running' },
  ): Promise<void> => {
    await page.open('/workspace/s1');
    await page.answer('/sessions/s1', aSession('s1', session));
    await page.answer('/sessions/s1/tasks', tasks);
    await page.answer('/sessions/s1/progress', { total_tasks: 2, completed_tasks: 1 });
  };
  /** What was said to the server as this event, and how it is answered. */
  const said = (event: string): SentMessage => page.live.socket.expectSent(event);
  const panels = (): number => page.all('app-approval-panel').length;
  const press = (name: string): void => {
    const button = page.button(name);
    button.focus();
    button.click();
  };

  it('shows the text and asks what is to become of it', async () => {
    await open();

    expect(page.text).toContain('It was a dark night.');
    expect(page.text).toContain('Waiting for your approval: Chapter 1');
    expect(page.all('app-approval-panel button').map(({ innerText }) => innerText.trim())).toEqual([
      'Approve',
      'Rewrite with feedback',
      'Reject',
    ]);
  });

  it('asks as soon as the text is written, and tells it', async () => {
    await open([outline, { ...waiting, status: 'running', result: null }]);
    expect(panels()).toBe(0);
    page.live.say(taskUpdated(waiting));

    expect(panels()).toBe(1);
    expect(page.toasts.shown).toEqual(['📝 Task awaits your approval: Chapter 1']);
  });

  it('leads to it from another task', async () => {
    await open();
    page.all('[data-task-id=t1] button')[0]?.click();
    await page.untilText('A plan.');
    press('Review the waiting text');
    await page.until(() => panels() === 1);

    expect(page.text).toContain('It was a dark night.');
  });

  it('S20: approves it, once, and goes on reading', async () => {
    await open();
    press('Approve');
    page.button('Approve').click();
    const { message } = said('approve');
    expect(page.button('Approve').getAttribute('aria-disabled')).toBe('true');
    page.live.say(taskUpdated({ ...waiting, status: 'completed' }));
    await page.until(() => panels() === 0);

    expect([message['session_id'], message['data']]).toEqual(['s1', { action: 'approve', task_id: 't2' }]);
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Manuscript');
  });

  it('S20: keeps the focus also when the update is quicker than the answer', async () => {
    await open();
    press('Approve');
    const request = said('approve');
    page.live.say(taskUpdated({ ...waiting, status: 'completed' }));
    await page.until(() => panels() === 0);
    request.acknowledge();
    await page.until(() => document.activeElement !== document.body);

    expect(document.activeElement?.getAttribute('aria-label')).toBe('Manuscript');
  });

  it('announces the decision', async () => {
    await open();
    press('Approve');
    said('approve').acknowledge();
    await page.until(() => page.all('.cdk-live-announcer-element')[0]?.textContent !== '');

    expect(page.all('.cdk-live-announcer-element')[0]?.textContent).toBe('Approved: Chapter 1');
  });

  it('S20: has it written anew with feedback', async () => {
    await open();
    press('Rewrite with feedback');
    await page.until(() => document.activeElement?.tagName === 'TEXTAREA');
    page.type('Feedback for the author', ' More sea. ');
    press('Rewrite this text');

    expect(said('approve').message['data']).toEqual({
      action: 'regenerate',
      feedback: 'More sea.',
      task_id: 't2',
    });
  });

  it('takes no more feedback for a decision that is under way: it would be lost', async () => {
    await open();
    press('Rewrite with feedback');
    page.type('Feedback for the author', 'More sea.');
    press('Rewrite this text');

    expect(page.one('app-approval-panel textarea', 'Feedback for the author').matches(':read-only')).toBe(
      true,
    );
  });

  it('has it written anew without feedback', async () => {
    await open();
    press('Rewrite with feedback');
    press('Rewrite this text');

    expect(said('approve').message['data']).toEqual({ action: 'regenerate', task_id: 't2' });
  });

  it('gives the focus back when the rewriting is called off', async () => {
    await open();
    press('Rewrite with feedback');
    press('Cancel');
    await page.until(() => document.activeElement?.tagName === 'BUTTON');

    expect(document.activeElement).toBe(page.button('Rewrite with feedback'));
  });

  it('keeps what was typed while the person looks elsewhere', async () => {
    await open();
    press('Rewrite with feedback');
    page.type('Feedback for the author', 'More sea.');
    await page.open('/no/such/page');
    await page.open('/workspace/s1');

    const [field] = page.all('app-approval-panel textarea');
    expect(field instanceof HTMLTextAreaElement && field.value).toBe('More sea.');
  });

  it('S20: rejects it only once that is confirmed, and says that the session pauses', async () => {
    await open();
    press('Reject');
    await page.untilText('Reject “Chapter 1”?');
    expect(page.text).toContain('The session pauses');
    page.all('mat-dialog-container button').at(-1)?.click();

    await page.until(() => page.all('mat-dialog-container').length === 0);

    expect(said('approve').message['data']).toEqual({ action: 'reject', task_id: 't2' });
  });

  it('rejects nothing when that is not confirmed', async () => {
    await open();
    press('Reject');
    await page.untilText('Reject “Chapter 1”?');
    page.button('Cancel').click();
    await page.until(() => page.all('mat-dialog-container').length === 0);

    expect(page.live.socket.matchSent('approve')).toEqual([]);
  });

  it('does not say that a session pauses which does not run', async () => {
    await open([outline, waiting], { status: 'stopped' });
    press('Reject');
    await page.untilText('Reject “Chapter 1”?');

    expect(page.text).not.toContain('The session pauses');
  });

  it('tells why a decision was refused, and asks again', async () => {
    await open();
    press('Approve');
    said('approve').refuse({ code: 'invalid_state', message: 'It does not wait.' });
    await page.until(() => page.toasts.shown.length > 0);

    expect(page.toasts.shown).toEqual(['The status has changed, so this is not possible now.']);
    expect(page.button('Approve').getAttribute('aria-disabled')).not.toBe('true');
  });

  describe('which is decided elsewhere', () => {
    const decideElsewhere = async (): Promise<void> => {
      page.live.say(taskUpdated({ ...waiting, status: 'completed' }));
      await page.until(() => panels() === 0 && page.all('mat-dialog-container').length === 0);
    };

    it('keeps the focus of whoever was about to decide', async () => {
      await open();
      page.button('Approve').focus();
      await decideElsewhere();

      expect(document.activeElement?.getAttribute('aria-label')).toBe('Manuscript');
    });

    it('leaves the focus alone of whoever does something else', async () => {
      await open();
      page.button('Details').focus();
      await decideElsewhere();

      expect(document.activeElement).toBe(page.button('Details'));
    });

    it('asks nobody any more whether to reject it', async () => {
      await open();
      press('Reject');
      await page.untilText('Reject “Chapter 1”?');
      await decideElsewhere();
      await page.until(() => document.activeElement !== document.body);

      expect(document.activeElement?.getAttribute('aria-label')).toBe('Manuscript');
      expect(page.live.socket.matchSent('approve')).toEqual([]);
    });
  });

  describe('and feedback', () => {
    const details = (): void => {
      page.button('Details').click();
    };
    const typed = (): string | undefined => {
      const [field] = page.all('app-feedback-box textarea');
      return field instanceof HTMLTextAreaElement ? field.value : undefined;
    };

    it('S21: is sent about everything to come', async () => {
      await open();
      details();
      page.type('Message', ' Fewer similes. ');
      press('Send');
      const request = said('feedback');
      request.acknowledge();
      await page.until(() => typed() === '');

      expect(request.message['data']).toEqual({ message: 'Fewer similes.' });
    });

    it('S21: is sent about the open task', async () => {
      await open();
      details();
      page.type('Message', 'Fewer similes.');
      page.one('app-feedback-box input', 'Chapter 1').click();
      press('Send');

      expect(said('feedback').message['data']).toEqual({
        message: 'Fewer similes.',
        task_id: 't2',
      });
    });

    it('cannot be empty', async () => {
      await open();
      details();
      page.type('Message', '   ');
      press('Send');

      expect(page.live.socket.matchSent('feedback')).toEqual([]);
    });

    it('is kept when the server refuses it', async () => {
      await open();
      details();
      page.type('Message', 'Fewer similes.');
      press('Send');
      said('feedback').refuse({ code: 'invalid_state', message: 'It is completed.' });
      await page.until(() => page.toasts.shown.length > 0);

      expect(typed()).toBe('Fewer similes.');
    });

    it('is listed, newest first, with what it is for', async () => {
      await open();
      details();
      page.live.say(
        sessionUpdated(
          aSession('s1', {
            status: 'running',
            feedback: [
              { message: 'First.', task_id: null, given_at: '2026-01-01T12:00:00Z' },
              { message: 'Second.', task_id: 't2', given_at: '2026-01-02T12:00:00Z' },
            ],
          }),
        ),
      );

      expect(page.all('app-feedback-box li').map(({ innerText }) => innerText)).toEqual([
        jasmine.stringMatching(/^Second\.\s+For “Chapter 1”/),
        jasmine.stringMatching(/^First\.\s+For all tasks/),
      ]);
    });

    it('is not asked for when the work is complete, but still shown', async () => {
      await open([{ ...waiting, status: 'completed' }], {
        status: 'completed',
        feedback: [{ message: 'First.', task_id: null, given_at: '2026-01-01T12:00:00Z' }],
      });
      details();

      expect(page.all('app-feedback-box form').length).toBe(0);
      expect(page.text).toContain('First.');
    });
  });
});
