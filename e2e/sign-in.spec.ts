import { ConnectionCard } from './support/connection-card';
import { expect, test, UNAUTHENTICATED } from './support/fixtures';
import { Sessions } from './support/sessions';
import { SignIn } from './support/sign-in';
import { AUTH_SECRET, tokenFor } from './support/tokens';
import { Workspace } from './support/workspace';

const WORK = { chapters: 1, length: 300 };
/** Life of a token, in seconds, that is over before a test is: time enough to do something before. */
const SHORT = 20;

test.use({ environment: { AUTH_SECRET }, toleratedErrors: UNAUTHENTICATED });

test('S22: a wrong token is refused, a right one leads to the page that was asked for', async ({ page }) => {
  const signIn = new SignIn(page);
  await page.goto('/sessions?status=running');
  await expect(signIn.heading).toBeVisible();
  await expect(page.getByText('npm run token -- --sub NAME')).toBeVisible();
  await expect(new ConnectionCard(page).card).toHaveCount(0);
  await expect(page.getByRole('navigation', { name: '主导航' })).toHaveCount(0);

  for (const wrong of ['nonsense', tokenFor('ada', 3600, 'another secret, just as long as the right one')]) {
    await signIn.enter(wrong);
    await expect(page.getByText('服务器不接受这个令牌')).toBeVisible();
    await expect(signIn.field).toBeFocused();
  }
  await signIn.enter(tokenFor('ada', -60));
  await expect(page.getByText('服务器不接受这个令牌')).toBeVisible();

  await signIn.enter(tokenFor('ada'));
  await expect(page.getByRole('heading', { level: 1, name: '会话' })).toBeVisible();
  await expect(page).toHaveURL(/\/sessions\?status=running$/);
  await expect(new ConnectionCard(page).card).toHaveCount(0);
});

test('S22: whoever signed in works live, and stays signed in as long as they asked for', async ({
  context,
}) => {
  const page = await context.newPage();
  const signIn = new SignIn(page);
  await page.goto('/');
  await signIn.keep.check();
  await signIn.enter(tokenFor('ada'));
  await new Sessions(page).create({ title: '登录之后', ...WORK });
  await expect(new Workspace(page).status).toHaveText('已完成');

  const later = await context.newPage();
  await later.goto('/sessions');
  await expect(new Sessions(later).card('登录之后')).toBeVisible();
});

test('S22: without “keep me signed in”, another tab has to sign in by itself', async ({ context }) => {
  const page = await context.newPage();
  await new SignIn(page).openAs('/', tokenFor('ada'));
  await page.reload();
  await expect(new SignIn(page).signOut).toBeVisible();

  const other = await context.newPage();
  await other.goto('/');
  await expect(new SignIn(other).heading).toBeVisible();
});

test('S22: a token that expires while somebody writes costs nothing but another token', async ({ page }) => {
  const signIn = new SignIn(page);
  await signIn.openAs('/sessions', tokenFor('ada', SHORT));
  await new Sessions(page).create({ title: '半路过期', ...WORK, approval: 'manual' });
  await page.getByRole('textbox', { name: '留言' }).fill('写到一半');
  await expect(page.getByText('登录已过期')).toBeVisible();

  await signIn.enter(tokenFor('ada'));
  await expect(page.getByRole('heading', { level: 1, name: '半路过期' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: '留言' })).toHaveValue('写到一半');
  await expect(new ConnectionCard(page).card).toHaveCount(0);
});

test('S22: signing out in one tab signs out the others, and leaves nothing behind', async ({ context }) => {
  const page = await context.newPage();
  await page.goto('/sessions');
  await new SignIn(page).keep.check();
  await new SignIn(page).enter(tokenFor('ada'));
  const other = await context.newPage();
  await other.goto('/tasks');
  await expect(new SignIn(other).signOut).toBeVisible();

  await new SignIn(page).signOut.click();

  for (const tab of [page, other]) await expect(new SignIn(tab).heading).toBeVisible();
  expect(await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))).not.toContain('eyJ');
});

test('S23: two owners do not see each other’s sessions', async ({ browser, server }) => {
  const openAs = async (owner: string) => {
    const context = await browser.newContext({ baseURL: server.url, locale: 'zh-CN' });
    const page = await context.newPage();
    await new SignIn(page).openAs('/sessions', tokenFor(owner));
    return { page, sessions: new Sessions(page) };
  };
  const ada = await openAs('ada');
  const bob = await openAs('bob');
  await ada.sessions.create({ title: '艾达的书', ...WORK });
  const address = ada.page.url();
  await bob.sessions.create({ title: '鲍勃的书', ...WORK });

  await ada.sessions.open();
  await expect(ada.sessions.card('艾达的书')).toContainText('6/6');
  await expect(ada.sessions.cards).toHaveCount(1);
  await bob.sessions.open();
  await expect(bob.sessions.cards).toHaveCount(1);
  await bob.page.goto(address);
  await expect(bob.page.getByText('找不到这个会话')).toBeVisible();
});

test('S23: another owner in the same tab begins with nothing of the one before', async ({ page }) => {
  const signIn = new SignIn(page);
  const sessions = new Sessions(page);
  await signIn.openAs('/sessions', tokenFor('ada', SHORT));
  await sessions.create({ title: '艾达的书', ...WORK });
  await page.getByRole('link', { name: '会话', exact: true }).click();
  await expect(sessions.cards).toHaveCount(1);
  await expect(page.getByText('登录已过期')).toBeVisible();

  await signIn.enter(tokenFor('bob'));
  await expect(page.getByRole('heading', { level: 1, name: '会话' })).toBeVisible();
  await expect(page.getByText('还没有会话')).toBeVisible();
});
