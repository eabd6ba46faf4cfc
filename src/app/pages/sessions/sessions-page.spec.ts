import { MatMenuHarness } from '@angular/material/menu/testing';
import { MatPaginatorHarness } from '@angular/material/paginator/testing';
import type { Session } from '@creative-autogpt/protocol';
import { aSession, anOverview, sessionUpdated } from '../../testing/samples';
import { PageTesting } from '../../testing/page-testing';

const FIRST = '/sessions?page=1&page_size=12';

describe('Sessions', () => {
  let page: PageTesting;

  beforeEach(async () => {
    page = new PageTesting();
    await page.begin();
  });
  afterEach(() => {
    page.end();
  });

  const titles = (): string[] => page.all('app-session-card .title').map((title) => title.innerText);
  const open = async (url: string, query: string, items: readonly Session[], total = items.length) => {
    await page.open(url);
    await page.answer(query, { items, total, page: 1, page_size: 12 });
    await page.answer('/overview', anOverview(total));
    await page.answer('/sessions?page=1&page_size=5', { items: [], total: 0, page: 1, page_size: 5 });
  };
  const openFirst = (...items: readonly Session[]): Promise<void> => open('/sessions', FIRST, items);

  it('shows the first page', async () => {
    await openFirst(
      aSession('s1', { title: 'The Tide', day: 2 }),
      aSession('s2', { title: 'The Ebb', day: 1 }),
    );

    expect(titles()).toEqual(['The Tide', 'The Ebb']);
  });

  it('names the sessions that changed last', async () => {
    await openFirst(aSession('s1', { day: 2 }), aSession('s2', { day: 1 }));
    page.live.say(sessionUpdated(aSession('s2', { status: 'running', day: 3 })));

    expect(page.all('app-activity-list li').map(({ innerText }) => innerText)).toEqual([
      jasmine.stringMatching(/Work s2\s*Writing/),
      jasmine.stringMatching(/Work s1\s*Not started/),
    ]);
  });

  it('asks for the page and the status that the address names', async () => {
    await open(
      '/sessions?page=2&status=running',
      `/sessions?page=2&page_size=12&status_filter=running`,
      [aSession('s1', { title: 'The Tide', status: 'running' })],
      13,
    );

    expect(titles()).toEqual(['The Tide']);
  });

  it('S20: says of a session that waits for approval that it waits, under the filter of those in progress', async () => {
    await openFirst(aSession('s1', { status: 'running', pending_approval_tasks: 1 }));

    expect(page.all('app-session-card app-status-badge').map((badge) => badge.innerText)).toEqual([
      'Needs approval',
    ]);
    expect(page.link('In progress')).toBeTruthy();
    page.live.say(sessionUpdated(aSession('s1', { status: 'running', pending_approval_tasks: 0, day: 2 })));
    expect(page.all('app-session-card app-status-badge').map((badge) => badge.innerText)).toEqual([
      'Writing',
    ]);
  });

  it('takes an address that makes no sense for the first page of all', async () => {
    await open('/sessions?page=x&status=y', FIRST, [aSession('s1', { title: 'The Tide' })]);

    expect(titles()).toEqual(['The Tide']);
  });

  it('begins again at the first page when another status is chosen', async () => {
    await open('/sessions?page=2', '/sessions?page=2&page_size=12', [aSession('s1')], 13);
    page.link('Failed').click();
    await page.until(() => page.address === '/sessions?status=failed');

    expect(page.link('Failed').getAttribute('aria-current')).toBe('true');
  });

  it('puts the page into the address', async () => {
    await open('/sessions', FIRST, [aSession('s1')], 13);
    const paginator = await page.loader.getHarness(MatPaginatorHarness);
    await paginator.goToNextPage();
    await page.until(() => page.address === '/sessions?page=2');

    expect(await paginator.getRangeLabel()).toBe('13–13 of 13');
  });

  it('goes back to the last page when its own is no more', async () => {
    await open('/sessions?page=3', '/sessions?page=3&page_size=12', [], 13);
    await page.until(() => page.address === '/sessions?page=2');

    expect(page.address).toBe('/sessions?page=2');
  });

  it('shows a damaged session with a sentence, and offers to delete it alone', async () => {
    await openFirst(aSession('s1', { title: 'The Tide', status: 'failed', damaged: true }));
    const menu = await page.loader.getHarness(MatMenuHarness);
    await menu.open();
    const actions = await menu.getItems();

    expect(page.all('app-session-card p').map((sentence) => sentence.innerText)).toEqual([
      'The saved data of this session is damaged. Export it before you delete it.',
    ]);
    expect(await Promise.all(actions.map((action) => action.getText()))).toEqual(['Delete']);
  });

  it('follows a session without being reloaded', async () => {
    await openFirst(aSession('s1', { title: 'The Tide' }));
    page.live.say(sessionUpdated(aSession('s1', { title: 'The Ebb', status: 'running' })));

    expect(titles()).toEqual(['The Ebb']);
  });

  it('says that no session has the chosen status', async () => {
    await open('/sessions?status=paused', `${FIRST}&status_filter=paused`, []);

    expect(page.text).toContain('No sessions with the status “Paused”');
  });

  it('says why the list cannot be read, and reads it again', async () => {
    await page.open('/sessions');
    await page.refuse(FIRST, 500, 'broken');
    page.button('Try again').click();
    await page.answer(FIRST, {
      items: [aSession('s1', { title: 'The Tide' })],
      total: 1,
      page: 1,
      page_size: 12,
    });

    expect(titles()).toEqual(['The Tide']);
  });

  describe('an action', () => {
    beforeEach(async () => {
      await openFirst(aSession('s1', { title: 'The Tide', status: 'running' }));
    });

    const choose = async (action: string): Promise<void> => {
      const menu = await page.loader.getHarness(MatMenuHarness);
      await menu.open();
      await menu.clickItem({ text: action });
      await page.until(
        () => page.all('mat-dialog-container').length === 1 && page.all('.mat-mdc-menu-panel').length === 0,
      );
    };

    it('deletes only what the person confirms', async () => {
      await choose('Delete');
      page.button('Cancel').click();
      await page.until(() => page.all('mat-dialog-container').length === 0);

      expect(page.live.asked('/sessions/s1')).toBe(0);
    });

    it('says that a session that is being written will be stopped', async () => {
      await choose('Delete');

      expect(page.text).toContain('will be stopped first');
    });

    it('S12: takes a deleted session off the list', async () => {
      await choose('Delete');
      page.button('Delete').click();
      await page.answer('/sessions/s1', { success: true, message: '', data: null }, 'DELETE');
      await page.until(() => titles().length === 0);

      expect(titles()).toEqual([]);
    });

    it('takes the focus to the heading when the session that had it is gone', async () => {
      await choose('Delete');
      page.button('Delete').click();
      await page.answer('/sessions/s1', { success: true, message: '', data: null }, 'DELETE');
      await page.until(() => page.all('mat-dialog-container').length === 0);
      await page.until(() => document.activeElement === page.all('h1')[0]);

      expect(document.activeElement?.textContent).toBe('Sessions');
    });

    it('shows why a session cannot be deleted', async () => {
      await choose('Delete');
      page.button('Delete').click();
      await page.refuse('/sessions/s1', 409, 'It is locked.', 'DELETE');
      await page.untilText('The status has changed');

      expect(titles()).toEqual(['The Tide']);
    });

    const titleAfterReopening = async (): Promise<string> => {
      await page.until(() => page.all('mat-dialog-container').length === 0);
      await choose('Rename');
      const field = page.one('input', 'Title');
      return field instanceof HTMLInputElement ? field.value : '';
    };

    it('has the title that was typed on the next opening, after Escape', async () => {
      await choose('Rename');
      page.type('Title', 'The Ebb');
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', keyCode: 27 }));

      expect(await titleAfterReopening()).toBe('The Ebb');
    });

    it('has the title of the session on the next opening, after Cancel', async () => {
      await choose('Rename');
      page.type('Title', 'The Ebb');
      page.button('Cancel').click();

      expect(await titleAfterReopening()).toBe('The Tide');
    });

    it('renames', async () => {
      await choose('Rename');
      page.type('Title', 'The Ebb');
      page.button('Save').click();
      await page.answer('/sessions/s1', aSession('s1', { title: 'The Ebb', day: 2 }), 'PATCH');
      await page.until(() => page.all('mat-dialog-container').length === 0);

      expect(titles()).toEqual(['The Ebb']);
    });
  });
});
