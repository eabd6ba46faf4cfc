import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { portOf } from '../testing/port-of';
import { createHttpServer } from './http-server';

const LogLine = v.object({ level: v.number(), msg: v.string() });
const HEADERS = 'Host: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n';

describe('a request that is not whole', () => {
  let app: FastifyInstance;
  let client: Socket;
  let log: PassThrough;

  beforeEach(async () => {
    log = new PassThrough({ encoding: 'utf8' });
    app = createHttpServer({
      allowedOrigins: [],
      maxRequestsPerMinute: 100,
      logger: { level: 'debug', stream: log },
    });
    app.post('/sessions', () => ({}));
    await app.listen({ port: 0, host: '127.0.0.1' });
    client = connect(portOf(app.server), '127.0.0.1');
  });

  afterEach(async () => {
    client.destroy();
    await app.close();
  });

  const answer = async (): Promise<{ status: string | undefined; body: unknown }> => {
    const [head = '', body = ''] = (await text(client)).split('\r\n\r\n');
    return { status: /^HTTP\/1\.1 (\d+)/.exec(head)?.[1], body: JSON.parse(body) };
  };
  const refusal = (status: string, code: string) => ({
    status,
    body: { detail: jasmine.any(String), code },
  });

  it('is answered with 400 where it is not HTTP, in the form of all errors', async () => {
    client.write('hello\r\n\r\n');

    expect(await answer()).toEqual(refusal('400', 'invalid_message'));
  });

  it('is answered with 431 where its headers have no end', async () => {
    client.write(`GET / HTTP/1.1\r\nCookie: ${'a'.repeat(16_384)}`);

    expect(await answer()).toEqual(refusal('431', 'too_large'));
  });

  it('is answered with 408 where Node gave up waiting for it', async () => {
    client.write(`POST /sessions HTTP/1.1\r\n${HEADERS}{`);
    const connection = await new Promise((resolve) =>
      app.server.once('request', ({ socket }) => resolve(socket)),
    );
    app.server.emit(
      'clientError',
      Object.assign(new Error(), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }),
      connection,
    );

    expect(await answer()).toEqual(refusal('408', 'invalid_message'));
  });

  it('may take 20 s, its headers 10 s, and its answer 60 s without anything that moves', () => {
    const { headersTimeout, requestTimeout, timeout } = app.server;

    expect({ headersTimeout, requestTimeout, timeout }).toEqual({
      headersTimeout: 10_000,
      requestTimeout: 20_000,
      timeout: 60_000,
    });
  });

  it('is all that is lost where a connection cannot be taken', async () => {
    app.server.emit('error', Object.assign(new Error('accept EMFILE'), { code: 'EMFILE' }));
    client.end('POST /sessions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');

    expect((await answer()).status).toBe('200');
  });

  it('is no error of the server where its client has left', async () => {
    client.write(`POST /sessions HTTP/1.1\r\n${HEADERS}{`);
    await once(app.server, 'request');
    client.resetAndDestroy();
    const levels: number[] = [];
    for await (const line of createInterface({ input: log })) {
      const { level, msg } = v.parse(LogLine, JSON.parse(line));
      levels.push(level);
      if (msg === 'a client left before its request was whole') {
        break;
      }
    }

    expect(Math.max(...levels)).toBeLessThanOrEqual(30);
    expect(levels.at(-1)).toBe(20);
  });

  it('is no error of the server where its client has left before it is counted', async () => {
    app.server.prependListener('request', ({ socket }: IncomingMessage) => socket.destroy());
    client.write('POST /sessions HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(client, 'close');
    await app.close();
    log.end();
    const lines = (await text(log)).split('\n').filter((line) => line !== '');

    expect(lines.filter((line) => v.parse(LogLine, JSON.parse(line)).level > 30)).toEqual([]);
  });
});
