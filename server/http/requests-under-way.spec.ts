import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { TokenVerifier, VerifiedToken } from '../realtime/socket-authentication';
import { portOf } from '../testing/port-of';
import { createHttpServer } from './http-server';
import { MOST_AT_ONCE } from './requests-under-way';

const ADA: VerifiedToken = { owner: 'ada', expiresAt: Infinity };
const REQUEST = 'GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n';

describe('the requests of one owner that are under way', () => {
  let app: FastifyInstance;
  let client: Socket;
  /** The server's end of the client's connection. */
  let connection: Socket;
  let verified: Promise<VerifiedToken>;
  const tokens: TokenVerifier = { verify: () => verified };
  /** Answers what waits at `/slow`. */
  let answers: (() => void)[];
  /** Settles when as many wait there as may. */
  let areWaiting: Promise<void>;

  beforeEach(async () => {
    verified = Promise.resolve(ADA);
    answers = [];
    app = createHttpServer({ allowedOrigins: [], tokens });
    app.get('/sessions', () => ({}));
    areWaiting = new Promise((resolve) => {
      app.get('/slow', (_request, reply) => {
        answers.push(() => void reply.send({}));
        if (answers.length === MOST_AT_ONCE) {
          resolve();
        }
      });
    });
    await app.listen({ port: 0, host: '127.0.0.1' });
    client = connect(portOf(app.server), '127.0.0.1');
    connection = await new Promise((resolve) => app.server.once('connection', resolve));
  });
  afterEach(async () => {
    client.destroy();
    await app.close();
  });

  const status = async (): Promise<number> => (await app.inject('/sessions')).statusCode;

  it('are at most 64: one more is answered with 429, until one of them has its answer', async () => {
    const waiting = Array.from({ length: MOST_AT_ONCE }, () => app.inject('/slow'));
    await areWaiting;
    const beyond = await app.inject('/sessions');
    answers.shift()?.();
    await Promise.race(waiting);

    expect(beyond.statusCode).toBe(429);
    expect(beyond.headers['retry-after']).toBe('5');
    expect(await status()).toBe(200);
    answers.forEach((answer) => {
      answer();
    });
    await Promise.all(waiting);
  });

  it('end with their connection, also those that wait there for the answer to another', async () => {
    client.write(REQUEST.repeat(MOST_AT_ONCE));
    await areWaiting;
    const before = await status();
    client.destroy();
    await once(connection, 'close');
    const after = await Promise.all(Array.from({ length: MOST_AT_ONCE }, status));

    expect(before).toBe(429);
    expect(new Set(after)).toEqual(new Set([200]));
  });

  it('are not those of a client that has left while its token was looked at', async () => {
    let accept: (token: VerifiedToken) => void = () => undefined;
    verified = new Promise((resolve) => {
      accept = resolve;
    });
    client.write(REQUEST.repeat(MOST_AT_ONCE));
    await once(app.server, 'request');
    client.destroy();
    await once(connection, 'close');
    accept(ADA);
    await areWaiting;

    expect(await status()).toBe(200);
  });
});
