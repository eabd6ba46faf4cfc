import { expect, test } from './support/fixtures';

test('?inspect shows what the connection says in both directions, on every page', async ({ page, api }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const inspector = page.locator('app-inspection');
  await expect(inspector, 'nobody else has it').toHaveCount(0);

  await page.goto('/tasks?inspect');
  await inspector.getByText('检查连接').click();
  await expect(inspector.getByText('没有不合格式的消息。')).toBeVisible();
  const told = (event: string) => inspector.getByText(event, { exact: true }).filter({ visible: true });
  await expect(told('connect').first()).toBeVisible();
  await page.getByRole('link', { name: '会话', exact: true }).click();
  await api.createSession({ title: '看得见', goal: {} });
  await expect(told('session.update').first()).toBeVisible();
});
