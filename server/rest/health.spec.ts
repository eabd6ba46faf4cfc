import fastify from 'fastify';
import { checkHealth, type HealthParts } from './health';

describe('the health of the server', () => {
  const check = (parts: Partial<HealthParts> = {}) =>
    checkHealth({
      checkStore: () => undefined,
      isGoingAway: false,
      damagedRecords: { sessions: 0, tasks: 0 },
      warnings: [],
      provider: 'offline',
      log: fastify().log,
      ...parts,
    });

  it('is good where nothing is wrong, and has no more to say', async () => {
    const health = await check();

    expect(health.status).toBe('healthy');
    expect(health.detail).toBeUndefined();
  });

  it('waits for a store that takes its time', async () => {
    const { storage_status } = await check({ checkStore: () => Promise.reject(new Error('no answer')) });

    expect(storage_status).toBe('failing');
  });

  it('ends with the server', async () => {
    const { status, detail } = await check({ isGoingAway: true });

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
    it(`is degraded while ${JSON.stringify(damagedRecords)} are damaged, and says what to do`, async () => {
      const { status, storage_status, detail } = await check({ damagedRecords });

      expect([status, storage_status]).toEqual(['degraded', 'damaged']);
      expect(detail).toBe(said);
    });
  }

  it('is degraded while the store has something to warn of', async () => {
    const { status, detail } = await check({ warnings: ['The disk is nearly full: make room.'] });

    expect([status, detail]).toEqual(['degraded', 'The disk is nearly full: make room.']);
  });

  it('says everything that is wrong', async () => {
    const { detail } = await check({
      isGoingAway: true,
      checkStore: () => {
        throw new Error('disk full');
      },
    });

    expect(detail).toBe('The server is going away. The store cannot be written to; the log says why.');
  });
});
