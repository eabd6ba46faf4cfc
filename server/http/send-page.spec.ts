import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { createHttpServer } from './http-server';
import { addStaticRoutes, sendPageToPeople } from './static';
import { TOKENS, tokenOf } from '../testing/sign-in';
import { useTemporaryDirectory } from '../testing/temporary-directory';

const PAGE = '<style nonce="%CSP_NONCE%"></style><app-root ngcspnonce="%CSP_NONCE%"></app-root>';

describe('the page of the application', () => {
  const root = useTemporaryDirectory();
  let app: FastifyInstance;
  beforeEach(async () => {
    writeFileSync(join(root(), 'index.html'), PAGE);
    app = createHttpServer({ allowedOrigins: [], tokens: TOKENS });
    await addStaticRoutes(app, root());
    app.get('/sessions', { onRequest: sendPageToPeople }, ({ owner }) => ({ owner }));
  });
  afterEach(() => app.close());

  const get = (url: string, accept = 'text/html', host = 'novels.example') =>
    app.inject({ url, headers: { accept, host } });
  const policyOf = async (url: string, accept?: string): Promise<string> =>
    String((await get(url, accept)).headers['content-security-policy']);

  it('has the nonce of its policy wherever the build left a place for it', async () => {
    const { headers, body } = await get('/');
    const nonce = /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1] ?? 'none';

    expect(body).toBe(PAGE.replaceAll('%CSP_NONCE%', nonce));
  });

  it('is unavailable while it is built anew, and there again after that', async () => {
    rmSync(join(root(), 'index.html'));
    const { statusCode, body } = await get('/');
    writeFileSync(join(root(), 'index.html'), PAGE);

    expect([statusCode, JSON.parse(body)]).toEqual([503, jasmine.objectContaining({ code: 'unavailable' })]);
    expect((await get('/')).statusCode).toBe(200);
  });

  it('has another nonce each time, and nothing by which an old one could be kept', async () => {
    const [first, second] = [await get('/'), await get('/')];

    expect(first.body).not.toBe(second.body);
    expect(first.headers['cache-control']).toBe('no-cache');
    expect(first.headers.etag).toBeUndefined();
    expect(first.headers['last-modified']).toBeUndefined();
  });

  for (const url of ['/', '/index.html', '/sessions', '/workspace/some-id']) {
    it(`runs nothing at ${url} that did not come with it`, async () => {
      const policy = (await policyOf(url)).replace(/'nonce-[^']+'/g, "'nonce'").split(';');

      expect(policy).toEqual([
        "default-src 'self'",
        "script-src 'self' 'nonce'",
        "style-src 'self' 'nonce'",
        "img-src 'self' data:",
        "connect-src 'self' ws://novels.example wss://novels.example ws://localhost:8000 http://localhost:8000",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        'trusted-types angular',
      ]);
    });
  }

  it('connects to what its configuration names', async () => {
    writeFileSync(join(root(), 'config.json'), '{ "websocketUrl": "wss://live.example/ws", "restUrl": "" }');

    expect(await policyOf('/')).toContain(
      "connect-src 'self' ws://novels.example wss://novels.example wss://live.example;",
    );
  });

  it('is for everybody, also where the data at the same address takes a token', async () => {
    expect((await get('/sessions')).statusCode).toBe(200);
    expect((await get('/sessions', 'application/json')).statusCode).toBe(401);
  });

  it('comes with files that are for everybody, too', async () => {
    writeFileSync(join(root(), 'config.json'), '{}');

    expect((await get('/config.json', '*/*')).statusCode).toBe(200);
  });

  it('is not what somebody with a token gets who asks for data', async () => {
    const authorization = `Bearer ${tokenOf('ada')}`;

    const response = await app.inject({ url: '/sessions', headers: { authorization } });

    expect(response.json()).toEqual({ owner: 'ada' });
  });
});
