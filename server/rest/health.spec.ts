import fastify from 'fastify';
import { ServiceError } from '../domain/service-error';
import { checkHealth, type HealthParts, watchStore } from './health';

describe('the health of the server', () => {
  const check = (parts: Partial<HealthParts> = {}) =>
    checkHealth({
      storeFailure: undefined,
      isGoingAway: false,
      damagedRecords: { sessions: 0, tasks: 0 },
      warnings: [],
      provider: 'offline',
      ...parts,
    });

  it('is good where nothing is wrong, and has no more to say', () => {
    const health = check();

    expect(health.status).toBe('healthy');
    expect(health.detail).toBeUndefined();
  });

  it('is unavailable while the store cannot be written to, and says why', () => {
    const { status, storage_status, detail } = check({ storeFailure: 'The disk is full.' });

    expect([status, storage_status, detail]).toEqual(['unavailable', 'failing', 'The disk is full.']);
  });

  it('ends with the server', () => {
    const { status, detail } = check({ isGoingAway: true });

    expect(status).toBe('unavailable');
    expect(detail).toBe('The server is going away.');
  });

  for (const [damagedRecords, said] of [
    [{ sessions: 2, tasks: 0 }, 'Sessions that are damaged: 2. Delete them; the log names them.'],
    [
      { sessions: 0, tasks: 3 },
      'Tasks that are damaged: 3. Start their sessions, which the log names, to have them written anew.',
    ],
  ] as const) {
    it(`is degraded while ${JSON.stringify(damagedRecords)} are damaged, and says what to do`, () => {
      const { status, storage_status, detail } = check({ damagedRecords });

      expect([status, storage_status]).toEqual(['degraded', 'damaged']);
      expect(detail).toBe(said);
    });
  }

  it('is degraded while the store has something to warn of', () => {
    const { status, detail } = check({ warnings: ['The disk is nearly full: make room.'] });

    expect([status, detail]).toEqual(['degraded', 'The disk is nearly full: make room.']);
  });

  it('says everything that is wrong', () => {
    const { detail } = check({
      isGoingAway: true,
      storeFailure: 'The disk is full.',
    });

    expect(detail).toBe('The server is going away. The disk is full.');
  });
});

describe('the proof that the store can be written to', () => {
  const { log } = fastify();

  it('is made once for all who ask at a time', async () => {
    const check = jasmine.createSpy('check').and.resolveTo();
    const storeFailure = watchStore(check, log);
    await Promise.all(Array.from({ length: 100 }, storeFailure));

    expect(check).toHaveBeenCalledTimes(1);
  });

  it('has the words of the store, and no others, whose paths are for the log', async () => {
    const foreseen = watchStore(
      () => Promise.reject(new ServiceError('unavailable', 'The disk is full.')),
      log,
    );
    const unforeseen = watchStore(() => Promise.reject(new Error('/var/lib/novels')), log);

    expect(await foreseen()).toBe('The disk is full.');
    expect(await unforeseen()).toBe('The store cannot be written to; the log says why.');
  });
});
