import type { FastifyInstance } from 'fastify';
import { createHttpServer } from './http-server';

interface Answer {
  readonly status: number;
  readonly connection: string | null;
  readonly body: unknown;
}

describe('a server that goes away', () => {
  let app: FastifyInstance;
  beforeEach(async () => {
    app = createHttpServer({ allowedOrigins: [] });
    app.get('/sessions', () => ({}));
    app.get('/health', () => ({ isGoingAway: app.isGoingAway }));
    // What the server is made of comes before what it has to bring to an end.
    await app.after();
  });
  afterEach(() => app.close());

  /** What a client is answered who asks while the server brings things to an end. */
  const answerWhileClosing = async (path: string): Promise<Answer | undefined> => {
    let answer: Answer | undefined;
    let url = '';
    app.addHook('preClose', async () => {
      const response = await fetch(`${url}${path}`);
      const { status, headers } = response;
      answer = { status, connection: headers.get('connection'), body: await response.json() };
    });
    url = await app.listen({ host: '127.0.0.1', port: 0 });
    await app.close();
    return answer;
  };

  it('refuses requests, in the form of all errors', async () => {
    expect(await answerWhileClosing('/sessions')).toEqual({
      status: 503,
      connection: 'close',
      body: { detail: 'The server is going away.', code: 'unavailable' },
    });
  });

  it('still tells how it is', async () => {
    expect((await answerWhileClosing('/health'))?.body).toEqual({ isGoingAway: true });
  });

  it('does not say so before', async () => {
    expect((await app.inject('/health')).json()).toEqual({ isGoingAway: false });
  });
});
