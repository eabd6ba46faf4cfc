import type { FastifyInstance } from 'fastify';
import { createHttpServer } from './http-server';
import { TOKENS, tokenOf } from '../testing/sign-in';

const MAX = 3;

describe('the limit of requests', () => {
  let app: FastifyInstance;
  const serve = (tokens = false, trustedProxies: string[] = []): void => {
    app = createHttpServer({
      allowedOrigins: [],
      trustedProxies,
      maxRequestsPerMinute: MAX,
      tokens: tokens ? TOKENS : undefined,
    });
    app.get('/sessions', () => ({}));
    for (const url of ['/health', '/*']) {
      app.get(url, { config: { isOpen: true } }, () => ({}));
    }
  };
  const ask = (options: { url?: string; token?: string; address?: string; forwardedFor?: string } = {}) =>
    app.inject({
      url: options.url ?? '/sessions',
      headers: {
        ...(options.token !== undefined && { authorization: `Bearer ${options.token}` }),
        ...(options.forwardedFor !== undefined && { 'x-forwarded-for': options.forwardedFor }),
      },
      remoteAddress: options.address ?? '127.0.0.1',
    });
  const statuses = async (options?: Parameters<typeof ask>[0]): Promise<number[]> => {
    const all: number[] = [];
    for (let request = 0; request <= MAX; request += 1) {
      all.push((await ask(options)).statusCode);
    }
    return all;
  };

  afterEach(() => app.close());

  it('answers one request too many with 429, and says when to come again', async () => {
    serve();
    await statuses();

    const { statusCode, headers, json } = await ask();

    expect(statusCode).toBe(429);
    expect(json()).toEqual({
      detail: jasmine.stringMatching(/too many requests/),
      code: 'too_many_requests',
    });
    expect(headers['retry-after']).toMatch(/^([1-9]|[1-5]\d|60)$/);
  });

  it('lets exactly as many through as it says', async () => {
    serve();

    expect(await statuses()).toEqual([200, 200, 200, 429]);
  });

  it('counts anew after a minute, and no later when the clock of the system is set back', async () => {
    serve();
    const now = spyOn(performance, 'now').and.returnValue(1000);
    await statuses();
    spyOn(Date, 'now').and.returnValue(0);
    now.and.returnValue(60_999);
    const { statusCode, headers } = await ask();
    now.and.returnValue(61_000);

    expect([statusCode, headers['retry-after']]).toEqual([429, '1']);
    expect((await ask()).statusCode).toBe(200);
  });

  it('counts each address for itself', async () => {
    serve();
    await statuses({ address: '192.0.2.1' });

    expect((await ask({ address: '192.0.2.2' })).statusCode).toBe(200);
  });

  it('counts the addresses of one IPv6 network together', async () => {
    serve();
    await statuses({ address: '2001:db8::1' });

    expect((await ask({ address: '2001:db8::ffff:2' })).statusCode).toBe(429);
    expect((await ask({ address: '2001:db8:0:1::1' })).statusCode).toBe(200);
  });

  it('counts the clients of a trusted proxy by the address that it names', async () => {
    serve(false, ['10.0.0.0/8']);
    await statuses({ address: '10.0.0.7', forwardedFor: '192.0.2.1' });

    expect((await ask({ address: '10.0.0.7', forwardedFor: '192.0.2.2' })).statusCode).toBe(200);
    expect((await ask({ address: '10.0.0.8', forwardedFor: '192.0.2.3, 192.0.2.1' })).statusCode).toBe(429);
  });

  it('does not believe what others say of their address', async () => {
    serve(false, ['10.0.0.7']);
    await statuses({ address: '10.0.0.8', forwardedFor: '192.0.2.1' });

    expect((await ask({ address: '10.0.0.8', forwardedFor: '192.0.2.2' })).statusCode).toBe(429);
  });

  it('counts each owner for itself, whatever address they share', async () => {
    serve(true);
    await statuses({ token: tokenOf('ada') });

    expect((await ask({ token: tokenOf('ada'), address: '192.0.2.1' })).statusCode).toBe(429);
    expect((await ask({ token: tokenOf('grace') })).statusCode).toBe(200);
  });

  it('counts those who try tokens by their address', async () => {
    serve(true);

    expect(await statuses({ token: 'nonsense' })).toEqual([401, 401, 401, 429]);
  });

  for (const url of ['/health', '/main.js', '/']) {
    it(`does not count ${url}`, async () => {
      serve();
      await statuses();

      expect((await ask({ url })).statusCode).toBe(200);
    });
  }

  it('counts nothing where there is none', async () => {
    app = createHttpServer({ allowedOrigins: [] });
    app.get('/sessions', () => ({}));

    expect(await statuses()).toEqual([200, 200, 200, 200]);
  });
});
