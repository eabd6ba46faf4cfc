import fastify, { type FastifyInstance } from 'fastify';
import { closeMeanwhile } from './close-meanwhile';

describe('closeMeanwhile', () => {
  let app: FastifyInstance;
  let closed: string[];

  beforeEach(() => {
    app = fastify();
    closed = [];
  });

  const closeSocketsAtOnce = (): Promise<void> => {
    app.addHook('preClose', (done) => {
      closed.push('sockets');
      done();
    });
    return Promise.resolve();
  };

  it('closes the sockets while the engine still waits, and the server after both', async () => {
    let letClose = (): void => undefined;
    const engine = {
      close: async () => {
        await new Promise<void>((resolve) => (letClose = resolve));
        closed.push('engine');
      },
    };
    await closeMeanwhile(app, engine, async () => {
      await closeSocketsAtOnce();
      app.addHook('preClose', (done) => {
        letClose();
        done();
      });
    });
    await app.close();

    expect(closed).toEqual(['sockets', 'engine']);
  });

  it('tells of an engine that could not be closed after the sockets are', async () => {
    const engine = { close: () => Promise.reject(new Error('disk full')) };
    await closeMeanwhile(app, engine, closeSocketsAtOnce);

    await expectAsync(app.close()).toBeRejectedWithError('disk full');
    expect(closed).toEqual(['sockets']);
  });
});
