import { EMBEDDED } from '../../testing/backends';
import { NOVEL } from '../testing/sample-work';
import { useStore } from '../testing/store-under-test';

const HOUR_MS = 3_600_000;

describe('SqlStores', () => {
  const opened = useStore(EMBEDDED, { retention: { maxEvents: 5, maxAgeHours: 1000 } });

  const createSessions = (count: number): Promise<unknown> =>
    Promise.all(Array.from({ length: count }, () => opened().store.createSession(NOVEL)));

  it('trim the journal in steps, and say whether there is more', async () => {
    await createSessions(510);

    expect([await opened().stores.trim(), await opened().stores.trim()]).toEqual([true, false]);
  });

  it('S15: forget the answer to a command after a day', async () => {
    const { id: sessionId } = await opened().store.createSession(NOVEL);
    const rename = { id: 'c1', command: 'start', sessionId };
    const again = () => opened().store.once(rename, (work) => void work.setStatus('running'));
    await again();
    opened().clock.advance(25 * HOUR_MS);
    await opened().stores.trim();

    expect((await again()).isRepeated).toBeFalse();
  });

  it('give the same store for the same owner', () => {
    expect(opened().stores.of('grace')).toBe(opened().stores.of('grace'));
  });
});
