import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { ServiceError } from '../domain/service-error';
import { get, type IncomingMessage } from 'node:http';
import { RestError } from '@creative-autogpt/protocol';
import type { InjectOptions } from 'fastify';
import * as v from 'valibot';
import { portOf } from '../testing/port-of';
import { NOVEL } from '../testing/sample-work';
import { createHttpServer } from './http-server';
import { useRestServer } from '../testing/rest-server';

describe('the HTTP server', () => {
  const server = useRestServer();
  const createFrom = (origin?: string) =>
    server().app.inject({
      method: 'POST',
      url: '/sessions',
      headers: origin === undefined ? {} : { origin },
      payload: { title: 'x' },
    });

  it('answers an unknown address with 404', async () => {
    const response = await server().app.inject('/nowhere');

    expect(response.statusCode).toBe(404);
    expect(response.json()).toEqual({ detail: 'There is no GET /nowhere here.', code: 'not_found' });
  });

  it('answers a broken address with 400', async () => {
    const response = await server().app.inject('/sessions/%zz');

    expect(response.statusCode).toBe(400);
    expect(v.parse(RestError, response.json()).code).toBe('invalid_message');
  });

  it('keeps the reason of an unexpected failure to itself', async () => {
    spyOn(server().store.positioned, 'overview').and.rejectWith(new Error('secret path'));

    const response = await server().app.inject('/overview');

    expect(response.statusCode).toBe(500);
    const { code, detail } = v.parse(RestError, response.json());
    expect(code).toBe('internal');
    expect(detail).not.toContain('secret');
  });

  it('tells browsers to trust the type it names, and to frame nothing', async () => {
    const { headers } = await server().app.inject('/overview');

    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('same-origin');
    expect(headers['content-security-policy']).toBe("default-src 'none';frame-ancestors 'none'");
    expect(headers['x-frame-options']).toBe('DENY');
  });

  for (const origin of [
    undefined,
    'http://localhost:4200',
    'http://127.0.0.1:8000',
    'http://[::1]:3000',
    'https://writers.example',
  ]) {
    it(`lets ${origin ?? 'a program that names no origin'} change something`, async () => {
      expect((await createFrom(origin)).statusCode).toBe(201);
    });
  }

  for (const origin of [
    'https://evil.example',
    'null',
    'http://localhost.evil.example',
    'file://localhost',
  ]) {
    it(`does not let ${origin} change anything`, async () => {
      const response = await createFrom(origin);

      expect(response.statusCode).toBe(403);
      expect(response.headers['x-content-type-options']).toBe('nosniff');
      expect(v.parse(RestError, response.json()).detail).toContain(origin);
      expect((await server().store.overview()).sessions.total).toBe(0);
    });
  }

  for (const url of ['/sessions', '/overview', '/health', '/nowhere', '/sessions/%zz']) {
    it(`does not answer GET ${url} under the name of another site`, async () => {
      const response = await server().app.inject({ url, headers: { host: 'evil.example:8000' } });

      expect(response.statusCode).toBe(403);
      expect(v.parse(RestError, response.json()).detail).toContain('evil.example:8000');
    });
  }

  it('says why it does not answer a request under an empty name', async () => {
    await server().app.listen({ port: 0, host: '127.0.0.1' });
    const port = portOf(server().app.server);
    const asked = { port, host: '127.0.0.1', path: '/overview' };
    const request = get({ ...asked, setHost: false, headers: { host: '' } });
    const response = await new Promise<IncomingMessage>((resolve) => request.once('response', resolve));
    const body: unknown = JSON.parse(await text(response));

    expect(response.statusCode).toBe(403);
    expect(v.parse(RestError, body).detail).toContain('is not called ""');
  });

  it('does not answer a request whose target names another site', async () => {
    await server().app.listen({ port: 0, host: '127.0.0.1' });
    const path = 'http://evil.example/overview';
    const request = get({ port: portOf(server().app.server), host: '127.0.0.1', path });
    const response = await new Promise<IncomingMessage>((resolve) => request.once('response', resolve));
    response.resume();

    expect(response.statusCode).toBe(403);
  });

  it('answers under the name of an allowed origin', async () => {
    const response = await server().app.inject({ url: '/overview', headers: { host: 'writers.example' } });

    expect(response.statusCode).toBe(200);
  });

  for (const origin of ['http://localhost:4200', 'https://writers.example']) {
    it(`lets pages of ${origin} read the answers, the names of files, and positions`, async () => {
      const { headers } = await server().app.inject({ url: '/overview', headers: { origin } });

      expect(headers['access-control-allow-origin']).toBe(origin);
      expect(headers['access-control-expose-headers']).toBe(
        'Content-Disposition, Retry-After, Realtime-Epoch, Realtime-Offset',
      );
      expect(headers.vary).toBe('Origin');
    });

    it(`tells browsers what pages of ${origin} may ask for`, async () => {
      const response = await server().app.inject({
        method: 'OPTIONS',
        url: '/sessions',
        headers: { origin, 'access-control-request-method': 'POST' },
      });

      expect(response.statusCode).toBe(204);
      expect(response.headers['access-control-allow-origin']).toBe(origin);
      expect(response.headers['access-control-allow-methods']).toBe('GET, POST, PATCH, DELETE');
      expect(response.headers['access-control-allow-headers']).toBe('authorization, content-type');
    });
  }

  for (const [what, request] of Object.entries<InjectOptions>({
    'an answer without an origin': { url: '/overview' },
    'an answer to an allowed origin': { url: '/overview', headers: { origin: 'http://localhost:4200' } },
    'an answer to another origin': { url: '/overview', headers: { origin: 'https://evil.example' } },
    'a preflight': { method: 'OPTIONS', url: '/sessions', headers: { origin: 'http://localhost:4200' } },
    'a refusal of another origin': {
      method: 'POST',
      url: '/sessions',
      headers: { origin: 'https://evil.example' },
    },
    'a refusal of another name': { url: '/overview', headers: { host: 'evil.example' } },
    'an address that is not there': { url: '/nowhere' },
  })) {
    it(`keeps ${what} apart from those to other origins in caches`, async () => {
      expect((await server().app.inject(request)).headers.vary).toBe('Origin');
    });
  }

  it('tells browsers nothing of the kind for pages of other origins', async () => {
    const response = await server().app.inject({
      method: 'OPTIONS',
      url: '/sessions',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });

    expect(response.statusCode).toBe(404);
    expect(response.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('answers any origin, but lets its pages read nothing', async () => {
    const { id } = await server().store.createSession(NOVEL);

    const response = await server().app.inject({
      url: `/sessions/${id}`,
      headers: { origin: 'https://evil.example' },
    });

    expect(response.statusCode).toBe(200);
    expect(response.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('logs no error for a request that the store had to refuse, which the store tells once', async () => {
    const log = new PassThrough({ encoding: 'utf8' });
    const app = createHttpServer({ allowedOrigins: [], logger: { level: 'info', stream: log } });
    app.get('/full', () => {
      throw new ServiceError('unavailable', 'The disk is full: make room on it.');
    });
    const { statusCode } = await app.inject('/full');
    await app.close();
    log.end();

    expect([statusCode, await text(log)]).toEqual([503, '']);
  });
});
