import { expect, type Locator, type Page } from '@playwright/test';

/**
 * Longest time that the works of these tests take, in milliseconds, on a machine that is busy with other
 * things.
 */
const LONG = 90_000;

/** What the workspace says about a task. */
export interface ShownTask {
  readonly id: string;
  readonly status: string;
}

/** The workspace of one session, as a person uses it with the interface in Chinese. */
export class Workspace {
  /** The plan's rows. */
  readonly tasks: Locator;
  readonly progress: Locator;
  readonly manuscript: Locator;
  /** The session's own status, beside its title. */
  readonly status: Locator;

  constructor(private readonly page: Page) {
    this.tasks = page.getByTestId('task');
    this.progress = page.getByRole('progressbar', { name: '写作进度' });
    this.manuscript = page.getByTestId('manuscript');
    this.status = page.locator('app-workspace-page > header app-status-badge');
  }

  async open(sessionId: string): Promise<void> {
    await this.page.goto(`/workspace/${sessionId}`);
    await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible();
  }

  /** Id of the session that is open. */
  sessionId(): string {
    return /\/workspace\/([^/?#]+)/.exec(this.page.url())?.[1] ?? '';
  }

  /** One of the buttons that steer the session. */
  control(name: string): Locator {
    return this.page.getByRole('group', { name: '会话控制' }).getByRole('button', { name, exact: true });
  }

  /** Rows with this status. */
  withStatus(status: 'pending' | 'running' | 'pending_approval' | 'completed' | 'failed'): Locator {
    return this.page.locator(`[data-testid="task"][data-status="${status}"]`);
  }

  /** Opens the text of a task. */
  async read(taskId: string): Promise<void> {
    const opener = this.page.locator(`[data-task-id="${taskId}"]`).getByRole('button');
    await opener.click();
    await expect(opener).toHaveAttribute('aria-current', 'true');
  }

  /** Opens the text of the task that is being written, and stays with it when it is done. */
  async readRunning(): Promise<void> {
    await this.withStatus('running').getByRole('button').click();
    await expect(this.page).toHaveURL(/[?&]task=/);
  }

  /** The text that is open, without spaces and without the marks of lists and breaks. */
  async words(): Promise<string> {
    return (await this.manuscript.innerText()).replace(/[\s#*>_\\-]/g, '');
  }

  /** Waits until at least this many tasks are shown as completed. */
  async untilCompleted(count: number): Promise<void> {
    await expect
      .poll(() => this.withStatus('completed').count(), {
        message: `${count} tasks are completed`,
        timeout: LONG,
      })
      .toBeGreaterThanOrEqual(count);
  }

  /** The whole plan, in the order in which it is shown. */
  shownTasks(): Promise<ShownTask[]> {
    return this.tasks.evaluateAll((rows) =>
      rows.map((row) => ({ id: row.dataset['taskId'] ?? '', status: row.dataset['status'] ?? '' })),
    );
  }

  /** Share of the completed tasks, 0 to 100. */
  async percentage(): Promise<number> {
    return Number(await this.progress.getAttribute('aria-valuenow'));
  }
}
