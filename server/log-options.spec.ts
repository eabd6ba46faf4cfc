import { Writable } from 'node:stream';
import { createTokenVerifier } from './auth/token-verifier';
import { createHttpServer } from './http-server';
import { logOptions } from './log-options';

const SECRET = 'a-secret-that-is-long-enough-for-HS256';

describe('the log', () => {
  const lines: string[] = [];
  const stream = new Writable({
    write: (line: Buffer, _encoding, done) => {
      lines.push(line.toString());
      done();
    },
  });
  const makeServer = () =>
    createHttpServer({
      allowedOrigins: [],
      tokens: createTokenVerifier(SECRET),
      logger: logOptions('trace', stream),
    });
  beforeEach(() => {
    lines.splice(0);
  });

  it('has a line for each request', async () => {
    await makeServer().inject('/nowhere');

    expect(lines.map((line) => JSON.parse(line) as unknown)).toContain(
      jasmine.objectContaining({ method: 'GET', url: '/nowhere', status: 404, msg: 'answered' }),
    );
  });

  for (const [where, details] of Object.entries({
    'the headers of a request': { request: { headers: { authorization: 'Bearer the-token' } } },
    'the headers of a failed call': {
      err: Object.assign(new Error('failed'), { authorization: 'the-token' }),
    },
    'a message of a client': { message: { event: 'connect', data: { token: 'the-token' } } },
    'the environment of the process': { env: { AUTH_SECRET: 'the-token', LLM_API_KEY: 'the-token' } },
    'what the environment was read as': { authSecret: 'the-token', redisUrl: 'redis://:the-token@host' },
  })) {
    it(`crosses secrets out in ${where}`, () => {
      makeServer().log.error(details, 'look');

      expect(lines.join('')).toContain('[secret]');
      expect(lines.join('')).not.toContain('the-token');
    });
  }

  it('does not have the token of a request that is refused', async () => {
    const server = makeServer();
    server.get('/sessions', () => 'unreachable');

    const { statusCode } = await server.inject({
      url: '/sessions',
      headers: { authorization: 'Bearer the-token' },
    });

    expect(statusCode).toBe(401);
    expect(lines).not.toEqual([]);
    expect(lines.join('')).not.toContain('the-token');
  });
});
