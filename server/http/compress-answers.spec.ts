import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { useRestServer } from '../testing/rest-server';
import { NOVEL } from '../testing/sample-work';
import { useTemporaryDirectory } from '../testing/temporary-directory';

const SCRIPT = 'export const words = "the tide comes in";\n'.repeat(100);
const PAGE = `<!doctype html><title>Creative AutoGPT</title>${'<p>The tide.</p>'.repeat(100)}`;

describe('a compressed answer', () => {
  const root = useTemporaryDirectory();
  beforeEach(() => {
    mkdirSync(join(root(), 'media'));
    writeFileSync(join(root(), 'index.html'), PAGE);
    writeFileSync(join(root(), 'main-5XK3QB2N.js'), SCRIPT);
    writeFileSync(join(root(), 'config.json'), '{}');
    writeFileSync(join(root(), 'media', 'serif-ABCD1234.woff2'), 'f'.repeat(5_000));
  });
  const server = useRestServer(root);
  const ask = (url: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
    server().app.inject({ method, url, headers: { 'accept-encoding': 'gzip, br', ...headers } });
  const sessions = async (): Promise<void> => {
    for (let count = 0; count < 5; count += 1) {
      await server().store.createSession(NOVEL);
    }
  };

  it('is a file', async () => {
    const { headers, rawPayload } = await ask('/main-5XK3QB2N.js');

    expect(headers['content-encoding']).toBe('br');
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(brotliDecompressSync(rawPayload).toString()).toBe(SCRIPT);
  });

  it('is the page, with the nonce that its headers allow', async () => {
    const { headers, rawPayload } = await ask('/', { accept: 'text/html' });

    expect(headers['content-encoding']).toBe('br');
    expect(headers['content-security-policy']).toContain("'nonce-");
    expect(brotliDecompressSync(rawPayload).toString()).toBe(PAGE);
  });

  it('is data, and depends on all that it depended on before', async () => {
    await sessions();

    const { headers, rawPayload } = await ask('/sessions', { 'accept-encoding': 'gzip' });

    expect(headers['content-encoding']).toBe('gzip');
    expect(headers.vary).toBe('Origin, Accept, accept-encoding');
    expect(JSON.parse(gunzipSync(rawPayload).toString())).toEqual(jasmine.objectContaining({ total: 5 }));
  });

  it('is still for the pages of other origins', async () => {
    await sessions();

    const { headers } = await ask('/sessions', { origin: 'https://writers.example' });

    expect(headers['content-encoding']).toBe('br');
    expect(headers['access-control-allow-origin']).toBe('https://writers.example');
  });

  it('is an export', async () => {
    const { id } = await server().store.createSession({ ...NOVEL, goal: { requirement: 'x'.repeat(3_000) } });

    const { headers, rawPayload } = await server().app.inject({
      method: 'POST',
      url: `/sessions/${id}/export`,
      headers: { 'accept-encoding': 'br' },
      payload: { format: 'json' },
    });

    expect(headers['content-encoding']).toBe('br');
    expect(headers['content-disposition']).toMatch(/^attachment/);
    expect(brotliDecompressSync(rawPayload).toString()).toContain('"requirement"');
  });

  for (const [what, url, headers] of [
    ['to a client that takes none', '/main-5XK3QB2N.js', { 'accept-encoding': 'identity' }],
    ['to a client that says nothing', '/main-5XK3QB2N.js', { 'accept-encoding': '' }],
    ['for data that is short', '/overview', {}],
    ['for a font', '/media/serif-ABCD1234.woff2', {}],
    ['for an error', '/nowhere', {}],
  ] as const) {
    it(`is not given ${what}`, async () => {
      expect((await ask(url, headers)).headers['content-encoding']).toBeUndefined();
    });
  }

  it('is not given for a part of a file, whose offsets are those of the file', async () => {
    const { headers, payload, statusCode } = await ask('/main-5XK3QB2N.js', { range: 'bytes=0-1999' });

    expect(statusCode).toBe(206);
    expect(headers['content-encoding']).toBeUndefined();
    expect(payload).toBe(SCRIPT.slice(0, 2_000));
  });

  it('is found unchanged by its tag', async () => {
    const { etag } = (await ask('/main-5XK3QB2N.js')).headers;

    const again = await ask('/main-5XK3QB2N.js', { 'if-none-match': String(etag) });

    expect(etag).toMatch(/^W\//);
    expect([again.statusCode, again.payload]).toEqual([304, '']);
  });

  for (const url of ['/', '/main-5XK3QB2N.js', '/sessions']) {
    it(`has no body for a HEAD of ${url}`, async () => {
      await sessions();

      const { payload, statusCode } = await ask(url, {}, 'HEAD');

      expect([statusCode, payload]).toEqual([200, '']);
    });
  }

  it('is not what a client may send', async () => {
    const response = await server().app.inject({
      method: 'POST',
      url: '/sessions',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      payload: Buffer.from('not gzip'),
    });

    expect(response.statusCode).toBe(400);
  });
});
