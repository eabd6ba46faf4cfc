import { once } from 'node:events';
import { createServer, Socket } from 'node:net';
import { Writable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { createHttpServer } from '../http/http-server';
import { logOptions } from './log-options';
import { TOKENS } from '../testing/sign-in';
import { connectRedis } from '../backends/redis/redis-connection';

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
      tokens: TOKENS,
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

  for (const [where, look] of Object.entries<(server: FastifyInstance) => unknown>({
    'an answered request': (server) => server.inject('/nowhere?token=the-token'),
    'a request that is logged as it is': (server) => {
      server.get('/', (request) => {
        request.log.warn({ req: request }, 'look');
        return '';
      });
      return server.inject('/?token=the-token');
    },
    'bytes that are no request': (server) => {
      const rawPacket = Buffer.from('GET /?token=the-token');
      server.server.emit('clientError', Object.assign(new Error(), { rawPacket }), new Socket());
    },
  })) {
    it(`does not have the query of ${where}`, async () => {
      await look(makeServer());

      expect(lines).not.toEqual([]);
      expect(lines.join('')).not.toContain('the-token');
      expect(lines.join('')).not.toContain(String([...Buffer.from('the-token')]));
    });
  }

  it('drops lines while a reader has fallen behind by a megabyte, and keeps no more of them', () => {
    const stuck = new Writable({ write: () => undefined });
    const log = pino(logOptions('info', stuck), logOptions('info', stuck).stream);
    for (let line = 0; line < 30; line += 1) {
      log.info('x'.repeat(100_000));
    }

    expect(stuck.writableLength).toBeGreaterThan(1_000_000);
    expect(stuck.writableLength).toBeLessThan(1_300_000);
  });

  for (const [where, details] of Object.entries({
    'the headers of a request': { request: { headers: { authorization: 'Bearer the-token' } } },
    'the headers of a failed call': {
      err: Object.assign(new Error('failed'), { authorization: 'the-token' }),
    },
    'a message of a client': { message: { event: 'connect', data: { token: 'the-token' } } },
    'the environment of the process': { env: { AUTH_SECRET: 'the-token', LLM_API_KEY: 'the-token' } },
    'what the environment was read as': {
      signIn: { secrets: ['the-token'] },
      redisUrl: 'redis://:the-token@host',
    },
  })) {
    it(`crosses secrets out in ${where}`, () => {
      makeServer().log.error(details, 'look');

      expect(lines.join('')).toContain('[secret]');
      expect(lines.join('')).not.toContain('the-token');
    });
  }

  const refusedCommand = (): Error =>
    Object.assign(new Error('WRONGPASS'), { command: { name: 'auth', args: ['the-password'] } });
  for (const [where, makeError] of Object.entries<() => Error>({
    'an error of Redis': refusedCommand,
    'the cause of an error': () => new Error('unavailable', { cause: refusedCommand() }),
    'an error inside another': () => Object.assign(new Error('failed'), { inner: refusedCommand() }),
    'one of several errors': () => new AggregateError([refusedCommand()], 'failed'),
    'what failed before in a transaction': () =>
      Object.assign(new Error('EXECABORT'), { previousErrors: [refusedCommand()] }),
  })) {
    it(`does not have what was sent to Redis in ${where}`, () => {
      makeServer().log.error({ err: makeError() }, 'look');

      expect(lines.join('')).toContain('look');
      expect(lines.join('')).not.toContain('the-password');
    });
  }

  it('has of an error its type, message, stack and code, and the messages of its causes', () => {
    const cause = new Error('the disk is full');
    const err = Object.assign(new TypeError('failed', { cause }), { code: 'ENOSPC' });
    makeServer().log.error({ err }, 'look');

    expect(JSON.parse(lines.join(''))).toEqual(
      jasmine.objectContaining({
        err: {
          type: 'TypeError',
          message: 'failed: the disk is full',
          stack: jasmine.stringContaining('log-options.spec'),
          code: 'ENOSPC',
        },
      }),
    );
  });

  it('does not have the password that Redis refused', async () => {
    const fakeRedis = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', () => socket.write('-WRONGPASS invalid username-password pair\r\n'));
    }).listen(0, '127.0.0.1');
    await once(fakeRedis, 'listening');
    const address = fakeRedis.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const log = pino(logOptions('trace', stream), stream);
    const redis = connectRedis(`redis://:the-password@127.0.0.1:${port}`, log);
    await new Promise((resolve) => redis.once('close', resolve));
    redis.disconnect();
    fakeRedis.close();

    expect(lines.join('')).toContain('WRONGPASS');
    expect(lines.join('')).not.toContain('the-password');
  });

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
