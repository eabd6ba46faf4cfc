import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { useRestServer } from '../testing/rest-server';
import { NOVEL } from '../testing/sample-work';
import { useTemporaryDirectory } from '../testing/temporary-directory';

const NAVIGATION = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const ANGULAR = 'application/json, text/plain, */*';
const PAGE = '<!doctype html><title>Creative AutoGPT</title>';

describe('the pages of the application', () => {
  const root = useTemporaryDirectory();
  beforeEach(() => {
    mkdirSync(join(root(), 'media'));
    writeFileSync(join(root(), 'index.html'), PAGE);
    writeFileSync(join(root(), 'main-5XK3QB2N.js'), 'export {};');
    writeFileSync(join(root(), 'config.json'), '{}');
    writeFileSync(join(root(), 'media', 'serif-ABCD1234.woff2'), 'font');
  });
  const server = useRestServer(root);
  const get = (url: string, accept?: string) =>
    server().app.inject({ method: 'GET', url, headers: accept === undefined ? {} : { accept } });

  for (const url of [
    '/',
    '/sessions',
    '/sessions/some-id',
    '/tasks',
    '/workspace/some-id?tab=text',
    '/no/such/page',
  ]) {
    it(`gives a person who goes to ${url} the page`, async () => {
      const response = await get(url, NAVIGATION);

      expect(response.statusCode).toBe(200);
      expect(response.body).toBe(PAGE);
      expect(response.headers['content-type']).toMatch(/^text\/html/);
      expect(response.headers['cache-control']).toBe('no-cache');
      expect(response.headers.vary).toBe('Origin, Accept');
    });
  }

  for (const url of ['/', '/sessions', '/no/such/page', '/main-5XK3QB2N.js', '/config.json']) {
    it(`does not give ${url} to a person who goes there under the name of another site`, async () => {
      const headers = { accept: NAVIGATION, host: 'evil.example' };

      expect((await server().app.inject({ url, headers })).statusCode).toBe(403);
    });
  }

  for (const [reader, accept] of [
    ['the application', ANGULAR],
    ['a program that takes anything', '*/*'],
    ['a program that says nothing', undefined],
    ['a program that prefers data', 'text/html;q=0.5, application/json'],
  ] as const) {
    it(`gives ${reader} the data at the same address`, async () => {
      const { id } = await server().store.createSession(NOVEL);

      const response = await get(`/sessions/${id}`, accept);

      expect(response.json()).toEqual(jasmine.objectContaining({ id }));
      expect(response.headers.vary).toBe('Origin, Accept');
    });
  }

  it('gives the data to a person, too, where the application has no page', async () => {
    expect((await get('/health', NAVIGATION)).json()).toEqual(
      jasmine.objectContaining({ status: 'healthy' }),
    );
  });

  it('never takes a change for a visit', async () => {
    const response = await server().app.inject({
      method: 'POST',
      url: '/sessions',
      headers: { accept: NAVIGATION },
      payload: { title: 'x' },
    });

    expect(response.statusCode).toBe(201);
  });

  for (const url of ['/main-5XK3QB2N.js', '/media/serif-ABCD1234.woff2']) {
    it(`lets ${url} be kept forever: its name has a hash`, async () => {
      const response = await get(url, '*/*');

      expect(response.statusCode).toBe(200);
      expect(response.headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(response.headers.vary).toBe('Origin');
    });
  }

  it('has the configuration asked for each time', async () => {
    expect((await get('/config.json', ANGULAR)).headers['cache-control']).toBe('no-cache');
  });

  it('shows a person the file that the address names', async () => {
    expect((await get('/config.json', NAVIGATION)).body).toBe('{}');
  });

  for (const [what, headers, status] of [
    ['a part behind its end', { range: 'bytes=99999999-' }, 416],
    ['a version that it does not have', { 'if-match': '"other"' }, 412],
  ] as const) {
    it(`refuses to give ${what} of a file with ${status}, and says why`, async () => {
      const response = await server().app.inject({ method: 'GET', url: '/main-5XK3QB2N.js', headers });

      expect([response.statusCode, response.json()]).toEqual([
        status,
        {
          detail: jasmine.stringMatching(/^(Range Not Satisfiable|Precondition Failed)$/),
          code: 'invalid_message',
        },
      ]);
    });
  }

  it('answers a HEAD as it would a GET', async () => {
    const response = await server().app.inject({ method: 'HEAD', url: '/', headers: { accept: NAVIGATION } });

    expect(response.statusCode).toBe(200);
    expect(response.body).toBe('');
    expect(response.headers['content-length']).toBe(String(PAGE.length));
  });

  for (const url of ['/main-OLD12345.js', '/nowhere', '/media', '/../package.json', '/%2e%2e/package.json']) {
    it(`has nothing for a program at ${url}`, async () => {
      const response = await get(url, '*/*');

      expect(response.statusCode).toBe(404);
      expect(response.json()).toEqual({
        detail: jasmine.stringMatching(/^There is no GET /),
        code: 'not_found',
      });
    });
  }
});
