import { aSession } from '../../testing/samples';
import { PageTesting } from '../../testing/page-testing';

describe('New session', () => {
  let page: PageTesting;

  beforeEach(async () => {
    page = new PageTesting();
    await page.begin();
    await page.open('/');
    page.button('New session').click();
    await page.until(() => page.all('mat-dialog-container').length === 1);
  });
  afterEach(() => {
    page.end();
  });

  const submit = (): void => {
    page.button('Create and start').click();
  };

  it('asks for a title', () => {
    page.type('Title', '   ');
    submit();

    expect(page.text).toContain('Please enter a title');
  });

  it('says how long a title may be', () => {
    page.type('Title', 'x'.repeat(201));
    submit();

    expect(page.text).toContain('A title has at most 200 characters');
  });

  it('says how many chapters there may be', () => {
    page.type('Title', 'The Tide');
    page.type('Chapters', '201');
    submit();

    expect(page.text).toContain('Enter a whole number from 1 to 200');
  });

  it('asks the server for what was filled in, and leaves out what was not', async () => {
    page.type('Title', ' The Tide ');
    page.type('Genre', 'Mystery');
    page.type('Chapters', '2');
    page.type('Length of the whole work', '');
    submit();

    expect((await page.request('/sessions', 'POST')).request.body).toEqual({
      title: 'The Tide',
      goal: { genre: 'Mystery', chapter_count: 2, language: 'en' },
    });
  });

  it('asks the server to wait for approval where the person wants to approve', async () => {
    page.type('Title', 'The Tide');
    page.type('Chapters', '');
    page.type('Length of the whole work', '');
    page.button('Wait for my approval').click();
    expect(page.text).toContain('Each finished text waits until you approve it');
    submit();

    expect((await page.request('/sessions', 'POST')).request.body).toEqual({
      title: 'The Tide',
      goal: { language: 'en' },
      config: { approval: 'manual' },
    });
  });

  it('starts the session and opens its workspace', async () => {
    page.type('Title', 'The Tide');
    submit();
    await page.answer('/sessions', aSession('s1'), 'POST');
    await page.answer(
      '/sessions/s1/start',
      { success: true, message: '', data: aSession('s1', { status: 'running' }) },
      'POST',
    );
    await page.until(() => page.address === '/workspace/s1');

    expect(page.address).toBe('/workspace/s1');
  });

  it('opens the workspace of a session that could not be started, and says why', async () => {
    page.type('Title', 'The Tide');
    submit();
    await page.answer('/sessions', aSession('s1'), 'POST');
    await page.refuse('/sessions/s1/start', 409, 'It cannot be started.', 'POST');
    await page.until(() => page.address === '/workspace/s1');

    expect(page.toasts.shown).toEqual(['The status has changed, so this is not possible now.']);
  });

  const reopen = async (): Promise<void> => {
    await page.until(() => page.all('mat-dialog-container').length === 0);
    page.button('New session').click();
    await page.until(() => page.all('mat-dialog-container').length === 1);
  };
  const filledIn = (label: string): string => {
    const field = page.one('input, textarea', label);
    return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value : '';
  };

  for (const [way, close] of [
    [
      'Escape',
      () => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', keyCode: 27 })),
    ],
    ['a click outside', () => page.all('.cdk-overlay-backdrop').forEach((backdrop) => backdrop.click())],
  ] as const) {
    it(`has what was typed on the next opening, after ${way}`, async () => {
      page.type('Title', 'The Tide');
      page.type('Brief', 'More sea.');
      page.type('Chapters', '3');
      page.button('Wait for my approval').click();
      close();
      await reopen();

      expect([filledIn('Title'), filledIn('Brief'), filledIn('Chapters')]).toEqual([
        'The Tide',
        'More sea.',
        '3',
      ]);
      expect(page.text).toContain('Each finished text waits until you approve it');
    });
  }

  it('is empty on the next opening after it was cancelled', async () => {
    page.type('Title', 'The Tide');
    page.button('Cancel').click();
    await reopen();

    expect(filledIn('Title')).toBe('');
  });

  it('is empty on the next opening after the session was created', async () => {
    page.type('Title', 'The Tide');
    submit();
    await page.answer('/sessions', aSession('s1'), 'POST');
    await page.refuse('/sessions/s1/start', 409, 'It cannot be started.', 'POST');
    await page.until(() => page.address === '/workspace/s1');
    await page.open('/');
    await reopen();

    expect(filledIn('Title')).toBe('');
  });

  it('shows why the server refused, and keeps what was filled in', async () => {
    page.type('Title', 'The Tide');
    submit();
    await page.refuse('/sessions', 422, 'title: too short', 'POST');
    await page.untilText('Something you entered is not valid.');

    expect(page.all('[role=alert] details').map((details) => details.textContent)).toEqual([
      jasmine.stringContaining('title: too short'),
    ]);
  });
});
