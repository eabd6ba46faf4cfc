import { MatMenuHarness } from '@angular/material/menu/testing';
import { aSession, aTask } from '../../../testing/samples';
import { PageTesting } from '../../../testing/page-testing';

describe('The controls of a session', () => {
  let page: PageTesting;

  beforeEach(async () => {
    page = new PageTesting();
    await page.begin();
  });
  afterEach(() => {
    page.end();
  });

  const outline = aTask('t1', { status: 'completed', result: 'A plan.' });

  for (const [what, session, tasks, isOffered] of [
    ['while it is damaged', { status: 'failed', damaged: true }, [], true],
    ['while a text of it is damaged', {}, [{ ...outline, damaged: true }], true],
    ['only then', {}, [outline], false],
  ] as const) {
    it(`offer to export it as it is stored ${what}`, async () => {
      await page.open('/workspace/s1');
      await page.answer('/sessions/s1', aSession('s1', session));
      await page.answer('/sessions/s1/tasks', tasks);
      const [exports] = await page.loader.getAllHarnesses(MatMenuHarness);
      await exports?.open();
      const items = await exports?.getItems({ text: 'As it is stored (.raw.json)' });

      expect(items?.length === 1).toBe(isOffered);
    });
  }
});
