import { TestBed } from '@angular/core/testing';
import { RealtimeService } from '@creative-autogpt/realtime';
import { Drafts } from '../../platform/sign-in/drafts';
import { anOverview, aSession } from '../../testing/samples';
import { PageTesting } from '../../testing/page-testing';
import { KeptToken } from '../../platform/sign-in/kept-token';
import { SignIn } from '../../platform/sign-in/sign-in';
import { aToken } from '../../platform/sign-in/testing/a-token';

const SIGN_IN = '/sign-in?from=%2Ftasks';
const TASKS = '/tasks?page=1&page_size=20';
const LOCAL_KEY = 'creative-autogpt.token';
const DRAFTS_KEY = 'creative-autogpt.drafts';

describe('Sign in', () => {
  let page: PageTesting;

  beforeEach(async () => {
    page = new PageTesting();
    await page.begin();
  });
  afterEach(() => {
    page.end();
  });

  /** Opens a page, and has the server refuse it. */
  const beRefused = async (): Promise<void> => {
    await page.open('/tasks');
    await page.refuse('/overview', 401, 'There is no valid token.');
    await page.refuse(TASKS, 401, 'There is no valid token.');
    await page.until(() => page.address === SIGN_IN && page.all('app-sign-in-page').length === 1);
  };
  const enter = (token: string): void => {
    page.type('Token', token);
    page.button('Sign in').click();
  };
  const signInAs = async (token: string): Promise<void> => {
    enter(token);
    await page.answer('/overview', anOverview(0));
    await page.until(() => page.all('app-sign-in-page').length === 0 || page.reloads > 0);
  };
  const status = () => TestBed.inject(RealtimeService).status();

  describe('is asked for', () => {
    it('S22: when REST refuses somebody, without a word more', async () => {
      await beRefused();

      expect(page.text).toContain('Sign in to use this server.');
      expect([page.toasts.shown, status()]).toEqual([[], 'disconnected']);
    });

    it('S22: when the socket refuses somebody', async () => {
      await page.open('/tasks');
      page.live.refuseEverybody();
      await page.until(() => page.address === SIGN_IN);

      expect(status()).toBe('disconnected');
    });

    it('with the reason when the token has expired', async () => {
      TestBed.inject(KeptToken).keep(aToken('ada'), false);
      await beRefused();

      expect(page.text).toContain('Your sign-in has expired');
    });

    it('not again because of a late answer about the token before', async () => {
      await page.open('/tasks');
      const request = await page.request(TASKS);
      TestBed.inject(SignIn).accept(aToken('ada'), false);
      request.flush({ detail: 'no' }, { status: 401, statusText: 'Unauthorized' });
      TestBed.tick();

      expect([page.address, TestBed.inject(SignIn).needed()]).toEqual(['/tasks', false]);
    });
  });

  describe('a token', () => {
    beforeEach(beRefused);

    it('is where the focus is', () => {
      expect(document.activeElement).toBe(page.one('input', 'Token'));
    });

    it('has to be entered', () => {
      enter('  ');

      expect(page.text).toContain('Please enter a token');
    });

    it('is not missed while the person is still on the way to it', () => {
      page.one('input', 'Token').blur();

      expect(page.all('mat-error')).toEqual([]);
    });

    it('has to look like one', () => {
      enter('令牌');

      expect(page.text).toContain('This does not look like a token');
    });

    it('may have been broken into lines', async () => {
      enter(' abc.\ndef ');

      expect((await page.request('/overview')).request.headers.get('Authorization')).toBe('Bearer abc.def');
    });

    it('S22: that the server refuses is not kept', async () => {
      enter('abc');
      await page.refuse('/overview', 401, 'no');
      await page.untilText('does not accept this token');

      expect([TestBed.inject(KeptToken).value(), page.address]).toEqual([null, SIGN_IN]);
      expect(document.activeElement).toBe(page.one('input', 'Token'));
    });

    it('is not refused because the server cannot be reached', async () => {
      enter('abc');
      (await page.request('/overview')).error(new ProgressEvent('error'));
      await page.untilText('The server cannot be reached');

      expect(page.text).not.toContain('does not accept this token');
    });

    it('S22: that the server accepts leads back, connects, and loads', async () => {
      await signInAs(aToken('ada'));
      const connection = page.live.socket.expectConnection().accept();
      const request = await page.request(TASKS);

      expect([page.address, connection.state]).toEqual(['/tasks', 'open']);
      expect(request.request.headers.get('Authorization')).toBe(`Bearer ${aToken('ada')}`);
      expect([localStorage.getItem(LOCAL_KEY), sessionStorage.getItem(LOCAL_KEY)]).toEqual([
        null,
        aToken('ada'),
      ]);
    });

    it('is kept beyond the tab where the person wants that', async () => {
      page.one('input', 'Keep me signed in').click();
      await signInAs(aToken('ada'));

      expect(localStorage.getItem(LOCAL_KEY)).toBe(aToken('ada'));
    });

    it('may come from another tab', async () => {
      window.dispatchEvent(new StorageEvent('storage', { key: LOCAL_KEY, newValue: aToken('ada') }));
      await page.until(() => page.address === '/tasks');

      expect(TestBed.inject(KeptToken).value()).toBe(aToken('ada'));
    });
  });

  describe('after a token has expired', () => {
    beforeEach(async () => {
      TestBed.inject(KeptToken).keep(aToken('ada'), false);
      await beRefused();
    });

    it('goes on with everything for the same person', async () => {
      await signInAs(aToken('ada', 2));

      expect([page.reloads, page.address]).toEqual([0, '/tasks']);
    });

    it('S23: begins anew for another person', async () => {
      await signInAs(aToken('bob'));

      expect([page.reloads, page.address]).toEqual([1, '/tasks']);
    });

    it('shows another person no draft of the one before', async () => {
      TestBed.inject(Drafts).keep('a', 'for a');
      await signInAs(aToken('bob'));

      expect(sessionStorage.getItem(DRAFTS_KEY)).not.toContain('for a');
    });
  });

  it('keeps what was filled in for a new session', async () => {
    await page.open('/');
    await page.answer('/overview', anOverview(0));
    page.button('New session').click();
    await page.until(() => page.all('mat-dialog-container').length === 1);
    page.type('Title', 'The Tide');
    page.button('Create and start').click();
    await page.refuse('/sessions', 401, 'expired', 'POST');
    await page.until(
      () => page.all('app-sign-in-page').length === 1 && page.all('mat-dialog-container').length === 0,
    );
    enter(aToken('ada'));
    (await page.request('/overview')).flush(anOverview(0));
    await page.until(() => page.all('app-home-page').length === 1);
    page.button('New session').click();
    await page.until(() => page.all('mat-dialog-container').length === 1);
    const title = page.one('input', 'Title');

    expect(title instanceof HTMLInputElement && title.value).toBe('The Tide');
  });

  it('is left at once by somebody whom the server serves anyway', async () => {
    await page.open('/sign-in?from=%2Fworkspace%2Fs1');
    await page.answer('/overview', anOverview(0));
    await page.answer('/sessions/s1', aSession('s1', { title: 'The Tide' }));

    expect(page.address).toBe('/workspace/s1');
  });

  for (const from of ['//evil.test', 'https://evil.test', '/sign-in', '']) {
    it(`leads home where it was not reached from a page: ${from || 'nowhere'}`, async () => {
      await page.open(`/sign-in?from=${encodeURIComponent(from)}`);
      await page.answer('/overview', anOverview(0));
      await page.until(() => page.all('app-home-page').length === 1);

      expect(page.address).toBe('');
    });
  }

  it('S23: opens no connection for the next person from the page of the one before', () => {
    TestBed.inject(KeptToken).keep(aToken('ada'), false);
    page.live.socket.drop();
    TestBed.inject(SignIn).accept(aToken('bob'), false);
    page.live.socket.advance(60_000);

    expect([page.reloads, status()]).toEqual([1, 'disconnected']);
    expect(() => page.live.socket.expectConnection()).toThrow();
  });

  describe('signing out', () => {
    it('forgets the token and everything else', () => {
      TestBed.inject(KeptToken).keep(aToken('ada'), true);
      TestBed.inject(SignIn).signOut();

      expect([page.address, page.reloads, localStorage.getItem(LOCAL_KEY)]).toEqual(['/sign-in', 1, null]);
    });

    it('forgets what was typed', () => {
      TestBed.inject(Drafts).keep('a', 'for a');
      TestBed.inject(SignIn).signOut();

      expect(sessionStorage.getItem(DRAFTS_KEY)).not.toContain('for a');
    });

    it('forgets what was typed in the other tabs', () => {
      TestBed.inject(KeptToken).keep(aToken('ada'), false);
      TestBed.inject(Drafts).keep('a', 'for a');
      window.dispatchEvent(
        new StorageEvent('storage', { key: 'creative-autogpt.signed-out', newValue: 'now' }),
      );

      expect(sessionStorage.getItem(DRAFTS_KEY)).not.toContain('for a');
    });

    it('signs out the other tabs', () => {
      TestBed.inject(KeptToken).keep(aToken('ada'), false);
      window.dispatchEvent(
        new StorageEvent('storage', { key: 'creative-autogpt.signed-out', newValue: 'now' }),
      );

      expect([page.reloads, TestBed.inject(KeptToken).value()]).toEqual([1, null]);
    });

    it('is nothing to tabs where nobody is signed in', () => {
      TestBed.inject(SignIn);
      window.dispatchEvent(
        new StorageEvent('storage', { key: 'creative-autogpt.signed-out', newValue: 'now' }),
      );

      expect(page.reloads).toBe(0);
    });
  });
});
