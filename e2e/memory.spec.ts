import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { Workspace } from './support/workspace';

/** A visit of this number has loaded and shown everything for the first time. */
const WARM = 5;
/** Share of the nodes after the warm visit by which later visits may add. */
const TOLERANCE = 0.1;

/** Nodes of the document that are left after everything that nobody holds was collected, on screen or not. */
async function nodesOf(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.collectGarbage');
  const { nodes } = await devtools.send('Memory.getDOMCounters');
  await devtools.detach();
  return nodes;
}

for (const { visits, tag } of [
  { visits: 8, tag: '' },
  { visits: 50, tag: ' @release' },
]) {
  test(`a workspace that was left is let go of: ${visits} visits${tag}`, async ({ page, api }) => {
    // Every visit waits for a busy machine to draw two pages.
    test.setTimeout(60_000 + visits * 10_000);
    const titles = ['来来往往', '去去来来'];
    for (const title of titles) {
      await api.startSession({ title, goal: { chapter_count: 12, word_count: 1200, language: 'zh' } });
    }
    const workspace = new Workspace(page);
    const sessions = page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '会话' });
    await page.goto('/sessions');
    await expect(page.locator('app-session-card app-status-badge')).toHaveText(['已完成', '已完成'], {
      timeout: 90_000,
    });

    let warm = Infinity;
    for (let visit = 1; visit <= visits; visit++) {
      await page.getByRole('link', { name: titles[visit % titles.length], exact: true }).click();
      await expect(workspace.tasks).toHaveCount(28);
      await sessions.click();
      await expect(page.locator('app-session-card')).toHaveCount(2);
      if (visit === WARM) warm = await nodesOf(page);
    }

    expect(await nodesOf(page)).toBeLessThan(warm * (1 + TOLERANCE));
  });
}
