import { TestBed } from '@angular/core/testing';
import { PageTesting } from '../testing/page-testing';

describe('the facts of the connection', () => {
  let page: PageTesting;

  beforeEach(async () => {
    page = new PageTesting();
    await page.begin();
    await page.open('/');
  });
  afterEach(() => {
    page.end();
  });

  const open = async (): Promise<void> => {
    page.all('app-connection-facts summary')[0]?.click();
    await page.until(() => page.all('app-connection-facts dd').length > 0);
  };
  const facts = (): string[] =>
    page.all('app-connection-facts dl > div').map(({ innerText }) => innerText.replace(/\s+/g, ' '));

  it('are computed for people who ask for them alone', () => {
    expect(facts()).toEqual([]);
  });

  it('tell what comes in, what was lost and what waits', async () => {
    await open();

    expect(facts()).toEqual([
      jasmine.stringMatching(/^Messages a second [\d.]+$/),
      'Reconnections 0',
      'Waiting to be sent 0',
    ]);
  });

  it('tell the round trip once it was measured', async () => {
    page.live.socket.advance(10_000);
    await open();

    expect(facts()[0]).toMatch(/^Round trip \d+ ms; 95% within \d+ ms$/);
  });

  it('follow the connection', async () => {
    await open();
    page.live.socket.drop();
    page.live.socket.advance(10_000);
    page.live.socket.expectConnection().accept();
    page.live.socket.advance(1_000);
    TestBed.tick();

    expect(facts()).toContain('Reconnections 1');
  });
});
