import type { FastifyInstance, InjectOptions } from 'fastify';
import { createHttpServer } from './http-server';
import { LOCAL_OWNER } from './auth/owner';
import { TOKENS, tokenOf } from '../testing/sign-in';

const ADA = tokenOf('ada');
/** A name that is neither of this machine nor of an allowed origin. */
const HOST = 'novels.example:8443';

describe('sign-in for REST', () => {
  let app: FastifyInstance;
  const serve = (): void => {
    app = createHttpServer({ allowedOrigins: [], tokens: TOKENS });
    app.get('/sessions', ({ owner }) => ({ owner }));
    app.get('/open', { config: { isOpen: true } }, ({ owner }) => ({ owner }));
    app.post('/sessions', ({ owner }) => ({ owner }));
  };
  const ask = (options: InjectOptions) =>
    app.inject({ url: '/sessions', ...options, headers: { host: HOST, ...options.headers } });

  afterEach(() => app.close());

  it('says whose request it is', async () => {
    serve();

    const response = await ask({ headers: { authorization: `Bearer ${ADA}` } });

    expect(response.json()).toEqual({ owner: 'ada' });
  });

  it('keeps what is sent to one owner out of caches', async () => {
    serve();

    const response = await ask({ headers: { authorization: `Bearer ${ADA}` } });

    expect(response.headers['cache-control']).toBe('no-store');
  });

  for (const [what, authorization] of [
    ['without a token', undefined],
    ['with a wrong token', 'Bearer nonsense'],
    ['with a password', 'Basic YWRhOnNlY3JldA=='],
    ['with two tokens', `Bearer ${ADA}, Bearer ${ADA}`],
  ] as const) {
    it(`answers a request ${what} with 401 and how to ask`, async () => {
      serve();

      const response = await ask({ headers: authorization === undefined ? {} : { authorization } });

      expect(response.statusCode).toBe(401);
      expect(response.json()).toEqual({ detail: jasmine.stringMatching(/token/), code: 'unauthenticated' });
      expect(response.headers['www-authenticate']).toBe('Bearer');
    });
  }

  for (const method of ['GET', 'HEAD'] as const) {
    it(`lets everybody ${method} a route that is open`, async () => {
      serve();

      expect((await ask({ method, url: '/open' })).statusCode).toBe(200);
    });
  }

  it('takes nobody for an owner on a route that is open', async () => {
    serve();

    const response = await ask({ url: '/open', headers: { authorization: `Bearer ${ADA}` } });

    expect(response.json()).toEqual({ owner: LOCAL_OWNER });
  });

  it('answers what is not there with 404 to everybody', async () => {
    serve();

    expect((await ask({ method: 'POST', url: '/nowhere' })).statusCode).toBe(404);
  });

  it('lets the pages under whatever name the server is reached by change something', async () => {
    serve();

    const headers = { authorization: `Bearer ${ADA}`, origin: 'https://novels.example:8443' };

    expect((await ask({ method: 'POST', headers })).statusCode).toBe(200);
  });

  it('does not let the pages of another name change anything', async () => {
    serve();

    const headers = { authorization: `Bearer ${ADA}`, origin: 'https://evil.example' };

    expect((await ask({ method: 'POST', headers })).statusCode).toBe(403);
  });

  it('lets pages of allowed origins send a token', async () => {
    serve();

    const response = await ask({ method: 'OPTIONS', headers: { origin: 'http://localhost:4200' } });

    expect(response.statusCode).toBe(204);
    expect(response.headers['access-control-allow-headers']).toContain('authorization');
  });

  it('does not let a token get past the check of the host where there is no sign-in', async () => {
    app = createHttpServer({ allowedOrigins: [] });
    app.get('/sessions', ({ owner }) => ({ owner }));

    expect((await ask({ headers: { authorization: `Bearer ${ADA}` } })).statusCode).toBe(403);
  });

  it('takes every request for that of the local owner where there is no sign-in', async () => {
    app = createHttpServer({ allowedOrigins: [] });
    app.get('/sessions', ({ owner }) => ({ owner }));

    const headers = { host: 'localhost', authorization: `Bearer ${ADA}` };

    expect((await ask({ headers })).json()).toEqual({ owner: LOCAL_OWNER });
  });
});
