import type { Browser, BrowserContext, Page } from '@playwright/test';
import { openChromium, openClient, reportOf } from '../chromium';
import { Pages } from '../clients/pages';
import { FaultProxy } from '../network/fault-proxy';
import { RealServer } from '../servers/real-server';
import { until } from './until';

/** A text takes longer than the suite. */
const CHARACTERS_PER_SECOND = 40;
/** Pieces of text that show that more are coming. */
const PIECES = 5;

describe('tabs of one connection that subscribed to different sessions of the real server', () => {
  let browser: Browser;
  let context: BrowserContext;
  let pages: Pages;
  let server: RealServer;
  let proxy: FaultProxy;

  beforeAll(async () => {
    [browser, pages, server] = await Promise.all([
      openChromium(),
      Pages.open(['realtime']),
      RealServer.open({ AUTHOR_CHARS_PER_SECOND: String(CHARACTERS_PER_SECOND) }),
    ]);
    context = await browser.newContext();
    proxy = await FaultProxy.open(() => server.port);
  }, 30_000);

  afterAll(async () => {
    proxy.close();
    pages.close();
    await Promise.all([browser.close(), server.dispose()]);
  });

  const startedSession = async (): Promise<string> => {
    const id = await server.createSession();
    await server.startSession(id);
    return id;
  };

  const openTab = (session: string): Promise<Page> =>
    openClient(context, pages.url('realtime'), {
      url: `ws://127.0.0.1:${proxy.port}/ws/ws`,
      shared: true,
      session,
    });

  /** How many messages of an event about a session the tab has received. */
  const count = async (tab: Page, event: string, session: string): Promise<number> =>
    (await reportOf(tab)).unnumbered[`${event} ${session}`] ?? 0;

  const untilAnswered = (tab: Page, session: string, times: number): Promise<void> =>
    until(async () => (await count(tab, 'subscribed', session)) === times);

  /** More of the text of a session arrives in the tab. */
  const untilMoreOf = async (session: string, tab: Page): Promise<void> => {
    const before = await count(tab, 'task.chunk', session);
    await until(async () => (await count(tab, 'task.chunk', session)) >= before + PIECES);
  };

  it('are told of them again by a server that was killed, by the next leader, and of none that was left', async () => {
    const [a, b] = [await startedSession(), await startedSession()];
    const first = await openTab(a);
    await untilAnswered(first, a, 1);
    const second = await openTab(b);
    await untilAnswered(second, b, 1);
    await untilMoreOf(a, first);
    await untilMoreOf(b, second);

    await server.kill();
    await server.start();
    await untilAnswered(second, a, 1);
    await untilAnswered(second, b, 2);
    await untilMoreOf(a, first);
    await untilMoreOf(b, second);

    await first.close();
    await untilAnswered(second, b, 3);
    const ofA = await count(second, 'task.chunk', a);
    await untilMoreOf(b, second);
    expect(await count(second, 'task.chunk', a))
      .withContext('text of the session that nobody keeps any more')
      .toBe(ofA);

    const third = await openTab(a);
    await untilAnswered(third, a, 1);
    await untilMoreOf(a, second);
    await third.close();
    await until(async () => (await count(second, 'unsubscribed', a)) === 1);
    const ofAThen = await count(second, 'task.chunk', a);
    await untilMoreOf(b, second);
    expect(await count(second, 'task.chunk', a))
      .withContext('text of the session of the tab that was closed')
      .toBe(ofAThen);
  }, 120_000);
});
